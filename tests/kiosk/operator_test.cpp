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

// Everything that the pages of a list say, from the first to the last.
std::string on_all_pages(const UiRig& rig, SightSeeing& sight) {
  std::string said;
  for (int page = 0; page < 9; ++page) {
    sight.draw();
    for (const auto& text : rig.registry.texts()) said += text.text + "\n";
    sight.visit().feed(person::ListTurned{1});
  }
  return said;
}

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

TEST_CASE("what the registry does not take comes first, then what it does not count, then what an earlier record supersedes", "[kiosk][staff][operator]") {
  OperatorView view;
  view.held = {{"AL03-26-000002-3", "notice.mark_receipt", nine, SendView::quarantined, "mark.pages_unseen", "pages", nine + 1min},
               {"AL03-26-000001-3", "notice.mark_receipt", nine, SendView::superseded, "mark.already", "", nine + 1min, {}, {}, "AL03-26-000007-3"}};
  const LinkView refuses{true, true, nine, {}, {}, "journal.refused chain"};
  CHECK(held_records(view, refuses).size() == 2);  // nothing waits any more
  view.next = OperatorView::Line{"AL03-26-000003-3", "licence_application.submit", nine, SendView::queued, "", ""};
  const auto held = held_records(view, refuses);
  REQUIRE(held.size() == 3);
  CHECK(held[0].refused);
  CHECK(held[0].code == "chain");
  CHECK(held[0].way == core::Repair::journal);
  CHECK(held[1].code == "mark.pages_unseen");
  CHECK(held[1].way == core::Repair::read);
  CHECK(held[2].way == core::Repair::nothing);
  CHECK(held_records(view, LinkView{true, true, nine, {}, {}, "log.fork root"}).size() == 2);
}

