// Bureau staff and the operator: who is signed in, and the operator's view. Papers are in paper_desk.cpp, what is done
// with them in act_desk.cpp. See storage_desk.h.
#include <algorithm>

#include "kiosk/shell/storage_desk.h"
#include "kiosk/shell/store_proxy.h"

namespace qabyl::kiosk {
namespace {

constexpr std::size_t operator_lines_max = 60;
constexpr std::size_t operator_forks_max = 5;

StaffView view_of(const core::StaffMember& staff) {
  return {staff.id, staff.name, staff.position, staff.bureau_name, staff.bureau_bin, staff.is_operator};
}

OperatorView::Line line_of(const core::QueueLine& line) {
  return {line.number, line.kind, line.filed_at, send_view(line.state), line.reason, line.field, line.decided_at, line.office_word, line.office_at, line.first};
}

}  // namespace

void StorageDesk::handle(const effect::ReadBadge& effect) {
  const auto holder = parts_.store.badge_holder(effect.badge);
  reply::BadgeRead read;
  if (holder && *holder) {
    read.staff.emplace();
    read.staff->name = (*holder)->name;
    read.staff->position = (*holder)->position;
    read.staff->bureau = (*holder)->bureau_name;
    read.locked = (*holder)->locked;
  }
  tell(read);
}

void StorageDesk::handle(const effect::SignIn& effect) {
  sign_out();
  auto staff = parts_.store.sign_in(effect.badge, effect.pin);
  if (!staff) {
    tell(reply::SignInRefused{staff.error().code, tries_left(staff.error())});
    return;
  }
  staff_ = *std::move(staff);
  tell(reply::SignedIn{kiosk::view_of(*staff_)});
}

void StorageDesk::sign_out() {
  leave_filing();
  staff_.reset();
  papers_.clear();
  if (open_paper_) core::wipe(open_paper_->second);
  open_paper_.reset();
}

void StorageDesk::handle(const effect::UnlockStaff& effect) {
  if (operator_is_in()) (void)parts_.store.unlock_staff(effect.id);
  tell_operator();
}

void StorageDesk::check_chain() {
  chain_whole_ = parts_.store.verify_chain().has_value();
  chain_checked_at_ = parts_.clock.read().wall;
}

void StorageDesk::handle(const effect::CheckStored&) {
  if (operator_is_in()) check_chain();
  tell_operator(true);
}

void StorageDesk::tell_operator(bool checked) {
  OperatorView view;
  if (!operator_is_in()) return tell(reply::OperatorLoaded{view, checked});
  if (!chain_checked_at_) check_chain();
  view.device = parts_.station.device;
  view.version = QABYL_VERSION;
  if (const auto counts = parts_.store.counts()) {
    view.queued = counts->queued;
    view.sent = counts->sent;
    view.quarantined = counts->quarantined;
    view.oldest_waiting = counts->oldest_waiting;
    view.waiting_bytes = counts->waiting_bytes;
    view.free_bytes = counts->free_bytes;
    view.total_bytes = counts->total_bytes;
  }
  if (const auto lines = parts_.store.queue(operator_lines_max)) {
    for (const auto& line : *lines) view.lines.push_back(line_of(line));
  }
  if (const auto lines = parts_.store.quarantined(operator_lines_max)) {
    for (const auto& line : *lines) view.held.push_back(line_of(line));
  }
  if (const auto lines = parts_.store.superseded(operator_lines_max)) {
    for (const auto& line : *lines) view.held.push_back(line_of(line));
  }
  if (const auto next = parts_.store.next_queued(); next && *next) view.next = line_of(**next);
  if (const auto locked = parts_.store.locked_staff()) {
    for (const auto& one : *locked) view.locked.push_back({one.id, one.name, one.bureau_name, one.since});
  }
  if (const auto stored = parts_.store.stored_report()) view.stored = {stored->items, stored->finished_at, stored->damaged};
  if (const auto forks = parts_.store.forks(operator_forks_max)) {
    for (const auto& fork : *forks) view.forks.push_back({fork.why, fork.held_size, fork.shown_size, fork.at});
  }
  view.chain_whole = chain_whole_;
  view.chain_checked_at = chain_checked_at_;
  view.records = parts_.store.head().q;
  if (const auto memory = parts_.store.clock_memory(); memory.sync) {
    view.clock_offset_ms = (memory.sync->at.wall - memory.sync->registry).count();
    view.clock_confirmed_at = memory.sync->registry;
  }
  view.certificate_days = static_cast<int>(std::chrono::duration_cast<std::chrono::days>(parts_.station.key_to - parts_.clock.read().wall).count());
  tell(reply::OperatorLoaded{std::move(view), checked});
}

core::Result<std::vector<std::string>> StorageDesk::fork_files() {
  QABYL_TRY(forks, parts_.store.forks(operator_forks_max));
  std::vector<std::string> files;
  for (auto& fork : forks) files.push_back(std::move(fork.evidence));
  return files;
}

core::Result<core::Bytes> StorageDesk::document(const core::Digest& digest) {
  if (open_paper_ && open_paper_->first == digest) return open_paper_->second;
  return parts_.store.read_document(digest, 0, core::document_bytes_max);
}

}  // namespace qabyl::kiosk
