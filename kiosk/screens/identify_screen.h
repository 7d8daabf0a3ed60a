// Step 1: which organisation, by its BIN; then a draft PIN chosen twice, or the PIN that opens a draft
// begun before. The PIN never leaves this model except in one effect, and is overwritten then.
#pragma once

#include "kiosk/screens/desk.h"

namespace qabyl::kiosk {

inline constexpr std::size_t bin_digits = 12;
inline constexpr std::size_t pin_digits = 6;

struct IdentifyScreen {
  enum class Stage { bin, pin_new, pin_again, pin_open };
  enum class Digits { too_few, wrong, right };  // of the BIN

  Stage stage = Stage::bin;
  std::string bin, pin, pin_first;
  bool looking_up = false;                       // CheckBin is under way
  std::optional<reply::BinChecked> found;        // for exactly `bin`
  std::optional<core::Id> open_id;               // the draft that the PIN opens
  bool after_power_cut = false;                  // then there is no BIN to go back to
  std::optional<core::ApplicationDraft> creating;  // taken over when the store has it
  bool busy = false;                             // Create or Open is under way; touches are dropped
  bool differ = false;                           // the two PINs are not the same
  std::optional<reply::DraftRefused> refused;
  bool reason_asked = false;

  Outcome update(const Input& input, const Desk& desk);
  Digits digits() const;
  bool primary_enabled(const Journey& journey) const;
  bool own(const Journey& journey) const;        // the BIN of the draft that is open already
  const std::string& digits_typed() const { return stage == Stage::bin ? bin : pin; }
  void wipe();
};

}  // namespace qabyl::kiosk
