// See trust.h.
#include "sync/verify/trust.h"

#include "core/encoding.h"

namespace qabyl::sync::verify {
namespace {

// The fingerprint of the root that a list names for itself, if that root has signed it.
std::string claimed_root(std::string_view jws) {
  if (!core::open_keys_untrusted(jws)) return {};
  const auto parsed = core::parse_jws(jws);
  const auto json = core::parse_json(core::as_text(parsed->payload), core::jws_bytes_max);
  const auto key = core::digest_from_hex(json->text("root"));
  return key ? core::fingerprint(*key) : std::string();
}

}  // namespace

std::string_view without_line_end(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

core::Result<Trust> make_trust(std::string_view root, bool root_is_file, std::string_view keys_json) {
  const auto list = without_line_end(keys_json);
  Trust trust;
  if (!list.empty()) {
    QABYL_TRY(parsed, core::parse_jws(list));
    if (parsed.typ != core::typ::keys) return core::Error{core::ErrorCode::invalid_input, "that is no list of keys"};
  }
  if (root.empty() && !root_is_file) {
    trust.why = "no_root";
    if (!list.empty()) trust.claimed = claimed_root(list);
    return trust;
  }
  QABYL_TRY(given, root_is_file ? core::root_by_key(root) : core::root_by_fingerprint(root));
  trust.root = given.fingerprint;
  if (list.empty()) {
    trust.why = "no_keys";
    return trust;
  }
  auto keys = core::open_keys(list, given);
  if (keys) trust.keys = *std::move(keys);
  else trust.why = keys.error().code == core::ErrorCode::not_found ? "keys_without_root" : "keys_of_other_root";
  return trust;
}

}  // namespace qabyl::sync::verify
