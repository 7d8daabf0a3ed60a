// See assignment_fields.h.
#include "sync/registry/console/assignment_fields.h"

#include <algorithm>

#include "sync/registry/console/style.h"
#include "sync/registry/powers.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;

constexpr int particulars = 11;

std::string joined(const Json::Array& lines) {
  std::string text;
  for (const auto& line : lines) {
    if (line.is_string()) text += (text.empty() ? "" : "\n") + line.string();
  }
  return text;
}

Json::Array array_of(const std::vector<std::string>& lines) { return {lines.begin(), lines.end()}; }

const core::ParticularFinding* finding_of(const AssignmentForm& form, int number) {
  for (const auto& finding : form.findings) {
    if (finding.particular == number) return &finding;
  }
  return nullptr;
}

std::string part(const Page& page, const AssignmentForm& form, int number, const std::string& controls) {
  const auto* finding = form.judged ? finding_of(form, number) : nullptr;
  const bool good = finding_of(form, number) == nullptr;
  const std::string why = finding != nullptr ? "<p class=\"why\">" + page.say("reason." + finding->code) + "</p>" : std::string();
  const std::string mark = finding != nullptr ? std::string(icon_warning) : good ? std::string(icon_check) : std::string();
  return "<div class=\"part" + std::string(finding != nullptr ? " bad" : "") + "\"><b>" + std::to_string(number) + "</b><div>" + controls + why +
         "</div><span class=\"mark" + (finding != nullptr ? " bad" : "") + "\">" + mark + "</span></div>";
}

// Particulars that are given, not typed.
std::string given(const Page& page, const char* label, const std::string& html) {
  return "<span class=\"law\">" + page.say(label) + "</span><p class=\"given\">" + html + "</p>";
}

std::string officer_of(const Json& official) { return official.text("officer"); }

std::string head_of_group(const Json& body) {
  for (const auto& one : body.items("officials")) {
    if (one.flag("head")) return officer_of(one);
  }
  return {};
}

bool is_member(const Json& body, const std::string& officer) {
  const auto& list = body.items("officials");
  return std::any_of(list.begin(), list.end(), [&](const Json& one) { return !one.flag("head") && officer_of(one) == officer; });
}

std::string officials(const Page& page, const AssignmentForm& form) {
  Options heads{{"", page.plain("console.assignment.choose")}};
  std::string members = "<fieldset><legend>" + page.say("console.assignment.members") + "</legend>";
  for (const auto& one : form.officers) {
    heads.emplace_back(one.id, one.name + ", " + one.position);
    members += tick("member", one.id, escaped(one.name), is_member(form.body, one.id));
  }
  return select("head", page.say("console.assignment.head"), heads, head_of_group(form.body)) + members + "</fieldset>";
}

std::string kinds(const Page& page, const AssignmentForm& form) {
  Options options{{"", page.plain("console.assignment.choose")}};
  for (const auto& kind : form.kinds) options.emplace_back(kind, page.plain("paper.kind." + kind));
  return select("kind", page.say("console.assignment.kind"), options, form.body.text("inspection_kind"));
}

std::string date_input(std::string_view name, const std::string& label, const std::string& value) {
  return "<label>" + label + "<input name=\"" + std::string(name) + "\" type=\"date\" value=\"" + escaped(value) + "\"></label>";
}

std::string term(const Page& page, const AssignmentForm& form) {
  const Json& dates = form.body.member("term");
  const std::string latest = form.latest_end.empty() ? std::string() : "<small class=\"law\">" + page.say("console.assignment.latest", {{"date", form.latest_end}}) + "</small>";
  return "<div class=\"pair\">" + date_input("start", page.say("console.assignment.start"), dates.text("start")) +
         date_input("end", page.say("console.assignment.end"), dates.text("end")) + "</div>" + latest;
}

std::string period(const Page& page, const AssignmentForm& form) {
  const Json& dates = form.body.member("period");
  return "<div class=\"pair\">" + date_input("from", page.say("console.assignment.from"), dates.text("from")) +
         date_input("to", page.say("console.assignment.to"), dates.text("to")) + "</div>" +
         tick("period_waived", "1", page.say("console.assignment.waived"), form.body.flag("period_waived"));
}

std::string paper_line(const AssignmentForm& form, int number, const std::string& label, const std::string& value) {
  const bool bad = form.judged && finding_of(form, number) != nullptr;
  return std::string("<p") + (bad ? " class=\"bad\"" : "") + "><b>" + std::to_string(number) + ".</b> " + label + ": " + (value.empty() ? "—" : escaped(value)) + "</p>";
}

std::string names(const Page& page, const Json& body) {
  std::string text;
  for (const auto& one : body.items("officials")) {
    text += (text.empty() ? "" : ", ") + one.text("name") + (one.flag("head") ? " (" + page.plain("console.assignment.head.short") + ")" : std::string());
  }
  return text;
}

std::string span(const Page& page, const Json& dates, std::string_view from, std::string_view to) {
  return dates.text(from).empty() && dates.text(to).empty() ? std::string() : page.day(dates.text(from)) + " – " + page.day(dates.text(to));
}

}  // namespace

bool may_inspect(std::string_view role) { return role == role::inspector || leads_unit(role) || role == role::clerk; }

