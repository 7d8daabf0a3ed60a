// Hex, base64, base64url (RFC 4648), base45 (RFC 9285) and Crockford base32. Every decoder accepts
// exactly what its encoder writes: RFC 4648 section 3.5 lets others ignore trailing bits, we do not.
#include "core/encoding.h"

#include <algorithm>

namespace qabyl::core {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view crockford_digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view base45_digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
constexpr std::string_view plain64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

Error invalid(const char* detail) { return {ErrorCode::invalid_input, detail}; }

// Value of each byte in an alphabet, -1 for a foreign one.
using Values = std::array<std::int8_t, 256>;
constexpr Values values_of(std::string_view alphabet) {
  Values values{};
  for (auto& value : values) value = -1;
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}
int value_in(const Values& values, char c) { return values[static_cast<unsigned char>(c)]; }

std::string encode64(ByteView bytes, std::string_view alphabet) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  std::uint32_t bits = 0;
  int count = 0;
  for (const std::uint8_t byte : bytes) {
    bits = (bits << 8 | byte) & 0xFFFFU;
    for (count += 8; count >= 6; count -= 6) out += alphabet[bits >> (count - 6) & 0x3F];
  }
  if (count > 0) out += alphabet[bits << (6 - count) & 0x3F];
  return out;
}

// Without padding. One character left over is no byte; bits left over must be zero.
Result<Bytes> decode64(std::string_view text, const Values& values) {
  if (text.size() % 4 == 1) return invalid("base64: length");
  Bytes out(text.size() * 3 / 4);
  auto* next = out.data();
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const int value = value_in(values, c);
    if (value < 0) return invalid("base64: foreign character");
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xFFFFU;
    if ((count += 6) < 8) continue;
    count -= 8;
    *next++ = static_cast<std::uint8_t>(bits >> count);
  }
  if ((bits & ((1U << count) - 1)) != 0) return invalid("base64: trailing bits");
  return out;
}

}  // namespace

std::string to_hex(ByteView bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    out += hex_digits[byte >> 4];
    out += hex_digits[byte & 0xF];
  }
  return out;
}

Result<Bytes> from_hex(std::string_view text) {
  static constexpr Values values = values_of(hex_digits);
  if (text.size() % 2 != 0) return invalid("hex: odd length");
  Bytes out(text.size() / 2);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int high = value_in(values, text[2 * i]), low = value_in(values, text[2 * i + 1]);
    if (high < 0 || low < 0) return invalid("hex: foreign character");
    out[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return out;
}

Result<Digest> digest_from_hex(std::string_view text) {
  Digest digest{};
  if (text.size() != 2 * digest.size()) return invalid("digest: 64 hex digits expected");
  QABYL_TRY(bytes, from_hex(text));
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

std::string to_base64url(ByteView bytes) { return encode64(bytes, url64); }

Result<Bytes> from_base64url(std::string_view text) {
  static constexpr Values values = values_of(url64);
  return decode64(text, values);
}

std::string to_base64(ByteView bytes) {
  std::string out = encode64(bytes, plain64);
  out.append((4 - out.size() % 4) % 4, '=');
  return out;
}

Result<Bytes> from_base64(std::string_view text) {
  static constexpr Values values = values_of(plain64);
  if (text.size() % 4 != 0) return invalid("base64: length");
  if (text.ends_with('=')) text.remove_suffix(text.ends_with("==") ? 2 : 1);
  return decode64(text, values);
}

std::string to_base45(ByteView bytes) {
  std::string out;
  out.reserve((bytes.size() + 1) / 2 * 3);
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    const bool pair = i + 1 < bytes.size();
    std::uint32_t value = pair ? std::uint32_t{bytes[i]} << 8 | bytes[i + 1] : bytes[i];
    for (int digit = 0; digit < (pair ? 3 : 2); ++digit, value /= 45) out += base45_digits[value % 45];
  }
  return out;
}

Result<Bytes> from_base45(std::string_view text) {
  static constexpr Values values = values_of(base45_digits);
  if (text.size() % 3 == 1) return invalid("base45: length");
  Bytes out;
  out.reserve(text.size() / 3 * 2 + 1);
  for (std::size_t i = 0; i < text.size(); i += 3) {
    const auto group = text.substr(i, 3);
    std::uint32_t value = 0, weight = 1;
    for (const char c : group) {
      const int digit = value_in(values, c);
      if (digit < 0) return invalid("base45: foreign character");
      value += static_cast<std::uint32_t>(digit) * weight;
      weight *= 45;
    }
    if (value > (group.size() == 3 ? 0xFFFFU : 0xFFU)) return invalid("base45: group too big");
    if (group.size() == 3) out.push_back(static_cast<std::uint8_t>(value >> 8));
    out.push_back(static_cast<std::uint8_t>(value & 0xFF));
  }
  return out;
}

std::string to_crockford(ByteView bytes, std::size_t digits) {
  QABYL_CHECK(bytes.size() * 8 >= digits * 5);
  std::string out;
  for (std::size_t i = 0; i < digits; ++i) {
    std::uint32_t value = 0;
    for (std::size_t bit = 5 * i; bit < 5 * i + 5; ++bit) {
      value = value << 1 | (std::uint32_t{bytes[bit / 8]} >> (7 - bit % 8) & 1U);
    }
    out += crockford_digits[value];
  }
  return out;
}

}  // namespace qabyl::core
