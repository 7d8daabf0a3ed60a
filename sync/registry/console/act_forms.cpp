// The whole table and what its rows share. See act_forms.h.
#include "sync/registry/console/act_forms.h"

#include <algorithm>

#include "core/text.h"
#include "sync/registry/office_views.h"
#include "sync/wire/http.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;
using Kind = ActField::Kind;

constexpr std::size_t lines_max = 100;

// The names of witnesses, one a line: "name, position" (A10).
Json witnesses_of(const std::vector<std::string>& lines) {
  Json::Array witnesses;
  for (const auto& line : lines) {
    const auto comma = line.find(',');
    const std::string position = comma == std::string::npos ? std::string() : core::tidy_spaces(std::string_view(line).substr(comma + 1));
    witnesses.push_back(Json::Object{{"name", core::tidy_spaces(std::string_view(line).substr(0, comma))}, {"position", position}});
  }
  return Json(std::move(witnesses));
}

std::vector<ActForm> make_forms() {
  std::vector<ActForm> forms = application_forms();
  for (auto* chapter : {inspection_forms, report_forms, meeting_forms, remedy_forms, licence_forms}) {
    for (auto& one : chapter()) forms.push_back(std::move(one));
  }
  return forms;
}

}  // namespace

core::Json plain_body(Registry& registry, const CaseNow& now, const ActForm& form, const Fields& fields) {
  Json body;
  for (const auto& field : form.fields) {
    const std::string name = field.name;
    if (name == "witnesses") body[name] = witnesses_of(fields.lines(name));
    else if (field.kind == Kind::ticks) {
      const auto given = fields.texts(name);
      Json::Array items;
      for (const auto& one : field.choices(registry, now)) {
        items.push_back(Json::Object{{"text", one.value}, {"given", std::find(given.begin(), given.end(), one.value) != given.end()}});
      }
      body[name] = std::move(items);
    } else if (field.kind == Kind::codes) {
      Json::Array codes;
      for (const auto& one : fields.texts(name)) codes.emplace_back(one);
      body[name] = std::move(codes);
    } else if (field.kind == Kind::numbers) {
      Json::Array numbers;
      for (const auto& one : fields.texts(name)) {
        if (const auto number = parse_decimal(one)) numbers.emplace_back(static_cast<std::int64_t>(*number));
      }
      body[name] = std::move(numbers);
    } else if (field.kind == Kind::flag) {
      body[name] = fields.ticked(name);
    } else if (field.kind == Kind::amount || field.kind == Kind::optional_amount) {
      if (const auto amount = parse_decimal(fields.text(name))) body[name] = static_cast<std::int64_t>(*amount);
    } else if (const auto value = fields.paragraph(name); !value.empty()) body[name] = value;
  }
  return body;
}

core::Status plain_act(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm& form, const Fields& fields, core::Instant at) {
  return status_of(do_inspection_act(registry, officer, now, {form.kind, std::get<Seat>(form.who), plain_body(registry, now, form, fields)}, at));
}

core::Result<std::vector<core::LocalText>> paired_lines(const Fields& fields, const std::string& name, LineLimit limit) {
  const auto wrong = [](const char* code) { return core::Error{core::ErrorCode::invalid_input, code}; };
  const auto kk = fields.lines(name + "_kk"), ru = fields.lines(name + "_ru");
  if (kk.size() != ru.size()) return wrong("documents.differ");
  if (kk.size() > lines_max) return wrong("documents.many");
  std::vector<core::LocalText> texts;
  for (std::size_t i = 0; i < kk.size(); ++i) {
    for (const auto& line : {kk[i], ru[i]}) {
      if (core::char_count(line) > limit.chars_max) return wrong(limit.too_long);
      if (core::has_hidden_characters(line)) return wrong("name.hidden_characters");
    }
    texts.push_back({kk[i], ru[i], ru[i]});  // papers are in Kazakh and Russian
  }
  return texts;
}

std::vector<Treatment> treatments_in(const Fields& fields, const core::Objections& of) {
  std::vector<Treatment> treatments;
  for (const auto& [id, one] : of) {
    const auto how = fields.text(std::string(treatment_prefix) + id);
    if (!how.empty()) treatments.push_back({id, how, fields.paragraph(std::string(treatment_reason_prefix) + id)});
  }
  return treatments;
}

std::vector<Choice> untreated(const core::Objections& objections, const std::string& paper) {
  std::vector<Choice> choices;
  for (const auto& [id, one] : objections) choices.push_back({id, "№ " + paper + ": " + one.by.name + ", " + core::iso_date(one.by.on), ""});
  return choices;
}

std::string first_head_of_bureau(Registry& registry, const CaseNow& now) {
  const auto bureaus = bureau_lines(registry);
  if (!bureaus) return {};
  for (const auto& one : *bureaus) {
    if (one.bin == now.inspection.assignment.member("bureau").text("bin")) return one.head;
  }
  return {};
}

bool ActForm::allows(std::string_view officer, std::string_view role, const CaseNow& now) const {
  if (const auto* power = std::get_if<Power>(&who)) return may(role, *power);
  if (const auto* seat = std::get_if<ApplicationSeat>(&who)) return sits(*seat, officer, role, now);
  if (const auto* seat = std::get_if<LicenceSeat>(&who)) return sits(*seat, role, now);
  return position_in(std::get<Seat>(who), officer, role, now.inspection).has_value();
}

const std::vector<ActForm>& act_forms() {
  static const std::vector<ActForm> forms = make_forms();
  return forms;
}

const ActForm* act_form(std::string_view path) {
  for (const auto& form : act_forms()) {
    if (form.path == path) return &form;
  }
  return nullptr;
}

}  // namespace qabyl::sync::registry
