// The forms of what can be done on a case now: the rows of act_forms.h that this officer may do at this moment, each with
// its paragraph; and, when an act came too late because somebody else acted first, what has changed since. See console.h.
#include <algorithm>

#include "sync/registry/console/console.h"

namespace qabyl::sync::registry {

// One control of an act; `typed` is what stood in it before a refusal.
std::string Console::control(const Page& page, const ActField& field, const CaseNow& now, const Fields* typed, std::string_view today) {
  const std::string before = field.initial != nullptr ? field.initial(registry_, now) : std::string();
  const std::string value = typed != nullptr ? typed->text(field.name) : before;
  const std::string label = page.say(field.label), hint = field.hint != nullptr ? page.say(field.hint) : std::string();
  const auto words = [&](const Choice& one) { return (one.text_id.empty() ? std::string() : page.plain(one.text_id) + (one.words.empty() ? "" : ", ")) + one.words; };
  switch (field.kind) {
    case ActField::Kind::line: return input(field.name, label, "text", value);
    case ActField::Kind::date: return input(field.name, label, "date", value.empty() && std::string_view(field.name) == "date" ? today : value);
    case ActField::Kind::text:
    case ActField::Kind::lines: return text_area(field.name, label, hint, value);
    case ActField::Kind::choice: {
      Options options;
      for (const auto& one : field.choices(registry_, now)) options.emplace_back(one.value, words(one));
      return select(field.name, label, options, value);
    }
    case ActField::Kind::amount: return input(field.name, label, "number", value);
    case ActField::Kind::optional_amount: return input(field.name, label, "number", value, false);
    case ActField::Kind::flag: return tick(field.name, "1", label, typed != nullptr && typed->ticked(field.name));
    case ActField::Kind::treatments: return treatments(page, field, now, typed);
    case ActField::Kind::ticks:
    case ActField::Kind::codes:
    case ActField::Kind::numbers: {
      const auto chosen = typed != nullptr ? typed->texts(field.name) : std::vector<std::string>();
      std::string html = "<fieldset><legend>" + label + "</legend>";
      for (const auto& one : field.choices(registry_, now)) {
        html += tick(field.name, one.value, escaped(words(one)), std::find(chosen.begin(), chosen.end(), one.value) != chosen.end());
      }
      return html + "</fieldset>";
    }
  }
  return {};
}

// For each objection: how it is treated, and why unless it is accepted.
std::string Console::treatments(const Page& page, const ActField& field, const CaseNow& now, const Fields* typed) {
  Options options;
  for (const char* how : {"accepted", "partly", "rejected"}) options.emplace_back(how, page.plain("paper.treatment." + std::string(how)));
  std::string html = "<fieldset><legend>" + page.say(field.label) + "</legend>";
  for (const auto& one : field.choices(registry_, now)) {
    const std::string how = std::string(treatment_prefix) + one.value, reason = std::string(treatment_reason_prefix) + one.value;
    html += select(how, escaped(one.words), options, typed != nullptr ? typed->text(how) : std::string());
    html += text_area(reason, page.say("console.field.treatment_reason"), {}, typed != nullptr ? typed->text(reason) : std::string());
  }
  return html + "</fieldset>";
}

// Each act asks for the password again (O1) and names its paragraph; what was typed before a refusal stands in it.
std::string Console::act_card(const Page& page, const ActForm& form, const CaseNow& now, const Fields* typed, bool open, std::string_view today) {
  std::string controls;
  for (const auto& field : form.fields) controls += control(page, field, now, typed, today);
  controls += hidden("seen", std::to_string(now.history.size())) + input("password", page.say("console.password.again"), "password");
  const std::string heading = page.say("console.do." + std::string(form.path));
  return "<details class=\"act\"" + std::string(open ? " open" : "") + "><summary><b>" + heading + "</b></summary><p class=\"law\">" +
         page.say("console.law." + std::string(form.kind)) + "</p><form method=\"post\" action=\"/case/" + now.id + "/" + std::string(form.path) + "\">" + controls +
         page.csrf() + button(heading) + "</form></details>";
}

// Everything that this officer may do now; one alone lies open, and one that was refused.
std::string Console::act_cards(const Page& page, const Visit& visit, const CaseNow& now, const Refusal& refusal) {
  const std::string today = core::iso_date(registry_.assets.zone.local(visit.now).date);
  std::vector<const ActForm*> possible;
  for (const auto& form : act_forms()) {
    if (form.allows(visit.session->officer, visit.session->role, now) && form.open(now, visit.session->officer)) possible.push_back(&form);
  }
  std::string html;
  for (const auto* form : possible) {
    const bool was_refused = refusal.act == form->path;
    html += act_card(page, *form, now, was_refused ? &visit.fields : nullptr, was_refused || possible.size() == 1, today);
  }
  return html;
}

// What was typed into a form that this page does not offer any more: nobody types it twice, and nothing is lost.
std::string Console::typed_in_vain(const Page& page, const Visit& visit, const CaseNow& now, const Refusal& refusal) const {
  const ActForm* form = act_form(refusal.act);
  if (form == nullptr || (form->allows(visit.session->officer, visit.session->role, now) && form->open(now, visit.session->officer))) return {};
  std::vector<std::pair<std::string, std::string>> rows;
  for (const auto& field : form->fields) {
    std::string typed;
    for (const auto& one : visit.fields.texts(field.name)) typed += (typed.empty() ? "" : "\n") + one;
    if (!typed.empty()) rows.emplace_back(page.say(field.label), "<div class=\"kept\">" + escaped(typed) + "</div>");
  }
  return rows.empty() ? std::string() : "<p><b>" + page.say("console.do." + std::string(form->path)) + "</b></p>" + facts(rows);
}

// What was added after the form had been given out, newest last.
std::string Console::changes_since(const Page& page, const Visit& visit, const CaseNow& now, const Refusal& refusal) const {
  if (refusal.seen >= now.history.size()) return {};
  std::string html = "<ul class=\"docs\">";
  for (std::size_t i = refusal.seen; i < now.history.size(); ++i) {
    const core::Record& one = now.history[i];
    html += "<li>" + when(visit, one.at.utc) + ": <b>" + page.say("console.rec." + one.kind) + "</b>, " + escaped(one.actor.name) + "</li>";
  }
  return html + "</ul>";
}

}  // namespace qabyl::sync::registry
