// See details_screen.h. DESIGN.md, sections 5 (error summary) and 12.
#include "kiosk/screens/details_screen.h"

#include <algorithm>

#include "core/text.h"

namespace qabyl::kiosk {
namespace {

std::size_t chars_max_of(Field field) {
  return field == Field::address || field == Field::position ? core::line_chars_max : core::name_chars_max;
}

std::string_view empty_text(Field field) {
  switch (field) {
    case Field::organisation: return "details.organisation.empty";
    case Field::address: return "details.address.empty";
    case Field::representative: return "details.representative.empty";
    case Field::position: return "details.position.empty";
    case Field::first_head: return "details.first_head.empty";
    default: return "details.licence_number.empty";
  }
}

std::optional<FieldError> check_line(Field field, std::string_view text) {
  const std::size_t chars_max = chars_max_of(field);
  switch (core::check_text(core::tidy_spaces(text), chars_max)) {
    case core::TextProblem::none: return {};
    case core::TextProblem::empty: return FieldError{field, empty_text(field)};
    case core::TextProblem::too_long: return FieldError{field, "details.too_long", static_cast<int>(chars_max)};
    case core::TextProblem::not_utf8:
    case core::TextProblem::hidden_characters: return FieldError{field, "details.characters"};
  }
  return {};
}

constexpr std::string_view authority_past = "details.authority.past";

std::optional<FieldError> check_phone(std::string_view digits) {
  if (digits.empty()) return FieldError{Field::phone, "details.phone.empty"};
  if (digits.size() == phone_digits) return {};
  return FieldError{Field::phone, "details.phone.short", static_cast<int>(phone_digits - digits.size())};
}

std::optional<FieldError> check_authority(const Journey& journey, core::Date today) {
  if (journey.by_office) return {};
  const auto& digits = journey.field(Field::authority_until).text;
  if (digits.empty()) return FieldError{Field::authority_until, "details.authority.empty"};
  const auto date = core::parse_iso_date(iso_from_digits(digits));
  if (!date) return FieldError{Field::authority_until, "details.authority.wrong"};
  if (*date < today) return FieldError{Field::authority_until, authority_past};
  return {};
}

void remove_error(DetailsScreen& screen, Field field) {
  std::erase_if(screen.errors, [field](const FieldError& error) { return error.field == field; });
}

void add_error(DetailsScreen& screen, FieldError error) {
  remove_error(screen, error.field);
  const auto behind = std::ranges::upper_bound(screen.errors, error.field, {}, &FieldError::field);
  screen.errors.insert(behind, error);
}

bool has_field(const DetailsScreen& screen, Field field, const Journey& journey) {
  const auto fields = fields_of(screen.question, journey.procedure);
  return std::ranges::find(fields, field) != fields.end();
}

void typed(DetailsScreen& screen, std::string_view text, Journey& journey) {
  auto& edit = journey.field(screen.focus);
  if (screen.focus == Field::authority_until) journey.by_office = false;
  if (numeric(screen.focus)) {
    if (!edit.type_digits(text, screen.focus == Field::phone ? phone_digits : date_digits)) return;
  } else if (!edit.type(text)) {
    add_error(screen, {screen.focus, "details.characters"});
    return;
  }
  remove_error(screen, screen.focus);
  journey.draft_from_fields();
}

bool next_field(DetailsScreen& screen, const Journey& journey) {
  const auto fields = fields_of(screen.question, journey.procedure);
  const auto at = std::ranges::find(fields, screen.focus);
  if (at == fields.end() || at + 1 == fields.end()) return false;
  screen.focus = *(at + 1);
  return true;
}

void ask(DetailsScreen& screen, int question, Journey& journey) {
  screen.question = question;
  screen.errors.clear();
  screen.focus = fields_of(question, journey.procedure).front();
  journey.at_step(2, question);
}

// Said once. A kiosk whose clock is wrong must turn nobody away (I11 e): who insists goes on, and an officer reads the day.
bool insists(const DetailsScreen& screen, const FieldError& error) {
  const auto* said = screen.error_of(error.field);
  return error.text == authority_past && said != nullptr && said->text == authority_past;
}

Outcome primary(DetailsScreen& screen, const Desk& desk) {
  auto& journey = desk.journey;
  auto errors = check_question(screen.question, journey, desk.set_up.zone.local(desk.now.wall).date);
  std::erase_if(errors, [&](const FieldError& error) { return insists(screen, error); });
  screen.errors = std::move(errors);
  if (!screen.errors.empty()) {
    screen.focus = screen.errors.front().field;  // the summary takes the focus to the first of them
    return {};
  }
  journey.draft_from_fields();
  if (journey.change_from_check) return {{}, Place::check};
  if (screen.question == questions_count) return {{}, Place::documents};
  ask(screen, screen.question + 1, journey);
  return {};
}

Outcome back(DetailsScreen& screen, Journey& journey) {
  screen.errors.clear();
  if (journey.change_from_check) return {{}, Place::check};
  if (screen.question == 1) return {{}, Place::identify};
  ask(screen, screen.question - 1, journey);
  return {};
}

void key(DetailsScreen& screen, Key pressed, Journey& journey) {
  journey.field(screen.focus).key(pressed);
  if (pressed != Key::backspace && pressed != Key::clear) return;
  remove_error(screen, screen.focus);
  journey.draft_from_fields();
}

}  // namespace

std::vector<Field> fields_of(int question, core::Procedure procedure) {
  if (question == 1) return {Field::organisation, Field::address};
  if (question == 2) return {Field::representative, Field::position};
  if (question == 3) return {Field::phone, Field::authority_until};
  if (procedure == core::Procedure::issue) return {Field::first_head};
  return {Field::first_head, Field::licence_number};
}

int question_of(Field field) {
  return field <= Field::address ? 1 : field <= Field::position ? 2 : field <= Field::authority_until ? 3 : 4;
}

bool numeric(Field field) { return field == Field::phone || field == Field::authority_until; }

std::optional<FieldError> check_field(Field field, const Journey& journey, core::Date today) {
  if (field == Field::phone) return check_phone(journey.field(field).text);
  if (field == Field::authority_until) return check_authority(journey, today);
  return check_line(field, journey.field(field).text);
}

std::vector<FieldError> check_question(int question, const Journey& journey, core::Date today) {
  std::vector<FieldError> errors;
  for (const Field field : fields_of(question, journey.procedure)) {
    if (const auto error = check_field(field, journey, today)) errors.push_back(*error);
  }
  return errors;
}

const FieldError* DetailsScreen::error_of(Field field) const {
  const auto found = std::ranges::find(errors, field, &FieldError::field);
  return found == errors.end() ? nullptr : &*found;
}

Outcome DetailsScreen::update(const Input& input, const Desk& desk) {
  auto& journey = desk.journey;
  if (const auto* event = std::get_if<person::TextTyped>(&input)) typed(*this, event->text, journey);
  if (const auto* event = std::get_if<person::FieldTapped>(&input)) {
    if (has_field(*this, event->field, journey)) focus = event->field;
  }
  if (std::holds_alternative<person::ByOfficePressed>(input)) {
    journey.by_office = !journey.by_office;
    remove_error(*this, Field::authority_until);
    journey.draft_from_fields();
  }
  if (std::holds_alternative<person::BackPressed>(input)) return back(*this, journey);
  if (const auto* event = std::get_if<person::KeyPressed>(&input)) {
    if (event->key != Key::enter) key(*this, event->key, journey);
    else if (!next_field(*this, journey)) return primary(*this, desk);
  }
  if (std::holds_alternative<person::PrimaryPressed>(input)) return primary(*this, desk);
  return {};
}

}  // namespace qabyl::kiosk
