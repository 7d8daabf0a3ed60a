// One inspection, day by day on a fake clock, through the console's forms and the kiosk's records alone: from the mark of
// receipt to the end of fieldwork (paragraphs 10-15, 28, 9, 18). Every page it passes is asked for what it must say.
#include "core/encoding.h"
#include "tests/sync/story.h"

using namespace qabyl;
using namespace qabyl::test;

TEST_CASE("an inspection starts on its day, by the head of the group alone; the letter of paragraph 13 is due the next working day", "[sync][console][story][par9][par13]") {
  Story story;
  CHECK_FALSE(story.offers("inspector", "start"));
  REQUIRE(story.bureau.send(story.bureau.mark(++story.n, 0, story.id, core::Id(story.desk.secrets.text("notice")), story.bureau.meta(), 1)) == "accepted");
  CHECK(story.act("inspector", "start", "date=2026-11-23") == story.said("reason.start.too_early"));
  story.on("2026-11-30");
  CHECK(story.act("unit", "start", "date=2026-11-30") == story.said("console.why.officer.role"));
  CHECK(story.act("clerk", "start", "date=2026-11-30") == story.said("console.why.officer.role"));
  CHECK(story.act("inspector", "start", "date=2026-11-30") == "");
  CHECK(story.desk.state(story.id) == "in_progress");
  const auto page = story.page("inspector");
  CHECK(page.find("D13") != std::string::npos);                         // the running term,
  CHECK(page.find("2026 жылғы 1 желтоқсан") != std::string::npos);      // its day
  CHECK(page.find("<summary>" + story.said("console.term.how")) != std::string::npos);  // and the count behind it
  CHECK(story.terms().find("/case/" + story.id) != std::string::npos);
  CHECK(story.bureau.send(story.bureau.filing(++story.n, core::kind::letter_of_responsibles, story.id, letter_from(story.bureau), 1, "specialist")) == "quarantined: letter.signer");
  CHECK(story.bureau.send(story.bureau.filing(++story.n, core::kind::letter_of_responsibles, story.id, letter_from(story.bureau), 0, "deputy")) == "accepted");
  CHECK(story.page("inspector").find("D13") == std::string::npos);
}

TEST_CASE("a written request goes out as a paper, is marked, answered in part, overdue; only after a memo does the inspection stop", "[sync][console][story][par14][par28]") {
  Story story;
  story.begin();
  REQUIRE(story.bureau.send(story.bureau.filing(++story.n, core::kind::letter_of_responsibles, story.id, letter_from(story.bureau), 0, "deputy")) == "accepted");
  CHECK(story.act("inspector", "request", "items=&due=2026-12-04") == story.said("reason.request.items"));
  CHECK(story.act("inspector", "request", "items=a%0Ab&due=2026-11-29") == story.said("reason.request.due"));
  REQUIRE(story.act("inspector", "request", "items=register%20of%20contracts%0Aaccess%20logs&due=2026-12-04") == "");
  const auto request = story.newest_request();
  const auto paper = story.bureau.newest("paper").body;
  CHECK(paper.text("kind") == core::kind::request_sign);
  CHECK(paper.text("id") == request);
  const auto meta = story.bureau.meta_of(paper);
  CHECK(meta.text("deadline") == "2026-12-04");
  CHECK(meta.member("title").text("ru") == "Письменный запрос");
  const auto printed = story.text_of(meta.text("d"));  // the paper says how its day was counted, in both languages
  for (const char* said : {"D14", "14-тармақ", "2026 жылғы 4 желтоқсан, жұма", "пункт 14", "4 декабря 2026 года, пятница", "kz-2026-1"}) {
    INFO(said);
    CHECK(printed.find(said) != std::string::npos);
  }
  const auto about = core::Json(core::Json::Object{{"request", request}});
  const auto received = story.bureau.act(++story.n, core::kind::request_receive, story.id, about, 1, "specialist", *core::digest_from_hex(meta.text("d")), static_cast<int>(meta.number("pages")));
  CHECK(story.bureau.send(received) == "accepted");
  CHECK(story.bureau.newest("paper_state").body.text("paper") == request);
  CHECK(story.terms().find("D14") != std::string::npos);
  auto part = about;
  part["items"] = core::Json::Array{0};
  story.bureau.base = request;
  CHECK(story.bureau.send(story.bureau.filing(++story.n, core::kind::request_answer, story.id, part, 1, "specialist")) == "accepted");
  const auto told = story.bureau.newest("paper_state").body;  // every kiosk of the bureau learns what was done with the paper
  CHECK(told.text("paper") == request);
  CHECK(told.flag("closed"));
  CHECK(told.text("by_record") == received.record.id);
  CHECK(told.member("act").text("kind") == core::kind::request_answer);
  CHECK(told.member("act").member("body").items("items") == core::Json::Array{0});
  CHECK(told.member("act").member("body").find("signature") == nullptr);
  CHECK(story.act("inspector", "request_overdue", "request=" + request) == story.said("reason.request.still_running"));
  story.on("2026-12-07");
  CHECK(story.terms().find("class=\"tag bad\"") != std::string::npos);
  REQUIRE(story.act("inspector", "request_overdue", "request=" + request) == "");
  CHECK(story.terms().find("term=D14&amp;base=2026-11-30") != std::string::npos);  // noted, and owed still
  CHECK(story.page("inspector").find("<span class=\"dot late\">") != std::string::npos);
  CHECK(story.act("inspector", "halt", "memo=") == story.said("reason.halt.memo_first"));
  REQUIRE(story.act("inspector", "memo", "of=" + request + "&text=no%20logs") == "");
  const auto memo = story.now().memos.begin()->first;
  CHECK(story.act("inspector", "memo_receive", "memo=" + memo) == story.said("console.why.officer.role"));
  REQUIRE(story.act("deputy", "memo_receive", "memo=" + memo) == "");
  REQUIRE(story.act("inspector", "halt", "memo=" + memo) == "");
  CHECK(story.desk.state(story.id) == "halted");
  CHECK(story.act("inspector", "resume") == story.said("reason.resume.obstacle_stands"));
  auto rest = about;
  rest["items"] = core::Json::Array{1};
  CHECK(story.bureau.send(story.bureau.filing(++story.n, core::kind::request_answer, story.id, rest, 1, "specialist")) == "accepted");
  CHECK(story.terms().find("D14") == std::string::npos);  // answered
  REQUIRE(story.act("inspector", "resume") == "");
  CHECK(story.desk.state(story.id) == "in_progress");
}

