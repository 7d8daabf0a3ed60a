// Every life of a remedial plan (RULES f8; paragraph 27), of a prescription and of a sanction (f9; paragraph 29).
#include "core/cases/plan.h"
#include "core/cases/prescription.h"
#include "core/cases/sanction.h"
#include "tests/core/lives.h"

using namespace qabyl::core;
using namespace qabyl::test;

namespace {

Json unit_head() { return signer("Ж. Бөлім", "unit_head"); }
Record act(std::string_view day, std::string_view kind, int n, Json by, Json body) {
  body["signer"] = std::move(by);
  return on(day, kind, n, std::move(body));
}

// --- plan ---

Json plan() { return Json::Object{{"plan", id(141)}}; }
Record demanded() {
  auto body = Json(Json::Object{{"due", "2027-04-15"}});
  body["breaches"] = Json::Array{"Шарт жоқ"};
  return act("2027-04-01", kind::plan_demand, 141, unit_head(), body);
}
Json item(int breach, const char* due) { return Json::Object{{"breach", breach}, {"measure", "Шарт жасасу"}, {"due", due}, {"executor", "Д. Мысалова"}}; }
Record submitted(Json::Array items, int n = 142) {
  auto body = plan();
  body["items"] = std::move(items);
  return filing("2027-04-12", kind::plan_submit, n, body, "responsible_manager");
}
Record given_back() { return act("2027-04-13", kind::plan_return, 144, unit_head(), with(with(plan(), "reason", "Мерзімдері тым ұзақ"), "due", "2027-04-22")); }
Record agreed() { return act("2027-04-14", kind::plan_agree, 145, unit_head(), plan()); }
Record reported(int which, int n) { return filing("2027-05-10", kind::plan_report, n, with(plan(), "item", which), "responsible_manager"); }
Record explained(int which) {
  return filing("2027-05-11", kind::plan_explain, 148, with(with(plan(), "item", which), "text", "Контрагент қол қоймады"), "responsible_manager");
}
Record item_overdue(const char* day) { return on(day, kind::plan_item_overdue, 149, with(plan(), "item", 0)); }
Record finished(bool whole) { return act("2027-06-15", kind::plan_finish, whole ? 150 : 151, unit_head(), with(plan(), "fulfilled", whole)); }
Record missed(const char* day) { return on(day, kind::plan_missed, 152, plan()); }
Record plan_withdrawn() { return act("2027-04-12", kind::plan_withdraw, 153, unit_head(), with(plan(), "reason", "Ұйғарыммен ауыстырылды")); }
Record item_extended() {
  return act("2027-05-12", kind::plan_extend_item, 154, unit_head(), with(with(with(plan(), "item", 0), "due", "2027-06-10"), "reason", "Сот шешімі күтілуде"));
}

std::vector<Move> plan_moves() {
  auto no_measure = item(0, "2027-05-14");
  no_measure["measure"] = "";
  return with_spoilt(
      {{demanded()},
       {with(demanded(), "due", "2027-03-31"), true, "plan.due"},
       {without(demanded(), "due"), true, "plan.due"},
       {with(demanded(), "breaches", Json::Array{}), true, "plan.breaches"},
       {with(demanded(), "breaches", Json::Array{7}), true, "plan.breaches"},
       {submitted({item(0, "2027-05-14")}), false},
       {submitted({item(0, "2027-05-14"), item(0, "2027-05-31")}, 143), false},
       {submitted({}, 155), false, "plan.breach_unmet"},
       {submitted({item(1, "2027-05-14")}, 156), false, "plan.item_absurd"},
       {submitted({item(0, "2027-04-01")}, 157), false, "plan.item_absurd"},
       {submitted({no_measure}, 158), false, "plan.item_absurd"},
       {given_back()},
       {with(given_back(), "due", "2027-04-12"), true, "plan.due"},
       {agreed()},
       {reported(0, 146), false},
       {reported(1, 147), false},
       {reported(2, 159), false, "plan.item_unknown"},
       {explained(0), false},
       {item_overdue("2027-05-14"), true, "plan.item_running"},
       {item_overdue("2027-05-17")},
       {item_extended(), true, "plan.no_extension"},
       {finished(true)},
       {finished(false)},
       {missed("2027-04-15"), true, "plan.still_running"},
       {missed("2027-04-23")},
       {plan_withdrawn()}},
      {std::string(kind::plan_item_overdue), std::string(kind::plan_missed), std::string(kind::plan_withdraw)});
}

std::string plan_key(const Plan& one) {
  std::string key = std::string(to_text(one.state)) + " " + (one.state == PlanState::none ? "" : iso_date(one.term.due));
  for (const auto& each : one.items) key += " " + std::string(to_text(each.state));
  return key;
}
const Exploration<Plan>& every_plan() {
  static const auto found = explore(Plan{}, plan_moves(), [](const Plan& one, const Record& next) { return one.apply(next, facts()); }, plan_key,
                                    [](const Plan& one) { return to_text(one.state); });
  return found;
}

// --- prescription ---

Json prescription() { return Json::Object{{"prescription", id(161)}}; }
Record prescribed() {
  auto body = paper_body("prescription", 1, deputy());
  body["breaches"] = Json::Array{"Шарт жоқ"};
  body["measures"] = Json::Array{"Шарт жасасу"};
  body["article"] = "11-баптың 1-тармағы";
  body["due"] = "2027-05-14";
  return on("2027-04-12", kind::prescription_sign, 161, body);
}
Record only_plan() { return with(with(prescribed(), "measures", Json::Array{}), "plan_demanded", true); }
Record prescription_received() {
  return by_bureau("2027-04-13", kind::prescription_receive, 162, prescription(), "responsible_manager", paper_d("prescription"));
}
Record prescription_refusal() { return on("2027-04-13", kind::prescription_receipt_refused, 163, with(prescription(), "witnesses", witnesses())); }
Record carried_out() { return filing("2027-05-05", kind::prescription_notify, 164, prescription(), "responsible_manager"); }
Record verified(bool fulfilled, const char* day = "2027-05-07") {
  return act(day, kind::prescription_verify, fulfilled ? 165 : 166, group_head(), with(prescription(), "fulfilled", fulfilled));
}
Record more_time() {
  return filing("2027-05-04", kind::prescription_ask_extension, 167, with(with(prescription(), "reason", "Жабдық кешікті"), "due", "2027-06-14"), "responsible_manager");
}
Record extended() { return act("2027-05-06", kind::prescription_extend, 168, deputy(), with(prescription(), "due", "2027-06-14")); }
Record denied() { return act("2027-05-06", kind::prescription_deny, 169, deputy(), with(prescription(), "reason", "Бюроға байланысты")); }
Record overdue(const char* day) { return on(day, kind::prescription_overdue, 170, prescription()); }
Record appealed() { return filing("2027-04-20", kind::prescription_appeal, 171, prescription(), "responsible_manager"); }
Record prescription_withdrawn() { return act("2027-05-20", kind::prescription_withdraw, 172, deputy(), with(prescription(), "reason", "Сот күшін жойды")); }

std::vector<Move> prescription_moves() {
  return with_spoilt(
      {{prescribed()},
       {only_plan()},
       {with(prescribed(), "breaches", Json::Array{}), true, "prescription.breaches"},
       {with(prescribed(), "measures", Json::Array{}), true, "prescription.measures"},
       {with(prescribed(), "article", ""), true, "prescription.article"},
       {without(prescribed(), "due"), true, "prescription.due"},
       {with(prescribed(), "due", "2027-04-11"), true, "prescription.due"},
       {prescription_received(), false},
       {prescription_refusal()},
       {carried_out(), false},
       {verified(true)},
       {verified(false)},
       {verified(false, "2027-05-18")},
       {with(verified(true), "signer", signer("Ж. Бөлім", "unit_deputy"))},
       {more_time(), false},
       {without(more_time(), "due"), false, "prescription.due"},
       {extended()},
       {with(extended(), "due", "2027-05-13"), true, "prescription.due"},
       {denied()},
       {overdue("2027-05-14"), true, "prescription.still_running"},
       {overdue("2027-06-15")},
       {appealed(), false},
       {prescription_withdrawn()}},
      {std::string(kind::prescription_overdue), std::string(kind::prescription_withdraw), std::string(kind::prescription_deny)});
}
std::string prescription_key(const Prescription& one) {
  std::string key = std::string(to_text(one.state)) + (one.state == PrescriptionState::none ? "" : iso_date(one.term.due));
  return key + (one.receipt ? one.receipt->refused ? " refused" : " marked" : "") + (one.appealed ? " appealed" : "") + (one.plan_demanded ? " plan" : "");
}
const Exploration<Prescription>& every_prescription() {
  static const auto found = explore(Prescription{}, prescription_moves(), [](const Prescription& one, const Record& next) { return one.apply(next, facts()); },
                                    prescription_key, [](const Prescription& one) { return to_text(one.state); });
  return found;
}

// --- sanction ---

Json sanction() { return Json::Object{{"sanction", id(181)}}; }
Record decided(const char* measure, std::int64_t amount, std::int64_t months) {
  auto body = paper_body("sanction", 1, deputy());
  body["measure"] = measure;
  body["article"] = "12-бап";
  body["amount_tenge"] = amount;
  body["months"] = months;
  return on("2027-06-16", kind::sanction_decide, 181, body);
}
Record sanction_received() { return by_bureau("2027-06-17", kind::sanction_receive, 182, sanction(), "responsible_manager", paper_d("sanction")); }
Record sanction_refusal() { return on("2027-06-17", kind::sanction_receipt_refused, 183, with(sanction(), "witnesses", witnesses())); }
Record executed() { return on("2027-07-20", kind::sanction_execute, 184, sanction()); }
Record lifted() { return act("2027-07-21", kind::sanction_lift, 185, deputy(), with(sanction(), "reason", "Себебі жойылды")); }

std::vector<Move> sanction_moves() {
  return with_spoilt({{decided("fine", 864'500, 0)},
                      {decided("suspension", 0, 6)},
                      {decided("suit", 0, 0)},
                      {decided("fine", 0, 0), true, "sanction.amount"},
                      {decided("suspension", 0, 7), true, "sanction.months"},
                      {decided("suspension", 0, 0), true, "sanction.months"},
                      {decided("warning", 0, 0), true, "sanction.measure"},
                      {with(decided("suit", 0, 0), "article", ""), true, "sanction.article"},
                      {sanction_received(), false},
                      {sanction_refusal()},
                      {executed()},
                      {lifted()}},
                     {std::string(kind::sanction_lift)});
}
const Exploration<Sanction>& every_sanction() {
  static const auto found = explore(
      Sanction{}, sanction_moves(), [](const Sanction& one, const Record& next) { return one.apply(next, facts()); },
      [](const Sanction& one) { return std::string(to_text(one.state)) + one.measure + (one.receipt ? one.receipt->refused ? " refused" : " marked" : ""); },
      [](const Sanction& one) { return to_text(one.state); });
  return found;
}

template <typename Machine>
Machine folded(Machine machine, const std::vector<Record>& history, const Profile& rules = rules_2004()) {
  for (const auto& one : history) {
    auto next = machine.apply(one, facts(rules));
    INFO(one.kind << ": " << (next ? "" : next.error().detail));
    REQUIRE(next);
    machine = *next;
  }
  return machine;
}

}  // namespace

namespace qabyl::test {
Refusals remedy_refusals() {
  auto all = every_plan().refusals;
  all.insert(every_prescription().refusals.begin(), every_prescription().refusals.end());
  all.insert(every_sanction().refusals.begin(), every_sanction().refusals.end());
  const auto current = profile("kz-current");
  all[std::string(kind::plan_submit)].insert(folded(Plan{}, {demanded()}).apply(submitted({item(0, "2027-05-14")}), facts(current)).error().detail);
  return all;
}
}  // namespace qabyl::test

TEST_CASE("a remedial plan: every state, every way between them", "[core][exploration][par27]") {
  report("remedial plan (f8)", every_plan());
  CHECK(ways(every_plan()) == R"(
demanded -plan.missed-> missed
demanded -plan.submit-> submitted
demanded -plan.withdraw-> withdrawn
in_execution -plan.explain-> in_execution
in_execution -plan.finish-> fulfilled partly_fulfilled
in_execution -plan.item_overdue-> in_execution
in_execution -plan.report-> in_execution
none -plan.demand-> demanded
returned -plan.missed-> missed
returned -plan.submit-> submitted
returned -plan.withdraw-> withdrawn
submitted -plan.agree-> in_execution
submitted -plan.return-> returned
submitted -plan.withdraw-> withdrawn
)");
  CHECK(guards(every_plan()) == R"(
plan.agree: date.absurd date.future plan.not_submitted signer.missing signer.position
plan.demand: date.absurd date.future plan.already_demanded plan.breaches plan.due signer.missing signer.position
plan.explain: act.unverified date.absurd filing.other_paper filing.paper_missing person.capacity_absurd person.may_not plan.item_reported plan.not_agreed text.missing
plan.extend_item: plan.item_reported plan.no_extension plan.not_agreed
plan.finish: date.absurd date.future plan.item_open plan.not_agreed plan.not_fulfilled signer.missing signer.position
plan.item_overdue: plan.item_reported plan.item_running plan.not_agreed
plan.missed: plan.not_asked plan.still_running
plan.report: act.unverified date.absurd filing.other_paper filing.paper_missing person.capacity_absurd person.may_not plan.item_reported plan.item_unknown plan.not_agreed
plan.return: date.absurd date.future plan.due plan.not_submitted signer.missing signer.position text.missing
plan.submit: act.unverified date.absurd filing.other_paper filing.paper_missing person.capacity_absurd person.may_not plan.breach_unmet plan.item_absurd plan.not_asked
plan.withdraw: plan.not_asked signer.missing signer.position text.missing
)");
  CHECK(stuck(every_plan(), [](const Plan& one) { return one.over() || one.state == PlanState::in_execution; }).empty());
}

TEST_CASE("a plan is fulfilled only when every measure was reported", "[core][par27]") {
  for (const auto& [key, one] : every_plan().states) {
    INFO(key);
    if (one.state != PlanState::fulfilled) continue;
    for (const auto& each : one.items) CHECK(each.state == PlanItemState::reported);
  }
  // Whatever the bureau leaves undone, time lets the body end the plan.
  const auto running = folded(Plan{}, {demanded(), submitted({item(0, "2027-05-14")}), agreed()});
  CHECK(running.apply(item_overdue("2027-05-17"), facts())->apply(finished(false), facts())->failed());
}

TEST_CASE("the law of today asks for causes in a plan and lets the body give more time", "[core][par27]") {
  const auto current = profile("kz-current");
  const auto asked = folded(Plan{}, {demanded()}, current);
  CHECK(asked.apply(submitted({item(0, "2027-05-14")}), facts(current)).error().detail == "plan.field_missing");
  const auto running = folded(Plan{}, {demanded(), with(submitted({item(0, "2027-05-14")}), "causes", "Келісім созылды"), agreed(), item_overdue("2027-05-17"), item_extended()}, current);
  CHECK(running.items[0].state == PlanItemState::open);
  CHECK(iso_date(running.items[0].term.due) == "2027-06-10");
}

TEST_CASE("a prescription: every state, every way between them", "[core][exploration][par29]") {
  report("prescription (f9)", every_prescription());
  CHECK(ways(every_prescription()) == R"(
closed -prescription.appeal-> closed
closed -prescription.receive-> closed
extension_asked -prescription.appeal-> extension_asked
extension_asked -prescription.deny-> in_execution
extension_asked -prescription.extend-> in_execution
extension_asked -prescription.notify-> notified
extension_asked -prescription.overdue-> overdue
extension_asked -prescription.receive-> extension_asked
extension_asked -prescription.withdraw-> withdrawn
in_execution -prescription.appeal-> in_execution
in_execution -prescription.ask_extension-> extension_asked
in_execution -prescription.notify-> notified
in_execution -prescription.overdue-> overdue
in_execution -prescription.receive-> in_execution
in_execution -prescription.withdraw-> withdrawn
issued -prescription.receipt_refused-> in_execution
issued -prescription.receive-> in_execution
issued -prescription.withdraw-> withdrawn
none -prescription.sign-> issued
notified -prescription.appeal-> notified
notified -prescription.receive-> notified
notified -prescription.verify-> closed in_execution overdue
notified -prescription.withdraw-> withdrawn
overdue -prescription.appeal-> overdue
overdue -prescription.notify-> notified
overdue -prescription.receive-> overdue
overdue -prescription.withdraw-> withdrawn
withdrawn -prescription.appeal-> withdrawn
withdrawn -prescription.receive-> withdrawn
)");
  CHECK(guards(every_prescription()) == R"(
prescription.appeal: act.unverified date.absurd filing.other_paper filing.paper_missing person.capacity_absurd person.may_not prescription.not_delivered
prescription.ask_extension: act.unverified date.absurd filing.other_paper filing.paper_missing person.capacity_absurd person.may_not prescription.due prescription.not_running text.missing
prescription.deny: prescription.nothing_asked signer.missing signer.position text.missing
prescription.extend: date.absurd date.future prescription.due prescription.nothing_asked signer.missing signer.position
prescription.notify: act.unverified date.absurd filing.other_paper filing.paper_missing person.capacity_absurd person.may_not prescription.not_running
prescription.overdue: prescription.not_running prescription.still_running
prescription.receipt_refused: date.absurd date.future prescription.not_out receipt.unwitnessed
prescription.receive: act.unverified date.absurd person.capacity_absurd person.may_not prescription.not_out receipt.other_paper receipt.pages_unseen
prescription.sign: date.absurd date.future paper.absurd paper.number_missing prescription.already_signed prescription.article prescription.breaches prescription.due prescription.measures signer.missing signer.position
prescription.verify: date.absurd date.future prescription.not_notified signer.missing signer.not_group_head signer.position
prescription.withdraw: prescription.not_running signer.missing signer.position text.missing
)");
  CHECK(stuck(every_prescription(), [](const Prescription& one) { return one.over(); }).empty());
}

TEST_CASE("an appeal suspends nothing", "[core][par29]") {
  const auto running = folded(Prescription{}, {prescribed(), prescription_refusal(), appealed()});
  CHECK(running.appealed);
  CHECK(running.state == PrescriptionState::in_execution);
  CHECK(running.apply(overdue("2027-06-15"), facts())->state == PrescriptionState::overdue);
}

TEST_CASE("a sanction: every state, every way between them", "[core][exploration][par29]") {
  report("sanction (f9)", every_sanction());
  CHECK(ways(every_sanction()) == R"(
decided -sanction.lift-> lifted
decided -sanction.receipt_refused-> in_force
decided -sanction.receive-> in_force
executed -sanction.receive-> executed
in_force -sanction.execute-> executed
in_force -sanction.lift-> lifted
in_force -sanction.receive-> in_force
lifted -sanction.receive-> lifted
none -sanction.decide-> decided
)");
  CHECK(guards(every_sanction()) == R"(
sanction.decide: date.absurd date.future paper.absurd paper.number_missing sanction.already_decided sanction.amount sanction.article sanction.measure sanction.months signer.missing signer.position
sanction.execute: date.absurd date.future sanction.not_in_force
sanction.lift: sanction.not_in_force signer.missing signer.position text.missing
sanction.receipt_refused: date.absurd date.future receipt.unwitnessed sanction.not_out
sanction.receive: act.unverified date.absurd person.capacity_absurd person.may_not receipt.other_paper receipt.pages_unseen sanction.not_out
)");
  CHECK(stuck(every_sanction(), [](const Sanction& one) { return one.over(); }).empty());
}
