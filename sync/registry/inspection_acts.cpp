// See inspection_acts.h.
#include "sync/registry/inspection_acts.h"

#include "sync/registry/powers.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;
using MaybePosition = std::optional<std::string>;

// 1 head of the group, 2 another member, 0 neither.
int place_in_group(std::string_view officer, const core::Inspection& inspection) {
  for (const Json& one : inspection.assignment.items("officials")) {
    if (one.text("officer") == officer) return one.flag("head") ? 1 : 2;
  }
  return 0;
}

MaybePosition as_official(std::string_view officer, const core::Inspection& inspection) {
  const int place = place_in_group(officer, inspection);
  if (place == 0) return std::nullopt;
  return place == 1 ? "group_head" : "executor";
}

MaybePosition as_head(std::string_view role) {
  if (role == role::head) return "first_head";
  return role == role::deputy ? MaybePosition("deputy") : std::nullopt;
}

MaybePosition as_unit_leader(std::string_view role) { return leads_unit(role) ? MaybePosition(role) : std::nullopt; }
MaybePosition as_clerk(std::string_view role) { return role == role::clerk ? MaybePosition("clerk") : std::nullopt; }
MaybePosition either(MaybePosition first, MaybePosition second) { return first ? first : second; }

// The name under which the assignment knows the officer.
std::string name_in(const OpenOfficer& officer, const core::Inspection& inspection) {
  for (const Json& one : inspection.assignment.items("officials")) {
    if (one.text("officer") == officer.id) return one.text("name");
  }
  return officer.name;
}

}  // namespace

std::optional<std::string> position_in(Seat seat, std::string_view officer, std::string_view role, const core::Inspection& inspection) {
  const auto official = as_official(officer, inspection);
  const auto group_head = official == "group_head" ? official : std::nullopt;
  const auto leader = either(as_unit_leader(role), as_head(role));
  switch (seat) {
    case Seat::head_or_deputy: return as_head(role);
    case Seat::group_head: return group_head;
    case Seat::official: return official;
    case Seat::executor: return official == "executor" ? official : std::nullopt;
    case Seat::clerk: return as_clerk(role);
    case Seat::clerk_or_official: return either(official, as_clerk(role));
    case Seat::unit_leader: return as_unit_leader(role);
    case Seat::leader: return leader;
    case Seat::leader_or_group_head: return either(group_head, leader);
    case Seat::caller: return either(either(group_head, leader), as_clerk(role));
    case Seat::reviewer: return either(official, as_unit_leader(role));
    case Seat::keeper: return either(either(official, as_clerk(role)), as_unit_leader(role));
  }
  return std::nullopt;
}

core::Result<std::string> take_seat(Seat seat, const OpenOfficer& officer, const CaseNow& now) {
  const auto position = position_in(seat, officer.id, officer.role, now.inspection);
  if (!position) return core::Error{core::ErrorCode::forbidden, "officer.role"};
  return *position;
}

Json signed_by(const OpenOfficer& officer, const CaseNow& now, const std::string& position, Json body) {
  body["signer"] = Json::Object{{"name", name_in(officer, now.inspection)}, {"position", position}};
  return body;
}

core::Result<core::Id> do_inspection_act(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const InspectionAct& act, core::Instant at) {
  QABYL_TRY(position, take_seat(act.seat, officer, now));
  OfficeAct made;
  made.kind = act.kind;
  made.case_id = now.id;
  made.docs = act.docs;
  made.body = signed_by(officer, now, position, act.body);
  if (act.body.text("date").empty()) made.body["date"] = core::iso_date(registry.assets.zone.local(at).date);
  return append_act(registry, made, officer, at);
}

}  // namespace qabyl::sync::registry
