// The console's lists: what waits for the office, all cases, all kiosks. See console.h.
#include "sync/registry/console/console.h"

#include <algorithm>

namespace qabyl::sync::registry {
namespace {

constexpr core::Millis silent_after{10 * 60 * 1000};
constexpr std::size_t newest_shown = 8;

bool in_contact(const KioskLine& line, core::Instant now) { return line.device.last_contact && now - *line.device.last_contact < silent_after; }

std::int64_t in_state(const std::vector<CaseLine>& lines, std::string_view state) {
  return std::count_if(lines.begin(), lines.end(), [&](const CaseLine& line) { return line.state == state; });
}

Look look_of(std::string_view state) {
  if (state == "submitted" || state == "notice_copy_returned" || state == "assignment_registered") return Look::warn;  // our turn
  return state == "registered" || state == "notice_filed" ? Look::ok : Look::plain;
}

}  // namespace

std::string Console::case_table(const Page& page, const Visit& visit, const std::vector<CaseLine>& lines) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& line : lines) {
    const auto number = line.number.empty() ? page.say("console.nonumber") : escaped(line.number);
    rows.push_back({link("/case/" + line.id, escaped(line.title)) + "<small>" + page.say("console.kind." + line.kind) + ", " + number + "</small>",
                    tag(look_of(line.state), page.say("console.state." + line.state)), when(visit, line.opened),
                    escaped(line.device == "registry" ? std::string() : line.device), std::to_string(line.records)});
  }
  if (rows.empty()) return "<p>" + page.say("console.nothing") + "</p>";
  return table({page.say("console.title"), page.say("console.state"), page.say("console.opened"), page.say("console.device"), page.say("console.records")}, rows);
}

// A silent kiosk's queue is unknown, not zero (DESIGN 11).
std::string Console::kiosk_table(const Page& page, const Visit& visit, const std::vector<KioskLine>& lines) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& line : lines) {
    const bool here = in_contact(line, visit.now);
    const auto contact = line.device.last_contact ? when(visit, *line.device.last_contact) : page.say("console.silent");
    const bool revoked = line.device.state == "revoked";
    rows.push_back({escaped(line.device.device) + "<small>" + escaped(line.device.place.in(visit.language)) + "</small>", contact,
                    here ? std::to_string(line.waiting) : page.say("console.unknown"), std::to_string(line.open_uploads), std::to_string(line.quarantined),
                    revoked ? tag(Look::bad, page.say("console.kiosk.revoked")) : here ? tag(Look::ok, page.say("console.kiosk.well"))
                                                                                      : tag(Look::warn, page.say("console.kiosk.quiet"))});
  }
  return table({page.say("console.device"), page.say("console.contact"), page.say("console.waiting"), page.say("console.uploads"), page.say("console.held"), page.say("console.state")}, rows);
}

Response Console::home(const Visit& visit) {
  auto made = page(visit, Section::home);
  const auto today = registry_.assets.zone.local(visit.now).date;
  const auto& texts = registry_.assets.texts;
  made.title(made.say("console.hello", {{"name", visit.session->name}}),
             escaped(core::format_date(texts, visit.language, today) + ", " + core::format_weekday(texts, visit.language, today)));
  const auto lines = case_lines(registry_, "", view_rows_max);
  const auto devices = kiosk_lines(registry_);
  if (!lines || !devices) return made.problem(made.say("console.failed")).response(500);
  const auto silent = std::count_if(devices->begin(), devices->end(), [&](const KioskLine& line) { return !in_contact(line, visit.now); });
  const auto to_register = in_state(*lines, "submitted"), to_mark = in_state(*lines, "notice_sent"), to_file = in_state(*lines, "notice_copy_returned");
  made.open("stats");
  made.stat(to_register, made.say("console.stat.register"), made.say("console.side.us"), to_register > 0 ? Look::warn : Look::plain);
  made.stat(to_mark, made.say("console.stat.mark"), made.say("console.side.bureau"), Look::plain);
  made.stat(to_file, made.say("console.stat.file"), made.say("console.side.us"), to_file > 0 ? Look::warn : Look::plain);
  made.stat(static_cast<std::int64_t>(devices->size()) - silent, made.say("console.stat.kiosks"), made.say("console.stat.silent", {{"n", std::to_string(silent)}}),
            silent > 0 ? Look::bad : Look::plain);
  made.close();
  const std::vector<CaseLine> newest(lines->begin(), lines->begin() + static_cast<std::ptrdiff_t>(std::min(newest_shown, lines->size())));
  made.card(made.say("console.newest"), case_table(made, visit, newest));
  made.card(made.say("console.kiosks.h"), kiosk_table(made, visit, *devices));
  return made.response();
}

Response Console::cases(const Visit& visit) {
  auto made = page(visit, Section::cases);
  made.title(made.say("console.cases"));
  const auto lines = case_lines(registry_, "", view_rows_max);
  if (!lines) return made.problem(made.say("console.failed")).response(500);
  return made.card(made.say("console.newest"), case_table(made, visit, *lines)).response();
}

Response Console::kiosks(const Visit& visit) {
  auto made = page(visit, Section::kiosks);
  made.title(made.say("console.kiosks"));
  const auto lines = kiosk_lines(registry_);
  if (!lines) return made.problem(made.say("console.failed")).response(500);
  return made.card(made.say("console.kiosks.h"), kiosk_table(made, visit, *lines)).response();
}

}  // namespace qabyl::sync::registry
