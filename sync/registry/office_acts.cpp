// Acts of the Rules up to the notice: paragraphs 1, 7, 8, 10. See office.h.
#include "core/encoding.h"
#include "core/paper/notice_paper.h"
#include "sync/registry/assignments.h"
#include "sync/registry/intake.h"
#include "sync/registry/notice_copies.h"
#include "sync/registry/office.h"
#include "sync/registry/office_calendars.h"
#include "sync/registry/office_profiles.h"
#include "sync/registry/paper_parts.h"
#include "sync/registry/papers_out.h"
#include "sync/registry/people.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;

core::Error may_not() { return {core::ErrorCode::forbidden, "officer.role"}; }

core::Date today(const Registry& registry, core::Instant now) { return registry.assets.zone.local(now).date; }

// The letter of paragraph 13, from the start that the assignment names; the return of copy 2, a warning only (A09).
void add_last_days(core::paper::NoticeContent& content, const Registry& registry, const CaseNow& of) {
  if (const auto start = core::parse_iso_date(content.assignment.member("term").text("start"))) {
    if (auto letter = last_day(registry, of, "D13", *start)) content.letter_last_day = letter->day, content.letter_counted = std::move(letter->counted);
  }
  if (auto back = last_day(registry, of, "D10", content.date)) content.return_last_day = back->day, content.return_counted = std::move(back->counted);
}

core::Result<core::paper::NoticeContent> notice_content(Registry& registry, const CaseNow& of, const core::Id& paper_id, std::string number,
                                                        const OpenOfficer& officer, const NoticeSpec& spec, core::Instant now) {
  const core::Inspection& inspection = of.inspection;
  core::paper::NoticeContent content;
  content.paper_id = paper_id;
  content.number = std::move(number);
  content.date = today(registry, now);
  content.made_at = now;
  content.authority = authority_name(registry);
  content.assignment = inspection.assignment;
  content.committee_number = inspection.committee_number;
  QABYL_TRY(committee_date, core::parse_iso_date(inspection.committee_date));
  content.committee_date = committee_date;
  content.committee_office = {inspection.committee_office, inspection.committee_office, inspection.committee_office};
  content.documents = spec.documents;
  add_last_days(content, registry, of);
  content.signer_name = officer.name;
  content.signer_position = {officer.position, officer.position, officer.position};
  return content;
}

Json notice_meta(const Registry& registry, const core::paper::NoticeContent& content, const core::Id& case_id, const core::paper::Paper& paper, const core::Digest& body) {
  const Json& term = content.assignment.member("term");
  Json inspection;
  inspection["number"] = content.assignment.text("journal_number");
  inspection["start"] = term.text("start");
  inspection["end"] = term.text("end");
  inspection["committee_number"] = content.committee_number;
  Json meta;
  meta["number"] = content.number;
  meta["date"] = core::iso_date(content.date);
  meta["title"] = local_json(said(registry, "paper.notice.title"));
  meta["from"] = local_json(content.authority);
  meta["authority"] = content.authority.kk;
  meta["d"] = core::to_hex(body);
  meta["bytes"] = static_cast<std::int64_t>(paper.pdf.size());
  meta["pages"] = paper.pages;
  meta["inspection"] = std::move(inspection);
  meta["deadline"] = content.return_last_day ? core::iso_date(*content.return_last_day) : std::string();
  meta["deadline_kind"] = "notice.return";
  meta["deadline_term"] = "D10";
  meta["case"] = case_id;
  return meta;
}

struct LegalDate {
  core::Date date{};
  bool clock_doubtful = false;
};

// A14: the day of filing until the closing hour, else the next working day. The kiosk's time counts only if
// it was trusted and its uncertainty straddles neither midnight nor the closing hour (I11 d).
LegalDate legal_date(const core::TimeZone& zone, const core::Calendar& calendar, const core::Record& filing, core::Instant taken, const core::Profile& profile) {
  const core::Millis u{filing.at.u_ms};
  const auto day_for = [&](core::Instant at) {
    const core::CivilTime local = zone.local(at);
    const bool open = local.hour < profile.closing_hour ||
                      (local.hour == profile.closing_hour && local.minute < profile.closing_minute);
    const bool same_day = open && calendar.is_working(local.date);
    return same_day ? local.date : calendar.add_working_days(local.date, 1);
  };
  const bool clear = filing.at.trust == core::Trust::trusted && filing.at.utc - u <= taken &&  // not from the future
                     day_for(filing.at.utc - u) == day_for(filing.at.utc + u);
  return {day_for(clear ? filing.at.utc : taken), !clear};
}

// The version that the applicant had before him, if the office ever worked under it; else that in force.
core::Result<const core::Profile*> profile_for(Registry& registry, const core::Record& filing) {
  const std::string id = filing.body.text("profile"), version = filing.body.text("profile_version");
  QABYL_TRY(taken, profile_taken(registry, id, version));
  if (taken) return profile_of(registry, id, version);
  const auto in_force = profile_in_force(registry, id);
  return in_force ? *in_force : office_profile(registry);
}

