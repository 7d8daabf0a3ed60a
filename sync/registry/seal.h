// The end of a group of requests, before its COMMIT: the folders of its documents are flushed, the evidence log grows by the
// records that the group took and the acts that it noted, its
// checkpoint is signed once, and every verdict that the group reached is signed with its proof (RELIABILITY I10) and, for
// a record with a receipt's number, the signature under its receipt of stage 2. Thread rule: storage thread.
#pragma once

#include "sync/registry/registry.h"

namespace qabyl::sync::registry {

// Inside the group's transaction. After an error nothing of the group may stay. wrong_state: there is something to sign, and by
// this clock (or by the log, which an earlier one ran ahead) the office's keys do not count.
core::Status seal(Registry& registry, core::Instant now);

}  // namespace qabyl::sync::registry