TEST_CASE("a held record says when, why and what can be done; a superseded one says which counts", "[kiosk][staff][operator]") {
  for (const auto language : core::languages) {
    UiRig rig;
    const auto three = [](OperatorView& view) {
      view.next = view.lines[0];
      view.held.resize(2);
      view.held[0].decided_at = nine + 5min;
      view.held[0].office_word = "told";
      view.held[0].office_at = nine + 7min;
      view.held[1].state = SendView::superseded;
      view.held[1].first = "AL03-26-000777-3";
    };
    SightSeeing sight(rig, with(three, 2, LinkView{true, true, nine, {}, {}, "journal.refused gap"}), Answers::usual, {.language = language});
    const auto said = on_all_pages(rig, sight);
    const auto all_say = [&](const std::string& words) { return said.find(words) != std::string::npos; };
    for (const char* id : {"refusal.gap", "repair.journal", "reason.bin.wrong", "repair.again", "repair.nothing", "op.state.refused", "op.state.superseded", "held.word.told"}) {
      INFO(id);
      CHECK(all_say(rig.texts.say(language, id)));
    }
    CHECK(all_say(rig.texts.say(language, "op.held.first", {{"n", "AL03-26-000777-3"}})));
    const auto local = sample_set_up().zone.local(nine + 5min);
    CHECK(all_say(rig.texts.say(language, "op.held.at", {{"t", core::format_date(rig.texts, language, local.date) + ", " + core::format_time(local)}})));
  }
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

TEST_CASE("the queue goes onto the stick once a press, one thing at a time, and the panel is loaded anew after it", "[kiosk][staff][operator]") {
  Visit visit;
  sign_in(visit);
  visit.reply(reply::OperatorLoaded{sample_panel(), false});
  visit.feed(staff::Event{staff::CourierWritePressed{}});
  CHECK(visit.count<effect::WriteCourier>() == 1);
  visit.feed(staff::Event{staff::CourierWritePressed{}});
  CHECK(visit.count<effect::WriteCourier>() == 0);
  visit.feed(staff::Event{staff::CourierReadPressed{}});
  CHECK(visit.count<effect::ReadCourier>() == 0);
  CHECK(panel(visit).stick == OperatorScreen::Stick::writing);
  CHECK_FALSE(panel(visit).written);
  visit.reply(reply::CourierWritten{{}, "qabyl-courier-AL-03-2026-11-23-09-00.qcb", 1'000, 2, 3, 0});
  CHECK(visit.count<effect::LoadOperator>() == 1);
  CHECK(panel(visit).stick == OperatorScreen::Stick::idle);
  CHECK(panel(visit).written->documents == 3);
  visit.feed(staff::Event{staff::CourierReadPressed{}});
  CHECK(visit.count<effect::ReadCourier>() == 1);
  CHECK(panel(visit).written);  // stays to be read off
  reply::CourierRead read;
  read.accepted = 2;
  visit.reply(read);
  CHECK(panel(visit).read->accepted == 2);
  visit.feed(staff::Event{staff::CourierWritePressed{}});
  CHECK_FALSE(panel(visit).written);
}

TEST_CASE("what an operator asked of the stick is not told to whoever comes next", "[kiosk][staff][operator]") {
  Visit visit;
  sign_in(visit);
  visit.feed(staff::Event{staff::CourierReadPressed{}});
  visit.feed(person::FinishPressed{});
  visit.feed(person::BeginPressed{});
  sign_in(visit);
  reply::CourierRead read;
  read.accepted = 7;
  visit.reply(read);
  CHECK_FALSE(panel(visit).read);
}

TEST_CASE("the courier's buttons ask for what they say, and every outcome has its words", "[kiosk][staff][operator]") {
  UiRig rig;
  SightSeeing sight(rig, with([](OperatorView&) {}, 4), Answers::usual, {});
  sight.draw();
  sight.tap("op.courier.write");
  CHECK(any_text_has(rig, rig.texts.say(core::Language::kk, "op.courier.up.busy")));
  sight.tap("op.courier.read");  // waits for its turn
  int written = 0, read = 0;
  for (const auto& effect : sight.effects()) {
    written += std::holds_alternative<effect::WriteCourier>(effect) ? 1 : 0;
    read += std::holds_alternative<effect::ReadCourier>(effect) ? 1 : 0;
  }
  CHECK(written == 1);
  CHECK(read == 0);
  for (const auto language : core::languages) {
    for (const char* why : {"gone", "full", "protected", "name", "key", "storage", "none"}) CHECK(rig.texts.has(language, "op.stick." + std::string(why)));
    for (const char* why : {"other_kiosk", "damaged", "not_registry", "too_large", "changed", "unreadable", "storage"}) CHECK(rig.texts.has(language, "op.courier.file." + std::string(why)));
  }
}

TEST_CASE("where the log forked, its proof goes onto the stick with one button, and the panel says how anybody checks it", "[kiosk][staff][operator]") {
  for (const auto language : core::languages) {
    UiRig rig;
    const auto forked = [](OperatorView& view) { view.forks = {{"root", 4'812, 4'812, nine}}; };
    SightSeeing sight(rig, with(forked, 0), Answers::usual, {.language = language});
    sight.draw();
    sight.tap("op.fork.save");
    int asked = 0;
    for (const auto& effect : sight.effects()) asked += std::holds_alternative<effect::SaveForks>(effect) ? 1 : 0;
    CHECK(asked == 1);
    sight.visit().reply(reply::ForksSaved{{}, "fork.json", "fork-held.txt", 1});
    sight.draw();
    CHECK(any_text_has(rig, "fork.json"));
    CHECK(any_text_has(rig, "qabyl-verify log"));
    sight.visit().feed(staff::Event{staff::ForkSavePressed{}});
    sight.visit().reply(reply::ForksSaved{"full", {}, {}, 0});
    sight.draw();
    CHECK(any_text_has(rig, rig.texts.say(language, "op.stick.full")));
  }
  UiRig rig;
  SightSeeing sight(rig, with([](OperatorView&) {}, 0), Answers::usual, {});
  sight.draw();
  CHECK(rig.registry.find("op.fork.save") == nullptr);
}
