// Private fontconfig, and the doubles of open(), fopen() and their kin: the program's own symbols come
// before libc's, for libpoppler, libfreetype and libfontconfig as well (System V ABI, symbol search
// order). Before seal_shelf() they pass the call on; after it they serve the shelf alone, so that a
// sealed worker never even tries to open a file, and one that does is an intruder (sandbox.h).
#include "kiosk/preview/font_shelf.h"

#include <dirent.h>
#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace qabyl::preview {
namespace {

// Liberation has the metrics of Arial, Times New Roman and Courier New and all Kazakh letters; the URW
// pair draws Symbol and ZapfDingbats; PT and DejaVu catch the rest. Missing folders are skipped.
constexpr const char* configuration = R"(<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>/usr/share/fonts/truetype/liberation</dir>
<dir>/usr/share/fonts/truetype/paratype</dir>
<dir>/usr/share/fonts/truetype/dejavu</dir>
<dir>/usr/share/fonts/opentype/urw-base35</dir>
<cachedir>/var/cache/fontconfig</cachedir>
<alias binding="same"><family>Helvetica</family><prefer><family>Liberation Sans</family></prefer></alias>
<alias binding="same"><family>Arial</family><prefer><family>Liberation Sans</family></prefer></alias>
<alias binding="same"><family>Calibri</family><prefer><family>Liberation Sans</family></prefer></alias>
<alias binding="same"><family>Times</family><prefer><family>Liberation Serif</family></prefer></alias>
<alias binding="same"><family>Times New Roman</family><prefer><family>Liberation Serif</family></prefer></alias>
<alias binding="same"><family>Courier</family><prefer><family>Liberation Mono</family></prefer></alias>
<alias binding="same"><family>Courier New</family><prefer><family>Liberation Mono</family></prefer></alias>
<alias binding="same"><family>Symbol</family><prefer><family>Standard Symbols PS</family></prefer></alias>
<alias binding="same"><family>ZapfDingbats</family><prefer><family>D050000L</family></prefer></alias>
<alias><family>sans-serif</family><prefer><family>Liberation Sans</family><family>DejaVu Sans</family></prefer></alias>
<alias><family>serif</family><prefer><family>Liberation Serif</family><family>PT Serif</family></prefer></alias>
<alias><family>monospace</family><prefer><family>Liberation Mono</family></prefer></alias>
<config><rescan><int>0</int></rescan></config></fontconfig>)";

struct Standing {
  std::array<char, 200> path{};
  int fd = -1;
};
std::array<Standing, shelf_fonts_max> shelf;
std::size_t standing = 0;
bool sealed = false;

int take_down(const char* path) {
  for (std::size_t i = 0; path != nullptr && i < standing; ++i) {
    if (std::strcmp(shelf[i].path.data(), path) != 0) continue;
    const int copy = fcntl(shelf[i].fd, F_DUPFD_CLOEXEC, 0);
    if (copy >= 0) lseek(copy, 0, SEEK_SET);  // duplicates share the place; nobody reads two at once
    return copy;
  }
  errno = ENOENT;
  return -1;
}

int open_by_name(int folder, const char* path, int flags, unsigned mode) {
  if (!sealed) return static_cast<int>(syscall(SYS_openat, folder, path, flags, mode));
  if ((flags & O_ACCMODE) == O_RDONLY) return take_down(path);
  errno = EACCES;
  return -1;
}

int look_up(const char* path, struct stat* about) {
  if (!sealed) return static_cast<int>(syscall(SYS_newfstatat, AT_FDCWD, path, about, 0));
  for (std::size_t i = 0; i < standing; ++i) {
    if (std::strcmp(shelf[i].path.data(), path) == 0) return fstat(shelf[i].fd, about);
  }
  errno = ENOENT;
  return -1;
}

FILE* open_stream(const char* path, const char* mode) {
  const bool reads = mode != nullptr && mode[0] == 'r' && std::strchr(mode, '+') == nullptr;
  const int fd = reads ? open_by_name(AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0) : -1;
  if (fd < 0) return nullptr;
  FILE* stream = fdopen(fd, "r");
  if (stream == nullptr) close(fd);
  return stream;
}

void put_up(const char* path) {
  if (standing == shelf.size() || std::strlen(path) >= shelf[0].path.size()) return;
  const int fd = static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0));
  if (fd < 0) return;
  std::strcpy(shelf[standing].path.data(), path);
  shelf[standing++].fd = fd;
}

}  // namespace

bool set_up_fonts() {
  FcConfig* config = FcConfigCreate();
  const auto* text = reinterpret_cast<const FcChar8*>(configuration);
  if (config == nullptr || !FcConfigParseAndLoadFromMemory(config, text, FcTrue)) return false;
  if (!FcConfigBuildFonts(config) || !FcConfigSetCurrent(config)) return false;
  const FcFontSet* fonts = FcConfigGetFonts(nullptr, FcSetSystem);
  return fonts != nullptr && fonts->nfont > 0;
}

std::size_t seal_shelf() {
  const FcFontSet* fonts = FcConfigGetFonts(nullptr, FcSetSystem);
  for (int i = 0; fonts != nullptr && i < fonts->nfont; ++i) {
    FcChar8* path = nullptr;
    if (FcPatternGetString(fonts->fonts[i], FC_FILE, 0, &path) == FcResultMatch) put_up(reinterpret_cast<const char*>(path));
  }
  sealed = true;
  return standing;
}

}  // namespace qabyl::preview

// --- the doubles; names and types are libc's ---
namespace preview = qabyl::preview;
#define QABYL_DOUBLE extern "C" __attribute__((visibility("default")))

namespace {
unsigned mode_of(int flags, va_list more) { return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, unsigned) : 0; }
}  // namespace

QABYL_DOUBLE int open(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const unsigned mode = mode_of(flags, more);
  va_end(more);
  return preview::open_by_name(AT_FDCWD, path, flags, mode);
}
QABYL_DOUBLE int open64(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const unsigned mode = mode_of(flags, more);
  va_end(more);
  return preview::open_by_name(AT_FDCWD, path, flags, mode);
}
QABYL_DOUBLE int __open_2(const char* path, int flags) { return preview::open_by_name(AT_FDCWD, path, flags, 0); }
QABYL_DOUBLE int __open64_2(const char* path, int flags) { return preview::open_by_name(AT_FDCWD, path, flags, 0); }
QABYL_DOUBLE FILE* fopen(const char* path, const char* mode) { return preview::open_stream(path, mode); }
QABYL_DOUBLE FILE* fopen64(const char* path, const char* mode) { return preview::open_stream(path, mode); }
QABYL_DOUBLE FILE* tmpfile() { return nullptr; }
QABYL_DOUBLE DIR* opendir(const char* path) {
  const int fd = preview::open_by_name(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  return fd < 0 ? nullptr : fdopendir(fd);
}
QABYL_DOUBLE int stat(const char* path, struct stat* about) noexcept { return preview::look_up(path, about); }
QABYL_DOUBLE int access(const char* path, int) noexcept {
  struct stat about{};
  return preview::look_up(path, &about);
}