TEST_CASE("the page of a case says what is still to come, with its days; each due date of the queue leads to its whole count", "[sync][console][story][par13][par18]") {
  Story story;
  CHECK(story.page("clerk").find(story.said("console.stage.start")) != std::string::npos);
  story.begin();
  const auto page = story.page("inspector");
  CHECK(page.find("<b>" + story.said("term.what.d13") + "</b>") != std::string::npos);
  CHECK(page.find(reg::escaped(story.desk.office.registry->assets.texts.say(core::Language::kk, "console.until", {{"date", "2026 жылғы 1 желтоқсан"}}))) != std::string::npos);
  for (const char* stage : {"end", "summary", "copy", "settle", "close"}) CHECK(page.find("<b>" + story.said("console.stage." + std::string(stage)) + "</b>") != std::string::npos);
  for (const char* stage : {"notice", "start"}) CHECK(page.find("<b>" + story.said("console.stage." + std::string(stage)) + "</b>") == std::string::npos);
  CHECK(page.find("<i class=\"last\"><b>1</b>" + story.said("console.weekday.2") + "</i>") != std::string::npos);  // 1 December is a Tuesday
  CHECK(page.find("<i class=\"off\"><b>5</b>") != std::string::npos);
  CHECK(page.find(reg::escaped(story.desk.office.registry->assets.texts.say(core::Language::kk, "console.term.by_assignment", {{"date", "2027 жылғы 29 қаңтар"}}))) != std::string::npos);

  const std::string how = "/term?case=" + story.id + "&term=D13&base=2026-11-30";
  CHECK(story.terms().find(reg::escaped(how)) != std::string::npos);
  const auto count = story.desk.get(how);
  CHECK(count.status == 200);
  CHECK(unbalanced(count.body) == "");
  CHECK(count.body.find("R13.1") != std::string::npos);
  CHECK(count.body.find("kz-2026-1") != std::string::npos);  // the calendar's version
  CHECK(count.body.find("class=\"days\"") != std::string::npos);
  CHECK(story.desk.get("/term?case=" + story.id + "&term=D99&base=2026-11-30").status == 404);
  CHECK(story.desk.get("/term?case=&term=D13&base=2026-11-30").status == 404);
  REQUIRE(story.desk.office.registry->database.run("DELETE FROM case_people"));
  story.desk.sign_in("inspector");
  CHECK(story.desk.get(how).status == 404);  // not his case any more (O3)
}

