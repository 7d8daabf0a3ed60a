// See paper_news.h.
#include "sync/registry/paper_news.h"

#include <algorithm>
#include <map>

#include "core/cases/bureau_acts.h"
#include "core/cases/open_terms.h"
#include "core/cases/raised_by.h"
#include "sync/registry/feed_out.h"
#include "sync/registry/office_papers.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;
using core::Record;

constexpr std::size_t meta_bytes_max = 256 * 1024;
constexpr core::Date some_day_far_off = std::chrono::year{9999} / 12 / 31;

constexpr std::string_view columns = "SELECT record, case_id, kind, bureau_bin, meta, sealed, sealed_bytes, content_key, closed_by FROM papers WHERE ";

core::Result<std::vector<PaperRow>> papers_where(Registry& registry, std::string_view condition, std::string_view value) {
  QABYL_TRY(query, registry.database.prepare(std::string(columns) + std::string(condition) + " ORDER BY record"));
  query.bind(1, value);
  std::vector<PaperRow> papers;
  for (;;) {  // ends with the rows
    QABYL_TRY(more, query.step());
    if (!more) return papers;
    QABYL_TRY(meta, core::parse_json(query.text(4), meta_bytes_max));
    papers.push_back({query.text(0), query.text(1), query.text(2), query.text(3), std::move(meta), rows::digest(query, 5), query.integer(6), query.blob(7), query.text(8)});
  }
}

// The kiosks of the bureau, or `device` alone.
struct PaperAudience { std::string_view bin, device; };

core::Id about(const PaperRow& paper) { return paper.meta.text("about", paper.record); }

// Two witnesses at the counter, or the clerk's note: the record names what was not marked, and not always the paper (A10).
bool refuses(const Record& act, const PaperRow& paper) {
  const auto done = core::act_of_kind(act.kind, paper.kind);
  if (done != core::BureauAct::refuse_receipt) return false;
  const auto target = core::target_member(*done, paper.kind);
  return target.empty() || act.body.text(target) == about(paper);
}

// What core::act_done() reads from a record, and nothing else that the person said.
Json act_told(const Record& act) {
  Json body = Json::Object{{"staff", act.body.text("staff")}, {"date", act.body.text("date")}};
  if (act.kind == core::kind::summary_visa_page) body["page"] = act.body.number("page");
  if (act.kind == core::kind::request_answer) body["items"] = Json(act.body.items("items"));
  if (act.body.find("item") != nullptr) body["item"] = act.body.number("item");
  return Json::Object{{"record", act.id}, {"kind", act.kind}, {"body", std::move(body)}};
}

// What the bureau may still do with it, asked of a day on which the inspection has begun and every term is over: what is
// never refused for being late is offered still.
std::vector<core::ActOffer> offered_at_last(const PaperRow& paper, const CaseNow& now) {
  const auto rules = rules_of(now);
  if (!rules || is_over(state_code(now))) return {};
  core::PaperHeld held{paper.kind, paper.record, about(paper), paper.meta, {}, false, {}};
  for (const auto& record : now.history) {
    if (is_act_on(record, paper, now.history)) held.done.push_back(core::act_done(record));
  }
  return core::offers_on(held, {{}, "first_head"}, *rules, some_day_far_off);
}

// Received, where it asks for that, and nothing is awaited of the bureau, wherever it did the rest. Where nothing can follow in
// the case, also a paper that nobody ever marked: no mark would count, and it must not lie at a kiosk for ever.
bool is_paper_over(const PaperRow& paper, const CaseNow& now) {
  if (is_over(state_code(now))) return true;
  if (core::has_receipt(paper.kind) && paper.closed_by.empty()) return false;
  const auto offers = offered_at_last(paper, now);
  return std::none_of(offers.begin(), offers.end(), [](const core::ActOffer& one) { return one.awaited; });
}

core::Status tell(Registry& registry, const PaperAudience& to, const PaperRow& paper, const CaseNow& of, Json act, core::Instant now) {
  Json body = Json::Object{{"paper", paper.record}, {"closed", !paper.closed_by.empty()}, {"by_record", paper.closed_by}, {"over", is_paper_over(paper, of)}};
  body["act"] = std::move(act);
  if (!to.device.empty()) return feed_device(registry, to.device, feed_kind::paper_state, body, now);
  return feed_bureau(registry, to.bin, feed_kind::paper_state, body, nullptr, now);
}

// The letter of paragraph 13 is a duty of the case, and its term stands on the notice.
core::Id terms_of(const PaperRow& paper) { return paper.kind == core::kind::notice_send ? core::Id{} : about(paper); }

