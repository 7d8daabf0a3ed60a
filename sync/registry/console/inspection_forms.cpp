// Rows for an inspection up to the end of its fieldwork: paragraphs 7-18 and 28. See act_forms.h.
#include "sync/registry/console/act_forms.h"

#include <algorithm>

#include "core/text.h"
#include "sync/registry/fieldwork_acts.h"


namespace qabyl::sync::registry {
namespace {

using core::Instant;
using core::Json;
using core::Status;
using Kind = ActField::Kind;
using IS = core::InspectionState;
using NS = core::NoticeState;

// --- when ---
bool in(const CaseNow& now, IS state) { return now.inspection.state == state; }
template <IS state>
bool is(const CaseNow& now, std::string_view) { return in(now, state); }
bool has_not_begun(const CaseNow& now, std::string_view) { return in(now, IS::assignment_signed) || in(now, IS::assignment_registered) || in(now, IS::notified); }

bool is_out(const core::Request& one) { return one.state == core::RequestState::issued; }
bool is_waiting(const core::Request& one) { return one.state == core::RequestState::delivered || one.state == core::RequestState::partly_answered; }
bool obstructs(const core::Request& one) { return one.obstructs(); }
bool can_withdraw(const core::Request& one) { return is_out(one) || is_waiting(one) || obstructs(one); }
bool may_notify(const CaseNow& now, std::string_view) { return now.inspection.state == IS::assignment_registered && now.inspection.notice.state == NS::none; }
bool notice_is_out(const CaseNow& now, std::string_view) { return now.inspection.notice.state == NS::sent; }
bool copy_is_back(const CaseNow& now, std::string_view) { return now.inspection.notice.state == NS::copy_returned; }
bool extension_copy_is_back(const CaseNow& now, std::string_view) {
  return !now.inspection.extensions.empty() && now.inspection.extensions.back().notice.state == NS::copy_returned;
}
bool extension_notice_is_out(const CaseNow& now, std::string_view) {
  return !now.inspection.extensions.empty() && now.inspection.extensions.back().notice.state == NS::sent;
}
bool takes_documents(const CaseNow& now, std::string_view) { return in(now, IS::notified) || in(now, IS::in_progress); }
bool room_is_missing(const CaseNow& now, std::string_view) { return in(now, IS::in_progress) && !now.inspection.room_accepted_on; }
bool can_extend(const CaseNow& now, std::string_view) { return in(now, IS::in_progress) && now.inspection.extensions.empty(); }
bool extension_in(const CaseNow& now, core::Extension::State state) {
  return in(now, IS::in_progress) && !now.inspection.extensions.empty() && now.inspection.extensions.back().state == state;
}
bool extension_is_signed(const CaseNow& now, std::string_view) { return extension_in(now, core::Extension::State::issued); }
bool extension_is_registered(const CaseNow& now, std::string_view) { return extension_in(now, core::Extension::State::registered); }

bool any_request(const CaseNow& now, bool (*counts)(const core::Request&)) {
  return std::any_of(now.inspection.requests.begin(), now.inspection.requests.end(), [&](const auto& one) { return counts(one.second); });
}
bool access_stands(const CaseNow& now) {
  return std::any_of(now.inspection.access.begin(), now.inspection.access.end(), [](const auto& one) { return !one.second.restored; });
}
bool any_memo(const CaseNow& now, bool delivered) {
  return std::any_of(now.inspection.memos.begin(), now.inspection.memos.end(), [&](const auto& one) { return one.second.delivered_on.has_value() == delivered; });
}
bool has_hindrance(const CaseNow& now, std::string_view) { return in(now, IS::in_progress) && (access_stands(now) || any_request(now, obstructs)); }
bool has_open_access(const CaseNow& now, std::string_view) { return (in(now, IS::in_progress) || in(now, IS::halted)) && access_stands(now); }
bool has_memo_under_way(const CaseNow& now, std::string_view) { return in(now, IS::in_progress) && any_memo(now, false); }
bool can_halt(const CaseNow& now, std::string_view) { return in(now, IS::in_progress) && any_memo(now, true); }
bool has_request_out(const CaseNow& now, std::string_view) { return any_request(now, is_out); }
bool has_request_waiting(const CaseNow& now, std::string_view) { return any_request(now, is_waiting); }
bool has_request_open(const CaseNow& now, std::string_view) { return in(now, IS::in_progress) && any_request(now, can_withdraw); }

// --- what may be named ---
std::vector<Choice> open_access(Registry&, const CaseNow& now) {
  std::vector<Choice> choices;
  for (const auto& [id, one] : now.inspection.access) {
    if (!one.restored) choices.push_back({id, core::iso_date(one.on), "console.access." + one.what});
  }
  return choices;
}
std::vector<Choice> requests_in(const CaseNow& now, bool (*counts)(const core::Request&)) {
  std::vector<Choice> choices;
  for (const auto& [id, one] : now.inspection.requests) {
    if (counts(one)) choices.push_back({id, "№ " + one.paper.number, "console.request"});
  }
  return choices;
}
std::vector<Choice> obstacles(Registry& registry, const CaseNow& now) {
  auto choices = open_access(registry, now);
  for (auto& one : requests_in(now, obstructs)) choices.push_back(std::move(one));
  return choices;
}
std::vector<Choice> requests_out(Registry&, const CaseNow& now) { return requests_in(now, is_out); }
std::vector<Choice> requests_waiting(Registry&, const CaseNow& now) { return requests_in(now, is_waiting); }
std::vector<Choice> requests_open(Registry&, const CaseNow& now) { return requests_in(now, can_withdraw); }
std::vector<Choice> memos(const CaseNow& now, bool delivered) {
  std::vector<Choice> choices;
  for (const auto& [id, one] : now.inspection.memos) {
    if (one.delivered_on.has_value() == delivered) choices.push_back({id, one.by.name, "console.memo." + one.ground});
  }
  return choices;
}
std::vector<Choice> memos_under_way(Registry&, const CaseNow& now) { return memos(now, false); }
std::vector<Choice> memos_delivered(Registry&, const CaseNow& now) { return memos(now, true); }
std::vector<Choice> hindrances(Registry&, const CaseNow&) {
  std::vector<Choice> choices;
  for (const char* what : {"room", "premises", "explanations", "information"}) choices.push_back({what, "", "console.access." + std::string(what)});
  return choices;
}
// The documents that the notice asked for (paragraph 11).
std::vector<Choice> documents_asked(Registry&, const CaseNow& now) {
  std::vector<Choice> choices;
  for (const auto& record : now.history) {
    if (record.kind != core::kind::notice_send || record.body.text("about") == "extension") continue;
    for (const auto& one : record.body.items("documents")) choices.push_back({one.text("kk"), one.text("kk"), ""});
  }
  return choices;
}
// --- how ---
Status committee(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(register_assignment(registry, officer, now.id, {fields.text("number"), fields.text("date"), fields.text("office")}, at));
}

Status notice(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  QABYL_TRY(documents, paired_lines(fields, "documents", {core::line_chars_max, "documents.long"}));
  return status_of(send_notice(registry, officer, now.id, {std::move(documents)}, at));
}

Status file_copy(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(file_notice(registry, officer, now.id, fields.text("unit"), fields.text("place"), at));
}

Status request(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(sign_request(registry, officer, now, {fields.lines("items"), fields.text("due")}, at));
}

Status extension(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(sign_extension(registry, officer, now, {fields.text("new_end"), fields.paragraph("reason")}, at));
}

Status extension_notice(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields&, Instant at) {
  return status_of(send_extension_notice(registry, officer, now, at));
}

// The same acts on the notice of the extension name it.
Status of_extension(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm& form, const Fields& fields, Instant at) {
  Json body = plain_body(registry, now, form, fields);
  body["notice"] = now.inspection.extensions.back().notice.sent_record;
  return status_of(do_inspection_act(registry, officer, now, {form.kind, std::get<Seat>(form.who), body}, at));
}

Status notice_refused(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm& form, const Fields& fields, Instant at) {
  Json body = plain_body(registry, now, form, fields);
  body["notice"] = now.inspection.notice.sent_record;
  return status_of(do_inspection_act(registry, officer, now, {form.kind, std::get<Seat>(form.who), body}, at));
}

// Each official gives the undertaking for himself, once (paragraph 15).
std::string official_named(const CaseNow& now, std::string_view officer) {
  for (const auto& one : now.inspection.assignment.items("officials")) {
    if (one.text("officer") == officer) return one.text("name");
  }
  return {};
}
bool owes_undertaking(const CaseNow& now, std::string_view officer) {
  const bool open = has_not_begun(now, officer) || in(now, IS::in_progress);
  return open && now.inspection.undertakings.count(official_named(now, officer)) == 0;
}
Status undertaking(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm& form, const Fields&, Instant at) {
  Json body;
  body["name"] = official_named(now, officer.id);
  return status_of(do_inspection_act(registry, officer, now, {form.kind, std::get<Seat>(form.who), body}, at));
}

Status memo(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(sign_memo(registry, officer, now, {fields.text("of"), fields.paragraph("text")}, at));
}
Status halt(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(send_halt(registry, officer, now, fields.text("memo"), at));
}
Status resume(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields&, Instant at) {
  return status_of(send_resume(registry, officer, now, at));
}

const std::vector<ActField> committee_fields{
    {Kind::line, "number", "console.committee.number"}, {Kind::date, "date", "console.committee.date"}, {Kind::line, "office", "console.committee.office"}};

}  // namespace

std::vector<ActForm> inspection_forms() {
  namespace k = core::kind;
  std::vector<ActForm> forms;
  const auto row = [&](std::string_view path, std::string_view kind, Who who, bool (*open)(const CaseNow&, std::string_view), std::vector<ActField> fields,
                       ActForm::CarryOut carry_out) { forms.push_back({path, kind, who, open, std::move(fields), carry_out}); };
  row("committee", k::assignment_register, Power::register_assignment, is<IS::assignment_signed>, committee_fields, committee);
  row("notice", k::notice_send, Power::send_notice, may_notify,
      {{Kind::lines, "documents_kk", "console.documents.kk", "console.documents.hint"}, {Kind::lines, "documents_ru", "console.documents.ru", "console.documents.same"}}, notice);
  row("file", k::notice_file, Power::file_notice, copy_is_back, {{Kind::line, "unit", "console.unit"}, {Kind::line, "place", "console.place"}}, file_copy);
  row("notice_refused", k::notice_receipt_refused, Seat::clerk_or_official, notice_is_out, {date_field, witnesses_field}, notice_refused);
  row("start", k::inspection_start, Seat::group_head, is<IS::notified>, {date_field}, plain_act);
  row("documents", k::inspection_documents, Seat::official, takes_documents, {date_field, {Kind::ticks, "items", "console.field.given", nullptr, documents_asked}}, plain_act);
  row("room", k::inspection_room, Seat::official, room_is_missing, {date_field}, plain_act);
  row("request", k::request_sign, Seat::group_head, is<IS::in_progress>,
      {{Kind::lines, "items", "console.field.items", "console.field.items.hint"}, {Kind::date, "due", "console.field.due"}}, request);
  row("request_refused", k::request_receipt_refused, Seat::clerk_or_official, has_request_out,
      {{Kind::choice, "request", "console.request", nullptr, requests_out}, date_field, witnesses_field}, plain_act);
  row("request_overdue", k::request_overdue, Seat::group_head, has_request_waiting, {{Kind::choice, "request", "console.request", nullptr, requests_waiting}}, plain_act);
  row("request_withdraw", k::request_withdraw, Seat::group_head, has_request_open, {{Kind::choice, "request", "console.request", nullptr, requests_open}, reason_field}, plain_act);
  row("end", k::end_fieldwork, Seat::group_head, is<IS::in_progress>, {date_field}, plain_act);
  row("access_refused", k::access_refused, Seat::official, is<IS::in_progress>,
      {date_field, {Kind::choice, "what", "console.field.hindrance", nullptr, hindrances}, text_field}, plain_act);
  row("access_restored", k::access_restored, Seat::official, has_open_access, {{Kind::choice, "access", "console.field.hindrance", nullptr, open_access}, date_field}, plain_act);
  row("memo", k::memo_sign, Seat::group_head, has_hindrance, {{Kind::choice, "of", "console.field.ground", nullptr, obstacles}, text_field}, memo);
  row("memo_receive", k::memo_receive, Seat::head_or_deputy, has_memo_under_way, {{Kind::choice, "memo", "console.field.memo", nullptr, memos_under_way}}, plain_act);
  row("halt", k::inspection_halt, Seat::group_head, can_halt, {{Kind::choice, "memo", "console.field.memo", nullptr, memos_delivered}}, halt);
  row("resume", k::inspection_resume, Seat::group_head, is<IS::halted>, {}, resume);
  row("close_unfinished", k::close_unfinished, Seat::group_head, is<IS::halted>, {date_field, reason_field}, plain_act);
  row("extend", k::extension_sign, Seat::head_or_deputy, can_extend, {{Kind::date, "new_end", "console.field.new_end"}, reason_field}, extension);
  row("extension_committee", k::extension_register, Seat::clerk, extension_is_signed, committee_fields, plain_act);
  row("extension_notice", k::notice_send, Seat::clerk, extension_is_registered, {}, extension_notice);
  row("extension_file", k::notice_file, Seat::clerk, extension_copy_is_back, {{Kind::line, "unit", "console.unit"}, {Kind::line, "place", "console.place"}}, of_extension);
  row("extension_refused", k::notice_receipt_refused, Seat::clerk_or_official, extension_notice_is_out, {date_field, witnesses_field}, of_extension);
  row("cancel", k::inspection_cancel, Seat::head_or_deputy, has_not_begun, {{Kind::line, "order", "console.field.order"}, reason_field}, plain_act);
  row("undertaking", k::inspection_undertaking, Seat::official, owes_undertaking, {}, undertaking);
  return forms;
}

}  // namespace qabyl::sync::registry
