// See courier.h. Layout: sync/courier.md.
#include "sync/wire/courier.h"

#include <algorithm>

#include "core/encoding.h"
#include "core/json.h"

namespace qabyl::sync {
namespace {

using core::Bytes;
using core::ByteView;
using core::Error;
using core::ErrorCode;
using core::Json;

constexpr std::size_t line_bytes_max = 64 * 1024;
constexpr std::size_t frame_bytes = core::frame_plain_bytes + core::frame_tag_bytes;
constexpr std::int64_t format_version = 1;

Error malformed(const char* what) { return {ErrorCode::invalid_input, std::string("courier bundle: ") + what}; }
Error spoilt(const char* what) { return {ErrorCode::corrupt, std::string("courier bundle: ") + what}; }

void append(Bytes& to, std::string_view text) { to.insert(to.end(), text.begin(), text.end()); }

// One line of JSON, then the body.
void append(Bytes& to, const CourierPart& part) {
  Json::Array headers;
  for (const auto& [name, value] : part.headers) headers.push_back(Json::Array{Json(name), Json(value)});
  Json line = Json::Object{{"bytes", part.body.size()}, {"headers", std::move(headers)}, {"method", part.method}, {"path", part.path}, {"status", part.status}};
  append(to, core::canonical(line) + "\n");
  to.insert(to.end(), part.body.begin(), part.body.end());
}

core::Result<CourierPart> part_of(const Json& line) {
  const auto bytes = line.number("bytes");
  const auto status = line.number("status");
  if (bytes < 0 || status < 0 || status > 999) return malformed("a part's line");
  CourierPart part;
  part.method = line.text("method");
  part.path = line.text("path");
  part.status = static_cast<int>(status);
  for (const auto& header : line.items("headers")) {
    if (!header.is_array() || header.array().size() != 2 || !header.array()[0].is_string() || !header.array()[1].is_string()) return malformed("a header");
    part.headers.emplace_back(header.array()[0].string(), header.array()[1].string());
  }
  return part;
}

core::Result<std::vector<CourierPart>> parts_of(ByteView plain) {
  std::vector<CourierPart> parts;
  while (!plain.empty()) {
    if (parts.size() == courier_parts_max) return Error{ErrorCode::too_large, "courier bundle: parts"};
    const auto end = core::as_text(plain.first(std::min(plain.size(), line_bytes_max))).find('\n');
    if (end == std::string_view::npos) return malformed("a part without line");
    QABYL_TRY(line, core::parse_json(core::as_text(plain.first(end)), line_bytes_max));
    QABYL_TRY(part, part_of(line));
    plain = plain.subspan(end + 1);
    const auto bytes = static_cast<std::uint64_t>(line.number("bytes"));
    if (bytes > plain.size()) return malformed("a part that is shorter than it says");
    part.body.assign(plain.begin(), plain.begin() + static_cast<std::ptrdiff_t>(bytes));
    plain = plain.subspan(static_cast<std::size_t>(bytes));
    parts.push_back(std::move(part));
  }
  return parts;
}

Bytes seal_body(const core::SealKey& key, ByteView plain, core::Random& random) {
  core::FrameSealer sealer(key, random);
  Bytes sealed = sealer.header();
  do {
    const auto piece = plain.first(std::min(plain.size(), core::frame_plain_bytes));
    plain = plain.subspan(piece.size());
    const auto frame = sealer.next(piece, plain.empty());
    sealed.insert(sealed.end(), frame.begin(), frame.end());
  } while (!plain.empty());
  return sealed;
}

core::Result<Bytes> unseal_body(const core::SealKey& key, ByteView sealed) {
  if (sealed.size() < core::frame_header_bytes + core::frame_tag_bytes) return spoilt("half of it");
  const auto header = sealed.first(core::frame_header_bytes);
  auto rest = sealed.subspan(core::frame_header_bytes);
  Bytes plain;
  for (std::uint64_t index = 0; !rest.empty(); ++index) {
    const auto frame = rest.first(std::min(rest.size(), frame_bytes));
    rest = rest.subspan(frame.size());
    if (frame.size() < core::frame_tag_bytes) return spoilt("half of it");
    QABYL_TRY(piece, core::unseal_frame(key, header, index, rest.empty(), frame));
    plain.insert(plain.end(), piece.begin(), piece.end());
  }
  return plain;
}

}  // namespace

core::Result<Bytes> write_courier(const CourierSlip& slip, const std::vector<CourierPart>& parts, const core::SigningKey& signer, const core::VerifyKey& reader,
                                  core::Random& random) {
  Bytes plain;
  for (const auto& part : parts) append(plain, part);
  if (plain.size() > courier_bytes_max || parts.size() > courier_parts_max) return Error{ErrorCode::too_large, "courier bundle"};
  const auto key = core::random_seal_key(random);
  QABYL_TRY(envelope, core::seal_to(reader, key.view(), random));
  const Json payload = Json::Object{{"at_ms", slip.at.time_since_epoch().count()}, {"bundle", slip.bundle}, {"device", slip.device},
                                    {"envelope", core::to_base64url(envelope)}, {"keys", slip.keys}, {"to", core::key_id(reader)}, {"v", format_version},
                                    {"way", slip.way == CourierWay::up ? "up" : "down"}};
  Bytes file = core::to_bytes(courier_first_line);
  append(file, core::sign_jws(signer, courier_typ, core::as_bytes(core::canonical(payload))) + "\n");
  const auto body = seal_body(key, plain, random);
  file.insert(file.end(), body.begin(), body.end());
  core::wipe(plain);
  return file;
}

core::Result<SealedCourier> read_courier(ByteView file) {
  if (!core::as_text(file).starts_with(courier_first_line)) return malformed("not one");
  file = file.subspan(courier_first_line.size());
  const auto end = core::as_text(file.first(std::min(file.size(), line_bytes_max))).find('\n');
  if (end == std::string_view::npos) return malformed("no slip");
  QABYL_TRY(jws, core::parse_jws(core::as_text(file.first(end))));
  QABYL_TRY(payload, core::parse_json(core::as_text(jws.payload), line_bytes_max));
  if (payload.number("v") != format_version) return Error{ErrorCode::unsupported, "courier bundle: version"};
  const auto way = payload.text("way");
  if (way != "up" && way != "down") return malformed("its way");
  SealedCourier sealed;
  sealed.slip = {way == "up" ? CourierWay::up : CourierWay::down, payload.text("device"), payload.text("bundle"), payload.text("to"), core::Instant(core::Millis(payload.number("at_ms"))), payload.text("keys")};
  QABYL_TRY(envelope, core::from_base64url(payload.text("envelope")));
  sealed.envelope = std::move(envelope);
  sealed.jws = std::move(jws);
  sealed.body.assign(file.begin() + static_cast<std::ptrdiff_t>(end) + 1, file.end());
  return sealed;
}

core::Result<std::vector<CourierPart>> open_courier(const SealedCourier& sealed, const core::SigningKey& reader) {
  QABYL_TRY(key_bytes, core::unseal_with(reader, sealed.envelope));
  if (key_bytes.size() != 32) return spoilt("its key");
  const core::SealKey key(std::span<const std::uint8_t, 32>(key_bytes.data(), 32));
  core::wipe(key_bytes);
  QABYL_TRY(plain, unseal_body(key, sealed.body));
  auto parts = parts_of(plain);
  core::wipe(plain);
  return parts;
}

}  // namespace qabyl::sync
