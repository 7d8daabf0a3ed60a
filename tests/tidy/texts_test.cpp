// Texts for people stand in the catalogues only, the same ones in all three languages, and every one
// is used: what the sources name exists, what exists is named (ARCHITECTURE.md, section 5).
#include "tests/support/catch.h"

#include <map>
#include <set>
#include <sstream>

#include "tests/tidy/source_tree.h"

using namespace qabyl::tidy;

namespace {

struct Entry {
  std::string file, context, text;
};
using Catalogue = std::map<std::string, Entry>;  // by id

struct Language {
  std::string code;
  Catalogue entries;
  std::vector<std::string> faults;
  std::set<std::string> areas;  // file names
};

std::string unquoted(std::string_view line) {
  const auto first = line.find('"'), last = line.rfind('"');
  if (first == line.npos || last <= first) return {};
  std::string out;
  for (std::size_t at = first + 1; at < last; ++at) {
    if (line[at] == '\\' && at + 1 < last) out += line[++at] == 'n' ? '\n' : line[at];
    else out += line[at];
  }
  return out;
}

// One .po file: msgctxt, msgid, msgstr, each perhaps over several lines. An entry ends at a blank line.
void read_catalogue(const std::string& path, Language& language) {
  std::map<std::string, std::string> fields;
  std::string current;
  const auto finish = [&] {
    const std::string id = fields["msgid"];
    if (!id.empty()) {
      const bool is_new = language.entries.emplace(id, Entry{path, fields["msgctxt"], fields["msgstr"]}).second;
      if (!is_new) language.faults.push_back(path + ": " + id + " stands twice");
    }
    fields.clear();
  };
  std::istringstream lines(read_text(path) + "\n\n");
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("#,") && line.find("fuzzy") != line.npos) language.faults.push_back(path + ": fuzzy");
    if (line.empty()) finish();
    for (const std::string field : {"msgctxt", "msgid", "msgstr"}) {
      if (line.starts_with(field + " ")) current = field;
    }
    if (!line.empty() && !line.starts_with('#')) fields[current] += unquoted(line);
  }
}

const std::vector<Language>& languages() {
  static const auto all = [] {
    std::vector<Language> list;
    for (const std::string code : {"kk", "ru", "en"}) {
      Language language{code, {}, {}, {}};
      const std::string folder = "assets/i18n/" + code + "/";
      for (const auto& path : files_ending({".po"})) {
        if (!path.starts_with(folder)) continue;
        language.areas.insert(path.substr(folder.size()));
        read_catalogue(path, language);
      }
      list.push_back(language);
    }
    return list;
  }();
  return all;
}

std::set<std::string> placeholders(const std::string& text) {
  std::set<std::string> found;
  for (auto at = text.find('{'); at != text.npos; at = text.find('{', at + 1)) {
    const auto end = text.find('}', at);
    if (end != text.npos) found.insert(text.substr(at, end - at + 1));
  }
  return found;
}

constexpr std::string_view id_characters = "abcdefghijklmnopqrstuvwxyz0123456789_.";
bool looks_like_id(std::string_view text) {
  return text.find('.') != text.npos && text.find_first_not_of(id_characters) == text.npos && !text.starts_with('.') && text.find("..") == text.npos;
}

// The literals between the brackets of each say(...): its ids, and keys and values of its arguments.
std::vector<Literal> said(const SourceFile& file) {
  std::vector<Literal> found;
  std::size_t literal = 0, passed = 0;  // literals in order of the '"' pairs in the code
  for (auto at = file.code.find("say("); at != file.code.npos; at = file.code.find("say(", at + 1)) {
    int depth = 0;
    auto end = at + 3;
    do {
      depth += file.code[end] == '(' ? 1 : file.code[end] == ')' ? -1 : 0;
    } while (++end < file.code.size() && depth > 0);
    for (; passed < end; ++passed) {
      if (file.code[passed] != '"') continue;
      passed = file.code.find('"', passed + 1);
      if (passed == file.code.npos) return found;
      if (literal < file.literals.size() && passed > at) found.push_back(file.literals[literal]);
      ++literal;
    }
  }
  return found;
}

bool some_id_begins_with(const std::string& prefix) {
  const auto& ids = languages()[0].entries;
  const auto at = ids.lower_bound(prefix);
  return at != ids.end() && at->first.starts_with(prefix);
}

