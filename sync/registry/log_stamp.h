// The time stamp beside the evidence log (RFC 3161, optional): the newest checkpoint is stamped by another authority, and that
// is kept and published beside it. Rule: the storage thread, inside a transaction.
#pragma once

#include "sync/registry/registry.h"
#include "sync/registry/time_stamp.h"

namespace qabyl::sync::registry {

// A query for the newest checkpoint, which is remembered until its answer comes. wrong_state: no leaf yet.
core::Result<core::Bytes> ask_for_stamp(Registry& registry, core::Instant now);

// The answer to the last query. Else as open_stamp(); conflict: over something else.
core::Result<TimeStamp> keep_stamp(Registry& registry, core::ByteView response, std::string_view trusted_pem, core::Instant now);

}  // namespace qabyl::sync::registry