// The bureau's own terms on that paper which newer calendars moved; nullopt: none. One act, that of the newest recount.
std::optional<Json> recount_told(const CaseNow& now, const PaperRow& paper) {
  std::vector<core::OpenTerm> open;
  for (const auto& one : open_terms(now)) {
    if (one.owed_by == core::Side::bureau) open.push_back({one.of, one.term});
  }
  const auto moved = core::moved_terms(open, now.history, terms_of(paper));
  const auto newest = std::find_if(now.history.rbegin(), now.history.rend(), [](const Record& one) { return core::is_recount(one.kind); });
  if (moved.empty() || newest == now.history.rend()) return std::nullopt;
  Json body;
  body["terms"] = core::told_json(moved);
  return Json(Json::Object{{"record", newest->id}, {"kind", newest->kind}, {"body", std::move(body)}});
}

}  // namespace

core::Result<std::vector<PaperRow>> papers_of_case(Registry& registry, const core::Id& case_id) { return papers_where(registry, "case_id = ?", case_id); }
core::Result<std::vector<PaperRow>> papers_of_bureau(Registry& registry, std::string_view bin) { return papers_where(registry, "bureau_bin = ?", bin); }

core::Result<std::optional<PaperRow>> paper_out(Registry& registry, const core::Id& record) {
  QABYL_TRY(papers, papers_where(registry, "record = ?", record));
  return papers.empty() ? std::optional<PaperRow>() : std::optional(std::move(papers.front()));
}

bool is_act_on(const Record& act, const PaperRow& paper, const std::vector<Record>& history) {
  const auto by = core::raised_by(act.kind);
  if (by == core::RaisedBy::anywhere) return refuses(act, paper);
  return by == core::RaisedBy::bureau && (act.base == paper.record || paper_marked(act, history).sent == paper.record);
}

core::Result<std::vector<PaperRow>> open_papers(Registry& registry, std::string_view bin) {
  QABYL_TRY(papers, papers_of_bureau(registry, bin));
  std::map<core::Id, CaseNow> cases;
  std::vector<PaperRow> open;
  for (auto& paper : papers) {
    if (cases.count(paper.case_id) == 0) {
      QABYL_TRY(now, case_now(registry, paper.case_id));
      cases.emplace(paper.case_id, std::move(now));
    }
    const CaseNow& of = cases.at(paper.case_id);
    const bool waits = paper.closed_by.empty() && !is_over(state_code(of));
    if (waits || !offered_at_last(paper, of).empty()) open.push_back(std::move(paper));
  }
  return open;
}

core::Status tell_paper_state(Registry& registry, std::string_view bin, const core::Id& sent, const Record& act, const CaseNow& of, core::Instant now) {
  QABYL_TRY(paper, paper_out(registry, sent));
  if (!paper) return core::Error{core::ErrorCode::not_found, "paper"};
  return tell(registry, {bin, {}}, *paper, of, act_told(act), now);
}

core::Status tell_paper_so_far(Registry& registry, std::string_view device, const PaperRow& paper, core::Instant now) {
  QABYL_TRY(of, case_now(registry, paper.case_id));
  for (const auto& record : of.history) {
    if (is_act_on(record, paper, of.history)) QABYL_TRY_DO(tell(registry, {{}, device}, paper, of, act_told(record), now));
  }
  auto told = recount_told(of, paper);
  return told ? tell(registry, {{}, device}, paper, of, *std::move(told), now) : core::Status(core::Done{});
}

core::Status tell_recount(Registry& registry, const CaseNow& of, core::Instant now) {
  QABYL_TRY(papers, papers_of_case(registry, of.id));
  for (const auto& paper : papers) {
    auto told = recount_told(of, paper);
    if (told && !paper.bin.empty()) QABYL_TRY_DO(tell(registry, {paper.bin, {}}, paper, of, *std::move(told), now));
  }
  return core::Done{};
}

core::Status tell_over(Registry& registry, const CaseNow& of, core::Instant now) {
  if (!is_over(state_code(of))) return core::Done{};
  QABYL_TRY(papers, papers_of_case(registry, of.id));
  for (const auto& paper : papers) {
    if (!paper.bin.empty() && is_paper_over(paper, of)) QABYL_TRY_DO(tell(registry, {paper.bin, {}}, paper, of, Json(Json::Object{}), now));
  }
  return core::Done{};
}

}  // namespace qabyl::sync::registry
