// The reports of an inspection, day by day through the console's forms and a kiosk's records: interim reports with two
// signatures (16, 17), the summary report in two copies and the way of copy 2 (18-20), answers, third parties (26).
#include "tests/sync/story.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

std::string encoded(const char* text) { return reg::percent_encoded(text); }

const std::string interim_fields = "findings_kk=" + encoded("Журнал жүргізілмеген\nКөшірме жоқ") + "&findings_ru=" + encoded("Журнал не ведётся\nКопии нет") +
                                   "&conclusions_kk=" + encoded("Тәртіп бұзылған") + "&conclusions_ru=" + encoded("Порядок нарушен");
const std::string summary_fields = "findings_kk=" + encoded("Журнал жүргізілмеген") + "&findings_ru=" + encoded("Журнал не ведётся") +
                                   "&breaches_kk=" + encoded("Қол жеткізу журналы жоқ\nКелісім алынбаған") + "&breaches_ru=" + encoded("Нет журнала доступа\nСогласие не получено") +
                                   "&conclusions_kk=" + encoded("Жою қажет") + "&conclusions_ru=" + encoded("Устранить");

// Begun, with the letter of paragraph 13, and an interim report with both signatures at the bureau.
core::Id with_interim(Story& story) {
  story.begin();
  story.letter();
  REQUIRE(story.act("unit", "interim", interim_fields) == "");
  const auto report = story.now().interims.begin()->first;
  REQUIRE(story.act("inspector", "interim_head", "report=" + report) == "");
  return report;
}

// Fieldwork ended, the summary report signed by both and sent.
core::Id with_summary(Story& story) {
  REQUIRE(story.act("inspector", "end", "date=" + core::iso_date(story.desk.office.registry->assets.zone.local(story.desk.office.now).date)) == "");
  REQUIRE(story.act("inspector", "summary", summary_fields + "&superior=" + story.officer("unit")) == "");
  const auto report = story.now().summaries.begin()->first;
  REQUIRE(story.act("unit", "summary_superior") == "");
  REQUIRE(story.act("clerk", "summary_send", "addressee=" + encoded("Ахметов Нұрлан Серікұлы")) == "");
  return report;
}

core::Json about(const char* name, const core::Id& id) { return core::Json::Object{{name, id}}; }

std::string visa(Story& story, const core::Id& report, const core::Json& meta, int page) {
  auto body = about("report", report);
  body["page"] = page;
  return story.marks(core::kind::summary_visa_page, body, meta, 0, "deputy");
}

core::Id objection_of(const core::Objections& objections) {
  REQUIRE(objections.size() == 1);
  return objections.begin()->first;
}

}  // namespace

TEST_CASE("an interim report is signed by its executor and then by the head of the group, and only then goes to the bureau", "[sync][console][story][par16]") {
  Story story;
  story.begin();
  story.letter();
  CHECK(story.act("inspector", "interim", interim_fields) == story.said("console.why.officer.role"));  // the head is not its executor
  CHECK(story.act("unit", "interim", "findings_kk=a&findings_ru=&conclusions_kk=b&conclusions_ru=c") == story.said("console.why.documents.differ"));
  CHECK(story.act("unit", "interim", "findings_kk=&findings_ru=&conclusions_kk=&conclusions_ru=") == story.said("reason.text.missing"));
  REQUIRE(story.act("unit", "interim", interim_fields) == "");
  const auto report = story.now().interims.begin()->first;
  CHECK(story.act("unit", "interim_head", "report=" + report) == story.said("console.why.officer.role"));
  CHECK(story.act("deputy", "interim_head", "report=" + report) == story.said("console.why.officer.role"));
  for (const auto& item : story.bureau.feed(story.desk.kiosk)) CHECK((item.kind != "paper" || item.body.text("kind") == core::kind::notice_send));
  REQUIRE(story.act("inspector", "interim_head", "report=" + report) == "");
  const auto meta = story.meta(core::kind::interim_sign_head);
  CHECK(meta.text("about") == report);
  CHECK(meta.member("details").text("term") == "D17");
  const auto text = story.text_of(meta.text("d"));
  for (const char* said : {"Журнал жүргізілмеген", "Копии нет", "Алдын ала қорытындылар", "4 жұмыс күні", "Ермекова Сәуле", "Тұрсынов Асқар", "Алғандығы туралы белгі"}) {
    INFO(said);
    CHECK(text.find(said) != std::string::npos);
  }
  CHECK(story.page("clerk").find(story.said("console.card.interims")) != std::string::npos);
}

