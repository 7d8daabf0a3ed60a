// The manner of ARCHITECTURE.md, section 7, as far as a machine can check it: file heads, lengths,
// names, what lies at the top of the tree, one list of packages.
#include "tests/support/catch.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>

#include "tests/tidy/source_tree.h"

using namespace qabyl::tidy;

namespace {

constexpr std::size_t file_lines_max = 600;
constexpr std::size_t function_lines_max = 70;
constexpr std::size_t main_lines_max = 149;

std::size_t head_lines(const SourceFile& file) {
  std::size_t count = 0;
  std::istringstream lines(file.text);
  for (std::string line; std::getline(lines, line) && line.starts_with("//");) ++count;
  return count;
}

std::vector<SourceFile> all_sources() {
  auto files = product_sources();
  files.insert(files.end(), test_sources().begin(), test_sources().end());
  return files;
}

// First word of `words` in the text that stands alone, or empty.
std::string first_of(std::string_view text, const std::vector<std::string>& words) {
  for (const auto& word : words) {
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
      const bool starts = at == 0 || !std::isalpha(static_cast<unsigned char>(text[at - 1]));
      const bool ends = at + word.size() == text.size() || !std::isalpha(static_cast<unsigned char>(text[at + word.size()]));
      if (starts && ends) return word;
    }
  }
  return {};
}

// Names of types that a file defines.
std::vector<std::string> types_of(const SourceFile& file) {
  std::vector<std::string> names;
  for (const std::string keyword : {"class ", "struct ", "union "}) {
    for (auto at = file.code.find(keyword); at != file.code.npos; at = file.code.find(keyword, at + 1)) {
      auto end = at + keyword.size();
      while (end < file.code.size() && (std::isalnum(static_cast<unsigned char>(file.code[end])) || file.code[end] == '_')) ++end;
      names.push_back(file.code.substr(at + keyword.size(), end - at - keyword.size()));
    }
  }
  return names;
}

}  // namespace

TEST_CASE("every source opens by saying what it is, in one to twelve lines", "[tidy]") {
  std::string wrong;
  for (const auto& file : all_sources()) {
    const std::size_t head = head_lines(file);
    if (head < 1 || head > 12) wrong += file.path + " has " + std::to_string(head) + "\n";
  }
  CHECK(wrong == "");
}

TEST_CASE("every header is read once", "[tidy]") {
  for (const auto& file : all_sources()) {
    if (!file.path.ends_with(".h")) continue;
    INFO(file.path);
    CHECK(file.code.find("#pragma once") != std::string::npos);
  }
}

TEST_CASE("no file has more than 600 lines", "[tidy]") {
  for (const auto& file : all_sources()) {
    INFO(file.path << " has " << file.lines());
    CHECK(file.lines() <= file_lines_max);
  }
}

TEST_CASE("no function has more than 70 lines", "[tidy]") {
  std::size_t functions = 0;
  for (const auto& file : product_sources()) {
    for (const auto& function : functions_of(file)) {
      ++functions;
      INFO(file.path << ":" << function.line << " " << function.signature << " has " << function.lines);
      CHECK(function.lines <= function_lines_max);
    }
  }
  CHECK(functions > 200);  // the counter is not blind
}

TEST_CASE("a main file only wires", "[tidy]") {
  for (const auto& file : product_sources()) {
    if (file.name() != "main.cpp") continue;
    INFO(file.path << " has " << file.lines());
    CHECK(file.lines() <= main_lines_max);
  }
}

TEST_CASE("nothing is left for later in a source", "[tidy]") {
  const std::vector<std::string> words{std::string("TO") + "DO", std::string("FIX") + "ME", std::string("X") + "XX", std::string("HA") + "CK"};
  for (const auto& path : files_ending({".h", ".cpp", ".txt", ".sh", ".po", ".toml", ".csv", ".md", ".js", ".css", ".yaml", "run"})) {
    INFO(path);
    CHECK(first_of(read_text(path), words) == "");
  }
}

