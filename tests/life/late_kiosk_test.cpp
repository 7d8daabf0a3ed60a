// What lies at a kiosk follows the office: a newer calendar taken into force moves the last days that its people see (A30),
// and a kiosk that is given a bureau late shows every paper with something still to do, as far as it was done elsewhere.
#include "tests/life/bureau_at_screen.h"
#include "tests/sync/newer_assets.h"
#include "tests/sync/story.h"

using namespace qabyl;
using namespace qabyl::life;
using core::BureauAct;

namespace {

namespace kind = core::kind;
namespace reg = sync::registry;
constexpr std::size_t deputy = 0, specialist = 1;  // of the sample office's people
constexpr const char* sample_bin = "040740001238";

// A second kiosk of the office beside that of the sample, whose papers the story's hand marks.
struct TwoKiosks {
  test::Story story;
  test::TestKiosk second{story.desk.office, story.desk.office.add_kiosk("AL-04"), 9};
  WholeKiosk kiosk{story.desk.office, second};
  BureauAtScreen bureau{kiosk, story.desk.secrets};

  test::TestOffice& office() { return story.desk.office; }
  void assign() { REQUIRE(reg::assign_bureau(*office().registry, "AL-04", sample_bin, office().now)); }
  void newer_calendar(const std::string& lines) {
    office().assets = test::newer_assets(office(), lines);
    story.desk.restart();
    story.desk.sign_in("head");
    REQUIRE(story.desk.act("head", "/terms/recount").status == 303);
  }
  // As Story::begin(), with strokes that nobody draws at the screens.
  void begin() {
    REQUIRE(mark() == "accepted");
    REQUIRE(story.act("clerk", "file", "unit=a&place=b") == "");
    story.on("2026-11-30");
    REQUIRE(story.act("inspector", "start", "date=2026-11-30") == "");
  }
  std::string mark() { return story.bureau.send(story.bureau.mark(++story.n, 0, story.id, core::Id(story.desk.secrets.text("notice")), story.bureau.meta(), 901)); }
  core::Id request() {
    REQUIRE(story.act("inspector", "request", "items=" + test::reg::percent_encoded("шарттар тізілімі\nқол жеткізу журналы") + "&due=2026-12-04") == "");
    return story.newest_request();
  }
  // At the sample's kiosk, by its paper.
  std::string marks(std::string_view act, std::string_view paper, const char* member, const core::Id& about, std::size_t who, const char* capacity) {
    story.bureau.base = story.paper(paper).text("id");
    return story.marks(act, core::Json::Object{{member, about}}, story.meta(paper), who, capacity);
  }
  std::vector<std::string> inbox_kinds() const {
    std::vector<std::string> kinds;
    for (const auto& paper : bureau.inbox()) kinds.push_back(paper.kind);
    return kinds;
  }
};

std::vector<BureauAct> offered(const kiosk::PaperView& paper) {
  std::vector<BureauAct> acts;
  for (const auto& one : paper.acts) acts.push_back(one.act);
  return acts;
}

}  // namespace

TEST_CASE("a newer calendar taken into force moves the last day on a paper that lies at a kiosk, and its explanation says so", "[life][A30]") {
  TwoKiosks at;
  at.assign();
  at.begin();
  at.request();
  REQUIRE(at.marks(kind::request_receive, kind::request_sign, "request", at.story.newest_request(), deputy, "deputy") == "accepted");
  at.bureau.comes(deputy);
  CHECK(at.bureau.paper(kind::notice_send).deadline == "2026-12-01");   // the letter of paragraph 13
  CHECK(at.bureau.paper(kind::request_sign).deadline == "2026-12-04");
  CHECK(at.bureau.inbox().front().kind == kind::notice_send);           // the nearest first
  at.bureau.leaves();

  at.newer_calendar("moved;2026-12-01;2026-12-05\nmoved;2026-12-02;2026-12-12\nmoved;2026-12-03;2026-12-19\nmoved;2026-12-04;2026-12-26");
  at.bureau.comes(deputy);
  const auto& notice = at.bureau.paper(kind::notice_send);
  CHECK(notice.deadline == "2026-12-05");                               // Saturday the fifth is worked
  CHECK(notice.deadline_days == 1);
  REQUIRE(notice.counted.size() > 3);
  CHECK(notice.counted.back().kk.find("kz-2026-2 күнтізбесі бойынша қайта есептелді") == 0);
  CHECK(notice.counted.back().ru.find("1 декабря 2026 года. Действует: 5 декабря 2026 года") != std::string::npos);
  CHECK(at.bureau.paper(kind::request_sign).deadline == "2026-12-05");  // the stated day became a day off
  at.bureau.leaves();
  at.kiosk.power_cut();
  at.bureau.comes(deputy);
  CHECK(at.bureau.paper(kind::notice_send).deadline == "2026-12-05");
  at.bureau.begins(kind::notice_send, BureauAct::letter);
  for (const auto who : {deputy, specialist, specialist, specialist, specialist}) at.bureau.names(who);
  const auto told = at.bureau.signs().body.member("told");
  CHECK(told.text("due") == "2026-12-05");
  CHECK(told.text("timeliness") == "in_time");
}

