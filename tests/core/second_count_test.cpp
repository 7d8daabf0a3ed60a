// A second implementation of the calendar and of every term, brute force: it reads the asset bytes by itself, numbers the
// days by walking them, and shares no code with core. Equal to core on every day of 2004 to 2027, for every term of both
// profiles (issue of the whole Rules, "How it is proved").
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "core/deadline.h"
#include "tests/core/assets.h"
#include "tests/support/places.h"

using namespace qabyl;

namespace {

// Days by number: 0 is 1 January 2002, a Tuesday.
struct Day { int year, month, day; };
constexpr int first_year = 2002, last_year = 2031, tuesday = 1;

class Days {
 public:
  Days() {
    for (int year = first_year; year <= last_year; ++year) {
      for (int month = 1; month <= 12; ++month) {
        for (int day = 1; day <= length(year, month); ++day) {
          numbers_[name(year, month, day)] = static_cast<int>(all_.size());
          all_.push_back({year, month, day});
        }
      }
    }
  }
  static int length(int year, int month) {
    if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }
  static std::string name(int year, int month, int day) {
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    return text;
  }
  std::string name(int number) const { return name(at(number).year, at(number).month, at(number).day); }
  const Day& at(int number) const { return all_.at(static_cast<std::size_t>(number)); }
  int number(const std::string& iso) const { return numbers_.at(iso); }
  bool weekend(int number) const { return (number + tuesday) % 7 >= 5; }
  int count() const { return static_cast<int>(all_.size()); }

 private:
  std::vector<Day> all_;
  std::map<std::string, int> numbers_;
};

std::vector<std::string> parts(const std::string& line, char mark) {
  std::vector<std::string> found;
  std::string part;
  for (const char c : line) {
    if (c == mark) found.push_back(std::exchange(part, {}));
    else part += c;
  }
  found.push_back(part);
  return found;
}

std::string bytes_of(const std::string& asset) {
  std::ifstream file(qabyl::test::in_source("/assets/") + asset);
  std::ostringstream all;
  all << file.rdbuf();
  return all.str();
}

// RULES.md d2: weekends; holidays, which move on when they fall on one; Kurban Ait; days off moved by order.
class SecondCalendar {
 public:
  SecondCalendar() {
    std::istringstream lines(bytes_of("calendar/kz.csv"));
    std::map<int, bool> holidays;  // day -> whether it is carried over
    std::vector<std::pair<int, int>> moved;
    for (std::string line; std::getline(lines, line);) {
      const auto words = parts(line, ';');
      if (words[0] == "fixed") {
        const int to = words[3].empty() ? last_year : std::stoi(words[3]);
        for (int year = std::max(first_year, std::stoi(words[2])); year <= std::min(to, last_year); ++year) {
          holidays[days.number(std::to_string(year) + "-" + words[1])] = words[4] == "1";
        }
      }
      if (words[0] == "kurban" && words[2] != "info") holidays.emplace(days.number(words[1]), false);
      if (words[0] == "moved") moved.emplace_back(days.number(words[1]), days.number(words[2]));
    }
    for (int n = 0; n < days.count(); ++n) off_.push_back(days.weekend(n) || holidays.contains(n));
    for (const auto& [day, carried] : holidays) {
      if (!carried || !days.weekend(day)) continue;
      int next = day;
      while (off_[static_cast<std::size_t>(next)]) ++next;
      off_[static_cast<std::size_t>(next)] = true;
    }
    for (const auto& [day, worked] : moved) {
      off_[static_cast<std::size_t>(day)] = true;
      off_[static_cast<std::size_t>(worked)] = false;
    }
  }
  bool works(int day) const { return !off_.at(static_cast<std::size_t>(day)); }

  Days days;

