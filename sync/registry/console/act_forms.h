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
#include "sync/registry/paper_parts.h"

namespace qabyl::sync::registry {

// What a choice may name: value and either words or the id of a text.
struct Choice { std::string value, words, text_id; };

struct ActField {
  // ticks: [{text, given}]; codes: those ticked; numbers: the same as integers; treatments: how each of the objections that
  // `choices` lists is treated. An optional amount may be left empty.
  enum class Kind { line, text, date, amount, optional_amount, lines, choice, ticks, codes, numbers, flag, treatments } kind;
  const char* name;
  const char* label;                                   // text id
  const char* hint = nullptr;                          // text id
  std::vector<Choice> (*choices)(Registry&, const CaseNow&) = nullptr;  // of a choice, ticks, codes, numbers or treatments
  std::string (*initial)(Registry&, const CaseNow&) = nullptr;          // what stands in it before anything is typed
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
std::vector<ActForm> report_forms();           // paragraphs 16-20, 26
std::vector<ActForm> meeting_forms();          // paragraphs 21-24
std::vector<ActForm> remedy_forms();           // paragraphs 25, 27, 29
std::vector<ActForm> licence_forms();          // paragraphs 2, 4-6, 29: a licence and its forms

// --- what the rows share ---
// A body with each field under its own name; witnesses as "name, position" a line (A10).
core::Json plain_body(Registry& registry, const CaseNow& now, const ActForm& form, const Fields& fields);
template <typename Made>
core::Status status_of(const core::Result<Made>& made) { return made ? core::Status(core::Done{}) : core::Status(made.error()); }
// The act of the row's kind and seat with those fields and nothing else.
core::Status plain_act(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm& form, const Fields& fields, core::Instant at);
// One thing a line, in Kazakh in the field `<name>_kk` and in Russian in `<name>_ru`, in the same order.
// invalid_input: documents.differ, documents.many, `too_long` (a line over `chars_max`), name.hidden_characters.
struct LineLimit { std::size_t chars_max = 1'000; const char* too_long = "lines.long"; };
core::Result<std::vector<core::LocalText>> paired_lines(const Fields& fields, const std::string& name, LineLimit limit = {});
// What was chosen in a field of kind `treatments`, for the objections that are among `of`.
std::vector<Treatment> treatments_in(const Fields& fields, const core::Objections& of);
inline constexpr std::string_view treatment_prefix = "treat.", treatment_reason_prefix = "why.";  // + id of the objection
std::vector<Choice> untreated(const core::Objections& objections, const std::string& paper);
std::string first_head_of_bureau(Registry& registry, const CaseNow& now);  // as the office knows the bureau; "" unknown
inline constexpr ActField witnesses_field{ActField::Kind::lines, "witnesses", "console.field.witnesses", "console.field.witnesses.hint"};
inline constexpr ActField date_field{ActField::Kind::date, "date", "console.field.date"};
inline constexpr ActField reason_field{ActField::Kind::text, "reason", "console.field.reason"};
inline constexpr ActField text_field{ActField::Kind::text, "text", "console.field.text"};

const std::vector<ActForm>& act_forms();
const ActForm* act_form(std::string_view path);

}  // namespace qabyl::sync::registry
