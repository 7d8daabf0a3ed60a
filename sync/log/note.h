// Signed notes (C2SP signed-note): text, a blank line, and lines of signatures by named Ed25519 keys. Lines by keys that
// the reader does not know are passed over, so that a note may gather signatures of others. Knows no log.
#pragma once

#include "core/crypto.h"

namespace qabyl::sync::log {

inline constexpr std::size_t note_bytes_max = 64 * 1024;
inline constexpr std::size_t note_signatures_max = 32;
inline constexpr std::size_t note_name_bytes_max = 200;

// What a key signs; the byte goes into its id, so that one key is never taken for two purposes.
enum class NoteAlgorithm : std::uint8_t { ed25519 = 0x01, cosignature_v1 = 0x04 };

struct NoteKey {
  std::string name;                 // note_name() holds
  core::VerifyKey key{};
  NoteAlgorithm algorithm = NoteAlgorithm::ed25519;
  bool operator==(const NoteKey&) const = default;
};

struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  core::Bytes bytes;                // what stands behind the key id
};

struct Note {
  std::string text;                 // with its final newline: what is signed
  std::vector<NoteSignature> signatures;
};

bool note_name(std::string_view name);  // not empty, UTF-8, no blanks, no plus, within its limit
// First four bytes, big-endian, of SHA-256(name, newline, algorithm, key).
std::uint32_t note_key_id(const NoteKey& key);
// "name+hex key id+base64(algorithm, key)": how a key is handed to a reader. invalid_input: not that, another algorithm,
// or an id that is not this key's.
std::string to_vkey(const NoteKey& key);
core::Result<NoteKey> parse_vkey(std::string_view text);

// invalid_input: not a note. too_large: over note_bytes_max or note_signatures_max.
core::Result<Note> parse_note(std::string_view text);
std::string write_note(const Note& note);
// Preconditions: key.name is a note name; `text` ends in a newline and is UTF-8 without other control characters.
NoteSignature sign_note_text(std::string_view text, std::string_view name, const core::SigningKey& key);

// The line by that key: the first of its name and id. nullptr: none.
const NoteSignature* signature_by(const Note& note, const NoteKey& key);
// forbidden: no line by that key. corrupt: its line does not verify, whatever other lines say. Precondition: an ed25519 key.
core::Status verify_note(const Note& note, const NoteKey& key);

}  // namespace qabyl::sync::log
