// Reads a rule profile (assets/rules/*.toml); the only file that knows toml++, whose exceptions end here. Known keys become
// members, every other key a setting; each error names the line of the asset.
#include "core/profile.h"

#include <stdexcept>

// toml++ 3.3 takes for granted what it has not looked at ("[[:a]]", found by tests/fuzz): its assertions, which would end the
// program, are exceptions as well. They are gone with NDEBUG, and then it would read on.
#undef NDEBUG
namespace {
[[noreturn]] void not_toml() { throw std::logic_error("not TOML"); }
}  // namespace
#define TOML_ASSERT(expr) static_cast<void>((expr) || (not_toml(), false))
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include <algorithm>
#include <array>

#include "core/text.h"

namespace qabyl::core {
namespace {

constexpr std::size_t profile_bytes_max = 256 * 1024;
constexpr std::size_t documents_max = 40, settings_max = 500, setting_items_max = 100;
constexpr std::size_t terms_max = 60;
constexpr int pages_most = 5000, term_length_most = 1000;

// Whether a quote here begins a text for toml++ too: in the middle of a bare value (0"...) it is one more letter of it.
bool may_open(std::string_view text, std::size_t at) {
  while (at > 0 && (text[at - 1] == '[' || text[at - 1] == '{')) --at;
  if (at == 0 || text[at - 1] == '\n' || text[at - 1] == ',') return true;
  if (text[at - 1] != ' ' && text[at - 1] != '\t') return false;
  const auto before = text.find_last_not_of(" \t", at - 1);
  return before == text.npos || std::string_view("\n=,[{").find(text[before]) != std::string_view::npos;
}

// The first line, from 1, with something else than ASCII outside of quotes and comments, or where that is not plain to see; 0: none.
// TOML has nothing of the kind, and what toml++ 3.3 does with some of it is undefined (its test for blanks; found by tests/fuzz).
// A quoted text ends with its line: three quotes, which would let it go on, are refused; no profile needs them.
std::size_t line_of_odd_letter(std::string_view text) {
  char quote = 0;  // that is open; '#': a comment
  std::size_t line = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      ++line;
      quote = 0;
    } else if (quote == 0) {
      if (static_cast<unsigned char>(c) >= 0x80) return line;
      const bool opens = c == '"' || c == '\'';
      if (opens && (text.substr(i, 3) == std::string(3, c) || !may_open(text, i))) return line;
      if (opens || c == '#') quote = c;
    } else if (quote == '"' && c == '\\') {
      ++i;
    } else if (quote == c && c != '#') {
      quote = 0;
    }
  }
  return 0;
}

Result<toml::table> parse_toml(std::string_view text) {
  if (const auto line = line_of_odd_letter(text)) return Error{ErrorCode::invalid_input, "line " + std::to_string(line) + ": a letter outside of quotes, or quotes out of place"};
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& problem) {
    return Error{ErrorCode::invalid_input, "line " + std::to_string(problem.source().begin.line) + ": " + std::string(problem.description())};
  } catch (const std::logic_error& problem) {
    return Error{ErrorCode::invalid_input, problem.what()};
  }
}

Error at_line(const toml::node& node, std::string_view why) {
  return {ErrorCode::invalid_input, "line " + std::to_string(node.source().begin.line) + ": " + std::string(why)};
}

// A table of the asset: reads members of the type asked for, and names the line when one is absent.
struct Section {
  const toml::table& table;