TEST_CASE("who stands in and also receives interim reports is told to the kiosk as the specialist for that paper, as the stand-in for others", "[sync][console][story][par13][par16][a18]") {
  Story story;
  const auto report = with_interim(story);  // its letter names the second person as both
  const auto second = story.bureau.person(1).text("id");
  CHECK(story.meta(core::kind::interim_sign_head).member("capacities").text(second) == "specialist");
  REQUIRE(story.act("inspector", "request", "items=a&due=2026-12-04") == "");
  CHECK(story.meta(core::kind::request_sign).member("capacities").text(second) == "stand_in");
  CHECK(story.now().interims.contains(report));
}

TEST_CASE("objections to an interim report are taken late too, stamped, and each is treated with a reason before it is carried over", "[sync][console][story][par17]") {
  Story story;
  const auto report = with_interim(story);
  CHECK(story.act("inspector", "interim_consider", "report=" + report) == story.said("reason.interim.nothing_to_consider"));
  REQUIRE(story.marks(core::kind::interim_receive, about("report", report), story.meta(core::kind::interim_sign_head), 1, "specialist") == "accepted");
  CHECK(story.bureau.newest("paper_state").body.text("paper") == story.paper(core::kind::interim_sign_head).text("id"));
  CHECK(story.copy_text(report, 2, true).find("Әбілов Дәурен") != std::string::npos);
  CHECK(story.terms().find("D17") != std::string::npos);
  CHECK(story.act("clerk", "interim_over", "report=" + report) == story.said("reason.interim.still_running"));
  story.on("2026-12-07");  // the fourth working day was 4 December
  CHECK(story.files(core::kind::interim_object, about("report", report), 1, "specialist") == "accepted");
  const auto objection = objection_of(story.now().interims.at(report).objections);
  auto page = story.page("inspector");
  CHECK(page.find(story.said("console.timeliness.late")) != std::string::npos);
  CHECK(page.find("/document?record=" + objection + "&amp;index=0") != std::string::npos);
  CHECK(page.find("name=\"treat." + objection + "\"") != std::string::npos);
  CHECK(story.act("inspector", "interim_consider", "report=" + report + "&treat." + objection + "=rejected&why." + objection + "=") == story.said("reason.objection.treatment_absurd"));
  CHECK(story.act("inspector", "interim_consider", "report=" + report) == story.said("reason.objection.untreated"));
  REQUIRE(story.act("inspector", "interim_consider", "report=" + report + "&treat." + objection + "=partly&why." + objection + "=" + encoded("журнал\r\nкейін табылды")) == "");
  CHECK(story.now().interims.at(report).objections.at(objection).reason == "журнал кейін табылды");
  REQUIRE(story.act("inspector", "interim_carry", "report=" + report + "&text=section%202") == "");
  CHECK(story.now().interims.at(report).state == core::InterimState::closed);
}

TEST_CASE("an interim report that was refused before witnesses runs its four days and is over without objections", "[sync][console][story][par17]") {
  Story story;
  const auto report = with_interim(story);
  CHECK(story.act("clerk", "interim_refused", "report=" + report + "&date=2026-11-30&witnesses=") == story.said("reason.receipt.unwitnessed"));
  REQUIRE(story.act("clerk", "interim_refused", "report=" + report + "&date=2026-11-30&witnesses=" + encoded("К. Куә, маман\nЛ. Куә, заңгер")) == "");
  story.on("2026-12-07");
  REQUIRE(story.act("clerk", "interim_over", "report=" + report) == "");
  REQUIRE(story.act("inspector", "interim_carry", "report=" + report + "&text=all") == "");
  CHECK_FALSE(story.offers("inspector", "interim_withdraw"));
}

