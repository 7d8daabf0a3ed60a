// See applicant_stages.h. Names and numbers are invented.
#include "tests/kiosk/applicant_stages.h"

#include "core/text.h"

#include "tests/support/catch.h"

namespace qabyl::kiosk::test {
namespace {

using namespace std::chrono_literals;
using core::ErrorCode;
using person::Answer;

std::string repeated(const std::string& words, std::size_t chars) {  // `words` again and again, `chars` characters
  std::string text;
  std::size_t count = 0;
  while (true) {
    for (std::size_t at = 0; at < words.size();) {
      std::size_t end = at + 1;
      while (end < words.size() && (static_cast<unsigned char>(words[end]) & 0xC0) == 0x80) ++end;
      if (count == chars) return text;
      text += words.substr(at, end - at);
      at = end;
      ++count;
    }
  }
}

struct Words { std::string organisation, address, person, position; };

const Words& words_of(Answers answers) {
  static const Words usual{"«Дала кредиттік бюросы» ЖШС", "Алматы қаласы, Абай даңғылы, 52-үй", "Нұрланова Айгүл Серікқызы", "заң кеңесшісі"};
  static const Words longest{
      repeated("«Ұлттық қаржы институттарының кредиттік бюросы» жауапкершілігі шектеулі серіктестігі, ", core::name_chars_max),
      repeated("Шығыс Қазақстан облысы, Өскемен қаласы, Қаныш Сәтбаев атындағы даңғыл, 52-үй, 14-кеңсе, ", core::line_chars_max),
      repeated("Әбдірахманқызы Ғайнижамал-Гүлбаршын Нұрмұхаммедова ", core::name_chars_max),
      repeated("заң және халықаралық байланыстар департаменті директорының бірінші орынбасары, ", core::line_chars_max)};
  return answers == Answers::usual ? usual : longest;
}

void found(Visit& visit, Answers answers, bool licensed, bool begun) {
  BureauView bureau{good_bin, words_of(answers).organisation, words_of(answers).address, words_of(answers).person, licensed, nine};
  reply::BinChecked reply{good_bin, bureau, {}};
  if (begun) reply.draft = DraftView{draft_id, core::Procedure::issue, 3, nine};
  visit.type(good_bin);
  visit.reply(reply);
}

void at_pin(Visit& visit, Answers answers) {
  visit.to_bin();
  found(visit, answers, false, false);
  visit.next();
}

void at_details(Visit& visit, Answers answers, core::Procedure procedure = core::Procedure::issue) {
  visit.to_bin(procedure);
  found(visit, answers, false, false);
  visit.next();
  visit.type("482915");
  visit.type("482915");
  visit.reply(reply::DraftSaved{draft_id, nine});
  REQUIRE(visit.is_at<DetailsScreen>());
}

void at_question(Visit& visit, Answers answers, int question, core::Procedure procedure = core::Procedure::issue) {
  at_details(visit, answers, procedure);
  for (int at = 1; at < question; ++at) {
    if (at == 2) {
      visit.feed(person::FieldTapped{Field::representative});
      visit.type(words_of(answers).person);
      visit.feed(person::FieldTapped{Field::position});
      visit.type(words_of(answers).position);
    }
    visit.fill_question(at);
  }
}

void at_documents(Visit& visit, Answers answers) {
  at_question(visit, answers, 4);
  visit.fill_question(4);
  REQUIRE(visit.is_at<DocumentsScreen>());
}

std::string file_name(Answers answers) {
  return answers == Answers::usual ? "жарғы.pdf" : repeated("Құрылтай құжаттарының нотариат куәландырған көшірмелері ", 120) + ".pdf";
}

void listed(Visit& visit, Answers answers) {
  reply::SourceListed source{true, {}, answers == Answers::longest};
  const int count = answers == Answers::usual ? 3 : 40;
  for (int i = 0; i < count; ++i) {
    const char* type = i % 5 == 3 ? "other" : i % 5 == 1 ? "jpeg" : "pdf";
    source.files.push_back({std::to_string(i + 1) + ". " + file_name(answers), 1'234'567, type});
  }
  visit.reply(source);
}

// Ready, doubtful, missing, to be added later: one of each.
void with_papers(Visit& visit, Answers answers) {
  visit.add("LD2", pdf_file(file_name(answers), 14, 2));
  visit.add("LD3", pdf_file("куәлік.pdf", 1, 3));
  auto doubtful = pdf_file(answers == Answers::usual ? "басшылар.pdf" : file_name(answers), 12, 6);
  doubtful.problem = "type_differs";
  visit.add("LD6", doubtful);
}

void all_papers(Visit& visit, Answers answers) {
  visit.add("LD2", pdf_file(file_name(answers), 14, 2));
  visit.add("LD3", pdf_file("куәлік.pdf", 1, 3));
  visit.add("LD6", pdf_file("басшылар.pdf", 3, 6));
  visit.add("LD5", pdf_file("акт.pdf", 6, 7));
  for (const auto& more : visit.app.set_up().current_profile().documents) {
    if (more.code.size() > 3) visit.add(more.code, pdf_file(more.code + ".pdf", 300, static_cast<std::uint8_t>(more.code.back())));
  }
}

void at_fee(Visit& visit, Answers answers, bool all) {
  at_documents(visit, answers);
  if (all) all_papers(visit, answers);
  visit.next();
  REQUIRE(visit.is_at<FeeScreen>());
}

void at_check(Visit& visit, Answers answers, bool all = true) {
  at_fee(visit, answers, all);
  if (all) {
    visit.feed(person::AddPressed{visit.at<FeeScreen>().item});
    visit.reply(reply::SourceListed{true, {{"түбіртек.pdf", 1000, "pdf"}}, false});
    visit.feed(person::SourceFileTapped{"түбіртек.pdf"});
    visit.reply(reply::FileAdded{visit.at<FeeScreen>().item, pdf_file("түбіртек.pdf", 1, 9)});
  }
  visit.next();
  REQUIRE(visit.is_at<CheckScreen>());
}

void form_ready(Visit& visit) { visit.reply(reply::FormReady{pdf_file("form.pdf", 2, 77)}); }

void at_sign(Visit& visit, Answers answers) {
  at_check(visit, answers);
  form_ready(visit);
  visit.next();
  visit.read_form();
  REQUIRE(visit.is_at<SignScreen>());
}

void at_receipt(Visit& visit, Answers answers, bool all = true) {
  at_sign(visit, answers);
  visit.sign();
  visit.next();
  auto receipt = sample_receipt();
  receipt.organisation = words_of(answers).organisation;
  if (!all) {
    receipt.trust = core::Trust::unconfirmed;
    receipt.fee_open = true;
    for (const auto& document : visit.app.set_up().current_profile().list(core::Procedure::issue)) {
      if (!document.made_here) receipt.missing.push_back(document.code);
    }
  }
  visit.reply(reply::Filed{receipt});
  REQUIRE(visit.is_at<ReceiptScreen>());
}

void custody(Visit& visit, SendView view) {
  visit.reply(reply::CustodyChanged{sample_receipt().record, view, nine + 40min, {}, view == SendView::accepted ? "2026-000417" : ""});
}

void at_proof(Visit& visit, Answers answers) {
  at_receipt(visit, answers);
  custody(visit, SendView::accepted);
  visit.reply(reply::LookedUp{proved(visit.at<ReceiptScreen>().receipt)});
  visit.feed(person::ProofPressed{});
}

void refused(Visit& visit, const std::string& why) {
  visit.feed(person::AddPressed{"LD2"});
  listed(visit, Answers::usual);
  visit.feed(person::SourceFileTapped{"1. жарғы.pdf"});
  visit.reply(reply::FileRefused{"LD2", "1. жарғы.pdf", why});
}

using List = std::vector<Stage>;

void opening(List& all) {
  all.push_back({"start", [](Visit&, Answers) {}});
  all.push_back({"kind", [](Visit& v, Answers) { v.feed(person::ApplyPressed{}); }});
  for (const auto procedure : {core::Procedure::issue, core::Procedure::reissue, core::Procedure::duplicate}) {
    all.push_back({"kind." + std::string(core::to_text(procedure)), [=](Visit& v, Answers) {
                     v.feed(person::ApplyPressed{});
                     v.feed(person::KindChosen{procedure});
                   }});
  }
  all.push_back({"stop", [](Visit& v, Answers a) { v.reply(reply::StopIntake{true, a == Answers::usual ? "" : crowded_set_up().place.kk}); }});
  const auto power = [](int step) {
    return [step](Visit& v, Answers) { v.reply(reply::Interrupted{DraftView{draft_id, core::Procedure::reissue, step, nine}, nine, nine + 2min}); };
  };
  all.push_back({"power", power(3)});
  all.push_back({"power.sign", power(6)});
  all.push_back({"power.pin", [=](Visit& v, Answers a) { power(6)(v, a); v.feed(person::GoOnWithPinPressed{}); }});
  all.push_back({"wiped", [](Visit& v, Answers) { v.feed(person::ApplyPressed{}); v.feed(person::FinishPressed{}); }});
  all.push_back({"wiped.draft", [](Visit& v, Answers a) { at_details(v, a); v.feed(person::FinishPressed{}); }});
  all.push_back({"away", [](Visit& v, Answers) { v.feed(person::ApplyPressed{}); v.wait(3min + 3s); }});
  all.push_back({"away.draft", [](Visit& v, Answers a) { at_details(v, a); v.wait(3min + 3s); }});
}

void identifying(List& all) {
  all.push_back({"id", [](Visit& v, Answers) { v.to_bin(); v.type("0407400"); }});
  all.push_back({"id.wrong", [](Visit& v, Answers) { v.to_bin(); v.type("040740001237"); v.next(); }});
  all.push_back({"id.looking", [](Visit& v, Answers) { v.to_bin(); v.type(good_bin); v.next(); }});
  all.push_back({"id.found", [](Visit& v, Answers a) { v.to_bin(); found(v, a, true, false); }});
  all.push_back({"id.unknown", [](Visit& v, Answers) { v.to_bin(); v.type(good_bin); v.reply(reply::BinChecked{good_bin, {}, {}}); }});
  all.push_back({"id.begun", [](Visit& v, Answers a) { v.to_bin(); found(v, a, false, true); }});
  all.push_back({"pin.new", [](Visit& v, Answers a) { at_pin(v, a); v.type("4829"); }});
  all.push_back({"pin.again", [](Visit& v, Answers a) { at_pin(v, a); v.type("48291548"); }});
  all.push_back({"pin.differ", [](Visit& v, Answers a) { at_pin(v, a); v.type("482915"); v.type("482916"); }});
  all.push_back({"pin.full", [](Visit& v, Answers a) {
                   at_pin(v, a);
                   v.type("482915");
                   v.type("482915");
                   v.reply(reply::DraftRefused{ErrorCode::full, 0, {}});
                 }});
  const auto open = [](reply::DraftRefused answer) {
    return [answer](Visit& v, Answers a) {
      v.to_bin();
      found(v, a, false, true);
      v.next();
      v.type("000000");
      v.reply(answer);
    };
  };
  all.push_back({"pin.bad", open({ErrorCode::forbidden, 3, {}})});
  all.push_back({"pin.locked", open({ErrorCode::locked, 0, nine + 1h})});
}

void answering(List& all) {
  all.push_back({"details.1", [](Visit& v, Answers a) { at_question(v, a, 1); }});
  all.push_back({"details.2", [](Visit& v, Answers a) { at_question(v, a, 2); v.type(words_of(a).person.substr(0, 40)); }});
  all.push_back({"details.2.errors", [](Visit& v, Answers a) {
                   at_question(v, a, 2);
                   v.type(repeated("Ұ", 300));
                   v.next();
                 }});
  all.push_back({"details.3", [](Visit& v, Answers a) { at_question(v, a, 3); v.type("70123456"); }});
  all.push_back({"details.3.errors", [](Visit& v, Answers a) { at_question(v, a, 3); v.type("701234567"); v.next(); }});
  all.push_back({"details.3.past", [](Visit& v, Answers a) {
                   at_question(v, a, 3);
                   v.feed(person::FieldTapped{Field::authority_until});
                   v.type("22112025");
                   v.next();
                 }});
  all.push_back({"details.4", [](Visit& v, Answers a) { at_question(v, a, 4); }});
  all.push_back({"details.4.reissue", [](Visit& v, Answers a) {
                   at_question(v, a, 4, core::Procedure::reissue);
                   for (int i = 0; i < 400; ++i) v.feed(person::KeyPressed{Key::backspace});
                   v.next();
                 }});
  all.push_back({"details.unsaved", [](Visit& v, Answers a) {
                   at_question(v, a, 2);
                   v.answer_saves = false;
                   v.type("А");
                   v.reply(reply::DraftRefused{ErrorCode::full, 0, {}});
                 }});
}

void adding(List& all) {
  all.push_back({"docs", [](Visit& v, Answers a) { at_documents(v, a); }});
  all.push_back({"docs.some", [](Visit& v, Answers a) { at_documents(v, a); with_papers(v, a); }});
  all.push_back({"docs.all", [](Visit& v, Answers a) { at_documents(v, a); all_papers(v, a); }});
  all.push_back({"docs.ready", [](Visit& v, Answers a) { at_documents(v, a); with_papers(v, a); v.feed(person::ItemTapped{"LD2"}); }});
  all.push_back({"docs.two", [](Visit& v, Answers a) {
                   at_documents(v, a);
                   with_papers(v, a);
                   v.add("LD2", pdf_file("екінші " + file_name(a), 2, 22));
                 }});
  all.push_back({"docs.form", [](Visit& v, Answers a) { at_documents(v, a); v.feed(person::ItemTapped{"LD1"}); }});
  all.push_back({"docs.zoom", [](Visit& v, Answers a) { at_documents(v, a); with_papers(v, a); v.feed(person::ItemTapped{"LD2"}); v.feed(person::ZoomPressed{}); }});
  all.push_back({"docs.devices", [](Visit& v, Answers a) { at_documents(v, a); with_papers(v, a); v.feed(person::AddPressed{"LD5"}); v.reply(reply::SourceListed{false, {}, false}); }});
  all.push_back({"docs.files", [](Visit& v, Answers a) { at_documents(v, a); with_papers(v, a); v.feed(person::AddPressed{"LD5"}); listed(v, a); }});
  all.push_back({"docs.reading", [](Visit& v, Answers a) {
                   at_documents(v, a);
                   v.feed(person::AddPressed{"LD2"});
                   listed(v, a);
                   v.feed(person::SourceFileTapped{"1. " + file_name(a)});
                   v.reply(reply::AddProgress{"LD2", 17, a == Answers::usual ? 42 : 300});
                 }});
  for (const char* why : {"gone", "changed", "empty", "too_large", "too_many_pages", "unreadable", "full", "storage"}) {
    const std::string name = why;
    all.push_back({"docs.refused." + name, [name](Visit& v, Answers a) { at_documents(v, a); refused(v, name); }});
  }
  all.push_back({"docs.refused.row", [](Visit& v, Answers a) { at_documents(v, a); refused(v, "too_many_pages"); v.feed(person::SourceClosed{}); }});
  all.push_back({"docs.unsaved", [](Visit& v, Answers a) {
                   at_documents(v, a);
                   v.answer_saves = false;
                   v.add("LD2", pdf_file(file_name(a), 14, 2));
                   v.reply(reply::DraftRefused{ErrorCode::full, 0, {}});
                 }});
}

void paying(List& all) {
  all.push_back({"fee", [](Visit& v, Answers a) { at_fee(v, a, true); }});
  all.push_back({"fee.later", [](Visit& v, Answers a) { at_fee(v, a, true); v.feed(person::FeeChosen{core::FeeChoice::later}); }});
  all.push_back({"fee.proof", [](Visit& v, Answers a) { at_fee(v, a, true); v.feed(person::FeeChosen{core::FeeChoice::proof}); }});
  all.push_back({"fee.added", [](Visit& v, Answers a) {
                   at_fee(v, a, true);
                   v.feed(person::AddPressed{v.at<FeeScreen>().item});
                   listed(v, a);
                   v.feed(person::SourceFileTapped{"1. " + file_name(a)});
                   v.reply(reply::FileAdded{v.at<FeeScreen>().item, pdf_file(file_name(a), 1, 9)});
                 }});
  all.push_back({"fee.files", [](Visit& v, Answers a) { at_fee(v, a, true); v.feed(person::AddPressed{v.at<FeeScreen>().item}); listed(v, a); }});
}

void checking(List& all) {
  all.push_back({"check", [](Visit& v, Answers a) { at_check(v, a); form_ready(v); }});
  all.push_back({"check.making", [](Visit& v, Answers a) { at_check(v, a); v.next(); }});
  all.push_back({"check.missing", [](Visit& v, Answers a) { at_check(v, a, false); form_ready(v); }});
  all.push_back({"check.failed", [](Visit& v, Answers a) { at_check(v, a); v.reply(reply::FormFailed{ErrorCode::full}); }});
  for (int page = 1; page <= 3; ++page) {
    all.push_back({"check.page." + std::to_string(page + 1), [page](Visit& v, Answers a) {
                     at_check(v, a, false);
                     form_ready(v);
                     v.feed(person::ListTurned{page});
                   }});
  }
  all.push_back({"check.errors", [](Visit& v, Answers) {
                   core::ApplicationDraft draft;  // begun elsewhere, half filled in
                   draft.id = draft_id;
                   draft.profile = v.app.set_up().profile;
                   draft.bin = good_bin;
                   draft.step = 5;
                   v.to_bin();
                   v.type(good_bin);
                   v.reply(reply::BinChecked{good_bin, {}, DraftView{draft_id, core::Procedure::issue, 5, nine}});
                   v.next();
                   v.type("482915");
                   v.reply(reply::DraftOpened{draft});
                   form_ready(v);
                   v.next();
                 }});
  all.push_back({"read.before_sign", [](Visit& v, Answers a) { at_check(v, a); form_ready(v); v.next(); }});
  all.push_back({"read.to_sign", [](Visit& v, Answers a) {
                   at_check(v, a);
                   form_ready(v);
                   v.next();
                   v.feed(person::FormPageShown{1, 110, {}});
                   v.feed(person::PageTurned{1});
                   v.feed(person::FormPageShown{2, 110, {}});
                 }});
  all.push_back({"read", [](Visit& v, Answers a) { at_check(v, a); form_ready(v); v.feed(person::ReadFormPressed{}); }});
}

void filing(List& all) {
  all.push_back({"sign", [](Visit& v, Answers a) { at_sign(v, a); }});
  all.push_back({"sign.inked", [](Visit& v, Answers a) { at_sign(v, a); v.sign(); }});
  all.push_back({"sign.short", [](Visit& v, Answers a) { at_sign(v, a); v.feed(person::PenLifted{dot(), 2390, 1250}); v.next(); }});
  all.push_back({"sign.paper", [](Visit& v, Answers a) { at_sign(v, a); v.feed(person::PaperWayPressed{}); }});
  all.push_back({"sign.filing", [](Visit& v, Answers a) { at_sign(v, a); v.sign(); v.next(); }});
  all.push_back({"sign.checking", [](Visit& v, Answers a) { at_sign(v, a); v.sign(); v.next(); v.reply(reply::FilingUnknown{}); }});
  all.push_back({"sign.full", [](Visit& v, Answers a) { at_sign(v, a); v.sign(); v.next(); v.reply(reply::FilingFailed{ErrorCode::full}); }});
  all.push_back({"receipt", [](Visit& v, Answers a) { at_receipt(v, a); }});
  all.push_back({"receipt.missing", [](Visit& v, Answers a) { at_receipt(v, a, false); }});
  all.push_back({"receipt.sent", [](Visit& v, Answers a) { at_receipt(v, a); custody(v, SendView::sent); }});
  all.push_back({"receipt.confirmed", [](Visit& v, Answers a) { at_receipt(v, a); custody(v, SendView::sent); custody(v, SendView::accepted); }});
  all.push_back({"receipt.proved", [](Visit& v, Answers a) { at_proof(v, a); v.feed(person::ProofPressed{}); }});
  all.push_back({"receipt.proof", [](Visit& v, Answers a) { at_proof(v, a); }});
  all.push_back({"receipt.question", [](Visit& v, Answers a) { at_receipt(v, a, false); custody(v, SendView::quarantined); }});
  all.push_back({"receipt.slip", [](Visit& v, Answers a) { at_receipt(v, a, false); v.feed(person::ZoomPressed{}); }});
  for (const char* why : {"gone", "full", "storage"}) {
    const std::string name = why;
    all.push_back({"receipt.copy." + name, [name](Visit& v, Answers a) { at_receipt(v, a, false); v.feed(person::SaveReceiptPressed{}); v.reply(reply::ReceiptSaved{false, name}); }});
  }
  all.push_back({"receipt.saved", [](Visit& v, Answers a) { at_receipt(v, a); v.feed(person::SaveReceiptPressed{}); v.reply(reply::ReceiptSaved{true, {}}); }});
}

core::RequiredDocument long_document(const std::string& code) {
  auto document = sample_profile().documents[1];
  document.code = code;
  document.name = {"Кредиттік бюроның ақпараттық жүйелері мен бағдарламалық қамтылымының қауіпсіздік талаптарына сәйкестігін растайтын құжаттар",
                   "Документы, подтверждающие соответствие информационных систем и программного обеспечения кредитного бюро требованиям безопасности",
                   "Documents that show that the information systems and the software of the credit bureau meet the security requirements"};
  return document;
}

SetUp make_crowded() {
  SetUp set_up = sample_set_up();
  set_up.place = {"Шығыс Қазақстан облысы, Өскемен қаласы, Халыққа қызмет көрсету орталығы, 2-қабат, 14-терезе",
                  "Восточно-Казахстанская область, город Усть-Каменогорск, Центр обслуживания населения, 2 этаж, окно 14",
                  "East Kazakhstan region, Ust-Kamenogorsk, Public service centre, second floor, window 14"};
  auto& documents = set_up.profiles.front().documents;
  documents.insert(documents.end() - 1, {long_document("LD21"), long_document("LD22")});
  return set_up;
}

}  // namespace

const std::vector<Stage>& applicant_stages() {
  static const std::vector<Stage> all = [] {
    List list;
    opening(list);
    identifying(list);
    answering(list);
    adding(list);
    paying(list);
    checking(list);
    filing(list);
    for (auto& one : look_up_stages()) list.push_back(std::move(one));
    return list;
  }();
  return all;
}

const Stage& stage(const std::string& name) {
  for (const auto& one : applicant_stages()) {
    if (one.name == name) return one;
  }
  FAIL("no stage " << name);
  return applicant_stages().front();
}

const SetUp& crowded_set_up() {
  static const SetUp set_up = make_crowded();
  return set_up;
}

const SetUp& set_up_for(Answers answers) { return answers == Answers::usual ? sample_set_up() : crowded_set_up(); }

void choose(Visit& visit, const Sight& sight) {
  visit.reply(reply::LinkChanged{LinkView{true, sight.online, nine, {}, {}}});
  visit.feed(person::LanguageChosen{sight.language});
  for (int i = 0; i < 2 && visit.app.session().text != sight.text; ++i) visit.feed(person::TextSizePressed{});
  if (visit.app.session().contrast != sight.contrast) visit.feed(person::ContrastPressed{});
}

}  // namespace qabyl::kiosk::test
