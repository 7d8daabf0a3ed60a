// Receipt numbers and check codes: what people copy by hand and read aloud. ISO 7064 MOD 37,36 finds
// every single wrong character and nearly every swap of neighbours. Knows no counter and no clock.
#include "core/receipt_number.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/encoding.h"
#include "core/text.h"

namespace qabyl::core {
namespace {

constexpr std::string_view characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::size_t number_bytes_max = 48;

bool all_of(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.find_first_not_of(allowed) == text.npos;
}

std::string without_dashes(std::string_view text) {
  std::string out(text);
  std::erase(out, '-');
  return out;
}

// The part after the last dash, cut off `text`; empty if there is no dash.
std::string_view cut_last(std::string_view& text) {
  const auto dash = text.rfind('-');
  if (dash == text.npos) return {};
  const auto part = text.substr(dash + 1);
  text = text.substr(0, dash);
  return part;
}

}  // namespace

char mod37_36(std::string_view alphanumerics) {
  std::size_t p = 36;
  for (const char c : alphanumerics) {
    const auto value = characters.find(c);
    QABYL_CHECK(value != characters.npos);
    p = (p + value) % 36;
    p = (p == 0 ? 36 : p) * 2 % 37;
  }
  return characters[(37 - p) % 36];
}

std::string receipt_number(std::string_view device, int year, std::int64_t counter) {
  QABYL_CHECK(all_of(device, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") && year >= 0 && counter >= 0);
  char tail[40];
  std::snprintf(tail, sizeof tail, "-%02d-%06lld", year % 100, static_cast<long long>(counter));
  std::string number = without_dashes(device) + tail;
  number += '-';
  number += mod37_36(without_dashes(number));
  return number;
}

std::string tidy_receipt_number(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') continue;
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

bool valid_receipt_number(std::string_view text) {
  if (text.size() > number_bytes_max) return false;
  const std::string tidy = tidy_receipt_number(text);
  std::string_view left = tidy;
  const auto check = cut_last(left), counter = cut_last(left), year = cut_last(left);
  constexpr std::string_view digits = "0123456789";
  if (check.size() != 1 || year.size() != 2 || counter.size() < 6 || counter.size() > 15) return false;
  if (!all_of(left, characters) || !all_of(year, digits) || !all_of(counter, digits)) return false;
  if (counter.size() > 6 && counter.front() == '0') return false;
  return mod37_36(without_dashes(tidy.substr(0, tidy.size() - 2))) == check.front();
}

std::string new_check_code(Random& random) {
  std::array<std::uint8_t, 10> bytes{};
  random.fill(bytes);
  std::string code = to_crockford(bytes, 15);
  code.insert(10, "-");
  code.insert(5, "-");
  return code;
}

}  // namespace qabyl::core
