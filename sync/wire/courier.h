// What a person carries on a stick between a kiosk and the registry when there is no line (sync/courier.md): requests of the
// protocol on the way up, their answers on the way down. Signed by who wrote it, sealed to who reads it. The form only:
// nothing is believed or carried out here. Knows no file.
#pragma once

#include <utility>
#include <vector>

#include "core/crypto.h"
#include "core/jws.h"
#include "core/ports.h"

namespace qabyl::sync {

inline constexpr std::string_view courier_typ = "qabyl-courier+jws";
inline constexpr std::string_view courier_first_line = "qabyl-courier 1\n";
inline constexpr std::size_t courier_bytes_max = 48U << 20;  // of all parts; a kiosk reads files up to 50 MiB
inline constexpr std::size_t courier_parts_max = 20'000;

enum class CourierWay { up, down };

struct CourierSlip {         // what is signed, in clear
  CourierWay way = CourierWay::up;
  std::string device;        // whose requests or answers these are
  std::string bundle;        // 32 hex digits, of the bundle up; the answers name the same
  std::string to;            // kid of the key that it is sealed to; write_courier() says it
  core::Instant at{};
  std::string keys;          // down: the registry's keys.json, so that a kiosk can follow a rotation; up: empty
};

struct CourierPart {
  std::string method, path;
  int status = 0;            // down
  std::vector<std::pair<std::string, std::string>> headers;
  core::Bytes body;
};

// `signer`: the device's record key up, the acceptance key down; `reader`: the other one. too_large, invalid_input.
core::Result<core::Bytes> write_courier(const CourierSlip& slip, const std::vector<CourierPart>& parts, const core::SigningKey& signer,
                                        const core::VerifyKey& reader, core::Random& random);

struct SealedCourier {       // read, and not yet believed: verify `jws` against the key of who should have written it
  CourierSlip slip;
  core::Jws jws;
  core::Bytes envelope, body;
};
core::Result<SealedCourier> read_courier(core::ByteView file);  // invalid_input: not the format
// corrupt: sealed to another key, altered, or not the whole of it.
core::Result<std::vector<CourierPart>> open_courier(const SealedCourier& sealed, const core::SigningKey& reader);

}  // namespace qabyl::sync
