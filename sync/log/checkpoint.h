// Checkpoints (C2SP tlog-checkpoint): the log's signed word on its size and root, and what witnesses say about it
// (C2SP tlog-cosignature, cosignature/v1). Knows no tile and no storage.
#pragma once

#include "sync/log/note.h"
#include "sync/log/tree.h"

namespace qabyl::sync::log {

inline constexpr std::size_t checkpoint_extensions_max = 8;

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Digest root{};
  bool operator==(const Checkpoint&) const = default;
};

// Lines: origin, size in decimal, root in base64. Extension lines are passed over: they say nothing that counts here.
// invalid_input: not that, or a size over tree_size_max.
core::Result<Checkpoint> parse_checkpoint(std::string_view text);
std::string checkpoint_text(const Checkpoint& checkpoint);

// A whole note with the log's one signature. The name of the log's key is its origin.
std::string sign_checkpoint(const Checkpoint& checkpoint, const core::SigningKey& log_key);
// The checkpoint of a note that any of these keys signed, each under the name `origin`. forbidden: signed by none of
// them, or of another origin. corrupt: one of them stands under it and does not verify. Else as parse_note().
core::Result<Checkpoint> open_checkpoint(std::string_view note, std::string_view origin, const std::vector<core::VerifyKey>& log_keys);

struct Cosignature {
  std::string witness;
  std::int64_t unix_s = 0;          // when it had seen no larger tree that contradicts this one
};
// The message under a cosignature of that time.
std::string cosigned_text(std::string_view checkpoint_text, std::int64_t unix_s);
// As verify_note(); precondition: a cosignature_v1 key.
core::Result<Cosignature> verify_cosignature(const Note& note, const NoteKey& witness);
// A checkpoint that another authority has stamped, and its answer (RFC 3161), as a log keeps them.
inline constexpr std::string_view stamped_path = "stamp/checkpoint", stamp_path = "stamp/response.tsr";
// Where a log keeps the newest checkpoint that this witness cosigned: "witness/<8 hex digits of its key's id>".
std::string witness_path(const NoteKey& witness);
bool is_witness_path(std::string_view path);
// A device of the office as a witness: origin, slash, device.
std::string device_witness(std::string_view origin, std::string_view device);
NoteSignature cosign(std::string_view checkpoint_text, std::string_view witness, const core::SigningKey& key, std::int64_t unix_s);

}  // namespace qabyl::sync::log
