// The registry's signed word on a record. Taking and judging are two steps (RELIABILITY, I6):
// `received` says that the record is stored and pages are awaited; `accepted` that the whole of it
// is stored and taken as filed; `quarantined` and `superseded` that it is kept, and why it does not count.
#pragma once

#include <optional>

#include "core/keyring.h"
#include "core/record.h"

namespace qabyl::core {

enum class Outcome { received, accepted, quarantined, superseded };
std::string_view to_text(Outcome outcome);
Result<Outcome> parse_outcome(std::string_view text);

// Where the record stands in the evidence log (sync/log/format.md), as the registry said when it accepted it. Carried
// here and not checked: sync/log knows trees and checkpoints.
struct LogPlace {
  std::uint64_t index = 0, size = 0;  // leaf, and leaves of the tree that `checkpoint` signs; both below 2^53
  Instant at{};                       // registry time in the leaf
  std::vector<Digest> proof;          // inclusion, from the leaf up
  std::string checkpoint;             // a whole signed note
  bool operator==(const LogPlace&) const = default;
};
inline constexpr std::size_t log_proof_hashes_max = 64;
inline constexpr std::size_t log_checkpoint_bytes_max = 16 * 1024;

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
  std::optional<LogPlace> log;   // final outcomes of a registry that has a log
  std::optional<Signature> receipt;  // accepted and in the log: the registry's, under the record's receipt of stage 2
};

std::string sign_verdict(const Verdict& verdict, const SigningKey& acceptance_key);
// Believes nothing but the signature: id and digest must be the ones asked about.
Result<Verdict> open_verdict(std::string_view jws, const Keyring& keys, const Id& id, const Digest& digest);

}  // namespace qabyl::core
