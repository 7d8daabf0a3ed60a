// See follow_screen.h.
#include "kiosk/screens/follow_screen.h"

#include <algorithm>

#include "core/text.h"

namespace qabyl::kiosk {
namespace {

using Stage = FollowScreen::Stage;

core::ScreenSignature signature_of(const FollowScreen& screen, const Journey& journey) {
  return journey.form.signature(screen.ink.strokes, screen.ink.pad_width_tenth_mm, screen.ink.pad_height_tenth_mm);
}

FollowUp follow_up(const FollowScreen& screen, const Journey& journey) {
  return {screen.act, screen.receipt.record, screen.receipt.number, screen.receipt.check_code, core::tidy_spaces(journey.field(Field::representative).text),
          core::tidy_spaces(journey.field(Field::position).text), screen.filing, screen.items};
}

bool has_files(const FollowScreen& screen) {
  return std::any_of(screen.items.begin(), screen.items.end(), [](const auto& one) { return !one.files.empty(); });
}

bool blank(const Journey& journey, Field field) { return core::tidy_spaces(journey.field(field).text).empty(); }

Outcome typed(FollowScreen& screen, const Input& input, const Desk& desk) {
  auto& journey = desk.journey;
  if (const auto* tapped = std::get_if<person::FieldTapped>(&input); tapped != nullptr && (tapped->field == Field::representative || tapped->field == Field::position)) screen.focus = tapped->field;
  if (const auto* text = std::get_if<person::TextTyped>(&input)) {
    const auto chars_max = screen.focus == Field::representative ? core::name_chars_max : core::line_chars_max;
    if (journey.field(screen.focus).type(text->text, chars_max)) (screen.focus == Field::representative ? screen.name_missing : screen.position_missing) = false;
  }
  if (const auto* pressed = std::get_if<person::KeyPressed>(&input)) {
    if (pressed->key == Key::enter && screen.focus == Field::position) return screen.update(person::PrimaryPressed{}, desk);
    if (pressed->key == Key::enter) screen.focus = Field::position;
    else journey.field(screen.focus).key(pressed->key);
  }
  return {};
}

}  // namespace

Effects FollowScreen::begin(const Desk& desk) {
  desk.journey.field(Field::representative).set(word.representative);
  desk.journey.field(Field::position).set(word.position);
  desk.journey.form = {};
  if (act != FollowAct::supplement) return {};
  stage = Stage::documents;
  for (const auto& code : word.missing) items.push_back({code, {}});
  return {effect::BeginFiling{}};
}

void FollowScreen::take(const Reply& reply) {
  if (const auto* begun = std::get_if<reply::FilingBegun>(&reply)) filing = begun->filing;
  if (const auto* listed = std::get_if<reply::SourceListed>(&reply)) intake.listing = false, intake.listed = *listed;
  if (const auto* progress = std::get_if<reply::AddProgress>(&reply); progress != nullptr && intake.adding) {
    intake.adding->pages_read = progress->pages_read;
    intake.adding->pages = progress->pages;
  }
  if (const auto* added = std::get_if<reply::FileAdded>(&reply)) {
    for (auto& one : items) {
      const bool twice = std::any_of(one.files.begin(), one.files.end(), [&](const auto& file) { return file.ref.sha256 == added->file.ref.sha256; });
      if (one.code == added->item && !twice) one.files.push_back(added->file);
    }
    intake.adding.reset();
    intake.open = false;
    nothing_added = false;
  }
  if (const auto* refused = std::get_if<reply::FileRefused>(&reply)) {
    intake.adding.reset();
    if (refused->why != "cancelled") intake.refused = *refused;
  }
}

bool FollowScreen::may_add() const {
  std::size_t files = 0;
  for (const auto& one : items) files += one.files.size();
  return files < core::draft_files_max;
}

// One file, counted over all documents in their order.
void FollowScreen::remove(std::size_t file) {
  for (auto& one : items) {
    if (file < one.files.size()) {
      forget(one.files[file].ref.name);
      one.files.erase(one.files.begin() + static_cast<std::ptrdiff_t>(file));
      return;
    }
    file -= one.files.size();
  }
}

// The stick: choosing, reading in, taking away.
Outcome FollowScreen::documents_input(const Input& input, Now now) {
  if (std::holds_alternative<Tick>(input)) return {intake.relist(now), {}};
  if (const auto* turned = std::get_if<person::ListTurned>(&input)) {
    int& at = intake.open ? intake.list_page : list_page;
    at = std::max(0, at + turned->by);
  }
  if (std::holds_alternative<person::SourceClosed>(input)) return {intake.close(), {}};
  if (std::holds_alternative<person::CancelAddPressed>(input) && intake.adding) return {{effect::CancelAdd{}}, {}};
  if (const auto* add = std::get_if<person::AddPressed>(&input); add != nullptr && !intake.adding && may_add()) {
    item = add->item;
    return {intake.show(now), {}};
  }
  if (const auto* removed = std::get_if<person::FileRemoved>(&input)) remove(removed->file);
  const auto* tapped = std::get_if<person::SourceFileTapped>(&input);
  if (tapped == nullptr || intake.adding || !intake.open || filing.empty()) return {};
  intake.refused.reset();
  intake.adding = FileIntake::Adding{.item = item, .name = tapped->name};
  return {{effect::AddFile{filing, item, tapped->name}}, {}};
}

bool FollowScreen::primary_enabled(const Journey& journey) const {
  if (stage == Stage::documents) return has_files(*this) && !filing.empty();
  if (stage == Stage::naming) return true;
  if (stage == Stage::reading) return journey.form.every_page_shown();
  return ink.stage == SignScreen::Stage::signing && ink.ink() == core::InkProblem::none;
}

void FollowScreen::turn(int to, Form& form, Now now) {
  if (auto seen = form.seen.find(page); seen != form.seen.end()) seen->second.ms += (now.steady - page_since).count();
  page = std::clamp(to, 1, std::max(1, form.file.pages));
  page_since = now.steady;
}

// The statement is made of the names, so a changed name makes another; the form is what it is. Another language of the
// screen makes another statement too, to be read and signed in it, until there is ink: what is being signed stays.
Outcome FollowScreen::to_reading(const Desk& desk) {
  auto& journey = desk.journey;
  name_missing = blank(journey, Field::representative);
  position_missing = blank(journey, Field::position);
  if (name_missing || position_missing) {
    focus = name_missing ? Field::representative : Field::position;
    return {};
  }
  journey.form = {};
  journey.form.state = Form::State::making;
  ink.wipe();
  ink.problem.reset();
  stage = Stage::reading;
  page = 1;
  page_since = desk.now.steady;
  made_in = desk.session.language;
  return {{effect::OpenFollowPaper{follow_up(*this, journey), desk.session.language}}, {}};
}

bool FollowScreen::statement_unsigned() const {
  return act != FollowAct::deliver && (stage == Stage::reading || (stage == Stage::signing && ink.strokes.empty()));
}

Outcome FollowScreen::back(const Desk& desk) {
  if (intake.open || intake.adding) return {intake.close(), {}};
  const bool first = stage == Stage::documents || (stage == Stage::naming && act != FollowAct::supplement);
  if (first) return {{effect::CloseFollowPaper{}}, Place::look_up};
  if (stage == Stage::naming) return stage = Stage::documents, Outcome{};
  if (stage == Stage::reading) turn(page, desk.journey.form, desk.now);
  stage = stage == Stage::signing ? Stage::reading : Stage::naming;
  page_since = desk.now.steady;
  return {};
}

Outcome FollowScreen::primary(const Desk& desk) {
  auto& journey = desk.journey;
  if (stage == Stage::documents) {
    nothing_added = !primary_enabled(journey);
    if (!nothing_added && !intake.adding) stage = Stage::naming;
    return {};
  }
  if (stage == Stage::naming) return to_reading(desk);
  if (stage == Stage::reading) {
    turn(page, journey.form, desk.now);
    pages_missing = !journey.form.every_page_shown();
    if (!pages_missing) stage = Stage::signing;
    return {};
  }
  ink.short_said = ink.ink() != core::InkProblem::none;
  if (ink.short_said || ink.stage != SignScreen::Stage::signing) return {};
  ink.problem.reset();
  ink.stage = SignScreen::Stage::filing;  // from here on a second press finds nothing to do
  return {{effect::FileFollowUp{follow_up(*this, journey), journey.form.file, signature_of(*this, journey), desk.session.language}}, {}};
}

Outcome FollowScreen::update(const Input& input, const Desk& desk) {
  auto& form = desk.journey.form;
  if (const auto* reply = std::get_if<Reply>(&input)) {
    take(*reply);
    const auto* ready = std::get_if<reply::FormReady>(reply);
    if (ready != nullptr && ready->form.ref.sha256 != form.file.ref.sha256) form.seen.clear(), page = 1;  // another paper: nothing of it was seen
    return ink.update(input, desk);  // the paper that was made, what became of the record
  }
  const bool busy = ink.stage != SignScreen::Stage::signing;
  if (busy) return {};  // touches that arrive while the disk works are dropped
  const auto* chosen = std::get_if<person::LanguageChosen>(&input);
  if (chosen != nullptr && statement_unsigned() && chosen->language != made_in) return to_reading(desk);
  if (std::holds_alternative<person::BackPressed>(input)) return back(desk);
  if (std::holds_alternative<person::PrimaryPressed>(input)) return primary(desk);
  if (stage == Stage::documents) return documents_input(input, desk.now);
  if (stage == Stage::naming) return typed(*this, input, desk);
  if (std::holds_alternative<person::RetryPressed>(input) && form.state == Form::State::failed) return to_reading(desk);
  if (stage == Stage::signing) return ink.update(input, desk);
  if (const auto* turned = std::get_if<person::PageTurned>(&input)) turn(page + turned->by, form, desk.now);
  if (const auto* shown = std::get_if<person::FormPageShown>(&input); shown != nullptr && shown->page == page) {
    form.page_shown(*shown);
    pages_missing = false;
  }
  return {};
}

void FollowScreen::wipe() {
  ink.wipe();
  for (auto& one : items) {
    for (auto& file : one.files) forget(file.ref.name);
  }
  items.clear();
  forget(receipt);
  for (auto* text : {&word.representative, &word.position, &word.bin, &word.officer, &word.reason}) kiosk::forget(*text);
}

}  // namespace qabyl::kiosk
