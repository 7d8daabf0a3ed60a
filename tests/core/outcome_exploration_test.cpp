// Every way from the end of fieldwork to the close of an inspection (RULES f4; paragraphs 17-29): what the reports,
// meetings, plans and prescriptions inside it move, and what must hold in each state.
#include "tests/core/lives.h"

using namespace qabyl::core;
using namespace qabyl::test;

namespace {

Json unit_head() { return signer("Ж. Бөлім", "unit_head"); }
Record act(std::string_view day, std::string_view kind, int n, Json by, Json body = Json()) {
  body["signer"] = std::move(by);
  return on(day, kind, n, std::move(body));
}
Record witnessed(std::string_view day, std::string_view kind, int n, Json body) { return on(day, kind, n, with(std::move(body), "witnesses", witnesses())); }

// --- fieldwork that leaves nothing open, or an interim report ---

std::vector<Record> fieldwork() {
  return {assigned(), registered(), notice(), witnessed("2026-11-24", kind::notice_receipt_refused, 22, Json::Object{{"notice", id(13)}}),
          on("2026-11-30", kind::inspection_start, 26, {}), filing("2026-12-01", kind::letter_of_responsibles, 27, letter_body())};
}
Record interim() { return on("2027-02-01", kind::interim_sign_executor, 61, paper_body("interim", 1, signer("С. Маман", "executor"))); }
Record interim_withdrawn() {
  return act("2027-02-02", kind::interim_withdraw, 62, group_head(), Json::Object{{"report", id(61)}, {"reason", "Жиынтық есепке кіреді"}});
}
Record ended() { return act("2027-02-10", kind::end_fieldwork, 30, group_head()); }

// --- report of one page ---

Json report_id() { return Json::Object{{"report", id(81)}}; }
Record summary() { return on("2027-02-15", kind::summary_sign_head, 81, with(paper_body("summary", 1, group_head()), "breaches", Json::Array{"Шарт жоқ"})); }
Record superior() { return act("2027-02-16", kind::summary_sign_superior, 82, unit_head(), with(report_id(), "superior_of", "А. Инспектор")); }
Record summary_withdrawn() { return act("2027-02-16", kind::summary_withdraw, 83, group_head(), with(report_id(), "reason", "Қате")); }
Record sent() {
  auto body = report_id();
  body["copies"] = Json::Array{to_hex(paper_d("summary")), to_hex(paper_d("summary"))};
  body["addressee"] = Json::Object{{"name", "Айгүл Үлгібаева"}, {"position", "first_head"}};
  return on("2027-02-17", kind::summary_send, 84, body);
}
Record at_bureau(std::string_view kind, int n, Json body) { return by_bureau("2027-02-18", kind, n, std::move(body), "responsible_manager", paper_d("summary")); }
Record received() { return at_bureau(kind::summary_receive, 85, with(report_id(), "copy1_kept", true)); }
Record refusal() { return witnessed("2027-02-18", kind::summary_receipt_refused, 86, report_id()); }
Record visa() { return at_bureau(kind::summary_visa_page, 87, with(report_id(), "page", 1)); }
Record marked() { return at_bureau(kind::summary_mark_last_page, 88, report_id()); }
Record returned() { return at_bureau(kind::summary_return_copy2, 89, with(report_id(), "paper", to_hex(paper_d("summary")))); }
Record objection() { return filing("2027-02-25", kind::summary_object, 90, report_id(), "responsible_manager"); }
Record window_over() { return on("2027-03-02", kind::summary_window_over, 91, report_id()); }
Json treated(int objection) { return Json::Array{Json::Object{{"objection", id(objection)}, {"treatment", "rejected"}, {"reason", "Расталмады"}}}; }
Record answered() { return act("2027-03-03", kind::summary_answer, 92, unit_head(), with(report_id(), "treatments", treated(90))); }

// --- meeting ---

Json meeting_id() { return Json::Object{{"meeting", id(111)}}; }
Record called() {
  auto body = Json(Json::Object{{"level", "unit"}, {"on", "2027-03-10"}});
  body["chair"] = unit_head();
  body["invited"] = Json::Array{"Айгүл Үлгібаева"};
  return on("2027-03-05", kind::meeting_call, 111, body);
}
Record called_again() {
  auto again = called();
  again.id = id(110);
  return again;
}
Record second_cancelled() {
  return act("2027-04-01", kind::meeting_cancel, 109, unit_head(), Json::Object{{"meeting", id(110)}, {"reason", "Қажет емес"}});
}
Record held() { return on("2027-03-10", kind::meeting_hold, 112, meeting_id()); }
Record meeting_cancelled() { return act("2027-03-09", kind::meeting_cancel, 113, unit_head(), with(meeting_id(), "reason", "Қажет емес")); }
Record protocol() {
  auto body = paper_body("protocol", 1, unit_head());
  body["meeting"] = id(111);
  body["text"] = "Нәтижелер қаралды";
  return on("2027-03-11", kind::protocol_sign, 114, body);
}
Record protocol_sent() {
  return on("2027-03-12", kind::protocol_send, 115, with(meeting_id(), "addressee", Json::Object{{"name", "Айгүл Үлгібаева"}, {"position", "first_head"}}));
}
Record protocol_refusal() { return witnessed("2027-03-15", kind::protocol_receipt_refused, 116, meeting_id()); }
Record protocol_objection() { return filing("2027-03-16", kind::protocol_object, 117, meeting_id(), "responsible_manager"); }
Record protocol_window_over() { return on("2027-03-30", kind::protocol_window_over, 118, meeting_id()); }
Record disagreed() { return act("2027-03-30", kind::protocol_disagree, 119, unit_head(), with(meeting_id(), "treatments", treated(117))); }
Record decided() { return act("2027-03-31", kind::protocol_final_decision, 120, deputy(), with(meeting_id(), "text", "Өзгеріссіз")); }

// --- settling, remedy, closing ---

Record settled(Json::Array breaches, int n) { return act("2027-04-02", kind::inspection_settle, n, group_head(), with(Json(), "breaches", std::move(breaches))); }
Record closed() { return act("2027-08-02", kind::inspection_close, 190, unit_head()); }
Record disclosure() { return filing("2027-03-05", kind::disclosure_request, 131, Json::Object{{"third_party", "«Банк» АҚ"}, {"purpose", "Қарыз"}}, "first_head"); }

Record plan() { return act("2027-04-05", kind::plan_demand, 141, unit_head(), with(Json(Json::Object{{"due", "2027-04-15"}}), "breaches", Json::Array{"Шарт жоқ"})); }
Record plan_missed() { return on("2027-04-20", kind::plan_missed, 142, Json::Object{{"plan", id(141)}}); }
Record plan_withdrawn() { return act("2027-04-06", kind::plan_withdraw, 143, unit_head(), Json::Object{{"plan", id(141)}, {"reason", "Ұйғарым берілді"}}); }
Record prescribed() {
  auto body = paper_body("prescription", 1, deputy());
  body["breaches"] = Json::Array{"Шарт жоқ"};
  body["measures"] = Json::Array{"Шарт жасасу"};
  body["article"] = "11-бап";
  body["due"] = "2027-05-14";
  return on("2027-04-12", kind::prescription_sign, 161, body);
}
Json prescription_id() { return Json::Object{{"prescription", id(161)}}; }
Record prescription_served() { return witnessed("2027-04-13", kind::prescription_receipt_refused, 162, prescription_id()); }
Record prescription_overdue() { return on("2027-05-17", kind::prescription_overdue, 163, prescription_id()); }
Record prescription_withdrawn() { return act("2027-05-18", kind::prescription_withdraw, 164, deputy(), with(prescription_id(), "reason", "Сот күшін жойды")); }
Record fined(const char* after = "") {
  auto body = paper_body("sanction", 1, deputy());
  body["measure"] = "fine";
  body["article"] = "462-бап";
  body["amount_tenge"] = 864'500;
  if (*after != '\0') body["prescription"] = std::string(after);
  return on("2027-06-16", kind::sanction_decide, 181, body);
}
Record sanction_served() { return witnessed("2027-06-17", kind::sanction_receipt_refused, 182, Json::Object{{"sanction", id(181)}}); }
Record sanction_executed() { return on("2027-07-20", kind::sanction_execute, 183, Json::Object{{"sanction", id(181)}}); }

std::vector<Move> report_moves() {
  return {{interim()}, {interim_withdrawn()}, {ended()}, {summary()}, {superior()}, {summary_withdrawn()}, {sent()},
          {received(), false}, {refusal()}, {visa(), false}, {marked(), false}, {returned(), false}, {objection(), false}, {window_over()}, {answered()},
          {called()}, {called_again()}, {second_cancelled()}, {held()}, {meeting_cancelled()}, {protocol()}, {protocol_sent()}, {protocol_refusal()}, {protocol_objection(), false},
          {protocol_window_over()}, {disagreed()}, {decided()}, {settled({}, 191)}, {settled({0}, 192)}, {settled({1}, 193), true, "settle.breach_unknown"},
          {with(settled({}, 194), "signer", signer("Н. Хатшы", "clerk")), true, "signer.position"}, {disclosure(), false},
          {with(interim_withdrawn(), "report", id(99)), true, "interim.unknown"}, {with(superior(), "report", id(99)), true, "summary.unknown"},
          {with(held(), "meeting", id(99)), true, "meeting.unknown"}};
}

std::vector<Move> remedy_moves() {
  return {{plan()}, {plan_missed()}, {plan_withdrawn()}, {prescribed()}, {prescription_served()}, {prescription_overdue()}, {prescription_withdrawn()},
          {with(prescribed(), "signer", signer("А. Инспектор", "deputy")), true, "prescription.own_settlement"},
          {with(fined(), "signer", signer("А. Инспектор", "deputy")), true, "prescription.own_settlement"},
          {fined()}, {fined(id(161).c_str())}, {sanction_served()}, {sanction_executed()}, {closed()}, {objection(), false}, {protocol_objection(), false},
          {with(closed(), "signer", group_head()), true, "signer.position"}, {with(closed(), "date", "2027-02-30"), true, "date.absurd"},
          {with(plan_missed(), "plan", id(99)), true, "plan.unknown"}, {with(prescription_served(), "prescription", id(99)), true, "prescription.unknown"},
          {with(sanction_served(), "sanction", id(99)), true, "sanction.unknown"},
          {on("2027-04-05", kind::disclosure_answer, 195, Json::Object{{"disclosure", id(99)}}), true, "disclosure.unknown"}};
}

std::string key_of(const Inspection& one) {
  std::string key(to_text(one.state));
  for (const auto& [each, value] : one.interims) key += " i:" + std::string(to_text(value.state));
  for (const auto& [each, value] : one.summaries) {
    key += " s:" + std::string(to_text(value.state)) + " " + std::string(to_text(value.copy)) + (value.copy_missing ? " missing" : "");
    key += std::to_string(value.visaed.size()) + (value.receipt ? value.receipt->refused ? " refused" : " marked" : "");
    for (const auto& [objection, how] : value.objections) key += " o" + how.treatment;
  }
  for (const auto& [each, value] : one.meetings) key += " m" + each.substr(29) + std::string(to_text(value.state)) + std::to_string(value.objections.size());
  for (const auto& [each, value] : one.plans) key += " p:" + std::string(to_text(value.state));
  for (const auto& [each, value] : one.prescriptions) key += " r:" + std::string(to_text(value.state));
  for (const auto& [each, value] : one.sanctions) key += " f:" + std::string(to_text(value.state)) + value.prescription;
  return key + " " + std::to_string(one.breaches.size()) + std::to_string(one.disclosures.size());
}

Exploration<Inspection> every(std::vector<Record> before, const std::vector<Move>& moves) {
  static const auto rules = book();
  Inspection first;
  for (const auto& one : before) {
    auto next = first.apply(one, rules);
    INFO(one.kind << ": " << (next ? "" : next.error().detail));
    REQUIRE(next);
    first = *next;
  }
  return explore(first, moves, [](const Inspection& one, const Record& next) { return one.apply(next, rules); }, key_of,
                 [](const Inspection& one) { return to_text(one.state); });
}
const Exploration<Inspection>& every_report() {
  static const auto found = every(fieldwork(), report_moves());
  return found;
}
std::vector<Record> remedying() {
  auto history = fieldwork();
  for (const auto& one : {ended(), summary(), superior(), sent(), refusal(), window_over(), called(), held(), protocol(), protocol_sent(), protocol_refusal(),
                          protocol_window_over(), settled({0}, 192)}) {
    history.push_back(one);
  }
  return history;
}
const Exploration<Inspection>& every_remedy() {
  static const auto found = every(remedying(), remedy_moves());
  return found;
}

bool decided_or_quiet(const SummaryReport& one) { return one.state == SummaryState::concluded || one.state == SummaryState::answered; }

}  // namespace

