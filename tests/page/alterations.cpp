// See alterations.h.
#include "tests/page/alterations.h"

#include <algorithm>

#include "core/encoding.h"

namespace qabyl::test {
namespace {

using core::Bytes;

constexpr std::string_view prefix = "QBL1:";
constexpr std::string_view base45_digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

std::size_t below(std::size_t count, std::mt19937_64& random) { return static_cast<std::size_t>(random() % count); }

// Changes below the text form: what stays is well-formed base45.
Bytes altered_bytes(Bytes bytes, const Bytes& other, std::mt19937_64& random) {
  const auto at = below(bytes.size(), random), place = below(bytes.size(), random);
  const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(at);
  switch (below(8, random)) {
    case 0: bytes[at] ^= static_cast<std::uint8_t>(1U << below(8, random)); break;
    case 1: bytes[at] = static_cast<std::uint8_t>(random()); break;
    case 2: std::swap(bytes[at], bytes[place]); break;
    case 3: bytes.insert(from, static_cast<std::uint8_t>(random())); break;
    case 4: bytes.erase(from); break;
    case 5: bytes.erase(from, bytes.end()); break;
    case 6: bytes.erase(from, bytes.end()); if (at < other.size()) bytes.insert(bytes.end(), other.begin() + static_cast<std::ptrdiff_t>(at), other.end()); break;
    default: for (std::size_t i = at; i < std::min(bytes.size(), at + 8); ++i) bytes[i] = static_cast<std::uint8_t>(random()); break;
  }
  return bytes;
}

std::string altered_text(std::string text, std::mt19937_64& random) {
  const auto at = below(text.size(), random);
  switch (below(5, random)) {
    case 0: text[at] = static_cast<char>(text[at] ^ (1 << below(8, random))); break;
    case 1: text[at] = base45_digits[below(base45_digits.size(), random)]; break;
    case 2: text.insert(at, 1, base45_digits[below(base45_digits.size(), random)]); break;
    case 3: text.erase(at, 1 + below(4, random)); break;
    default: text += base45_digits[below(base45_digits.size(), random)]; break;
  }
  return text;
}

}  // namespace

std::string altered_qr(const std::string& good, const std::string& other, std::mt19937_64& random) {
  const auto bytes = core::from_base45(good.substr(prefix.size())), others = core::from_base45(other.substr(prefix.size()));
  std::string altered = good;
  while (altered == good || altered == other) {  // a byte set to what it was is no alteration
    altered = below(3, random) == 0 ? altered_text(good, random) : std::string(prefix) + core::to_base45(altered_bytes(*bytes, *others, random));
  }
  return altered;
}

Edit random_edit(core::ByteView file, std::size_t from, std::mt19937_64& random) {
  const auto at = from + below(file.size() - from, random);
  const auto byte = static_cast<std::uint8_t>(random());
  switch (below(6, random)) {
    case 0: return {at, 1, {static_cast<std::uint8_t>(file[at] ^ 1U << below(8, random))}};
    case 1: return {at, 1, {static_cast<std::uint8_t>(file[at] + 1 + byte % 255)}};
    case 2: return {at, 0, {byte}};
    case 3: return {at, 1 + below(std::min<std::size_t>(8, file.size() - at), random), {}};
    case 4: return {at, file.size() - at, {}};
    default: return {file.size(), 0, core::Bytes(1 + below(16, random), byte)};
  }
}

core::Bytes edited(core::ByteView file, const Edit& edit) {
  core::Bytes made(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(edit.at));
  made.insert(made.end(), edit.bytes.begin(), edit.bytes.end());
  made.insert(made.end(), file.begin() + static_cast<std::ptrdiff_t>(edit.at + edit.removed), file.end());
  return made;
}

}  // namespace qabyl::test
