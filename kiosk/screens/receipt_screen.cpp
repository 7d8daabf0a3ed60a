// Receipt and look-up. See filing_screens.h; DESIGN.md, sections 5 (custody list) and 9.
#include <algorithm>
#include <utility>

#include "core/cases/licence.h"
#include "core/cases/licence_application.h"
#include "core/counter_receipt.h"
#include "core/receipt_number.h"
#include "kiosk/screens/filing_screens.h"

namespace qabyl::kiosk {
namespace {

constexpr std::size_t number_chars_max = 32;
constexpr std::size_t check_code_chars = 15;  // without the dashes between the groups

// Crockford base32 forgives what eyes and fingers confuse: O is 0, I and L are 1, case is nothing.
char code_char(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') return '0';
  if (c == 'I' || c == 'L') return '1';
  return c;
}

std::string tidy_code(std::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    if (code.size() % 6 == 5) code += '-';
    code += code_char(c);
  }
  return code;
}

bool whole_code(std::string_view code) {
  constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ-";
  return code.size() == check_code_chars + 2 && code.find_first_not_of(alphabet) == std::string_view::npos;
}

void scanned(LookUpScreen& screen, std::string_view qr, Journey& journey) {
  const auto receipt = core::parse_counter_receipt(qr);
  if (!receipt) {
    screen.number_wrong = true;
    return;
  }
  journey.field(Field::look_number).set(receipt->number);
  screen.number_wrong = false;
  screen.focus = Field::look_code;
}

void typed(LookUpScreen& screen, std::string_view text, Journey& journey) {
  if (text.starts_with("QBL1:")) return scanned(screen, text, journey);
  const bool number = screen.focus == Field::look_number;
  if (!journey.field(screen.focus).type(text, number_chars_max)) return;
  (number ? screen.number_wrong : screen.code_wrong) = false;
  if (screen.stage == LookUpScreen::Stage::none) screen.stage = LookUpScreen::Stage::typing;
}

Outcome ask(LookUpScreen& screen, const Journey& journey) {
  if (screen.stage == LookUpScreen::Stage::found) return {{}, Place::wiped};  // "finish"
  if (screen.stage == LookUpScreen::Stage::asking) return {};
  const auto& number = journey.field(Field::look_number).text;
  const auto code = tidy_code(journey.field(Field::look_code).text);
  screen.number_wrong = !core::valid_receipt_number(number);
  screen.code_wrong = !whole_code(code);
  if (screen.number_wrong || screen.code_wrong) {
    screen.focus = screen.number_wrong ? Field::look_number : Field::look_code;
    return {};
  }
  screen.stage = LookUpScreen::Stage::asking;
  return {{effect::LookUp{core::tidy_receipt_number(number), code}}, {}};
}

void looked_up(LookUpScreen& screen, const reply::LookedUp& answer) {
  if (!answer.receipt) screen.proof_open = false;
  screen.receipt = answer.receipt;
  screen.word = answer.word;
  screen.why_none = answer.why;
  screen.stage = answer.receipt ? LookUpScreen::Stage::found : LookUpScreen::Stage::none;
}

Outcome look_key(LookUpScreen& screen, Key key, Journey& journey) {
  if (key == Key::enter && screen.focus == Field::look_code) return ask(screen, journey);
  if (key == Key::enter) screen.focus = Field::look_code;
  else journey.field(screen.focus).key(key);
  return {};
}

Outcome look_back(LookUpScreen& screen) {
  if (screen.stage == LookUpScreen::Stage::asking) return {{effect::ForgetReceipt{}}, Place::start};
  if (screen.stage != LookUpScreen::Stage::found) return {{}, Place::start};
  if (std::exchange(screen.proof_open, false)) return {};
  screen.copy = ReceiptScreen::Copy::none;
  screen.stage = LookUpScreen::Stage::typing;
  const bool elsewhere = screen.has_elsewhere();
  forget(*screen.receipt);
  screen.receipt.reset();
  screen.word = {};
  return elsewhere ? Outcome{{effect::ForgetReceipt{}}, {}} : Outcome{};
}

}  // namespace

std::optional<FollowAct> follow_act_of(const ReceiptView& receipt) {
  if (receipt.kind == core::kind::application_supplement) return FollowAct::supplement;
  if (receipt.kind == core::kind::application_withdraw) return FollowAct::withdraw;
  return receipt.kind == core::kind::licence_deliver ? std::optional(FollowAct::deliver) : std::nullopt;
}

void take_custody(ReceiptView& receipt, const reply::CustodyChanged& news) {
  if (news.record != receipt.record) return;
  if (receipt.custody == SendView::accepted && news.custody < SendView::accepted) return;
  receipt.custody = news.custody;
  if (news.custody == SendView::sent) receipt.sent_at = news.at;
  if (news.custody == SendView::accepted) receipt.confirmed_at = news.at;
  receipt.reason = news.reason;
  if (!news.case_number.empty()) receipt.case_number = news.case_number;
}

