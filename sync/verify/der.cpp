// See der.h.
#include "sync/verify/der.h"

#include <algorithm>

namespace qabyl::sync::verify {
namespace {

core::Error malformed(const char* what) { return {core::ErrorCode::invalid_input, what}; }

core::Result<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  int number = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return malformed("DER: time");
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

}  // namespace

core::Result<DerItem> DerReader::next() {
  constexpr std::uint8_t long_tag = 0x1f, long_length = 0x80;
  if (rest_.size() < 2 || (rest_[0] & long_tag) == long_tag) return malformed("DER: tag");
  std::size_t head = 2, length = rest_[1];
  if (length >= long_length) {
    const std::size_t bytes = length - long_length;
    if (bytes == 0 || bytes > 4 || rest_.size() < 2 + bytes || rest_[2] == 0) return malformed("DER: length");
    length = 0;
    for (std::size_t i = 0; i < bytes; ++i) length = length << 8 | rest_[2 + i];
    if (length < long_length) return malformed("DER: a longer spelling of a length");
    head += bytes;
  }
  if (rest_.size() - head < length) return malformed("DER: cut off");
  const DerItem item{rest_[0], rest_.subspan(head, length), rest_.first(head + length)};
  rest_ = rest_.subspan(head + length);
  return item;
}

core::Result<DerItem> DerReader::next(std::uint8_t tag) {
  if (!next_is(tag)) return malformed("DER: another item");
  return next();
}

core::Result<DerReader> DerReader::into(std::uint8_t tag) {
  QABYL_TRY(item, next(tag));
  return DerReader(item.content);
}

core::Status DerReader::end() const {
  if (!at_end()) return malformed("DER: more than belongs there");
  return core::Done{};
}

core::Result<DerItem> der_item(core::ByteView bytes, std::uint8_t tag) {
  DerReader reader(bytes);
  QABYL_TRY(item, reader.next(tag));
  QABYL_TRY_DO(reader.end());
  return item;
}

core::Result<bool> der_boolean(core::ByteView content) {
  if (content.size() != 1 || (content[0] != 0 && content[0] != 0xff)) return malformed("DER: boolean");
  return content[0] != 0;
}

core::Result<core::Instant> der_time(const DerItem& item) {
  const auto text = core::as_text(item.content);
  const bool is_long = item.tag == der::general_time;
  if (!is_long && item.tag != der::utc_time) return malformed("DER: time");
  const std::size_t at = is_long ? 4 : 2;
  QABYL_TRY(year, digits(text, 0, at));
  QABYL_TRY(month, digits(text, at, 2));
  QABYL_TRY(day, digits(text, at + 2, 2));
  QABYL_TRY(hour, digits(text, at + 4, 2));
  QABYL_TRY(minute, digits(text, at + 6, 2));
  QABYL_TRY(second, digits(text, at + 8, 2));
  auto rest = text.substr(at + 10);
  if (is_long && rest.starts_with('.')) rest = rest.substr(std::min(rest.size(), rest.find_first_not_of("0123456789", 1)));
  const int full_year = is_long ? year : year + (year < 50 ? 2000 : 1900);
  const std::chrono::year_month_day date{std::chrono::year(full_year), std::chrono::month(static_cast<unsigned>(month)), std::chrono::day(static_cast<unsigned>(day))};
  if (rest != "Z" || !date.ok() || hour > 23 || minute > 59 || second > 59) return malformed("DER: time");
  const auto since = std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second);
  return core::Instant(std::chrono::duration_cast<core::Millis>(since));
}

}  // namespace qabyl::sync::verify
