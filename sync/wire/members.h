// Strict reading of one member of a JSON object: right type and length, or invalid_input naming it.
// Knows no message. Used by the decoders of this folder only.
#pragma once

#include "core/crypto.h"
#include "core/encoding.h"
#include "core/json.h"

namespace qabyl::sync::members {

inline core::Error bad(std::string_view key) {
  return {core::ErrorCode::invalid_input, "member " + std::string(key)};
}

inline core::Result<std::string> text(const core::Json& json, std::string_view key, std::size_t bytes_max) {
  const core::Json* value = json.find(key);
  if (!value || !value->is_string() || value->string().empty() || value->string().size() > bytes_max) return bad(key);
  return value->string();
}

inline core::Result<std::int64_t> natural(const core::Json& json, std::string_view key) {
  const core::Json* value = json.find(key);
  if (!value || !value->is_integer() || value->integer() < 0) return bad(key);
  return value->integer();
}

inline core::Result<core::Instant> instant(const core::Json& json, std::string_view key) {
  QABYL_TRY(ms, natural(json, key));
  return core::Instant{core::Millis{ms}};
}

inline core::Result<std::string> hex(const core::Json& json, std::string_view key, std::size_t digits) {
  const core::Json* value = json.find(key);
  if (!value || !value->is_string() || value->string().size() != digits) return bad(key);
  if (!core::from_hex(value->string())) return bad(key);
  return value->string();
}

inline core::Result<core::VerifyKey> key(const core::Json& json, std::string_view name) {
  QABYL_TRY(digits, hex(json, name, 64));
  const auto bytes = core::from_hex(digits);
  core::VerifyKey out{};
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

inline std::int64_t ms(core::Instant at) { return at.time_since_epoch().count(); }

}  // namespace qabyl::sync::members
