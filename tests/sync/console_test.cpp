// The office console through Console::handle, without sockets: what an officer sees and may do, in three languages;
// pages that nest, texts that exist, names that stay text (RELIABILITY 2.4, O1-O3, O8; 4.7, rows 57 and 59).
#include "sync/registry/console/console.h"
#include "tests/sync/registry_rig.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

constexpr const char* hostile_name = "<img src=x onerror=alert(1)>\"'&.pdf";
constexpr const char* hostile_organisation = "<script>alert(1)</script> \"'& кредиттік бюросы";

struct Desk {
  TestOffice office;
  core::Json secrets = office.fill();
  TestKiosk kiosk{office, office.enrolment};
  reg::Console console{*office.registry};
  std::string cookie, language = "kk";

  std::string password(std::string_view login) const {
    for (const auto& one : secrets.items("officers")) {
      if (one.text("login") == login) return one.text("password");
    }
    return {};
  }
  sync::Response ask(std::string method, std::string target, std::string body = {}) {
    auto request = plain_request(std::move(method), std::move(target), std::move(body));
    request.set("Cookie", "qlang=" + language + (cookie.empty() ? "" : "; qabyl=" + cookie));
    return console.handle(request, office.now);
  }
  sync::Response get(std::string target) { return ask("GET", std::move(target)); }
  static std::string between(std::string_view text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    if (at == std::string_view::npos) return {};
    const auto begin = at + from.size();
    return std::string(text.substr(begin, text.find(to, begin) - begin));
  }
  void sign_in(const std::string& login) {
    cookie.clear();
    const auto response = ask("POST", "/login", "login=" + login + "&password=" + password(login));
    REQUIRE(response.status == 303);
    cookie = between(response.header("Set-Cookie"), "qabyl=", ";");
    REQUIRE(cookie.size() == 64);
  }
  std::string csrf() { return between(get("/").body, "name=\"csrf\" value=\"", "\""); }
  sync::Response post(const std::string& target, const std::string& fields) { return ask("POST", target, "csrf=" + csrf() + "&" + fields); }
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
std::string unbalanced(std::string_view html) {
  const std::vector<std::string> voids{"meta", "input", "br", "path", "circle", "rect", "!doctype"};
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

}  // namespace

TEST_CASE("console: every page nests, has its texts in three languages, and needs no script", "[sync][console]") {
  Desk desk;
  const auto filed = desk.file_hostile();
  desk.sign_in("clerk");
  for (const char* language : {"kk", "ru", "en"}) {
    desk.language = language;
    for (const auto& path : {std::string("/"), std::string("/cases"), std::string("/kiosks"), "/case/" + filed, "/case/" + desk.secrets.text("case")}) {
      const auto response = desk.get(path);
      INFO(language << " " << path << "\n" << response.body.substr(response.body.find("<main")));
      CHECK(response.status == 200);
      CHECK(unbalanced(response.body) == "");
      CHECK(response.body.find("«console.") == std::string::npos);  // how an unknown text would show
      CHECK(response.body.find("«reason.") == std::string::npos);
      CHECK(response.body.find("<script") == std::string::npos);
      CHECK(response.body.find("lang=\"" + std::string(language) + "\"") != std::string::npos);
      CHECK(response.header("Content-Security-Policy").find("default-src 'none'") != std::string_view::npos);
      CHECK(response.header("Cache-Control") == "no-store");
    }
  }
  CHECK(unbalanced("<p><b></p></b>") == "</p> closes b");
}

TEST_CASE("console: row 59: hostile names of people and files stay text, and a document comes as an attachment", "[sync][console][abuse]") {
  Desk desk;
  const auto filed = desk.file_hostile();
  desk.sign_in("clerk");
  for (const auto& path : {std::string("/"), std::string("/cases"), "/case/" + filed}) {
    const auto body = desk.get(path).body;
    CHECK(body.find("<script>alert") == std::string::npos);
    CHECK(body.find("<img") == std::string::npos);
    CHECK(body.find("&lt;script&gt;alert(1)&lt;/script&gt; &quot;&#39;&amp;") != std::string::npos);
  }
  CHECK(desk.get("/case/" + filed).body.find("&lt;img src=x onerror=alert(1)&gt;") != std::string::npos);
  const auto document = desk.get("/document?record=" + filed + "&index=0");
  CHECK(document.status == 200);
  CHECK(document.body == "form");
  CHECK(document.header("Content-Disposition") == "attachment; filename=\"document-0\"");
  CHECK(document.header("Content-Security-Policy") == "sandbox; default-src 'none'");
  CHECK(desk.office.count("SELECT count(*) FROM audit WHERE action = 'document.read'") == 1);
}

TEST_CASE("console: row 57: no page without a session, no act without its token, nothing after signing out", "[sync][console][abuse]") {
  Desk desk;
  const auto filed = desk.file_hostile();
  for (const auto& path : {std::string("/"), std::string("/kiosks"), "/case/" + filed, "/document?record=" + filed + "&index=0", std::string("/copy?notice=") + desk.secrets.text("notice") + "&copy=1"}) {
    CHECK(desk.get(path).header("Location") == "/login");
  }
  desk.sign_in("clerk");
  const auto wrong = desk.ask("POST", "/case/" + filed + "/register", "csrf=" + std::string(32, '0') + "&password=" + desk.password("clerk"));
  CHECK(wrong.status == 403);
  CHECK(desk.ask("POST", "/case/" + filed + "/register", "password=" + desk.password("clerk")).status == 403);
  CHECK(desk.office.count("SELECT count(*) FROM cases WHERE state = 'registered'") == 0);
  const auto token = desk.cookie;
  CHECK(desk.post("/logout", "").status == 303);
  desk.cookie = token;
  CHECK(desk.get("/").header("Location") == "/login");
}

TEST_CASE("console: a clerk registers an application with the own password, and nobody else can", "[sync][console]") {
  Desk desk;
  const auto filed = desk.file_hostile();
  for (const char* login : {"inspector", "admin"}) {
    desk.sign_in(login);
    CHECK(desk.get("/case/" + filed).body.find("/register") == std::string::npos);
    CHECK(desk.post("/case/" + filed + "/register", "password=" + desk.password(login)).status == 409);
  }
  desk.sign_in("clerk");
  CHECK(desk.get("/case/" + filed).body.find("/register") != std::string::npos);
  CHECK(desk.post("/case/" + filed + "/register", "password=wrong").status == 409);
  CHECK(desk.office.count("SELECT count(*) FROM cases WHERE state = 'registered'") == 0);
  CHECK(desk.post("/case/" + filed + "/register", "password=" + desk.password("clerk")).status == 303);
  CHECK(desk.office.count("SELECT count(*) FROM cases WHERE state = 'registered'") == 1);
  CHECK(desk.post("/case/" + filed + "/register", "password=" + desk.password("clerk")).status == 409);  // once
}

TEST_CASE("console: copies of a notice are offered as PDF, and lists of documents in two languages must match", "[sync][console]") {
  Desk desk;
  desk.sign_in("clerk");
  const std::string notice = desk.secrets.text("notice"), page = "/case/" + desk.secrets.text("case");
  CHECK(desk.get(page).body.find("/copy?notice=" + notice + "&amp;copy=1") != std::string::npos);
  const auto copy = desk.get("/copy?notice=" + notice + "&copy=2");
  CHECK(copy.status == 200);
  CHECK(copy.body.substr(0, 5) == "%PDF-");
  CHECK(copy.header("Content-Disposition") == "attachment; filename=\"notice-copy-2.pdf\"");
  CHECK(desk.get("/copy?notice=" + notice + "&copy=2&marked=1").status == 404);
  CHECK(desk.get("/copy?notice=" + notice + "&copy=3").status == 303);
  const auto differ = desk.post(page + "/notice", "documents_kk=a%0Ab&documents_ru=a&password=" + desk.password("clerk"));
  CHECK(differ.status == 409);
  CHECK(differ.body.find("role=\"alert\"") != std::string::npos);
}

TEST_CASE("console: five wrong passwords lock the sign-in, and the page says so", "[sync][console]") {
  Desk desk;
  for (int i = 0; i < reg::password_tries_max; ++i) CHECK(desk.ask("POST", "/login", "login=clerk&password=no").status == 403);
  const auto locked = desk.ask("POST", "/login", "login=clerk&password=" + desk.password("clerk"));
  CHECK(locked.status == 403);
  CHECK(locked.body.find("role=\"alert\"") != std::string::npos);
  CHECK(locked.header("Set-Cookie").empty());
}
