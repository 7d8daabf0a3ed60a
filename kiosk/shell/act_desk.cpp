// What bureau staff do with their papers: receipts, visas, answers, objections, plans. Each is offered by core before
// it is made, so that the kiosk makes no record that the office must turn down. See storage_desk.h.
#include <algorithm>
#include <utility>

#include "core/receipt_number.h"
#include "kiosk/shell/act_letter.h"
#include "kiosk/shell/act_record.h"
#include "kiosk/shell/storage_desk.h"

namespace qabyl::kiosk {
namespace {

using core::BureauAct;

// Each sheet's visa and the mark on the last one are parts of copy 2: its return has the receipt.
bool has_own_receipt(BureauAct act) { return act != BureauAct::visa_page && act != BureauAct::mark_last_page; }

// The offer that this act takes up; nullptr: none, or not for this person.
const core::ActOffer* taken_up(const std::vector<core::ActOffer>& offers, const PaperAct& act) {
  const auto found = std::find_if(offers.begin(), offers.end(), [&](const auto& one) { return one.act == act.act; });
  if (found == offers.end() || !found->why.empty()) return nullptr;
  const bool open = act.act != BureauAct::visa_page ||
                    std::find(found->open.begin(), found->open.end(), static_cast<int>(act.said.number("page"))) != found->open.end();
  return open ? &*found : nullptr;
}

bool needs_every_page(BureauAct act) { return act == BureauAct::receive || act == BureauAct::no_remarks; }

// The one sheet that this signature stands on; 0: the paper as a whole.
int sheet_signed(const PaperAct& act, const core::Paper& paper) {
  if (act.act == BureauAct::visa_page) return static_cast<int>(act.said.number("page"));
  return act.act == BureauAct::mark_last_page ? static_cast<int>(paper.meta.number("pages")) : 0;
}

}  // namespace

core::Rules StorageDesk::case_rules(const core::Paper& paper) {
  const auto* profile = profile_of(paper.meta.text("profile", parts_.station.profile), paper.meta.text("profile_version"));
  return {profile != nullptr ? profile : parts_.rules.profile(parts_.station.profile), &calendar()};
}

std::vector<core::ActOffer> StorageDesk::offers(const core::Paper& paper) {
  const core::BureauActor actor{staff_->id, core::capacity_of(staff_->capacity, staff_->id, paper.meta)};
  return core::offers_on(paper.held(), actor, case_rules(paper), parts_.rules.today(parts_.clock.read().wall));
}

const core::Paper* StorageDesk::listed(const core::Id& paper) const {
  const auto found = std::find_if(papers_.begin(), papers_.end(), [&](const auto& one) { return one.id == paper; });
  return staff_ && found != papers_.end() ? &*found : nullptr;
}

void StorageDesk::leave_filing() {
  if (!filing_.empty()) (void)parts_.store.leave_filing(std::exchange(filing_, {}));
}

void StorageDesk::handle(const effect::BeginFiling&) {
  leave_filing();
  filing_ = core::new_id(parts_.clock.read().wall, parts_.random);
  tell(reply::FilingBegun{filing_});
}

// Goes on under the id of what this person had written: its documents are kept under that.
void StorageDesk::handle(const effect::BeginReply& effect) {
  leave_filing();
  reply::FilingBegun begun;
  if (listed(effect.paper) != nullptr) {
    if (auto kept = parts_.store.kept_reply(*staff_, effect.paper, effect.act)) begun.kept = *std::move(kept);
  }
  begun.filing = filing_ = begun.kept ? begun.kept->filing : core::new_id(parts_.clock.read().wall, parts_.random);
  tell(std::move(begun));
}

// A disk that refuses costs nothing that stands on the screen: the next change tries again.
void StorageDesk::handle(const effect::KeepReply& effect) {
  const auto& reply = effect.reply;
  if (listed(reply.paper) == nullptr || reply.filing != filing_) return;
  (void)(reply.nothing_given() ? parts_.store.drop_reply(*staff_, reply.paper, reply.act) : parts_.store.keep_reply(*staff_, reply));
}

void StorageDesk::handle(const effect::DropReply& effect) {
  if (listed(effect.paper) != nullptr) (void)parts_.store.drop_reply(*staff_, effect.paper, effect.act);
}

void StorageDesk::handle(const effect::ListColleagues&) {
  reply::ColleaguesListed listed;
  if (!staff_) return tell(listed);
  const auto entries = parts_.store.staff_entries(staff_->bureau_bin);
  if (!entries) return tell(listed);
  for (const auto& entry : *entries) {
    if (entry.text("role") == "operator") continue;
    listed.people.push_back({entry.text("id"), entry.text("name"), entry.text("position"), staff_->bureau_name, staff_->bureau_bin, false});
  }
  std::sort(listed.people.begin(), listed.people.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  tell(listed);
}

// A letter of the bureau as a paper like any other: durable, named by its digest; what is signed is that digest.
void StorageDesk::handle(const effect::MakeLetter& effect) {
  const auto* paper = listed(effect.act.paper);
  if (paper == nullptr) return tell(reply::FormFailed{core::ErrorCode::forbidden});
  const auto today = parts_.rules.today(parts_.clock.read().wall);
  const auto content = letter_content({*paper, *staff_, effect.act, today, parts_.rules, parts_.station.device}, effect.language);
  const auto made = core::paper::bureau_letter_pdf(content, parts_.rules.texts, effect.language);
  if (!made) return tell(reply::FormFailed{made.error().code});
  const auto kept = parts_.store.keep_document(made->pdf, effect.act.filing, "letter.pdf", "application/pdf");
  if (!kept) return tell(reply::FormFailed{kept.error().code});
  core::DraftFile letter;
  letter.ref = *kept;
  letter.pages = made->pages;
  letter.source = "kiosk";
  tell(reply::FormReady{letter});
}

void StorageDesk::handle(const effect::FileAct& effect) {
  if (!effect.act.filing.empty()) {
    if (const auto known = parts_.store.find_record(effect.act.filing); known && *known) return tell(reply::Filed{shown(**known)});
  }
  const auto* paper = listed(effect.act.paper);
  if (paper == nullptr) return tell(reply::FilingFailed{core::ErrorCode::forbidden});
  if (const auto* receipt = paper->receipt(); effect.act.act == BureauAct::receive && receipt != nullptr) {
    if (const auto known = parts_.store.find_record(receipt->record); known && *known) return tell(reply::Filed{shown(**known)});
  }
  const auto offered = offers(*paper);
  const auto* offer = taken_up(offered, effect.act);
  const bool all_seen = core::every_page_seen(effect.signature.pages, static_cast<int>(paper->meta.number("pages")));
  if (offer == nullptr || (needs_every_page(effect.act.act) && !all_seen)) return tell(reply::FilingFailed{core::ErrorCode::wrong_state});
  file_act(*paper, *offer, effect);
}

void StorageDesk::file_act(const core::Paper& paper, const core::ActOffer& offer, const effect::FileAct& effect) {
  auto record = blank_record({}, effect.language);
  if (!effect.act.filing.empty()) record.id = effect.act.filing;  // filing twice is impossible by name
  if (!core::signs_the_paper(effect.act.act) && effect.act.act != BureauAct::refuse_receipt) {
    record.docs.push_back(effect.letter.ref);
    for (const auto& file : effect.act.files) record.docs.push_back(file.ref);
  }
  const auto today = parts_.rules.today(record.at.utc);
  std::string number, check_code;
  if (has_own_receipt(effect.act.act)) {
    number = core::receipt_number(parts_.station.device, static_cast<int>(today.year()), parts_.store.head().counter + 1);
    check_code = core::new_check_code(parts_.random);
    record.body["number"] = number;
    record.body["check_code"] = check_code;
  }
  if (offer.term) {  // what the person was told about time; never a reason to refuse (A13)
    record.body["told"] = core::Json::Object{{"term", offer.term->id}, {"due", core::iso_date(offer.term->due)},
                                             {"timeliness", core::to_text(case_rules(paper).timeliness(*offer.term, record.at))}};
  }
  auto signature = effect.signature;
  const auto id = record.id;
  const auto pictures = keep_shown(signature, id, sheet_signed(effect.act, paper));
  if (!pictures) return tell(reply::FilingFailed{pictures.error().code});
  if (*pictures) record.docs.push_back(**pictures);
  make_act(record, {paper, *staff_, effect.act.act, effect.act.said, signature, today});
  file(std::move(record), number, check_code, {});
  if (effect.act.filing.empty()) (void)parts_.store.leave_filing(id);  // where it was not made, nobody comes back to this id
  if (auto papers = parts_.store.papers(*staff_)) papers_ = *std::move(papers);  // the next act builds on this one
}

}  // namespace qabyl::kiosk
