// How: the operator's panel as events and replies, and as it is drawn: unlocking, the queue with age and next try,
// records that are held with their reasons, why there is no contact (picture 15; DESIGN.md, 16.28).
#include "tests/kiosk/applicant_sights.h"
#include "tests/kiosk/staff_stages.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace qabyl::kiosk;
using namespace qabyl::kiosk::test;
using namespace std::chrono_literals;

namespace {

const OperatorScreen& panel(const Visit& visit) { return visit.at<StaffJourney>().panel; }

void sign_in(Visit& visit) {
  visit.feed(person::StaffPressed{});
  visit.type(sample_badge);
  visit.reply(reply::BadgeRead{sample_staff(true), false});
  visit.type("314159");
  visit.next();
  visit.reply(reply::SignedIn{sample_staff(true)});
}

// The panel as `change` makes it, on one of its tabs.
Stage with(std::function<void(OperatorView&)> change, int tab, LinkView link = {true, true, nine, {}, {}}) {
  return {"operator", [change, tab, link](Visit& visit, Answers) {
            sign_in(visit);
            auto view = sample_panel();
            change(view);
            visit.reply(reply::OperatorLoaded{view, false});
            visit.reply(reply::LinkChanged{link});
            visit.feed(staff::Event{staff::TabPressed{tab}});
          }};
}

bool any_text_has(const UiRig& rig, const std::string& words) { return rig.registry.shows(words); }

}  // namespace

TEST_CASE("an operator comes to the panel, never to a bureau's papers", "[kiosk][staff][operator]") {
  Visit visit;
  sign_in(visit);
  CHECK(visit.count<effect::LoadOperator>() == 1);
  CHECK(visit.count<effect::ListPapers>() == 0);
  visit.reply(reply::PapersChanged{});
  CHECK(visit.count<effect::ListPapers>() == 0);
  CHECK(visit.at<StaffJourney>().at == StaffPlace::operating);
}

TEST_CASE("unlocking names one person, and the list follows from the answer", "[kiosk][staff][operator]") {
  Visit visit;
  sign_in(visit);
  visit.reply(reply::OperatorLoaded{sample_panel(), false});
  const auto who = panel(visit).view->locked.at(2).id;
  visit.feed(staff::Event{staff::UnlockPressed{who}});
  CHECK(visit.last<effect::UnlockStaff>().id == who);
  CHECK(panel(visit).view->locked.size() == 5);  // nothing is shown as done before the store says so
  auto after = sample_panel();
  after.locked.erase(after.locked.begin() + 2);
  visit.reply(reply::OperatorLoaded{after, false});
  CHECK(panel(visit).view->locked.size() == 4);
}

TEST_CASE("the unlock button of a row unlocks the person of that row", "[kiosk][staff][operator]") {
  UiRig rig;
  SightSeeing sight(rig, with([](OperatorView&) {}, 3), Answers::usual, {});
  sight.draw();
  sight.tap("op.unlock.S-0001");
  int unlocked = 0;
  for (const auto& effect : sight.effects()) {
    if (const auto* one = std::get_if<effect::UnlockStaff>(&effect)) unlocked += one->id == "S-0001" ? 1 : 100;
  }
  CHECK(unlocked == 1);
}

TEST_CASE("the journal is read through once a press, and the panel says so meanwhile", "[kiosk][staff][operator]") {
  Visit visit;
  sign_in(visit);  // asks for the panel
  visit.next();
  CHECK(visit.count<effect::CheckStored>() == 1);
  CHECK(visit.next().empty());
  visit.reply(reply::OperatorLoaded{sample_panel(), false});  // answers the first question
  CHECK(panel(visit).checking);
  visit.reply(reply::OperatorLoaded{sample_panel(), true});
  CHECK_FALSE(panel(visit).checking);
}

TEST_CASE("news of the line or of a record loads the panel again", "[kiosk][staff][operator]") {
  Visit visit;
  sign_in(visit);
  visit.reply(reply::LinkChanged{LinkView{true, true, nine, {}, {}}});
  CHECK(visit.count<effect::LoadOperator>() == 1);
  visit.reply(reply::CustodyChanged{sample_receipt().record, SendView::accepted, nine, {}, {}});
  CHECK(visit.count<effect::LoadOperator>() == 1);
  visit.feed(staff::Event{staff::TryLinkPressed{}});
  CHECK(visit.count<effect::TryLinkNow>() == 1);
}

