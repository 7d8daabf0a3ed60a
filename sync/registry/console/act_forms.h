// The acts that an officer does on a case, as a table: in which states, by whom (powers.h), with which fields, and
// the call of office.h that carries it out. The case page draws its forms from here and its POSTs end here.
#pragma once

#include "sync/registry/console/form.h"
#include "sync/registry/office.h"

namespace qabyl::sync::registry {

struct ActField {
  enum class Kind { line, date, lines } kind;
  const char* name;
  const char* label;             // text id
  const char* hint = nullptr;    // text id
};

struct ActForm {
  std::string_view path;         // last part of the address: /case/<id>/<path>
  const char* heading;           // text id, also on the button
  const char* law;               // text id: the paragraph
  Power power;
  std::string_view state;        // of the case
  std::vector<ActField> fields;
  // Errors: those of office.h, and invalid_input for the fields; detail is the code of reason.<code>.
  core::Status (*carry_out)(Registry&, const OpenOfficer&, const core::Id& case_id, const Fields&, core::Instant now);
};

const std::vector<ActForm>& act_forms();
const ActForm* act_form(std::string_view path);

}  // namespace qabyl::sync::registry
