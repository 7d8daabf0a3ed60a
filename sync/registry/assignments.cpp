// See assignments.h.
#include "sync/registry/assignments.h"

#include "core/cases/small_business.h"
#include "core/text.h"
#include "sync/registry/office_calendars.h"
#include "sync/registry/powers.h"
#include "sync/registry/rows.h"
#include "sync/registry/office_profiles.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;
using core::Status;

constexpr std::string_view columns = "d.id, d.author, o.name, d.body, d.version, d.for_signing, d.remark, d.changed_at";
constexpr std::string_view tables = " FROM assignment_drafts d JOIN officers o ON o.id = d.author ";
constexpr std::size_t past_shown_max = 50;

core::Error conflict() { return {core::ErrorCode::conflict, "draft.changed"}; }
core::Error may_not() { return {core::ErrorCode::forbidden, "officer.role"}; }

AssignmentDraft read(const core::Statement& row) {
  AssignmentDraft draft;
  draft.id = row.text(0);
  draft.author = row.text(1);
  draft.author_name = row.text(2);
  if (const auto body = core::parse_json(row.text(3), draft_bytes_max)) draft.body = *body;
  draft.version = row.integer(4);
  draft.for_signing = row.integer(5) != 0;
  draft.remark = row.text(6);
  draft.changed = rows::instant(row.integer(7));
  return draft;
}

// Particular 4, and whether it is a small business (R07.3).
core::Result<Json> bureau_particulars(Registry& registry, std::string_view bin) {
  QABYL_TRY(query, registry.database.prepare("SELECT bin, name, address, small_business FROM bureaus WHERE bin = ?"));
  query.bind(1, bin);
  QABYL_TRY(found, query.step());
  if (!found) return core::Error{core::ErrorCode::not_found, "bureau"};
  Json body;
  body["bureau"] = Json::Object{{"bin", query.text(0)}, {"name", query.text(1)}, {"location", query.text(2)}};
  if (query.integer(3) != 0) body["small_business"] = true;
  return body;
}

// A04: what counts as the past year on `today`, as the profile reads it; ISO days, both included.
std::pair<std::string, std::string> past_year(const core::Profile& profile, core::Date today) {
  const std::string mode = profile.settings.text("past_year.mode", "previous_and_current");
  const int year = static_cast<int>(today.year());
  if (mode == "twelve_months") return {core::iso_date(core::add_months(today, -12)), core::iso_date(today)};
  const std::string previous = std::to_string(year - 1), current = std::to_string(year);
  return {(mode == "current" ? current : previous) + "-01-01", mode == "previous" ? previous + "-12-31" : core::iso_date(today)};
}

// Particular 10: inspections whose assignment was signed in the past year.
core::Result<Json> past_inspections(Registry& registry, std::string_view bin, core::Instant now) {
  QABYL_TRY(profile, office_profile(registry));
  const auto [from, to] = past_year(*profile, registry.assets.zone.local(now).date);
  QABYL_TRY(query, registry.database.prepare(
                       "SELECT id FROM cases WHERE kind = 'inspection' AND bureau_bin = ? ORDER BY opened_at DESC LIMIT ?"));
  query.bind(1, bin).bind(2, static_cast<std::int64_t>(past_shown_max));
  QABYL_TRY(ids, rows::all<core::Id>(query, [](const core::Statement& row) { return row.text(0); }));
  Json::Array lines;
  for (const core::Id& id : ids) {
    QABYL_TRY(past, case_now(registry, id));
    const Json& assignment = past.inspection.assignment;
    const std::string date = assignment.text("date");
    if (date < from || date > to) continue;
    lines.push_back("№ " + assignment.text("journal_number") + ", " + date + ": " + assignment.text("subject"));
  }
  return Json(std::move(lines));
}

// One change of one version; nothing changed means that somebody else was faster.
template <typename... Values>
Status change(Registry& registry, std::string_view sql, const Values&... values) {
  QABYL_TRY_DO(registry.database.run(sql, values...));
  return registry.database.changes() == 1 ? Status(core::Done{}) : Status(conflict());
}

}  // namespace

core::Result<core::Id> begin_assignment(Registry& registry, std::string_view officer, std::string_view role,
                                        std::string_view bin, core::Instant now) {
  if (!may(role, Power::prepare_assignment)) return may_not();
  QABYL_TRY(body, bureau_particulars(registry, bin));
  QABYL_TRY(past, past_inspections(registry, bin, now));
  body["past_inspections"] = past;
  QABYL_TRY(profile, office_profile(registry));
  body["profile"] = profile->id;  // a case keeps the profile that it began under
  const core::Id id = core::new_id(now, registry.random);
  QABYL_TRY_DO(registry.database.run("INSERT INTO assignment_drafts(id, author, body, version, changed_at) VALUES(?, ?, ?, 1, ?)", id,
                                     officer, core::canonical(body), rows::ms(now)));
  return id;
}

core::Result<std::optional<AssignmentDraft>> assignment_draft(Registry& registry, const core::Id& id) {
  QABYL_TRY(query, registry.database.prepare("SELECT " + std::string(columns) + std::string(tables) + "WHERE d.id = ?"));
  query.bind(1, id);
  return rows::one<AssignmentDraft>(query, read);
}

