// How: a visit is driven by events and replies (applicant_rig.h), from the start to the receipt and
// through what goes wrong on the way. DESIGN.md, sections 9 and 10.
#include "tests/kiosk/applicant_rig.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace qabyl::kiosk;
using namespace qabyl::kiosk::test;
using namespace std::chrono_literals;

TEST_CASE("an application goes from the start to a receipt", "[kiosk][applicant]") {
  Visit visit;
  visit.to_receipt();
  CHECK(visit.at<ReceiptScreen>().receipt.number == sample_receipt().number);
  CHECK(visit.app.step() == 7);
  visit.next();
  CHECK(visit.is_at<WipedScreen>());
  CHECK(visit.count<effect::WipeScreen>() == 1);
  CHECK(visit.count<effect::LeaveDraft>() == 0);  // the draft has become the record
  visit.wait(5s);
  CHECK(visit.is_at<StartScreen>());
}

TEST_CASE("an application without documents can be filed and says what is missing", "[kiosk][applicant]") {
  Visit visit;
  visit.to_documents();
  const auto& profile = sample_set_up().profiles.front();
  CHECK(missing_in_step(profile, *visit.app.journey().draft, 3) == std::vector<std::string>{"LD2", "LD3", "LD6", "LD5"});
  visit.add("LD2", pdf_file("жарғы.pdf", 14, 2));
  CHECK(missing_in_step(profile, *visit.app.journey().draft, 3).size() == 3);
  visit.next();
  REQUIRE(visit.is_at<FeeScreen>());
  visit.next();  // nothing chosen: paid later
  REQUIRE(visit.is_at<CheckScreen>());
  CHECK(visit.app.journey().draft->fee == core::FeeChoice::later);
  CHECK(core::missing_documents(profile, *visit.app.journey().draft).size() == 4);
}

TEST_CASE("a second press on the primary files nothing a second time", "[kiosk][applicant]") {
  Visit visit;
  visit.to_sign();
  visit.sign();
  visit.next();
  CHECK(visit.count<effect::FileApplication>() == 1);
  visit.next();
  CHECK(visit.count<effect::FileApplication>() == 0);
  visit.reply(reply::Filed{sample_receipt()});
  CHECK(visit.is_at<ReceiptScreen>());
}

TEST_CASE("nobody signs an application that was not shown to its last page", "[kiosk][applicant]") {
  Visit visit;
  visit.to_check();
  visit.reply(reply::FormReady{pdf_file("form.pdf", 2, 77)});
  visit.next();  // the way to the signature leads through the reading
  REQUIRE(visit.at<CheckScreen>().before_signing);
  visit.next();
  CHECK(visit.at<CheckScreen>().page == 1);
  visit.feed(person::FormPageShown{1, 110, {}});
  visit.next();
  REQUIRE(visit.is_at<CheckScreen>());
  visit.back();
  CHECK_FALSE(visit.at<CheckScreen>().reading);
  visit.next();
  CHECK(visit.at<CheckScreen>().page == 2);  // where it was left
  visit.feed(person::FormPageShown{2, 110, {}});
  visit.next();
  REQUIRE(visit.is_at<SignScreen>());
  visit.back();
  visit.next();
  CHECK(visit.is_at<SignScreen>());  // it was read
  // Another form has to be read again.
  visit.back();
  visit.feed(person::LanguageChosen{core::Language::ru});
  visit.reply(reply::FormReady{pdf_file("form.pdf", 1, 78)});
  visit.next();
  REQUIRE(visit.at<CheckScreen>().before_signing);
  visit.feed(person::FormPageShown{1, 110, {}});
  visit.next();
  visit.sign();
  visit.next();
  CHECK(visit.last<effect::FileApplication>().signature.pages.size() == 1);
}

