// Records that an office took before it was lost come back from the kiosks that sent them (backup.h, README "Backups"): their leaves
// stand in the log already (refill.h), so they are known by their digests. The verdict that the kiosk holds is the one that counts: it is
// checked, stored as it came and never reached again. Knows no HTTP. Thread rule: the storage thread, inside a transaction.
#pragma once

#include "sync/registry/registry.h"
#include "sync/wire/messages.h"

namespace qabyl::sync::registry {

struct LostLeaf { std::uint64_t index = 0; core::Instant at{}; };
// The leaf of that record, if its record is still missing. Asks nothing where no leaf is lost.
core::Result<std::optional<LostLeaf>> lost_leaf(Registry& registry, const core::Digest& digest);

struct ReturnedVerdict { core::Verdict verdict; std::string jws; };
// This office's own final word on just that record at just that leaf. invalid_input: it is not; wrong_state: of a tree that did
// not come back yet.
core::Result<ReturnedVerdict> check_returned(Registry& registry, const std::string& jws, const core::SignedRecord& record, const LostLeaf& leaf);
core::Status keep_returned(Registry& registry, const ReturnedVerdict& returned);
core::Result<std::optional<ReturnedVerdict>> returned_verdict(Registry& registry, const RecordRow& row);

// Gives the record its number in its case: the one that the order of the old verdicts says, as long as nothing new is taken,
// else the next. False: the case, or the act that the record rests on, is not here: an act of the office that is lost, or one that
// comes yet. A case is never folded over a gap.
core::Result<bool> place_in_case(Registry& registry, const RecordRow& row, const core::Record& record, const ReturnedVerdict& returned);
// Accepted, and in no case: they count and are proved, and a person must see to what they rested on.
core::Result<std::vector<core::Id>> without_case(Registry& registry, const core::Id& case_id);  // of one case, in their order
core::Result<std::int64_t> without_case(Registry& registry);
core::Result<std::vector<RecordRow>> adrift_records(Registry& registry, std::size_t rows_max);  // the same as rows, oldest first

// What this device is told with every answer while something is missing.
core::Result<RestoreMark> restore_mark(Registry& registry, const std::string& device);

}  // namespace qabyl::sync::registry
