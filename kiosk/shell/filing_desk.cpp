// Filing: the one path from "sign and hand in" to a number on the screen. See storage_desk.h.
//
// Order (RELIABILITY, I2 and I7): parts checked -> record signed -> one commit, read back by the store ->
// only then a reply that holds the number. After an unknown outcome the store is reopened and asked.
#include <algorithm>

#include "core/counter_receipt.h"
#include "core/encoding.h"
#include "core/cases/licence_application.h"
#include "core/receipt_number.h"
#include "core/paper/application_paper.h"
#include "kiosk/shell/storage_desk.h"
#include "kiosk/shell/store_proxy.h"

namespace qabyl::kiosk {
namespace {

std::string hex_of_random(core::Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  random.fill(bytes);
  return core::to_hex(bytes);
}

}  // namespace

core::RecordTime StorageDesk::time_now() {
  const auto now = parts_.clock.read();
  auto time = core::judge_time(parts_.store.clock_memory(), now, parts_.rules.zone.offset_min(now.wall));
  // A receipt of a trusted time holds only within the key's own (I8): beyond it the clock is wrong or the key old, and an officer dates the act.
  const bool within_key = now.wall >= parts_.station.key_from && now.wall < parts_.station.key_to;
  if (time.trust == core::Trust::trusted && !within_key) time.trust = core::Trust::untrusted, time.u_ms = 0;
  return time;
}

// Everything of a record but its case, actor, documents and body.
core::Record StorageDesk::blank_record(std::string_view kind, core::Language language) {
  const auto head = parts_.store.head();
  core::Record record;
  record.kind = kind;
  record.device = parts_.station.device;
  record.q = head.q + 1;
  record.prev = head.digest;
  record.at = time_now();
  record.id = core::new_id(record.at.utc, parts_.random);
  record.lang = core::to_text(language);
  record.sw = std::string("qabyl-kiosk ") + QABYL_VERSION;
  record.nonce = hex_of_random(parts_.random);
  return record;
}

// The form is a paper like any other: made once, durable, named by its digest; what is signed is that
// digest. Made anew only when the answers changed (same answers, same bytes: kept once).
void StorageDesk::handle(const effect::MakeForm& effect) {
  const auto* profile = parts_.rules.profile(effect.draft.profile);
  if (profile == nullptr) return tell(reply::FormFailed{core::ErrorCode::unsupported});
  const auto today = parts_.rules.today(parts_.clock.read().wall);
  core::paper::ApplicationContent content{effect.draft, *profile, {}, today, parts_.rules.zone.instant(today, 0, 0, 0),
                                          parts_.station.device};
  const auto paper = core::paper::application_pdf(content, parts_.rules.texts, effect.language);
  if (!paper) return tell(reply::FormFailed{paper.error().code});
  const auto kept = parts_.store.keep_document(paper->pdf, effect.draft.id, "application.pdf", "application/pdf");
  if (!kept) return tell(reply::FormFailed{kept.error().code});
  core::DraftFile form;
  form.ref = *kept;
  form.pages = paper->pages;
  form.source = "kiosk";
  tell(reply::FormReady{form});
}

void StorageDesk::handle(const effect::FileApplication& effect) {
  if (const auto known = parts_.store.find_record(effect.draft.id); known && *known) {
    return tell(reply::Filed{shown(**known)});  // a second tap, or a restart after the commit
  }
  const auto* profile = parts_.rules.profile(effect.draft.profile);
  if (profile == nullptr) return tell(reply::FilingFailed{core::ErrorCode::unsupported});
  auto record = blank_record(core::kind::application_submit, effect.language);
  record.id = effect.draft.id;
  record.case_id = effect.draft.id;
  record.actor.role = "applicant";
  const int year = static_cast<int>(parts_.rules.today(record.at.utc).year());
  const auto number = core::receipt_number(parts_.station.device, year, parts_.store.head().counter + 1);
  const auto check_code = core::new_check_code(parts_.random);
  auto signature = effect.signature;
  const auto pictures = keep_shown(signature, record.id);
  if (!pictures) return tell(reply::FilingFailed{pictures.error().code});
  auto parts = core::submission_parts(*profile, {effect.draft, std::move(signature), effect.form, number, check_code, *pictures});
  if (!parts) return tell(reply::FilingFailed{parts.error().code});
  record.docs = std::move(parts->docs);
  record.body = std::move(parts->body);
  file(std::move(record), number, check_code, effect.draft.id);
}

core::Result<std::optional<core::DocumentRef>> StorageDesk::keep_shown(core::ScreenSignature& signature, const core::Id& record, int only) {
  QABYL_TRY(file, shown_.file_for(signature, only));
  if (!file) return std::optional<core::DocumentRef>();
  QABYL_TRY(kept, parts_.store.keep_document(*file, record, core::pictures_name, core::pictures_type));
  signature.pictures = kept.sha256;
  return std::optional<core::DocumentRef>(std::move(kept));
}

void StorageDesk::file(core::Record record, std::string number, std::string check_code, const core::Id& draft) {
  const auto signed_record = core::sign_record(std::move(record), parts_.record_key);
  core::CounterReceipt proof;
  proof.number = number;
  proof.device = parts_.station.device;
  proof.record = signed_record.digest;
  proof.documents = core::documents_digest(signed_record.record.docs);
  proof.filed_at = signed_record.record.at.utc;
  proof.trust = signed_record.record.at.trust;
  proof.u_ms = signed_record.record.at.u_ms;
  proof.kiosk_key = parts_.record_key.verify_key;
  proof.key_from = parts_.station.key_from;
  proof.key_to = parts_.station.key_to;
  proof.registry_kid = parts_.station.registry_kid;
  proof.registry_signature = parts_.station.registry_signature;
  core::ReceiptEntry entry;  // stays empty where the act is part of another that has one
  if (!number.empty()) entry = {std::move(number), std::move(check_code), core::counter_receipt_qr(proof, parts_.record_key), {}};
  const auto appended = parts_.store.append(signed_record, entry, draft);
  if (!appended && appended.error().code != core::ErrorCode::unknown_outcome) {
    tell(reply::FilingFailed{appended.error().code});
    return check_reserve();
  }
  if (!appended) {
    tell(reply::FilingUnknown{});
    (void)parts_.store.reopen();  // if it cannot be, it does not answer below
  }
  settle(signed_record.record.id);
  if (store_broken_) check_reserve();
}

// The store has the last word on whether the record is there. One that cannot be read has not spoken: told neither way (I7),
// and asked again by check_reserve() until it answers.
void StorageDesk::settle(const core::Id& id) {
  const auto found = parts_.store.find_record(id);
  if (!found) {
    store_broken_ = true;
    unsettled_ = id;
    return tell(reply::FilingUnknown{});
  }
  if (!*found) return tell(reply::FilingFailed{core::ErrorCode::storage});
  parts_.accepted(**found);
  tell(reply::Filed{shown(**found)});
  parts_.filed();
}

ReceiptView receipt_view(const core::StoredRecord& stored) {
  const auto& record = stored.record.record;
  ReceiptView view;
  view.record = record.id;
  view.kind = record.kind;
  view.number = stored.receipt.number;
  view.check_code = stored.receipt.check_code;
  view.qr = stored.receipt.qr;
  view.filed_at = record.at.utc;
  view.trust = record.at.trust;
  view.organisation = record.body.text("organisation", record.body.member("bureau").text("name"));
  if (const auto& title = record.body.member("title"); title.is_object()) view.title = {title.text("kk"), title.text("ru"), title.text("en")};
  view.paper_number = record.body.member("paper_facts").text("number");
  view.timeliness = record.body.member("told").text("timeliness");
  view.last_day = record.body.member("told").text("due");
  view.files = static_cast<int>(record.docs.size() - core::pictures_in(record.body, record.docs));
  for (const auto& item : record.body.items("items")) view.pages += static_cast<int>(item.number("pages"));
  for (const auto& code : record.body.items("missing")) view.missing.push_back(code.string());
  view.fee_open = record.body.member("fee").text("choice") == "later";
  view.custody = send_view(stored.state);
  if (stored.verdict) {
    view.reason = stored.verdict->reason;
    view.case_number = stored.verdict->number;
    if (stored.verdict->outcome == core::Outcome::received) view.sent_at = stored.verdict->at;
    else view.confirmed_at = stored.verdict->at;
  }
  return view;
}

}  // namespace qabyl::kiosk
