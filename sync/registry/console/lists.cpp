// The console's lists: what waits for the office, cases page by page, kiosks. See console.h.
#include "sync/registry/console/console.h"

#include <algorithm>

#include "core/deadline.h"
#include "core/encoding.h"
#include "sync/log/checkpoint.h"
#include "sync/registry/console/ahead.h"
#include "sync/registry/office_profiles.h"

namespace qabyl::sync::registry {
namespace {

constexpr core::Millis silent_after{10 * 60 * 1000};
constexpr std::size_t newest_shown = 8, nearest_shown = 6;

std::int64_t open_cases(const std::vector<std::pair<std::string, std::int64_t>>& counts) {
  std::int64_t open = 0;
  for (const auto& [state, n] : counts) open += is_over(state) ? 0 : n;
  return open;
}

std::int64_t our_turn(const std::vector<std::pair<std::string, std::int64_t>>& counts) {
  std::int64_t ours = 0;
  for (const auto& [state, n] : counts) ours += turn_of(state) == Turn::office ? n : 0;
  return ours;
}

bool is_one_of(std::string_view state, std::initializer_list<std::string_view> states) { return std::find(states.begin(), states.end(), state) != states.end(); }

// How many stand behind a tab of the list of cases: those that are open, by what their state says they are.
std::int64_t behind_tab(std::string_view tab, const std::vector<std::pair<std::string, std::int64_t>>& counts) {
  if (tab == "us") return our_turn(counts);
  std::int64_t count = 0;
  for (const auto& [state, n] : counts) {
    const bool application = is_one_of(state, {"submitted", "registered", "incomplete", "complete", "under_examination", "granted"});
    const bool licence = is_one_of(state, {"entered", "active", "suspended", "suspension_sent", "suspension_proposed", "end_proposed"});
    const bool wanted = tab.empty() || (tab == "application" ? application : !application && !licence);
    count += wanted && !is_over(state) ? n : 0;
  }
  return count;
}

// The evidence log as this registry signed it last: where nothing contradicts it (picture 20).
std::string log_line(const Page& page, Registry& registry, const std::string& newest_at) {
  const auto note = log::parse_note(registry.log.checkpoint());
  const auto checkpoint = note ? log::parse_checkpoint(note->text) : core::Result<log::Checkpoint>(note.error());
  if (!checkpoint || !registry.log.refusal().empty()) return {};
  const auto root = core::to_hex(checkpoint->root);
  const std::string ends = root.substr(0, 4) + " " + root.substr(4, 4) + " … " + root.substr(root.size() - 4);
  return "<p class=\"card logline\"><b>" + page.say("console.log.whole") + "</b> " + page.say("console.log.root", {{"n", std::to_string(checkpoint->size)}, {"time", newest_at}}) + " <code>" + ends + "</code></p>";
}

Look look_of(std::string_view state) {
  if (turn_of(state) == Turn::office) return Look::warn;
  return state == "form_issued" || state == "active" ? Look::ok : Look::plain;
}

std::string_view side_of(std::string_view state) {
  switch (turn_of(state)) {
    case Turn::office: return "console.side.us";
    case Turn::bureau: return "console.side.bureau";
    case Turn::applicant: return "console.side.applicant";
    case Turn::nobody: break;
  }
  return "console.side.nobody";
}

// "1763888328000.<id>": older than that case; by terms "2026-12-01.<id>": after it.
void start_after(CaseQuery& query, std::string_view cursor) {
  const auto dot = cursor.find('.');
  if (dot == std::string_view::npos) return;
  const core::Id id(cursor.substr(dot + 1));
  if (!core::valid_id(id)) return;
  if (query.by_term) {
    if (!core::parse_iso_date(cursor.substr(0, dot))) return;
    query.after_due = cursor.substr(0, dot);
    query.before_id = id;
    return;
  }
  const auto time = parse_decimal(cursor.substr(0, dot));
  if (!time) return;
  query.before_time = core::Instant{core::Millis{static_cast<std::int64_t>(*time)}};
  query.before_id = id;
}

std::string cursor_of(const CaseLine& line, bool by_term) {
  return (by_term ? line.next_due : std::to_string(line.opened.time_since_epoch().count())) + "." + line.id;
}

// What of the address goes on to the next page, to the file and to the other order: "&show=us&named=O-1".
std::string kept_of(const Request& request, std::initializer_list<const char*> names) {
  std::string kept;
  for (const char* name : names) {
    const auto value = request.query(name);
    if (!value.empty()) kept += "&" + std::string(name) + "=" + percent_encoded(value);
  }
  return kept;
}

std::string address(const std::string& path, const std::string& kept) { return kept.empty() ? path : path + "?" + kept.substr(1); }

std::string tab_link(const std::string& href, bool current, std::string_view html) {
  return "<a href=\"" + escaped(href) + "\"" + (current ? " aria-current=\"page\"" : "") + ">" + std::string(html) + "</a>";
}

}  // namespace

bool in_contact(const DeviceRow& device, core::Instant now) { return device.last_contact && now - *device.last_contact < silent_after; }

// How near, on what day, of what.
std::string Console::next_term(const Page& page, const Visit& visit, const CaseLine& line) const {
  const auto due = core::parse_iso_date(line.next_due);
  if (!due) return {};
  const core::TermRule* rule = profile_named(registry_, line.next_profile).term(line.next_term);
  const std::string what = rule != nullptr ? core::say_term(*rule, registry_.assets.texts, visit.language) : line.next_term;
  return nearness(page, *due, registry_.assets.zone.local(visit.now).date) + "<small>" + escaped(page.day(line.next_due)) + "</small><small>" + escaped(what) + "</small>";
}

std::string Console::case_table(const Page& page, const Visit& visit, const std::vector<CaseLine>& lines) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& line : lines) {
    const auto number = line.number.empty() ? page.say("console.nonumber") : escaped(line.number);
    rows.push_back({link("/case/" + line.id, escaped(line.title)) + "<small>" + page.say("console.kind." + line.kind) + ", " + number + "</small>",
                    tag(look_of(line.state), page.say("console.state." + line.state)), page.say(side_of(line.state)), next_term(page, visit, line), when(visit, line.opened),
                    escaped(line.device == "registry" ? std::string() : line.device)});
  }
  if (rows.empty()) return "<p>" + page.say("console.nothing") + "</p>";
  return table({page.say("console.title"), page.say("console.state"), page.say("console.turn"), page.say("console.term.next"), page.say("console.opened"), page.say("console.device")}, rows);
}

