// Sign-in of bureau staff and operators: the badge's code from a reader (whole, in pieces, a second badge
// over the first) or typed, then six digits. Decides nothing about powers: the store does, offline
// (ARCHITECTURE, 5.1). Knows no ImGui and no I/O.
#pragma once

#include "kiosk/screens/session.h"
#include "kiosk/screens/staff_outcome.h"

namespace qabyl::kiosk {

inline constexpr std::size_t badge_chars_max = 64;
inline constexpr std::size_t badge_secret_chars = 26;
inline constexpr std::size_t staff_pin_digits = 6;

struct SignInScreen {
  std::string badge, pin;
  std::optional<StaffView> holder;  // who is named on a recognised badge
  bool typing = false;              // the screen keyboard is open for the badge's code
  bool unknown = false;             // what was shown is no badge of this kiosk's people
  bool locked = false;              // the holder is locked out: an operator unlocks
  bool busy = false;                // the PIN is being tried
  std::optional<reply::SignInRefused> refused;

  StaffOutcome update(const Input& input);
  void take(const reply::BadgeRead& read);
  void take(const reply::SignInRefused& refusal);
  bool badge_whole() const;         // QBB1:<id>:<26 characters>
  bool ready() const { return badge_whole() && !locked && !busy && pin.size() == staff_pin_digits; }
  void wipe();

 private:
  Effects typed(std::string_view text);
  void pressed(Key key);
  void take_badge_char(char c);
  void other_badge();
};

}  // namespace qabyl::kiosk
