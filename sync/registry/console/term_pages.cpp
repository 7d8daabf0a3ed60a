// Terms of the console: what is due, overdue first, whose side each is on, and the whole count of every one
// (RULES.md d; DESIGN 11). The page reads case_terms by nearness; the count is made again when it is asked for.
#include "core/deadline.h"
#include "sync/registry/console/console.h"

namespace qabyl::sync::registry {
namespace {

using std::chrono::sys_days;

int days_left(core::Date due, core::Date today) { return static_cast<int>((sys_days{due} - sys_days{today}).count()); }

// "3 days over", "today", "in 5 days"; colour and words both say it.
std::string badge(const Page& page, int left) {
  if (left < 0) return tag(Look::bad, page.say("console.term.over", {{"n", std::to_string(-left)}}));
  if (left == 0) return tag(Look::warn, page.say("console.term.today"));
  return tag(left <= 2 ? Look::warn : Look::plain, page.say("console.term.left", {{"n", std::to_string(left)}}));
}

}  // namespace

std::string Console::term_row(const Page& page, const Visit& visit, const CaseTerm& one, const core::Profile& profile) const {
  const core::Date today = registry_.assets.zone.local(visit.now).date;
  const auto& texts = registry_.assets.texts;
  const core::TermRule* rule = profile.term(one.term.id);
  std::string html = "<li><b>" + escaped(page.day(core::iso_date(one.term.due))) + "</b> " + badge(page, days_left(one.term.due, today));
  if (rule != nullptr) html += "<small>" + escaped(core::say_term(*rule, texts, visit.language)) + "</small>";
  const auto counted = core::count_term(profile, one.term.id, one.term.base, registry_.assets.calendar, one.term.stated);
  if (!counted) return html + "</li>";
  html += "<details><summary>" + page.say("console.term.how") + "</summary>";
  for (const auto& line : core::explain(*counted, profile, texts, visit.language)) html += "<small>" + escaped(line) + "</small>";
  return html + "</details></li>";
}

Response Console::due(const Visit& visit) {
  if (reach(visit.session->role) == Reach::none) return forbidden(visit);
  auto made = page(visit, Section::terms);
  made.title(made.say("console.terms"), made.say("console.terms.sub"));
  const auto lines = term_lines(registry_, named_in_lists(*visit.session));
  if (!lines) return made.problem(made.say("console.failed")).response(500);
  const core::Date today = registry_.assets.zone.local(visit.now).date;
  const core::Profile& profile = registry_.assets.profiles.front();
  std::vector<std::vector<std::string>> rows;
  for (const auto& line : *lines) {
    const auto date = core::parse_iso_date(line.due);
    const core::TermRule* rule = profile.term(line.term);
    const std::string what = rule != nullptr ? escaped(core::say_term(*rule, registry_.assets.texts, visit.language)) : escaped(line.term);
    rows.push_back({(date ? badge(made, days_left(*date, today)) : std::string()) + "<small>" + escaped(made.day(line.due)) + "</small>",
                    link("/case/" + line.case_id, escaped(line.title)) + "<small>" + what + "</small>", made.say("console.side." + line.side)});
  }
  made.add("<p class=\"bar\">" + link("/terms.csv", made.say("console.export.csv")) + "</p>");
  made.card(made.say("console.terms.near"), rows.empty() ? "<p>" + made.say("console.nothing") + "</p>" : table({made.say("console.term.when"), made.say("console.title"), made.say("console.turn")}, rows));
  const std::string fresh = visit.calendar_key.empty() ? std::string() : "<p class=\"given\"><code>" + escaped("https://" + std::string(visit.request.header("Host")) + "/terms.ics?key=" + visit.calendar_key) + "</code></p>";
  return made.act("/terms/calendar", made.say("console.calendar"), made.say("console.calendar.hint"), fresh).response();
}

}  // namespace qabyl::sync::registry
