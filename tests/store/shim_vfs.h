// SQLite's own VFS with a counter, and faults or death at its flushes and writes, under the name "qabyl-shim".
// One process, one thread, one database at a time.
#pragma once

namespace qabyl::tests {

struct ShimVfs {
  int syncs = 0;                // xSync calls of all files
  int fail_wal_sync = 0;        // the n-th xSync of a WAL from now on fails; the bytes stay in the file
  int fail_wal_write = 0;       // the n-th xWrite of a WAL from now on finds the disk full
  int fail_main_sync = 0;       // the n-th xSync of a main file fails: a checkpoint
  int kill_at = 0;              // SIGKILL instead of the n-th xWrite, xSync or xTruncate of any file
  bool failing_for_good = false;  // once it has failed, everything after it does
};
ShimVfs& shim_vfs();            // registers on first use
inline constexpr const char* shim_vfs_name = "qabyl-shim";

}  // namespace qabyl::tests
