// Time and privacy: the waits of DESIGN.md, section 8, what a wipe clears, and answers that come for
// somebody who has left.
#include "tests/kiosk/applicant_stages.h"
#include "tests/kiosk/ui_rig.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace qabyl::kiosk;
using namespace qabyl::kiosk::test;
using namespace std::chrono_literals;

namespace {

// The App is asked right at the limit: not a second earlier.
void check_wait(Visit& visit, core::Millis quiet, core::Millis warning) {
  visit.wait(quiet - 1s);
  CHECK_FALSE(visit.app.asking_away());
  visit.wait(1s);
  REQUIRE(visit.app.asking_away());
  CHECK(visit.app.away_seconds() == warning / 1s);
  visit.wait(warning - 1s);
  CHECK(visit.app.asking_away());
  CHECK(visit.app.away_seconds() == 1);
  visit.wait(1s);
  CHECK(visit.is_at<WipedScreen>());
}

}  // namespace

TEST_CASE("questions wait three minutes and ask for ninety seconds, then seal the draft", "[kiosk][applicant]") {
  Visit visit;
  visit.to_details();
  check_wait(visit, 3min, 90s);
  CHECK(visit.count<effect::LeaveDraft>() == 1);
  CHECK(visit.count<effect::WipeScreen>() == 1);
  CHECK(visit.at<WipedScreen>().draft_kept);
}

TEST_CASE("signing waits five minutes, the receipt two", "[kiosk][applicant]") {
  Visit signing;
  signing.to_sign();
  check_wait(signing, 5min, 90s);
  Visit receipt;
  receipt.to_receipt();
  check_wait(receipt, 2min, 60s);
  CHECK_FALSE(receipt.at<WipedScreen>().draft_kept);
}

TEST_CASE("any touch on the time-out dialog goes on and does nothing else", "[kiosk][applicant]") {
  Visit visit;
  visit.to_details();
  visit.wait(3min);
  visit.next();
  CHECK_FALSE(visit.app.asking_away());
  CHECK(visit.at<DetailsScreen>().question == 1);
  visit.wait(3min);
  CHECK(visit.app.asking_away());
}

TEST_CASE("more time triples the wait, as often as wanted", "[kiosk][applicant]") {
  Visit visit;
  visit.to_details();
  visit.wait(3min);
  visit.feed(person::AwayAnswered{AwayAnswer::more});
  visit.wait(9min - 1s);
  CHECK_FALSE(visit.app.asking_away());
  visit.wait(1s);
  CHECK(visit.app.asking_away());
  CHECK(visit.app.away_seconds_max() == 90);
  for (int i = 0; i < 10; ++i) {
    visit.feed(person::AwayAnswered{AwayAnswer::more});
    visit.steady += 24h;
    visit.feed(Tick{});
    REQUIRE(visit.app.asking_away());
  }
  CHECK(visit.app.session().patience == patience_max);
}

TEST_CASE("save and leave seals the last change first", "[kiosk][applicant]") {
  Visit visit;
  visit.answer_saves = false;
  visit.to_details();
  visit.fill_question(1);
  visit.type("Айгүл");
  visit.wait(3min);
  visit.feed(person::AwayAnswered{AwayAnswer::leave});
  REQUIRE(visit.effects.size() == 3);
  CHECK(std::get<effect::SaveDraft>(visit.effects[0]).draft.representative == "Айгүл");
  CHECK(std::holds_alternative<effect::LeaveDraft>(visit.effects[1]));
  CHECK(std::holds_alternative<effect::WipeScreen>(visit.effects[2]));
}

TEST_CASE("the start falls back to Kazakh, 100 percent and light after a minute", "[kiosk][applicant]") {
  Visit visit;
  visit.feed(person::LanguageChosen{core::Language::en});
  visit.feed(person::TextSizePressed{});
  visit.feed(person::ContrastPressed{});
  visit.wait(59s);
  CHECK(visit.app.session().text == TextSize::large);
  visit.wait(1s);
  CHECK(visit.app.session().language == core::Language::kk);
  CHECK(visit.app.session().text == TextSize::normal);
  CHECK_FALSE(visit.app.session().contrast);
  CHECK_FALSE(visit.app.asking_away());
}

