// Routes, sign-in and the frame of every page. See console.h.
#include "sync/registry/console/console.h"

#include <algorithm>

#include "core/crypto.h"
#include "core/encoding.h"
#include "core/text.h"
#include "sync/wire/problem.h"

namespace qabyl::sync::registry {
namespace {

// __Host-: only over TLS, only this host, only the whole path (RFC 6265bis): no neighbour can plant one.
constexpr std::string_view session_cookie = "__Host-qabyl", login_cookie = "__Host-qabyl-login", language_cookie = "__Host-qabyl-lang";
constexpr std::size_t login_token_bytes = 16, audit_words_bytes_max = 300;

std::string cookie(const Request& request, std::string_view name) {
  std::string_view rest = request.header("Cookie");
  while (!rest.empty()) {
    auto part = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    while (part.starts_with(' ')) part.remove_prefix(1);
    const auto equals = part.find('=');
    if (equals != std::string_view::npos && part.substr(0, equals) == name) return std::string(part.substr(equals + 1));
  }
  return {};
}

void set_cookie(Response& response, std::string_view name, std::string_view value) {
  response.set("Set-Cookie", std::string(name) + "=" + std::string(value) + "; Path=/; Secure; HttpOnly; SameSite=Strict");
}

bool same_secret(std::string_view a, std::string_view b) { return core::equal_constant_time(core::as_bytes(a), core::as_bytes(b)); }

// "/case/<id>/<what>" under "/case/": the two parts, empty when absent.
std::pair<std::string, std::string> path_under(std::string_view prefix, std::string_view path) {
  if (!path.starts_with(prefix)) return {};
  const auto rest = path.substr(prefix.size());
  const auto slash = rest.find('/');
  const std::string id(rest.substr(0, slash));
  return {core::valid_id(id) ? id : std::string(), slash == std::string_view::npos ? "" : std::string(rest.substr(slash + 1))};
}

// Only to a page of ours: one slash, then nothing that a browser could take for a host.
bool is_own_path(std::string_view path) {
  const auto plain = [](char c) { return c > ' ' && c < 127 && c != '\\'; };
  return path.starts_with('/') && !path.starts_with("//") && path.size() <= target_bytes_max && std::all_of(path.begin(), path.end(), plain);
}

}  // namespace

std::string named_in_lists(const Session& session) { return reach(session.role) == Reach::own ? session.officer : std::string(); }

Response Console::handle(const Request& request, core::Instant now) {
  Visit visit{request, now, core::Language::kk, {}, nullptr, {}, {}, nullptr, nullptr};
  if (request.method == "POST") visit.fields = Fields(request.body);
  return answer(std::move(visit));
}

bool Console::takes_form(const Request& head) { return head.method == "POST" && form_boundary(head.header("Content-Type")).has_value(); }

Response Console::begin_form(const Request& head, core::Instant now, std::unique_ptr<FormBody>& body) {
  const auto session = find_session(registry_, cookie(head, session_cookie), now);
  if (!session || !*session) return redirect("/login");
  auto begun = takes_courier(head) ? FormBody::begin(registry_, head, courier_type) : FormBody::begin(registry_, head);
  if (!begun) return problem_response(begun.error().code == core::ErrorCode::conflict ? 503 : 400, begun.error().detail, "this form cannot be taken");
  body = *std::move(begun);
  return {};
}

Response Console::finish_form(const Request& head, const SentForm& form, core::Instant now) {
  Visit visit{head, now, core::Language::kk, {}, nullptr, {}, {}, nullptr, nullptr};
  visit.fields = Fields(form.fields);
  visit.form = &form;
  return answer(std::move(visit));
}

Response Console::courier_taken(const Request& head, const SentForm& form, const core::Result<CourierResult>& result, core::Instant now) {
  Visit visit{head, now, core::Language::kk, {}, nullptr, {}, {}, &form, &result};
  visit.fields = Fields(form.fields);
  return answer(std::move(visit));
}

Response Console::answer(Visit visit) {
  const Request& request = visit.request;
  if (const auto asked = core::parse_language(cookie(request, language_cookie))) visit.language = *asked;
  visit.token = cookie(request, session_cookie);
  std::optional<Session> session;
  if (!visit.token.empty()) {
    if (auto found = find_session(registry_, visit.token, visit.now)) session = *std::move(found);
  }
  if (session) visit.session = &*session;
  if (request.path() == "/language") return language(visit);
  if (request.path() == "/login") return request.method == "POST" ? login(visit) : login_page(visit, "");
  if (request.path() == "/terms.ics") return calendar(visit);  // by its own key, without a session
  if (visit.session == nullptr) return redirect("/login");
  return request.method == "POST" ? post(visit) : route(visit);
}

Response Console::route(const Visit& visit) {
  const auto path = visit.request.path();
  if (path == "/") return home(visit);
  if (path == "/kiosks") return kiosks(visit);
  if (path == "/kiosk") return kiosk(visit, visit.request.query("device"));
  if (path == "/courier") return courier(visit);
  if (path == "/courier_answers") return courier_answers(visit);
  if (path == "/fork") return fork_evidence(visit);
  if (path == "/lost") return lost(visit);
  if (path == "/cases") return cases(visit);
  if (path == "/assignments") return assignments(visit);
  if (path == "/terms") return due(visit);
  if (path == "/term") return one_term(visit);
  if (path == "/profile") return profile(visit);
  if (path == "/licences") return licences(visit);
  if (path == "/licence_enter") return old_licence(visit);
  if (path == "/extract") return licence_extract(visit);
  if (path == "/search") return search_page(visit);
  if (path == "/cases.csv") return export_list(visit, "cases");
  if (path == "/licences.csv") return export_list(visit, "licences");
  if (path == "/terms.csv") return export_list(visit, "terms");
  if (path == "/document") return document(visit);
  if (path == "/copy") return copy(visit);
  if (const auto [id, what] = path_under("/case/", path); !id.empty() && what.empty()) return one_case(visit, id);
  if (const auto [id, what] = path_under("/evidence/", path); !id.empty() && what.empty()) return evidence(visit, id);
  if (const auto [id, what] = path_under("/proof/", path); !id.empty() && what.empty()) return proof(visit, id);
  if (const auto [id, what] = path_under("/assignment/", path); !id.empty() && what.empty()) return assignment(visit, id);
  if (const auto [id, what] = path_under("/scans/", path); !id.empty() && what.empty()) return scans(visit, id);
  if (const auto [id, what] = path_under("/scan/", path); !id.empty()) return what.empty() ? scan(visit, id) : sheet_picture(visit, id, what);
  return missing(visit);
}

Response Console::post(const Visit& visit) {
  if (!same_secret(visit.fields.secret("csrf"), visit.session->csrf)) {
    auto refusal = page(visit, Section::none);
    return refusal.title(refusal.say("console.csrf")).response(403);
  }
  const auto path = visit.request.path();
  if (path == "/logout") {
    (void)sign_out(registry_, visit.token);
    return redirect("/login");
  }
  const bool cut = visit.form != nullptr && visit.form->problem.starts_with("form.");  // some fields may not have come
  if (!visit.fields.readable() || cut) {
    auto refusal = page(visit, Section::none);
    return refusal.title(refusal.say("console.unreadable")).response(400);
  }
  if (path == "/assignments") return begin(visit);
  if (path == "/licence_enter") return enter_licence(visit);
  if (path == "/bureau_assign") return change_bureaus(visit, true);
  if (path == "/bureau_release") return change_bureaus(visit, false);
  if (path == "/kiosk_revoke") return revoke(visit);
  if (path == "/held") return note_held_record(visit);
  if (path == "/courier") return take_bundle(visit);
  if (path == "/terms/calendar") return new_calendar_key(visit);
  if (path == "/terms/recount") return recount_terms(visit);
  if (path == "/terms/profile") return take_newer_profile(visit);
  if (const auto [id, what] = path_under("/assignment/", path); !id.empty()) return change(visit, id, what);
  if (const auto [id, what] = path_under("/case/", path); !id.empty()) return act(visit, id, what);
  if (const auto [id, what] = path_under("/scans/", path); !id.empty() && what == "bring") return bring_scan(visit, id);
  if (const auto [id, what] = path_under("/scan/", path); !id.empty()) return decide_scan(visit, id, what);
  return missing(visit);
}

Response Console::language(const Visit& visit) {
  const auto back = percent_decoded(visit.request.query("back"));
  auto response = redirect(is_own_path(back) ? back : "/");
  const auto language = core::parse_language(visit.request.query("to"));
  if (language) set_cookie(response, language_cookie, core::to_text(*language));
  return response;
}

// The token of this form lies in a cookie too: another site can send neither (O2, before there is a session).
Response Console::login_page(const Visit& visit, std::string_view problem) {
  std::string token = cookie(visit.request, login_cookie);
  if (token.size() != login_token_bytes * 2) {
    core::Bytes bytes(login_token_bytes);
    registry_.random.fill(bytes);
    token = core::to_hex(bytes);
  }
  auto made = page(visit, Section::none);
  made.title(made.say("console.login.h"), made.say("console.login.sub"));
  if (!problem.empty()) made.problem(made.say(problem));
  made.act("/login", made.say("console.enter"), {},
           input("login", made.say("console.login"), "text", visit.fields.text("login")) + input("password", made.say("console.password"), "password") + hidden("form", token));
  auto response = made.response(problem.empty() ? 200 : 403);
  set_cookie(response, login_cookie, token);
  return response;
}

Response Console::login(const Visit& visit) {
  const auto token_here = cookie(visit.request, login_cookie);
  if (token_here.empty() || !same_secret(visit.fields.secret("form"), token_here)) return login_page(visit, "console.csrf");
  auto token = sign_in(registry_, visit.fields.text("login"), visit.fields.secret("password"), visit.now);
  if (!token) return login_page(visit, token.error().code == core::ErrorCode::locked ? "console.locked" : "console.wrong");
  auto response = redirect("/");
  set_cookie(response, session_cookie, *token);
  return response;
}

Page Console::page(const Visit& visit, Section section) {
  Frame frame{registry_.assets.texts, visit.language, visit.session, section};
  // After a POST the page shows a refusal: the switch of language leads to the page that held the form.
  const auto path = visit.request.path();
  frame.target = visit.request.method == "GET" ? visit.request.target : std::string(path.substr(0, path.rfind('/') == 0 ? path.size() : path.rfind('/')));
  if (visit.session != nullptr) count_waiting(frame, *visit.session, visit.now);
  return Page(std::move(frame));
}

// The badges of the rail. A count that fails shows none: the page itself will say what is wrong.
void Console::count_waiting(Frame& frame, const Session& session, core::Instant now) {
  if (reach(session.role) != Reach::none) {
    if (const auto counts = case_counts(registry_, named_in_lists(session))) {
      for (const auto& [state, n] : *counts) frame.cases_waiting += turn_of(state) == Turn::office ? n : 0;
    }
    frame.terms_near = terms_due(registry_, named_in_lists(session), now);
  }
  if (may(session.role, Power::sign_assignment)) {
    if (const auto waiting = assignments_for_signing(registry_)) frame.assignments_waiting = *waiting;
  }
  if (const auto devices = registry_.store.devices()) {
    frame.kiosks_silent = std::count_if(devices->begin(), devices->end(), [&](const auto& device) { return !in_contact(device, now); });
  }
}

bool Console::may_open(const Visit& visit, const core::Id& case_id) {
  const Reach far = reach(visit.session->role);
  if (far != Reach::own) return far == Reach::all;
  const auto named = names_officer(registry_, case_id, visit.session->officer);
  return named && *named;
}

bool Console::noted(const Visit& visit, std::string_view action, std::string_view words) {
  return registry_.store.audit(visit.session->officer, action, core::mended_utf8(words, audit_words_bytes_max), "done", visit.now).has_value();
}

std::string Console::why(const Page& page, std::string_view code) const {
  for (const char* family : {"console.why.", "reason."}) {
    const std::string id = family + std::string(code);
    if (page.knows(id)) return page.say(id);
  }
  return page.say("console.refused");
}

std::string Console::when(const Visit& visit, core::Instant at) const {
  const auto local = registry_.assets.zone.local(at);
  return escaped(core::format_date(registry_.assets.texts, visit.language, local.date) + ", " + core::format_time(local));
}

Response Console::missing(const Visit& visit) {
  auto made = page(visit, Section::none);
  return made.title(made.say("console.none")).response(404);
}

Response Console::forbidden(const Visit& visit) {
  auto made = page(visit, Section::none);
  return made.title(made.say("console.forbidden")).response(403);
}

}  // namespace qabyl::sync::registry
