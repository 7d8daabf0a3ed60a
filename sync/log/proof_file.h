// The proof of one record as a file of its own (format.md, 6): its leaf, where it stands, and the checkpoint, so that
// anybody can check it with nothing else than the office's keys. Knows no file and no registry.
#pragma once

#include "core/verdict.h"
#include "sync/log/leaf.h"

namespace qabyl::sync::log {

inline constexpr std::size_t proof_file_bytes_max = 32 * 1024;

struct ProofFile {
  Leaf leaf;
  std::uint64_t index = 0, size = 0;  // below 2^53
  Hashes proof;                       // inclusion, from the leaf up
  std::string checkpoint;             // a whole signed note
  bool operator==(const ProofFile&) const = default;

  core::LogPlace place() const { return {index, size, leaf.at, proof, checkpoint}; }
};

ProofFile proof_file(const Digest& record, const core::LogPlace& place);
// {"checkpoint":...,"entry":<base64>,"index":i,"proof":[<base64>...],"size":n,"v":1}, RFC 8785, without a newline.
std::string encode(const ProofFile& file);
// invalid_input: not these bytes exactly. too_large. Proves nothing yet: see place.h.
core::Result<ProofFile> parse_proof_file(std::string_view text);

}  // namespace qabyl::sync::log
