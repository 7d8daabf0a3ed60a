// See office_profiles.h.
#include "sync/registry/office_profiles.h"

#include <algorithm>

#include "sync/registry/feed_out.h"
#include "sync/registry/powers.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;
using core::Profile;
using core::Status;

constexpr std::size_t versions_max = 200, kept_bytes_max = 2 * 1024 * 1024;

// Facts: the list of versions of an id, in the order in which they were taken; {jws, at} of each.
std::string versions_fact(std::string_view id) { return "profile.versions." + std::string(id); }
std::string kept_fact(std::string_view id, std::string_view version) { return "profile.kept." + std::string(id) + "." + std::string(version); }

core::Error corrupt(const std::string& what) { return {core::ErrorCode::corrupt, what}; }

core::Result<std::vector<std::string>> versions(Registry& registry, std::string_view id) {
  std::vector<std::string> found;
  QABYL_TRY(text, registry.store.fact(versions_fact(id)));
  if (text.empty()) return found;
  QABYL_TRY(list, core::parse_json(text, text.size()));
  if (!list.is_array() || list.array().size() > versions_max) return corrupt(versions_fact(id));
  for (const auto& one : list.array()) found.push_back(one.is_string() ? one.string() : std::string());
  return found;
}

core::Result<Json> kept(Registry& registry, std::string_view id, std::string_view version) {
  QABYL_TRY(text, registry.store.fact(kept_fact(id, version)));
  if (text.empty()) return core::Error{core::ErrorCode::not_found, "profile"};
  return core::parse_json(text, kept_bytes_max);
}

Status enter(Registry& registry, const Profile& profile, const std::string& text, core::Instant at) {
  QABYL_TRY(known, versions(registry, profile.id));
  known.push_back(profile.version);
  const Json entry = Json::Object{{"jws", core::sign_asset({profile.id, profile.version, text}, registry.keys.assets)}, {"at", rows::ms(at)}};
  QABYL_TRY_DO(registry.store.keep_fact(kept_fact(profile.id, profile.version), core::canonical(entry)));
  return registry.store.keep_fact(versions_fact(profile.id), core::canonical(Json(Json::Array(known.begin(), known.end()))));
}

// Only what an assets key of this office signed then, under this very name, and no byte of it changed. Most often the one
// that was shipped, which was read a moment ago.
core::Result<Profile> open_kept(Registry& registry, const std::string& id, const std::string& version, const Profile& shipped, const std::string& text) {
  QABYL_TRY(entry, kept(registry, id, version));
  const auto asset = core::open_asset(entry.text("jws"), registry.keys.keyring, rows::instant(entry.number("at")));
  if (!asset || asset->name != id || asset->version != version) return corrupt(kept_fact(id, version));
  if (asset->text == text && shipped.id == id && shipped.version == version) return shipped;
  QABYL_TRY(profile, Profile::parse(asset->text));
  if (profile.id != id || profile.version != version) return corrupt(kept_fact(id, version));
  return profile;
}

Status load_one(Registry& registry, const Profile& shipped, const std::string& text) {
  QABYL_TRY(before, versions(registry, shipped.id));
  if (before.empty()) QABYL_TRY_DO(enter(registry, shipped, text, registry.keys.keyring.issued()));
  QABYL_TRY(known, versions(registry, shipped.id));
  for (const auto& version : known) {
    QABYL_TRY(profile, open_kept(registry, shipped.id, version, shipped, text));
    registry.profiles.push_back(std::move(profile));
  }
  if (core::version_before(known.back(), shipped.version)) registry.profiles.push_back(shipped);
  return core::Done{};
}

}  // namespace

Status load_profiles(Registry& registry) {
  const auto& assets = registry.assets;
  for (std::size_t i = 0; i < assets.profiles.size(); ++i) QABYL_TRY_DO(load_one(registry, assets.profiles[i], assets.profile_texts[i].text));
  return core::Done{};
}

const Profile* profile_of(const Registry& registry, std::string_view id, std::string_view version) {
  const auto found = std::find_if(registry.profiles.begin(), registry.profiles.end(), [&](const Profile& one) { return one.id == id && (version.empty() || one.version == version); });
  return found == registry.profiles.end() ? nullptr : &*found;
}

const Profile& profile_named(const Registry& registry, std::string_view both) {
  const auto space = both.find(' ');
  const Profile* found = space == std::string_view::npos ? nullptr : profile_of(registry, both.substr(0, space), both.substr(space + 1));
  return found != nullptr ? *found : registry.profiles.front();
}

core::Result<const Profile*> profile_in_force(Registry& registry, std::string_view id) {
  QABYL_TRY(known, versions(registry, id));
  if (known.empty()) return core::Error{core::ErrorCode::not_found, "profile"};
  const Profile* found = profile_of(registry, id, known.back());
  if (found == nullptr) return corrupt(versions_fact(id));
  return found;
}

core::Result<const Profile*> office_profile(Registry& registry) { return profile_in_force(registry, registry.assets.profiles.front().id); }

core::Result<std::vector<ProfileLine>> profile_lines(Registry& registry) {
  std::vector<ProfileLine> lines;
  for (const auto& profile : registry.profiles) {
    QABYL_TRY(in_force, profile_in_force(registry, profile.id));
    const auto entry = kept(registry, profile.id, profile.version);
    if (!entry && entry.error().code != core::ErrorCode::not_found) return entry.error();
    lines.push_back({profile.id, profile.version, entry ? std::optional(rows::instant(entry->number("at"))) : std::nullopt, in_force == &profile});
  }
  return lines;
}

core::Result<bool> profile_taken(Registry& registry, std::string_view id, std::string_view version) {
  QABYL_TRY(known, versions(registry, id));
  return std::find(known.begin(), known.end(), version) != known.end();
}

core::Result<std::string> profile_jws(Registry& registry, std::string_view id, std::string_view version) {
  QABYL_TRY(entry, kept(registry, id, version));
  return entry.text("jws");
}

Status take_profile(Registry& registry, const OpenOfficer& officer, std::string_view id, core::Instant now) {
  if (!may(officer.role, Power::take_calendar)) return core::Error{core::ErrorCode::forbidden, "officer.role"};
  const auto& shipped = registry.assets.profiles;
  const auto found = std::find_if(shipped.begin(), shipped.end(), [&](const Profile& one) { return one.id == id; });
  if (found == shipped.end()) return core::Error{core::ErrorCode::wrong_state, "profile.none_waits"};
  QABYL_TRY(in_force, profile_in_force(registry, id));
  if (!core::version_before(in_force->version, found->version)) return core::Error{core::ErrorCode::wrong_state, "profile.none_waits"};
  QABYL_TRY_DO(enter(registry, *found, registry.assets.profile_texts[static_cast<std::size_t>(found - shipped.begin())].text, now));
  QABYL_TRY(jws, profile_jws(registry, found->id, found->version));
  QABYL_TRY(devices, registry.store.devices());
  for (const auto& device : devices) QABYL_TRY_DO(feed_device(registry, device.device, feed_kind::profile, Json::Object{{"jws", jws}}, now));
  return registry.store.audit(officer.id, "profile.take", found->id + " " + found->version, "done", now);
}

}  // namespace qabyl::sync::registry