TEST_CASE("a wipe leaves no answer, name or setting behind", "[kiosk][applicant]") {
  Visit visit;
  visit.to_documents();
  visit.add("LD2", pdf_file("жарғы.pdf", 14, 2));
  visit.feed(person::LanguageChosen{core::Language::ru});
  visit.feed(person::TextSizePressed{});
  visit.feed(person::ContrastPressed{});
  visit.feed(person::AwayAnswered{AwayAnswer::more});
  const int before = visit.app.session().number;
  visit.feed(person::FinishPressed{});
  CHECK(visit.count<effect::WipeScreen>() == 1);
  const auto& journey = visit.app.journey();
  CHECK_FALSE(journey.draft);
  for (const auto& field : journey.fields) CHECK(field.text.empty());
  CHECK(journey.form.of.empty());
  CHECK_FALSE(journey.saving.saved_at);
  CHECK(visit.app.session().language == core::Language::kk);
  CHECK(visit.app.session().text == TextSize::normal);
  CHECK_FALSE(visit.app.session().contrast);
  CHECK(visit.app.session().number == before + 1);
}

TEST_CASE("a text is overwritten before it is dropped", "[kiosk][applicant]") {
  std::string text = "Нұрланова Айгүл Серікқызы, a text long enough to stand on the heap";
  text.pop_back();
  const char* bytes = text.data();
  const std::size_t length = text.size() + 1;
  forget(text);
  CHECK(text.empty());
  CHECK(std::string(bytes, length) == std::string(length, '\0'));
}

TEST_CASE("what was typed and waits at the end of a session reaches nobody", "[kiosk][applicant][I13]") {
  UiRig rig;
  rig.queue.put({ui::TextIn{"Айгүл"}, 1});
  rig.queue.put({ui::TextIn{"Нұрланова"}, 2});
  REQUIRE(rig.queue.feed());
  CHECK(rig.queue.text() == "Айгүл");
  rig.queue.forget();
  CHECK(rig.queue.empty());
  CHECK(rig.queue.text().empty());
  CHECK_FALSE(rig.queue.feed());
  CHECK(rig.queue.text().empty());
}

TEST_CASE("finish and clear works on every screen", "[kiosk][applicant]") {
  const auto ends = [](auto&& arrive) {
    Visit visit;
    arrive(visit);
    visit.feed(person::FinishPressed{});
    CHECK(visit.is_at<WipedScreen>());
    CHECK(visit.count<effect::WipeScreen>() == 1);
    visit.feed(person::BeginPressed{});
    CHECK(visit.is_at<StartScreen>());
  };
  ends([](Visit& visit) { visit.feed(person::ApplyPressed{}); });
  ends([](Visit& visit) { visit.to_bin(); });
  ends([](Visit& visit) { visit.to_details(); });
  ends([](Visit& visit) { visit.to_documents(); });
  ends([](Visit& visit) { visit.to_fee(); });
  ends([](Visit& visit) { visit.to_check(); });
  ends([](Visit& visit) { visit.to_sign(); });
  ends([](Visit& visit) { visit.to_receipt(); });
  ends([](Visit& visit) { visit.feed(person::LookUpPressed{}); });
  ends([](Visit& visit) { visit.feed(person::StaffPressed{}); });
}

