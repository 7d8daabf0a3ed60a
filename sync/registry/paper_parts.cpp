// See paper_parts.h.
#include "sync/registry/paper_parts.h"

#include <algorithm>

#include "core/deadline.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;
using core::LocalText;
using core::paper::OfficePoint;

LocalText joined(const LocalText& a, const LocalText& b) { return {a.kk + b.kk, a.ru + b.ru, a.en + b.en}; }

Treatment treatment_of(const core::Id& id, const core::Objection& one, const std::vector<Treatment>& treatments) {
  const auto found = std::find_if(treatments.begin(), treatments.end(), [&](const Treatment& made) { return made.objection == id; });
  return found != treatments.end() ? *found : Treatment{id, one.treatment, one.reason};
}

LocalText raised(const Registry& registry, const core::Objection& one) {
  const auto late = one.timeliness == core::Timeliness::in_time ? LocalText() : joined(as_it_is(", "), said(registry, "paper.objection." + std::string(core::to_text(one.timeliness))));
  return joined(joined(as_it_is(one.by.name + ", "), day_in_words(registry, core::iso_date(one.by.on))), late);
}

}  // namespace

OfficePoint paper_point(const Registry& registry, std::string_view text_id, const std::vector<LocalArg>& args) { return {said_with(registry, text_id, args), {}}; }

std::optional<LastDay> last_day(const Registry& registry, const CaseNow& now, std::string_view term, core::Date base, std::optional<core::Date> stated) {
  const auto rules = rules_of(now);
  if (!rules) return std::nullopt;
  const auto counted = core::count_term(*rules->profile, term, base, *rules->calendar, stated);
  if (!counted) return std::nullopt;
  const auto lines = [&](core::Language language) { return core::explain(*counted, *rules->profile, registry.assets.texts, language); };
  const auto kk = lines(core::Language::kk), ru = lines(core::Language::ru), en = lines(core::Language::en);
  LastDay last{counted->due, {}};
  for (std::size_t i = 0; i < std::min({kk.size(), ru.size(), en.size()}); ++i) last.counted.push_back({kk[i], ru[i], en[i]});
  return last;
}

OfficePoint due_point(const Registry& registry, const CaseNow& now, std::string_view text_id, std::string_view term, core::Date base, std::string_view due) {
  auto point = paper_point(registry, text_id, {{"date", day_in_words(registry, std::string(due))}});
  const auto stated = core::parse_iso_date(due);
  if (!stated) return point;  // the act will say what is wrong with it
  if (auto last = last_day(registry, now, term, base, *stated)) point.list = std::move(last->counted);
  return point;
}

core::paper::OfficeGroup paper_group(const Registry& registry, std::string_view heading_id, const std::vector<LocalText>& points) {
  core::paper::OfficeGroup group{said(registry, heading_id), {}};
  for (const auto& one : points) group.points.push_back({one, {}});
  return group;
}

core::paper::OfficeSignature paper_signature(const OpenOfficer& officer) { return {as_it_is(officer.position), officer.name}; }

std::vector<LocalArg> number_and_date(const Registry& registry, const Json& assignment) {
  return {{"number", as_it_is(assignment.text("journal_number"))}, {"date", day_in_words(registry, assignment.text("date"))}};
}

Json treatments_json(const std::vector<Treatment>& treatments) {
  Json::Array list;
  for (const auto& one : treatments) list.push_back(Json::Object{{"objection", one.objection}, {"treatment", one.treatment}, {"reason", one.reason}});
  return Json(std::move(list));
}

core::paper::OfficeTable objections_table(const Registry& registry, const core::Objections& objections, const std::vector<Treatment>& treatments) {
  core::paper::OfficeTable table;
  for (const char* head : {"paper.table.objection", "paper.table.treatment", "paper.table.reason"}) table.head.push_back(said(registry, head));
  for (const auto& [id, one] : objections) {
    const Treatment how = treatment_of(id, one, treatments);
    const bool treated = !how.treatment.empty();
    table.rows.push_back({raised(registry, one), said(registry, "paper.treatment." + (treated ? how.treatment : std::string("none"))), as_it_is(how.reason)});
  }
  return table;
}

LocalText number_words(const std::string& number) { return as_it_is("№ " + number); }

}  // namespace qabyl::sync::registry
