// See evidence_log.h.
#include "sync/registry/evidence_log.h"

#include <algorithm>

#include "core/encoding.h"
#include "sync/log/leaf.h"
#include "sync/log/place.h"
#include "sync/registry/restored.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

using core::Error;
using core::ErrorCode;
using core::Status;

constexpr std::string_view checkpoint_fact = "log_checkpoint";

// Leaves [from, from + count) in order; corrupt: one is missing, since indexes have no gaps.
core::Result<std::vector<log::Leaf>> read_leaves(core::Database& database, std::uint64_t from, std::uint64_t count) {
  QABYL_TRY(query, database.prepare("SELECT idx, digest, at FROM log_leaves WHERE idx >= ? ORDER BY idx LIMIT ?"));
  query.bind(1, static_cast<std::int64_t>(from)).bind(2, static_cast<std::int64_t>(count));
  bool whole = true;
  std::uint64_t expected = from;
  QABYL_TRY(leaves, rows::all<log::Leaf>(query, [&](const core::Statement& row) {
    whole = whole && static_cast<std::uint64_t>(row.integer(0)) == expected++;
    return log::Leaf{rows::digest(row, 1), rows::instant(row.integer(2))};
  }));
  if (!whole) return Error{ErrorCode::corrupt, "a leaf of the evidence log is missing"};
  return leaves;
}

// Tiles out of the tables: full ones as they were saved, unfinished ones out of the leaves or the tiles below.
class SavedTiles final : public log::TileSource {
 public:
  explicit SavedTiles(core::Database& database) : database_(database) {}

  core::Result<log::Hashes> hashes(const log::TilePlace& place) override {
    if (place.width == log::tile_width) return full(place.level, place.index);
    return place.level == 0 ? leaf_hashes(place) : roots_below(place);
  }

 private:
  core::Result<log::Hashes> full(unsigned level, std::uint64_t index) {
    QABYL_TRY(query, database_.prepare("SELECT hashes FROM log_tiles WHERE level = ? AND idx = ?"));
    query.bind(1, std::int64_t{level}).bind(2, static_cast<std::int64_t>(index));
    QABYL_TRY(found, query.step());
    if (!found) return Error{ErrorCode::corrupt, "a tile of the evidence log is missing"};
    return log::parse_hash_tile(query.blob(0), log::tile_width);
  }
  core::Result<log::Hashes> leaf_hashes(const log::TilePlace& place) {
    QABYL_TRY(leaves, read_leaves(database_, place.index * log::tile_width, place.width));
    log::Hashes hashes;
    for (const log::Leaf& leaf : leaves) hashes.push_back(log::leaf_hash(leaf));
    return hashes;
  }
  core::Result<log::Hashes> roots_below(const log::TilePlace& place) {
    log::Hashes roots;
    for (std::size_t i = 0; i < place.width; ++i) {
      QABYL_TRY(below, full(place.level - 1, place.index * log::tile_width + i));
      log::Pyramid pyramid;
      for (const core::Digest& hash : below) pyramid.push(hash);
      roots.push_back(*pyramid.node(log::tile_height, 0));
    }
    return roots;
  }

  core::Database& database_;
};

core::Bytes bundle_of(const std::vector<log::Leaf>& leaves) {
  core::Bytes bundle;
  for (const log::Leaf& leaf : leaves) log::append_entry(bundle, core::as_bytes(log::leaf_entry(leaf)));
  return bundle;
}

}  // namespace

EvidenceLog::EvidenceLog(RegistryStore& store, const core::Keyring& keys, const core::SigningKey& key)
    : store_(store), keys_(keys), key_(key), tiles_(std::make_unique<SavedTiles>(store.database())), tree_(*tiles_) {}

Status EvidenceLog::open() {
  QABYL_TRY(refusal, store_.fact(log_refusal_fact));
  refusal_ = refusal;
  QABYL_TRY(restored, store_.fact(restored_fact));
  QABYL_TRY(ahead, store_.fact(log_ahead_fact));
  QABYL_TRY(lost, store_.database().integer("SELECT count(*) FROM log_lost", 0));
  restored_ = !restored.empty();
  wants_again_ = restored_ || lost > 0;
  ahead_ = ahead;
  QABYL_TRY(note, store_.fact(checkpoint_fact));
  if (note.empty()) return core::Done{};
  QABYL_TRY(checkpoint, log::open_checkpoint(note, keys_.origin(), log::log_keys(keys_)));
  QABYL_TRY(tree, log::GrowingTree::open(*tiles_, checkpoint.size));
  QABYL_TRY(root, log::root_of(tree, checkpoint.size));
  if (root != checkpoint.root) return Error{ErrorCode::corrupt, "the evidence log is not the one that its checkpoint signs"};
  tree_ = std::move(tree);
  note_ = note;
  return core::Done{};
}

