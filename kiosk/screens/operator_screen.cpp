// See operator_screen.h.
#include "kiosk/screens/operator_screen.h"

#include <algorithm>

namespace qabyl::kiosk {

StaffOutcome OperatorScreen::update(const Input& input) {
  if (std::holds_alternative<person::BackPressed>(input)) return {{}, StaffPlace::over, {}};
  if (const auto* chosen = staff_event<staff::TabPressed>(input)) {
    tab = static_cast<Tab>(std::clamp(chosen->tab, 0, 3));
    list_page = 0;
  }
  if (const auto* turned = std::get_if<person::ListTurned>(&input)) list_page = std::max(0, list_page + turned->by);
  if (staff_event<staff::TryLinkPressed>(input) != nullptr) return {{effect::TryLinkNow{}}, {}, {}};
  if (const auto* unlock = staff_event<staff::UnlockPressed>(input)) return {{effect::UnlockStaff{unlock->staff}}, {}, {}};
  if (std::holds_alternative<person::PrimaryPressed>(input) && !checking) {
    checking = true;
    return {{effect::CheckStored{}}, {}, {}};
  }
  return {};
}

void OperatorScreen::take(const reply::OperatorLoaded& loaded) {
  view = loaded.view;
  checking = checking && !loaded.checked;
}

Effects OperatorScreen::news(const Reply& reply) {
  const bool news = std::holds_alternative<reply::LinkChanged>(reply) || std::holds_alternative<reply::CustodyChanged>(reply) ||
                    std::holds_alternative<reply::StoredChecked>(reply);
  if (!news) return {};
  return {effect::LoadOperator{}};
}

}  // namespace qabyl::kiosk