TEST_CASE("fieldwork: documents, room, undertakings, one extension by an additional assignment with its notice, and the end", "[sync][console][story][par9][par11][par15]") {
  Story story;
  story.begin();
  REQUIRE(story.act("inspector", "documents", "date=2026-11-30&items=" + reg::percent_encoded("ақпараттық жүйеге қол жеткізу журналдары")) == "");
  int given = 0;
  for (const auto& [text, is_given] : story.now().documents) given += is_given ? 1 : 0;
  CHECK(story.now().documents.size() == 4);
  CHECK(given == 1);
  REQUIRE(story.act("unit", "room", "date=2026-11-30") == "");
  CHECK_FALSE(story.offers("unit", "room"));
  for (const char* login : {"inspector", "unit"}) {
    REQUIRE(story.act(login, "undertaking") == "");
    CHECK_FALSE(story.offers(login, "undertaking"));
  }
  CHECK(story.act("clerk", "undertaking") == story.said("console.why.officer.role"));
  const auto end = story.now().term_end;
  CHECK(story.act("inspector", "extend", "new_end=2027-02-10&reason=volume") == story.said("console.why.officer.role"));
  CHECK(story.act("head", "extend", "new_end=2027-04-30&reason=volume") == story.said("reason.extension.too_long"));
  CHECK(story.act("head", "extend", "new_end=2027-02-10&reason=") == story.said("reason.text.missing"));
  REQUIRE(story.act("head", "extend", "new_end=2027-02-10&reason=volume") == "");
  CHECK(story.act("clerk", "extension_notice") == story.said("reason.extension.not_registered"));
  REQUIRE(story.act("clerk", "extension_committee", "number=26-200&date=2026-11-30&office=Almaty") == "");
  REQUIRE(story.act("clerk", "extension_notice") == "");
  CHECK(core::iso_date(end) < "2027-02-10");
  CHECK(core::iso_date(story.now().term_end) == "2027-02-10");
  const auto paper = story.bureau.newest("paper").body;
  const auto meta = story.bureau.meta_of(paper);
  CHECK(meta.member("title").text("en") == "Notice of extension of the inspection");
  CHECK(story.bureau.send(story.bureau.mark(++story.n, 0, story.id, core::Id(paper.text("id")), meta, 2)) == "accepted");
  CHECK(story.page("clerk").find("/copy?notice=" + story.desk.secrets.text("notice")) != std::string::npos);  // the first notice keeps its copies
  const core::Id notice(paper.text("id"));
  CHECK(story.copy_text(notice, 1, false).find("дана/экз. 1") != std::string::npos);
  CHECK(story.copy_text(notice, 2, true).find("Қалиева Гүлнар") != std::string::npos);
  CHECK_FALSE(story.offers("clerk", "extension_refused"));
  CHECK(story.act("clerk", "extension_file", "unit=" + std::string(600'000, 'a') + "&place=b") == story.said("console.why.paper.too_long"));
  REQUIRE(story.act("clerk", "extension_file", "unit=a&place=b") == "");
  CHECK(story.now().extensions.back().notice.state == core::NoticeState::filed);
  const auto additional = story.text_of(story.now().extensions.back().assignment.text("paper"));
  for (const char* said : {"Тексеруге қосымша тапсырма", "Дополнительное задание", "10 ақпан", "volume", "Тұрсынов Асқар", "Сәрсенбаева Айгүл"}) {
    INFO(said);
    CHECK(additional.find(said) != std::string::npos);
  }
  CHECK(story.act("head", "extend", "new_end=2027-03-10&reason=again") == story.said("reason.extension.already"));
  story.on("2027-02-10");
  CHECK(story.act("unit", "end", "date=2027-02-10") == story.said("console.why.officer.role"));
  REQUIRE(story.act("inspector", "end", "date=2027-02-10") == "");
  CHECK(story.desk.state(story.id) == "fieldwork_ended");
  CHECK(story.page("inspector").find("D18") != std::string::npos);
  CHECK(story.terms().find("D18") != std::string::npos);
}

TEST_CASE("an inspection is cancelled by the head before it starts, and a refused receipt is noted with witnesses", "[sync][console][story][par10][par30]") {
  Story story;
  CHECK(story.act("clerk", "notice_refused", "date=2026-11-23&witnesses=") == story.said("reason.receipt.unwitnessed"));
  REQUIRE(story.act("clerk", "notice_refused", "date=2026-11-23&witnesses=" + reg::percent_encoded("К. Куә, маман\nЛ. Куә, заңгер")) == "");
  CHECK(story.desk.state(story.id) == "notice_receipt_refused");
  CHECK(story.act("clerk", "cancel", "order=7&reason=none") == story.said("console.why.officer.role"));
  REQUIRE(story.act("head", "cancel", "order=7&reason=none") == "");
  CHECK(story.desk.state(story.id) == "cancelled");
  CHECK(story.page("inspector").find("<details class=\"act\"") == std::string::npos);  // nothing is left to do
}
