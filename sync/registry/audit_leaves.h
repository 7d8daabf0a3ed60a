// Acts that only the audit notes are leaves of the evidence log too (RELIABILITY I17; sync/log/audit_file.h), each in the transaction
// that noted it; and the audit as a file. Thread rule: the storage thread.
#pragma once

#include <ostream>

#include "sync/registry/registry.h"

namespace qabyl::sync::registry {

// Gives every act that has none its nonce and its leaf, before the log grows. While the log may not grow they wait: the console
// must still be read by who has to put it right.
core::Status enter_audit(Registry& registry, core::Instant now);

// All of it, what the transaction has noted so far included, under a head that the registry signs. How many acts. storage: `out`
// does not take them.
core::Result<std::int64_t> write_audit(Registry& registry, std::ostream& out, core::Instant now);

}  // namespace qabyl::sync::registry
