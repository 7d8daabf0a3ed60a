// One whole inspection of a bureau, record by record past the judge, under real keys: from the assignment to the
// close (paragraphs 7-29). And who may raise which act: the events that RULES.md f marks for kiosks, and no others.
#include "core/cases/open_terms.h"
#include "core/cases/raised_by.h"
#include "tests/core/lives.h"

using namespace qabyl::core;
using namespace qabyl::test;

namespace {

const std::map<std::string, std::uint8_t> keys{{"S-first_head", 1}, {"S-responsible_manager", 2}, {"S-specialist", 3}, {"S-representative", 4}};

SigningKey key(std::uint8_t seed) {
  SeededRandom random(seed);
  return new_signing_key(random);
}
std::vector<StaffEntry> staff() {
  std::vector<StaffEntry> all;
  for (const auto& [staff_id, seed] : keys) {
    all.push_back({staff_id, "Динара Мысалова", "қызметкер", "040740001238", key(seed).verify_key, noon_of("2026-01-01"), Instant{}, staff_id == "S-first_head" ? "first_head" : ""});
  }
  return all;
}

// The case as it grows: each act is signed by its person and must be accepted.
struct Life {
  CaseView view{{}, staff(), true, book(), {}};

  void add(Record one) {
    if (one.body.find("act") != nullptr) one.body["act"] = sign_jws(key(keys.at(one.body.text("staff"))), typ::act, as_bytes(act_of_bureau(one)));
    const auto judgement = judge(view, one);
    INFO(one.kind << ": " << judgement.reason << " " << judgement.field);
    REQUIRE(judgement.outcome == Outcome::accepted);
    view.history.push_back(std::move(one));
  }
  void office(const char* day, std::string_view kind, int n, Json body, Json by) { add(on(day, kind, n, with(std::move(body), "signer", std::move(by)))); }
  void note(const char* day, std::string_view kind, int n, Json body) { add(on(day, kind, n, std::move(body))); }
  void mark(const char* day, std::string_view kind, int n, Json body, const char* who, const char* paper, int pages) {
    add(by_bureau(day, kind, n, std::move(body), who, paper_d(paper), pages));
  }
  void hand_in(const char* day, std::string_view kind, int n, Json body, const char* who) { add(filing(day, kind, n, std::move(body), who)); }
  Inspection now() const { return fold_inspection(view.history, view.book); }
};

Json unit_head() { return signer("Ж. Бөлім", "unit_head"); }
Json names(const char* member, int n) { return Json::Object{{member, id(n)}}; }
Json treated(int objection) { return Json::Array{Json::Object{{"objection", id(objection)}, {"treatment", "partly"}, {"reason", "Ішінара расталды"}}}; }
Json list(const char* text) { return Json::Array{text}; }
Json to_first_head() { return Json::Object{{"name", "Айгүл Үлгібаева"}, {"position", "first_head"}}; }

void fieldwork(Life& life) {
  for (const auto& one : {assigned(), registered(), notice()}) life.add(one);
  life.note("2026-11-24", kind::notice_receipt_refused, 22, with(names("notice", 13), "witnesses", witnesses()));
  life.note("2026-11-30", kind::inspection_start, 26, {});
  life.hand_in("2026-12-01", kind::letter_of_responsibles, 27, letter_body(), "first_head");
  life.note("2026-12-02", kind::request_sign, 31, with(with(paper_body("request", 2, group_head()), "items", list("Журналдар")), "due", "2026-12-11"));
  life.mark("2026-12-02", kind::request_receive, 32, names("request", 31), "representative", "request", 2);
  life.hand_in("2026-12-10", kind::request_answer, 33, with(names("request", 31), "items", Json::Array{0}), "specialist");
  life.note("2026-12-14", kind::interim_sign_executor, 61, paper_body("interim", 2, signer("С. Маман", "executor")));
  life.office("2026-12-14", kind::interim_sign_head, 62, names("report", 61), group_head());
  life.mark("2026-12-15", kind::interim_receive, 63, names("report", 61), "specialist", "interim", 2);
  life.hand_in("2026-12-21", kind::interim_object, 64, names("report", 61), "specialist");
  life.office("2026-12-24", kind::interim_consider, 65, with(names("report", 61), "treatments", treated(64)), group_head());
  life.office("2026-12-24", kind::interim_carry_over, 66, with(names("report", 61), "text", "4-бөлім"), group_head());
  life.office("2027-02-10", kind::end_fieldwork, 30, {}, group_head());
}

void reports(Life& life) {
  const auto report = names("report", 81);
  const Json d(to_hex(paper_d("summary")));
  life.note("2027-02-15", kind::summary_sign_head, 81, with(paper_body("summary", 2, group_head()), "breaches", list("Шарт жоқ")));
  life.office("2027-02-16", kind::summary_sign_superior, 82, with(report, "superior_of", "А. Инспектор"), unit_head());
  life.note("2027-02-17", kind::summary_send, 83, with(with(report, "copies", Json::Array{d, d}), "addressee", to_first_head()));
  life.mark("2027-02-18", kind::summary_receive, 84, with(report, "copy1_kept", true), "responsible_manager", "summary", 2);
  for (const int page : {1, 2}) life.mark("2027-02-18", kind::summary_visa_page, 84 + page, with(report, "page", page), "responsible_manager", "summary", 2);
  life.mark("2027-02-18", kind::summary_mark_last_page, 87, report, "responsible_manager", "summary", 2);
  life.mark("2027-02-19", kind::summary_return_copy2, 88, with(report, "paper", d), "representative", "summary", 2);
  life.hand_in("2027-02-25", kind::summary_object, 89, report, "responsible_manager");
  life.note("2027-03-03", kind::meeting_call, 111,
            with(with(Json(Json::Object{{"level", "unit"}, {"on", "2027-03-10"}}), "chair", unit_head()), "invited", list("Айгүл Үлгібаева")));
  life.note("2027-03-10", kind::meeting_hold, 112, names("meeting", 111));
  life.note("2027-03-11", kind::protocol_sign, 113, with(with(paper_body("protocol", 1, unit_head()), "meeting", id(111)), "text", "Қаралды"));
  life.note("2027-03-12", kind::protocol_send, 114, with(names("meeting", 111), "addressee", to_first_head()));
  life.mark("2027-03-15", kind::protocol_receive, 115, names("meeting", 111), "responsible_manager", "protocol", 1);
  life.note("2027-03-30", kind::protocol_window_over, 116, names("meeting", 111));
  life.office("2027-04-02", kind::inspection_settle, 117, with(Json(), "breaches", Json::Array{0}), group_head());
}

void remedy(Life& life) {
  const auto plan = names("plan", 141), prescription = names("prescription", 161);
  const Json item = Json::Object{{"breach", 0}, {"measure", "Шарт жасасу"}, {"due", "2027-05-14"}, {"executor", "Д. Мысалова"}};
  life.office("2027-04-05", kind::plan_demand, 141, with(Json(Json::Object{{"due", "2027-04-15"}}), "breaches", list("Шарт жоқ")), unit_head());
  life.hand_in("2027-04-12", kind::plan_submit, 142, with(plan, "items", Json::Array{item}), "responsible_manager");
  life.office("2027-04-14", kind::plan_agree, 143, plan, unit_head());
  life.hand_in("2027-05-10", kind::plan_report, 144, with(plan, "item", 0), "responsible_manager");
  life.office("2027-05-20", kind::plan_finish, 145, with(plan, "fulfilled", true), unit_head());
  auto body = with(with(paper_body("prescription", 1, deputy()), "breaches", list("Шарт жоқ")), "measures", list("Бақылау енгізу"));
  life.note("2027-04-12", kind::prescription_sign, 161, with(with(body, "article", "11-бап"), "due", "2027-05-14"));
  life.mark("2027-04-13", kind::prescription_receive, 162, prescription, "responsible_manager", "prescription", 1);
  life.hand_in("2027-05-11", kind::prescription_notify, 163, prescription, "responsible_manager");
  life.office("2027-05-20", kind::prescription_verify, 164, with(prescription, "fulfilled", true), group_head());
  life.office("2027-05-21", kind::inspection_close, 165, {}, unit_head());
}

}  // namespace

