// See applicant_at_screen.h.
#include "tests/life/applicant_at_screen.h"

namespace qabyl::life {

namespace person = kiosk::person;
using kiosk::Field;

void ApplicantAtScreen::draws() { press(person::PenLifted{test::ink(40, 60, ++inks_).front(), 2390, 1250}); }

void ApplicantAtScreen::leaves() {
  press(person::FinishPressed{});
  kiosk_.at<kiosk::WipedScreen>();
  press(person::BeginPressed{});
  kiosk_.at<kiosk::StartScreen>();
}

void ApplicantAtScreen::answers_questions(core::Procedure procedure, const std::string& licence_number) {
  const std::map<Field, std::string> answers{{Field::organisation, "«Үлгі» бюросы"}, {Field::address, "Алматы"}, {Field::representative, "Ерлан Мысалов"}, {Field::position, "заңгер"},
                                             {Field::phone, "7012345678"}, {Field::authority_until, "31122027"}, {Field::first_head, "Айгүл Үлгібаева"}, {Field::licence_number, licence_number}};
  for (int question = 1; question <= kiosk::questions_count; ++question) {
    REQUIRE(kiosk_.at<kiosk::DetailsScreen>().question == question);
    for (const auto field : kiosk::fields_of(question, procedure)) {
      press(person::FieldTapped{field});
      if (kiosk_.app().journey().field(field).text.empty()) press(person::TextTyped{answers.at(field)});
    }
    next();
    const auto* details = std::get_if<kiosk::DetailsScreen>(&kiosk_.app().screen());
    if (details != nullptr && details->question == question && details->error_of(Field::authority_until) != nullptr) next();  // knows better than the kiosk's clock
  }
}

void ApplicantAtScreen::adds(const std::string& item, const std::string& file) {
  press(person::AddPressed{item});
  press(person::SourceFileTapped{file});
}

kiosk::ReceiptView ApplicantAtScreen::confirmed() {
  CHECK(kiosk_.at<kiosk::ReceiptScreen>().receipt.custody == kiosk::SendView::queued);
  kiosk_.sync();
  const auto& receipt = kiosk_.at<kiosk::ReceiptScreen>().receipt;
  INFO(receipt.kind << " " << receipt.reason);
  CHECK(receipt.custody == kiosk::SendView::accepted);
  CHECK(receipt.logged_at.has_value());  // and its proof, verified
  return receipt;
}

Receipt ApplicantAtScreen::files(core::Procedure procedure, const std::string& bin, const std::map<std::string, std::string>& documents, const std::string& licence_number) {
  kiosk_.sync();
  press(person::ApplyPressed{});
  press(person::KindChosen{procedure});
  next();
  press(person::TextTyped{bin});
  next();
  for (int twice = 0; twice < 2; ++twice) press(person::TextTyped{"482915"});
  answers_questions(procedure, licence_number);
  const auto fee = kiosk::fee_item(kiosk_.app().set_up().current_profile(), procedure);
  kiosk_.at<kiosk::DocumentsScreen>();
  for (const auto& [code, file] : documents) {
    if (code != fee) adds(code, file);
  }
  next();
  kiosk_.at<kiosk::FeeScreen>();
  if (const auto proof = documents.find(fee); proof != documents.end()) adds(fee, proof->second);
  next();
  kiosk_.at<kiosk::CheckScreen>();
  next();
  if (const auto* check = std::get_if<kiosk::CheckScreen>(&kiosk_.app().screen()); check != nullptr && !check->errors.empty()) next();
  reads();
  next();
  kiosk_.at<kiosk::SignScreen>();
  draws();
  next();
  const auto receipt = confirmed();
  CHECK(receipt.files == static_cast<int>(documents.size()) + 1);
  const Receipt carried{receipt.record, receipt.number, receipt.check_code};
  leaves();
  return carried;
}

void ApplicantAtScreen::opens(const Receipt& receipt) {
  kiosk_.sync();
  press(person::LookUpPressed{});
  press(person::TextTyped{receipt.number});
  press(person::FieldTapped{Field::look_code});
  press(person::TextTyped{receipt.check_code});
  next();
  REQUIRE(kiosk_.at<kiosk::LookUpScreen>().stage == kiosk::LookUpScreen::Stage::found);
}

kiosk::OfficeWord ApplicantAtScreen::looks_up(const Receipt& receipt) {
  opens(receipt);
  const auto word = kiosk_.at<kiosk::LookUpScreen>().word;
  leaves();
  return word;
}

void ApplicantAtScreen::begins(const Receipt& receipt, kiosk::FollowAct act) {
  opens(receipt);
  REQUIRE(kiosk_.at<kiosk::LookUpScreen>().offers(act));
  press(person::FollowPressed{act});
  kiosk_.at<kiosk::FollowScreen>();
}

// Every page of what will be signed.
void ApplicantAtScreen::reads() {
  const auto form = kiosk_.app().journey().form.file;
  REQUIRE(form.pages > 0);
  for (int number = 1; number <= form.pages; ++number) {
    if (number > 1) press(person::PageTurned{1});
    const auto shown = kiosk_.page(form.ref.sha256, number);
    press(person::FormPageShown{number, shown.dpi, shown.pixels, shown.width, shown.height, shown.renderer});
    kiosk_.pass(core::Millis{2'000});
  }
}

// Who acts, every page of the paper, the signature.
void ApplicantAtScreen::signs() {
  using Stage = kiosk::FollowScreen::Stage;
  REQUIRE(kiosk_.at<kiosk::FollowScreen>().stage == Stage::naming);
  next();
  REQUIRE(kiosk_.at<kiosk::FollowScreen>().stage == Stage::reading);
  reads();
  next();
  REQUIRE(kiosk_.at<kiosk::FollowScreen>().stage == Stage::signing);
  draws();
  next();
}

core::Record ApplicantAtScreen::reads_and_signs() {
  signs();
  const auto id = confirmed().record;
  leaves();
  const auto kept = kiosk_.store().find_record(id);
  REQUIRE((kept && *kept));
  return (*kept)->record.record;
}

core::Record ApplicantAtScreen::supplements(const Receipt& receipt, const std::map<std::string, std::string>& documents) {
  begins(receipt, kiosk::FollowAct::supplement);
  for (const auto& [code, file] : documents) adds(code, file);
  next();
  return reads_and_signs();
}

core::Record ApplicantAtScreen::withdraws(const Receipt& receipt) {
  begins(receipt, kiosk::FollowAct::withdraw);
  return reads_and_signs();
}

Receipt ApplicantAtScreen::withdraws_unsent(const Receipt& receipt) {
  begins(receipt, kiosk::FollowAct::withdraw);
  signs();
  kiosk_.sync();
  const auto& made = kiosk_.at<kiosk::ReceiptScreen>().receipt;
  CHECK(made.custody == kiosk::SendView::queued);
  const Receipt carried{made.record, made.number, made.check_code};
  leaves();
  return carried;
}

kiosk::ReceiptView ApplicantAtScreen::saves(const Receipt& receipt) {
  opens(receipt);
  press(person::ProofPressed{});
  CHECK(kiosk_.at<kiosk::LookUpScreen>().proof_open);
  press(person::SaveReceiptPressed{});
  CHECK(kiosk_.at<kiosk::LookUpScreen>().copy == kiosk::ReceiptScreen::Copy::saved);
  const auto view = *kiosk_.at<kiosk::LookUpScreen>().receipt;
  leaves();
  return view;
}

core::Record ApplicantAtScreen::signs_for_licence(const Receipt& receipt) {
  begins(receipt, kiosk::FollowAct::deliver);
  return reads_and_signs();
}

}  // namespace qabyl::life
