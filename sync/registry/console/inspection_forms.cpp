// Rows for an inspection up to the end of its fieldwork: paragraphs 7-18 and 28. See act_forms.h.
#include "sync/registry/console/act_forms.h"

#include <algorithm>

#include "core/text.h"

namespace qabyl::sync::registry {
namespace {

using core::Instant;
using core::Json;
using core::Status;
using Kind = ActField::Kind;
using IS = core::InspectionState;
using NS = core::NoticeState;

constexpr std::size_t documents_asked_max = 100;

core::Error invalid(const char* code) { return {core::ErrorCode::invalid_input, code}; }

template <typename Made>
Status status_of(const core::Result<Made>& made) { return made ? Status(core::Done{}) : Status(made.error()); }

// --- by whom ---
bool by_power(const ActForm& form, std::string_view, std::string_view role, const CaseNow&) { return may(role, form.power); }
bool by_seat(const ActForm& form, std::string_view officer, std::string_view role, const CaseNow& now) {
  return position_in(form.seat, officer, role, now.inspection).has_value();
}

// --- when ---
bool is_assigned(const CaseNow& now) { return now.inspection.state == IS::assignment_signed; }
bool may_notify(const CaseNow& now) { return now.inspection.state == IS::assignment_registered && now.inspection.notice.state == NS::none; }
bool notice_is_out(const CaseNow& now) { return now.inspection.notice.state == NS::sent; }
bool copy_is_back(const CaseNow& now) { return now.inspection.notice.state == NS::copy_returned; }
bool is_notified(const CaseNow& now) { return now.inspection.state == IS::notified; }
bool is_before_start(const CaseNow& now) {
  const auto state = now.inspection.state;
  return state == IS::assignment_signed || state == IS::assignment_registered || state == IS::notified;
}
bool is_in_progress(const CaseNow& now) { return now.inspection.state == IS::in_progress; }
bool is_halted(const CaseNow& now) { return now.inspection.state == IS::halted; }
bool takes_documents(const CaseNow& now) { return is_notified(now) || is_in_progress(now); }
bool room_is_missing(const CaseNow& now) { return is_in_progress(now) && !now.inspection.room_accepted_on; }
bool can_extend(const CaseNow& now) { return is_in_progress(now) && now.inspection.extensions.empty(); }
bool extension_in(const CaseNow& now, core::Extension::State state) {
  return is_in_progress(now) && !now.inspection.extensions.empty() && now.inspection.extensions.back().state == state;
}
bool extension_is_signed(const CaseNow& now) { return extension_in(now, core::Extension::State::issued); }
bool extension_is_registered(const CaseNow& now) { return extension_in(now, core::Extension::State::registered); }

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
  for (auto& one : requests_in(now, [](const core::Request& request) { return request.obstructs(); })) choices.push_back(one);
  return choices;
}
std::vector<Choice> requests_out(Registry&, const CaseNow& now) {
  return requests_in(now, [](const core::Request& one) { return one.state == core::RequestState::issued; });
}
std::vector<Choice> requests_waiting(Registry&, const CaseNow& now) {
  return requests_in(now, [](const core::Request& one) { return one.state == core::RequestState::delivered || one.state == core::RequestState::partly_answered; });
}
std::vector<Choice> requests_open(Registry& registry, const CaseNow& now) {
  auto all = requests_out(registry, now);
  for (auto& one : requests_waiting(registry, now)) all.push_back(one);
  for (auto& one : requests_in(now, [](const core::Request& request) { return request.obstructs(); })) all.push_back(one);
  return all;
}
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
bool any_request(const CaseNow& now, bool (*counts)(const core::Request&)) {
  return std::any_of(now.inspection.requests.begin(), now.inspection.requests.end(), [&](const auto& one) { return counts(one.second); });
}
bool is_out(const core::Request& one) { return one.state == core::RequestState::issued; }
bool is_waiting(const core::Request& one) { return one.state == core::RequestState::delivered || one.state == core::RequestState::partly_answered; }
bool obstructs(const core::Request& one) { return one.obstructs(); }
bool access_stands(const CaseNow& now) {
  return std::any_of(now.inspection.access.begin(), now.inspection.access.end(), [](const auto& one) { return !one.second.restored; });
}
bool any_memo(const CaseNow& now, bool delivered) {
  return std::any_of(now.inspection.memos.begin(), now.inspection.memos.end(), [&](const auto& one) { return one.second.delivered_on.has_value() == delivered; });
}
bool has_hindrance(const CaseNow& now) { return is_in_progress(now) && (access_stands(now) || any_request(now, obstructs)); }
bool has_open_access(const CaseNow& now) { return (is_in_progress(now) || is_halted(now)) && access_stands(now); }
bool has_memo_under_way(const CaseNow& now) { return is_in_progress(now) && any_memo(now, false); }
bool can_halt(const CaseNow& now) { return is_in_progress(now) && any_memo(now, true); }
bool has_request_out(const CaseNow& now) { return any_request(now, is_out); }
bool has_request_waiting(const CaseNow& now) { return any_request(now, is_waiting); }
bool has_request_open(const CaseNow& now) { return is_in_progress(now) && (any_request(now, is_out) || any_request(now, is_waiting) || any_request(now, obstructs)); }

// --- how ---
Status committee(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(register_assignment(registry, officer, now.id, {fields.text("number"), fields.text("date"), fields.text("office")}, at));
}

// One document a line, in Kazakh and in Russian, in the same order (paragraph 11).
core::Result<NoticeSpec> notice_spec(const Fields& fields) {
  const auto kk = fields.lines("documents_kk"), ru = fields.lines("documents_ru");
  if (kk.size() != ru.size()) return invalid("documents.differ");
  if (kk.size() > documents_asked_max) return invalid("documents.many");
  NoticeSpec spec;
  for (std::size_t i = 0; i < kk.size(); ++i) {
    for (const auto& line : {kk[i], ru[i]}) {
      if (core::char_count(line) > core::line_chars_max) return invalid("documents.long");
      if (core::has_hidden_characters(line)) return invalid("name.hidden_characters");
    }
    spec.documents.push_back({kk[i], ru[i], ru[i]});  // the paper is in Kazakh and Russian (paragraph 10)
  }
  return spec;
}

Status notice(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  QABYL_TRY(spec, notice_spec(fields));
  return status_of(send_notice(registry, officer, now.id, spec, at));
}

Status file_copy(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(file_notice(registry, officer, now.id, fields.text("unit"), fields.text("place"), at));
}

Status request(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(sign_request(registry, officer, now, {fields.lines("items"), fields.text("due")}, at));
}

Status extension(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(sign_extension(registry, officer, now, {fields.text("new_end"), fields.text("reason")}, at));
}

Status extension_notice(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields&, Instant at) {
  return status_of(send_extension_notice(registry, officer, now, at));
}

Status plain(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm& form, const Fields& fields, Instant at) {
  return status_of(do_inspection_act(registry, officer, now, {form.kind, form.seat, plain_body(registry, now, form, fields)}, at));
}

Status notice_refused(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm& form, const Fields& fields, Instant at) {
  Json body = plain_body(registry, now, form, fields);
  body["notice"] = now.inspection.notice.sent_record;
  return status_of(do_inspection_act(registry, officer, now, {form.kind, form.seat, body}, at));
}

// Each official gives the undertaking for himself (paragraph 15).
Status undertaking(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm& form, const Fields&, Instant at) {
  Json body;
  for (const auto& one : now.inspection.assignment.items("officials")) {
    if (one.text("officer") == officer.id) body["name"] = one.text("name");
  }
  return status_of(do_inspection_act(registry, officer, now, {form.kind, form.seat, body}, at));
}
bool by_official_without_undertaking(const ActForm&, std::string_view officer, std::string_view, const CaseNow& now) {
  for (const auto& one : now.inspection.assignment.items("officials")) {
    if (one.text("officer") == officer) return now.inspection.undertakings.count(one.text("name")) == 0;
  }
  return false;
}
bool is_alive(const CaseNow& now) { return is_before_start(now) || is_in_progress(now); }

Status memo(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm& form, const Fields& fields, Instant at) {
  Json body = plain_body(registry, now, form, fields);
  body["ground"] = now.inspection.requests.count(body.text("of")) != 0 ? "request" : "access";
  return status_of(do_inspection_act(registry, officer, now, {form.kind, form.seat, body}, at));
}

const ActField date_field{Kind::date, "date", "console.field.date"};
const ActField reason_field{Kind::text, "reason", "console.field.reason"};
const ActField witnesses_field{Kind::lines, "witnesses", "console.field.witnesses", "console.field.witnesses.hint"};

}  // namespace

