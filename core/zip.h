// A ZIP file in its plainest form (APPNOTE 6.3.10): files stored as they are, names in UTF-8, no time, no comment, nothing
// twice and nothing between the parts. Any unpacker opens it, and one list of files has one spelling: whoever reads a
// bundle of evidence sees the same files as whoever checked it. Not for ZIPs of others.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"

namespace qabyl::core {

inline constexpr std::size_t zip_files_max = 10'000;
inline constexpr std::size_t zip_path_bytes_max = 200;

// 1 to zip_path_bytes_max of a-z, 0-9, dot, dash and single slashes between; no part is empty or begins with a dot.
bool is_zip_path(std::string_view path);

// Writes one file after the other into `sink`; holds the list of files only. All offsets stay below 4 GiB: too_large.
class ZipWriter {
 public:
  using Sink = std::function<Status(ByteView)>;
  explicit ZipWriter(Sink sink) : sink_(std::move(sink)) {}
  // Precondition: is_zip_path(path). conflict: there is such a file. Otherwise the sink's errors, which end it.
  Status add(std::string_view path, ByteView bytes);
  Status finish();  // once, as the last call

 private:
  struct Entry {
    std::string path;
    std::uint32_t crc = 0, size = 0, offset = 0;
  };
  Status put(const Bytes& bytes);

  Sink sink_;
  std::vector<Entry> entries_{};
  std::uint64_t offset_ = 0;
};

struct ZipFile {
  std::string path;
  ByteView bytes;  // in the file that was read
};
// The files in their order. invalid_input: not exactly what ZipWriter writes. corrupt: a file's CRC-32 is another.
Result<std::vector<ZipFile>> read_zip(ByteView file);

}  // namespace qabyl::core
