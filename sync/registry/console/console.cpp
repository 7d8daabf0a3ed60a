// Routes and pages of the console. See console.h. Every POST of a signed-in officer carries the CSRF token;
// a signing act asks for the password again (RELIABILITY O1, O2).
#include "sync/registry/console/console.h"

#include "core/crypto.h"
#include "core/encoding.h"

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
  if (path == "/") return home(visit);
  if (path == "/cases") return cases(visit);
  if (path == "/kiosks") return kiosks(visit);
  if (path == "/document") return document(visit);
  if (path == "/copy") return copy(visit);
  const auto [id, what] = case_path(path);
  if (!id.empty() && what.empty()) return one_case(visit, id, "");
  return missing(visit);
}

Response Console::post(const Visit& visit) {
  const auto fields = form_fields(visit.request.body);
  if (!same_secret(form_field(fields, "csrf"), visit.session->csrf)) {
    auto refusal = page(visit, Section::none);
    return refusal.title(refusal.say("console.csrf")).response(403);
  }
  if (visit.request.path() == "/logout") {
    (void)sign_out(registry_, visit.token);
    return redirect("/login");
  }
  const auto [id, what] = case_path(visit.request.path());
  return id.empty() ? redirect("/") : act(visit, id, what);
}

Response Console::login_page(const Visit& visit, std::string_view problem) {
  auto made = page(visit, Section::none);
  made.title(made.say("console.login.h"), made.say("console.login.sub"));
  if (!problem.empty()) made.problem(made.say(problem));
  made.act("/login", made.say("console.enter"), {}, input("login", made.say("console.login")) + input("password", made.say("console.password"), "password"));
  return made.response(problem.empty() ? 200 : 403);
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

Response Console::missing(const Visit& visit) const {
  auto made = page(visit, Section::none);
  return made.title(made.say("console.none")).response(404);
}

}  // namespace qabyl::sync::registry
