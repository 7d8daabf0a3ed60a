// A notice on its way to the bureau and back (RULES f3): what each record may do to it, and the marks of receipt.
// See notice.h. Knows no staff list and no clock: dates come in records.
#include "core/cases/notice.h"

#include <set>

#include "core/cases/steps.h"
#include "core/encoding.h"
#include "core/text.h"

namespace qabyl::core {
namespace {

constexpr int paper_pages_max = 1000, copies = 2;  // A25
constexpr std::size_t act_bytes_max = 8 * 1024;

using S = NoticeState;

Result<Notice> send(const Notice& before, const Record& record, const Rules*) {
  if (before.state != S::none) return refused("notice.already_sent");
  const auto& body = record.body;
  const auto paper = digest_from_hex(body.text("paper"));
  const auto pages = body.number("pages");
  if (!paper || pages < 1 || pages > paper_pages_max) return invalid("notice.paper_absurd");
  if (body.number("copies") != copies) return invalid("notice.copies");
  if (check_line(body, "number", number_chars_max)) return invalid("notice.number_missing");
  if (check_date(body, "date")) return invalid("date.absurd");
  Notice next;
  next.state = S::sent;
  next.sent_record = record.id;
  next.paper = *paper;
  next.pages = static_cast<int>(pages);
  next.number = body.text("number");
  next.date = *parse_iso_date(body.text("date"));
  return next;
}

// A bureau that refused to mark receipt may still do so later.
Result<Notice> mark_receipt(const Notice& before, const Record& record, const Rules*) {
  if (before.state == S::none) return refused("mark.before_notice");
  if (before.mark) return refused("mark.already");
  if (const auto finding = examine_mark(record.body)) return invalid(finding->reason);
  QABYL_TRY(mark, mark_from_body(record.body));
  if (record.body.text("notice") != before.sent_record || mark.signature.paper != before.paper) return invalid("mark.other_paper");
  if (!every_page_seen(mark.signature.pages, before.pages)) return invalid("mark.pages_unseen");
  Notice next = before;
  next.state = record.body.flag("returned") ? S::copy_returned : S::received;
  next.mark = std::move(mark);
  next.mark_record = record.id;
  return next;
}

Result<Notice> refuse_receipt(const Notice& before, const Record& record, const Rules* rules) {
  if (before.state != S::sent) return refused("notice.not_out");
  if (rules == nullptr) return refused("rules.missing");
  QABYL_TRY(refusal, receipt_refused(record, *rules));
  Notice next = before;
  next.state = S::receipt_refused;
  next.refusal = std::move(refusal);
  return next;
}

Result<Notice> return_copy(const Notice& before, const Record& record, const Rules*) {
  if (before.state != S::received) return refused("notice.not_received");
  QABYL_TRY_DO(act_date(record));
  Notice next = before;
  next.state = S::copy_returned;
  return next;
}

Result<Notice> file_away(const Notice& before, const Record& record, const Rules*) {
  if (before.state == S::filed) return refused("notice.already_filed");
  if (before.state != S::copy_returned && before.state != S::receipt_refused) return refused("notice.not_returned");
  const auto finding = first_of({check_line(record.body, "unit", name_chars_max), check_line(record.body, "place", name_chars_max)});
  if (finding) return invalid("notice.place_missing");
  Notice next = before;
  next.state = S::filed;
  return next;
}

constexpr Step<Notice, const Rules*> steps[] = {{kind::notice_send, send},
                                                {kind::notice_mark_receipt, mark_receipt},
                                                {kind::notice_receipt_refused, refuse_receipt},
                                                {kind::notice_return_copy, return_copy},
                                                {kind::notice_file, file_away}};

}  // namespace

std::string_view to_text(NoticeState state) {
  switch (state) {
    case S::none: return "none";
    case S::sent: return "sent";
    case S::received: return "received";
    case S::receipt_refused: return "receipt_refused";
    case S::copy_returned: return "copy_returned";
    case S::filed: return "filed";
  }
  QABYL_CHECK(false);
  return {};
}

Result<Notice> Notice::apply(const Record& record, const Rules* rules) const { return take_step(steps, *this, record, rules); }

std::string act_payload(const Id& case_id, const MarkOfReceipt& mark) {
  const Json strokes = to_json(mark.signature).find("strokes")->array();
  Json act = Json::Object{{"act", "mark_receipt"},
                          {"paper", to_hex(mark.signature.paper)},
                          {"case", case_id},
                          {"staff", mark.staff_id},
                          {"position", mark.position},
                          {"date", mark.date},
                          {"pages", mark.signature.pages.size()},
                          {"strokes", to_hex(sha256(as_bytes(canonical(strokes))))}};
  if (mark.signature.pictures) act["shown"] = to_hex(sha256(as_bytes(canonical(to_json(mark.signature)))));  // older marks have none
  return canonical(act);
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
