// Records and their documents on the way up: batches, tus uploads (1.0.0), verdicts. See uplink.h.
#include <algorithm>

#include "core/encoding.h"
#include "sync/client/uplink.h"
#include "sync/wire/messages.h"
#include "sync/wire/receipt_sheet.h"

namespace qabyl::sync {
namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

Headers tus_headers(Headers more) {
  more.emplace_back(tus::resumable, tus::version);
  return more;
}

std::optional<std::uint64_t> parse_offset(const std::string& text) {
  if (text.empty() || text.size() > 15) return std::nullopt;
  std::uint64_t n = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    n = n * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return n;
}

// Location may be absolute: only its path counts, the host is always ours.
std::string upload_path(const std::string& location) {
  const auto scheme = location.find("://");
  const auto path = scheme == std::string::npos ? 0 : location.find('/', scheme + 3);
  if (path == std::string::npos || location.compare(path, 12, "/v1/uploads/") != 0) return {};
  return location.substr(path);
}

}  // namespace

void Uplink::start_batch(const std::vector<core::OutboxItem>& items) {
  batch_ = items;
  std::vector<std::string> records;
  for (const auto& item : items) records.push_back(item.jws);
  start(Doing::batch, {"POST", "/v1/records", {{"Content-Type", std::string(json_media_type)}},
                       core::to_bytes(encode_batch(records))});
}

// Each answer is believed for itself. The first record that the registry does not take stops the ones
// behind it in this device's order, so the rest of the batch simply stays queued.
void Uplink::took_batch(const ClientAnswer& answer) {
  const auto items = std::exchange(batch_, {});
  if (answer.status != 200) return fail_status(answer);
  const auto answers = decode_batch_answers(core::as_text(answer.body));
  if (!answers) return disbelieve();
  take_piece(answer);
  std::vector<core::SignedVerdict> verdicts;
  std::optional<core::ErrorCode> wrong;
  for (const auto& one : *answers) {
    const auto item = std::find_if(items.begin(), items.end(), [&](const auto& sent) { return sent.id == one.id; });
    if (item == items.end() || one.problem) continue;
    const auto verdict = core::open_verdict(one.verdict, keys_, item->id, item->digest);
    if (!verdict) {
      wrong = verdict.error().code;
      break;
    }
    note_place(*verdict);
    verdicts.push_back({*verdict, one.verdict});
  }
  // One commit for all: a hundred of them would cost a hundred flushes.
  if (!verdicts.empty() && !parts_.outbox.keep_verdicts(verdicts)) return fail("storage");
  if (wrong) return disbelieve(*wrong);
  if (verdicts.empty() && !answers->front().problem) return disbelieve();
  if (verdicts.empty()) {  // only a person can help; the feed, documents and papers go on
    link_.alarm = "journal.refused " + answers->front().problem->code;
    set_aside(journal_name);
  }
  succeeded();
}

void Uplink::start_upload(const core::OutboxItem& item, const core::OutboxDocument& document) {
  if (!upload_ || upload_->record != item.id || upload_->document.index != document.index) {
    upload_ = Upload{item.id, document, 0, false, 0};
  }
  if (upload_->document.upload.empty()) {
    const auto metadata = tus::to_metadata({item.id, document.index});
    return start(Doing::create, {"POST", "/v1/uploads",
        tus_headers({{std::string(tus::upload_length), std::to_string(document.bytes)}, {std::string(tus::upload_metadata), metadata}}), {}});
  }
  if (!upload_->offset_known) return start(Doing::probe, {"HEAD", upload_->document.upload, tus_headers({}), {}});
  start_append();
}

void Uplink::took_create(const ClientAnswer& answer) {
  if (answer.status == 409 && problem_code(answer) == "complete") return document_done();  // it is there already
  if (answer.status == 404) return give_up_document("record.unknown");
  if (answer.status == 400 || answer.status == 409 || answer.status == 413) return give_up_document("document.refused");
  const auto path = upload_path(answer.header("location"));
  if (answer.status != 201 || path.empty()) return fail_status(answer);
  if (!parts_.outbox.keep_upload(upload_->record, upload_->document.index, path)) return fail("storage");
  upload_->document.upload = path;
  upload_->offset = 0;
  upload_->offset_known = true;
  if (upload_->document.bytes == 0) return document_done();
  succeeded();
}

void Uplink::took_probe(const ClientAnswer& answer) {
  if (answer.status == 404 || answer.status == 410) {  // expired at the registry: begin anew
    if (!parts_.outbox.keep_upload(upload_->record, upload_->document.index, "")) return fail("storage");
    upload_.reset();
    return succeeded();
  }
  const auto offset = parse_offset(answer.header("upload-offset"));
  if (answer.status != 200 || !offset || *offset > upload_->document.bytes) return fail_status(answer);
  upload_->offset = *offset;
  upload_->offset_known = true;
  if (*offset == upload_->document.bytes) return document_done();
  succeeded();
}