TEST_CASE("a whole inspection passes the judge, act by act, and closes", "[core][judgement][life]") {
  Life life;
  fieldwork(life);
  CHECK(life.now().state == InspectionState::fieldwork_ended);
  CHECK(life.now().requests.at(id(31)).timeliness == Timeliness::in_time);
  reports(life);
  CHECK(life.now().state == InspectionState::remedying);
  CHECK(life.now().summaries.at(id(81)).objections.at(id(89)).treatment == "at_meeting");
  remedy(life);
  CHECK(life.now().state == InspectionState::closed);
  CHECK(open_terms(life.now()).empty());
}

TEST_CASE("a second visa of a page, and a visa by another hand, are held back by the judge", "[core][judgement][par19]") {
  Life life;
  fieldwork(life);
  reports(life);
  life.view.history.resize(life.view.history.size() - 11);  // as it was before the second page
  REQUIRE(life.view.history.back().kind == kind::summary_visa_page);
  auto again = by_bureau("2027-02-18", kind::summary_visa_page, 99, with(names("report", 81), "page", 1), "responsible_manager", paper_d("summary"), 2);
  again.body["act"] = sign_jws(key(2), typ::act, as_bytes(act_of_bureau(again)));
  CHECK(judge(life.view, again).reason == "summary.page_visaed");
  auto other = by_bureau("2027-02-18", kind::summary_visa_page, 98, with(names("report", 81), "page", 2), "first_head", paper_d("summary"), 2);
  other.body["act"] = sign_jws(key(1), typ::act, as_bytes(act_of_bureau(other)));
  CHECK(judge(life.view, other).reason == "summary.other_person");
}

