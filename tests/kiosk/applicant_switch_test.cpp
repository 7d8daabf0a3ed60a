// Language, text size and contrast switched on every screen keep every answer, page and position; back and
// "change" lead where they say (design/DESIGN.md, sections 4, 9 and 16, item 8).
#include "tests/kiosk/app_snapshot.h"
#include "tests/kiosk/applicant_sights.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace qabyl::kiosk;
using namespace qabyl::kiosk::test;
using person::Answer;

namespace {

bool has_controls(const Visit& visit) { return !visit.app.asking_away() && !visit.is_at<WipedScreen>() && !visit.is_at<PowerScreen>(); }

// What the switched form, or a statement that nobody has signed yet, brings, if one was asked for.
void answer_form(Visit& visit) {
  const bool asked = visit.count<effect::MakeForm>() + visit.count<effect::OpenFollowPaper>() > 0;
  if (asked) visit.reply(reply::FormReady{pdf_file("form.pdf", 2, 78)});
}

std::string focused_field(const UiRig& rig) {
  for (const auto& widget : rig.registry.widgets()) {
    if (widget.role == ui::Role::field && widget.selected) return widget.key;
  }
  return {};
}

}  // namespace

TEST_CASE("the language switch on any screen keeps every answer, page, position and the focus", "[kiosk][switch]") {
  UiRig rig;
  int screens = 0;
  for (const auto& one : applicant_stages()) {
    SightSeeing sight(rig, one, Answers::usual, Shape{});
    if (!has_controls(sight.visit())) continue;
    ++screens;
    INFO(one.name);
    sight.draw();
    const auto before = snapshot(sight.visit().app), focus = focused_field(rig);
    const auto form = sight.visit().app.journey().form.state;
    for (const char* key : {"lang.ru", "lang.en", "lang.kk"}) {
      sight.tap(key);
      if (form == Form::State::ready) answer_form(sight.visit());
      sight.draw();
      CHECK(snapshot(sight.visit().app) == before);
      CHECK(focused_field(rig) == focus);
      if (form == Form::State::ready) CHECK(sight.visit().app.journey().form.state == Form::State::ready);
    }
    CHECK(sight.visit().app.session().language == core::Language::kk);
  }
  CHECK(screens > 60);
}

TEST_CASE("text size and contrast switched on any screen keep every answer, page and position", "[kiosk][switch]") {
  for (const auto& one : applicant_stages()) {
    Visit visit;
    one.arrive(visit, Answers::usual);
    if (!has_controls(visit)) continue;
    INFO(one.name);
    const auto before = snapshot(visit.app);
    for (int i = 0; i < 3; ++i) {
      visit.feed(person::TextSizePressed{});
      visit.feed(person::ContrastPressed{});
      CHECK(snapshot(visit.app) == before);
    }
    CHECK(visit.app.session().text == TextSize::normal);
  }
}

TEST_CASE("every screen has its three language keys, text size, contrast, and a way out", "[kiosk][switch]") {
  UiRig rig;
  for (const auto& one : applicant_stages()) {
    for (const bool portrait : {false, true}) {
      for (const auto text : {TextSize::normal, TextSize::largest}) {
        SightSeeing sight(rig, one, Answers::usual, {.text = text, .portrait = portrait});
        if (!has_controls(sight.visit())) continue;
        sight.draw();
        INFO(one.name << (portrait ? " portrait" : "") << " " << percent(text));
        for (const char* key : {"lang.kk", "lang.ru", "lang.en", "acc.text", "acc.contrast"}) CHECK(rig.registry.find(key) != nullptr);
        const bool at_rest = sight.visit().is_at<StartScreen>() || sight.visit().is_at<StopScreen>();
        CHECK((rig.registry.find("finish") != nullptr) == !at_rest);
      }
    }
  }
}

