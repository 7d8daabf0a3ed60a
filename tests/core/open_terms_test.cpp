// The terms that run in a case, in every state that can be reached, and their recount by a newer calendar (A30).
#include "core/cases/open_terms.h"
#include "tests/core/lives.h"

using namespace qabyl::core;
using namespace qabyl::test;

namespace {

// The calendar with one more day moved, under a newer name.
Calendar newer(const char* moved) {
  auto csv = asset("calendar/kz.csv");
  csv.replace(csv.find("version;kz-2026-1"), 17, "version;kz-2026-2");
  auto parsed = Calendar::parse(csv + moved + "\n");
  REQUIRE(parsed);
  return *parsed;
}

std::vector<Record> with_an_interim_report() {
  auto refused = with(Json::Object{{"notice", id(13)}}, "witnesses", witnesses());
  auto head = Json(Json::Object{{"report", id(61)}});
  head["signer"] = group_head();
  return {assigned(),
          registered(),
          notice(),
          on("2026-11-24", kind::notice_receipt_refused, 22, refused),
          on("2026-11-30", kind::inspection_start, 26, {}),
          filing("2026-12-01", kind::letter_of_responsibles, 27, letter_body()),
          on("2026-12-10", kind::interim_sign_executor, 61, paper_body("interim", 2, signer("С. Маман", "executor"))),
          on("2026-12-11", kind::interim_sign_head, 62, head),
          by_bureau("2026-12-14", kind::interim_receive, 63, Json::Object{{"report", id(61)}}, "specialist", paper_d("interim"), 2)};
}

std::string said(const std::vector<OpenTerm>& open) {
  std::string text;
  for (const auto& one : open) text += one.term.id + " " + iso_date(one.term.due) + "\n";
  return text;
}

Record recount_act(const Inspection& one, const RuleBook& both) {
  const auto body = recount_body(open_terms(one), both, "", "kz-2026-2");
  REQUIRE(body);
  return on("2026-12-15", kind::inspection_recount, 401, *body);
}

std::string why(const Result<Inspection>& result) { return result ? "" : result.error().detail; }

}  // namespace

namespace qabyl::test {
Refusals recount_refusals() {
  const auto one = fold_inspection(with_an_interim_report(), book());
  const auto later = newer("moved;2026-12-18;2026-12-26");
  const RuleBook both{&rules_2004(), {&days(), &later}};
  auto told_wrong = recount_act(one, both);
  told_wrong.body["lines"] = Json::Array{};
  Refusals all;
  all[std::string(kind::inspection_recount)] = {why(one.apply(told_wrong, both)), why(one.apply(with(told_wrong, "calendar", "kz-2026-1"), both)),
                                                why(one.apply(recount_act(one, both), book()))};
  return all;
}
}  // namespace qabyl::test

TEST_CASE("in every state reached each open term is the calendar library's answer", "[core][exploration][deadline]") {
  std::size_t states = 0, terms = 0;
  std::set<std::string> ids;
  const auto check = [&](const std::string& key, const Inspection& one) {
    ++states;
    for (const auto& [of, term] : open_terms(one)) {
      ++terms;
      ids.insert(term.id);
      const auto counted = count_term(rules_2004(), term.id, term.base, days(), term.stated);
      INFO(key << " " << term.id);
      CHECK((counted && counted->due == term.due));
    }
  };
  visit_fieldwork_states(check);
  visit_outcome_states(check);
  std::cout << "open terms: " << terms << " in " << states << " states\n";
  CHECK(ids == std::set<std::string>{"D09", "D13", "D14", "D18", "D19", "D20", "D23O", "D23S", "D27", "D29"});
}

TEST_CASE("an inspection says what runs in it", "[core][deadline]") {
  CHECK(said(open_terms(fold_inspection(with_an_interim_report(), book()))) == "D09 2027-02-28\nD17 2026-12-21\n");
  CHECK(said(open_terms(LicenceApplication{})).empty());
}

TEST_CASE("what is overdue stays in the queue when that was noted: the bureau owes it until it is done", "[core][deadline][par14][par29]") {
  Inspection one;
  one.state = InspectionState::in_progress;
  one.letter.signed_on = date("2026-12-01");
  const auto of = [](std::string_view id, const char* due) {
    RunningTerm term;
    term.id = id;
    term.due = date(due);
    return term;
  };
  one.cap = of("D09", "2027-02-28");
  auto& request = one.requests[id(31)];
  request.term = of("D14", "2026-12-04");
  for (const auto state : {RequestState::issued, RequestState::delivered, RequestState::partly_answered, RequestState::refused, RequestState::overdue}) {
    request.state = state;
    INFO(to_text(state));
    CHECK(said(open_terms(one)) == "D09 2027-02-28\nD14 2026-12-04\n");
  }
  for (const auto state : {RequestState::answered, RequestState::withdrawn}) {
    request.state = state;
    CHECK(said(open_terms(one)) == "D09 2027-02-28\n");
  }
  request.state = RequestState::overdue;
  one.state = InspectionState::closed_unfinished;
  CHECK(said(open_terms(one)) == "");  // nothing is asked of it any more
  one.prescriptions[id(161)].term = of("D29", "2027-05-14");
  one.prescriptions[id(161)].state = PrescriptionState::overdue;
  CHECK(said(open_terms(one)) == "D29 2027-05-14\n");
  one.prescriptions[id(161)].state = PrescriptionState::sanctioned;
  CHECK(said(open_terms(one)) == "");
}

