// See show.h. `here` and the digest of the file on the disk are read anew: what is printed was checked.
#include "sync/registry/show.h"

#include <ostream>

#include "core/encoding.h"
#include "sync/registry/document_files.h"
#include "sync/registry/registry.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

core::Result<core::Json> document_line(core::Database& database, const DocumentFiles& files, const core::Digest& sha256,
                                       std::int64_t bytes) {
  core::Json line;
  line["sha256"] = core::to_hex(sha256);
  line["bytes"] = bytes;
  QABYL_TRY(query, database.prepare("SELECT folder FROM documents WHERE sha256 = ?"));
  query.bind(1, sha256);
  QABYL_TRY(found, query.step());
  const auto on_disk = found ? digest_of_file(files.path(query.text(0), sha256))
                             : core::Result<core::Digest>(core::Error{core::ErrorCode::not_found, ""});
  line["here"] = found && on_disk && *on_disk == sha256;
  return line;
}

core::Result<core::Json> documents_of(core::Database& database, const DocumentFiles& files, const std::string& record) {
  QABYL_TRY(query, database.prepare("SELECT sha256, bytes FROM manifest WHERE record = ? ORDER BY idx"));
  query.bind(1, record);
  core::Json::Array out;
  for (;;) {
    QABYL_TRY(more, query.step());
    if (!more) return core::Json(std::move(out));
    QABYL_TRY(line, document_line(database, files, rows::digest(query, 0), query.integer(1)));
    out.push_back(line);
  }
}

}  // namespace

core::Status show_records(const std::string& folder, std::ostream& out) {
  QABYL_TRY(database, core::Database::open(database_path(folder), registry_database(true)));
  const DocumentFiles files(folder);
  QABYL_TRY(query, database.prepare("SELECT id, device, q, kind, digest, outcome, reason, case_id, coalesce(case_seq, 0), "
                                    "missing, jws, verdict FROM records ORDER BY device, q"));
  for (;;) {
    QABYL_TRY(more, query.step());
    if (!more) return core::Done{};
    core::Json line;
    line["id"] = query.text(0);
    line["device"] = query.text(1);
    line["q"] = query.integer(2);
    line["kind"] = query.text(3);
    line["digest"] = core::to_hex(query.blob(4));
    line["outcome"] = query.text(5);
    line["reason"] = query.text(6);
    line["case"] = query.text(7);
    line["case_seq"] = query.integer(8);
    line["missing"] = query.integer(9);
    QABYL_TRY(jws, core::parse_jws(query.text(10)));
    QABYL_TRY(record, core::decode_record(core::as_text(jws.payload)));
    line["at_ms"] = record.at.utc.time_since_epoch().count();
    line["trust"] = core::to_text(record.at.trust);
    if (!query.text(11).empty()) line["verdict_sha256"] = core::to_hex(core::sha256(core::as_bytes(query.text(11))));  // another word would have another
    QABYL_TRY(documents, documents_of(database, files, query.text(0)));
    line["documents"] = documents;
    out << core::canonical(line) << "\n";
  }
}

}  // namespace qabyl::sync::registry
