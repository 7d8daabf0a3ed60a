// Only codes that what is filed at a kiosk can get stand here by name; what is left says that the case stands otherwise. See repair.h.
#include "core/cases/repair.h"

#include <algorithm>
#include <array>
#include <span>

#include "core/result.h"

namespace qabyl::core {
namespace {

constexpr std::array<std::string_view, 7> already_done{"mark.already", "receipt.already", "application.already_submitted", "licence.delivered",
                                                       "plan.item_reported", "summary.already_passed_on", "summary.page_visaed"};
constexpr std::array<std::string_view, 29> wants_again{
    "access.absurd", "application.document_missing", "application.documents_absurd", "application.fee_document", "application.form_missing", "application.missing_absurd",
    "application.paper_missing", "bin.wrong", "disclosure.purpose", "disclosure.third_party", "documents.absurd", "filing.paper_missing", "letter.duty_unfilled",
    "letter.manager_missing", "letter.specialist_absurd", "letter.stand_in_missing", "licence.why_missing", "name.empty", "name.hidden_characters", "name.not_utf8",
    "name.too_long", "number.absurd", "plan.breach_unmet", "plan.field_missing", "plan.item_absurd", "receipt.unwitnessed", "request.item_unknown", "summary.organs", "text.missing"};
constexpr std::array<std::string_view, 8> wants_signature{"filing.other_paper", "signature.absurd", "signature.empty", "signature.other_paper",
                                                          "signature.reused", "signature.too_long", "signature.too_short", "signer.missing"};
constexpr std::array<std::string_view, 11> wants_reading{"mark.other_paper", "mark.pages_unseen", "receipt.other_paper", "receipt.pages_unseen", "summary.copy1", "summary.not_marked",
                                                         "summary.page_unknown", "summary.page_unseen", "summary.paper_changed", "summary.stamp_missing", "summary.visa_missing"};
constexpr std::array<std::string_view, 15> wants_person{
    "act.unverified", "letter.signer", "licence.executive_organ", "mark.act_unverified", "mark.not_staff", "mark.powers_ended", "person.capacity_absurd", "person.capacity_unknown",
    "person.may_not", "person.not_staff", "person.powers_ended", "signer.not_actor", "signer.position", "signer.same_person", "summary.other_person"};
constexpr std::array<std::string_view, 10> wants_program{"device.may_not", "fee.absurd", "items.absurd", "kind.unknown", "procedure.unknown", "record.malformed",
                                                         "rules.calendar_unknown", "rules.missing", "rules.term_unknown", "signature.pictures_missing"};

constexpr std::array<std::string_view, 8> other_journal{"chain", "device-mismatch", "gap", "id-reused", "not-owner", "sequence-used", "signature", "verdict"};

bool has(std::span<const std::string_view> codes, std::string_view code) { return std::find(codes.begin(), codes.end(), code) != codes.end(); }

}  // namespace

std::string_view to_text(Repair way) {
  switch (way) {
    case Repair::nothing: return "nothing";
    case Repair::again: return "again";
    case Repair::sign: return "sign";
    case Repair::read: return "read";
    case Repair::person: return "person";
    case Repair::assignment: return "assignment";
    case Repair::clock: return "clock";
    case Repair::program: return "program";
    case Repair::journal: return "journal";
    case Repair::office: return "office";
  }
  QABYL_CHECK(false);
  return "";
}

Repair repair_of(std::string_view reason) {
  if (reason == "case.unknown") return Repair::assignment;
  if (reason == "date.absurd") return Repair::clock;
  if (has(already_done, reason)) return Repair::nothing;
  if (has(wants_again, reason)) return Repair::again;
  if (has(wants_signature, reason)) return Repair::sign;
  if (has(wants_reading, reason)) return Repair::read;
  if (has(wants_person, reason)) return Repair::person;
  return has(wants_program, reason) ? Repair::program : Repair::office;
}

std::string refusal_text(std::string_view problem) {
  std::string id = "refusal." + std::string(problem);
  std::replace(id.begin(), id.end(), '-', '_');
  return id;
}

Repair repair_of_refusal(std::string_view problem) { return has(other_journal, problem) ? Repair::journal : Repair::program; }

}  // namespace qabyl::core
