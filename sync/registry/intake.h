// Taking a record and judging it are two steps (RELIABILITY, I6). Taking asks only: can these bytes be this
// device's next record? Then they are stored and take their q, whatever they say. Judging (core/cases/judgement.h)
// follows in the same transaction and ends in a verdict, signed when the group is sealed (seal.h); the final one is
// stored and repeated byte for byte. Knows no HTTP but the problem codes.
#pragma once

#include "core/cases/judgement.h"
#include "sync/registry/registry.h"
#include "sync/wire/problem.h"

namespace qabyl::sync::registry {

struct IntakeAnswer {
  core::Id id;
  std::string verdict;             // JWS; empty when there is a problem, or until the group that reached it is sealed
  std::optional<Problem> problem;
};

// `id`: from the path of a PUT; empty in a batch. `before`: the final verdict that the device holds, for a record that this office took
// before it was restored (returned_records.h); else empty. An Error means that storage failed and nothing may stay.
core::Result<IntakeAnswer> take_record(Registry& registry, const DeviceRow& device, const core::Id& id,
                                       std::string_view jws, core::Instant now, const std::string& before = {});
// The newest verdict on a record of that device; problem not-found otherwise, and no hint whether it exists.
core::Result<IntakeAnswer> verdict_on(Registry& registry, std::string_view device, const core::Id& id);
// Judges what waits of this record's device in its case, in the device's order: an act is judged when all before it are, since
// it may rest on them (I6: q+1 only after q), however soon it came itself. After a record was taken and after each document.
core::Status settle(Registry& registry, const core::Id& id, core::Instant now);
// A record of the office's own journal, stored with its documents and judged already: it counts. `history`: before it.
core::Status enter_own(Registry& registry, const core::Record& record, std::vector<core::Record> history, core::Instant now);

// What the judge may know for a record that `device` sends.
core::Result<core::CaseView> case_view(Registry& registry, std::string_view device, const core::Record& record);
// Records of the case that count, decoded, in case order.
core::Result<std::vector<core::Record>> case_history(Registry& registry, const core::Id& case_id);

}  // namespace qabyl::sync::registry
