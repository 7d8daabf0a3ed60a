// What people type, badly and well: BIN, PIN, names, telephone, dates; and the files they add. An
// answer is never lost by what follows it. DESIGN.md, sections 5 and 8.
#include "tests/kiosk/applicant_rig.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace qabyl::kiosk;
using namespace qabyl::kiosk::test;
using namespace std::chrono_literals;

TEST_CASE("a wrong digit in the BIN is said and asks nobody", "[kiosk][applicant]") {
  Visit visit;
  visit.to_bin();
  CHECK(visit.type("04074000123").empty());
  CHECK(visit.at<IdentifyScreen>().digits() == IdentifyScreen::Digits::too_few);
  CHECK(visit.type("7").empty());
  CHECK(visit.at<IdentifyScreen>().digits() == IdentifyScreen::Digits::wrong);
  visit.next();
  CHECK(visit.at<IdentifyScreen>().stage == IdentifyScreen::Stage::bin);
  CHECK(visit.at<IdentifyScreen>().reason_asked);
  visit.feed(person::KeyPressed{Key::backspace});
  visit.type("8");
  CHECK(visit.count<effect::CheckBin>() == 1);
}

TEST_CASE("an answer about another BIN than the one that stands there is not shown", "[kiosk][applicant]") {
  Visit visit;
  visit.to_bin();
  visit.type(good_bin);
  visit.feed(person::KeyPressed{Key::backspace});
  visit.reply(reply::BinChecked{good_bin, {}, {}});
  CHECK_FALSE(visit.at<IdentifyScreen>().found);
}

TEST_CASE("a BIN that the register does not hold can still apply", "[kiosk][applicant]") {
  Visit visit;
  visit.to_bin();
  visit.type(good_bin);
  visit.reply(reply::BinChecked{good_bin, {}, {}});
  visit.next();
  visit.type("111111");
  visit.type("111111");
  CHECK(visit.last<effect::CreateDraft>().draft.bin == good_bin);
  CHECK(visit.last<effect::CreateDraft>().draft.organisation.empty());
}

TEST_CASE("two PINs that differ are both forgotten and asked again", "[kiosk][applicant]") {
  Visit visit;
  visit.to_bin();
  visit.type(good_bin);
  visit.reply(reply::BinChecked{good_bin, {}, {}});
  visit.next();
  visit.type("482915");
  CHECK(visit.at<IdentifyScreen>().stage == IdentifyScreen::Stage::pin_again);
  visit.type("482916");
  CHECK(visit.at<IdentifyScreen>().differ);
  CHECK(visit.at<IdentifyScreen>().stage == IdentifyScreen::Stage::pin_new);
  CHECK(visit.at<IdentifyScreen>().pin.empty());
  CHECK(visit.at<IdentifyScreen>().pin_first.empty());
}

TEST_CASE("a draft begun before opens with its PIN at the step where it was left", "[kiosk][applicant]") {
  Visit visit;
  visit.to_bin();
  visit.type(good_bin);
  visit.reply(reply::BinChecked{good_bin, {}, DraftView{draft_id, core::Procedure::reissue, 3, nine}});
  visit.next();
  CHECK(visit.at<IdentifyScreen>().stage == IdentifyScreen::Stage::pin_open);
  visit.type("000000");
  CHECK(visit.last<effect::OpenDraft>().id == draft_id);
  visit.type("1");  // touches while the disk works are dropped
  CHECK(visit.at<IdentifyScreen>().pin.empty());
  visit.reply(reply::DraftRefused{core::ErrorCode::forbidden, 4, {}});
  CHECK(visit.at<IdentifyScreen>().refused->tries_left == 4);
  visit.type("482915");
  core::ApplicationDraft draft;
  draft.id = draft_id;
  draft.procedure = core::Procedure::reissue;
  draft.profile = "kz-2004-249";
  draft.bin = good_bin;
  draft.organisation = "«Дала» ЖШС";
  draft.phone = "+77012345678";
  draft.authority_until = "2027-12-31";
  draft.step = 3;
  visit.reply(reply::DraftOpened{draft});
  REQUIRE(visit.is_at<DocumentsScreen>());
  CHECK(visit.app.journey().procedure == core::Procedure::reissue);
  CHECK(visit.app.journey().field(Field::phone).text == "7012345678");
  CHECK(visit.app.journey().field(Field::authority_until).text == "31122027");
}