TEST_CASE("types are named for what they are", "[tidy]") {
  for (const auto& file : product_sources()) {
    for (const auto& name : types_of(file)) {
      INFO(file.path << ": " << name);
      for (const char* vague : {"Manager", "Helper", "Util", "Handler"}) CHECK(name.find(vague) == std::string::npos);
    }
    for (const char* vague : {"manager", "helper", "util", "handler"}) {
      INFO(file.path);
      CHECK(file.name().find(vague) == std::string::npos);
    }
  }
}

TEST_CASE("the top of the tree holds what ARCHITECTURE.md names, and nothing else that shows", "[tidy]") {
  const std::set<std::string> named{"CMakeLists.txt", "CMakePresets.json", "README.md", "CHANGELOG.md", "core", "sync", "kiosk", "assets", "tests"};
  for (const auto& entry : std::filesystem::directory_iterator(root())) {
    const std::string name = entry.path().filename().string();
    const bool made_here = name.starts_with("build") || name == "out" || name == "node_modules";  // see .gitignore
    if (name.starts_with('.') || made_here) continue;
    INFO(name);
    CHECK(named.count(name) == 1);
  }
  for (const auto& name : named) {
    INFO(name);
    CHECK(std::filesystem::exists(root() + "/" + name));
  }
}

TEST_CASE("every folder opens with a README", "[tidy]") {
  std::set<std::string> folders{"assets", "core", "kiosk", "sync", "tests"};
  for (const auto& file : product_sources()) {
    const auto first = file.path.find('/'), second = file.path.find('/', first + 1);
    if (second != file.path.npos) folders.insert(file.path.substr(0, second));
  }
  std::string missing;
  for (const auto& folder : folders) {
    if (read_text(folder + "/README.md").empty()) missing += folder + "\n";
  }
  CHECK(missing == "");
}

TEST_CASE("both run scripts read the one list of packages", "[tidy]") {
  for (const char* script : {"kiosk/run", "tests/run"}) {
    INFO(script);
    const std::string text = read_text(script);
    CHECK(text.find("/assets/prepare.sh") != std::string::npos);
    CHECK(text.find("qabyl_packages") != std::string::npos);
    CHECK(text.find("apt-get install") == std::string::npos);
  }
  CHECK(read_text("assets/prepare.sh").find("assets/packages.txt") != std::string::npos);
  CHECK_FALSE(read_text("assets/packages.txt").empty());
}

TEST_CASE("the counter of functions sees signatures, classes and tables for what they are", "[tidy]") {
  const auto file = source_from("core/x.cpp",
                                "// a\n// b\nnamespace x {\nstruct A {\n  int f() const {\n    return g({1, 2});\n  }\n};\n"
                                "constexpr int table[]{\n1,\n2};\n#define M(a) { a\nvoid long_one(int a,\n  int b) {\n  if (a) {\n  }\n  const char c = '{';\n  say(\"}\");  // }\n}\n}\n");
  const auto functions = functions_of(file);
  REQUIRE(functions.size() == 2);
  CHECK(functions[0].signature == "int f() const ");
  CHECK(functions[0].lines == 3);
  CHECK(functions[1].line == 13);
  CHECK(functions[1].lines == 7);
}

TEST_CASE("literals are told from code and comments", "[tidy]") {
  const auto file = source_from("core/x.cpp", "f(\"a.b\", 'x', 1'000, R\"(raw \"c.d\")\"); // \"not\"\n/* \"nor\" */ g(\"e\\\"f\");\n");
  REQUIRE(file.literals.size() == 3);
  CHECK(file.literals[0].text == "a.b");
  CHECK(file.literals[1].text == "raw \"c.d\"");
  CHECK(file.literals[2].text == "e\\\"f");
  CHECK(file.literals[2].line == 2);
  CHECK(file.code.find("not") == std::string::npos);
}

TEST_CASE("every record kind that core names fits the format of a record: a-z, '_' and '.'", "[tidy]") {
  for (const auto& file : product_sources()) {
    if (!file.directly_in("core/cases") || !file.path.ends_with(".h")) continue;
    for (const auto& literal : file.literals) {
      if (literal.text.find('.') == std::string::npos || literal.text.find('/') != std::string::npos) continue;
      INFO(file.path << ":" << literal.line << " " << literal.text);
      CHECK(literal.text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_.") == std::string::npos);
    }
  }
}
