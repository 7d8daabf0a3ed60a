// Check answers and sign. See filing_screens.h; DESIGN.md, sections 7 and 9.
#include "kiosk/screens/filing_screens.h"

#include <algorithm>

namespace qabyl::kiosk {
namespace {

Place place_of(person::Answer answer) {
  if (answer == person::Answer::document) return Place::documents;
  return answer == person::Answer::fee ? Place::fee : Place::details;
}

void turn(CheckScreen& screen, int page, Form& form, Now now) {
  if (auto seen = form.seen.find(screen.page); seen != form.seen.end()) {
    seen->second.ms += (now.steady - screen.page_since).count();
  }
  screen.page = std::clamp(page, 1, std::max(1, form.file.pages));
  screen.page_since = now.steady;
}

void page_shown(CheckScreen& screen, const person::FormPageShown& shown, Form& form) {
  if (!screen.reading || shown.page != screen.page) return;
  form.page_shown(shown);
}

void answered(Form& form, const Reply& reply) {
  if (const auto* ready = std::get_if<reply::FormReady>(&reply)) {
    form.file = ready->form;
    form.state = Form::State::ready;
  }
  if (std::holds_alternative<reply::FormFailed>(reply)) form.state = Form::State::failed;
}

// From the first page that was not shown yet.
void open_reader(CheckScreen& screen, const Desk& desk, bool before_signing) {
  const auto& form = desk.journey.form;
  screen.reading = form.state == Form::State::ready;
  screen.before_signing = before_signing;
  screen.page = 1;
  while (before_signing && screen.page < form.file.pages && form.seen.contains(screen.page)) ++screen.page;
  screen.page_since = desk.now.steady;
}

// Nobody signs what was not shown to the last page.
Outcome primary(CheckScreen& screen, const Desk& desk) {
  const auto today = desk.set_up.zone.local(desk.now.wall).date;
  const auto said = std::exchange(screen.errors, {});
  for (int question = 1; question <= questions_count; ++question) {
    const auto found = check_question(question, desk.journey, today);
    screen.errors.insert(screen.errors.end(), found.begin(), found.end());
  }
  // As at the question itself: what only the kiosk's clock says is said once (I11 e).
  std::erase_if(screen.errors, [&](const FieldError& error) { return error.text == "details.authority.past" && std::ranges::find(said, error) != said.end(); });
  screen.reason_asked = !screen.primary_enabled(desk.journey);
  if (screen.reason_asked || !screen.errors.empty()) return {};
  if (desk.journey.form.every_page_shown()) return {{}, Place::sign};
  open_reader(screen, desk, true);
  return {};
}

Outcome read_through(CheckScreen& screen, const Desk& desk) {
  auto& form = desk.journey.form;
  turn(screen, screen.page, form, desk.now);
  if (!form.every_page_shown()) return {};
  screen.reading = screen.before_signing = false;
  return {{}, Place::sign};
}

bool reader_input(CheckScreen& screen, const Input& input, const Desk& desk) {
  auto& form = desk.journey.form;
  if (std::holds_alternative<person::ReadFormPressed>(input)) {
    open_reader(screen, desk, false);
    return true;
  }
  if (!screen.reading) return false;
  if (const auto* event = std::get_if<person::PageTurned>(&input)) turn(screen, screen.page + event->by, form, desk.now);
  if (const auto* event = std::get_if<person::PageChosen>(&input)) turn(screen, event->page, form, desk.now);
  if (const auto* event = std::get_if<person::FormPageShown>(&input)) page_shown(screen, *event, form);
  const bool closed = std::holds_alternative<person::FormClosed>(input) ||
                      std::holds_alternative<person::BackPressed>(input) ||
                      std::holds_alternative<person::PrimaryPressed>(input);
  if (closed) {
    turn(screen, screen.page, form, desk.now);
    screen.reading = screen.before_signing = false;
  }
  return true;
}

Outcome sign(SignScreen& screen, const Desk& desk) {
  const auto& journey = desk.journey;
  screen.short_said = screen.ink() != core::InkProblem::none;
  if (screen.short_said || !journey.form.every_page_shown()) return {};
  screen.problem.reset();
  screen.stage = SignScreen::Stage::filing;  // from here on a second press finds nothing to do
  auto signature = journey.form.signature(screen.strokes, screen.pad_width_tenth_mm, screen.pad_height_tenth_mm);
  return {{effect::FileApplication{*journey.draft, journey.form.file, std::move(signature), desk.session.language}}, {}};
}

void pen_lifted(SignScreen& screen, const person::PenLifted& lifted) {
  if (lifted.stroke.empty() || core::point_count(screen.strokes) + lifted.stroke.size() > core::ink_points_max) return;
  screen.strokes.push_back(lifted.stroke);
  screen.pad_width_tenth_mm = lifted.pad_width_tenth_mm;
  screen.pad_height_tenth_mm = lifted.pad_height_tenth_mm;
  screen.short_said = false;
}

Outcome filing_answered(SignScreen& screen, const Reply& reply) {
  if (std::holds_alternative<reply::FilingUnknown>(reply)) screen.stage = SignScreen::Stage::checking;
  if (const auto* failed = std::get_if<reply::FilingFailed>(&reply)) {
    screen.stage = SignScreen::Stage::signing;  // the ink stays, so that nobody signs twice
    screen.problem = failed->why;
  }
  return {};  // Filed: the App shows the receipt
}

}  // namespace

Outcome CheckScreen::update(const Input& input, const Desk& desk) {
  auto& journey = desk.journey;
  if (const auto* reply = std::get_if<Reply>(&input)) {
    answered(journey.form, *reply);
    if (journey.form.state == Form::State::ready) reason_asked = false;
    return {};
  }
  if (std::holds_alternative<person::LanguageChosen>(input)) return {journey.make_form(desk.session.language), {}};
  if (reading && before_signing && std::holds_alternative<person::PrimaryPressed>(input)) return read_through(*this, desk);
  if (reader_input(*this, input, desk)) return {};
  if (const auto* event = std::get_if<person::ChangePressed>(&input)) {
    journey.change_from_check = true;
    return {{}, place_of(event->answer)};  // the App leads to the one question or document
  }
  if (const auto* event = std::get_if<person::ListTurned>(&input)) list_page = std::max(0, list_page + event->by);
  if (std::holds_alternative<person::RetryPressed>(input) && journey.form.state == Form::State::failed) {
    return {journey.make_form(desk.session.language), {}};
  }
  if (std::holds_alternative<person::BackPressed>(input)) return {{}, Place::fee};
  return std::holds_alternative<person::PrimaryPressed>(input) ? primary(*this, desk) : Outcome{};
}

bool SignScreen::primary_enabled(const Journey& journey) const {
  return stage == Stage::signing && ink() == core::InkProblem::none && journey.form.every_page_shown();
}

Outcome SignScreen::update(const Input& input, const Desk& desk) {
  if (const auto* reply = std::get_if<Reply>(&input)) {
    answered(desk.journey.form, *reply);
    return filing_answered(*this, *reply);
  }
  if (stage != Stage::signing) return {};  // touches that arrive while the disk works are dropped
  if (const auto* event = std::get_if<person::PenLifted>(&input)) pen_lifted(*this, *event);
  if (std::holds_alternative<person::UndoPressed>(input) && !strokes.empty()) strokes.pop_back();
  if (std::holds_alternative<person::ErasePressed>(input)) wipe();
  if (std::holds_alternative<person::PaperWayPressed>(input)) paper_way = !paper_way;
  if (std::holds_alternative<person::RetryPressed>(input) && desk.journey.form.state == Form::State::failed) {
    return {desk.journey.make_form(desk.session.language), {}};
  }
  if (std::holds_alternative<person::BackPressed>(input)) return {{}, Place::check};
  return std::holds_alternative<person::PrimaryPressed>(input) ? sign(*this, desk) : Outcome{};
}

void SignScreen::wipe() {
  for (auto& stroke : strokes) std::ranges::fill(stroke, core::InkPoint{});
  strokes.clear();
  short_said = false;
}

}  // namespace qabyl::kiosk
