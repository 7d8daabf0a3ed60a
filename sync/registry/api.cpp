// Routes and admission of the device port. See api.h. Table of answers: RELIABILITY 4.7.
#include "sync/registry/api.h"

#include "core/encoding.h"
#include "sync/registry/api_calls.h"
#include "sync/registry/enrolment.h"
#include "sync/registry/group_commit.h"
#include "sync/registry/log_witnesses.h"
#include "sync/registry/returned_records.h"
#include "sync/wire/messages.h"
#include "sync/wire/receipt_sheet.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::string_view records_path = "/v1/records";
constexpr std::string_view documents_path = "/v1/documents/";
constexpr std::string_view keys_path = "/v1/keys.json";
constexpr std::string_view consistency_path = "/v1/log/consistency", forks_path = "/v1/log/forks", leaves_path = "/v1/log/leaves", cosignatures_path = "/v1/log/cosignatures";

Response closing(int status, std::string_view code, std::string_view title) {
  Response response = problem_response(status, code, title);
  response.close = true;
  return response;
}

Response storage_trouble() { return problem_response(503, "storage", "the registry could not store this"); }

bool open_to_all(std::string_view path) {
  return path == "/v1/enrol" || path == "/v1/ca.pem" || path == keys_path || (path.starts_with(log_prefix) && path != consistency_path && path != forks_path && path != leaves_path);
}

// The rest of `path` after `prefix` + '/'; nullopt when it is not below it.
std::optional<std::string_view> below(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix) || path.size() <= prefix.size() || path[prefix.size()] != '/') return std::nullopt;
  return path.substr(prefix.size() + 1);
}

// Methods of a path, for Allow; empty: no such path. Exact paths only: nothing is decoded or resolved.
std::string_view methods_of(std::string_view path) {
  if (path == "/v1/enrol") return "POST";
  if (path == "/v1/ca.pem" || path == keys_path || path == "/v1/feed" || path == "/v1/time") return "GET";
  if (path == consistency_path || below(path, receipts_path)) return "GET";
  if (path == forks_path || path == leaves_path || path == cosignatures_path) return "POST";
  if (LogFiles::serves(path)) return "GET, HEAD";
  if (path == records_path) return "POST";
  if (path == tus::uploads_path) return "POST, OPTIONS";
  if (below(path, records_path)) return "GET, PUT";
  if (path.starts_with(documents_path)) return "GET, HEAD";
  if (below(path, tus::uploads_path)) return "HEAD, PATCH, DELETE, OPTIONS";
  return {};
}

bool allows(std::string_view methods, std::string_view method) {
  for (std::size_t at = methods.find(method); at != std::string_view::npos; at = methods.find(method, at + 1)) {
    const std::size_t end = at + method.size();
    if ((at == 0 || methods[at - 1] == ' ') && (end == methods.size() || methods[end] == ',')) return true;
  }
  return false;
}

// The body of a revoked device is kept for an officer, and is no filing (I14).
Response revoked(Registry& registry, const Request& request, core::Instant now) {
  const bool filing = request.method == "PUT" || (request.method == "POST" && request.path() == records_path);
  if (filing && !request.body.empty()) {
    if (!registry.store.keep_stray(request.device, request.body, now)) return storage_trouble();
    if (!registry.store.audit(request.device, "device.revoked", "", "stray kept", now)) return storage_trouble();
  }
  return closing(403, "revoked", "this device's certificate was revoked");
}

// Versions that both ends speak (4.7, row 60). Absent: version 1, so that plain tus clients work.
std::optional<Response> refuse_protocol(const Request& head) {
  if (head.header_count(protocol_header) == 0) return std::nullopt;
  const auto version = parse_decimal(head.header(protocol_header));
  if (!version || head.header_count(protocol_header) > 1) return problem_response(400, "protocol", "malformed Qabyl-Protocol");
  if (*version >= protocol_oldest && *version <= protocol_newest) return std::nullopt;
  return problem_response(upgrade_problem());
}

}  // namespace

std::optional<Response> Api::gate(const Request& head) {
  const std::string_view path = head.path();
  if (head.device.empty() && !open_to_all(path)) {
    return closing(401, "client-certificate", "a client certificate of this office is needed");
  }
  if (head.device == "registry") return closing(403, "device-mismatch", "not a device");
  const std::string_view methods = methods_of(path);
  if (methods.empty()) return problem_response(404, "not-found", "no such path");
  if (allows(methods, head.method)) return refuse_protocol(head);
  Response response = problem_response(405, "method", "method not allowed");
  response.set("Allow", std::string(methods));
  return response;
}

bool Api::streams(const Request& head) {
  return head.method == "PATCH" && below(head.path(), tus::uploads_path).has_value();
}

// Is this a device that may speak, and is its journal the one we know (RELIABILITY 7.4)?
std::optional<Response> Api::admit(const Request& request, core::Instant now, DeviceRow& device) {
  const auto row = registry_.store.device(request.device);
  if (!row) return storage_trouble();
  if (!*row) return closing(401, "device-unknown", "no such device");
  device = **row;
  const auto valid = registry_.store.certificate_valid(request.serial, request.device);
  if (!valid) return storage_trouble();
  if (device.state != "enrolled" || !*valid) return revoked(registry_, request, now);
  JournalMark mark;
  if (request.header_count(head_header) > 0) {
    const auto parsed = parse_journal_mark(request.header(head_header));
    if (request.header_count(head_header) > 1 || !parsed) return problem_response(400, "head", "malformed Qabyl-Head");
    mark = *parsed;
    const bool behind = mark.q < device.q || (mark.q == device.q && mark.q > 0 && mark.digest != device.head);
    if (behind) return refuse_head(device, mark, now);
  }
  if (const auto refusal = meet_log(request, device, now)) return *refusal;
  const bool due = !device.last_contact || now - *device.last_contact >= contact_grain || mark.q > device.told_q;
  if (due && !registry_.store.keep_contact(device.device, mark.q, now)) return storage_trouble();
  return std::nullopt;
}

