// Signed text assets and the order of their versions. See asset.h.
#include "core/asset.h"

namespace qabyl::core {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The run of digits, or of anything else, that `text` begins with; leading zeros do not count.
std::string_view take_run(std::string_view& text) {
  std::size_t n = 0;
  while (n < text.size() && is_digit(text[n]) == is_digit(text[0])) ++n;
  auto run = text.substr(0, n);
  text.remove_prefix(n);
  while (run.size() > 1 && run[0] == '0') run.remove_prefix(1);
  return run;
}

Result<Asset> asset_from(const Jws& jws) {
  if (jws.typ != typ::asset) return Error{ErrorCode::invalid_input, "no asset"};
  QABYL_TRY(json, parse_json(as_text(jws.payload), jws_bytes_max));
  Asset asset{json.text("name"), json.text("version"), json.text("text")};
  if (asset.name.empty() || asset.version.empty()) return Error{ErrorCode::invalid_input, "asset without name or version"};
  return asset;
}

}  // namespace

std::string sign_asset(const Asset& asset, const SigningKey& assets_key) {
  const Json json(Json::Object{{"name", asset.name}, {"version", asset.version}, {"text", asset.text}});
  return sign_jws(assets_key, typ::asset, as_bytes(canonical(json)));
}

Result<Asset> read_asset(std::string_view jws) {
  QABYL_TRY(parsed, parse_jws(jws));
  return asset_from(parsed);
}

Result<Asset> open_asset(std::string_view jws, const Keyring& keys, Instant at) {
  QABYL_TRY(parsed, parse_jws(jws));
  QABYL_TRY_DO(keys.verify(parsed, typ::asset, KeyUse::assets, at));
  return asset_from(parsed);
}

bool version_before(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const auto left = take_run(a), right = take_run(b);
    if (left == right) continue;
    const bool numbers = is_digit(left[0]) && is_digit(right[0]);
    return numbers && left.size() != right.size() ? left.size() < right.size() : left < right;
  }
  return a.empty() && !b.empty();
}

}  // namespace qabyl::core
