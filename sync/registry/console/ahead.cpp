// See ahead.h.
#include "sync/registry/console/ahead.h"

#include <algorithm>

#include "sync/registry/console/style.h"

namespace qabyl::sync::registry {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using S = core::InspectionState;

constexpr int strip_days = 6, days_after = 2;
constexpr int urgent_days = 1;

int days_left(core::Date due, core::Date today) { return static_cast<int>((sys_days{due} - sys_days{today}).count()); }

std::string cell(const Page& page, core::Date day, const core::Deadline& counted, const core::Calendar& calendar) {
  const std::string_view look = day == counted.due ? "last" : day == counted.base ? "base" : calendar.is_working(day) ? "" : "off";
  const auto weekday = std::chrono::weekday{sys_days{day}}.iso_encoding();
  return "<i" + (look.empty() ? std::string() : " class=\"" + std::string(look) + "\"") + "><b>" + std::to_string(static_cast<unsigned>(day.day())) + "</b>" +
         page.say("console.weekday." + std::to_string(weekday)) + "</i>";
}

std::string what(const Page& page, std::string_view term) {
  std::string key(term);
  std::transform(key.begin(), key.end(), key.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return page.say("term.what." + key);
}

const core::TermRule* rule_of(const CaseNow& now, const CaseTerm& one) { return now.book.profile->term(one.term.id); }

std::string side(core::Side owed_by) {
  switch (owed_by) {
    case core::Side::bureau: return "console.side.bureau";
    case core::Side::applicant: return "console.side.applicant";
    case core::Side::body: break;
  }
  return "console.side.body";
}

std::string step(std::string_view time_html, std::string_view dot, std::string_view name_html, std::string_view small_html) {
  return "<li class=\"ahead\"><time>" + std::string(time_html) + "</time>" + std::string(dot) + "<div><b>" + std::string(name_html) + "</b><small>" + std::string(small_html) + "</small></div></li>";
}
constexpr std::string_view open_dot = "<span class=\"dot open\"></span>";
std::string late_dot() { return "<span class=\"dot late\">" + std::string(icon_clock) + "</span>"; }

std::string duty(const Page& page, const CaseNow& now, const CaseTerm& one, core::Date today) {
  const auto* rule = rule_of(now, one);
  const bool over = days_left(one.term.due, today) < 0;
  const std::string paragraph = rule != nullptr ? page.say("console.paragraph", {{"n", rule->paragraph}}) + " · " : std::string();
  return step(page.say("console.until", {{"date", page.day(core::iso_date(one.term.due))}}), over ? late_dot() : std::string(open_dot), what(page, one.term.id),
              paragraph + page.say(side(one.owed_by)) + " " + nearness(page, one.term.due, today));
}

// The stages of an inspection in their order, each with the first state in which it is behind and the term that says the
// same once it runs.
struct Stage { std::string_view name; S reached; std::string_view term; };
constexpr Stage inspection_stages[] = {{"register", S::assignment_registered, ""}, {"notice", S::notified, ""}, {"start", S::in_progress, ""}, {"end", S::fieldwork_ended, ""},
                                       {"summary", S::reporting, "D18"},           {"copy", S::settling, "D19"}, {"settle", S::remedying, ""},  {"close", S::closed, ""}};

// Fieldwork ends by the assignment; the cap on it is D09, beside it.
std::string last_day(const Page& page, const core::Inspection& inspection, std::string_view stage) {
  const bool known = stage == "end" && inspection.term_end.ok() && inspection.arrived;
  return known ? page.say("console.until", {{"date", page.day(core::iso_date(inspection.term_end))}}) : std::string();
}

std::string stages(const Page& page, const core::Inspection& inspection, const std::vector<CaseTerm>& open) {
  const auto state = inspection.state == S::halted ? S::in_progress : inspection.state;
  if (state == S::none || state == S::cancelled || state == S::closed_unfinished) return {};
  std::string html;
  for (const auto& [name, reached, term] : inspection_stages) {
    const bool runs = std::any_of(open.begin(), open.end(), [&, id = term](const CaseTerm& one) { return one.term.id == id; });
    if (state >= reached || runs) continue;
    html += step(last_day(page, inspection, name), open_dot, page.say("console.stage." + std::string(name)), page.say("console.stage." + std::string(name) + ".law"));
  }
  return html;
}

std::string stages(const Page& page, const core::LicenceApplication& application, bool form_given) {
  using A = core::ApplicationState;
  const auto open = [&](std::string_view name) { return step({}, open_dot, page.say("console.stage." + std::string(name)), page.say("console.stage." + std::string(name) + ".law")); };
  if (application.state == A::granted) return form_given ? std::string() : open("form");
  if (!application.is_open()) return {};
  std::string html;
  if (application.state == A::submitted) html += open("talon");
  if (application.state < A::complete) html += open("check");
  return html + open("decide") + open("form");
}

}  // namespace

std::string day_strip(const Page& page, const core::Deadline& counted, const core::Calendar& calendar) {
  const auto base = sys_days{counted.base}, due = sys_days{counted.due};
  const auto first = std::max(base, due - days{strip_days - 1 - days_after + 1});
  const auto last = std::max(due + days{days_after}, first + days{strip_days - 1});
  std::string html = "<div class=\"days\" aria-hidden=\"true\">";
  if (first > base) html += cell(page, counted.base, counted, calendar) + "<span>…</span>";
  for (auto day = first; day <= last; day += days{1}) html += cell(page, core::Date{day}, counted, calendar);
  return html + "</div>";
}

std::string nearness(const Page& page, core::Date due, core::Date today) {
  const int left = days_left(due, today);
  if (left < 0) return tag(Look::bad, page.say("console.term.over", {{"n", std::to_string(-left)}}));
  if (left == 0) return tag(Look::warn, page.say("console.term.today"));
  return tag(left <= 2 ? Look::warn : Look::plain, page.say("console.term.left", {{"n", std::to_string(left)}}));
}

std::string steps_ahead(const Page& page, const CaseNow& now, core::Date today) {
  std::string html;
  const auto open = open_terms(now);
  for (const auto& one : open) html += duty(page, now, one, today);
  return html + stages(page, now.inspection, open) + stages(page, now.application, !now.form_case.empty());
}

std::string urgent_terms(const Page& page, const CaseNow& now, core::Date today) {
  std::string html;
  for (const auto& one : open_terms(now)) {
    const int left = days_left(one.term.due, today);
    if (left > urgent_days) continue;
    const auto name = what(page, one.term.id);
    html += " " + (left < 0 ? tag(Look::bad, std::string(icon_warning) + name + ": " + page.say("console.term.over", {{"n", std::to_string(-left)}}))
                            : tag(Look::warn, std::string(icon_clock) + name + ": " + (left == 0 ? page.say("console.term.today") : page.say("console.term.left", {{"n", "1"}}))));
  }
  return html;
}

}  // namespace qabyl::sync::registry
