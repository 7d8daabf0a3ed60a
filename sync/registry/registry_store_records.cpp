// Rows of records, manifests, documents and uploads. See registry_store.h.
#include "sync/registry/registry_store.h"

#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

using core::Status;

constexpr std::int64_t strays_per_device_max = 200;
constexpr std::string_view record_columns =
    "id, device, q, digest, kind, case_id, jws, taken_at, missing, outcome, reason, field, by_record, verdict, "
    "coalesce(case_seq, 0)";
constexpr std::string_view upload_columns = "id, device, record, idx, length, have, state, touched_at";

RecordRow read_record(const core::Statement& row) {
  RecordRow out;
  out.id = row.text(0);
  out.device = row.text(1);
  out.q = row.integer(2);
  out.digest = rows::digest(row, 3);
  out.kind = row.text(4);
  out.case_id = row.text(5);
  out.jws = row.text(6);
  out.taken = rows::instant(row.integer(7));
  out.missing = row.integer(8);
  const auto outcome = core::parse_outcome(row.text(9));
  out.outcome = outcome ? *outcome : core::Outcome::received;
  out.reason = row.text(10);
  out.field = row.text(11);
  out.by = row.text(12);
  out.verdict = row.text(13);
  out.case_seq = row.integer(14);
  return out;
}

UploadRow read_upload(const core::Statement& row) {
  UploadRow out;
  out.id = row.text(0);
  out.device = row.text(1);
  out.record = row.text(2);
  out.index = static_cast<int>(row.integer(3));
  out.length = static_cast<std::uint64_t>(row.integer(4));
  out.have = static_cast<std::uint64_t>(row.integer(5));
  out.state = row.text(6);
  out.touched = rows::instant(row.integer(7));
  return out;
}

std::string select_records(std::string_view rest) {
  return "SELECT " + std::string(record_columns) + " FROM records " + std::string(rest);
}

std::string select_uploads(std::string_view rest) {
  return "SELECT " + std::string(upload_columns) + " FROM uploads " + std::string(rest);
}

}  // namespace

core::Result<std::optional<RecordRow>> RegistryStore::record(const core::Id& id) {
  QABYL_TRY(query, database_.prepare(select_records("WHERE id = ?")));
  query.bind(1, id);
  return rows::one<RecordRow>(query, read_record);
}

Status RegistryStore::find_leaf(std::string_view of, std::uint64_t index) {
  const auto place = static_cast<std::int64_t>(index);
  QABYL_TRY_DO(database_.run("UPDATE log_leaves SET record = ? WHERE idx = ?", of, place));
  return database_.run("DELETE FROM log_lost WHERE idx = ?", place);
}

Status RegistryStore::add_record(const core::SignedRecord& record, core::Instant now, std::optional<std::uint64_t> lost) {
  const core::Record& r = record.record;
  core::Instant taken = now;
  if (!lost) {
    QABYL_TRY(at, log_time(now));
    taken = at;
  }
  QABYL_TRY_DO(database_.run("INSERT INTO records(id, device, q, digest, kind, case_id, jws, taken_at, missing, outcome) "
                             "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, 'received')",
                             r.id, r.device, r.q, record.digest, r.kind, r.case_id, record.jws, rows::ms(taken),
                             static_cast<std::int64_t>(r.docs.size())));
  QABYL_TRY_DO(lost ? find_leaf(r.id, *lost) : add_leaf(r.id, record.digest, taken));
  std::int64_t index = 0;
  for (const core::DocumentRef& doc : r.docs) {
    QABYL_TRY_DO(database_.run("INSERT INTO manifest(record, idx, sha256, bytes, type, name) VALUES(?, ?, ?, ?, ?, ?)",
                               r.id, index++, doc.sha256, static_cast<std::int64_t>(doc.bytes), doc.type, doc.name));
  }
  return database_.run("UPDATE devices SET q = ?, head = ? WHERE device = ?", r.q, record.digest, r.device);
}

