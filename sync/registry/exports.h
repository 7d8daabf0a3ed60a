// Lists that leave the console: CSV (RFC 4180) and iCalendar (RFC 5545), as text from values. Knows no store.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/civil_time.h"

namespace qabyl::sync::registry {

// Rows of cells with CRLF, quoted where it must be; a cell that a spreadsheet would take for a formula gets an
// apostrophe in front (O7). Begins with a byte order mark, without which spreadsheets misread Kazakh.
std::string csv(const std::vector<std::vector<std::string>>& rows);

struct CalendarEntry {
  std::string uid;             // stable: the same term keeps it
  core::Date day{};            // a whole day
  std::string summary, description, url;
};
// One VCALENDAR; `stamp` is when it was made. Lines are folded at 75 octets and never inside a character.
std::string icalendar(std::string_view name, const std::vector<CalendarEntry>& entries, core::Instant stamp);

}  // namespace qabyl::sync::registry
