// See stamp_check.h.
#include "sync/verify/stamp_check.h"

#include <algorithm>

#include "sync/verify/certificate.h"

namespace qabyl::sync::verify {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view signed_data = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"sv, stamp_info = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x04"sv;
constexpr std::string_view content_type = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x03"sv, message_digest = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04"sv;
constexpr std::string_view signer_by_sha1 = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x0c"sv, signer_by_any = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x2f"sv;

core::Error malformed(const char* what) { return {core::ErrorCode::invalid_input, what}; }

struct Signer {
  core::ByteView issuer, serial, key_id;  // by the first two, or by the third
  std::string_view digest, algorithm;     // objects
  core::ByteView attributes;              // with their own tag
  core::ByteView signature;
};
struct Token {
  core::ByteView info;                    // TSTInfo
  std::vector<Certificate> certificates;
  Signer signer;
};
struct Info {
  std::string_view hash;
  core::ByteView digest;
  core::Instant at{};
};
struct Attributes {
  core::ByteView digest;                  // of the TSTInfo
  ForeignHash signer_hash = ForeignHash::sha256;
  core::ByteView signer_digest;           // of the signer's certificate
};

core::Result<Signer> read_signer(core::ByteView content) {
  DerReader reader(content);
  Signer signer;
  QABYL_TRY_DO(reader.next(der::integer));
  if (reader.next_is(der::part(0))) {
    QABYL_TRY(id, reader.next());
    signer.key_id = id.content;
  } else {
    QABYL_TRY(named, reader.into(der::sequence));
    QABYL_TRY(issuer, named.next(der::sequence));
    QABYL_TRY(serial, named.next(der::integer));
    QABYL_TRY_DO(named.end());
    signer.issuer = issuer.whole;
    signer.serial = serial.content;
  }
  QABYL_TRY(digest, read_algorithm(reader));
  QABYL_TRY(attributes, reader.next(der::wrapped(0)));
  QABYL_TRY(algorithm, read_algorithm(reader));
  QABYL_TRY(signature, reader.next(der::octet_string));
  if (reader.next_is(der::wrapped(1))) QABYL_TRY_DO(reader.next());  // what nobody signed
  QABYL_TRY_DO(reader.end());
  signer.digest = digest.object;
  signer.attributes = attributes.whole;
  signer.algorithm = algorithm.object;
  signer.signature = signature.content;
  return signer;
}

core::Result<Token> read_token(core::ByteView content) {
  DerReader reader(content);
  Token token;
  QABYL_TRY_DO(reader.next(der::integer));
  QABYL_TRY_DO(reader.next(der::set));  // digests that are used: each signer names its own
  QABYL_TRY(inside, reader.into(der::sequence));
  QABYL_TRY(type, inside.next(der::oid));
  QABYL_TRY(wrapped, inside.next(der::wrapped(0)));
  QABYL_TRY_DO(inside.end());
  QABYL_TRY(info, der_item(wrapped.content, der::octet_string));
  if (core::as_text(type.content) != stamp_info) return malformed("not a time stamp");
  token.info = info.content;
  if (reader.next_is(der::wrapped(0))) {
    QABYL_TRY(list, reader.next());
    for (DerReader certificates(list.content); !certificates.at_end();) {
      QABYL_TRY(one, certificates.next());
      if (token.certificates.size() == certificates_max) return malformed("too many certificates");
      const auto certificate = one.tag == der::sequence ? read_certificate(one.whole) : core::Result<Certificate>(malformed("another kind"));
      if (certificate) token.certificates.push_back(*certificate);  // what is no certificate of ours helps nobody
    }
  }
  if (reader.next_is(der::wrapped(1))) QABYL_TRY_DO(reader.next());  // lists of revoked ones: this program has no newer ones either
  QABYL_TRY(signers, reader.next(der::set));
  QABYL_TRY_DO(reader.end());
  QABYL_TRY(one, der_item(signers.content, der::sequence));
  QABYL_TRY(signer, read_signer(one.content));
  token.signer = signer;
  return token;
}

core::Result<Token> read_response(core::ByteView response) {
  QABYL_TRY(whole, der_item(response, der::sequence));
  DerReader reader(whole.content);
  QABYL_TRY(status, reader.into(der::sequence));
  QABYL_TRY(granted, status.next(der::integer));
  if (granted.content.size() != 1 || granted.content[0] > 1) return malformed("not granted");
  QABYL_TRY(content, reader.into(der::sequence));
  QABYL_TRY_DO(reader.end());
  QABYL_TRY(type, content.next(der::oid));
  QABYL_TRY(wrapped, content.next(der::wrapped(0)));
  QABYL_TRY_DO(content.end());
  if (core::as_text(type.content) != signed_data) return malformed("not signed data");
  QABYL_TRY(data, der_item(wrapped.content, der::sequence));
  return read_token(data.content);
}

core::Result<Info> read_info(core::ByteView bytes) {
  QABYL_TRY(whole, der_item(bytes, der::sequence));
  DerReader reader(whole.content);
  QABYL_TRY_DO(reader.next(der::integer));
  QABYL_TRY_DO(reader.next(der::oid));  // the authority's policy
  QABYL_TRY(imprint, reader.into(der::sequence));
  QABYL_TRY(hash, read_algorithm(imprint));
  QABYL_TRY(digest, imprint.next(der::octet_string));
  QABYL_TRY_DO(imprint.end());
  QABYL_TRY_DO(reader.next(der::integer));
  QABYL_TRY(time, reader.next(der::general_time));
  QABYL_TRY(at, der_time(time));
  return Info{hash.object, digest.content, at};
}

// ESSCertID(V2): the hash of the signer's certificate, the first of the list.
core::Status read_signer_digest(core::ByteView value, bool by_any, Attributes& attributes) {
  QABYL_TRY(whole, der_item(value, der::sequence));
  DerReader list(whole.content);
  QABYL_TRY(certificates, list.into(der::sequence));
  QABYL_TRY(first, certificates.into(der::sequence));
  attributes.signer_hash = by_any ? ForeignHash::sha256 : ForeignHash::sha1;
  if (by_any && first.next_is(der::sequence)) {
    QABYL_TRY(named, read_algorithm(first));
    const auto hash = hash_of(named.object);
    if (!hash) return malformed("hash of the signer's certificate");
    attributes.signer_hash = *hash;
  }
  QABYL_TRY(digest, first.next(der::octet_string));
  attributes.signer_digest = digest.content;
  return core::Done{};
}

core::Result<Attributes> read_attributes(core::ByteView bytes) {
  QABYL_TRY(whole, der_item(bytes, der::wrapped(0)));
  Attributes attributes;
  bool typed = false, better = false;
  for (DerReader reader(whole.content); !reader.at_end();) {
    QABYL_TRY(attribute, reader.into(der::sequence));
    QABYL_TRY(object, attribute.next(der::oid));
    QABYL_TRY(values, attribute.next(der::set));
    const auto kind = core::as_text(object.content);
    if (kind == content_type) {
      QABYL_TRY(type, der_item(values.content, der::oid));
      if (std::exchange(typed, true) || core::as_text(type.content) != stamp_info) return malformed("type of what is signed");
    } else if (kind == message_digest) {
      QABYL_TRY(digest, der_item(values.content, der::octet_string));
      if (!attributes.digest.empty()) return malformed("two digests");
      attributes.digest = digest.content;
    } else if (kind == signer_by_any || (kind == signer_by_sha1 && !better)) {
      better = kind == signer_by_any;
      QABYL_TRY_DO(read_signer_digest(values.content, better, attributes));
    }
  }
  if (!typed || attributes.digest.empty() || attributes.signer_digest.empty()) return malformed("an attribute is missing");
  return attributes;
}

const Certificate* find_signer(const Signer& signer, const std::vector<Certificate>& certificates) {
  const auto found = std::find_if(certificates.begin(), certificates.end(), [&](const Certificate& one) {
    if (!signer.key_id.empty()) return std::ranges::equal(signer.key_id, one.key_id);
    return std::ranges::equal(signer.issuer, one.issuer) && std::ranges::equal(signer.serial, one.serial);
  });
  return found == certificates.end() ? nullptr : &*found;
}

enum class Signed { holds, broken, unknown };
Signed is_signed(const Token& token, const Attributes& attributes, const Certificate& signer) {
  const auto digest = hash_of(token.signer.digest);
  const auto named = token.signer.algorithm == foreign::rsa ? digest : hash_under(token.signer.algorithm);
  if (!signer.key || !digest || !named || *digest == ForeignHash::sha1) return Signed::unknown;
  const bool same = std::ranges::equal(attributes.digest, foreign_digest(*digest, token.info)) &&
                    std::ranges::equal(attributes.signer_digest, foreign_digest(attributes.signer_hash, signer.whole));
  core::Bytes message(token.signer.attributes.begin(), token.signer.attributes.end());
  message[0] = der::set;  // signed under the tag of a set, sent under another (RFC 5652, 5.4)
  return same && foreign_verify(*signer.key, *named, message, token.signer.signature) ? Signed::holds : Signed::broken;
}

StampCheck refused(const char* why) { return {StampCheck::Outcome::refused, why, {}, {}}; }

}  // namespace