namespace qabyl::test {
Refusals outcome_refusals() {
  auto all = every_report().refusals;
  for (const auto& [kind, codes] : every_remedy().refusals) all[kind].insert(codes.begin(), codes.end());
  const auto early = fold_inspection(fieldwork(), book());
  for (const auto& one : {plan(), prescribed(), fined(), disclosure()}) all[one.kind].insert(early.apply(one, book()).error().detail);
  return all;
}
void visit_outcome_states(const VisitInspection& visit) {
  for (const auto* found : {&every_report(), &every_remedy()}) {
    for (const auto& [key, one] : found->states) visit(key, one);
  }
}
}  // namespace qabyl::test

TEST_CASE("from fieldwork to a settled inspection: every state, every way between them", "[core][exploration][par18][par20]") {
  report("inspection: reports and meetings (f4)", every_report());
  CHECK(ways(every_report()) == R"(
closed -disclosure.request-> closed
closed -protocol.object-> closed
closed -summary.mark_last_page-> closed
closed -summary.object-> closed
closed -summary.receive-> closed
closed -summary.return_copy-> closed
closed -summary.visa_page-> closed
fieldwork_ended -interim.withdraw-> fieldwork_ended
fieldwork_ended -summary.send-> reporting
fieldwork_ended -summary.sign_head-> fieldwork_ended
fieldwork_ended -summary.sign_superior-> fieldwork_ended
fieldwork_ended -summary.withdraw-> fieldwork_ended
in_progress -inspection.end_fieldwork-> fieldwork_ended
in_progress -interim.sign_executor-> in_progress
in_progress -interim.withdraw-> in_progress
remedying -disclosure.request-> remedying
remedying -protocol.object-> remedying
remedying -summary.mark_last_page-> remedying
remedying -summary.object-> remedying
remedying -summary.receive-> remedying
remedying -summary.return_copy-> remedying
remedying -summary.visa_page-> remedying
reporting -disclosure.request-> reporting
reporting -meeting.call-> reporting
reporting -meeting.cancel-> reporting
reporting -meeting.hold-> reporting
reporting -protocol.disagree-> reporting
reporting -protocol.final_decision-> reporting
reporting -protocol.object-> reporting
reporting -protocol.receipt_refused-> reporting
reporting -protocol.send-> reporting
reporting -protocol.sign-> reporting
reporting -protocol.window_over-> reporting
reporting -summary.answer-> reporting
reporting -summary.mark_last_page-> reporting
reporting -summary.object-> reporting
reporting -summary.receipt_refused-> reporting
reporting -summary.receive-> reporting
reporting -summary.return_copy-> settling
reporting -summary.visa_page-> reporting
reporting -summary.window_over-> settling
settling -disclosure.request-> settling
settling -inspection.settle-> closed remedying
settling -meeting.call-> settling
settling -meeting.cancel-> settling
settling -meeting.hold-> settling
settling -protocol.disagree-> settling
settling -protocol.final_decision-> settling
settling -protocol.object-> settling
settling -protocol.receipt_refused-> settling
settling -protocol.send-> settling
settling -protocol.sign-> settling
settling -protocol.window_over-> settling
settling -summary.answer-> settling
settling -summary.mark_last_page-> settling
settling -summary.object-> settling
settling -summary.receive-> settling
settling -summary.return_copy-> settling
settling -summary.visa_page-> settling
settling -summary.window_over-> settling
)");
  CHECK(guards(every_report()) == R"(
disclosure.request: disclosure.already_asked disclosure.no_report
inspection.end_fieldwork: fieldwork.not_running
inspection.settle: settle.breach_unknown settle.not_now settle.objections_open signer.position
interim.sign_executor: fieldwork.not_running interim.already_signed
interim.withdraw: interim.already_delivered interim.unknown
meeting.call: meeting.already_called meeting.no_report
meeting.cancel: meeting.protocol_signed meeting.unknown
meeting.hold: meeting.not_called meeting.unknown
protocol.disagree: meeting.unknown protocol.nothing_to_consider
protocol.final_decision: meeting.unknown protocol.not_disagreed
protocol.object: meeting.unknown protocol.not_delivered
protocol.receipt_refused: meeting.unknown protocol.not_out
protocol.send: meeting.unknown protocol.not_signed
protocol.sign: meeting.unknown protocol.not_held
protocol.window_over: meeting.unknown protocol.not_open
summary.answer: summary.nothing_to_answer summary.unknown
summary.mark_last_page: summary.not_with_bureau summary.unknown summary.visa_missing
summary.object: summary.not_delivered summary.unknown
summary.receipt_refused: summary.not_out summary.unknown
summary.receive: summary.not_out summary.unknown
summary.return_copy: summary.not_marked summary.unknown
summary.send: summary.not_signed summary.unknown
summary.sign_head: summary.already_signed summary.before_end summary.interim_open
summary.sign_superior: summary.head_first summary.unknown
summary.visa_page: summary.not_with_bureau summary.page_visaed summary.unknown
summary.window_over: summary.not_open summary.unknown
summary.withdraw: summary.already_sent summary.unknown
)");
  const auto over = [](const Inspection& one) {
    const bool again = one.summaries.size() == 1 && one.summaries.begin()->second.state == SummaryState::withdrawn;  // see below
    return again || one.state == InspectionState::closed || one.state == InspectionState::remedying;
  };
  CHECK(stuck(every_report(), over) == std::vector<std::string>{});
}

