// See api_calls.h.
#include "sync/registry/api_calls.h"

#include "core/encoding.h"
#include "sync/log/log_piece.h"
#include "sync/registry/feed_out.h"
#include "sync/registry/intake.h"
#include "sync/registry/log_witnesses.h"
#include "sync/wire/messages.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::size_t nonce_digits = 32;

Response storage_trouble() { return problem_response(503, "storage", "the registry could not store this"); }

// Verdicts that this group reached are signed when it is sealed; by then they can be read.
core::Status fill_in(Registry& registry, std::string_view device, IntakeAnswer& answer) {
  if (answer.problem || !answer.verdict.empty()) return core::Done{};
  QABYL_TRY(sealed, verdict_on(registry, device, answer.id));
  QABYL_CHECK(!sealed.verdict.empty());
  answer = std::move(sealed);
  return core::Done{};
}

// What comes next of the log, for a device that mirrors it: with the verdicts that it proves, so that who holds a verdict holds its
// tree. Nothing where it has all, or did not ask, or not in words that are ours.
core::Result<LogMember> for_mirror(Registry& registry, const std::string& mirrored) {
  const auto from = parse_decimal(mirrored);
  if (!from && mirrored != mirror_begin) return LogMember();
  const auto piece = registry.log.piece(from ? std::optional(static_cast<std::uint64_t>(*from)) : std::nullopt);
  if (!piece && piece.error().code == core::ErrorCode::not_found) return LogMember();
  if (!piece) return piece.error();
  return LogMember(log::to_json(*piece));
}

Answer answered(Registry& registry, const DeviceRow& device, const Request& request, const core::Result<IntakeAnswer>& taken) {
  if (!taken) return storage_trouble();
  if (taken->problem) return problem_response(*taken->problem);
  return {json_response(200, {}), [&registry, name = device.device, mirrored = std::string(request.header(mirror_header)), answer = *taken]() mutable -> core::Result<std::string> {
            QABYL_TRY_DO(fill_in(registry, name, answer));
            QABYL_TRY(piece, for_mirror(registry, mirrored));
            return encode_verdict_answer(answer.verdict, piece);
          }};
}

Answer answered(Registry& registry, const DeviceRow& device, const Request& request, std::vector<IntakeAnswer> taken) {
  return {json_response(200, {}), [&registry, name = device.device, mirrored = std::string(request.header(mirror_header)), answers = std::move(taken)]() mutable -> core::Result<std::string> {
            std::vector<BatchAnswer> batch;
            for (IntakeAnswer& answer : answers) {
              QABYL_TRY_DO(fill_in(registry, name, answer));
              batch.push_back({answer.id, std::move(answer.verdict), std::move(answer.problem)});
            }
            QABYL_TRY(piece, for_mirror(registry, mirrored));
            return encode(batch, piece);
          }};
}

struct Range {
  std::uint64_t from = 0, length = 0;
  bool partial = false;
};

// "bytes=a-b" or "bytes=a-"; nullopt: not satisfiable. Anything else asks for the whole.
std::optional<Range> range_of(std::string_view header, std::uint64_t bytes) {
  constexpr std::string_view unit = "bytes=";
  const Range whole{0, bytes, false};
  if (!header.starts_with(unit)) return whole;
  header.remove_prefix(unit.size());
  const std::size_t dash = header.find('-');
  const auto from = parse_decimal(header.substr(0, dash));
  if (dash == std::string_view::npos || !from) return whole;
  const auto to = parse_decimal(header.substr(dash + 1));
  if (!to && dash + 1 != header.size()) return whole;
  const auto first = static_cast<std::uint64_t>(*from);
  if (first >= bytes) return std::nullopt;
  const std::uint64_t last = to ? std::min(static_cast<std::uint64_t>(*to), bytes - 1) : bytes - 1;
  if (last < first) return whole;
  return Range{first, last - first + 1, true};
}

