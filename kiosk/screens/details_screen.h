// Step 2: four questions, one a screen: organisation and address; representative and position; phone
// and how long the power of attorney holds; first head (and licence number for re-issue, duplicate).
// What is wrong is said in a summary and at the field, in the same words; nothing typed is lost.
#pragma once

#include "kiosk/screens/desk.h"

namespace qabyl::kiosk {

inline constexpr int questions_count = 4;

struct FieldError {
  Field field;
  std::string_view text;     // text id
  int number = 0;            // {n} in it
  bool operator==(const FieldError&) const = default;
};

struct DetailsScreen {
  int question = 1;
  Field focus = Field::organisation;
  std::vector<FieldError> errors;      // in field order; empty until the primary was pressed

  Outcome update(const Input& input, const Desk& desk);
  const FieldError* error_of(Field field) const;
};

std::vector<Field> fields_of(int question, core::Procedure procedure);
int question_of(Field field);
bool numeric(Field field);                  // number pad instead of the keyboard
std::optional<FieldError> check_field(Field field, const Journey& journey, core::Date today);
std::vector<FieldError> check_question(int question, const Journey& journey, core::Date today);

}  // namespace qabyl::kiosk