Effects ask_for_proof(const ReceiptView& receipt, const reply::CustodyChanged& news) {
  const bool confirmed = news.record == receipt.record && news.custody == SendView::accepted;
  if (!confirmed || receipt.number.empty() || !receipt.proof_qr.empty()) return {};
  return {effect::LookUp{receipt.number, receipt.check_code}};
}

void take_proof(ReceiptView& receipt, const reply::LookedUp& answer) {
  if (!answer.receipt || answer.receipt->record != receipt.record) return;
  receipt.proof_qr = answer.receipt->proof_qr;
  receipt.logged_at = answer.receipt->logged_at;
}

void forget(ReceiptView& receipt) {
  for (auto* text : {&receipt.number, &receipt.check_code, &receipt.qr, &receipt.proof_qr, &receipt.organisation, &receipt.elsewhere, &receipt.title.kk, &receipt.title.ru, &receipt.title.en}) {
    forget(*text);
  }
}

void ReceiptScreen::take(const reply::ReceiptSaved& saved) {
  copy = saved.saved ? Copy::saved : Copy::failed;
  copy_problem = saved.why;
}

Outcome ReceiptScreen::update(const Input& input, const Desk& desk) {
  if (const auto* reply = std::get_if<Reply>(&input)) {
    if (const auto* saved = std::get_if<reply::ReceiptSaved>(reply)) take(*saved);
    if (const auto* answer = std::get_if<reply::LookedUp>(reply)) take_proof(receipt, *answer);
    const auto* news = std::get_if<reply::CustodyChanged>(reply);
    if (news == nullptr) return {};
    take_custody(receipt, *news);
    return {ask_for_proof(receipt, *news), {}};
  }
  if (std::holds_alternative<person::ProofPressed>(input)) proof_open = !proof_open && !receipt.proof_qr.empty();
  if (std::holds_alternative<person::SaveReceiptPressed>(input) && copy != Copy::saving) {
    copy = Copy::saving;
    return {{effect::SaveReceipt{receipt.record, desk.session.language}}, {}};
  }
  if (std::holds_alternative<person::ZoomPressed>(input)) slip_alone = !slip_alone;
  if (std::holds_alternative<person::PrimaryPressed>(input)) return {{}, Place::wiped};
  return {};
}

bool LookUpScreen::offers(FollowAct act) const {
  if (stage != Stage::found || receipt->kind != core::kind::application_submit || !receipt->elsewhere.empty()) return false;
  if (act == FollowAct::supplement) return word.may_supplement();
  return act == FollowAct::deliver ? word.may_sign_for_form() : word.may_withdraw();
}

Outcome LookUpScreen::at_receipt(const Input& input, const Desk& desk) {
  if (std::holds_alternative<person::ProofPressed>(input)) proof_open = !proof_open;
  if (!std::holds_alternative<person::SaveReceiptPressed>(input) || copy == ReceiptScreen::Copy::saving) return {};
  copy = ReceiptScreen::Copy::saving;
  return {{effect::SaveReceipt{receipt->record, desk.session.language}}, {}};
}

Outcome LookUpScreen::update(const Input& input, const Desk& desk) {
  auto& journey = desk.journey;
  if (const auto* reply = std::get_if<Reply>(&input)) {
    if (const auto* answer = std::get_if<reply::LookedUp>(reply)) looked_up(*this, *answer);
    if (const auto* saved = std::get_if<reply::ReceiptSaved>(reply)) {
      copy = saved->saved ? ReceiptScreen::Copy::saved : ReceiptScreen::Copy::failed;
      copy_problem = saved->why;
    }
    const auto* news = std::get_if<reply::CustodyChanged>(reply);
    if (news != nullptr && receipt) {
      take_custody(*receipt, *news);
      return {ask_for_proof(*receipt, *news), {}};
    }
    const bool fed = std::holds_alternative<reply::PapersChanged>(*reply) && stage == Stage::found && receipt->elsewhere.empty();
    return fed ? Outcome{{effect::LookUp{receipt->number, receipt->check_code}}, {}} : Outcome{};  // the office may have said more
  }
  if (std::holds_alternative<person::BackPressed>(input)) return look_back(*this);
  if (std::holds_alternative<person::PrimaryPressed>(input)) return ask(*this, journey);
  if (stage == Stage::found) return at_receipt(input, desk);
  if (stage == Stage::asking) return {};
  if (const auto* event = std::get_if<person::TextTyped>(&input)) typed(*this, event->text, journey);
  if (const auto* event = std::get_if<person::FieldTapped>(&input);
      event != nullptr && (event->field == Field::look_number || event->field == Field::look_code)) {
    focus = event->field;
  }
  if (const auto* event = std::get_if<person::KeyPressed>(&input)) return look_key(*this, event->key, journey);
  return {};
}

}  // namespace qabyl::kiosk