TEST_CASE("a day that comes earlier by a newer calendar is not shown to a bureau that was told the later one", "[life][A30]") {
  TwoKiosks at;
  at.assign();
  at.begin();
  at.story.letter();
  REQUIRE(at.story.act("unit", "interim", "findings_kk=a&findings_ru=a&conclusions_kk=b&conclusions_ru=b") == "");
  const auto report = at.story.now().interims.begin()->first;
  REQUIRE(at.story.act("inspector", "interim_head", "report=" + report) == "");
  at.story.on("2026-12-02");
  REQUIRE(at.marks(kind::interim_receive, kind::interim_sign_head, "report", report, specialist, "specialist") == "accepted");
  at.newer_calendar("moved;2026-12-14;2026-12-05");  // Saturday the fifth is worked: the count ends on Monday the seventh
  at.bureau.comes(specialist);
  const auto& paper = at.bureau.paper(kind::interim_sign_head);
  CHECK(paper.deadline == "2026-12-08");
  CHECK(paper.counted.back().en.find("The day that binds: 8 December 2026") != std::string::npos);
}

TEST_CASE("a paper of a case is counted at the kiosk by the version of the profile under which the case was opened, online, offline and after a restart", "[life][profile]") {
  TwoKiosks at;
  at.assign();
  at.begin();
  at.bureau.comes(deputy);
  CHECK(at.bureau.paper(kind::notice_send).deadline == "2026-12-01");  // one working day after the start
  at.bureau.leaves();
  CHECK(at.kiosk.app().set_up().current_profile().version == "2026-1");

  at.office().assets = test::newer_profile(at.office(), "2026-2", 3);
  at.story.desk.restart();
  at.kiosk.power_cut();  // the kiosk's own program is the newer one too, and the office has not taken the version
  CHECK(at.kiosk.app().set_up().current_profile().version == "2026-1");
  at.story.desk.sign_in("head");
  REQUIRE(at.story.desk.act("head", "/terms/profile", "profile=kz-2004-249").status == 303);
  const auto counted_by_the_first = [&] {
    at.bureau.comes(deputy);
    const auto& notice = at.bureau.paper(kind::notice_send);
    CHECK(notice.deadline == "2026-12-01");
    CHECK(std::any_of(notice.counted.begin(), notice.counted.end(), [](const auto& line) { return line.en.find("2026-1") != std::string::npos; }));
    CHECK(std::none_of(notice.counted.begin(), notice.counted.end(), [](const auto& line) { return line.en.find("2026-2") != std::string::npos; }));
    at.bureau.leaves();
  };
  counted_by_the_first();  // the version has come meanwhile
  CHECK((*at.kiosk.store().kept_asset("kz-2004-249@")).find("2026-2") != std::string::npos);
  at.kiosk.power_cut();
  CHECK(at.kiosk.app().set_up().current_profile().version == "2026-2");  // new applications are filed under it
  counted_by_the_first();
  at.kiosk.line.cut = true;
  at.kiosk.power_cut();
  counted_by_the_first();
}

TEST_CASE("a kiosk that is given a bureau late shows every paper with something to do, as far as it was done elsewhere", "[life]") {
  TwoKiosks at;
  at.begin();
  const auto request = at.request();
  REQUIRE(at.marks(kind::request_receive, kind::request_sign, "request", request, deputy, "deputy") == "accepted");
  at.story.bureau.base = at.story.paper(kind::request_sign).text("id");
  REQUIRE(at.story.files(kind::request_answer, core::Json::Object{{"request", request}, {"items", core::Json::Array{1}}, {"text", "Журнал"}}, deputy, "deputy") == "accepted");
  at.kiosk.sync();

  at.assign();
  at.bureau.comes(deputy);
  CHECK(at.inbox_kinds().size() == 2);
  CHECK(offered(at.bureau.paper(kind::notice_send)) == std::vector<BureauAct>{BureauAct::letter});
  const auto& asked = at.bureau.paper(kind::request_sign);
  CHECK(asked.deadline == "2026-12-04");
  REQUIRE(offered(asked) == std::vector<BureauAct>{BureauAct::answer, BureauAct::refuse});
  CHECK(asked.acts.front().open == std::vector<int>{0});  // the other item was answered at the first kiosk
  at.bureau.begins(kind::notice_send, BureauAct::letter);
  for (const auto who : {deputy, specialist, specialist, specialist, specialist}) at.bureau.names(who);
  at.bureau.signs();
  CHECK(at.story.now().letter.signed_on);
}

