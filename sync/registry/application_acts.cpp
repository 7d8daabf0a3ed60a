// See application_acts.h.
#include "sync/registry/application_acts.h"

#include "sync/registry/powers.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;

std::string_view position_of(std::string_view role) {
  if (role == role::head) return "first_head";
  if (role == role::deputy) return "deputy";
  if (role == role::unit_head) return "unit_head";
  return role == role::inspector ? "executor" : "clerk";
}

// The newest examiner of the case, by the officer's id in the record.
std::string examiner_of(const CaseNow& now) {
  for (auto record = now.history.rbegin(); record != now.history.rend(); ++record) {
    if (record->kind == core::kind::application_assign_examiner) return record->body.text("examiner_officer");
  }
  return {};
}

}  // namespace

bool sits(ApplicationSeat seat, std::string_view officer, std::string_view role, const CaseNow& now) {
  switch (seat) {
    case ApplicationSeat::clerk: return role == role::clerk;
    case ApplicationSeat::assigner: return role == role::unit_head || role == role::head || role == role::deputy;
    case ApplicationSeat::examiner: return !officer.empty() && examiner_of(now) == officer;
    case ApplicationSeat::decider: return role == role::head || role == role::deputy;
  }
  return false;
}

core::Result<core::Id> do_application_act(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ApplicationAct& act, core::Instant at) {
  if (!sits(act.seat, officer.id, officer.role, now)) return core::Error{core::ErrorCode::forbidden, "officer.role"};
  OfficeAct made;
  made.kind = act.kind;
  made.case_id = now.id;
  made.body = act.body;
  made.body["signer"] = Json::Object{{"name", officer.name}, {"position", position_of(officer.role)}};
  if (act.body.text("date").empty()) made.body["date"] = core::iso_date(registry.assets.zone.local(at).date);
  QABYL_TRY(record, append_act(registry, made, officer, at));
  const std::string examiner = act.body.text("examiner_officer");
  if (!examiner.empty()) {  // from now on the case is his to open (O3)
    QABYL_TRY_DO(registry.database.run("INSERT OR IGNORE INTO case_people(case_id, officer) VALUES(?, ?)", now.id, examiner));
  }
  return record;
}

}  // namespace qabyl::sync::registry
