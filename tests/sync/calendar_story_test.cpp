// A newer calendar comes with a newer program: nothing changes until a person brings it into force, then every open case
// has its recount as a recorded act with before and after (A30).
#include "sync/registry/office_calendars.h"
#include "tests/support/places.h"
#include "tests/sync/newer_assets.h"
#include "tests/sync/story.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

core::Date day(const char* iso) { return *core::parse_iso_date(iso); }

// D13 of the bureau ends on 1 December; a request of the office is to be answered on the 4th.
struct Recounted : Story {
  Recounted() {
    begin();
    REQUIRE(act("inspector", "request", "items=access%20logs&due=2026-12-04") == "");
  }
  void newer(const std::string& lines) {
    desk.office.assets = newer_assets(desk.office, lines);
    desk.restart();
  }
  std::string due(std::string_view term) {
    const auto found = reg::case_now(*desk.office.registry, id);
    REQUIRE(found);
    for (const auto& one : reg::open_terms(*found)) {
      if (one.term.id == term) return core::iso_date(one.term.due);
    }
    return {};
  }
  std::int64_t recounts() { return desk.office.count("SELECT count(*) FROM records WHERE kind LIKE '%.recount_terms'"); }
  sync::Response take(const char* login) {
    desk.sign_in(login);
    return desk.act(login, "/terms/recount");
  }
};

}  // namespace

TEST_CASE("a newer calendar changes nothing until the unit's head brings it into force; then every open case is recounted by a record", "[sync][console][story][A30]") {
  Recounted story;
  story.newer("moved;2026-12-01;2026-12-05");  // 1 December becomes a day off
  CHECK(story.due("D13") == "2026-12-01");
  CHECK(story.terms().find("/terms/recount") == std::string::npos);  // a clerk is not asked
  story.desk.sign_in("unit");
  const auto offered = story.desk.get("/terms").body;
  CHECK(unbalanced(offered) == "");
  CHECK(offered.find("action=\"/terms/recount\"") != std::string::npos);
  CHECK(offered.find(newer_calendar_version) != std::string::npos);
  CHECK(offered.find("2026 жылғы 2 желтоқсан") != std::string::npos);  // the day that would bind
  CHECK(story.take("clerk").status == 403);
  CHECK(story.recounts() == 0);
  CHECK(story.bureau.newest("calendar").body.text("jws") != "");
  const auto before = story.bureau.newest("calendar").body;
  REQUIRE(story.take("unit").status == 303);
  CHECK(story.recounts() == 1);
  CHECK(story.due("D13") == "2026-12-02");
  CHECK(story.due("D14") == "2026-12-04");
  const auto told = core::read_asset(story.bureau.newest("calendar").body.text("jws"));
  REQUIRE(told);
  CHECK(told->version == newer_calendar_version);
  CHECK(story.bureau.newest("calendar").body != before);
  const auto page = story.page("inspector");
  CHECK(page.find("2026 жылғы 1 желтоқсан</small>") == std::string::npos);
  CHECK(page.find("D13: 2026 жылғы 1 желтоқсан → <b>2026 жылғы 2 желтоқсан</b>") != std::string::npos);
  CHECK(story.take("unit").status == 200);  // none waits: said on the page
  CHECK(story.recounts() == 1);
}

TEST_CASE("a day that comes earlier by a newer calendar does not bind a bureau that was told the later one; both are recorded", "[sync][console][story][A30]") {
  Recounted story;
  story.letter();
  REQUIRE(story.act("unit", "interim", "findings_kk=a&findings_ru=a&conclusions_kk=b&conclusions_ru=b") == "");
  const auto report = story.now().interims.begin()->first;
  REQUIRE(story.act("inspector", "interim_head", "report=" + report) == "");
  story.on("2026-12-02");
  REQUIRE(story.marks(core::kind::interim_receive, core::Json::Object{{"report", report}}, story.meta(core::kind::interim_sign_head), 1, "specialist") == "accepted");
  REQUIRE(story.due("D17") == "2026-12-08");  // the fourth working day
  story.newer("moved;2026-12-14;2026-12-05");  // Saturday the 5th is worked
  REQUIRE(story.take("head").status == 303);
  CHECK(story.due("D17") == "2026-12-08");
  const auto recount = reg::case_now(*story.desk.office.registry, story.id)->history.back();
  REQUIRE(recount.kind == core::kind::inspection_recount);
  REQUIRE(recount.body.items("lines").size() == 1);
  CHECK(recount.body.items("lines").front().text("after") == "2026-12-07");
  CHECK(recount.body.items("lines").front().text("binding") == "2026-12-08");
  CHECK(story.page("inspector").find("kz-2026-2 күнтізбесі бойынша қайта есептелді (A30). Бұрын айтылған күн: 2026 жылғы 8 желтоқсан. Қолданылатын күн: 2026 жылғы 8 желтоқсан.") != std::string::npos);
}

