// What the console shows, read from the rows: lists of cases, records, kiosks, bureaus. Changes nothing but
// the audit of what somebody read (O3). Who may see what: powers.h. Knows no HTML.
#pragma once

#include "sync/registry/intake.h"

namespace qabyl::sync::registry {

inline constexpr std::size_t view_rows_max = 200, page_rows = 50;

struct CaseLine {
  core::Id id;
  std::string kind, device, bureau_bin, title, state, number;  // kind: application, inspection, licence
  core::Instant opened{};
  std::int64_t records = 0;
  std::string next_due, next_term, next_profile;  // of the terms that run in it the nearest: ISO, D17, profile_named(); "": none
};
// Whose turn it is in a state of a case (column state of cases).
enum class Turn { nobody, office, bureau, applicant };
Turn turn_of(std::string_view state);

struct CaseQuery {
  std::string kind;               // "": all
  std::string bureau;             // BIN; "": all
  bool our_turn = false;          // only those that wait for the office
  std::string named;              // only inspections that name this officer; "": all (reach() of powers.h)
  core::Instant before_time = core::Instant::max();  // keyset: older than this case; no OFFSET
  bool by_term = false;           // nearest next term first, only cases in which one runs; else newest first
  std::string after_due;          // by_term, keyset: after this day, or of it after this case
  core::Id before_id;             // the case of either keyset
  std::size_t rows_max = page_rows;
};
core::Result<std::vector<CaseLine>> case_lines(Registry& registry, const CaseQuery& query);
core::Result<std::optional<CaseLine>> case_line(Registry& registry, const core::Id& id);
core::Result<bool> names_officer(Registry& registry, const core::Id& case_id, std::string_view officer);
// Cases by state, counted by the database; `named` as above.
core::Result<std::vector<std::pair<std::string, std::int64_t>>> case_counts(Registry& registry, std::string_view named);

struct TermLine { core::Id case_id; std::string title, term, due, base, stated, side, profile; };  // dates ISO; side: body, bureau, applicant
core::Result<std::vector<TermLine>> term_lines(Registry& registry, std::string_view named);  // nearest first
// Terms that end today or are over; `named` as above.
std::int64_t terms_due(Registry& registry, std::string_view named, core::Instant now);

struct CaseRecord {              // one record of a case with its documents, whatever its outcome
  RecordRow row;
  core::Record record;
  std::vector<ManifestRow> documents;
  bool signature_good = false;   // of the device that made it, checked now
};
core::Result<std::vector<CaseRecord>> case_page(Registry& registry, const core::Id& case_id);

struct KioskLine {
  DeviceRow device;
  std::int64_t waiting = 0;      // records that the kiosk says it has and we do not
  std::int64_t open_uploads = 0, quarantined = 0;
  std::vector<std::string> bureaus;
  std::optional<LogSeen> seen{};  // of the evidence log
  bool fork = false;              // it has evidence that the log contradicts itself
};
core::Result<std::vector<KioskLine>> kiosk_lines(Registry& registry);

struct BureauLine { std::string bin, name, address, head; bool licensed = false; };
core::Result<std::vector<BureauLine>> bureau_lines(Registry& registry);  // the first view_rows_max, by BIN

struct OfficerLine { std::string id, name, position, role; };
core::Result<std::vector<OfficerLine>> officer_lines(Registry& registry);  // by name

// True: copy 2 of this notice could not be drawn with its mark (the record itself is kept).
core::Result<bool> copy_failed(Registry& registry, const core::Id& notice);

// The line of a record's manifest. not_found: no such document.
core::Result<ManifestRow> case_document(Registry& registry, const core::Id& record, int index);
// A document of a record, digest checked; a read that succeeded is audited. not_found: not of that record or not here.
core::Result<bool> has_read_document(Registry& registry, std::string_view officer, const core::Id& record, int index);
core::Result<core::Bytes> read_case_document(Registry& registry, const core::Id& record, int index,
                                             std::string_view officer, core::Instant now);

}  // namespace qabyl::sync::registry
