// Sample contents (samples.h). Names and numbers are invented; 040740001238 has a right check digit.
#include "tests/paper/samples.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include "core/text.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"

namespace qabyl::test {

using namespace core;
using namespace core::paper;

namespace {

std::string read_build_file(const std::string& name) {
  std::ifstream file(qabyl::test::in_build("/assets/i18n/") + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Texts load_texts() {
  auto texts = Texts::parse(read_build_file("kk.mo"), read_build_file("ru.mo"), read_build_file("en.mo"));
  REQUIRE(texts.has_value());
  return *std::move(texts);
}

constexpr Date filing_day = std::chrono::year{2026} / 11 / 23;
const Instant filing_time{std::chrono::sys_days(filing_day) + std::chrono::hours(9) + std::chrono::minutes(32) +
                          std::chrono::milliseconds(8'123)};

// As long as a stage 1 receipt may be: 300 bytes of COSE in base45.
std::string longest_qr() {
  std::string text = "QBL1:";
  const std::string alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  for (std::size_t i = 0; text.size() < 455; ++i) text += alphabet[(i * 31 + i / 7) % alphabet.size()];
  return text;
}

RequiredDocument document(const std::string& code, LocalText name, bool made_here = false) {
  RequiredDocument required;
  required.code = code;
  required.name = std::move(name);
  required.made_here = made_here;
  required.procedures = {Procedure::issue, Procedure::reissue, Procedure::duplicate};
  return required;
}

DraftItem item(const std::string& code, int files, int pages) {
  DraftItem made{code, {}};
  for (int i = 0; i < files; ++i) {
    DraftFile file;
    file.ref.name = code + ".pdf";
    file.pages = pages;
    made.files.push_back(file);
  }
  return made;
}

std::string first_chars(const std::string& text, std::size_t count) {
  std::vector<char32_t> points = code_points(text);
  points.resize(std::min(points.size(), count));
  return to_utf8(points);
}

const LocalText charter{"Мемлекеттік тіркеуден өткен құрылтай құжаттарының көшірмелері",
                        "Копии учредительных документов, прошедших государственную регистрацию",
                        "Copies of the registered constituent documents"};
const LocalText registration{"Мемлекеттік тіркеу туралы куәліктің көшірмесі",
                             "Копия свидетельства о государственной регистрации", "Copy of the certificate of registration"};
const LocalText form{"Лицензия беру туралы өтініш", "Заявление о выдаче лицензии", "Application for a licence"};
const LocalText fee{"Алымның төленгенін растайтын құжат", "Документ об уплате сбора", "Proof of payment"};
const LocalText premises{"Үй-жай мен жабдықтың талаптарға сәйкестігі туралы акт",
                         "Акт о соответствии помещения и оборудования требованиям", "Act on premises and equipment"};

}  // namespace

const Texts& texts() {
  static const Texts loaded = load_texts();
  return loaded;
}

std::string long_name() {
  const std::string start = "«Орталық Қазақстан өңіріндегі шағын және орта кәсіпкерлік субъектілерінің кредиттік тарихы бюросы» ЖШС, ";
  std::string name = start;
  while (char_count(name) < 200) name += char_count(name) < 120 ? "ә" : "ұ";
  return name;
}

Strokes drawn_strokes() {
  Strokes strokes(2);
  for (int i = 0; i < 60; ++i) {
    const double t = i / 59.0;
    strokes[0].push_back({static_cast<int>(2500 + 4500 * t), static_cast<int>(2900 - 1600 * std::sin(t * 14) * (1 - 0.6 * t)), i * 16, -1});
  }
  for (int i = 0; i < 20; ++i) strokes[1].push_back({2300 + 260 * i, 3700 - 6 * i, 1100 + i * 16, -1});
  return strokes;
}

ReceiptContent plain_receipt(Language language) {
  ReceiptContent content;
  content.number = "AL03-26-000417-7";
  content.check_code = "9F4C7-1DA20-B8XYZ";
  content.qr = longest_qr();
  content.filed_at = filing_time;
  content.filed_local = {filing_day, 14, 32, 8};
  content.trust = Trust::trusted;
  content.device = "AL-03";
  content.place = {"Алматы, Абай даңғылы, 42", "Алматы, проспект Абая, 42", "Almaty, 42 Abai Avenue"};
  content.organisation = "«Дала кредиттік бюросы» ЖШС";
  content.bin = "040740001238";
  content.documents = {{form.in(language), 1, 2}, {charter.in(language), 1, 14}, {registration.in(language), 1, 3},
                       {fee.in(language), 1, 1}, {premises.in(language), 2, 7}};
  return content;
}

ReceiptContent long_receipt() {
  ReceiptContent content = plain_receipt();
  content.trust = Trust::untrusted;
  content.organisation = long_name();
  content.documents.clear();
  for (int i = 0; i < 30; ++i) content.documents.push_back({i % 3 == 0 ? long_name() : charter.kk, 1 + i % 4, i * 7});
  for (int i = 0; i < 12; ++i) content.missing.push_back(i % 4 == 0 ? long_name() : premises.kk);
  content.fee_open = true;
  return content;
}

ReceiptContent mark_receipt() {
  ReceiptContent content = plain_receipt();
  content.kind = ReceiptKind::mark_of_receipt;
  content.trust = Trust::unconfirmed;
  content.organisation = "«Алатау кредиттік бюросы» АҚ";
  content.documents.clear();
  content.paper_number = "118";
  content.paper_date = std::chrono::year{2026} / 8 / 24;
  content.paper_pages = 4;
  content.full_name = "Сүлейменов Бауыржан Талғатұлы";
  content.position = "Басқарма төрағасының орынбасары";
  content.limits = {{"Екінші дананы қайтару", std::chrono::year{2026} / 11 / 24}};
  return content;
}

ApplicationContent plain_application() {
  ApplicationContent content;
  content.profile.id = "kz-2004-249";
  content.profile.law_article = {"Кредиттік бюролар туралы заңның 9-бабының 1-тармағы",
                                 "пункт 1 статьи 9 Закона о кредитных бюро", "Article 9(1) of the Law on credit bureaus"};
  content.profile.documents = {document("LD1", form, true), document("LD2", charter), document("LD3", registration),
                               document("LD4", fee), document("LD5", premises)};
  content.profile.fee.mci_tenge = 4325;
  content.profile.fee.issue_hundredths_mci = 1000;
  content.profile.fee.example = true;
  content.draft.id = "0199f3c2a4b87d1e8f60112233445566";
  content.draft.bin = "040740001238";
  content.draft.organisation = "«Дала кредиттік бюросы» ЖШС";
  content.draft.address = "Алматы қаласы, Бостандық ауданы, Тимирязев көшесі, 28-үй, 4-кеңсе";
  content.draft.first_head = "Өмірбекова Ғалия Һүсейінқызы";
  content.draft.representative = "Қанатұлы Ғабит Әбдіқалықов";
  content.draft.position = "Заң бөлімінің басшысы";
  content.draft.phone = "+7 727 250 11 22";
  content.draft.authority_until = "2027-03-31";
  content.draft.items = {item("LD2", 1, 14), item("LD3", 1, 3), item("LD4", 1, 1)};
  content.draft.fee = FeeChoice::proof;
  content.date = filing_day;
  content.made_at = filing_time;
  content.device = "AL-03";
  return content;
}

ApplicationContent long_application() {
  ApplicationContent content = plain_application();
  content.draft.organisation = content.draft.first_head = content.draft.representative = long_name();
  content.draft.address = long_name() + " " + first_chars(long_name(), 99);
  content.draft.procedure = Procedure::reissue;
  content.draft.licence_number = "KZ-2004-17";
  content.draft.fee = FeeChoice::later;
  content.authority = {long_name(), long_name(), long_name()};
  for (int i = 6; i <= 30; ++i) {
    const std::string code = "LD" + std::to_string(i), name = i % 3 == 0 ? long_name() : premises.kk;
    content.profile.documents.push_back(document(code, {name, name, name}));
    if (i % 2 == 0) content.draft.items.push_back(item(code, i % 5 + 1, i));
  }
  return content;
}

LicenceContent plain_licence(Procedure given) {
  LicenceContent content;
  content.paper_id = "0199f3c2b0007a55b1c2d3e4f5061728";
  content.given = given;
  content.licence_number = "КБ-0007";
  content.form_number = "0000012";
  content.date = std::chrono::year{2026} / 12 / 28;
  content.made_at = Instant{std::chrono::sys_days(content.date) + std::chrono::hours(6)};
  content.authority = {"Қаржы нарығын реттеу және қадағалау органы (үлгі)", "Орган регулирования и надзора финансового рынка (образец)", "Financial market authority (sample)"};
  content.law = {"Кредиттік бюроларды лицензиялау және инспекциялау ережесі, 2004 жылғы № 249", "Правила лицензирования и инспектирования кредитных бюро, № 249 2004 года", "Rules of 2004"};
  content.holder = "«Алатау кредиттік бюросы» АҚ";
  content.bin = "040740001238";
  content.address = "Алматы, Абай даңғылы, 150";
  if (given != Procedure::issue) content.replaces = "0000003";
  content.signer_name = "Жұмабаев Ә. Қ.";
  content.signer_position = {"Төраға", "Председатель", "Chair"};
  return content;
}

LicenceContent long_licence() {
  LicenceContent content = plain_licence(Procedure::duplicate);
  content.holder = content.address = content.signer_name = long_name();
  content.authority = content.law = content.signer_position = {long_name(), long_name(), long_name()};
  return content;
}

NoticeContent plain_notice() {
  NoticeContent content;
  content.paper_id = "0199f3c2b0007a55b1c2d3e4f5061728";
  content.number = "118";
  content.date = std::chrono::year{2026} / 8 / 24;
  content.made_at = Instant{std::chrono::sys_days(content.date) + std::chrono::hours(5)};
  content.authority = {"Қаржы нарығын реттеу және қадағалау органы (үлгі)", "Орган регулирования и надзора финансового рынка (образец)", "Financial market authority (sample)"};
  content.authority_address = {"Алматы, Айтеке би көшесі, 67", "Алматы, улица Айтеке би, 67", "Almaty, 67 Aiteke Bi Street"};
  const auto parsed = parse_json(R"({"journal_number":"41","date":"2026-08-20",
    "signer":{"name":"Жұмабаев Ә. Қ.","position":"deputy"},
    "officials":[{"name":"Ахметова Г. С.","head":true},{"name":"Ибраев Н. Т.","head":false},{"name":"Ким В. А.","head":false}],
    "bureau":{"bin":"040740001238","name":"«Алатау кредиттік бюросы» АҚ","location":"Алматы, Абай даңғылы, 150"},
    "inspection_kind":"planned",
    "subject":{"kk":"кредиттік тарихтардың деректер базасын қалыптастыру, ақпаратты қорғау, ақпарат берушілермен жасалған шарттар","ru":"формирование базы данных кредитных историй, защита информации, договоры с поставщиками информации"},
    "term":{"start":"2026-09-01","end":"2026-11-20"},
    "ground":{"kk":"2026 жылға арналған тексеру жоспарының 7-тармағы","ru":"пункт 7 плана проверок на 2026 год"},
    "period":{"from":"2025-01-01","to":"2026-06-30"},
    "past_inspections":[],"past_confirmed":true,
    "protocol_powers":[{"name":"Ахметова Г. С.","articles":"462"}]})", 100'000);
  REQUIRE(parsed.has_value());
  content.assignment = *parsed;
  content.committee_number = "26-7-000341";
  content.committee_date = std::chrono::year{2026} / 8 / 21;
  content.committee_office = {"Комитеттің Алматы қаласы бойынша басқармасы", "Управление Комитета по городу Алматы", "Almaty office of the Committee"};
  content.documents = {
      {"ақпарат берушілермен және кредиттік есепті алушылармен жасалған шарттардың тізілімі;", "реестр договоров с поставщиками информации и получателями кредитных отчётов;", "register of contracts;"},
      {"ақпараттық жүйеге қол жеткізу журналдары;", "журналы доступа к информационной системе;", "access logs;"},
      {"резервтік көшірмелеу тәртібі және оның орындалуы туралы актілер;", "порядок резервного копирования и акты о его выполнении;", "backup procedure and acts;"},
      {"кредиттік тарих субъектілерінің өтініштері мен оларға жауаптар.", "обращения субъектов кредитных историй и ответы на них.", "requests of subjects and answers."}};
  content.letter_last_day = std::chrono::year{2026} / 9 / 2;
  content.signer_name = "Жұмабаев Ә. Қ.";
  content.signer_position = {"Бірінші басшының орынбасары", "Заместитель первого руководителя", "Deputy of the first head"};
  return content;
}

NoticeContent long_notice() {
  NoticeContent content = plain_notice();
  content.authority = {long_name(), long_name(), long_name()};
  content.assignment["bureau"]["name"] = long_name();
  content.signer_name = long_name();
  content.signer_position = {long_name(), long_name(), long_name()};
  for (int i = 0; i < 36; ++i) content.documents.push_back({i % 5 == 0 ? long_name() : charter.kk, charter.ru, charter.en});
  return content;
}

OfficePaper plain_report() {
  const auto in = [](const char* id) { return LocalText{texts().say(Language::kk, id), texts().say(Language::ru, id), texts().say(Language::en, id)}; };
  OfficePaper content;
  content.paper_id = "0199f3c2b0007a55b1c2aaaaaaaaaaaa";
  content.number = "214";
  content.date = *parse_iso_date("2026-12-12");
  content.made_at = Instant{std::chrono::sys_days{content.date} + std::chrono::hours{9}};
  content.authority = in("paper.authority");
  content.addressee = {"«Алатау кредиттік бюросы» ЖШС", "ТОО «Алатау»", ""};
  content.title = in("paper.summary.title");
  content.groups = {{in("paper.findings"), {{{"Бірінші тұжырым", "Первый вывод", ""}, {{"бірінші", "первое", ""}}}, {{"Екінші тұжырым", "Второй вывод", ""}, {}}}},
                    {in("paper.protocol.objections"), {}, {{in("paper.table.objection"), in("paper.table.treatment"), in("paper.table.reason")},
                                                          {{{"Әбілов Д.", "Әбілов Д.", ""}, in("paper.treatment.rejected"), {"негіз жоқ", "нет оснований", ""}}}}}};
  content.signatures = {{{"Бас инспектор", "Главный инспектор", ""}, "Тұрсынов Асқар Нұрланұлы"}, {{"Бөлім басшысы", "Руководитель отдела", ""}, "Ермекова Сәуле Қайратқызы"}};
  content.sheet_note = in("paper.summary.ban");
  content.place_for_visas = true;
  return content;
}

OfficePaper long_report() {
  OfficePaper content = plain_report();
  const LocalText name{long_name(), long_name(), ""};
  content.addressee = content.lead = name;
  for (int i = 0; i < 60; ++i) content.groups[1].table.rows.push_back({name, {"қабылданбады", "отклонено", ""}, name});
  for (auto& one : content.signatures) one = {name, long_name()};
  return content;
}

MarkOfReceipt plain_mark(const Digest& paper) {
  MarkOfReceipt mark;
  mark.staff_id = "S-0007";
  mark.full_name = "Сүлейменов Бауыржан Талғатұлы";
  mark.position = "Басқарма төрағасының орынбасары";
  mark.date = "2026-08-25";
  mark.signature.strokes = drawn_strokes();
  mark.signature.pad_width_tenth_mm = 2390;
  mark.signature.pad_height_tenth_mm = 1250;
  mark.signature.paper = paper;
  return mark;
}

MarkOfReceipt long_mark(const Digest& paper) {
  MarkOfReceipt mark = plain_mark(paper);
  mark.full_name = long_name();
  mark.position = long_name() + " " + first_chars(long_name(), 99);
  return mark;
}

}  // namespace qabyl::test
