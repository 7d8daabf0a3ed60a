// A meeting on the results and its protocol (RULES.md f7; paragraphs 21-24): called at the level of the unit or of the
// body's head, held, recorded in a protocol that its chair signs; the bureau may object within three working days;
// if the body does not agree, the first head or deputy decides.
#pragma once

#include "core/cases/objections.h"

namespace qabyl::core {

namespace kind {
inline constexpr std::string_view meeting_call = "meeting.call";        // R21.1, R22.1
inline constexpr std::string_view meeting_hold = "meeting.hold";
inline constexpr std::string_view meeting_cancel = "meeting.cancel";
inline constexpr std::string_view protocol_sign = "protocol.sign";      // R23.1
inline constexpr std::string_view protocol_send = "protocol.send";      // R23.2
inline constexpr std::string_view protocol_receive = "protocol.receive";  // R23.2, kiosk
inline constexpr std::string_view protocol_receipt_refused = "protocol.receipt_refused";  // A10
inline constexpr std::string_view protocol_object = "protocol.object";  // R23.3, kiosk
inline constexpr std::string_view protocol_no_remarks = "protocol.no_remarks";  // kiosk
inline constexpr std::string_view protocol_window_over = "protocol.window_over";
inline constexpr std::string_view protocol_amend = "protocol.amend";          // objections accepted
inline constexpr std::string_view protocol_disagree = "protocol.disagree";
inline constexpr std::string_view protocol_final_decision = "protocol.final_decision";  // R24.1
}  // namespace kind

enum class MeetingState {
  none, called, held, protocol_signed, protocol_sent, protocol_received, no_objections, objected, amended, disagreed, decided, cancelled
};
std::string_view to_text(MeetingState state);

struct Meeting {
  MeetingState state = MeetingState::none;
  std::string level;           // unit | head
  Signer chair;
  Date on{};                   // when it is to be held, then when it was
  std::vector<std::string> invited;
  PaperOut protocol;
  RunningTerm send_term, objection_term;  // D23S, D23O
  bool sent_late = false;
  std::optional<Receipt> receipt;
  Objections objections;
  std::string decision;

  // The results stand: nothing more is awaited of it.
  bool concluded() const;

  // Bodies: call {date,level,chair{name,position,officer?},on,invited[names]}; the others name it in `meeting`: hold {date}; cancel
  // {date,reason,signer}; protocol.sign {number,date,paper,pages,text,signer}; send {date,addressee{name,position}};
  // receive, no_remarks: a mark; receipt_refused {date,witnesses[]|note}; object: a filing; window_over {}; amend
  // {number,date,paper,pages,treatments[],signer}; disagree {date,treatments[],signer}; final_decision {date,text,signer}.
  Result<Meeting> apply(const Record& record, const CaseFacts& facts) const;
};

}  // namespace qabyl::core
