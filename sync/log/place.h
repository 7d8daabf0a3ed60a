// What a record's place in the log proves: that a log key signed a tree in which the leaf of just this record and time
// stands. For the kiosk and every verifier. Knows no storage.
#pragma once

#include "core/verdict.h"
#include "sync/log/checkpoint.h"

namespace qabyl::sync::log {

// Every log key of the list, whatever its time: a checkpoint states none (format.md, 3).
std::vector<core::VerifyKey> log_keys(const core::Keyring& keys);

// The note with the lines by these keys alone: those of witnesses come and go. Precondition: a note.
std::string bare_note(std::string_view note, const core::Keyring& keys);

// The checkpoint under `place`. forbidden: by no log key of these, or of another log. corrupt: the proof does not lead
// from the leaf of `record` and place.at to the signed root. invalid_input: not a note, or of another size than it says.
core::Result<Checkpoint> check_place(const core::LogPlace& place, const Digest& record, const core::Keyring& keys);

}  // namespace qabyl::sync::log