TEST_CASE("a notice that is marked waits at a late kiosk for the day on which its letter is due; a refusal at the office is known there", "[life][A10]") {
  TwoKiosks at;
  REQUIRE(at.story.act("clerk", "notice_refused", "date=2026-11-23&witnesses=" + test::reg::percent_encoded("К. Куә, маман\nЛ. Куә, заңгер")) == "");
  at.assign();
  at.bureau.comes(deputy);
  CHECK(offered(at.bureau.paper(kind::notice_send)) == std::vector<BureauAct>{BureauAct::receive});  // nobody needs refuse it twice
  at.bureau.leaves();
  REQUIRE(at.mark() == "accepted");  // at the other kiosk
  at.bureau.comes(deputy);
  CHECK(offered(at.bureau.paper(kind::notice_send)).empty());
  test::TestKiosk third(at.office(), at.office().add_kiosk("AL-05", {sample_bin}), 11);
  const auto feed = at.story.bureau.feed(third);
  CHECK(std::count_if(feed.begin(), feed.end(), [](const auto& item) { return item.kind == sync::feed_kind::paper; }) == 1);
  CHECK(std::count_if(feed.begin(), feed.end(), [](const auto& item) { return item.kind == sync::feed_kind::paper_state; }) == 2);
}

TEST_CASE("a paper of a closed inspection does not travel to a kiosk that is given the bureau afterwards", "[life]") {
  TwoKiosks at;
  REQUIRE(at.mark() == "accepted");
  REQUIRE(at.story.act("clerk", "file", "unit=a&place=b") == "");
  REQUIRE(at.story.act("head", "cancel", "order=7&reason=" + test::reg::percent_encoded("қайталанды")) == "");
  at.assign();
  at.bureau.comes(deputy);
  CHECK(at.bureau.inbox().empty());
}

TEST_CASE("a paper whose whole business was done at another kiosk leaves this one, and one on which something is awaited stays", "[life]") {
  TwoKiosks at;
  at.assign();
  at.begin();
  const auto request = at.request();
  REQUIRE(at.marks(kind::request_receive, kind::request_sign, "request", request, deputy, "deputy") == "accepted");
  at.story.bureau.base = at.story.paper(kind::request_sign).text("id");
  const auto answer = [&](core::Json::Array items) {
    return at.story.files(kind::request_answer, core::Json::Object{{"request", request}, {"items", std::move(items)}, {"text", "Журнал"}}, deputy, "deputy");
  };
  REQUIRE(answer({1}) == "accepted");
  at.kiosk.sync();
  const auto later = at.office().now + std::chrono::hours{24 * 31};
  CHECK(*at.kiosk.store().drop_old_papers(later) == 0);  // the other thing is awaited, and the letter of paragraph 13
  REQUIRE(answer({0}) == "accepted");
  const auto told = at.office().now;
  at.bureau.comes(deputy);
  CHECK(at.inbox_kinds().size() == 2);
  at.bureau.leaves();
  CHECK(*at.kiosk.store().drop_old_papers(told) == 0);
  CHECK(*at.kiosk.store().drop_old_papers(later) == 1);
  at.bureau.comes(deputy);
  CHECK(at.inbox_kinds() == std::vector<std::string>{std::string(kind::notice_send)});
}

TEST_CASE("with the end of an inspection its marked papers are over at every kiosk, though nobody did the rest", "[life]") {
  TwoKiosks at;
  at.assign();
  REQUIRE(at.mark() == "accepted");
  REQUIRE(at.story.act("clerk", "file", "unit=a&place=b") == "");
  at.kiosk.sync();
  const auto later = at.office().now + std::chrono::hours{24 * 31};
  CHECK(*at.kiosk.store().drop_old_papers(later) == 0);
  REQUIRE(at.story.act("head", "cancel", "order=7&reason=" + test::reg::percent_encoded("қайталанды")) == "");
  at.kiosk.sync();
  CHECK(*at.kiosk.store().drop_old_papers(later) == 1);
}

TEST_CASE("a paper that nobody ever marked leaves every kiosk once its case has ended, and travels to no further one", "[life]") {
  TwoKiosks at;
  at.assign();
  at.bureau.comes(deputy);
  CHECK(at.inbox_kinds() == std::vector<std::string>{std::string(kind::notice_send)});
  at.bureau.leaves();
  CHECK(*at.kiosk.store().drop_old_papers(at.office().now + std::chrono::hours{24 * 31}) == 0);
  at.story.on("2026-11-26");
  REQUIRE(at.story.act("head", "cancel", "order=7&reason=" + test::reg::percent_encoded("қайталанды")) == "");
  const auto ended = at.office().now;
  at.kiosk.catch_up();
  at.kiosk.sync();
  CHECK(*at.kiosk.store().drop_old_papers(ended) == 0);  // thirty days from its end it may still be read
  CHECK(*at.kiosk.store().drop_old_papers(ended + core::Millis{1}) == 1);
  at.bureau.comes(deputy);
  CHECK(at.bureau.inbox().empty());
  test::TestKiosk third{at.office(), at.office().add_kiosk("AL-05", {sample_bin}), 11};
  const auto feed = at.story.bureau.feed(third);
  CHECK(std::none_of(feed.begin(), feed.end(), [](const auto& item) { return item.kind == sync::feed_kind::paper; }));
}
