// The behaviour of the staff screens; see staff_screen.h. Acknowledging means receipt, not consent, and
// is possible only when every page was on the screen for a second and a half (DESIGN.md, section 9).
#include "kiosk/screens/staff_screen.h"

#include <algorithm>

namespace qabyl::kiosk {
namespace {

constexpr std::size_t pin_digits_max = 6;
constexpr std::size_t badge_secret_chars = 26;

// The staff event of that type in `input`, or nullptr.
template <typename Event>
const Event* staff_event(const Input& input) {
  const auto* event = std::get_if<staff::Event>(&input);
  return event == nullptr ? nullptr : std::get_if<Event>(event);
}

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

void settle_page(PaperReading& reading, Now now) {
  if (!reading.shown_since) return;
  auto& seen = reading.seen[reading.page];
  seen.page = reading.page;
  seen.ms += (now.steady - *reading.shown_since).count();
  reading.shown_since = now.steady;
}

void turn(PaperReading& reading, int page, Now now) {
  settle_page(reading, now);
  reading.shown_since.reset();
  reading.zoom = PaperReading::Zoom::whole;
  reading.page = std::clamp(page, 1, std::max(1, reading.pages));
}

core::ScreenSignature signature_of(const Acknowledging& ink, const PaperReading& reading) {
  core::ScreenSignature signature;
  signature.strokes = ink.strokes;
  signature.pad_width_tenth_mm = ink.pad_width_tenth_mm;
  signature.pad_height_tenth_mm = ink.pad_height_tenth_mm;
  signature.paper = reading.paper.digest;
  signature.renderer = "qabyl-preview " QABYL_VERSION;
  signature.dpi = reading.dpi;
  for (const auto& [page, seen] : reading.seen) signature.pages.push_back(seen);
  return signature;
}

}  // namespace

bool StaffSignIn::badge_whole() const {
  const auto second = badge.find(':', 5);
  return badge.compare(0, 5, "QBB1:") == 0 && second != std::string::npos && badge.size() == second + 1 + badge_secret_chars;
}

bool PaperReading::page_seen(int number) const {
  const auto found = seen.find(number);
  return found != seen.end() && found->second.ms >= core::page_seen_ms_min;
}

int PaperReading::count_seen() const {
  int count = 0;
  for (int page_number = 1; page_number <= pages; ++page_number) count += page_seen(page_number) ? 1 : 0;
  return count;
}

bool PaperReading::all_seen() const { return pages > 0 && count_seen() == pages; }

std::vector<const PaperView*> StaffJourney::in_tab(Tab which) const {
  std::vector<const PaperView*> found;
  for (const auto& paper : papers) {
    const bool done = paper.marked || paper.closed_by_other;
    if (which == Tab::all || (which == Tab::marked) == done) found.push_back(&paper);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto* a, const auto* b) {
    if (a->deadline.empty() != b->deadline.empty()) return b->deadline.empty();
    return a->deadline < b->deadline;
  });
  return found;
}

Waiting StaffJourney::waiting() const {
  if (busy()) return waits::never;
  return at == At::reading || at == At::acknowledge ? waits::signing : waits::staff;
}

std::optional<core::Millis> StaffJourney::next_due() const {
  if (at != At::reading || !reading || !reading->shown_since || reading->page_seen(reading->page)) return std::nullopt;
  const auto seen = reading->seen.find(reading->page);
  const auto had = seen == reading->seen.end() ? 0 : seen->second.ms;
  return *reading->shown_since + core::Millis{core::page_seen_ms_min - had};
}

void StaffJourney::wipe() {
  forget(sign_in.badge);
  forget(sign_in.pin);
  forget(sign_in.greeted);
  forget(receipt.receipt);
  acknowledging = {};
  reading.reset();
  papers.clear();
  panel.reset();
  staff.reset();
}

Effects StaffJourney::update(const Input& input, const SetUp&, const Session& session, Now now) {
  if (const auto* reply = std::get_if<Reply>(&input)) return reply_came(*reply);
  if (std::holds_alternative<person::FinishPressed>(input)) return finished = true, Effects{};
  switch (at) {
    case At::sign_in: return signing_in(input);
    case At::inbox: return in_inbox(input);
    case At::reading: return read(input, now);
    case At::acknowledge: return acknowledge(input, session);
    case At::receipt: return at_receipt(input, session);
    case At::operating: return operate(input);
  }
  return {};
}

