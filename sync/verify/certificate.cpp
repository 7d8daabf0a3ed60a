// See certificate.h.
#include "sync/verify/certificate.h"

#include <algorithm>

#include "core/encoding.h"
#include "core/text.h"

namespace qabyl::sync::verify {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view sha_rsa = "\x2a\x86\x48\x86\xf7\x0d\x01\x01"sv, sha_ecdsa = "\x2a\x86\x48\xce\x3d\x04\x03"sv;  // and one byte
constexpr std::string_view curve_key = "\x2a\x86\x48\xce\x3d\x02\x01"sv, p256 = "\x2a\x86\x48\xce\x3d\x03\x01\x07"sv, p384 = "\x2b\x81\x04\x00\x22"sv;
constexpr std::string_view key_id = "\x55\x1d\x0e"sv, key_usage = "\x55\x1d\x0f"sv, constraints = "\x55\x1d\x13"sv, policies = "\x55\x1d\x20"sv, purposes = "\x55\x1d\x25"sv;
constexpr std::string_view stamping = "\x2b\x06\x01\x05\x05\x07\x03\x08"sv, common_name = "\x55\x04\x03"sv, organisation = "\x55\x04\x0a"sv;
constexpr int signs = 0, vouches = 1, certifies = 5;  // bits of keyUsage

core::Error malformed(const char* what) { return {core::ErrorCode::invalid_input, what}; }

core::ByteView without_zeros(core::ByteView number) {
  while (number.size() > 1 && number[0] == 0) number = number.subspan(1);
  return number;
}

core::Result<core::ByteView> whole_bytes(core::ByteView bit_string) {
  if (bit_string.empty() || bit_string[0] != 0) return malformed("certificate: bits");
  return bit_string.subspan(1);
}

core::Result<std::optional<ForeignKey>> read_key(core::ByteView info) {
  DerReader reader(info);
  QABYL_TRY(algorithm, read_algorithm(reader));
  QABYL_TRY(bits, reader.next(der::bit_string));
  QABYL_TRY_DO(reader.end());
  QABYL_TRY(bytes, whole_bytes(bits.content));
  if (algorithm.object == foreign::rsa) {
    QABYL_TRY(pair, der_item(bytes, der::sequence));
    DerReader numbers(pair.content);
    QABYL_TRY(modulus, numbers.next(der::integer));
    QABYL_TRY(exponent, numbers.next(der::integer));
    QABYL_TRY_DO(numbers.end());
    return std::optional(ForeignKey{ForeignKeyKind::rsa, without_zeros(modulus.content), without_zeros(exponent.content)});
  }
  const auto curve = core::as_text(algorithm.parameters);
  const std::size_t size = curve == p256 ? 32 : curve == p384 ? 48 : 0;
  if (algorithm.object != curve_key || size == 0 || bytes.size() != 1 + 2 * size || bytes[0] != 4) return std::optional<ForeignKey>();
  return std::optional(ForeignKey{curve == p256 ? ForeignKeyKind::p256 : ForeignKeyKind::p384, bytes.subspan(1, size), bytes.subspan(1 + size)});
}

bool has_bit(core::ByteView bits, int number) {
  const auto byte = static_cast<std::size_t>(1 + number / 8);
  return byte < bits.size() && (bits[byte] & 0x80 >> number % 8) != 0;
}

core::Status read_constraints(core::ByteView value, Certificate& certificate) {
  QABYL_TRY(item, der_item(value, der::sequence));
  DerReader reader(item.content);
  if (reader.next_is(der::boolean)) {
    QABYL_TRY(flag, reader.next());
    QABYL_TRY(is_authority, der_boolean(flag.content));
    certificate.is_authority = is_authority;
  }
  if (reader.next_is(der::integer)) {
    QABYL_TRY(depth, reader.next());
    if (depth.content.size() != 1 || depth.content[0] > 0x7f) return malformed("certificate: path length");
    certificate.depth_max = depth.content[0];
  }
  return reader.end();
}

core::Status read_extension(std::string_view object, bool critical, core::ByteView value, Certificate& certificate) {
  if (object == constraints) return read_constraints(value, certificate);
  if (object == key_usage) {
    QABYL_TRY(bits, der_item(value, der::bit_string));
    certificate.may_certify = has_bit(bits.content, certifies);
    certificate.may_sign = has_bit(bits.content, signs) || has_bit(bits.content, vouches);
  } else if (object == purposes) {
    QABYL_TRY(list, der_item(value, der::sequence));
    QABYL_TRY(first, DerReader(list.content).next(der::oid));
    certificate.for_stamps = critical && core::as_text(first.content) == stamping && first.whole.size() == list.content.size();
  } else if (object == key_id) {
    QABYL_TRY(id, der_item(value, der::octet_string));
    certificate.key_id = id.content;
  } else if (critical && object != policies) {
    certificate.unknown_demand = true;
  }
  return core::Done{};
}

core::Status read_extensions(DerReader& reader, Certificate& certificate) {
  for (const int skipped : {1, 2}) {
    if (reader.next_is(der::part(skipped))) QABYL_TRY_DO(reader.next());
  }
  if (reader.at_end()) return core::Done{};
  QABYL_TRY(wrapped, reader.next(der::wrapped(3)));
  QABYL_TRY(list, der_item(wrapped.content, der::sequence));
  for (DerReader extensions(list.content); !extensions.at_end();) {
    QABYL_TRY(extension, extensions.into(der::sequence));
    QABYL_TRY(object, extension.next(der::oid));
    bool critical = false;
    if (extension.next_is(der::boolean)) {
      QABYL_TRY(flag, extension.next());
      QABYL_TRY(is_critical, der_boolean(flag.content));
      critical = is_critical;
    }
    QABYL_TRY(value, extension.next(der::octet_string));
    QABYL_TRY_DO(extension.end());
    QABYL_TRY_DO(read_extension(core::as_text(object.content), critical, value.content, certificate));
  }
  return reader.end();
}

core::Status read_signed_part(core::ByteView content, Certificate& certificate) {
  DerReader reader(content);
  if (reader.next_is(der::wrapped(0))) QABYL_TRY_DO(reader.next());  // version
  QABYL_TRY(serial, reader.next(der::integer));
  QABYL_TRY(algorithm, read_algorithm(reader));
  if (algorithm.object != certificate.algorithm.object) return malformed("certificate: two algorithms");
  QABYL_TRY(issuer, reader.next(der::sequence));
  QABYL_TRY(validity, reader.into(der::sequence));
  QABYL_TRY(from, validity.next());
  QABYL_TRY(to, validity.next());
  QABYL_TRY_DO(validity.end());
  QABYL_TRY(from_time, der_time(from));
  QABYL_TRY(to_time, der_time(to));
  QABYL_TRY(subject, reader.next(der::sequence));
  QABYL_TRY(key_info, reader.next(der::sequence));
  QABYL_TRY(key, read_key(key_info.content));
  certificate.serial = serial.content;
  certificate.issuer = issuer.whole;
  certificate.subject = subject.whole;
  certificate.from = from_time;
  certificate.to = to_time;
  certificate.key = key;
  return read_extensions(reader, certificate);
}

// The value of the last such part of a name.
std::string part_of(core::ByteView name, std::string_view object) {
  std::string found;
  const auto names = der_item(name, der::sequence);
  if (!names) return found;
  for (DerReader sets(names->content); !sets.at_end();) {
    auto set = sets.into(der::set);
    auto part = set ? set->into(der::sequence) : core::Result<DerReader>(set.error());
    const auto kind = part ? part->next(der::oid) : core::Result<DerItem>(part.error());
    const auto value = kind ? part->next() : kind;
    if (!value) return found;
    const bool readable = (value->tag == der::utf8 || value->tag == der::printable) && core::valid_utf8(core::as_text(value->content));
    if (core::as_text(kind->content) == object && readable) found = core::as_text(value->content);
  }
  return found;
}

bool is_valid(const Certificate& certificate, core::Instant at) { return certificate.from <= at && at <= certificate.to; }

// The way from a certificate up to a root. Each other certificate is passed once: a way over it is as good as any.
class Climb {
 public:
  Climb(const std::vector<Certificate>& others, const std::vector<Certificate>& roots) : others_(others), roots_(roots), passed_(others.size()) {}