TEST_CASE("from a settled inspection to its close: every state, every way between them", "[core][exploration][par27][par29]") {
  report("inspection: remedy (f4)", every_remedy());
  CHECK(ways(every_remedy()) == R"(
closed -protocol.object-> closed
closed -summary.object-> closed
remedying -inspection.close-> closed
remedying -plan.demand-> remedying
remedying -plan.missed-> remedying
remedying -plan.withdraw-> remedying
remedying -prescription.overdue-> remedying
remedying -prescription.receipt_refused-> remedying
remedying -prescription.sign-> remedying
remedying -prescription.withdraw-> remedying
remedying -protocol.object-> remedying
remedying -sanction.decide-> remedying
remedying -sanction.execute-> remedying
remedying -sanction.receipt_refused-> remedying
remedying -summary.object-> remedying
)");
  CHECK(guards(every_remedy()) == R"(
disclosure.answer: disclosure.unknown
inspection.close: close.not_remedying close.nothing_asked close.prescription_due close.remedy_open date.absurd signer.position
plan.demand: plan.already_demanded plan.before_report
plan.missed: plan.not_asked plan.unknown
plan.withdraw: plan.not_asked plan.unknown
prescription.overdue: prescription.not_running prescription.unknown
prescription.receipt_refused: prescription.not_out prescription.unknown
prescription.sign: prescription.already_signed prescription.before_settlement prescription.own_settlement
prescription.withdraw: prescription.not_running prescription.unknown
sanction.decide: prescription.before_settlement prescription.own_settlement sanction.already_decided sanction.prescription_not_overdue
sanction.execute: sanction.not_in_force sanction.unknown
sanction.receipt_refused: sanction.not_out sanction.unknown
)");
  CHECK(stuck(every_remedy(), [](const Inspection& one) { return one.state == InspectionState::closed; }).empty());
}