Status EvidenceLog::save_tiles(const std::vector<log::FullTile>& tiles) {
  for (const log::FullTile& tile : tiles) {
    QABYL_TRY_DO(store_.database().run("INSERT INTO log_tiles(level, idx, hashes) VALUES(?, ?, ?)", std::int64_t{tile.place.level},
                               static_cast<std::int64_t>(tile.place.index), log::hash_tile_bytes(tile.hashes)));
  }
  return core::Done{};
}

Status EvidenceLog::grow() {
  if (grown_ && grown_->refilled) {  // of this group, unless its job was taken back
    QABYL_TRY(leaves, store_.database().integer("SELECT count(*) FROM log_leaves", 0));
    if (static_cast<std::uint64_t>(leaves) == grown_->tree.size()) return core::Done{};
  }
  grown_.reset();
  QABYL_TRY(leaves, read_leaves(store_.database(), tree_.size(), log::tree_size_max - 1));
  if (leaves.empty()) return core::Done{};
  if (!refusal_.empty()) return Error{ErrorCode::conflict, "the evidence log may not grow"};
  Grown grown{tree_, {}, false, false};
  std::vector<log::FullTile> full;
  for (const log::Leaf& leaf : leaves) grown.tree.append(log::leaf_hash(leaf), full);
  QABYL_TRY_DO(save_tiles(full));
  QABYL_TRY(root, log::root_of(grown.tree, grown.tree.size()));
  grown.note = log::sign_checkpoint({keys_.origin(), grown.tree.size(), root}, key_);
  QABYL_TRY_DO(store_.keep_fact(checkpoint_fact, grown.note));
  grown_ = std::move(grown);
  return core::Done{};
}

void EvidenceLog::committed() {
  if (!grown_) return;
  tree_ = std::move(grown_->tree);
  note_ = std::move(grown_->note);
  if (grown_->reaches_ahead) ahead_.clear();
  grown_.reset();
}

core::Result<core::LogPlace> EvidenceLog::place_of(const core::Id& record) {
  QABYL_TRY(query, store_.database().prepare("SELECT idx, at FROM log_leaves WHERE record = ?"));
  query.bind(1, record);
  QABYL_TRY(found, query.step());
  if (!found) return Error{ErrorCode::not_found, "no leaf of that record"};
  core::LogPlace place;
  place.index = static_cast<std::uint64_t>(query.integer(0));
  place.at = rows::instant(query.integer(1));
  place.size = newest().size();
  QABYL_TRY(proof, log::inclusion_proof(newest(), place.index, place.size));
  place.proof = std::move(proof);
  place.checkpoint = newest_note();
  return place;
}

core::Result<log::Hashes> EvidenceLog::consistency(std::uint64_t from, std::uint64_t to) {
  if (to > tree_.size()) return Error{ErrorCode::invalid_input, "beyond the tree"};
  return log::consistency_proof(tree_, from, to);
}

core::Result<core::Bytes> EvidenceLog::tile_bytes(const log::TilePlace& place) {
  QABYL_CHECK(log::width_in(tree_.size(), place.level, place.index) == place.width);
  if (place.entries) {
    QABYL_TRY(leaves, read_leaves(store_.database(), place.index * log::tile_width, place.width));
    return bundle_of(leaves);
  }
  if (place.width < log::tile_width) return log::hash_tile_bytes(tree_.unfinished(place.level));
  QABYL_TRY(hashes, tiles_->hashes(place));
  return log::hash_tile_bytes(hashes);
}

core::Result<std::string> EvidenceLog::cosigned_checkpoint() {
  auto note = log::parse_note(note_);
  if (!note) return note_;  // no leaf yet
  QABYL_TRY(witnesses, store_.witnesses());
  for (const WitnessRow& row : witnesses) {
    const auto cosigned = log::parse_note(row.note);
    if (cosigned && cosigned->text == note->text) note->signatures.push_back(cosigned->signatures.back());
  }
  return log::write_note(*note);
}

core::Result<std::vector<std::pair<std::string, std::string>>> EvidenceLog::beside() {
  QABYL_TRY(witnesses, store_.witnesses());
  std::vector<std::pair<std::string, std::string>> notes;
  for (const WitnessRow& row : witnesses) {
    const auto key = log::parse_vkey(row.vkey);
    if (key && !row.note.empty()) notes.emplace_back(log::witness_path(*key), row.note);
  }
  QABYL_TRY(stamped, store_.fact(stamped_note_fact));
  QABYL_TRY(stamp, store_.fact(stamp_fact));
  const auto response = core::from_base64(stamp);
  if (stamped.empty() || !response) return notes;
  notes.emplace_back(log::stamped_path, stamped);
  notes.emplace_back(log::stamp_path, std::string(core::as_text(*response)));
  return notes;
}

bool EvidenceLog::restoring() const { return restored_ && refusal_ == restored_word; }

