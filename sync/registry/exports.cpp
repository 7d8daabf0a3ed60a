// See exports.h.
#include "sync/registry/exports.h"

#include <cstdio>

namespace qabyl::sync::registry {
namespace {

constexpr std::size_t line_octets_max = 75;

std::string cell(std::string text) {
  const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  if (formula) text.insert(text.begin(), '\'');
  if (text.find_first_of("\",\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string ical_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c == '\n') out += "\\n";
    else if (c != '\r') out += c;
  }
  return out;
}

bool inside_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

void add_line(std::string& out, std::string_view line) {
  std::size_t room = line_octets_max;
  while (line.size() > room) {
    std::size_t cut = room;
    while (cut > 0 && inside_character(line[cut])) --cut;
    out += std::string(line.substr(0, cut)) + "\r\n ";
    line.remove_prefix(cut);
    room = line_octets_max - 1;  // the blank counts
  }
  out += std::string(line) + "\r\n";
}

std::string basic_date(core::Date day) {
  std::string out;
  for (const char c : core::iso_date(day)) out += c == '-' ? "" : std::string(1, c);
  return out;
}

std::string utc_stamp(core::Instant at) {
  const auto midnight = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(at - midnight)};
  char text[16];
  std::snprintf(text, sizeof text, "T%02d%02d%02dZ", static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return basic_date(core::Date{midnight}) + text;
}

}  // namespace

std::string csv(const std::vector<std::vector<std::string>>& rows) {
  std::string out = "\xEF\xBB\xBF";
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : ",") + cell(row[i]);
    out += "\r\n";
  }
  return out;
}

std::string icalendar(std::string_view name, const std::vector<CalendarEntry>& entries, core::Instant stamp) {
  std::string out;
  for (const char* line : {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Qabyl//registry//KK", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"}) add_line(out, line);
  add_line(out, "X-WR-CALNAME:" + ical_text(name));
  for (const auto& entry : entries) {
    add_line(out, "BEGIN:VEVENT");
    add_line(out, "UID:" + entry.uid);
    add_line(out, "DTSTAMP:" + utc_stamp(stamp));
    add_line(out, "DTSTART;VALUE=DATE:" + basic_date(entry.day));
    add_line(out, "DTEND;VALUE=DATE:" + basic_date(core::Date{std::chrono::sys_days{entry.day} + std::chrono::days{1}}));
    add_line(out, "SUMMARY:" + ical_text(entry.summary));
    if (!entry.description.empty()) add_line(out, "DESCRIPTION:" + ical_text(entry.description));
    if (!entry.url.empty()) add_line(out, "URL:" + entry.url);
    add_line(out, "TRANSP:TRANSPARENT");
    add_line(out, "END:VEVENT");
  }
  add_line(out, "END:VCALENDAR");
  return out;
}

}  // namespace qabyl::sync::registry