core::Json assignment_body(const core::Json& before, const Fields& fields, const std::vector<OfficerLine>& officers) {
  Json body;
  for (const char* kept : {"bureau", "profile", "small_business"}) {
    if (const Json* member = before.find(kept)) body[kept] = *member;
  }
  const auto head = fields.text("head");
  const auto members = fields.texts("member");
  Json::Array officials;
  for (const auto& one : officers) {
    const bool leads = one.id == head, takes_part = std::find(members.begin(), members.end(), one.id) != members.end();
    if (leads || takes_part) officials.push_back(Json::Object{{"name", one.name}, {"officer", one.id}, {"head", leads}});
  }
  body["officials"] = std::move(officials);
  body["inspection_kind"] = fields.text("kind");
  body["subject"] = fields.text("subject");
  body["term"] = Json::Object{{"start", fields.text("start")}, {"end", fields.text("end")}};
  body["ground"] = fields.text("ground");
  if (fields.ticked("period_waived")) body["period_waived"] = true;
  else body["period"] = Json::Object{{"from", fields.text("from")}, {"to", fields.text("to")}};
  body["past_inspections"] = array_of(fields.lines("past"));
  body["past_confirmed"] = fields.ticked("past_confirmed");
  body["protocol_powers"] = array_of(fields.lines("powers"));
  if (fields.ticked("powers_none")) body["protocol_powers_none"] = true;
  return body;
}

std::string particular_fields(const Page& page, const AssignmentForm& form) {
  const Json& body = form.body;
  const Json& bureau = body.member("bureau");
  std::string html = "<div class=\"parts\">";
  html += part(page, form, 1, given(page, "console.assignment.authority", escaped(form.authority) + ". " + page.say("console.assignment.at_signature")));
  html += part(page, form, 2, given(page, "console.assignment.journal", page.say("console.assignment.at_signature")));
  html += part(page, form, 3, officials(page, form));
  html += part(page, form, 4, given(page, "console.assignment.bureau", escaped(bureau.text("name") + ", " + bureau.text("location")) + "<br>" +
                                                                           page.say("console.bin") + " " + escaped(core::format_bin(bureau.text("bin"))) +
                                                                           (body.flag("small_business") ? "<br>" + page.say("console.smallbiz") : std::string())));
  html += part(page, form, 5, kinds(page, form));
  html += part(page, form, 6, text_area("subject", page.say("console.subject"), "", body.text("subject")));
  html += part(page, form, 7, term(page, form));
  html += part(page, form, 8, text_area("ground", page.say("console.assignment.ground"), "", body.text("ground")));
  html += part(page, form, 9, period(page, form));
  html += part(page, form, 10, text_area("past", page.say("console.assignment.past"), page.say("console.assignment.past.hint"), joined(body.items("past_inspections"))) +
                                   tick("past_confirmed", "1", page.say("console.assignment.past.confirmed"), body.flag("past_confirmed")));
  html += part(page, form, 11, text_area("powers", page.say("console.assignment.powers"), page.say("console.assignment.powers.hint"), joined(body.items("protocol_powers"))) +
                                   tick("powers_none", "1", page.say("console.assignment.powers.none"), body.flag("protocol_powers_none")));
  return html + "</div>";
}

std::string progress(const AssignmentForm& form) {
  std::string html = "<div class=\"pills\" aria-hidden=\"true\">";
  for (int number = 1; number <= particulars; ++number) {
    const bool good = finding_of(form, number) == nullptr;
    html += std::string("<i") + (good ? " class=\"ok\"" : form.judged ? " class=\"bad\"" : "") + "></i>";
  }
  return html + "</div>";
}

std::string assignment_paper(const Page& page, const AssignmentForm& form) {
  const Json& body = form.body;
  const Json& bureau = body.member("bureau");
  const auto kind = body.text("inspection_kind");
  const auto kind_text = page.knows("paper.kind." + kind) ? page.plain("paper.kind." + kind) : kind;
  std::string html = "<div class=\"paper\"><h3>" + page.say("console.assignment") + "</h3>";
  html += paper_line(form, 1, page.say("console.assignment.authority"), form.authority);
  html += paper_line(form, 3, page.say("console.assignment.officials"), names(page, body));
  html += paper_line(form, 4, page.say("console.assignment.bureau"), bureau.text("name") + ", " + bureau.text("location") + ", " + page.plain("console.bin") + " " + core::format_bin(bureau.text("bin")));
  html += paper_line(form, 5, page.say("console.assignment.kind"), kind_text);
  html += paper_line(form, 6, page.say("console.subject"), body.text("subject"));
  html += paper_line(form, 7, page.say("console.term"), span(page, body.member("term"), "start", "end"));
  html += paper_line(form, 8, page.say("console.assignment.ground"), body.text("ground"));
  html += paper_line(form, 9, page.say("console.assignment.period"), body.flag("period_waived") ? page.plain("console.assignment.waived") : span(page, body.member("period"), "from", "to"));
  html += paper_line(form, 10, page.say("console.assignment.past"), body.items("past_inspections").empty() ? page.plain("console.assignment.none") : joined(body.items("past_inspections")));
  html += paper_line(form, 11, page.say("console.assignment.powers"), body.flag("protocol_powers_none") ? page.plain("console.assignment.none") : joined(body.items("protocol_powers")));
  return html + "</div>";
}

}  // namespace qabyl::sync::registry
