// See disk_rig.h.
#include "tests/power/disk_rig.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/loop.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include "core/result.h"
#include "tests/power/block_log.h"
#include "tests/support/rig.h"

namespace qabyl::power {
namespace {

constexpr off_t disk_bytes = 48 << 20;
constexpr std::size_t sector_bytes = 512;
constexpr double torn = 0.2;
constexpr int loop_major = 7, loop_tries_max = 20, unmount_tries_max = 100;
constexpr auto patience = std::chrono::milliseconds(20);
constexpr const char* make_ext4 = "/usr/sbin/mkfs.ext4";

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// The device that plays `image`, open; it is detached by itself when the last who has it open lets it go. Empty: none.
std::string attach(const std::string& image, int& device) {
  const int file = ::open(image.c_str(), O_RDWR | O_CLOEXEC), control = ::open("/dev/loop-control", O_RDWR | O_CLOEXEC);
  std::string name;
  for (int n = 0; n < loop_tries_max && name.empty(); ++n) {  // somebody else may take the free one before us
    const int free = ::ioctl(control, LOOP_CTL_GET_FREE);
    const std::string path = "/dev/loop" + std::to_string(free);
    if (!std::filesystem::exists(path)) ::mknod(path.c_str(), S_IFBLK | 0600, makedev(loop_major, static_cast<unsigned>(free)));
    device = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    loop_config config{};
    config.fd = static_cast<__u32>(file);
    config.info.lo_flags = LO_FLAGS_AUTOCLEAR;
    if (device >= 0 && ::ioctl(device, LOOP_CONFIGURE, &config) == 0) name = path;
    else if (device >= 0) ::close(device);
  }
  ::close(file);
  ::close(control);
  return name;
}

}  // namespace

std::string disk_rig_missing() {
  if (::geteuid() != 0) return "the power-cut rig needs root";
  for (const char* path : {"/dev/fuse", "/dev/loop-control", make_ext4}) {
    if (!std::filesystem::exists(path)) return std::string("the power-cut rig needs ") + path;
  }
  const auto ended = in_child([](const Line&) {
    const FastFolder folder("probe");
    return enter_own_mounts() && LoggedDisk(folder.path()).ready() ? 0 : 1;
  });
  return ended.code == 0 && ended.signal == 0 ? "" : "the power-cut rig may not mount a FUSE file and a loop device here";
}

bool enter_own_mounts() { return ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0; }

Mounted::Mounted(const std::string& image, const std::string& at) : at_(at) {
  std::filesystem::create_directories(at);
  int device = -1;
  const auto name = attach(image, device);
  if (name.empty()) return;
  there_ = ::mount(name.c_str(), at.c_str(), "ext4", 0, "") == 0;
  ::close(device);
}

Mounted::~Mounted() {
  for (int n = 0; there_ && ::umount(at_.c_str()) != 0 && errno == EBUSY && n < unmount_tries_max; ++n) std::this_thread::sleep_for(patience);
}

LoggedDisk::LoggedDisk(const std::string& folder) : folder_(folder) {
  const std::string fuse = folder + "/fuse", image = folder + "/disk.img", counter = folder + "/position";
  std::filesystem::create_directories(fuse);
  std::ofstream(empty_image()).close();
  std::filesystem::resize_file(empty_image(), static_cast<std::uintmax_t>(disk_bytes));
  if (rig::run({make_ext4, "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0,nodiscard", empty_image()}, folder + "/mkfs.log") != 0) return;
  std::filesystem::copy_file(empty_image(), image);
  std::ofstream(counter, std::ios::binary) << std::string(sizeof *position_, '\0');
  const int shared = ::open(counter.c_str(), O_RDONLY | O_CLOEXEC);
  void* mapped = ::mmap(nullptr, sizeof *position_, PROT_READ, MAP_SHARED, shared, 0);
  ::close(shared);
  if (mapped == MAP_FAILED) return;
  position_ = static_cast<const std::uint64_t*>(mapped);
  const auto program = rig::program("qabyl-power-blocks");
  program_ = ::fork();
  if (program_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::execl(program.c_str(), program.c_str(), fuse.c_str(), image.c_str(), log().c_str(), counter.c_str(), nullptr);
    _exit(127);
  }
  for (int n = 0; n < unmount_tries_max && !std::filesystem::exists(fuse + "/disk"); ++n) std::this_thread::sleep_for(patience);
  mounted_ = std::make_unique<Mounted>(fuse + "/disk", path());
}

LoggedDisk::~LoggedDisk() {
  unmount();
  ::umount2((folder_ + "/fuse").c_str(), MNT_DETACH);
  if (program_ > 0) {
    ::kill(program_, SIGKILL);
    ::waitpid(program_, nullptr, 0);
  }
}

std::uint64_t LoggedDisk::position() const { return __atomic_load_n(position_, __ATOMIC_SEQ_CST); }
void LoggedDisk::unmount() { mounted_.reset(); }

CutMaker::CutMaker(const std::string& empty_image, const std::string& log) : log_(text_of(log)) {
  const auto bytes = text_of(empty_image);
  image_.assign(bytes.begin(), bytes.end());
}

std::vector<std::uint64_t> CutMaker::moments() const {
  std::vector<std::uint64_t> moments;
  for (std::uint64_t at = 0; at + sizeof(BlockEntry) <= log_.size();) {
    BlockEntry entry;
    std::memcpy(&entry, log_.data() + at, sizeof entry);
    at += sizeof entry + entry.bytes;
    if (at <= log_.size()) moments.push_back(at);
  }
  return moments;
}

void CutMaker::apply(std::uint64_t offset, const char* bytes, std::size_t count, std::vector<char>& image) const {
  QABYL_CHECK(offset + count <= image.size());
  std::copy_n(bytes, count, image.begin() + static_cast<std::ptrdiff_t>(offset));
}

void CutMaker::write_image(std::uint64_t position, double kept, std::mt19937& dice, const std::string& file) {
  QABYL_CHECK(position >= flushed_ && position <= log_.size());
  std::vector<std::pair<std::uint64_t, BlockEntry>> open;  // since the last flush: where the bytes stand, and the entry
  for (auto at = flushed_; at < position;) {
    BlockEntry entry;
    std::memcpy(&entry, log_.data() + at, sizeof entry);
    at += sizeof entry;
    if (entry.offset != flush_mark) {
      open.emplace_back(at, entry);
      at += entry.bytes;
      continue;
    }
    for (const auto& [where, write] : open) apply(write.offset, log_.data() + where, write.bytes, image_);
    open.clear();
    flushed_ = at;
  }
  auto image = image_;
  std::uniform_real_distribution<double> chance(0, 1);
  for (const auto& [where, write] : open) {
    if (chance(dice) >= kept) continue;
    const bool is_torn = chance(dice) < torn;
    for (std::size_t part = 0; part < write.bytes; part += sector_bytes) {
      if (is_torn && chance(dice) < 0.5) continue;  // this sector is old
      apply(write.offset + part, log_.data() + where + part, std::min(sector_bytes, static_cast<std::size_t>(write.bytes) - part), image);
    }
  }
  std::ofstream(file, std::ios::binary).write(image.data(), static_cast<std::streamsize>(image.size()));
}

}  // namespace qabyl::power
