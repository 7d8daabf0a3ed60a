// A time stamp of another authority (RFC 3161, RFC 5652, RFC 5816): that it is over these bytes, whole, and by an authority under one
// of the asker's roots; when, and by whom. At the time that it states, not now: stamps are checked years later. Pure.
#pragma once

#include <string>

#include "core/crypto.h"
#include "sync/verify/der.h"

namespace qabyl::sync::verify {

inline constexpr std::size_t stamp_bytes_max = 64 * 1024;

struct StampCheck {
  // stranger: whole, but by an authority under none of the roots. unknown: signed in a way that this program does not know.
  enum class Outcome { confirmed, stranger, unknown, refused };
  Outcome outcome = Outcome::refused;
  std::string why;                  // refused: stamp_altered, stamp_other (over something else), stamp_period, stamp_purpose
  core::Instant at{};               // confirmed: as the authority says
  std::string authority;            // unless refused: its name, as its certificate says; ?: it brought none
};
// `response`: DER of a TimeStampResp, over SHA-256. `roots`: DER of certificates.
StampCheck check_stamp(core::ByteView response, const core::Digest& stamped, const std::vector<core::Bytes>& roots);

}  // namespace qabyl::sync::verify
