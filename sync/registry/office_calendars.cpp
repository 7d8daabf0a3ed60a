// See office_calendars.h.
#include "sync/registry/office_calendars.h"

#include <algorithm>

#include "core/cases/open_terms.h"
#include "sync/registry/feed_out.h"
#include "sync/registry/powers.h"

namespace qabyl::sync::registry {
namespace {

using core::Calendar;
using core::Json;
using core::Status;

constexpr const char* versions_fact = "calendar.versions";   // JSON list, in the order they came in force
constexpr std::size_t versions_max = 200;

std::string text_fact(std::string_view version) { return "calendar.text." + std::string(version); }

core::Result<std::vector<std::string>> versions(Registry& registry) {
  std::vector<std::string> found;
  QABYL_TRY(text, registry.store.fact(versions_fact));
  if (text.empty()) return found;
  QABYL_TRY(list, core::parse_json(text, text.size()));
  if (!list.is_array() || list.array().size() > versions_max) return core::Error{core::ErrorCode::corrupt, versions_fact};
  for (const auto& one : list.array()) found.push_back(one.is_string() ? one.string() : std::string());
  return found;
}

Status enter(Registry& registry, const Calendar& calendar, std::string_view text) {
  QABYL_TRY(known, versions(registry));
  known.push_back(calendar.version());
  QABYL_TRY_DO(registry.store.keep_fact(text_fact(calendar.version()), text));
  return registry.store.keep_fact(versions_fact, core::canonical(Json(Json::Array(known.begin(), known.end()))));
}

core::Result<std::string> kept_text(Registry& registry, std::string_view version) {
  QABYL_TRY(text, registry.store.fact(text_fact(version)));
  if (text.empty()) return core::Error{core::ErrorCode::corrupt, text_fact(version)};
  return text;
}

std::string_view recount_kind(const CaseNow& now) {
  if (now.application.state != core::ApplicationState::none) return core::kind::application_recount;
  return now.licence.state != core::LicenceState::none ? core::kind::licence_recount : core::kind::inspection_recount;
}

std::vector<core::OpenTerm> running(const CaseNow& now) {
  if (now.application.state != core::ApplicationState::none) return core::open_terms(now.application);
  return now.licence.state != core::LicenceState::none ? core::open_terms(now.licence) : core::open_terms(now.inspection);
}

// Ids by a query of one column.
core::Result<std::vector<core::Id>> ids(Registry& registry, const char* sql) {
  std::vector<core::Id> found;
  QABYL_TRY(query, registry.database.prepare(sql));
  for (;;) {
    QABYL_TRY(more, query.step());
    if (!more) return found;
    found.push_back(query.text(0));
  }
}

// An application that was not registered yet counts no day: its registration names the calendar.
bool counts(const CaseNow& now) { return !is_over(state_code(now)) && now.application.state != core::ApplicationState::submitted; }

core::Result<bool> recount(Registry& registry, const OpenOfficer& officer, const core::Id& id, const Calendar& newer, core::Instant at) {
  QABYL_TRY(now, case_now(registry, id));
  if (!counts(now) || calendar_version(now) == newer.version()) return false;
  QABYL_TRY(body, core::recount_body(running(now), now.book, calendar_version(now), newer.version()));
  QABYL_TRY_DO(append_act(registry, {{}, recount_kind(now), id, body, {}}, officer, at));
  return true;
}

}  // namespace

Status load_calendars(Registry& registry) {
  const auto& shipped = registry.assets.calendar;
  QABYL_TRY(known, versions(registry));
  if (known.empty()) QABYL_TRY_DO(enter(registry, shipped, registry.assets.calendar_text.text));
  for (const auto& version : known) {
    QABYL_TRY(text, kept_text(registry, version));
    auto calendar = text == registry.assets.calendar_text.text ? core::Result<Calendar>(shipped) : Calendar::parse(text);
    if (!calendar) return calendar.error();
    registry.calendars.push_back(*std::move(calendar));
  }
  if (known.empty() || core::version_before(known.back(), shipped.version())) registry.calendars.push_back(shipped);
  return core::Done{};
}

core::Result<core::Asset> calendar_asset(Registry& registry) {
  QABYL_TRY(calendar, calendar_in_force(registry));
  QABYL_TRY(text, kept_text(registry, calendar->version()));
  return core::Asset{"kz", calendar->version(), text};
}

core::Result<const Calendar*> calendar_in_force(Registry& registry) {
  QABYL_TRY(known, versions(registry));
  const auto found = std::find_if(registry.calendars.begin(), registry.calendars.end(), [&](const Calendar& one) { return !known.empty() && one.version() == known.back(); });
  if (found == registry.calendars.end()) return core::Error{core::ErrorCode::corrupt, versions_fact};
  return &*found;
}

core::Result<const Calendar*> calendar_waiting(Registry& registry) {
  QABYL_TRY(in_force, calendar_in_force(registry));
  const Calendar& newest = registry.calendars.back();
  return in_force == &newest ? nullptr : &newest;
}

core::Result<std::vector<CaseRecount>> recount_preview(Registry& registry) {
  std::vector<CaseRecount> moved;
  QABYL_TRY(newer, calendar_waiting(registry));
  if (newer == nullptr) return moved;
  QABYL_TRY(open, ids(registry, "SELECT DISTINCT case_id FROM case_terms"));
  for (const auto& id : open) {
    QABYL_TRY(now, case_now(registry, id));
    if (!counts(now)) continue;
    QABYL_TRY(body, core::recount_body(running(now), now.book, calendar_version(now), newer->version()));
    if (!body.items("lines").empty()) moved.push_back({id, *body.find("lines")});
  }
  return moved;
}

core::Result<int> take_calendar(Registry& registry, const OpenOfficer& officer, core::Instant now) {
  if (!may(officer.role, Power::take_calendar)) return core::Error{core::ErrorCode::forbidden, "officer.role"};
  QABYL_TRY(newer, calendar_waiting(registry));
  if (newer == nullptr) return core::Error{core::ErrorCode::wrong_state, "calendar.none_waits"};
  QABYL_TRY_DO(enter(registry, *newer, registry.assets.calendar_text.text));
  QABYL_TRY(asset, calendar_asset(registry));
  const Json told = Json::Object{{"jws", core::sign_asset(asset, registry.keys.assets)}};
  QABYL_TRY(devices, registry.store.devices());
  for (const auto& device : devices) QABYL_TRY_DO(feed_device(registry, device.device, feed_kind::calendar, told, now));
  int recounted = 0;
  QABYL_TRY(cases, ids(registry, "SELECT id FROM cases"));
  for (const auto& id : cases) {
    QABYL_TRY(done, recount(registry, officer, id, *newer, now));
    recounted += done ? 1 : 0;
  }
  QABYL_TRY_DO(registry.store.audit(officer.id, "calendar.take", newer->version(), "done", now));
  return recounted;
}

}  // namespace qabyl::sync::registry
