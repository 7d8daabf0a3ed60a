// The journal of one device as a file (sync/log/format-journal.md): its records in their order, under a head that the registry
// signs; and the journals of all with the audit, to be held against the evidence log. Reads row by row. Thread rule: the storage thread.
#pragma once

#include <ostream>

#include "sync/registry/registry.h"

namespace qabyl::sync::registry {

// How many records were written. not_found: no such device. storage: `out` does not take them.
core::Result<std::int64_t> write_journal(Registry& registry, const std::string& device, std::ostream& out, core::Instant now);

// <device>.journal of every device that recorded something, the registry's own, and office.audit, all of one moment: what the
// transaction has noted so far is in it. How many acts the audit has. storage: the folder does not take them.
core::Result<std::int64_t> write_journals(Registry& registry, const std::string& folder, core::Instant now);

}  // namespace qabyl::sync::registry
