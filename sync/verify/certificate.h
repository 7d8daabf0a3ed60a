// X.509 certificates (RFC 5280) as far as a time stamp's authority needs them: who signs for whom, when, and for what. Pure; views
// into the bytes, which outlive them.
#pragma once

#include <vector>

#include "sync/verify/der.h"
#include "sync/verify/foreign_signature.h"

namespace qabyl::sync::verify {

namespace foreign {  // object identifiers as they stand in DER
using namespace std::string_view_literals;
inline constexpr std::string_view sha1 = "\x2b\x0e\x03\x02\x1a"sv, sha256 = "\x60\x86\x48\x01\x65\x03\x04\x02\x01"sv, sha384 = "\x60\x86\x48\x01\x65\x03\x04\x02\x02"sv,
                                  sha512 = "\x60\x86\x48\x01\x65\x03\x04\x02\x03"sv, rsa = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"sv;
}  // namespace foreign

// An AlgorithmIdentifier: the object and what stands behind it, if that is not NULL.
struct ForeignAlgorithm {
  std::string_view object;
  core::ByteView parameters;        // of an object alone: its content
};
core::Result<ForeignAlgorithm> read_algorithm(DerReader& reader);
std::optional<ForeignHash> hash_of(std::string_view object);
// The hash under which a signature algorithm signs; nullopt: not one of those that are known here.
std::optional<ForeignHash> hash_under(std::string_view object);

struct Certificate {
  core::ByteView whole, signed_part, serial, issuer, subject, key_id;  // issuer, subject: DER of the names; key_id empty: none
  ForeignAlgorithm algorithm;       // of the signature
  core::ByteView signature;
  std::optional<ForeignKey> key;    // nullopt: of a kind that is not known here
  core::Instant from{}, to{};
  bool is_authority = false, may_certify = true, may_sign = true, for_stamps = false;  // for_stamps: critical, and for nothing else
  bool unknown_demand = false;      // a critical extension that is not known here
  std::optional<int> depth_max;     // authorities below this one
  std::string name() const;         // common name, else organisation, else "?": printable, whatever stands there
};
core::Result<Certificate> read_certificate(core::ByteView der);  // exactly one; invalid_input
bool signed_by(const Certificate& one, const Certificate& issuer);

// DER, or PEM of up to certificates_max of them; the bytes of each.
inline constexpr std::size_t certificates_max = 16;
core::Result<std::vector<core::Bytes>> certificates_in(std::string_view file);

// Whether `leaf` hangs from one of `roots`, over authorities among `others`. stranger: from none. period: at that time one of the chain
// was not valid yet, or no more.
enum class Chain { holds, stranger, period };
Chain chain_of(const Certificate& leaf, const std::vector<Certificate>& others, const std::vector<Certificate>& roots, core::Instant at);

}  // namespace qabyl::sync::verify
