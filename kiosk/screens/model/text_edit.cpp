// Editing by whole characters. See text_edit.h.
#include "kiosk/screens/text_edit.h"

#include <algorithm>

#include "core/text.h"

namespace qabyl::kiosk {
namespace {

bool inside_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::size_t before(std::string_view text, std::size_t at) {
  if (at == 0) return 0;
  do --at; while (at > 0 && inside_character(text[at]));
  return at;
}

std::size_t after(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  do ++at; while (at < text.size() && inside_character(text[at]));
  return at;
}

}  // namespace

bool TextEdit::type(std::string_view typed, std::size_t chars_max) {
  if (typed.size() > typed_bytes_max || !core::valid_utf8(typed) || core::has_hidden_characters(typed)) return false;
  const std::size_t held = core::char_count(text);
  const std::size_t room = held < chars_max ? chars_max - held : 0;
  std::size_t end = 0;
  for (std::size_t taken = 0; taken < room && end < typed.size(); ++taken) end = after(typed, end);
  text.insert(caret, typed.substr(0, end));
  caret += end;
  return true;
}

bool TextEdit::type_digits(std::string_view typed, std::size_t digits_max) {
  if (typed.size() > typed_bytes_max) return false;
  bool taken = false;
  for (const char c : typed) {
    if (c < '0' || c > '9' || text.size() >= digits_max) continue;
    text.insert(caret++, 1, c);
    taken = true;
  }
  return taken;
}

void TextEdit::key(Key pressed) {
  if (pressed == Key::left) caret = before(text, caret);
  if (pressed == Key::right) caret = after(text, caret);
  if (pressed == Key::clear) wipe();
  if (pressed != Key::backspace) return;
  const std::size_t from = before(text, caret);
  text.erase(from, caret - from);
  caret = from;
}

void TextEdit::set(std::string value) {
  forget(text);
  text = std::move(value);
  caret = text.size();
}

void TextEdit::wipe() {
  forget(text);
  caret = 0;
}

}  // namespace qabyl::kiosk