TEST_CASE("the summary report has two signatures of two people, two copies with margin code and warning, and goes to the first head", "[sync][console][story][par18][par26]") {
  Story story;
  const auto interim = with_interim(story);
  REQUIRE(story.marks(core::kind::interim_receive, about("report", interim), story.meta(core::kind::interim_sign_head), 1, "specialist") == "accepted");
  REQUIRE(story.files(core::kind::interim_object, about("report", interim), 1, "specialist") == "accepted");
  const auto objection = objection_of(story.now().interims.at(interim).objections);
  REQUIRE(story.act("inspector", "end", "date=2026-11-30") == "");
  CHECK(story.act("inspector", "summary", summary_fields + "&superior=" + story.officer("unit")) == story.said("reason.summary.interim_open"));
  REQUIRE(story.act("inspector", "interim_consider", "report=" + interim + "&treat." + objection + "=rejected&why." + objection + "=no%20grounds") == "");
  CHECK(story.act("unit", "summary", summary_fields + "&superior=" + story.officer("unit")) == story.said("console.why.officer.role"));
  CHECK(story.act("inspector", "summary", summary_fields + "&superior=" + story.officer("inspector")) == story.said("reason.summary.not_superior"));
  CHECK(story.act("inspector", "summary", summary_fields + "&superior=" + story.officer("clerk")) == story.said("reason.summary.not_superior"));
  REQUIRE(story.act("inspector", "summary", summary_fields + "&superior=" + story.officer("unit")) == "");
  const auto report = story.now().summaries.begin()->first;
  CHECK(story.act("clerk", "summary_send", "addressee=a") == story.said("reason.summary.not_signed"));
  CHECK(story.act("deputy", "summary_superior") == story.said("reason.summary.not_superior"));     // the paper names another
  CHECK(story.act("inspector", "summary_superior") == story.said("console.why.officer.role"));     // nobody signs twice
  REQUIRE(story.act("unit", "summary_superior") == "");
  CHECK(story.act("clerk", "summary_send", "addressee=") == story.said("reason.summary.addressee"));
  REQUIRE(story.act("clerk", "summary_send", "addressee=" + encoded("Ахметов Нұрлан Серікұлы")) == "");
  CHECK_FALSE(story.now().summaries.at(report).sent_late);
  const auto first = story.copy_text(report, 1, false), second = story.copy_text(report, 2, false);
  for (const auto& copy : {first, second}) {
    for (const char* said : {"қабылданбады", "no grounds", "Қол жеткізу журналы жоқ", "Согласие не получено", "үшінші тұлғаларға беруге болмайды", "электрондық қол қойылды", "Бұрыштама"}) {
      INFO(said);
      CHECK(copy.find(said) != std::string::npos);
    }
  }
  CHECK(first.find("дана/экз. 1") != std::string::npos);
  CHECK(second.find("дана/экз. 2") != std::string::npos);
  CHECK(story.desk.state(story.id) == "reporting");
  CHECK(story.page("clerk").find("/copy?notice=" + report + "&amp;copy=2") != std::string::npos);
  CHECK_FALSE(story.offers("inspector", "summary_withdraw"));
}

TEST_CASE("copy 2 comes back with a visa on every sheet and the mark on the last, drawn into it; one sheet left out is refused", "[sync][console][story][par19]") {
  Story story;
  story.begin();
  story.letter();
  const auto report = with_summary(story);
  const auto meta = story.meta(core::kind::summary_send);
  const int pages = static_cast<int>(meta.number("pages"));
  auto kept = about("report", report);
  kept["copy1_kept"] = true;
  CHECK(story.marks(core::kind::summary_receive, kept, meta, 1, "specialist") == "quarantined: person.may_not");
  REQUIRE(story.marks(core::kind::summary_receive, kept, meta, 0, "deputy") == "accepted");
  CHECK(story.terms().find("D19") != std::string::npos);
  CHECK(story.terms().find("D20") != std::string::npos);
  for (int page = 1; page < pages; ++page) REQUIRE(visa(story, report, meta, page) == "accepted");
  CHECK(story.marks(core::kind::summary_mark_last_page, about("report", report), meta, 0, "deputy") == "quarantined: summary.visa_missing");
  REQUIRE(visa(story, report, meta, pages) == "accepted");
  REQUIRE(story.marks(core::kind::summary_mark_last_page, about("report", report), meta, 0, "deputy") == "accepted");
  auto back = about("report", report);
  back["paper"] = std::string(64, 'a');
  CHECK(story.marks(core::kind::summary_return_copy2, back, meta, 0, "deputy") == "quarantined: summary.paper_changed");
  back["paper"] = meta.text("d");
  REQUIRE(story.marks(core::kind::summary_return_copy2, back, meta, 0, "deputy") == "accepted");
  CHECK(story.desk.state(story.id) == "settling");
  CHECK(story.copy_text(report, 2, true).find("Қалиева Гүлнар") != std::string::npos);
  CHECK(story.page("clerk").find("copy=2&amp;marked=1") != std::string::npos);
  const auto copies = reg::copies_of(*story.desk.office.registry, report);
  REQUIRE(copies);
  REQUIRE(copies->size() == 3);
  for (const auto& one : *copies) CHECK(one.pages == pages);  // a visa never moves the text
}

