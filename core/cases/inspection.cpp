// An inspection: which record kind is which step (RULES f4), and the fold. Guards stand in the files of
// inspection_steps.h and in the values inside. See inspection.h.
#include "core/cases/inspection.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "core/cases/each_term.h"
#include "core/cases/inspection_steps.h"

namespace qabyl::core {
namespace {

namespace steps = inspection_steps;
using S = InspectionState;

// Needs neither term nor setting.
struct PlainStep {
  std::string_view kind;
  Result<Inspection> (*take)(const Inspection&, const Record&);
};
constexpr PlainStep plain_steps[] = {{kind::assignment_register, steps::register_assignment},
                                     {kind::inspection_cancel, steps::cancel},
                                     {kind::inspection_undertaking, steps::give_undertaking},
                                     {kind::copy_scan, steps::keep_scan}};

constexpr Step<Inspection, const Rules&> ruled_steps[] = {
    {kind::inspection_start, steps::start},           {kind::letter_of_responsibles, steps::take_letter},
    {kind::inspection_documents, steps::take_documents}, {kind::inspection_room, steps::accept_room},
    {kind::extension_sign, steps::sign_extension},    {kind::extension_register, steps::register_extension},
    {kind::access_refused, steps::refuse_access},     {kind::access_restored, steps::restore_access},
    {kind::memo_sign, steps::sign_memo},              {kind::memo_receive, steps::receive_memo},
    {kind::inspection_halt, steps::halt},             {kind::inspection_resume, steps::resume},
    {kind::close_unfinished, steps::close_unfinished}, {kind::end_fieldwork, steps::end},
    {kind::inspection_settle, steps::settle},         {kind::inspection_close, steps::close}};

// A kind of value inside an inspection: its kinds begin with one of the prefixes, `opening` makes a new one, the
// others name theirs in the body's member `key`.
template <typename Child>
struct Family {
  std::array<std::string_view, 2> prefixes;
  std::string_view opening, key, unknown;
  std::map<Id, Child> Inspection::*children;
  Status (*may_open)(const Inspection&, const Record&);

  bool owns(std::string_view kind) const { return kind.starts_with(prefixes[0]) || kind.starts_with(prefixes[1]); }
};

const std::tuple families{
    Family<Request>{{"request.", "request."}, kind::request_sign, "request", "request.unknown", &Inspection::requests, steps::in_fieldwork},
    Family<InterimReport>{{"interim.", "interim."}, kind::interim_sign_executor, "report", "interim.unknown", &Inspection::interims, steps::in_fieldwork},
    Family<SummaryReport>{{"summary.", "summary."}, kind::summary_sign_head, "report", "summary.unknown", &Inspection::summaries, steps::may_open_summary},
    Family<Meeting>{{"meeting.", "protocol."}, kind::meeting_call, "meeting", "meeting.unknown", &Inspection::meetings, steps::may_open_meeting},
    Family<Plan>{{"plan.", "plan."}, kind::plan_demand, "plan", "plan.unknown", &Inspection::plans, steps::may_open_plan},
    Family<Prescription>{{"prescription.", "prescription."}, kind::prescription_sign, "prescription", "prescription.unknown", &Inspection::prescriptions, steps::may_open_prescription},
    Family<Sanction>{{"sanction.", "sanction."}, kind::sanction_decide, "sanction", "sanction.unknown", &Inspection::sanctions, steps::may_open_sanction},
    Family<Disclosure>{{"disclosure.", "disclosure."}, kind::disclosure_request, "disclosure", "disclosure.unknown", &Inspection::disclosures, steps::may_open_disclosure}};

template <typename Child>
Result<Inspection> take_inside(const Family<Child>& family, const Inspection& before, const Record& record, const Rules& rules) {
  const bool opens = record.kind == family.opening;
  const Id id = opens ? record.id : record.body.text(family.key);
  const auto& children = before.*family.children;
  const auto found = children.find(id);
  if (opens) QABYL_TRY_DO(family.may_open(before, record));
  if (opens && children.size() == children_max) return refused("case.too_many");
  if (!opens && found == children.end()) return refused(family.unknown);
  const Child child = found == children.end() ? Child() : found->second;
  QABYL_TRY(after, child.apply(record, steps::facts_of(before, rules)));
  Inspection next = before;
  (next.*family.children)[id] = std::move(after);
  return steps::follow(std::move(next), record);
}

template <typename Steps>
bool has_kind(const Steps& table, std::string_view kind) {
  return std::any_of(std::begin(table), std::end(table), [&](const auto& one) { return one.kind == kind; });
}

// Calls `take` with the family that owns the kind; false when none does.
template <typename Take>
bool with_family_of(std::string_view kind, Take take) {
  return std::apply([&](const auto&... family) { return ((family.owns(kind) ? (take(family), true) : false) || ...); }, families);
}

Result<Inspection> take_by_rules(const Inspection& before, const Record& record, const Rules& rules) {
  std::optional<Result<Inspection>> taken;
  with_family_of(record.kind, [&](const auto& family) { taken = take_inside(family, before, record, rules); });
  return taken ? *std::move(taken) : take_step<Inspection, const Rules&>(ruled_steps, before, record, rules);
}

}  // namespace

std::string_view to_text(InspectionState state) {
  switch (state) {
    case S::none: return "none";
    case S::assignment_signed: return "assignment_signed";
    case S::assignment_registered: return "assignment_registered";
    case S::notified: return "notified";
    case S::in_progress: return "in_progress";
    case S::halted: return "halted";
    case S::fieldwork_ended: return "fieldwork_ended";
    case S::reporting: return "reporting";
    case S::settling: return "settling";
    case S::remedying: return "remedying";
    case S::closed: return "closed";
    case S::cancelled: return "cancelled";
    case S::closed_unfinished: return "closed_unfinished";
  }
  QABYL_CHECK(false);
  return {};
}

bool is_of_inspection(std::string_view kind) {
  if (kind == core::kind::assignment_sign) return true;
  return kind.starts_with("notice.") || kind == kind::inspection_recount || with_family_of(kind, [](const auto&) {}) || has_kind(plain_steps, kind) || has_kind(ruled_steps, kind);
}

Result<Inspection> Inspection::apply(const Record& record, const RuleBook& book) const {
  if (!is_of_inspection(record.kind)) return refused("kind.unknown");
  if (state == S::cancelled) return refused("inspection.cancelled");
  for (const auto& step : plain_steps) {
    if (step.kind == record.kind) return step.take(*this, record);
  }
  const auto rules = book.rules(calendar);
  if (record.kind == kind::assignment_sign) return steps::sign_assignment(*this, record, rules ? &*rules : nullptr);
  if (record.kind.starts_with("notice.")) return steps::take_notice(*this, record, rules ? &*rules : nullptr);
  if (!rules) return rules.error();
  if (record.kind == kind::inspection_recount) return recounted(*this, record, book);
  return take_by_rules(*this, record, *rules);
}

Inspection fold_inspection(const std::vector<Record>& history, const RuleBook& book) {
  Inspection inspection;
  for (const auto& record : history) {
    if (auto next = inspection.apply(record, book)) inspection = *std::move(next);
  }
  return inspection;
}

}  // namespace qabyl::core