// An earlier head of the same journal is an image of the kiosk's disk, or a request that was held up on its way: it goes no
// further, but nothing was forked. Another record where the registry has one is a fork.
Response Api::refuse_head(const DeviceRow& device, const JournalMark& mark, core::Instant now) {
  const auto earlier = registry_.store.had_head(device.device, mark.q, mark.digest);
  if (!earlier) return storage_trouble();
  auto problem = *earlier ? problem_response(409, "behind", "this journal is older than the one that the registry knows")
                          : problem_response(409, "fork", "this journal is not the one that the registry knows");
  if (!registry_.store.audit(device.device, *earlier ? "device.behind" : "device.fork", "", *earlier ? "behind" : "fork", now)) return storage_trouble();
  return problem;
}

// The newest checkpoint that the device holds: it may know more of this log than this registry does (I9).
std::optional<Response> Api::meet_log(const Request& request, const DeviceRow& device, core::Instant now) {
  if (request.header_count(log_header) == 0) return std::nullopt;
  const auto note = core::from_base64url(request.header(log_header));
  if (!note || request.header_count(log_header) > 1) return problem_response(400, "log", "malformed Qabyl-Log");
  const auto taken = take_log_seen(registry_, device, std::string(core::as_text(*note)), now);
  if (taken) return std::nullopt;
  if (taken.error().code == core::ErrorCode::forbidden) return problem_response(400, "log", "not a checkpoint of this log");
  if (taken.error().code == core::ErrorCode::invalid_input) return problem_response(400, "log", "not this device's cosignature");
  return storage_trouble();
}

Answer Api::route(const Request& request, const DeviceRow& device, core::Instant now) {
  const std::string_view path = request.path();
  if (path == records_path) return post_records(registry_, device, request, now);
  if (const auto id = below(path, records_path)) {
    return request.method == "PUT" ? put_record(registry_, device, *id, request, now) : get_record(registry_, device, *id, request);
  }
  if (const auto number = below(path, receipts_path)) return get_receipt(registry_, device, *number, request, now);
  if (path == consistency_path) return get_log_consistency(registry_, request);
  if (path == forks_path) return post_log_fork(registry_, device, request, now);
  if (path == leaves_path) return post_log_leaves(registry_, device, request, now);
  if (path == "/v1/feed") return get_feed(registry_, device, request, now);
  if (path == "/v1/time") return get_time(registry_, request, now);
  if (path.starts_with(documents_path)) return get_document(registry_, device, path.substr(documents_path.size()), request);
  if (request.method == "OPTIONS") return tus_options();
  if (path == tus::uploads_path) return create_upload(registry_, request, now);
  const auto upload = below(path, tus::uploads_path);
  QABYL_CHECK(upload);  // gate() let nothing else through
  if (request.method == "HEAD") return head_upload(registry_, request, *upload, now);
  if (request.method == "DELETE") return cancel_upload(registry_, request, *upload, now);
  return append_whole(request, now);
}

Response Api::append_whole(const Request& request, core::Instant now) {
  AppendStart start = registry::begin_append(registry_, request, *below(request.path(), tus::uploads_path), now);
  if (!start.append) return start.refusal;
  const bool written = bool(start.append->write(core::as_bytes(request.body)));
  const Sealed sealed = start.append->seal(written);
  return registry::finish_append(registry_, *start.append, sealed, now);
}

Answer Api::apply(const Request& request, core::Instant now) {
  if (const auto refusal = gate(request)) return *refusal;
  if (LogFiles::serves(request.path())) return registry_.log_files.answer(request);
  if (request.path() == "/v1/ca.pem") return get_ca(registry_);
  if (request.path() == keys_path) return get_keys(registry_);
  if (request.path() == "/v1/enrol") return enrol(registry_, request, now);
  if (request.path() == cosignatures_path) return post_cosignatures(registry_, request, now);
  DeviceRow device;
  if (const auto refusal = admit(request, now, device)) return *refusal;
  Answer answer = route(request, device, now);
  if (!registry_.log.wants_again()) return answer;
  const auto mark = restore_mark(registry_, device.device);
  if (!mark) return storage_trouble();
  answer.response.set(restore_header, to_text(*mark));
  return answer;
}

AppendStart Api::begin_append(const Request& head, core::Instant now) {
  DeviceRow device;
  if (const auto refusal = admit(head, now, device)) return {nullptr, *refusal};
  return registry::begin_append(registry_, head, *below(head.path(), tus::uploads_path), now);
}

Response Api::finish_append(Append& append, const Sealed& sealed, core::Instant now) {
  return registry::finish_append(registry_, append, sealed, now);
}

Response Api::handle(const Request& request, core::Instant now) {
  return run_group(registry_, {[&](core::Instant at) { return apply(request, at); }}, now).front();
}

}  // namespace qabyl::sync::registry
