// See courier.h.
#include "sync/registry/courier.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "core/encoding.h"
#include "core/sys/files.h"
#include "sync/log/checkpoint.h"
#include "sync/log/note.h"
#include "sync/registry/api.h"
#include "sync/wire/feed.h"
#include "sync/wire/messages.h"

namespace qabyl::sync::registry {
namespace {

using core::Error;
using core::ErrorCode;

constexpr std::size_t part_line_bytes = 4 * 1024;
constexpr int feed_pages_max = 1'000;

class Counter {  // carries out one bundle
 public:
  Counter(const CourierHands& hands, std::string device, std::string serial) : hands_(hands), device_(std::move(device)), serial_(std::move(serial)) {}

  // Records and documents before questions: the answers say what they came to.
  void take(const std::vector<CourierPart>& parts) {
    for (const auto& part : parts) {
      if (part.method == "POST" && part.path == "/v1/records") take_records(part);
    }
    for (const auto& part : parts) {
      if (part.method == "POST" && part.path == tus::uploads_path) take_document(part);
    }
    hands_.publish_log();  // refused by the disk: the checkpoint of before is given
    answer("GET", "/v1/keys.json");
    for (const auto& part : parts) {
      if (part.method == "GET" && part.path.starts_with("/v1/records/")) answer_record(part.path);
      if (part.method == "GET" && part.path == "/v1/log/checkpoint") answer_log(part);
    }
    for (const auto& part : parts) {
      if (part.method == "GET" && part.path.starts_with("/v1/feed?")) answer_feed(part.path, part.headers);
      if (part.method == "GET" && part.path.starts_with("/v1/documents/")) answer("GET", part.path);
    }
  }
  CourierResult result;
  std::vector<CourierPart> answers;

 private:
  Response ask(std::string method, std::string path, std::vector<std::pair<std::string, std::string>> headers = {}, std::string body = {}) {
    Request request;
    request.method = std::move(method);
    request.target = std::move(path);
    for (auto& [name, value] : headers) request.set(name, std::move(value));
    request.body = std::move(body);
    request.device = device_;
    request.serial = serial_;
    auto response = hands_.ask(request);
    if (!response.file) return response;
    const auto whole = core::sys::read_file(response.file->path, courier_bytes_max);
    if (!whole) return problem_response(503, "storage", "not readable now");
    response.body = core::as_text(*whole);
    response.file.reset();
    return response;
  }
  void refused(const Response& response) {
    const auto problem = problem_in(response);
    result.refused.push_back(problem ? problem->code : std::to_string(response.status));
  }
  void take_records(const CourierPart& part) {
    const auto response = ask(part.method, part.path, part.headers, std::string(core::as_text(part.body)));
    const auto told = response.status == 200 ? decode_batch_answers(response.body) : core::Result<std::vector<BatchAnswer>>(Error{ErrorCode::invalid_input, "status"});
    if (!told) return refused(response);
    for (const auto& one : *told) {
      if (one.problem) result.refused.push_back(one.problem->code);
      else ++result.records;
    }
  }
  // A tus upload as the line would make it: created (or found open), asked where it stands, and the rest appended.
  void take_document(const CourierPart& part) {
    std::vector<std::pair<std::string, std::string>> creation;
    std::copy_if(part.headers.begin(), part.headers.end(), std::back_inserter(creation), [](const auto& header) { return !same_header_name(header.first, "Content-Type"); });
    const auto created = ask("POST", std::string(tus::uploads_path), creation);
    const auto problem = problem_in(created);
    if (problem && problem->code == "complete") {
      ++result.documents;
      return;
    }
    if (created.status != 201) return refused(created);
    const std::string upload(created.header("Location"));
    const std::pair<std::string, std::string> version{std::string(tus::resumable), std::string(tus::version)};
    const auto offset = parse_decimal(ask("HEAD", upload, {version}).header(tus::upload_offset));
    const auto whole = core::as_text(part.body);
    if (!offset || static_cast<std::size_t>(*offset) > whole.size()) return refused(created);
    const std::string rest(whole.substr(static_cast<std::size_t>(*offset)));
    if (rest.empty()) {
      ++result.documents;
      return;
    }
    const auto appended = ask("PATCH", upload, {version, {"Content-Type", std::string(tus::media_type)}, {std::string(tus::upload_offset), std::to_string(*offset)},
                                                {"Content-Length", std::to_string(rest.size())}}, rest);
    if (appended.status != 204) return refused(appended);
    ++result.documents;
  }

