// The look-up as a model: what the office has said, and the two things that its holder may do from there.
#include "core/cases/licence_application.h"
#include "tests/kiosk/applicant_sights.h"
#include "tests/kiosk/applicant_stages.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace qabyl::kiosk;
using namespace qabyl::kiosk::test;

namespace {

void read_paper(Visit& visit) {
  visit.reply(reply::FormReady{pdf_file("paper.pdf", 2, 7)});
  visit.feed(person::FormPageShown{1, 110, {}});
  visit.wait(core::Millis{3000});
  visit.feed(person::PageTurned{1});
  visit.feed(person::FormPageShown{2, 110, {}});
}

}  // namespace

TEST_CASE("what may still be done with an application follows what the office has said of it", "[kiosk][lookup]") {
  struct Row { const char* state; bool withdraw, deliver; };  // supplement: while incomplete
  for (const auto& [state, withdraw, deliver] : {Row{"", true, false}, Row{"registered", true, false}, Row{"incomplete", true, false}, Row{"complete", true, false},
                                                 Row{"under_examination", true, false}, Row{"granted", false, false}, Row{"refused", false, false}, Row{"returned", false, false},
                                                 Row{"withdrawn", false, false}, Row{"form_issued", false, true}}) {
    INFO(state);
    Visit visit;
    look_up(visit, office_word(state));
    CHECK(visit.at<LookUpScreen>().offers(FollowAct::withdraw) == withdraw);
    CHECK(visit.at<LookUpScreen>().offers(FollowAct::deliver) == deliver);
    CHECK(visit.at<LookUpScreen>().offers(FollowAct::supplement) == (std::string(state) == "incomplete"));
    visit.feed(person::FollowPressed{withdraw ? FollowAct::deliver : FollowAct::withdraw});  // not offered: nothing happens
    CHECK(visit.is_at<LookUpScreen>());
  }
}

TEST_CASE("a licence is signed for only when its form has arrived, is valid and was not signed for yet", "[kiosk][lookup][par2]") {
  const auto offered = [](auto spoil) {
    auto word = office_word("form_issued");
    spoil(*word.form);
    return word.may_sign_for_form();
  };
  CHECK(offered([](LicenceFormView&) {}));
  CHECK_FALSE(offered([](LicenceFormView& form) { form.here = false; }));
  CHECK_FALSE(offered([](LicenceFormView& form) { form.valid = false; }));
  CHECK_FALSE(offered([](LicenceFormView& form) { form.signed_here = true; }));
  CHECK_FALSE(offered([](LicenceFormView& form) { form.delivered_on = "2026-12-22"; }));
}

TEST_CASE("the holder names himself, has every page on the screen, signs once, and gets a receipt", "[kiosk][lookup][par2]") {
  Visit visit;
  look_up(visit, office_word("form_issued"));
  visit.feed(person::FollowPressed{FollowAct::deliver});
  REQUIRE(visit.is_at<FollowScreen>());
  CHECK(visit.app.journey().field(Field::representative).text == "Нұрланова Айгүл Серікқызы");
  visit.feed(person::KeyPressed{Key::clear});
  visit.next();
  CHECK(visit.at<FollowScreen>().name_missing);
  CHECK(visit.count<effect::OpenFollowPaper>() == 0);
  visit.type("Ерлан  Мысалов ");
  visit.next();
  REQUIRE(visit.count<effect::OpenFollowPaper>() == 1);
  CHECK(visit.last<effect::OpenFollowPaper>().follow.name == "Ерлан Мысалов");
  CHECK(visit.last<effect::OpenFollowPaper>().follow.check_code == sample_receipt().check_code);
  visit.reply(reply::FormReady{pdf_file("paper.pdf", 2, 7)});
  visit.feed(person::FormPageShown{1, 110, {}});
  visit.next();
  CHECK(visit.at<FollowScreen>().stage == FollowScreen::Stage::reading);  // the second page was never shown
  CHECK(visit.at<FollowScreen>().pages_missing);
  visit.feed(person::PageTurned{1});
  visit.feed(person::FormPageShown{2, 110, {}});
  visit.next();
  REQUIRE(visit.at<FollowScreen>().stage == FollowScreen::Stage::signing);
  visit.next();
  CHECK(visit.count<effect::FileFollowUp>() == 0);  // no ink
  visit.sign();
  visit.next();
  REQUIRE(visit.count<effect::FileFollowUp>() == 1);
  CHECK(visit.last<effect::FileFollowUp>().signature.pages.size() == 2);
  visit.next();
  CHECK(visit.count<effect::FileFollowUp>() == 0);  // a second press finds nothing to do
  visit.reply(reply::Filed{sample_receipt()});
  CHECK(visit.is_at<ReceiptScreen>());
  CHECK(visit.app.journey().field(Field::representative).text.empty());
}

