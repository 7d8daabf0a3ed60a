// The office's evidence log (ARCHITECTURE 5, RELIABILITY I9-I11; sync/log/format.md). RegistryStore::add_record enters the
// leaf in the record's own transaction; this grows the tree once a group, signs its checkpoint, and proves. Knows no
// record but its digest, and no file: log_files.h publishes. Thread rule: the storage thread.
#pragma once

#include <memory>
#include <optional>

#include "sync/log/checkpoint.h"
#include "sync/log/growing_tree.h"
#include "sync/log/log_piece.h"
#include "sync/registry/registry_store.h"

namespace qabyl::sync::registry {

// The checkpoint that was stamped, and the authority's answer in base64 (log_stamp.h).
inline constexpr std::string_view stamped_note_fact = "log_stamp_note", stamp_fact = "log_stamp";

inline constexpr std::uint64_t mirror_begin_leaves = 1024;  // a backup of an hour ago is covered at once

class EvidenceLog {
 public:
  // `store` and `keys` outlive it; `key` signs, any log key of `keys` may have signed what others hold.
  EvidenceLog(RegistryStore& store, const core::Keyring& keys, const core::SigningKey& key);
  // Once, before anything else: the tree of the newest checkpoint in the database. corrupt: its rows do not give that root.
  core::Status open();

  // Leaves that were entered since; signs the tree that they make, unless there are none. Inside the transaction that
  // entered them, as its last act but sealing. conflict: it may not sign (see refusal()). corrupt: a leaf is missing.
  core::Status grow();
  bool grew() const { return grown_.has_value(); }  // since the last committed()
  void committed();                 // that transaction is durable; without this the next grow() begins where the last one did
  void begin() { grown_.reset(); }  // of a transaction: what an earlier one grew without its COMMIT is no tree

  // In the tree as it was grown last. not_found: no leaf of that record.
  core::Result<core::LogPlace> place_of(const core::Id& record);
  core::Result<log::Hashes> consistency(std::uint64_t from, std::uint64_t to);  // both at most size(); invalid_input
  core::Result<core::Bytes> tile_bytes(const log::TilePlace& place);            // of a tile that this tree has

  // For a device that has mirrored `from` leaves: what comes next, at most log::piece_leaves_max, up to the newest checkpoint. Without
  // `from`: the newest mirror_begin_leaves with the edge of the tree before them. not_found: it has them all, or there are none.
  core::Result<log::LogPiece> piece(std::optional<std::uint64_t> from);

  // A restored office alone. Leaves behind its own up to that checkpoint, which it signed before it was lost: they are entered as
  // lost (refill.h) and the checkpoint is its newest from the group's end on. wrong_state: not restored; invalid_input: not the
  // leaves between; corrupt: they do not give that tree; forbidden: not a checkpoint of this log.
  core::Status refill(std::string_view note, const std::vector<log::Leaf>& leaves);
  bool restoring() const;                                  // restored and not resumed, and nothing contradicts it
  std::uint64_t newest_size() const { return grown_ ? grown_->tree.size() : tree_.size(); }
  bool wants_again() const { return wants_again_; }        // restored, or leaves are lost: kiosks are asked for what it lacks
  // The largest checkpoint that was shown to a restored office and whose leaves nobody gave it yet; empty: none.
  const std::string& ahead() const { return ahead_; }

  std::uint64_t size() const { return tree_.size(); }
  const std::string& checkpoint() const { return note_; }  // newest committed note; empty before the first leaf
  // The same with the lines of the witnesses that cosigned just this one.
  core::Result<std::string> cosigned_checkpoint();
  // What lies beside the tiles, as path and bytes: the newest note of each witness, and the newest time stamp.
  core::Result<std::vector<std::pair<std::string, std::string>>> beside();

  // Holds a checkpoint that somebody else kept against this tree. true: it is the beginning of this tree. false: this
  // registry signed it and its tree is larger or another; from then on, restarts included, nothing is signed (I9). A restored
  // office expects a larger one: ahead() is that until its leaves came.
  // forbidden: not a checkpoint of this log. Inside a transaction, so that the refusal is kept.
  core::Result<bool> meet(std::string_view note);
  core::Result<bool> knows(const log::Checkpoint& checkpoint);  // it is a stage of this tree
  const std::string& refusal() const { return refusal_; }  // the note that contradicts this tree; empty: it may sign

 private:
  struct Grown {
    log::GrowingTree tree;
    std::string note;
    bool refilled = false;          // by refill(): signs nothing new
    bool reaches_ahead = false;     // nothing of ahead() is missing any more
  };
  const std::string& newest_note() const { return grown_ ? grown_->note : note_; }
  core::Result<bool> reaches_ahead(log::GrowingTree& tree);
  core::Status note_ahead(std::string_view note, std::uint64_t size);
  log::GrowingTree& newest() { return grown_ ? grown_->tree : tree_; }
  core::Status save_tiles(const std::vector<log::FullTile>& tiles);

  RegistryStore& store_;
  const core::Keyring& keys_;
  const core::SigningKey& key_;
  std::unique_ptr<log::TileSource> tiles_;
  log::GrowingTree tree_;
  std::optional<Grown> grown_{};
  std::string note_{}, refusal_{}, ahead_{};
  bool restored_ = false, wants_again_ = false;
};

}  // namespace qabyl::sync::registry
