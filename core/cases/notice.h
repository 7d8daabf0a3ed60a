// A notice to the bureau (RULES.md f3; paragraphs 9 and 10): of the inspection or of its extension. Two copies go
// out, one comes back with the mark of receipt and is kept. A value; the inspection folds its records into it.
#pragma once

#include "core/cases/acts.h"

namespace qabyl::core {

namespace kind {
inline constexpr std::string_view notice_send = "notice.send";                  // R10.1, R09.3: two copies
inline constexpr std::string_view notice_mark_receipt = "notice.mark_receipt";  // R10.2, kiosk
inline constexpr std::string_view notice_receipt_refused = "notice.receipt_refused";  // A10
inline constexpr std::string_view notice_return_copy = "notice.return_copy";    // R10.2, marked on paper
inline constexpr std::string_view notice_file = "notice.file";                  // R10.3
}  // namespace kind

enum class NoticeState { none, sent, received, receipt_refused, copy_returned, filed };
std::string_view to_text(NoticeState state);

struct MarkOfReceipt {
  std::string staff_id, full_name, position;
  std::string date;            // ISO, the day of the mark (Asia/Almaty), never typed by hand
  ScreenSignature signature;   // pages seen are in it
  std::string act;             // the person's own JWS (typ::act) over act_payload()
};

struct Notice {
  NoticeState state = NoticeState::none;
  Id sent_record;              // the notice.send record = the paper's id
  Digest paper{};              // D
  int pages = 0;
  std::string number;          // journal number of the office
  Date date{};                 // of the notice
  std::optional<MarkOfReceipt> mark;
  Id mark_record;
  std::optional<Receipt> refusal;

  bool served() const { return mark.has_value() || refusal.has_value(); }

  // Bodies: send {number,date,paper (hex D),pages,copies:2, about?:"extension"}; mark_receipt see mark_body();
  // receipt_refused {notice,date,witnesses[]|note}; return_copy {notice,date}; file {unit,place,notice?}.
  // `rules`: for the refusal's witnesses only; null where the case has no rule book yet.
  Result<Notice> apply(const Record& record, const Rules* rules) const;
};

// Bytes that a member of staff signs with the own key when marking receipt: canonical JSON of
// {act:"mark_receipt", paper: D, case, staff, position, date, pages, strokes: digest of the strokes' JSON}.
std::string act_payload(const Id& case_id, const MarkOfReceipt& mark);
// {notice: paper_id, copy:2, returned:true, staff, name, position, date, signature, act}: marking receipt at a
// kiosk also returns copy 2, so that the notice goes from sent to copy_returned in one record.
Json mark_body(const Id& paper_id, const MarkOfReceipt& mark);
Result<MarkOfReceipt> mark_from_body(const Json& body);
// Every page 1..pages seen for at least 1.5 s (DESIGN.md, section 9).
inline constexpr std::int64_t page_seen_ms_min = 1500;
bool every_page_seen(const std::vector<PageSeen>& seen, int pages);

// What is wrong with the body of a mark on its own: names, date, strokes, act absent.
std::optional<Finding> examine_mark(const Json& body);

}  // namespace qabyl::core
