// Which record kinds come from kiosks. See raised_by.h.
#include "core/cases/raised_by.h"

#include <algorithm>
#include <iterator>

#include "core/cases/inspection.h"
#include "core/cases/licence.h"

namespace qabyl::core {
namespace {

constexpr std::string_view by_bureau[] = {
    kind::notice_mark_receipt, kind::letter_of_responsibles,
    kind::request_receive,     kind::request_answer,      kind::request_refuse,
    kind::interim_receive,     kind::interim_object,      kind::interim_no_remarks,
    kind::summary_receive,     kind::summary_visa_page,   kind::summary_mark_last_page, kind::summary_return_copy2, kind::summary_object,
    kind::summary_pass_on,
    kind::protocol_receive,    kind::protocol_object,     kind::protocol_no_remarks,
    kind::plan_submit,         kind::plan_report,         kind::plan_explain,
    kind::prescription_receive, kind::prescription_notify, kind::prescription_ask_extension, kind::prescription_appeal,
    kind::sanction_receive,    kind::disclosure_request,  kind::licence_suspension_receive};
constexpr std::string_view by_applicant[] = {kind::application_submit, kind::application_supplement, kind::application_withdraw, kind::licence_deliver};

template <typename Kinds>
bool holds(const Kinds& kinds, std::string_view kind) {
  return std::find(std::begin(kinds), std::end(kinds), kind) != std::end(kinds);
}

}  // namespace

RaisedBy raised_by(std::string_view kind) {
  if (holds(by_bureau, kind)) return RaisedBy::bureau;
  if (holds(by_applicant, kind)) return RaisedBy::applicant;
  return kind.ends_with(".receipt_refused") ? RaisedBy::anywhere : RaisedBy::office;
}

bool is_receipt(std::string_view kind) { return kind.ends_with(".receive") && raised_by(kind) == RaisedBy::bureau; }

}  // namespace qabyl::core
