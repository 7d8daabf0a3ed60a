// See mark_record.h.
#include "kiosk/shell/mark_record.h"

#include "core/cases/inspection.h"

namespace qabyl::kiosk {

void add_paper_facts(core::Json& body, const core::Paper& paper, const core::StaffMember& staff) {
  body["bureau"] = core::Json::Object{{"bin", staff.bureau_bin}, {"name", staff.bureau_name}};
  body["title"] = paper.meta.member("title");
  body["paper_facts"] = core::Json::Object{{"number", paper.meta.text("number")},
                                           {"date", paper.meta.text("date")},
                                           {"pages", paper.meta.number("pages")}};
}

void mark_notice(core::Record& record, const core::Paper& paper, const core::StaffMember& staff, const core::ScreenSignature& signature, std::string date) {
  core::MarkOfReceipt mark{staff.id, staff.name, staff.position, std::move(date), signature, {}};
  mark.act = core::sign_jws(staff.key, core::typ::act, core::as_bytes(core::act_payload(paper.case_id, mark)));
  const core::Json marked = core::mark_body(paper.id, mark);
  for (const auto& [key, value] : marked.object()) record.body[key] = value;
}

// In what capacity: the office knows its heads and deputies; of the others the paper says it, from the letter of
// paragraph 13. Whom it does not name is a representative, and the office decides.
void mark_request(core::Record& record, const core::Paper& paper, const core::StaffMember& staff, const core::ScreenSignature& signature, std::string date) {
  record.body["request"] = paper.id;
  record.body["staff"] = staff.id;
  record.body["name"] = staff.name;
  record.body["position"] = staff.position;
  record.body["capacity"] = staff.capacity.empty() ? paper.meta.member("capacities").text(staff.id, "representative") : staff.capacity;
  record.body["date"] = std::move(date);
  record.body["signature"] = core::to_json(signature);
  record.body["act"] = core::sign_jws(staff.key, core::typ::act, core::as_bytes(core::act_of_bureau(record)));
}

}  // namespace qabyl::kiosk
