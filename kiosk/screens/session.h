// What every screen may know: what the kiosk is (SetUp), how the present person wants to see it
// (Session), and how long each kind of screen waits (DESIGN.md, section 8). No ImGui, no I/O.
#pragma once

#include <vector>

#include "core/civil_time.h"
#include "core/profile.h"
#include "kiosk/screens/effects.h"

namespace qabyl::kiosk {

// Fixed while the program runs; owned by the shell, outlives the App.
struct SetUp {
  std::string device;                  // AL-03
  core::LocalText place;               // Almaty, window 1
  core::TimeZone zone;
  std::vector<core::Profile> profiles;
  std::string profile;                 // id of the profile that new applications begin under

  const core::Profile* find_profile(std::string_view id) const;
  const core::Profile& current_profile() const;  // precondition: `profile` is one of `profiles`
};

enum class TextSize { normal, large, largest };  // 100, 125, 150 %
int percent(TextSize size);

inline constexpr int patience_max = 81;  // 3^4: then each "more time" keeps the limit where it is

struct Session {
  int number = 1;                      // counts visitors; a drawer that keeps state drops it on change
  core::Language language = core::Language::kk;
  TextSize text = TextSize::normal;
  bool contrast = false;
  int patience = 1;                    // "I need more time" triples it for the rest of the session
};

// How long a screen waits untouched before it asks, and how long it then waits for the answer.
struct Waiting {
  core::Millis quiet{0};               // 0: never asks
  core::Millis warning{0};
};
namespace waits {
using namespace std::chrono_literals;
inline constexpr Waiting never{};
inline constexpr Waiting questions{180s, 90s};
inline constexpr Waiting signing{300s, 90s};  // and reading a paper
inline constexpr Waiting receipt{120s, 60s};
inline constexpr Waiting staff{180s, 60s};
inline constexpr core::Millis start_reset = 60s;  // start falls back to Kazakh, 100 %, light
inline constexpr core::Millis power_screen = 60s;
inline constexpr core::Millis wiped_card = 5s;
inline constexpr core::Millis save_retry = 5s;
inline constexpr core::Millis reply_keep = 3s;    // what is being written of a reply is kept at most so often
inline constexpr core::Millis source_relist = 2s;
}  // namespace waits

// Overwrites a text before it is dropped, so that nothing of a visitor stays in memory.
void forget(std::string& text);

}  // namespace qabyl::kiosk
