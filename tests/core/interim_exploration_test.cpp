// Every life of an interim report (RULES f5; paragraphs 16, 17; A01, A11, A13).
#include "core/cases/interim_report.h"
#include "tests/core/lives.h"

using namespace qabyl::core;
using namespace qabyl::test;

namespace {

Json executor() { return signer("С. Маман", "executor"); }
Record act(std::string_view day, std::string_view kind, int n, Json by, Json body = Json()) {
  body["report"] = id(61);
  body["signer"] = std::move(by);
  return on(day, kind, n, std::move(body));
}

Record signed_by_executor() { return on("2026-12-10", kind::interim_sign_executor, 61, paper_body("interim", 2, executor())); }
Record signed_by_head() { return act("2026-12-11", kind::interim_sign_head, 62, group_head()); }
Record received(const char* capacity = "specialist") {
  return by_bureau("2026-12-14", kind::interim_receive, 63, Json::Object{{"report", id(61)}}, capacity, paper_d("interim"), 2);
}
Record refusal() { return on("2026-12-14", kind::interim_receipt_refused, 64, with(Json::Object{{"report", id(61)}}, "witnesses", witnesses())); }
Record objection(const char* day = "2026-12-21", int n = 65) { return filing(day, kind::interim_object, n, Json::Object{{"report", id(61)}}, "specialist"); }
Record no_remarks() { return by_bureau("2026-12-15", kind::interim_no_remarks, 67, Json::Object{{"report", id(61)}}, "specialist", paper_d("interim"), 2); }
Record window_over(const char* day) { return on(day, kind::interim_window_over, 68, Json::Object{{"report", id(61)}}); }
Json treatment(int objection, const char* how, const char* reason = "Құжаттармен расталмаған") {
  return Json::Object{{"objection", id(objection)}, {"treatment", how}, {"reason", reason}};
}
Record considered(Json::Array treatments, int n = 69) {
  auto body = Json();
  body["treatments"] = std::move(treatments);
  return act("2026-12-25", kind::interim_consider, n, group_head(), body);
}
Record carried_over() { return act("2026-12-28", kind::interim_carry_over, 70, group_head(), Json::Object{{"text", "4-бөлім"}}); }
Record withdrawn() { return act("2026-12-12", kind::interim_withdraw, 71, group_head(), Json::Object{{"reason", "Қате табылды"}}); }

std::vector<Move> moves() {
  return with_spoilt(
      {{signed_by_executor()},
       {with(signed_by_executor(), "signer", group_head()), true, "signer.position"},
       {with(signed_by_executor(), "signer", signer("Б. Бөтен", "executor")), true, "signer.not_official"},
       {with(signed_by_executor(), "signer", signer("А. Инспектор", "executor"))},  // the head himself: then nobody can sign second
       {signed_by_head()},
       {with(signed_by_head(), "date", "2026-12-09"), true, "date.order"},
       {received(), false},
       {received("first_head"), false},
       {with(received(), "capacity", "responsible_manager"), false, "person.may_not"},
       {with(received(), "capacity", "representative"), false, "person.may_not"},
       {refusal()},
       {objection(), false},
       {objection("2026-12-22", 66), false},
       {no_remarks(), false},
       {window_over("2026-12-21"), true, "interim.still_running"},
       {window_over("2026-12-22")},
       {considered({treatment(65, "rejected"), treatment(66, "partly")})},
       {considered({treatment(65, "accepted", "")}, 72)},
       {considered({treatment(66, "accepted", "")}, 73)},
       {considered({treatment(65, "rejected", "")}, 74), true, "objection.treatment_absurd"},
       {considered({treatment(65, "ignored")}, 75), true, "objection.treatment_absurd"},
       {considered({treatment(99, "accepted")}, 76), true, "objection.unknown"},
       {considered({}, 77), true, "objection.untreated"},
       {carried_over()},
       {withdrawn()}},
      {std::string(kind::interim_window_over), std::string(kind::interim_withdraw)});
}

std::string key_of(const InterimReport& one) {
  std::string key(to_text(one.state));
  key += " " + one.executor.name + " " + one.head.name;
  if (one.receipt) key += one.receipt->refused ? " refused" : " marked";
  for (const auto& [objection_id, value] : one.objections) key += " " + objection_id.substr(29) + std::string(to_text(value.timeliness)) + value.treatment;
  return key;
}

const Exploration<InterimReport>& every() {
  static const auto found = explore(InterimReport{}, moves(), [](const InterimReport& one, const Record& next) { return one.apply(next, facts()); }, key_of,
                                    [](const InterimReport& one) { return to_text(one.state); });
  return found;
}

InterimReport folded(const std::vector<Record>& history, const Profile& rules = rules_2004()) {
  InterimReport report;
  for (const auto& one : history) {
    auto next = report.apply(one, facts(rules));
    INFO(one.kind << ": " << (next ? "" : next.error().detail));
    REQUIRE(next);
    report = *next;
  }
  return report;
}

}  // namespace