// A silent kiosk's queue is unknown, not zero (DESIGN 11). `short_one`: without what is under way and what is held.
std::string Console::kiosk_table(const Page& page, const Visit& visit, const std::vector<KioskLine>& lines, bool short_one) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& line : lines) {
    const bool here = in_contact(line.device, visit.now);
    const auto contact = line.device.last_contact ? when(visit, *line.device.last_contact) : page.say("console.silent");
    const bool revoked = line.device.state == "revoked";
    std::vector<std::string> row{link("/kiosk?device=" + percent_encoded(line.device.device), escaped(line.device.device)) + "<small>" + escaped(line.device.place.in(visit.language)) + "</small>", contact,
                                 here ? std::to_string(line.waiting) : page.say("console.unknown")};
    if (!short_one) row.insert(row.end(), {std::to_string(line.open_uploads), std::to_string(line.quarantined), log_cell(page, visit, line.seen, line.fork)});
    row.push_back(revoked ? tag(Look::bad, page.say("console.kiosk.revoked")) : short_one && line.fork ? tag(Look::bad, page.say("console.log.fork")) : here ? tag(Look::ok, page.say("console.kiosk.well")) : tag(Look::warn, page.say("console.kiosk.quiet")));
    rows.push_back(std::move(row));
  }
  std::vector<std::string> headings{page.say("console.device"), page.say("console.contact"), page.say("console.waiting")};
  if (!short_one) headings.insert(headings.end(), {page.say("console.uploads"), page.say("console.held"), page.say("console.log")});
  headings.push_back(page.say("console.state"));
  return table(headings, rows);
}

// What is late, what ends today, what waits for the office. Under each number the first of them.
void Console::case_stats(Page& page, const Visit& visit, const std::vector<std::pair<std::string, std::int64_t>>& counts, const std::vector<TermLine>& terms) const {
  const auto named = named_in_lists(*visit.session);
  const auto today = core::iso_date(registry_.assets.zone.local(visit.now).date);
  const auto overdue = terms_due(registry_, named, visit.now - std::chrono::hours{24});
  const auto until_today = terms_due(registry_, named, visit.now);
  const auto first = [&](bool late) {
    const auto found = std::find_if(terms.begin(), terms.end(), [&](const TermLine& one) { return late ? one.due < today : one.due == today; });
    return found == terms.end() ? page.say("console.stat.none") : escaped(found->title);
  };
  page.stat(overdue, page.say("console.stat.overdue"), first(true), overdue > 0 ? Look::bad : Look::plain);
  page.stat(until_today - overdue, page.say("console.stat.today"), first(false), until_today > overdue ? Look::warn : Look::plain);
  page.stat(our_turn(counts), page.say("console.stat.turn"), page.say("console.stat.of_open", {{"n", std::to_string(open_cases(counts))}}), Look::plain);
}

