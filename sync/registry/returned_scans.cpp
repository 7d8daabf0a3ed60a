// See returned_scans.h. Files lie in <data>/scans, named by the id of their scan, so that nothing of a person stands in a name.
#include "sync/registry/returned_scans.h"

#include <algorithm>

#include "core/encoding.h"
#include "core/paper/paper.h"
#include "sync/registry/inspection_acts.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;

constexpr std::string_view columns = "id, paper, case_id, officer, sha256, bytes, type, at, look";
constexpr std::size_t files_max = 100'000, id_chars = 32, look_bytes_max = 64 * 1024;

std::string folder_of(const std::string& folder) { return folder + "/scans"; }

core::Error refused(core::ErrorCode code, std::string_view why) { return {code, std::string(why)}; }

std::string encode(const ScanLook& look) {
  Json::Array sheets, missing;
  for (const auto& one : look.matched.sheets) sheets.push_back(Json::Object{{"page", one.page}, {"fault", one.fault ? std::string(core::to_text(*one.fault)) : std::string()}});
  for (const int page : look.matched.missing) missing.emplace_back(std::int64_t{page});
  Json json;
  json["problem"] = look.problem;
  json["sheets"] = std::move(sheets);
  json["missing"] = std::move(missing);
  return core::canonical(json);
}

// Of a row that we wrote: what is no look is none yet.
std::optional<ScanLook> decode(std::string_view text) {
  const auto json = text.empty() ? core::Result<Json>(refused(core::ErrorCode::not_found, "look")) : core::parse_json(text, look_bytes_max);
  if (!json) return std::nullopt;
  ScanLook look{json->text("problem"), {}};
  for (const auto& one : json->items("sheets")) look.matched.sheets.push_back({static_cast<int>(one.number("page")), core::sheet_fault(one.text("fault"))});
  for (const auto& one : json->items("missing")) look.matched.missing.push_back(static_cast<int>(one.integer()));
  return look;
}

PendingScan scan_of(const core::Statement& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3), rows::digest(row, 4), static_cast<std::uint64_t>(row.integer(5)), row.text(6), rows::instant(row.integer(7)), decode(row.text(8))};
}

core::Result<std::vector<PendingScan>> all_where(Registry& registry, const std::string& where, const core::Id& is) {
  QABYL_TRY(query, registry.database.prepare("SELECT " + std::string(columns) + " FROM returned_scans WHERE " + where + " ORDER BY at, id"));
  query.bind(1, is);
  return rows::all<PendingScan>(query, scan_of);
}

core::Result<std::vector<core::Id>> all_ids(Registry& registry) {
  QABYL_TRY(query, registry.database.prepare("SELECT id FROM returned_scans"));
  return rows::all<core::Id>(query, [](const core::Statement& row) { return row.text(0); });
}

bool is_keeper(const Session& session, const CaseNow& now) { return position_in(Seat::keeper, session.officer, session.role, now.inspection).has_value(); }

// What core would refuse when it is kept is refused at once.
core::Status may_come(const CaseNow& now, const core::Id& paper, const FormFile& file) {
  if (!core::paper_with_copies(now.inspection, paper)) return refused(core::ErrorCode::wrong_state, "scan.no_copy");
  if (!preview::can_be_shown(preview::type_of_media(file.type))) return refused(core::ErrorCode::invalid_input, "scan.type");
  for (const auto& one : now.inspection.scans) {
    if (one.paper == paper && (one.whole() || one.file == file.sha256)) return refused(core::ErrorCode::wrong_state, "scan.already");
  }
  return core::Done{};
}

std::string_view ending(std::string_view type) { return type == "application/pdf" ? ".pdf" : type == "image/jpeg" ? ".jpg" : ".png"; }

