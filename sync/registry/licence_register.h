// The register of licences (paragraphs 2, 4, 6): a line a licence, written anew with every record of its case that counts, and
// on which application which form was given. What it says of a bureau goes into the office's list of bureaus and from there
// to the kiosks. Knows no HTML. Thread rule: the storage thread, inside the caller's transaction.
#pragma once

#include "sync/registry/case_now.h"

namespace qabyl::sync::registry {

struct LicenceLine {
  core::Id case_id;
  std::int64_t n = 0;             // of the register, 1 is the first
  std::string number, holder_bin, holder, state;  // state: core's word
  std::string issued_on;          // ISO, of the first form
  std::string change, changed_on;  // kind and ISO day of the newest record
};
struct LicenceQuery {
  std::string words;              // all of them somewhere in number, BIN or holder's name, folded as in the search; "": all
  std::int64_t before = 0;        // keyset: older than this n; 0: from the newest
  std::size_t rows_max = 50;
};
core::Result<std::vector<LicenceLine>> licence_lines(Registry& registry, const LicenceQuery& query);  // newest first
// The licence in life of this holder; nullopt: none.
core::Result<std::optional<LicenceLine>> licence_in_life(Registry& registry, std::string_view bin);

// The licence on which a form was given by this application; "": none yet.
core::Result<core::Id> form_given_on(Registry& registry, const core::Id& application);
core::Result<core::InRegister> in_register(Registry& registry, const core::Id& application, std::string_view bin);
// Of any licence ever in the register.
core::Result<bool> number_in_use(Registry& registry, std::string_view number);
// Whether this kiosk took an application on which a form of that licence was given: its holder signs for it there.
core::Result<bool> filed_at(Registry& registry, std::string_view device, const core::Id& licence);

// After every record of a licence that counts.
core::Status enter_in_register(Registry& registry, const CaseNow& now, core::Instant at);

}  // namespace qabyl::sync::registry
