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

}  // namespace

Status take_log_seen(Registry& registry, const DeviceRow& device, const std::string& text, core::Instant now) {
  QABYL_TRY(before, registry.store.log_seen(device.device));
  if (before && before->note == text) return core::Done{};
  QABYL_TRY(agrees, registry.log.meet(text));
  const auto note = log::parse_note(text);
  QABYL_CHECK(note);  // met
  QABYL_TRY(checkpoint, log::parse_checkpoint(note->text));
  const log::NoteKey key{log::device_witness(registry.origin, device.device), device.record_key, log::NoteAlgorithm::cosignature_v1};
  const auto cosigned = log::verify_cosignature(*note, key);
  if (!cosigned && cosigned.error().code != ErrorCode::forbidden) return Error{ErrorCode::invalid_input, cosigned.error().detail};
  if (!agrees) QABYL_TRY_DO(registry.store.audit(device.device, "log.fork", "", "log-behind", now));
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

}  // namespace qabyl::sync::registry
