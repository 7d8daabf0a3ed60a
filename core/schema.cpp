// Strict reading of JSON objects; see schema.h. Nothing here knows what the members mean.
// The first fault is kept and the rest of the reading goes on with empty values.
#include "core/schema.h"

#include <algorithm>

#include "core/encoding.h"
#include "core/ids.h"

namespace qabyl::core {

Reader::Reader(const Json& json, std::string where) : json_(json), where_(std::move(where)) {
  if (!json.is_object()) fault("", "object expected");
}

const Json* Reader::take(std::string_view key) {
  taken_.emplace(key);
  const Json* value = json_.find(key);
  if (!value) fault(key, "is missing");
  return value;
}

void Reader::fault(std::string_view key, std::string_view what) {
  if (!fault_.empty()) return;
  fault_ = where_;
  if (!where_.empty() && !key.empty()) fault_ += '.';
  fault_ += key;
  fault_ += ": ";
  fault_ += what;
}

Status Reader::status() const {
  if (fault_.empty()) return Done{};
  return Error{ErrorCode::invalid_input, fault_};
}

std::string Reader::text(std::string_view key, std::size_t bytes_max, std::size_t bytes_min) {
  const Json* value = take(key);
  if (!value) return {};
  if (!value->is_string()) {
    fault(key, "text expected");
    return {};
  }
  if (value->string().size() > bytes_max || value->string().size() < bytes_min) fault(key, "length");
  return value->string();
}

std::string Reader::hex(std::string_view key, std::size_t digits) {
  const std::string value = text(key, digits, digits);
  if (value.find_first_not_of("0123456789abcdef") != value.npos) fault(key, "hex digits expected");
  return value;
}

std::string Reader::id(std::string_view key, bool may_be_empty) {
  const std::string value = text(key, 32);
  if (!valid_id(value) && !(may_be_empty && value.empty())) fault(key, "id expected");
  return value;
}

Digest Reader::digest(std::string_view key) {
  const auto value = digest_from_hex(hex(key, 64));
  return value ? *value : Digest{};
}

std::int64_t Reader::integer(std::string_view key, std::int64_t least, std::int64_t most) {
  const Json* value = take(key);
  if (!value) return least;
  if (!value->is_integer() || value->integer() < least || value->integer() > most) {
    fault(key, "integer out of range");
    return least;
  }
  return value->integer();
}

const Json& Reader::object(std::string_view key) {
  const Json* value = take(key);
  if (value && !value->is_object()) fault(key, "object expected");
  return json_.member(key);
}

const Json::Array& Reader::array(std::string_view key, std::size_t items_max) {
  const Json* value = take(key);
  if (value && !value->is_array()) fault(key, "array expected");
  if (json_.items(key).size() > items_max) fault(key, "too many items");
  return json_.items(key);
}

std::string Reader::word(std::string_view key, std::initializer_list<std::string_view> words) {
  const std::string value = text(key, 64);
  if (std::find(words.begin(), words.end(), value) != words.end()) return value;
  fault(key, "unknown word");
  return std::string(*words.begin());
}

Json Reader::others() const {
  Json::Object left;
  if (!json_.is_object()) return left;
  for (const auto& [key, value] : json_.object()) {
    if (!taken_.contains(key)) left.emplace(key, value);
  }
  return left;
}

void Reader::refuse_others() {
  const Json left = others();
  if (!left.object().empty()) fault(left.object().begin()->first, "unknown member");
}

}  // namespace qabyl::core
