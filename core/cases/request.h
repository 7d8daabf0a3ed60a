// A written request of the inspection group (RULES.md f3; paragraph 14): signed by the head of the group, delivered,
// answered item by item, refused, or overdue. A request that is refused or overdue is a ground to stop the
// inspection (paragraph 28). A draft is no fact yet: the life begins with the signature.
#pragma once

#include <set>

#include "core/cases/acts.h"

namespace qabyl::core {

namespace kind {
inline constexpr std::string_view request_sign = "request.sign";              // R14.2
inline constexpr std::string_view request_receive = "request.receive";        // kiosk
inline constexpr std::string_view request_receipt_refused = "request.receipt_refused";  // A10
inline constexpr std::string_view request_answer = "request.answer";          // R14.3, kiosk
inline constexpr std::string_view request_refuse = "request.refuse";          // kiosk
inline constexpr std::string_view request_overdue = "request.overdue";
inline constexpr std::string_view request_withdraw = "request.withdraw";
}  // namespace kind

enum class RequestState { none, issued, delivered, partly_answered, answered, refused, overdue, withdrawn };
std::string_view to_text(RequestState state);

struct Request {
  RequestState state = RequestState::none;
  PaperOut paper;
  std::vector<std::string> items;   // what is asked for
  RunningTerm term;                 // D14
  std::optional<Receipt> receipt;
  std::set<int> answered;           // indexes of items
  Timeliness timeliness = Timeliness::in_time;  // of the newest answer

  bool obstructs() const { return state == RequestState::refused || state == RequestState::overdue; }

  // Bodies: sign {number,date,paper,pages,items[texts],due,signer}; receive {request} and a mark; receipt_refused
  // {request,date,witnesses[]|note}; answer {request,items[indexes]}, docs, a filing; refuse {request,reason}, a
  // filing; overdue {request}; withdraw {request,reason,signer}.
  Result<Request> apply(const Record& record, const CaseFacts& facts) const;
};

}  // namespace qabyl::core
