// See sim_vfs.h. As the unix VFS: power-safe overwrite, a new WAL or journal gets its name flushed with its first flush.
// Locks are always given: a simulated machine has one connection at a time, and no other process.
#include "tests/sim/parts/sim_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace qabyl::sim {
namespace {

struct Shared {              // the -shm file: memory, gone with its last connection
  std::vector<std::unique_ptr<std::array<std::uint8_t, 32768>>> regions;
  int users = 0;
};

struct SimFile {
  sqlite3_file base;
  Disk* disk;
  Disk::NodePtr* node;       // owned; SQLite gives raw memory
  std::string* path;
  Shared* shared;
  bool name_due, remove_at_close;
};

std::map<std::string, Shared> shared_memory;
Dice randomness;

SimFile& of(sqlite3_file* file) { return *reinterpret_cast<SimFile*>(file); }

int unmap(sqlite3_file* file, int) {
  auto& sim = of(file);
  if (sim.shared && --sim.shared->users == 0) shared_memory.erase(*sim.path);
  sim.shared = nullptr;
  return SQLITE_OK;
}

int close_file(sqlite3_file* file) {
  auto& sim = of(file);
  unmap(file, 0);
  if (sim.remove_at_close) (void)sim.disk->remove(*sim.path);
  delete sim.node;
  delete sim.path;
  return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* bytes, int count, sqlite3_int64 offset) {
  auto& sim = of(file);
  const auto got = sim.disk->read(**sim.node, static_cast<std::uint64_t>(offset), bytes, static_cast<std::size_t>(count));
  if (got < 0) return SQLITE_IOERR_READ;
  if (got == count) return SQLITE_OK;
  std::memset(static_cast<char*>(bytes) + got, 0, static_cast<std::size_t>(count - got));
  return SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  auto& sim = of(file);
  const auto* from = static_cast<const std::uint8_t*>(bytes);
  while (count > 0) {  // as unixWrite: what was taken in part is gone on with
    const auto wrote = sim.disk->write(**sim.node, static_cast<std::uint64_t>(offset), from, static_cast<std::size_t>(count));
    if (wrote == -ENOSPC) return SQLITE_FULL;
    if (wrote <= 0) return SQLITE_IOERR_WRITE;
    from += wrote;
    offset += wrote;
    count -= static_cast<int>(wrote);
  }
  return SQLITE_OK;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  auto& sim = of(file);
  return sim.disk->truncate(**sim.node, static_cast<std::uint64_t>(size)) == 0 ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

int sync_file(sqlite3_file* file, int) {
  auto& sim = of(file);
  if (sim.disk->sync(**sim.node) != 0) return SQLITE_IOERR_FSYNC;
  if (std::exchange(sim.name_due, false)) sim.disk->sync_name(*sim.path);
  return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>((*of(file).node)->now.size());
  return of(file).disk->dead() ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

int take_lock(sqlite3_file*, int) { return SQLITE_OK; }
int check_lock(sqlite3_file*, int* reserved) { *reserved = 0; return SQLITE_OK; }
int control(sqlite3_file*, int operation, void* value) {
  if (operation != SQLITE_FCNTL_MMAP_SIZE) return SQLITE_NOTFOUND;
  *static_cast<sqlite3_int64*>(value) = 0;  // nothing is mapped; said so, since the product reads it back
  return SQLITE_OK;
}
int sector_size(sqlite3_file*) { return 4096; }
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

int map_shared(sqlite3_file* file, int region, int bytes, int extend, void volatile** at) {
  auto& sim = of(file);
  if (!sim.shared) ++(sim.shared = &shared_memory[*sim.path])->users;
  *at = nullptr;
  if (bytes != 32768) return SQLITE_IOERR_SHMMAP;
  auto& regions = sim.shared->regions;
  if (static_cast<std::size_t>(region) >= regions.size() && extend == 0) return SQLITE_OK;
  while (static_cast<std::size_t>(region) >= regions.size()) {
    regions.push_back(std::make_unique<std::array<std::uint8_t, 32768>>());
    regions.back()->fill(0);
  }
  *at = regions[static_cast<std::size_t>(region)]->data();
  return SQLITE_OK;
}
int lock_shared(sqlite3_file*, int, int, int) { return SQLITE_OK; }
void barrier(sqlite3_file*) {}

const sqlite3_io_methods methods = {2, close_file, read_file, write_file, truncate_file, sync_file, file_size, take_lock, take_lock, check_lock,
                                    control, sector_size, characteristics, map_shared, lock_shared, barrier, unmap, nullptr, nullptr};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto& sim = of(file);
  sim = {};
  Disk* disk = name ? disk_of(name) : nullptr;
  if (!disk || disk->dead()) return SQLITE_CANTOPEN;
  auto node = disk->find(name);
  const bool made = !node;
  if (made && (flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
  if (made && disk->create(name, node) != 0) return SQLITE_CANTOPEN;
  sim.disk = disk;
  sim.node = new Disk::NodePtr(node);
  sim.path = new std::string(name);
  sim.name_due = made && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL)) != 0;
  sim.remove_at_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  sim.base.pMethods = &methods;
  if (out_flags) *out_flags = flags;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs*, const char* name, int sync_folder) {
  Disk* disk = disk_of(name);
  if (!disk || disk->dead()) return SQLITE_IOERR_DELETE;
  if (!disk->find(name)) return SQLITE_IOERR_DELETE_NOENT;
  if (disk->remove(name) != 0) return SQLITE_IOERR_DELETE;
  if (sync_folder != 0) disk->sync_name(name);
  return SQLITE_OK;
}

int access_file(sqlite3_vfs*, const char* name, int asked, int* answer) {
  Disk* disk = disk_of(name);
  const auto node = disk ? disk->find(name) : nullptr;
  *answer = node && (asked != SQLITE_ACCESS_EXISTS || !node->now.empty()) ? 1 : 0;  // as unixAccess: an empty one does not count
  return SQLITE_OK;
}

int full_name(sqlite3_vfs*, const char* name, int count, char* out) {
  sqlite3_snprintf(count, out, "%s", name);
  return SQLITE_OK;
}

int draw(sqlite3_vfs*, int count, char* out) {
  for (int i = 0; i < count; ++i) out[i] = static_cast<char>(randomness.next());
  return count;
}

int do_not_sleep(sqlite3_vfs*, int microseconds) { return microseconds; }
int no_time(sqlite3_vfs*, sqlite3_int64* now) { *now = 0; return SQLITE_OK; }
int no_day(sqlite3_vfs*, double* now) { *now = 0; return SQLITE_OK; }
int no_error(sqlite3_vfs*, int, char*) { return 0; }

sqlite3_vfs vfs = {2, sizeof(SimFile), 512, nullptr, vfs_name, nullptr, open_file, delete_file, access_file, full_name,
                   nullptr, nullptr, nullptr, nullptr, draw, do_not_sleep, no_day, no_error, no_time, nullptr, nullptr, nullptr};

}  // namespace

void register_vfs() { sqlite3_vfs_register(&vfs, 1); }

void begin_vfs(Dice dice) {
  randomness = dice;
  sqlite3_randomness(0, nullptr);  // SQLite's own generator is seeded anew, out of the VFS
}

}  // namespace qabyl::sim
