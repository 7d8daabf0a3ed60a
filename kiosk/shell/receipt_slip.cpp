// See receipt_slip.h.
#include "kiosk/shell/receipt_slip.h"

#include "core/cases/inspection.h"
#include "core/cases/licence_application.h"

namespace qabyl::kiosk {
namespace {

using core::paper::ReceiptContent;

// A code that the profile of today no longer lists is shown as the code.
std::string name_of(const core::Profile* profile, const std::string& code, core::Language language) {
  if (profile != nullptr) {
    for (const auto& document : profile->documents) {
      if (document.code == code) return document.name.in(language);
    }
  }
  return code;
}

void add_application(ReceiptContent& content, const core::Json& body, const OfficeRules& rules, core::Language language) {
  const auto* profile = rules.profile(body.text("profile"));
  content.organisation = body.text("organisation");
  content.bin = body.text("bin");
  if (const auto procedure = core::parse_procedure(body.text("procedure"))) content.procedure = *procedure;
  for (const auto& item : body.items("items")) {
    content.documents.push_back({name_of(profile, item.text("code"), language),
                                 static_cast<int>(item.items("docs").size()), static_cast<int>(item.number("pages"))});
  }
  for (const auto& code : body.items("missing")) content.missing.push_back(name_of(profile, code.string(), language));
  content.fee_open = body.member("fee").text("choice") == "later";
}

void add_mark(ReceiptContent& content, const core::Json& body) {
  content.kind = core::paper::ReceiptKind::mark_of_receipt;
  content.organisation = body.member("bureau").text("name");
  content.bin = body.member("bureau").text("bin");
  content.paper_number = body.member("paper_facts").text("number");
  if (const auto date = core::parse_iso_date(body.member("paper_facts").text("date"))) content.paper_date = *date;
  content.paper_pages = static_cast<int>(body.member("paper_facts").number("pages"));
  if (const auto mark = core::mark_from_body(body)) {
    content.full_name = mark->full_name;
    content.position = mark->position;
  }
}

}  // namespace

ReceiptContent receipt_content(const core::StoredRecord& stored, const OfficeRules& rules, const Station& station,
                               core::Language language) {
  const auto& record = stored.record.record;
  ReceiptContent content;
  content.number = stored.receipt.number;
  content.check_code = stored.receipt.check_code;
  content.qr = stored.receipt.qr;
  content.filed_at = record.at.utc;
  content.filed_local = rules.zone.local(record.at.utc);
  content.trust = record.at.trust;
  content.device = record.device;
  content.place = station.place;
  if (record.kind == core::kind::application_submit) add_application(content, record.body, rules, language);
  else add_mark(content, record.body);
  return content;
}

}  // namespace qabyl::kiosk