TEST_CASE("a newer calendar gives the bureau the later of two days, and both are recorded", "[core][deadline][A30]") {
  const auto one = fold_inspection(with_an_interim_report(), book());
  const auto later = newer("moved;2026-12-18;2026-12-26");
  const RuleBook longer{&rules_2004(), {&days(), &later}};
  const auto act = recount_act(one, longer);
  CHECK(canonical(Json(act.body.items("lines"))) == R"([{"after":"2026-12-22","base":"2026-12-14","before":"2026-12-21","binding":"2026-12-22","of":")" +
                                                        id(61) + R"(","term":"D17"}])");
  const auto recounted = one.apply(act, longer);
  REQUIRE(recounted);
  CHECK(recounted->calendar == "kz-2026-2");
  CHECK(iso_date(recounted->interims.at(id(61)).term.due) == "2026-12-22");
  const auto sooner = newer("moved;2027-01-11;2026-12-19");  // a Saturday at work: the term would end on it
  const RuleBook shorter{&rules_2004(), {&days(), &sooner}};
  const auto kept = one.apply(recount_act(one, shorter), shorter);
  REQUIRE(kept);
  CHECK(iso_date(kept->interims.at(id(61)).term.due) == "2026-12-21");  // what the bureau was told still binds
}

TEST_CASE("what a recount moved or kept is told of a term that still runs, with the day told first, and of no other", "[core][deadline][A30]") {
  const auto one = fold_inspection(with_an_interim_report(), book());
  for (const auto& [lines, day] : {std::pair("moved;2026-12-18;2026-12-26", "2026-12-22"), std::pair("moved;2027-01-11;2026-12-19", "2026-12-21")}) {
    const auto changed = newer(lines);
    const RuleBook both{&rules_2004(), {&days(), &changed}};
    auto history = with_an_interim_report();
    CHECK(moved_terms(open_terms(one), history, id(61)).empty());
    history.push_back(recount_act(one, both));
    const auto after = fold_inspection(history, both);
    const auto told = moved_terms(open_terms(after), history, id(61));
    REQUIRE(told.size() == 1);
    CHECK(told.front().term == "D17");
    CHECK(iso_date(told.front().before) == "2026-12-21");
    CHECK(iso_date(told.front().due) == day);
    CHECK(told.front().calendar == "kz-2026-2");
    CHECK(moved_terms(open_terms(after), history, "").empty());
    const auto read = told_from(told_json(told).array());
    REQUIRE(read.size() == 1);
    CHECK(told_of(read, after.interims.at(id(61)).term) != nullptr);
    auto later = after.interims.at(id(61)).term;
    later.base = date("2026-12-15");
    CHECK(told_of(read, later) == nullptr);  // one that began later is counted by the newer calendar alone
  }
  CHECK(told_from(Json::Array{Json("x"), Json::Object{{"term", "D17"}, {"base", "2026-12-32"}}}).empty());
}

TEST_CASE("a new calendar changes no case until the case says so", "[core][deadline][A30]") {
  const auto later = newer("moved;2026-12-18;2026-12-26");
  const RuleBook both{&rules_2004(), {&days(), &later}};
  CHECK(said(open_terms(fold_inspection(with_an_interim_report(), both))) == said(open_terms(fold_inspection(with_an_interim_report(), book()))));
  auto born_later = with_an_interim_report();
  born_later[0].body["calendar"] = "kz-2026-2";
  CHECK(iso_date(fold_inspection(born_later, both).interims.at(id(61)).term.due) == "2026-12-22");
}

TEST_CASE("a recount that tells other days than the calendars is refused", "[core][deadline][A30]") {
  const auto codes = recount_refusals().at(std::string(kind::inspection_recount));
  CHECK(codes == std::set<std::string>{"recount.lines", "recount.same_calendar", "rules.calendar_unknown"});
}

TEST_CASE("copy 2 of a notice and the protocol of a meeting are only warned of", "[core][deadline][A09][A15]") {
  const Rules rules{&rules_2004(), &days()};
  const MarkOfReceipt mark{"S-0007", "Динара Мысалова", "бас заңгер", "2026-11-23", signature(notice_paper, 3), "act"};
  auto marked = record(kind::notice_mark_receipt, 14, id(11), mark_body(id(13), mark), "AL-03");
  marked.body["returned"] = false;
  const auto received = fold_inspection({assigned(), registered(), notice(), marked}, book());
  CHECK(said(warnings(received, rules)) == "D10 2026-11-24\n");
  CHECK(open_terms(received).empty());
  Inspection held;
  held.meetings[id(111)].state = MeetingState::held;
  held.meetings[id(111)].on = date("2027-03-10");
  CHECK(said(warnings(held, rules)) == "D23P 2027-03-16\n");
}
