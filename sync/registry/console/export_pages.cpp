// Lists that leave the console: cases and terms as CSV, terms as a calendar to subscribe to; and the search page. An
// export is audited, marked with who took it, and limited an hour (O6); a calendar is read by its own key, which may be
// renewed and opens nothing else. See console.h.
#include <algorithm>
#include <map>
#include <utility>

#include "core/crypto.h"
#include "core/deadline.h"
#include "core/encoding.h"
#include "sync/registry/console/console.h"
#include "sync/registry/exports.h"
#include "sync/registry/rows.h"
#include "sync/registry/search.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::int64_t exports_an_hour_max = 20;
constexpr std::size_t calendar_key_bytes = 16;
constexpr std::size_t query_bytes_max = 300;

Response file(std::string text, const std::string& name, const std::string& type) {
  Response response;
  response.set("Content-Type", type + "; charset=utf-8");
  response.set("Content-Disposition", "attachment; filename=\"" + name + "\"");
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Cache-Control", "no-store");
  response.body = std::move(text);
  return response;
}

core::Result<bool> may_export(Registry& registry, std::string_view officer, core::Instant now) {
  QABYL_TRY(query, registry.database.prepare("SELECT count(*) FROM audit WHERE actor = ? AND action = 'list.export' AND at > ?"));
  query.bind(1, officer).bind(2, rows::ms(now - core::Millis{3600 * 1000}));
  QABYL_TRY(found, query.step());
  return found && query.integer(0) < exports_an_hour_max;
}

core::Digest key_digest(std::string_view key) { return core::sha256(core::as_bytes(key)); }

// The officer whose calendar this key opens: id and role.
core::Result<std::optional<std::pair<std::string, std::string>>> owner_of(Registry& registry, std::string_view key) {
  QABYL_TRY(query, registry.database.prepare("SELECT o.id, o.role FROM calendar_keys k JOIN officers o ON o.id = k.officer WHERE k.key = ?"));
  query.bind(1, key_digest(key));
  return rows::one<std::pair<std::string, std::string>>(query, [](const core::Statement& row) { return std::pair(row.text(0), row.text(1)); });
}

std::string href_of(const SearchHit& hit) {
  if (hit.kind == "case" || hit.kind == "paper") return "/case/" + hit.ref;
  return hit.kind == "officer" ? "/cases?named=" + hit.ref : "/cases?bureau=" + hit.ref;
}

// A place is listed once, with everything that was found there: a case before its papers, a bureau before its people.
struct Place {
  std::string href;
  SearchHit lead;
  std::vector<SearchHit> others;

  void take(const SearchHit& hit) {
    const bool leads = (hit.kind == "case" || hit.kind == "bureau") && hit.kind != lead.kind;
    others.push_back(leads ? std::exchange(lead, hit) : hit);
  }
};

}  // namespace

// The list of the page, its filter kept, and a last line that says who took it and when.
Response Console::export_list(const Visit& visit, std::string_view name) {
  if (reach(visit.session->role) == Reach::none) return forbidden(visit);
  const auto allowed = may_export(registry_, visit.session->officer, visit.now);
  if (!allowed || !*allowed) {
    auto made = page(visit, Section::none);
    return made.title(made.say("console.export.many")).response(429);
  }
  auto made = page(visit, Section::none);
  const auto say = [&](std::string_view id) { return made.plain(id); };
  std::vector<std::vector<std::string>> table_rows;
  if (name == "terms") {
    const auto lines = term_lines(registry_, named_in_lists(*visit.session));
    if (!lines) return made.problem(made.say("console.failed")).response(500);
    table_rows.push_back({say("console.term.when"), say("console.title"), say("console.term.code"), say("console.turn")});
    for (const auto& line : *lines) table_rows.push_back({line.due, line.title, line.term, say("console.side." + line.side)});
  } else if (name == "licences") {
    const auto lines = licence_lines(registry_, licence_query(visit, view_rows_max));
    if (!lines) return made.problem(made.say("console.failed")).response(500);
    table_rows.push_back({say("console.licences.number"), say("console.licences.holder"), say("console.bin"), say("console.licences.issued"), say("console.state"), say("console.licences.change"), say("console.licences.changed")});
    for (const auto& line : *lines) {
      table_rows.push_back({line.number, line.holder, line.holder_bin, line.issued_on, say("console.state." + line.state), say("console.rec." + line.change), line.changed_on});
    }
  } else {
    const auto lines = case_lines(registry_, case_query(visit, view_rows_max));
    if (!lines) return made.problem(made.say("console.failed")).response(500);
    table_rows.push_back({say("console.title"), say("console.bin"), say("console.list.kind"), say("console.talon"), say("console.state"), say("console.opened"), say("console.term.next"), say("console.term.code")});
    for (const auto& line : *lines) {
      table_rows.push_back({line.title, line.bureau_bin, say("console.kind." + line.kind), line.number, say("console.state." + line.state),
                            core::iso_date(registry_.assets.zone.local(line.opened).date), line.next_due, line.next_term});
    }
  }
  const auto local = registry_.assets.zone.local(visit.now);
  table_rows.push_back({made.plain("console.export.mark", {{"name", visit.session->name}, {"date", core::iso_date(local.date) + " " + core::format_time(local)}})});
  if (!registry_.store.audit(visit.session->officer, "list.export", std::string(name) + " " + std::to_string(table_rows.size() - 2), "done", visit.now)) {
    return made.problem(made.say("console.failed")).response(500);
  }
  return file(csv(table_rows), std::string(name) + "-" + core::iso_date(local.date) + ".csv", "text/csv");
}

