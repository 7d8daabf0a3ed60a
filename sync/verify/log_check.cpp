// See log_check.h. Bundles are checked many at a time and taken in their order; each level of the tree above them fills one
// tile at a time, and a full tile is one hash of the level above.
#include "sync/verify/log_check.h"

#include <algorithm>
#include <utility>

#include "sync/log/tiles.h"

namespace qabyl::sync::verify {
namespace {

using log::Digest;
using log::Hashes;
using log::TilePlace;

constexpr std::uint64_t bundles_at_once = 256;  // some 2 MB of hashes
constexpr std::size_t bundles_a_hand = 8;       // that read them one after the other into the same room

class Audit {
 public:
  Audit(LogFiles& files, std::uint64_t size, const LogQuestions& questions) : files_(files), size_(size), questions_(questions), kept_(questions.kept) {
    std::stable_sort(kept_.begin(), kept_.end(), [](const auto& a, const auto& b) { return a.checkpoint.size < b.checkpoint.size; });
    compare_kept(0);
  }

  Fault run(const Hands& hands) {
    const std::uint64_t bundles = size_ / log::tile_width + (size_ % log::tile_width > 0 ? 1 : 0);
    for (std::uint64_t from = 0; from < bundles; from += bundles_at_once) {
      std::vector<Bundle> batch(static_cast<std::size_t>(std::min(bundles_at_once, bundles - from)));
      hands((batch.size() + bundles_a_hand - 1) / bundles_a_hand, [&](std::size_t part) {
        BundleRoom room;
        const auto end = std::min(batch.size(), (part + 1) * bundles_a_hand);
        for (auto i = part * bundles_a_hand; i < end; ++i) batch[i] = check_bundle(files_, size_, from + i, questions_.each != nullptr, room);
      });
      for (std::size_t i = 0; i < batch.size(); ++i) {
        if (auto fault = take(batch[i], from + i); !fault.why.empty()) return fault;
      }
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
  // Behind those that were taken before.
  Fault take(const Bundle& bundle, std::uint64_t number) {
    const auto index = number * log::tile_width;
    if (bundle.first_ms < last_ms_ && !bundle.hashes.empty()) return {"log_time", log::tile_path({true, 0, number, log::width_in(size_, 0, number)}), index};
    if (!bundle.fault.why.empty()) return bundle.fault;
    if (number == 0) first_ms_ = bundle.first_ms;
    last_ms_ = bundle.last_ms;
    for (const core::Digest& record : bundle.records) questions_.each(record);
    const bool full = bundle.hashes.size() == log::tile_width;
    if (!full || is_kept_up_to(index + log::tile_width)) {
      for (std::size_t i = 0; i < bundle.hashes.size(); ++i) {
        open_[0].push_back(bundle.hashes[i]);
        compare_kept(index + i + 1);
      }
    }
    if (!full) return {};
    open_[0].clear();
    return above(0, number, bundle.root);
  }

  bool is_kept_up_to(std::uint64_t size) const { return next_kept_ < kept_.size() && kept_[next_kept_].checkpoint.size <= size; }

  // The kept checkpoints of exactly this many entries against the tree so far.
  void compare_kept(std::uint64_t size) {
    for (; next_kept_ < kept_.size() && kept_[next_kept_].checkpoint.size == size; ++next_kept_) {
      if (!fork_.why.empty()) continue;
      if (kept_[next_kept_].checkpoint.root == root()) agreed_ = size;
      else fork_ = {"log_forked", kept_[next_kept_].where, 0};
    }
  }

  // A tile is full: its root is a hash of the level above, whose tile may be full by it.
  Fault above(unsigned level, std::uint64_t index, const Digest& root) {
    done_[level] = index + 1;
    if (level + 1 == log::tile_levels_max) return {};
    Hashes& hashes = open_[level + 1];
    hashes.push_back(root);
    if (hashes.size() < log::tile_width) return {};
    if (auto fault = compare(level + 1, done_[level + 1]); !fault.why.empty()) return fault;
    const Digest over = log::complete_root(std::exchange(hashes, {}));
    return above(level + 1, done_[level + 1], over);
  }

  Fault compare(unsigned level, std::uint64_t index) {
    const auto& made = open_[level];
    const TilePlace place{false, level, index, made.size()};
    const auto path = log::tile_path(place);
    const auto bytes = files_.read(path, log::tile_width * sizeof(Digest));
    if (!bytes) return {"log_unreadable", path, 0};
    const bool same = bytes->size() == made.size() * sizeof(Digest) && std::equal(bytes->begin(), bytes->end(), made.front().data());
    return same ? Fault{} : Fault{"log_tile", path, 0};
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

LogCheck check_log(LogFiles& files, const Trust& trust, const LogQuestions& questions, const Hands& hands) {
  LogCheck check = read_checkpoint(files, trust);
  if (check.standing == Standing::refused) return check;
  Audit audit(files, check.checkpoint.size, questions);
  auto fault = audit.run(hands);
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
