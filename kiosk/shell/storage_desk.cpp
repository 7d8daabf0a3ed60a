// Drafts, sign-in, look-up, the operator's view. Filing is in filing_desk.cpp. See storage_desk.h.
#include "kiosk/shell/storage_desk.h"

#include "core/receipt_number.h"
#include "kiosk/shell/store_proxy.h"

namespace qabyl::kiosk {
namespace {

constexpr std::size_t operator_lines_max = 60;

// The store says in `detail` how many tries are left, as digits.
int tries_left(const core::Error& error) {
  int n = 0;
  for (const char c : error.detail) {
    if (c < '0' || c > '9') return n;
    n = n * 10 + (c - '0');
  }
  return n;
}

DraftView view_of(const core::DraftSummary& draft) { return {draft.id, draft.procedure, draft.step, draft.saved_at}; }

BureauView view_of(const core::BureauEntry& bureau) {
  return {bureau.bin, bureau.name, bureau.address, bureau.head, bureau.licensed, bureau.as_of};
}

StaffView view_of(const core::StaffMember& staff) {
  return {staff.id, staff.name, staff.position, staff.bureau_name, staff.bureau_bin, staff.is_operator};
}

core::LocalText local_text(const core::Json& json) { return {json.text("kk"), json.text("ru"), json.text("en")}; }

OperatorView::Line line_of(const core::QueueLine& line) {
  return {line.number, line.kind, line.filed_at, send_view(line.state), line.reason, line.field};
}

}  // namespace

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
        else if constexpr (std::is_same_v<One, effect::LoadOperator>) tell_operator();
        else known = false;
      },
      effect);
  return known;
}

void StorageDesk::announce(core::Instant off_at, core::Instant on_at) {
  const auto draft = parts_.store.interrupted_draft();
  if (draft && draft->has_value()) tell(reply::Interrupted{view_of(**draft), off_at, on_at});
  check_reserve();
}

void StorageDesk::check_reserve() { tell(reply::StopIntake{parts_.store.below_reserve(), {}}); }

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

void StorageDesk::handle(const effect::ReadBadge& effect) {
  const auto name = parts_.store.badge_name(effect.badge);
  reply::BadgeRead read;
  if (name && *name) {
    read.staff.emplace();
    read.staff->name = **name;
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
  tell(reply::SignedIn{view_of(*staff_)});
}

void StorageDesk::sign_out() {
  staff_.reset();
  papers_.clear();
  if (open_paper_) core::wipe(open_paper_->second);
  open_paper_.reset();
}

void StorageDesk::handle(const effect::ListPapers&) {
  reply::PapersListed listed;
  if (!staff_) return tell(listed);
  auto papers = parts_.store.papers(*staff_);
  if (papers) papers_ = *std::move(papers);
  const auto today = parts_.rules.today(parts_.clock.read().wall);
  for (const auto& paper : papers_) {
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
    view.deadline_kind = paper.meta.text("deadline_kind");
    if (const auto due = core::parse_iso_date(view.deadline)) {
      view.deadline_days = view.deadline_kind == "calendar"
          ? static_cast<int>((std::chrono::sys_days{*due} - std::chrono::sys_days{today}).count())
          : parts_.rules.calendar.working_days_between(today, *due);
    }
    view.here = paper.here;
    view.marked = paper.mark.has_value();
    view.closed_by_other = paper.closed && !paper.mark;
    view.received_at = paper.received_at;
    view.digest = paper.pdf;
    listed.papers.push_back(std::move(view));
  }
  tell(listed);
}

void StorageDesk::handle(const effect::OpenPaper& effect) {
  if (!staff_) return tell(reply::PaperFailed{effect.id, core::ErrorCode::forbidden});
  auto bytes = parts_.store.open_paper(*staff_, effect.id);
  if (!bytes) return tell(reply::PaperFailed{effect.id, bytes.error().code});
  for (const auto& paper : papers_) {
    if (paper.id != effect.id) continue;
    open_paper_.emplace(paper.pdf, *std::move(bytes));
    return tell(reply::PaperOpened{paper.id, paper.pdf, static_cast<int>(paper.meta.number("pages"))});
  }
  tell(reply::PaperFailed{effect.id, core::ErrorCode::not_found});
}

void StorageDesk::handle(const effect::LookUp& effect) {
  const auto found = parts_.store.find_receipt(core::tidy_receipt_number(effect.number), effect.check_code);
  reply::LookedUp looked;
  if (found && *found) looked.receipt = receipt_view(**found);
  tell(looked);
}

void StorageDesk::handle(const effect::UnlockStaff& effect) {
  if (staff_ && staff_->is_operator) (void)parts_.store.unlock_staff(effect.id);
  tell_operator();
}

void StorageDesk::tell_operator() {
  if (!staff_ || !staff_->is_operator) return;
  OperatorView view;
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
  view.chain_whole = parts_.store.verify_chain().has_value();
  view.chain_checked_at = parts_.clock.read().wall;
  view.records = parts_.store.head().q;
  if (const auto memory = parts_.store.clock_memory(); memory.sync) {
    const auto& sync = *memory.sync;
    view.clock_offset_ms = (sync.at.wall - sync.registry).count();
  }
  view.certificate_days = static_cast<int>(
      std::chrono::duration_cast<std::chrono::days>(parts_.station.key_to - parts_.clock.read().wall).count());
  tell(reply::OperatorLoaded{std::move(view)});
}

core::Result<core::Bytes> StorageDesk::document(const core::Digest& digest) {
  if (open_paper_ && open_paper_->first == digest) return open_paper_->second;
  return parts_.store.read_document(digest, 0, core::document_bytes_max);
}

}  // namespace qabyl::kiosk
