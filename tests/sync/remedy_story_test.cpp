// From the results of an inspection to its end, day by day through the console's forms and a kiosk's records: meetings of
// both levels and the protocol (21-24), settling, the plan item by item (27), prescriptions and sanctions (29), closing.
#include "tests/sync/story.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

std::string encoded(const char* text) { return reg::percent_encoded(text); }
core::Json about(const char* name, const core::Id& id) { return core::Json::Object{{name, id}}; }

const std::string breaches = "&breaches_kk=" + encoded("Қол жеткізу журналы жоқ\nКелісім алынбаған") + "&breaches_ru=" + encoded("Нет журнала доступа\nСогласие не получено");

// The summary report received with its copy 2 back, on the first day of the inspection.
struct Results : Story {
  core::Id report;
  Results() {
    begin();
    letter();
    REQUIRE(act("inspector", "end", "date=2026-11-30") == "");
    REQUIRE(act("inspector", "summary", "findings_kk=a&findings_ru=b&conclusions_kk=c&conclusions_ru=d" + breaches + "&superior=" + officer("unit")) == "");
    report = now().summaries.begin()->first;
    REQUIRE(act("unit", "summary_superior") == "");
    REQUIRE(act("clerk", "summary_send", "addressee=a") == "");
    const auto paper = meta(core::kind::summary_send);
    auto body = about("report", report);
    body["copy1_kept"] = true;
    REQUIRE(marks(core::kind::summary_receive, body, paper, 0, "deputy") == "accepted");
    for (int page = 1; page <= paper.number("pages"); ++page) {
      body = about("report", report);
      body["page"] = page;
      REQUIRE(marks(core::kind::summary_visa_page, body, paper, 0, "deputy") == "accepted");
    }
    REQUIRE(marks(core::kind::summary_mark_last_page, about("report", report), paper, 0, "deputy") == "accepted");
    body = about("report", report);
    body["paper"] = paper.text("d");
    REQUIRE(marks(core::kind::summary_return_copy2, body, paper, 0, "deputy") == "accepted");
  }
  core::Id call(const std::string& level, const std::string& chair) {
    REQUIRE(act("clerk", "meeting", "level=" + level + "&chair=" + officer(chair) + "&on=2026-12-01&place=room%204&invited=" + encoded("Ахметов Нұрлан")) == "");
    on("2026-12-01");
    const auto meeting = now().meetings.rbegin()->first;
    REQUIRE(act("clerk", "meeting_hold", "meeting=" + meeting + "&date=2026-12-01") == "");
    return meeting;
  }
  // Ten days without objections, then settled with these breaches.
  void settle(const std::string& standing) {
    on("2026-12-11");
    REQUIRE(act("clerk", "summary_over") == "");
    REQUIRE(act("inspector", "settle", standing) == "");
  }
  std::string protocol_fields(const core::Id& meeting) {
    return "meeting=" + meeting + "&heard_kk=" + encoded("Нәтижелер") + "&heard_ru=" + encoded("Результаты") + "&decided_kk=" + encoded("Жойылсын") + "&decided_ru=" + encoded("Устранить");
  }
};

core::Json item(int breach, const char* measure, const char* due) { return core::Json::Object{{"breach", breach}, {"measure", measure}, {"due", due}, {"executor", "Әбілов Д."}}; }

}  // namespace

TEST_CASE("a meeting of the unit is called with an invitation, held, and its protocol signed by the chair alone and sent", "[sync][console][story][par21][par23]") {
  Results story;
  CHECK(story.act("clerk", "meeting", "level=unit&chair=" + story.officer("deputy") + "&on=2026-12-01&place=a&invited=b") == story.said("reason.meeting.chair"));  // 21: of the unit
  CHECK(story.act("clerk", "meeting", "level=unit&chair=" + story.officer("unit") + "&on=2026-12-01&place=a&invited=") == story.said("reason.meeting.invited"));
  const auto meeting = story.call("unit", "unit");
  const auto invitation = story.meta(core::kind::meeting_call);
  CHECK(invitation.text("about") == meeting);
  CHECK(story.text_of(invitation.text("d")).find("Ахметов Нұрлан") != std::string::npos);
  CHECK(story.act("deputy", "protocol", story.protocol_fields(meeting)) == story.said("reason.protocol.not_chair"));
  REQUIRE(story.act("unit", "protocol", story.protocol_fields(meeting)) == "");
  CHECK(story.terms().find("D23S") != std::string::npos);
  REQUIRE(story.act("clerk", "protocol_send", "meeting=" + meeting + "&addressee=a") == "");
  const auto meta = story.meta(core::kind::protocol_send);
  CHECK(meta.member("details").text("level") == "unit");
  CHECK(meta.text("about") == meeting);
  CHECK(story.text_of(meta.text("d")).find("Жойылсын") != std::string::npos);
  REQUIRE(story.marks(core::kind::protocol_receive, about("meeting", meeting), meta, 1, "specialist") == "accepted");
  CHECK(story.terms().find("D23O") != std::string::npos);
  CHECK(story.act("clerk", "protocol_over", "meeting=" + meeting) == story.said("reason.protocol.still_running"));
  story.on("2026-12-05");
  REQUIRE(story.act("clerk", "protocol_over", "meeting=" + meeting) == "");
  CHECK(story.now().summaries.at(story.report).state == core::SummaryState::concluded);
  CHECK(story.page("auditor").find(story.said("console.card.meetings")) != std::string::npos);
}

