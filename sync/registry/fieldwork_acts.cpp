// See fieldwork_acts.h.
#include "sync/registry/fieldwork_acts.h"

#include "sync/registry/office_papers.h"
#include "sync/registry/paper_parts.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;
using core::paper::OfficePaper;
using core::paper::OfficePoint;
namespace k = core::kind;

OfficePoint listed(const Registry& registry, std::string_view text_id, const std::vector<std::string>& lines) {
  OfficePoint made = paper_point(registry, text_id);
  for (const auto& line : lines) made.list.push_back(as_it_is(line));
  return made;
}

std::vector<std::string> texts_of(const Json& assignment, std::string_view member) {
  std::vector<std::string> lines;
  for (const Json& one : assignment.items(member)) lines.push_back(one.is_string() ? one.string() : one.text("name"));
  return lines;
}

// The eleven particulars of the first assignment, as it has them (paragraph 8).
std::vector<OfficePoint> particulars(const Registry& registry, const Json& first) {
  const Json& bureau = first.member("bureau");
  const Json& term = first.member("term");
  const Json& period = first.member("period");
  const std::string kind = first.text("inspection_kind");
  const std::string kind_id = "paper.kind." + kind;
  const bool known = registry.assets.texts.has(core::Language::kk, kind_id);
  std::vector<OfficePoint> points{
      paper_point(registry, "paper.notice.bureau", {{"name", as_it_is(bureau.text("name"))}, {"bin", as_it_is(core::format_bin(bureau.text("bin")))}, {"location", as_it_is(bureau.text("location"))}}),
      paper_point(registry, "paper.notice.kind", {{"kind", known ? said(registry, kind_id) : as_it_is(kind)}}),
      paper_point(registry, "paper.notice.subject", {{"subject", as_it_is(first.text("subject"))}}),
      paper_point(registry, "paper.notice.term", {{"start", day_in_words(registry, term.text("start"))}, {"end", day_in_words(registry, term.text("end"))}}),
      first.find("period") != nullptr ? paper_point(registry, "paper.notice.period", {{"from", day_in_words(registry, period.text("from"))}, {"to", day_in_words(registry, period.text("to"))}})
                                      : paper_point(registry, "paper.notice.period_waived"),
      paper_point(registry, "paper.notice.basis", {{"ground", as_it_is(first.text("ground"))}}),
      listed(registry, "paper.notice.officials", texts_of(first, "officials"))};
  const auto past = texts_of(first, "past_inspections"), powers = texts_of(first, "protocol_powers");
  points.push_back(past.empty() ? paper_point(registry, "paper.notice.past_none") : listed(registry, "paper.notice.past", past));
  points.push_back(powers.empty() ? paper_point(registry, "paper.notice.powers_none") : listed(registry, "paper.notice.powers", powers));
  return points;
}

// What hinders: an access that was refused, or a request that was refused or not answered in time.
OfficePoint hindrance(const Registry& registry, const CaseNow& now, const core::Id& of) {
  const auto access = now.inspection.access.find(of);
  if (access != now.inspection.access.end()) {
    return paper_point(registry, "paper.hindrance.access", {{"what", said(registry, "console.access." + access->second.what)}, {"date", day_in_words(registry, core::iso_date(access->second.on))}});
  }
  const auto request = now.inspection.requests.find(of);
  if (request == now.inspection.requests.end()) return paper_point(registry, "paper.hindrance.none");
  return paper_point(registry, "paper.hindrance.request", {{"number", as_it_is(request->second.paper.number)}, {"date", day_in_words(registry, core::iso_date(request->second.paper.date))}});
}

// Both decisions are letters: the bureau reads them, and signs nothing.
core::Result<core::Id> send_letter(Registry& registry, const OpenOfficer& officer, const CaseNow& now, OfficePaper content, std::string_view kind, Json body, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::group_head, officer, now));
  content.place_for_mark = false;
  content.signatures = {paper_signature(officer)};
  return issue_paper(registry, officer, now, std::move(content), {kind, signed_by(officer, now, position, std::move(body))}, false, at);
}

}  // namespace

core::Result<core::Id> sign_request(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const RequestSpec& spec, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::group_head, officer, now));
  auto content = paper_head(registry, now, "paper.request.title", at);
  content.lead = said_with(registry, "paper.request.lead", number_and_date(registry, now.inspection.assignment));
  OfficePoint asked = listed(registry, "paper.request.items", spec.items);
  content.groups = {{{}, {asked, due_point(registry, now, "paper.request.due", "D14", content.date, spec.due), paper_point(registry, "paper.request.duty")}}};
  content.signatures = {paper_signature(officer)};
  Json body;
  body["items"] = Json::Array(spec.items.begin(), spec.items.end());
  body["due"] = spec.due;
  PaperAct act{k::request_sign, signed_by(officer, now, position, body)};
  act.details = std::move(body);
  act.deadline = spec.due;
  act.deadline_term = "D14";
  return issue_paper(registry, officer, now, std::move(content), std::move(act), false, at);
}

