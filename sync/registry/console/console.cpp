// Routes and pages of the console. See console.h. Every POST of a signed-in officer carries the CSRF token;
// a signing act asks for the password again (RELIABILITY O1, O2).
#include "sync/registry/console/console.h"

#include "core/crypto.h"
#include "core/encoding.h"
#include "core/inspection.h"
#include "core/licence_application.h"
#include "sync/registry/console/page.h"
#include "sync/registry/office_views.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::string_view cookie_name = "qabyl=";

std::string cookie_token(const Request& request) {
  const std::string_view cookies = request.header("Cookie");
  const auto at = cookies.find(cookie_name);
  if (at == std::string_view::npos) return {};
  const auto value = cookies.substr(at + cookie_name.size());
  return std::string(value.substr(0, value.find(';')));
}

core::Language asked_language(const Request& request) {
  const std::string_view cookies = request.header("Cookie");
  for (const auto language : core::languages) {
    if (cookies.find("qlang=" + std::string(core::to_text(language))) != std::string_view::npos) return language;
  }
  return core::Language::kk;
}

bool same_secret(std::string_view a, std::string_view b) { return core::equal_constant_time(core::as_bytes(a), core::as_bytes(b)); }

// "/case/<id>/<what>": the two parts, empty when absent.
std::pair<std::string, std::string> case_path(std::string_view path) {
  constexpr std::string_view prefix = "/case/";
  if (path.substr(0, prefix.size()) != prefix) return {};
  const auto rest = path.substr(prefix.size());
  const auto slash = rest.find('/');
  const std::string id(rest.substr(0, slash));
  return {core::valid_id(id) ? id : std::string(), slash == std::string_view::npos ? "" : std::string(rest.substr(slash + 1))};
}

}  // namespace

Response Console::handle(const Request& request, core::Instant now) {
  Visit visit{request, now, asked_language(request), cookie_token(request), nullptr};
  std::optional<Session> session;
  if (!visit.token.empty()) {
    if (auto found = find_session(registry_, visit.token, now)) session = *std::move(found);
  }
  if (session) visit.session = &*session;
  if (request.path() == "/language") {
    auto response = redirect("/");
    const auto language = core::parse_language(request.query("to"));
    if (language) response.set("Set-Cookie", "qlang=" + std::string(core::to_text(*language)) + "; Path=/; Secure; SameSite=Strict");
    return response;
  }
  if (request.path() == "/login") return request.method == "POST" ? login(visit) : login_page(visit, "");
  if (visit.session == nullptr) return redirect("/login");
  return request.method == "POST" ? post(visit) : route(visit);
}

Response Console::route(const Visit& visit) {
  const auto path = visit.request.path();
  if (path == "/") return cases(visit);
  if (path == "/kiosks") return kiosks(visit);
  if (path == "/document") return document(visit);
  const auto [id, what] = case_path(path);
  if (!id.empty() && what.empty()) return one_case(visit, id, "");
  return Page(registry_.assets.texts, visit.language, visit.session).title(escaped(registry_.assets.texts.say(visit.language, "console.none"))).response(404);
}

Response Console::post(const Visit& visit) {
  const auto fields = form_fields(visit.request.body);
  if (!same_secret(form_field(fields, "csrf"), visit.session->csrf)) {
    return Page(registry_.assets.texts, visit.language, visit.session).title(escaped(registry_.assets.texts.say(visit.language, "console.csrf"))).response(403);
  }
  if (visit.request.path() == "/logout") {
    (void)sign_out(registry_, visit.token);
    return redirect("/login");
  }
  const auto [id, what] = case_path(visit.request.path());
  return id.empty() ? redirect("/") : act(visit, id, what);
}

Response Console::login_page(const Visit& visit, std::string_view problem) {
  Page page(registry_.assets.texts, visit.language, nullptr);
  page.title(page.say("console.login.h"));
  if (!problem.empty()) page.paragraph("<strong>" + page.say(problem) + "</strong>");
  page.form("/login", input("login", page.say("console.login")) + input("password", page.say("console.password"), "password"), page.say("console.enter"));
  return page.response(problem.empty() ? 200 : 403);
}

Response Console::login(const Visit& visit) {
  const auto fields = form_fields(visit.request.body);
  auto token = sign_in(registry_, form_field(fields, "login"), form_field(fields, "password"), visit.language, visit.now);
  if (!token) return login_page(visit, token.error().code == core::ErrorCode::locked ? "console.locked" : "console.wrong");
  auto response = redirect("/");
  response.set("Set-Cookie", std::string(cookie_name) + *token + "; Path=/; Secure; HttpOnly; SameSite=Strict");
  return response;
}

std::string Console::when(const Visit& visit, core::Instant at) const {
  const auto local = registry_.assets.zone.local(at);
  return escaped(core::format_date(registry_.assets.texts, visit.language, local.date) + ", " + core::format_time(local));
}

