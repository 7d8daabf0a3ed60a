// See office_views.h.
#include "sync/registry/office_views.h"

#include <algorithm>
#include <array>

#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

// Dates are ISO: of date and term in one the least is the nearest.
constexpr std::string_view case_columns = "id, kind, device, bureau_bin, title, state, number, opened_at, records, "
                                          "coalesce((SELECT min(due || t.term || ' ' || t.profile) FROM case_terms t WHERE t.case_id = c.id), '')";
constexpr std::string_view by_age = " FROM cases c WHERE (opened_at, id) < (?1, ?2)";
// Along the index of terms by day; of each case the nearest alone.
constexpr std::string_view by_next_term = " FROM case_terms n JOIN cases c ON c.id = n.case_id WHERE (n.due, n.case_id) > (?1, ?2)"
                                          " AND NOT EXISTS (SELECT 1 FROM case_terms e WHERE e.case_id = n.case_id AND (e.due, e.n) < (n.due, n.n))";
constexpr std::size_t iso_date_chars = 10;

CaseLine read_case(const core::Statement& row) {
  const std::string next = row.text(9);
  const auto space = std::min(next.find(' '), next.size());
  return {row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6), rows::instant(row.integer(7)), row.integer(8),
          next.substr(0, iso_date_chars), next.empty() ? next : next.substr(iso_date_chars, space - iso_date_chars), next.substr(std::min(space + 1, next.size()))};
}

// States in which the office has to act. The one list of them: SQL and pages read it.
constexpr std::array<std::string_view, 18> office_turn{"submitted", "granted", "entered", "suspension_proposed", "end_proposed", "registered", "complete", "under_examination", "assignment_signed", "assignment_registered", "notice_copy_returned", "notice_receipt_refused",
                                                     "notice_filed", "in_progress", "halted", "fieldwork_ended", "settling", "remedying"};
std::string office_turn_list() {
  std::string list;
  for (const auto state : office_turn) list += (list.empty() ? "'" : ", '") + std::string(state) + "'";
  return list;
}
constexpr std::string_view named_clause = "EXISTS(SELECT 1 FROM case_people p WHERE p.case_id = c.id AND p.officer = ?4)";

core::Result<std::int64_t> count(Registry& registry, std::string_view sql, std::string_view device) {
  QABYL_TRY(query, registry.database.prepare(sql));
  query.bind(1, device);
  QABYL_TRY(found, query.step());
  return found ? query.integer(0) : 0;
}

bool signed_by_device(const Registry& registry, const std::vector<DeviceRow>& devices, const core::Jws& jws, std::string_view device) {
  if (device == "registry") return core::verify_jws(jws, core::typ::record, registry.keys.record.verify_key).has_value();
  for (const DeviceRow& row : devices) {
    if (row.device == device) return core::verify_jws(jws, core::typ::record, row.record_key).has_value();
  }
  return false;
}

core::Result<std::vector<std::string>> bureaus_of(Registry& registry, std::string_view device) {
  QABYL_TRY(query, registry.database.prepare("SELECT bin FROM device_bureaus WHERE device = ? AND gone_at IS NULL ORDER BY bin"));
  query.bind(1, device);
  return rows::all<std::string>(query, [](const core::Statement& row) { return row.text(0); });
}

}  // namespace

Turn turn_of(std::string_view state) {
  if (std::find(office_turn.begin(), office_turn.end(), state) != office_turn.end()) return Turn::office;
  return state == "notice_sent" || state == "reporting" || state == "suspension_sent" ? Turn::bureau : state == "incomplete" ? Turn::applicant : Turn::nobody;
}

