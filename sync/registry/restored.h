// The names under which an office remembers that it came out of a backup and signs nothing yet (backup.h, evidence_log.h).
#pragma once

#include <string_view>

namespace qabyl::sync::registry {

inline constexpr std::string_view restored_fact = "restored_at";      // when, in ms; empty: it was not, or that is over
inline constexpr std::string_view log_ahead_fact = "log_ahead";       // the largest checkpoint of this log that somebody showed since and that it had not
inline constexpr std::string_view log_refusal_fact = "log_refusal";   // a note that contradicts the log, or:
inline constexpr std::string_view restored_word = "restored";         // nobody was found who holds more, and nobody said yet that none does

}  // namespace qabyl::sync::registry