TEST_CASE("a withdrawal that could not be stored keeps the ink, and going back leads to the look-up", "[kiosk][lookup]") {
  Visit visit;
  look_up(visit, office_word("complete"));
  visit.feed(person::FollowPressed{FollowAct::withdraw});
  visit.next();
  read_paper(visit);
  visit.next();
  visit.sign();
  visit.next();
  visit.reply(reply::FilingFailed{core::ErrorCode::full});
  CHECK(visit.at<FollowScreen>().ink.strokes.size() == 1);
  CHECK(visit.at<FollowScreen>().ink.problem == core::ErrorCode::full);
  visit.back();
  visit.back();
  CHECK(visit.at<FollowScreen>().stage == FollowScreen::Stage::naming);
  visit.back();
  CHECK(visit.is_at<LookUpScreen>());
  CHECK(visit.count<effect::CloseFollowPaper>() == 1);
}

TEST_CASE("what is missing is handed in file by file under one signed letter, and nothing without a file", "[kiosk][lookup][par1]") {
  Visit visit;
  look_up(visit, office_word("incomplete"));
  visit.feed(person::FollowPressed{FollowAct::supplement});
  REQUIRE(visit.count<effect::BeginFiling>() == 1);
  CHECK(visit.at<FollowScreen>().items.size() == 2);
  visit.reply(reply::FilingBegun{draft_id});
  visit.next();
  CHECK(visit.at<FollowScreen>().nothing_added);
  CHECK(visit.at<FollowScreen>().stage == FollowScreen::Stage::documents);
  visit.feed(person::AddPressed{"LD2"});
  visit.reply(reply::SourceListed{true, {{"charter.pdf", 90'000, "pdf"}}, false});
  visit.feed(person::SourceFileTapped{"charter.pdf"});
  REQUIRE(visit.count<effect::AddFile>() == 1);
  CHECK(visit.last<effect::AddFile>().draft == draft_id);  // kept under the record to be
  visit.reply(reply::FileAdded{"LD2", pdf_file("charter.pdf", 14, 5)});
  visit.feed(person::FileRemoved{0});
  CHECK_FALSE(visit.at<FollowScreen>().primary_enabled(visit.app.journey()));
  visit.feed(person::AddPressed{"LD2"});
  visit.reply(reply::SourceListed{true, {{"charter.pdf", 90'000, "pdf"}}, false});
  visit.feed(person::SourceFileTapped{"charter.pdf"});
  visit.reply(reply::FileAdded{"LD2", pdf_file("charter.pdf", 14, 5)});
  visit.next();
  visit.next();
  REQUIRE(visit.count<effect::OpenFollowPaper>() == 1);
  CHECK(visit.last<effect::OpenFollowPaper>().follow.items[0].files.size() == 1);
  CHECK(visit.last<effect::OpenFollowPaper>().follow.filing == draft_id);
  read_paper(visit);
  visit.next();
  visit.sign();
  visit.next();
  REQUIRE(visit.count<effect::FileFollowUp>() == 1);
}

TEST_CASE("of a document of several files one is taken away and brought again, and the others stay", "[kiosk][lookup][par1]") {
  Visit visit;
  look_up(visit, office_word("incomplete"));
  visit.feed(person::FollowPressed{FollowAct::supplement});
  visit.reply(reply::FilingBegun{draft_id});
  const auto bring = [&](const char* item, const core::DraftFile& file) {
    visit.feed(person::AddPressed{item});
    visit.reply(reply::SourceListed{true, {{file.ref.name, 90'000, "pdf"}}, false});
    visit.feed(person::SourceFileTapped{file.ref.name});
    REQUIRE(visit.count<effect::AddFile>() == 1);
    CHECK(visit.last<effect::AddFile>().item == item);
    visit.reply(reply::FileAdded{item, file});
  };
  const auto names = [&](std::size_t item) {
    std::vector<std::string> list;
    for (const auto& file : visit.at<FollowScreen>().items[item].files) list.push_back(file.ref.name);
    return list;
  };
  using Names = std::vector<std::string>;
  const auto one = pdf_file("one.pdf", 1, 1), two = pdf_file("two.pdf", 2, 2), three = pdf_file("three.pdf", 3, 3);
  bring("LD2", one);
  bring("LD2", two);
  bring("LD3", three);
  bring("LD2", two);  // the same again: kept once
  CHECK(names(0) == Names{"one.pdf", "two.pdf"});
  visit.feed(person::FileRemoved{1});
  CHECK(names(0) == Names{"one.pdf"});
  CHECK(names(1) == Names{"three.pdf"});
  visit.feed(person::FileRemoved{1});  // counted over all documents: now it is that of the second
  CHECK(names(0) == Names{"one.pdf"});
  CHECK(names(1).empty());
  visit.feed(person::FileRemoved{1});  // there is none
  CHECK(names(0) == Names{"one.pdf"});
  bring("LD2", two);
  bring("LD3", three);
  visit.next();
  visit.next();
  const auto& items = visit.last<effect::OpenFollowPaper>().follow.items;
  REQUIRE(items.size() == 2);
  CHECK(items[0].files.size() == 2);
  CHECK(items[1].files.size() == 1);
}

TEST_CASE("a record holds forty files: with them in, no more can be added", "[kiosk][lookup][par1]") {
  Visit visit;
  look_up(visit, office_word("incomplete"));
  visit.feed(person::FollowPressed{FollowAct::supplement});
  visit.reply(reply::FilingBegun{draft_id});
  for (std::size_t i = 0; i < core::draft_files_max; ++i) {
    visit.feed(person::AddPressed{"LD2"});
    visit.feed(person::SourceFileTapped{"a.pdf"});
    visit.reply(reply::FileAdded{"LD2", pdf_file("a.pdf", 1, static_cast<std::uint8_t>(i + 1))});
  }
  CHECK(visit.at<FollowScreen>().items[0].files.size() == core::draft_files_max);
  visit.feed(person::AddPressed{"LD3"});
  CHECK_FALSE(visit.at<FollowScreen>().intake.open);
}

TEST_CASE("a statement follows the screen's language until there is ink on it, and is read anew; the form of a licence is what it is", "[kiosk][lookup]") {
  Visit visit;
  look_up(visit, office_word("registered"));
  visit.feed(person::FollowPressed{FollowAct::withdraw});
  visit.next();
  CHECK(visit.last<effect::OpenFollowPaper>().language == core::Language::kk);
  read_paper(visit);
  visit.feed(person::LanguageChosen{core::Language::ru});
  REQUIRE(visit.count<effect::OpenFollowPaper>() == 1);
  CHECK(visit.last<effect::OpenFollowPaper>().language == core::Language::ru);
  CHECK(visit.app.journey().form.seen.empty());
  CHECK_FALSE(visit.at<FollowScreen>().primary_enabled(visit.app.journey()));
  read_paper(visit);
  visit.next();
  REQUIRE(visit.at<FollowScreen>().stage == FollowScreen::Stage::signing);
  visit.feed(person::LanguageChosen{core::Language::en});
  CHECK(visit.at<FollowScreen>().stage == FollowScreen::Stage::reading);
  CHECK(visit.count<effect::OpenFollowPaper>() == 1);
  read_paper(visit);
  visit.next();
  visit.sign();
  CHECK(visit.feed(person::LanguageChosen{core::Language::kk}).empty());  // what is being signed stays
  CHECK(visit.at<FollowScreen>().ink.strokes.size() == 1);

  Visit form;
  look_up(form, office_word("form_issued"));
  form.feed(person::FollowPressed{FollowAct::deliver});
  form.next();
  read_paper(form);
  CHECK(form.feed(person::LanguageChosen{core::Language::ru}).empty());
  CHECK(form.app.journey().form.every_page_shown());
}

TEST_CASE("a walk-away from the paper closes it and leaves nothing of the person", "[kiosk][lookup][privacy]") {
  Visit visit;
  look_up(visit, office_word("form_issued"));
  visit.feed(person::FollowPressed{FollowAct::deliver});
  visit.next();
  read_paper(visit);
  visit.wait(core::Millis{500'000});
  CHECK(visit.is_at<StartScreen>());  // the card "cleared" has gone too
  CHECK(visit.app.journey().field(Field::representative).text.empty());
}

TEST_CASE("news from the office is asked for again while the look-up stands", "[kiosk][lookup]") {
  Visit visit;
  look_up(visit, office_word("registered"));
  visit.reply(reply::PapersChanged{});
  REQUIRE(visit.count<effect::LookUp>() == 1);
  visit.reply(reply::LookedUp{filed_receipt(Answers::usual), office_word("refused")});
  CHECK(visit.at<LookUpScreen>().word.state == "refused");
}

TEST_CASE("a receipt of another kiosk offers no act, is not asked for again, and is forgotten with the screen", "[kiosk][lookup][privacy]") {
  Visit visit;
  auto receipt = proved(filed_receipt(Answers::usual));
  receipt.elsewhere = "AL-09";
  look_up(visit, office_word("incomplete"), receipt);
  for (const auto act : {FollowAct::withdraw, FollowAct::supplement, FollowAct::deliver}) CHECK_FALSE(visit.at<LookUpScreen>().offers(act));
  visit.reply(reply::PapersChanged{});
  CHECK(visit.count<effect::LookUp>() == 0);
  SECTION("by the way back") { visit.back(); }
  SECTION("at the end") { visit.next(); }
  CHECK(visit.count<effect::ForgetReceipt>() == 1);
}

TEST_CASE("a question for a receipt is forgotten with the screen that asked it, and its answer reaches no one", "[kiosk][lookup][privacy]") {
  Visit visit;
  visit.feed(person::LookUpPressed{});
  visit.type(sample_receipt().number);
  visit.feed(person::FieldTapped{Field::look_code});
  visit.type(sample_receipt().check_code);
  visit.next();
  REQUIRE(visit.at<LookUpScreen>().stage == LookUpScreen::Stage::asking);
  SECTION("by the way back") { visit.back(); }
  SECTION("at the end") { visit.feed(person::FinishPressed{}); }
  CHECK(visit.count<effect::ForgetReceipt>() == 1);
  const auto at = visit.app.screen().index();
  visit.reply(reply::LookedUp{filed_receipt(Answers::usual), {}});
  CHECK(visit.app.screen().index() == at);
}

TEST_CASE("the receipt of an act from the look-up says what was done, in the language of the screen, never that an application was filed", "[kiosk][lookup]") {
  UiRig rig;
  struct Row { const char *stage, *kk, *en; };
  for (const auto& row : {Row{"follow.deliver.receipt", "Бланкті алғаныңыз жазылды", "Your receipt of the form is recorded"},
                          Row{"follow.withdraw.receipt", "Кері алу өтініші қабылданды", "Your withdrawal is accepted"},
                          Row{"follow.supplement.receipt", "Құжаттарыңыз қабылданды", "Your documents are accepted"}}) {
    INFO(row.stage);
    const auto stages = applicant_stages();
    const auto stage = std::find_if(stages.begin(), stages.end(), [&](const Stage& one) { return one.name == row.stage; });
    REQUIRE(stage != stages.end());
    SightSeeing sight(rig, *stage, Answers::usual, Shape{});
    sight.draw();
    CHECK(rig.registry.shows(row.kk));
    CHECK(rig.registry.shows("бланк"));
    for (const char* of_a_filing : {"Өтінішіңіз қабылданды", "Өтінішіңіз қазір қайда?", "Лицензиялық алым"}) CHECK_FALSE(rig.registry.shows(of_a_filing));
    sight.tap("lang.en");
    sight.draw();
    CHECK(rig.registry.shows(row.en));
    CHECK(rig.registry.shows("Licence No КБ-0007"));
  }
}
