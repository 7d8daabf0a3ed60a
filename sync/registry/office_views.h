// What the console shows, read from the rows: lists of cases, records, kiosks, bureaus. Changes nothing but
// the audit of a document that somebody read (O3). Knows no HTML.
#pragma once

#include "sync/registry/intake.h"

namespace qabyl::sync::registry {

inline constexpr std::size_t view_rows_max = 200;

struct CaseLine {
  core::Id id;
  std::string kind, device, bureau_bin, title, state, number;  // kind: application, inspection
  core::Instant opened{};
  std::int64_t records = 0;
};
core::Result<std::vector<CaseLine>> case_lines(Registry& registry, std::string_view kind, std::size_t rows_max);  // newest first; "": all
core::Result<std::optional<CaseLine>> case_line(Registry& registry, const core::Id& id);

struct CaseRecord {              // one record of a case with its documents, whatever its outcome
  RecordRow row;
  core::Record record;
  std::vector<ManifestRow> documents;
};
core::Result<std::vector<CaseRecord>> case_page(Registry& registry, const core::Id& case_id);

struct KioskLine {
  DeviceRow device;
  std::int64_t waiting = 0;      // records that the kiosk says it has and we do not
  std::int64_t open_uploads = 0, quarantined = 0;
  std::vector<std::string> bureaus;
};
core::Result<std::vector<KioskLine>> kiosk_lines(Registry& registry);

struct BureauLine { std::string bin, name, address, head; bool licensed = false; };
core::Result<std::vector<BureauLine>> bureau_lines(Registry& registry);

// A document of a record, digest checked; the read is audited. not_found: not of that record or not here.
core::Result<core::Bytes> read_case_document(Registry& registry, const core::Id& record, int index,
                                             std::string_view officer, core::Instant now);

}  // namespace qabyl::sync::registry
