// What the holder of a receipt does from the look-up: the form of a licence opened with the receipt's number and check code,
// a statement of withdrawal or of what is handed in made, and the record of each. See storage_desk.h; order of I2 and I7: filing_desk.cpp.
#include <algorithm>

#include "core/cases/licence.h"
#include "core/deadline.h"
#include "core/encoding.h"
#include "core/paper/statement_paper.h"
#include "core/receipt_number.h"
#include "kiosk/shell/storage_desk.h"

namespace qabyl::kiosk {
namespace {

core::LocalText local_text(const core::Json& json) { return {json.text("kk"), json.text("ru"), json.text("en")}; }

// The lines of the deadline engine, in all three languages: the screen may change its own.
std::vector<core::LocalText> counted_lines(const core::Json& term, const core::Rules& by, const core::Texts& texts) {
  const auto base = core::parse_iso_date(term.text("base")), stated = core::parse_iso_date(term.text("stated"));
  if (!base) return {};
  const auto counted = core::count_term(*by.profile, term.text("id"), *base, *by.calendar, stated ? std::optional(*stated) : std::nullopt);
  if (!counted) return {};
  const auto told = core::told_from(term.items("moved"));
  const auto in = [&](core::Language language) {
    auto lines = core::explain(*counted, *by.profile, texts, language);
    for (const auto& one : told) lines.push_back(core::say_told(one, texts, language));
    return lines;
  };
  const auto kk = in(core::Language::kk), ru = in(core::Language::ru), en = in(core::Language::en);
  std::vector<core::LocalText> lines;
  for (std::size_t i = 0; i < std::min({kk.size(), ru.size(), en.size()}); ++i) lines.push_back({kk[i], ru[i], en[i]});
  return lines;
}

core::paper::StatementDocument handed_in(const core::DraftItem& item, const core::Profile& profile, core::Language language) {
  core::paper::StatementDocument made{item.code, static_cast<int>(item.files.size()), 0};
  for (const auto& document : profile.documents) {
    if (document.code == item.code) made.name = document.name.in(language);
  }
  for (const auto& file : item.files) made.pages += file.pages;
  return made;
}

LicenceFormView form_view(const core::Json& form, bool here) {
  LicenceFormView view;
  view.paper = form.text("paper");
  view.case_id = form.text("case");
  view.licence = form.text("licence");
  view.number = form.text("number");
  view.pages = static_cast<int>(form.number("pages"));
  if (const auto digest = core::digest_from_hex(form.text("d"))) view.digest = *digest;
  view.here = here;
  view.valid = form.flag("valid");
  view.delivered_to = form.text("delivered_to");
  view.delivered_on = form.text("delivered_on");
  return view;
}

}  // namespace

bool StorageDesk::offered(FollowAct act, const OfficeWord& word) {
  if (act == FollowAct::supplement) return word.may_supplement();
  return act == FollowAct::deliver ? word.may_sign_for_form() : word.may_withdraw();
}

std::optional<ReceiptView> StorageDesk::filed_before(const FollowUp& follow, const OfficeWord& word) {
  const bool done = follow.act == FollowAct::supplement ? word.supplement_here : follow.act == FollowAct::deliver ? word.form && word.form->signed_here : word.withdrawal_here;
  if (!done) return std::nullopt;
  const auto known = parts_.store.newest_about(follow.act == FollowAct::deliver ? word.form->paper : follow.application);
  return known && *known ? std::optional(shown(**known)) : std::nullopt;
}

// A record of ours that the office has turned down was not done: it may be done again.
bool StorageDesk::done_here(const core::Id& about, std::string_view kind) {
  const auto newest = parts_.store.newest_about(about);
  return newest && *newest && (*newest)->record.record.kind == kind && (*newest)->state != core::SendState::quarantined;
}

OfficeWord StorageDesk::office_word(const core::Record& filing) {
  OfficeWord word;
  if (const auto procedure = core::parse_procedure(filing.body.text("procedure"))) word.procedure = *procedure;
  word.bin = filing.body.text("bin");
  word.representative = filing.body.member("representative").text("name");
  word.position = filing.body.member("representative").text("position");
  word.withdrawal_here = done_here(filing.id, core::kind::application_withdraw);
  if (const auto newest = parts_.store.newest_about(filing.id); newest && *newest && (*newest)->record.record.kind == core::kind::application_supplement) {
    word.supplement_here = (*newest)->state == core::SendState::queued || (*newest)->state == core::SendState::sent;
  }
  const auto news = parts_.store.case_news(filing.id);
  if (!news || news->text("state").empty()) return word;
  word.state = news->text("state");
  word.number = news->text("number");
  word.registered_on = news->text("registered_on");
  word.officer = news->text("officer");
  word.since = news->text("since");
  word.reason = news->text("reason");
  word.due = news->member("term").text("due");
  for (const auto& one : news->items("missing")) {
    if (one.is_string()) word.missing.push_back(one.string());
  }
  for (const auto& one : news->items("grounds")) word.grounds.push_back(local_text(one));
  const auto* profile = profile_of(filing.body.text("profile"), news->text("profile_version", filing.body.text("profile_version")));
  if (profile != nullptr && !word.due.empty()) word.counted = counted_lines(news->member("term"), {profile, &calendar()}, parts_.rules.texts);
  if (news->find("form") == nullptr) return word;
  const auto here = parts_.store.form_here(filing.id);
  word.form = form_view(news->member("form"), here && *here);
  word.form->signed_here = done_here(word.form->paper, core::kind::licence_deliver);
  return word;
}

void StorageDesk::handle(const effect::LookUp& effect) {
  take_newer_calendar();
  forget_elsewhere();
  const auto found = parts_.store.find_receipt(core::tidy_receipt_number(effect.number), effect.check_code);
  if (found && !*found && parts_.ask_elsewhere) {
    asked_elsewhere_.emplace(core::tidy_receipt_number(effect.number), effect.check_code);
    return parts_.ask_elsewhere(asked_elsewhere_->first, asked_elsewhere_->second);
  }
  reply::LookedUp looked;
  if (found && *found) {
    looked.receipt = shown(**found);
    const auto& record = (*found)->record.record;
    if (record.kind == core::kind::application_submit) looked.word = office_word(record);
  }
  tell(looked);
}

// The filing of this receipt; what was typed must open it again, whatever the screen says.
core::Result<core::StoredRecord> StorageDesk::filing_of(const FollowUp& follow) {
  QABYL_TRY(found, parts_.store.find_receipt(follow.number, follow.check_code));
  const bool same = found && found->record.record.id == follow.application && found->record.record.kind == core::kind::application_submit;
  if (!same) return core::Error{core::ErrorCode::not_found, "receipt"};
  return *found;
}

core::Result<core::DraftFile> StorageDesk::form_to_sign(const FollowUp& follow, const core::StoredRecord& filing) {
  const auto word = office_word(filing.record.record);
  if (!word.may_sign_for_form()) return core::Error{core::ErrorCode::wrong_state, "form"};
  QABYL_TRY(bytes, parts_.store.open_form(follow.application, filing.receipt.number, filing.receipt.check_code));
  core::DraftFile form;
  form.ref = {"licence.pdf", bytes.size(), word.form->digest, "application/pdf"};
  form.pages = word.form->pages;
  form.source = "office";
  open_paper_.emplace(word.form->digest, std::move(bytes));  // in memory only, until the screen is left
  return form;
}

core::Result<core::DraftFile> StorageDesk::statement(const FollowUp& follow, const core::StoredRecord& filing, core::Language language) {
  const auto& body = filing.record.record.body;
  const auto today = parts_.rules.today(parts_.clock.read().wall);
  const auto word = office_word(filing.record.record);
  core::paper::StatementContent content{filing.receipt.number, word.number, body.text("organisation"), body.text("bin"), follow.name, follow.position,
                                        today, parts_.rules.zone.instant(today, 0, 0, 0), parts_.station.device, {}};
  const auto* profile = profile_of(body.text("profile"), body.text("profile_version"));
  for (const auto& item : follow.items) {
    if (!item.files.empty() && profile != nullptr) content.documents.push_back(handed_in(item, *profile, language));
  }
  QABYL_TRY(paper, core::paper::statement_pdf(content, parts_.rules.texts, language));
  core::DraftFile made;
  made.ref = {follow.act == FollowAct::supplement ? "supplement.pdf" : "withdrawal.pdf", paper.pdf.size(), core::sha256(paper.pdf), "application/pdf"};
  made.pages = paper.pages;
  made.source = "kiosk";
  open_paper_.emplace(made.ref.sha256, std::move(paper.pdf));  // durable only with the record that it belongs to
  return made;
}

// What was added for a filing that was not made goes too.
void StorageDesk::close_follow_paper() {
  leave_filing();
  if (open_paper_) core::wipe(open_paper_->second);
  open_paper_.reset();
}

void StorageDesk::handle(const effect::OpenFollowPaper& effect) {
  if (open_paper_) core::wipe(open_paper_->second);
  open_paper_.reset();
  const auto filing = filing_of(effect.follow);
  if (!filing) return tell(reply::FormFailed{filing.error().code});
  const auto paper = effect.follow.act == FollowAct::deliver ? form_to_sign(effect.follow, *filing) : statement(effect.follow, *filing, effect.language);
  if (!paper) return tell(reply::FormFailed{paper.error().code});
  tell(reply::FormReady{*paper});
}

core::Record StorageDesk::delivery_record(const effect::FileFollowUp& effect, const LicenceFormView& form) {
  auto record = blank_record(core::kind::licence_deliver, effect.language);
  record.case_id = form.case_id;
  record.base = form.paper;
  record.body["name"] = effect.follow.name;
  record.body["position"] = effect.follow.position;
  record.body["title"] = core::Json::Object{};
  for (const auto language : core::languages) {
    record.body["title"][std::string(core::to_text(language))] = parts_.rules.texts.say(language, "look.form", {{"licence", form.licence}, {"n", form.number}});
  }
  return record;
}

// What is handed in: the statement first, it is what was signed; then the documents of a supplement.
core::Result<core::Record> StorageDesk::statement_record(const effect::FileFollowUp& effect, const core::StoredRecord& filing) {
  const bool supplement = effect.follow.act == FollowAct::supplement;
  auto record = blank_record(supplement ? core::kind::application_supplement : core::kind::application_withdraw, effect.language);
  if (supplement) record.id = effect.follow.filing;  // its documents are kept under it; filing twice is impossible by name
  record.case_id = filing.record.record.id;
  record.base = filing.record.record.id;
  record.body["representative"] = core::Json::Object{{"name", effect.follow.name}, {"position", effect.follow.position}};
  record.body["title"] = core::Json::Object{};
  for (const auto language : core::languages) {
    record.body["title"][std::string(core::to_text(language))] = parts_.rules.texts.say(language, supplement ? "paper.supplement.title" : "paper.withdrawal.title");
  }
  QABYL_TRY(kept, parts_.store.keep_document(open_paper_->second, record.id, effect.paper.ref.name, effect.paper.ref.type));
  record.docs = {kept};
  core::Json::Array items;
  for (const auto& item : effect.follow.items) {
    if (item.files.empty()) continue;
    core::Json::Array docs;
    int pages = 0;
    for (const auto& file : item.files) {
      docs.emplace_back(static_cast<std::int64_t>(record.docs.size()));
      record.docs.push_back(file.ref);
      pages += file.pages;
    }
    core::Json line = core::Json::Object{{"code", item.code}, {"pages", pages}};
    line["docs"] = std::move(docs);
    items.push_back(std::move(line));
  }
  if (supplement) record.body["items"] = std::move(items);
  return record;
}

void StorageDesk::handle(const effect::FileFollowUp& effect) {
  const auto filing = filing_of(effect.follow);
  if (!filing) return tell(reply::FilingFailed{filing.error().code});
  const auto word = office_word(filing->record.record);
  if (const auto known = filed_before(effect.follow, word)) return tell(reply::Filed{*known});  // a second tap, or a restart after the commit
  const bool open = open_paper_ && open_paper_->first == effect.paper.ref.sha256 && effect.signature.paper == effect.paper.ref.sha256;
  if (!open || !offered(effect.follow.act, word)) return tell(reply::FilingFailed{core::ErrorCode::wrong_state});
  auto record = effect.follow.act == FollowAct::deliver ? core::Result<core::Record>(delivery_record(effect, *word.form)) : statement_record(effect, *filing);
  if (!record) return tell(reply::FilingFailed{record.error().code});
  const auto today = parts_.rules.today(record->at.utc);
  const auto number = core::receipt_number(parts_.station.device, static_cast<int>(today.year()), parts_.store.head().counter + 1);
  const auto check_code = core::new_check_code(parts_.random);
  record->actor.role = "applicant";
  record->body["organisation"] = filing->record.record.body.text("organisation");
  record->body["bin"] = word.bin;
  record->body["number"] = number;
  record->body["check_code"] = check_code;
  record->body["date"] = core::iso_date(today);
  auto signature = effect.signature;
  const auto id = record->id;
  const auto pictures = keep_shown(signature, id);
  if (!pictures) return tell(reply::FilingFailed{pictures.error().code});
  if (*pictures) record->docs.push_back(**pictures);
  record->body["signature"] = core::to_json(signature);
  file(*std::move(record), number, check_code, {});
  if (effect.follow.filing.empty()) (void)parts_.store.leave_filing(id);  // where it was not made, nobody comes back to this id
  close_follow_paper();
}

}  // namespace qabyl::kiosk
