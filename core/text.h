// UTF-8 text that people typed: validity, characters, what may stand in a name (RFC 3629).
// Knows no language: case, order and wording of Kazakh, Russian and English are not its business.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace qabyl::core {

inline constexpr std::size_t name_chars_max = 200;   // a person's or organisation's name
inline constexpr std::size_t line_chars_max = 300;   // an address, a position
inline constexpr std::size_t text_chars_max = 4000;  // a paragraph

bool valid_utf8(std::string_view text);
// Precondition: valid_utf8(text).
std::vector<char32_t> code_points(std::string_view text);
std::string to_utf8(const std::vector<char32_t>& points);
std::size_t char_count(std::string_view text);
// Each byte that is not UTF-8 becomes U+FFFD; then cut at a whole character to at most `bytes_max`.
std::string mended_utf8(std::string_view text, std::size_t bytes_max = std::string::npos);

// True for C0/C1 controls, bidi overrides and isolates (U+202A..E, U+2066..9, U+200E/F, U+061C),
// zero-width characters, unpaired surrogates, U+FEFF and private use: nothing that a person types.
bool has_hidden_characters(std::string_view text);

// Outer blanks removed, inner runs of blanks folded to one.
std::string tidy_spaces(std::string_view text);

enum class TextProblem { none, empty, not_utf8, hidden_characters, too_long };
// The first thing that keeps `text` from being a name or line of at most `chars_max` characters.
TextProblem check_text(std::string_view text, std::size_t chars_max);

}  // namespace qabyl::core
