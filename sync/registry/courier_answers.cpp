// <data folder>/courier/<device>.<milliseconds>.qcb. See courier_answers.h.
#include "sync/registry/courier_answers.h"

#include "core/sys/files.h"
#include "sync/wire/http.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::string_view ending = ".qcb";
constexpr std::size_t kept_max = 10'000;

std::string home(const std::string& folder) { return folder + "/courier"; }

// Of a name that we gave; an empty device: it is none.
CourierAnswers parse(const std::string& folder, const core::sys::FolderEntry& entry) {
  const std::string_view name = entry.name;
  const auto dot = name.find('.');
  if (!entry.regular || dot == name.npos || !name.ends_with(ending)) return {};
  const auto made = parse_decimal(name.substr(dot + 1, name.size() - ending.size() - dot - 1));
  if (!made) return {};
  return {std::string(name.substr(0, dot)), home(folder) + "/" + entry.name, core::Instant{core::Millis{*made}}, entry.bytes};
}

}  // namespace

core::Status keep_answers(const std::string& folder, std::string_view device, core::ByteView file, core::Instant now) {
  QABYL_TRY_DO(core::sys::make_directories(home(folder)));
  QABYL_TRY(before, kept_answers(folder));
  const std::string path = home(folder) + "/" + std::string(device) + "." + std::to_string(now.time_since_epoch().count()) + std::string(ending);
  QABYL_TRY_DO(core::sys::write_file_durably(path, file));
  for (const auto& one : before) {
    if (one.device == device && one.path != path) (void)core::sys::remove_file(one.path);  // else it is passed over, as the older one
  }
  return core::Done{};
}

core::Result<std::vector<CourierAnswers>> kept_answers(const std::string& folder) {
  std::vector<CourierAnswers> kept;
  if (!core::sys::exists(home(folder))) return kept;
  QABYL_TRY(entries, core::sys::list_folder(home(folder), kept_max));
  for (const auto& entry : entries) {
    auto one = parse(folder, entry);
    if (one.device.empty()) continue;
    if (kept.empty() || kept.back().device != one.device) kept.push_back(std::move(one));
    else if (kept.back().made < one.made) kept.back() = std::move(one);
  }
  return kept;
}

}  // namespace qabyl::sync::registry
