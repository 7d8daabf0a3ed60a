// See staff_screen.h.
#include "kiosk/screens/staff_screen.h"

namespace qabyl::kiosk {

bool StaffJourney::busy() const {
  using Stage = AcknowledgeScreen::Stage;
  if (at == At::reply) return answering.busy();
  return at == At::visa ? visa.ink.stage != Stage::signing : acknowledge.stage != Stage::signing;
}

Waiting StaffJourney::waiting() const {
  if (busy()) return waits::never;
  const bool long_work = at == At::reading || at == At::acknowledge || at == At::reply || at == At::visa;
  return long_work ? waits::signing : waits::staff;
}

std::optional<core::Millis> StaffJourney::next_due() const {
  if (at == At::reply) return answering.next_due();
  return (at == At::reading || at == At::visa) && reading ? reading->next_due() : std::nullopt;
}

void StaffJourney::wipe() {
  sign_in.wipe();
  inbox.wipe();
  forget(receipt.receipt);
  acknowledge = {};
  visa = {};
  answering.wipe();
  paper = {};
  reading.reset();
  panel.wipe();
  if (staff) {
    for (auto* text : {&staff->id, &staff->name, &staff->position, &staff->bureau, &staff->bureau_bin}) forget(*text);
  }
  staff.reset();
}

Effects StaffJourney::update(const Input& input, const SetUp& set_up, const Session& session, Now now) {
  if (const auto* reply = std::get_if<Reply>(&input)) return answered(*reply, set_up, session, now);
  if (std::holds_alternative<person::FinishPressed>(input)) return finished = true, Effects{};
  const auto* chosen = std::get_if<person::LanguageChosen>(&input);
  if (chosen != nullptr && letter_unsigned() && chosen->language != answering.made_in) {
    at = At::reply;  // made anew: read and signed in that language
    return answering.make_letter(chosen->language);
  }
  return carry_out(to_screen(input, set_up, session, now), set_up, session);
}

StaffOutcome StaffJourney::to_screen(const Input& input, const SetUp& set_up, const Session& session, Now now) {
  const auto today = set_up.zone.local(now.wall).date;
  switch (at) {
    case At::sign_in: return sign_in.update(input);
    case At::inbox: return inbox.update(input);
    case At::paper: return paper.update(input);
    case At::reading: return reading->update(input, now);
    case At::reply: return answering.update(input, set_up.current_profile(), session, now, today);
    case At::visa: return visa.update(input, *reading, session.language, now);
    case At::acknowledge: return acknowledge.update(input, *reading, session.language);
    case At::receipt: return at_receipt(input, session);
    case At::operating: return panel.update(input);
    case At::start:
    case At::over: break;
  }
  return {};
}

// A paper that is opened anew; without one, back from signing: the same reading goes on.
void StaffJourney::open_reading(const StaffOutcome& outcome) {
  if (outcome.paper.empty()) return;
  reading.emplace();
  reading->paper = *inbox.find(outcome.paper);
  reading->act = outcome.act;
  acknowledge = {};
  acknowledge.making = {outcome.paper, outcome.act.value_or(core::BureauAct::receive), {}, core::Json::Object{}, {}};
  visa = {};
  if (outcome.go != At::visa) return;
  reading->zoom = ReadScreen::Zoom::whole;
  reading->page = VisaScreen::sheet(reading->paper);
}

Effects StaffJourney::carry_out(StaffOutcome outcome, const SetUp& set_up, const Session& session) {
  if (!outcome.go) return std::move(outcome.effects);
  auto effects = std::move(outcome.effects);
  const auto* wanted = outcome.paper.empty() ? nullptr : inbox.find(outcome.paper);
  switch (*outcome.go) {
    case At::over: finished = true; return effects;
    case At::start: gone_back = true; return effects;
    case At::reading:
    case At::visa: open_reading(outcome); break;
    case At::paper:
      if (wanted != nullptr) paper.show(*wanted);
      else if (const auto* same = inbox.find(reading ? reading->paper.id : paper.paper.id)) paper.show(*same);
      if (at != At::reply) reading.reset();
      break;
    case At::reply:
      if (!outcome.act) break;  // back from the letter: what was given stands
      for (auto& effect : answering.begin(*outcome.act, wanted != nullptr ? *wanted : paper.paper, set_up.current_profile(), session.language)) effects.push_back(std::move(effect));
      break;
    case At::inbox: reading.reset(); break;
    default: break;
  }
  at = *outcome.go;
  return effects;
}

Effects StaffJourney::signed_in(const reply::SignedIn& in) {
  staff = in.staff;
  sign_in.wipe();
  at = staff->is_operator ? At::operating : At::inbox;
  if (staff->is_operator) return {effect::LoadOperator{}};
  return {effect::ListPapers{}};
}

// A visa has no receipt: the next sheet comes when the papers are listed anew.
void StaffJourney::filed(const ReceiptView& made) {
  if (made.number.empty()) return;
  receipt = {};
  receipt.receipt = made;
  acknowledge = {};
  visa = {};
  answering.wipe();
  at = At::receipt;
}

// The letter is read page by page before it is signed, like any paper.
void StaffJourney::letter_made(const core::DraftFile& letter) {
  if (at != At::reply || answering.stage != ReplyScreen::Stage::making) return;
  answering.stage = ReplyScreen::Stage::asking;
  reading.emplace();
  reading->paper = answering.paper;
  reading->act = answering.form.act;
  reading->letter = true;
  reading->opening = false;
  reading->paper.digest = letter.ref.sha256;
  reading->pages = reading->paper.pages = letter.pages;
  acknowledge = {};
  acknowledge.making = answering.said();
  acknowledge.letter = letter;
  at = At::reading;
}

// A letter of the bureau is at hand, and no ink is on it yet: what is being signed stays as it is.
bool StaffJourney::letter_unsigned() const {
  const bool signing = at == At::acknowledge && acknowledge.stage == AcknowledgeScreen::Stage::signing && acknowledge.strokes.empty();
  return reading && reading->letter && (at == At::reading || signing);
}

void StaffJourney::answered_papers(const reply::PapersListed& listed, Now now) {
  inbox.take(listed);
  const auto* same = inbox.find(at == At::visa && reading ? reading->paper.id : paper.paper.id);
  if (same == nullptr) return;
  if (at == At::paper) paper.show(*same);
  if (at == At::visa && reading) visa.next_sheet(*reading, *same, now);
}

Effects StaffJourney::answered(const Reply& reply, const SetUp& set_up, const Session& session, Now now) {
  if (const auto* read = std::get_if<reply::BadgeRead>(&reply)) sign_in.take(*read);
  if (const auto* in = std::get_if<reply::SignedIn>(&reply)) return signed_in(*in);
  if (const auto* refused = std::get_if<reply::SignInRefused>(&reply)) sign_in.take(*refused);
  if (const auto* listed = std::get_if<reply::PapersListed>(&reply)) answered_papers(*listed, now);
  const bool in_bureau = staff && !staff->is_operator;
  if (std::holds_alternative<reply::PapersChanged>(reply) && in_bureau) return {effect::ListPapers{}};
  if (const auto* opened = std::get_if<reply::PaperOpened>(&reply); opened != nullptr && reading) reading->take(*opened);
  if (const auto* failed = std::get_if<reply::PaperFailed>(&reply); failed != nullptr && reading) reading->take(*failed);
  if (at == At::reply) answering.take(reply, set_up.current_profile(), session.language);
  if (const auto* form = std::get_if<reply::FormReady>(&reply)) letter_made(form->form);
  if (const auto* done = std::get_if<reply::Filed>(&reply)) {
    filed(done->receipt);
    return {effect::ListPapers{}};
  }
  const bool shows_made = at == At::inbox || at == At::paper;
  if (const auto* shown = std::get_if<reply::MadeShown>(&reply); shown != nullptr && shown->receipt && shows_made) filed(*shown->receipt);
  auto& ink = at == At::visa ? visa.ink : acknowledge;
  if (const auto* failed = std::get_if<reply::FilingFailed>(&reply)) ink.take(*failed);
  if (std::holds_alternative<reply::FilingUnknown>(reply) && at != At::reply) ink.stage = AcknowledgeScreen::Stage::checking;
  if (const auto* saved = std::get_if<reply::ReceiptSaved>(&reply)) receipt.take(*saved);
  if (const auto* answer = std::get_if<reply::LookedUp>(&reply)) take_proof(receipt.receipt, *answer);
  if (const auto* loaded = std::get_if<reply::OperatorLoaded>(&reply)) panel.take(*loaded);
  if (at == At::operating) {
    auto effects = panel.take_stick(reply);
    return effects.empty() ? panel.news(reply) : effects;
  }
  const auto* custody = std::get_if<reply::CustodyChanged>(&reply);
  if (custody == nullptr || at != At::receipt) return {};
  take_custody(receipt.receipt, *custody);
  return ask_for_proof(receipt.receipt, *custody);
}

// The paper whose receipt is shown.
core::Id StaffJourney::at_hand() const { return reading ? reading->paper.id : paper.paper.id; }

StaffOutcome StaffJourney::at_receipt(const Input& input, const Session& session) {
  if (std::holds_alternative<person::SaveReceiptPressed>(input) && receipt.copy != ReceiptScreen::Copy::saving) {
    receipt.copy = ReceiptScreen::Copy::saving;
    return {{effect::SaveReceipt{receipt.receipt.record, session.language}}, {}, {}};
  }
  if (std::holds_alternative<person::ZoomPressed>(input)) receipt.slip_alone = !receipt.slip_alone;
  if (std::holds_alternative<person::ProofPressed>(input)) receipt.proof_open = !receipt.proof_open && !receipt.receipt.proof_qr.empty();
  if (std::holds_alternative<person::PrimaryPressed>(input)) {
    const auto* same = inbox.find(at_hand());
    const bool goes_on = same != nullptr && awaits(*same);  // the visas after receipt, the answer after a request
    return goes_on ? StaffOutcome{{effect::ListPapers{}}, StaffPlace::paper, same->id} : StaffOutcome{{effect::ListPapers{}}, StaffPlace::inbox};
  }
  if (std::holds_alternative<person::BackPressed>(input)) return {{effect::ListPapers{}}, StaffPlace::inbox};
  return {};
}

}  // namespace qabyl::kiosk
