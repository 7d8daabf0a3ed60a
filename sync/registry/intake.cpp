// See intake.h. Order of the questions: whose is it, is it known, is it next, is it signed.
#include "sync/registry/intake.h"

#include "core/cases/open_terms.h"
#include "core/cases/raised_by.h"
#include "core/receipt_facts.h"
#include "core/schema.h"
#include "sync/registry/application_news.h"
#include "sync/registry/case_now.h"
#include "sync/registry/feed_out.h"
#include "sync/registry/licence_register.h"
#include "sync/registry/notice_copies.h"
#include "sync/registry/office_papers.h"
#include "sync/registry/paper_news.h"
#include "sync/registry/returned_records.h"
#include "sync/registry/rows.h"
#include "sync/wire/messages.h"

namespace qabyl::sync::registry {
namespace {

using core::Status;

constexpr const char* malformed_kind = "record.malformed";  // its reason too
constexpr std::size_t device_name_bytes_max = 16;
constexpr std::size_t fault_bytes_max = 60;
constexpr core::Millis clock_ahead_max{10 * 60'000};

IntakeAnswer refused(const core::Id& id, int status, std::string_view code, std::string_view title,
                     core::Json extra = {}) {
  return {id, {}, Problem{status, std::string(code), std::string(title), {}, std::move(extra)}};
}

// Refusals that somebody at the office should see (marked A in RELIABILITY 4.7).
core::Result<IntakeAnswer> refused_loudly(Registry& registry, const DeviceRow& device, IntakeAnswer answer,
                                          core::Instant now) {
  QABYL_TRY_DO(registry.store.audit(device.device, "record.refused", answer.id, answer.problem->code, now));
  return answer;
}

// The stored final verdict (none yet, if this very group reached it), or `received` with what is missing; the same bytes
// as long as nothing changes.
core::Result<std::string> present_verdict(Registry& registry, const RecordRow& row) {
  if (row.outcome != core::Outcome::received) return row.verdict;
  QABYL_TRY(manifest, registry.store.manifest(row.id));
  core::Verdict verdict{row.id, row.digest, row.outcome, {}, {}, {}, {}, row.taken, {}, {}, {}};
  for (const ManifestRow& line : manifest) {
    if (!line.here) verdict.missing.push_back(line.index);
  }
  return core::sign_verdict(verdict, registry.keys.acceptance);
}

core::Result<IntakeAnswer> repeated(Registry& registry, const DeviceRow& device, const RecordRow& row,
                                    std::string_view jws, core::Instant now) {
  if (row.device != device.device) {
    return refused_loudly(registry, device, refused(row.id, 403, "not-owner", "not a record of this device"), now);
  }
  const auto parsed = core::parse_jws(jws);
  if (!parsed || core::sha256(parsed->payload) != row.digest) {
    return refused_loudly(registry, device, refused(row.id, 422, "id-reused", "this id has other bytes"), now);
  }
  QABYL_TRY(verdict, present_verdict(registry, row));
  return IntakeAnswer{row.id, verdict, {}};
}

struct Unverified {
  core::Jws jws;
  core::Record record;
  std::optional<std::string> fault;  // of the schema: path of the member, as far as it is known
};

// "at.offset_min: integer out of range", perhaps with ": " of the objects around it in front.
std::string path_in(std::string_view fault) {
  while (fault.starts_with(": ")) fault.remove_prefix(2);
  return std::string(fault.substr(0, fault.find(':')).substr(0, fault_bytes_max));
}

// A record whose schema is faulty but that says whose and which it is: it can be taken, and is then
// quarantined, so that a bug of its maker never blocks what is behind it (I6). No case is believed of it.
core::Result<Unverified> decode_envelope(core::Jws jws, std::string_view fault) {
  QABYL_TRY(json, core::parse_json(core::as_text(jws.payload), core::record_bytes_max));
  core::Reader reader(json);
  core::Record record;
  record.id = record.case_id = reader.id("id");
  record.device = reader.text("device", device_name_bytes_max, 1);
  record.q = reader.integer("q", 1, core::json_integer_max);
  record.prev = reader.digest("prev");
  QABYL_TRY_DO(reader.status());
  record.kind = malformed_kind;
  return Unverified{std::move(jws), std::move(record), path_in(fault)};
}

// unsupported: of a later version of the protocol; too_large; invalid_input: not even an envelope.
core::Result<Unverified> decode(std::string_view text) {
  QABYL_TRY(jws, core::parse_jws(text));
  if (jws.payload.size() > core::record_bytes_max) return core::Error{core::ErrorCode::too_large, "record"};
  auto record = core::decode_record(core::as_text(jws.payload));
  if (record) return Unverified{std::move(jws), *std::move(record), {}};
  if (record.error().code == core::ErrorCode::unsupported) return record.error();
  return decode_envelope(std::move(jws), record.error().detail);
}

IntakeAnswer not_a_record(const core::Id& id, const core::Error& error) {
  if (error.code == core::ErrorCode::too_large) return refused(id, 413, "too-large", "record too large");
  if (error.code == core::ErrorCode::unsupported) return {id, {}, upgrade_problem()};
  return refused(id, 400, "malformed", "not a record of this format");
}

// Why these bytes cannot be the device's next record; nullopt: they are.
std::optional<IntakeAnswer> not_next(const DeviceRow& device, const core::Id& id, const Unverified& next) {
  const core::Record& record = next.record;
  if (!id.empty() && record.id != id) return refused(id, 400, "id-mismatch", "path and record name different ids");
  if (!core::verify_jws(next.jws, core::typ::record, device.record_key)) {
    return refused(record.id, 400, "signature", "not signed by this device's record key");
  }
  core::Json expected;
  expected["expected_q"] = device.q + 1;
  if (record.q <= device.q) return refused(record.id, 409, "sequence-used", "that q is taken", expected);
  if (record.q > device.q + 1) return refused(record.id, 409, "gap", "records before this one are missing", expected);
  if (record.prev != device.head) return refused(record.id, 409, "chain", "prev is not the digest of record q-1", expected);
  return std::nullopt;
}

Status open_case(Registry& registry, const core::Record& record, core::Instant now) {
  if (record.case_id != record.id || record.kind != core::kind::application_submit) return core::Done{};
  return registry.database.run(
      "INSERT INTO cases(id, kind, device, bureau_bin, title, state, opened_at) VALUES(?, 'application', ?, ?, ?, '', ?)",
      record.id, record.device, record.body.text("bin"), record.body.text("organisation"), rows::ms(now));
}

// Also a bureau that the kiosk serves no longer: what was signed there before is not lost (RELIABILITY, I6).
core::Result<bool> may_see(Registry& registry, std::string_view device, const core::Record& record) {
  if (record.case_id == record.id || device == "registry") return true;
  QABYL_TRY(query, registry.database.prepare(
                       "SELECT count(*) FROM cases WHERE id = ?1 AND ((kind = 'application' AND device = ?2) OR (kind <> "
                       "'application' AND bureau_bin IN (SELECT bin FROM device_bureaus WHERE device = ?2)))"));
  query.bind(1, record.case_id).bind(2, device);
  QABYL_TRY(found, query.step());
  if (found && query.integer(0) == 1) return true;
  return record.kind == core::kind::licence_deliver ? filed_at(registry, device, record.case_id) : core::Result<bool>(false);
}

core::Result<std::vector<core::StaffEntry>> staff_of_case(Registry& registry, const core::Id& case_id) {
  QABYL_TRY(query, registry.database.prepare(
                       "SELECT s.id, s.name, s.position, s.bureau_bin, s.verify_key, s.powers_from, s.powers_to, s.capacity "
                       "FROM staff s JOIN cases c ON c.bureau_bin = s.bureau_bin WHERE c.id = ? AND s.role = 'bureau'"));
  query.bind(1, case_id);
  return rows::all<core::StaffEntry>(query, [](const core::Statement& row) {
    return core::StaffEntry{row.text(0), row.text(1), row.text(2), row.text(3), rows::fixed<32>(row.blob(4)),
                            rows::instant(row.integer(5)), rows::instant(row.integer(6)), row.text(7)};
  });
}

// The newest decision to suspend that this licence was sent: its receipt does not name it.
core::Result<core::Id> suspension_sent(Registry& registry, const core::Id& licence) {
  QABYL_TRY(query, registry.database.prepare("SELECT record FROM papers WHERE case_id = ? AND kind = ? ORDER BY record DESC LIMIT 1"));
  query.bind(1, licence).bind(2, core::kind::licence_suspend);
  QABYL_TRY(found, query.step());
  return found ? query.text(0) : core::Id{};
}

// Written down at a counter or in the office: the kiosks of the bureau offer then what follows a refusal (A10).
Status tell_refusal(Registry& registry, const core::Record& record, const CaseNow& of, core::Instant now) {
  QABYL_TRY(papers, papers_of_case(registry, record.case_id));
  for (const auto& paper : papers) {
    if (is_act_on(record, paper, of.history)) QABYL_TRY_DO(tell_paper_state(registry, paper.bin, paper.record, record, of, now));
  }
  return core::Done{};
}

// What an accepted record changes outside its case: the paper that it marks or returns is closed for the others, and its
// copy 2 is drawn as it came back. A refused receipt leaves the paper open: it may be marked yet. `of`: with the record.
Status after_acceptance(Registry& registry, const core::Record& record, const CaseNow& of, core::Instant now) {
  QABYL_TRY_DO(tell_filer(registry, record, now));
  if (core::is_recount(record.kind)) return tell_recount(registry, of, now);
  if (core::raised_by(record.kind) == core::RaisedBy::anywhere) return tell_refusal(registry, record, of, now);
  if (core::raised_by(record.kind) != core::RaisedBy::bureau) return core::Done{};
  PaperMarked marked = paper_marked(record, of.history);
  if (record.kind == core::kind::licence_suspension_receive) {
    QABYL_TRY(decision, suspension_sent(registry, record.case_id));
    marked = {decision, decision};
  }
  const bool marks = !marked.sent.empty();
  const core::Id sent = marks ? marked.sent : core::Id(record.base);  // else an act on a paper that is marked already
  QABYL_TRY(query, registry.database.prepare("SELECT bureau_bin FROM papers WHERE case_id = ? AND record = ?"));
  query.bind(1, record.case_id).bind(2, sent);
  QABYL_TRY(found, query.step());
  if (!found) return core::Done{};
  const std::string bin = query.text(0);
  query.reset();
  if (!marks) return tell_paper_state(registry, bin, sent, record, of, now);
  QABYL_TRY_DO(registry.database.run("UPDATE papers SET closed_by = ? WHERE record = ?", record.id, marked.sent));
  const bool of_inspection = marked.sent == of.inspection.notice.sent_record;
  QABYL_TRY_DO(of_inspection ? keep_marked_copy(registry, record.case_id, marked.sent, now) : keep_returned_copy(registry, of, record, now));
  return tell_paper_state(registry, bin, marked.sent, record, of, now);
}

// `history`: of the case before this record.
Status finish(Registry& registry, RecordRow& row, const core::Judgement& judgement, const core::Record& record,
              std::vector<core::Record> history, core::Instant now) {
  row.outcome = judgement.outcome;
  row.reason = judgement.reason;
  row.field = judgement.field;
  row.by = judgement.by;  // its verdict is signed when the group is sealed
  QABYL_TRY_DO(registry.store.set_outcome(row));
  if (row.outcome != core::Outcome::accepted) {
    return registry.store.audit(row.device, "record." + std::string(core::to_text(row.outcome)), row.id, row.reason, now);
  }
  QABYL_TRY(sequence, registry.store.append_to_case(row.id, row.case_id));
  QABYL_CHECK(sequence > 0);
  history.push_back(record);
  QABYL_TRY(folded, fold_case(registry, row.case_id, std::move(history)));
  QABYL_TRY_DO(refresh_case(registry, folded, now));
  QABYL_TRY_DO(after_acceptance(registry, record, folded, now));
  return tell_over(registry, folded, now);
}

// What a returned record changes, once its case is there: then what waited for that comes too, each in its place.
core::Result<bool> enter_returned(Registry& registry, const RecordRow& row, const ReturnedVerdict& before, const core::Record& record, core::Instant now) {
  QABYL_TRY(placed, place_in_case(registry, row, record, before));
  if (!placed) return false;
  QABYL_TRY(folded, case_now(registry, row.case_id));
  QABYL_TRY_DO(refresh_case(registry, folded, now));
  QABYL_TRY_DO(after_acceptance(registry, record, folded, now));
  QABYL_TRY_DO(tell_over(registry, folded, now));
  return true;
}

// All of it or nothing: what an act of the office that is lost keeps out stays without a case, and nobody else waits for it.
core::Result<bool> try_returned(Registry& registry, const RecordRow& row, const ReturnedVerdict& before, core::Instant now) {
  QABYL_TRY(record, registry.known_records.read(row.id, row.jws, row.digest));
  QABYL_TRY(part, core::Savepoint::begin(registry.database));
  const auto entered = enter_returned(registry, row, before, record, now);
  if (!entered && entered.error().code == core::ErrorCode::storage) return entered.error();
  if (!entered || !*entered) return false;
  QABYL_TRY_DO(part.release());
  return true;
}

// Final before this office was restored: the same word, byte for byte, and nothing is judged again.
Status finish_returned(Registry& registry, RecordRow& row, const ReturnedVerdict& before, core::Instant now) {
  row.outcome = before.verdict.outcome;
  row.reason = before.verdict.reason;
  row.field = before.verdict.field;
  row.by = before.verdict.by;
  row.verdict = before.jws;
  QABYL_TRY_DO(registry.store.set_outcome(row));
  QABYL_TRY_DO(registry.store.audit(row.device, "record.return", row.id, core::to_text(row.outcome), now));
  if (row.outcome != core::Outcome::accepted) return core::Done{};
  QABYL_TRY(record, registry.known_records.read(row.id, row.jws, row.digest));
  const auto facts = core::receipt_facts(record, row.digest);
  if (facts) QABYL_TRY_DO(keep_receipt_number(registry, facts->number, row.id));
  QABYL_TRY(entered, try_returned(registry, row, before, now));
  if (!entered) return core::Done{};
  QABYL_TRY(waiting, without_case(registry, row.case_id));
  for (const core::Id& id : waiting) {
    QABYL_TRY(other, registry.store.record(id));
    QABYL_CHECK(other);
    QABYL_TRY(said, returned_verdict(registry, *other));
    QABYL_CHECK(said);
    QABYL_TRY_DO(try_returned(registry, *other, *said, now));
  }
  return core::Done{};
}

// Kept as it came, with the path of what is wrong; it never reaches the judge or a case.
core::Result<IntakeAnswer> store_malformed(Registry& registry, const core::SignedRecord& record, std::string_view fault,
                                           core::Instant now, const std::optional<LostLeaf>& lost) {
  QABYL_TRY_DO(registry.store.add_record(record, lost ? lost->at : now, lost ? std::optional(lost->index) : std::nullopt));
  QABYL_TRY(row, registry.store.record(record.record.id));
  QABYL_CHECK(row);
  QABYL_TRY(before, returned_verdict(registry, *row));
  QABYL_TRY_DO(before ? finish_returned(registry, *row, *before, now)
                      : finish(registry, *row, {core::Outcome::quarantined, malformed_kind, std::string(fault), {}}, record.record, {}, now));
  return verdict_on(registry, record.record.device, record.record.id);
}

// False: it goes on waiting for its documents (I5: whole first).
core::Result<bool> judge_waiting(Registry& registry, RecordRow& row, core::Instant now) {
  QABYL_TRY(before, returned_verdict(registry, row));
  if (before) {
    if (before->verdict.outcome == core::Outcome::accepted && row.missing > 0) return false;
    QABYL_TRY_DO(finish_returned(registry, row, *before, now));
    return true;
  }
  QABYL_TRY(decoded, decode(row.jws));
  QABYL_TRY(view, case_view(registry, row.device, decoded.record));
  const core::Judgement judgement = core::judge(view, decoded.record);
  if (judgement.outcome == core::Outcome::accepted && row.missing > 0) return false;
  QABYL_TRY_DO(finish(registry, row, judgement, decoded.record, std::move(view.history), now));
  return true;
}

core::Result<IntakeAnswer> store_and_judge(Registry& registry, const core::SignedRecord& record, core::Instant now, const std::optional<LostLeaf>& lost) {
  QABYL_TRY_DO(registry.store.add_record(record, lost ? lost->at : now, lost ? std::optional(lost->index) : std::nullopt));
  if (!lost && record.record.at.utc > now + clock_ahead_max) {  // row 28: taken, and flagged for the officer who sets the date
    QABYL_TRY_DO(registry.store.audit(record.record.device, "record.time", record.record.id, "ahead", now));
  }
  QABYL_TRY_DO(open_case(registry, record.record, lost ? lost->at : now));
  QABYL_TRY_DO(settle(registry, record.record.id, now));
  return verdict_on(registry, record.record.device, record.record.id);
}

}  // namespace

core::Result<std::vector<core::Record>> case_history(Registry& registry, const core::Id& case_id) {
  QABYL_TRY(accepted, registry.store.case_records(case_id, true));
  std::vector<core::Record> history;
  history.reserve(accepted.size() + 1);
  for (const RecordRow& row : accepted) {
    QABYL_TRY(record, registry.known_records.read(row.id, row.jws, row.digest));
    history.push_back(std::move(record));
  }
  return history;
}

core::Result<core::CaseView> case_view(Registry& registry, std::string_view device, const core::Record& record) {
  QABYL_TRY(history, case_history(registry, record.case_id));
  QABYL_TRY(staff, staff_of_case(registry, record.case_id));
  QABYL_TRY(seen, may_see(registry, device, record));
  core::CaseView view{history, staff, seen, rule_book(registry, history)};
  if (record.kind == core::kind::licence_enter || record.kind == core::kind::licence_confirm_entry) {
    const core::Json& entered = history.empty() ? record.body : history.front().body;
    QABYL_TRY(known, in_register(registry, {}, entered.member("holder").text("bin")));
    QABYL_TRY(taken, number_in_use(registry, entered.text("licence_number")));
    view.in_register = known;
    view.in_register.number_taken = taken;
    if (history.empty()) view.book = rule_book(registry, {record});
  }
  const core::Id application = core::is_of_licence(record.kind) ? record.body.text("application") : core::Id{};
  if (application.empty()) return view;
  QABYL_TRY(asked, case_history(registry, application));
  const std::string bin = asked.empty() ? std::string() : asked.front().body.text("bin");
  QABYL_TRY(known, in_register(registry, application, bin));
  view.in_register = known;
  if (history.empty()) view.book = rule_book(registry, asked);  // a licence begins under the profile of its application
  view.application_history = std::move(asked);
  return view;
}

core::Status settle(Registry& registry, const core::Id& id, core::Instant now) {
  QABYL_TRY(found, registry.store.record(id));
  if (!found) return core::Done{};
  for (;;) {  // ends with the acts that wait: each round judges one of them for good
    QABYL_TRY(first, registry.store.first_waiting(found->device, found->case_id));
    if (!first) return core::Done{};
    QABYL_TRY(judged, judge_waiting(registry, *first, now));
    if (!judged) return core::Done{};
  }
}

core::Status enter_own(Registry& registry, const core::Record& record, std::vector<core::Record> history, core::Instant now) {
  QABYL_TRY(row, registry.store.record(record.id));
  QABYL_CHECK(row && row->device == record.device && row->missing == 0);
  return finish(registry, *row, {}, record, std::move(history), now);
}

core::Result<IntakeAnswer> verdict_on(Registry& registry, std::string_view device, const core::Id& id) {
  QABYL_TRY(row, registry.store.record(id));
  if (!row || row->device != device) return refused(id, 404, "not-found", "no such record of this device");
  QABYL_TRY(verdict, present_verdict(registry, *row));
  return IntakeAnswer{id, verdict, {}};
}

core::Result<IntakeAnswer> take_record(Registry& registry, const DeviceRow& device, const core::Id& id,
                                       std::string_view jws, core::Instant now, const std::string& before) {
  if (jws.size() > core::jws_bytes_max) return refused(id, 413, "too-large", "record too large");
  const auto decoded = decode(jws);
  // Before any look-up: the answer must not tell whether the other device's record exists.
  if (decoded && decoded->record.device != device.device) {
    return refused_loudly(registry, device, refused(decoded->record.id, 403, "device-mismatch", "record of another device"), now);
  }
  const core::Id named = id.empty() && decoded ? decoded->record.id : id;
  if (!named.empty()) {
    QABYL_TRY(known, registry.store.record(named));
    if (known) return repeated(registry, device, *known, jws, now);
  }
  if (!decoded) return not_a_record(id, decoded.error());
  const core::SignedRecord record{decoded->record, core::sha256(decoded->jws.payload), std::string(jws)};
  QABYL_TRY(lost, lost_leaf(registry, record.digest));
  if (!lost && !registry.log.refusal().empty()) return refused(named, 503, "log-behind", "the evidence log is not the one that was signed");
  if (const auto refusal = not_next(device, id, *decoded)) {
    const bool loud = refusal->problem->code == "sequence-used";
    return loud ? refused_loudly(registry, device, *refusal, now) : core::Result<IntakeAnswer>(*refusal);
  }
  if (lost && !before.empty()) {
    const auto returned = check_returned(registry, before, record, *lost);
    if (!returned && returned.error().code == core::ErrorCode::wrong_state) return refused(named, 503, "log-behind", "a verdict of a tree that did not come back yet");
    if (!returned && returned.error().code == core::ErrorCode::invalid_input) return refused_loudly(registry, device, refused(record.record.id, 422, "verdict", "not the verdict of this registry on that record"), now);
    if (!returned) return returned.error();
    QABYL_TRY_DO(keep_returned(registry, *returned));
  }
  if (decoded->fault) return store_malformed(registry, record, *decoded->fault, now, lost);
  return store_and_judge(registry, record, now, lost);
}

}  // namespace qabyl::sync::registry
