// Search, CSV and calendar of the console (issue 3, point 6; RELIABILITY O3, O6, O7): who finds what, what leaves the
// house and in what form.
#include "core/text.h"
#include "sync/registry/exports.h"
#include "sync/registry/rows.h"
#include "sync/registry/search.h"
#include "tests/sync/bureau_hand.h"
#include "tests/sync/calendar_reader.h"
#include "tests/sync/wire_line.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

std::string found(Desk& desk, const std::string& words) { return desk.get("/search?q=" + reg::percent_encoded(words)).body; }
bool finds(Desk& desk, const std::string& words, const std::string& href) { return found(desk, words).find("href=\"" + href + "\"") != std::string::npos; }

// The rows of a CSV file as RFC 4180 has them, read without the code that wrote it.
std::vector<std::vector<std::string>> rows_of(std::string_view text) {
  std::vector<std::vector<std::string>> rows{{""}};
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"') rows.back().back() += text[++i];
    else if (text[i] == '"') quoted = !quoted;
    else if (!quoted && text[i] == ',') rows.back().emplace_back();
    else if (!quoted && text.substr(i, 2) == "\r\n") ++i, rows.emplace_back(1);
    else rows.back().back() += text[i];
  }
  REQUIRE(rows.back() == std::vector<std::string>{""});  // the last row ends too
  rows.pop_back();
  return rows;
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
  CHECK(found(desk, "журнал").find(", " + desk.office.registry->assets.texts.say(core::Language::kk, "console.rec.notice.send") + "</small>") != std::string::npos);
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

TEST_CASE("search: what is found in one place is one row: a case once with its papers, a bureau once with its people", "[sync][console][search]") {
  Desk desk;
  desk.sign_in("clerk");
  const auto html = found(desk, "алатау");
  const std::string href = "href=\"/case/" + desk.secrets.text("case") + "\"";
  REQUIRE(html.find(href) != std::string::npos);
  CHECK(html.find(href, html.find(href) + 1) == std::string::npos);
  CHECK(html.find(desk.office.registry->assets.texts.say(core::Language::kk, "console.rec.notice.send")) != std::string::npos);  // its papers stand in the same row
  CHECK(unbalanced(html) == "");
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

TEST_CASE("search: who looked for whom is written down, also in the lists of one bureau, one officer, one licensee; a desk's daily list is not", "[sync][console][search][O3]") {
  Desk desk;
  desk.sign_in("clerk");
  const auto noted = [&](const std::string& words) { return desk.office.count("SELECT count(*) FROM audit WHERE actor LIKE 'O-%' AND outcome = 'done' AND object = '" + words + "'"); };
  const auto all = [&] { return desk.office.count("SELECT count(*) FROM audit WHERE action IN ('search', 'list.read')"); };
  REQUIRE(desk.get("/search?q=%D0%9D%D2%B1%D1%80%D0%BB%D0%B0%D0%BD%D0%BE%D0%B2%D0%B0").status == 200);
  CHECK(noted("Нұрланова") == 1);
  REQUIRE(desk.get("/cases?bureau=040740001238").status == 200);
  CHECK(noted("cases 040740001238") == 1);
  REQUIRE(desk.get("/licences?q=0407").status == 200);
  CHECK(noted("licences 0407") == 1);
  CHECK(all() == 3);
  for (const char* daily : {"/", "/cases", "/cases?show=us", "/licences", "/terms", "/search?q="}) CHECK(desk.get(daily).status == 200);
  CHECK(all() == 3);
  std::string half;  // three hundred bytes of an address end inside a letter
  for (int i = 0; i < 80; ++i) half += "%D2%B1";
  CHECK(desk.get("/search?q=" + half).status == 200);
  CHECK(desk.office.count("SELECT count(*) FROM audit WHERE action = 'search' AND length(CAST(object AS BLOB)) <= 300") == 2);
}

TEST_CASE("list of cases: the nearest term of each, how near and of what; none where nothing runs", "[sync][console]") {
  Desk desk;
  const core::Id id(desk.secrets.text("case"));
  const auto run = [&](const char* term, const char* due) {
    REQUIRE(desk.office.registry->database.run("INSERT INTO case_terms(case_id, term, due, base, stated, side) VALUES(?, ?, ?, '2026-11-20', '', 'bureau')", id, std::string_view(term), std::string_view(due)));
  };
  desk.sign_in("clerk");
  CHECK(desk.get("/cases").body.find("D14:") == std::string::npos);
  run("D20", "2026-12-03");
  run("D14", "2026-11-24");
  const auto page = desk.get("/cases").body;
  CHECK(unbalanced(page) == "");
  CHECK(page.find("2026 жылғы 24 қараша") != std::string::npos);
  CHECK(page.find("D14:") != std::string::npos);
  CHECK(page.find("D20:") == std::string::npos);  // the nearest alone
  const auto rows = rows_of(std::string_view(desk.get("/cases.csv").body).substr(3));
  const auto line = std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.size() > 2 && row[row.size() - 2] == "2026-11-24"; });
  REQUIRE(line != rows.end());
  CHECK(line->back() == "D14");
}

