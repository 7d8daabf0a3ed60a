// The system's VFS is copied and its file methods are patched after each open: see shim_vfs.h.
#include "tests/store/shim_vfs.h"

#include <signal.h>
#include <sqlite3.h>

namespace qabyl::tests {
namespace {

ShimVfs shim;
sqlite3_vfs vfs;
// SQLite has one table of methods for files that are locked and another for those that are not.
const sqlite3_io_methods *main_original = nullptr, *wal_original = nullptr;
sqlite3_io_methods main_methods, wal_methods;
bool dead = false;

bool due(int& countdown) {
  if (dead) return true;
  if (countdown == 0 || --countdown != 0) return false;
  dead = shim.failing_for_good;
  return true;
}

void live_or_die() {
  if (shim.kill_at != 0 && --shim.kill_at == 0) raise(SIGKILL);
}

int main_sync(sqlite3_file* file, int flags) {
  live_or_die();
  ++shim.syncs;
  return due(shim.fail_main_sync) ? SQLITE_IOERR_FSYNC : main_original->xSync(file, flags);
}

int main_write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  live_or_die();
  return main_original->xWrite(file, bytes, count, offset);
}

int wal_sync(sqlite3_file* file, int flags) {
  live_or_die();
  ++shim.syncs;
  return due(shim.fail_wal_sync) ? SQLITE_IOERR_FSYNC : wal_original->xSync(file, flags);
}

int wal_write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  live_or_die();
  return due(shim.fail_wal_write) ? SQLITE_FULL : wal_original->xWrite(file, bytes, count, offset);
}

int wal_truncate(sqlite3_file* file, sqlite3_int64 size) {
  live_or_die();
  return wal_original->xTruncate(file, size);
}

int open_file(sqlite3_vfs* self, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  const int rc = sqlite3_vfs_find("unix")->xOpen(self, name, file, flags, out_flags);
  if (rc != SQLITE_OK || file->pMethods == nullptr) return rc;
  if ((flags & SQLITE_OPEN_WAL) != 0) {
    wal_methods = *(wal_original = file->pMethods);
    wal_methods.xSync = wal_sync;
    wal_methods.xWrite = wal_write;
    wal_methods.xTruncate = wal_truncate;
    file->pMethods = &wal_methods;
  } else if ((flags & SQLITE_OPEN_MAIN_DB) != 0) {
    main_methods = *(main_original = file->pMethods);
    main_methods.xSync = main_sync;
    main_methods.xWrite = main_write;
    file->pMethods = &main_methods;
  }
  return rc;
}

}  // namespace

ShimVfs& shim_vfs() {
  if (vfs.zName == nullptr) {
    vfs = *sqlite3_vfs_find("unix");
    vfs.zName = shim_vfs_name;
    vfs.pNext = nullptr;
    vfs.xOpen = open_file;
    sqlite3_vfs_register(&vfs, 0);
  }
  dead = false;
  return shim;
}

}  // namespace qabyl::tests
