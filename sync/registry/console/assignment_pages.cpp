// Inspection assignments from draft to signature: the list, the form of eleven particulars, handing in, sending back,
// signing (paragraphs 7 and 8). See console.h; what may happen to a draft says assignments.h.
#include <algorithm>

#include "core/calendar.h"
#include "sync/registry/console/assignment_fields.h"
#include "sync/registry/console/console.h"
#include "sync/registry/office_profiles.h"

namespace qabyl::sync::registry {
namespace {

bool sees_drafts(std::string_view role) { return may(role, Power::prepare_assignment) || may(role, Power::sign_assignment) || role == role::auditor; }
// An inspector sees and changes his own drafts; the head of the unit every one.
bool sees_all_drafts(std::string_view role) { return role != role::inspector; }
bool may_edit(const Session& session, const AssignmentDraft& draft) {
  return may(session.role, Power::prepare_assignment) && !draft.for_signing && (session.officer == draft.author || leads_unit(session.role));
}

std::vector<OfficerLine> who_may_inspect(Registry& registry) {
  auto lines = officer_lines(registry);
  std::vector<OfficerLine> named;
  if (!lines) return named;
  std::copy_if(lines->begin(), lines->end(), std::back_inserter(named), [](const OfficerLine& one) { return may_inspect(one.role); });
  return named;
}

std::vector<std::string> kinds_of(const core::Profile& profile) {
  std::vector<std::string> kinds;
  for (const auto& kind : profile.settings.items("inspection.kinds")) {
    if (kind.is_string()) kinds.push_back(kind.string());
  }
  return kinds;
}

std::int64_t version_of(const Fields& fields) {
  const auto version = parse_decimal(fields.text("version"));
  return version ? static_cast<std::int64_t>(*version) : 0;
}

std::string version_field(const AssignmentDraft& draft) { return hidden("version", std::to_string(draft.version)); }

}  // namespace

Response Console::assignments(const Visit& visit, std::string_view problem) {
  const std::string_view role = visit.session->role;
  if (!sees_drafts(role)) return forbidden(visit);
  auto made = page(visit, Section::assignments);
  made.title(made.say("console.assignments"), made.say("console.assignments.sub"));
  if (!problem.empty()) made.problem(why(made, problem));
  const auto drafts = assignment_drafts(registry_, sees_all_drafts(role) ? std::string_view() : visit.session->officer);
  const auto bureaus = bureau_lines(registry_);
  if (!drafts || !bureaus) return made.problem(made.say("console.failed")).response(500);
  std::vector<std::vector<std::string>> rows;
  for (const auto& draft : *drafts) {
    const auto state = draft.for_signing ? tag(Look::warn, made.say("console.assignment.waits")) : tag(Look::plain, made.say("console.assignment.draft"));
    rows.push_back({link("/assignment/" + draft.id, escaped(draft.body.member("bureau").text("name"))) + "<small>" + escaped(draft.body.text("subject")) + "</small>",
                    state + (draft.remark.empty() ? std::string() : "<small>" + escaped(draft.remark) + "</small>"), escaped(draft.author_name), when(visit, draft.changed)});
  }
  made.card(made.say("console.assignment.drafts"), rows.empty() ? "<p>" + made.say("console.nothing") + "</p>"
                                                                : table({made.say("console.title"), made.say("console.state"), made.say("console.who"), made.say("console.changed")}, rows));
  if (may(role, Power::prepare_assignment)) {
    Options options;
    for (const auto& bureau : *bureaus) options.emplace_back(bureau.bin, bureau.name + ", " + core::format_bin(bureau.bin));
    made.act("/assignments", made.say("console.assignment.new"), made.say("console.law.inspection.assignment_sign"), select("bin", made.say("console.assignment.bureau"), options, ""));
  }
  return made.response(problem.empty() ? 200 : 409);
}

Response Console::begin(const Visit& visit) {
  const auto id = begin_assignment(registry_, visit.session->officer, visit.session->role, visit.fields.text("bin"), visit.now);
  return id ? redirect("/assignment/" + *id) : assignments(visit, id.error().detail);
}

Response Console::assignment(const Visit& visit, const core::Id& id, std::string_view problem, const core::Json* typed) {
  const auto found = assignment_draft(registry_, id);
  if (!found || !*found || !sees_drafts(visit.session->role)) return missing(visit);
  const AssignmentDraft& draft = **found;
  if (!sees_all_drafts(visit.session->role) && draft.author != visit.session->officer) return missing(visit);
  const core::Json& body = typed != nullptr ? *typed : draft.body;
  const auto officers = who_may_inspect(registry_);
  const auto profile = office_profile(registry_);
  if (!profile) return missing(visit);
  AssignmentForm form{body, officers, kinds_of(**profile), draft_findings(registry_, body, visit.now), draft.version > 1 || typed != nullptr, {}, {}};
  form.authority = authority_name(registry_).in(visit.language);
  if (const auto start = core::parse_iso_date(body.member("term").text("start"))) {
    form.latest_end = core::format_date(registry_.assets.texts, visit.language, core::add_months(*start, 3));
  }
  auto made = page(visit, Section::assignments);
  made.crumb("/assignments", made.say("console.assignments"));
  made.title(made.say("console.assignment"), escaped(body.member("bureau").text("name")) + ". " + made.say("console.assignment.sub", {{"n", std::to_string(11 - form.findings.size())}}));
  if (!problem.empty()) made.problem(why(made, problem));
  if (!draft.remark.empty()) made.add("<p class=\"note\">" + made.say("console.assignment.sent_back") + ": " + escaped(draft.remark) + "</p>");
  made.add(progress(form));
  const std::string here = "/assignment/" + id;
  made.open("two");
  if (may_edit(*visit.session, draft)) {
    made.add("<section class=\"card\"><form method=\"post\" action=\"" + here + "/save\">" + particular_fields(made, form) + version_field(draft) + made.csrf() + "<p class=\"bar\">" +
             button(made.say("console.assignment.save"), "", "plain") + button(made.say("console.assignment.send"), here + "/send") +
             button(made.say("console.assignment.discard"), here + "/discard", "warn") + "</p></form></section>");
    made.card(made.say("console.assignment.paper"), assignment_paper(made, form) + "<p class=\"law\">" + made.say("console.assignment.next") + "</p>");
    return made.close().response(problem.empty() ? 200 : 409);
  }
  made.card(made.say("console.assignment.paper"), assignment_paper(made, form) + "<p class=\"law\">" + escaped(draft.author_name) + ", " + when(visit, draft.changed) + "</p>");
  made.open("");
  if (draft.for_signing && may(visit.session->role, Power::sign_assignment)) {
    made.act(here + "/sign", made.say("console.assignment.sign"), made.say("console.law.inspection.assignment_sign"),
             input("password", made.say("console.password.again"), "password") + version_field(draft));
    made.act(here + "/back", made.say("console.assignment.back"), {}, text_area("remark", made.say("console.assignment.remark"), "", visit.fields.text("remark")) + version_field(draft));
  } else {
    made.add("<p class=\"note\">" + made.say(draft.for_signing ? "console.assignment.waits" : "console.assignment.of_another") + "</p>");
  }
  return made.close().close().response(problem.empty() ? 200 : 409);
}

Response Console::change(const Visit& visit, const core::Id& id, std::string_view what) {
  const auto found = assignment_draft(registry_, id);
  if (!found || !*found) return assignments(visit, "draft.gone");
  return what == "sign" || what == "back" ? decide(visit, id, what) : edit(visit, **found, what);
}

// The head's or a deputy's word on a draft that was handed in.
Response Console::decide(const Visit& visit, const core::Id& id, std::string_view what) {
  if (!may(visit.session->role, Power::sign_assignment)) return assignment(visit, id, "officer.role");
  const std::int64_t version = version_of(visit.fields);
  if (what == "back") {
    const auto done = send_back_assignment(registry_, id, version, visit.fields.text("remark"), visit.now);
    return done ? redirect("/assignments") : assignment(visit, id, done.error().detail);
  }
  core::Id case_id;
  const auto done = with_password(visit, [&](const OpenOfficer& officer) -> core::Status {
    QABYL_TRY(signed_case, sign_draft(registry_, officer, id, version, visit.now));
    case_id = signed_case;
    return core::Done{};
  });
  return done ? redirect("/case/" + case_id) : assignment(visit, id, done.error().detail);
}

// The author's word, or that of the head of the unit.
Response Console::edit(const Visit& visit, AssignmentDraft draft, std::string_view what) {
  const Session& session = *visit.session;
  const bool own = session.officer == draft.author || leads_unit(session.role);
  if (!may(session.role, Power::prepare_assignment) || !own) return assignment(visit, draft.id, "officer.role");
  draft.version = version_of(visit.fields);
  if (what == "discard") {
    const auto done = discard_assignment(registry_, draft.id, draft.version);
    return done ? redirect("/assignments") : assignment(visit, draft.id, done.error().detail);
  }
  if (what != "save" && what != "send") return missing(visit);
  // Saved first, whatever is wrong with it: what was typed must not be lost.
  draft.body = assignment_body(draft.body, visit.fields, who_may_inspect(registry_));
  if (const auto saved = save_assignment(registry_, draft, visit.now); !saved) return assignment(visit, draft.id, saved.error().detail, &draft.body);
  if (what == "save") return redirect("/assignment/" + draft.id);
  const auto done = hand_in_assignment(registry_, draft.id, draft.version + 1, visit.now);
  if (done) return redirect("/assignments");
  const bool incomplete = done.error().code == core::ErrorCode::invalid_input;  // each reason stands beside its particular
  return assignment(visit, draft.id, incomplete ? "draft.incomplete" : done.error().detail);
}

}  // namespace qabyl::sync::registry
