// DER (ITU-T X.690, 10): what others' certificates and time stamps are written in, read strictly and as views. Knows no certificate.
#pragma once

#include "core/bytes.h"
#include "core/ports.h"
#include "core/result.h"

namespace qabyl::sync::verify {

namespace der {
inline constexpr std::uint8_t boolean = 0x01, integer = 0x02, bit_string = 0x03, octet_string = 0x04, oid = 0x06, utf8 = 0x0c, printable = 0x13, utc_time = 0x17,
                              general_time = 0x18, sequence = 0x30, set = 0x31;
constexpr std::uint8_t part(int number) { return static_cast<std::uint8_t>(0x80 | number); }        // context-specific, primitive
constexpr std::uint8_t wrapped(int number) { return static_cast<std::uint8_t>(0xa0 | number); }     // context-specific, constructed
}  // namespace der

struct DerItem {
  std::uint8_t tag = 0;
  core::ByteView content, whole;    // whole: with tag and length
};

// Items one behind the other. invalid_input of everything: not that, or not in the one spelling that DER allows.
class DerReader {
 public:
  explicit DerReader(core::ByteView bytes) : rest_(bytes) {}
  bool at_end() const { return rest_.empty(); }
  bool next_is(std::uint8_t tag) const { return !rest_.empty() && rest_[0] == tag; }
  core::Result<DerItem> next();
  core::Result<DerItem> next(std::uint8_t tag);
  core::Result<DerReader> into(std::uint8_t tag);  // what is inside the next item
  core::Status end() const;                        // nothing may follow

 private:
  core::ByteView rest_;
};

core::Result<DerItem> der_item(core::ByteView bytes, std::uint8_t tag);  // exactly one
core::Result<bool> der_boolean(core::ByteView content);
// UTCTime or GeneralizedTime, in UTC, a fraction of a second allowed in the latter.
core::Result<core::Instant> der_time(const DerItem& item);

}  // namespace qabyl::sync::verify
