// The order of an inspection (RULES f3, f4; paragraphs 7, 8, 10, 15, 19, 30): assignment, its registration, notices,
// scans of copies that came back, undertakings, and the order that cancels it. See inspection_steps.h.
#include <algorithm>

#include "core/cases/inspection_steps.h"
#include "core/cases/small_business.h"
#include "core/text.h"

namespace qabyl::core::inspection_steps {
namespace {

using S = InspectionState;

bool is_official(const Inspection& inspection, std::string_view name) {
  const auto& people = inspection.assignment.items("officials");
  return std::any_of(people.begin(), people.end(), [&](const Json& one) { return one.text("name") == name; });
}

// The extension whose notice this record is about: the newest for a notice to be sent, else by its id.
std::optional<std::size_t> extension_of(const Inspection& inspection, const Record& record) {
  const auto& all = inspection.extensions;
  if (record.kind == kind::notice_send) return all.empty() ? std::nullopt : std::optional(all.size() - 1);
  const auto found = std::find_if(all.begin(), all.end(), [&](const Extension& one) { return one.notice.sent_record == record.body.text("notice"); });
  return found == all.end() || found->notice.sent_record.empty() ? std::nullopt : std::optional(static_cast<std::size_t>(found - all.begin()));
}

// Paragraph 9: the notice of the extension goes out before the first term ends (A26); then the new end counts.
Taken take_extension_notice(const Inspection& before, std::size_t which, const Record& record, const Rules* rules) {
  Inspection next = before;
  auto& extension = next.extensions[which];
  if (record.kind == kind::notice_send) {
    if (rules == nullptr) return refused("rules.missing");
    if (next.state != S::in_progress) return refused("extension.not_in_progress");
    if (extension.state == Extension::State::issued) return refused("extension.not_registered");
    const bool too_late = std::chrono::sys_days{day_of(record.at)} > std::chrono::sys_days{next.term_end};
    if (extension.state == Extension::State::registered && rules->flag("ext.notice_before") && too_late) return refused("extension.too_late");
  }
  QABYL_TRY(notice, extension.notice.apply(record, rules));
  extension.notice = std::move(notice);
  if (record.kind == kind::notice_send) {
    extension.state = Extension::State::in_force;
    next.term_end = extension.new_end;
  }
  return next;
}

}  // namespace

bool committee_entry_absent(const Json& body) {
  return check_line(body, "number", number_chars_max) || check_line(body, "office", line_chars_max);
}

Taken sign_assignment(const Inspection& before, const Record& record, const Rules* rules) {
  if (before.state != S::none) return refused("assignment.already_signed");
  const auto findings = check_particulars(record.body, day_of(record.at));
  if (!findings.empty()) return invalid(findings.front().code);
  if (rules != nullptr) {
    if (const auto problem = small_business_problem(record.body, *rules); !problem.empty()) return invalid(problem);
  }
  Inspection next;
  next.state = S::assignment_signed;
  next.assignment = record.body;
  next.calendar = record.body.text("calendar");
  next.start = *parse_iso_date(text_at(record.body, "term.start"));
  next.term_end = *parse_iso_date(text_at(record.body, "term.end"));
  return next;
}

Taken register_assignment(const Inspection& before, const Record& record) {
  if (before.state == S::none) return refused("assignment.not_signed");
  if (before.state != S::assignment_signed) return refused("assignment.already_registered");
  const auto& body = record.body;
  if (committee_entry_absent(body)) return invalid("committee.missing");
  if (check_date(body, "date")) return invalid("date.absurd");
  if (text_at(body, "date") < text_at(before.assignment, "date")) return invalid("committee.before_assignment");
  Inspection next = before;
  next.state = S::assignment_registered;
  next.committee_number = body.text("number");
  next.committee_date = body.text("date");
  next.committee_office = body.text("office");
  return next;
}

Taken cancel(const Inspection& before, const Record& record) {
  if (before.state == S::none) return refused("assignment.not_signed");
  const bool open = before.state == S::assignment_signed || before.state == S::assignment_registered || before.state == S::notified;
  if (!open) return refused("cancel.too_late");
  QABYL_TRY_DO(signer_of(record, {"first_head", "deputy"}));
  QABYL_TRY_DO(act_date(record));
  if (check_line(record.body, "order", number_chars_max)) return invalid("paper.number_missing");
  QABYL_TRY_DO(text_given(record, "reason"));
  Inspection next = before;
  next.state = S::cancelled;
  return next;
}

// Members of the group keep secret what they see (paragraph 15); each says so once.
Taken give_undertaking(const Inspection& before, const Record& record) {
  if (before.state == S::none) return refused("assignment.not_signed");
  const auto name = record.body.text("name");
  if (!is_official(before, name)) return refused("undertaking.not_official");
  if (before.undertakings.count(name) != 0) return refused("undertaking.already");
  QABYL_TRY_DO(act_date(record));
  Inspection next = before;
  next.undertakings.insert(name);
  return next;
}

// It moves nothing: the copy itself comes back by the bureau's act, or the office's (notice.return_copy).
Taken keep_scan(const Inspection& before, const Record& record) {
  QABYL_TRY(scan, returned_scan(before, record));
  Inspection next = before;
  next.scans.push_back(std::move(scan));
  return next;
}

// No notice of inspection before registration (paragraphs 7 and 10).
Taken take_notice(const Inspection& before, const Record& record, const Rules* rules) {
  const bool about_extension = record.kind != kind::notice_send || record.body.text("about") == "extension";
  const auto which = about_extension ? extension_of(before, record) : std::nullopt;
  if (which) return take_extension_notice(before, *which, record, rules);
  if (record.kind == kind::notice_send) {
    if (record.body.text("about") == "extension") return refused("extension.not_registered");
    if (before.notice.state == NoticeState::none && before.state != S::assignment_registered) return refused("notice.before_registration");
  }
  QABYL_TRY(notice, before.notice.apply(record, rules));
  if (record.kind == kind::notice_send && rules != nullptr) {
    const auto problem = small_business_notice_problem(before.assignment, day_of(record.at), *rules);
    if (!problem.empty()) return refused(problem);
  }
  Inspection next = before;
  next.notice = std::move(notice);
  if (next.notice.served() && next.state == S::assignment_registered) next.state = S::notified;
  return next;
}

}  // namespace qabyl::core::inspection_steps
