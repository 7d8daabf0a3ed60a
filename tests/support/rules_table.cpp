// See rules_table.h.
#include "tests/support/rules_table.h"

#include <sstream>

namespace qabyl::rig {
namespace {

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  for (std::size_t at = line.find('|'); at != std::string_view::npos;) {
    const auto end = line.find('|', at + 1);
    if (end == std::string_view::npos) break;
    auto cell = std::string(line.substr(at + 1, end - at - 1));
    const auto first = cell.find_first_not_of(' ');
    cells.push_back(first == std::string::npos ? std::string() : cell.substr(first, cell.find_last_not_of(' ') - first + 1));
    at = end;
  }
  return cells;
}

// What stands between two of `mark`.
std::vector<std::string> between(std::string_view cell, char mark) {
  std::vector<std::string> found;
  for (std::size_t at = cell.find(mark); at != std::string_view::npos; at = cell.find(mark, at + 1)) {
    const auto end = cell.find(mark, at + 1);
    if (end == std::string_view::npos) break;
    found.emplace_back(cell.substr(at + 1, end - at - 1));
    at = end;
  }
  return found;
}

std::vector<int> numbers(const std::string& cell) {
  std::vector<int> found;
  std::istringstream words(cell);
  for (std::string word; words >> word;) found.push_back(std::stoi(word));
  return found;
}

// `file_test`: "title"; "another ..."; `other_test`: "..."
std::vector<RulesRow::Test> tests_of(std::string_view cell) {
  std::vector<RulesRow::Test> tests;
  std::string file;
  for (std::size_t at = 0; at < cell.size(); ++at) {
    if (cell[at] != '`' && cell[at] != '"') continue;
    const auto end = cell.find(cell[at], at + 1);
    if (end == std::string_view::npos) break;
    auto word = std::string(cell.substr(at + 1, end - at - 1));
    if (cell[at] == '`') file = word;
    const bool whole = !word.ends_with(" ...");
    if (cell[at] == '"') tests.push_back({file, whole ? word : word.substr(0, word.size() - 4), whole});
    at = end;
  }
  return tests;
}

}  // namespace

std::vector<RulesRow> rules_table(std::string_view text) {
  std::vector<RulesRow> rows;
  std::istringstream lines{std::string(text)};
  bool inside = false;
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.starts_with("| paragraph |")) inside = true;
    else if (!line.starts_with("|")) inside = false;
    else if (inside && !line.starts_with("|---")) {
      auto cells = cells_of(line);
      cells.resize(5);
      rows.push_back({numbers(cells[0]), cells[1], between(cells[2], '`'), tests_of(cells[3]), between(cells[4], '`'), number});
    }
  }
  return rows;
}

}  // namespace qabyl::rig
