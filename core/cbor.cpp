// Deterministic CBOR (RFC 8949, 4.2.1) for receipts; see cbor.h. The reader refuses a number that is
// not in its shortest form, so that one value has one encoding.
#include "core/cbor.h"

#include "core/text.h"

namespace qabyl::core {
namespace {

constexpr std::uint8_t major_number = 0, major_bytes = 2, major_text = 3, major_array = 4, major_map = 5, major_tag = 6;

// How many bytes follow the first one, and the additional information that says so.
struct Width { int bytes; std::uint8_t information; };
Width width_of(std::uint64_t value) {
  if (value < 24) return {0, static_cast<std::uint8_t>(value)};
  if (value <= 0xFF) return {1, 24};
  if (value <= 0xFFFF) return {2, 25};
  if (value <= 0xFFFFFFFF) return {4, 26};
  return {8, 27};
}

}  // namespace

void CborWriter::head(std::uint8_t major, std::uint64_t value) {
  const Width width = width_of(value);
  out_.push_back(static_cast<std::uint8_t>(major << 5 | width.information));
  for (int i = width.bytes - 1; i >= 0; --i) out_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

CborWriter& CborWriter::number(std::uint64_t value) {
  head(major_number, value);
  return *this;
}
CborWriter& CborWriter::bytes(ByteView value) {
  head(major_bytes, value.size());
  out_.insert(out_.end(), value.begin(), value.end());
  return *this;
}
CborWriter& CborWriter::text(std::string_view value) {
  head(major_text, value.size());
  out_.insert(out_.end(), value.begin(), value.end());
  return *this;
}
CborWriter& CborWriter::array(std::uint64_t items) {
  head(major_array, items);
  return *this;
}
CborWriter& CborWriter::tag(std::uint64_t value) {
  head(major_tag, value);
  return *this;
}
CborWriter& CborWriter::empty_map() {
  head(major_map, 0);
  return *this;
}

std::uint64_t CborReader::head(std::uint8_t major) {
  if (left_.empty() || left_[0] >> 5 != major) good_ = false;
  if (!good_) return 0;
  const std::uint8_t information = left_[0] & 0x1F;
  std::size_t size = 0;
  if (information >= 24) size = information <= 27 ? std::size_t{1} << (information - 24) : 99;
  std::uint64_t value = information;
  if (size > 0) {
    if (left_.size() - 1 < size) {
      good_ = false;
      return 0;
    }
    value = 0;
    for (std::size_t i = 1; i <= size; ++i) value = value << 8 | left_[i];
  }
  good_ = width_of(value).information == information;  // shortest form only
  left_ = left_.subspan(1 + size);
  return good_ ? value : 0;
}

ByteView CborReader::string_of(std::uint8_t major, std::size_t size_max) {
  const std::uint64_t size = head(major);
  if (size > size_max || size > left_.size()) good_ = false;
  if (!good_) return {};
  const ByteView value = left_.first(static_cast<std::size_t>(size));
  left_ = left_.subspan(value.size());
  return value;
}

std::uint64_t CborReader::number(std::uint64_t most) {
  const std::uint64_t value = head(major_number);
  if (value > most) good_ = false;
  return good_ ? value : 0;
}

ByteView CborReader::bytes(std::size_t size_max) { return string_of(major_bytes, size_max); }

std::string CborReader::text(std::size_t bytes_max) {
  const std::string value(as_text(string_of(major_text, bytes_max)));
  if (!valid_utf8(value)) good_ = false;
  return good_ ? value : std::string();
}

void CborReader::array(std::uint64_t items) {
  if (head(major_array) != items) good_ = false;
}
void CborReader::tag(std::uint64_t value) {
  if (head(major_tag) != value) good_ = false;
}
void CborReader::empty_map() {
  if (head(major_map) != 0) good_ = false;
}

}  // namespace qabyl::core
