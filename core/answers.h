// Small checks that every record kind shares: names and lines, civil dates, and what the first of
// them finds. A reason is a stable code (its wording: reason.<code> in common.po). RELIABILITY 4.7, 26-27.
#pragma once

#include <initializer_list>
#include <optional>

#include "core/civil_time.h"
#include "core/json.h"

namespace qabyl::core {

// Why a record does not count: a stable code, and the path of the member to blame ("" = the whole).
struct Finding { std::string reason, field; };

enum class Presence { required, optional };
// name.empty, name.not_utf8, name.hidden_characters, name.too_long.
std::optional<Finding> check_line(const Json& body, std::string_view path, std::size_t chars_max, Presence presence = Presence::required);
// date.absurd: not ISO, no such day, or before 1990 or after 2100. `path` may name members by dots.
std::optional<Finding> check_date(const Json& body, std::string_view path, Presence presence = Presence::required);
// The text at a dotted path; "" when it is absent or no text.
std::string text_at(const Json& body, std::string_view path);

// The first of the findings that is one.
std::optional<Finding> first_of(std::initializer_list<std::optional<Finding>> findings);

}  // namespace qabyl::core
