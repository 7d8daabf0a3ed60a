// A fork of the evidence log as a file (format.md, 7): two checkpoints of one log key that cannot both be true of one log
// that only grows. Whoever holds it can show it to anybody. Knows no kiosk and no registry.
#pragma once

#include "sync/log/checkpoint.h"

namespace qabyl::sync::log {

inline constexpr std::size_t fork_file_bytes_max = 64 * 1024;

enum class ForkKind {
  root,   // two roots of one size
  proof,  // the proof that the log gave for the two does not lead from one to the other
  gone    // the log said that it has no tree of the larger size, which it had signed
};
std::string_view to_text(ForkKind kind);

struct ForkFile {
  ForkKind kind = ForkKind::root;
  std::string witness;               // who saw it
  core::Instant seen{};              // by the witness's clock
  std::string held, shown;           // whole signed notes: what the witness held, what it was shown
  Hashes proof;                      // kind proof: as it was given
  bool operator==(const ForkFile&) const = default;
};

// {"held":...,"kind":...,"proof":[<base64>...],"seen_ms":...,"shown":...,"v":1,"witness":...}, RFC 8785, without a newline.
std::string encode(const ForkFile& file);
// invalid_input: not these bytes exactly. too_large. Proves nothing yet.
core::Result<ForkFile> parse_fork_file(std::string_view text);

struct ForkSides { Checkpoint held, shown; };
// That both notes are signed by one of these keys and are no two stages of one log. `root` is proof in itself; of `proof` and
// `gone` it is checked that the notes fit what the witness says. forbidden, corrupt: as open_checkpoint();
// invalid_input: they do not contradict each other.
core::Result<ForkSides> check_fork(const ForkFile& file, std::string_view origin, const std::vector<core::VerifyKey>& log_keys);

}  // namespace qabyl::sync::log
