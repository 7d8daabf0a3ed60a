// See visitor.h.
#include "tests/sim/parts/visitor.h"

#include <algorithm>

#include "core/bin_number.h"
#include "core/encoding.h"

namespace qabyl::sim {
namespace {

namespace person = kiosk::person;
using kiosk::Field;
using kiosk::Input;

constexpr int steps_max = 400;
constexpr int refusals_max = 4;

std::string digits(Dice& dice, std::size_t count) {
  std::string text;
  while (text.size() < count) text += static_cast<char>('0' + dice.below(10));
  return text;
}

// Twelve digits whose last one fits; the visitor's number is in the middle, so that no two are the same.
std::string new_bin(int number, Dice& dice) {
  for (;;) {  // ends: most first parts have a last digit
    auto bin = "0" + std::to_string(dice.between(1, 9)) + "0740" + std::to_string(10'000 + number);
    for (char last = '0'; last <= '9'; ++last) {
      if (core::check_bin(bin + last) == core::BinProblem::none) return bin + last;
    }
  }
}

core::Bytes paper(Dice& dice) {
  const auto kind = dice.below(100);
  const auto bytes = kind < 90 ? dice.between(200, 12'000) : kind < 98 ? dice.between(12'000, 100'000) : dice.between(200'000, 700'000);
  core::Bytes file = core::to_bytes("%PDF-1.4\n");
  const auto word = dice.next();
  for (std::int64_t i = 0; i < bytes; ++i) file.push_back(static_cast<std::uint8_t>((word >> (i % 8 * 8)) + static_cast<std::uint64_t>(i) * 31 / 7));
  return file;
}

core::Stroke ink() {
  core::Stroke stroke;
  for (int i = 0; i < 40; ++i) stroke.push_back({1000 + i * 62, 3000, 8 * i, -1});
  return stroke;
}

}  // namespace

Errand draw_errand(int number, Dice& dice) {
  Errand errand;
  errand.number = number;
  errand.bin = new_bin(number, dice);
  errand.pin = digits(dice, 6);
  const auto files = dice.below(100) < 85 ? dice.between(0, 3) : dice.between(3, 8);
  constexpr std::array codes{"LD2", "LD3", "LD2", "LD5", "LD4"};
  for (std::int64_t i = 0; i < files; ++i) {
    errand.documents.emplace_back(codes[dice.below(codes.size())], StickFile{"paper-" + std::to_string(i) + ".pdf", paper(dice)});
  }
  errand.takes_receipt = dice.chance(0.01);
  return errand;
}

std::optional<Input> Visitor::give_up() {
  gone_ = true;
  return Input(person::FinishPressed{});
}

std::optional<Input> Visitor::next(const kiosk::App& app) {
  if (gone_) return std::nullopt;
  if (++steps_ > steps_max) return give_up();
  if (app.asking_away()) return Input(person::AwayAnswered{kiosk::AwayAnswer::yes});
  return look(app);
}

std::optional<Input> Visitor::look(const kiosk::App& app) {
  const auto& screen = app.screen();
  if (std::holds_alternative<kiosk::StartScreen>(screen)) {
    if (carried_) return gone_ = true, std::nullopt;
    return Input(person::ApplyPressed{});
  }
  if (const auto* kind = std::get_if<kiosk::KindScreen>(&screen)) {
    return kind->chosen ? Input(person::PrimaryPressed{}) : Input(person::KindChosen{errand_.procedure});
  }
  if (const auto* one = std::get_if<kiosk::IdentifyScreen>(&screen)) return at_identify(*one, app);
  if (const auto* one = std::get_if<kiosk::DetailsScreen>(&screen)) return at_details(*one, app);
  if (const auto* one = std::get_if<kiosk::DocumentsScreen>(&screen)) return at_intake(one->intake, app, false);
  if (const auto* one = std::get_if<kiosk::FeeScreen>(&screen)) return at_intake(one->intake, app, true);
  if (const auto* check = std::get_if<kiosk::CheckScreen>(&screen)) {
    const auto state = app.journey().form.state;
    if (!check->errors.empty()) return give_up();
    if (state == kiosk::Form::State::making) return std::nullopt;
    if (state != kiosk::Form::State::ready) return ++refusals_ > refusals_max ? give_up() : Input(person::RetryPressed{});
    return check->reading ? read(*check, app.journey().form) : Input(person::PrimaryPressed{});
  }
  if (const auto* one = std::get_if<kiosk::SignScreen>(&screen)) return at_sign(*one, app);
  if (const auto* one = std::get_if<kiosk::ReceiptScreen>(&screen)) return at_receipt(*one);
  if (std::holds_alternative<kiosk::PowerScreen>(screen)) return Input(person::GoOnWithPinPressed{});
  if (std::holds_alternative<kiosk::StopScreen>(screen)) return gone_ = true, std::nullopt;  // refused at the door
  if (std::holds_alternative<kiosk::WipedScreen>(screen)) return Input(person::BeginPressed{});
  return give_up();
}

// There is no preview worker here, so nothing is drawn: the page counts as shown under the digest of its place.
Input Visitor::read(const kiosk::CheckScreen& check, const kiosk::Form& form) {
  const auto place = core::to_hex(form.file.ref.sha256) + " " + std::to_string(check.page);
  if (!form.seen.contains(check.page)) return person::FormPageShown{check.page, 110, core::sha256(core::as_bytes(place)), 910, 1287, "sim"};
  return check.page < form.file.pages ? Input(person::PageTurned{1}) : Input(person::PrimaryPressed{});
}

std::optional<Input> Visitor::at_identify(const kiosk::IdentifyScreen& screen, const kiosk::App& app) {
  using Stage = kiosk::IdentifyScreen::Stage;
  if (screen.busy || screen.looking_up) return std::nullopt;
  if (screen.refused && ++refusals_ > refusals_max) return give_up();
  if (screen.stage != Stage::bin) return Input(person::TextTyped{errand_.pin});
  if (screen.bin == errand_.bin) return screen.primary_enabled(app.journey()) ? Input(person::PrimaryPressed{}) : Input(person::KeyPressed{kiosk::Key::backspace});
  return screen.bin.empty() ? Input(person::TextTyped{errand_.bin}) : Input(person::KeyPressed{kiosk::Key::clear});
}

std::optional<Input> Visitor::at_details(const kiosk::DetailsScreen& screen, const kiosk::App& app) {
  static const std::map<Field, std::string> answers{
      {Field::organisation, "Bureau Ltd"}, {Field::address, "Almaty"}, {Field::representative, "E. Person"}, {Field::position, "jurist"}, {Field::phone, "7012345678"},
      {Field::authority_until, "31122047"}, {Field::first_head, "A. Head"}, {Field::licence_number, "26-1"}};
  for (const auto field : kiosk::fields_of(screen.question, app.journey().procedure)) {
    if (!app.journey().field(field).text.empty()) continue;
    return screen.focus == field ? Input(person::TextTyped{answers.at(field)}) : Input(person::FieldTapped{field});
  }
  if (!screen.errors.empty() && ++refusals_ > refusals_max) return give_up();
  return Input(person::PrimaryPressed{});
}

// Of this screen: a document that is not in the draft yet.
const std::pair<std::string, StickFile>* Visitor::wanting(const kiosk::App& app, bool fee) const {
  for (const auto& one : errand_.documents) {
    if ((one.first == "LD4") != fee || given_up_.count(one.second.name) > 0) continue;
    const auto* files = app.journey().draft->files_of(one.first);
    const auto named = [&](const core::DraftFile& file) { return file.ref.name == one.second.name; };
    if (files == nullptr || std::none_of(files->begin(), files->end(), named)) return &one;
  }
  return nullptr;
}

std::optional<Input> Visitor::at_intake(const kiosk::FileIntake& intake, const kiosk::App& app, bool fee) {
  if (intake.adding || intake.listing) return std::nullopt;
  if (intake.refused) {
    if (++refusals_ > refusals_max) return give_up();
    if (dice_.chance(0.5)) given_up_.insert(intake.refused->name);
  }
  const auto* wanted = wanting(app, fee);
  if (wanted == nullptr) return Input(person::PrimaryPressed{});
  if (!intake.open) return Input(person::AddPressed{wanted->first});
  return Input(person::SourceFileTapped{wanted->second.name});
}

std::optional<Input> Visitor::at_sign(const kiosk::SignScreen& screen, const kiosk::App& app) {
  if (screen.stage != kiosk::SignScreen::Stage::signing) return std::nullopt;
  if (screen.problem && ++refusals_ > refusals_max) return give_up();
  if (screen.ink() != core::InkProblem::none) return Input(person::PenLifted{ink(), 2390, 1250});
  const auto state = app.journey().form.state;
  if (state == kiosk::Form::State::making) return std::nullopt;
  if (state != kiosk::Form::State::ready) return ++refusals_ > refusals_max ? give_up() : Input(person::RetryPressed{});
  return Input(person::PrimaryPressed{});
}

std::optional<Input> Visitor::at_receipt(const kiosk::ReceiptScreen& screen) {
  if (!carried_) carried_ = Carried{screen.receipt.record, screen.receipt.number, screen.receipt.check_code};
  if (errand_.takes_receipt && screen.copy == kiosk::ReceiptScreen::Copy::none) return Input(person::SaveReceiptPressed{});
  return give_up();  // with the receipt in hand
}

}  // namespace qabyl::sim