TEST_CASE("list of cases by next term: nearest first, each case once, in pages without gap or double, under every filter and in the file", "[sync][console]") {
  Desk desk;
  auto& database = desk.office.registry->database;
  REQUIRE(database.run("DELETE FROM case_terms"));
  std::vector<std::pair<std::string, core::Id>> expected;  // nearest due, case
  for (int i = 0; i < 130; ++i) {
    const auto id = test::id(500 + i);
    REQUIRE(database.run("INSERT INTO cases(id, kind, device, bureau_bin, title, state, opened_at) VALUES(?, ?, 'AL-03', '', 'x', ?, ?)", id,
                         std::string_view(i % 2 == 0 ? "application" : "inspection"), std::string_view(i % 3 == 0 ? "submitted" : "incomplete"), std::int64_t{1000 + i}));
    if (i % 10 == 9) continue;  // no term runs in it
    const std::string near = "2026-12-" + std::to_string(10 + i * 7 % 15), far = "2027-01-" + std::to_string(10 + i % 9);
    for (const auto& due : {far, near, near}) {
      REQUIRE(database.run("INSERT INTO case_terms(case_id, term, due, base, stated, side) VALUES(?, 'D14', ?, '2026-11-20', '', 'body')", id, due));
    }
    expected.emplace_back(near, id);
  }
  std::sort(expected.begin(), expected.end());
  desk.sign_in("clerk");
  const auto listed = [&](std::string at) {
    std::vector<core::Id> ids;
    for (int pages = 0; !at.empty() && pages < 10; ++pages) {
      const auto body = desk.get(at).body;
      CHECK(unbalanced(body) == "");
      for (std::size_t found = body.find("<td><a href=\"/case/"); found != std::string::npos; found = body.find("<td><a href=\"/case/", found + 1)) ids.push_back(body.substr(found + 19, 32));
      at = Desk::between(body, "<p class=\"bar\"><a href=\"", "\"");
      if (!at.starts_with("/cases?before=")) at.clear();
      for (std::size_t amp = at.find("&amp;"); amp != std::string::npos; amp = at.find("&amp;")) at.replace(amp, 5, "&");
    }
    return ids;
  };
  const auto of = [&](auto wanted) {
    std::vector<core::Id> ids;
    for (const auto& [due, id] : expected) {
      const int i = std::stoi(*database.text("SELECT opened_at - 1000 FROM cases WHERE id = '" + id + "'"));
      if (wanted(i)) ids.push_back(id);
    }
    return ids;
  };
  CHECK(listed("/cases?sort=term") == of([](int) { return true; }));
  CHECK(listed("/cases?show=application&sort=term") == of([](int i) { return i % 2 == 0; }));
  CHECK(listed("/cases?show=us&sort=term") == of([](int i) { return i % 3 == 0; }));
  CHECK(listed("/cases?sort=term&before=2026-02-30." + test::id(500)).size() == expected.size());  // no such day: from the first
  const auto rows = rows_of(std::string_view(desk.get("/cases.csv?sort=term").body).substr(3));
  std::vector<std::string> days;
  for (const auto& row : rows) {
    if (row.size() > 2 && row[row.size() - 2].starts_with("2026-")) days.push_back(row[row.size() - 2]);
  }
  CHECK(days.size() == expected.size());
  CHECK(std::is_sorted(days.begin(), days.end()));
  const auto page = desk.get("/cases?show=us&sort=term").body;
  CHECK(page.find("href=\"/cases?show=us\"") != std::string::npos);  // back to the newest first, the filter stays
  CHECK(page.find("href=\"/cases?show=application&amp;sort=term\"") != std::string::npos);
}