TEST_CASE("objections to the summary report are answered by the unit or decided by the head; a copy that never came is noted", "[sync][console][story][par20][par24]") {
  Story story;
  story.begin();
  story.letter();
  const auto report = with_summary(story);
  REQUIRE(story.act("clerk", "summary_refused", "date=2026-11-30&witnesses=" + encoded("К. Куә, маман\nЛ. Куә, заңгер")) == "");
  CHECK(story.act("clerk", "summary_over") == story.said("reason.summary.still_running"));
  REQUIRE(story.files(core::kind::summary_object, about("report", report), 0, "deputy") == "accepted");
  const auto objection = objection_of(story.now().summaries.at(report).objections);
  const auto treated = "treat." + objection + "=partly&why." + objection + "=one%20of%20two&text=" + encoded("Шешім");
  CHECK(story.act("inspector", "summary_answer", treated) == story.said("console.why.officer.role"));
  SECTION("answered") {
    REQUIRE(story.act("unit", "summary_answer", treated) == "");
    const auto meta = story.meta(core::kind::summary_answer);
    CHECK(meta.text("about") == report);
    CHECK(story.text_of(meta.text("d")).find("ішінара қабылданды") != std::string::npos);
    CHECK(story.now().summaries.at(report).state == core::SummaryState::answered);
  }
  SECTION("decided without a meeting") {
    CHECK(story.act("unit", "summary_decide", treated) == story.said("console.why.officer.role"));
    REQUIRE(story.act("deputy", "summary_decide", treated) == "");
    CHECK(story.now().summaries.at(report).decision == "Шешім");
    CHECK(story.text_of(story.meta(core::kind::summary_final_decision).text("d")).find("Шешім") != std::string::npos);
  }
  story.on("2026-12-11");
  REQUIRE(story.act("clerk", "summary_over") == "");
  CHECK(story.now().summaries.at(report).copy_missing);
  CHECK(story.page("clerk").find(story.said("console.card.copy_missing")) != std::string::npos);
}

TEST_CASE("a report that is longer than a paper or a record may be is refused, says so, and uses up no number", "[sync][console][story][par18]") {
  Story story;
  story.begin();
  story.letter();
  std::string many, long_lines, heavy, words;
  for (int i = 0; i < 80; ++i) words += "жұмыс ";
  for (int i = 0; i < 100; ++i) many += "x\n", long_lines += std::string(999, 'x') + "\n", heavy += i < 75 ? words + "\n" : "";
  const auto fields = [](const std::string& lines) { return "findings_kk=" + lines + "&findings_ru=" + lines + "&conclusions_kk=" + lines + "&conclusions_ru=" + lines; };
  const auto number = story.desk.office.count("SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM facts WHERE name LIKE '%journal%'");
  CHECK(story.act("unit", "interim", fields(reg::percent_encoded(long_lines))) == story.said("console.why.paper.too_long"));
  CHECK(story.act("unit", "interim", fields(reg::percent_encoded(heavy))) == story.said("console.why.paper.too_long"));  // fits its pages, not a record
  CHECK(story.now().interims.empty());
  CHECK(story.desk.office.count("SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM facts WHERE name LIKE '%journal%'") == number);
  CHECK(story.act("unit", "interim", fields(reg::percent_encoded(many))) == "");
}