TEST_CASE("Back is on every screen until the signature is accepted, and leads to the screen before", "[kiosk][switch]") {
  UiRig rig;
  for (const auto& one : applicant_stages()) {
    SightSeeing sight(rig, one, Answers::usual, Shape{});
    const auto& visit = sight.visit();
    const bool opening = !has_controls(visit) || visit.is_at<StartScreen>() || visit.is_at<StopScreen>();
    const auto* sign = std::get_if<SignScreen>(&visit.app.screen());
    if (const auto* follow = std::get_if<FollowScreen>(&visit.app.screen())) sign = &follow->ink;
    const bool filed = visit.is_at<ReceiptScreen>() || (sign != nullptr && sign->stage != SignScreen::Stage::signing);
    sight.draw();
    bool found = false;
    for (const auto& widget : rig.registry.widgets()) found = found || widget.key.ends_with(".back");
    INFO(one.name);
    CHECK(found == (!opening && !filed));
  }
  Visit visit;
  visit.to_sign();
  visit.back();
  CHECK(visit.is_at<CheckScreen>());
  visit.back();
  CHECK(visit.is_at<FeeScreen>());
  visit.back();
  CHECK(visit.is_at<DocumentsScreen>());
  visit.back();
  REQUIRE(visit.is_at<DetailsScreen>());
  CHECK(visit.at<DetailsScreen>().question == 4);
  for (int question = 3; question >= 1; --question) {
    visit.back();
    CHECK(visit.at<DetailsScreen>().question == question);
  }
  visit.back();
  CHECK(visit.is_at<IdentifyScreen>());
  visit.back();
  CHECK(visit.is_at<KindScreen>());
  visit.back();
  CHECK(visit.is_at<StartScreen>());
}

TEST_CASE("change on the check screen leads to that one question and straight back", "[kiosk][switch]") {
  struct Way { Answer answer; int question; Field focus; };
  const Way ways[] = {{Answer::organisation, 1, Field::organisation}, {Answer::address, 1, Field::address}, {Answer::representative, 2, Field::representative},
                      {Answer::position, 2, Field::position}, {Answer::phone, 3, Field::phone}, {Answer::authority_until, 3, Field::authority_until},
                      {Answer::first_head, 4, Field::first_head}};
  for (const auto& way : ways) {
    for (const bool forward : {true, false}) {
      Visit visit;
      visit.to_check();
      visit.feed(person::ChangePressed{way.answer, {}});
      INFO(static_cast<int>(way.answer));
      REQUIRE(visit.is_at<DetailsScreen>());
      CHECK(visit.at<DetailsScreen>().question == way.question);
      CHECK(visit.at<DetailsScreen>().focus == way.focus);
      forward ? visit.next() : visit.back();
      CHECK(visit.is_at<CheckScreen>());
      CHECK_FALSE(visit.app.journey().change_from_check);
    }
  }
  for (const bool forward : {true, false}) {
    Visit visit;
    visit.to_documents();
    visit.add("LD2", pdf_file("жарғы.pdf", 14, 2));
    visit.next();
    visit.next();
    visit.feed(person::ChangePressed{Answer::document, "LD2"});
    REQUIRE(visit.is_at<DocumentsScreen>());
    CHECK(visit.at<DocumentsScreen>().selected == "LD2");
    forward ? visit.next() : visit.back();
    CHECK(visit.is_at<CheckScreen>());
    visit.feed(person::ChangePressed{Answer::fee, {}});
    REQUIRE(visit.is_at<FeeScreen>());
    forward ? visit.next() : visit.back();
    CHECK(visit.is_at<CheckScreen>());
  }
}

TEST_CASE("what was changed from the check screen stands there on return, and the form is made anew", "[kiosk][switch]") {
  Visit visit;
  visit.to_check();
  visit.reply(reply::FormReady{pdf_file("form.pdf", 2, 77)});
  visit.feed(person::ChangePressed{Answer::position, {}});
  visit.type(", екінші орынбасар");
  visit.next();
  REQUIRE(visit.is_at<CheckScreen>());
  CHECK(visit.app.journey().draft->position == "заң кеңесшісі, екінші орынбасар");
  CHECK(visit.count<effect::MakeForm>() == 1);
  CHECK(visit.app.journey().form.state != Form::State::ready);
  visit.next();
  CHECK(visit.is_at<CheckScreen>());  // what is signed is what stands there
}
