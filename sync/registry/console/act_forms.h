// The acts that an officer does on a case, as a table: by whom, when, with which fields, and the call that carries it
// out. The case page draws its forms from here and its POSTs end here; a new act is a new row. A row's texts are
// console.do.<path> (heading and button) and console.law.<kind> (the paragraph).
#pragma once

#include <variant>

#include "sync/registry/application_acts.h"
#include "sync/registry/console/form.h"
#include "sync/registry/inspection_acts.h"
#include "sync/registry/licence_acts.h"
#include "sync/registry/office.h"

namespace qabyl::sync::registry {

// What a choice may name: value and either words or the id of a text.
struct Choice { std::string value, words, text_id; };

struct ActField {
  enum class Kind { line, text, date, amount, lines, choice, ticks, codes } kind;  // ticks: [{text, given}]; codes: those ticked
  const char* name;
  const char* label;                                   // text id
  const char* hint = nullptr;                          // text id
  std::vector<Choice> (*choices)(Registry&, const CaseNow&) = nullptr;  // of a choice, ticks or codes
};

// By whom: a power of the role (powers.h), a seat in the inspection, at the application or at the licence.
using Who = std::variant<Power, Seat, ApplicationSeat, LicenceSeat>;

struct ActForm {
  using CarryOut = core::Status (*)(Registry&, const OpenOfficer&, const CaseNow&, const ActForm&, const Fields&, core::Instant);
  std::string_view path;         // last part of the address: /case/<id>/<path>
  std::string_view kind;         // of the record
  Who who;
  bool (*open)(const CaseNow&, std::string_view officer);  // whether this is the moment; core decides again
  std::vector<ActField> fields;
  // Errors: those of office.h, and invalid_input for the fields; detail is the code of reason.<code>.
  CarryOut carry_out;

  bool allows(std::string_view officer, std::string_view role, const CaseNow& now) const;
};

// The chapters of the table.
std::vector<ActForm> application_forms();      // paragraphs 1-5
std::vector<ActForm> inspection_forms();       // paragraphs 7-18, 28
std::vector<ActForm> licence_forms();          // paragraphs 2, 4-6, 29: a licence and its forms

// --- what the rows share ---
// A body with each field under its own name; witnesses as "name, position" a line (A10).
core::Json plain_body(Registry& registry, const CaseNow& now, const ActForm& form, const Fields& fields);
template <typename Made>
core::Status status_of(const core::Result<Made>& made) { return made ? core::Status(core::Done{}) : core::Status(made.error()); }
inline constexpr ActField date_field{ActField::Kind::date, "date", "console.field.date"};
inline constexpr ActField reason_field{ActField::Kind::text, "reason", "console.field.reason"};
inline constexpr ActField text_field{ActField::Kind::text, "text", "console.field.text"};

const std::vector<ActForm>& act_forms();
const ActForm* act_form(std::string_view path);

}  // namespace qabyl::sync::registry
