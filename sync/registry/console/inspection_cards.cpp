// What lives inside an inspection, as cards of its page: reports with their objections and how each was treated, meetings,
// plan items with dates, prescriptions, sanctions (paragraphs 16-29). Reads the folded case alone. See console.h.
#include "core/encoding.h"
#include "sync/registry/console/console.h"

namespace qabyl::sync::registry {
namespace {

using core::Timeliness;

std::string day(const Page& page, core::Date date) { return escaped(page.day(core::iso_date(date))); }
std::string state(const Page& page, std::string_view family, std::string_view code) {
  return tag(Look::plain, page.say("console.state." + std::string(family) + "." + std::string(code)));
}
std::string small(const std::string& html) { return "<small>" + html + "</small>"; }

std::string timeliness(const Page& page, Timeliness how) {
  const Look look = how == Timeliness::in_time ? Look::ok : Look::bad;
  return tag(look, page.say("console.timeliness." + std::string(core::to_text(how))));
}

std::string receipt(const Page& page, const std::optional<core::Receipt>& receipt) {
  if (!receipt) return {};
  if (receipt->refused) return small(page.say("console.card.refused") + ": " + day(page, receipt->on));
  return small(page.say("console.card.received") + ": " + day(page, receipt->on) + ", " + escaped(receipt->by.name));
}

// Each with its stamp, its document, and what became of it.
std::string objections(const Page& page, const core::Objections& objections) {
  if (objections.empty()) return {};
  std::string html = "<ul class=\"docs\">";
  for (const auto& [id, one] : objections) {
    html += "<li>" + link("/document?record=" + id + "&index=0", page.say("console.card.objection")) + " " + timeliness(page, one.timeliness) + small(escaped(one.by.name) + ", " + day(page, one.by.on));
    if (!one.treatment.empty()) html += small(page.say("paper.treatment." + one.treatment) + (one.reason.empty() ? "" : ": " + escaped(one.reason)));
    html += "</li>";
  }
  return html + "</ul>";
}

std::string paper_link(const Page& page, const core::Id& record, const core::PaperOut& paper) {
  return link("/document?record=" + record + "&index=0", "№ " + escaped(paper.number)) + ", " + day(page, paper.date);
}

std::string interims(const Page& page, const core::Inspection& inspection) {
  std::string html;
  for (const auto& [id, one] : inspection.interims) {
    html += "<li><b>" + paper_link(page, id, one.paper) + "</b> " + state(page, "interim", core::to_text(one.state)) + small(escaped(one.executor.name) + (one.head.name.empty() ? "" : ", " + escaped(one.head.name))) +
            receipt(page, one.receipt) + objections(page, one.objections) + (one.carried_to.empty() ? "" : small(page.say("console.card.carried") + ": " + escaped(one.carried_to))) + "</li>";
  }
  return html;
}

std::string copy_two(const Page& page, const core::SummaryReport& one) {
  if (one.copy_missing) return tag(Look::bad, page.say("console.card.copy_missing"));
  if (one.copy == core::CopyTwo::out) return {};
  const auto visas = page.say("console.card.visas", {{"k", std::to_string(one.visaed.size())}, {"n", std::to_string(one.paper.pages)}});
  const auto back = one.copy == core::CopyTwo::returned ? " " + timeliness(page, one.returned) : std::string();
  return tag(one.all_visaed() ? Look::ok : Look::warn, visas) + " " + tag(Look::plain, page.say("console.card.copy." + std::string(core::to_text(one.copy)))) + back;
}

std::string summaries(const Page& page, const core::Inspection& inspection) {
  std::string html;
  for (const auto& [id, one] : inspection.summaries) {
    html += "<li><b>" + paper_link(page, id, one.paper) + "</b> " + state(page, "summary", core::to_text(one.state)) + (one.sent_late ? " " + tag(Look::bad, page.say("console.card.sent_late")) : "") +
            small(escaped(one.head.name) + (one.superior.name.empty() ? "" : ", " + escaped(one.superior.name))) + receipt(page, one.receipt) + copy_two(page, one);
    if (!one.breaches.empty()) {
      html += "<ol>";
      for (std::size_t i = 0; i < one.breaches.size(); ++i) {
        const bool stands = inspection.breaches.count(static_cast<int>(i)) != 0;
        html += "<li>" + escaped(one.breaches[i]) + (stands ? " " + tag(Look::warn, page.say("console.card.stands")) : "") + "</li>";
      }
      html += "</ol>";
    }
    if (one.passed_on) html += small(page.say("console.card.passed_on") + ": " + link("/document?record=" + one.passed_on->record + "&index=0", escaped(one.passed_on->organs)) + ", " + day(page, one.passed_on->by.on));
    html += objections(page, one.objections) + (one.decision.empty() ? "" : small(page.say("console.card.decision") + ": " + escaped(one.decision))) + "</li>";
  }
  return html;
}

std::string disclosures(const Page& page, const core::Inspection& inspection) {
  std::string html;
  for (const auto& [id, one] : inspection.disclosures) {
    html += "<li><b>" + escaped(one.third_party) + "</b> " + state(page, "disclosure", core::to_text(one.state)) + small(escaped(one.purpose)) + "</li>";
  }
  return html;
}

std::string meetings(const Page& page, const core::Inspection& inspection) {
  std::string html;
  for (const auto& [id, one] : inspection.meetings) {
    html += "<li><b>" + page.say("console.meeting." + one.level) + ", " + day(page, one.on) + "</b> " + state(page, "meeting", core::to_text(one.state)) + small(page.say("console.card.chair") + ": " + escaped(one.chair.name));
    if (!one.protocol.number.empty()) html += small(page.say("console.card.protocol") + " № " + escaped(one.protocol.number) + ", " + day(page, one.protocol.date) + (one.sent_late ? ", " + page.say("console.card.sent_late") : ""));
    html += receipt(page, one.receipt) + objections(page, one.objections) + (one.decision.empty() ? "" : small(page.say("console.card.decision") + ": " + escaped(one.decision))) + "</li>";
  }
  return html;
}

std::string due(const Page& page, core::Date date) { return page.say("console.card.due") + ": " + day(page, date); }

std::string plan_items(const Page& page, const core::Plan& plan) {
  std::string html;
  for (const auto& one : plan.items) {
    const bool bad = one.state == core::PlanItemState::overdue;
    const auto words = page.say("console.state.item." + std::string(core::to_text(one.state)));
    html += "<li>" + escaped(one.measure) + " " + tag(bad ? Look::bad : one.state == core::PlanItemState::reported ? Look::ok : Look::plain, words) +
            small(due(page, one.term.due) + ", " + escaped(one.executor)) + small(escaped(plan.breaches[one.breach])) + "</li>";
  }
  return html.empty() ? html : "<ol>" + html + "</ol>";
}

std::string plans(const Page& page, const core::Inspection& inspection) {
  std::string html;
  for (const auto& [id, one] : inspection.plans) {
    const bool came = one.state != core::PlanState::demanded && one.state != core::PlanState::missed;
    html += "<li><b>" + due(page, one.term.due) + "</b> " + state(page, "plan", core::to_text(one.state)) + (came ? " " + timeliness(page, one.timeliness) : "") + plan_items(page, one) + "</li>";
  }
  return html;
}

std::string prescriptions(const Page& page, const core::Inspection& inspection) {
  std::string html;
  for (const auto& [id, one] : inspection.prescriptions) {
    html += "<li><b>" + paper_link(page, id, one.paper) + "</b> " + state(page, "prescription", core::to_text(one.state)) + (one.appealed ? " " + tag(Look::warn, page.say("console.card.appealed")) : "") +
            small(due(page, one.term.due) + ", " + escaped(one.article)) + receipt(page, one.receipt);
    for (const auto& measure : one.measures) html += small(escaped(measure));
    html += "</li>";
  }
  return html;
}

std::string sanctions(const Page& page, const core::Inspection& inspection) {
  std::string html;
  for (const auto& [id, one] : inspection.sanctions) {
    const auto size = one.measure == "fine" ? ", " + escaped(core::format_money(one.amount_tenge)) : one.measure == "suspension" ? ", " + page.say("console.field.sanction_months") + ": " + std::to_string(one.months) : std::string();
    html += "<li><b>" + paper_link(page, id, one.paper) + "</b> " + state(page, "sanction", core::to_text(one.state)) + small(page.say("console.sanction." + one.measure) + size) + receipt(page, one.receipt) + "</li>";
  }
  return html;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> Console::inspection_cards(const Page& page, const core::Inspection& inspection) const {
  std::vector<std::pair<std::string, std::string>> cards;
  const auto add = [&](std::string_view heading, const std::string& items) {
    if (!items.empty()) cards.emplace_back(page.say(heading), "<ul class=\"docs\">" + items + "</ul>");
  };
  add("console.card.interims", interims(page, inspection));
  add("console.card.summary", summaries(page, inspection));
  add("console.card.meetings", meetings(page, inspection));
  add("console.card.plans", plans(page, inspection));
  add("console.card.prescriptions", prescriptions(page, inspection));
  add("console.card.sanctions", sanctions(page, inspection));
  add("console.card.disclosures", disclosures(page, inspection));
  return cards;
}

}  // namespace qabyl::sync::registry