Effects StaffJourney::reply_came(const Reply& reply) {
  if (const auto* read = std::get_if<reply::BadgeRead>(&reply)) {
    sign_in.unknown = !read->staff;
    sign_in.greeted = read->staff ? read->staff->name : std::string{};
    if (sign_in.unknown) forget(sign_in.badge);
  } else if (const auto* in = std::get_if<reply::SignedIn>(&reply)) {
    staff = in->staff;
    sign_in = {};
    at = staff->is_operator ? At::operating : At::inbox;
    if (staff->is_operator) return {effect::LoadOperator{}};
    return {effect::ListPapers{}};
  } else if (const auto* refused = std::get_if<reply::SignInRefused>(&reply)) {
    sign_in.busy = false;
    forget(sign_in.pin);
    sign_in.refused = *refused;
  } else if (const auto* listed_now = std::get_if<reply::PapersListed>(&reply)) {
    papers = listed_now->papers;
    listed = true;
  } else if (std::holds_alternative<reply::PapersChanged>(reply)) {
    if (staff && !staff->is_operator) return {effect::ListPapers{}};
  } else if (const auto* opened = std::get_if<reply::PaperOpened>(&reply); opened != nullptr && reading && reading->paper.id == opened->id) {
    reading->opening = false;
    reading->pages = opened->pages;
    reading->paper.digest = opened->digest;
  } else if (const auto* failed = std::get_if<reply::PaperFailed>(&reply); failed != nullptr && reading && reading->paper.id == failed->id) {
    reading->opening = false;
    reading->failed = failed->why;
  } else if (const auto* filed = std::get_if<reply::Filed>(&reply)) {
    receipt = {};
    receipt.receipt = filed->receipt;
    acknowledging = {};
    at = At::receipt;
    return {effect::ListPapers{}};
  } else if (const auto* filing_failed = std::get_if<reply::FilingFailed>(&reply)) {
    acknowledging.stage = Acknowledging::Stage::signing;  // the ink stays, so that nobody signs twice
    acknowledging.problem = filing_failed->why;
  } else if (std::holds_alternative<reply::FilingUnknown>(reply)) {
    acknowledging.stage = Acknowledging::Stage::checking;
  } else if (const auto* custody = std::get_if<reply::CustodyChanged>(&reply)) {
    take_custody(receipt.receipt, *custody);
  } else if (const auto* saved = std::get_if<reply::ReceiptSaved>(&reply)) {
    receipt.copy = saved->saved ? ReceiptScreen::Copy::saved : ReceiptScreen::Copy::failed;
    receipt.copy_problem = saved->why;
  } else if (const auto* loaded = std::get_if<reply::OperatorLoaded>(&reply)) {
    panel = loaded->view;
  }
  return {};
}

// Until the badge's code is whole everything typed is the badge; after it digits are the PIN.
Effects StaffJourney::signing_in(const Input& input) {
  auto& form = sign_in;
  if (std::holds_alternative<person::BackPressed>(input)) {
    if (form.typing) return form.typing = false, Effects{};
    return gone_back = true, Effects{};
  }
  if (form.busy) return {};
  if (staff_event<staff::TypeBadgePressed>(input) != nullptr) form.typing = !form.typing;
  if (const auto* typed = std::get_if<person::TextTyped>(&input)) {
    form.refused.reset();
    const bool whole_before = form.badge_whole();
    for (const char c : typed->text) {
      if (form.badge_whole()) {
        if (c >= '0' && c <= '9' && form.pin.size() < pin_digits_max && whole_before) form.pin += c;
      } else if (c > ' ' && c < 127 && form.badge.size() < badge_chars_max) {
        form.badge += upper(c);
      }
    }
    if (!whole_before && form.badge_whole()) {
      form.typing = false;
      form.unknown = false;
      return {effect::ReadBadge{form.badge}};
    }
  }
  if (const auto* key = std::get_if<person::KeyPressed>(&input)) {
    auto& text = form.badge_whole() ? form.pin : form.badge;
    if (key->key == Key::backspace && !text.empty()) text.pop_back();
    if (key->key == Key::clear) forget(text);
  }
  const bool go = std::holds_alternative<person::PrimaryPressed>(input);
  if (!go || !form.badge_whole() || form.pin.size() != pin_digits_max) return {};
  form.busy = true;
  return {effect::SignIn{form.badge, form.pin}};
}

Effects StaffJourney::in_inbox(const Input& input) {
  if (std::holds_alternative<person::BackPressed>(input)) return finished = true, Effects{};
  if (const auto* chosen = staff_event<staff::TabPressed>(input)) {
    tab = static_cast<Tab>(std::clamp(chosen->tab, 0, 2));
    list_page = 0;
  }
  if (const auto* turned = std::get_if<person::ListTurned>(&input)) list_page = std::max(0, list_page + turned->by);
  std::string wanted;
  if (const auto* tapped = staff_event<staff::PaperTapped>(input)) wanted = tapped->paper;
  if (std::holds_alternative<person::PrimaryPressed>(input)) {
    const auto needed = in_tab(Tab::needed);
    if (!needed.empty()) wanted = needed.front()->id;
  }
  const auto paper = std::find_if(papers.begin(), papers.end(), [&](const auto& one) { return one.id == wanted; });
  if (paper == papers.end() || !paper->here) return {};
  reading.emplace();
  reading->paper = *paper;
  acknowledging = {};
  at = At::reading;
  return {effect::OpenPaper{paper->id}};
}