  // False: no room for it, it comes the next time.
  bool keep(std::string method, std::string path, const Response& response) {
    if (bytes_ + response.body.size() + part_line_bytes > courier_bytes_max) return false;
    bytes_ += response.body.size() + part_line_bytes;
    CourierPart part{std::move(method), std::move(path), response.status, {}, core::to_bytes(response.body)};
    for (const auto& header : response.headers) {
      std::string name = header.name;
      std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      part.headers.emplace_back(std::move(name), header.value);
    }
    answers.push_back(std::move(part));
    return true;
  }
  bool answer(const std::string& method, const std::string& path) {
    const auto response = ask(method, path);
    return response.status == 200 && keep(method, path, response);
  }
  void answer_record(const std::string& path) {
    const auto response = ask("GET", path);
    if (response.status != 200 || !keep("GET", path, response)) return;
    const auto verdict = decode_verdict_answer(response.body);
    const auto jws = verdict ? core::parse_jws(*verdict) : core::Result<core::Jws>(verdict.error());
    const auto payload = jws ? core::parse_json(core::as_text(jws->payload), core::jws_bytes_max) : core::Result<core::Json>(jws.error());
    if (payload && payload->find("log") != nullptr) sizes_.insert(static_cast<std::uint64_t>(payload->member("log").number("size")));
  }
  // The newest checkpoint, and the proofs from what the device holds to it and from it to those of the verdicts.
  void answer_log(const CourierPart& part) {
    const auto response = ask("GET", "/v1/log/checkpoint", part.headers);
    if (response.status != 200 || !keep("GET", "/v1/log/checkpoint", response)) return;
    for (const auto& [name, value] : part.headers) {
      const auto held = same_header_name(name, log_header) ? core::from_base64url(value) : core::Result<core::Bytes>(Error{ErrorCode::not_found, ""});
      if (held) note_size(core::as_text(*held));
    }
    const auto newest = size_of(response.body);
    if (!newest) return;
    for (const auto size : sizes_) {
      const auto [from, to] = std::minmax(size, *newest);
      if (from != to && from != 0) answer("GET", "/v1/log/consistency?from=" + std::to_string(from) + "&to=" + std::to_string(to));
    }
  }
  static std::optional<std::uint64_t> size_of(std::string_view text) {
    const auto note = log::parse_note(text);
    const auto checkpoint = note ? log::parse_checkpoint(note->text) : core::Result<log::Checkpoint>(note.error());
    return checkpoint ? std::optional(checkpoint->size) : std::nullopt;
  }
  void note_size(std::string_view text) {
    if (const auto size = size_of(text)) sizes_.insert(*size);
  }
  // Page by page from where the device stands, and the sealed papers that they announce.
  void answer_feed(std::string path, const std::vector<std::pair<std::string, std::string>>& headers) {
    for (int pages = 0; pages < feed_pages_max; ++pages) {
      const auto response = ask("GET", path, headers);
      if (response.status != 200 || !keep("GET", path, response)) return;
      const auto page = decode_feed_page(response.body);
      if (!page || page->items.empty()) return;
      for (const auto& jws : page->items) answer_paper(jws);
      const auto limit = path.find("&limit=");
      path = "/v1/feed?after=" + to_text(page->next) + (limit == std::string::npos ? "" : path.substr(limit));
    }
  }
  void answer_paper(const std::string& item) {
    const auto jws = core::parse_jws(item);
    const auto payload = jws ? core::parse_json(core::as_text(jws->payload), core::jws_bytes_max) : core::Result<core::Json>(jws.error());
    if (!payload || payload->text("kind") != feed_kind::paper) return;
    answer("GET", "/v1/documents/" + payload->member("body").text("sealed_sha256"));
  }