Status RegistryStore::add_leaf(std::string_view of, const core::Digest& digest, core::Instant at) {
  return database_.run("INSERT INTO log_leaves(idx, record, digest, at) VALUES(coalesce((SELECT max(idx) + 1 FROM log_leaves), 0), ?, ?, "
                       "max(?, coalesce((SELECT at FROM log_leaves ORDER BY idx DESC LIMIT 1), 0)))",
                       of, digest, rows::ms(at));
}

core::Result<core::Instant> RegistryStore::log_time(core::Instant now) {
  QABYL_TRY(newest, database_.integer("SELECT coalesce((SELECT at FROM log_leaves ORDER BY idx DESC LIMIT 1), 0)"));
  return std::max(now, rows::instant(newest));
}

Status RegistryStore::set_outcome(const RecordRow& row) {
  return database_.run("UPDATE records SET outcome = ?, reason = ?, field = ?, by_record = ?, verdict = ?, missing = ? "
                       "WHERE id = ?",
                       core::to_text(row.outcome), row.reason, row.field, row.by, row.verdict, row.missing, row.id);
}

core::Result<std::int64_t> RegistryStore::append_to_case(const core::Id& record, const core::Id& case_id) {
  QABYL_TRY_DO(database_.run("UPDATE cases SET records = records + 1 WHERE id = ?", case_id));
  QABYL_TRY(query, database_.prepare("SELECT records FROM cases WHERE id = ?"));
  query.bind(1, case_id);
  QABYL_TRY(found, query.step());
  if (!found) return core::Error{core::ErrorCode::not_found, "case"};
  const std::int64_t sequence = query.integer(0);
  QABYL_TRY_DO(database_.run("UPDATE records SET case_seq = ? WHERE id = ?", sequence, record));
  return sequence;
}

core::Result<std::vector<RecordRow>> RegistryStore::case_records(const core::Id& case_id, bool accepted_only) {
  QABYL_TRY(query, database_.prepare(select_records(
                       accepted_only ? "WHERE case_id = ? AND case_seq IS NOT NULL ORDER BY case_seq"
                                     : "WHERE case_id = ? ORDER BY taken_at, case_seq")));
  query.bind(1, case_id);
  return rows::all<RecordRow>(query, read_record);
}

core::Result<std::optional<RecordRow>> RegistryStore::first_waiting(std::string_view device, const core::Id& case_id) {
  // By the case alone ('+': no index): a device has any number of records, and by (device, q) each of them would be read.
  QABYL_TRY(query, database_.prepare(select_records("WHERE case_id = ? AND +device = ? AND outcome = 'received' ORDER BY +q LIMIT 1")));
  query.bind(1, case_id).bind(2, device);
  return rows::one<RecordRow>(query, read_record);
}

core::Result<std::vector<RecordRow>> RegistryStore::newest_records(std::size_t rows_max, std::string_view outcome) {
  QABYL_TRY(query, database_.prepare(select_records("WHERE ?1 = '' OR outcome = ?1 ORDER BY taken_at DESC LIMIT ?2")));
  query.bind(1, outcome).bind(2, static_cast<std::int64_t>(rows_max));
  return rows::all<RecordRow>(query, read_record);
}

core::Result<std::vector<ManifestRow>> RegistryStore::manifest(const core::Id& record) {
  QABYL_TRY(query, database_.prepare(
                       "SELECT idx, name, bytes, sha256, type, here, type_differs FROM manifest WHERE record = ? ORDER BY idx"));
  query.bind(1, record);
  return rows::all<ManifestRow>(query, [](const core::Statement& row) {
    return ManifestRow{static_cast<int>(row.integer(0)),
                       {row.text(1), static_cast<std::uint64_t>(row.integer(2)), rows::digest(row, 3), row.text(4)},
                       row.integer(5) != 0, row.integer(6) != 0};
  });
}

Status RegistryStore::keep_stray(std::string_view device, std::string_view body, core::Instant at) {
  // A kiosk that does not know sends the same again and again: that must not fill the room of what it has not sent yet.
  const auto digest = core::sha256(core::as_bytes(body));
  QABYL_TRY(query, database_.prepare("SELECT count(*), count(*) FILTER (WHERE digest = ?) FROM strays WHERE device = ?"));
  query.bind(1, digest).bind(2, device);
  QABYL_TRY(found, query.step());
  if (found && (query.integer(0) >= strays_per_device_max || query.integer(1) > 0)) return core::Done{};
  return database_.run("INSERT INTO strays(device, at, digest, body) VALUES(?, ?, ?, ?)", device, rows::ms(at), digest, core::as_bytes(body));
}

