// Receipt of a written request at the counter: what the kiosk makes is what core accepts, under the person's own key
// (paragraph 14, A18).
#include "kiosk/shell/mark_record.h"

#include "tests/core/lives.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

struct Counter {
  core::StaffMember staff;
  core::Paper paper;
  core::Request request;

  explicit Counter(std::string capacity, const core::Json& capacities = {}) {
    SeededRandom random{3};
    staff.id = "S-specialist";
    staff.name = "Ерлан Мысалов";
    staff.position = "маман";
    staff.capacity = std::move(capacity);
    staff.key = core::new_signing_key(random);
    auto body = paper_body("request", 2, group_head());
    body["items"] = core::Json::Array{"register"};
    body["due"] = "2026-12-04";
    const auto sent = on("2026-12-01", core::kind::request_sign, 40, body);
    const auto issued = core::Request{}.apply(sent, facts());
    REQUIRE(issued);
    request = *issued;
    paper.id = sent.id;
    paper.case_id = sent.case_id;
    paper.kind = std::string(core::kind::request_sign);
    paper.meta = core::Json::Object{{"number", "26-7"}, {"date", "2026-12-01"}, {"pages", 2}};
    paper.meta["capacities"] = capacities;
  }
  core::Record marked() const {
    auto made = on("2026-12-02", core::kind::request_receive, 41, core::Json::Object{{"number", "AL03-26-000001-S"}}, "AL-03");
    kiosk::add_paper_facts(made.body, paper, staff);
    kiosk::mark_request(made, paper, staff, signature(paper_d("request"), 2, 5), "2026-12-02");
    return made;
  }
};

}  // namespace

TEST_CASE("a specialist whom the letter names receives a request in that capacity, under the own key over the whole record", "[kiosk][marks][par14]") {
  const Counter counter("", core::Json::Object{{"S-specialist", "specialist"}});
  const auto made = counter.marked();
  const auto delivered = counter.request.apply(made, facts());
  INFO((delivered ? "" : delivered.error().detail));
  REQUIRE(delivered);
  CHECK(delivered->state == core::RequestState::delivered);
  CHECK(delivered->receipt->by.capacity == "specialist");
  const auto act = core::parse_jws(made.body.text("act"));
  REQUIRE(act);
  CHECK(core::verify_jws(*act, core::typ::act, counter.staff.key.verify_key));
  CHECK(core::as_text(act->payload) == core::act_of_bureau(made));
  auto changed = made;
  changed.body["paper_facts"]["number"] = "26-8";
  CHECK(core::as_text(act->payload) != core::act_of_bureau(changed));
}

TEST_CASE("whom neither the office nor the letter names signs as a representative; a deputy as what the office knows", "[kiosk][marks][par14]") {
  CHECK(Counter("").marked().body.text("capacity") == "representative");
  CHECK(Counter("deputy", core::Json::Object{{"S-specialist", "specialist"}}).marked().body.text("capacity") == "deputy");
}