core::Result<std::vector<CaseLine>> case_lines(Registry& registry, const CaseQuery& asked) {
  std::string sql = "SELECT " + std::string(case_columns) + std::string(asked.by_term ? by_next_term : by_age);
  if (!asked.kind.empty()) sql += " AND kind = ?3";
  if (!asked.bureau.empty()) sql += " AND bureau_bin = ?6";
  if (asked.our_turn) sql += " AND state IN (" + office_turn_list() + ")";
  if (!asked.named.empty()) sql += std::string(" AND ") + std::string(named_clause);
  QABYL_TRY(query, registry.database.prepare(sql + (asked.by_term ? " ORDER BY n.due, n.case_id LIMIT ?5" : " ORDER BY opened_at DESC, id DESC LIMIT ?5")));
  if (asked.by_term) query.bind(1, asked.after_due);
  else query.bind(1, rows::ms(asked.before_time));
  query.bind(2, asked.before_id);
  if (!asked.kind.empty()) query.bind(3, asked.kind);
  if (!asked.named.empty()) query.bind(4, asked.named);
  query.bind(5, static_cast<std::int64_t>(std::min(asked.rows_max, view_rows_max)));
  if (!asked.bureau.empty()) query.bind(6, asked.bureau);
  return rows::all<CaseLine>(query, read_case);
}

core::Result<bool> names_officer(Registry& registry, const core::Id& case_id, std::string_view officer) {
  QABYL_TRY(query, registry.database.prepare("SELECT 1 FROM case_people WHERE case_id = ? AND officer = ?"));
  query.bind(1, case_id).bind(2, officer);
  return query.step();
}

core::Result<std::vector<std::pair<std::string, std::int64_t>>> case_counts(Registry& registry, std::string_view named) {
  QABYL_TRY(query, registry.database.prepare("SELECT state, count(*) FROM cases c" + (named.empty() ? std::string() : " WHERE " + std::string(named_clause)) +
                                             " GROUP BY state"));
  if (!named.empty()) query.bind(4, named);
  return rows::all<std::pair<std::string, std::int64_t>>(query, [](const core::Statement& row) { return std::pair(row.text(0), row.integer(1)); });
}

core::Result<std::vector<TermLine>> term_lines(Registry& registry, std::string_view named) {
  std::string sql = "SELECT t.case_id, c.title, t.term, t.due, t.base, t.stated, t.side, t.profile FROM case_terms t JOIN cases c ON c.id = t.case_id";
  if (!named.empty()) sql += " WHERE " + std::string(named_clause);
  QABYL_TRY(query, registry.database.prepare(sql + " ORDER BY t.due, t.n LIMIT ?1"));
  query.bind(1, static_cast<std::int64_t>(view_rows_max));
  if (!named.empty()) query.bind(4, named);
  return rows::all<TermLine>(query, [](const core::Statement& row) {
    return TermLine{row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6), row.text(7)};
  });
}

std::int64_t terms_due(Registry& registry, std::string_view named, core::Instant now) {
  std::string sql = "SELECT count(*) FROM case_terms c_terms JOIN cases c ON c.id = c_terms.case_id WHERE c_terms.due <= ?1";
  if (!named.empty()) sql += std::string(" AND ") + std::string(named_clause);
  auto query = registry.database.prepare(sql);
  if (!query) return 0;
  query->bind(1, core::iso_date(registry.assets.zone.local(now).date));
  if (!named.empty()) query->bind(4, named);
  const auto found = query->step();
  return found && *found ? query->integer(0) : 0;
}

core::Result<std::optional<CaseLine>> case_line(Registry& registry, const core::Id& id) {
  QABYL_TRY(query, registry.database.prepare("SELECT " + std::string(case_columns) + " FROM cases c WHERE id = ?"));
  query.bind(1, id);
  return rows::one<CaseLine>(query, read_case);
}

core::Result<std::vector<CaseRecord>> case_page(Registry& registry, const core::Id& case_id) {
  QABYL_TRY(found, registry.store.case_records(case_id, false));
  QABYL_TRY(devices, registry.store.devices());
  std::vector<CaseRecord> page;
  for (const RecordRow& row : found) {
    QABYL_TRY(jws, core::parse_jws(row.jws));
    if (core::sha256(jws.payload) != row.digest) return core::Error{core::ErrorCode::corrupt, "record " + row.id};
    QABYL_TRY(record, core::decode_record(core::as_text(jws.payload)));
    QABYL_TRY(documents, registry.store.manifest(row.id));
    page.push_back({row, record, documents, signed_by_device(registry, devices, jws, row.device)});
  }
  return page;
}