TEST_CASE("what was asked by the visitor before never reaches the next one", "[kiosk][applicant]") {
  Visit visit;
  visit.to_documents();
  visit.feed(person::AddPressed{"LD2"});
  visit.reply(reply::SourceListed{true, {{"a.pdf", 1, "pdf"}}, false});
  visit.feed(person::SourceFileTapped{"a.pdf"});
  visit.feed(person::FinishPressed{});
  CHECK(visit.count<effect::CancelAdd>() == 1);
  visit.feed(person::BeginPressed{});
  visit.to_documents();
  visit.feed(person::AddPressed{"LD2"});
  visit.reply(reply::SourceListed{true, {{"b.pdf", 1, "pdf"}}, false});
  visit.feed(person::SourceFileTapped{"b.pdf"});
  visit.reply(reply::FileAdded{"LD2", pdf_file("a.pdf", 1, 1)});  // late, of the first visitor
  CHECK(visit.app.journey().draft->files() == 0);
  visit.reply(reply::FileAdded{"LD2", pdf_file("b.pdf", 1, 2)});
  REQUIRE(visit.app.journey().draft->files() == 1);
  CHECK(visit.app.journey().draft->files_of("LD2")->front().ref.name == "b.pdf");
}

TEST_CASE("a receipt that comes after its visitor has left is shown to nobody", "[kiosk][applicant]") {
  Visit visit;
  visit.to_sign();
  visit.sign();
  visit.next();
  visit.feed(person::FinishPressed{});
  visit.reply(reply::Filed{sample_receipt()});
  CHECK(visit.is_at<WipedScreen>());
  visit.feed(person::BeginPressed{});
  visit.to_sign();
  visit.sign();
  visit.next();
  visit.reply(reply::FilingFailed{core::ErrorCode::full});
  CHECK(visit.is_at<SignScreen>());
}

TEST_CASE("after a power cut the first screen asks for the PIN and names nobody", "[kiosk][applicant]") {
  Visit visit;
  visit.reply(reply::Interrupted{DraftView{draft_id, core::Procedure::issue, 6, nine}, nine, nine + 2min});
  REQUIRE(visit.is_at<PowerScreen>());
  visit.feed(person::GoOnWithPinPressed{});
  REQUIRE(visit.is_at<IdentifyScreen>());
  CHECK(visit.at<IdentifyScreen>().bin.empty());
  visit.back();
  CHECK(visit.is_at<PowerScreen>());
  visit.feed(person::GoOnWithPinPressed{});
  visit.type("482915");
  CHECK(visit.last<effect::OpenDraft>().id == draft_id);
  core::ApplicationDraft draft;
  draft.id = draft_id;
  draft.profile = "kz-2004-249";
  draft.step = 6;
  visit.reply(reply::DraftOpened{draft});
  REQUIRE(visit.is_at<CheckScreen>());  // an unfinished signature is made again, and what is signed is read again
  CHECK(visit.count<effect::MakeForm>() == 1);
}

TEST_CASE("the power screen goes away by itself or when it is somebody else", "[kiosk][applicant]") {
  const reply::Interrupted cut{DraftView{draft_id, core::Procedure::issue, 3, nine}, nine, nine + 2min};
  Visit left;
  left.reply(cut);
  left.wait(60s);
  CHECK(left.is_at<StartScreen>());
  CHECK(left.count<effect::LeaveDraft>() == 1);
  Visit other;
  other.reply(cut);
  other.feed(person::NotMePressed{});
  CHECK(other.is_at<WipedScreen>());
  CHECK(other.count<effect::LeaveDraft>() == 1);
}

TEST_CASE("a stopped intake refuses at the door and never in the middle", "[kiosk][applicant]") {
  Visit visit;
  visit.reply(reply::StopIntake{true, "Алматы, 2-терезе"});
  CHECK(visit.is_at<StopScreen>());
  visit.feed(person::LookUpPressed{});
  CHECK(visit.is_at<LookUpScreen>());
  visit.back();
  CHECK(visit.is_at<StopScreen>());
  visit.reply(reply::StopIntake{false, {}});
  CHECK(visit.is_at<StartScreen>());
  visit.to_details();
  visit.reply(reply::StopIntake{true, {}});
  CHECK(visit.is_at<DetailsScreen>());
  visit.feed(person::FinishPressed{});
  visit.wait(5s);
  CHECK(visit.is_at<StopScreen>());
}

