// A bureau's papers as its screens show them: what may be done with each, which term runs and how it was counted; open
// only while an entitled person is signed in (ARCHITECTURE, 5). See storage_desk.h.
#include <algorithm>

#include "core/asset.h"
#include "kiosk/shell/storage_desk.h"
#include "kiosk/shell/store_proxy.h"

namespace qabyl::kiosk {
namespace {

constexpr std::size_t profile_list_bytes_max = 64 * 1024;
constexpr int rest_days_ahead_max = 60, rest_run_max = 31;

core::LocalText local_text(const core::Json& json) { return {json.text("kk"), json.text("ru"), json.text("en")}; }

// The next run of days off after `today`.
RestDays rest_after(core::Date today, const core::Calendar& calendar) {
  for (int ahead = 1; ahead <= rest_days_ahead_max; ++ahead) {
    const auto first = core::add_days(today, ahead);
    if (calendar.is_working(first)) continue;
    auto last = first;
    for (int i = 0; i < rest_run_max && !calendar.is_working(core::add_days(last, 1)); ++i) last = core::add_days(last, 1);
    return {core::iso_date(first), core::iso_date(last)};
  }
  return {};
}

// The explanation of a term, line by line in every language (issue 3: the same on the badge as in the console).
std::vector<core::LocalText> counted_lines(const core::RunningTerm& term, const core::Rules& rules, const core::Texts& texts) {
  const auto deadline = core::count_term(*rules.profile, term.id, term.base, *rules.calendar, term.stated);
  if (!deadline) return {};
  std::vector<core::LocalText> lines;
  const auto kk = core::explain(*deadline, *rules.profile, texts, core::Language::kk), ru = core::explain(*deadline, *rules.profile, texts, core::Language::ru),
             en = core::explain(*deadline, *rules.profile, texts, core::Language::en);
  for (std::size_t i = 0; i < std::min({kk.size(), ru.size(), en.size()}); ++i) lines.push_back({kk[i], ru[i], en[i]});
  return lines;
}

// The count, and what the office has told of it since (A30).
std::vector<core::LocalText> counted_and_told(const core::RunningTerm& term, const core::Paper& paper, const core::Rules& rules, const core::Texts& texts) {
  auto lines = counted_lines(term, rules, texts);
  const auto* told = core::told_of(paper.told, term);
  const auto line = [&](core::Language language) { return core::say_told(*told, texts, language); };
  if (told != nullptr) lines.push_back({line(core::Language::kk), line(core::Language::ru), line(core::Language::en)});
  return lines;
}

// The term of which a paper says the last day before anybody has received it, counted from the paper's own date. A day that
// was told is never shortened by a newer calendar (A30).
std::optional<core::RunningTerm> term_of_paper(const core::Paper& paper, const core::Rules& rules) {
  const auto* rule = rules.profile->term(paper.meta.text("deadline_term"));
  const auto date = core::parse_iso_date(paper.meta.text("date")), due = core::parse_iso_date(paper.meta.text("deadline"));
  if (rule == nullptr || !date || !due) return std::nullopt;
  auto term = rules.run(rule->id, *date, rule->unit == core::TermUnit::stated ? std::optional(*due) : std::nullopt);
  if (!term) return std::nullopt;
  if (const auto* told = core::told_of(paper.told, *term)) term->due = told->due;
  else if (term->due < *due) term->due = *due;
  return *term;
}

void add_acts_made(PaperView& view, const core::Paper& paper) {
  for (const auto& made : paper.acts) {
    const auto act = core::act_of_kind(made.done.kind, paper.kind);
    if (!act) continue;
    if (*act == core::BureauAct::visa_page) view.visas += made.state == core::SendState::quarantined ? 0 : 1;
    else view.made.push_back({made.record, *act, made.at, send_view(made.state), made.reason});
  }
}

}  // namespace

// What the office has sent, as it signed it; one that does not read is none.
const core::Profile* StorageDesk::profile_of(std::string_view id, std::string_view version) {
  const auto held = [&](const std::string& name) {
    const auto kept = parts_.store.kept_asset(std::string(id) + "@" + name);
    return kept ? *kept : std::string();
  };
  std::string wanted(version);
  if (wanted.empty()) {
    const auto list = core::parse_json(held({}), profile_list_bytes_max);
    if (list && list->is_array() && !list->array().empty() && list->array().front().is_string()) wanted = list->array().front().string();
  }
  const auto* current = parts_.rules.profile(id);
  if (wanted.empty() || (current != nullptr && current->version == wanted)) return current;
  const std::string key = std::string(id) + "@" + wanted;
  if (const auto found = other_profiles_.find(key); found != other_profiles_.end()) return &found->second;
  const auto asset = core::read_asset(held(wanted));
  auto profile = asset ? core::Profile::parse(asset->text) : core::Result<core::Profile>(asset.error());
  if (!profile || profile->id != id || profile->version != wanted) return current;
  return &other_profiles_.emplace(key, *std::move(profile)).first->second;
}

void StorageDesk::add_term(PaperView& view, const core::Paper& paper) {
  const auto rules = case_rules(paper);
  const auto today = parts_.rules.today(parts_.clock.read().wall);
  if (const auto term = core::nearest_term(view.acts, today)) {
    const auto* rule = rules.profile->term(term->id);
    view.deadline = core::iso_date(term->due);
    view.deadline_term = term->id;
    view.deadline_kind = rule != nullptr && rule->unit == core::TermUnit::working_days ? "working" : "calendar";
    view.counted = counted_and_told(*term, paper, rules, parts_.rules.texts);
  } else if (paper.receipt() == nullptr && !paper.closed) {
    view.deadline = paper.meta.text("deadline");
    view.deadline_kind = paper.meta.text("deadline_kind") == "calendar" ? "calendar" : "working";
    if (const auto own = term_of_paper(paper, rules)) {
      view.deadline = core::iso_date(own->due);
      view.counted = counted_and_told(*own, paper, rules, parts_.rules.texts);
    }
  }
  if (const auto due = core::parse_iso_date(view.deadline)) {
    const auto calendar_days = (std::chrono::sys_days{*due} - std::chrono::sys_days{today}).count();
    view.deadline_days = view.deadline_kind == "calendar" ? static_cast<int>(calendar_days) : calendar().working_days_between(today, *due);
  }
}

PaperView StorageDesk::paper_view(const core::Paper& paper) {
  PaperView view;
  view.id = paper.id;
  view.case_id = paper.case_id;
  view.kind = paper.kind;
  view.title = local_text(paper.meta.member("title"));
  view.number = paper.meta.text("number");
  view.date = paper.meta.text("date");
  view.authority = paper.meta.text("authority");
  view.from = local_text(paper.meta.member("from"));
  view.pages = static_cast<int>(paper.meta.number("pages"));
  view.here = paper.here;
  if (const auto* receipt = paper.receipt()) view.marked = true, view.marked_at = receipt->at;
  view.closed_by_other = paper.closed && !view.marked;
  view.received_at = paper.received_at;
  view.digest = paper.pdf;
  view.details = paper.meta.member("details");
  view.inspection_number = paper.meta.member("inspection").text("number");
  view.inspection_start = paper.meta.member("inspection").text("start");
  view.acts = offers(paper);
  add_acts_made(view, paper);
  add_term(view, paper);
  return view;
}

// What begins from now on is counted by it. One that cannot be read changes nothing (adopt_kept).
void StorageDesk::take_newer_calendar() {
  const auto kept = parts_.store.kept_asset(calendar_asset_name);
  const auto asset = kept ? core::read_asset(*kept) : core::Result<core::Asset>(kept.error());
  if (!asset || !core::version_before(calendar().version(), asset->version)) return;
  if (auto newer = core::Calendar::parse(asset->text)) newer_calendar_ = *std::move(newer);
}

void StorageDesk::handle(const effect::ListPapers&) {
  reply::PapersListed listed;
  if (!staff_) return tell(listed);
  take_newer_calendar();
  auto papers = parts_.store.papers(*staff_);
  if (papers) papers_ = *std::move(papers);
  for (const auto& paper : papers_) {
    listed.papers.push_back(paper_view(paper));
    const auto& acts = listed.papers.back().acts;
    const bool awaits = std::any_of(acts.begin(), acts.end(), [](const auto& one) { return one.awaited; });
    if (awaits != paper.awaits) (void)parts_.store.note_awaits(paper.id, awaits);
  }
  listed.rest = rest_after(parts_.rules.today(parts_.clock.read().wall), calendar());
  tell(listed);
}

void StorageDesk::handle(const effect::OpenPaper& effect) {
  if (!staff_) return tell(reply::PaperFailed{effect.id, core::ErrorCode::forbidden});
  if (open_paper_) core::wipe(open_paper_->second);  // one paper is open at a time
  open_paper_.reset();
  auto bytes = parts_.store.open_paper(*staff_, effect.id);
  if (!bytes) return tell(reply::PaperFailed{effect.id, bytes.error().code});
  const auto* paper = this->listed(effect.id);
  if (paper == nullptr) return tell(reply::PaperFailed{effect.id, core::ErrorCode::not_found});
  open_paper_.emplace(paper->pdf, *std::move(bytes));
  tell(reply::PaperOpened{paper->id, paper->pdf, static_cast<int>(paper->meta.number("pages"))});
}

// Of a paper that this person's bureau may see, and that was made here.
void StorageDesk::handle(const effect::ShowMade& effect) {
  reply::MadeShown shown;
  const auto* paper = listed(effect.paper);
  const bool ours = paper != nullptr && std::any_of(paper->acts.begin(), paper->acts.end(), [&](const auto& one) { return one.record == effect.record; });
  if (ours) {
    if (const auto found = parts_.store.find_record(effect.record); found && *found) shown.receipt = this->shown(**found);
  }
  tell(shown);
}

}  // namespace qabyl::kiosk
