// The look-up in every state that the office can have said, and what is done from there: withdrawing, signing for the
// licence. Names and numbers are invented. See applicant_stages.h.
#include "core/cases/licence.h"
#include "core/crypto.h"
#include "core/text.h"
#include "tests/kiosk/applicant_stages.h"

namespace qabyl::kiosk::test {
namespace {

using namespace std::chrono_literals;

std::string longest(const char* words, std::size_t chars) {
  std::string text;
  while (core::char_count(text + words) <= chars) text += words;
  return text;
}

// The paper that was opened: two pages.
void opened(Visit& visit) { visit.reply(reply::FormReady{pdf_file("paper.pdf", 2, 7)}); }
void shown(Visit& visit, int page) { visit.feed(person::FormPageShown{page, 110, {}}); }

void with_file(Visit& visit, Answers answers) {
  visit.feed(person::AddPressed{"LD2"});
  const std::string name = answers == Answers::usual ? "charter.pdf" : longest("қосымша ", 120) + ".pdf";
  visit.reply(reply::SourceListed{true, {{name, 90'000, "pdf"}}, false});
  visit.feed(person::SourceFileTapped{name});
  visit.reply(reply::FileAdded{"LD2", pdf_file(name, 14, 5)});
}
void at_documents(Visit& visit, Answers answers) {
  look_up(visit, office_word("incomplete", answers), answers);
  visit.feed(person::FollowPressed{FollowAct::supplement});
  visit.reply(reply::FilingBegun{draft_id});
}

void at_naming(Visit& visit, FollowAct act, Answers answers) {
  look_up(visit, office_word(act == FollowAct::deliver ? "form_issued" : act == FollowAct::supplement ? "incomplete" : "complete", answers), answers);
  visit.feed(person::FollowPressed{act});
  if (act != FollowAct::supplement) return;
  visit.reply(reply::FilingBegun{draft_id});
  with_file(visit, answers);
  visit.next();
}
void at_paper(Visit& visit, FollowAct act, Answers answers) {
  at_naming(visit, act, answers);
  visit.next();
  opened(visit);
}
void at_signature(Visit& visit, FollowAct act, Answers answers) {
  at_paper(visit, act, answers);
  shown(visit, 1);
  visit.feed(person::PageTurned{1});
  shown(visit, 2);
  visit.next();
}

}  // namespace

ReceiptView filed_receipt(Answers answers) {
  auto receipt = sample_receipt();
  if (answers == Answers::longest) receipt.organisation = longest("«Ұлттық қаржы институттарының кредиттік бюросы» ЖШС, ", core::name_chars_max);
  receipt.custody = SendView::accepted;
  receipt.sent_at = nine + 33min;
  receipt.confirmed_at = nine + 34min;
  receipt.case_number = "2026-0417";
  return receipt;
}

ReceiptView act_receipt(FollowAct act, Answers answers) {
  auto receipt = filed_receipt(answers);
  receipt.kind = act == FollowAct::deliver ? core::kind::licence_deliver : act == FollowAct::withdraw ? core::kind::application_withdraw : core::kind::application_supplement;
  receipt.title = {"№ КБ-0007 лицензия, № 0000012 бланк", "Лицензия № КБ-0007, бланк № 0000012", "Licence No КБ-0007, form No 0000012"};
  receipt.missing.clear();
  return receipt;
}

OfficeWord office_word(std::string state, Answers answers) {
  const bool usual = answers == Answers::usual;
  OfficeWord word;
  word.state = std::move(state);
  word.number = "2026-0417";
  word.registered_on = "2026-11-23";
  word.since = "2026-12-21";
  word.officer = usual ? "Өтегенова Динара Болатқызы" : longest("Әбдірахманқызы Ғайнижамал ", core::name_chars_max);
  word.bin = good_bin;
  word.representative = usual ? "Нұрланова Айгүл Серікқызы" : longest("Әбдірахманқызы Ғайнижамал-Гүлбаршын ", core::name_chars_max);
  word.position = usual ? "заң кеңесшісі" : longest("департамент директорының бірінші орынбасары, ", core::line_chars_max);
  if (word.state == "incomplete") word.missing = {"LD2", "LD3"};
  if (word.state == "incomplete" || word.state == "complete" || word.state == "under_examination") word.due = "2026-12-23";
  if (word.state == "complete") word.counted = {{"D02: бір ай", "D02: один месяц", "D02: one month"}, {"Соңғы күні: 23 желтоқсан", "Последний день: 23 декабря", "Last day: 23 December"}};
  if (word.state == "refused") word.grounds = {{"Сот шешімі тыйым салады", "Запрещено решением суда", "A court forbids it"}};
  if (word.state == "refused" || word.state == "returned") word.reason = usual ? "Шешім № 12" : longest("Құжаттардағы кемшіліктер жойылған жоқ. ", 900);
  if (word.state == "form_issued") word.form = LicenceFormView{draft_id, draft_id, "КБ-0007", "0000012", 2, {}, true, true, {}, {}, false};
  return word;
}

void look_up(Visit& visit, const OfficeWord& word, Answers answers) { look_up(visit, word, filed_receipt(answers)); }

void look_up(Visit& visit, const OfficeWord& word, const ReceiptView& receipt) {
  visit.feed(person::LookUpPressed{});
  visit.type(sample_receipt().number);
  visit.feed(person::FieldTapped{Field::look_code});
  visit.type(sample_receipt().check_code);
  visit.next();
  visit.reply(reply::LookedUp{receipt, word});
}

std::vector<Stage> look_up_stages() {
  std::vector<Stage> all;
  all.push_back({"look", [](Visit& v, Answers) { v.feed(person::LookUpPressed{}); }});
  all.push_back({"look.none", [](Visit& v, Answers) { look_up(v, {}); v.back(); v.next(); v.reply(reply::LookedUp{}); }});
  using Why = reply::LookedUp::Why;
  for (const auto& [name, why] : {std::pair{"look.unreachable", Why::unreachable}, std::pair{"look.busy", Why::busy}}) {
    all.push_back({name, [why = why](Visit& v, Answers) { look_up(v, {}); v.back(); v.next(); v.reply(reply::LookedUp{{}, {}, why}); }});
  }
  all.push_back({"look.elsewhere", [](Visit& v, Answers a) {
                   auto receipt = proved(filed_receipt(a));
                   receipt.elsewhere = "AL-03";
                   receipt.case_number.clear();
                   look_up(v, {}, receipt);
                 }});
  for (const char* state : {"", "registered", "incomplete", "complete", "under_examination", "granted", "refused", "returned", "withdrawn", "form_issued"}) {
    const std::string name = state;
    all.push_back({"look.found." + name, [name](Visit& v, Answers a) { look_up(v, office_word(name, a), a); }});
  }
  all.push_back({"look.form.coming", [](Visit& v, Answers a) { auto word = office_word("form_issued", a); word.form->here = false; look_up(v, word, a); }});
  all.push_back({"look.form.signed", [](Visit& v, Answers a) { auto word = office_word("form_issued", a); word.form->signed_here = true; look_up(v, word, a); }});
  all.push_back({"look.form.void", [](Visit& v, Answers a) { auto word = office_word("form_issued", a); word.form->valid = false; look_up(v, word, a); }});
  all.push_back({"look.form.delivered", [](Visit& v, Answers a) {
                   auto word = office_word("form_issued", a);
                   word.form->delivered_on = "2026-12-22";
                   word.form->delivered_to = word.representative;
                   look_up(v, word, a);
                 }});
  all.push_back({"look.supplement", [](Visit& v, Answers a) { auto word = office_word("incomplete", a); word.supplement_here = true; look_up(v, word, a); }});
  all.push_back({"look.withdrawal", [](Visit& v, Answers a) { auto word = office_word("complete", a); word.withdrawal_here = true; look_up(v, word, a); }});
  const auto proof = [&all](const std::string& name, ReceiptView (*receipt)(Answers), bool open, std::optional<bool> saved) {
    all.push_back({name, [receipt, open, saved](Visit& v, Answers a) {
                     look_up(v, office_word("incomplete", a), receipt(a));
                     if (open) v.feed(person::ProofPressed{});
                     if (saved) v.feed(person::SaveReceiptPressed{}), v.reply(reply::ReceiptSaved{*saved, *saved ? "" : "full"});
                   }});
  };
  proof("look.proved", [](Answers a) { return proved(filed_receipt(a)); }, false, {});
  proof("look.proof", [](Answers a) { return proved(filed_receipt(a)); }, true, {});
  proof("look.proof.saved", [](Answers a) { return proved(filed_receipt(a)); }, true, true);
  proof("look.proof.failed", [](Answers a) { return proved(filed_receipt(a)); }, true, false);
  proof("look.proof.none", [](Answers a) { return filed_receipt(a); }, true, {});
  proof("look.proof.waiting", [](Answers) { return sample_receipt(); }, true, {});
  all.push_back({"follow.documents", at_documents});
  all.push_back({"follow.documents.stick", [](Visit& v, Answers a) { at_documents(v, a); v.feed(person::AddPressed{"LD2"}); v.reply(reply::SourceListed{true, {{"charter.pdf", 90'000, "pdf"}}, false}); }});
  all.push_back({"follow.documents.added", [](Visit& v, Answers a) { at_documents(v, a); with_file(v, a); }});
  all.push_back({"follow.documents.several", [](Visit& v, Answers a) {
                   at_documents(v, a);
                   with_file(v, a);
                   for (std::uint8_t n = 6; n < 9; ++n) {
                     v.feed(person::AddPressed{n < 8 ? "LD2" : "LD3"});
                     v.reply(reply::SourceListed{true, {{"decision.pdf", 90'000, "pdf"}}, false});
                     v.feed(person::SourceFileTapped{"decision.pdf"});
                     v.reply(reply::FileAdded{n < 8 ? "LD2" : "LD3", pdf_file("decision.pdf", 2, n)});
                   }
                 }});
  for (const auto act : {FollowAct::deliver, FollowAct::withdraw, FollowAct::supplement}) {
    const std::string name = act == FollowAct::deliver ? "deliver" : act == FollowAct::withdraw ? "withdraw" : "supplement";
    all.push_back({"follow." + name, [act](Visit& v, Answers a) { at_naming(v, act, a); }});
    all.push_back({"follow." + name + ".making", [act](Visit& v, Answers a) { at_naming(v, act, a); v.next(); }});
    all.push_back({"follow." + name + ".paper", [act](Visit& v, Answers a) { at_paper(v, act, a); }});
    all.push_back({"follow." + name + ".failed", [act](Visit& v, Answers a) { at_naming(v, act, a); v.next(); v.reply(reply::FormFailed{core::ErrorCode::corrupt}); }});
    all.push_back({"follow." + name + ".sign", [act](Visit& v, Answers a) { at_signature(v, act, a); v.sign(); }});
    all.push_back({"follow." + name + ".receipt", [act](Visit& v, Answers a) { at_signature(v, act, a); v.sign(); v.next(); v.reply(reply::Filed{act_receipt(act, a)}); }});
  }
  all.push_back({"follow.nameless", [](Visit& v, Answers a) {
                   at_naming(v, FollowAct::deliver, a);
                   v.feed(person::KeyPressed{Key::clear});
                   v.next();
                 }});
  all.push_back({"follow.filing", [](Visit& v, Answers a) { at_signature(v, FollowAct::deliver, a); v.sign(); v.next(); }});
  all.push_back({"follow.checking", [](Visit& v, Answers a) { at_signature(v, FollowAct::deliver, a); v.sign(); v.next(); v.reply(reply::FilingUnknown{}); }});
  all.push_back({"follow.full", [](Visit& v, Answers a) { at_signature(v, FollowAct::deliver, a); v.sign(); v.next(); v.reply(reply::FilingFailed{core::ErrorCode::full}); }});
  return all;
}

}  // namespace qabyl::kiosk::test