core::Result<core::DocumentRef> as_document(Registry& registry, const PendingScan& scan, core::Instant at) {
  const core::DocumentRef ref{"returned-copy" + std::string(ending(scan.type)), scan.bytes, scan.sha256, scan.type};
  QABYL_TRY(known, registry.store.document_folder(scan.sha256));
  if (known) return ref;
  const std::string month = DocumentFiles::month_folder(at);
  QABYL_TRY_DO(registry.documents.share(scan_path(registry.folder, scan.id), month, scan.sha256));
  QABYL_TRY_DO(registry.store.add_document(scan.sha256, scan.bytes, month, at));
  return ref;
}

core::Status forget(Registry& registry, const core::Id& scan) { return registry.database.run("DELETE FROM returned_scans WHERE id = ?", scan); }

}  // namespace

std::string scan_path(const std::string& folder, const core::Id& scan) { return folder_of(folder) + "/" + scan; }
std::string sheet_path(const std::string& folder, const core::Id& scan, int sheet) { return scan_path(folder, scan) + "." + std::to_string(sheet) + ".png"; }

core::paper::CopyAwaited copy_awaited(const core::Id& record, const core::PaperOut& paper) { return {record, paper.paper, 2, paper.pages}; }

core::Result<core::Id> take_scan(Registry& registry, const CaseNow& now, const core::Id& paper, const Session& session, const FormFile& file, core::Instant at) {
  if (!is_keeper(session, now)) return refused(core::ErrorCode::forbidden, "officer.role");
  QABYL_TRY_DO(may_come(now, paper, file));
  QABYL_TRY(waiting, scans_of(registry, paper));
  for (const auto& one : waiting) {
    if (one.sha256 == file.sha256) return one.id;
  }
  QABYL_TRY(ids, all_ids(registry));
  if (ids.size() >= scans_waiting_max) return refused(core::ErrorCode::wrong_state, "scan.busy");
  const core::Id id = core::new_id(at, registry.random);
  QABYL_TRY_DO(core::sys::rename_file(file.path, scan_path(registry.folder, id)));
  QABYL_TRY_DO(core::sys::flush_directory(folder_of(registry.folder)));
  QABYL_TRY_DO(registry.database.run("INSERT INTO returned_scans(id, paper, case_id, officer, sha256, bytes, type, at) VALUES(?, ?, ?, ?, ?, ?, ?, ?)", id, paper, now.id, session.officer,
                                     file.sha256, static_cast<std::int64_t>(file.bytes), file.type, rows::ms(at)));
  QABYL_TRY_DO(registry.store.audit(session.officer, "scan.take", paper, "done", at));
  registry.scans_wait = true;
  return id;
}

core::Result<std::vector<PendingScan>> scans_of(Registry& registry, const core::Id& paper) { return all_where(registry, "paper = ?", paper); }

core::Result<std::optional<PendingScan>> pending_scan(Registry& registry, const core::Id& id) {
  QABYL_TRY(found, all_where(registry, "id = ?", id));
  return found.empty() ? std::optional<PendingScan>() : std::optional(found.front());
}

core::Result<std::optional<ScanToLook>> next_scan(Registry& registry) {
  QABYL_TRY(waiting, all_where(registry, "look = ?", ""));
  for (const auto& one : waiting) {
    const auto now = case_now(registry, one.case_id);
    const auto paper = now ? core::paper_with_copies(now->inspection, one.paper) : std::nullopt;
    if (paper && paper->pages <= core::paper::pages_max) return std::optional(ScanToLook{one, copy_awaited(one.paper, *paper)});
  }
  return std::optional<ScanToLook>();
}

core::Status enter_look(Registry& registry, const core::Id& scan, const ScanLook& look) {
  return registry.database.run("UPDATE returned_scans SET look = ? WHERE id = ?", encode(look), scan);
}

core::Status look_again(Registry& registry, const CaseNow& now, const PendingScan& scan, const Session& session) {
  if (!is_keeper(session, now)) return refused(core::ErrorCode::forbidden, "officer.role");
  QABYL_TRY_DO(registry.database.run("UPDATE returned_scans SET look = '' WHERE id = ?", scan.id));
  registry.scans_wait = true;
  return core::Done{};
}

