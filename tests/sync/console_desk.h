// A person at the office console, through Console::handle without sockets: cookies, tokens, forms, and what a page says.
#pragma once

#include "core/encoding.h"
#include "sync/registry/console/console.h"
#include "sync/registry/console/originals.h"
#include "tests/sync/registry_rig.h"

namespace qabyl::test {

inline constexpr const char* hostile_name = "<img src=x onerror=alert(1)>\"'&.pdf";
inline constexpr const char* hostile_organisation = "<script>alert(1)</script> \"'& кредиттік бюросы";

struct SentFile { std::string field, name, bytes; };  // no name: none was chosen

inline std::string form_with_file(const std::string& boundary, const std::vector<std::pair<std::string, std::string>>& fields, const SentFile& file) {
  std::string body;
  for (const auto& [name, value] : fields) body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + file.field + "\"; filename=\"" + file.name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
  return body + file.bytes + "\r\n--" + boundary + "--\r\n";
}

struct Desk {
  TestOffice office;
  core::Json secrets = office.fill();
  TestKiosk kiosk{office, office.enrolment};
  std::optional<reg::Console> console{std::in_place, *office.registry};
  std::string cookie, language = "kk", login_token = std::string(32, 'a');
  std::function<sync::Response(const sync::Request&)> line;  // wire_line.h; none: Console::handle

  std::string password(std::string_view login) const {
    for (const auto& one : secrets.items("officers")) {
      if (one.text("login") == login) return one.text("password");
    }
    return {};
  }
  sync::Response ask(std::string method, std::string target, std::string body = {}) {
    auto request = plain_request(std::move(method), std::move(target), std::move(body));
    request.set("Cookie", "__Host-qabyl-lang=" + language + "; __Host-qabyl-login=" + login_token + (cookie.empty() ? "" : "; __Host-qabyl=" + cookie));
    if (line) return line(request);
    return reg::run_group(*office.registry, {[&](core::Instant at) { return console->handle(request, at); }}, office.now).front();
  }
  // Where the page of a document leads to for the file itself, from "/original" on; empty: nowhere.
  std::string original_link(const std::string& page) {
    auto query = between(get(page).body, "/original?", "\"");
    for (auto at = query.find("&amp;"); at != std::string::npos; at = query.find("&amp;")) query.erase(at + 1, 4);
    return query.empty() ? query : "/original?" + query;
  }
  // At the door of the originals, which knows no session.
  sync::Response original(const std::string& target, std::string method = "GET") {
    const auto request = plain_request(std::move(method), target);
    return reg::run_group(*office.registry, {[&](core::Instant at) { return reg::serve_original(*office.registry, request, at); }}, office.now).front();
  }
  // As a browser sends a form with a file, in pieces of this many bytes.
  sync::Response post_form(const std::string& target, std::vector<std::pair<std::string, std::string>> fields, const SentFile& file, std::size_t piece = 1'000) {
    fields.emplace_back("csrf", csrf());
    if (const auto known = seen(target); !known.empty()) fields.emplace_back("seen", known.substr(known.find('=') + 1));
    auto head = plain_request("POST", target);
    head.set("Content-Type", "multipart/form-data; boundary=----desk7MA4");
    head.set("Cookie", "__Host-qabyl-lang=" + language + (cookie.empty() ? "" : "; __Host-qabyl=" + cookie));
    REQUIRE(reg::Console::takes_form(head));
    std::unique_ptr<reg::FormBody> body;
    const auto begun = console->begin_form(head, office.now, body);
    if (!body) return begun;
    const auto whole = form_with_file("----desk7MA4", fields, file);
    for (std::size_t at = 0; at < whole.size(); at += piece) body->write(core::as_bytes(std::string_view(whole).substr(at, piece)));
    const auto& form = body->finish();
    return reg::run_group(*office.registry, {[&](core::Instant at) { return console->finish_form(head, form, at); }}, office.now).front();
  }
  void restart() {  // of the registry's program: sessions end
    office.reopen();
    console.emplace(*office.registry);
    cookie.clear();
  }
  sync::Response get(std::string target) { return ask("GET", std::move(target)); }
  static std::string between(std::string_view text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    if (at == std::string_view::npos) return {};
    const auto begin = at + from.size();
    return std::string(text.substr(begin, text.find(to, begin) - begin));
  }
  sync::Response try_sign_in(const std::string& login, const std::string& secret) {
    return ask("POST", "/login", "login=" + login + "&password=" + secret + "&form=" + login_token);
  }
  void sign_in(const std::string& login) {
    cookie.clear();
    const auto response = try_sign_in(login, password(login));
    REQUIRE(response.status == 303);
    cookie = between(response.header("Set-Cookie"), "__Host-qabyl=", ";");
    REQUIRE(cookie.size() == 64);
  }
  std::string csrf() { return between(get("/").body, "name=\"csrf\" value=\"", "\""); }
  // How many records of the case a form that was given out just now knows of.
  std::string seen(const std::string& target) {
    constexpr std::size_t case_at = 6;  // "/case/"
    if (!target.starts_with("/case/")) return {};
    const auto now = reg::case_now(*office.registry, target.substr(case_at, target.find('/', case_at) - case_at));
    return "&seen=" + std::to_string(now ? now->history.size() : 0);
  }
  sync::Response post(const std::string& target, const std::string& fields) {
    return ask("POST", target, "csrf=" + csrf() + "&" + fields + (fields.find("seen=") == std::string::npos ? seen(target) : std::string()));
  }
  // A POST with one's own password.
  sync::Response act(const std::string& login, const std::string& target, const std::string& fields = {}) {
    return post(target, fields + (fields.empty() ? "" : "&") + "password=" + password(login));
  }
  std::string state(const core::Id& case_id) { return *office.registry->database.text("SELECT state FROM cases WHERE id = '" + case_id + "'"); }
  // What the page says is wrong; empty: nothing.
  static std::string alert(const sync::Response& response) { return between(response.body, "role=\"alert\">", "</p>"); }
  // An application whose names are hostile, whole at the registry.
  core::Id file_hostile() {
    auto filing = filing_of({"form"});
    filing.docs[0].name = hostile_name;
    filing.body["organisation"] = hostile_organisation;
    const auto sent = kiosk.next(filing);
    REQUIRE(kiosk.verdict(kiosk.put(sent), sent).outcome == core::Outcome::received);
    REQUIRE(office.registry->keep_document(core::as_bytes(std::string("form")), office.now));
    REQUIRE(office.registry->store.mark_here(sent.record.id, 0));
    REQUIRE(reg::settle(*office.registry, sent.record.id, office.now));
    return sent.record.case_id;
  }
};

// Every element that is opened is closed, in order; empty when all is well.
inline std::string unbalanced(std::string_view html) {
  const std::vector<std::string> voids{"meta", "input", "br", "img", "path", "circle", "rect", "!doctype"};
  std::vector<std::string> open;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const auto end = html.find('>', at);
    if (end == std::string_view::npos) return "a tag without end";
    const bool closes = html[at + 1] == '/';
    const auto from = at + 1 + (closes ? 1 : 0);
    const std::string name(html.substr(from, html.find_first_of(" >/", from) - from));
    if (std::find(voids.begin(), voids.end(), name) != voids.end()) continue;
    if (!closes) open.push_back(name);
    else if (open.empty() || open.back() != name) return "</" + name + "> closes " + (open.empty() ? "nothing" : open.back());
    else open.pop_back();
  }
  return open.empty() ? "" : "<" + open.back() + "> stays open";
}

}  // namespace qabyl::test