core::Result<Json> registration_body(Registry& registry, const OpenOfficer& officer, const core::Record& filing,
                                     const RecordRow& row) {
  QABYL_TRY(profile, profile_for(registry, filing));
  QABYL_TRY(calendar, calendar_in_force(registry));
  const LegalDate legal = legal_date(registry.assets.zone, *calendar, filing, row.taken, *profile);
  const std::string year = core::iso_date(legal.date).substr(0, 4);
  QABYL_TRY(number, registry.store.next_number("application." + year));
  Json body;
  body["number"] = year + "-" + numbered("L", number).substr(2);
  body["date"] = core::iso_date(legal.date);
  body["officer"] = officer.name;
  body["clock_doubtful"] = legal.clock_doubtful;
  body["profile_version"] = profile->version;
  return body;
}

}  // namespace

core::LocalText authority_name(Registry& registry) { return said(registry, "paper.authority"); }

core::Result<core::Id> sign_assignment(Registry& registry, const OpenOfficer& officer, const Json& body, core::Instant now) {
  if (!may(officer.role, Power::sign_assignment)) return may_not();
  QABYL_TRY(number, registry.store.next_number("journal"));
  OfficeAct act;
  act.kind = core::kind::assignment_sign;
  act.body = body;
  act.body["authority"] = authority_name(registry).kk;
  act.body["signer"] = Json::Object{{"name", officer.name}, {"position", officer.role == role::head ? "first_head" : "deputy"}};
  act.body["journal_number"] = std::to_string(number);
  act.body["date"] = core::iso_date(today(registry, now));
  const auto start = core::parse_iso_date(body.member("term").text("start"));
  if (body.flag("small_business") && start) {
    QABYL_TRY(planned, planned_inspections(registry, body.member("bureau").text("bin"), static_cast<int>(start->year())));
    act.body["planned_this_year"] = planned;
  }
  return append_act(registry, act, officer, now);
}

core::Result<core::Id> register_assignment(Registry& registry, const OpenOfficer& officer, const core::Id& case_id,
                                           const CommitteeEntry& entry, core::Instant now) {
  if (!may(officer.role, Power::register_assignment)) return may_not();
  OfficeAct act;
  act.kind = core::kind::assignment_register;
  act.case_id = case_id;
  act.body["number"] = entry.number;
  act.body["date"] = entry.date;
  act.body["office"] = entry.office;
  return append_act(registry, act, officer, now);
}

core::Result<core::Id> send_notice(Registry& registry, const OpenOfficer& officer, const core::Id& case_id,
                                   const NoticeSpec& spec, core::Instant now) {
  if (!may(officer.role, Power::send_notice)) return may_not();
  QABYL_TRY(found, case_now(registry, case_id));
  const core::Inspection& inspection = found.inspection;
  if (inspection.state != core::InspectionState::assignment_registered) {
    return core::Error{core::ErrorCode::wrong_state, "notice.before_registration"};
  }
  QABYL_TRY(number, registry.store.next_number("journal"));
  OfficeAct act;
  act.id = core::new_id(now, registry.random);
  QABYL_TRY(content, notice_content(registry, found, act.id, std::to_string(number), officer, spec, now));
  QABYL_TRY(paper, core::paper::notice_pdf(content, registry.assets.texts));
  QABYL_TRY(body, registry.keep_document(paper.pdf, now));
  act.kind = core::kind::notice_send;
  act.case_id = case_id;
  act.docs = {{"notice-" + content.number + ".pdf", paper.pdf.size(), body, "application/pdf"}};
  act.body = notice_body(content);
  act.body["paper"] = core::to_hex(body);
  act.body["pages"] = paper.pages;
  QABYL_TRY_DO(keep_copies(registry, content, body, now));  // first: what cannot be rendered must not be sent
  QABYL_TRY(record, append_act(registry, act, officer, now));
  const std::string bin = inspection.assignment.member("bureau").text("bin");
  QABYL_TRY_DO(put_paper_out(registry, {record, case_id, act.kind, bin, paper, body, notice_meta(registry, content, case_id, paper, body)}, now));
  return record;
}

core::Result<core::Id> file_notice(Registry& registry, const OpenOfficer& officer, const core::Id& case_id,
                                   std::string_view unit, std::string_view place, core::Instant now) {
  if (!may(officer.role, Power::file_notice)) return may_not();
  OfficeAct act;
  act.kind = core::kind::notice_file;
  act.case_id = case_id;
  act.body["unit"] = unit;
  act.body["place"] = place;
  return append_act(registry, act, officer, now);
}

core::Result<Registration> register_application(Registry& registry, const OpenOfficer& officer, const core::Id& case_id,
                                                core::Instant now) {
  if (!may(officer.role, Power::register_application)) return may_not();
  QABYL_TRY(row, registry.store.record(case_id));
  QABYL_TRY(history, case_history(registry, case_id));
  if (!row || history.empty() || history.front().kind != core::kind::application_submit) {
    return core::Error{core::ErrorCode::not_found, "case"};
  }
  if (core::fold_application(history).state != core::ApplicationState::submitted) {
    return core::Error{core::ErrorCode::wrong_state, "application.already_registered"};
  }
  OfficeAct act;
  act.kind = core::kind::application_register;
  act.case_id = case_id;
  QABYL_TRY(body, registration_body(registry, officer, history.front(), *row));
  act.body = body;
  QABYL_TRY(record, append_act(registry, act, officer, now));
  return Registration{record, body.text("number"), body.text("date"), body.flag("clock_doubtful")};
}

}  // namespace qabyl::sync::registry
