// Who of the office may do what: the one place that knows what a role means (RELIABILITY O1-O4; paragraph 7).
// The acts ask it, the console asks it, so that a button is never shown to one whom the act would refuse.
#pragma once

#include <string_view>

namespace qabyl::sync::registry {

namespace role {                      // of officers
inline constexpr std::string_view head = "head";            // first head: signs assignments (R07.1)
inline constexpr std::string_view deputy = "deputy";        // deputy head: signs assignments
inline constexpr std::string_view unit_head = "unit_head";  // head of the unit: sees all its cases, prepares
inline constexpr std::string_view unit_deputy = "unit_deputy";  // his deputy: does in the unit what its head does (21, A16)
inline constexpr std::string_view clerk = "clerk";          // registers, sends, files
inline constexpr std::string_view inspector = "inspector";  // prepares; sees the inspections that name him
inline constexpr std::string_view auditor = "auditor";      // sees all, does nothing
inline constexpr std::string_view admin = "admin";          // people and kiosks; sees no case, signs nothing
}  // namespace role

enum class Power { prepare_assignment, sign_assignment, register_assignment, send_notice, file_notice, register_application, take_calendar, assign_bureau, enter_licence, carry_courier, answer_held };
bool known_role(std::string_view role);
bool may(std::string_view role, Power power);
bool leads_unit(std::string_view role);  // its head or his deputy
// The position under which the role signs an act (core::Signer::position).
std::string_view signing_position(std::string_view role);

// Which cases one may open at all (O3).
enum class Reach { none, own, all };
Reach reach(std::string_view role);

}  // namespace qabyl::sync::registry
