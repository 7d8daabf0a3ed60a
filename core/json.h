// JSON as Qabyl's records use it: strings, integers within +-(2^53-1), booleans, arrays, objects.
// No floats, no null, no duplicate keys, no depth over 16. The canonical form is RFC 8785 (JCS).
// nlohmann-json stays inside json.cpp.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"

namespace qabyl::core {

inline constexpr std::size_t json_depth_max = 16;
inline constexpr std::int64_t json_integer_max = (std::int64_t{1} << 53) - 1;

class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::map<std::string, Json, std::less<>>;  // order of storage; JCS sorts on output

  Json() : value_(Object{}) {}
  Json(const char* text) : value_(std::string(text)) {}
  Json(std::string_view text) : value_(std::string(text)) {}
  Json(std::string text) : value_(std::move(text)) {}
  Json(bool flag) : value_(flag) {}
  Json(Array items) : value_(std::move(items)) {}
  Json(Object members) : value_(std::move(members)) {}
  template <typename Integer>
    requires(std::is_integral_v<Integer> && !std::is_same_v<Integer, bool>)
  Json(Integer number) : value_(static_cast<std::int64_t>(number)) {}

  // Out of line on purpose, see json_value.cpp.
  Json(const Json&);
  Json(Json&&) noexcept;
  Json& operator=(const Json&);
  Json& operator=(Json&&) noexcept;
  ~Json();

  bool is_string() const { return std::holds_alternative<std::string>(value_); }
  bool is_integer() const { return std::holds_alternative<std::int64_t>(value_); }
  bool is_bool() const { return std::holds_alternative<bool>(value_); }
  bool is_array() const { return std::holds_alternative<Array>(value_); }
  bool is_object() const { return std::holds_alternative<Object>(value_); }

  // Preconditions: the type asked for. Check first, or use the lenient readers below.
  const std::string& string() const { return get<std::string>(); }
  std::int64_t integer() const { return get<std::int64_t>(); }
  bool boolean() const { return get<bool>(); }
  const Array& array() const { return get<Array>(); }
  Array& array() { return get<Array>(); }
  const Object& object() const { return get<Object>(); }
  Object& object() { return get<Object>(); }

  // Lenient readers for data that was checked elsewhere: the member, or the fallback when it is
  // absent or of another type (also when *this is no object).
  const Json* find(std::string_view key) const;
  std::string text(std::string_view key, std::string_view fallback = {}) const;
  std::int64_t number(std::string_view key, std::int64_t fallback = 0) const;
  bool flag(std::string_view key, bool fallback = false) const;
  const Array& items(std::string_view key) const;  // empty array when absent
  const Json& member(std::string_view key) const;  // empty object when absent

  Json& operator[](std::string_view key);  // precondition: object; creates the member
  bool operator==(const Json&) const = default;

 private:
  template <typename T> const T& get() const {
    QABYL_CHECK(std::holds_alternative<T>(value_));
    return std::get<T>(value_);
  }
  template <typename T> T& get() {
    QABYL_CHECK(std::holds_alternative<T>(value_));
    return std::get<T>(value_);
  }
  std::variant<std::string, std::int64_t, bool, Array, Object> value_;
};

// invalid_input: not JSON of this subset, duplicate keys, invalid UTF-8, lone surrogates, depth over
// json_depth_max, trailing bytes, a BOM. too_large: more than `bytes_max`.
Result<Json> parse_json(std::string_view text, std::size_t bytes_max);

// RFC 8785: keys sorted by UTF-16 code units, no blanks, shortest escapes. Precondition: integers
// within +-json_integer_max. Text ought to be UTF-8: bad bytes are written as U+FFFD, so that a file
// name from a strange stick can never make bytes that nobody reads back.
std::string canonical(const Json& value);

}  // namespace qabyl::core