std::vector<ActForm> inspection_forms() {
  namespace k = core::kind;
  std::vector<ActForm> forms{
      {"committee", k::assignment_register, by_power, is_assigned,
       {{Kind::line, "number", "console.committee.number"}, {Kind::date, "date", "console.committee.date"}, {Kind::line, "office", "console.committee.office"}}, committee, Power::register_assignment},
      {"notice", k::notice_send, by_power, may_notify,
       {{Kind::lines, "documents_kk", "console.documents.kk", "console.documents.hint"}, {Kind::lines, "documents_ru", "console.documents.ru", "console.documents.same"}}, notice, Power::send_notice},
      {"file", k::notice_file, by_power, copy_is_back, {{Kind::line, "unit", "console.unit"}, {Kind::line, "place", "console.place"}}, file_copy, Power::file_notice}};
  const auto seat = [&](std::string_view path, std::string_view kind, Seat by, bool (*open)(const CaseNow&), std::vector<ActField> fields, ActForm::CarryOut carry_out) {
    forms.push_back({path, kind, by_seat, open, std::move(fields), carry_out, Power::register_application, by});
  };
  seat("notice_refused", k::notice_receipt_refused, Seat::clerk_or_official, notice_is_out, {date_field, witnesses_field}, notice_refused);
  seat("start", k::inspection_start, Seat::group_head, is_notified, {date_field}, plain);
  seat("documents", k::inspection_documents, Seat::official, takes_documents, {date_field, {Kind::ticks, "items", "console.field.given", nullptr, documents_asked}}, plain);
  seat("room", k::inspection_room, Seat::official, room_is_missing, {date_field}, plain);
  seat("request", k::request_sign, Seat::group_head, is_in_progress,
       {{Kind::lines, "items", "console.field.items", "console.field.items.hint"}, {Kind::date, "due", "console.field.due"}}, request);
  seat("request_refused", k::request_receipt_refused, Seat::clerk_or_official, has_request_out,
       {{Kind::choice, "request", "console.request", nullptr, requests_out}, date_field, witnesses_field}, plain);
  seat("request_overdue", k::request_overdue, Seat::group_head, has_request_waiting, {{Kind::choice, "request", "console.request", nullptr, requests_waiting}}, plain);
  seat("request_withdraw", k::request_withdraw, Seat::group_head, has_request_open, {{Kind::choice, "request", "console.request", nullptr, requests_open}, reason_field}, plain);
  seat("end", k::end_fieldwork, Seat::group_head, is_in_progress, {date_field}, plain);
  seat("access_refused", k::access_refused, Seat::official, is_in_progress,
       {date_field, {Kind::choice, "what", "console.field.hindrance", nullptr, hindrances}, {Kind::text, "text", "console.field.text"}}, plain);
  seat("access_restored", k::access_restored, Seat::official, has_open_access, {{Kind::choice, "access", "console.field.hindrance", nullptr, open_access}, date_field}, plain);
  seat("memo", k::memo_sign, Seat::group_head, has_hindrance, {{Kind::choice, "of", "console.field.ground", nullptr, obstacles}, {Kind::text, "text", "console.field.text"}}, memo);
  seat("memo_receive", k::memo_receive, Seat::head_or_deputy, has_memo_under_way, {{Kind::choice, "memo", "console.field.memo", nullptr, memos_under_way}}, plain);
  seat("halt", k::inspection_halt, Seat::group_head, can_halt, {{Kind::choice, "memo", "console.field.memo", nullptr, memos_delivered}, date_field}, plain);
  seat("resume", k::inspection_resume, Seat::group_head, is_halted, {date_field}, plain);
  seat("close_unfinished", k::close_unfinished, Seat::group_head, is_halted, {date_field, reason_field}, plain);
  seat("extend", k::extension_sign, Seat::head_or_deputy, can_extend, {{Kind::date, "new_end", "console.field.new_end"}, reason_field}, extension);
  seat("extension_committee", k::extension_register, Seat::clerk, extension_is_signed,
       {{Kind::line, "number", "console.committee.number"}, {Kind::date, "date", "console.committee.date"}, {Kind::line, "office", "console.committee.office"}}, plain);
  seat("extension_notice", k::notice_send, Seat::clerk, extension_is_registered, {}, extension_notice);
  seat("cancel", k::inspection_cancel, Seat::head_or_deputy, is_before_start, {{Kind::line, "order", "console.field.order"}, reason_field}, plain);
  forms.push_back({"undertaking", k::inspection_undertaking, by_official_without_undertaking, is_alive, {}, undertaking, Power::register_application, Seat::official});
  return forms;
}

}  // namespace qabyl::sync::registry
