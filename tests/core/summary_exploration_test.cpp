// Every life of the summary report by itself (RULES f6; paragraphs 18-20; A02, A13, A16, A25).
#include "core/cases/summary_report.h"
#include "tests/core/lives.h"

using namespace qabyl::core;
using namespace qabyl::test;

namespace {

constexpr int pages = 2;

Json head_of_unit() { return signer("Ж. Бөлім", "unit_head"); }
Record act(std::string_view day, std::string_view kind, int n, Json by, Json body = Json()) {
  body["report"] = id(81);
  body["signer"] = std::move(by);
  return on(day, kind, n, std::move(body));
}
Json named() { return Json::Object{{"report", id(81)}}; }

Record signed_by_head() {
  auto body = paper_body("summary", pages, group_head());
  body["breaches"] = Json::Array{"Шарт жоқ", "Журнал толық емес"};
  body["superior"] = Json::Object{{"officer", "O-7"}};
  return on("2027-02-15", kind::summary_sign_head, 81, body);
}
Record signed_by_superior(const char* officer = "O-7") {
  auto made = act("2027-02-16", kind::summary_sign_superior, 82, head_of_unit(), Json::Object{{"superior_of", "А. Инспектор"}});
  made.actor.id = officer;
  return made;
}
Record sent(const char* day = "2027-02-17") {
  auto body = named();
  body["copies"] = Json::Array{to_hex(paper_d("summary")), to_hex(paper_d("summary"))};
  body["addressee"] = Json::Object{{"name", "Айгүл Үлгібаева"}, {"position", "first_head"}};
  return on(day, kind::summary_send, 83, body);
}
Record withdrawn() { return act("2027-02-16", kind::summary_withdraw, 84, group_head(), Json::Object{{"reason", "Қате табылды"}}); }
Record received(const char* capacity = "responsible_manager") {
  return by_bureau("2027-02-18", kind::summary_receive, 85, with(named(), "copy1_kept", true), capacity, paper_d("summary"), pages);
}
Record refusal() { return on("2027-02-18", kind::summary_receipt_refused, 86, with(named(), "witnesses", witnesses())); }
Record visa(int page, int n) {
  auto made = by_bureau("2027-02-18", kind::summary_visa_page, n, with(named(), "page", page), "responsible_manager", paper_d("summary"), pages);
  return made;
}
Record marked() { return by_bureau("2027-02-18", kind::summary_mark_last_page, 89, named(), "responsible_manager", paper_d("summary"), pages); }
Record returned(const char* day = "2027-02-19") {
  return by_bureau(day, kind::summary_return_copy2, 90, with(named(), "paper", to_hex(paper_d("summary"))), "representative", paper_d("summary"));
}
Record objection(const char* day = "2027-02-25", int n = 91) { return filing(day, kind::summary_object, n, named(), "responsible_manager"); }
Record passed_on() { return filing("2027-02-26", kind::summary_pass_on, 103, with(named(), "organs", "Басқарма, 2027-02-25"), "responsible_manager"); }
Record window_over(const char* day) { return on(day, kind::summary_window_over, 93, named()); }
Json treatments(std::vector<int> ids) {
  auto list = Json::Array{};
  for (const int one : ids) list.push_back(Json::Object{{"objection", id(one)}, {"treatment", "partly"}, {"reason", "Ішінара расталды"}});
  return list;
}
Record answered(std::vector<int> ids, int n = 94) { return act("2027-03-05", kind::summary_answer, n, head_of_unit(), with(Json(), "treatments", treatments(ids))); }
Record decided(std::vector<int> ids, int n = 95) {
  return act("2027-03-09", kind::summary_final_decision, n, deputy(), with(with(Json(), "treatments", treatments(ids)), "text", "Қорытынды өзгеріссіз қалады"));
}

std::vector<Move> moves() {
  auto blind = visa(2, 99);  // page 2 was never on the screen
  blind.body["signature"] = to_json(signature(paper_d("summary"), 1, 99));
  return with_spoilt(
      {{signed_by_head()},
       {with(signed_by_head(), "breaches", Json::Array{7}), true, "summary.breaches"},
       {signed_by_superior()},
       {with(signed_by_superior(), "superior_of", "С. Маман"), true, "summary.not_superior"},
       {signed_by_superior("O-8"), true, "summary.not_superior"},  // not whom the head named
       {with(signed_by_superior(), "signer", signer("А. Инспектор", "unit_head")), true, "signer.same_person"},
       {with(signed_by_superior(), "date", "2027-02-14"), true, "date.order"},
       {sent()},
       {with(sent(), "copies", Json::Array{to_hex(paper_d("summary"))}), true, "summary.copies"},
       {with(sent(), "copies", Json::Array{to_hex(paper_d("summary")), to_hex(paper_d("other"))}), true, "summary.copies"},
       {with(sent(), "addressee", Json::Object{{"name", "Айгүл Үлгібаева"}, {"position", "deputy"}}), true, "summary.addressee"},
       {with(sent(), "date", "2027-02-14"), true, "date.order"},
       {withdrawn()},
       {received(), false},
       {without(received(), "copy1_kept"), false, "summary.copy1"},
       {with(received(), "capacity", "specialist"), false, "person.may_not"},
       {refusal()},
       {visa(1, 87), false},
       {visa(2, 88), false},
       {with(visa(1, 87), "page", 0), false, "summary.page_unknown"},
       {with(visa(1, 87), "page", 3), false, "summary.page_unknown"},
       {with(visa(1, 87), "staff", "S-first_head"), false, "summary.other_person"},
       {blind, false, "summary.page_unseen"},
       {marked(), false},
       {with(marked(), "staff", "S-first_head"), false, "summary.other_person"},
       {returned(), false},
       {with(returned(), "paper", to_hex(paper_d("other"))), false, "summary.paper_changed"},
       {objection(), false},
       {objection("2027-03-02", 92), false},
       {passed_on(), false},
       {with(passed_on(), "organs", ""), false, "summary.organs"},
       {with(passed_on(), "capacity", "specialist"), false, "person.may_not"},
       {window_over("2027-03-01"), true, "summary.still_running"},
       {window_over("2027-03-02")},
       {answered({91})},
       {answered({92}, 96)},
       {answered({91, 92}, 97)},
       {answered({}, 98), true, "objection.untreated"},
       {answered({99}, 100), true, "objection.unknown"},
       {with(answered({91}, 101), "treatments", Json::Array{Json::Object{{"objection", id(91)}}}), true, "objection.treatment_absurd"},
       {decided({91, 92})},
       {decided({}, 102), true, "objection.untreated"}},
      {std::string(kind::summary_window_over), std::string(kind::summary_withdraw)});
}

// Copy 2 is named by its digest, not by a number, and who brings it back need not have read it.
std::vector<Move> own_moves() {
  auto all = moves();
  std::erase_if(all, [](const Move& one) {
    const bool brings = one.record.kind == kind::summary_return_copy2;
    return brings && (one.never == "paper.number_missing" || one.never == "receipt.pages_unseen");
  });
  return all;
}

std::string key_of(const SummaryReport& one) {
  std::string key = std::string(to_text(one.state)) + " " + std::string(to_text(one.copy)) + (one.copy_missing ? " missing" : "");
  if (one.receipt) key += one.receipt->refused ? " refused" : " marked";
  if (one.passed_on) key += " passed";
  for (const int page : one.visaed) key += " p" + std::to_string(page);
  for (const auto& [objection_id, value] : one.objections) key += " " + objection_id.substr(29) + std::string(to_text(value.timeliness)) + value.treatment;
  return key;
}

const Exploration<SummaryReport>& every() {
  static const auto found = explore(SummaryReport{}, own_moves(), [](const SummaryReport& one, const Record& next) { return one.apply(next, facts()); }, key_of,
                                    [](const SummaryReport& one) { return std::string(to_text(one.state)); });
  return found;
}

SummaryReport folded(const std::vector<Record>& history, const Profile& rules = rules_2004()) {
  SummaryReport report;
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
Refusals summary_refusals() {
  auto all = every().refusals;
  auto strict = profile();
  strict.settings["final.without_meeting"] = false;
  strict.settings["summary.per_sheet"] = "both";
  const auto objected = folded({signed_by_head(), signed_by_superior(), sent(), received(), objection()});
  all[std::string(kind::summary_final_decision)].insert(objected.apply(decided({91}), facts(strict)).error().detail);
  all[std::string(kind::summary_visa_page)].insert(objected.apply(visa(1, 87), facts(strict)).error().detail);
  return all;
}
}  // namespace qabyl::test

TEST_CASE("the summary report: every state, every way between them", "[core][exploration][par18][par19][par20]") {
  report("summary report (f6)", every());
  CHECK(ways(every()) == R"(
answered -summary.mark_last_page-> answered
answered -summary.object-> objected
answered -summary.pass_on-> answered
answered -summary.receive-> answered
answered -summary.return_copy-> answered
answered -summary.visa_page-> answered
answered -summary.window_over-> answered
final -summary.mark_last_page-> final
final -summary.object-> objected
final -summary.pass_on-> final
final -summary.receive-> final
final -summary.return_copy-> final
final -summary.visa_page-> final
final -summary.window_over-> final
issued -summary.send-> sent
issued -summary.withdraw-> withdrawn
none -summary.sign_head-> signed_by_head
objected -summary.answer-> answered
objected -summary.final_decision-> final
objected -summary.mark_last_page-> objected
objected -summary.object-> objected
objected -summary.pass_on-> objected
objected -summary.receive-> objected
objected -summary.return_copy-> objected
objected -summary.visa_page-> objected
objected -summary.window_over-> objected
received -summary.mark_last_page-> received
received -summary.object-> objected
received -summary.pass_on-> received
received -summary.receive-> received
received -summary.return_copy-> received
received -summary.visa_page-> received
received -summary.window_over-> final
sent -summary.receipt_refused-> received
sent -summary.receive-> received
signed_by_head -summary.sign_superior-> issued
signed_by_head -summary.withdraw-> withdrawn
)");
  CHECK(guards(every()) == R"(
summary.answer: date.absurd date.future objection.treatment_absurd objection.unknown objection.untreated signer.missing signer.position summary.nothing_to_answer
summary.final_decision: date.absurd date.future objection.unknown objection.untreated signer.missing signer.position summary.nothing_to_answer text.missing
summary.mark_last_page: act.unverified date.absurd person.capacity_absurd receipt.other_paper summary.not_with_bureau summary.other_person summary.page_unseen summary.visa_missing
summary.object: act.unverified date.absurd filing.other_paper filing.paper_missing person.capacity_absurd person.may_not summary.not_delivered
summary.pass_on: act.unverified date.absurd filing.other_paper filing.paper_missing person.capacity_absurd person.may_not summary.already_passed_on summary.not_delivered summary.organs
summary.receipt_refused: date.absurd date.future receipt.unwitnessed summary.not_out
summary.receive: act.unverified date.absurd person.capacity_absurd person.may_not receipt.other_paper receipt.pages_unseen summary.copy1 summary.not_out
summary.return_copy: act.unverified date.absurd person.capacity_absurd receipt.other_paper summary.not_marked summary.paper_changed
summary.send: date.absurd date.future date.order summary.addressee summary.copies summary.not_signed
summary.sign_head: date.absurd date.future paper.absurd paper.number_missing signer.missing signer.not_group_head signer.position summary.already_signed summary.breaches
summary.sign_superior: date.absurd date.future date.order signer.missing signer.position signer.same_person summary.head_first summary.not_superior
summary.visa_page: act.unverified date.absurd person.capacity_absurd receipt.other_paper summary.not_with_bureau summary.other_person summary.page_unknown summary.page_unseen summary.page_visaed
summary.window_over: summary.not_open summary.still_running
summary.withdraw: signer.missing signer.not_group_head signer.position summary.already_sent text.missing
)");
  const auto over = [](const SummaryReport& one) {
    const bool ended = one.state == SummaryState::concluded || one.state == SummaryState::answered;
    return one.state == SummaryState::withdrawn || (ended && one.copy_settled());
  };
  CHECK(stuck(every(), over).empty());
}

TEST_CASE("in every state of the summary report two people signed, and copy 2 is whole or not back", "[core][par18][par19]") {
  for (const auto& [key, one] : every().states) {
    INFO(key);
    const bool out = one.state != SummaryState::none && one.state != SummaryState::signed_by_head && one.state != SummaryState::withdrawn;
    if (out) CHECK((!one.superior.name.empty() && one.superior.name != one.head.name));
    if (one.copy == CopyTwo::returned || one.copy == CopyTwo::marked) CHECK(static_cast<int>(one.visaed.size()) == pages);
    if (one.state == SummaryState::answered) CHECK(all_treated(one.objections));
    // No final word while the ten days run and nothing came.
    if (one.state == SummaryState::concluded && one.objections.empty()) CHECK((one.copy_missing || one.copy == CopyTwo::returned));
  }
}

TEST_CASE("copy 2 is due on the next working day, objections within ten days", "[core][par19][par20]") {
  const std::vector<Record> out{signed_by_head(), signed_by_superior(), sent(), received(), visa(1, 87), visa(2, 88), marked()};
  const auto report = folded(out);
  CHECK(iso_date(report.return_term.due) == "2027-02-19");
  CHECK(iso_date(report.objection_term.due) == "2027-03-01");  // the 28th is a Sunday
  CHECK(report.apply(returned(), facts())->returned == Timeliness::in_time);
  CHECK(report.apply(returned("2027-02-22"), facts())->returned == Timeliness::late);
  CHECK(report.apply(objection("2027-03-01"), facts())->objections.at(id(91)).timeliness == Timeliness::in_time);
  CHECK(report.apply(objection("2027-03-02"), facts())->objections.at(id(91)).timeliness == Timeliness::late);
}

TEST_CASE("copy 2 that was given up for lost may still come back", "[core][par19]") {
  const auto lost = folded({signed_by_head(), signed_by_superior(), sent(), received(), window_over("2027-03-02")});
  CHECK(lost.copy_missing);
  const auto back = folded({signed_by_head(), signed_by_superior(), sent(), received(), window_over("2027-03-02"), visa(1, 87), visa(2, 88), marked(),
                            returned("2027-03-04")});
  CHECK_FALSE(back.copy_missing);
  CHECK(back.state == SummaryState::concluded);
}

TEST_CASE("a summary report that goes out after its thirty days goes out late", "[core][par18]") {
  auto known = facts();
  known.report_term = *known.rules.run("D18", date("2027-01-10"));
  const auto signed_twice = folded({signed_by_head(), signed_by_superior()});
  CHECK_FALSE(signed_twice.apply(sent(), facts())->sent_late);
  CHECK(signed_twice.apply(sent(), known)->sent_late);
}

TEST_CASE("an office that asks for a stamp on each sheet takes no visa without one", "[core][par19]") {
  auto stamping = profile();
  stamping.settings["summary.per_sheet"] = "stamp";
  const auto report = folded({signed_by_head(), signed_by_superior(), sent(), received()});
  CHECK(report.apply(visa(1, 87), facts(stamping)).error().detail == "summary.stamp_missing");
  CHECK(report.apply(with(visa(1, 87), "stamp", to_hex(digest("stamp"))), facts(stamping))->visaed.size() == 1);
}

TEST_CASE("an objection after the inspection was settled is kept and changes nothing", "[core][par20]") {
  auto settled = facts();
  settled.settled = true;
  const auto over = folded({signed_by_head(), signed_by_superior(), sent(), received(), window_over("2027-03-02")});
  CHECK(over.apply(objection("2027-03-10"), settled)->state == SummaryState::concluded);
  CHECK(over.apply(objection("2027-03-10"), settled)->objections.size() == 1);
  CHECK(over.apply(objection("2027-03-10"), facts())->state == SummaryState::objected);
}
