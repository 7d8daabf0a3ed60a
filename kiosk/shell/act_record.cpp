// See act_record.h.
#include "kiosk/shell/act_record.h"

#include "core/cases/notice.h"
#include "core/encoding.h"

namespace qabyl::kiosk {
namespace {

using core::BureauAct;

// Of the paper, for the receipt and the look-up, long after the paper itself has left the kiosk.
void add_paper_facts(core::Json& body, const core::Paper& paper, const core::StaffMember& staff) {
  body["bureau"] = core::Json::Object{{"bin", staff.bureau_bin}, {"name", staff.bureau_name}};
  body["title"] = paper.meta.member("title");
  body["paper_facts"] = core::Json::Object{{"number", paper.meta.text("number")},
                                           {"date", paper.meta.text("date")},
                                           {"pages", paper.meta.number("pages")}};
}

// The mark on a notice has a form of its own, older than the others (paragraph 10).
void mark_notice(core::Record& record, const ActMaking& making) {
  core::MarkOfReceipt mark{making.staff.id, making.staff.name, making.staff.position, core::iso_date(making.today), making.signature, {}};
  mark.act = core::sign_jws(making.staff.key, core::typ::act, core::as_bytes(core::act_payload(making.paper.case_id, mark)));
  const core::Json marked = core::mark_body(making.paper.id, mark);
  for (const auto& [key, value] : marked.object()) record.body[key] = value;
}

void add_person(core::Record& record, const ActMaking& making) {
  auto& body = record.body;
  body["staff"] = making.staff.id;
  body["name"] = making.staff.name;
  body["position"] = making.staff.position;
  body["capacity"] = core::capacity_of(making.staff.capacity, making.staff.id, making.paper.meta);
  body["date"] = core::iso_date(making.today);
  body["signature"] = core::to_json(making.signature);
  body["act"] = core::sign_jws(making.staff.key, core::typ::act, core::as_bytes(core::act_of_bureau(record)));
}

}  // namespace

void make_act(core::Record& record, const ActMaking& making) {
  const auto& paper = making.paper;
  record.kind = core::record_kind(making.act, paper.kind);
  record.case_id = paper.case_id;
  record.base = paper.id;
  record.actor = {"bureau", making.staff.id, making.staff.name};
  if (making.said.is_object()) {
    for (const auto& [key, value] : making.said.object()) record.body[key] = value;
  }
  const auto target = core::target_member(making.act, paper.kind);
  if (!target.empty()) record.body[target] = paper.held().about;
  add_paper_facts(record.body, paper, making.staff);
  if (record.kind == core::kind::notice_mark_receipt) return mark_notice(record, making);
  if (record.kind == core::kind::summary_receive) record.body["copy1_kept"] = true;  // paragraph 19
  if (making.act == BureauAct::return_copy2) record.body["paper"] = core::to_hex(paper.pdf);
  if (making.act != BureauAct::refuse_receipt) return add_person(record, making);
  record.body["date"] = core::iso_date(making.today);
}

}  // namespace qabyl::kiosk