core::Result<core::Id> keep_scan(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const PendingScan& scan, const std::string& reason, core::Instant at) {
  const auto paper = core::paper_with_copies(now.inspection, scan.paper);
  if (!paper) return refused(core::ErrorCode::wrong_state, "scan.no_copy");
  if (!scan.look || !scan.look->problem.empty()) return refused(core::ErrorCode::wrong_state, "scan.unread");
  const auto findings = core::paper::findings_of(scan.look->matched);
  QABYL_TRY(document, as_document(registry, scan, at));
  Json body = Json::Object{{"paper", scan.paper}, {"body", core::to_hex(paper->paper)}, {"copy", copy_awaited(scan.paper, *paper).copy},
                           {"sheets", static_cast<std::int64_t>(scan.look->matched.sheets.size())}};
  body["findings"] = core::to_json(findings);
  if (!findings.empty()) body["reason"] = reason;
  QABYL_TRY(record, do_inspection_act(registry, officer, now, {core::kind::copy_scan, findings.empty() ? Seat::keeper : Seat::unit_leader, std::move(body), {document}}, at));
  QABYL_TRY_DO(forget(registry, scan.id));
  return record;
}

core::Status put_scan_aside(Registry& registry, const CaseNow& now, const PendingScan& scan, const Session& session, core::Instant at) {
  if (!is_keeper(session, now)) return refused(core::ErrorCode::forbidden, "officer.role");
  QABYL_TRY_DO(forget(registry, scan.id));
  return registry.store.audit(session.officer, "scan.put_aside", scan.paper + " " + core::to_hex(scan.sha256), "done", at);
}

core::Result<preview::DocumentSource> scan_source(const std::string& path) {
  QABYL_TRY(opened, core::sys::open_read(path));
  QABYL_TRY(head, core::sys::read_some(opened, 0, preview::sniff_bytes_max));
  QABYL_TRY(bytes, core::sys::file_size(opened));
  auto file = std::make_shared<core::sys::File>(std::move(opened));
  return preview::DocumentSource{preview::sniff_document(head), bytes, [file](std::uint64_t offset, std::size_t bytes_max) { return core::sys::read_some(*file, offset, bytes_max); }};
}

core::Result<std::vector<core::Id>> expire_scans(Registry& registry, core::Instant now) {
  QABYL_TRY_DO(registry.database.run("DELETE FROM returned_scans WHERE at < ?", rows::ms(now - scan_life)));
  return all_ids(registry);
}

core::Result<std::vector<std::string>> scan_files(const std::string& folder) {
  QABYL_TRY(entries, core::sys::list_folder(folder_of(folder), files_max));
  std::vector<std::string> names;
  for (const auto& entry : entries) {
    if (entry.regular) names.push_back(entry.name);
  }
  return names;
}

core::Status remove_scan_files(const std::string& folder, const std::vector<std::string>& files, const std::vector<core::Id>& remaining) {
  for (const auto& name : files) {
    if (std::find(remaining.begin(), remaining.end(), name.substr(0, id_chars)) == remaining.end()) QABYL_TRY_DO(core::sys::remove_file(folder_of(folder) + "/" + name));
  }
  return core::Done{};
}

core::Status mend_returned_scans(Registry& registry) {
  QABYL_TRY_DO(core::sys::make_directories(folder_of(registry.folder)));
  QABYL_TRY(all, all_ids(registry));
  std::vector<core::Id> remaining;
  for (const auto& id : all) {
    if (core::sys::exists(scan_path(registry.folder, id))) remaining.push_back(id);
    else QABYL_TRY_DO(forget(registry, id));
  }
  QABYL_TRY(files, scan_files(registry.folder));
  return remove_scan_files(registry.folder, files, remaining);
}

}  // namespace qabyl::sync::registry
