// Texts by id in three languages, read from compiled gettext catalogues (.mo): a receipt may be in
// another language than the screen, so no process-wide locale is used. Knows no files.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/civil_time.h"
#include "core/result.h"

namespace qabyl::core {

enum class Language { kk, ru, en };
inline constexpr std::array<Language, 3> languages{Language::kk, Language::ru, Language::en};
std::string_view to_text(Language language);  // "kk"
Result<Language> parse_language(std::string_view text);

struct LocalText {  // one wording in three languages
  std::string kk, ru, en;
  const std::string& in(Language language) const;
};

// {name} in a text is replaced by the argument of that name.
struct TextArg {
  std::string_view name;
  std::string value;
};
using TextArgs = std::vector<TextArg>;

class Texts {
 public:
  // Bytes of kk.mo, ru.mo, en.mo (GNU format, little endian). msgid = text id, msgctxt is for
  // translators only. corrupt: not such a file.
  static Result<Texts> parse(std::string_view kk_mo, std::string_view ru_mo, std::string_view en_mo);
  // The text with its arguments. An unknown id comes back as the id itself, in «...»: it cannot
  // happen in a tested build (tests/tidy checks every id that the sources name).
  std::string say(Language language, std::string_view id, const TextArgs& args = {}) const;
  bool has(Language language, std::string_view id) const;
  std::vector<std::string> ids(Language language) const;

 private:
  std::array<std::map<std::string, std::string, std::less<>>, 3> texts_;
};

// 2026 жылғы 23 қараша / 23 ноября 2026 года / 23 November 2026
std::string format_date(const Texts& texts, Language language, Date date);
std::string format_day_month(const Texts& texts, Language language, Date date);  // 23 қараша
std::string format_time(const CivilTime& time);          // 14:32
std::string format_time_seconds(const CivilTime& time);  // 14:32:08
std::string format_weekday(const Texts& texts, Language language, Date date);  // дүйсенбі
std::string format_bin(std::string_view bin);             // 0407 4000 1238
std::string format_money(std::int64_t tenge);             // 43 250 ₸ (U+00A0 inside)

}  // namespace qabyl::core
