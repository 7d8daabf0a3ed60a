// The storage thread's part of uploads. See uploads.h.
#include "sync/registry/uploads.h"

#include <ctime>

#include "core/encoding.h"
#include "sync/registry/document_type.h"
#include "sync/registry/intake.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {

// Opens what Append keeps private: only this file makes one.
struct AppendSteps {
  static core::Result<std::unique_ptr<Append>> open(Registry& registry, const UploadRow& row,
                                                    std::optional<Checksum> checksum);
  static void keep_hash(Registry& registry, Append& append, std::uint64_t have) {
    if (append.hash_) registry.upload_locks.keep_hash(append.upload_, have, std::move(*append.hash_));
  }
  static const AppendLock* lock(const Append& append) { return append.lock_.get(); }
};

namespace {

Response tus(Response response) {
  response.set(tus::resumable, std::string(tus::version));
  return response;
}

Response tus_problem(int status, std::string_view code, std::string_view title) {
  return tus(problem_response(status, code, title));
}

Response storage_trouble() { return tus_problem(503, "storage", "the registry could not store this"); }

std::string http_date(core::Instant at) {  // RFC 9110 IMF-fixdate
  const std::time_t seconds = static_cast<std::time_t>(at.time_since_epoch().count() / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[40] = {};
  std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return text;
}

Response with_offset(Response response, const UploadRow& row) {
  response.set(tus::upload_offset, std::to_string(row.have));
  if (row.state == "open") response.set(tus::upload_expires, http_date(row.touched + upload_life));
  return response;
}

Response no_content() {
  Response response;
  response.status = 204;
  return tus(response);
}

std::optional<Response> refuse_version(const Request& request) {
  if (request.header(tus::resumable) == tus::version) return std::nullopt;
  Response response = tus_problem(412, "tus-version", "Tus-Resumable 1.0.0 is needed");
  response.set("Tus-Version", std::string(tus::version));
  return response;
}

void remove_bytes(Registry& registry, const UploadRow& row) {
  (void)core::sys::remove_file(registry.documents.upload_path(row.id));  // absent is as good
}

core::Result<bool> looks_different(Registry& registry, const UploadRow& row, std::string_view declared) {
  QABYL_TRY(file, core::sys::open_read(registry.documents.upload_path(row.id)));
  QABYL_TRY(head, core::sys::read_some(file, 0, type_head_bytes));
  return type_differs(head, declared);
}

// The upload is whole: its digest decides. 204, or 422 and the bytes are gone.
core::Result<Response> complete(Registry& registry, UploadRow row, const core::Digest& digest, core::Instant now) {
  QABYL_TRY(manifest, registry.store.manifest(row.record));
  QABYL_CHECK(static_cast<std::size_t>(row.index) < manifest.size());
  row.touched = now;
  if (manifest[static_cast<std::size_t>(row.index)].ref.sha256 != digest) {
    row.state = "cancelled";
    remove_bytes(registry, row);
    QABYL_TRY_DO(registry.store.set_upload(row));
    QABYL_TRY_DO(registry.store.audit(row.device, "upload.digest", row.record, "digest-mismatch", now));
    return tus_problem(422, "digest-mismatch", "these bytes are not what the record's manifest says");
  }
  QABYL_TRY(differs, looks_different(registry, row, manifest[static_cast<std::size_t>(row.index)].ref.type));
  const std::string month = DocumentFiles::month_folder(now);
  QABYL_TRY(known, registry.store.document_folder(digest));
  if (known) remove_bytes(registry, row);
  else QABYL_TRY_DO(registry.documents.adopt(registry.documents.upload_path(row.id), month, digest));
  QABYL_TRY_DO(registry.store.add_document(digest, row.length, month, now));
  QABYL_TRY_DO(registry.store.mark_here(row.record, row.index, differs));
  if (differs) QABYL_TRY_DO(registry.store.audit(row.device, "document.type", row.record, "type differs", now));
  row.state = "complete";
  QABYL_TRY_DO(registry.store.set_upload(row));
  QABYL_TRY_DO(settle(registry, row.record, now));
  return with_offset(no_content(), row);
}

// Ends a hanging append: what it has written counts, unless a checksum was to vouch for it (row 35).
core::Result<UploadRow> settle_holder(Registry& registry, UploadRow row, core::Instant now) {
  const auto lock = registry.upload_locks.take_over(row.id);
  if (!lock || lock->checked || lock->written == 0) return row;
  QABYL_TRY(file, core::sys::open_append(registry.documents.upload_path(row.id)));
  QABYL_TRY_DO(core::sys::flush(file));
  row.have += lock->written;
  row.touched = now;
  QABYL_TRY_DO(registry.store.set_upload(row));
  if (row.have < row.length) return row;
  QABYL_TRY(digest, digest_of_file(registry.documents.upload_path(row.id)));
  QABYL_TRY(answer, complete(registry, row, digest, now));
  QABYL_TRY(after, registry.store.upload(row.id));
  return *after;
}

core::Status expire(Registry& registry, UploadRow row, core::Instant now) {
  (void)registry.upload_locks.take_over(row.id);
  remove_bytes(registry, row);
  row.state = "expired";
  QABYL_TRY_DO(registry.store.set_upload(row));
  return registry.store.audit(row.device, "upload.expired", row.record, "released", now);
}

struct Found {
  std::optional<UploadRow> row;
  Response refusal;
};

// The upload if it is this device's and still counts.
core::Result<Found> find_upload(Registry& registry, const Request& request, std::string_view upload, core::Instant now) {
  QABYL_TRY(row, registry.store.upload(upload));
  if (!row || row->device != request.device) return Found{{}, tus_problem(404, "not-found", "no such upload")};
  if (row->state == "open" && now - row->touched > upload_life) {
    QABYL_TRY_DO(expire(registry, *row, now));
    row->state = "expired";
  }
  if (row->state == "expired") return Found{{}, tus_problem(410, "expired", "this upload was idle for too long")};
  if (row->state == "open" && !core::sys::exists(registry.documents.upload_path(row->id))) {
    row->have = 0;  // a COMMIT failed after the file had gone its way: begin again
    QABYL_TRY(file, core::sys::create_private(registry.documents.upload_path(row->id)));
    QABYL_TRY_DO(registry.store.set_upload(*row));
  }
  if (row->state == "cancelled") return Found{{}, tus_problem(410, "cancelled", "this upload was ended")};
  return Found{row, {}};
}

Response created(const UploadRow& row) {
  Response response = with_offset(tus({}), row);
  response.status = 201;
  response.set("Location", std::string(tus::uploads_path) + "/" + row.id);
  return response;
}

core::Result<Response> open_new(Registry& registry, UploadRow row, core::Instant now) {
  QABYL_TRY_DO(expire_uploads(registry, now));
  QABYL_TRY(open, registry.store.open_uploads(row.device));
  if (open >= open_uploads_max) {
    core::Json extra;
    extra["retry_after"] = 3600;
    return tus(problem_response({429, "too-many-uploads", "too many unfinished uploads", {}, extra}));
  }
  core::Bytes random(16);
  registry.random.fill(random);
  row.id = core::to_hex(random);
  row.state = "open";
  row.touched = now;
  QABYL_TRY(file, core::sys::create_private(registry.documents.upload_path(row.id)));
  QABYL_TRY_DO(registry.store.add_upload(row));
  if (row.length > 0) return created(row);
  QABYL_TRY(done, complete(registry, row, core::sha256({}), now));
  return done.status == 204 ? created(row) : done;
}

core::Result<Response> create(Registry& registry, const Request& request, core::Instant now) {
  const auto target = tus::parse_metadata(request.header(tus::upload_metadata));
  if (!target) return tus_problem(400, "metadata", "Upload-Metadata must name record and index");
  const auto length = parse_decimal(request.header(tus::upload_length));
  if (!length) return tus_problem(400, "length", "Upload-Length must be a decimal");
  QABYL_TRY(record, registry.store.record(target->record));
  if (!record || record->device != request.device) return tus_problem(404, "not-found", "no such record of this device");
  QABYL_TRY(manifest, registry.store.manifest(target->record));
  const auto index = static_cast<std::size_t>(target->index);
  if (index >= manifest.size()) return tus_problem(409, "not-in-manifest", "the record names no such document");
  if (manifest[index].here) return tus_problem(409, "complete", "this document is stored already");
  if (manifest[index].ref.bytes > core::document_bytes_max) return tus_problem(413, "too-large", "document too large");
  if (manifest[index].ref.bytes != static_cast<std::uint64_t>(*length)) {
    return tus_problem(400, "length", "Upload-Length is not what the record's manifest says");
  }
  QABYL_TRY(open, registry.store.open_upload(target->record, target->index));
  if (open && now - open->touched <= upload_life) return created(*open);  // the first answer was lost
  UploadRow row;
  row.device = request.device;
  row.record = target->record;
  row.index = target->index;
  row.length = static_cast<std::uint64_t>(*length);
  return open_new(registry, row, now);
}

std::optional<Response> refuse_append_headers(const Request& request) {
  if (const auto refusal = refuse_version(request)) return refusal;
  if (request.header("Content-Type") != tus::media_type) {
    return tus_problem(415, "content-type", "application/offset+octet-stream is needed");
  }
  if (request.header_count(tus::upload_length) > 0) return tus_problem(400, "length", "Upload-Length is immutable");
  if (!parse_decimal(request.header(tus::upload_offset))) return tus_problem(400, "offset", "Upload-Offset must be a decimal");
  return std::nullopt;
}

AppendStart refuse_offset(Registry& registry, UploadRow row) {
  row.have += registry.upload_locks.counted(row.id);
  return {nullptr, with_offset(tus_problem(409, "offset", "not the offset of this upload"), row)};
}

// The checksum that the request announces, if it does; unsupported or invalid_input otherwise.
core::Result<std::optional<Checksum>> announced_checksum(const Request& request) {
  if (request.header_count(tus::upload_checksum) == 0) return std::optional<Checksum>();
  QABYL_TRY(checksum, Checksum::parse(request.header(tus::upload_checksum)));
  return std::optional<Checksum>(std::move(checksum));
}

core::Result<AppendStart> begin(Registry& registry, const Request& request, std::string_view upload, core::Instant now) {
  if (const auto refusal = refuse_append_headers(request)) return AppendStart{nullptr, *refusal};
  auto checksum = announced_checksum(request);
  if (!checksum) return AppendStart{nullptr, tus_problem(400, "checksum-algorithm", "sha1 or sha256")};
  QABYL_TRY(found, find_upload(registry, request, upload, now));
  if (!found.row) return AppendStart{nullptr, found.refusal};
  UploadRow row = *found.row;
  if (row.state != "open") return AppendStart{nullptr, with_offset(tus_problem(409, "complete", "this upload is complete"), row)};
  const auto offset = static_cast<std::uint64_t>(*parse_decimal(request.header(tus::upload_offset)));
  const auto announced = parse_decimal(request.header("Content-Length"));
  const std::uint64_t room = row.length - std::min(offset, row.length);
  const bool fits = !announced || static_cast<std::uint64_t>(*announced) <= room;
  if (!fits || offset < row.have || !registry.upload_locks.revoke_at(row.id, offset - row.have)) {
    return refuse_offset(registry, row);
  }
  QABYL_TRY(settled, settle_holder(registry, row, now));
  if (settled.state != "open") return AppendStart{nullptr, with_offset(tus_problem(409, "complete", "this upload is complete"), settled)};
  QABYL_CHECK(settled.have == offset);
  QABYL_TRY(append, AppendSteps::open(registry, settled, std::move(*checksum)));
  return AppendStart{std::move(append), {}};
}

core::Result<Response> finish(Registry& registry, Append& append, const Sealed& sealed, core::Instant now) {
  QABYL_TRY(row, registry.store.upload(append.upload()));
  QABYL_CHECK(row);
  QABYL_TRY(device, registry.store.device(row->device));
  if (!device || device->state != "enrolled") {  // revoked while the bytes were coming (I14)
    (void)registry.upload_locks.take_over(row->id);
    Response response = tus_problem(403, "revoked", "this device's certificate was revoked");
    response.close = true;
    return response;
  }
  if (!registry.upload_locks.holds(append.upload(), AppendSteps::lock(append))) {
    return with_offset(tus_problem(409, "taken-over", "another append has taken over"), *row);
  }
  registry.upload_locks.release(append.upload());
  if (!sealed.checksum_ok) {
    return with_offset(tus_problem(tus::status_checksum_mismatch, "checksum-mismatch", "checksum mismatch"), *row);
  }
  if (sealed.cut) return storage_trouble();
  row->have += sealed.written;
  row->touched = now;
  if (sealed.whole) return complete(registry, *row, *sealed.whole, now);
  QABYL_TRY_DO(registry.store.set_upload(*row));
  AppendSteps::keep_hash(registry, append, row->have);
  return with_offset(no_content(), *row);
}

}  // namespace

core::Result<std::unique_ptr<Append>> AppendSteps::open(Registry& registry, const UploadRow& row,
                                                        std::optional<Checksum> checksum) {
  std::unique_ptr<Append> append(new Append);
  append->upload_ = row.id;
  append->path_ = registry.documents.upload_path(row.id);
  QABYL_TRY(file, core::sys::open_append(append->path_));
  append->file_ = std::move(file);
  append->offset_ = row.have;
  append->length_ = row.length;
  append->hash_ = row.have == 0 ? std::optional<core::Sha256>(core::Sha256())
                                : registry.upload_locks.take_hash(row.id, row.have);
  append->checksum_ = std::move(checksum);
  append->lock_ = registry.upload_locks.hold(row.id);
  append->lock_->checked = append->checksum_.has_value();
  return append;
}

Response tus_options() {
  Response response = no_content();
  response.set("Tus-Version", std::string(tus::version));
  response.set("Tus-Extension", std::string(tus::extensions));
  response.set("Tus-Checksum-Algorithm", std::string(tus::checksum_algorithms));
  response.set("Tus-Max-Size", std::to_string(core::document_bytes_max));
  return response;
}

Response create_upload(Registry& registry, const Request& request, core::Instant now) {
  if (const auto refusal = refuse_version(request)) return *refusal;
  auto response = create(registry, request, now);
  return response ? *response : storage_trouble();
}

Response head_upload(Registry& registry, const Request& request, std::string_view upload, core::Instant now) {
  if (const auto refusal = refuse_version(request)) return *refusal;
  const auto found = find_upload(registry, request, upload, now);
  if (!found) return storage_trouble();
  if (!found->row) return found->refusal;
  const auto row = found->row->state == "open" ? settle_holder(registry, *found->row, now) : *found->row;
  if (!row) return storage_trouble();
  Response response = with_offset(tus({}), *row);
  response.set(tus::upload_length, std::to_string(row->length));
  response.set(tus::upload_metadata, tus::to_metadata({row->record, row->index}));
  response.set("Cache-Control", "no-store");
  return response;
}

Response cancel_upload(Registry& registry, const Request& request, std::string_view upload, core::Instant now) {
  if (const auto refusal = refuse_version(request)) return *refusal;
  const auto found = find_upload(registry, request, upload, now);
  if (!found) return storage_trouble();
  if (!found->row) return found->refusal;
  UploadRow row = *found->row;
  if (row.state == "complete") return tus_problem(409, "complete", "this document is stored already");
  (void)registry.upload_locks.take_over(row.id);
  row.state = "cancelled";
  row.touched = now;
  if (!registry.store.set_upload(row)) return storage_trouble();
  remove_bytes(registry, row);
  return no_content();
}

AppendStart begin_append(Registry& registry, const Request& request, std::string_view upload, core::Instant now) {
  auto start = begin(registry, request, upload, now);
  if (!start) return {nullptr, storage_trouble()};
  return std::move(*start);
}

Response finish_append(Registry& registry, Append& append, const Sealed& sealed, core::Instant now) {
  const auto response = finish(registry, append, sealed, now);
  return response ? *response : storage_trouble();
}

core::Status expire_uploads(Registry& registry, core::Instant now) {
  QABYL_TRY(idle, registry.store.idle_uploads(now - upload_life, expired_per_pass_max));
  for (const UploadRow& row : idle) QABYL_TRY_DO(expire(registry, row, now));
  return core::Done{};
}

}  // namespace qabyl::sync::registry
