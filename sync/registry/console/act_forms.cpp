// The whole table and what its rows share. See act_forms.h.
#include "sync/registry/console/act_forms.h"

#include <algorithm>

#include "core/text.h"
#include "sync/wire/http.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;
using Kind = ActField::Kind;

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
  for (auto* chapter : {&inspection_forms, &licence_forms}) {
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
    } else if (field.kind == Kind::amount) {
      if (const auto amount = parse_decimal(fields.text(name))) body[name] = static_cast<std::int64_t>(*amount);
    } else if (const auto value = fields.text(name); !value.empty()) body[name] = value;
  }
  return body;
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