TEST_CASE("what must hold of an inspection's outcome holds in every state reached", "[core][exploration]") {
  for (const auto& [key, one] : every_report().states) {
    INFO(key);
    for (const auto& [each, value] : one.summaries) {
      const bool out = value.state != SummaryState::none && value.state != SummaryState::signed_by_head && value.state != SummaryState::withdrawn;
      if (out && value.state != SummaryState::issued) CHECK(one.state != InspectionState::fieldwork_ended);
      if (out) CHECK(!value.superior.name.empty());            // never one signature
      if (value.copy == CopyTwo::returned) CHECK(value.all_visaed());
    }
    const bool settled = one.state == InspectionState::remedying || one.state == InspectionState::closed;
    if (settled) {
      const auto& report = one.summaries.begin()->second;
      CHECK(decided_or_quiet(report));
      CHECK(report.copy_settled());
      // No settlement while the ten days run and nothing came: either they are over, or a word was said.
      for (const auto& [each, meeting] : one.meetings) CHECK((meeting.concluded() || meeting.state == MeetingState::cancelled));
    }
    for (const auto& [each, value] : one.interims) {
      if (!one.summaries.empty()) CHECK(value.settled());
    }
  }
  for (const auto& [key, one] : every_remedy().states) {
    INFO(key);
    if (one.state != InspectionState::closed) continue;
    CHECK(!(one.plans.empty() && one.prescriptions.empty()));
    for (const auto& [each, value] : one.prescriptions) CHECK(value.over());
    for (const auto& [each, value] : one.plans) CHECK((!value.failed() || !one.prescriptions.empty()));
  }
}