TEST_CASE("the signature is bound to the form that was made and to the pages that were read", "[kiosk][applicant]") {
  Visit visit;
  visit.to_check();
  visit.reply(reply::FormReady{pdf_file("form.pdf", 2, 77)});
  visit.feed(person::ReadFormPressed{});
  core::Digest pixels{};
  pixels.fill(9);
  visit.feed(person::FormPageShown{1, 110, pixels, 1100, 1556, "draws"});
  visit.steady += 4s;
  visit.feed(person::PageTurned{1});
  visit.feed(person::FormPageShown{2, 110, pixels, 1100, 1500, "draws"});
  visit.feed(person::FormClosed{});
  visit.next();
  visit.sign();
  visit.next();
  const auto& filing = visit.last<effect::FileApplication>();
  CHECK(filing.signature.paper == pdf_file("form.pdf", 2, 77).ref.sha256);
  REQUIRE(filing.signature.pages.size() == 2);
  CHECK(filing.signature.pages[0].ms == 4000);
  CHECK(filing.signature.dpi == 110);
  CHECK(filing.signature.renderer == "draws");
  CHECK(filing.signature.pages[0].width == 1100);
  CHECK(filing.signature.pages[1].height == 1500);
  CHECK(filing.form.pages == 2);
}

TEST_CASE("a failed filing keeps every answer and the signature, and can be tried again", "[kiosk][applicant]") {
  Visit visit;
  visit.to_sign();
  visit.sign();
  visit.next();
  visit.reply(reply::FilingFailed{core::ErrorCode::full});
  REQUIRE(visit.is_at<SignScreen>());
  CHECK(visit.at<SignScreen>().problem == core::ErrorCode::full);
  CHECK(visit.at<SignScreen>().strokes.size() == 1);
  CHECK(visit.app.journey().draft->representative == "Нұрланова Айгүл Серікқызы");
  visit.next();
  CHECK(visit.count<effect::FileApplication>() == 1);
}

TEST_CASE("an unknown outcome is said as unknown until it is known", "[kiosk][applicant]") {
  Visit visit;
  visit.to_sign();
  visit.sign();
  visit.next();
  visit.reply(reply::FilingUnknown{});
  CHECK(visit.at<SignScreen>().stage == SignScreen::Stage::checking);
  CHECK(visit.next().empty());
  CHECK(visit.back().empty());
  visit.wait(20min);  // nobody is timed out while the outcome is open
  CHECK_FALSE(visit.app.asking_away());
  visit.reply(reply::Filed{sample_receipt()});
  CHECK(visit.is_at<ReceiptScreen>());
  CHECK_FALSE(visit.app.asking_away());
}

TEST_CASE("a signature of three samples is too short and is not filed", "[kiosk][applicant]") {
  Visit visit;
  visit.to_sign();
  visit.feed(person::PenLifted{dot(), 2390, 1250});
  CHECK_FALSE(visit.at<SignScreen>().primary_enabled(visit.app.journey()));
  CHECK(visit.next().empty());
  CHECK(visit.at<SignScreen>().short_said);
  visit.sign();
  CHECK_FALSE(visit.at<SignScreen>().short_said);
  CHECK(visit.at<SignScreen>().primary_enabled(visit.app.journey()));
  visit.feed(person::UndoPressed{});
  CHECK(visit.at<SignScreen>().strokes.size() == 1);
  visit.feed(person::ErasePressed{});
  CHECK(visit.next().empty());
}

TEST_CASE("change leads to the one question and straight back", "[kiosk][applicant]") {
  Visit visit;
  visit.to_check();
  visit.feed(person::ChangePressed{person::Answer::representative, {}});
  REQUIRE(visit.is_at<DetailsScreen>());
  CHECK(visit.at<DetailsScreen>().question == 2);
  CHECK(visit.at<DetailsScreen>().focus == Field::representative);
  visit.feed(person::KeyPressed{Key::clear});
  visit.type("Омаров Дәурен");
  visit.next();
  REQUIRE(visit.is_at<CheckScreen>());
  CHECK(visit.app.journey().draft->representative == "Омаров Дәурен");
  CHECK(visit.count<effect::MakeForm>() == 1);  // the form is made anew from the changed answers

  visit.feed(person::ChangePressed{person::Answer::document, "LD3"});
  REQUIRE(visit.is_at<DocumentsScreen>());
  CHECK(visit.at<DocumentsScreen>().selected == "LD3");
  CHECK(visit.at<DocumentsScreen>().intake.open);
  visit.feed(person::SourceClosed{});
  visit.next();
  CHECK(visit.is_at<CheckScreen>());
}