TEST_CASE("objections to a protocol are accepted and amend it, or the body disagrees and its head decides", "[sync][console][story][par22][par24]") {
  Results story;
  const auto meeting = story.call("head", "deputy");
  CHECK(story.act("unit", "protocol", story.protocol_fields(meeting)) == story.said("reason.protocol.not_chair"));
  REQUIRE(story.act("deputy", "protocol", story.protocol_fields(meeting)) == "");
  story.on("2026-12-08");  // five calendar days ended on Sunday the sixth, so on Monday
  REQUIRE(story.act("clerk", "protocol_send", "meeting=" + meeting + "&addressee=a") == "");
  CHECK(story.now().meetings.at(meeting).sent_late);
  REQUIRE(story.act("clerk", "protocol_refused", "meeting=" + meeting + "&date=2026-12-08&witnesses=" + encoded("К. Куә, маман\nЛ. Куә, заңгер")) == "");
  REQUIRE(story.files(core::kind::protocol_object, about("meeting", meeting), 1, "specialist") == "accepted");
  const auto objection = story.now().meetings.at(meeting).objections.begin()->first;
  const auto treated = "meeting=" + meeting + "&treat." + objection + "=rejected&why." + objection + "=no&text=" + encoded("Өзгеріссіз");
  CHECK(story.act("unit", "protocol_amend", treated) == story.said("reason.protocol.not_chair"));
  SECTION("amended") {
    REQUIRE(story.act("deputy", "protocol_amend", treated) == "");
    CHECK(story.text_of(story.meta(core::kind::protocol_amend).text("d")).find("Өзгеріссіз") != std::string::npos);
    CHECK(story.now().meetings.at(meeting).state == core::MeetingState::amended);
  }
  SECTION("decided") {
    CHECK(story.act("head", "protocol_decide", treated) == story.said("reason.protocol.not_disagreed"));
    REQUIRE(story.act("deputy", "protocol_disagree", treated) == "");
    CHECK(story.act("unit", "protocol_decide", treated) == story.said("console.why.officer.role"));
    REQUIRE(story.act("head", "protocol_decide", treated) == "");
    CHECK(story.meta(core::kind::protocol_final_decision).text("about") == meeting);
    CHECK(story.now().meetings.at(meeting).decision == "Өзгеріссіз");
  }
}

TEST_CASE("a meeting can be cancelled until its protocol is signed", "[sync][console][story][par21]") {
  Results story;
  const auto meeting = story.call("unit", "unit");
  CHECK(story.act("clerk", "meeting_cancel", "meeting=" + meeting + "&reason=a") == story.said("console.why.officer.role"));
  REQUIRE(story.act("unit", "meeting_cancel", "meeting=" + meeting + "&reason=ill") == "");
  CHECK(story.now().meetings.at(meeting).state == core::MeetingState::cancelled);
  CHECK_FALSE(story.offers("unit", "meeting_cancel"));
}

TEST_CASE("without breaches that stand an inspection closes when it is settled", "[sync][console][story][par25]") {
  Results story;
  CHECK(story.act("inspector", "settle") == story.said("reason.settle.objections_open"));
  story.settle("");
  CHECK(story.desk.state(story.id) == "closed");
  CHECK(story.page("head").find("<details class=\"act\"") == std::string::npos);
}

