// See note.h. Strict on the form, because the form is signed too: one spelling of base64, one newline at the end.
#include "sync/log/note.h"

#include <algorithm>

#include "core/encoding.h"
#include "core/text.h"

namespace qabyl::sync::log {
namespace {

using core::Error;
using core::ErrorCode;

constexpr std::string_view signature_begin = "\u2014 ";
constexpr std::size_t key_id_bytes = 4;

Error malformed(const char* what) { return {ErrorCode::invalid_input, what}; }

bool is_blank(char32_t c) {
  if (c <= 0x20) return true;
  constexpr std::array<char32_t, 9> blanks{0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0x7F};
  return (c >= 0x2000 && c <= 0x200A) || std::find(blanks.begin(), blanks.end(), c) != blanks.end();
}

bool printable(std::string_view text) {
  return core::valid_utf8(text) && std::all_of(text.begin(), text.end(), [](char c) { return c == '\n' || static_cast<unsigned char>(c) >= 0x20; });
}

void append_number(core::Bytes& out, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(number >> shift));
}

std::uint32_t number_in(core::ByteView bytes) {
  std::uint32_t number = 0;
  for (const std::uint8_t byte : bytes.first(key_id_bytes)) number = number << 8 | byte;
  return number;
}

// "— name base64", without its newline.
core::Result<NoteSignature> parse_line(std::string_view line) {
  if (!line.starts_with(signature_begin)) return malformed("note: not a signature line");
  line.remove_prefix(signature_begin.size());
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos || !note_name(line.substr(0, blank))) return malformed("note: name of a signature");
  QABYL_TRY(bytes, core::from_base64(line.substr(blank + 1)));
  if (bytes.size() <= key_id_bytes) return malformed("note: signature without bytes");
  return NoteSignature{std::string(line.substr(0, blank)), number_in(bytes), core::Bytes(bytes.begin() + key_id_bytes, bytes.end())};
}

}  // namespace

bool note_name(std::string_view name) {
  if (name.empty() || name.size() > note_name_bytes_max || !core::valid_utf8(name)) return false;
  const std::vector<char32_t> points = core::code_points(name);
  return std::none_of(points.begin(), points.end(), [](char32_t c) { return c == '+' || is_blank(c); });
}

std::uint32_t note_key_id(const NoteKey& key) {
  core::Bytes bytes = core::to_bytes(key.name);
  bytes.push_back('\n');
  bytes.push_back(static_cast<std::uint8_t>(key.algorithm));
  bytes.insert(bytes.end(), key.key.begin(), key.key.end());
  return number_in(core::sha256(bytes));
}

std::string to_vkey(const NoteKey& key) {
  core::Bytes id, bytes{static_cast<std::uint8_t>(key.algorithm)};
  append_number(id, note_key_id(key));
  bytes.insert(bytes.end(), key.key.begin(), key.key.end());
  return key.name + "+" + core::to_hex(id) + "+" + core::to_base64(bytes);
}

core::Result<NoteKey> parse_vkey(std::string_view text) {
  const std::size_t first = text.find('+'), second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos || !note_name(text.substr(0, first))) return malformed("vkey: name+id+key expected");
  QABYL_TRY(bytes, core::from_base64(text.substr(second + 1)));
  NoteKey key{std::string(text.substr(0, first)), {}, NoteAlgorithm::ed25519};
  if (bytes.size() != 1 + key.key.size()) return malformed("vkey: length of the key");
  if (bytes[0] == static_cast<std::uint8_t>(NoteAlgorithm::cosignature_v1)) key.algorithm = NoteAlgorithm::cosignature_v1;
  else if (bytes[0] != static_cast<std::uint8_t>(NoteAlgorithm::ed25519)) return malformed("vkey: unknown algorithm");
  std::copy(bytes.begin() + 1, bytes.end(), key.key.begin());
  if (to_vkey(key) != text) return malformed("vkey: not the id of that key");
  return key;
}

core::Result<Note> parse_note(std::string_view text) {
  if (text.size() > note_bytes_max) return Error{ErrorCode::too_large, "note over its limit"};
  if (!printable(text) || !text.ends_with('\n')) return malformed("note: not lines of UTF-8");
  const std::size_t blank = text.rfind("\n\n");  // the last empty line; a text of its own may hold others
  if (blank == std::string_view::npos) return malformed("note: no signatures");
  Note note{std::string(text.substr(0, blank + 1)), {}};
  for (std::string_view rest = text.substr(blank + 2); !rest.empty();) {
    if (note.signatures.size() == note_signatures_max) return Error{ErrorCode::too_large, "note with too many signatures"};
    const std::size_t end = rest.find('\n');
    QABYL_TRY(signature, parse_line(rest.substr(0, end)));
    note.signatures.push_back(std::move(signature));
    rest.remove_prefix(end + 1);
  }
  if (note.signatures.empty()) return malformed("note: no signatures");
  return note;
}

std::string write_note(const Note& note) {
  std::string out = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) {
    core::Bytes bytes;
    append_number(bytes, signature.key_id);
    bytes.insert(bytes.end(), signature.bytes.begin(), signature.bytes.end());
    out.append(signature_begin).append(signature.name).append(" ").append(core::to_base64(bytes)).append("\n");
  }
  return out;
}

NoteSignature sign_note_text(std::string_view text, std::string_view name, const core::SigningKey& key) {
  QABYL_CHECK(note_name(name) && printable(text) && text.ends_with('\n'));
  const core::Signature signature = core::sign(key, core::as_bytes(text));
  return {std::string(name), note_key_id({std::string(name), key.verify_key}), {signature.begin(), signature.end()}};
}

const NoteSignature* signature_by(const Note& note, const NoteKey& key) {
  const std::uint32_t id = note_key_id(key);
  const auto found = std::find_if(note.signatures.begin(), note.signatures.end(),
                                  [&](const NoteSignature& signature) { return signature.key_id == id && signature.name == key.name; });
  return found == note.signatures.end() ? nullptr : &*found;
}

core::Status verify_note(const Note& note, const NoteKey& key) {
  QABYL_CHECK(key.algorithm == NoteAlgorithm::ed25519);
  const NoteSignature* const found = signature_by(note, key);
  if (!found) return Error{ErrorCode::forbidden, "note not signed by that key"};
  core::Signature signature{};
  if (found->bytes.size() != signature.size()) return Error{ErrorCode::corrupt, "note: length of the signature"};
  std::copy(found->bytes.begin(), found->bytes.end(), signature.begin());
  if (!core::verify(key.key, core::as_bytes(note.text), signature)) return Error{ErrorCode::corrupt, "note: signature does not verify"};
  return core::Done{};
}

}  // namespace qabyl::sync::log
