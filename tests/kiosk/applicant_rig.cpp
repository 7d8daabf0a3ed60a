// See applicant_rig.h.
#include "tests/kiosk/applicant_rig.h"

#include "tests/support/catch.h"

namespace qabyl::kiosk::test {
namespace {

core::RequiredDocument document(std::string code, std::string kk, std::string ru, std::string en, int step = 3, bool made_here = false) {
  core::RequiredDocument one;
  one.code = std::move(code);
  one.name = {std::move(kk), std::move(ru), std::move(en)};
  one.hint = {"Әр беті анық оқылуы керек, 60 бетке дейін", "Каждая страница должна читаться, до 60 страниц", "Every page must be readable, up to 60 pages"};
  one.step = step;
  one.made_here = made_here;
  one.procedures = {core::Procedure::issue, core::Procedure::reissue, core::Procedure::duplicate};
  return one;
}

SetUp make_set_up() {
  SetUp set_up;
  set_up.device = "AL-03";
  set_up.place = {"Алматы қаласы, 1-терезе", "город Алматы, окно 1", "Almaty, window 1"};
  set_up.zone = *core::TimeZone::parse("version;2024a\n-62135596800000;300\n");
  set_up.profiles = {sample_profile()};
  set_up.profile = "kz-2004-249";
  return set_up;
}

}  // namespace

core::Profile sample_profile() {
  core::Profile profile;
  profile.id = "kz-2004-249";
  profile.version = "2026-1";
  profile.title = {"Кредиттік бюролар", "Кредитные бюро", "Credit bureaus"};
  profile.law_article = {"Кредиттік бюролар туралы заңның 9-бабының 1-тармағы", "Пункт 1 статьи 9 Закона о кредитных бюро", "Article 9(1) of the Law on credit bureaus"};
  profile.documents = {
      document("LD1", "Лицензия беру туралы өтініш", "Заявление о выдаче лицензии", "Application for a licence", 3, true),
      document("LD2", "Құрылтай құжаттарының көшірмелері", "Копии учредительных документов", "Copies of founding documents"),
      document("LD3", "Мемлекеттік тіркеу туралы куәліктің көшірмесі", "Копия свидетельства о государственной регистрации", "Copy of the certificate of state registration"),
      document("LD6", "Басшы қызметкерлер туралы мәліметтер", "Сведения о руководящих работниках", "Particulars of the managers"),
      document("LD5", "Үй-жай мен жабдықтың талаптарға сәйкестігі туралы акт", "Акт о соответствии помещений и оборудования", "Act of compliance of premises and equipment"),
      document("LD4", "Алымның төленгенін растайтын құжат", "Документ об уплате лицензионного сбора", "Proof that the licence fee is paid", 4)};
  profile.fee.mci_tenge = 4325;
  profile.fee.issue_hundredths_mci = 1000;
  profile.fee.reissue_hundredths_mci = 100;
  profile.fee.duplicate_hundredths_mci = 1000;
  profile.fee.example = true;
  profile.fee.receiver = {"Мемлекеттік кірістер басқармасы", "Управление государственных доходов", "State revenue office"};
  profile.fee.receiver_bin = "971240001285";
  profile.fee.account = "KZ24070105KSN0000000";
  profile.fee.purpose_code = "913";
  return profile;
}

const SetUp& sample_set_up() {
  static const SetUp set_up = make_set_up();
  return set_up;
}

core::DraftFile pdf_file(const std::string& name, int pages, std::uint8_t mark) {
  core::DraftFile file;
  file.ref = {name, 120'000, {}, "application/pdf"};
  file.ref.sha256.fill(mark);
  file.pages = pages;
  file.source = "usb";
  return file;
}

ReceiptView sample_receipt() {
  ReceiptView receipt;
  receipt.record = "019ab0000000700080000000000000e1";
  receipt.kind = "licence_application.submit";
  receipt.number = core::receipt_number("AL-03", 2026, 417);
  receipt.check_code = "9F4C7-71DA0-20B8X";
  receipt.qr = "QBL1:" + std::string(430, 'A');
  receipt.filed_at = nine + std::chrono::minutes{32} + std::chrono::seconds{8};
  receipt.trust = core::Trust::trusted;
  receipt.organisation = "«Дала кредиттік бюросы» ЖШС";
  receipt.files = 6;
  receipt.pages = 27;
  return receipt;
}

ReceiptView proved(ReceiptView receipt) {
  receipt.custody = SendView::accepted;
  receipt.proof_qr = "QBL1:";
  for (unsigned seed = 7; receipt.proof_qr.size() < 1'730; seed = seed * 1'103'515'245U + 12'345U) receipt.proof_qr += "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"[(seed >> 16) % 45];
  receipt.logged_at = nine + std::chrono::minutes{34};
  return receipt;
}

core::Stroke long_stroke() {
  core::Stroke stroke;
  for (int i = 0; i < 60; ++i) stroke.push_back({1500 + i * 100, 2600 + (i % 12 < 6 ? 1 : -1) * 130 * (i % 6), i * 16, -1});
  return stroke;
}

core::Stroke dot() { return {{5000, 2600, 0, -1}, {5005, 2600, 16, -1}, {5010, 2605, 32, -1}}; }

Effects& Visit::feed(Input input) {
  effects = app.update(input, Now{nine + steady, steady});
  if (!answer_saves || count<effect::SaveDraft>() == 0) return effects;
  const Effects kept = effects;  // the answer may cause effects of its own; the test asks for these
  app.update(Reply{reply::DraftSaved{draft_id, nine + steady}}, Now{nine + steady, steady});
  effects = kept;
  return effects;
}

void Visit::wait(core::Millis time) {
  const auto until = steady + time;
  while (steady < until) {
    steady += std::min(core::Millis{1000}, until - steady);
    feed(Tick{});
  }
}

void Visit::to_bin(core::Procedure procedure) {
  feed(person::ApplyPressed{});
  feed(person::KindChosen{procedure});
  next();
  REQUIRE(is_at<IdentifyScreen>());
}

void Visit::to_details(core::Procedure procedure) {
  to_bin(procedure);
  type(good_bin);
  reply(reply::BinChecked{good_bin, BureauView{good_bin, "«Дала кредиттік бюросы» ЖШС", "Алматы қаласы, Абай даңғылы, 52-үй", "Қасымов Ерлан Маратұлы", false, nine}, {}});
  next();
  type("482915");
  type("482915");
  reply(reply::DraftSaved{draft_id, nine});
  REQUIRE(is_at<DetailsScreen>());
}

void Visit::fill_question(int question) {
  for (const Field field : fields_of(question, app.journey().procedure)) {
    feed(person::FieldTapped{field});
    if (!app.journey().field(field).text.empty()) continue;
    if (field == Field::representative) type("Нұрланова Айгүл Серікқызы");
    else if (field == Field::position) type("заң кеңесшісі");
    else if (field == Field::phone) type("7012345678");
    else if (field == Field::authority_until) type("31122027");
    else if (field == Field::licence_number) type("№ 4.2.11/2");
    else type("Қасымов Ерлан Маратұлы");
  }
  next();
}

void Visit::to_documents() {
  to_details();
  for (int question = 1; question <= questions_count; ++question) fill_question(question);
  REQUIRE(is_at<DocumentsScreen>());
}

void Visit::add(const std::string& item, const core::DraftFile& file) {
  feed(person::AddPressed{item});
  if (count<effect::ListSource>() == 1) reply(reply::SourceListed{true, {{file.ref.name, file.ref.bytes, "pdf"}}, false});
  feed(person::SourceFileTapped{file.ref.name});
  REQUIRE(count<effect::AddFile>() == 1);
  reply(reply::FileAdded{item, file});
}

void Visit::to_check() {
  to_fee();
  feed(person::FeeChosen{core::FeeChoice::later});
  next();
  REQUIRE(is_at<CheckScreen>());
}

void Visit::to_sign() {
  to_check();
  reply(reply::FormReady{pdf_file("form.pdf", 2, 77)});
  next();
  read_form();
  REQUIRE(is_at<SignScreen>());
}

void Visit::read_form() {
  REQUIRE(at<CheckScreen>().reading);
  feed(person::FormPageShown{1, 110, {}});
  feed(person::PageTurned{1});
  feed(person::FormPageShown{2, 110, {}});
  next();
}

void Visit::to_receipt() {
  to_sign();
  sign();
  next();
  reply(reply::Filed{sample_receipt()});
  REQUIRE(is_at<ReceiptScreen>());
}

}  // namespace qabyl::kiosk::test
