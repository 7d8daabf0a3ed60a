// The physical limit: bytes appended to a plain file and flushed with fdatasync. Removed with the value.
#pragma once

#include <string>

#include "core/bytes.h"
#include "core/sys/files.h"

namespace qabyl::bench {

class RawFile {
 public:
  explicit RawFile(std::string path) : path_(std::move(path)) {
    auto made = core::sys::create_private(path_);
    QABYL_CHECK(made.has_value());
    file_ = *std::move(made);
  }
  ~RawFile() { (void)core::sys::remove_file(path_); }
  RawFile(const RawFile&) = delete;
  RawFile& operator=(const RawFile&) = delete;

  void append(core::ByteView bytes) {
    const auto written = core::sys::write_all(file_, bytes);
    QABYL_CHECK(written.has_value());
  }
  void flush() {
    const auto flushed = core::sys::flush(file_);
    QABYL_CHECK(flushed.has_value());
  }

 private:
  std::string path_;
  core::sys::File file_;
};

}  // namespace qabyl::bench
