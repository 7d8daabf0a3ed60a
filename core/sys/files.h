// Files that survive a power cut: write, fsync, rename, fsync of the directory (RELIABILITY, 1.2).
// Opens never follow symbolic links in a hostile folder. Thin over POSIX; no policy.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"

namespace qabyl::core::sys {

class File {  // an owned descriptor
 public:
  File() = default;
  explicit File(int fd) : fd_(fd) {}
  ~File();
  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  bool open() const { return fd_ >= 0; }
  int fd() const { return fd_; }
  int release();

 private:
  int fd_ = -1;
};

// Failures everywhere: not_found; full (no room, quota); gone (the device went away); storage (the rest).
// Regular files only: forbidden for a symbolic link in the last place, a FIFO, a device, a folder; never waits.
Result<File> open_read(const std::string& path);
Result<File> create_private(const std::string& path);  // 0600, O_EXCL; conflict if it exists
Result<File> open_append(const std::string& path);     // existing, read-write, O_NOFOLLOW
Status write_all(const File& file, ByteView bytes);    // full: no room
Status write_at(const File& file, std::uint64_t offset, ByteView bytes);
Result<Bytes> read_some(const File& file, std::uint64_t offset, std::size_t bytes_max);  // short only at the end
Result<std::uint64_t> file_size(const File& file);
Status flush(const File& file);                        // fdatasync
Status flush_directory(const std::string& path);
std::uint64_t flush_count();  // calls of both since the program began: what a filing costs is measured
Status rename_file(const std::string& from, const std::string& to);
Status link_file(const std::string& from, const std::string& to);  // a second name for the same bytes; conflict if `to` exists
Status remove_file(const std::string& path);
Status make_directories(const std::string& path);      // 0700
Result<Bytes> read_file(const std::string& path, std::size_t bytes_max);  // too_large when it is longer
Status write_file_durably(const std::string& path, ByteView bytes);  // tmp, flush, rename, flush dir
bool exists(const std::string& path);
std::optional<std::uint64_t> free_bytes(const std::string& path);  // of its file system, for us
std::uint64_t total_bytes(const std::string& path);                // of its file system; 0: unknown
struct FolderEntry { std::string name; std::uint64_t bytes; bool regular; };
// Sorted by name; at most entries_max of them (which ones, the file system decides). Names are bytes.
Result<std::vector<FolderEntry>> list_folder(const std::string& path, std::size_t entries_max);

// A file that is locked as long as the value lives: one process a data folder. conflict if taken.
Result<File> lock_folder(const std::string& path);
// Folder of the running program, from /proc/self/exe.
std::string program_folder();

}  // namespace qabyl::core::sys
