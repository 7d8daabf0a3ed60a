// Terms of the console: what is due, overdue first, whose side each is on, and the whole count of every one
// (RULES.md d; DESIGN 11). The page reads case_terms by nearness; the count is made again when it is asked for.
#include <algorithm>

#include "core/cases/open_terms.h"
#include "core/deadline.h"
#include "sync/registry/console/ahead.h"
#include "sync/registry/console/console.h"
#include "sync/registry/office_calendars.h"
#include "sync/registry/office_profiles.h"

namespace qabyl::sync::registry {
namespace {

// The cap on the body's power is not the day on which its people leave: the assignment says that one (9).
std::string end_by_assignment(const Page& page, const CaseNow& now, const core::RunningTerm& term) {
  const bool is_cap = term.id == "D09" && now.inspection.term_end.ok();
  return is_cap ? "<small>" + page.say("console.term.by_assignment", {{"date", page.day(core::iso_date(now.inspection.term_end))}}) + "</small>" : std::string();
}

}  // namespace

// The strip of days and every line of the count.
std::string Console::term_count(const Page& page, const Visit& visit, const CaseTerm& one, const CaseNow& now) const {
  const auto rules = rules_of(now);
  if (!rules) return {};
  const auto counted = core::count_term(*rules->profile, one.term.id, one.term.base, *rules->calendar, one.term.stated);
  if (!counted) return {};
  std::string html = day_strip(page, *counted, *rules->calendar);
  for (const auto& line : core::explain(*counted, *rules->profile, registry_.assets.texts, visit.language)) html += "<small>" + escaped(line) + "</small>";
  for (const auto& told : core::moved_terms({{one.of, one.term}}, now.history, one.of)) html += "<small>" + escaped(core::say_told(told, registry_.assets.texts, visit.language)) + "</small>";
  return html;
}

std::string Console::term_row(const Page& page, const Visit& visit, const CaseTerm& one, const CaseNow& now) const {
  const core::Profile& profile = *now.book.profile;
  const core::Date today = registry_.assets.zone.local(visit.now).date;
  const auto& texts = registry_.assets.texts;
  const core::TermRule* rule = profile.term(one.term.id);
  std::string html = "<li><b>" + escaped(page.day(core::iso_date(one.term.due))) + "</b> " + nearness(page, one.term.due, today);
  if (rule != nullptr) html += "<small>" + escaped(core::say_term(*rule, texts, visit.language)) + "</small>";
  html += end_by_assignment(page, now, one.term);
  const auto count = term_count(page, visit, one, now);
  return html + (count.empty() ? count : "<details><summary>" + page.say("console.term.how") + "</summary>" + count + "</details>") + "</li>";
}

// One term by itself: where each due date of a list leads to.
Response Console::one_term(const Visit& visit) {
  const core::Id id(visit.request.query("case"));
  if (!core::valid_id(id) || !may_open(visit, id)) return missing(visit);
  const auto now = case_now(registry_, id);
  const auto line = case_line(registry_, id);
  if (!now || !line || !*line) return missing(visit);
  for (const auto& one : open_terms(*now)) {
    if (one.term.id != visit.request.query("term") || core::iso_date(one.term.base) != visit.request.query("base")) continue;
    const core::Date today = registry_.assets.zone.local(visit.now).date;
    const core::TermRule* rule = now->book.profile->term(one.term.id);
    auto made = page(visit, Section::terms);
    made.crumb("/terms", made.say("console.terms"));
    made.title(escaped(rule != nullptr ? core::say_term(*rule, registry_.assets.texts, visit.language) : one.term.id),
               link("/case/" + id, escaped((*line)->title)) + " " + nearness(made, one.term.due, today));
    return made.card(made.say("console.term.how") + ": " + escaped(made.day(core::iso_date(one.term.due))),
                     "<div class=\"count\">" + term_count(made, visit, one, *now) + end_by_assignment(made, *now, one.term) + "</div>").response();
  }
  return missing(visit);
}

// A calendar that lies in the assets and is not in force: which days it moves, and the button that takes it (A30).
void Console::newer_calendar(Page& page, const Visit& visit, const std::vector<TermLine>& lines) {
  const auto waiting = calendar_waiting(registry_);
  if (!waiting || *waiting == nullptr || !may(visit.session->role, Power::take_calendar)) return;
  const auto moved = recount_preview(registry_);
  if (!moved) return;
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : *moved) {
    const auto line = std::find_if(lines.begin(), lines.end(), [&](const TermLine& term) { return term.case_id == one.case_id; });
    const std::string title = line != lines.end() ? line->title : one.case_id;
    for (const auto& term : one.lines.array()) {
      rows.push_back({link("/case/" + one.case_id, escaped(title)) + "<small>" + escaped(term.text("term")) + "</small>", escaped(page.day(term.text("before"))),
                      escaped(page.day(term.text("after"))), escaped(page.day(term.text("binding")))});
    }
  }
  std::string html = "<p>" + page.say("console.recount.hint", {{"version", (*waiting)->version()}}) + "</p>";
  html += rows.empty() ? "<p>" + page.say("console.recount.none") + "</p>"
                       : table({page.say("console.title"), page.say("console.recount.before"), page.say("console.recount.after"), page.say("console.recount.binds")}, rows);
  page.card(page.say("console.recount"), html);
  page.act("/terms/recount", page.say("console.recount.go"), page.say("console.recount.go.hint"), input("password", page.say("console.password.again"), "password"));
}

