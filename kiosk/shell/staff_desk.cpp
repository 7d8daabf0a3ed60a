// Bureau staff and the operator: sign-in, inbox, papers that are open only while an entitled person is
// signed in (ARCHITECTURE, 5), the operator's view. See storage_desk.h.
#include <algorithm>

#include "kiosk/shell/storage_desk.h"
#include "kiosk/shell/store_proxy.h"

namespace qabyl::kiosk {
namespace {

constexpr std::size_t operator_lines_max = 60;
constexpr int rest_days_ahead_max = 60, rest_run_max = 31;

StaffView view_of(const core::StaffMember& staff) {
  return {staff.id, staff.name, staff.position, staff.bureau_name, staff.bureau_bin, staff.is_operator};
}

core::LocalText local_text(const core::Json& json) { return {json.text("kk"), json.text("ru"), json.text("en")}; }

OperatorView::Line line_of(const core::QueueLine& line) {
  return {line.number, line.kind, line.filed_at, send_view(line.state), line.reason, line.field};
}

// The next run of days off after `today`.
RestDays rest_after(core::Date today, const core::Calendar& calendar) {
  for (int ahead = 1; ahead <= rest_days_ahead_max; ++ahead) {
    const auto first = core::add_days(today, ahead);
    if (calendar.is_working(first)) continue;
    auto last = first;
    for (int i = 0; i < rest_run_max && !calendar.is_working(core::add_days(last, 1)); ++i) last = core::add_days(last, 1);
    return {core::iso_date(first), core::iso_date(last)};
  }
  return {};
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
  staff_.reset();
  papers_.clear();
  if (open_paper_) core::wipe(open_paper_->second);
  open_paper_.reset();
}

PaperView StorageDesk::paper_view(const core::Paper& paper) const {
  PaperView view;
  view.id = paper.id;
  view.case_id = paper.case_id;
  view.kind = paper.kind;
  view.title = local_text(paper.meta.member("title"));
  view.number = paper.meta.text("number");
  view.date = paper.meta.text("date");
  view.authority = paper.meta.text("authority");
  view.from = local_text(paper.meta.member("from"));
  view.pages = static_cast<int>(paper.meta.number("pages"));
  view.deadline = paper.meta.text("deadline");
  view.deadline_kind = paper.meta.text("deadline_kind") == "calendar" ? "calendar" : "working";
  const auto today = parts_.rules.today(parts_.clock.read().wall);
  if (const auto due = core::parse_iso_date(view.deadline)) {
    const auto calendar_days = (std::chrono::sys_days{*due} - std::chrono::sys_days{today}).count();
    view.deadline_days = view.deadline_kind == "calendar" ? static_cast<int>(calendar_days) : parts_.rules.calendar.working_days_between(today, *due);
  }
  view.here = paper.here;
  view.marked = paper.mark.has_value();
  if (paper.mark) view.marked_at = paper.marked_at;
  view.closed_by_other = paper.closed && !paper.mark;
  view.received_at = paper.received_at;
  view.digest = paper.pdf;
  return view;
}

void StorageDesk::handle(const effect::ListPapers&) {
  reply::PapersListed listed;
  if (!staff_) return tell(listed);
  auto papers = parts_.store.papers(*staff_);
  if (papers) papers_ = *std::move(papers);
  for (const auto& paper : papers_) listed.papers.push_back(paper_view(paper));
  listed.rest = rest_after(parts_.rules.today(parts_.clock.read().wall), parts_.rules.calendar);
  tell(listed);
}

void StorageDesk::handle(const effect::OpenPaper& effect) {
  if (!staff_) return tell(reply::PaperFailed{effect.id, core::ErrorCode::forbidden});
  if (open_paper_) core::wipe(open_paper_->second);  // one paper is open at a time
  open_paper_.reset();
  auto bytes = parts_.store.open_paper(*staff_, effect.id);
  if (!bytes) return tell(reply::PaperFailed{effect.id, bytes.error().code});
  for (const auto& paper : papers_) {
    if (paper.id != effect.id) continue;
    open_paper_.emplace(paper.pdf, *std::move(bytes));
    return tell(reply::PaperOpened{paper.id, paper.pdf, static_cast<int>(paper.meta.number("pages"))});
  }
  tell(reply::PaperFailed{effect.id, core::ErrorCode::not_found});
}

// Of a paper that this person's bureau may see, and that was marked here.
void StorageDesk::handle(const effect::ShowMark& effect) {
  reply::MarkShown shown;
  const auto paper = std::find_if(papers_.begin(), papers_.end(), [&](const auto& one) { return one.id == effect.paper; });
  if (staff_ && paper != papers_.end() && paper->mark) {
    if (const auto found = parts_.store.find_record(*paper->mark); found && *found) shown.receipt = receipt_view(**found);
  }
  tell(shown);
}

void StorageDesk::handle(const effect::UnlockStaff& effect) {
  if (staff_ && staff_->is_operator) (void)parts_.store.unlock_staff(effect.id);
  tell_operator();
}

void StorageDesk::check_chain() {
  chain_whole_ = parts_.store.verify_chain().has_value();
  chain_checked_at_ = parts_.clock.read().wall;
}

void StorageDesk::handle(const effect::CheckStored&) {
  if (staff_ && staff_->is_operator) check_chain();
  tell_operator(true);
}

void StorageDesk::tell_operator(bool checked) {
  OperatorView view;
  if (!staff_ || !staff_->is_operator) return tell(reply::OperatorLoaded{view, checked});
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
  if (const auto locked = parts_.store.locked_staff()) {
    for (const auto& one : *locked) view.locked.push_back({one.id, one.name, one.bureau_name, one.since});
  }
  if (const auto stored = parts_.store.stored_report()) view.stored = {stored->items, stored->finished_at, stored->damaged};
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

core::Result<core::Bytes> StorageDesk::document(const core::Digest& digest) {
  if (open_paper_ && open_paper_->first == digest) return open_paper_->second;
  return parts_.store.read_document(digest, 0, core::document_bytes_max);
}

}  // namespace qabyl::kiosk
