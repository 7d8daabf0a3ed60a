// See log_check.h. Entries come bundle by bundle; each level of the tree fills one tile at a time, and a full tile is one
// hash of the level above.
#include "sync/verify/log_check.h"

#include <algorithm>

#include "sync/log/leaf.h"
#include "sync/log/tiles.h"

namespace qabyl::sync::verify {
namespace {

using log::Digest;
using log::Hashes;
using log::TilePlace;

// A fault and where it is; empty `why`: none.
struct Fault {
  std::string why, where;
  std::uint64_t index = 0;
};

// 1 for each character that is no lower-case hex digit.
constexpr auto not_hex = [] {
  std::array<std::uint8_t, 256> table{};
  table.fill(1);
  for (const char c : std::string_view("0123456789abcdef")) table[static_cast<unsigned char>(c)] = 0;
  return table;
}();

struct EntryFacts {
  std::int64_t at_ms = 0;
  std::string_view digest;  // 64 lower-case hex digits
};

// Of an entry that has exactly the form of log::leaf_entry(), many times faster than parse_leaf().
std::optional<EntryFacts> facts_of(std::string_view entry) {
  constexpr std::string_view before = "{\"at_ms\":", between = ",\"sha256\":\"", after = "\",\"v\":1}";
  constexpr std::size_t digest_digits = 64, fixed = before.size() + between.size() + digest_digits + after.size();
  if (entry.size() <= fixed || entry.size() > fixed + 16 || !entry.starts_with(before) || !entry.ends_with(after)) return std::nullopt;
  const auto digits = entry.substr(before.size(), entry.size() - fixed);
  const auto rest = entry.substr(before.size() + digits.size());
  const auto digest = rest.substr(between.size(), digest_digits);
  if (!rest.starts_with(between) || (digits.size() > 1 && digits[0] == '0')) return std::nullopt;
  std::int64_t at_ms = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    at_ms = at_ms * 10 + (c - '0');
  }
  unsigned wrong = 0;
  for (const char c : digest) wrong |= not_hex[static_cast<unsigned char>(c)];
  if (wrong != 0 || at_ms > core::json_integer_max) return std::nullopt;
  return EntryFacts{at_ms, digest};
}

core::Digest digest_of(std::string_view hex) {
  const auto nibble = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  core::Digest digest{};
  for (std::size_t i = 0; i < digest.size(); ++i) digest[i] = static_cast<std::uint8_t>(nibble(hex[2 * i]) << 4 | nibble(hex[2 * i + 1]));
  return digest;
}

class Audit {
 public:
  Audit(LogFiles& files, std::uint64_t size, const LogQuestions& questions) : files_(files), size_(size), questions_(questions), kept_(questions.kept) {
    std::stable_sort(kept_.begin(), kept_.end(), [](const auto& a, const auto& b) { return a.checkpoint.size < b.checkpoint.size; });
    compare_kept(0);
  }

  Fault run() {
    for (std::uint64_t bundle = 0; bundle * log::tile_width < size_; ++bundle) {
      if (auto fault = entries(bundle); !fault.why.empty()) return fault;
    }
    for (unsigned level = 1; level < log::tile_levels_max; ++level) {
      if (open_[level].empty()) continue;
      if (auto fault = compare(level, done_[level]); !fault.why.empty()) return fault;
    }
    return {};
  }
  // How far the kept checkpoints agree, and the first that does not; empty `why`: all do.
  Fault forked() const {
    if (!fork_.why.empty() || next_kept_ == kept_.size()) return fork_;
    return {"log_shorter", kept_[next_kept_].where, 0};
  }
  std::uint64_t agreed() const { return agreed_; }
  core::Instant first() const { return core::Instant(core::Millis(first_ms_)); }
  core::Instant last() const { return core::Instant(core::Millis(last_ms_)); }

