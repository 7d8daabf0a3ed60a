// The disk of one machine, in memory: what a program sees now, and what a power cut would leave of it (RELIABILITY, F1).
// Of what was written since the last flush of a file any subset of its 512-byte sectors survives, old, new or garbled; of
// names that were made, renamed or removed since the last flush of their folder any subset that follows from what it stands on.
// Calls answer 0 or a byte count, or -errno. Knows no SQLite and no POSIX descriptor: sim_vfs.cpp and sim_posix.cpp do.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "tests/sim/parts/swarm.h"

namespace qabyl::sim {

inline constexpr std::size_t sector_bytes = 512;

struct DiskFaults {          // chances of one call
  double write_error = 0, sync_error = 0, read_error = 0, short_write = 0;
  bool garbled = false;      // lost sectors hold neither old nor new bytes
};

struct DiskCounts { std::int64_t writes = 0, syncs = 0, write_errors = 0, sync_errors = 0, read_errors = 0, full = 0, short_writes = 0, lost_sectors = 0, garbled_sectors = 0, lost_names = 0; };

class Disk {
 public:
  static constexpr std::uint32_t all_zeros = UINT32_MAX;
  struct Node {
    bool folder = false;
    core::Bytes now;
    std::size_t durable_size = 0;
    std::vector<std::uint8_t> dirty;                                              // a bit a sector: it stands in `old`
    struct Old { std::uint32_t sector, at; };                                     // at: in old_bytes, or all_zeros
    std::vector<Old> old;                                                         // sectors as last flushed
    core::Bytes old_bytes;
  };
  using NodePtr = std::shared_ptr<Node>;

  explicit Disk(std::string root = {}) : root_(std::move(root)) {}
  Disk clone() const;                    // everything flushed; faults off
  const std::string& root() const { return root_; }

  NodePtr find(const std::string& path) const;
  int create(const std::string& path, NodePtr& made);   // -EEXIST, -ENOENT (its folder), -EIO
  int make_folder(const std::string& path);
  int rename(const std::string& from, const std::string& to);
  int remove(const std::string& path);
  std::vector<std::string> list(const std::string& folder) const;  // names

  long read(const Node& node, std::uint64_t offset, void* bytes, std::size_t count);
  long write(Node& node, std::uint64_t offset, const void* bytes, std::size_t count);
  int truncate(Node& node, std::uint64_t size);
  int sync(Node& node);
  int sync_folder(const std::string& folder);
  void sync_name(const std::string& path);  // what a file system does for SQLite's own new files, which flushes their folder

  // The machine stops before the n-th change of the disk from now on: from then on every call fails and changes nothing.
  void stop_after(std::int64_t changes) { countdown_ = changes; }
  void stop() { dead_ = true; }
  bool dead() const { return dead_; }
  void power_cut(Dice& dice);            // what was not flushed is lost or not; then the disk works again
  void restart() { dead_ = false; countdown_ = 0; }  // only the program had ended: nothing is lost

  std::uint64_t used() const;
  std::uint64_t total_bytes = 64ULL << 30;
  std::uint64_t room = 64ULL << 30;      // beyond used(): no room
  DiskFaults faults;
  std::function<bool(Fault)> falls;      // a fault was drawn: whether it comes about; none: it does
  DiskCounts counts;
  Dice dice{1};

 private:
  struct NameChange { std::string path, from; NodePtr node, replaced; };  // from empty: made; node empty: removed

  bool strikes(Fault fault, double chance) { return dice.chance(chance) && (!falls || falls(fault)); }
  int change();                          // 0, or why the disk refuses any change
  void keep_old(Node& node, std::size_t first, std::size_t last);
  void lose(Node& node, Dice& dice);
  bool concerns(const NameChange& change, const std::string& path) const;
  void commit(std::size_t index);
  void undo(const NameChange& change);

  std::string root_;
  std::map<std::string, NodePtr> names_;
  std::vector<NameChange> pending_;
  std::int64_t countdown_ = 0;
  bool dead_ = false;
};

// Machines whose folder a path may stand in; the simulation registers its own.
Disk* disk_of(const std::string& path);
void set_disks(std::vector<Disk*> disks);

}  // namespace qabyl::sim