  Result<std::string> text(std::string_view key) const {
    const auto value = table[key].value_exact<std::string>();
    if (!value || !valid_utf8(*value)) return lacks(key, "a text");
    return *value;
  }
  Result<std::int64_t> number(std::string_view key, std::int64_t least, std::int64_t most) const {
    const auto value = table[key].value_exact<std::int64_t>();
    if (!value || *value < least || *value > most) {
      return lacks(key, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    }
    return *value;
  }
  Result<bool> flag(std::string_view key, bool fallback) const {
    if (!table.contains(key)) return fallback;
    const auto value = table[key].value_exact<bool>();
    if (!value) return lacks(key, "true or false");
    return *value;
  }
  Result<Section> section(std::string_view key) const {
    const auto* found = table[key].as_table();
    if (found == nullptr) return lacks(key, "a table");
    return Section{*found};
  }
  Result<LocalText> words(std::string_view key) const {
    QABYL_TRY(found, section(key));
    QABYL_TRY(kk, found.text("kk"));
    QABYL_TRY(ru, found.text("ru"));
    QABYL_TRY(en, found.text("en"));
    return LocalText{kk, ru, en};
  }
  Error lacks(std::string_view key, std::string_view what) const {
    const auto* node = table.get(key);
    return at_line(node ? *node : table, std::string(key) + " must be " + std::string(what));
  }
};

Result<std::vector<Procedure>> read_procedures(const Section& section) {
  const auto* names = section.table["procedures"].as_array();
  if (names == nullptr || names->empty()) return section.lacks("procedures", "a list of procedures");
  std::vector<Procedure> procedures;
  for (const auto& name : *names) {
    const auto procedure = parse_procedure(name.value_exact<std::string>().value_or(""));
    if (!procedure) return at_line(name, "unknown procedure");
    procedures.push_back(*procedure);
  }
  return procedures;
}

Result<RequiredDocument> read_document(const Section& section) {
  RequiredDocument document;
  QABYL_TRY(code, section.text("code"));
  QABYL_TRY(name, section.words("name"));
  QABYL_TRY(hint, section.words("hint"));
  QABYL_TRY(mandatory, section.flag("mandatory", true));
  QABYL_TRY(made_here, section.flag("made_here", false));
  QABYL_TRY(step, section.number("step", 3, 4));
  QABYL_TRY(pages, section.number("pages_max", 1, pages_most));
  QABYL_TRY(procedures, read_procedures(section));
  return RequiredDocument{code, name, hint, mandatory, made_here, static_cast<int>(step), static_cast<int>(pages), procedures};
}

bool listed_already(const std::vector<RequiredDocument>& documents, const RequiredDocument& added) {
  return std::any_of(documents.begin(), documents.end(), [&](const RequiredDocument& one) {
    return one.code == added.code && std::find_first_of(one.procedures.begin(), one.procedures.end(), added.procedures.begin(),
                                                        added.procedures.end()) != one.procedures.end();
  });
}

Status read_documents(Profile& profile, const toml::table& root) {
  const auto* lines = root["documents"].as_array();
  if (lines == nullptr || lines->empty() || lines->size() > documents_max) return Section{root}.lacks("documents", "a list of documents");
  for (const auto& line : *lines) {
    const auto* table = line.as_table();
    if (table == nullptr) return at_line(line, "a document must be a table");
    QABYL_TRY(on, (Section{*table}.flag("on", true)));
    QABYL_TRY(document, read_document(Section{*table}));
    if (!on) continue;  // a line that the office has switched off is still checked
    if (listed_already(profile.documents, document)) return at_line(line, "code twice: " + document.code);
    profile.documents.push_back(std::move(document));
  }
  for (const auto procedure : {Procedure::issue, Procedure::reissue, Procedure::duplicate}) {
    const auto list = profile.list(procedure);
    const auto forms = std::count_if(list.begin(), list.end(), [](const RequiredDocument& one) { return one.made_here; });
    if (list.empty() || !list.front().made_here || forms != 1) {
      return at_line(*lines, std::string(to_text(procedure)) + " must begin with the one form made here");
    }
  }
  return Done{};
}

Status read_fee(Fee& fee, const Section& section) {
  constexpr std::int64_t most = 1'000'000'000;
  QABYL_TRY(mci, section.number("mci_tenge", 0, most));
  QABYL_TRY(issue, section.number("issue_hundredths_mci", 0, most));
  QABYL_TRY(reissue, section.number("reissue_hundredths_mci", 0, most));
  QABYL_TRY(duplicate, section.number("duplicate_hundredths_mci", 0, most));
  QABYL_TRY(example, section.flag("example", false));
  QABYL_TRY(receiver, section.words("receiver"));
  QABYL_TRY(bin, section.text("receiver_bin"));
  QABYL_TRY(account, section.text("account"));
  QABYL_TRY(purpose, section.text("purpose_code"));
  fee = {mci, issue, reissue, duplicate, example, receiver, bin, account, purpose};
  return Done{};
}

Status read_counter(Profile& profile, const Section& root) {
  QABYL_TRY(draft, root.section("draft"));
  QABYL_TRY(counter, root.section("counter"));
  QABYL_TRY(notice, root.section("notice"));
  QABYL_TRY(days, draft.number("days", 1, 365));
  QABYL_TRY(hour, counter.number("closing_hour", 0, 24));
  QABYL_TRY(minute, counter.number("closing_minute", 0, 59));
  QABYL_TRY(min_days, notice.number("min_days", 0, 365));
  QABYL_TRY(return_days, notice.number("return_days", 0, 365));
  profile.draft_days = static_cast<int>(days);
  profile.closing_hour = static_cast<int>(hour);
  profile.closing_minute = static_cast<int>(minute);
  profile.notice_min_days = static_cast<int>(min_days);
  profile.notice_return_days = static_cast<int>(return_days);
  return Done{};
}

Result<Json> setting_value(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>(); text && valid_utf8(*text)) return Json(*text);
  if (const auto number = node.value_exact<std::int64_t>()) {
    if (*number > json_integer_max || *number < -json_integer_max) return at_line(node, "a setting is out of range");
    return Json(*number);
  }
  if (const auto flag = node.value_exact<bool>()) return Json(*flag);
  const auto* list = node.as_array();
  if (list == nullptr || list->size() > setting_items_max) return at_line(node, "a setting must be a text, integer, flag or list of texts");
  Json::Array items;
  for (const auto& item : *list) {
    const auto text = item.value_exact<std::string>();
    if (!text || !valid_utf8(*text)) return at_line(item, "a list of settings holds texts");
    items.emplace_back(*text);
  }
  return Json(std::move(items));
}

