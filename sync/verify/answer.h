// What a command gives back, and what all commands about proofs take from the command line.
#pragma once

#include "core/civil_time.h"
#include "core/texts.h"
#include "sync/verify/arguments.h"
#include "sync/verify/trust.h"

namespace qabyl::sync::verify {

struct Answer {
  std::string text;
  int exit = 0;
};

struct Speech {  // the words and how times are said; outlive the call
  const core::TimeZone& zone;
  const core::Texts& texts;
  core::Language language;

  std::string say(std::string_view id, const core::TextArgs& args = {}) const { return texts.say(language, id, args); }
  std::string moment(core::Instant at) const {
    const auto local = zone.local(at);
    return core::format_date(texts, language, local.date) + ", " + core::format_time_seconds(local);
  }
};

// --root and --keys; without --keys the list is `keys_inside`, the text that came with what is checked (empty: none).
// not_found, too_large, invalid_input: no trust can be made of what they name.
core::Result<Trust> trust_of(const Arguments& arguments, const std::string& keys_inside = {});

}  // namespace qabyl::sync::verify