core::Result<std::vector<KioskLine>> kiosk_lines(Registry& registry) {
  QABYL_TRY(devices, registry.store.devices());
  std::vector<KioskLine> lines;
  for (const DeviceRow& device : devices) {
    KioskLine line;
    line.device = device;
    line.waiting = std::max<std::int64_t>(0, device.told_q - device.q);
    QABYL_TRY(open, registry.store.open_uploads(device.device));
    QABYL_TRY(quarantined, count(registry, "SELECT count(*) FROM records WHERE device = ? AND outcome = 'quarantined'", device.device));
    QABYL_TRY(bureaus, bureaus_of(registry, device.device));
    line.open_uploads = open;
    line.quarantined = quarantined;
    line.bureaus = bureaus;
    QABYL_TRY(seen, registry.store.log_seen(device.device));
    line.seen = seen;
    QABYL_TRY(forks, registry.store.log_forks(device.device, 1));
    line.fork = !forks.empty();
    lines.push_back(line);
  }
  return lines;
}

core::Result<std::vector<BureauLine>> bureau_lines(Registry& registry) {
  QABYL_TRY(query, registry.database.prepare("SELECT bin, name, address, head, licensed FROM bureaus ORDER BY bin LIMIT ?"));
  query.bind(1, static_cast<std::int64_t>(view_rows_max));
  return rows::all<BureauLine>(query, [](const core::Statement& row) {
    return BureauLine{row.text(0), row.text(1), row.text(2), row.text(3), row.integer(4) != 0};
  });
}

core::Result<std::vector<OfficerLine>> officer_lines(Registry& registry) {
  QABYL_TRY(query, registry.database.prepare("SELECT id, name, position, role FROM officers ORDER BY name LIMIT ?"));
  query.bind(1, static_cast<std::int64_t>(view_rows_max));
  return rows::all<OfficerLine>(query, [](const core::Statement& row) { return OfficerLine{row.text(0), row.text(1), row.text(2), row.text(3)}; });
}

core::Result<bool> copy_failed(Registry& registry, const core::Id& notice) {
  QABYL_TRY(query, registry.database.prepare("SELECT 1 FROM audit WHERE action = 'copy.not_rendered' AND object = ? LIMIT 1"));
  query.bind(1, notice);
  return query.step();
}

core::Result<ManifestRow> case_document(Registry& registry, const core::Id& record, int index) {
  QABYL_TRY(manifest, registry.store.manifest(record));
  for (const ManifestRow& line : manifest) {
    if (line.index == index) return line;
  }
  return core::Error{core::ErrorCode::not_found, "document"};
}

core::Result<bool> has_read_document(Registry& registry, std::string_view officer, const core::Id& record, int index) {
  QABYL_TRY(query, registry.database.prepare("SELECT count(*) FROM audit WHERE object = ? AND action = 'document.read' AND actor = ?"));
  query.bind(1, record + "." + std::to_string(index)).bind(2, officer);
  QABYL_TRY(found, query.step());
  return found && query.integer(0) > 0;
}

core::Result<core::Bytes> read_case_document(Registry& registry, const core::Id& record, int index,
                                             std::string_view officer, core::Instant now) {
  QABYL_TRY(line, case_document(registry, record, index));
  if (!line.here) return core::Error{core::ErrorCode::not_found, "document"};
  QABYL_TRY(bytes, registry.read_document(line.ref.sha256));
  QABYL_TRY_DO(registry.store.audit(officer, "document.read", record + "." + std::to_string(index), "done", now));
  return bytes;
}

}  // namespace qabyl::sync::registry
