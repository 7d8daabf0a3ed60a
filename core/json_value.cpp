// Json as a value: copies, moves and lenient readers; reading and writing text is json.cpp's business.
// A file of its own, because g++ 12 inlines moves of std::variant and then warns of values that are
// never read (-Wmaybe-uninitialized) in every caller.
#include "core/json.h"

namespace qabyl::core {

Json::Json(const Json&) = default;
Json::Json(Json&&) noexcept = default;
Json& Json::operator=(const Json&) = default;
Json& Json::operator=(Json&&) noexcept = default;
Json::~Json() = default;

const Json* Json::find(std::string_view key) const {
  if (!is_object()) return nullptr;
  const auto at = object().find(key);
  return at == object().end() ? nullptr : &at->second;
}

std::string Json::text(std::string_view key, std::string_view fallback) const {
  const Json* value = find(key);
  return value && value->is_string() ? value->string() : std::string(fallback);
}

std::int64_t Json::number(std::string_view key, std::int64_t fallback) const {
  const Json* value = find(key);
  return value && value->is_integer() ? value->integer() : fallback;
}

bool Json::flag(std::string_view key, bool fallback) const {
  const Json* value = find(key);
  return value && value->is_bool() ? value->boolean() : fallback;
}

const Json::Array& Json::items(std::string_view key) const {
  static const Array none;
  const Json* value = find(key);
  return value && value->is_array() ? value->array() : none;
}

const Json& Json::member(std::string_view key) const {
  static const Json none;
  const Json* value = find(key);
  return value && value->is_object() ? *value : none;
}

Json& Json::operator[](std::string_view key) {
  auto& members = object();
  const auto at = members.find(key);
  return at != members.end() ? at->second : members[std::string(key)];
}

}  // namespace qabyl::core
