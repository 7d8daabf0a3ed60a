// A disk whose power can be cut at any moment after the fact: an ext4 on a loop device on a FUSE file that logs every write and
// flush. An image of any moment has all writes before the last flush and some of those after it, some of them torn
// (RELIABILITY 4.3.2, F1). Everything is mounted in a namespace of the process's own, so that nothing stays, whatever
// happens. Needs root, /dev/fuse and loop devices. For tests only.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/power/forked.h"

namespace qabyl::power {

// Why this machine cannot play it; empty: it can.
std::string disk_rig_missing();
// In a child, before anything is mounted; false: not allowed.
bool enter_own_mounts();

// An image file, mounted as ext4; unmounted and detached when the value goes.
class Mounted {
 public:
  Mounted(const std::string& image, const std::string& at);
  ~Mounted();
  Mounted(const Mounted&) = delete;
  Mounted& operator=(const Mounted&) = delete;
  bool there() const { return there_; }

 private:
  std::string at_;
  bool there_ = false;
};

class LoggedDisk {
 public:
  explicit LoggedDisk(const std::string& folder);  // made anew in it; check ready()
  ~LoggedDisk();
  LoggedDisk(const LoggedDisk&) = delete;
  LoggedDisk& operator=(const LoggedDisk&) = delete;

  bool ready() const { return mounted_ && mounted_->there(); }
  std::string path() const { return folder_ + "/mounted"; }
  std::uint64_t position() const;                  // of the log; any process that was forked from this one may ask
  void unmount();                                  // what it writes then is logged too

  std::string empty_image() const { return folder_ + "/empty.img"; }  // as it was when it was mounted
  std::string log() const { return folder_ + "/log"; }

 private:
  std::string folder_;
  pid_t program_ = -1;
  const std::uint64_t* position_ = nullptr;
  std::unique_ptr<Mounted> mounted_;
};

// Makes images of ascending moments.
class CutMaker {
 public:
  CutMaker(const std::string& empty_image, const std::string& log);
  std::vector<std::uint64_t> moments() const;        // after each entry of the log
  // The disk as the cut at `position` leaves it; of the writes since the last flush each survives with probability `kept`.
  // Precondition: not before the last one's position.
  void write_image(std::uint64_t position, double kept, std::mt19937& dice, const std::string& file);

 private:
  void apply(std::uint64_t offset, const char* bytes, std::size_t count, std::vector<char>& image) const;

  std::vector<char> image_;  // up to the last flush that was passed
  std::string log_;
  std::uint64_t flushed_ = 0;
};

}  // namespace qabyl::power
