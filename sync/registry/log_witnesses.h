// What others say of this registry's evidence log (RELIABILITY I9): devices, which send the newest checkpoint that they
// have verified, and their evidence when the log contradicted itself; witnesses outside the office, whose cosignatures (C2SP
// tlog-cosignature) are taken from anybody and served. What contradicts this registry's own tree stops it
// (evidence_log.h). Knows no HTTP. Thread rule: the storage thread, inside a transaction.
#pragma once

#include "sync/log/fork_file.h"
#include "sync/registry/registry.h"

namespace qabyl::sync::registry {

inline constexpr std::size_t device_forks_max = 200;  // kept of one device

// The checkpoint that a device says to hold, with its cosignature or without. forbidden: not a checkpoint of this log;
// invalid_input: cosigned in its name, but not by its record key. Cheap when it says what it said before.
core::Status take_log_seen(Registry& registry, const DeviceRow& device, const std::string& note, core::Instant now);

// forbidden, corrupt, invalid_input, too_large: no fork of this log; storage. conflict: enough of this device's.
core::Status take_log_fork(Registry& registry, const DeviceRow& device, const std::string& evidence, core::Instant now);

inline constexpr std::size_t witnesses_max = 16;
inline constexpr core::Millis witness_ahead_max{60 * 60'000};  // of this registry's clock

// `vkey`: its verifier key, of cosignature/v1. invalid_input: not one; conflict: that name is there; too_large: enough.
core::Status add_witness(Registry& registry, const std::string& vkey, core::Instant now);

// A checkpoint of this log with the lines of witnesses: the newest line of each is kept, others are passed over. forbidden: not
// of this log; not_found: by no witness of this office; invalid_input: a line in the name of one that does not verify, or from the
// future; conflict: this registry signed it and has another tree, and signs nothing from now on.
core::Status take_cosignatures(Registry& registry, const std::string& note, core::Instant now);

}  // namespace qabyl::sync::registry