TEST_CASE("an answer emptied by way of change keeps the signature away until it is given", "[kiosk][applicant]") {
  Visit visit;
  visit.to_check();
  visit.reply(reply::FormReady{pdf_file("form.pdf", 2, 77)});
  visit.feed(person::ChangePressed{person::Answer::organisation, {}});
  visit.feed(person::KeyPressed{Key::clear});
  visit.back();
  REQUIRE(visit.is_at<CheckScreen>());
  visit.reply(reply::FormReady{pdf_file("form.pdf", 2, 78)});
  visit.next();
  REQUIRE(visit.is_at<CheckScreen>());
  REQUIRE(visit.at<CheckScreen>().errors.size() == 1);
  CHECK(visit.at<CheckScreen>().errors[0].field == Field::organisation);
}

TEST_CASE("without a form there is nothing to sign, and making it can be tried again", "[kiosk][applicant]") {
  Visit visit;
  visit.to_check();
  CHECK(visit.count<effect::MakeForm>() == 1);
  visit.next();
  CHECK(visit.at<CheckScreen>().reason_asked);
  visit.reply(reply::FormFailed{core::ErrorCode::storage});
  visit.feed(person::RetryPressed{});
  CHECK(visit.count<effect::MakeForm>() == 1);
  visit.reply(reply::FormReady{pdf_file("form.pdf", 2, 77)});
  visit.next();
  visit.read_form();
  CHECK(visit.is_at<SignScreen>());
}

TEST_CASE("the custody list turns to confirmed only on the registry's acceptance", "[kiosk][applicant]") {
  Visit visit;
  visit.to_receipt();
  const auto id = sample_receipt().record;
  CHECK(visit.at<ReceiptScreen>().receipt.custody == SendView::queued);
  visit.reply(reply::LinkChanged{LinkView{true, true, nine, {}, {}}});
  CHECK(visit.at<ReceiptScreen>().receipt.custody == SendView::queued);  // a line alone confirms nothing
  visit.reply(reply::CustodyChanged{id, SendView::sent, nine + 1min, {}, {}});
  CHECK_FALSE(visit.at<ReceiptScreen>().receipt.confirmed_at);
  visit.reply(reply::CustodyChanged{"019ab0000000700080000000000000ff", SendView::accepted, nine + 2min, {}, {}});
  CHECK_FALSE(visit.at<ReceiptScreen>().receipt.confirmed_at);  // somebody else's
  visit.reply(reply::CustodyChanged{id, SendView::accepted, nine + 2min, {}, "№ 12"});
  CHECK(visit.at<ReceiptScreen>().receipt.confirmed_at == nine + 2min);
  visit.reply(reply::CustodyChanged{id, SendView::sent, nine + 3min, {}, {}});
  CHECK(visit.at<ReceiptScreen>().receipt.custody == SendView::accepted);  // never goes back
}

TEST_CASE("a receipt that the registry has just confirmed is asked for its proof, which is one touch away", "[kiosk][applicant][stage2]") {
  Visit visit;
  visit.to_receipt();
  visit.feed(person::ProofPressed{});
  CHECK_FALSE(visit.at<ReceiptScreen>().proof_open);  // nothing is claimed before it is there
  auto receipt = sample_receipt();
  visit.reply(reply::CustodyChanged{receipt.record, SendView::sent, nine + 1min, {}, {}});
  CHECK(visit.count<effect::LookUp>() == 0);
  visit.reply(reply::CustodyChanged{receipt.record, SendView::accepted, nine + 2min, {}, {}});
  REQUIRE(visit.count<effect::LookUp>() == 1);
  CHECK(visit.last<effect::LookUp>().number == receipt.number);
  receipt.proof_qr = "QBL1:PROOF";
  receipt.logged_at = nine + 2min;
  visit.reply(reply::LookedUp{receipt});
  CHECK(visit.at<ReceiptScreen>().receipt.custody == SendView::accepted);
  CHECK(visit.at<ReceiptScreen>().receipt.logged_at == nine + 2min);
  visit.feed(person::ProofPressed{});
  CHECK(visit.at<ReceiptScreen>().proof_open);
  visit.feed(person::SaveReceiptPressed{});
  CHECK(visit.count<effect::SaveReceipt>() == 1);
  visit.feed(person::ProofPressed{});
  CHECK_FALSE(visit.at<ReceiptScreen>().proof_open);
}

