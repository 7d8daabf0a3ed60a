// The kiosk's receipt on paper: for an application (paragraph 1, A20), for a mark of receipt on a paper of the body
// (paragraphs 10, 19, 23), and for what a bureau hands in on one (14, 17, 20, 27). It is the kiosk's receipt, not the talon of the office (RULES.md, A14).
// Knows no record and no clock: the caller folds the fact and passes plain values in.
#pragma once

#include <optional>

#include "core/civil_time.h"
#include "core/paper/paper.h"
#include "core/profile.h"
#include "core/record.h"

namespace qabyl::core::paper {

inline constexpr std::size_t receipt_lines_max = 200;  // documents named on one receipt

enum class ReceiptKind { application, mark_of_receipt, act_of_bureau, act_of_applicant };  // of an applicant: a withdrawal, a licence signed for

struct HandedIn {      // one line of the list of documents
  std::string name;    // in the receipt's language
  int files = 0;
  int pages = 0;       // 0: could not be counted
};

struct RunningLimit {  // a time limit that the mark has started (DESIGN.md, section 9)
  std::string what;    // in the receipt's language
  Date last_day{};
};

struct ReceiptContent {
  ReceiptKind kind = ReceiptKind::application;
  std::string number;      // AL03-26-000417-7
  std::string check_code;  // XXXXX-XXXXX-XXXXX
  std::string qr;          // text of counter_receipt_qr(); of stage 2: of registry_receipt_qr()
  std::optional<CivilTime> logged_local;  // of stage 2: in the evidence log since then, Almaty time
  Instant filed_at{};      // of the record: also the PDF's creation date
  CivilTime filed_local;   // the same instant in Almaty
  Trust trust = Trust::unconfirmed;
  std::string device;      // AL-03
  LocalText place;         // where the kiosk stands; may be empty
  std::string organisation, bin;

  // application
  Procedure procedure = Procedure::issue;
  std::vector<HandedIn> documents;   // in the order of the profile's list
  std::vector<std::string> missing;  // names of documents that are still to come
  bool fee_open = false;             // filed without proof of payment

  // mark of receipt, act of a bureau
  std::string act, time_note;        // what was done, and whether in time, in words; act empty: a mark of receipt
  std::string paper_name;            // of the paper, with its number; empty: a notice of that number
  bool copy2_returned = true;        // with the mark itself
  std::string paper_number;          // of the notice, the office's journal
  Date paper_date{};
  int paper_pages = 0;
  std::string full_name, position;   // of the person who marked receipt
  std::vector<RunningLimit> limits;
};

// A4, one page for an ordinary filing, more for a long list.
// not_found: a font is missing. invalid_input, too_large: the QR text does not fit; more than
// receipt_lines_max documents.
Result<Paper> receipt_pdf(const ReceiptContent& content, const Texts& texts, Language language);

}  // namespace qabyl::core::paper