// A new key for this officer's calendar; the old one opens nothing any more. Shown once.
Response Console::new_calendar_key(Visit visit) {
  if (reach(visit.session->role) == Reach::none) return forbidden(visit);
  core::Bytes bytes(calendar_key_bytes);
  registry_.random.fill(bytes);
  visit.calendar_key = core::to_hex(bytes);
  const auto old = registry_.database.run("DELETE FROM calendar_keys WHERE officer = ?", visit.session->officer);
  const auto kept = registry_.database.run("INSERT INTO calendar_keys(key, officer, made_at) VALUES(?, ?, ?)", key_digest(visit.calendar_key), visit.session->officer, rows::ms(visit.now));
  if (!old || !kept) return missing(visit);
  return due(visit);
}

// Read by calendar programs, which have no session: the key is all they have, and terms are all they get.
Response Console::calendar(const Visit& visit) {
  const auto owner = owner_of(registry_, visit.request.query("key"));
  if (!owner || !*owner || reach((*owner)->second) == Reach::none) return missing(visit);
  const auto lines = term_lines(registry_, reach((*owner)->second) == Reach::own ? (*owner)->first : std::string());
  if (!lines) return missing(visit);
  const auto& texts = registry_.assets.texts;
  std::vector<CalendarEntry> entries;
  std::map<std::string, int> used;  // two requests of one day have terms of one name and day: a UID stands once
  for (const auto& line : *lines) {
    const auto day = core::parse_iso_date(line.due), base = core::parse_iso_date(line.base), stated = core::parse_iso_date(line.stated);
    const auto now = case_now(registry_, line.case_id);
    const auto rules = now ? rules_of(*now) : core::Result<core::Rules>(now.error());
    if (!day || !base || !rules) continue;
    std::string uid = line.case_id + "-" + line.term + "-" + line.base + (line.stated.empty() ? "" : "-" + line.stated);
    if (const int n = ++used[uid]; n > 1) uid += "-" + std::to_string(n);
    CalendarEntry entry{uid + "@qabyl", *day, line.term + ": " + line.title, {}, {}};
    if (const core::TermRule* rule = rules->profile->term(line.term)) entry.summary = core::say_term(*rule, texts, visit.language) + ": " + line.title;
    const auto counted = core::count_term(*rules->profile, line.term, *base, *rules->calendar, stated ? std::optional(*stated) : std::nullopt);
    if (counted) {
      for (const auto& why : core::explain(*counted, *rules->profile, texts, visit.language)) entry.description += (entry.description.empty() ? "" : "\n") + why;
    }
    entries.push_back(std::move(entry));
  }
  return file(icalendar(texts.say(visit.language, "console.terms"), entries, visit.now), "terms.ics", "text/calendar");
}

Response Console::search_page(const Visit& visit) {
  if (reach(visit.session->role) == Reach::none) return forbidden(visit);
  const std::string asked = percent_decoded(visit.request.query("q").substr(0, query_bytes_max));
  auto made = page(visit, Section::none);
  made.title(made.say("console.search"), escaped(asked));
  const auto hits = search(registry_, asked, named_in_lists(*visit.session));
  if (!hits || (!asked.empty() && !noted(visit, "search", asked))) return made.problem(made.say("console.failed")).response(500);
  const auto about = [&](const SearchHit& hit) {
    return hit.kind == "paper" ? made.say("console.rec." + hit.about) : hit.kind == "case" ? made.say("console.kind." + hit.about) : escaped(hit.about);
  };
  std::vector<Place> places;
  for (const auto& hit : *hits) {
    const auto place = std::find_if(places.begin(), places.end(), [&](const Place& one) { return one.href == href_of(hit); });
    if (place == places.end()) places.push_back({href_of(hit), hit, {}});
    else place->take(hit);
  }
  std::vector<std::vector<std::string>> found;
  for (const auto& one : places) {
    std::string html = link(one.href, escaped(one.lead.title)) + "<small>" + about(one.lead) + "</small>";
    for (const auto& hit : one.others) html += "<small>" + escaped(hit.title) + ", " + about(hit) + "</small>";
    found.push_back({html, made.say("console.found." + one.lead.kind)});
  }
  made.card(made.say("console.search.found", {{"n", std::to_string(found.size())}}),
            found.empty() ? "<p>" + made.say("console.search.none") + "</p>" : table({made.say("console.title"), made.say("console.list.kind")}, found));
  return made.response();
}

}  // namespace qabyl::sync::registry
