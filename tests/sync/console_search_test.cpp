// Search, CSV and calendar of the console (issue 3, point 6; RELIABILITY O3, O6, O7): who finds what, what leaves the
// house and in what form.
#include "core/text.h"
#include "sync/registry/exports.h"
#include "sync/registry/rows.h"
#include "sync/registry/search.h"
#include "tests/sync/bureau_hand.h"
#include "tests/sync/console_desk.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

std::string found(Desk& desk, const std::string& words) { return desk.get("/search?q=" + reg::percent_encoded(words)).body; }
bool finds(Desk& desk, const std::string& words, const std::string& href) { return found(desk, words).find("href=\"" + href + "\"") != std::string::npos; }

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find("\r\n", at);
    REQUIRE(end != std::string::npos);  // every line ends with CRLF
    lines.push_back(text.substr(at, end - at));
    at = end + 2;
  }
  return lines;
}

}  // namespace

TEST_CASE("search: cases, papers, people and bureaus are found by folded words, beginnings and a BIN as people write it", "[sync][console][search]") {
  Desk desk;
  const auto filed = desk.file_hostile(), inspection = desk.secrets.text("case");
  desk.sign_in("clerk");
  CHECK(finds(desk, "кредиттік бюросының", "/case/" + filed));
  CHECK(found(desk, "алатау").find("<small>" + desk.office.registry->assets.texts.say(core::Language::kk, "console.kind.inspection")) != std::string::npos);
  CHECK(finds(desk, "КРЕДИТТИК бюро", "/case/" + filed));
  CHECK(finds(desk, "алатау", "/case/" + inspection));
  CHECK(finds(desk, "ала", "/case/" + inspection));                // the last word is a beginning
  CHECK_FALSE(finds(desk, "ала бюро", "/case/" + inspection));    // the others are whole
  CHECK(finds(desk, "0407 4000 1238", "/case/" + inspection));
  CHECK(finds(desk, "Турсынов", "/case/" + inspection));           // named in the assignment
  CHECK(finds(desk, "Турсынова Аскара", "/cases?named=" + *desk.office.registry->database.text("SELECT id FROM officers WHERE login = 'inspector'")));
  CHECK(finds(desk, "Калиева", "/cases?bureau=040740001238"));     // staff of the bureau
  CHECK(finds(desk, "Есил", "/cases?bureau=050240002170"));
  CHECK(found(desk, "журнал").find("<td>" + desk.office.registry->assets.texts.say(core::Language::kk, "console.found.paper")) != std::string::npos);
  CHECK(found(desk, "жоқсөз").find("/case/") == std::string::npos);
}

TEST_CASE("search: operators of the index are words, hostile names stay text, and nobody finds what he may not open", "[sync][console][search][abuse]") {
  Desk desk;
  const auto filed = desk.file_hostile(), inspection = desk.secrets.text("case");
  desk.sign_in("clerk");
  for (const char* words : {"\"", "a OR b", "NEAR(a b)", "words:x", "*", "-алатау", "алатау AND", "^a", "(", "'; DROP TABLE cases; --"}) {
    const auto response = desk.get("/search?q=" + reg::percent_encoded(words));
    INFO(words);
    CHECK(response.status == 200);
    CHECK(unbalanced(response.body) == "");
  }
  CHECK(found(desk, "<script>alert(1)</script>").find("<script>") == std::string::npos);
  CHECK(desk.get("/search?q=" + std::string(900, 'a')).status == 200);
  desk.sign_in("inspector");
  CHECK(finds(desk, "алатау", "/case/" + inspection));
  CHECK_FALSE(finds(desk, "бюро", "/case/" + filed));
  REQUIRE(desk.office.registry->database.run("DELETE FROM case_people"));
  CHECK_FALSE(finds(desk, "алатау", "/case/" + inspection));
  desk.sign_in("admin");
  CHECK(desk.get("/search?q=a").status == 403);
}

TEST_CASE("search: an office made before there was a search gets its entries at the next start", "[sync][console][search]") {
  Desk desk;
  REQUIRE(desk.office.registry->database.run("DELETE FROM search_entries"));
  REQUIRE(desk.office.registry->database.run("DELETE FROM search_words"));
  desk.sign_in("clerk");
  CHECK_FALSE(finds(desk, "алатау", "/case/" + desk.secrets.text("case")));
  REQUIRE(reg::index_if_empty(*desk.office.registry));
  CHECK(finds(desk, "алатау", "/case/" + desk.secrets.text("case")));
  CHECK(finds(desk, "Есил", "/cases?bureau=050240002170"));
}

