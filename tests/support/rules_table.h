// The table of core/README.md: paragraph, duty, file, tests, screens and forms. One reader for the tests that check it
// (tests/tidy) and for the tour, which opens what it names. Paths are the caller's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace qabyl::rig {

struct RulesRow {
  std::vector<int> paragraphs;       // "21, 22" is two
  std::string duty;                  // with ids: R21.1
  std::vector<std::string> files;    // below core/, without ending
  struct Test { std::string file, title; bool whole = true; };  // title: whole, or its beginning
  std::vector<Test> tests;
  std::vector<std::string> screens;  // kiosk:<screen>, console:<form>; nothing for a duty that nobody does at a screen
  std::size_t line = 0;
};

// Rows of the one table of `text` whose head begins with "| paragraph |".
std::vector<RulesRow> rules_table(std::string_view text);

}  // namespace qabyl::rig