TEST_CASE("a report that was sent after thirty days is an alarm; one that was not sent can be withdrawn", "[sync][console][story][par18]") {
  Story story;
  story.begin();
  story.letter();
  REQUIRE(story.act("inspector", "end", "date=2026-11-30") == "");
  REQUIRE(story.act("inspector", "summary", summary_fields + "&superior=" + story.officer("deputy")) == "");
  REQUIRE(story.act("inspector", "summary_withdraw", "reason=error") == "");
  story.on("2027-01-05");
  const auto report = [&] {
    REQUIRE(story.act("inspector", "summary", summary_fields + "&superior=" + story.officer("deputy")) == "");
    REQUIRE(story.act("deputy", "summary_superior") == "");
    REQUIRE(story.act("clerk", "summary_send", "addressee=a") == "");
    return story.now().summaries.rbegin()->first;
  }();
  CHECK(story.now().summaries.at(report).sent_late);
  CHECK(story.page("clerk").find(story.said("console.card.sent_late")) != std::string::npos);
}

TEST_CASE("consent to give the report to a third party is given or refused with a reason, as a paper", "[sync][console][story][par26]") {
  Story story;
  story.begin();
  story.letter();
  with_summary(story);
  CHECK_FALSE(story.offers("unit", "disclosure"));
  core::Json asked = core::Json::Object{{"third_party", "«Қаржы» банкі"}, {"purpose", "аудит"}};
  REQUIRE(story.files(core::kind::disclosure_request, asked, 0, "deputy") == "accepted");
  const auto request = story.now().disclosures.begin()->first;
  CHECK(story.act("clerk", "disclosure", "disclosure=" + request + "&consent=yes") == story.said("console.why.officer.role"));
  CHECK(story.act("unit", "disclosure", "disclosure=" + request + "&consent=no&reason=") == story.said("reason.text.missing"));
  REQUIRE(story.act("unit", "disclosure", "disclosure=" + request + "&consent=no&reason=secret") == "");
  const auto meta = story.meta(core::kind::disclosure_answer);
  CHECK(meta.text("about") == request);
  CHECK_FALSE(meta.member("details").flag("consent"));
  CHECK(story.text_of(meta.text("d")).find("«Қаржы» банкі") != std::string::npos);
}

TEST_CASE("two officers on one case at once: the second is told what was added since, keeps what was typed, and may do it again", "[sync][console][story]") {
  Story story;
  story.begin();
  story.desk.sign_in("inspector");
  const auto seen = Desk::between(story.desk.get("/case/" + story.id).body, "name=\"seen\" value=\"", "\"");
  REQUIRE_FALSE(seen.empty());
  REQUIRE(story.act("unit", "room", "date=2026-11-30") == "");
  story.desk.sign_in("inspector");
  const auto stale = story.desk.act("inspector", "/case/" + story.id + "/request", "items=" + encoded("журнал") + "&due=2026-12-04&seen=" + seen);
  CHECK(stale.status == 409);
  CHECK(stale.body.find(story.said("console.why.case.changed")) != std::string::npos);
  CHECK(stale.body.find(story.said("console.rec.inspection.room_accept") + "</b>, Ермекова") != std::string::npos);
  CHECK(stale.body.find(">журнал</textarea>") != std::string::npos);
  CHECK(unbalanced(stale.body) == "");
  CHECK(story.now().requests.empty());
  // Who else had the room accepted in mind finds the form gone, and the words kept.
  const auto again = story.desk.act("inspector", "/case/" + story.id + "/room", "date=2026-11-29&seen=" + seen);
  CHECK(again.status == 409);
  CHECK(again.body.find("<div class=\"kept\">2026-11-29</div>") != std::string::npos);
  CHECK(unbalanced(again.body) == "");
  // A form that does not say what it knew is none of ours: nothing is done, nothing that was typed is lost.
  const auto unseen = story.desk.act("inspector", "/case/" + story.id + "/request", "items=" + encoded("журнал") + "&due=2026-12-04&seen=");
  CHECK(unseen.status == 400);
  CHECK(unseen.body.find(story.said("console.why.case.unseen")) != std::string::npos);
  CHECK(unseen.body.find(">журнал</textarea>") != std::string::npos);
  CHECK(story.now().requests.empty());
  const auto fresh = Desk::between(stale.body, "name=\"seen\" value=\"", "\"");
  CHECK(story.desk.act("inspector", "/case/" + story.id + "/request", "items=" + encoded("журнал") + "&due=2026-12-04&seen=" + fresh).status == 303);
}
