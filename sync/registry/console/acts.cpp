// What a signed-in officer fetches and does: documents and copies as attachments, acts with the own password.
// See console.h.
#include "core/text.h"
#include "sync/registry/console/console.h"
#include "sync/registry/notice_copies.h"
#include "sync/registry/office.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::size_t documents_asked_max = 100;

// The original as it came, never rendered here: an attachment, with its type left to the reader's machine.
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

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const auto tidy = core::tidy_spaces(line);
    if (!tidy.empty()) lines.push_back(tidy);
  }
  return lines;
}

// One document a line, in Kazakh and in Russian, in the same order (paragraph 11). nullopt: they do not match.
std::optional<NoticeSpec> notice_spec(const std::vector<std::pair<std::string, std::string>>& fields) {
  const auto kk = lines_of(form_field(fields, "documents_kk")), ru = lines_of(form_field(fields, "documents_ru"));
  if (kk.size() != ru.size() || kk.size() > documents_asked_max) return std::nullopt;
  NoticeSpec spec;
  for (std::size_t i = 0; i < kk.size(); ++i) {
    const bool clean = core::char_count(kk[i]) <= core::line_chars_max && core::char_count(ru[i]) <= core::line_chars_max &&
                       !core::has_hidden_characters(kk[i]) && !core::has_hidden_characters(ru[i]);
    if (!clean) return std::nullopt;
    spec.documents.push_back({kk[i], ru[i], ru[i]});
  }
  return spec;
}

}  // namespace

Response Console::document(const Visit& visit) {
  const core::Id record(visit.request.query("record"));
  const auto index = parse_decimal(visit.request.query("index"));
  if (!core::valid_id(record) || !index || *index > 1'000) return redirect("/");
  const auto bytes = read_case_document(registry_, record, static_cast<int>(*index), visit.session->officer, visit.now);
  return bytes ? attachment(*bytes, "document-" + std::to_string(*index), "application/octet-stream") : missing(visit);
}

Response Console::copy(const Visit& visit) {
  const core::Id notice(visit.request.query("notice"));
  const auto number = parse_decimal(visit.request.query("copy"));
  const bool marked = visit.request.query("marked") == "1";
  if (!core::valid_id(notice) || !number || *number < 1 || *number > 2) return redirect("/");
  const auto bytes = read_copy(registry_, notice, static_cast<int>(*number), marked, visit.session->officer, visit.now);
  const std::string name = "notice-copy-" + std::to_string(*number) + (marked ? "-marked.pdf" : ".pdf");
  return bytes ? attachment(*bytes, name, "application/pdf") : missing(visit);
}

Response Console::act(const Visit& visit, const core::Id& id, std::string_view what) {
  if (visit.session->role != role::clerk) return one_case(visit, id, "console.forbidden");
  const auto fields = form_fields(visit.request.body);
  const auto spec = what == "notice" ? notice_spec(fields) : NoticeSpec{};
  if (!spec) return one_case(visit, id, "console.documents.differ");
  const auto officer = open_officer(registry_, visit.session->login, form_field(fields, "password"), visit.now);
  if (!officer) return one_case(visit, id, officer.error().code == core::ErrorCode::locked ? "console.locked" : "console.wrong");
  core::Status done = core::Error{core::ErrorCode::not_found, "act"};
  if (what == "register") {
    if (const auto made = register_application(registry_, *officer, id, visit.now)) done = core::Done{};
  } else if (what == "notice") {
    if (const auto made = send_notice(registry_, *officer, id, *spec, visit.now)) done = core::Done{};
  } else if (what == "file") {
    if (const auto made = file_notice(registry_, *officer, id, form_field(fields, "unit"), form_field(fields, "place"), visit.now)) done = core::Done{};
  }
  return done ? redirect("/case/" + id) : one_case(visit, id, "console.refused");
}

}  // namespace qabyl::sync::registry
