// What others say of this registry's evidence log (RELIABILITY I9): devices, which send the newest checkpoint that they
// have verified, and their evidence when the log contradicted itself. What contradicts this registry's own tree stops it
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

}  // namespace qabyl::sync::registry
