// See checkpoint.h.
#include "sync/log/checkpoint.h"

#include <algorithm>

#include "core/encoding.h"

namespace qabyl::sync::log {
namespace {

using core::Error;
using core::ErrorCode;

constexpr std::size_t size_digits_max = 19;  // of 2^63
constexpr std::size_t time_bytes = 8;
constexpr std::uint64_t unix_s_max = 253'402'300'799;  // the end of the year 9999
constexpr std::string_view witness_folder = "witness/";

Error malformed(const char* what) { return {ErrorCode::invalid_input, what}; }

core::Result<std::uint64_t> parse_size(std::string_view digits) {
  if (digits.empty() || digits.size() > size_digits_max || (digits.size() > 1 && digits[0] == '0')) return malformed("checkpoint: size");
  std::uint64_t size = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return malformed("checkpoint: size");
    size = size * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (size > tree_size_max) return malformed("checkpoint: size over its limit");
  return size;
}

// Takes the next line off `rest`; empty when there is none.
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

std::uint64_t time_in(core::ByteView bytes) {
  std::uint64_t time = 0;
  for (const std::uint8_t byte : bytes.first(time_bytes)) time = time << 8 | byte;
  return time;
}

}  // namespace

core::Result<Checkpoint> parse_checkpoint(std::string_view text) {
  if (!text.ends_with('\n')) return malformed("checkpoint: not whole lines");
  Checkpoint checkpoint;
  checkpoint.origin = take_line(text);
  if (checkpoint.origin.empty() || checkpoint.origin.size() > note_name_bytes_max) return malformed("checkpoint: origin");
  QABYL_TRY(size, parse_size(take_line(text)));
  checkpoint.size = size;
  QABYL_TRY(root, core::from_base64(take_line(text)));
  if (root.size() != checkpoint.root.size()) return malformed("checkpoint: root");
  std::copy(root.begin(), root.end(), checkpoint.root.begin());
  for (std::size_t lines = 0; !text.empty(); ++lines) {
    if (lines == checkpoint_extensions_max || take_line(text).empty()) return malformed("checkpoint: extension lines");
  }
  if (checkpoint.size == 0 && checkpoint.root != empty_root()) return malformed("checkpoint: root of no leaves");
  return checkpoint;
}

std::string checkpoint_text(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + core::to_base64(checkpoint.root) + "\n";
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const core::SigningKey& log_key) {
  const std::string text = checkpoint_text(checkpoint);
  return write_note({text, {sign_note_text(text, checkpoint.origin, log_key)}});
}

core::Result<Checkpoint> open_checkpoint(std::string_view note_text, std::string_view origin, const std::vector<core::VerifyKey>& log_keys) {
  QABYL_TRY(note, parse_note(note_text));
  bool known = false;
  for (const core::VerifyKey& key : log_keys) {
    const core::Status verified = verify_note(note, {std::string(origin), key});
    if (!verified && verified.error().code != ErrorCode::forbidden) return verified.error();
    known = known || verified;
  }
  if (!known) return Error{ErrorCode::forbidden, "checkpoint not signed by a key of that log"};
  QABYL_TRY(checkpoint, parse_checkpoint(note.text));
  if (checkpoint.origin != origin) return Error{ErrorCode::forbidden, "checkpoint of another log"};
  return checkpoint;
}

std::string cosigned_text(std::string_view checkpoint_text, std::int64_t unix_s) {
  return "cosignature/v1\ntime " + std::to_string(unix_s) + "\n" + std::string(checkpoint_text);
}

core::Result<Cosignature> verify_cosignature(const Note& note, const NoteKey& witness) {
  QABYL_CHECK(witness.algorithm == NoteAlgorithm::cosignature_v1);
  const NoteSignature* const found = signature_by(note, witness);
  if (!found) return Error{ErrorCode::forbidden, "not cosigned by that witness"};
  core::Signature signature{};
  if (found->bytes.size() != time_bytes + signature.size()) return Error{ErrorCode::corrupt, "cosignature: length"};
  const std::uint64_t time = time_in(found->bytes);
  if (time > unix_s_max) return Error{ErrorCode::corrupt, "cosignature: time"};
  std::copy(found->bytes.begin() + time_bytes, found->bytes.end(), signature.begin());
  const auto unix_s = static_cast<std::int64_t>(time);
  if (!core::verify(witness.key, core::as_bytes(cosigned_text(note.text, unix_s)), signature)) {
    return Error{ErrorCode::corrupt, "cosignature does not verify"};
  }
  return Cosignature{witness.name, unix_s};
}

std::string witness_path(const NoteKey& witness) {
  const std::uint32_t id = note_key_id(witness);
  std::string path(witness_folder);
  for (int shift = 28; shift >= 0; shift -= 4) path += "0123456789abcdef"[id >> shift & 15];
  return path;
}

bool is_witness_path(std::string_view path) {
  if (!path.starts_with(witness_folder) || path.size() != witness_folder.size() + 8) return false;
  return path.substr(witness_folder.size()).find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string device_witness(std::string_view origin, std::string_view device) { return std::string(origin) + "/" + std::string(device); }

NoteSignature cosign(std::string_view checkpoint_text, std::string_view witness, const core::SigningKey& key, std::int64_t unix_s) {
  QABYL_CHECK(note_name(witness) && unix_s >= 0);
  core::Bytes bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(unix_s) >> shift));
  const core::Signature signature = core::sign(key, core::as_bytes(cosigned_text(checkpoint_text, unix_s)));
  bytes.insert(bytes.end(), signature.begin(), signature.end());
  return {std::string(witness), note_key_id({std::string(witness), key.verify_key, NoteAlgorithm::cosignature_v1}), std::move(bytes)};
}

}  // namespace qabyl::sync::log
