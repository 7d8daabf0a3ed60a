// See log_witnesses.h.
#include "sync/registry/log_witnesses.h"

#include "sync/log/place.h"

namespace qabyl::sync::registry {
namespace {

using core::Error;
using core::ErrorCode;
using core::Status;

// Of two notes of this log one at least contradicts a tree that they cannot both begin: then nothing is signed any more.
Status meet_both(Registry& registry, const log::ForkFile& fork) {
  for (const std::string& note : {fork.held, fork.shown}) {
    const auto met = registry.log.meet(note);
    if (!met) return Error{ErrorCode::storage, met.error().detail};
  }
  return core::Done{};
}

// Nothing that is older than what there is.
Status keep_cosignature(Registry& registry, WitnessRow row, const log::Note& note, std::uint64_t size, std::int64_t unix_s) {
  if (size < row.size || (size == row.size && unix_s <= row.cosigned_s)) return core::Done{};
  const auto key = log::parse_vkey(row.vkey);
  QABYL_CHECK(key);  // was checked when it was added
  auto own = log::parse_note(log::bare_note(log::write_note(note), registry.keys.keyring));
  QABYL_CHECK(own);
  own->signatures.push_back(*log::signature_by(note, *key));
  row.note = log::write_note(*own);
  row.size = size;
  row.cosigned_s = unix_s;
  registry.log_files.beside_changed();
  return registry.store.set_witness(row);
}

}  // namespace

Status take_log_seen(Registry& registry, const DeviceRow& device, const std::string& text, core::Instant now) {
  QABYL_TRY(before, registry.store.log_seen(device.device));
  if (before && before->note == text && before->agrees) return core::Done{};
  QABYL_TRY(agrees, registry.log.meet(text));
  const auto note = log::parse_note(text);
  QABYL_CHECK(note);  // met
  QABYL_TRY(checkpoint, log::parse_checkpoint(note->text));
  const log::NoteKey key{log::device_witness(registry.origin, device.device), device.record_key, log::NoteAlgorithm::cosignature_v1};
  const auto cosigned = log::verify_cosignature(*note, key);
  if (!cosigned && cosigned.error().code != ErrorCode::forbidden) return Error{ErrorCode::invalid_input, cosigned.error().detail};
  if (before && before->note == text && !agrees) return core::Done{};  // was told
  const bool awaited = registry.log.restoring();
  if (!agrees) QABYL_TRY_DO(registry.store.audit(device.device, awaited ? "log.ahead" : "log.fork", awaited ? std::to_string(checkpoint.size) : "", "log-behind", now));
  return registry.store.keep_log_seen(device.device, {text, now, checkpoint.size, agrees, cosigned.has_value()});
}

Status take_log_fork(Registry& registry, const DeviceRow& device, const std::string& evidence, core::Instant now) {
  QABYL_TRY(fork, log::parse_fork_file(evidence));
  QABYL_TRY_DO(log::check_fork(fork, registry.origin, log::log_keys(registry.keys.keyring)));
  QABYL_TRY(kept, registry.store.log_forks(device.device, device_forks_max));
  if (kept.size() == device_forks_max) return Error{ErrorCode::conflict, "enough forks of one device"};
  QABYL_TRY_DO(meet_both(registry, fork));
  QABYL_TRY_DO(registry.store.audit(device.device, "log.fork", "", log::to_text(fork.kind), now));
  return registry.store.keep_log_fork({0, device.device, evidence, now});
}

Status add_witness(Registry& registry, const std::string& vkey, core::Instant now) {
  const auto key = log::parse_vkey(vkey);
  if (!key || key->algorithm != log::NoteAlgorithm::cosignature_v1) return Error{ErrorCode::invalid_input, "not a verifier key of a witness (cosignature/v1)"};
  QABYL_TRY(known, registry.store.witnesses());
  if (known.size() >= witnesses_max) return Error{ErrorCode::too_large, "enough witnesses"};
  for (const WitnessRow& row : known) {
    if (row.name == key->name) return Error{ErrorCode::conflict, "a witness of that name is there"};
  }
  QABYL_TRY_DO(registry.store.audit("command", "witness.add", key->name, "done", now));
  return registry.store.add_witness({log::to_vkey(*key), key->name, {}, 0, 0}, now);
}

Status take_cosignatures(Registry& registry, const std::string& text, core::Instant now) {
  QABYL_TRY(ours, registry.log.meet(text));
  if (!ours) {
    QABYL_TRY_DO(registry.store.audit("witness", "log.fork", "", "log-behind", now));
    return Error{ErrorCode::conflict, "a checkpoint that this registry signed and does not know"};
  }
  const auto note = log::parse_note(text);
  QABYL_CHECK(note);  // met
  QABYL_TRY(checkpoint, log::parse_checkpoint(note->text));
  const auto latest_s = std::chrono::duration_cast<std::chrono::seconds>((now + witness_ahead_max).time_since_epoch()).count();
  QABYL_TRY(known, registry.store.witnesses());
  bool any = false;
  for (const WitnessRow& row : known) {
    const auto key = log::parse_vkey(row.vkey);
    QABYL_CHECK(key);
    const auto cosigned = log::verify_cosignature(*note, *key);
    if (!cosigned && cosigned.error().code == ErrorCode::forbidden) continue;
    if (!cosigned) return Error{ErrorCode::invalid_input, cosigned.error().detail};
    if (cosigned->unix_s > latest_s) return Error{ErrorCode::invalid_input, "cosigned in the future"};
    any = true;
    QABYL_TRY_DO(keep_cosignature(registry, row, *note, checkpoint.size, cosigned->unix_s));
  }
  return any ? Status(core::Done{}) : Status(Error{ErrorCode::not_found, "cosigned by no witness of this office"});
}

}  // namespace qabyl::sync::registry
