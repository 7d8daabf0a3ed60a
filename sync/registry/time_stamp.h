// RFC 3161: another's word on the time at which a checkpoint of the evidence log existed. By OpenSSL; the query and the answer are
// carried as files, by whoever may ask an authority. Knows no network, no store and no log.
#pragma once

#include <string_view>

#include "core/crypto.h"

namespace qabyl::sync::registry {

inline constexpr std::size_t stamp_bytes_max = 64 * 1024;

// DER of a TimeStampReq over the SHA-256 of these bytes, that asks for the authority's certificate too.
core::Result<core::Bytes> stamp_query(core::ByteView stamped);

struct TimeStamp {
  core::Digest imprint{};           // SHA-256 of what was stamped
  core::Instant at{};               // as the authority says
};
// DER of a TimeStampResp, verified up to one of the certificates in `trusted_pem` as it stands now. invalid_input: not one, not
// granted, or not over a SHA-256; forbidden: not signed by an authority under those; too_large.
core::Result<TimeStamp> open_stamp(core::ByteView response, std::string_view trusted_pem);

}  // namespace qabyl::sync::registry
