// What a signed-in officer does and fetches: the acts of a case with the own password; documents and copies as
// attachments. See console.h.
#include "core/encoding.h"
#include "sync/log/proof_file.h"
#include "sync/registry/console/bundle_page.h"
#include "sync/registry/console/console.h"
#include "sync/registry/console/originals.h"
#include "sync/registry/notice_copies.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::int64_t document_index_max = 1'000;
constexpr std::size_t evidence_page_bytes_max = 64 * 1024 * 1024;  // through a page; the command `bundle` has no such limit

// What the office itself made: copies, evidence, proofs.
Response attachment(const core::Bytes& bytes, const std::string& name, const std::string& type) {
  Response response;
  response.set("Content-Type", type);
  response.set("Content-Disposition", "attachment; filename=\"" + name + "\"");
  response.set("Content-Security-Policy", "sandbox; default-src 'none'");
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Cache-Control", "no-store");
  response.body.assign(bytes.begin(), bytes.end());
  return response;
}

// Under which the browser knows this machine; the server let in no name but its own.
std::string_view host_name(const Request& request) {
  const auto host = request.header("Host");
  const auto colon = host.rfind(':');
  return colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos ? host.substr(0, colon) : host;
}

core::Result<RecordRow> record_row(Registry& registry, const core::Id& record) {
  QABYL_TRY(row, registry.store.record(record));
  if (!row) return core::Error{core::ErrorCode::not_found, "record"};
  return *row;
}

}  // namespace

// Opens the officer's key and does one act. A failed password is counted and stays counted; an act that was refused
// leaves nothing behind, not even a journal number.
core::Status Console::with_password(const Visit& visit, const std::function<core::Status(const OpenOfficer&)>& act) {
  QABYL_TRY(officer, open_officer(registry_, visit.session->login, visit.fields.secret("password"), visit.now));
  QABYL_TRY(part, core::Savepoint::begin(registry_.database));
  QABYL_TRY_DO(act(officer));
  return part.release();
}

Response Console::act(const Visit& visit, const core::Id& id, std::string_view what) {
  const ActForm* form = act_form(what);
  if (form == nullptr || !may_open(visit, id)) return missing(visit);
  const auto now = case_now(registry_, id);
  if (!now) return missing(visit);
  if (!form->allows(visit.session->officer, visit.session->role, *now)) return one_case(visit, id, {"officer.role", std::string(what)});
  const auto seen = parse_decimal(visit.fields.text("seen"));
  if (!seen) return one_case(visit, id, {"case.unseen", std::string(what)});  // made by nothing that we gave out
  const auto known = static_cast<std::size_t>(*seen);
  if (known < now->history.size()) return one_case(visit, id, {"case.changed", std::string(what), known});
  const auto done = with_password(visit, [&](const OpenOfficer& officer) { return form->carry_out(registry_, officer, *now, *form, visit.fields, visit.now); });
  return done ? redirect("/case/" + id) : one_case(visit, id, {done.error().detail, std::string(what)});
}

// A page that says what it is and where it comes from; the file itself comes from another origin, by a link of few minutes (O8).
Response Console::document(const Visit& visit) {
  const core::Id record(visit.request.query("record"));
  const auto index = parse_decimal(visit.request.query("index"));
  if (!core::valid_id(record) || !index || *index > document_index_max) return missing(visit);
  const auto row = record_row(registry_, record);
  const auto line = case_document(registry_, record, static_cast<int>(*index));
  if (!row || !line || !line->here || !may_open(visit, row->case_id)) return missing(visit);
  auto made = page(visit, Section::cases);
  made.crumb("/case/" + row->case_id, made.say("console.back.case"));
  made.title(escaped(line->ref.name.empty() ? "document-" + std::to_string(*index) : line->ref.name));
  const bool brought = row->device != "registry" || row->kind == core::kind::licence_enter || row->kind == core::kind::copy_scan;  // not made by the office itself
  if (brought) made.add("<p class=\"note\">" + made.say("console.original.warning") + "</p>");
  if (line->type_differs) made.problem(made.say("console.type_differs"));
  made.card(made.say("console.original"), facts({{made.say("console.type"), escaped(line->ref.type)},
                                                 {made.say("console.bytes"), std::to_string(line->ref.bytes)},
                                                 {"SHA-256", "<code>" + core::to_hex(line->ref.sha256) + "</code>"}}) +
                                              "<p>" + link(original_link(registry_, host_name(visit.request), {record, static_cast<int>(*index), visit.session->officer}, visit.now), made.say("console.original.get")) + "</p>");
  return made.response();
}

Response Console::copy(const Visit& visit) {
  const core::Id notice(visit.request.query("notice"));
  const auto number = parse_decimal(visit.request.query("copy"));
  const bool marked = visit.request.query("marked") == "1";
  if (!core::valid_id(notice) || !number || *number < 1 || *number > 2) return missing(visit);
  const auto row = record_row(registry_, notice);
  if (!row || !may_open(visit, row->case_id)) return missing(visit);
  const auto bytes = read_copy(registry_, notice, static_cast<int>(*number), marked, visit.session->officer, visit.now);
  const std::string name = "notice-copy-" + std::to_string(*number) + (marked ? "-marked.pdf" : ".pdf");
  return bytes ? attachment(*bytes, name, "application/pdf") : missing(visit);
}

// Everything that the case has, with its proofs, as one file that anybody can check; who took it is written down (O3).
Response Console::evidence(const Visit& visit, const core::Id& id) {
  if (!may_open(visit, id)) return missing(visit);
  const auto content = bundle_content(registry_, id, visit.now);
  if (!content) return content.error().code == core::ErrorCode::wrong_state ? one_case(visit, id, {"bundle.later", ""}) : missing(visit);
  core::Bytes zip;
  const auto made = write_bundle(registry_, *content, bundle_page(registry_, *content), [&zip](core::ByteView part) -> core::Status {
    if (zip.size() + part.size() > evidence_page_bytes_max) return core::Error{core::ErrorCode::too_large, "bundle"};
    zip.insert(zip.end(), part.begin(), part.end());
    return core::Done{};
  });
  if (!made) return one_case(visit, id, {made.error().code == core::ErrorCode::too_large ? "bundle.too_large" : "bundle.failed", ""});
  if (!registry_.store.audit(visit.session->officer, "case.evidence", id, "done", visit.now)) return missing(visit);
  return attachment(zip, "qabyl-case-" + id + ".zip", "application/zip");
}

// One record's place in the evidence log as a file of its own (log/format.md, 6), named by its number there. It holds no word
// of the record; still only who may open the case learns when something was done in it.
Response Console::proof(const Visit& visit, const core::Id& record) {
  const auto row = record_row(registry_, record);
  if (!row || !may_open(visit, row->case_id)) return missing(visit);
  const auto place = registry_.log.place_of(record);
  if (!place) return one_case(visit, row->case_id, {"bundle.later", ""});
  const auto text = log::encode(log::proof_file(row->digest, *place));
  return attachment(core::to_bytes(text), "qabyl-proof-" + std::to_string(place->index + 1) + ".json", "application/json");
}

}  // namespace qabyl::sync::registry
