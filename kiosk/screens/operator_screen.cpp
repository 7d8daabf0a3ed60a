// See operator_screen.h.
#include "kiosk/screens/operator_screen.h"

#include <algorithm>

namespace qabyl::kiosk {
namespace {

constexpr int tabs_count = 5;
constexpr std::string_view refused_alarm = "journal.refused ";  // and the problem's code (sync::LinkState)

}  // namespace

std::vector<HeldRecord> held_records(const OperatorView& view, const LinkView& link) {
  std::vector<HeldRecord> held;
  if (view.next && link.alarm.starts_with(refused_alarm)) {
    const auto code = link.alarm.substr(refused_alarm.size());
    held.push_back({*view.next, code, true, core::repair_of_refusal(code)});
  }
  for (const auto& line : view.held) {
    const bool superseded = line.state == SendView::superseded;
    held.push_back({line, line.reason, false, superseded ? core::Repair::nothing : core::repair_of(line.reason)});
  }
  return held;
}

StaffOutcome OperatorScreen::update(const Input& input) {
  if (std::holds_alternative<person::BackPressed>(input)) return {{}, StaffPlace::over, {}};
  if (const auto* chosen = staff_event<staff::TabPressed>(input)) {
    tab = static_cast<Tab>(std::clamp(chosen->tab, 0, tabs_count - 1));
    list_page = 0;
  }
  if (const auto* turned = std::get_if<person::ListTurned>(&input)) list_page = std::max(0, list_page + turned->by);
  if (staff_event<staff::TryLinkPressed>(input) != nullptr) return {{effect::TryLinkNow{}}, {}, {}};
  if (const auto* unlock = staff_event<staff::UnlockPressed>(input)) return {{effect::UnlockStaff{unlock->staff}}, {}, {}};
  if (stick == Stick::idle) {
    if (auto begun = begin_stick(input); !begun.empty()) return {std::move(begun), {}, {}};
  }
  if (std::holds_alternative<person::PrimaryPressed>(input) && !checking) {
    checking = true;
    return {{effect::CheckStored{}}, {}, {}};
  }
  return {};
}

// One at a time: there is one stick. What the last one came to goes with the next.
Effects OperatorScreen::begin_stick(const Input& input) {
  if (staff_event<staff::CourierWritePressed>(input) != nullptr) {
    stick = Stick::writing;
    written.reset();
    return {effect::WriteCourier{}};
  }
  if (staff_event<staff::CourierReadPressed>(input) != nullptr) {
    stick = Stick::reading;
    read.reset();
    return {effect::ReadCourier{}};
  }
  if (staff_event<staff::ForkSavePressed>(input) != nullptr) {
    stick = Stick::saving;
    forks_saved.reset();
    return {effect::SaveForks{}};
  }
  return {};
}

Effects OperatorScreen::take_stick(const Reply& reply) {
  if (const auto* done = std::get_if<reply::CourierWritten>(&reply)) written = *done;
  else if (const auto* taken = std::get_if<reply::CourierRead>(&reply)) read = *taken;
  else if (const auto* saved = std::get_if<reply::ForksSaved>(&reply)) forks_saved = *saved;
  else return {};
  stick = Stick::idle;
  return {effect::LoadOperator{}};
}

void OperatorScreen::take(const reply::OperatorLoaded& loaded) {
  view = loaded.view;
  checking = checking && !loaded.checked;
}

Effects OperatorScreen::news(const Reply& reply) {
  const bool news = std::holds_alternative<reply::LinkChanged>(reply) || std::holds_alternative<reply::CustodyChanged>(reply) ||
                    std::holds_alternative<reply::StoredChecked>(reply) || std::holds_alternative<reply::PapersChanged>(reply);
  if (!news) return {};
  return {effect::LoadOperator{}};
}

}  // namespace qabyl::kiosk
