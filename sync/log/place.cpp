// See place.h.
#include "sync/log/place.h"

#include "sync/log/leaf.h"

namespace qabyl::sync::log {

std::vector<core::VerifyKey> log_keys(const core::Keyring& keys) {
  std::vector<core::VerifyKey> found;
  for (const core::KeyEntry& entry : keys.entries()) {
    if (entry.use == core::KeyUse::log) found.push_back(entry.key);
  }
  return found;
}

core::Result<Checkpoint> check_place(const core::LogPlace& place, const Digest& record, const core::Keyring& keys) {
  QABYL_TRY(checkpoint, open_checkpoint(place.checkpoint, keys.origin(), log_keys(keys)));
  if (checkpoint.size != place.size) return core::Error{core::ErrorCode::invalid_input, "place in a tree of another size"};
  QABYL_TRY_DO(verify_inclusion(leaf_hash({record, place.at}), place.index, place.size, place.proof, checkpoint.root));
  return checkpoint;
}

}  // namespace qabyl::sync::log
