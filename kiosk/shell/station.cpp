// station.json, both ways. See station.h.
#include "kiosk/shell/station.h"

#include "core/encoding.h"

namespace qabyl::kiosk {
namespace {

constexpr std::size_t station_bytes_max = 64 * 1024;

core::Json local_text(const core::LocalText& text) {
  return core::Json::Object{{"kk", text.kk}, {"ru", text.ru}, {"en", text.en}};
}

core::Instant instant(std::int64_t ms) { return core::Instant{core::Millis{ms}}; }

}  // namespace

std::string encode_station(const Station& station) {
  return core::canonical(core::Json::Object{
      {"v", 1},
      {"device", station.device},
      {"place", local_text(station.place)},
      {"registry_url", station.registry_url},
      {"profile", station.profile},
      {"root_key", core::to_hex(station.root_key)},
      {"keys", station.keys_jws},
      {"key_from_ms", station.key_from.time_since_epoch().count()},
      {"key_to_ms", station.key_to.time_since_epoch().count()},
      {"registry_kid", station.registry_kid},
      {"registry_signature", core::to_base64url(station.registry_signature)}});
}

core::Result<Station> decode_station(std::string_view text) {
  QABYL_TRY(json, core::parse_json(text, station_bytes_max));
  QABYL_TRY(root, core::digest_from_hex(json.text("root_key")));
  QABYL_TRY(signature, core::from_base64url(json.text("registry_signature")));
  Station station;
  if (signature.size() != station.registry_signature.size() || json.text("device").empty()) {
    return core::Error{core::ErrorCode::invalid_input, "station.json is not whole"};
  }
  const auto& place = json.member("place");
  station.device = json.text("device");
  station.place = {place.text("kk"), place.text("ru"), place.text("en")};
  station.registry_url = json.text("registry_url");
  station.profile = json.text("profile");
  station.root_key = root;
  station.keys_jws = json.text("keys");
  station.key_from = instant(json.number("key_from_ms"));
  station.key_to = instant(json.number("key_to_ms"));
  station.registry_kid = json.text("registry_kid");
  std::copy(signature.begin(), signature.end(), station.registry_signature.begin());
  return station;
}

}  // namespace qabyl::kiosk
