// See oracle.h.
#include "tests/sim/parts/oracle.h"

#include "core/counter_receipt.h"
#include "sync/log/checkpoint.h"
#include "sync/wire/messages.h"

namespace qabyl::sim {
namespace {

constexpr std::size_t piece = 256 * 1024;
constexpr std::int64_t strays_kept_max = 200;  // of one device (RegistryStore::keep_stray)

// SHA-256 of a document as the store gives it, a piece at a time.
std::optional<core::Digest> digest_of(core::KioskStore& store, const core::DocumentRef& document) {
  core::Sha256 hash;
  for (std::uint64_t at = 0; at < document.bytes;) {
    const auto bytes = store.read_document(document.sha256, at, piece);
    if (!bytes || bytes->empty()) return std::nullopt;
    hash.update(*bytes);
    at += bytes->size();
  }
  return hash.finish();
}

std::int64_t number_of(core::Database& database, const std::string& sql) {
  const auto value = database.integer(sql, -1);
  return value ? *value : -2;
}

}  // namespace

bool Oracle::receipt_shown(std::size_t kiosk, const kiosk::ReceiptView& receipt) {
  const auto qr = core::parse_counter_receipt(receipt.qr);
  if (!qr || qr->number != receipt.number) return fail("I8: the receipt on the screen cannot be read: " + receipt.number), false;
  const Promise promise{kiosk, qr->record, receipt.number, receipt.qr};
  const auto [at, first] = promised_.try_emplace(receipt.record, promise);
  const auto [named, unused] = numbers_.try_emplace(receipt.number, receipt.record);
  if (at->second.digest != promise.digest || at->second.number != promise.number) fail("I4: two receipts of " + receipt.record);
  if (named->second != receipt.record) fail("I4: one number for two filings: " + receipt.number);
  return first;
}

void Oracle::take_word(const std::string& jws) {
  const auto parsed = core::parse_jws(jws);
  const auto json = parsed ? core::parse_json(core::as_text(parsed->payload), 1024 * 1024) : core::Result<core::Json>(parsed.error());
  if (!json) return fail("a verdict that cannot be read");
  if (const auto note = json->member("log").text("checkpoint"); !note.empty()) take_checkpoint(note);
  if (json->text("outcome") == "received") return;
  journal_.count("outcome " + json->text("outcome"));
  const auto [at, first] = words_.try_emplace(json->text("id"), jws);
  if (!first && at->second != jws) fail("I4: another final verdict on " + json->text("id"));
}

void Oracle::take_checkpoint(const std::string& note) {
  const auto parsed = sync::log::parse_note(note);
  const auto checkpoint = parsed ? sync::log::parse_checkpoint(parsed->text) : core::Result<sync::log::Checkpoint>(parsed.error());
  if (!checkpoint) return fail("a checkpoint that cannot be read");
  const auto [at, first] = roots_.try_emplace(checkpoint->size, checkpoint->root);
  if (at->second != checkpoint->root) fail("I9: two roots for size " + std::to_string(checkpoint->size));
}

void Oracle::answered(const Post& post, const sync::Response& response) {
  if (response.status == 403 && post.method == "POST" && post.target == "/v1/records" && !post.cut) refused_[post.device].insert(core::sha256(core::as_bytes(post.body)));
  if (response.status != 200) return;
  if (post.method == "POST" && post.target == "/v1/records") {
    const auto answers = sync::decode_batch_answers(response.body);
    if (!answers) return fail("a batch answer that cannot be read");
    for (const auto& one : *answers) {
      if (one.problem) journal_.count("refused " + one.problem->code);
      else take_word(one.verdict);
    }
  }
  if (post.method == "GET" && post.target.starts_with("/v1/records/")) {
    const auto jws = sync::decode_verdict_answer(response.body);
    if (jws) take_word(*jws);
  }
  if (post.target == "/v1/log/checkpoint") take_checkpoint(response.body);
}

void Oracle::check_promises(std::size_t number, SimKiosk& kiosk) {
  for (const auto& [id, promise] : promised_) {
    if (promise.kiosk != number) continue;
    const auto found = kiosk.store().find_record(id);
    if (!found) return fail("I1: " + id + " cannot be read: " + found.error().detail);
    if (!*found || (*found)->record.digest != promise.digest) return fail("I1: " + id + " was promised and is not there");
    for (const auto& document : (*found)->record.record.docs) {
      const auto digest = digest_of(kiosk.store(), document);
      if (document.bytes > 0 && (!digest || *digest != document.sha256)) return fail("I1: a document of " + id + " is lost");
    }
  }
}

void Oracle::check_settled(std::size_t number, SimKiosk& kiosk, bool revoked) {
  const auto keys = kiosk.desk().keys();
  if (!keys) return fail("no keyring: " + keys.error().detail);
  if (const auto whole = kiosk.store().verify_chain(); !whole) fail("I16: " + whole.error().detail);
  const auto forks = kiosk.store().forks(1);
  if (!forks || !forks->empty()) fail("I9: a kiosk took the log for forked, and it was not");
  for (const auto& [id, promise] : promised_) {
    if (promise.kiosk != number) continue;
    const auto found = kiosk.store().find_record(id);
    if (!found || !*found) return;  // said by check_promises()
    const auto verdict = core::open_verdict((*found)->verdict_jws, *keys, id, promise.digest);
    if (revoked && (!verdict || verdict->outcome == core::Outcome::received)) continue;
    if (!verdict || verdict->outcome == core::Outcome::received) return fail("I19: no final verdict on " + id);
    const auto said = words_.find(id);
    if (said == words_.end() || said->second != (*found)->verdict_jws) fail("I4: the kiosk holds a verdict on " + id + " that the registry never gave");
    const auto receipt = core::parse_counter_receipt(promise.qr);
    if (!receipt || !core::verify_counter_receipt(*receipt, *keys)) fail("I8: the receipt of " + id + " does not verify");
  }
}

// What a kiosk sent after it was revoked is kept, and is no filing (I14).
void Oracle::check_strays(SimOffice& office, const JournalAt& journal) {
  auto& database = office.registry().database;
  const auto kept = number_of(database, "SELECT count(*) FROM strays WHERE device = '" + journal.device + "'");
  for (const auto& digest : refused_[journal.device]) {
    const auto here = number_of(database, "SELECT count(*) FROM strays WHERE device = '" + journal.device + "' AND lower(hex(digest)) = '" + core::to_hex(digest) + "'");
    if (here != 1 && kept < strays_kept_max) return fail("I14: what " + journal.device + " sent after its revocation is not kept");
  }
  if (kept > 0) journal_.count("kept of a revoked kiosk");
}

void Oracle::check_filing(SimOffice& office, const core::Id& id, const Promise& promise, bool revoked) {
  auto& database = office.registry().database;
  const auto where = " WHERE id = '" + id + "'";
  const auto records = number_of(database, "SELECT count(*) FROM records" + where);
  if (revoked && records == 0) return;
  if (records != 1) return fail("I4: not one record of " + id);
  if (*database.text("SELECT lower(hex(digest)) FROM records" + where) != core::to_hex(promise.digest)) fail("I4: another digest of " + id);
  if (number_of(database, "SELECT count(*) FROM log_leaves WHERE record = '" + id + "'") != 1) fail("I10: not one leaf of " + id);
  const auto outcome = *database.text("SELECT outcome FROM records" + where);
  if (revoked && outcome == "received") return;
  if (outcome == "received") fail("I19: the registry still waits for " + id);
  if (number_of(database, "SELECT count(*) FROM cases" + where) != 1) fail("I4: not one case of " + id);
  const auto row = office.registry().store.record(id);
  const auto jws = row && *row ? core::parse_jws((*row)->jws) : core::Result<core::Jws>(core::Error{core::ErrorCode::not_found, ""});
  const auto record = jws ? core::decode_record(core::as_text(jws->payload)) : core::Result<core::Record>(jws.error());
  if (!record || core::sha256(jws->payload) != promise.digest) return fail("I10: the record of " + id + " is damaged");
  for (const auto& document : record->docs) {
    const auto bytes = office.registry().read_document(document.sha256);
    if (!bytes || core::sha256(*bytes) != document.sha256) fail("I5: the registry lacks a document of " + id + " that it accepted");
  }
}

void Oracle::check_log(SimOffice& office) {
  auto& log = office.registry().log;
  std::optional<std::pair<std::uint64_t, core::Digest>> before;
  for (const auto& [size, root] : roots_) {
    if (size > log.size()) return fail("I9: the log is shorter than a checkpoint that was signed");
    if (before) {
      const auto proof = log.consistency(before->first, size);
      if (!proof || !sync::log::verify_consistency(before->first, before->second, size, root, *proof)) fail("I9: no consistency from " + std::to_string(before->first) + " to " + std::to_string(size));
    }
    if (size > 0) before = {size, root};
  }
}

void Oracle::check_office(SimOffice& office, const std::vector<JournalAt>& journals) {
  auto& database = office.registry().database;
  for (const auto& [id, promise] : promised_) check_filing(office, id, promise, journals.at(promise.kiosk).revoked);
  for (const auto& journal : journals) {
    const auto& [device, q, revoked] = journal;
    if (revoked) check_strays(office, journal);
    const auto where = " FROM records WHERE device = '" + device + "'";
    if (number_of(database, "SELECT count(*)" + where) != q) fail("I6: not every record of " + device + " is at the registry");
    if (number_of(database, "SELECT coalesce(max(q), 0)" + where) != q) fail("I6: the order of " + device + " has a gap");
  }
  if (number_of(database, "SELECT count(*) FROM records") != number_of(database, "SELECT count(*) FROM log_leaves WHERE record NOT LIKE 'audit %'")) fail("I10: records and leaves do not agree");
  if (number_of(database, "SELECT count(*) FROM audit WHERE action IN ('device.fork', 'log.fork')") != 0) fail("I9: the audit knows of a fork that never was");
  const auto numbers = number_of(database, "SELECT count(number) - count(DISTINCT number) FROM cases WHERE number <> ''");
  if (numbers != 0) fail("I4: a case number was given twice");
  check_log(office);
}

}  // namespace qabyl::sim
