// See identify_screen.h. DESIGN.md, sections 5 (number pad), 8 (drafts) and 9.
#include "kiosk/screens/identify_screen.h"

#include "core/bin_number.h"

namespace qabyl::kiosk {
namespace {

using Stage = IdentifyScreen::Stage;

core::ApplicationDraft new_draft(const IdentifyScreen& screen, const Desk& desk) {
  core::ApplicationDraft draft;  // without id: the shell makes it
  draft.procedure = desk.journey.procedure;
  draft.profile = desk.set_up.profile;
  draft.bin = screen.bin;
  draft.step = 2;
  if (screen.found && screen.found->bureau) {
    draft.organisation = screen.found->bureau->name;
    draft.address = screen.found->bureau->address;
    draft.first_head = screen.found->bureau->head;
  }
  return draft;
}

Effects bin_typed(IdentifyScreen& screen) {
  screen.found.reset();
  screen.refused.reset();
  screen.reason_asked = false;
  screen.looking_up = screen.digits() == IdentifyScreen::Digits::right;
  if (!screen.looking_up) return {};
  return {effect::CheckBin{screen.bin}};
}

Effects ask_store(IdentifyScreen& screen, Effect effect) {
  screen.busy = true;
  screen.refused.reset();
  forget(screen.pin);
  forget(screen.pin_first);
  return {std::move(effect)};
}

Effects pin_complete(IdentifyScreen& screen, const Desk& desk) {
  if (screen.stage == Stage::pin_open) {
    return ask_store(screen, effect::OpenDraft{*screen.open_id, screen.pin});
  }
  if (screen.stage == Stage::pin_new) {
    screen.pin_first = std::exchange(screen.pin, {});
    screen.stage = Stage::pin_again;
    return {};
  }
  if (screen.pin == screen.pin_first) {
    screen.creating = new_draft(screen, desk);
    return ask_store(screen, effect::CreateDraft{*screen.creating, screen.pin});
  }
  screen.differ = true;
  forget(screen.pin);
  forget(screen.pin_first);
  screen.stage = Stage::pin_new;
  return {};
}

Effects typed(IdentifyScreen& screen, std::string_view text, const Desk& desk) {
  const bool at_bin = screen.stage == Stage::bin;
  std::string& digits = at_bin ? screen.bin : screen.pin;
  const std::size_t digits_max = at_bin ? bin_digits : pin_digits;
  bool taken = false;
  for (const char c : text.substr(0, typed_bytes_max)) {
    if (c < '0' || c > '9' || digits.size() >= digits_max) continue;
    digits += c;
    taken = true;
  }
  if (!taken) return {};
  if (at_bin) return bin_typed(screen);
  screen.differ = false;
  screen.refused.reset();
  return digits.size() == pin_digits ? pin_complete(screen, desk) : Effects{};
}

Effects key(IdentifyScreen& screen, Key pressed) {
  const bool at_bin = screen.stage == Stage::bin;
  std::string& digits = at_bin ? screen.bin : screen.pin;
  if (digits.empty() || (pressed != Key::backspace && pressed != Key::clear)) return {};
  if (pressed == Key::clear) forget(digits);
  else digits.pop_back();
  return at_bin ? bin_typed(screen) : Effects{};
}

Outcome back(IdentifyScreen& screen) {
  if (screen.stage == Stage::bin) return {{}, Place::kind};
  if (screen.after_power_cut) return {{}, Place::power};
  forget(screen.pin);
  forget(screen.pin_first);
  screen.differ = false;
  screen.refused.reset();
  screen.stage = screen.stage == Stage::pin_again ? Stage::pin_new : Stage::bin;
  return {};
}

Outcome primary(IdentifyScreen& screen, Journey& journey) {
  if (!screen.primary_enabled(journey)) {
    screen.reason_asked = true;
    return {};
  }
  if (screen.own(journey)) {
    journey.at_step(2);
    return {{}, Place::details};
  }
  const auto& draft = screen.found->draft;
  screen.stage = draft ? Stage::pin_open : Stage::pin_new;
  if (draft) screen.open_id = draft->id;
  return {.effects = {}, .go = {}, .leave_draft = journey.draft.has_value()};
}

Outcome refused(IdentifyScreen& screen, const reply::DraftRefused& answer) {
  screen.busy = false;
  screen.creating.reset();
  if (answer.why == core::ErrorCode::conflict) {  // begun at another moment: look again
    screen.stage = Stage::bin;
    return {bin_typed(screen), {}};
  }
  if (screen.stage == Stage::pin_again) screen.stage = Stage::pin_new;
  screen.refused = answer;
  return {};
}

Outcome answered(IdentifyScreen& screen, const Reply& reply) {
  if (const auto* found = std::get_if<reply::BinChecked>(&reply); found != nullptr && found->bin == screen.bin) {
    screen.looking_up = false;
    screen.found = *found;
  }
  if (const auto* refusal = std::get_if<reply::DraftRefused>(&reply)) return refused(screen, *refusal);
  return {};  // DraftSaved and DraftOpened: the App takes the draft and goes to its step
}

}  // namespace

IdentifyScreen::Digits IdentifyScreen::digits() const {
  if (bin.size() < bin_digits) return Digits::too_few;
  return core::check_bin(bin) == core::BinProblem::none ? Digits::right : Digits::wrong;
}

bool IdentifyScreen::own(const Journey& journey) const { return journey.draft && journey.draft->bin == bin; }

bool IdentifyScreen::primary_enabled(const Journey& journey) const {
  return stage == Stage::bin && digits() == Digits::right && (found.has_value() || own(journey));
}

Outcome IdentifyScreen::update(const Input& input, const Desk& desk) {
  if (const auto* reply = std::get_if<Reply>(&input)) return answered(*this, *reply);
  if (busy) return {};  // touches that arrive while the disk works are dropped
  if (const auto* event = std::get_if<person::TextTyped>(&input)) return {typed(*this, event->text, desk), {}};
  if (const auto* event = std::get_if<person::KeyPressed>(&input); event != nullptr && event->key != Key::enter) {
    return {key(*this, event->key), {}};
  }
  if (std::holds_alternative<person::BackPressed>(input)) return back(*this);
  const bool enter = std::holds_alternative<person::KeyPressed>(input);
  const bool pressed = enter || std::holds_alternative<person::PrimaryPressed>(input);
  return stage == Stage::bin && pressed ? primary(*this, desk.journey) : Outcome{};
}

void IdentifyScreen::wipe() {
  forget(bin);
  forget(pin);
  forget(pin_first);
  if (creating) forget(*creating);
  if (found) {
    forget(found->bin);
    if (found->bureau) {
      auto& bureau = *found->bureau;
      for (auto* text : {&bureau.bin, &bureau.name, &bureau.address, &bureau.head}) forget(*text);
    }
  }
}

}  // namespace qabyl::kiosk
