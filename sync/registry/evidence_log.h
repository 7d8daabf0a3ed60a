// The office's evidence log (ARCHITECTURE 5, RELIABILITY I9-I11; sync/log/format.md). RegistryStore::add_record enters the
// leaf in the record's own transaction; this grows the tree once a group, signs its checkpoint, and proves. Knows no
// record but its digest, and no file: log_files.h publishes. Thread rule: the storage thread.
#pragma once

#include <memory>
#include <optional>

#include "sync/log/checkpoint.h"
#include "sync/log/growing_tree.h"
#include "sync/registry/registry_store.h"

namespace qabyl::sync::registry {

// The checkpoint that was stamped, and the authority's answer in base64 (log_stamp.h).
inline constexpr std::string_view stamped_note_fact = "log_stamp_note", stamp_fact = "log_stamp";

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

  // In the tree as it was grown last. not_found: no leaf of that record.
  core::Result<core::LogPlace> place_of(const core::Id& record);
  core::Result<log::Hashes> consistency(std::uint64_t from, std::uint64_t to);  // both at most size(); invalid_input
  core::Result<core::Bytes> tile_bytes(const log::TilePlace& place);            // of a tile that this tree has

  std::uint64_t size() const { return tree_.size(); }
  const std::string& checkpoint() const { return note_; }  // newest committed note; empty before the first leaf
  // The same with the lines of the witnesses that cosigned just this one.
  core::Result<std::string> cosigned_checkpoint();
  // What lies beside the tiles, as path and bytes: the newest note of each witness, and the newest time stamp.
  core::Result<std::vector<std::pair<std::string, std::string>>> beside();

  // Holds a checkpoint that somebody else kept against this tree. true: it is the beginning of this tree. false: this
  // registry signed it and its tree is larger or another; from then on, restarts included, nothing is signed (I9).
  // forbidden: not a checkpoint of this log. Inside a transaction, so that the refusal is kept.
  core::Result<bool> meet(std::string_view note);
  const std::string& refusal() const { return refusal_; }  // the note that contradicts this tree; empty: it may sign

 private:
  struct Grown {
    log::GrowingTree tree;
    std::string note;
  };
  log::GrowingTree& newest() { return grown_ ? grown_->tree : tree_; }
  core::Status save_tiles(const std::vector<log::FullTile>& tiles);
  core::Result<bool> contains(const log::Checkpoint& checkpoint);

  RegistryStore& store_;
  const core::Keyring& keys_;
  const core::SigningKey& key_;
  std::unique_ptr<log::TileSource> tiles_;
  log::GrowingTree tree_;
  std::optional<Grown> grown_{};
  std::string note_{}, refusal_{};
};

}  // namespace qabyl::sync::registry