TEST_CASE("kiosks raise what RULES.md marks for them, the office all the rest", "[core][judgement]") {
  for (const auto at_kiosk : {kind::letter_of_responsibles, kind::request_receive, kind::request_answer, kind::interim_receive, kind::interim_object,
                              kind::interim_no_remarks, kind::summary_receive, kind::summary_visa_page, kind::summary_mark_last_page,
                              kind::summary_return_copy2, kind::summary_object, kind::summary_pass_on, kind::protocol_receive, kind::protocol_object, kind::plan_submit,
                              kind::plan_report, kind::plan_explain, kind::prescription_receive, kind::prescription_notify, kind::sanction_receive,
                              kind::notice_mark_receipt, kind::disclosure_request, kind::licence_suspension_receive}) {
    INFO(at_kiosk);
    CHECK(raised_by(at_kiosk) == RaisedBy::bureau);
  }
  for (const auto by_applicant : {kind::application_submit, kind::application_supplement, kind::application_withdraw, kind::licence_deliver}) {
    CHECK(raised_by(by_applicant) == RaisedBy::applicant);
  }
  for (const auto in_office : {kind::assignment_sign, kind::inspection_start, kind::extension_sign, kind::inspection_halt, kind::interim_sign_head,
                               kind::summary_send, kind::summary_window_over, kind::protocol_sign, kind::plan_agree, kind::prescription_sign,
                               kind::sanction_decide, kind::application_grant, kind::licence_issue, kind::inspection_recount}) {
    INFO(in_office);
    CHECK(raised_by(in_office) == RaisedBy::office);
  }
  CHECK(raised_by(kind::interim_receipt_refused) == RaisedBy::anywhere);
  CHECK(raised_by(kind::licence_suspension_receipt_refused) == RaisedBy::anywhere);
}