StampCheck check_stamp(core::ByteView response, const core::Digest& stamped, const std::vector<core::Bytes>& roots) {
  std::vector<Certificate> anchors;
  for (const auto& bytes : roots) {
    if (const auto root = read_certificate(bytes)) anchors.push_back(*root);
  }
  const auto token = read_response(response);
  const auto info = token ? read_info(token->info) : core::Result<Info>(token.error());
  const auto attributes = info ? read_attributes(token->signer.attributes) : core::Result<Attributes>(info.error());
  if (!attributes) return refused("stamp_altered");
  const Certificate* signer = find_signer(token->signer, token->certificates);
  if (signer == nullptr) signer = find_signer(token->signer, anchors);
  if (signer == nullptr) return {StampCheck::Outcome::stranger, {}, {}, "?"};
  const auto proof = is_signed(*token, *attributes, *signer);
  if (proof == Signed::unknown) return {StampCheck::Outcome::unknown, {}, {}, signer->name()};
  if (proof == Signed::broken) return refused("stamp_altered");
  if (info->hash != foreign::sha256 || !std::ranges::equal(info->digest, stamped)) return refused("stamp_other");
  const auto chain = chain_of(*signer, token->certificates, anchors, info->at);
  if (chain == Chain::stranger) return {StampCheck::Outcome::stranger, {}, {}, signer->name()};
  if (!signer->for_stamps || !signer->may_sign || signer->unknown_demand) return refused("stamp_purpose");
  if (chain == Chain::period) return refused("stamp_period");
  return {StampCheck::Outcome::confirmed, {}, info->at, signer->name()};
}

}  // namespace qabyl::sync::verify
