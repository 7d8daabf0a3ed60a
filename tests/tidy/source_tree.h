// The tree of sources as the house rules see it: files below the checkout, their lines, their code
// without comments and literals, their includes, string literals and function lengths.
// Knows no rule; build folders and hidden folders are not part of the tree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace qabyl::tidy {

struct Literal {
  std::size_t line = 0;
  std::string text;  // as written, escapes not resolved
};
struct Function {
  std::size_t line = 0;   // first line of its signature
  std::size_t lines = 0;  // from there to its closing brace
  std::string signature;
};

struct SourceFile {
  std::string path;                   // below the checkout: core/json.cpp
  std::string text;
  std::string code;                   // comments and contents of literals blanked, same line numbers
  std::vector<std::string> includes;  // as written: "core/json.h" without the quotes, <map> with brackets
  std::vector<Literal> literals;
  std::size_t lines() const;
  bool below(std::string_view folder) const { return path.starts_with(std::string(folder) + "/"); }
  bool directly_in(std::string_view folder) const;
  std::string name() const;           // json.cpp
};

std::string root();                       // the checkout
std::string read_text(const std::string& path);  // below the checkout; empty if missing
// C++ files below the folders of the product (core, sync, kiosk) or of the tests.
const std::vector<SourceFile>& product_sources();
const std::vector<SourceFile>& test_sources();
// All files with one of these endings below the checkout's own folders.
std::vector<std::string> files_ending(const std::vector<std::string>& endings);

SourceFile source_from(std::string path, std::string text);
std::vector<Function> functions_of(const SourceFile& file);
std::size_t line_of(std::string_view text, std::size_t offset);  // from 1

}  // namespace qabyl::tidy