Response Console::home(const Visit& visit) {
  auto made = page(visit, Section::home);
  const auto today = registry_.assets.zone.local(visit.now).date;
  const auto& texts = registry_.assets.texts;
  const bool sees_cases = reach(visit.session->role) != Reach::none;
  const auto named = named_in_lists(*visit.session);
  made.title(made.say("console.hello", {{"name", visit.session->name}}),
             escaped(core::format_date(texts, visit.language, today) + ", " + core::format_weekday(texts, visit.language, today)));
  CaseQuery newest;
  newest.named = named;
  newest.rows_max = newest_shown;
  const auto counts = case_counts(registry_, named);
  const auto lines = case_lines(registry_, newest);
  auto terms = term_lines(registry_, named);
  const auto devices = kiosk_lines(registry_);
  if (!counts || !lines || !terms || !devices) return made.problem(made.say("console.failed")).response(500);
  tell_log_trouble(made, visit);
  made.open("stats");
  if (sees_cases) case_stats(made, visit, *counts, *terms);
  const auto silent = std::count_if(devices->begin(), devices->end(), [&](const KioskLine& line) { return !in_contact(line.device, visit.now); });
  made.stat(static_cast<std::int64_t>(devices->size()) - silent, made.say("console.stat.kiosks"), made.say("console.stat.silent", {{"n", std::to_string(silent)}}),
            silent > 0 ? Look::bad : Look::plain);
  made.close();
  tell_backup(made, visit);
  if (!sees_cases) return made.card(made.say("console.kiosks.h"), kiosk_table(made, visit, *devices)).response();
  if (terms->size() > nearest_shown) terms->resize(nearest_shown);
  made.open("halves");
  made.card(made.say("console.terms.near"), term_table(made, visit, *terms) + "<p class=\"bar\">" + link("/terms", made.say("console.stat.all_terms")) + "</p>");
  made.card(made.say("console.kiosks.h"), kiosk_table(made, visit, *devices, true));
  made.close();
  made.card(made.say("console.newest"), case_table(made, visit, *lines));
  const auto newest_leaf = registry_.database.integer("SELECT at FROM log_leaves ORDER BY idx DESC LIMIT 1", 0);
  if (newest_leaf) made.add(log_line(made, registry_, core::format_time(registry_.assets.zone.local(core::Instant{core::Millis{*newest_leaf}}))));
  return made.response();
}

CaseQuery Console::case_query(const Visit& visit, std::size_t rows_max) const {
  const std::string_view shown = visit.request.query("show");
  CaseQuery query;
  query.named = named_in_lists(*visit.session);
  if (query.named.empty()) query.named = visit.request.query("named");  // who sees all may look at one officer's
  query.bureau = visit.request.query("bureau");
  query.our_turn = shown == "us";
  query.kind = shown == "application" || shown == "inspection" ? std::string(shown) : std::string();
  query.rows_max = rows_max;
  query.by_term = visit.request.query("sort") == "term";
  start_after(query, visit.request.query("before"));
  return query;
}

Response Console::cases(const Visit& visit) {
  if (reach(visit.session->role) == Reach::none) return forbidden(visit);
  auto made = page(visit, Section::cases);
  const std::string_view shown = visit.request.query("show");
  const std::string about = std::string(visit.request.query("bureau")) + std::string(visit.request.query("named"));  // of one bureau, of one officer
  if (!about.empty() && !noted(visit, "list.read", "cases " + about)) return made.problem(made.say("console.failed")).response(500);
  auto lines = case_lines(registry_, case_query(visit, page_rows + 1));  // one more: is there an older page?
  const auto counts = case_counts(registry_, named_in_lists(*visit.session));
  if (!lines || !counts) return made.problem(made.say("console.failed")).response(500);
  std::string tabs = "<div class=\"tabs\">";
  for (const char* one : {"", "us", "application", "inspection"}) {
    const std::string name(one);
    tabs += tab_link(address("/cases", (name.empty() ? name : "&show=" + name) + kept_of(visit.request, {"sort"})), shown == name, made.say("console.show." + (name.empty() ? std::string("all") : name)) + " " + std::to_string(behind_tab(name, *counts)));
  }
  const bool by_term = visit.request.query("sort") == "term";
  const auto filter = kept_of(visit.request, {"show", "bureau", "named"});
  made.title(made.say("console.cases"), made.say(by_term ? "console.sort.term.now" : "console.sort.newest.now", {{"n", std::to_string(open_cases(*counts))}}) + " " +
                                            link(address("/cases", by_term ? filter : filter + "&sort=term"), made.say(by_term ? "console.sort.newest" : "console.sort.term")));
  made.add(tabs + "</div>");
  const bool more = lines->size() > page_rows;
  if (more) lines->pop_back();
  made.card(made.say("console.list"), case_table(made, visit, *lines));
  const auto kept = kept_of(visit.request, {"show", "bureau", "named", "sort"});
  const std::string next = more ? link("/cases?before=" + cursor_of(lines->back(), by_term) + kept, made.say(by_term ? "console.later" : "console.older")) : std::string();
  made.add("<p class=\"bar\">" + next + link(address("/cases.csv", kept), made.say("console.export.csv")) + "</p>");
  return made.response();
}

Response Console::kiosks(const Visit& visit) {
  auto made = page(visit, Section::kiosks);
  made.title(made.say("console.kiosks"));
  tell_log_trouble(made, visit);
  const auto lines = kiosk_lines(registry_);
  if (!lines) return made.problem(made.say("console.failed")).response(500);
  made.card(made.say("console.kiosks.h"), kiosk_table(made, visit, *lines));
  if (may(visit.session->role, Power::carry_courier)) made.card(made.say("console.courier.h"), "<p>" + made.say("console.courier.sub") + "</p><p>" + link("/courier", made.say("console.courier.open")) + "</p>");
  return made.response();
}

}  // namespace qabyl::sync::registry