 private:
  std::vector<bool> off_;
};

struct SecondTerm { std::string id, unit; int length = 0; bool rolls = false; };

// Just so much TOML as the profiles use: [section], [[deadlines]], key = value, comments.
class SecondProfile {
 public:
  explicit SecondProfile(const std::string& id) {
    std::istringstream lines(bytes_of("rules/" + id + ".toml"));
    std::string section;
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("[[")) {
        section = line.substr(2, line.find(']') - 2);
        if (section == "deadlines") raw_.emplace_back();
      } else if (line.starts_with("[")) {
        section = line.substr(1, line.find(']') - 1);
      } else if (const auto equals = line.find(" = "); equals != std::string::npos && line[0] != '#') {
        const std::string key = line.substr(0, equals), value = value_in(line.substr(equals + 3));
        if (section == "deadlines") raw_.back()[key] = value;
        else if (line[equals + 3] == '{') inline_table(section + "." + key, line.substr(equals + 4, line.find('}') - equals - 4));
        else settings_[section.empty() ? key : section + "." + key] = value;
      }
    }
  }
  std::vector<SecondTerm> terms() const {
    std::vector<SecondTerm> found;
    for (const auto& raw : raw_) {
      found.push_back({raw.at("id"), named(raw.at("unit")), std::stoi(named(raw.at("length"))), named(raw.at("rolls")) == "true"});
    }
    return found;
  }

 private:
  void inline_table(const std::string& name, const std::string& members) {
    for (const auto& member : parts(members, ',')) {
      const auto begin = member.find_first_not_of(' '), equals = member.find(" = ");
      settings_[name + "." + member.substr(begin, equals - begin)] = value_in(member.substr(equals + 3));
    }
  }
  static std::string value_in(const std::string& text) {
    if (text.starts_with("\"")) return text.substr(1, text.find('"', 1) - 1);
    return text.substr(0, text.find_first_of(" #"));
  }
  std::string named(const std::string& value) const {
    const auto found = settings_.find(value);
    return found == settings_.end() ? value : found->second;
  }
  std::vector<std::map<std::string, std::string>> raw_;
  std::map<std::string, std::string> settings_;
};

int due(const SecondTerm& term, int base, const SecondCalendar& calendar) {
  int day = base;
  if (term.unit == "working_days") {
    for (int left = term.length; left > 0;) left -= calendar.works(++day) ? 1 : 0;
  } else if (term.unit == "calendar_days") {
    day += term.length;
  } else {
    const auto& from = calendar.days.at(base);
    const int months = from.year * 12 + from.month - 1 + term.length, year = months / 12, month = months % 12 + 1;
    day = calendar.days.number(Days::name(year, month, std::min(from.day, Days::length(year, month))));
  }
  while (term.rolls && term.length > 0 && !calendar.works(day)) ++day;
  return day;
}

core::Date core_date(const Day& day) {
  return {std::chrono::year{day.year}, std::chrono::month{static_cast<unsigned>(day.month)}, std::chrono::day{static_cast<unsigned>(day.day)}};
}

}  // namespace

TEST_CASE("a calendar read from the asset's bytes by other code knows the same working days, each day of 2004 to 2027", "[core][calendar][second]") {
  const SecondCalendar second;
  const auto first = test::calendar();
  std::string differ;
  std::map<int, int> worked;
  for (int day = second.days.number("2004-01-01"); day <= second.days.number("2027-12-31"); ++day) {
    worked[second.days.at(day).year] += second.works(day) ? 1 : 0;
    if (first.is_working(core_date(second.days.at(day))) != second.works(day)) differ += second.days.name(day) + " ";
  }
  CHECK(differ == "");
  const std::map<int, int> golden{{2004, 252}, {2005, 250}, {2007, 250}, {2009, 249}, {2012, 247}, {2014, 245}, {2018, 246}, {2020, 246}, {2022, 246}, {2024, 249}, {2026, 247}};
  for (const auto& [year, days] : golden) CHECK(worked[year] == days);
}

TEST_CASE("every term of both profiles ends on the day that other code counts, from each day of 2004 to 2027", "[core][deadline][second]") {
  const SecondCalendar second;
  const auto table = test::calendar();
  std::string differ;
  int compared = 0, terms = 0;
  for (const char* id : {"kz-2004-249", "kz-current"}) {
    const auto rules = test::profile(id);
    for (const auto& term : SecondProfile(id).terms()) {
      if (term.unit == "stated") continue;
      ++terms;
      for (int base = second.days.number("2004-01-01"); base <= second.days.number("2027-12-31"); ++base) {
        const auto counted = core::count_term(rules, term.id, core_date(second.days.at(base)), table);
        ++compared;
        const auto expected = second.days.name(due(term, base, second));
        if (counted && core::iso_date(counted->due) == expected) continue;
        if (differ.size() < 2'000) differ += term.id + " from " + second.days.name(base) + ": " + (counted ? core::iso_date(counted->due) : "nothing") + ", not " + expected + "\n";
      }
    }
  }
  CHECK(differ == "");
  CHECK(terms >= 20);
  CHECK(compared == terms * 8766);
}
