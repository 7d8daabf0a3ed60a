// See proof_check.h. What the proof leads to is checked before any key: a path that leads nowhere is refused by everybody.
#include "sync/verify/proof_check.h"

#include "core/encoding.h"
#include "core/jws.h"
#include "sync/log/place.h"

namespace qabyl::sync::verify {
namespace {

ProofCheck refused(std::string why) {
  ProofCheck check;
  check.why = std::move(why);
  return check;
}

// The digest that is asked about. invalid_input: neither a record nor a digest.
core::Result<core::Digest> digest_of(std::string_view given) {
  if (const auto digest = core::digest_from_hex(given)) return *digest;
  QABYL_TRY(jws, core::parse_jws(given));
  if (jws.typ != core::typ::record) return core::Error{core::ErrorCode::invalid_input, "that is no record"};
  return core::sha256(jws.payload);
}

}  // namespace

ProofCheck check_proof(std::string_view text, std::string_view record_jws, const Trust& trust) {
  const auto file = log::parse_proof_file(without_line_end(text));
  if (!file) return refused("not_a_proof");
  const auto note = log::parse_note(file->checkpoint);
  const auto stated = note ? log::parse_checkpoint(note->text) : core::Result<log::Checkpoint>(note.error());
  if (!stated || stated->size != file->size) return refused("not_a_proof");
  if (!log::verify_inclusion(log::leaf_hash(file->leaf), file->index, file->size, file->proof, stated->root)) return refused("not_in_log");
  if (!record_jws.empty()) {
    const auto digest = digest_of(without_line_end(record_jws));
    if (!digest || *digest != file->leaf.record) return refused("record_differs");
  }
  ProofCheck check{trust.keys ? Standing::proved : Standing::unknown_key, trust.why, *file, *stated, trust.root, trust.claimed};
  if (!trust.keys) return check;
  const auto placed = log::check_place(file->place(), file->leaf.record, *trust.keys);
  if (placed) return check;
  if (placed.error().code != core::ErrorCode::forbidden) return refused("checkpoint");
  check.standing = Standing::unknown_key;
  check.why = "key_not_listed";
  return check;
}

}  // namespace qabyl::sync::verify
