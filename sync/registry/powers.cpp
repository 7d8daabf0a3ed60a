// See powers.h.
#include "sync/registry/powers.h"

#include <algorithm>
#include <initializer_list>

namespace qabyl::sync::registry {
namespace {

bool one_of(std::string_view role, std::initializer_list<std::string_view> roles) {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

}  // namespace

bool known_role(std::string_view role) {
  return one_of(role, {role::head, role::deputy, role::unit_head, role::unit_deputy, role::clerk, role::inspector, role::auditor, role::admin});
}

bool may(std::string_view role, Power power) {
  switch (power) {
    case Power::prepare_assignment: return one_of(role, {role::inspector, role::unit_head, role::unit_deputy, role::clerk});
    case Power::take_calendar: return one_of(role, {role::head, role::deputy, role::unit_head, role::unit_deputy});
    case Power::answer_held:
    case Power::enter_licence: return role == role::clerk || leads_unit(role);
    case Power::assign_bureau: return role == role::admin;
    case Power::carry_courier: return one_of(role, {role::clerk, role::admin});  // who registers what comes in, and who keeps the kiosks
    case Power::sign_assignment: return one_of(role, {role::head, role::deputy});
    case Power::register_assignment:
    case Power::send_notice:
    case Power::file_notice:
    case Power::register_application: return role == role::clerk;
  }
  return false;
}

bool leads_unit(std::string_view role) { return role == role::unit_head || role == role::unit_deputy; }

std::string_view signing_position(std::string_view role) {
  if (role == role::head) return "first_head";
  if (role == role::deputy) return "deputy";
  if (leads_unit(role)) return role;
  return role == role::inspector ? "executor" : "clerk";
}

Reach reach(std::string_view role) {
  if (role == role::inspector) return Reach::own;
  return one_of(role, {role::head, role::deputy, role::unit_head, role::unit_deputy, role::clerk, role::auditor}) ? Reach::all : Reach::none;
}

}  // namespace qabyl::sync::registry