Effects StaffJourney::read(const Input& input, Now now) {
  QABYL_CHECK(reading.has_value());
  auto& open = *reading;
  if (std::holds_alternative<Tick>(input)) return settle_page(open, now), Effects{};
  if (std::holds_alternative<person::BackPressed>(input)) {
    settle_page(open, now);
    at = At::inbox;
    return {effect::ListPapers{}};
  }
  if (const auto* chosen = std::get_if<person::PageChosen>(&input)) turn(open, chosen->page, now);
  if (const auto* turned = std::get_if<person::PageTurned>(&input)) turn(open, open.page + turned->by, now);
  if (std::holds_alternative<person::ZoomPressed>(input)) {
    settle_page(open, now);
    open.shown_since.reset();
    open.zoom = static_cast<PaperReading::Zoom>((static_cast<int>(open.zoom) + 1) % 3);
  }
  if (const auto* drawn = staff_event<staff::PageDrawn>(input); drawn != nullptr && drawn->page == open.page) {
    if (!open.shown_since) open.shown_since = now.steady;
    open.seen[drawn->page].page = drawn->page;
    open.seen[drawn->page].pixels = drawn->pixels;
    open.dpi = drawn->dpi;
  }
  if (std::holds_alternative<person::PrimaryPressed>(input)) {
    settle_page(open, now);
    const bool done = open.paper.marked || open.paper.closed_by_other;
    if (open.all_seen() && !done) {
      open.shown_since.reset();
      at = At::acknowledge;
    }
  }
  return {};
}

Effects StaffJourney::acknowledge(const Input& input, const Session& session) {
  QABYL_CHECK(reading.has_value());
  auto& ink = acknowledging;
  if (ink.stage != Acknowledging::Stage::signing) return {};  // touches while the disk works are dropped
  if (std::holds_alternative<person::BackPressed>(input)) at = At::reading;
  if (std::holds_alternative<person::UndoPressed>(input) && !ink.strokes.empty()) ink.strokes.pop_back();
  if (std::holds_alternative<person::ErasePressed>(input)) ink.strokes.clear();
  if (const auto* lifted = std::get_if<person::PenLifted>(&input); lifted != nullptr && !lifted->stroke.empty()) {
    if (core::point_count(ink.strokes) + lifted->stroke.size() <= core::ink_points_max) ink.strokes.push_back(lifted->stroke);
    ink.pad_width_tenth_mm = lifted->pad_width_tenth_mm;
    ink.pad_height_tenth_mm = lifted->pad_height_tenth_mm;
    ink.short_said = false;
  }
  if (!std::holds_alternative<person::PrimaryPressed>(input)) return {};
  ink.short_said = ink.ink() != core::InkProblem::none;
  if (ink.short_said) return {};
  ink.problem.reset();
  ink.stage = Acknowledging::Stage::filing;  // from here on a second press finds nothing to do
  return {effect::MarkReceipt{reading->paper.id, signature_of(ink, *reading), session.language}};
}

Effects StaffJourney::at_receipt(const Input& input, const Session& session) {
  if (std::holds_alternative<person::SaveReceiptPressed>(input) && receipt.copy != ReceiptScreen::Copy::saving) {
    receipt.copy = ReceiptScreen::Copy::saving;
    return {effect::SaveReceipt{receipt.receipt.record, session.language}};
  }
  if (std::holds_alternative<person::ZoomPressed>(input)) receipt.slip_alone = !receipt.slip_alone;
  if (std::holds_alternative<person::PrimaryPressed>(input)) {
    reading.reset();
    at = At::inbox;
    return {effect::ListPapers{}};
  }
  return {};
}

Effects StaffJourney::operate(const Input& input) {
  if (std::holds_alternative<person::BackPressed>(input)) return finished = true, Effects{};
  if (staff_event<staff::TryLinkPressed>(input) != nullptr) return {effect::TryLinkNow{}, effect::LoadOperator{}};
  if (const auto* unlock = staff_event<staff::UnlockPressed>(input)) return {effect::UnlockStaff{unlock->staff}};
  if (std::holds_alternative<person::PrimaryPressed>(input)) return {effect::LoadOperator{}};
  return {};
}

}  // namespace qabyl::kiosk
