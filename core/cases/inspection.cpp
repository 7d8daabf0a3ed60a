// An inspection up to its notice (RULES f3, f4): what each record may do to the case, and the marks of
// receipt. Guards refuse with stable codes. Knows no staff list and no clock: dates come in records.
#include "core/cases/inspection.h"

#include <algorithm>
#include <set>

#include "core/encoding.h"
#include "core/text.h"

namespace qabyl::core {
namespace {

constexpr std::size_t number_chars_max = 60, staff_chars_max = 40;
constexpr int paper_pages_max = 1000, copies = 2;  // A25
constexpr std::size_t act_bytes_max = 8 * 1024;

Error refused(std::string code) { return {ErrorCode::wrong_state, std::move(code)}; }
Error invalid(std::string code) { return {ErrorCode::invalid_input, std::move(code)}; }

Date local_day(const RecordTime& at) {
  return Date{std::chrono::floor<std::chrono::days>(at.utc + std::chrono::minutes{at.offset_min})};
}

Result<Inspection> sign_assignment(const Inspection& before, const Record& record) {
  if (before.state != InspectionState::none) return refused("assignment.already_signed");
  const auto findings = check_particulars(record.body, local_day(record.at));
  if (!findings.empty()) return invalid(findings.front().code);
  Inspection next;
  next.state = InspectionState::assignment_signed;
  next.assignment = record.body;
  return next;
}

Result<Inspection> register_assignment(const Inspection& before, const Record& record) {
  if (before.state == InspectionState::none) return refused("assignment.not_signed");
  if (before.state != InspectionState::assignment_signed) return refused("assignment.already_registered");
  const auto& body = record.body;
  if (check_line(body, "number", number_chars_max) || check_line(body, "office", line_chars_max)) return invalid("committee.missing");
  if (check_date(body, "date")) return invalid("date.absurd");
  if (text_at(body, "date") < text_at(before.assignment, "date")) return invalid("committee.before_assignment");
  Inspection next = before;
  next.state = InspectionState::assignment_registered;
  next.committee_number = body.text("number");
  next.committee_date = body.text("date");
  next.committee_office = body.text("office");
  return next;
}

// No notice before registration (paragraphs 7 and 10).
Result<Inspection> send_notice(const Inspection& before, const Record& record) {
  if (before.notice.state != NoticeState::none) return refused("notice.already_sent");
  if (before.state != InspectionState::assignment_registered) return refused("notice.before_registration");
  const auto& body = record.body;
  const auto paper = digest_from_hex(body.text("paper"));
  const auto pages = body.number("pages");
  if (!paper || pages < 1 || pages > paper_pages_max) return invalid("notice.paper_absurd");
  if (body.number("copies") != copies) return invalid("notice.copies");
  if (check_line(body, "number", number_chars_max)) return invalid("notice.number_missing");
  if (check_date(body, "date")) return invalid("date.absurd");
  Inspection next = before;
  next.notice.state = NoticeState::sent;
  next.notice.sent_record = record.id;
  next.notice.paper = *paper;
  next.notice.pages = static_cast<int>(pages);
  next.notice.number = body.text("number");
  return next;
}

Result<Inspection> mark_receipt(const Inspection& before, const Record& record) {
  const auto& notice = before.notice;
  if (notice.state == NoticeState::none) return refused("mark.before_notice");
  if (notice.mark) return refused("mark.already");
  if (const auto finding = examine_mark(record.body)) return invalid(finding->reason);
  QABYL_TRY(mark, mark_from_body(record.body));
  if (record.body.text("notice") != notice.sent_record || mark.signature.paper != notice.paper) return invalid("mark.other_paper");
  if (!every_page_seen(mark.signature.pages, notice.pages)) return invalid("mark.pages_unseen");
  Inspection next = before;
  next.state = InspectionState::notified;
  next.notice.state = record.body.flag("returned") ? NoticeState::copy_returned : NoticeState::received;
  next.notice.mark = std::move(mark);
  next.notice.mark_record = record.id;
  return next;
}

Result<Inspection> file_notice(const Inspection& before, const Record& record) {
  if (before.notice.state == NoticeState::filed) return refused("notice.already_filed");
  if (before.notice.state != NoticeState::copy_returned) return refused("notice.not_returned");
  const auto finding = first_of({check_line(record.body, "unit", name_chars_max), check_line(record.body, "place", name_chars_max)});
  if (finding) return invalid("notice.place_missing");
  Inspection next = before;
  next.notice.state = NoticeState::filed;
  return next;
}

}  // namespace

std::string_view to_text(InspectionState state) {
  switch (state) {
    case InspectionState::none: return "none";
    case InspectionState::assignment_signed: return "assignment_signed";
    case InspectionState::assignment_registered: return "assignment_registered";
    case InspectionState::notified: return "notified";
  }
  QABYL_CHECK(false);
  return {};
}

std::string_view to_text(NoticeState state) {
  switch (state) {
    case NoticeState::none: return "none";
    case NoticeState::sent: return "sent";
    case NoticeState::received: return "received";
    case NoticeState::copy_returned: return "copy_returned";
    case NoticeState::filed: return "filed";
  }
  QABYL_CHECK(false);
  return {};
}

Result<Inspection> Inspection::apply(const Record& record) const {
  if (record.kind == kind::assignment_sign) return sign_assignment(*this, record);
  if (record.kind == kind::assignment_register) return register_assignment(*this, record);
  if (record.kind == kind::notice_send) return send_notice(*this, record);
  if (record.kind == kind::notice_mark_receipt) return mark_receipt(*this, record);
  if (record.kind == kind::notice_file) return file_notice(*this, record);
  return refused("kind.unknown");
}

Inspection fold_inspection(const std::vector<Record>& history) {
  Inspection inspection;
  for (const auto& record : history) {
    if (auto next = inspection.apply(record)) inspection = *std::move(next);
  }
  return inspection;
}

std::string act_payload(const Id& case_id, const MarkOfReceipt& mark) {
  const Json strokes = to_json(mark.signature).find("strokes")->array();
  return canonical(Json::Object{{"act", "mark_receipt"},
                                {"paper", to_hex(mark.signature.paper)},
                                {"case", case_id},
                                {"staff", mark.staff_id},
                                {"position", mark.position},
                                {"date", mark.date},
                                {"pages", mark.signature.pages.size()},
                                {"strokes", to_hex(sha256(as_bytes(canonical(strokes))))}});
}

Json mark_body(const Id& paper_id, const MarkOfReceipt& mark) {
  return Json::Object{{"notice", paper_id},         {"copy", copies},       {"returned", true},
                      {"staff", mark.staff_id},     {"name", mark.full_name}, {"position", mark.position},
                      {"date", mark.date},          {"signature", to_json(mark.signature)}, {"act", mark.act}};
}

Result<MarkOfReceipt> mark_from_body(const Json& body) {
  QABYL_TRY(signature, signature_from_json(body.member("signature")));
  return MarkOfReceipt{body.text("staff"), body.text("name"), body.text("position"),
                       body.text("date"),  signature,         body.text("act")};
}

std::optional<Finding> examine_mark(const Json& body) {
  const auto answers = first_of({check_line(body, "staff", staff_chars_max), check_line(body, "name", name_chars_max),
                                 check_line(body, "position", line_chars_max), check_date(body, "date")});
  if (answers) return answers;
  const auto signature = signature_from_json(body.member("signature"));
  if (!signature) return Finding{signature.error().detail, "signature"};
  const auto problem = check_ink(signature->strokes, signature->pad_width_tenth_mm);
  if (problem != InkProblem::none) return Finding{std::string(reason_of(problem)), "signature"};
  const auto act = body.text("act");
  if (act.empty() || act.size() > act_bytes_max) return Finding{"mark.act_unverified", "act"};
  return std::nullopt;
}

bool every_page_seen(const std::vector<PageSeen>& seen, int pages) {
  std::set<int> long_enough;
  for (const auto& one : seen) {
    if (one.ms >= page_seen_ms_min && one.page >= 1 && one.page <= pages) long_enough.insert(one.page);
  }
  return pages >= 1 && static_cast<int>(long_enough.size()) == pages;
}

}  // namespace qabyl::core
