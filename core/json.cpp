// JSON codec: nlohmann's lexer behind a SAX pass of our own, because its DOM keeps the last of two
// equal keys and rounds big numbers. Writing is ours: RFC 8785 (JCS) for the types that records use.
// Knows nothing of records. No exception leaves this file (the SAX interface reports, never throws).
#include "core/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/text.h"

namespace qabyl::core {
namespace {

using Foreign = nlohmann::json;

// Builds a Json value event by event; the first event that breaks a rule stops the parser.
class Builder final : public nlohmann::json_sax<Foreign> {
 public:
  bool null() override { return refuse("null is not used"); }
  bool boolean(bool value) override { return place(Json(value)); }
  // nlohmann calls this for numbers with a minus only, so that 0 here was written "-0".
  bool number_integer(number_integer_t value) override {
    if (value == 0) return refuse("minus zero");
    return value < -json_integer_max ? refuse("integer out of range") : place(Json(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<number_unsigned_t>(json_integer_max)) return refuse("integer out of range");
    return place(Json(value));
  }
  bool number_float(number_float_t, const string_t&) override { return refuse("only integers"); }
  bool string(string_t& value) override { return place(Json(std::move(value))); }
  bool binary(binary_t&) override { return refuse("binary"); }
  bool start_object(std::size_t) override { return enter(Json(Json::Object{})); }
  bool key(string_t& value) override {
    auto& members = open_.back()->object();
    const auto [at, is_new] = members.try_emplace(std::move(value));
    if (!is_new) return refuse("duplicate key");
    member_ = &at->second;
    return true;
  }
  bool end_object() override { return leave(); }
  bool start_array(std::size_t) override { return enter(Json(Json::Array{})); }
  bool end_array() override { return leave(); }
  bool parse_error(std::size_t position, const std::string&, const Foreign::exception&) override {
    return refuse("syntax at byte " + std::to_string(position));
  }

  Json take() { return std::move(root_); }
  const std::string& why() const { return why_; }

 private:
  bool refuse(std::string why) {
    if (why_.empty()) why_ = std::move(why);
    return false;
  }
  // Pointers stay good: nothing is added to a container while one of its values is open.
  Json* put(Json value) {
    if (open_.empty()) return &(root_ = std::move(value));
    if (open_.back()->is_object()) return &(*member_ = std::move(value));
    auto& items = open_.back()->array();
    items.push_back(std::move(value));
    return &items.back();
  }
  bool place(Json value) {
    put(std::move(value));
    return true;
  }
  bool enter(Json container) {
    if (open_.size() == json_depth_max) return refuse("nested too deep");
    open_.push_back(put(std::move(container)));
    return true;
  }
  bool leave() {
    open_.pop_back();
    return true;
  }

  Json root_;
  Json* member_ = nullptr;
  std::vector<Json*> open_;
  std::string why_;
};

// UTF-16 order of UTF-8 bytes: supplementary characters (lead F0..F4) come as surrogates (D8..DF),
// so before U+E000..U+FFFF (lead EE, EF). All other bytes order alike in both encodings.
int utf16_rank(char byte) {
  const int value = static_cast<unsigned char>(byte);
  return value == 0xEE || value == 0xEF ? value + 0x10 : value;
}
bool utf16_less(std::string_view a, std::string_view b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char x, char y) { return utf16_rank(x) < utf16_rank(y); });
}

void write_escape(std::string& out, char c) {
  static constexpr char digits[] = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\t': out += "\\t"; return;
    case '\n': out += "\\n"; return;
    case '\f': out += "\\f"; return;
    case '\r': out += "\\r"; return;
    default: break;
  }
  out += "\\u00";
  out += digits[c >> 4 & 0xF];
  out += digits[c & 0xF];
}

void write_string(std::string& out, std::string_view text) {
  if (!valid_utf8(text)) return write_string(out, mended_utf8(text));
  out += '"';
  std::size_t plain = 0;  // where what needs no escape begins
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text.substr(plain, i - plain));
    write_escape(out, c);
    plain = i + 1;
  }
  out.append(text.substr(plain));
  out += '"';
}

void write(std::string& out, const Json& value);

void write_object(std::string& out, const Json::Object& members) {
  std::vector<const Json::Object::value_type*> sorted;
  sorted.reserve(members.size());
  for (const auto& member : members) sorted.push_back(&member);
  std::sort(sorted.begin(), sorted.end(), [](auto* a, auto* b) { return utf16_less(a->first, b->first); });
  out += '{';
  for (const auto* member : sorted) {
    if (member != sorted.front()) out += ',';
    write_string(out, member->first);
    out += ':';
    write(out, member->second);
  }
  out += '}';
}

void write_array(std::string& out, const Json::Array& items) {
  out += '[';
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += ',';
    write(out, items[i]);
  }
  out += ']';
}

void write(std::string& out, const Json& value) {
  if (value.is_string()) return write_string(out, value.string());
  if (value.is_object()) return write_object(out, value.object());
  if (value.is_array()) return write_array(out, value.array());
  if (value.is_bool()) {
    out += value.boolean() ? "true" : "false";
    return;
  }
  QABYL_CHECK(value.integer() >= -json_integer_max && value.integer() <= json_integer_max);
  out += std::to_string(value.integer());
}

}  // namespace

Result<Json> parse_json(std::string_view text, std::size_t bytes_max) {
  if (text.size() > bytes_max) return Error{ErrorCode::too_large, "JSON over its limit"};
  // Two traps of nlohmann: it skips a byte order mark, and a NUL byte ends its input early.
  if (text.substr(0, 3) == "\xEF\xBB\xBF") return Error{ErrorCode::invalid_input, "JSON: byte order mark"};
  if (text.find('\0') != text.npos) return Error{ErrorCode::invalid_input, "JSON: NUL byte"};
  Builder builder;
  if (!Foreign::sax_parse(text.begin(), text.end(), &builder)) {
    return Error{ErrorCode::invalid_input, "JSON: " + builder.why()};
  }
  return builder.take();
}

std::string canonical(const Json& value) {
  std::string out;
  write(out, value);
  return out;
}

}  // namespace qabyl::core