Response document_response(const std::string& path, std::uint64_t bytes, std::string_view range_header) {
  const auto range = range_of(range_header, bytes);
  if (!range) {
    Response response = problem_response(416, "range", "no such part");
    response.set("Content-Range", "bytes */" + std::to_string(bytes));
    return response;
  }
  Response response;
  response.status = range->partial ? 206 : 200;
  response.file = FileBody{path, range->from, range->length};
  response.set("Content-Type", "application/octet-stream");
  response.set("Accept-Ranges", "bytes");
  response.set("Cache-Control", "no-store");
  if (range->partial) {
    response.set("Content-Range", "bytes " + std::to_string(range->from) + "-" +
                                      std::to_string(range->from + range->length - 1) + "/" + std::to_string(bytes));
  }
  return response;
}

}  // namespace

bool has_media_type(const Request& request, std::string_view wanted) {
  const std::string_view type = request.header("Content-Type");
  return type == wanted || type == std::string(wanted) + "; charset=utf-8";
}

Response get_ca(Registry& registry) {
  Response response;
  response.body = registry.keys.authority.ca_pem();
  response.set("Content-Type", "application/x-pem-file");
  return response;
}

Response get_keys(Registry& registry) {
  Response response;
  response.body = registry.keys.keys_jws;
  response.set("Content-Type", std::string(record_media_type));
  return response;
}

Answer put_record(Registry& registry, const DeviceRow& device, std::string_view id, const Request& request,
                  core::Instant now) {
  if (id.empty()) return problem_response(400, "id-missing", "no record id in the path");
  if (!core::valid_id(id)) return problem_response(400, "id-malformed", "a record id is 32 hex digits of a UUIDv7");
  if (!has_media_type(request, record_media_type)) return problem_response(415, "content-type", "application/jose is needed");
  return answered(registry, device, request, take_record(registry, device, std::string(id), request.body, now));
}

Answer get_record(Registry& registry, const DeviceRow& device, std::string_view id, const Request& request) {
  if (id.empty()) return problem_response(400, "id-missing", "no record id in the path");
  if (!core::valid_id(id)) return problem_response(400, "id-malformed", "a record id is 32 hex digits of a UUIDv7");
  return answered(registry, device, request, verdict_on(registry, device.device, std::string(id)));
}

Answer post_records(Registry& registry, const DeviceRow& device, const Request& request, core::Instant now) {
  if (!has_media_type(request, json_media_type)) return problem_response(415, "content-type", "application/json is needed");
  const auto batch = decode_batch(request.body);
  if (!batch && batch.error().code == core::ErrorCode::too_large) return problem_response(413, "too-large", "too many records");
  if (!batch) return problem_response(400, "malformed", "not a batch of records");
  const auto verdicts = decode_batch_verdicts(request.body);
  if (!verdicts) return problem_response(400, "malformed", "not a verdict for each record");
  std::vector<IntakeAnswer> answers;
  for (std::size_t i = 0; i < batch->size(); ++i) {
    const auto present = registry.store.device(device.device);  // q and head move with each record taken
    if (!present || !*present) return storage_trouble();
    auto answer = take_record(registry, **present, {}, (*batch)[i], now, verdicts->empty() ? std::string() : (*verdicts)[i]);
    if (!answer) return storage_trouble();
    answers.push_back(*std::move(answer));
  }
  return answered(registry, device, request, std::move(answers));
}

Response get_feed(Registry& registry, const DeviceRow& device, const Request& request, core::Instant now) {
  const auto after = parse_feed_cursor(request.query("after").empty() ? "0.0" : request.query("after"));
  if (!after) return problem_response(400, "cursor", "after is <epoch>.<index>");
  std::size_t limit = feed_items_max;
  if (!request.query("limit").empty()) {
    const auto asked = parse_decimal(request.query("limit"));
    if (!asked || *asked < 1) return problem_response(422, "limit", "limit is a number from 1");
    limit = std::min(limit, static_cast<std::size_t>(*asked));
  }
  const auto page = feed_page(registry, device.device, *after, limit, now);
  if (!page) return storage_trouble();
  if (!*page) return problem_response(410, "epoch", "a new epoch has begun: read from 0.0");
  return json_response(200, encode(**page));
}

Response get_log_consistency(Registry& registry, const Request& request) {
  const auto from = parse_decimal(request.query("from")), to = parse_decimal(request.query("to"));
  if (!from || !to) return problem_response(400, "size", "from and to are decimals");
  const auto proof = registry.log.consistency(static_cast<std::uint64_t>(*from), static_cast<std::uint64_t>(*to));
  if (!proof && proof.error().code == core::ErrorCode::invalid_input) return problem_response(404, "not-found", "no such sizes of the log");
  if (!proof) return storage_trouble();
  const auto piece = for_mirror(registry, std::string(request.header(mirror_header)));
  if (!piece) return storage_trouble();
  return json_response(200, encode_consistency(*proof, *piece));
}