TEST_CASE("a draft that cannot be made says so and nothing of the visitor is held", "[kiosk][applicant]") {
  Visit visit;
  visit.to_bin();
  visit.type(good_bin);
  visit.reply(reply::BinChecked{good_bin, {}, {}});
  visit.next();
  visit.type("482915");
  visit.type("482915");
  visit.reply(reply::DraftRefused{core::ErrorCode::full, 0, {}});
  CHECK(visit.at<IdentifyScreen>().refused->why == core::ErrorCode::full);
  CHECK(visit.at<IdentifyScreen>().stage == IdentifyScreen::Stage::pin_new);
  CHECK_FALSE(visit.app.journey().draft);
}

TEST_CASE("another BIN after going back seals the first draft", "[kiosk][applicant]") {
  Visit visit;
  visit.to_details();
  visit.back();
  REQUIRE(visit.is_at<IdentifyScreen>());
  CHECK(visit.at<IdentifyScreen>().bin == good_bin);
  visit.next();
  CHECK(visit.is_at<DetailsScreen>());  // the same BIN: the draft is open already
  visit.back();
  visit.feed(person::KeyPressed{Key::clear});
  visit.type("971240001286");
  visit.reply(reply::BinChecked{"971240001286", {}, {}});
  visit.next();
  CHECK(visit.count<effect::LeaveDraft>() == 1);
  CHECK_FALSE(visit.app.journey().draft);
}

TEST_CASE("what is wrong in a question is counted, named at the field and cleared by typing", "[kiosk][applicant]") {
  Visit visit;
  visit.to_details();
  visit.fill_question(1);
  visit.fill_question(2);
  visit.type("701234567");
  visit.next();
  const auto& details = visit.at<DetailsScreen>();
  REQUIRE(details.errors.size() == 2);
  CHECK(details.errors[0] == FieldError{Field::phone, "details.phone.short", 1});
  CHECK(details.errors[1] == FieldError{Field::authority_until, "details.authority.empty", 0});
  visit.type("8");
  CHECK(details.errors.size() == 1);
  CHECK(visit.app.journey().draft->phone == "+77012345678");
  visit.feed(person::ByOfficePressed{});
  CHECK(details.errors.empty());
  visit.next();
  CHECK(details.question == 4);
  CHECK(visit.app.journey().draft->authority_until.empty());
}

TEST_CASE("a day that does not exist or has passed is no end of a power of attorney", "[kiosk][applicant]") {
  Visit visit;
  visit.to_details();
  auto journey = visit.app.journey();
  const core::Date today{std::chrono::year{2026} / 11 / 23};
  const auto finding = [&](const char* digits) {
    journey.field(Field::authority_until).set(digits);
    const auto error = check_field(Field::authority_until, journey, today);
    return error ? std::string(error->text) : std::string{};
  };
  CHECK(finding("30022027") == "details.authority.wrong");
  CHECK(finding("3112") == "details.authority.wrong");
  CHECK(finding("22112026") == "details.authority.past");
  CHECK(finding("23112026").empty());
}

TEST_CASE("a power of attorney that has ended by the kiosk's clock is said once, and holds up nobody who insists", "[kiosk][applicant][clock]") {
  Visit visit;
  visit.to_details();
  visit.fill_question(1);
  visit.fill_question(2);
  visit.type("7012345678");
  visit.feed(person::FieldTapped{Field::authority_until});
  visit.type("22112000");
  visit.next();
  REQUIRE(visit.at<DetailsScreen>().question == 3);
  REQUIRE(visit.at<DetailsScreen>().error_of(Field::authority_until) != nullptr);
  CHECK(visit.at<DetailsScreen>().error_of(Field::authority_until)->text == "details.authority.past");
  visit.next();
  CHECK(visit.at<DetailsScreen>().question == 4);
}