  // What is open at each level are complete subtrees, larger ones to the left: pairs of one size are joined, then all
  // from the right.
  Digest root() const {
    std::vector<std::pair<unsigned, Digest>> parts;  // height of the subtree, its root
    for (unsigned level = log::tile_levels_max; level-- > 0;) {
      for (const Digest& hash : open_[level]) {
        parts.emplace_back(level * log::tile_height, hash);
        while (parts.size() > 1 && parts[parts.size() - 2].first == parts.back().first) {
          const Digest right = parts.back().second;
          parts.pop_back();
          parts.back() = {parts.back().first + 1, log::hash_node(parts.back().second, right)};
        }
      }
    }
    if (parts.empty()) return log::empty_root();
    Digest root = parts.back().second;
    for (std::size_t i = parts.size() - 1; i-- > 0;) root = log::hash_node(parts[i].second, root);
    return root;
  }

 private:
  Fault entries(std::uint64_t bundle) {
    const TilePlace place{true, 0, bundle, log::width_in(size_, 0, bundle)};
    const auto path = log::tile_path(place);
    const auto bytes = files_.read(path, place.width * (2 + log::leaf_bytes_max));
    if (!bytes) return {"log_unreadable", path, 0};
    const auto views = log::parse_bundle(*bytes, place.width);
    if (!views) return {"log_bundle", path, 0};
    for (const auto& view : *views) {
      const auto facts = facts_of(core::as_text(view));
      const auto index = bundle * log::tile_width + open_[0].size();
      if (!facts) return {"log_entry", path, index};
      if (facts->at_ms < last_ms_) return {"log_time", path, index};
      if (index == 0) first_ms_ = facts->at_ms;
      last_ms_ = facts->at_ms;
      open_[0].push_back(log::hash_leaf(view));
      if (questions_.each) questions_.each(digest_of(facts->digest));
      compare_kept(index + 1);
    }
    return close(0, bundle);
  }

  // The kept checkpoints of exactly this many entries against the tree so far.
  void compare_kept(std::uint64_t size) {
    for (; next_kept_ < kept_.size() && kept_[next_kept_].checkpoint.size == size; ++next_kept_) {
      if (!fork_.why.empty()) continue;
      if (kept_[next_kept_].checkpoint.root == root()) agreed_ = size;
      else fork_ = {"log_forked", kept_[next_kept_].where, 0};
    }
  }

  // A tile of which nothing more comes in now. If it is full, its root is a hash of the level above.
  Fault close(unsigned level, std::uint64_t index) {
    if (auto fault = compare(level, index); !fault.why.empty()) return fault;
    if (open_[level].size() < log::tile_width || level + 1 == log::tile_levels_max) return {};
    Hashes& hashes = open_[level];
    for (std::size_t width = hashes.size(); width > 1; width /= 2) {
      for (std::size_t i = 0; i < width / 2; ++i) hashes[i] = log::hash_node(hashes[2 * i], hashes[2 * i + 1]);
    }
    open_[level + 1].push_back(hashes[0]);
    hashes.clear();
    done_[level] = index + 1;
    return open_[level + 1].size() == log::tile_width ? close(level + 1, done_[level + 1]) : Fault{};
  }

  Fault compare(unsigned level, std::uint64_t index) {
    const auto& made = open_[level];
    const TilePlace place{false, level, index, made.size()};
    const auto path = log::tile_path(place);
    const auto bytes = files_.read(path, log::tile_width * sizeof(Digest));
    if (!bytes) return {"log_unreadable", path, 0};
    const bool same = bytes->size() == made.size() * sizeof(Digest) && std::equal(bytes->begin(), bytes->end(), made.front().data());
    if (same) return {};
    return level == 0 ? disagreement(index, *bytes, path) : Fault{"log_tile", path, 0};
  }