TEST_CASE("a waiting record shows for how long, a confirmed one does not; the next try stands with the line", "[kiosk][staff][operator]") {
  for (const auto language : core::languages) {
    UiRig rig;
    const auto old_and_new = [](OperatorView& view) {
      view.lines.resize(2);
      view.lines[0].filed_at = view.lines[1].filed_at = nine - 90min;
      view.lines[1].state = SendView::accepted;
    };
    SightSeeing sight(rig, with(old_and_new, 1), Answers::usual, {.language = language});
    sight.draw();
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(sight.visit().app.now().wall - (nine - 90min)).count();
    const auto age = rig.texts.say(language, "op.age.hours", {{"h", std::to_string(minutes / 60)}, {"m", std::to_string(minutes % 60)}});
    const auto waits = rig.texts.say(language, "op.waits", {{"t", age}});
    int rows = 0;
    for (const auto& text : rig.registry.texts()) rows += text.text.find(waits) != std::string::npos ? 1 : 0;
    CHECK(rows == 1);
  }
  UiRig rig;
  SightSeeing sight(rig, with([](OperatorView&) {}, 0, LinkView{true, false, nine, nine + 90s, "timeout"}), Answers::usual, {});
  sight.draw();
  CHECK(any_text_has(rig, rig.texts.say(core::Language::kk, "op.next", {{"t", core::format_time_seconds(sample_set_up().zone.local(nine + 90s))}})));
}

TEST_CASE("a held record says its reason in words of each language, its code beside them", "[kiosk][staff][operator]") {
  for (const auto language : core::languages) {
    UiRig rig;
    const auto one_each = [](OperatorView& view) {
      view.held.resize(2);
      view.held[0].reason = "bin.wrong";
      view.held[1].reason = "of.another.version";
    };
    SightSeeing sight(rig, with(one_each, 2), Answers::usual, {.language = language});
    sight.draw();
    CHECK(any_text_has(rig, rig.texts.say(language, "reason.bin.wrong")));
    CHECK(any_text_has(rig, rig.texts.say(language, "op.reason.other")));
    for (const char* code : {"bin.wrong", "of.another.version"}) CHECK(any_text_has(rig, rig.texts.say(language, "op.reason.code", {{"c", code}})));
  }
}

TEST_CASE("an alarm of the link stands on the panel in words, also when there is contact again", "[kiosk][staff][operator]") {
  const char* codes[] = {"keys.forged", "keys.older", "asset.forged", "asset.older", "asset.altered", "answer.forged", "journal.refused",
                         "record.unknown", "log.fork", "log.misplaced", "document.damaged", "document.refused", "paper.damaged"};
  for (const auto language : core::languages) {
    for (const char* code : codes) {
      UiRig rig;
      const auto id = "019ab0000000700080000000000000e1";
      SightSeeing sight(rig, with([](OperatorView&) {}, 0, LinkView{true, true, nine, {}, {}, std::string(code) + " " + id}), Answers::usual, {.language = language});
      sight.draw();
      INFO(code);
      REQUIRE(rig.texts.has(language, "op.alarm." + std::string(code)));
      CHECK(any_text_has(rig, rig.texts.say(language, "op.alarm." + std::string(code))));
      CHECK(any_text_has(rig, rig.texts.say(language, "op.reason.code", {{"c", code}})));
      CHECK_FALSE(any_text_has(rig, id));
    }
  }
}

TEST_CASE("a fork of the evidence log stands on the panel with both sizes and its code, and once", "[kiosk][staff][operator]") {
  for (const auto language : core::languages) {
    UiRig rig;
    const auto forked = [](OperatorView& view) { view.forks = {{"proof", 4'812, 4'907, nine}}; };
    SightSeeing sight(rig, with(forked, 0, LinkView{true, true, nine, {}, {}, "fork/proof"}), Answers::usual, {.language = language});
    sight.draw();
    CHECK(any_text_has(rig, rig.texts.say(language, "op.fork.h")));
    for (const auto size : {4'812, 4'907}) CHECK(any_text_has(rig, number_text(size)));
    CHECK(any_text_has(rig, rig.texts.say(language, "op.fork.then")));
    CHECK(any_text_has(rig, rig.texts.say(language, "op.reason.code", {{"c", "fork/proof"}})));
    CHECK_FALSE(any_text_has(rig, rig.texts.say(language, "op.alarm.log.fork")));
  }
}

TEST_CASE("nothing on the panel names a person or an organisation that has filed", "[kiosk][staff][operator]") {
  UiRig rig;
  for (const int tab : {0, 1, 2}) {
    SightSeeing sight(rig, with([](OperatorView&) {}, tab), Answers::usual, {});
    sight.draw();
    for (const auto& text : rig.registry.texts()) CHECK(text.text.find("ЖШС") == std::string::npos);
  }
}