core::Result<log::LogPiece> EvidenceLog::piece(std::optional<std::uint64_t> from) {
  log::LogPiece piece;
  const std::uint64_t size = newest().size();
  piece.from = from.value_or(size - std::min(size, mirror_begin_leaves));
  if (piece.from >= size) return Error{ErrorCode::not_found, "no leaf behind that"};
  piece.note = newest_note();
  if (!from) {
    QABYL_TRY(frontier, log::frontier_of(newest(), piece.from));
    piece.edge = frontier.edge();
  }
  QABYL_TRY(leaves, read_leaves(store_.database(), piece.from, std::min<std::uint64_t>(log::piece_leaves_max, size - piece.from)));
  piece.leaves = std::move(leaves);
  const std::uint64_t to = piece.from + piece.leaves.size();
  if (to == size) return piece;
  QABYL_TRY(proof, log::consistency_proof(newest(), to, size));
  piece.proof = std::move(proof);
  return piece;
}

// corrupt: what is ahead is no stage of that tree. Both were signed, so there is no tree to go on from.
core::Result<bool> EvidenceLog::reaches_ahead(log::GrowingTree& tree) {
  const auto ahead = log::open_checkpoint(ahead_, keys_.origin(), log::log_keys(keys_));
  if (!ahead) return true;  // nobody showed one
  if (ahead->size > tree.size()) return false;
  QABYL_TRY(root, log::root_of(tree, ahead->size));
  if (root != ahead->root) return Error{ErrorCode::corrupt, "two trees of this log were signed"};
  return true;
}

Status EvidenceLog::refill(std::string_view note, const std::vector<log::Leaf>& leaves) {
  if (!restoring()) return Error{ErrorCode::wrong_state, "this log lost nothing"};
  const auto checkpoint = log::open_checkpoint(note, keys_.origin(), log::log_keys(keys_));
  if (!checkpoint) return Error{ErrorCode::forbidden, checkpoint.error().detail};
  Grown grown{newest(), log::bare_note(note, keys_), true, false};
  const std::uint64_t from = grown.tree.size();
  if (leaves.empty() || checkpoint->size != from + leaves.size()) return Error{ErrorCode::invalid_input, "not the leaves between"};
  QABYL_TRY(last, store_.database().integer("SELECT at FROM log_leaves ORDER BY idx DESC LIMIT 1", 0));
  core::Instant before = rows::instant(last);
  std::vector<log::FullTile> full;
  for (const log::Leaf& leaf : leaves) {
    if (leaf.at < before) return Error{ErrorCode::corrupt, "the log's time went back"};
    before = leaf.at;
    grown.tree.append(log::leaf_hash(leaf), full);
  }
  QABYL_TRY(root, log::root_of(grown.tree, grown.tree.size()));
  if (root != checkpoint->root) return Error{ErrorCode::corrupt, "these leaves do not give that tree"};
  QABYL_TRY(reaches, reaches_ahead(grown.tree));
  grown.reaches_ahead = reaches;
  if (reaches) QABYL_TRY_DO(store_.keep_fact(log_ahead_fact, ""));
  QABYL_TRY_DO(save_tiles(full));
  for (std::uint64_t i = 0; i < leaves.size(); ++i) {
    const auto index = static_cast<std::int64_t>(from + i);
    QABYL_TRY_DO(store_.database().run("INSERT INTO log_leaves(idx, record, digest, at) VALUES(?, ?, ?, ?)", index, "lost " + std::to_string(index), leaves[i].record, rows::ms(leaves[i].at)));
    QABYL_TRY_DO(store_.database().run("INSERT INTO log_lost(idx, digest) VALUES(?, ?)", index, leaves[i].record));
  }
  QABYL_TRY_DO(store_.keep_fact(checkpoint_fact, grown.note));
  grown_ = std::move(grown);
  return core::Done{};
}

core::Result<bool> EvidenceLog::knows(const log::Checkpoint& checkpoint) {
  if (checkpoint.size > newest().size()) return false;
  QABYL_TRY(root, log::root_of(newest(), checkpoint.size));
  return root == checkpoint.root;
}

Status EvidenceLog::note_ahead(std::string_view note, std::uint64_t size) {
  const auto known = log::open_checkpoint(ahead_, keys_.origin(), log::log_keys(keys_));
  if (!known || known->size < size) ahead_ = note;
  return store_.keep_fact(log_ahead_fact, ahead_);  // each time, as below
}

core::Result<bool> EvidenceLog::meet(std::string_view note) {
  if (note == note_) return true;
  const auto checkpoint = log::open_checkpoint(note, keys_.origin(), log::log_keys(keys_));
  if (!checkpoint) return Error{ErrorCode::forbidden, checkpoint.error().detail};
  QABYL_TRY(ours, knows(*checkpoint));
  if (ours) return true;
  if (restoring() && checkpoint->size > newest().size()) {
    QABYL_TRY_DO(note_ahead(note, checkpoint->size));
    return false;
  }
  if (refusal_.empty() || refusal_ == restored_word) refusal_ = std::string(note);
  QABYL_TRY_DO(store_.keep_fact(log_refusal_fact, refusal_));  // each time: the group of the first may have been taken back
  return false;
}

}  // namespace qabyl::sync::registry