Status keep_settings(Json& settings, const toml::table& table, const std::string& prefix) {
  constexpr std::array<std::string_view, 9> known{"id", "version", "id_scheme", "title", "law_article", "documents", "fee", "draft", "deadlines"};
  for (const auto& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    if (prefix.empty() && std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
    if (settings.object().size() == settings_max) return at_line(node, "too many settings");
    if (const auto* inner = node.as_table()) {
      QABYL_TRY_DO(keep_settings(settings, *inner, name + "."));
      continue;
    }
    QABYL_TRY(value, setting_value(node));
    settings[name] = std::move(value);
  }
  return Done{};
}

// A member of a term is a value or the name of the setting that holds it ("cap.months").
Json value_or_setting(const Json& settings, const toml::table& table, std::string_view key) {
  if (const auto number = table[key].value_exact<std::int64_t>()) return Json(*number);
  if (const auto flag = table[key].value_exact<bool>()) return Json(*flag);
  const auto text = table[key].value_exact<std::string>();
  if (!text) return {};
  const Json* setting = settings.find(*text);
  return setting != nullptr ? *setting : Json(*text);
}

std::optional<TermUnit> unit_of(const Json& value) {
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.string();
  if (text == "working_days") return TermUnit::working_days;
  if (text == "calendar_days") return TermUnit::calendar_days;
  if (text == "months") return TermUnit::months;
  if (text == "stated") return TermUnit::stated;
  return std::nullopt;
}

std::optional<Side> side_of(std::string_view text) {
  if (text == "body") return Side::body;
  if (text == "bureau") return Side::bureau;
  if (text == "applicant") return Side::applicant;
  return std::nullopt;
}

// "A05 cap.roll": the question and the setting that answers it.
Result<std::vector<Reading>> read_readings(const Json& settings, const Section& section) {
  std::vector<Reading> readings;
  const auto* list = section.table["readings"].as_array();
  if (list == nullptr) return readings;
  for (const auto& item : *list) {
    const std::string text = item.value_exact<std::string>().value_or("");
    const auto blank = text.find(' ');
    const Json* value = blank == std::string::npos ? nullptr : settings.find(text.substr(blank + 1));
    if (value == nullptr) return at_line(item, "a reading names its question and a setting");
    readings.push_back({text.substr(0, blank), text.substr(blank + 1), value->is_string() ? value->string() : canonical(*value)});
  }
  return readings;
}

Result<TermRule> read_term(const Json& settings, const Section& section) {
  TermRule rule;
  QABYL_TRY(id, section.text("id"));
  QABYL_TRY(duty, section.text("duty"));
  QABYL_TRY(paragraph, section.text("paragraph"));
  QABYL_TRY(owed_by, section.text("owed_by"));
  QABYL_TRY(cap, section.flag("cap", false));
  const auto side = side_of(owed_by);
  const auto unit = unit_of(value_or_setting(settings, section.table, "unit"));
  const Json length = value_or_setting(settings, section.table, "length");
  const Json rolls = value_or_setting(settings, section.table, "rolls");
  if (!side) return section.lacks("owed_by", "body, bureau or applicant");
  if (!unit) return section.lacks("unit", "working_days, calendar_days, months, stated or a setting");
  if (!length.is_integer() || length.integer() < 0 || length.integer() > term_length_most) return section.lacks("length", "a length or a setting");
  if (!rolls.is_bool()) return section.lacks("rolls", "true, false or a setting");
  QABYL_TRY(readings, read_readings(settings, section));
  return TermRule{id, duty, paragraph, *side, *unit, static_cast<int>(length.integer()), rolls.boolean(), cap, readings};
}

Status read_terms(Profile& profile, const toml::table& root) {
  const auto* lines = root["deadlines"].as_array();
  if (lines == nullptr || lines->empty() || lines->size() > terms_max) return Section{root}.lacks("deadlines", "a list of terms");
  for (const auto& line : *lines) {
    const auto* table = line.as_table();
    if (table == nullptr) return at_line(line, "a term must be a table");
    QABYL_TRY(rule, read_term(profile.settings, Section{*table}));
    if (profile.term(rule.id) != nullptr) return at_line(line, "term twice: " + rule.id);
    profile.terms.push_back(std::move(rule));
  }
  return Done{};
}

std::optional<std::int64_t> tenge(const Fee& fee, std::int64_t hundredths_mci) {
  if (fee.mci_tenge == 0 || hundredths_mci == 0) return std::nullopt;
  return fee.mci_tenge * hundredths_mci / 100;
}

}  // namespace