core::Result<std::optional<std::string>> RegistryStore::document_folder(const core::Digest& sha256) {
  QABYL_TRY(query, database_.prepare("SELECT folder FROM documents WHERE sha256 = ?"));
  query.bind(1, sha256);
  return rows::one<std::string>(query, [](const core::Statement& row) { return row.text(0); });
}

core::Result<std::uint64_t> RegistryStore::document_bytes(const core::Digest& sha256) {
  QABYL_TRY(query, database_.prepare("SELECT bytes FROM documents WHERE sha256 = ?"));
  query.bind(1, sha256);
  QABYL_TRY(found, query.step());
  if (!found) return core::Error{core::ErrorCode::not_found, "document"};
  return static_cast<std::uint64_t>(query.integer(0));
}

Status RegistryStore::add_document(const core::Digest& sha256, std::uint64_t bytes, std::string_view folder,
                                   core::Instant at) {
  return database_.run("INSERT OR IGNORE INTO documents(sha256, bytes, folder, kept_at) VALUES(?, ?, ?, ?)", sha256,
                       static_cast<std::int64_t>(bytes), folder, rows::ms(at));
}

Status RegistryStore::mark_here(const core::Id& record, int index, bool type_differs) {
  QABYL_TRY_DO(database_.run("UPDATE manifest SET here = 1, type_differs = ? WHERE record = ? AND idx = ?",
                             std::int64_t{type_differs}, record, std::int64_t{index}));
  return database_.run("UPDATE records SET missing = (SELECT count(*) FROM manifest WHERE record = records.id AND here = 0) "
                       "WHERE id = ?", record);
}

core::Result<std::optional<UploadRow>> RegistryStore::upload(std::string_view id) {
  QABYL_TRY(query, database_.prepare(select_uploads("WHERE id = ?")));
  query.bind(1, id);
  return rows::one<UploadRow>(query, read_upload);
}

core::Result<std::optional<UploadRow>> RegistryStore::open_upload(const core::Id& record, int index) {
  QABYL_TRY(query, database_.prepare(select_uploads("WHERE record = ? AND idx = ? AND state = 'open'")));
  query.bind(1, record).bind(2, std::int64_t{index});
  return rows::one<UploadRow>(query, read_upload);
}

core::Result<std::int64_t> RegistryStore::open_uploads(std::string_view device) {
  QABYL_TRY(query, database_.prepare("SELECT count(*) FROM uploads WHERE state = 'open' AND device = ?"));
  query.bind(1, device);
  QABYL_TRY(found, query.step());
  return found ? query.integer(0) : 0;
}

Status RegistryStore::add_upload(const UploadRow& row) {
  return database_.run("INSERT INTO uploads(id, device, record, idx, length, state, touched_at) "
                       "VALUES(?, ?, ?, ?, ?, 'open', ?)",
                       row.id, row.device, row.record, std::int64_t{row.index}, static_cast<std::int64_t>(row.length),
                       rows::ms(row.touched));
}

Status RegistryStore::set_upload(const UploadRow& row) {
  return database_.run("UPDATE uploads SET have = ?, state = ?, touched_at = ? WHERE id = ?",
                       static_cast<std::int64_t>(row.have), row.state, rows::ms(row.touched), row.id);
}

core::Result<std::vector<UploadRow>> RegistryStore::idle_uploads(core::Instant before, std::size_t rows_max) {
  QABYL_TRY(query, database_.prepare(select_uploads("WHERE state = 'open' AND touched_at < ? LIMIT ?")));
  query.bind(1, rows::ms(before)).bind(2, static_cast<std::int64_t>(rows_max));
  return rows::all<UploadRow>(query, read_upload);
}

}  // namespace qabyl::sync::registry