  bool reaches_root(const Certificate& from, int authorities) {
    way_.push_back(&from);
    for (const auto& root : roots_) {
      if (std::ranges::equal(root.whole, from.whole)) return true;
      if (!vouches_for(root, from, authorities)) continue;
      way_.push_back(&root);
      return true;
    }
    for (std::size_t i = 0; i < others_.size(); ++i) {
      if (passed_[i] || !vouches_for(others_[i], from, authorities)) continue;
      passed_[i] = true;
      if (reaches_root(others_[i], authorities + 1)) return true;
    }
    way_.pop_back();
    return false;
  }
  bool held(core::Instant at) const { return std::all_of(way_.begin(), way_.end(), [at](const auto* one) { return is_valid(*one, at); }); }

 private:
  static bool vouches_for(const Certificate& issuer, const Certificate& one, int authorities) {
    const bool able = issuer.is_authority && issuer.may_certify && !issuer.unknown_demand && (!issuer.depth_max || authorities <= *issuer.depth_max);
    return able && std::ranges::equal(issuer.subject, one.issuer) && signed_by(one, issuer);
  }

  const std::vector<Certificate>& others_;
  const std::vector<Certificate>& roots_;
  std::vector<bool> passed_;
  std::vector<const Certificate*> way_;
};

}  // namespace