TEST_CASE("the look-up gives the proof and the receipt once more, for a stick", "[kiosk][applicant][stage2]") {
  Visit visit;
  visit.feed(person::LookUpPressed{});
  visit.type(sample_receipt().number);
  visit.feed(person::FieldTapped{Field::look_code});
  visit.type(sample_receipt().check_code);
  visit.feed(person::ProofPressed{});
  visit.feed(person::SaveReceiptPressed{});
  CHECK(visit.count<effect::SaveReceipt>() == 0);  // of nothing that was found
  visit.next();
  visit.reply(reply::LookedUp{sample_receipt()});
  CHECK_FALSE(visit.at<LookUpScreen>().proof_open);
  visit.feed(person::ProofPressed{});
  CHECK(visit.at<LookUpScreen>().proof_open);
  visit.feed(person::SaveReceiptPressed{});
  REQUIRE(visit.count<effect::SaveReceipt>() == 1);
  CHECK(visit.last<effect::SaveReceipt>().record == sample_receipt().record);
  CHECK(visit.feed(person::SaveReceiptPressed{}).empty());
  visit.reply(reply::ReceiptSaved{true, {}});
  CHECK(visit.at<LookUpScreen>().copy == ReceiptScreen::Copy::saved);
  visit.back();
  CHECK(visit.at<LookUpScreen>().stage == LookUpScreen::Stage::found);  // only the proof was closed
  CHECK_FALSE(visit.at<LookUpScreen>().proof_open);
  visit.back();
  CHECK(visit.at<LookUpScreen>().stage == LookUpScreen::Stage::typing);
}

TEST_CASE("a receipt is saved to the stick once at a time and a failure is said", "[kiosk][applicant]") {
  Visit visit;
  visit.to_receipt();
  visit.feed(person::SaveReceiptPressed{});
  CHECK(visit.count<effect::SaveReceipt>() == 1);
  CHECK(visit.feed(person::SaveReceiptPressed{}).empty());
  visit.reply(reply::ReceiptSaved{false, "gone"});
  CHECK(visit.at<ReceiptScreen>().copy == ReceiptScreen::Copy::failed);
  visit.feed(person::SaveReceiptPressed{});
  visit.reply(reply::ReceiptSaved{true, {}});
  CHECK(visit.at<ReceiptScreen>().copy == ReceiptScreen::Copy::saved);
}

TEST_CASE("a receipt is looked up by its number and check code", "[kiosk][applicant]") {
  Visit visit;
  visit.feed(person::LookUpPressed{});
  visit.type("al03-26-000417-0");
  visit.feed(person::FieldTapped{Field::look_code});
  visit.type("9f4c7 71da0 2Ob8x");
  visit.next();
  CHECK(visit.count<effect::LookUp>() == 0);  // the check character does not fit
  CHECK(visit.at<LookUpScreen>().number_wrong);
  CHECK(visit.at<LookUpScreen>().focus == Field::look_number);
  visit.feed(person::KeyPressed{Key::clear});
  visit.type(sample_receipt().number);
  visit.next();
  REQUIRE(visit.count<effect::LookUp>() == 1);
  CHECK(visit.last<effect::LookUp>().check_code == "9F4C7-71DA0-20B8X");
  visit.reply(reply::LookedUp{});
  CHECK(visit.at<LookUpScreen>().stage == LookUpScreen::Stage::none);
  visit.next();
  visit.reply(reply::LookedUp{sample_receipt()});
  CHECK(visit.at<LookUpScreen>().stage == LookUpScreen::Stage::found);
  visit.back();
  CHECK(visit.at<LookUpScreen>().stage == LookUpScreen::Stage::typing);
  visit.back();
  CHECK(visit.is_at<StartScreen>());
  CHECK(visit.app.journey().field(Field::look_number).text.empty());
}