core::Result<std::vector<AssignmentDraft>> assignment_drafts(Registry& registry, std::string_view author) {
  QABYL_TRY(query, registry.database.prepare("SELECT " + std::string(columns) + std::string(tables) +
                                             "WHERE ?1 = '' OR d.author = ?1 ORDER BY d.changed_at DESC LIMIT ?2"));
  query.bind(1, author).bind(2, static_cast<std::int64_t>(drafts_shown_max));
  return rows::all<AssignmentDraft>(query, read);
}

core::Result<std::int64_t> assignments_for_signing(Registry& registry) {
  return registry.database.integer("SELECT count(*) FROM assignment_drafts WHERE for_signing = 1");
}

core::Result<std::int64_t> planned_inspections(Registry& registry, std::string_view bin, int year) {
  QABYL_TRY(query, registry.database.prepare("SELECT id FROM cases WHERE kind = 'inspection' AND bureau_bin = ? ORDER BY opened_at DESC LIMIT ?"));
  query.bind(1, bin).bind(2, static_cast<std::int64_t>(past_shown_max));
  QABYL_TRY(ids, rows::all<core::Id>(query, [](const core::Statement& row) { return row.text(0); }));
  std::int64_t planned = 0;
  for (const core::Id& id : ids) {
    QABYL_TRY(past, case_now(registry, id));
    const core::Inspection& one = past.inspection;
    const bool counts = one.state != core::InspectionState::cancelled && one.assignment.text("inspection_kind") == "planned";
    if (counts && static_cast<int>(one.start.year()) == year) ++planned;
  }
  return planned;
}

std::vector<core::ParticularFinding> draft_findings(Registry& registry, const core::Json& body, core::Instant now) {
  const core::Date today = registry.assets.zone.local(now).date;
  Json whole = body;
  whole["authority"] = authority_name(registry).kk;
  whole["signer"] = Json::Object{{"name", "-"}, {"position", "first_head"}};
  whole["journal_number"] = "-";
  whole["date"] = core::iso_date(today);
  auto findings = core::check_particulars(whole, today);
  const auto calendar = calendar_in_force(registry);
  const auto rules = rule_book(registry, {}).rules(calendar ? (*calendar)->version() : std::string());
  const auto start = core::parse_iso_date(body.member("term").text("start"));
  if (!rules || !start || !body.flag("small_business")) return findings;
  const auto planned = planned_inspections(registry, body.member("bureau").text("bin"), static_cast<int>(start->year()));
  if (!planned) return findings;  // the signature asks again, and says what is wrong
  whole["planned_this_year"] = *planned;
  const auto problem = core::small_business_problem(whole, *rules);
  if (!problem.empty()) findings.push_back({problem == "particular.7.smallbiz_long" ? 7 : 5, problem});
  return findings;
}

core::Status save_assignment(Registry& registry, const AssignmentDraft& draft, core::Instant now) {
  const std::string body = core::canonical(draft.body);
  if (body.size() > draft_bytes_max) return core::Error{core::ErrorCode::too_large, "draft.too_large"};
  return change(registry, "UPDATE assignment_drafts SET body = ?, version = version + 1, remark = '', changed_at = ? "
                          "WHERE id = ? AND version = ? AND for_signing = 0", body, rows::ms(now), draft.id, draft.version);
}

core::Status discard_assignment(Registry& registry, const core::Id& id, std::int64_t version) {
  return change(registry, "DELETE FROM assignment_drafts WHERE id = ? AND version = ? AND for_signing = 0", id, version);
}

core::Status hand_in_assignment(Registry& registry, const core::Id& id, std::int64_t version, core::Instant now) {
  QABYL_TRY(draft, assignment_draft(registry, id));
  if (!draft || draft->version != version) return conflict();
  const auto findings = draft_findings(registry, draft->body, now);
  if (!findings.empty()) return core::Error{core::ErrorCode::invalid_input, findings.front().code};
  return change(registry, "UPDATE assignment_drafts SET for_signing = 1, version = version + 1, changed_at = ? "
                          "WHERE id = ? AND version = ? AND for_signing = 0", rows::ms(now), id, version);
}

core::Status send_back_assignment(Registry& registry, const core::Id& id, std::int64_t version, std::string_view remark, core::Instant now) {
  if (core::check_text(remark, core::text_chars_max) != core::TextProblem::none) {
    return core::Error{core::ErrorCode::invalid_input, "draft.remark"};
  }
  return change(registry, "UPDATE assignment_drafts SET for_signing = 0, version = version + 1, remark = ?, changed_at = ? "
                          "WHERE id = ? AND version = ? AND for_signing = 1", remark, rows::ms(now), id, version);
}

core::Result<core::Id> sign_draft(Registry& registry, const OpenOfficer& officer, const core::Id& id, std::int64_t version, core::Instant now) {
  QABYL_TRY(draft, assignment_draft(registry, id));
  if (!draft || draft->version != version || !draft->for_signing) return conflict();
  if (draft->author == officer.id) return core::Error{core::ErrorCode::forbidden, "draft.own"};
  QABYL_TRY(case_id, sign_assignment(registry, officer, draft->body, now));
  QABYL_TRY_DO(change(registry, "DELETE FROM assignment_drafts WHERE id = ? AND version = ?", id, version));
  return case_id;
}

}  // namespace qabyl::sync::registry