TEST_CASE("random input never breaks an invariant", "[kiosk][applicant]") {
  const std::vector<Input> inputs{
      person::Touched{}, person::BackPressed{}, person::PrimaryPressed{}, person::PrimaryPressed{}, person::FinishPressed{},
      person::TextTyped{good_bin}, person::TextTyped{"482915"}, person::TextTyped{"Әже"}, person::KeyPressed{Key::enter},
      person::KeyPressed{Key::backspace}, person::ApplyPressed{}, person::LookUpPressed{}, person::StaffPressed{},
      person::KindChosen{core::Procedure::duplicate}, person::StepTapped{1}, person::StepTapped{3}, person::AddPressed{"LD2"},
      person::AddPressed{"LD9"}, person::SourceFileTapped{"a.pdf"}, person::FileRemoved{7}, person::RetakePressed{3},
      person::KeepPressed{9}, person::PageTurned{-5}, person::ZoomPressed{}, person::ListTurned{-1},
      person::ChangePressed{person::Answer::licence_number, {}}, person::ChangePressed{person::Answer::document, "LD6"},
      person::PenLifted{long_stroke(), 2390, 1250}, person::UndoPressed{}, person::ReadFormPressed{}, person::SaveReceiptPressed{}, person::ProofPressed{},
      person::AwayAnswered{AwayAnswer::leave}, person::FeeChosen{core::FeeChoice::proof}, person::ItemTapped{"LD1"},
      person::LanguageChosen{core::Language::en}, Tick{}, Reply{reply::BinChecked{good_bin, {}, {}}},
      Reply{reply::DraftSaved{draft_id, nine}}, Reply{reply::DraftRefused{core::ErrorCode::forbidden, 2, {}}},
      Reply{reply::SourceListed{true, {}, false}}, Reply{reply::FileAdded{"LD2", pdf_file("a.pdf", 2, 2)}},
      Reply{reply::FileRefused{"LD2", "a.pdf", "gone"}}, Reply{reply::FormReady{pdf_file("form.pdf", 2, 77)}},
      Reply{reply::Filed{sample_receipt()}}, Reply{reply::FilingUnknown{}}, Reply{reply::FilingFailed{core::ErrorCode::full}},
      Reply{reply::LookedUp{sample_receipt()}}, Reply{reply::ReceiptSaved{true, {}}}, person::FollowPressed{FollowAct::withdraw},
      person::FollowPressed{FollowAct::supplement}, person::FollowPressed{FollowAct::deliver}, Reply{reply::FilingBegun{draft_id}}};
  std::uint32_t state = 2463534242U;  // xorshift: the same walk on every machine
  const auto random = [&state](std::size_t below) {
    state ^= state << 13U;
    state ^= state >> 17U;
    state ^= state << 5U;
    return static_cast<std::size_t>(state) % below;
  };
  std::array<int, std::variant_size_v<Screen::variant>> visited{};
  for (int run = 0; run < 300; ++run) {
    Visit visit;
    visit.answer_saves = run % 2 == 0;
    if (run % 3 == 0) visit.to_documents();
    if (run % 7 == 0 && run % 3 != 0) {
      visit.to_sign();
      if (run % 2 == 0) visit.sign();  // chance alone seldom signs, goes on and is answered
    }
    if (run % 3 == 1 && run % 7 != 0) look_up(visit, office_word(run % 2 == 0 ? "incomplete" : "form_issued"));
    for (int i = 0; i < 200; ++i) {
      visit.steady += core::Millis{random(3000)};
      visit.feed(inputs[random(inputs.size())]);
      ++visited[visit.app.screen().index()];
      const int step = visit.app.step();
      REQUIRE((step <= 1 || step >= 7 || visit.app.journey().draft.has_value()));
    }
  }
  for (const std::size_t screen : {0U, 1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U, 9U, 10U, 11U, 14U}) {
    INFO("screen " << screen);
    CHECK(visited[screen] > 0);
  }
}
