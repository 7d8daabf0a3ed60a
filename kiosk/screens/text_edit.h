// The text of one field while it is edited: characters, a caret, a limit. Knows no screen and no
// keyboard layout; takes only what a person can have meant to type.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/screens/input.h"
#include "kiosk/screens/session.h"

namespace qabyl::kiosk {

inline constexpr std::size_t field_chars_max = 400;   // over every limit that a field is checked for
inline constexpr std::size_t typed_bytes_max = 8192;  // of one event: a code reader sends whole codes

struct TextEdit {
  std::string text;
  std::size_t caret = 0;  // byte offset, at a character's start

  // False: invalid UTF-8 or hidden characters; nothing was taken. Characters over the limit are left
  // out.
  bool type(std::string_view typed, std::size_t chars_max = field_chars_max);
  bool type_digits(std::string_view typed, std::size_t digits_max);  // other characters are left out
  void key(Key key);       // enter is the screen's business
  void set(std::string value);
  void wipe();
};

}  // namespace qabyl::kiosk