core::Result<core::Id> sign_extension(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ExtensionSpec& spec, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::head_or_deputy, officer, now));
  const Json& first = now.inspection.assignment;
  auto content = paper_head(registry, now, "paper.additional.title", at);
  content.place_for_mark = false;
  content.lead = said_with(registry, "paper.additional.lead", number_and_date(registry, first));
  content.groups = {{said(registry, "paper.notice.particulars"), particulars(registry, first)},
                    {said(registry, "paper.additional.change"), {paper_point(registry, "paper.extension.end", {{"date", day_in_words(registry, spec.new_end)}}),
                                                                 paper_point(registry, "paper.extension.reason", {{"reason", as_it_is(spec.reason)}})}}};
  content.signatures = {paper_signature(officer)};
  Json body = first;
  for (const char* of_first : {"act", "act_key"}) body.object().erase(of_first);
  body["first"] = Json::Object{{"number", first.text("journal_number")}, {"date", first.text("date")}};
  body["new_end"] = spec.new_end;
  body["reason"] = spec.reason;
  body["signer"] = Json::Object{{"name", officer.name}, {"position", position}};
  PaperAct act{k::extension_sign, std::move(body)};
  act.number_too = "journal_number";
  act.goes_out = false;  // it is registered with the Committee first; then the bureau is told by its notice
  return issue_paper(registry, officer, now, std::move(content), std::move(act), false, at);
}

core::Result<core::Id> send_extension_notice(Registry& registry, const OpenOfficer& officer, const CaseNow& now, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::clerk, officer, now));
  if (now.inspection.extensions.empty()) return core::Error{core::ErrorCode::wrong_state, "extension.not_registered"};
  const auto& extension = now.inspection.extensions.back();
  auto content = paper_head(registry, now, "paper.extension.title", at);
  content.lead = said(registry, "paper.extension.lead");
  content.groups = {{{}, {paper_point(registry, "paper.extension.assignment", number_and_date(registry, extension.assignment)),
                          paper_point(registry, "paper.extension.first", number_and_date(registry, now.inspection.assignment)),
                          paper_point(registry, "paper.notice.committee", {{"number", as_it_is(extension.committee_number)}, {"date", day_in_words(registry, extension.committee_date)}, {"office", as_it_is(extension.committee_office)}}),
                          paper_point(registry, "paper.extension.end", {{"date", day_in_words(registry, core::iso_date(extension.new_end))}}),
                          paper_point(registry, "paper.extension.reason", {{"reason", as_it_is(extension.assignment.text("reason"))}}),
                          paper_point(registry, "paper.notice.copies")}}};
  const auto back = last_day(registry, now, "D10", content.date);
  if (back) content.groups.back().points.push_back({said_with(registry, "paper.notice.return_by", {{"d", day_in_words(registry, core::iso_date(back->day))}}), back->counted});
  content.groups.back().points.push_back(paper_point(registry, "paper.notice.mark_means"));
  content.signatures = {paper_signature(officer)};
  Json body = Json::Object{{"about", "extension"}, {"copies", 2}};
  PaperAct act{k::notice_send, signed_by(officer, now, position, std::move(body))};
  act.details = Json::Object{{"about", "extension"}};  // no letter of paragraph 13 follows it
  act.deadline = back ? core::iso_date(back->day) : std::string();
  act.deadline_term = "D10";
  return issue_paper(registry, officer, now, std::move(content), std::move(act), true, at);
}

core::Result<core::Id> sign_memo(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const MemoSpec& spec, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::group_head, officer, now));
  auto content = paper_head(registry, now, "paper.memo.title", at);
  content.addressee = said(registry, "paper.memo.to");
  content.place_for_mark = false;
  content.lead = said_with(registry, "paper.memo.lead", number_and_date(registry, now.inspection.assignment));
  content.groups = {{{}, {hindrance(registry, now, spec.of), {as_it_is(spec.text), {}}, paper_point(registry, "paper.memo.intent")}}};
  content.signatures = {paper_signature(officer)};
  Json body = Json::Object{{"of", spec.of}, {"text", spec.text}, {"ground", now.inspection.requests.count(spec.of) != 0 ? "request" : "access"}};
  PaperAct act{k::memo_sign, signed_by(officer, now, position, std::move(body))};
  act.goes_out = false;
  return issue_paper(registry, officer, now, std::move(content), std::move(act), false, at);
}

core::Result<core::Id> send_halt(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const core::Id& memo, core::Instant at) {
  const auto found = now.inspection.memos.find(memo);
  if (found == now.inspection.memos.end()) return core::Error{core::ErrorCode::wrong_state, "halt.memo_first"};
  auto content = paper_head(registry, now, "paper.halt.title", at);
  content.lead = said_with(registry, "paper.halt.lead", number_and_date(registry, now.inspection.assignment));
  content.groups = {{{}, {hindrance(registry, now, found->second.of), paper_point(registry, "paper.halt.told", {{"name", as_it_is(found->second.by.name)}}),
                          paper_point(registry, "paper.halt.left", {{"date", day_in_words(registry, core::iso_date(now.inspection.term_end))}}), paper_point(registry, "paper.halt.resumes")}}};
  return send_letter(registry, officer, now, std::move(content), k::inspection_halt, Json::Object{{"memo", memo}}, at);
}

core::Result<core::Id> send_resume(Registry& registry, const OpenOfficer& officer, const CaseNow& now, core::Instant at) {
  auto content = paper_head(registry, now, "paper.resume.title", at);
  content.lead = said_with(registry, "paper.resume.lead", number_and_date(registry, now.inspection.assignment));
  content.groups = {{{}, {paper_point(registry, "paper.halt.left", {{"date", day_in_words(registry, core::iso_date(now.inspection.term_end))}})}}};
  return send_letter(registry, officer, now, std::move(content), k::inspection_resume, Json::Object{}, at);
}

}  // namespace qabyl::sync::registry