TEST_CASE("calendar: a strict reader of RFC 5545 takes what is exported, and refuses what breaks a rule of it", "[sync][export]") {
  const auto day = *core::parse_iso_date("2026-12-01");
  const auto stamp = std::chrono::sys_days{day} + std::chrono::hours{7};
  const std::string hard = "«Алатау», бюросы; C:\\x, 1;2\nекінші жол: " + std::string(200, 'q') + "ұзын ұзын ұзын ұзын ұзын ұзын ұзын ұзын";
  const auto text = reg::icalendar("Мерзімдер; a,b\\", {{"u-1@qabyl", day, hard, hard + "\nүшінші", "https://x/case/1"}, {"u-2@qabyl", day, "b", "", ""}}, stamp);
  const auto read = CalendarReader::read(text);
  CHECK(read.wrong == "");
  CHECK(read.name == "Мерзімдер; a,b\\");
  REQUIRE(read.events.size() == 2);
  CHECK(read.events[0].text.at("SUMMARY") == hard);
  CHECK(read.events[0].text.at("DESCRIPTION") == hard + "\nүшінші");
  const auto broken = [&](const std::string& from, const std::string& to) {
    auto other = text;
    other.replace(other.find(from), from.size(), to);
    return CalendarReader::read(other).wrong;
  };
  CHECK(broken("u-2@qabyl", "u-1@qabyl") == "UID twice: u-1@qabyl");
  CHECK(broken("VALUE=DATE:20261201", "VALUE=DATE:2026121") == "DTSTART is no date: 2026121");
  CHECK(broken("END:VCALENDAR\r\n", "") == "no end");
  CHECK(broken("SUMMARY:b", "SUMMARY:a,b") == "not escaped: a,b");
  CHECK(broken("SUMMARY:b", "SUMMARY:" + std::string(70, 'b')) == "a line is too long");
  CHECK(broken("UID:u-2@qabyl\r\n", "") == "an event without UID");
}

TEST_CASE("calendar: two terms of one name and day in one case are two events", "[sync][console][export]") {
  Desk desk;
  const core::Id id(desk.secrets.text("case"));
  for (int i = 0; i < 2; ++i) {
    REQUIRE(desk.office.registry->database.run("INSERT INTO case_terms(case_id, term, due, base, stated, side) VALUES(?, 'D14', '2026-12-04', '2026-11-30', '2026-12-04', 'bureau')", id));
  }
  desk.sign_in("clerk");
  const auto key = Desk::between(desk.post("/terms/calendar", "").body, "/terms.ics?key=", "<");
  const auto read = CalendarReader::read(desk.get("/terms.ics?key=" + key).body);
  CHECK(read.wrong == "");
  CHECK(read.events.size() == 2);
}

TEST_CASE("row 59: export: what a spreadsheet reads from a CSV is what was in the list, and no cell is a formula", "[sync][console][export][abuse]") {
  Desk desk;
  ConsoleLine line(desk);
  (void)desk.file_hostile();
  desk.sign_in("clerk");
  const auto text = desk.get("/cases.csv").body;
  const auto rows = rows_of(std::string_view(text).substr(3));
  REQUIRE(rows.size() >= 4);  // headings, two cases, who took it
  for (const auto& row : rows) {
    if (row.size() > 1) CHECK(row.size() == rows.front().size());
    for (const auto& cell : row) CHECK((cell.empty() || std::string_view("=+-@\t\r").find(cell.front()) == std::string_view::npos));
  }
  const auto named = [&](const std::vector<std::string>& row) { return row.front() == hostile_organisation; };
  CHECK(std::count_if(rows.begin(), rows.end(), named) == 1);
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
  const auto read = CalendarReader::read(feed.body);
  CHECK(read.wrong == "");
  CHECK(read.name == desk.office.registry->assets.texts.say(core::Language::kk, "console.terms"));
  REQUIRE(read.events.size() == 2);  // D09 and D13
  CHECK(read.events[0].text.at("DTSTART") == "20261201");
  CHECK(read.events[0].text.at("DTEND") == "20261202");
  CHECK(read.events[0].text.at("DTSTAMP") == "20261130T070000Z");
  CHECK(read.events[0].text.at("DESCRIPTION").find("\n") != std::string::npos);  // the whole count, line by line
  CHECK(core::valid_utf8(feed.body));
  CHECK(feed.body.find("DTSTART;VALUE=DATE:20261201\r\n") != std::string::npos);
  CHECK(feed.body.find("UID:" + id + "-D13-2026-11-30@qabyl") != std::string::npos);
  CHECK(desk.get("/terms.ics?key=" + std::string(32, '0')).status == 404);
  CHECK(desk.get("/terms.ics").status == 404);
  desk.sign_in("inspector");
  (void)desk.post("/terms/calendar", "");
  CHECK(desk.get("/terms.ics?key=" + key).status == 404);
  CHECK(desk.office.count("SELECT count(*) FROM calendar_keys") == 1);
}
