// The office console through Console::handle, without sockets: what an officer sees and may do, in three languages;
// pages that nest, texts that exist, names that stay text (RELIABILITY 2.4, O1-O3, O8; 4.7, rows 57 and 59).
#include <set>

#include "sync/registry/rows.h"
#include "tests/sync/wire_line.h"

using namespace qabyl;
using namespace qabyl::test;

TEST_CASE("console: every page nests, has its texts in three languages, and needs no script", "[sync][console]") {
  Desk desk;
  const auto filed = desk.file_hostile();
  desk.sign_in("clerk");
  for (const char* language : {"kk", "ru", "en"}) {
    desk.language = language;
    for (const auto& path : {std::string("/"), std::string("/cases"), std::string("/cases?show=us"), std::string("/kiosks"), std::string("/assignments"), "/case/" + filed, "/case/" + desk.secrets.text("case")}) {
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

TEST_CASE("row 59: hostile names of people and files stay text, and a document comes as an attachment", "[sync][console][abuse]") {
  Desk desk;
  ConsoleLine line(desk);
  const auto filed = desk.file_hostile();
  desk.sign_in("clerk");
  for (const auto& path : {std::string("/"), std::string("/cases"), "/case/" + filed}) {
    const auto body = desk.get(path).body;
    CHECK(body.find("<script>alert") == std::string::npos);
    CHECK(body.find("<img") == std::string::npos);
    CHECK(body.find("&lt;script&gt;alert(1)&lt;/script&gt; &quot;&#39;&amp;") != std::string::npos);
  }
  CHECK(desk.get("/case/" + filed).body.find("&lt;img src=x onerror=alert(1)&gt;") != std::string::npos);
  const auto warning = desk.get("/document?record=" + filed + "&index=0");  // first what it is, then the file (O8)
  CHECK(warning.status == 200);
  CHECK(warning.body.find("class=\"note\"") != std::string::npos);
  CHECK(warning.body.find("<img") == std::string::npos);
  CHECK(desk.office.count("SELECT count(*) FROM audit WHERE action = 'document.read'") == 0);
  CHECK(desk.get("/document?record=" + filed + "&index=0&open=1").header("Content-Disposition") == "");  // never from the console itself
  const auto document = desk.original(desk.original_link("/document?record=" + filed + "&index=0"));
  CHECK(document.status == 200);
  CHECK(document.body == "form");
  CHECK(document.header("Content-Disposition") == "attachment; filename=\"document-0\"");
  CHECK(document.header("Content-Security-Policy") == "sandbox; default-src 'none'");
  CHECK(document.header("Content-Type") == "application/octet-stream");
  CHECK(document.header("X-Content-Type-Options") == "nosniff");
  CHECK(document.header("Set-Cookie") == "");
  CHECK(desk.office.count("SELECT count(*) FROM audit WHERE action = 'document.read'") == 1);
}

TEST_CASE("console: O8: the link to an original is for one officer, one document and five minutes, and no letter of it can be changed", "[sync][console][abuse]") {
  Desk desk;
  const auto filed = desk.file_hostile();
  const std::string page = "/document?record=" + filed + "&index=0";
  CHECK(desk.original("/original?record=" + filed + "&index=0&officer=O-0001&until=99999999999999&tag=" + std::string(64, '0')).status == 404);  // before any link was made
  desk.sign_in("clerk");
  const auto link = desk.original_link(page);
  REQUIRE_FALSE(link.empty());
  desk.cookie.clear();  // another window: no session is asked for
  REQUIRE(desk.original(link).status == 200);
  CHECK(*desk.office.registry->database.text("SELECT actor FROM audit WHERE action = 'document.read'") == Desk::between(link, "officer=", "&"));
  for (std::size_t at = 0; at < link.size(); ++at) {
    auto altered = link;
    altered[at] = altered[at] == '7' ? '8' : '7';
    INFO(altered);
    CHECK(desk.original(altered).status == 404);
  }
  for (const char* method : {"POST", "HEAD", "PUT"}) CHECK(desk.original(link, method).status == 404);
  CHECK(desk.original(link + "0").status == 404);
  CHECK(desk.original("/").status == 404);
  desk.office.now += reg::original_link_life;
  CHECK(desk.original(link).status == 200);
  desk.office.now += core::Millis{1};
  const auto over = desk.original(link);
  CHECK(over.status == 410);
  CHECK(over.header("Content-Type") == "text/plain; charset=utf-8");
  CHECK(over.header("Content-Security-Policy") == "sandbox; default-src 'none'");
  desk.sign_in("clerk");
  const auto fresh = desk.original_link(page);
  REQUIRE(desk.original(fresh).status == 200);
  desk.restart();
  CHECK(desk.original(fresh).status == 404);
}

TEST_CASE("row 57: no page without a session, no act without its token, nothing after signing out", "[sync][console][abuse]") {
  Desk desk;
  ConsoleLine line(desk);
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
  for (const char* login : {"head", "unit", "auditor", "inspector", "admin"}) {
    desk.sign_in(login);
    CHECK(desk.get("/case/" + filed).body.find("/register") == std::string::npos);
    CHECK(desk.post("/case/" + filed + "/register", "password=" + desk.password(login)).status >= 403);
  }
  desk.sign_in("clerk");
  CHECK(desk.get("/case/" + filed).body.find("/register") != std::string::npos);
  CHECK(desk.post("/case/" + filed + "/register", "password=wrong").status == 409);
  CHECK(desk.office.count("SELECT count(*) FROM cases WHERE state = 'registered'") == 0);
  CHECK(desk.post("/case/" + filed + "/register", "password=" + desk.password("clerk")).status == 303);
  CHECK(desk.office.count("SELECT count(*) FROM cases WHERE state = 'registered'") == 1);
  CHECK(desk.post("/case/" + filed + "/register", "password=" + desk.password("clerk")).status == 409);  // once
}

TEST_CASE("console: who opened a case is written down, and nobody opens one that is not his (O3)", "[sync][console][abuse]") {
  Desk desk;
  const auto filed = desk.file_hostile();
  const auto reads = [&](const std::string& login) {
    return desk.office.count("SELECT count(*) FROM audit a JOIN officers o ON o.id = a.actor WHERE a.action = 'case.read' AND a.object = '" + filed + "' AND o.login = '" + login + "'");
  };
  for (const char* login : {"clerk", "head", "deputy", "unit", "auditor"}) {
    desk.sign_in(login);
    CHECK(desk.get("/case/" + filed).status == 200);
    CHECK(reads(login) == 1);
  }
  for (const char* login : {"inspector", "admin"}) {
    desk.sign_in(login);
    CHECK(desk.get("/case/" + filed).status >= 403);
    CHECK(reads(login) == 0);
  }
}

TEST_CASE("console: a deputy of the unit's head does in the unit what its head does, under his own position (21, A16)", "[sync][console]") {
  Desk desk;
  REQUIRE(reg::add_officer(*desk.office.registry, {"unit2", "Д. Орынбасар", "бөлім басшысының орынбасары", "unit_deputy", "long enough a word"}, desk.office.now));
  CHECK(reg::reach("unit_deputy") == reg::Reach::all);
  CHECK(reg::signing_position("unit_deputy") == "unit_deputy");
  for (const auto seat : {reg::Seat::unit_leader, reg::Seat::leader, reg::Seat::leader_or_group_head, reg::Seat::caller, reg::Seat::reviewer}) {
    CHECK(reg::position_in(seat, "O-9", "unit_deputy", {}) == "unit_deputy");
  }
  for (const auto seat : {reg::Seat::head_or_deputy, reg::Seat::clerk, reg::Seat::official, reg::Seat::group_head}) CHECK_FALSE(reg::position_in(seat, "O-9", "unit_deputy", {}));
  CHECK(reg::sits(reg::LicenceSeat::proposer, "unit_deputy", {}));
  CHECK_FALSE(reg::may("unit_deputy", reg::Power::sign_assignment));
  desk.sign_in("clerk");
  desk.cookie.clear();
  const auto response = desk.try_sign_in("unit2", reg::percent_encoded("long enough a word"));
  REQUIRE(response.status == 303);
  desk.cookie = Desk::between(response.header("Set-Cookie"), "__Host-qabyl=", ";");
  CHECK(desk.get("/case/" + desk.secrets.text("case")).status == 200);
  CHECK(desk.get("/assignments").body.find("action=\"/assignments\"") != std::string::npos);
}

TEST_CASE("console: copies of a notice are offered as PDF", "[sync][console]") {
  Desk desk;
  desk.sign_in("clerk");
  const std::string notice = desk.secrets.text("notice"), page = "/case/" + desk.secrets.text("case");
  CHECK(desk.get(page).body.find("/copy?notice=" + notice + "&amp;copy=1") != std::string::npos);
  const auto copy = desk.get("/copy?notice=" + notice + "&copy=2");
  CHECK(copy.status == 200);
  CHECK(copy.body.substr(0, 5) == "%PDF-");
  CHECK(copy.header("Content-Disposition") == "attachment; filename=\"notice-copy-2.pdf\"");
  CHECK(desk.get("/copy?notice=" + notice + "&copy=2&marked=1").status == 404);
  CHECK(desk.get("/copy?notice=" + notice + "&copy=3").status == 404);
}

TEST_CASE("console: five wrong passwords lock the sign-in, and the page says so", "[sync][console]") {
  Desk desk;
  for (int i = 0; i < reg::password_tries_max; ++i) CHECK(desk.try_sign_in("clerk", "no").status == 403);
  const auto locked = desk.try_sign_in("clerk", desk.password("clerk"));
  CHECK(locked.status == 403);
  CHECK(locked.body.find("role=\"alert\"") != std::string::npos);
  CHECK(locked.header("Set-Cookie").find("__Host-qabyl=") == std::string_view::npos);
}

TEST_CASE("console: signing in needs the token of its own form, and its cookies stay with this host", "[sync][console][abuse]") {
  Desk desk;
  CHECK(desk.ask("POST", "/login", "login=clerk&password=" + desk.password("clerk")).status == 403);  // from another site: no token
  CHECK(desk.ask("POST", "/login", "login=clerk&form=" + std::string(32, 'b') + "&password=" + desk.password("clerk")).status == 403);
  desk.login_token.clear();
  const auto page = desk.get("/login");
  const auto given = Desk::between(page.header("Set-Cookie"), "__Host-qabyl-login=", ";");
  CHECK(given.size() == 32);
  CHECK(page.body.find("value=\"" + given + "\"") != std::string::npos);
  CHECK(desk.try_sign_in("clerk", desk.password("clerk")).status == 403);  // an empty cookie matches nothing
  desk.login_token = given;
  const auto signed_in = desk.try_sign_in("clerk", desk.password("clerk"));
  CHECK(signed_in.status == 303);
  const std::string cookie(signed_in.header("Set-Cookie"));
  for (const char* flag : {"__Host-", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict"}) CHECK(cookie.find(flag) != std::string::npos);
}

TEST_CASE("console: a session ends after 15 idle minutes and after ten hours at the latest", "[sync][console][abuse]") {
  Desk desk;
  desk.sign_in("clerk");
  desk.office.now += reg::session_idle - core::Millis{1};
  CHECK(desk.get("/").status == 200);
  desk.office.now += reg::session_idle + core::Millis{1};
  CHECK(desk.get("/").header("Location") == "/login");
  desk.sign_in("clerk");
  const auto end = desk.office.now + reg::session_life;
  for (; desk.office.now < end; desk.office.now += core::Millis{10 * 60 * 1000}) CHECK(desk.get("/").status == 200);
  desk.office.now += core::Millis{1};
  CHECK(desk.get("/").header("Location") == "/login");
}

TEST_CASE("console: the language switch comes back to its page, and to no other host", "[sync][console][abuse]") {
  Desk desk;
  desk.sign_in("clerk");
  const auto page = desk.get("/cases?show=us");
  CHECK(page.body.find("/language?to=ru&amp;back=%2Fcases%3Fshow%3Dus") != std::string::npos);
  CHECK(desk.get("/language?to=ru&back=%2Fcases%3Fshow%3Dus").header("Location") == "/cases?show=us");
  for (const char* elsewhere : {"%2F%2Fevil.example", "https%3A%2F%2Fevil.example", "%2F%5Cevil.example", "%2Fa%0D%0ASet-Cookie%3A%20a%3Db", ""}) {
    CHECK(desk.get("/language?to=ru&back=" + std::string(elsewhere)).header("Location") == "/");
  }
}

TEST_CASE("console: O3: an inspector opens the inspections that name him, the administrator none, the auditor all", "[sync][console][abuse]") {
  Desk desk;
  const auto filed = desk.file_hostile(), inspection = desk.secrets.text("case"), notice = desk.secrets.text("notice");
  const std::string document = "/document?record=" + filed + "&index=0", copy = "/copy?notice=" + notice + "&copy=1";
  const auto statuses = [&](const char* login) {
    desk.sign_in(login);
    return std::vector<int>{desk.get("/case/" + filed).status, desk.get(document).status, desk.get("/case/" + inspection).status, desk.get(copy).status};
  };
  CHECK(statuses("inspector") == std::vector<int>{404, 404, 200, 200});
  CHECK(desk.get("/cases").body.find("/case/" + filed) == std::string::npos);
  CHECK(desk.get("/cases").body.find("/case/" + inspection) != std::string::npos);
  CHECK(statuses("admin") == std::vector<int>{403, 404, 403, 404});
  CHECK(desk.get("/cases").status == 403);
  CHECK(desk.get("/").body.find("/case/") == std::string::npos);
  CHECK(statuses("auditor") == std::vector<int>{200, 200, 200, 200});
  CHECK(desk.get("/case/" + filed).body.find("<form method=\"post\" action=\"/case/") == std::string::npos);
  REQUIRE(desk.office.registry->database.run("DELETE FROM case_people"));
  CHECK(statuses("inspector") == std::vector<int>{404, 404, 404, 404});
}

TEST_CASE("console: the cases come in pages without gap or double, and counts are the database's", "[sync][console]") {
  Desk desk;
  constexpr int many = 120;
  for (int i = 0; i < many; ++i) {
    REQUIRE(desk.office.registry->database.run("INSERT INTO cases(id, kind, device, bureau_bin, title, state, opened_at) VALUES(?, 'application', 'AL-03', '', 'x', 'submitted', ?)",
                                               id(500 + i), reg::rows::ms(desk.office.now) + i / 3));  // three in one millisecond
  }
  desk.sign_in("clerk");
  CHECK(desk.get("/").body.find("<b>" + std::to_string(many) + "</b>") != std::string::npos);
  std::set<std::string> seen;
  int pages = 0, links = 0;
  for (std::string at = "/cases?show=application"; !at.empty() && pages < 10; ++pages) {
    const auto body = desk.get(at).body;
    for (std::size_t found = body.find("<td><a href=\"/case/"); found != std::string::npos; found = body.find("<td><a href=\"/case/", found + 1)) {
      seen.insert(body.substr(found, 60));
      ++links;
    }
    const auto next = Desk::between(body, "<p class=\"bar\"><a href=\"", "\"");
    at = next.starts_with("/cases?before=") ? next : std::string();
    for (std::size_t amp = at.find("&amp;"); amp != std::string::npos; amp = at.find("&amp;")) at.replace(amp, 5, "&");
  }
  CHECK(pages == 3);
  CHECK(links == many);
  CHECK(seen.size() == std::size_t{many});
}

TEST_CASE("console: the first page counts what is late, what ends today and what waits for us, and shows the nearest terms first", "[sync][console]") {
  Desk desk;
  auto& registry = *desk.office.registry;
  const core::Id id(desk.secrets.text("case"));
  const auto today = registry.assets.zone.local(desk.office.now).date;
  REQUIRE(registry.database.run("DELETE FROM case_terms"));
  const auto run = [&](int days) {
    REQUIRE(registry.database.run("INSERT INTO case_terms(case_id, term, due, base, stated, side) VALUES(?, 'D14', ?, '2026-11-20', '', 'bureau')", id, core::iso_date(core::add_days(today, days))));
  };
  const auto stat = [&](const char* text, int number, const char* look) {
    INFO(text);
    const auto words = reg::escaped(registry.assets.texts.say(core::Language::kk, text));
    CHECK(desk.get("/").body.find("<div class=\"stat" + std::string(look) + "\"><b>" + std::to_string(number) + "</b><span>" + words) != std::string::npos);
  };
  desk.sign_in("clerk");
  stat("console.stat.overdue", 0, "");
  stat("console.stat.today", 0, "");
  for (const int days : {9, 8, 7, 6, 5, 4, 0, 0, -1, -30, -2}) run(days);
  stat("console.stat.overdue", 3, " bad");
  stat("console.stat.today", 2, " warn");
  const auto body = desk.get("/").body;
  CHECK(unbalanced(body) == "");
  const auto link_of = [&](int days) { return body.find(reg::escaped(core::format_date(registry.assets.texts, core::Language::kk, core::add_days(today, days)))); };
  CHECK(link_of(-30) < link_of(-2));
  CHECK(link_of(-2) < link_of(-1));
  CHECK(link_of(4) != std::string::npos);
  CHECK(link_of(5) == std::string::npos);  // six of them; the others: the page of terms
  CHECK(body.find("href=\"/terms\"") != std::string::npos);
  desk.sign_in("admin");  // sees no cases: the kiosks alone
  CHECK(desk.get("/").body.find("class=\"halves\"") == std::string::npos);
}
