// Reads the tree once and takes C++ apart just far enough for the house rules: comments, literals,
// includes and braces. No preprocessor and no parser: what it cannot see, no rule may ask for.
#include "tests/support/places.h"
#include "tests/tidy/source_tree.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace qabyl::tidy {
namespace {

namespace fs = std::filesystem;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Blanks comments and the insides of literals, keeping every line break where it was.
class Stripper {
 public:
  explicit Stripper(SourceFile& file) : file_(file), text_(file.text) {}

  void run() {
    while (at_ < text_.size()) {
      if (ahead("//")) skip_to(text_.find('\n', at_));
      else if (ahead("/*")) skip_to(end_of(text_.find("*/", at_ + 2), 2));
      else if (ahead("R\"") && (at_ == 0 || !is_word(text_[at_ - 1]))) raw_literal();
      else if (text_[at_] == '"') literal('"');
      else if (text_[at_] == '\'' && (at_ == 0 || !is_word(text_[at_ - 1]))) literal('\'');
      else file_.code += text_[at_++];
    }
  }

 private:
  bool ahead(std::string_view what) const { return std::string_view(text_).substr(at_, what.size()) == what; }
  std::size_t end_of(std::size_t found, std::size_t size) const { return found == text_.npos ? text_.size() : found + size; }
  void skip_to(std::size_t end) {
    for (end = std::min(end, text_.size()); at_ < end; ++at_) file_.code += text_[at_] == '\n' ? '\n' : ' ';
  }
  void keep(std::string text) { file_.literals.push_back({line_of(text_, at_), std::move(text)}); }
  void raw_literal() {
    const auto open = text_.find('(', at_);
    const std::string close = ")" + text_.substr(at_ + 2, open - at_ - 2) + "\"";
    const auto end = end_of(text_.find(close, open), close.size());
    keep(text_.substr(open + 1, end - close.size() - open - 1));
    file_.code += '"';
    ++at_;
    skip_to(end - 1);
    file_.code += '"';
    ++at_;
  }
  void literal(char quote) {
    auto end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') end += text_[end] == '\\' ? 2 : 1;
    if (quote == '"') keep(text_.substr(at_ + 1, end - at_ - 1));
    file_.code += text_[at_++];
    skip_to(end);
    if (at_ < text_.size()) file_.code += text_[at_++];
  }

  SourceFile& file_;
  const std::string& text_;
  std::size_t at_ = 0;
};

void find_includes(SourceFile& file) {
  std::istringstream lines(file.text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("#include ")) continue;
    const std::string what = line.substr(9);
    if (what.starts_with('"')) file.includes.push_back(what.substr(1, what.find('"', 1) - 1));
    else file.includes.push_back(what.substr(0, what.find('>') + 1));
  }
}

// Preprocessor lines have braces of their own.
std::string without_directives(const std::string& code) {
  std::string out;
  bool in_directive = false;
  std::istringstream lines(code);
  for (std::string line; std::getline(lines, line);) {
    const auto first = line.find_first_not_of(' ');
    in_directive = in_directive || (first != line.npos && line[first] == '#');
    const bool goes_on = in_directive && line.ends_with('\\');
    out += in_directive ? std::string() : line;
    out += '\n';
    in_directive = goes_on;
  }
  return out;
}

bool has_word(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const bool starts = at == 0 || !is_word(text[at - 1]);
    const bool ends = at + word.size() >= text.size() || !is_word(text[at + word.size()]);
    if (starts && ends) return true;
  }
  return false;
}

// Whether a '{' after this text opens a scope that holds functions.
bool opens_container(std::string_view before) {
  if (has_word(before, "namespace") || has_word(before, "extern")) return true;
  if (before.find('(') != before.npos) return false;
  return has_word(before, "class") || has_word(before, "struct") || has_word(before, "union");
}

std::string tidy(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' || c == ' ') { if (!out.empty() && out.back() != ' ') out += ' '; }
    else out += c;
  }
  return out;
}

std::vector<SourceFile> sources_below(const std::vector<std::string>& folders) {
  std::vector<SourceFile> files;
  for (const auto& path : files_ending({".h", ".cpp"})) {
    const bool wanted = std::any_of(folders.begin(), folders.end(), [&](const auto& folder) { return path.starts_with(folder + "/"); });
    if (wanted) files.push_back(source_from(path, read_text(path)));
  }
  return files;
}

}  // namespace

std::size_t SourceFile::lines() const { return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')); }

bool SourceFile::directly_in(std::string_view folder) const {
  return below(folder) && path.find('/', folder.size() + 1) == path.npos;
}

std::string SourceFile::name() const { return path.substr(path.rfind('/') + 1); }

std::string root() { return qabyl::test::in_source(); }

std::string read_text(const std::string& path) {
  std::ifstream in(root() + "/" + path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

const std::vector<SourceFile>& product_sources() {
  static const auto files = sources_below({"core", "sync", "kiosk"});
  return files;
}

const std::vector<SourceFile>& test_sources() {
  static const auto files = sources_below({"tests"});
  return files;
}

std::vector<std::string> files_ending(const std::vector<std::string>& endings) {
  std::vector<std::string> paths;
  for (const char* top : {"core", "sync", "kiosk", "assets", "tests"}) {
    if (!fs::exists(root() + "/" + top)) continue;
    for (auto at = fs::recursive_directory_iterator(root() + "/" + top); at != fs::recursive_directory_iterator(); ++at) {
      const std::string name = at->path().filename().string();
      if (at->is_directory() && (name == "node_modules" || name.starts_with("build") || name.starts_with('.'))) at.disable_recursion_pending();
      const bool wanted = std::any_of(endings.begin(), endings.end(), [&](const auto& ending) { return name.ends_with(ending); });
      if (wanted && at->is_regular_file()) paths.push_back(at->path().string().substr(root().size() + 1));
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

SourceFile source_from(std::string path, std::string text) {
  SourceFile file{std::move(path), std::move(text), {}, {}, {}};
  Stripper(file).run();
  find_includes(file);
  return file;
}

std::vector<Function> functions_of(const SourceFile& file) {
  std::vector<Function> found;
  const std::string code = without_directives(file.code);
  std::size_t statement = 0;  // where the text before the next '{' begins
  int inside = 0;             // braces open within a function or an initializer
  Function current;
  bool is_function = false;
  for (std::size_t at = 0; at < code.size(); ++at) {
    const char c = code[at];
    if (inside > 0) {
      inside += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (inside > 0 || c != '}') continue;
      current.lines = line_of(code, at) - current.line + 1;
      if (is_function) found.push_back(current);
      statement = at + 1;
    } else if (c == '{') {
      const std::string_view before = std::string_view(code).substr(statement, at - statement);
      if (!opens_container(before)) {
        const auto first = std::min(before.find_first_not_of(" \n"), before.size());
        current = {line_of(code, statement + first), 0, tidy(before.substr(first))};
        is_function = before.find('(') != before.npos;
        inside = 1;
      }
      statement = at + 1;
    } else if (c == '}' || c == ';') {
      statement = at + 1;
    }
  }
  return found;
}

std::size_t line_of(std::string_view text, std::size_t offset) {
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size())), '\n'));
}

}  // namespace qabyl::tidy