void Uplink::start_append() {
  auto piece = parts_.outbox.read_document(upload_->document.sha256, upload_->offset, upload_chunk_bytes);
  const auto code = piece ? core::ErrorCode::storage : piece.error().code;
  if (code == core::ErrorCode::not_found || code == core::ErrorCode::corrupt) return give_up_document("document.damaged");
  if (!piece) return fail("storage");
  const auto checksum = "sha256 " + core::to_base64(core::sha256(*piece));
  start(Doing::append, {"PATCH", upload_->document.upload,
      tus_headers({{"Content-Type", std::string(tus::media_type)},
                   {std::string(tus::upload_offset), std::to_string(upload_->offset)},
                   {std::string(tus::upload_checksum), checksum}}),
      *std::move(piece)});
}

void Uplink::took_append(const ClientAnswer& answer) {
  const auto offset = parse_offset(answer.header("upload-offset"));
  if (answer.status == 204 && offset && *offset <= upload_->document.bytes) {
    upload_->offset = *offset;
    upload_->refusals = 0;
    if (*offset == upload_->document.bytes) return document_done();
    return succeeded();
  }
  upload_->offset_known = false;
  if (answer.status == 422) return give_up_document("document.damaged");  // our bytes are not the manifest's
  const bool probe_settles = answer.status == 404 || answer.status == 409 || answer.status == 410;
  if (probe_settles && ++upload_->refusals == 1) return succeeded();
  fail_status(answer);
}

void Uplink::document_done() {
  if (!parts_.outbox.keep_document_sent(upload_->record, upload_->document.index)) return fail("storage");
  forget_wanted(upload_->record, upload_->document.index);
  upload_.reset();
  succeeded();
}

// Its record waits for a person; everything else goes on, and it is tried again after a while.
void Uplink::give_up_document(const char* alarm) {
  link_.alarm = std::string(alarm) + " " + upload_->record;
  set_aside(upload_->record);
  if (!parts_.outbox.keep_upload(upload_->record, upload_->document.index, "")) return fail("storage");
  forget_wanted(upload_->record, upload_->document.index);
  upload_.reset();
  succeeded();
}

void Uplink::took_verdict(const ClientAnswer& answer) {
  if (answer.status == 404) {  // a registry that was restored from an older day
    link_.alarm = "record.unknown " + asking_;
    set_aside(asking_);
    return succeeded();
  }
  if (answer.status != 200) return fail_status(answer);
  const auto jws = decode_verdict_answer(core::as_text(answer.body));
  if (!jws) return disbelieve();
  const auto verdict = core::open_verdict(*jws, keys_, asking_, asking_digest_);
  if (!verdict) return disbelieve(verdict.error().code);
  take_piece(answer);
  if (!parts_.outbox.keep_verdict(*verdict, *jws)) return fail("storage");
  count(*verdict);
  note_place(*verdict);
  // Nothing is missing: it waits for an earlier act of its case, whose documents do not go up (7).
  if (verdict->outcome == core::Outcome::received && verdict->missing.empty()) set_aside(asking_);
  // Every document was sent, yet the registry waits: its answer says for which, and they go again.
  else if (verdict->outcome == core::Outcome::received) {
    for (const int index : verdict->missing) (void)parts_.outbox.keep_upload(asking_, index, "");
    return fail("answer");
  }
  succeeded();
}

void Uplink::told_receipt(AskedReceipt::Outcome outcome, std::string sheet) {
  receipt_ = AskedReceipt{outcome, std::exchange(receipt_sent_, {}), std::move(sheet)};
}

// Only the registry's signature is an answer; that there is none it says without one.
void Uplink::took_receipt(const ClientAnswer& answer) {
  using Outcome = AskedReceipt::Outcome;
  if (answer.status == 404 || answer.status == 429) {
    told_receipt(answer.status == 404 ? Outcome::none : Outcome::busy);
    due_ = parts_.clock.read().steady;  // the question of one person holds up nothing
    return;
  }
  if (answer.status != 200) {
    told_receipt(Outcome::unreachable);
    return fail_status(answer);
  }
  std::string sheet(core::as_text(answer.body));
  const auto opened = open_receipt_sheet(sheet, keys_, receipt_sent_);
  told_receipt(opened ? Outcome::found : Outcome::unreachable, opened ? std::move(sheet) : std::string());
  opened ? succeeded() : disbelieve(opened.error().code);
}

}  // namespace qabyl::sync
