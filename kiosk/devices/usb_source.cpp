// The folder driver: openat() below one folder descriptor, O_NOFOLLOW always, fstat() after every open,
// because what the folder said a moment ago may be a lie by now.
#include "kiosk/devices/usb_source.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <optional>
#include <utility>

#include "kiosk/devices/stick_names.h"

namespace qabyl::kiosk {
namespace {

using core::Error;
using core::ErrorCode;
using core::sys::File;

// Never the name: it is a visitor's.
Error failed(const char* call, int number) {
  const std::string detail = std::string(call) + ": " + std::strerror(number);
  switch (number) {
    case ENOSPC: case EDQUOT: return {ErrorCode::full, detail};
    case EROFS: case EACCES: case EPERM: return {ErrorCode::storage, detail};
    case EEXIST: return {ErrorCode::conflict, detail};
    case ELOOP: case EISDIR: return {ErrorCode::forbidden, detail};
    default: return {ErrorCode::gone, detail};  // ENOENT, EIO, ENODEV ...: pulled out, from where we stand
  }
}

struct Found {
  std::string name;
  struct stat about{};
};

File open_folder(const std::string& path) { return File(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)); }

std::string lower(std::string_view name) {
  std::string text(name);
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
  return text;
}

bool is_likely(const std::string& name) {
  const auto dot = name.rfind('.');
  if (dot == name.npos) return false;
  const std::string end = lower(name.substr(dot + 1));
  return end == "pdf" || end == "jpg" || end == "jpeg" || end == "png";
}

// Regular files of this folder and this file system, at most stick_entries_max entries looked at.
std::vector<Found> regular_files(const File& folder, std::string_view ending, bool& more) {
  std::vector<Found> found;
  struct stat home{};
  const int copy = ::fcntl(folder.fd(), F_DUPFD_CLOEXEC, 0);
  DIR* entries = copy >= 0 && ::fstat(copy, &home) == 0 ? ::fdopendir(copy) : nullptr;
  if (entries == nullptr) {
    if (copy >= 0) ::close(copy);
    return found;
  }
  ::rewinddir(entries);
  std::size_t looked_at = 0;
  while (const dirent* entry = ::readdir(entries)) {
    if (++looked_at > stick_entries_max) {
      more = true;
      break;
    }
    if (entry->d_name[0] == '.') continue;  // "." and "..", and what the system that wrote it hides too
    if (!lower(entry->d_name).ends_with(ending)) continue;
    Found file{entry->d_name, {}};
    if (::fstatat(folder.fd(), entry->d_name, &file.about, AT_SYMLINK_NOFOLLOW) != 0) continue;
    if (S_ISREG(file.about.st_mode) && file.about.st_dev == home.st_dev) found.push_back(std::move(file));
  }
  ::closedir(entries);
  return found;
}

void keep_best(std::vector<Found>& files, bool& more) {
  std::ranges::sort(files, [](const Found& a, const Found& b) {
    const bool a_likely = is_likely(a.name), b_likely = is_likely(b.name);
    if (a_likely != b_likely) return a_likely;
    if (a.about.st_mtime != b.about.st_mtime) return a.about.st_mtime > b.about.st_mtime;
    return a.name < b.name;
  });
  if (files.size() <= stick_files_max) return;
  files.resize(stick_files_max);
  more = true;
}

// A regular file of the folder, or why not.
core::Result<File> open_regular(const File& folder, const std::string& raw, struct stat& about) {
  File file(::openat(folder.fd(), raw.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!file.open()) return failed("openat", errno);
  if (::fstat(file.fd(), &about) != 0) return failed("fstat", errno);
  if (!S_ISREG(about.st_mode)) return Error{ErrorCode::forbidden, "not a regular file"};
  return file;
}

std::optional<DocumentType> sniff(const File& file) {
  std::uint8_t head[sniff_bytes_max];
  const ssize_t got = ::pread(file.fd(), head, sizeof head, 0);
  if (got < 0) return std::nullopt;
  return sniff_document({head, static_cast<std::size_t>(got)});
}

class FolderReader final : public StickReader {
 public:
  FolderReader(File file, const struct stat& about, DocumentType type) : file_(std::move(file)), about_(about), type_(type) {}
  std::uint64_t bytes() const override { return static_cast<std::uint64_t>(about_.st_size); }
  DocumentType type() const override { return type_; }

  core::Result<core::Bytes> next() override {
    if (!unchanged()) return Error{ErrorCode::gone, "the file changed while it was read"};
    const std::uint64_t left = bytes() - offset_;
    core::Bytes part(static_cast<std::size_t>(std::min<std::uint64_t>(left, stick_part_bytes_max)));
    std::size_t have = 0;
    while (have < part.size()) {
      const ssize_t got = ::pread(file_.fd(), part.data() + have, part.size() - have, static_cast<off_t>(offset_ + have));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return Error{ErrorCode::gone, "the file ended early"};
      have += static_cast<std::size_t>(got);
    }
    offset_ += have;
    return part;
  }

 private:
  // A file that was unlinked while we read it stood on a stick that somebody works on: not trusted either.
  bool unchanged() const {
    struct stat now{};
    return ::fstat(file_.fd(), &now) == 0 && now.st_nlink > 0 && now.st_size == about_.st_size &&
           now.st_mtim.tv_sec == about_.st_mtim.tv_sec && now.st_mtim.tv_nsec == about_.st_mtim.tv_nsec;
  }

  File file_;
  struct stat about_;
  DocumentType type_;
  std::uint64_t offset_ = 0;
};

core::Status write_flushed(const File& folder, const std::string& name, core::ByteView bytes) {
  const File file(::openat(folder.fd(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
  if (!file.open()) return failed("openat", errno);
  int number = 0;
  while (!bytes.empty() && number == 0) {
    const ssize_t wrote = ::write(file.fd(), bytes.data(), bytes.size());
    if (wrote >= 0) bytes = bytes.subspan(static_cast<std::size_t>(wrote));
    else if (errno != EINTR) number = errno;
  }
  if (number == 0 && ::fsync(file.fd()) != 0) number = errno;
  if (number == 0 && ::fsync(folder.fd()) != 0) number = errno;
  if (number == 0) return core::Done{};
  ::unlinkat(folder.fd(), name.c_str(), 0);  // half a receipt is worse than none
  return failed("write", number);
}

}  // namespace

bool FolderDrive::present() { return open_folder(folder_).open(); }

StickListing FolderDrive::list(std::string_view ending) {
  raw_names_.clear();
  StickListing listing;
  const File folder = open_folder(folder_);
  listing.present = folder.open();
  if (!listing.present) return listing;
  auto found = regular_files(folder, ending, listing.more);
  keep_best(found, listing.more);
  for (const auto& [raw, unused] : found) {
    struct stat about{};
    const auto file = open_regular(folder, raw, about);
    const auto type = file ? sniff(*file) : std::nullopt;
    if (!type) continue;  // it went between the two looks, or cannot be read
    const std::string name = unique_name(shown_name(raw), [&](const std::string& taken) { return raw_names_.contains(taken); });
    raw_names_.emplace(name, raw);
    listing.files.push_back({name, static_cast<std::uint64_t>(about.st_size), *type});
  }
  std::ranges::sort(listing.files, {}, &StickFile::name);
  return listing;
}

core::Result<std::unique_ptr<StickReader>> FolderDrive::open(const std::string& name) {
  const auto raw = raw_names_.find(name);
  if (raw == raw_names_.end()) return Error{ErrorCode::not_found, "no such name in the listing"};
  const File folder = open_folder(folder_);
  if (!folder.open()) return Error{ErrorCode::gone, "no stick"};
  struct stat about{};
  QABYL_TRY(file, open_regular(folder, raw->second, about));
  if (about.st_size == 0) return Error{ErrorCode::invalid_input, "the file is empty"};
  if (static_cast<std::uint64_t>(about.st_size) > stick_file_bytes_max) return Error{ErrorCode::too_large, "over stick_file_bytes_max"};
  const auto type = sniff(file);
  if (!type) return Error{ErrorCode::gone, "the file cannot be read"};
  return std::unique_ptr<StickReader>(std::make_unique<FolderReader>(std::move(file), about, *type));
}

core::Result<std::string> FolderDrive::write_new(const std::string& name, core::ByteView bytes) {
  if (!is_plain_name(name)) return Error{ErrorCode::invalid_input, "not a plain file name"};
  const File folder = open_folder(folder_);
  if (!folder.open()) return Error{ErrorCode::gone, "no stick"};
  for (int number = 1; number <= twin_names_max; ++number) {
    const std::string candidate = numbered_name(name, number);
    const auto wrote = write_flushed(folder, candidate, bytes);
    if (wrote) return candidate;
    if (wrote.error().code != ErrorCode::conflict) return wrote.error();
  }
  return Error{ErrorCode::conflict, "every name is taken"};
}

}  // namespace qabyl::kiosk
