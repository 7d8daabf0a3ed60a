// See named_tests.h.
#include "tests/tidy/named_tests.h"

#include <cstdlib>
#include <fstream>

#include "tests/tidy/source_tree.h"

namespace qabyl::tidy {

std::vector<std::string> titles_in(const std::string& name) {
  std::vector<std::string> titles;
  for (const auto& source : test_sources()) {
    if (source.name() != name + ".cpp") continue;
    for (std::size_t at = source.text.find("\nTEST_CASE(\""); at != std::string::npos; at = source.text.find("\nTEST_CASE(\"", at + 1)) {
      const auto begin = at + 12, end = source.text.find("\"", begin);
      titles.push_back(source.text.substr(begin, end - begin));
    }
  }
  return titles;
}

std::optional<std::vector<std::string>> passed_tests() {
  const char* path = std::getenv("QABYL_TESTS_PASSED");
  if (path == nullptr) return std::nullopt;
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

}  // namespace qabyl::tidy
