// The pairs of effects.h: which reply answers which effect. See awaited.h.
#include "kiosk/screens/awaited.h"

namespace qabyl::kiosk {
namespace {

template <typename... Types, typename Variant>
bool is_any(const Variant& value) {
  return (std::holds_alternative<Types>(value) || ...);
}

}  // namespace

Awaited::Kind Awaited::asked(const Effect& effect) {
  if (is_any<effect::CheckBin>(effect)) return bin;
  if (is_any<effect::CreateDraft, effect::OpenDraft, effect::SaveDraft>(effect)) return draft;
  if (is_any<effect::ListSource>(effect)) return source;
  if (is_any<effect::AddFile>(effect)) return add;
  if (is_any<effect::MakeForm, effect::MakeLetter, effect::OpenFollowPaper>(effect)) return form;
  if (is_any<effect::FileApplication, effect::FileAct, effect::FileFollowUp>(effect)) return filing;
  if (is_any<effect::ReadBadge>(effect)) return badge;
  if (is_any<effect::SignIn>(effect)) return sign_in;
  if (is_any<effect::ListPapers>(effect)) return papers;
  if (is_any<effect::OpenPaper>(effect)) return paper;
  if (is_any<effect::ShowMade>(effect)) return made;
  if (is_any<effect::ListColleagues>(effect)) return colleagues;
  if (is_any<effect::BeginFiling, effect::BeginReply>(effect)) return begin;
  if (is_any<effect::LookUp>(effect)) return look_up;
  if (is_any<effect::SaveReceipt>(effect)) return save_receipt;
  if (is_any<effect::LoadOperator, effect::CheckStored, effect::UnlockStaff>(effect)) return operator_panel;
  if (is_any<effect::WriteCourier, effect::ReadCourier, effect::SaveForks>(effect)) return operator_stick;
  return kinds;
}

Awaited::Kind Awaited::answered(const Reply& reply) {
  if (is_any<reply::BinChecked>(reply)) return bin;
  if (is_any<reply::DraftSaved, reply::DraftOpened, reply::DraftRefused>(reply)) return draft;
  if (is_any<reply::SourceListed>(reply)) return source;
  if (is_any<reply::AddProgress, reply::FileAdded, reply::FileRefused>(reply)) return add;
  if (is_any<reply::FormReady, reply::FormFailed>(reply)) return form;
  if (is_any<reply::Filed, reply::FilingFailed, reply::FilingUnknown>(reply)) return filing;
  if (is_any<reply::BadgeRead>(reply)) return badge;
  if (is_any<reply::SignedIn, reply::SignInRefused>(reply)) return sign_in;
  if (is_any<reply::PapersListed>(reply)) return papers;
  if (is_any<reply::PaperOpened, reply::PaperFailed>(reply)) return paper;
  if (is_any<reply::MadeShown>(reply)) return made;
  if (is_any<reply::ColleaguesListed>(reply)) return colleagues;
  if (is_any<reply::FilingBegun>(reply)) return begin;
  if (is_any<reply::LookedUp>(reply)) return look_up;
  if (is_any<reply::ReceiptSaved>(reply)) return save_receipt;
  if (is_any<reply::OperatorLoaded>(reply)) return operator_panel;
  if (is_any<reply::CourierWritten, reply::CourierRead, reply::ForksSaved>(reply)) return operator_stick;
  return news;
}

bool Awaited::last(const Reply& reply) { return !is_any<reply::AddProgress, reply::FilingUnknown>(reply); }

void Awaited::sent(const Effects& effects, std::size_t from) {
  for (std::size_t i = from; i < effects.size(); ++i) {
    if (const Kind kind = asked(effects[i]); kind != kinds) ++open_[kind];
  }
}

bool Awaited::take(const Reply& reply) {
  const Kind kind = answered(reply);
  if (kind == news) return true;
  if (open_[kind] == 0) return false;
  const bool wanted = stale_[kind] == 0;
  if (last(reply)) {
    --open_[kind];
    if (!wanted) --stale_[kind];
  }
  return wanted;
}

}  // namespace qabyl::kiosk
