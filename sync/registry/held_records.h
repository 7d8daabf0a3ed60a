// What the office has done about a record that does not count: noted by an officer, shown in the console and, by the feed, to the
// operator of the kiosk that sent it. It changes nothing about the record. Storage thread, inside the caller's transaction.
#pragma once

#include <array>

#include "sync/registry/registry.h"

namespace qabyl::sync::registry {

// Their wordings are held.word.<word>: the person was told to file again; settled without a new record; passed on to who mends the program.
inline constexpr std::array<std::string_view, 3> held_words{"told", "settled", "passed_on"};

struct HeldWord { std::string word, officer; core::Instant at{}; };  // officer: the name
core::Result<std::optional<HeldWord>> held_word(Registry& registry, const core::Id& record);  // the newest
// not_found held.unknown: no such record, or it counts; invalid_input held.word: none of held_words.
core::Status note_held(Registry& registry, std::string_view officer, const core::Id& record, std::string_view word, core::Instant now);

}  // namespace qabyl::sync::registry
