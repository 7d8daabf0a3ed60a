// See office_journal.h.
#include "sync/registry/office_journal.h"

#include "core/encoding.h"
#include "core/cases/inspection.h"
#include "core/cases/licence.h"
#include "sync/registry/intake.h"
#include "sync/registry/office_calendars.h"
#include "sync/registry/office_profiles.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::string_view office_device = "registry";
constexpr std::size_t envelope_bytes_max = 32 * 1024;  // of a record around its body: documents, actor, the officer's signature
constexpr std::int64_t own_clock_u_ms = 2000;  // the office's clock is what others are measured by (I11)

core::RecordTime time_of(const Registry& registry, core::Instant now) {
  core::RecordTime at;
  at.utc = now;
  at.offset_min = registry.assets.zone.offset_min(now);
  at.trust = core::Trust::trusted;
  at.u_ms = own_clock_u_ms;
  at.boot = std::string(32, '0');
  return at;
}

std::string new_nonce(core::Random& random) {
  core::Bytes bytes(16);
  random.fill(bytes);
  return core::to_hex(bytes);
}

core::Json signed_body(const OfficeAct& act, const core::Id& case_id, const OpenOfficer& officer) {
  core::Json body = act.body;
  const std::string payload = officer_act_payload(act.kind, case_id, officer.id, act.body);
  body["act"] = core::sign_jws(officer.key, core::typ::act, core::as_bytes(payload));
  body["act_key"] = core::to_hex(officer.key.verify_key);
  return body;
}

core::Result<core::Id> newest_of_case(Registry& registry, const core::Id& case_id) {
  QABYL_TRY(query, registry.database.prepare("SELECT id FROM records WHERE case_id = ? AND case_seq IS NOT NULL ORDER BY case_seq DESC LIMIT 1"));
  query.bind(1, case_id);
  QABYL_TRY(found, query.step());
  return found ? query.text(0) : core::Id{};
}

core::Result<core::Record> record_of(Registry& registry, const OfficeAct& act, const OpenOfficer& officer,
                                     core::Instant now) {
  QABYL_TRY(device, registry.store.device(office_device));
  QABYL_CHECK(device);
  core::Record record;
  record.id = act.id.empty() ? core::new_id(now, registry.random) : act.id;
  record.kind = std::string(act.kind);
  record.device = std::string(office_device);
  record.q = device->q + 1;
  record.prev = device->head;
  record.case_id = act.case_id.empty() ? record.id : act.case_id;
  QABYL_TRY(base, newest_of_case(registry, record.case_id));
  record.base = base;
  record.at = time_of(registry, now);
  record.actor = {"officer", officer.id, officer.name};
  record.lang = act.lang;
  record.sw = "qabyl-registry " QABYL_VERSION;
  record.nonce = new_nonce(registry.random);
  record.docs = act.docs;
  record.body = signed_body(act, record.case_id, officer);
  return record;
}

bool opens_licence(std::string_view kind) { return kind == core::kind::licence_issue || kind == core::kind::licence_enter; }

// An inspection and an entered licence are opened under the version of their profile that is in force; an application said it at
// its registration, and a licence has that of its application.
core::Status name_profile(Registry& registry, OfficeAct& act) {
  if (act.kind != core::kind::assignment_sign && act.kind != core::kind::licence_enter) return core::Done{};
  const std::string id = act.body.text("profile");
  QABYL_TRY(profile, id.empty() ? office_profile(registry) : profile_in_force(registry, id));
  act.body["profile"] = profile->id;
  act.body["profile_version"] = profile->version;
  return core::Done{};
}

// A case names the calendar that was in force when it began to count days, once there was more than one (A30).
core::Result<OfficeAct> under_its_rules(Registry& registry, const OfficeAct& act) {
  OfficeAct made = act;
  QABYL_TRY_DO(name_profile(registry, made));
  if (act.kind != core::kind::assignment_sign && act.kind != core::kind::application_register && !opens_licence(act.kind)) return made;
  QABYL_TRY(calendar, calendar_in_force(registry));
  if (calendar != &registry.calendars.front()) made.body["calendar"] = calendar->version();
  return made;
}

core::Status open_licence(Registry& registry, const core::Record& record, core::Instant now) {
  const core::Json& holder = record.body.member("holder");
  return registry.database.run("INSERT INTO cases(id, kind, device, bureau_bin, title, state, opened_at) VALUES(?, 'licence', ?, ?, ?, '', ?)", record.case_id,
                               office_device, holder.text("bin"), holder.text("name"), rows::ms(now));
}

// A case that the office opens: a licence; an inspection, and the officers whom its assignment names: they may open it (O3).
core::Status open_case(Registry& registry, const core::Record& record, core::Instant now) {
  if (opens_licence(record.kind)) return open_licence(registry, record, now);
  if (record.kind != core::kind::assignment_sign) return core::Done{};
  const core::Json& bureau = record.body.member("bureau");
  QABYL_TRY_DO(registry.database.run(
      "INSERT INTO cases(id, kind, device, bureau_bin, title, state, opened_at) VALUES(?, 'inspection', ?, ?, ?, '', ?)",
      record.case_id, office_device, bureau.text("bin"), bureau.text("name"), rows::ms(now)));
  for (const core::Json& official : record.body.items("officials")) {
    const std::string officer = official.text("officer");
    if (officer.empty()) continue;
    QABYL_TRY_DO(registry.database.run("INSERT OR IGNORE INTO case_people(case_id, officer) VALUES(?, ?)", record.case_id, officer));
  }
  return core::Done{};
}

}  // namespace

std::string officer_act_payload(std::string_view kind, const core::Id& case_id, std::string_view officer,
                                const core::Json& body) {
  core::Json json;
  json["act"] = kind;
  json["case"] = case_id;
  json["officer"] = officer;
  json["body"] = core::to_hex(core::sha256(core::as_bytes(core::canonical(body))));
  return core::canonical(json);
}

core::Result<core::Id> append_act(Registry& registry, const OfficeAct& given, const OpenOfficer& officer,
                                  core::Instant now) {
  QABYL_TRY(act, under_its_rules(registry, given));
  // Too long for a record: signing one that nobody could read again would end the process.
  if (core::canonical(act.body).size() > core::record_bytes_max - envelope_bytes_max) return core::Error{core::ErrorCode::invalid_input, "paper.too_long"};
  if (!registry.log.refusal().empty()) return core::Error{core::ErrorCode::wrong_state, "log.behind"};
  QABYL_TRY(record, record_of(registry, act, officer, now));
  QABYL_TRY(view, case_view(registry, office_device, record));
  const core::Judgement judgement = core::judge(view, record);
  if (judgement.outcome != core::Outcome::accepted) return core::Error{core::ErrorCode::wrong_state, judgement.reason};
  const core::SignedRecord signed_record = core::sign_record(record, registry.keys.record);
  QABYL_TRY_DO(registry.store.add_record(signed_record, now));
  for (std::size_t i = 0; i < record.docs.size(); ++i) {
    QABYL_TRY_DO(registry.store.mark_here(record.id, static_cast<int>(i)));
  }
  QABYL_TRY_DO(open_case(registry, record, now));
  QABYL_TRY_DO(enter_own(registry, record, std::move(view.history), now));
  QABYL_TRY_DO(registry.store.audit(officer.id, record.kind, record.id, "done", now));
  return record.id;
}

}  // namespace qabyl::sync::registry
