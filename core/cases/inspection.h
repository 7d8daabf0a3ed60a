// Inspection up to its notice (RULES.md f3, f4; paragraphs 7-10): assignment signed and registered,
// notice of inspection sent in two copies, its mark of receipt, the copy that comes back, its filing.
// A value folded from the records of its case. The next issue adds the rest of f4.
#pragma once

#include "core/answers.h"
#include "core/calendar.h"
#include "core/profile.h"
#include "core/signature.h"

namespace qabyl::core {

namespace kind {
inline constexpr std::string_view assignment_sign = "inspection.assignment_sign";          // R07.1, R08.1
inline constexpr std::string_view assignment_register = "inspection.assignment_register";  // R07.2
inline constexpr std::string_view notice_send = "notice.send";                  // R10.1, two copies
inline constexpr std::string_view notice_mark_receipt = "notice.mark_receipt";  // R10.2, kiosk
inline constexpr std::string_view notice_file = "notice.file";                  // R10.3
}  // namespace kind

enum class InspectionState { none, assignment_signed, assignment_registered, notified };
enum class NoticeState { none, sent, received, copy_returned, filed };
std::string_view to_text(InspectionState state);
std::string_view to_text(NoticeState state);

// The 11 particulars of the assignment (RULES.md b). Keys of the record's body:
// authority, signer{name,position in {first_head,deputy}}, journal_number, date, officials[{name,head}],
// bureau{bin,name,location}, inspection_kind, subject, term{start,end}, ground, period{from,to}|period_waived,
// past_inspections[], past_confirmed, protocol_powers[] | protocol_powers_none.
// One finding per particular that is missing or absurd, numbered 1 ... 11; empty = complete. Codes are
// "particular.<n>", and particular.7.too_long for a term over three months (paragraph 9; no roll, A05).
struct ParticularFinding { int particular; std::string code; };
std::vector<ParticularFinding> check_particulars(const Json& body, Date today);

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
  std::optional<MarkOfReceipt> mark;
  Id mark_record;
};

struct Inspection {
  InspectionState state = InspectionState::none;
  Json assignment;             // body of assignment_sign
  std::string committee_number, committee_date, committee_office;  // 12th field
  Notice notice;

  // wrong_state / invalid_input with detail = stable code of the guard that refused. Bodies: assignment_sign
  // as above; assignment_register {number,date,office}; notice_send {number,date,paper (hex D),pages,copies:2};
  // mark_receipt see mark_body(); notice_file {unit,place}.
  // A mark is judged by itself here: whose it is, judge() says, which knows the staff.
  Result<Inspection> apply(const Record& record) const;
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
// The case as its records left it; a record that a guard refuses changes nothing.
Inspection fold_inspection(const std::vector<Record>& history);

}  // namespace qabyl::core