  const CourierHands& hands_;
  std::string device_, serial_;
  std::size_t bytes_ = 0;
  std::set<std::uint64_t> sizes_;
};

// Of the newest that counts; empty: none does, and the Api says so. What a line shows in its handshake, a bundle shows by its signature.
core::Result<std::string> certificate_of(Registry& registry, const std::string& device) {
  QABYL_TRY(query, registry.database.prepare("SELECT serial FROM certificates WHERE device = ? AND revoked_at IS NULL ORDER BY valid_from DESC LIMIT 1"));
  query.bind(1, device);
  QABYL_TRY(found, query.step());
  return found ? query.text(0) : std::string();
}

core::Status keep_audit(Registry& registry, const CourierResult& result, core::Instant now) {
  return registry.store.audit(result.device, "courier.take", result.bundle, result.refused.empty() ? "done" : result.refused.front(), now);
}

}  // namespace

core::Result<CourierResult> take_courier(Registry& registry, core::ByteView file, core::Instant now, const CourierHands& hands) {
  QABYL_TRY(sealed, read_courier(file));
  if (sealed.slip.way != CourierWay::up) return Error{ErrorCode::wrong_state, "courier bundle: answers, on their way to a kiosk"};
  std::optional<DeviceRow> device;
  std::string serial;
  const auto looked = hands.on_storage([&](core::Instant) -> core::Status {
    QABYL_TRY(found, registry.store.device(sealed.slip.device));
    QABYL_TRY(certificate, certificate_of(registry, sealed.slip.device));
    device = std::move(found);
    serial = std::move(certificate);
    return core::Done{};
  });
  if (!looked) return looked.error();
  if (!device) return Error{ErrorCode::forbidden, "courier bundle: of no device of this office"};
  QABYL_TRY_DO(core::verify_jws(sealed.jws, courier_typ, device->record_key));
  const bool by_old_key = sealed.slip.to != core::key_id(registry.keys.acceptance.verify_key);  // it is told the new ones, and writes again
  std::vector<CourierPart> parts;
  if (!by_old_key) {
    QABYL_TRY(opened, open_courier(sealed, registry.keys.acceptance));
    parts = std::move(opened);
  }
  Counter counter(hands, sealed.slip.device, serial);
  counter.take(parts);
  if (by_old_key) counter.result.refused.emplace_back("keys");
  auto result = std::move(counter.result);
  result.device = sealed.slip.device;
  result.bundle = sealed.slip.bundle;
  QABYL_TRY_DO(hands.on_storage([&](core::Instant at) { return keep_audit(registry, result, at); }));
  const CourierSlip slip{CourierWay::down, result.device, result.bundle, {}, now, registry.keys.keys_jws};
  QABYL_TRY(written, write_courier(slip, counter.answers, registry.keys.acceptance, device->record_key, registry.random));
  result.file = std::move(written);
  return result;
}

core::Result<CourierResult> take_courier(Registry& registry, core::ByteView file, core::Instant now) {
  Api api(registry);
  const CourierHands hands{[&](const Request& request) { return api.handle(request, now); },
                           [&](const std::function<core::Status(core::Instant)>& work) -> core::Status {
                             QABYL_TRY(transaction, core::Transaction::begin(registry.database));
                             QABYL_TRY_DO(work(now));
                             return transaction.commit();
                           },
                           [&] { (void)registry.log_files.publish(registry.log); }};
  return take_courier(registry, file, now, hands);
}

}  // namespace qabyl::sync::registry
