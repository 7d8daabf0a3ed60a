// See staff_sign_in_screen.h. Until the badge's code is whole everything typed is the badge; after it
// digits are the PIN, and the letter that begins a badge's code begins another badge.
#include "kiosk/screens/staff_sign_in_screen.h"

namespace qabyl::kiosk {
namespace {

constexpr std::string_view badge_head = "QBB1:";

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

bool SignInScreen::badge_whole() const {
  const auto second = badge.find(':', badge_head.size());
  return badge.starts_with(badge_head) && second != std::string::npos && badge.size() == second + 1 + badge_secret_chars;
}

void SignInScreen::wipe() {
  forget(badge);
  forget(pin);
  if (holder) {
    for (auto* text : {&holder->id, &holder->name, &holder->position, &holder->bureau, &holder->bureau_bin}) forget(*text);
  }
  *this = {};
}

void SignInScreen::other_badge() {
  const bool was_typing = typing;
  wipe();
  typing = was_typing;
}

// What a reader sent before the head of a badge (another code, noise) is no part of it.
void SignInScreen::take_badge_char(char c) {
  if (c <= ' ' || c >= 127) return;
  badge += upper(c);
  if (const auto head = badge.rfind(badge_head); head != std::string::npos && head > 0) badge.erase(0, head);
  if (badge.size() < badge_chars_max || badge_whole()) return;
  forget(badge);
  unknown = true;
}

Effects SignInScreen::typed(std::string_view text) {
  refused.reset();
  if (badge_whole() && text.find_first_of("Qq") != text.npos) other_badge();
  const bool whole_before = badge_whole();
  for (const char c : text) {
    if (!badge_whole()) take_badge_char(c);
    else if (whole_before && c >= '0' && c <= '9' && pin.size() < staff_pin_digits) pin += c;
  }
  if (whole_before || !badge_whole()) return {};
  typing = false;
  unknown = false;
  return {effect::ReadBadge{badge}};
}

void SignInScreen::pressed(Key key) {
  const bool whole = badge_whole();
  auto& text = whole ? pin : badge;
  if (key == Key::backspace && !text.empty()) text.pop_back();
  if (key == Key::clear) forget(text);
  if (key == Key::enter && !whole && !typing && !badge.empty()) {  // a reader ends its code with it
    forget(badge);
    unknown = true;
  }
}

StaffOutcome SignInScreen::update(const Input& input) {
  if (std::holds_alternative<person::BackPressed>(input)) {
    if (typing) return typing = false, StaffOutcome{};
    return {{}, StaffPlace::start, {}};
  }
  if (busy) return {};
  if (staff_event<staff::TypeBadgePressed>(input) != nullptr) typing = !typing;
  if (staff_event<staff::OtherBadgePressed>(input) != nullptr) other_badge();
  if (const auto* text = std::get_if<person::TextTyped>(&input)) return {typed(text->text), {}, {}};
  const auto* key = std::get_if<person::KeyPressed>(&input);
  if (key != nullptr) pressed(key->key);
  const bool go = std::holds_alternative<person::PrimaryPressed>(input) || (key != nullptr && key->key == Key::enter);
  if (!go || !ready()) return {};
  busy = true;
  return {{effect::SignIn{badge, pin}}, {}, {}};
}

void SignInScreen::take(const reply::BadgeRead& read) {
  unknown = !read.staff;
  holder = read.staff;
  locked = read.locked;
  if (unknown) forget(badge);
}

void SignInScreen::take(const reply::SignInRefused& refusal) {
  busy = false;
  forget(pin);
  refused = refusal;
  if (refusal.why == core::ErrorCode::locked) locked = true;
}

}  // namespace qabyl::kiosk
