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

std::string bare_note(std::string_view text, const core::Keyring& keys) {
  auto note = parse_note(text);
  QABYL_CHECK(note);
  std::vector<NoteSignature> own;
  for (const core::VerifyKey& key : log_keys(keys)) {
    if (const NoteSignature* line = signature_by(*note, {keys.origin(), key})) own.push_back(*line);
  }
  note->signatures = std::move(own);
  return write_note(*note);
}

core::Result<Checkpoint> check_place(const core::LogPlace& place, const Digest& record, const core::Keyring& keys) {
  QABYL_TRY(checkpoint, open_checkpoint(place.checkpoint, keys.origin(), log_keys(keys)));
  if (checkpoint.size != place.size) return core::Error{core::ErrorCode::invalid_input, "place in a tree of another size"};
  QABYL_TRY_DO(verify_inclusion(leaf_hash({record, place.at}), place.index, place.size, place.proof, checkpoint.root));
  return checkpoint;
}

}  // namespace qabyl::sync::log
