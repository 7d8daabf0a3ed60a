// See reply_screen.h.
#include "kiosk/screens/reply_screen.h"

#include <algorithm>
#include <utility>

#include "kiosk/screens/journey.h"

namespace qabyl::kiosk {
namespace {

using core::BureauAct;
using Kind = Question::Kind;

const std::string reply_item = "reply";  // of the files on the stick: there is one list

}  // namespace

Effects ReplyScreen::begin(BureauAct act, const PaperView& of, const core::Profile& profile, core::Language language) {
  *this = {};
  paper = of;
  form.act = act;
  if (act == BureauAct::letter) return {effect::BeginReply{paper.id, act}, effect::ListColleagues{}};
  ask(act, profile, language);
  return {effect::BeginReply{paper.id, act}};
}

void ReplyScreen::ask(BureauAct act, const core::Profile& profile, core::Language language) {
  form = form_of(act, {paper, people, profile, language});
  given.assign(form.questions.size(), {});
  for (std::size_t i = 0; i < given.size(); ++i) {
    given[i].texts.resize(form.questions[i].fields.size());
    const bool single = form.questions[i].options.size() == 1 && act != BureauAct::letter;
    if (single) given[i].chosen = {0};  // a request for one thing
  }
}

void ReplyScreen::go_to(std::size_t question) {
  at = question;
  field = 0;
  list_page = 0;
  faults.clear();
  problem.reset();
}

PaperAct ReplyScreen::said() const { return {paper.id, form.act, filing, said_of(form, given, people), files}; }

// Nothing for a screen that asks about what was kept, or that has kept all.
Effects ReplyScreen::keep() {
  if (!keep_at || filing.empty() || stage == Stage::kept) return {};
  keep_at.reset();
  const bool given_any = !files.empty() || anything_given(form, given);
  return {effect::KeepReply{{paper.id, form.act, filing, given_any ? answers_kept(form, given, at) : core::Json(core::Json::Object{}), files, {}}}};
}

Effects ReplyScreen::close() {
  auto effects = intake.close();
  for (auto& effect : keep()) effects.push_back(std::move(effect));
  return effects;
}

void ReplyScreen::take(const Reply& reply, const core::Profile& profile, core::Language language) {
  if (const auto* begun = std::get_if<reply::FilingBegun>(&reply)) {
    filing = begun->filing;
    kept = begun->kept;
    if (kept) stage = Stage::kept;
  }
  if (const auto* listed = std::get_if<reply::ColleaguesListed>(&reply); listed != nullptr && form.questions.empty()) {
    people = listed->people;
    if (!people.empty()) ask(form.act, profile, language);
  }
  if (const auto* listed = std::get_if<reply::SourceListed>(&reply)) intake.listing = false, intake.listed = *listed;
  if (const auto* progress = std::get_if<reply::AddProgress>(&reply); progress != nullptr && intake.adding) {
    intake.adding->pages_read = progress->pages_read;
    intake.adding->pages = progress->pages;
  }
  if (const auto* added = std::get_if<reply::FileAdded>(&reply)) {
    const bool twice = std::any_of(files.begin(), files.end(), [&](const auto& one) { return one.ref.sha256 == added->file.ref.sha256; });
    if (!twice) files.push_back(added->file), keep_at = core::Millis{0};  // with the next tick
    intake.adding.reset();
    intake.open = false;
    faults.clear();
  }
  if (const auto* refused = std::get_if<reply::FileRefused>(&reply)) {
    intake.adding.reset();
    if (refused->why != "cancelled") intake.refused = *refused;
  }
  if (const auto* failed = std::get_if<reply::FormFailed>(&reply)) stage = Stage::asking, problem = failed->why;
  if (const auto* failed = std::get_if<reply::FilingFailed>(&reply)) stage = Stage::asking, problem = failed->why;
  if (std::holds_alternative<reply::FilingUnknown>(reply)) stage = Stage::checking;
}

// The stick: choosing, reading in, taking away.
Effects ReplyScreen::documents_input(const Input& input, Now now) {
  if (std::holds_alternative<Tick>(input)) return intake.relist(now);
  if (std::holds_alternative<person::AddPressed>(input) && !intake.adding && files.size() < reply_files_max) return intake.show(now);
  if (std::holds_alternative<person::SourceClosed>(input)) return intake.close();
  if (std::holds_alternative<person::CancelAddPressed>(input) && intake.adding) return {effect::CancelAdd{}};
  if (const auto* removed = std::get_if<person::FileRemoved>(&input); removed != nullptr && removed->file < files.size()) {
    forget(files[removed->file].ref.name);
    files.erase(files.begin() + static_cast<std::ptrdiff_t>(removed->file));
    changed(now.steady + waits::reply_keep);
  }
  const auto* tapped = std::get_if<person::SourceFileTapped>(&input);
  if (tapped == nullptr || intake.adding || !intake.open || filing.empty()) return {};
  intake.refused.reset();
  intake.adding = FileIntake::Adding{.item = reply_item, .name = tapped->name};
  return {effect::AddFile{filing, reply_item, tapped->name}};
}

// True: the text is another now.
bool ReplyScreen::typed(const Input& input) {
  if (question().fields.empty()) return false;
  if (const auto* tapped = staff_event<staff::AnswerTapped>(input)) field = std::clamp(tapped->field, 0, static_cast<int>(question().fields.size()) - 1);
  auto& edit = given[at].texts[static_cast<std::size_t>(field)];
  const auto before = edit.text;
  if (const auto* text = std::get_if<person::TextTyped>(&input)) {
    if (question().kind == Kind::date) edit.type_digits(text->text, date_digits);
    else edit.type(text->text);
  }
  if (const auto* key = std::get_if<person::KeyPressed>(&input); key != nullptr && key->key != Key::enter) edit.key(key->key);
  if (edit.text == before) return false;
  std::erase_if(faults, [this](const ReplyFault& one) { return one.field == field; });
  return true;
}

StaffOutcome ReplyScreen::back() {
  if (intake.open || intake.adding) return {intake.close(), {}, {}};
  if (at > 0) return go_to(at - 1), StaffOutcome{};
  return {{}, form.act == BureauAct::refuse_receipt ? StaffPlace::reading : StaffPlace::paper, {}};
}

StaffOutcome ReplyScreen::next(core::Date today, core::Language language) {
  if (question().kind == Kind::write && field + 1 < static_cast<int>(question().fields.size()) && !given[at].texts[static_cast<std::size_t>(field)].text.empty() &&
      given[at].texts[static_cast<std::size_t>(field) + 1].text.empty()) {
    return ++field, StaffOutcome{};  // the keyboard's "next" goes to the next field first
  }
  faults = faults_of(form, at, given, files.size(), today);
  if (!faults.empty()) return field = question().fields.empty() ? 0 : faults.front().field, StaffOutcome{};
  if (at + 1 < form.questions.size()) return go_to(at + 1), StaffOutcome{};
  if (filing.empty()) return {};  // the shell has not named it yet
  problem.reset();
  if (form.act == BureauAct::refuse_receipt) {
    stage = Stage::filing;
    return {{effect::FileAct{said(), {}, {}, language}}, {}, {}};
  }
  return {make_letter(language), {}, {}};
}

Effects ReplyScreen::make_letter(core::Language language) {
  stage = Stage::making;
  made_in = language;
  return {effect::MakeLetter{said(), language}};
}

// Go on with what had been written, or begin anew.
StaffOutcome ReplyScreen::choose(const Input& input, core::Date today) {
  if (std::holds_alternative<person::BackPressed>(input)) return {{}, form.act == BureauAct::refuse_receipt ? StaffPlace::reading : StaffPlace::paper, {}};
  if (staff_event<staff::DiscardTapped>(input) != nullptr) {
    kept.reset();
    stage = Stage::asking;
    filing.clear();
    return {{effect::DropReply{paper.id, form.act}, effect::BeginReply{paper.id, form.act}}, {}, {}};
  }
  if (!std::holds_alternative<person::PrimaryPressed>(input) || form.questions.empty()) return {};
  const auto before = *std::exchange(kept, std::nullopt);
  stage = Stage::asking;
  files = before.files;
  // Where the person was, but not beyond a question that has changed or whose answer is good no longer: an item may be
  // closed by now.
  const auto as_before = put_back(before.answers, form, given);
  const auto reached = std::min(as_before, static_cast<std::size_t>(std::max<std::int64_t>(0, before.answers.number("at"))));
  std::size_t first = 0;
  while (first < reached && first + 1 < form.questions.size() && faults_of(form, first, given, files.size(), today).empty()) ++first;
  go_to(first);
  return {};
}

StaffOutcome ReplyScreen::update(const Input& input, const core::Profile&, const Session& session, Now now, core::Date today) {
  if (stage == Stage::kept) return choose(input, today);
  if (stage != Stage::asking) return {};
  auto outcome = asked(input, session, now, today);
  const bool leaves = outcome.go.has_value() || stage != Stage::asking;
  if (!keep_at || (!leaves && now.steady < *keep_at)) return outcome;
  auto effects = keep();  // before the letter is made of it
  for (auto& effect : outcome.effects) effects.push_back(std::move(effect));
  outcome.effects = std::move(effects);
  return outcome;
}

StaffOutcome ReplyScreen::asked(const Input& input, const Session& session, Now now, core::Date today) {
  if (form.questions.empty()) {
    return std::holds_alternative<person::BackPressed>(input) ? StaffOutcome{{}, StaffPlace::paper, {}} : StaffOutcome{};
  }
  if (std::holds_alternative<person::BackPressed>(input)) return back();
  if (const auto* turned = std::get_if<person::ListTurned>(&input)) {
    int& page = intake.open ? intake.list_page : list_page;
    page = std::max(0, page + turned->by);
  }
  if (question().kind == Kind::documents) {
    if (auto effects = documents_input(input, now); !effects.empty()) return {std::move(effects), {}, {}};
  }
  if (const auto* tapped = staff_event<staff::OptionTapped>(input); tapped != nullptr && tapped->option >= 0 && tapped->option < static_cast<int>(question().options.size())) {
    auto& chosen = given[at].chosen;
    if (question().kind == Kind::one) chosen = {tapped->option};
    else if (chosen.erase(tapped->option) == 0) chosen.insert(tapped->option);
    faults.clear();
    changed(now.steady + waits::reply_keep);
  }
  if (typed(input)) changed(now.steady + waits::reply_keep);
  const auto* key = std::get_if<person::KeyPressed>(&input);
  const bool on = std::holds_alternative<person::PrimaryPressed>(input) || (key != nullptr && key->key == Key::enter);
  return on && !intake.open && !intake.adding ? next(today, session.language) : StaffOutcome{};
}

void ReplyScreen::wipe() {
  for (auto& one : given) {
    for (auto& edit : one.texts) edit.wipe();
  }
  for (auto& file : files) forget(file.ref.name);
  for (auto& one : people) {
    for (auto* text : {&one.id, &one.name, &one.position}) forget(*text);
  }
  *this = {};
}

}  // namespace qabyl::kiosk