  // Entries and their hash tile differ; the tile above says which of them was changed, where it can be asked.
  Fault disagreement(std::uint64_t index, const core::Bytes& tile, const std::string& path) {
    const auto hashes = log::parse_hash_tile(tile, open_[0].size());
    if (!hashes) return {"log_tile", path, 0};
    const auto differs = std::mismatch(hashes->begin(), hashes->end(), open_[0].begin()).first - hashes->begin();
    const auto leaf = index * log::tile_width + static_cast<std::uint64_t>(differs);
    const auto above = log::width_in(size_, 1, index / log::tile_width);
    const auto upper = above == 0 ? core::Result<core::Bytes>(core::Error{core::ErrorCode::not_found, ""})
                                  : files_.read(log::tile_path({false, 1, index / log::tile_width, above}), log::tile_width * sizeof(Digest));
    const auto at = index % log::tile_width * sizeof(Digest);
    const bool full = open_[0].size() == log::tile_width && upper && upper->size() >= at + sizeof(Digest);
    const Digest by_tile = full ? root_of(*hashes) : Digest{};
    if (full && !std::equal(by_tile.begin(), by_tile.end(), upper->begin() + static_cast<std::ptrdiff_t>(at))) return {"log_tile", path, leaf};
    return {"log_entry", log::tile_path({true, 0, index, open_[0].size()}), leaf};
  }

  static Digest root_of(Hashes hashes) {  // of a full tile
    for (std::size_t width = hashes.size(); width > 1; width /= 2) {
      for (std::size_t i = 0; i < width / 2; ++i) hashes[i] = log::hash_node(hashes[2 * i], hashes[2 * i + 1]);
    }
    return hashes[0];
  }

  LogFiles& files_;
  std::uint64_t size_;
  const LogQuestions& questions_;
  std::vector<KeptCheckpoint> kept_;  // by size
  std::size_t next_kept_ = 0;
  std::uint64_t agreed_ = 0;
  Fault fork_;
  std::array<Hashes, log::tile_levels_max> open_;
  std::array<std::uint64_t, log::tile_levels_max> done_{};  // full tiles of each level so far
  std::int64_t first_ms_ = 0, last_ms_ = 0;
};

LogCheck refused(std::string why, std::string where) {
  LogCheck check;
  check.why = std::move(why);
  check.where = std::move(where);
  return check;
}

// The checkpoint as the log's key signed it, or as it stands while nobody's keys are known.
LogCheck read_checkpoint(LogFiles& files, const Trust& trust) {
  const auto bytes = files.read("checkpoint", log::note_bytes_max);
  if (!bytes) return refused("log_no_checkpoint", "checkpoint");
  const auto note = log::parse_note(core::as_text(*bytes));
  if (!note) return refused("log_checkpoint", "checkpoint");
  const auto stated = log::parse_checkpoint(note->text);
  if (!stated) return refused("log_checkpoint", "checkpoint");
  LogCheck check;
  check.checkpoint = *stated;
  check.standing = Standing::unknown_key;
  check.why = trust.why;
  if (!trust.keys) return check;
  std::vector<core::VerifyKey> keys;
  for (const auto& entry : trust.keys->entries()) {
    if (entry.use == core::KeyUse::log) keys.push_back(entry.key);
  }
  const auto opened = log::open_checkpoint(core::as_text(*bytes), trust.keys->origin(), keys);
  if (opened) check.standing = Standing::proved;
  else if (opened.error().code != core::ErrorCode::forbidden) return refused("log_signature", "checkpoint");
  else check.why = "key_not_listed";
  return check;
}

}  // namespace

LogCheck check_log(LogFiles& files, const Trust& trust, const LogQuestions& questions) {
  LogCheck check = read_checkpoint(files, trust);
  if (check.standing == Standing::refused) return check;
  Audit audit(files, check.checkpoint.size, questions);
  auto fault = audit.run();
  if (fault.why.empty() && audit.root() != check.checkpoint.root) fault = {"log_root", "checkpoint", 0};
  if (fault.why.empty()) fault = audit.forked();
  check.agreed = audit.agreed();
  if (!fault.why.empty()) {
    check.standing = Standing::refused;
    check.why = std::move(fault.why);
    check.where = std::move(fault.where);
    check.index = fault.index;
  }
  check.first = audit.first();
  check.last = audit.last();
  return check;
}

}  // namespace qabyl::sync::verify
