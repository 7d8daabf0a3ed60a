// Reads a rule profile (assets/rules/*.toml); the only file that knows toml++, built without exceptions.
// Known keys become members, every other key a setting; each error names the line of the asset.
#include "core/profile.h"

#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <algorithm>
#include <array>

#include "core/text.h"

namespace qabyl::core {
namespace {

constexpr std::size_t profile_bytes_max = 256 * 1024;
constexpr std::size_t documents_max = 40, settings_max = 500, setting_items_max = 100;
constexpr int pages_most = 5000;

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
  constexpr std::array<std::string_view, 8> known{"id", "version", "id_scheme", "title", "law_article", "documents", "fee", "draft"};
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

const std::string& LocalText::in(Language language) const {
  return language == Language::kk ? kk : language == Language::ru ? ru : en;
}

Result<Profile> Profile::parse(std::string_view text) {
  if (text.size() > profile_bytes_max) return Error{ErrorCode::too_large, "profile"};
  auto parsed = toml::parse(text);
  if (!parsed) {
    const auto& problem = parsed.error();
    return Error{ErrorCode::invalid_input, "line " + std::to_string(problem.source().begin.line) + ": " + std::string(problem.description())};
  }
  const toml::table& table = parsed.table();
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

std::optional<std::int64_t> Profile::fee_tenge(Procedure procedure) const {
  switch (procedure) {
    case Procedure::issue: return tenge(fee, fee.issue_hundredths_mci);
    case Procedure::reissue: return tenge(fee, fee.reissue_hundredths_mci);
    case Procedure::duplicate: return tenge(fee, fee.duplicate_hundredths_mci);
  }
  return std::nullopt;
}

}  // namespace qabyl::core