core::Result<ForeignAlgorithm> read_algorithm(DerReader& reader) {
  QABYL_TRY(inside, reader.into(der::sequence));
  QABYL_TRY(object, inside.next(der::oid));
  ForeignAlgorithm algorithm{core::as_text(object.content), {}};
  if (!inside.at_end()) {
    QABYL_TRY(parameters, inside.next());
    if (parameters.tag == der::oid) algorithm.parameters = parameters.content;
  }
  QABYL_TRY_DO(inside.end());
  return algorithm;
}

std::optional<ForeignHash> hash_of(std::string_view object) {
  if (object == foreign::sha1) return ForeignHash::sha1;
  if (object == foreign::sha256) return ForeignHash::sha256;
  if (object == foreign::sha384) return ForeignHash::sha384;
  return object == foreign::sha512 ? std::optional(ForeignHash::sha512) : std::nullopt;
}

std::optional<ForeignHash> hash_under(std::string_view object) {
  if (object.empty()) return std::nullopt;
  const auto family = object.substr(0, object.size() - 1);
  const int kind = static_cast<unsigned char>(object.back()) - (family == sha_rsa ? 0x0b : 0x02);
  if ((family != sha_rsa && family != sha_ecdsa) || kind < 0 || kind > 2) return std::nullopt;
  return kind == 0 ? ForeignHash::sha256 : kind == 1 ? ForeignHash::sha384 : ForeignHash::sha512;
}

std::string Certificate::name() const {
  auto text = part_of(subject, common_name);
  if (text.empty()) text = part_of(subject, organisation);
  if (text.empty()) return "?";
  const auto points = core::code_points(text);
  const bool printable = std::all_of(points.begin(), points.end(), [](char32_t c) { return c >= 0x20 && !(c >= 0x7f && c < 0xa0); });
  return printable ? text : "?";
}

core::Result<Certificate> read_certificate(core::ByteView bytes) {
  QABYL_TRY(item, der_item(bytes, der::sequence));
  DerReader reader(item.content);
  QABYL_TRY(signed_part, reader.next(der::sequence));
  QABYL_TRY(algorithm, read_algorithm(reader));
  QABYL_TRY(bits, reader.next(der::bit_string));
  QABYL_TRY_DO(reader.end());
  QABYL_TRY(signature, whole_bytes(bits.content));
  Certificate certificate;
  certificate.whole = bytes;
  certificate.signed_part = signed_part.whole;
  certificate.algorithm = algorithm;
  certificate.signature = signature;
  QABYL_TRY_DO(read_signed_part(signed_part.content, certificate));
  return certificate;
}

bool signed_by(const Certificate& one, const Certificate& issuer) {
  const auto hash = hash_under(one.algorithm.object);
  return hash && issuer.key && foreign_verify(*issuer.key, *hash, one.signed_part, one.signature);
}

core::Result<std::vector<core::Bytes>> certificates_in(std::string_view file) {
  constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----", end = "-----END CERTIFICATE-----";
  std::vector<core::Bytes> found;
  if (file.starts_with('\x30')) found.push_back(core::to_bytes(file));
  for (auto at = file.find(begin); at != file.npos; at = file.find(begin, at)) {
    const auto to = file.find(end, at);
    if (to == file.npos || found.size() == certificates_max) return malformed("certificates: PEM");
    std::string text(file.substr(at + begin.size(), to - at - begin.size()));
    std::erase_if(text, [](char c) { return c == '\n' || c == '\r'; });
    QABYL_TRY(bytes, core::from_base64(text));
    found.push_back(std::move(bytes));
    at = to;
  }
  if (found.empty()) return malformed("no certificate");
  return found;
}

Chain chain_of(const Certificate& leaf, const std::vector<Certificate>& others, const std::vector<Certificate>& roots, core::Instant at) {
  Climb climb(others, roots);
  if (!climb.reaches_root(leaf, 0)) return Chain::stranger;
  return climb.held(at) ? Chain::holds : Chain::period;
}

}  // namespace qabyl::sync::verify