// Everything that stands between quotes in the product, C++ or not.
const std::vector<std::string>& all_literals() {
  static const auto all = [] {
    std::vector<std::string> list;
    for (const auto& file : product_sources()) {
      for (const auto& literal : file.literals) list.push_back(literal.text);
    }
    return list;
  }();
  return all;
}

// Named whole, or built from a beginning that some source names: "month." + number.
bool is_used(const std::string& id) {
  for (const auto& literal : all_literals()) {
    if (literal == id) return true;
    const bool is_beginning = literal.size() >= 3 && (literal.ends_with('.') || literal.ends_with('_'));
    if (is_beginning && id.starts_with(literal)) return true;
  }
  return false;
}

bool has_cyrillic(std::string_view text) {  // lead bytes of U+0400 ... U+052F
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0xD0 && byte <= 0xD4) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("every area has a catalogue in kk, ru and en", "[tidy][texts]") {
  REQUIRE_FALSE(languages()[0].areas.empty());
  for (const auto& language : languages()) {
    INFO(language.code);
    CHECK(language.areas == languages()[0].areas);
  }
}

TEST_CASE("the three languages have the same texts, none twice, none empty, each with its context", "[tidy][texts]") {
  for (const auto& language : languages()) {
    for (const auto& fault : language.faults) FAIL_CHECK(fault);
    for (const auto& [id, entry] : language.entries) {
      INFO(entry.file << ": " << id);
      CHECK(id.find_first_not_of(id_characters) == id.npos);
      CHECK_FALSE(entry.text.empty());
      CHECK_FALSE(entry.context.empty());
      for (const auto& other : languages()) {
        INFO("not in " << other.code);
        CHECK(other.entries.count(id) == 1);
      }
    }
  }
}

TEST_CASE("a text has the same placeholders in all three languages", "[tidy][texts]") {
  for (const auto& [id, entry] : languages()[0].entries) {
    for (const auto& other : languages()) {
      const auto there = other.entries.find(id);
      if (there == other.entries.end()) continue;
      INFO(other.code << ": " << id);
      CHECK(placeholders(there->second.text) == placeholders(entry.text));
    }
  }
}

TEST_CASE("every text that a source says exists", "[tidy][texts]") {
  const auto& ids = languages()[0].entries;
  for (const auto& file : product_sources()) {
    for (const auto& literal : said(file)) {
      if (!looks_like_id(literal.text)) continue;
      INFO(file.path << ":" << literal.line << " " << literal.text);
      CHECK((ids.count(literal.text) == 1 || (literal.text.ends_with('.') && some_id_begins_with(literal.text))));
    }
  }
}

TEST_CASE("every text is named by some source", "[tidy][texts]") {
  std::string unused;
  for (const auto& [id, entry] : languages()[0].entries) {
    // kit.po holds the whole table of the design's wordings, also those of screens still to come. An id that
    // a source builds counts as named when a literal names its beginning: "start.apply" + ".sub".
    const bool built = is_used(id.substr(0, id.rfind('.')));
    if (!entry.file.ends_with("/kit.po") && !is_used(id) && !built) unused += entry.file + ": " + id + "\n";
  }
  CHECK(unused == "");
}

TEST_CASE("no source holds a text for people", "[tidy][texts]") {
  for (const auto& file : product_sources()) {
    const bool letters = file.path.starts_with("kiosk/ui/keyboard") || file.path.starts_with("core/search_fold");  // keys; what folds to what
    if (letters) continue;
    for (const auto& literal : file.literals) {
      INFO(file.path << ":" << literal.line << " " << literal.text);
      CHECK_FALSE(has_cyrillic(literal.text));
    }
  }
}

TEST_CASE("ids are found in calls of say, however they are chosen", "[tidy][texts]") {
  const auto file = source_from("kiosk/x.cpp",
                                "f(\"no.id\");\nsay(a ? \"one.id\" : \"two.id\", {{\"number\", g(\"3\")}});\nh(\"no.more\"); texts.say(l, \"month.\" + n);\n");
  const auto found = said(file);
  REQUIRE(found.size() == 5);
  CHECK(found[0].text == "one.id");
  CHECK(found[0].line == 2);
  CHECK(found[1].text == "two.id");
  CHECK(found[4].text == "month.");
}