Response post_log_leaves(Registry& registry, const DeviceRow& device, const Request& request, core::Instant now) {
  if (!has_media_type(request, json_media_type)) return problem_response(415, "content-type", "application/json is needed");
  const auto json = core::parse_json(request.body, body_bytes_max);
  const auto piece = json ? log::log_piece_from(*json) : core::Result<log::LogPiece>(json.error());
  if (!piece && piece.error().code == core::ErrorCode::too_large) return problem_response(413, "too-large", "too many leaves at once");
  if (!piece) return problem_response(400, "malformed", "not a piece of a log");
  const auto next = take_leaves(registry, device, *piece, now);
  if (next) return json_response(200, encode_next_leaf(*next));
  switch (next.error().code) {
    case core::ErrorCode::wrong_state: return problem_response(409, "not-restoring", "this log lacks nothing");
    case core::ErrorCode::too_large: return problem_response(413, "too-large", "enough leaves are kept that nothing proves yet");
    case core::ErrorCode::forbidden: return problem_response(400, "log", "not a checkpoint of this log");
    case core::ErrorCode::invalid_input: return problem_response(400, "leaves", "not the leaves up to that checkpoint");
    case core::ErrorCode::corrupt: return problem_response(422, "leaves", "these leaves do not give that checkpoint");
    default: return storage_trouble();
  }
}

Response post_log_fork(Registry& registry, const DeviceRow& device, const Request& request, core::Instant now) {
  if (!has_media_type(request, json_media_type)) return problem_response(415, "content-type", "application/json is needed");
  const auto taken = take_log_fork(registry, device, request.body, now);
  Response response;
  response.status = 204;
  if (taken) return response;
  const auto code = taken.error().code;
  if (code == core::ErrorCode::conflict) return problem_response(409, "forks", "enough forks of this device are kept");
  if (code == core::ErrorCode::storage) return storage_trouble();
  return problem_response(400, "log", "no fork of this log");
}

Response post_cosignatures(Registry& registry, const Request& request, core::Instant now) {
  if (!has_media_type(request, note_media_type)) return problem_response(415, "content-type", "text/plain is needed");
  if (request.body.size() > cosigned_note_bytes_max) return problem_response(413, "too-large", "a note with a few lines is enough");
  const auto taken = take_cosignatures(registry, request.body, now);
  Response response;
  response.status = 204;
  if (taken) return response;
  switch (taken.error().code) {
    case core::ErrorCode::conflict: return problem_response(409, "log-behind", "a checkpoint that this registry signed and does not know");
    case core::ErrorCode::not_found: return problem_response(400, "witness", "cosigned by no witness of this office");
    case core::ErrorCode::invalid_input: return problem_response(400, "witness", "a cosignature that does not hold");
    case core::ErrorCode::forbidden: return problem_response(400, "log", "not a checkpoint of this log");
    default: return storage_trouble();
  }
}

Response get_time(Registry& registry, const Request& request, core::Instant now) {
  const std::string_view nonce = request.query("nonce");
  if (nonce.size() != nonce_digits || !core::from_hex(nonce)) return problem_response(400, "nonce", "nonce is 32 hex digits");
  return json_response(200, encode_time_answer(now, nonce, registry.keys.acceptance));
}

Response get_document(Registry& registry, const DeviceRow& device, std::string_view sha256, const Request& request) {
  const auto digest = core::digest_from_hex(sha256);
  if (!digest) return problem_response(404, "not-found", "no such document");
  const auto allowed = registry.store.document_allowed(device.device, *digest);
  const auto month = registry.store.document_folder(*digest);
  if (!allowed || !month) return storage_trouble();
  if (!*allowed || !*month) return problem_response(404, "not-found", "no such document");
  const auto bytes = registry.store.document_bytes(*digest);
  if (!bytes) return storage_trouble();
  return document_response(registry.documents.path(**month, *digest), *bytes, request.header("Range"));
}

}  // namespace qabyl::sync::registry