TEST_CASE("a plan is demanded for the breaches that stand, returned, agreed, reported and explained item by item, and finished", "[sync][console][story][par27]") {
  Results story;
  story.settle("breaches=0&breaches=1");
  CHECK(story.desk.state(story.id) == "remedying");
  CHECK(story.act("clerk", "plan", breaches.substr(1) + "&due=2026-12-20") == story.said("console.why.officer.role"));
  CHECK(story.page("unit").find("Нет журнала доступа\nСогласие не получено") != std::string::npos);  // what stands is in the form
  CHECK(story.act("unit", "plan", breaches.substr(1) + "&due=2026-12-01") == story.said("reason.plan.due"));
  REQUIRE(story.act("unit", "plan", breaches.substr(1) + "&due=2026-12-18") == "");
  const auto plan = story.now().plans.begin()->first;
  auto meta = story.meta(core::kind::plan_demand);
  CHECK(meta.text("about") == plan);
  CHECK(meta.text("deadline") == "2026-12-18");
  CHECK(meta.member("details").items("breaches").size() == 2);
  CHECK(story.terms().find("D27") != std::string::npos);
  CHECK(story.act("unit", "plan_missed", "plan=" + plan) == story.said("reason.plan.still_running"));
  auto body = about("plan", plan);
  body["items"] = core::Json::Array{item(0, "журнал ашу", "2026-12-25"), item(1, "келісім алу", "2026-12-28")};
  REQUIRE(story.files(core::kind::plan_submit, body, 1, "specialist") == "accepted");
  REQUIRE(story.act("unit", "plan_return", "plan=" + plan + "&reason=" + encoded("мерзімі ұзақ") + "&due=2026-12-18") == "");
  CHECK(story.text_of(story.meta(core::kind::plan_return).text("d")).find("мерзімі ұзақ") != std::string::npos);
  REQUIRE(story.files(core::kind::plan_submit, body, 1, "specialist") == "accepted");
  REQUIRE(story.act("deputy", "plan_agree", "plan=" + plan) == "");
  meta = story.meta(core::kind::plan_agree);
  REQUIRE(meta.member("details").items("items").size() == 2);
  CHECK(meta.member("details").items("items")[0].text("due") == "2026-12-25");
  CHECK(story.text_of(meta.text("d")).find("журнал ашу") != std::string::npos);
  auto report = about("plan", plan);
  report["item"] = 0;
  REQUIRE(story.files(core::kind::plan_report, report, 1, "specialist") == "accepted");
  CHECK(story.act("unit", "plan_finish", "plan=" + plan + "&fulfilled=yes") == story.said("reason.plan.item_open"));
  CHECK(story.act("unit", "plan_item_overdue", "item=" + plan + ".1") == story.said("reason.plan.item_running"));
  story.on("2026-12-29");
  REQUIRE(story.act("unit", "plan_item_overdue", "item=" + plan + ".1") == "");
  CHECK(story.page("unit").find(story.said("console.state.item.overdue")) != std::string::npos);
  CHECK_FALSE(story.offers("unit", "plan_extend_item"));  // this profile knows no extension
  CHECK(story.act("unit", "plan_finish", "plan=" + plan + "&fulfilled=yes") == story.said("reason.plan.not_fulfilled"));
  REQUIRE(story.act("unit", "plan_finish", "plan=" + plan + "&fulfilled=no") == "");
  CHECK(story.act("unit", "close") == story.said("reason.close.prescription_due"));
}

