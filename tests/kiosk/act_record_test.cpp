// What the kiosk makes at the counter is what core takes: receipts, visas, answers, the letter, refusals before witnesses,
// each under the person's own key over everything that was said (paragraphs 10, 13, 14, 19; A10, A18).
#include "kiosk/shell/act_record.h"

#include "core/cases/judgement.h"
#include "tests/core/bureau_papers.h"

using namespace qabyl;
using namespace qabyl::test;
using core::BureauAct;

namespace {

core::StaffMember member(std::string capacity, std::string id = "S-specialist") {
  SeededRandom random{3};
  core::StaffMember staff;
  staff.id = std::move(id);
  staff.name = "Ерлан Мысалов";
  staff.position = "маман";
  staff.capacity = std::move(capacity);
  staff.key = core::new_signing_key(random);
  return staff;
}

core::Paper paper_of(const core::PaperHeld& held, const core::Json& capacities = {}) {
  core::Paper paper;
  paper.id = held.id;
  paper.case_id = id(11);
  paper.kind = held.kind;
  paper.meta = held.meta;
  paper.meta["about"] = held.about;
  paper.meta["capacities"] = capacities;
  paper.meta["number"] = "26-7";
  paper.pdf = *core::digest_from_hex(held.meta.text("d"));
  return paper;
}

struct Counter {
  core::Paper paper;
  core::StaffMember staff;
  std::string day;
  int n = 200;

  core::Record make(BureauAct act, core::Json said = core::Json::Object{}, std::vector<core::DocumentRef> docs = {}) {
    auto made = on(day, "", n++, core::Json::Object{{"number", "AL03-26-000001-S"}}, "AL-03");
    made.docs = std::move(docs);
    const auto under = made.docs.empty() ? paper.pdf : made.docs.front().sha256;
    kiosk::make_act(made, {paper, staff, act, said, signature(under, paper_pages, n), date(day)});
    return made;
  }
};

// The act is the person's own and stands over the whole body and every document.
void check_signed(const core::Record& made, const core::StaffMember& staff) {
  const auto act = core::parse_jws(made.body.text("act"));
  REQUIRE(act);
  CHECK(core::verify_jws(*act, core::typ::act, staff.key.verify_key));
  CHECK(core::as_text(act->payload) == core::act_of_bureau(made));
  auto changed = made;
  changed.body["paper_facts"]["number"] = "26-8";
  CHECK(core::as_text(act->payload) != core::act_of_bureau(changed));
}

template <typename Machine>
Machine taken(const Machine& before, const core::Record& made) {
  const auto next = before.apply(made, facts());
  INFO(made.kind << ": " << (next ? "" : next.error().detail));
  REQUIRE(next);
  return *next;
}

}  // namespace

TEST_CASE("a specialist whom the letter names receives a request and answers it in that capacity", "[kiosk][acts][par14]") {
  Counter counter{paper_of(request_paper(), core::Json::Object{{"S-specialist", "specialist"}}), member(""), "2026-12-02"};
  const auto receipt = counter.make(BureauAct::receive);
  check_signed(receipt, counter.staff);
  const auto delivered = taken(request(), receipt);
  CHECK(delivered.state == core::RequestState::delivered);
  CHECK(delivered.receipt->by.capacity == "specialist");
  const auto answer = counter.make(BureauAct::answer, core::Json::Object{{"items", core::Json::Array{1}}}, {file("letter.pdf").ref, file("register.pdf", 12).ref});
  check_signed(answer, counter.staff);
  CHECK(taken(delivered, answer).state == core::RequestState::partly_answered);
  auto swapped = answer;
  swapped.docs[1].sha256 = digest("another");
  CHECK(core::as_text(core::parse_jws(answer.body.text("act"))->payload) != core::act_of_bureau(swapped));
}

TEST_CASE("whom neither the office nor the letter names signs as a representative; a deputy as what the office knows", "[kiosk][acts][a18]") {
  Counter nobody{paper_of(request_paper()), member(""), "2026-12-02"};
  CHECK(nobody.make(BureauAct::receive).body.text("capacity") == "representative");
  Counter deputy{paper_of(request_paper(), core::Json::Object{{"S-specialist", "specialist"}}), member("deputy"), "2026-12-02"};
  CHECK(deputy.make(BureauAct::receive).body.text("capacity") == "deputy");
}

TEST_CASE("copy 2 comes back with a visa on every sheet, the mark on the last, and the paper's own digest", "[kiosk][acts][par19]") {
  Counter counter{paper_of(summary_paper()), member("first_head", "S-first_head"), "2027-02-18"};
  auto report = taken(summary(), counter.make(BureauAct::receive));
  CHECK(report.copy == core::CopyTwo::with_bureau);
  for (int page = 1; page <= paper_pages; ++page) {
    const auto visa = counter.make(BureauAct::visa_page, core::Json::Object{{"page", page}});
    check_signed(visa, counter.staff);
    report = taken(report, visa);
  }
  report = taken(report, counter.make(BureauAct::mark_last_page));
  CHECK(report.copy == core::CopyTwo::marked);
  report = taken(report, counter.make(BureauAct::return_copy2));
  CHECK(report.copy == core::CopyTwo::returned);
  CHECK(report.returned == core::Timeliness::in_time);
}

TEST_CASE("receipt refused before witnesses is nobody's signature and serves the paper", "[kiosk][acts][a10]") {
  Counter counter{paper_of(request_paper()), member("deputy"), "2026-12-02"};
  const auto refusal = counter.make(BureauAct::refuse_receipt, core::Json::Object{{"witnesses", witnesses()}});
  CHECK(refusal.kind == core::kind::request_receipt_refused);
  CHECK(refusal.body.find("act") == nullptr);
  CHECK(taken(request(), refusal).receipt->refused);
}

TEST_CASE("the letter of paragraph 13 as the kiosk makes it names every duty", "[kiosk][acts][par13]") {
  auto held_notice = held(core::kind::notice_send, 5, 5, "notice", "2026-11-20");
  Counter counter{paper_of(held_notice), member("first_head", "S-first_head"), "2026-12-02"};
  const auto made = counter.make(BureauAct::letter, letter_body(), {file("letter.pdf").ref});
  check_signed(made, counter.staff);
  const auto term = core::Rules{&rules_2004(), &days()}.run("D13", date("2026-12-01"));
  const auto letter = core::responsibles_from(made, *term, {&rules_2004(), &days()});
  INFO((letter ? "" : letter.error().detail));
  REQUIRE(letter);
  CHECK(letter->timeliness == core::Timeliness::in_time);
}