namespace qabyl::test {
Refusals interim_refusals() { return every().refusals; }
}  // namespace qabyl::test

TEST_CASE("an interim report: every state, every way between them", "[core][exploration][par16][par17]") {
  report("interim report (f5)", every());
  CHECK(ways(every()) == R"(
accepted -interim.carry_over-> closed
accepted -interim.object-> objected
accepted -interim.receive-> accepted
closed -interim.object-> closed
closed -interim.receive-> closed
considered -interim.carry_over-> closed
considered -interim.object-> objected
considered -interim.receive-> considered
issued -interim.receipt_refused-> received
issued -interim.receive-> received
issued -interim.withdraw-> withdrawn
no_objection -interim.carry_over-> closed
no_objection -interim.object-> objected
no_objection -interim.receive-> no_objection
none -interim.sign_executor-> signed_by_executor
objected -interim.consider-> considered
objected -interim.object-> objected
objected -interim.receive-> objected
received -interim.no_remarks-> accepted
received -interim.object-> objected
received -interim.receive-> received
received -interim.window_over-> no_objection
signed_by_executor -interim.sign_head-> issued
signed_by_executor -interim.withdraw-> withdrawn
)");
  CHECK(guards(every()) == R"(
interim.carry_over: date.absurd date.future interim.not_considered signer.missing signer.not_group_head signer.position text.missing
interim.consider: date.absurd date.future interim.nothing_to_consider objection.treatment_absurd objection.unknown objection.untreated signer.missing signer.not_group_head signer.position
interim.no_remarks: act.unverified date.absurd interim.not_open person.capacity_absurd person.may_not receipt.other_paper receipt.pages_unseen
interim.object: act.unverified date.absurd filing.other_paper filing.paper_missing interim.not_delivered person.capacity_absurd person.may_not
interim.receipt_refused: date.absurd date.future interim.not_out receipt.unwitnessed
interim.receive: act.unverified date.absurd interim.not_out person.capacity_absurd person.may_not receipt.other_paper receipt.pages_unseen
interim.sign_executor: date.absurd date.future interim.already_signed paper.absurd paper.number_missing signer.missing signer.not_official signer.position
interim.sign_head: date.absurd date.future date.order interim.executor_first signer.missing signer.not_group_head signer.position signer.same_person
interim.window_over: interim.not_open interim.still_running
interim.withdraw: interim.already_delivered signer.missing signer.not_group_head signer.position text.missing
)");
  CHECK(stuck(every(), [](const InterimReport& one) { return one.state == InterimState::closed || one.state == InterimState::withdrawn; }).empty());
}

TEST_CASE("an interim report never goes out under one signature, nor under one person's two", "[core][par16]") {
  for (const auto& [key, one] : every().states) {
    INFO(key);
    const bool out = one.state != InterimState::none && one.state != InterimState::signed_by_executor && one.state != InterimState::withdrawn;
    if (out) CHECK((!one.executor.name.empty() && !one.head.name.empty() && one.executor.name != one.head.name));
    if (one.state == InterimState::considered) CHECK(all_treated(one.objections));
  }
  auto same_officer = signed_by_executor();
  same_officer.actor = {"officer", "O-1", "С. Маман"};
  auto again = signed_by_head();
  again.actor = {"officer", "O-1", "А. Инспектор"};  // another name, the same officer
  CHECK(folded({same_officer}).apply(again, facts()).error().detail == "signer.same_person");
}

TEST_CASE("objections are in time for four working days, then late, never refused", "[core][par17]") {
  const auto received_one = folded({signed_by_executor(), signed_by_head(), received()});
  CHECK(iso_date(received_one.term.due) == "2026-12-21");  // 16 December is a holiday
  CHECK(received_one.apply(objection(), facts())->objections.at(id(65)).timeliness == Timeliness::in_time);
  CHECK(received_one.apply(objection("2026-12-22"), facts())->objections.at(id(65)).timeliness == Timeliness::late);
  auto literal = profile();
  literal.settings["interim.objection.mode"] = "after";  // A01, the literal reading: objections come after the four days
  CHECK(folded({signed_by_executor(), signed_by_head(), received(), objection("2026-12-22")}, literal).objections.at(id(65)).timeliness ==
        Timeliness::in_time);
}

TEST_CASE("an objection to a closed interim report is kept and reopens nothing", "[core][par17]") {
  const auto closed = folded({signed_by_executor(), signed_by_head(), received(), window_over("2026-12-22"), carried_over(), objection("2026-12-29")});
  CHECK(closed.state == InterimState::closed);
  CHECK(closed.objections.size() == 1);
}