TEST_CASE("a summary report that was withdrawn makes room for another", "[core][par18]") {
  auto history = fieldwork();
  for (const auto& one : {ended(), summary(), summary_withdrawn()}) history.push_back(one);
  auto second = summary();
  second.id = id(80);
  const auto again = fold_inspection(history, book()).apply(second, book());
  REQUIRE(again);
  CHECK(again->summaries.at(id(80)).state == SummaryState::signed_by_head);
}

TEST_CASE("that its bodies know the results the bureau may say once the report was delivered, and after the close too", "[core][par19]") {
  const auto passed_on = filing("2027-08-03", kind::summary_pass_on, 196, with(report_id(), "organs", "Басқарма, 2027-03-01"));
  auto history = remedying();
  for (const auto& one : {prescribed(), prescription_served(), prescription_withdrawn(), closed()}) history.push_back(one);
  const auto over = fold_inspection(history, book());
  REQUIRE(over.state == InspectionState::closed);
  const auto told = over.apply(passed_on, book());
  REQUIRE(told);
  CHECK(told->state == InspectionState::closed);
  CHECK(told->summaries.begin()->second.passed_on->organs == "Басқарма, 2027-03-01");
  CHECK(fold_inspection(fieldwork(), book()).apply(passed_on, book()).error().detail == "summary.unknown");
}