TEST_CASE("hostile text never gets into a field", "[kiosk][applicant]") {
  Visit visit;
  visit.to_details();
  visit.fill_question(1);
  const auto& name = visit.app.journey().field(Field::representative).text;
  visit.type("Айгүл");
  visit.type("\xE2\x80\xAE" "resu");           // bidi override
  CHECK(name == "Айгүл");
  CHECK(visit.at<DetailsScreen>().errors.at(0).text == "details.characters");
  visit.type("\xFF\xFE");                       // not UTF-8
  CHECK(name == "Айгүл");
  visit.type(" Н");
  CHECK(visit.at<DetailsScreen>().errors.empty());
  visit.type(std::string(100'000, 'x'));        // a reader gone mad
  CHECK(name == "Айгүл Н");
}

TEST_CASE("a name of 300 characters is kept as typed and said to be too long", "[kiosk][applicant]") {
  Visit visit;
  visit.to_details();
  visit.fill_question(1);
  std::string name;
  for (int i = 0; i < 300; ++i) name += "ұ";
  visit.type(name);
  visit.feed(person::FieldTapped{Field::position});
  visit.type("кеңесші");
  visit.next();
  REQUIRE(visit.at<DetailsScreen>().errors.size() == 1);
  CHECK(visit.at<DetailsScreen>().errors[0] == FieldError{Field::representative, "details.too_long", 200});
  CHECK(visit.app.journey().field(Field::representative).text == name);
}

TEST_CASE("backspace takes a whole letter and the caret walks by letters", "[kiosk][applicant]") {
  TextEdit edit;
  REQUIRE(edit.type("Әң"));
  edit.key(Key::left);
  REQUIRE(edit.type("қ"));
  CHECK(edit.text == "Әқң");
  edit.key(Key::backspace);
  edit.key(Key::backspace);
  edit.key(Key::backspace);
  CHECK(edit.text == "ң");
}

TEST_CASE("every change is saved, the latest wins and never two are under way", "[kiosk][applicant]") {
  Visit visit;
  visit.answer_saves = false;
  visit.to_details();
  visit.fill_question(1);
  visit.type("А");
  CHECK(visit.count<effect::SaveDraft>() == 0);  // that of the question before is still under way
  visit.type("й");
  visit.reply(reply::DraftSaved{draft_id, nine + 1min});
  REQUIRE(visit.count<effect::SaveDraft>() == 1);
  CHECK(visit.last<effect::SaveDraft>().draft.representative == "Ай");
  CHECK(visit.app.journey().saving.saved_at == nine + 1min);
}

TEST_CASE("a save that fails keeps everything and is tried again by itself", "[kiosk][applicant]") {
  Visit visit;
  visit.answer_saves = false;
  visit.to_details();
  visit.fill_question(1);
  visit.reply(reply::DraftRefused{core::ErrorCode::storage, 0, {}});
  CHECK(visit.app.journey().saving.failed == core::ErrorCode::storage);
  visit.type("А");
  CHECK(visit.count<effect::SaveDraft>() == 0);
  visit.answer_saves = true;
  visit.wait(6s);
  CHECK_FALSE(visit.app.journey().saving.failed);
  CHECK(visit.app.journey().field(Field::representative).text == "А");
}

TEST_CASE("files are added one at a time with a count of real pages", "[kiosk][applicant]") {
  Visit visit;
  visit.to_documents();
  visit.feed(person::AddPressed{"LD2"});
  CHECK(visit.count<effect::ListSource>() == 1);
  visit.reply(reply::SourceListed{true, {{"жарғы.pdf", 1000, "pdf"}, {"куәлік.jpg", 1000, "jpeg"}}, false});
  visit.feed(person::SourceFileTapped{"жарғы.pdf"});
  CHECK(visit.feed(person::SourceFileTapped{"куәлік.jpg"}).empty());
  visit.reply(reply::AddProgress{"LD2", 3, 14});
  CHECK(visit.at<DocumentsScreen>().intake.adding->pages_read == 3);
  CHECK(visit.at<DocumentsScreen>().intake.adding->pages == 14);
  visit.reply(reply::FileAdded{"LD2", pdf_file("жарғы.pdf", 14, 2)});
  CHECK(visit.count<effect::SaveDraft>() == 1);
  CHECK(visit.app.journey().draft->files_of("LD2")->size() == 1);
  visit.add("LD2", pdf_file("жарғы (көшірме).pdf", 14, 2));
  CHECK(visit.app.journey().draft->files_of("LD2")->size() == 1);  // the same bytes are one file
}

TEST_CASE("a file that vanishes or is not readable says why and the rest goes on", "[kiosk][applicant]") {
  Visit visit;
  visit.to_documents();
  visit.feed(person::AddPressed{"LD2"});
  visit.reply(reply::SourceListed{true, {{"a.pdf", 1000, "pdf"}}, false});
  visit.feed(person::SourceFileTapped{"a.pdf"});
  visit.reply(reply::FileRefused{"LD2", "a.pdf", "gone"});
  const auto& documents = visit.at<DocumentsScreen>();
  CHECK(documents.intake.refused->why == "gone");
  CHECK_FALSE(documents.intake.adding);
  const auto& item = *find_document(sample_set_up().profiles.front(), core::Procedure::issue, "LD2");
  CHECK(documents.state_of(item, visit.app.journey()) == ItemState::refused);
  visit.next();
  CHECK(visit.is_at<FeeScreen>());
}

TEST_CASE("a doubtful file is kept as it is or taken again, and never blocks", "[kiosk][applicant]") {
  Visit visit;
  visit.to_documents();
  auto doubtful = pdf_file("басшылар.pdf", 3, 6);
  doubtful.problem = "unreadable";
  visit.add("LD6", doubtful);
  const auto& item = *find_document(sample_set_up().profiles.front(), core::Procedure::issue, "LD6");
  CHECK(visit.at<DocumentsScreen>().state_of(item, visit.app.journey()) == ItemState::attention);
  visit.feed(person::RetakePressed{0});
  visit.reply(reply::SourceListed{true, {{"басшылар2.pdf", 1000, "pdf"}}, false});
  visit.feed(person::SourceFileTapped{"басшылар2.pdf"});
  auto again = pdf_file("басшылар2.pdf", 3, 7);
  again.problem = "unreadable";
  visit.reply(reply::FileAdded{"LD6", again});
  REQUIRE(visit.app.journey().draft->files_of("LD6")->size() == 1);
  CHECK(visit.app.journey().draft->files_of("LD6")->front().ref.name == "басшылар2.pdf");
  visit.feed(person::KeepPressed{0});
  CHECK(visit.at<DocumentsScreen>().state_of(item, visit.app.journey()) == ItemState::ready);
  CHECK(visit.last<effect::SaveDraft>().draft.files_of("LD6")->front().kept_as_is);
  visit.feed(person::FileRemoved{0});
  CHECK(visit.app.journey().draft->files_of("LD6")->empty());
}

TEST_CASE("a stick that is plugged in later is seen without a touch", "[kiosk][applicant]") {
  Visit visit;
  visit.to_documents();
  visit.feed(person::AddPressed{"LD2"});
  visit.reply(reply::SourceListed{false, {}, false});
  visit.wait(1s);
  CHECK(visit.count<effect::ListSource>() == 0);
  visit.wait(1s);
  CHECK(visit.count<effect::ListSource>() == 1);
  visit.reply(reply::SourceListed{true, {{"a.pdf", 1, "pdf"}}, false});
  CHECK(visit.at<DocumentsScreen>().intake.listed->files.size() == 1);
}

TEST_CASE("the language switch keeps every answer, page and position", "[kiosk][applicant]") {
  Visit visit;
  visit.to_details();
  visit.fill_question(1);
  visit.type("Айгүл");
  visit.feed(person::LanguageChosen{core::Language::ru});
  CHECK(visit.at<DetailsScreen>().question == 2);
  CHECK(visit.app.journey().field(Field::representative).text == "Айгүл");
  visit.next();
  CHECK(visit.at<DetailsScreen>().errors.size() == 1);
  visit.feed(person::LanguageChosen{core::Language::en});
  CHECK(visit.at<DetailsScreen>().errors.size() == 1);

  Visit signing;
  signing.to_sign();
  signing.sign();
  signing.feed(person::LanguageChosen{core::Language::ru});
  CHECK(signing.at<SignScreen>().strokes.size() == 1);
  CHECK(signing.app.journey().form.state == Form::State::ready);  // what is being signed stays

  Visit reading;
  reading.to_check();
  reading.reply(reply::FormReady{pdf_file("form.pdf", 2, 77)});
  reading.feed(person::LanguageChosen{core::Language::ru});
  CHECK(reading.last<effect::MakeForm>().language == core::Language::ru);
}