Response Console::recount_terms(const Visit& visit) {
  if (!may(visit.session->role, Power::take_calendar)) return forbidden(visit);
  const auto done = with_password(visit, [&](const OpenOfficer& officer) -> core::Status {
    QABYL_TRY_DO(take_calendar(registry_, officer, visit.now));
    return core::Done{};
  });
  return done ? redirect("/terms") : due(visit, done.error().detail);
}

// When, how near; of what, in which case; on whose side it is.
std::string Console::term_table(const Page& page, const Visit& visit, const std::vector<TermLine>& lines) const {
  const core::Date today = registry_.assets.zone.local(visit.now).date;
  std::vector<std::vector<std::string>> rows;
  for (const auto& line : lines) {
    const auto date = core::parse_iso_date(line.due);
    const core::TermRule* rule = profile_named(registry_, line.profile).term(line.term);
    const std::string what = rule != nullptr ? escaped(core::say_term(*rule, registry_.assets.texts, visit.language)) : escaped(line.term);
    const std::string how = link("/term?case=" + line.case_id + "&term=" + line.term + "&base=" + line.base, escaped(page.day(line.due)));
    rows.push_back({(date ? nearness(page, *date, today) : std::string()) + "<small>" + how + "</small>",
                    link("/case/" + line.case_id, escaped(line.title)) + "<small>" + what + "</small>", page.say("console.side." + line.side)});
  }
  if (rows.empty()) return "<p>" + page.say("console.nothing") + "</p>";
  return table({page.say("console.term.when"), page.say("console.title"), page.say("console.turn")}, rows);
}

Response Console::due(const Visit& visit, std::string_view problem) {
  if (reach(visit.session->role) == Reach::none) return forbidden(visit);
  auto made = page(visit, Section::terms);
  made.title(made.say("console.terms"), made.say("console.terms.sub"));
  if (!problem.empty()) made.problem(why(made, problem));
  const auto lines = term_lines(registry_, named_in_lists(*visit.session));
  if (!lines) return made.problem(made.say("console.failed")).response(500);
  newer_calendar(made, visit, *lines);
  made.add("<p class=\"bar\">" + link("/terms.csv", made.say("console.export.csv")) + "</p>");
  made.card(made.say("console.terms.near"), term_table(made, visit, *lines));
  const std::string fresh = visit.calendar_key.empty() ? std::string() : "<p class=\"given\"><code>" + escaped("https://" + std::string(visit.request.header("Host")) + "/terms.ics?key=" + visit.calendar_key) + "</code></p>";
  made.act("/terms/calendar", made.say("console.calendar"), made.say("console.calendar.hint"), fresh);
  profiles(made, visit);
  return made.response();
}

}  // namespace qabyl::sync::registry
