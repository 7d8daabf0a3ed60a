// What a kiosk offers a bureau's people on a paper is what the machines take: every way through the offers, act by act,
// is played on the machine of that paper (RULES f3 ... f9; paragraphs 10, 13, 14, 17, 19, 20, 23, 26, 27, 29; A10, A13, A18).
#include "core/cases/bureau_acts.h"

#include "core/cases/licence.h"
#include "tests/core/bureau_papers.h"

using namespace qabyl::core;
using namespace qabyl::test;

namespace {

constexpr int pages = paper_pages;
Rules rules() { return {&rules_2004(), &days()}; }

template <typename Machine>
struct Life {
  Machine machine;
  PaperHeld paper;
  std::string day;
  std::set<std::string> tried{};  // kinds of acts
  int n = 300;
};

// The act as a kiosk makes it, by the first head.
Record record_of(const PaperHeld& paper, const ActOffer& offer, std::string_view day, int n) {
  const auto kind = record_kind(offer.act, paper.kind);
  Json body;
  if (const auto member = target_member(offer.act, paper.kind); !member.empty()) body[member] = paper.about;
  switch (offer.act) {
    case BureauAct::refuse_receipt: return on(day, kind, n, with(std::move(body), "witnesses", witnesses()));
    case BureauAct::receive: body["copy1_kept"] = true; break;
    case BureauAct::answer: body["items"] = Json::Array{offer.open.front()}; break;
    case BureauAct::visa_page: body["page"] = offer.open.front(); break;
    case BureauAct::return_copy2: body["paper"] = paper.meta.text("d"); break;
    case BureauAct::submit_plan:
      body["items"] = Json::Array{Json::Object{{"breach", 0}, {"measure", "Шарт жасасу"}, {"due", "2027-06-01"}, {"executor", "Д. Мысалова"}}};
      break;
    case BureauAct::report_item:
    case BureauAct::explain_item: body["item"] = offer.open.front(); break;
    case BureauAct::ask_extension: body["due"] = "2027-07-01"; break;
    case BureauAct::pass_on: body["organs"] = "Басқарма"; break;
    case BureauAct::ask_consent: body["third_party"] = "Банк"; body["purpose"] = "Шарт"; break;
    default: break;
  }
  if (!signs_the_paper(offer.act)) body["reason"] = body["text"] = "Себебі бар";
  if (signs_the_paper(offer.act)) return by_bureau(day, kind, n, std::move(body), "first_head", *digest_from_hex(paper.meta.text("d")), pages);
  return filing(day, kind, n, std::move(body));
}

Result<Disclosure> applied_apart(const Record& record) { return Disclosure{}.apply(record, facts()); }

// Every order of the offered acts, to a depth: none is refused by the machine.
template <typename Machine, typename Apply>
void play(Life<Machine>& life, const Machine& machine, const PaperHeld& paper, int depth, const Apply& apply) {
  if (depth == 0) return;
  for (const auto& offer : offers_on(paper, {"S-first_head", "first_head"}, rules(), date(life.day))) {
    INFO(paper.kind << ": " << to_text(offer.act));
    REQUIRE(offer.why == "");
    const auto made = record_of(paper, offer, life.day, life.n++);
    life.tried.insert(std::string(to_text(offer.act)));
    if (made.kind == kind::disclosure_request) {
      CHECK(applied_apart(made));
      continue;
    }
    const auto next = apply(machine, made);
    INFO((next ? "" : next.error().detail));
    REQUIRE(next);
    auto then = paper;
    then.done.push_back(act_done(made));
    play(life, *next, then, depth - 1, apply);
  }
}

template <typename Machine>
std::set<std::string> played(Machine machine, PaperHeld paper, std::string day, int depth) {
  Life<Machine> life{machine, paper, std::move(day)};
  play(life, machine, paper, depth, [](const Machine& before, const Record& record) { return before.apply(record, facts()); });
  return life.tried;
}

ActDone did(std::string_view kind, const char* day, const char* staff = "S-first_head", int page = 0) { return {std::string(kind), staff, date(day), page, {}}; }

std::vector<std::string> acts(const std::vector<ActOffer>& offers) {
  std::vector<std::string> names;
  for (const auto& one : offers) names.push_back(std::string(to_text(one.act)) + (one.awaited ? "!" : "") + (one.why.empty() ? "" : " " + one.why));
  return names;
}
using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("what is offered on a request is taken by it, in every order: receipt or its refusal, answers by item, refusal", "[acts][par14]") {
  CHECK(played(request(), request_paper(), "2026-12-02", 5) == std::set<std::string>{"receive", "refuse_receipt", "answer", "refuse"});
}

TEST_CASE("the day that the office told after a recount stands before the kiosk's own count, for that term alone", "[acts][par14][A30]") {
  auto paper = request_paper();
  paper.done = {did(kind::request_receive, "2026-12-02")};
  const BureauActor head{"S-first_head", "first_head"};
  CHECK(iso_date(nearest_term(offers_on(paper, head, rules(), date("2026-12-02")), date("2026-12-02"))->due) == "2026-12-04");
  paper.told = {{"D14", date("2026-12-01"), date("2026-12-03"), date("2026-12-03"), date("2026-12-09"), "kz-2026-2"},   // another's: stated otherwise
                {"D14", date("2026-12-01"), date("2026-12-04"), date("2026-12-04"), date("2026-12-07"), "kz-2026-2"}};
  const auto term = nearest_term(offers_on(paper, head, rules(), date("2026-12-02")), date("2026-12-02"));
  CHECK(iso_date(term->due) == "2026-12-07");
  REQUIRE(told_of(paper.told, *term) != nullptr);
  CHECK(iso_date(told_of(paper.told, *term)->before) == "2026-12-04");
}

TEST_CASE("what is offered on an interim report is taken by it", "[acts][par17]") {
  auto executor = paper_body("interim", pages, signer("С. Маман", "executor"));
  Json head = Json::Object{{"report", id(61)}};
  head["signer"] = group_head();
  const auto machine = after(InterimReport{}, {on("2026-12-14", kind::interim_sign_executor, 61, executor), on("2026-12-14", kind::interim_sign_head, 62, head)});
  const auto tried = played(machine, held(kind::interim_sign_head, 62, 61, "interim", "2026-12-14"), "2026-12-15", 5);
  CHECK(tried == std::set<std::string>{"receive", "refuse_receipt", "object", "no_remarks"});
}

TEST_CASE("what is offered on a summary report is taken by it: visas sheet by sheet, the mark, the return, objections", "[acts][par19]") {
  const auto tried = played(summary(), summary_paper(), "2027-02-18", 7);
  CHECK(tried == std::set<std::string>{"receive", "refuse_receipt", "visa_page", "mark_last_page", "return_copy2", "object", "ask_consent", "pass_on"});
}

TEST_CASE("what is offered on a protocol is taken by the meeting", "[acts][par23]") {
  Json chair = signer("Ж. Бөлім", "unit_head"), call = Json::Object{{"level", "unit"}, {"on", "2027-03-10"}};
  call["chair"] = chair;
  call["invited"] = Json::Array{"Айгүл Үлгібаева"};
  auto protocol = paper_body("protocol", pages, chair);
  protocol["meeting"] = id(111);
  protocol["text"] = "Қарсылық ескерілсін";
  const Json named = Json::Object{{"meeting", id(111)}};
  const auto machine = after(Meeting{}, {on("2027-03-05", kind::meeting_call, 111, call), on("2027-03-10", kind::meeting_hold, 112, named),
                                         on("2027-03-11", kind::protocol_sign, 114, protocol),
                                         on("2027-03-16", kind::protocol_send, 115, with(named, "addressee", Json::Object{{"name", "Айгүл Үлгібаева"}, {"position", "first_head"}}))});
  const auto tried = played(machine, held(kind::protocol_send, 115, 111, "protocol", "2027-03-11"), "2027-03-17", 5);
  CHECK(tried == std::set<std::string>{"receive", "refuse_receipt", "object", "no_remarks"});
}

TEST_CASE("what is offered on the papers of a plan is taken by it: submission, then a report or an explanation of each measure", "[acts][par27]") {
  auto demand = with(with(Json::Object{{"due", "2027-04-15"}}, "breaches", Json::Array{"Шарт жоқ"}), "signer", signer("Ж. Бөлім", "unit_head"));
  const auto demanded = after(Plan{}, {on("2027-04-01", kind::plan_demand, 141, demand)});
  const auto paper = held(kind::plan_demand, 141, 141, "demand", "2027-04-01", Json::Object{{"breaches", Json::Array{"Шарт жоқ"}}, {"due", "2027-04-15"}});
  CHECK(played(demanded, paper, "2027-04-12", 3) == std::set<std::string>{"submit_plan"});

  const auto submission = record_of(paper, offers_on(paper, {"S-first_head", "first_head"}, rules(), date("2027-04-12")).front(), "2027-04-12", 142);
  const auto agreed = after(demanded, {submission, on("2027-04-14", kind::plan_agree, 145, with(Json::Object{{"plan", id(141)}}, "signer", signer("Ж. Бөлім", "unit_head")))});
  const auto plan = held(kind::plan_agree, 145, 141, "plan", "2027-04-14",
                         Json::Object{{"items", Json::Array{Json::Object{{"measure", "Шарт жасасу"}, {"due", "2027-06-01"}, {"executor", "Д. Мысалова"}}}}});
  CHECK(played(agreed, plan, "2027-05-10", 3) == std::set<std::string>{"report_item", "explain_item"});
}

TEST_CASE("what is offered on a prescription and on a sanction is taken by them", "[acts][par29]") {
  auto body = paper_body("prescription", pages, deputy());
  body["breaches"] = Json::Array{"Шарт жоқ"};
  body["measures"] = Json::Array{"Шарт жасасу"};
  body["article"] = "11-бап";
  body["due"] = "2027-05-14";
  const auto ordered = after(Prescription{}, {on("2027-04-14", kind::prescription_sign, 171, body)});
  const auto order = held(kind::prescription_sign, 171, 171, "prescription", "2027-04-14", Json::Object{{"due", "2027-05-14"}});
  CHECK(played(ordered, order, "2027-04-15", 5) == std::set<std::string>{"receive", "refuse_receipt", "notify", "ask_extension", "appeal"});

  auto fine = paper_body("sanction", pages, deputy());
  fine["measure"] = "fine";
  fine["article"] = "11-бап";
  fine["amount_tenge"] = 432'500;
  const auto decided = after(Sanction{}, {on("2027-06-01", kind::sanction_decide, 181, fine)});
  CHECK(played(decided, held(kind::sanction_decide, 181, 181, "sanction", "2027-06-01"), "2027-06-02", 4) == std::set<std::string>{"receive", "refuse_receipt"});
}

TEST_CASE("a letter is offered when the inspection has started, to heads only, with the next working day as its last", "[acts][par13]") {
  auto paper = held(kind::notice_send, 5, 5, "notice", "2026-11-20");
  paper.meta["inspection"] = Json::Object{{"start", "2026-12-01"}};
  const BureauActor head{"S-1", "first_head"}, other{"S-2", "representative"};
  CHECK(acts(offers_on(paper, other, rules(), date("2026-11-23"))) == Names{"receive!", "refuse_receipt"});
  paper.done = {did(kind::notice_mark_receipt, "2026-11-23")};
  CHECK(acts(offers_on(paper, head, rules(), date("2026-11-30"))) == Names{});
  const auto started = offers_on(paper, head, rules(), date("2026-12-01"));
  CHECK(acts(started) == Names{"letter!"});
  REQUIRE(started.front().term);
  CHECK(iso_date(started.front().term->due) == "2026-12-02");
  CHECK(acts(offers_on(paper, other, rules(), date("2026-12-01"))) == Names{"letter! letter.signer"});
  auto extension = paper;
  extension.meta["details"] = Json::Object{{"about", "extension"}};
  CHECK(acts(offers_on(extension, head, rules(), date("2026-12-01"))) == Names{});
  paper.done.push_back(did(kind::letter_of_responsibles, "2026-12-02"));
  CHECK(acts(offers_on(paper, head, rules(), date("2026-12-03"))) == Names{});
}

TEST_CASE("a summary report is for the first head, the deputy and the responsible manager; visas are those of who received it", "[acts][par19]") {
  auto paper = summary_paper();
  CHECK(acts(offers_on(paper, {"S-9", "specialist"}, rules(), date("2027-02-18"))) == Names{"receive! person.may_not", "refuse_receipt"});
  CHECK(acts(offers_on(paper, {"S-9", "responsible_manager"}, rules(), date("2027-02-18"))) == Names{"receive!", "refuse_receipt"});
  paper.done = {did(kind::summary_receive, "2027-02-18")};
  const auto mine = offers_on(paper, {"S-first_head", "first_head"}, rules(), date("2027-02-18"));
  CHECK(acts(mine) == Names{"visa_page!", "object", "ask_consent", "pass_on"});
  CHECK(mine.front().open == std::vector<int>{1, 2});
  CHECK(iso_date(mine.front().term->due) == "2027-02-19");
  CHECK(iso_date(nearest_term(mine, date("2027-02-18"))->due) == "2027-02-19");
  CHECK(acts(offers_on(paper, {"S-9", "deputy"}, rules(), date("2027-02-18"))) == Names{"visa_page! summary.other_person", "object", "ask_consent", "pass_on"});
  paper.done.push_back(did(kind::summary_visa_page, "2027-02-18", "S-first_head", 1));
  CHECK(offers_on(paper, {"S-first_head", "first_head"}, rules(), date("2027-02-18")).front().open == std::vector<int>{2});
  paper.done.push_back(did(kind::summary_visa_page, "2027-02-18", "S-first_head", 2));
  CHECK(acts(offers_on(paper, {"S-first_head", "first_head"}, rules(), date("2027-02-18"))) == Names{"mark_last_page!", "object", "ask_consent", "pass_on"});
  paper.done.push_back(did(kind::summary_mark_last_page, "2027-02-18"));
  CHECK(acts(offers_on(paper, {"S-9", "deputy"}, rules(), date("2027-02-18"))) == Names{"return_copy2!", "object", "ask_consent", "pass_on"});
  paper.done.push_back(did(kind::summary_return_copy2, "2027-02-19"));
  const auto settled = offers_on(paper, {"S-first_head", "first_head"}, rules(), date("2027-02-19"));
  CHECK(acts(settled) == Names{"object", "ask_consent", "pass_on"});
  paper.done.push_back(did(kind::summary_pass_on, "2027-02-19"));
  CHECK(acts(offers_on(paper, {"S-first_head", "first_head"}, rules(), date("2027-02-19"))) == Names{"object", "ask_consent"});
  CHECK(nearest_term(settled, date("2027-02-19"))->id == "D20");
  CHECK_FALSE(nearest_term(settled, date("2027-03-20")));  // over: nothing runs, and objections are still offered
}

TEST_CASE("only the executive organ receives a suspension; what is only read offers nothing", "[acts][par29]") {
  const auto paper = held(kind::licence_suspend, 90, 90, "suspension", "2027-06-01");
  CHECK(acts(offers_on(paper, {"S-1", "deputy"}, rules(), date("2027-06-02"))) == Names{"receive!", "refuse_receipt"});
  CHECK(acts(offers_on(paper, {"S-2", "responsible_manager"}, rules(), date("2027-06-02"))) == Names{"receive! licence.executive_organ", "refuse_receipt"});
  for (const auto kind : {"meeting.call", "inspection.halt", "summary.answer", "protocol.amend", "disclosure.answer", "some.other"}) {
    CHECK(offers_on(held(kind, 91, 91, "letter", "2027-06-01"), {"S-1", "first_head"}, rules(), date("2027-06-02")).empty());
    CHECK_FALSE(has_receipt(kind));
  }
}

TEST_CASE("a paper that was received at another kiosk goes on here; one that was refused may be received yet", "[acts][a10]") {
  auto paper = request_paper();
  paper.received_elsewhere = true;
  CHECK(acts(offers_on(paper, {"S-1", "first_head"}, rules(), date("2026-12-02"))) == Names{"answer!", "refuse"});
  paper.received_elsewhere = false;
  paper.done = {did(kind::request_receipt_refused, "2026-12-02")};
  CHECK(acts(offers_on(paper, {"S-1", "first_head"}, rules(), date("2026-12-02"))) == Names{"receive", "answer!", "refuse"});
}

TEST_CASE("a person's capacity is what the office knows, then what the paper says, then a representative's", "[acts][a18]") {
  const Json meta = Json::Object{{"capacities", Json::Object{{"S-2", "stand_in"}}}};
  CHECK(capacity_of("deputy", "S-2", meta) == "deputy");
  CHECK(capacity_of("", "S-2", meta) == "stand_in");
  CHECK(capacity_of("", "S-3", meta) == "representative");
}
