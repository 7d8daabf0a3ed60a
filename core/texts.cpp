// Reads GNU .mo catalogues (GNU gettext manual, 11.3) byte by byte with bounds checks, fills in
// arguments, and words dates, times and money. Knows no file and no locale of the process.
#include "core/texts.h"

#include <cstdio>
#include <optional>

#include "core/text.h"

namespace qabyl::core {
namespace {

constexpr std::size_t catalogue_bytes_max = 8 * 1024 * 1024;
constexpr std::uint32_t entries_max = 20'000;
constexpr std::uint32_t mo_magic = 0x950412de;
constexpr char context_end = '\x04';  // gettext writes "context EOT id"

using Catalogue = std::map<std::string, std::string, std::less<>>;

Error corrupt(std::string detail) { return {ErrorCode::corrupt, "catalogue: " + std::move(detail)}; }

std::optional<std::uint32_t> word_at(std::string_view bytes, std::size_t at) {
  if (at > bytes.size() || bytes.size() - at < 4) return std::nullopt;
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

// The string that entry `index` of the table at `table` points to, without what follows a NUL (plurals).
std::optional<std::string_view> string_at(std::string_view bytes, std::uint32_t table, std::uint32_t index) {
  const std::size_t entry = std::size_t{table} + std::size_t{index} * 8;
  const auto length = word_at(bytes, entry), offset = word_at(bytes, entry + 4);
  if (!length || !offset || *offset > bytes.size() || *length > bytes.size() - *offset) return std::nullopt;
  const auto text = bytes.substr(*offset, *length);
  return text.substr(0, text.find('\0'));
}

Result<Catalogue> parse_mo(std::string_view bytes) {
  if (bytes.size() > catalogue_bytes_max) return corrupt("too large");
  const auto magic = word_at(bytes, 0), revision = word_at(bytes, 4), count = word_at(bytes, 8);
  const auto ids = word_at(bytes, 12), texts = word_at(bytes, 16);
  if (!magic || *magic != mo_magic || !texts || (*revision >> 16) != 0) return corrupt("not a little-endian .mo file");
  if (*count > entries_max) return corrupt("too many entries");
  Catalogue catalogue;
  for (std::uint32_t i = 0; i < *count; ++i) {
    const auto key = string_at(bytes, *ids, i), text = string_at(bytes, *texts, i);
    if (!key || !text) return corrupt("entry " + std::to_string(i) + " points outside");
    const auto id = key->substr(key->find(context_end) == std::string_view::npos ? 0 : key->find(context_end) + 1);
    if (id.empty()) continue;  // the header
    if (!valid_utf8(id) || !valid_utf8(*text)) return corrupt("entry " + std::to_string(i) + " is not UTF-8");
    if (!catalogue.emplace(id, *text).second) return corrupt("twice: " + std::string(id));
  }
  return catalogue;
}

const std::string* argument(const TextArgs& args, std::string_view name) {
  for (const auto& arg : args) {
    if (arg.name == name) return &arg.value;
  }
  return nullptr;
}

// One pass, so that an argument that looks like "{name}" is never filled in itself.
std::string filled(std::string_view text, const TextArgs& args) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto open = text.find('{', at);
    const auto close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) return out.append(text.substr(at));
    const auto* value = argument(args, text.substr(open + 1, close - open - 1));
    out.append(text.substr(at, open - at));
    out.append(value ? std::string_view(*value) : text.substr(open, close - open + 1));
    at = close + 1;
  }
  return out;
}

std::string month_name(const Texts& texts, Language language, Date date) {
  return texts.say(language, "month." + std::to_string(static_cast<unsigned>(date.month())));
}

std::string day_number(Date date) { return std::to_string(static_cast<unsigned>(date.day())); }

}  // namespace

std::string_view to_text(Language language) {
  switch (language) {
    case Language::kk: return "kk";
    case Language::ru: return "ru";
    case Language::en: return "en";
  }
  QABYL_CHECK(false);
  return {};
}

Result<Language> parse_language(std::string_view text) {
  for (const auto language : languages) {
    if (to_text(language) == text) return language;
  }
  return Error{ErrorCode::invalid_input, "unknown language"};
}

const std::string& LocalText::in(Language language) const {
  return language == Language::kk ? kk : language == Language::ru ? ru : en;
}

Result<Texts> Texts::parse(std::string_view kk_mo, std::string_view ru_mo, std::string_view en_mo) {
  Texts texts;
  std::size_t i = 0;
  for (const auto bytes : {kk_mo, ru_mo, en_mo}) {
    QABYL_TRY(catalogue, parse_mo(bytes));
    texts.texts_[i++] = std::move(catalogue);
  }
  return texts;
}

std::string Texts::say(Language language, std::string_view id, const TextArgs& args) const {
  const auto& catalogue = texts_[static_cast<std::size_t>(language)];
  const auto found = catalogue.find(id);
  if (found == catalogue.end()) return "«" + std::string(id) + "»";
  return args.empty() ? found->second : filled(found->second, args);
}

bool Texts::has(Language language, std::string_view id) const {
  return texts_[static_cast<std::size_t>(language)].contains(id);
}

std::vector<std::string> Texts::ids(Language language) const {
  std::vector<std::string> all;
  for (const auto& [id, text] : texts_[static_cast<std::size_t>(language)]) all.push_back(id);
  return all;
}

std::string format_date(const Texts& texts, Language language, Date date) {
  return texts.say(language, "date.long", {{"y", std::to_string(static_cast<int>(date.year()))},
                                           {"m", month_name(texts, language, date)}, {"d", day_number(date)}});
}

std::string format_day_month(const Texts& texts, Language language, Date date) {
  return texts.say(language, "date.day_month", {{"m", month_name(texts, language, date)}, {"d", day_number(date)}});
}

std::string format_time(const CivilTime& time) {
  char text[16];
  std::snprintf(text, sizeof text, "%02d:%02d", time.hour, time.minute);
  return text;
}

std::string format_time_seconds(const CivilTime& time) {
  char text[16];
  std::snprintf(text, sizeof text, ":%02d", time.second);
  return format_time(time) + text;
}

std::string format_weekday(const Texts& texts, Language language, Date date) {
  const std::chrono::weekday weekday{std::chrono::sys_days{date}};
  return texts.say(language, "weekday." + std::to_string(weekday.iso_encoding()));
}

std::string format_bin(std::string_view bin) {
  std::string out;
  for (std::size_t i = 0; i < bin.size(); ++i) {
    if (i > 0 && i % 4 == 0) out += ' ';
    out += bin[i];
  }
  return out;
}

std::string format_money(std::int64_t tenge) {
  const auto size = tenge < 0 ? 0 - static_cast<std::uint64_t>(tenge) : static_cast<std::uint64_t>(tenge);
  const std::string digits = std::to_string(size);
  std::string out = tenge < 0 ? "-" : "";
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += "\u00A0";
    out += digits[i];
  }
  return out + "\u00A0₸";
}

}  // namespace qabyl::core