TEST_CASE("a prescription is signed by the head or deputy, delivered, given more time, overdue, and followed by a sanction", "[sync][console][story][par29]") {
  Results story;
  story.settle("breaches=0");
  const auto fields = "breaches_kk=" + encoded("Журнал жоқ") + "&breaches_ru=" + encoded("Нет журнала") + "&article=" + encoded("11-бап") + "&measures_kk=" + encoded("Журнал ашылсын") + "&measures_ru=" + encoded("Завести журнал");
  CHECK(story.act("unit", "prescription", fields + "&due=2026-12-20") == story.said("console.why.officer.role"));
  CHECK(story.act("head", "prescription", "breaches_kk=a&breaches_ru=a&article=b&measures_kk=&measures_ru=&due=2026-12-20") == story.said("reason.prescription.measures"));
  CHECK(story.act("head", "prescription", fields + "&due=") == story.said("reason.prescription.due"));
  REQUIRE(story.act("head", "prescription", fields + "&due=2026-12-18&plan_demanded=1") == "");
  const auto id = story.now().prescriptions.begin()->first;
  const auto meta = story.meta(core::kind::prescription_sign);
  CHECK(meta.member("details").flag("plan_demanded"));
  CHECK(meta.member("details").items("measures")[0].string() == "Журнал ашылсын");
  CHECK(story.text_of(meta.text("d")).find("Завести журнал") != std::string::npos);
  REQUIRE(story.marks(core::kind::prescription_receive, about("prescription", id), meta, 1, "specialist") == "accepted");
  CHECK(story.copy_text(id, 2, true).find("Әбілов Дәурен") != std::string::npos);
  auto asks = about("prescription", id);
  asks["reason"] = "жабдық жеткізілмеді";
  asks["due"] = "2027-01-15";
  REQUIRE(story.files(core::kind::prescription_ask_extension, asks, 1, "specialist") == "accepted");
  CHECK(story.act("unit", "prescription_extend", "prescription=" + id + "&due=2026-12-25") == story.said("console.why.officer.role"));
  REQUIRE(story.act("deputy", "prescription_extend", "prescription=" + id + "&due=2026-12-25") == "");
  CHECK(story.act("unit", "prescription_overdue", "prescription=" + id) == story.said("reason.prescription.still_running"));
  REQUIRE(story.files(core::kind::prescription_notify, about("prescription", id), 1, "specialist") == "accepted");
  REQUIRE(story.act("inspector", "prescription_verify", "prescription=" + id + "&fulfilled=no") == "");
  story.on("2026-12-28");
  REQUIRE(story.act("unit", "prescription_overdue", "prescription=" + id) == "");
  CHECK(story.act("unit", "close") == story.said("reason.close.remedy_open"));
  const auto fine = "measure=fine&article=" + encoded("462-бап") + "&months=&reason=a&prescription=" + id;
  CHECK(story.act("head", "sanction", fine + "&amount_tenge=") == story.said("reason.sanction.amount"));
  CHECK(story.act("head", "sanction", "measure=suspension&article=a&months=7&reason=a") == story.said("reason.sanction.months"));
  REQUIRE(story.act("head", "sanction", fine + "&amount_tenge=432500") == "");
  const auto sanction = story.now().sanctions.begin()->first;
  CHECK(story.meta(core::kind::sanction_decide).member("details").text("measure") == "fine");
  CHECK(story.now().prescriptions.at(id).state == core::PrescriptionState::sanctioned);
  REQUIRE(story.marks(core::kind::sanction_receive, about("sanction", sanction), story.meta(core::kind::sanction_decide), 0, "deputy") == "accepted");
  const auto page = story.page("head");
  CHECK(page.find("432\u00A0500\u00A0₸") != std::string::npos);
  for (const char* language : {"ru", "en"}) {
    story.desk.language = language;
    CHECK(story.page("head").find("Журнал ашылсын") != std::string::npos);
  }
  story.desk.language = "kk";
  REQUIRE(story.act("head", "sanction_execute", "sanction=" + sanction + "&date=2026-12-28") == "");
  REQUIRE(story.act("unit", "close") == "");
  CHECK(story.desk.state(story.id) == "closed");
}

TEST_CASE("an inspection that was stopped may be closed unfinished, with a prescription all the same", "[sync][console][story][par28][par29]") {
  Story story;
  story.begin();
  REQUIRE(story.act("inspector", "access_refused", "date=2026-11-30&what=premises&text=closed") == "");
  const auto access = story.now().access.begin()->first;
  REQUIRE(story.act("inspector", "memo", "of=" + access + "&text=closed") == "");
  const auto memo = story.now().memos.begin()->first;
  CHECK(story.act("inspector", "halt", "memo=" + memo) == story.said("reason.halt.memo_first"));
  REQUIRE(story.act("head", "memo_receive", "memo=" + memo) == "");
  REQUIRE(story.act("inspector", "halt", "memo=" + memo) == "");
  const auto letter = story.meta(core::kind::inspection_halt);
  CHECK(story.text_of(letter.text("d")).find("12-тармақ") != std::string::npos);
  const auto whole = reg::case_now(*story.desk.office.registry, story.id);
  REQUIRE(whole);
  for (const auto& record : whole->history) {
    if (record.kind == core::kind::memo_sign) CHECK(story.text_of(record.body.text("paper")).find("Қызметтік жазба") != std::string::npos);
  }
  REQUIRE(story.act("inspector", "close_unfinished", "date=2026-11-30&reason=closed") == "");
  CHECK(story.desk.state(story.id) == "closed_unfinished");
  REQUIRE(story.act("deputy", "prescription", "breaches_kk=a&breaches_ru=a&article=b&measures_kk=c&measures_ru=c&due=2026-12-20") == "");
}
