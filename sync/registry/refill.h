// A restored office gets back the leaves of its evidence log that its backup lacks, from the mirror of any kiosk
// (log/log_piece.h): piece by piece, believed when all of them give a tree that its own log key signed, entered then as lost until
// their records return (returned_records.h). The log goes on where it was, so that nothing that was proved needs another proof. Of acts of
// the office that nobody holds the digest and the time stay: who resumes is told which. Knows no HTTP. Thread rule: the storage
// thread, inside a transaction.
#pragma once

#include <map>

#include "sync/log/log_piece.h"
#include "sync/registry/registry_store.h"

namespace qabyl::sync::registry {

struct Registry;

inline constexpr std::size_t refill_leaves_max = 2 * 1024 * 1024;  // of all devices that give them at once: 80 MiB

// What each device has given and nothing proves yet. In memory: after a restart it is given again.
struct RefillDrafts {
  struct Draft { std::uint64_t from = 0; std::string note; std::vector<log::Leaf> leaves; };
  std::map<std::string, Draft> of{};
};

// The index of the leaf that this device should give next. A piece that begins elsewhere changes nothing. wrong_state: this office
// lacks nothing; forbidden: not a checkpoint of this log; invalid_input: beyond it; corrupt: the leaves do not give that tree, and none of them is kept; too_large: enough are kept.
core::Result<std::uint64_t> take_leaves(Registry& registry, const DeviceRow& device, const log::LogPiece& piece, core::Instant now);

// Leaves whose record or act is known by its digest and time alone: runs of them, oldest first.
struct LostRun { std::int64_t first = 0, last = 0; core::Instant from{}, to{}; };
core::Result<std::vector<LostRun>> lost_runs(Registry& registry);
core::Result<std::int64_t> lost_count(Registry& registry);

}  // namespace qabyl::sync::registry
