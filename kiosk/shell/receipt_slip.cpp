// See receipt_slip.h.
#include "kiosk/shell/receipt_slip.h"

#include "core/cases/inspection.h"
#include "core/cases/licence.h"
#include "core/cases/licence_application.h"
#include "core/cases/raised_by.h"

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

void add_application(ReceiptContent& content, const core::Json& body, const core::Profile* profile, core::Language language) {
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

// A withdrawal names who signed as its representative, a delivery as its recipient.
void add_own_act(ReceiptContent& content, const core::Json& body, core::Language language) {
  content.kind = core::paper::ReceiptKind::act_of_applicant;
  content.organisation = body.text("organisation");
  content.bin = body.text("bin");
  content.paper_name = body.member("title").text(core::to_text(language));
  const core::Json& person = body.find("representative") != nullptr ? body.member("representative") : body;
  content.full_name = person.text("name");
  content.position = person.text("position");
}

std::string time_words(const core::Json& told, const core::Texts& texts, core::Language language) {
  const auto due = core::parse_iso_date(told.text("due"));
  if (!due) return {};
  const auto timeliness = told.text("timeliness");
  const auto words = texts.say(language, timeliness == "late" ? "late.mark" : timeliness == "doubtful" ? "clock.doubt" : "late.intime");
  return words + ". " + texts.say(language, "dl.last", {{"d", core::format_date(texts, language, *due)}});
}

// A mark of receipt, or what was handed in; refused before witnesses: who refused, the witnesses stand in the record.
void add_act(ReceiptContent& content, const core::Record& record, const OfficeRules& rules, core::Language language) {
  const auto& body = record.body;
  const bool notice = record.kind == core::kind::notice_mark_receipt;
  const bool mark = notice || core::is_receipt(record.kind) || record.kind == core::kind::licence_suspension_receive;
  content.kind = mark ? core::paper::ReceiptKind::mark_of_receipt : core::paper::ReceiptKind::act_of_bureau;
  content.organisation = body.member("bureau").text("name");
  content.bin = body.member("bureau").text("bin");
  content.paper_number = body.member("paper_facts").text("number");
  if (const auto date = core::parse_iso_date(body.member("paper_facts").text("date"))) content.paper_date = *date;
  content.paper_pages = static_cast<int>(body.member("paper_facts").number("pages"));
  content.full_name = body.text("name", record.actor.name);
  content.position = body.text("position");
  content.copy2_returned = notice;
  if (notice) return;
  const auto title = body.member("title").text(core::to_text(language));
  content.paper_name = rules.texts.say(language, "inbox.paper", {{"n", content.paper_number}, {"t", title}});
  if (mark) return;
  content.act = rules.texts.say(language, "act.rcpt." + record.kind.substr(record.kind.rfind('.') + 1));
  content.time_note = time_words(body.member("told"), rules.texts, language);
  const auto brought = record.docs.size() - core::pictures_in(body, record.docs);
  for (std::size_t i = 0; i < brought; ++i) content.documents.push_back({record.docs[i].name, 1, 0});
}

}  // namespace

ReceiptContent receipt_content(const core::StoredRecord& stored, const OfficeRules& rules, const core::Profile* profile, const Station& station,
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
  if (record.device == station.device) content.place = station.place;
  if (record.kind == core::kind::application_submit) add_application(content, record.body, profile, language);
  else if (record.kind == core::kind::application_withdraw || record.kind == core::kind::application_supplement || record.kind == core::kind::licence_deliver) add_own_act(content, record.body, language);
  else add_act(content, record, rules, language);
  return content;
}

}  // namespace qabyl::kiosk
