// Reads the assets. See office_rules.h.
#include "kiosk/shell/office_rules.h"

#include "core/sys/files.h"

namespace qabyl::kiosk {
namespace {

constexpr std::size_t asset_bytes_max = 8 * 1024 * 1024;

core::Result<std::string> read_text(const std::string& path) {
  auto bytes = core::sys::read_file(path, asset_bytes_max);
  if (!bytes) return core::Error{bytes.error().code, path + ": " + bytes.error().detail};
  return std::string(core::as_text(*bytes));
}

}  // namespace

const core::Profile* OfficeRules::profile(std::string_view id) const {
  for (const auto& candidate : profiles) {
    if (candidate.id == id) return &candidate;
  }
  return nullptr;
}

core::Result<OfficeRules> load_office_rules(const std::string& folder) {
  QABYL_TRY(kk, read_text(folder + "/i18n/kk.mo"));
  QABYL_TRY(ru, read_text(folder + "/i18n/ru.mo"));
  QABYL_TRY(en, read_text(folder + "/i18n/en.mo"));
  QABYL_TRY(texts, core::Texts::parse(kk, ru, en));
  QABYL_TRY(zone_csv, read_text(folder + "/calendar/almaty.csv"));
  QABYL_TRY(zone, core::TimeZone::parse(zone_csv));
  QABYL_TRY(calendar_csv, read_text(folder + "/calendar/kz.csv"));
  QABYL_TRY(calendar, core::Calendar::parse(calendar_csv));
  std::vector<core::Profile> profiles;
  for (const char* name : {"kz-2004-249", "kz-current"}) {
    QABYL_TRY(toml, read_text(folder + "/rules/" + name + ".toml"));
    QABYL_TRY(profile, core::Profile::parse(toml));
    profiles.push_back(std::move(profile));
  }
  return OfficeRules{std::move(texts), std::move(zone), std::move(calendar), std::move(profiles)};
}

core::Result<bool> adopt(OfficeRules& rules, const core::Asset& asset) {
  if (asset.name == calendar_asset_name) {
    if (!core::version_before(rules.calendar.version(), asset.version)) return false;
    QABYL_TRY(calendar, core::Calendar::parse(asset.text));
    rules.calendar = std::move(calendar);
    return true;
  }
  for (auto& ours : rules.profiles) {
    if (ours.id != asset.name) continue;
    if (ours.version == asset.version) return false;
    QABYL_TRY(profile, core::Profile::parse(asset.text));
    if (profile.id != asset.name) return core::Error{core::ErrorCode::invalid_input, "profile.id"};
    ours = std::move(profile);
    return true;
  }
  return false;
}

void adopt_kept(OfficeRules& rules, const std::function<core::Result<std::string>(std::string_view)>& kept_asset) {
  for (const char* name : travelling_assets) {
    const auto kept = kept_asset(name);
    const auto asset = kept ? core::read_asset(*kept) : core::Result<core::Asset>(kept.error());
    if (asset) (void)adopt(rules, *asset);
  }
}

}  // namespace qabyl::kiosk
