// See disk.h.
#include "tests/sim/parts/disk.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace qabyl::sim {
namespace {

std::vector<Disk*> all_disks;

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

bool below(const std::string& path, const std::string& folder) {
  return path.size() > folder.size() && path.compare(0, folder.size(), folder) == 0 && path[folder.size()] == '/';
}

}  // namespace

void set_disks(std::vector<Disk*> disks) { all_disks = std::move(disks); }

Disk* disk_of(const std::string& path) {
  for (auto* disk : all_disks) {
    if (path == disk->root() || below(path, disk->root())) return disk;
  }
  return nullptr;
}

Disk Disk::clone() const {
  Disk copy(root_);
  for (const auto& [path, node] : names_) {
    auto made = std::make_shared<Node>();
    made->folder = node->folder;
    made->now = node->now;
    made->durable_size = node->now.size();
    copy.names_.emplace(path, std::move(made));
  }
  return copy;
}

Disk::NodePtr Disk::find(const std::string& path) const {
  const auto found = names_.find(path);
  return found == names_.end() ? nullptr : found->second;
}

int Disk::change() {
  if (dead_) return -EIO;
  if (countdown_ > 0 && --countdown_ == 0) dead_ = true;
  return dead_ ? -EIO : 0;
}

int Disk::create(const std::string& path, NodePtr& made) {
  if (names_.count(path) > 0) return -EEXIST;
  const auto folder = find(folder_of(path));
  if (!folder || !folder->folder) return -ENOENT;
  if (const int refused = change()) return refused;
  made = std::make_shared<Node>();
  names_.emplace(path, made);
  pending_.push_back({path, {}, made, nullptr});
  return 0;
}

int Disk::make_folder(const std::string& path) {
  if (names_.count(path) > 0) return -EEXIST;
  if (path != root_ && !find(folder_of(path))) return -ENOENT;
  if (const int refused = change()) return refused;
  auto made = std::make_shared<Node>();
  made->folder = true;
  names_.emplace(path, made);
  if (path != root_) pending_.push_back({path, {}, made, nullptr});
  return 0;
}

int Disk::rename(const std::string& from, const std::string& to) {
  const auto node = find(from);
  if (!node || !find(folder_of(to))) return -ENOENT;
  if (const int refused = change()) return refused;
  const auto replaced = find(to);
  names_[to] = node;
  names_.erase(from);
  pending_.push_back({to, from, node, replaced});
  return 0;
}

int Disk::remove(const std::string& path) {
  const auto node = find(path);
  if (!node) return -ENOENT;
  if (const int refused = change()) return refused;
  names_.erase(path);
  pending_.push_back({path, {}, nullptr, node});
  return 0;
}

std::vector<std::string> Disk::list(const std::string& folder) const {
  std::vector<std::string> names;
  for (auto at = names_.upper_bound(folder + "/"); at != names_.end() && below(at->first, folder); ++at) {
    const auto name = at->first.substr(folder.size() + 1);
    if (name.find('/') == name.npos) names.push_back(name);
  }
  return names;
}

long Disk::read(const Node& node, std::uint64_t offset, void* bytes, std::size_t count) {
  if (dead_) return -EIO;
  if (strikes(Fault::read_error, faults.read_error)) return ++counts.read_errors, -EIO;
  if (offset >= node.now.size()) return 0;
  const auto take = std::min<std::size_t>(count, node.now.size() - static_cast<std::size_t>(offset));
  std::memcpy(bytes, node.now.data() + offset, take);
  return static_cast<long>(take);
}

// Sectors [first, last) as they were last flushed, for whatever is about to change them.
void Disk::keep_old(Node& node, std::size_t first, std::size_t last) {
  if (node.dirty.size() < last) node.dirty.resize(last);
  for (auto sector = first; sector < last; ++sector) {
    if (node.dirty[sector] != 0) continue;
    node.dirty[sector] = 1;
    const auto at = sector * sector_bytes;
    const bool there = at < node.now.size();
    node.old.push_back({static_cast<std::uint32_t>(sector), there ? static_cast<std::uint32_t>(node.old_bytes.size()) : all_zeros});
    if (!there) continue;
    const auto first_byte = node.now.begin() + static_cast<std::ptrdiff_t>(at);
    node.old_bytes.insert(node.old_bytes.end(), first_byte, first_byte + static_cast<std::ptrdiff_t>(std::min(sector_bytes, node.now.size() - at)));
    node.old_bytes.resize((node.old_bytes.size() + sector_bytes - 1) / sector_bytes * sector_bytes);
  }
}

