// Reads an iCalendar file as RFC 5545 has it, strictly: a second reading of what the console exports, sharing no code with
// it. For tests only.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace qabyl::test {

struct CalendarFile {
  struct Event {
    std::map<std::string, std::string> text;  // property -> value, unescaped; DTSTART and DTEND as they stand
  };
  std::string name;
  std::vector<Event> events;
  std::string wrong;                          // the first thing that no calendar program need accept; "" nothing
};

class CalendarReader {
 public:
  static CalendarFile read(std::string_view bytes) {
    CalendarReader reader;
    if (reader.unfold(bytes)) reader.components();
    return std::move(reader.file_);
  }

 private:
  static constexpr std::size_t line_octets_max = 75;
  struct Line { std::string name, value; std::vector<std::string> parameters; };

  bool fail(std::string why) {
    if (file_.wrong.empty()) file_.wrong = std::move(why);
    return false;
  }

  // 3.1: lines end with CRLF, are at most 75 octets, and go on after a blank.
  bool unfold(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto end = bytes.find("\r\n");
      if (end == std::string_view::npos) return fail("the last line does not end");
      const auto line = bytes.substr(0, end);
      bytes.remove_prefix(end + 2);
      if (line.size() > line_octets_max) return fail("a line is too long");
      if (line.empty()) return fail("an empty line");
      for (const char c : line) {
        if (static_cast<unsigned char>(c) < 0x20 && c != '\t') return fail("a control character");
      }
      const bool goes_on = line.front() == ' ' || line.front() == '\t';
      if (goes_on && lines_.empty()) return fail("the first line goes on");
      if (goes_on) lines_.back() += line.substr(1);
      else lines_.emplace_back(line);
    }
    return true;
  }

  // contentline = name *(";" param) ":" value
  static Line parsed(const std::string& text) {
    Line line;
    std::size_t at = 0;
    const auto word = [&] {
      const auto from = at;
      while (at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) || text[at] == '-')) ++at;
      return text.substr(from, at - from);
    };
    line.name = word();
    while (at < text.size() && text[at] == ';') {
      const auto from = ++at;
      while (at < text.size() && text[at] != ';' && text[at] != ':') ++at;
      line.parameters.push_back(text.substr(from, at - from));
    }
    if (at < text.size() && text[at] == ':') line.value = text.substr(at + 1);
    else line.name.clear();
    return line;
  }

  // 3.3.11: a backslash, a semicolon and a comma are escaped, a line end is \n; nothing else is.
  bool unescape(const std::string& value, std::string& out) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (value[i] == ',' || value[i] == ';') return fail("not escaped: " + value);
      if (value[i] != '\\') {
        out += value[i];
        continue;
      }
      const char next = ++i < value.size() ? value[i] : '\0';
      if (next == 'n' || next == 'N') out += '\n';
      else if (next == '\\' || next == ';' || next == ',') out += next;
      else return fail("an escape that is none: " + value);
    }
    return true;
  }

  static bool digits(std::string_view text, std::size_t count) {
    return text.size() == count && text.find_first_not_of("0123456789") == std::string_view::npos;
  }

  bool property(const Line& line, CalendarFile::Event& event) {
    if (event.text.count(line.name) != 0) return fail(line.name + " twice in one event");
    auto& value = event.text[line.name];
    if (line.name == "DTSTART" || line.name == "DTEND") {
      value = line.value;
      const bool is_date = line.parameters == std::vector<std::string>{"VALUE=DATE"} && digits(line.value, 8);
      return is_date || fail(line.name + " is no date: " + line.value);
    }
    if (line.name == "DTSTAMP") {
      value = line.value;
      const bool is_utc = line.parameters.empty() && line.value.size() == 16 && digits(std::string_view(line.value).substr(0, 8), 8) && line.value[8] == 'T' &&
                          digits(std::string_view(line.value).substr(9, 6), 6) && line.value[15] == 'Z';
      return is_utc || fail("DTSTAMP is no instant of UTC: " + line.value);
    }
    return unescape(line.value, value);
  }

  // 3.6.1: who must be there, and once. A UID that stands twice makes a program show one of the two.
  bool whole(const CalendarFile::Event& event) {
    for (const char* must : {"UID", "DTSTAMP", "DTSTART", "SUMMARY"}) {
      if (event.text.count(must) == 0 || event.text.at(must).empty()) return fail(std::string("an event without ") + must);
    }
    if (event.text.count("DTEND") != 0 && event.text.at("DTEND") <= event.text.at("DTSTART")) return fail("an event ends before it starts");
    return uids_.insert(event.text.at("UID")).second || fail("UID twice: " + event.text.at("UID"));
  }

  bool components() {
    std::set<std::string> of_calendar;
    std::string open;
    CalendarFile::Event event;
    for (const auto& text : lines_) {
      const auto line = parsed(text);
      if (line.name.empty()) return fail("no content line: " + text);
      if (done_) return fail("something after the end");
      if (line.name == "BEGIN") {
        const bool nested = (open.empty() && line.value == "VCALENDAR") || (open == "VCALENDAR" && line.value == "VEVENT");
        if (!nested) return fail("BEGIN:" + line.value + " within " + open);
        open = line.value;
        event = {};
      } else if (line.name == "END") {
        if (line.value != open) return fail("END:" + line.value + " of " + open);
        if (open == "VEVENT" && !whole(event)) return false;
        if (open == "VEVENT") file_.events.push_back(event);
        done_ = open == "VCALENDAR";
        open = open == "VEVENT" ? "VCALENDAR" : "";
      } else if (open == "VEVENT") {
        if (!property(line, event)) return false;
      } else if (open == "VCALENDAR") {
        if (!of_calendar.insert(line.name).second) return fail(line.name + " twice");
        if (line.name == "VERSION" && line.value != "2.0") return fail("VERSION " + line.value);
        if (line.name == "X-WR-CALNAME" && !unescape(line.value, file_.name)) return false;
      } else {
        return fail("outside of a calendar: " + text);
      }
    }
    if (of_calendar.count("PRODID") == 0 || of_calendar.count("VERSION") == 0) return fail("a calendar without PRODID or VERSION");
    return done_ || fail("no end");
  }

  std::vector<std::string> lines_;
  std::set<std::string> uids_;
  bool done_ = false;
  CalendarFile file_;
};

}  // namespace qabyl::test
