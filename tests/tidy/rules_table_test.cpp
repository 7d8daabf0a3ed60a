// The Rules are carried out whole, and the table of core/README.md says where: all thirty paragraphs, every duty of
// RULES.md, each with a file that exists, tests that stand in the sources and, in a run of all suites (tests/run), were
// run and passed, and screens and forms that exist. That the tour opens them, the tour checks.
#include <algorithm>
#include <map>
#include <set>

#include "tests/support/catch.h"
#include "tests/support/rules_table.h"
#include "tests/tidy/named_tests.h"
#include "tests/tidy/source_tree.h"

using namespace qabyl;

namespace {

constexpr int paragraphs_count = 30;

// Duties by paragraph: R<paragraph>.1 ... R<paragraph>.<count> (RULES.md, section a).
const std::map<int, int> duties{{1, 1},  {2, 1},  {3, 1},  {4, 2},  {5, 1},  {6, 1},  {7, 3},  {8, 1},  {9, 3},  {10, 3},
                                {11, 1}, {12, 4}, {13, 2}, {14, 3}, {15, 1}, {16, 2}, {17, 2}, {18, 1}, {19, 5}, {20, 1},
                                {21, 1}, {22, 1}, {23, 3}, {24, 1}, {25, 1}, {26, 2}, {27, 4}, {28, 2}, {29, 2}, {30, 1}};

// Duties that nobody carries out yet: the table says so, and this list only gets shorter.
const std::set<std::string> not_done{};

const std::vector<rig::RulesRow>& table() {
  static const auto rows = rig::rules_table(tidy::read_text("core/README.md"));
  return rows;
}

std::string where(const rig::RulesRow& row) { return "core/README.md:" + std::to_string(row.line) + ": "; }

// "R12.2 to R12.4" names three.
std::set<std::string> named_duties(const std::string& text) {
  std::set<std::string> found;
  const auto id_at = [&](std::size_t at) {
    std::size_t end = at + 1;
    while (end < text.size() && (std::isdigit(static_cast<unsigned char>(text[end])) || text[end] == '.')) ++end;
    return text.substr(at, end - at);
  };
  std::string before;
  for (std::size_t at = text.find('R'); at != std::string::npos; at = text.find('R', at + 1)) {
    const auto id = id_at(at);
    const auto dot = id.find('.');
    if (dot == std::string::npos || dot + 1 >= id.size()) continue;
    if (!before.empty() && at >= 4 && text.substr(at - 4, 4) == " to ") {
      const int from = std::stoi(before.substr(before.find('.') + 1)), to = std::stoi(id.substr(dot + 1));
      for (int n = from; n <= to; ++n) found.insert(id.substr(0, dot + 1) + std::to_string(n));
    }
    found.insert(id);
    before = id;
  }
  return found;
}

bool is_title(const rig::RulesRow::Test& named, std::string_view title) {
  return named.whole ? title == named.title : title.starts_with(named.title);
}

bool console_has(const std::string& form) {
  return std::any_of(tidy::product_sources().begin(), tidy::product_sources().end(), [&](const auto& source) {
    return source.below("sync/registry/console") && (source.text.find("row(\"" + form + "\"") != std::string::npos || source.text.find("{\"" + form + "\", k::") != std::string::npos || source.text.find("\"/" + form + "\"") != std::string::npos);
  });
}
bool kiosk_has(const std::string& screen) {
  return std::any_of(tidy::product_sources().begin(), tidy::product_sources().end(), [&](const auto& source) {
    return source.below("kiosk/screens") && (source.text.find("frame_spec(pen, \"" + screen + "\"") != std::string::npos || source.text.find("staff_frame(pen, \"" + screen + "\"") != std::string::npos);
  });
}

}  // namespace

TEST_CASE("all thirty paragraphs and every duty of the Rules stand in the table of core/README.md", "[tidy][rules]") {
  std::set<int> paragraphs;
  std::set<std::string> named;
  for (const auto& row : table()) {
    paragraphs.insert(row.paragraphs.begin(), row.paragraphs.end());
    named.merge(named_duties(row.duty));
  }
  CHECK(paragraphs.size() == paragraphs_count);
  std::string missing;
  for (const auto& [paragraph, count] : duties) {
    for (int n = 1; n <= count; ++n) {
      const auto id = "R" + std::to_string(paragraph).insert(0, paragraph < 10 ? "0" : "") + "." + std::to_string(n);
      if (!named.contains(id)) missing += id + " ";
    }
  }
  CHECK(missing == "");
}

TEST_CASE("what the table of the Rules names exists: file, test, screen, form", "[tidy][rules]") {
  std::string wrong;
  std::set<std::string> idle;
  for (const auto& row : table()) {
    for (const auto& file : row.files) {
      const bool there = !tidy::read_text("core/" + file + ".cpp").empty() || !tidy::read_text("core/cases/" + file + ".cpp").empty() || !tidy::read_text(file + ".cpp").empty();
      if (!there) wrong += where(row) + "no file " + file + "\n";
    }
    if (row.files.empty() || row.tests.empty()) idle.merge(named_duties(row.duty));
    for (const auto& test : row.tests) {
      const auto titles = tidy::titles_in(test.file);
      const bool there = std::any_of(titles.begin(), titles.end(), [&](const auto& title) { return is_title(test, title); });
      if (!there) wrong += where(row) + test.file + ": no test \"" + test.title + "\"\n";
    }
    for (const auto& screen : row.screens) {
      const bool there = screen.starts_with("kiosk:") ? kiosk_has(screen.substr(6)) : screen.starts_with("console:") && console_has(screen.substr(8));
      if (!there) wrong += where(row) + "no screen or form " + screen + "\n";
    }
  }
  CHECK(wrong == "");
  CHECK(idle == not_done);
}

TEST_CASE("every test that the table of the Rules names was run and passed", "[tidy][rules]") {
  const auto passed = tidy::passed_tests();
  if (!passed) {
    WARN("SKIP: not in a run of all suites: tests/run says which tests have passed");
    return;
  }
  std::string wrong;
  for (const auto& row : table()) {
    for (const auto& test : row.tests) {
      const bool there = std::any_of(passed->begin(), passed->end(), [&](const auto& title) { return is_title(test, title); });
      if (!there) wrong += where(row) + "not run, or not passed: \"" + test.title + "\"\n";
    }
  }
  CHECK(wrong == "");
}