long Disk::write(Node& node, std::uint64_t offset, const void* bytes, std::size_t count) {
  if (const int refused = change()) return refused;
  ++counts.writes;
  if (strikes(Fault::write_error, faults.write_error)) return ++counts.write_errors, -EIO;
  if (count > 1 && strikes(Fault::short_write, faults.short_write)) ++counts.short_writes, count = 1 + dice.below(count - 1);
  const auto end = static_cast<std::size_t>(offset) + count;
  if (end > node.now.size()) {
    const auto more = end - node.now.size();
    if (more > room) return ++counts.full, -ENOSPC;
    room -= more;
  }
  keep_old(node, static_cast<std::size_t>(offset) / sector_bytes, (end + sector_bytes - 1) / sector_bytes);
  if (end > node.now.size()) node.now.resize(end);
  std::memcpy(node.now.data() + offset, bytes, count);
  return static_cast<long>(count);
}

int Disk::truncate(Node& node, std::uint64_t size) {
  if (const int refused = change()) return refused;
  const auto wanted = static_cast<std::size_t>(size);
  if (wanted < node.now.size()) {
    room += node.now.size() - wanted;
    keep_old(node, wanted / sector_bytes, (node.now.size() + sector_bytes - 1) / sector_bytes);
  }
  node.now.resize(wanted);
  return 0;
}

// After an error nobody knows what was flushed, and a second flush does not tell: what failed stays unflushed here.
int Disk::sync(Node& node) {
  if (const int refused = change()) return refused;
  ++counts.syncs;
  if (strikes(Fault::sync_error, faults.sync_error)) return ++counts.sync_errors, -EIO;
  for (const auto& one : node.old) node.dirty[one.sector] = 0;
  node.old.clear();
  node.old_bytes.clear();
  node.durable_size = node.now.size();
  return 0;
}

bool Disk::concerns(const NameChange& one, const std::string& path) const {
  return one.path == path || one.from == path;
}

// With every earlier change that it stands on: of the same names, and of the folders above.
void Disk::commit(std::size_t index) {
  const auto one = pending_[index];
  pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(index));
  for (std::size_t i = index; i-- > 0;) {
    if (i >= pending_.size()) continue;
    const auto& before = pending_[i];
    const bool needed = concerns(before, one.path) || (!one.from.empty() && concerns(before, one.from)) || below(one.path, before.path);
    if (needed) commit(i);
  }
}

int Disk::sync_folder(const std::string& folder) {
  if (const int refused = change()) return refused;
  ++counts.syncs;
  if (strikes(Fault::sync_error, faults.sync_error)) return ++counts.sync_errors, -EIO;
  for (std::size_t i = 0; i < pending_.size();) {
    const auto& one = pending_[i];
    const bool here = folder_of(one.path) == folder || (!one.from.empty() && folder_of(one.from) == folder);
    if (!here) {
      ++i;
      continue;
    }
    commit(i);
    i = 0;
  }
  return 0;
}

void Disk::sync_name(const std::string& path) {
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    if (pending_[i].path == path) {
      commit(i);
      return sync_name(path);
    }
  }
}

void Disk::undo(const NameChange& one) {
  ++counts.lost_names;
  if (one.replaced) names_[one.path] = one.replaced;
  else names_.erase(one.path);
  if (!one.from.empty()) names_[one.from] = one.node;
}

void Disk::lose(Node& node, Dice& chance) {
  if (node.old.empty() && node.durable_size == node.now.size()) return;
  const double kept = static_cast<double>(chance.below(5)) * 0.25;
  const auto last = node.now.size();
  const auto size = chance.chance(kept) ? last : node.durable_size;
  node.now.resize(std::max(last, node.durable_size));
  for (const auto& old : node.old) {
    const auto at = std::size_t{old.sector} * sector_bytes;
    if (at >= node.now.size() || (at < last && chance.chance(kept))) continue;
    const auto count = std::min(sector_bytes, node.now.size() - at);
    const bool garble = faults.garbled && at < last && chance.chance(0.9);
    for (std::size_t i = 0; i < count; ++i) {
      auto& byte = node.now[at + i];
      const std::uint8_t before = old.at == all_zeros ? 0 : node.old_bytes[old.at + i];
      if (garble && byte != before) byte = static_cast<std::uint8_t>(chance.next());
      else byte = before;
    }
    ++(garble ? counts.garbled_sectors : counts.lost_sectors);
  }
  node.now.resize(size);
  node.old.clear();
  node.old_bytes.clear();
  std::fill(node.dirty.begin(), node.dirty.end(), std::uint8_t{0});
  node.durable_size = size;
}

void Disk::power_cut(Dice& chance) {
  std::vector<NameChange> lost;
  for (const auto& one : pending_) {
    const auto stands_on = [&](const NameChange& gone) {
      return concerns(gone, one.path) || (!one.from.empty() && concerns(gone, one.from)) || below(one.path, gone.path);
    };
    if (chance.chance(0.5) || std::any_of(lost.begin(), lost.end(), stands_on)) lost.push_back(one);
  }
  for (auto one = lost.rbegin(); one != lost.rend(); ++one) undo(*one);
  pending_.clear();
  for (const auto& [path, node] : names_) lose(*node, chance);
  restart();
}

std::uint64_t Disk::used() const {
  std::uint64_t bytes = 0;
  for (const auto& [path, node] : names_) bytes += node->now.size();
  return bytes;
}

}  // namespace qabyl::sim