TEST_CASE("the calendar in force survives a restart with older or other assets, and what began under it stays counted by it", "[sync][console][story][A30]") {
  Recounted story;
  story.newer("moved;2026-12-01;2026-12-05");
  REQUIRE(story.take("deputy").status == 303);
  story.desk.office.assets = qabyl::test::in_build("/assets");  // back to the older program
  story.desk.restart();
  CHECK(story.due("D13") == "2026-12-02");
  const auto in_force = reg::calendar_in_force(*story.desk.office.registry);
  REQUIRE(in_force);
  CHECK((*in_force)->version() == newer_calendar_version);
  CHECK_FALSE((*in_force)->is_working(day("2026-12-01")));
  const auto waiting = reg::calendar_waiting(*story.desk.office.registry);
  REQUIRE(waiting);
  CHECK(*waiting == nullptr);
  story.newer("moved;2026-12-04;2026-12-12");  // other days under a version that is known: not read again
  CHECK(story.due("D14") == "2026-12-04");
  const auto still = reg::calendar_in_force(*story.desk.office.registry);
  REQUIRE(still);
  CHECK((*still)->is_working(day("2026-12-04")));
}

TEST_CASE("an application that is registered after a newer calendar came into force names it and counts by it", "[sync][console][story][A30]") {
  Desk desk;
  const auto id = desk.file_hostile();
  desk.office.assets = newer_assets(desk.office, "moved;2026-12-10;2026-12-12");
  desk.restart();
  desk.sign_in("head");
  REQUIRE(desk.act("head", "/terms/recount").status == 303);
  CHECK(desk.office.count("SELECT count(*) FROM records WHERE kind = 'licence_application.recount_terms'") == 0);  // nothing ran yet
  desk.sign_in("clerk");
  REQUIRE(desk.act("clerk", "/case/" + id + "/register").status == 303);
  REQUIRE(desk.act("clerk", "/case/" + id + "/incomplete", "missing=LD2&due=2026-12-10").status == 303);
  const auto now = reg::case_now(*desk.office.registry, id);
  REQUIRE(now);
  CHECK(reg::calendar_version(*now) == newer_calendar_version);
  REQUIRE(reg::open_terms(*now).size() == 1);
  CHECK(core::iso_date(reg::open_terms(*now).front().term.due) == "2026-12-11");  // the 10th is a day off now
}

TEST_CASE("what is filed after the closing hour, on a weekend, a holiday or a moved day off is registered on the next working day; on a Saturday that is worked, that day (A14)", "[sync][console][story][par1][A14]") {
  Desk desk;
  desk.office.assets = newer_assets(desk.office, "moved;2026-12-01;2026-12-05");
  desk.restart();
  desk.sign_in("head");
  REQUIRE(desk.act("head", "/terms/recount").status == 303);
  int n = 800;
  const auto registered_on = [&](const char* iso, int hour, int minute) {  // of Almaty
    auto filing = filing_of({"form " + std::to_string(++n)});
    filing.id = filing.case_id = id(n);
    filing.body["signature"] = core::to_json(signature(filing.docs.front().sha256, 2, n));
    filing.at.utc = std::chrono::sys_days{day(iso)} + std::chrono::hours{hour - 5} + std::chrono::minutes{minute};
    desk.office.now = filing.at.utc + std::chrono::seconds{30};
    const auto sent = desk.kiosk.next(std::move(filing));
    REQUIRE(desk.kiosk.put(sent).status == 200);
    REQUIRE(desk.office.registry->keep_document(core::as_bytes("form " + std::to_string(n)), desk.office.now));
    REQUIRE(desk.office.registry->store.mark_here(sent.record.id, 0));
    REQUIRE(reg::settle(*desk.office.registry, sent.record.id, desk.office.now));
    desk.sign_in("clerk");
    REQUIRE(desk.act("clerk", "/case/" + sent.record.case_id + "/register").status == 303);
    const auto now = reg::case_now(*desk.office.registry, sent.record.case_id);
    REQUIRE(now);
    CHECK_FALSE(now->history.back().body.flag("clock_doubtful"));
    return now->application.registered_on;
  };
  CHECK(registered_on("2026-11-27", 17, 59) == "2026-11-27");  // Friday
  CHECK(registered_on("2026-11-27", 18, 1) == "2026-11-30");
  CHECK(registered_on("2026-11-28", 12, 0) == "2026-11-30");   // Saturday
  CHECK(registered_on("2026-12-01", 12, 0) == "2026-12-02");   // Tuesday, moved
  CHECK(registered_on("2026-12-05", 12, 0) == "2026-12-05");   // Saturday, worked for it
  CHECK(registered_on("2026-12-06", 12, 0) == "2026-12-07");   // Sunday
  CHECK(registered_on("2026-12-16", 9, 30) == "2026-12-17");   // Wednesday, Independence Day
  CHECK(registered_on("2026-12-31", 20, 0) == "2027-01-05");   // New Year: 1 and 2 January, the weekend's day made up for on the 4th
}
