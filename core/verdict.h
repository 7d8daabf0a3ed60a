// The registry's signed word on a record. Taking and judging are two steps (RELIABILITY, I6):
// `received` says that the record is stored and pages are awaited; `accepted` that the whole of it
// is stored and taken as filed; `quarantined` and `superseded` that it is kept, and why it does not count.
#pragma once

#include "core/keyring.h"
#include "core/record.h"

namespace qabyl::core {

enum class Outcome { received, accepted, quarantined, superseded };
std::string_view to_text(Outcome outcome);
Result<Outcome> parse_outcome(std::string_view text);

struct Verdict {
  Id id;
  Digest digest{};
  Outcome outcome = Outcome::received;
  std::string reason;            // quarantined: stable code, e.g. name.hidden_characters
  std::string field;             // quarantined: path of the member, if one is to blame
  Id by;                         // superseded: the record that was first
  std::vector<int> missing;      // received: indexes of documents still awaited
  Instant at{};                  // registry time
  std::string number;            // case number once the office gave one; else empty
};

std::string sign_verdict(const Verdict& verdict, const SigningKey& acceptance_key);
// Believes nothing but the signature: id and digest must be the ones asked about.
Result<Verdict> open_verdict(std::string_view jws, const Keyring& keys, const Id& id, const Digest& digest);

}  // namespace qabyl::core
