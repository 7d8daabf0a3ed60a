// RELIABILITY 4.7 has sixty rows of bad input. tests/sync/README.md says which test plays each, and over what; here it is
// held against the sources and, in a run of all suites (tests/run), against what was run and passed.
#include <algorithm>
#include <map>

#include "tests/support/catch.h"
#include "tests/tidy/named_tests.h"
#include "tests/tidy/source_tree.h"

using namespace qabyl;

namespace {

constexpr int rows_count = 60;
constexpr const char* page = "tests/sync/README.md";

struct Played {
  int row = 0;
  std::string over, file, title;
};

std::string trimmed(std::string text) {
  text.erase(0, text.find_first_not_of(" `\""));
  text.erase(text.find_last_not_of(" `\"") + 1);
  return text;
}

// "| 12 | device | `abuse_framing_test` | row 12: ... | ... |"
std::vector<Played> table() {
  std::vector<Played> rows;
  const auto text = tidy::read_text(page);
  for (std::size_t at = text.find("\n| "); at != std::string::npos; at = text.find("\n| ", at + 1)) {
    const auto line = text.substr(at + 1, text.find('\n', at + 1) - at - 1);
    std::vector<std::string> cells;
    for (std::size_t from = 1; from < line.size();) {
      const auto end = std::min(line.find('|', from), line.size());
      cells.push_back(trimmed(line.substr(from, end - from)));
      from = end + 1;
    }
    if (cells.size() < 4 || cells[0].empty() || !std::isdigit(static_cast<unsigned char>(cells[0].front()))) continue;
    rows.push_back({std::stoi(cells[0]), cells[1], cells[2], cells[3]});
  }
  return rows;
}

// Over TLS: the file plays through one of the rigs that speak it.
bool speaks_tls(const std::string& file) {
  const auto text = tidy::read_text("tests/sync/" + file + ".cpp");
  const auto has = [&](const char* rig) { return text.find(rig) != std::string::npos; };
  return has("tests/sync/wire_line.h") || has("tests/sync/wire_rig.h") || has("tests/support/canned_server.h");
}

}  // namespace

TEST_CASE("every row of the abuse table is played by a test that exists, over TLS", "[tidy][abuse]") {
  std::map<int, int> named;
  std::string wrong;
  for (const auto& played : table()) {
    ++named[played.row];
    const auto where = std::string(page) + ", row " + std::to_string(played.row) + ": ";
    const auto titles = tidy::titles_in(played.file);
    const auto number = "row " + std::to_string(played.row);
    const auto after = played.title.find(number) == std::string::npos ? 'x' : played.title[played.title.find(number) + number.size()];
    if (after != ':' && after != ' ') wrong += where + "its test does not name it\n";
    if (std::find(titles.begin(), titles.end(), played.title) == titles.end()) wrong += where + played.file + ": no test \"" + played.title + "\"\n";
    if (!speaks_tls(played.file)) wrong += where + played.file + " speaks no TLS\n";
    if (played.over != "device" && played.over != "console" && played.over != "kiosk") wrong += where + "over what?\n";
  }
  for (int row = 1; row <= rows_count; ++row) {
    if (named[row] == 0) wrong += "row " + std::to_string(row) + " is played by no test\n";
  }
  CHECK(wrong == "");
}

TEST_CASE("every test of the abuse table was run and passed", "[tidy][abuse]") {
  const auto passed = tidy::passed_tests();
  if (!passed) {
    WARN("SKIP: not in a run of all suites: tests/run says which tests have passed");
    return;
  }
  std::string wrong;
  for (const auto& played : table()) {
    if (std::find(passed->begin(), passed->end(), played.title) == passed->end()) wrong += "row " + std::to_string(played.row) + ": not run, or not passed\n";
  }
  CHECK(wrong == "");
}