Response Console::cases(const Visit& visit) {
  Page page(registry_.assets.texts, visit.language, visit.session);
  page.title(page.say("console.cases"));
  const auto lines = case_lines(registry_, "", view_rows_max);
  if (!lines) return page.paragraph(page.say("console.failed")).response(500);
  std::vector<std::vector<std::string>> rows;
  for (const auto& line : *lines) {
    const auto number = line.number.empty() ? page.say("console.nonumber") : escaped(line.number);
    rows.push_back({link("/case/" + line.id, number), page.say("console.kind." + line.kind), escaped(line.title), page.say("console.state." + line.state),
                    escaped(line.device), when(visit, line.opened), std::to_string(line.records)});
  }
  page.table({page.say("console.number"), page.say("console.kind"), page.say("console.title"), page.say("console.state"), page.say("console.device"),
              page.say("console.opened"), page.say("console.records")}, rows);
  return page.response();
}

Response Console::one_case(const Visit& visit, const core::Id& id, std::string_view problem) {
  Page page(registry_.assets.texts, visit.language, visit.session);
  const auto line = case_line(registry_, id);
  const auto records = case_page(registry_, id);
  if (!line || !*line || !records) return page.title(page.say("console.none")).response(404);
  const auto& found = **line;
  page.title(page.say("console.kind." + found.kind) + (found.number.empty() ? "" : " " + escaped(found.number)) + ": " + escaped(found.title));
  page.paragraph(page.say("console.state") + ": " + page.say("console.state." + found.state));
  if (!problem.empty()) page.paragraph("<strong>" + page.say(problem) + "</strong>");
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : *records) {
    std::string documents;
    for (std::size_t i = 0; i < one.record.docs.size(); ++i) {
      const auto& document = one.record.docs[i];
      documents += link("/document?record=" + one.record.id + "&index=" + std::to_string(i), escaped(document.name)) + "<br><code>" + core::to_hex(document.sha256) + "</code><br>";
    }
    rows.push_back({when(visit, one.record.at.utc), escaped(one.record.kind), escaped(one.record.actor.name) + " " + escaped(one.record.device), documents,
                    "<code>" + escaped(one.record.id) + "</code>"});
  }
  page.table({page.say("console.when"), page.say("console.act"), page.say("console.who"), page.say("console.documents"), page.say("console.record")}, rows);
  const auto password = input("password", page.say("console.password.again"), "password");
  const bool clerk = visit.session->role == role::clerk;
  if (found.state == "submitted" && clerk) page.form("/case/" + id + "/register", password, page.say("console.do.register"));
  if (found.state == "assignment_registered" && clerk) page.form("/case/" + id + "/notice", password, page.say("console.do.notice"));
  return page.response(problem.empty() ? 200 : 409);
}

Response Console::kiosks(const Visit& visit) {
  Page page(registry_.assets.texts, visit.language, visit.session);
  page.title(page.say("console.kiosks"));
  const auto lines = kiosk_lines(registry_);
  if (!lines) return page.paragraph(page.say("console.failed")).response(500);
  std::vector<std::vector<std::string>> rows;
  for (const auto& line : *lines) {
    const auto contact = line.device.last_contact ? when(visit, *line.device.last_contact) : page.say("console.silent");
    rows.push_back({escaped(line.device.device), contact, line.device.last_contact ? std::to_string(line.waiting) : page.say("console.unknown"),
                    std::to_string(line.open_uploads), std::to_string(line.quarantined)});
  }
  page.table({page.say("console.device"), page.say("console.contact"), page.say("console.waiting"), page.say("console.uploads"), page.say("console.held")}, rows);
  return page.response();
}

// The original as it came, never rendered here: an attachment, with its type left to the reader's machine.
Response Console::document(const Visit& visit) {
  const core::Id record(visit.request.query("record"));
  const auto index = parse_decimal(visit.request.query("index"));
  if (!core::valid_id(record) || !index || *index > 1'000) return redirect("/");
  const auto bytes = read_case_document(registry_, record, static_cast<int>(*index), visit.session->officer, visit.now);
  Page page(registry_.assets.texts, visit.language, visit.session);
  if (!bytes) return page.title(page.say("console.none")).response(404);
  Response response;
  response.set("Content-Type", "application/octet-stream");
  response.set("Content-Disposition", "attachment; filename=\"document-" + std::to_string(*index) + "\"");
  response.set("Content-Security-Policy", "sandbox; default-src 'none'");
  response.set("X-Content-Type-Options", "nosniff");
  response.body.assign(bytes->begin(), bytes->end());
  return response;
}

Response Console::act(const Visit& visit, const core::Id& id, std::string_view what) {
  if (visit.session->role != role::clerk) return one_case(visit, id, "console.forbidden");
  const auto officer = open_officer(registry_, visit.session->login, form_field(form_fields(visit.request.body), "password"), visit.now);
  if (!officer) return one_case(visit, id, officer.error().code == core::ErrorCode::locked ? "console.locked" : "console.wrong");
  if (what == "register") {
    return register_application(registry_, *officer, id, visit.now) ? redirect("/case/" + id) : one_case(visit, id, "console.refused");
  }
  if (what == "notice") {
    return send_notice(registry_, *officer, id, {}, visit.now) ? redirect("/case/" + id) : one_case(visit, id, "console.refused");
  }
  return redirect("/case/" + id);
}

}  // namespace qabyl::sync::registry
