// See staff_screen.h.
#include "kiosk/screens/staff_screen.h"

namespace qabyl::kiosk {

Waiting StaffJourney::waiting() const {
  if (busy()) return waits::never;
  return at == At::reading || at == At::acknowledge ? waits::signing : waits::staff;
}

std::optional<core::Millis> StaffJourney::next_due() const {
  return at == At::reading && reading ? reading->next_due() : std::nullopt;
}

void StaffJourney::wipe() {
  sign_in.wipe();
  inbox.wipe();
  forget(receipt.receipt);
  acknowledge = {};
  reading.reset();
  panel.wipe();
  if (staff) {
    for (auto* text : {&staff->id, &staff->name, &staff->position, &staff->bureau, &staff->bureau_bin}) forget(*text);
  }
  staff.reset();
}

Effects StaffJourney::update(const Input& input, const SetUp&, const Session& session, Now now) {
  if (const auto* reply = std::get_if<Reply>(&input)) return answered(*reply);
  if (std::holds_alternative<person::FinishPressed>(input)) return finished = true, Effects{};
  return carry_out(to_screen(input, session, now));
}

StaffOutcome StaffJourney::to_screen(const Input& input, const Session& session, Now now) {
  switch (at) {
    case At::sign_in: return sign_in.update(input);
    case At::inbox: return inbox.update(input);
    case At::reading: return reading->update(input, now);
    case At::acknowledge: return acknowledge.update(input, *reading, session.language);
    case At::receipt: return at_receipt(input, session);
    case At::operating: return panel.update(input);
    case At::start:
    case At::over: break;
  }
  return {};
}

Effects StaffJourney::carry_out(StaffOutcome outcome) {
  if (!outcome.go) return std::move(outcome.effects);
  switch (*outcome.go) {
    case At::over: finished = true; return std::move(outcome.effects);
    case At::start: gone_back = true; return std::move(outcome.effects);
    case At::reading:
      if (!outcome.paper.empty()) {  // else back from signing: the same reading goes on
        reading.emplace();
        reading->paper = *inbox.find(outcome.paper);
        acknowledge = {};
      }
      break;
    case At::inbox: reading.reset(); break;
    default: break;
  }
  at = *outcome.go;
  return std::move(outcome.effects);
}

Effects StaffJourney::signed_in(const reply::SignedIn& in) {
  staff = in.staff;
  sign_in.wipe();
  at = staff->is_operator ? At::operating : At::inbox;
  if (staff->is_operator) return {effect::LoadOperator{}};
  return {effect::ListPapers{}};
}

void StaffJourney::filed(const ReceiptView& made) {
  receipt = {};
  receipt.receipt = made;
  acknowledge = {};
  at = At::receipt;
}

Effects StaffJourney::answered(const Reply& reply) {
  if (const auto* read = std::get_if<reply::BadgeRead>(&reply)) sign_in.take(*read);
  if (const auto* in = std::get_if<reply::SignedIn>(&reply)) return signed_in(*in);
  if (const auto* refused = std::get_if<reply::SignInRefused>(&reply)) sign_in.take(*refused);
  if (const auto* listed = std::get_if<reply::PapersListed>(&reply)) inbox.take(*listed);
  const bool in_bureau = staff && !staff->is_operator;
  if (std::holds_alternative<reply::PapersChanged>(reply) && in_bureau) return {effect::ListPapers{}};
  if (const auto* opened = std::get_if<reply::PaperOpened>(&reply); opened != nullptr && reading) reading->take(*opened);
  if (const auto* failed = std::get_if<reply::PaperFailed>(&reply); failed != nullptr && reading) reading->take(*failed);
  if (const auto* done = std::get_if<reply::Filed>(&reply)) {
    filed(done->receipt);
    return {effect::ListPapers{}};
  }
  if (const auto* shown = std::get_if<reply::MarkShown>(&reply); shown != nullptr && shown->receipt && at == At::inbox) filed(*shown->receipt);
  if (const auto* failed = std::get_if<reply::FilingFailed>(&reply)) acknowledge.take(*failed);
  if (std::holds_alternative<reply::FilingUnknown>(reply)) acknowledge.stage = AcknowledgeScreen::Stage::checking;
  if (const auto* custody = std::get_if<reply::CustodyChanged>(&reply)) take_custody(receipt.receipt, *custody);
  if (const auto* saved = std::get_if<reply::ReceiptSaved>(&reply)) {
    receipt.copy = saved->saved ? ReceiptScreen::Copy::saved : ReceiptScreen::Copy::failed;
    receipt.copy_problem = saved->why;
  }
  if (const auto* loaded = std::get_if<reply::OperatorLoaded>(&reply)) panel.take(*loaded);
  if (at == At::operating) return panel.news(reply);
  return {};
}

StaffOutcome StaffJourney::at_receipt(const Input& input, const Session& session) {
  if (std::holds_alternative<person::SaveReceiptPressed>(input) && receipt.copy != ReceiptScreen::Copy::saving) {
    receipt.copy = ReceiptScreen::Copy::saving;
    return {{effect::SaveReceipt{receipt.receipt.record, session.language}}, {}, {}};
  }
  if (std::holds_alternative<person::ZoomPressed>(input)) receipt.slip_alone = !receipt.slip_alone;
  if (std::holds_alternative<person::PrimaryPressed>(input)) return {{effect::ListPapers{}}, StaffPlace::inbox, {}};
  return {};
}

}  // namespace qabyl::kiosk
