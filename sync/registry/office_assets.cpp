// See office_assets.h.
#include "sync/registry/office_assets.h"

#include "core/sys/files.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::size_t asset_bytes_max = 8 * 1024 * 1024;
constexpr const char* profile_names[] = {"kz-2004-249", "kz-current"};

core::Result<std::string> read_text(const std::string& path) {
  auto bytes = core::sys::read_file(path, asset_bytes_max);
  if (!bytes) return core::Error{bytes.error().code, path + ": " + bytes.error().detail};
  return std::string(core::as_text(*bytes));
}

}  // namespace

const core::Profile* OfficeAssets::profile(std::string_view id) const {
  for (const core::Profile& candidate : profiles) {
    if (candidate.id == id) return &candidate;
  }
  return nullptr;
}

core::Result<OfficeAssets> load_office_assets(const std::string& folder) {
  QABYL_TRY(kk, read_text(folder + "/i18n/kk.mo"));
  QABYL_TRY(ru, read_text(folder + "/i18n/ru.mo"));
  QABYL_TRY(en, read_text(folder + "/i18n/en.mo"));
  QABYL_TRY(texts, core::Texts::parse(kk, ru, en));
  QABYL_TRY(zone_csv, read_text(folder + "/calendar/almaty.csv"));
  QABYL_TRY(zone, core::TimeZone::parse(zone_csv));
  QABYL_TRY(calendar_csv, read_text(folder + "/calendar/kz.csv"));
  QABYL_TRY(calendar, core::Calendar::parse(calendar_csv));
  OfficeAssets assets{std::move(texts), std::move(zone), std::move(calendar), {}, {}, {"kz.csv", calendar_csv}};
  for (const char* name : profile_names) {
    QABYL_TRY(toml, read_text(folder + "/rules/" + name + ".toml"));
    QABYL_TRY(profile, core::Profile::parse(toml));
    assets.profiles.push_back(profile);
    assets.profile_texts.push_back({name, toml});
  }
  return assets;
}

std::string default_assets_folder() { return core::sys::program_folder() + "/../assets"; }

}  // namespace qabyl::sync::registry
