// See office_views.h.
#include "sync/registry/office_views.h"

#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::string_view case_columns = "id, kind, device, bureau_bin, title, state, number, opened_at, records";

CaseLine read_case(const core::Statement& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3), row.text(4),
          row.text(5), row.text(6), rows::instant(row.integer(7)), row.integer(8)};
}

core::Result<std::int64_t> count(Registry& registry, std::string_view sql, std::string_view device) {
  QABYL_TRY(query, registry.database.prepare(sql));
  query.bind(1, device);
  QABYL_TRY(found, query.step());
  return found ? query.integer(0) : 0;
}

core::Result<std::vector<std::string>> bureaus_of(Registry& registry, std::string_view device) {
  QABYL_TRY(query, registry.database.prepare("SELECT bin FROM device_bureaus WHERE device = ? ORDER BY bin"));
  query.bind(1, device);
  return rows::all<std::string>(query, [](const core::Statement& row) { return row.text(0); });
}

}  // namespace

core::Result<std::vector<CaseLine>> case_lines(Registry& registry, std::string_view kind, std::size_t rows_max) {
  QABYL_TRY(query, registry.database.prepare("SELECT " + std::string(case_columns) +
                                             " FROM cases WHERE ?1 = '' OR kind = ?1 ORDER BY opened_at DESC LIMIT ?2"));
  query.bind(1, kind).bind(2, static_cast<std::int64_t>(std::min(rows_max, view_rows_max)));
  return rows::all<CaseLine>(query, read_case);
}

core::Result<std::optional<CaseLine>> case_line(Registry& registry, const core::Id& id) {
  QABYL_TRY(query, registry.database.prepare("SELECT " + std::string(case_columns) + " FROM cases WHERE id = ?"));
  query.bind(1, id);
  return rows::one<CaseLine>(query, read_case);
}

core::Result<std::vector<CaseRecord>> case_page(Registry& registry, const core::Id& case_id) {
  QABYL_TRY(found, registry.store.case_records(case_id, false));
  std::vector<CaseRecord> page;
  for (const RecordRow& row : found) {
    QABYL_TRY(jws, core::parse_jws(row.jws));
    if (core::sha256(jws.payload) != row.digest) return core::Error{core::ErrorCode::corrupt, "record " + row.id};
    QABYL_TRY(record, core::decode_record(core::as_text(jws.payload)));
    QABYL_TRY(documents, registry.store.manifest(row.id));
    page.push_back({row, record, documents});
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

core::Result<core::Bytes> read_case_document(Registry& registry, const core::Id& record, int index,
                                             std::string_view officer, core::Instant now) {
  QABYL_TRY(manifest, registry.store.manifest(record));
  for (const ManifestRow& line : manifest) {
    if (line.index != index || !line.here) continue;
    QABYL_TRY_DO(registry.store.audit(officer, "document.read", record + "." + std::to_string(index), "done", now));
    return registry.read_document(line.ref.sha256);
  }
  return core::Error{core::ErrorCode::not_found, "document"};
}

}  // namespace qabyl::sync::registry
