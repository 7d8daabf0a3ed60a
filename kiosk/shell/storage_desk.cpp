// Drafts. Filing is in filing_desk.cpp, the look-up in follow_desk.cpp, staff and operator in staff_desk.cpp. See storage_desk.h.
#include "kiosk/shell/storage_desk.h"

#include "kiosk/shell/store_proxy.h"

namespace qabyl::kiosk {
namespace {

DraftView view_of(const core::DraftSummary& draft) { return {draft.id, draft.procedure, draft.step, draft.saved_at}; }

BureauView view_of(const core::BureauEntry& bureau) {
  return {bureau.bin, bureau.name, bureau.address, bureau.head, bureau.licensed, bureau.as_of};
}

}  // namespace

int tries_left(const core::Error& error) {
  int n = 0;
  for (const char c : error.detail) {
    if (c < '0' || c > '9') return n;
    n = n * 10 + (c - '0');
  }
  return n;
}

StorageDesk::StorageDesk(StorageDeskParts parts) : parts_(std::move(parts)) {}

bool StorageDesk::carry_out(const Effect& effect) {
  bool known = true;
  std::visit(
      [this, &known](const auto& one) {
        using One = std::decay_t<decltype(one)>;
        if constexpr (requires { handle(one); }) handle(one);
        else if constexpr (std::is_same_v<One, effect::LeaveDraft>) (void)parts_.store.leave_draft(one.id);
        else if constexpr (std::is_same_v<One, effect::DropDraft>) (void)parts_.store.drop_draft(one.id);
        else if constexpr (std::is_same_v<One, effect::SignOut>) sign_out();
        else if constexpr (std::is_same_v<One, effect::CloseFollowPaper>) close_follow_paper();
        else if constexpr (std::is_same_v<One, effect::ForgetReceipt>) forget_elsewhere();
        else if constexpr (std::is_same_v<One, effect::LoadOperator>) tell_operator();
        else known = false;
      },
      effect);
  return known;
}

void StorageDesk::announce(core::Instant off_at, core::Instant on_at) {
  (void)parts_.store.drop_unfiled();
  const auto draft = parts_.store.interrupted_draft();
  if (draft && draft->has_value()) tell(reply::Interrupted{view_of(**draft), off_at, on_at});
  check_reserve();
}

void StorageDesk::check_reserve() {
  if (store_broken_ && parts_.store.reopen()) {
    store_broken_ = false;
    if (!unsettled_.empty()) settle(std::exchange(unsettled_, {}));
  }
  const bool stop = store_broken_ || parts_.store.below_reserve();
  if (intake_stopped_ == stop) return;  // a visitor on the way in is not sent back for nothing
  intake_stopped_ = stop;
  tell(reply::StopIntake{stop, {}});
}

void StorageDesk::handle(const effect::CheckBin& effect) {
  reply::BinChecked checked{effect.bin, {}, {}};
  if (const auto bureau = parts_.store.find_bureau(effect.bin); bureau && *bureau) checked.bureau = view_of(**bureau);
  if (const auto draft = parts_.store.find_draft(effect.bin); draft && *draft) checked.draft = view_of(**draft);
  tell(checked);
}

void StorageDesk::handle(const effect::CreateDraft& effect) {
  const auto now = parts_.clock.read().wall;
  auto draft = effect.draft;
  draft.id = core::new_id(now, parts_.random);  // becomes the record's id: filing twice is impossible by name
  if (const auto made = parts_.store.create_draft(draft, effect.pin); !made) {
    return tell(reply::DraftRefused{made.error().code, 0, {}});
  }
  tell(reply::DraftSaved{draft.id, now});
}

void StorageDesk::handle(const effect::OpenDraft& effect) {
  auto draft = parts_.store.open_draft(effect.id, effect.pin);
  if (!draft) {
    std::optional<core::Instant> until;
    if (draft.error().code == core::ErrorCode::locked) until = parts_.clock.read().wall + std::chrono::hours{1};
    tell(reply::DraftRefused{draft.error().code, tries_left(draft.error()), until});
    return;
  }
  tell(reply::DraftOpened{*std::move(draft)});
}

void StorageDesk::handle(const effect::SaveDraft& effect) {
  if (const auto saved = parts_.store.save_draft(effect.draft); !saved) {
    tell(reply::DraftRefused{saved.error().code, 0, {}});
    check_reserve();
    return;
  }
  tell(reply::DraftSaved{effect.draft.id, parts_.clock.read().wall});
}

}  // namespace qabyl::kiosk