TEST_CASE("export: a list as CSV keeps the filter, disarms formulas, says who took it, is audited and limited", "[sync][console][export][abuse]") {
  CHECK(reg::csv({{"a", "b,c"}, {"x\"y", "l\nm"}}) == "\xEF\xBB\xBF" "a,\"b,c\"\r\n\"x\"\"y\",\"l\nm\"\r\n");
  for (const char* formula : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"}) {
    const auto line = reg::csv({{formula}}).substr(3);
    CHECK(line.find("'") <= 1);
  }
  Desk desk;
  (void)desk.file_hostile();
  desk.sign_in("clerk");
  const auto all = desk.get("/cases.csv"), inspections = desk.get("/cases.csv?show=inspection");
  CHECK(all.header("Content-Disposition").find("attachment; filename=\"cases-2026-11-23.csv\"") == 0);
  CHECK(all.body.substr(0, 3) == "\xEF\xBB\xBF");
  CHECK(all.body.find("<script>alert(1)</script>") != std::string::npos);       // text is text in a CSV
  CHECK(inspections.body.find("script") == std::string::npos);
  CHECK(inspections.body.find("Алатау") != std::string::npos);
  CHECK(all.body.find("Өтегенова Динара Болатқызы") != std::string::npos);      // who took it
  CHECK(desk.office.count("SELECT count(*) FROM audit WHERE action = 'list.export'") == 2);
  for (int i = 0; i < 18; ++i) CHECK(desk.get("/terms.csv").status == 200);
  CHECK(desk.get("/cases.csv").status == 429);
  desk.office.now += core::Millis{3600 * 1000 + 1};
  desk.sign_in("clerk");
  CHECK(desk.get("/cases.csv").status == 200);
}

TEST_CASE("calendar: terms by a key of one's own, without a session; a new key ends the old one; lines are as RFC 5545 wants them", "[sync][console][export][abuse]") {
  Desk desk;
  BureauHand bureau{desk.office, desk.kiosk, desk.secrets};
  const core::Id id(desk.secrets.text("case"));
  REQUIRE(bureau.send(bureau.mark(700, 0, id, core::Id(desk.secrets.text("notice")), bureau.meta(), 1)) == "accepted");
  desk.office.now = std::chrono::sys_days{*core::parse_iso_date("2026-11-30")} + std::chrono::hours{7};
  desk.sign_in("inspector");
  REQUIRE(desk.act("inspector", "/case/" + id + "/start", "date=2026-11-30").status == 303);
  const auto key_in = [&](const std::string& body) { return Desk::between(body, "/terms.ics?key=", "<"); };
  const auto key = key_in(desk.post("/terms/calendar", "").body);
  REQUIRE(key.size() == 32);
  CHECK(key_in(desk.get("/terms").body).empty());  // shown once
  desk.cookie.clear();
  const auto feed = desk.get("/terms.ics?key=" + key);
  REQUIRE(feed.status == 200);
  CHECK(feed.header("Content-Type") == "text/calendar; charset=utf-8");
  const auto lines = lines_of(feed.body);
  CHECK(lines.front() == "BEGIN:VCALENDAR");
  CHECK(lines.back() == "END:VCALENDAR");
  int begun = 0;
  for (const auto& line : lines) {
    CHECK(line.size() <= 75);
    CHECK(core::valid_utf8(line));
    begun += line == "BEGIN:VEVENT" ? 1 : 0;
  }
  CHECK(begun == 2);  // D09 and D13
  CHECK(feed.body.find("DTSTART;VALUE=DATE:20261201\r\n") != std::string::npos);
  CHECK(feed.body.find("UID:" + id + "-D13-2026-11-30@qabyl") != std::string::npos);
  CHECK(desk.get("/terms.ics?key=" + std::string(32, '0')).status == 404);
  CHECK(desk.get("/terms.ics").status == 404);
  desk.sign_in("inspector");
  (void)desk.post("/terms/calendar", "");
  CHECK(desk.get("/terms.ics?key=" + key).status == 404);
  CHECK(desk.office.count("SELECT count(*) FROM calendar_keys") == 1);
}