TEST_CASE("an inspection closed unfinished may be followed by a prescription", "[core][par28][par29]") {
  auto history = fieldwork();
  history.push_back(act("2026-12-07", kind::access_refused, 41, group_head(), Json::Object{{"what", "premises"}, {"text", "Жібермеді"}}));
  history.push_back(act("2026-12-08", kind::memo_sign, 43, group_head(), Json::Object{{"ground", "access"}, {"of", id(41)}, {"text", "Кедергі"}}));
  history.push_back(act("2026-12-08", kind::memo_receive, 44, deputy(), Json::Object{{"memo", id(43)}}));
  history.push_back(act("2026-12-08", kind::inspection_halt, 48, group_head(), Json::Object{{"memo", id(43)}}));
  history.push_back(act("2026-12-16", kind::close_unfinished, 50, group_head(), Json::Object{{"reason", "Қол жеткізілмеді"}}));
  const auto over = fold_inspection(history, book());
  REQUIRE(over.state == InspectionState::closed_unfinished);
  CHECK(over.apply(prescribed(), book())->prescriptions.size() == 1);
  CHECK(over.apply(with(prescribed(), "signer", signer("А. Инспектор", "deputy")), book()).error().detail == "prescription.own_settlement");
  CHECK(over.apply(summary(), book()).error().detail == "summary.before_end");
}
