// See act_letter.h.
#include "kiosk/shell/act_letter.h"

namespace qabyl::kiosk {
namespace {

using core::BureauAct;
using core::Json;
using core::paper::LetterGroup;
using core::paper::LetterLine;

struct Writer {
  const LetterParts& parts;
  core::Language language;

  std::string say(std::string_view id, const core::TextArgs& args = {}) const { return parts.rules.texts.say(language, id, args); }
  std::string day(const std::string& iso) const {
    const auto date = core::parse_iso_date(iso);
    return date ? core::format_date(parts.rules.texts, language, *date) : iso;
  }
  const Json& said() const { return parts.act.said; }
  const Json& details() const { return parts.paper.meta.member("details"); }
  LetterLine line(std::string_view label, std::string value) const { return {say(label), std::move(value)}; }
  // What the person typed, if anything.
  void add_text(std::vector<LetterGroup>& groups, std::string_view member, std::string_view heading) const {
    const auto text = said().text(member);
    if (!text.empty()) groups.push_back({say(heading), {{{}, text}}});
  }
};

std::string person(const Json& one) { return one.text("name") + ", " + one.text("position"); }

std::string duty_id(const Json& duty) { return "letter.duty." + duty.string(); }

// Paragraph 13: the manager, who stands in for him, and for each duty its specialists.
std::vector<LetterGroup> responsibles(const Writer& writer) {
  const auto& said = writer.said();
  LetterGroup managers{writer.say("letter.managers"), {writer.line("letter.manager", person(said.member("manager"))),
                                                       writer.line("letter.stand_in", person(said.member("stand_in")))}};
  LetterGroup specialists{writer.say("letter.specialists"), {}};
  for (const auto& one : said.items("specialists")) {
    for (const auto& duty : one.items("duties")) specialists.lines.push_back(writer.line(duty_id(duty), person(one)));
  }
  return {managers, specialists};
}

std::string text_of(const Json& list, std::size_t at) { return at < list.array().size() && list.array()[at].is_string() ? list.array()[at].string() : std::string(); }

std::vector<LetterGroup> answered_items(const Writer& writer) {
  const auto& asked = writer.details().items("items");
  LetterGroup group{writer.say("letter.answered"), {}};
  for (const auto& item : writer.said().items("items")) {
    const auto at = static_cast<std::size_t>(item.integer());
    group.lines.push_back({writer.say("letter.item", {{"n", std::to_string(at + 1)}}), text_of(asked, at)});
  }
  std::vector<LetterGroup> groups;
  if (!group.lines.empty()) groups.push_back(std::move(group));
  writer.add_text(groups, "text", "letter.text");
  return groups;
}

// Each breach with its measures: what, until when, by whom (27).
std::vector<LetterGroup> plan(const Writer& writer) {
  const auto& breaches = writer.details().items("breaches");
  std::vector<LetterGroup> groups;
  for (const auto& one : writer.said().items("items")) {
    const auto breach = static_cast<std::size_t>(one.number("breach"));
    groups.push_back({writer.say("letter.breach", {{"n", std::to_string(breach + 1)}}),
                      {{writer.say("letter.breach_text"), text_of(breaches, breach)}, writer.line("letter.measure", one.text("measure")),
                       writer.line("letter.due", writer.day(one.text("due"))), writer.line("letter.executor", one.text("executor"))}});
  }
  for (const auto& [field, value] : writer.said().object()) {  // what the profile's plan holds besides
    if (value.is_string()) writer.add_text(groups, field, "letter.plan." + field);
  }
  return groups;
}

std::vector<LetterGroup> plan_item(const Writer& writer) {
  const auto& items = writer.details().items("items");
  const auto at = static_cast<std::size_t>(std::max<std::int64_t>(0, writer.said().number("item")));
  std::vector<LetterGroup> groups;
  if (at < items.size()) {
    groups.push_back({writer.say("letter.plan_item", {{"n", std::to_string(at + 1)}}),
                      {writer.line("letter.measure", items[at].text("measure")), writer.line("letter.due", writer.day(items[at].text("due"))),
                       writer.line("letter.executor", items[at].text("executor"))}});
  }
  writer.add_text(groups, "text", "letter.text");
  return groups;
}

std::vector<LetterGroup> groups_of(const Writer& writer) {
  std::vector<LetterGroup> groups;
  switch (writer.parts.act.act) {
    case BureauAct::letter: return responsibles(writer);
    case BureauAct::answer: return answered_items(writer);
    case BureauAct::submit_plan: return plan(writer);
    case BureauAct::report_item:
    case BureauAct::explain_item: return plan_item(writer);
    case BureauAct::ask_consent:
      return {{{}, {writer.line("letter.third_party", writer.said().text("third_party")), writer.line("letter.purpose", writer.said().text("purpose"))}}};
    case BureauAct::pass_on: return {{{}, {writer.line("letter.organs", writer.said().text("organs"))}}};
    case BureauAct::ask_extension: groups.push_back({{}, {writer.line("letter.new_due", writer.day(writer.said().text("due")))}}); break;
    default: break;
  }
  writer.add_text(groups, "reason", "letter.reason");
  writer.add_text(groups, "text", "letter.text");
  return groups;
}

// "objections" are to a report or to a protocol: each has its own title.
std::string title_id(const LetterParts& parts) {
  const std::string id = "letter.title." + std::string(core::to_text(parts.act.act));
  if (parts.act.act != BureauAct::object) return id;
  const auto kind = core::record_kind(parts.act.act, parts.paper.kind);
  return id + "." + std::string(kind.substr(0, kind.find('.')));
}

}  // namespace

core::paper::BureauLetter letter_content(const LetterParts& parts, core::Language language) {
  const Writer writer{parts, language};
  const auto& meta = parts.paper.meta;
  core::paper::BureauLetter content;
  content.paper_id = parts.act.filing;
  content.authority = meta.member("from").text(core::to_text(language));
  content.bureau = parts.staff.bureau_name;
  content.bin = parts.staff.bureau_bin;
  content.title = writer.say(title_id(parts), {{"n", meta.text("number")}});
  content.lead = writer.say("letter.about", {{"t", meta.member("title").text(core::to_text(language))}, {"n", meta.text("number")}, {"d", writer.day(meta.text("date"))}});
  content.date = parts.today;
  content.made_at = parts.rules.zone.instant(parts.today, 0, 0, 0);
  content.groups = groups_of(writer);
  for (const auto& file : parts.act.files) content.enclosures.push_back({file.ref.name, file.pages, file.ref.sha256});
  content.position = parts.staff.position;
  content.name = parts.staff.name;
  content.device = parts.device;
  return content;
}

}  // namespace qabyl::kiosk