std::string_view to_text(Procedure procedure) {
  switch (procedure) {
    case Procedure::issue: return "issue";
    case Procedure::reissue: return "reissue";
    case Procedure::duplicate: return "duplicate";
  }
  QABYL_CHECK(false);
  return {};
}

Result<Procedure> parse_procedure(std::string_view text) {
  for (const auto procedure : {Procedure::issue, Procedure::reissue, Procedure::duplicate}) {
    if (to_text(procedure) == text) return procedure;
  }
  return Error{ErrorCode::invalid_input, "unknown procedure"};
}

Result<Profile> Profile::parse(std::string_view text) {
  if (text.size() > profile_bytes_max) return Error{ErrorCode::too_large, "profile"};
  QABYL_TRY(table, parse_toml(text));
  const Section root{table};
  Profile profile;
  QABYL_TRY(id, root.text("id"));
  QABYL_TRY(version, root.text("version"));
  QABYL_TRY(scheme, root.text("id_scheme"));
  if (scheme != "bin" && scheme != "rnn") return root.lacks("id_scheme", "bin or rnn");
  QABYL_TRY(title, root.words("title"));
  QABYL_TRY(article, root.words("law_article"));
  QABYL_TRY(fee, root.section("fee"));
  profile.id = id;
  profile.version = version;
  profile.id_scheme = scheme;
  profile.title = title;
  profile.law_article = article;
  QABYL_TRY_DO(read_documents(profile, table));
  QABYL_TRY_DO(read_fee(profile.fee, fee));
  QABYL_TRY_DO(read_counter(profile, root));
  QABYL_TRY_DO(keep_settings(profile.settings, table, ""));
  QABYL_TRY_DO(read_terms(profile, table));
  return profile;
}

std::vector<RequiredDocument> Profile::list(Procedure procedure) const {
  std::vector<RequiredDocument> chosen;
  for (const auto& document : documents) {
    const auto& for_these = document.procedures;
    if (std::find(for_these.begin(), for_these.end(), procedure) != for_these.end()) chosen.push_back(document);
  }
  return chosen;
}

const TermRule* Profile::term(std::string_view term_id) const {
  const auto found = std::find_if(terms.begin(), terms.end(), [&](const TermRule& rule) { return rule.id == term_id; });
  return found == terms.end() ? nullptr : &*found;
}

std::optional<std::int64_t> Profile::fee_tenge(Procedure procedure) const {
  switch (procedure) {
    case Procedure::issue: return tenge(fee, fee.issue_hundredths_mci);
    case Procedure::reissue: return tenge(fee, fee.reissue_hundredths_mci);
    case Procedure::duplicate: return tenge(fee, fee.duplicate_hundredths_mci);
  }
  return std::nullopt;
}

}  // namespace qabyl::core
