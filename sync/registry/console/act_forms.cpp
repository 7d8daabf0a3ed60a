// See act_forms.h.
#include "sync/registry/console/act_forms.h"

#include "core/text.h"

namespace qabyl::sync::registry {
namespace {

using core::Id;
using core::Instant;
using core::Status;

constexpr std::size_t documents_asked_max = 100;

core::Error invalid(const char* code) { return {core::ErrorCode::invalid_input, code}; }

template <typename Made>
Status status_of(const core::Result<Made>& made) { return made ? Status(core::Done{}) : Status(made.error()); }

Status register_one(Registry& registry, const OpenOfficer& officer, const Id& id, const Fields&, Instant now) {
  return status_of(register_application(registry, officer, id, now));
}

Status committee(Registry& registry, const OpenOfficer& officer, const Id& id, const Fields& fields, Instant now) {
  return status_of(register_assignment(registry, officer, id, {fields.text("number"), fields.text("date"), fields.text("office")}, now));
}

// One document a line, in Kazakh and in Russian, in the same order (paragraph 11).
core::Result<NoticeSpec> notice_spec(const Fields& fields) {
  const auto kk = fields.lines("documents_kk"), ru = fields.lines("documents_ru");
  if (kk.size() != ru.size()) return invalid("documents.differ");
  if (kk.size() > documents_asked_max) return invalid("documents.many");
  NoticeSpec spec;
  for (std::size_t i = 0; i < kk.size(); ++i) {
    for (const auto& line : {kk[i], ru[i]}) {
      if (core::char_count(line) > core::line_chars_max) return invalid("documents.long");
      if (core::has_hidden_characters(line)) return invalid("name.hidden_characters");
    }
    spec.documents.push_back({kk[i], ru[i], ru[i]});  // the paper is in Kazakh and Russian (paragraph 10)
  }
  return spec;
}

Status notice(Registry& registry, const OpenOfficer& officer, const Id& id, const Fields& fields, Instant now) {
  QABYL_TRY(spec, notice_spec(fields));
  return status_of(send_notice(registry, officer, id, spec, now));
}

Status file_copy(Registry& registry, const OpenOfficer& officer, const Id& id, const Fields& fields, Instant now) {
  return status_of(file_notice(registry, officer, id, fields.text("unit"), fields.text("place"), now));
}

}  // namespace

const std::vector<ActForm>& act_forms() {
  using Kind = ActField::Kind;
  static const std::vector<ActForm> forms{
      {"register", "console.do.register", "console.law.licence_application.register", Power::register_application, "submitted", {}, register_one},
      {"committee", "console.do.committee", "console.law.inspection.assignment_register", Power::register_assignment, "assignment_signed",
       {{Kind::line, "number", "console.committee.number"}, {Kind::date, "date", "console.committee.date"}, {Kind::line, "office", "console.committee.office"}}, committee},
      {"notice", "console.do.notice", "console.law.notice.send", Power::send_notice, "assignment_registered",
       {{Kind::lines, "documents_kk", "console.documents.kk", "console.documents.hint"}, {Kind::lines, "documents_ru", "console.documents.ru", "console.documents.same"}}, notice},
      {"file", "console.do.file", "console.law.notice.file", Power::file_notice, "notice_copy_returned",
       {{Kind::line, "unit", "console.unit"}, {Kind::line, "place", "console.place"}}, file_copy}};
  return forms;
}

const ActForm* act_form(std::string_view path) {
  for (const auto& form : act_forms()) {
    if (form.path == path) return &form;
  }
  return nullptr;
}

}  // namespace qabyl::sync::registry
