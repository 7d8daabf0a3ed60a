// The register of licences, and what the page of one licence shows beside its time line: every form ever issued, newest
// first, and its suspensions (paragraphs 2, 4-6, 29). See console.h.
#include <algorithm>

#include "core/encoding.h"
#include "core/paper/qr.h"
#include "sync/registry/console/console.h"
#include "sync/registry/console/style.h"
#include "sync/registry/licence_acts.h"

namespace qabyl::sync::registry {
namespace {

Look look_of(std::string_view state) {
  if (state == "active") return Look::ok;
  return state == "suspended" ? Look::warn : state == "deprived" ? Look::bad : Look::plain;
}

// The record that issued the form: its document is the form.
std::string paper_link(const Page& page, const CaseNow& now, const core::PaperOut& paper) {
  for (const auto& record : now.history) {
    if (record.docs.empty() || record.docs.front().sha256 != paper.paper) continue;
    return link("/document?record=" + record.id + "&index=0", page.say("console.form.paper"));
  }
  return {};
}

std::string suspension_line(const Page& page, const CaseNow& now, const core::Suspension& one) {
  const auto say_day = [&](std::string_view id, core::Date day) { return page.say(id, {{"date", page.day(core::iso_date(day))}}); };
  std::string html = "<li><b>№ " + escaped(one.paper.number) + ", " + escaped(page.day(core::iso_date(one.paper.date))) + "</b><small>" +
                     page.say("console.suspension_ground." + one.ground) + "; " + page.say("console.suspension.months", {{"n", std::to_string(one.months)}}) + "</small>";
  if (!one.receipt) return html + tag(Look::warn, page.say("console.suspension.waits")) + "</li>";
  html += "<small>" + say_day(one.receipt->refused ? "console.suspension.refused" : "console.suspension.received", one.receipt->on) + "</small>";
  if (one.lifted) return html + tag(Look::ok, page.say("console.suspension.lifted")) + "</li>";
  const bool runs = now.licence.state == core::LicenceState::suspended && one.term;
  return html + (runs ? tag(Look::warn, say_day("console.suspension.until", one.term->due)) : std::string()) + "</li>";
}

// The symbol as one path of squares: no script, no picture from elsewhere, sharp on paper.
std::string qr_svg(const core::paper::QrMatrix& qr) {
  constexpr int quiet = core::paper::qr_quiet_modules;
  std::string path;
  for (int y = 0; y < qr.size; ++y) {
    for (int x = 0; x < qr.size; ++x) {
      if (qr.dark(x, y)) path += "M" + std::to_string(x + quiet) + " " + std::to_string(y + quiet) + "h1v1h-1z";
    }
  }
  const std::string side = std::to_string(qr.size + 2 * quiet);
  return "<svg class=\"qr\" viewBox=\"0 0 " + side + " " + side + "\" shape-rendering=\"crispEdges\" aria-hidden=\"true\"><rect width=\"" + side + "\" height=\"" + side +
         "\" fill=\"#fff\"/><path d=\"" + path + "\"/></svg>";
}

std::string forms_of_extract(const Page& page, const core::Licence& licence) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : licence.forms) {
    rows.push_back({"№ " + escaped(one.paper.number), page.say("console.form." + std::string(core::to_text(one.sort))), escaped(page.day(core::iso_date(one.paper.date))),
                    page.say(one.valid ? "console.form.valid" : "console.form.void")});
  }
  return table({page.say("console.form.number"), page.say("console.form.sort"), page.say("console.licences.issued"), page.say("console.state")}, rows);
}

}  // namespace

std::string extract_code(const core::Licence& licence, std::string_view state, const core::Digest& newest_record) {
  return "QBL1:" + licence.number + ":" + licence.holder_bin + ":" + licence.forms.back().paper.number + ":" + std::string(state) + ":" + core::to_hex(newest_record);
}

std::string Console::licence_table(const Page& page, const Visit& visit, const std::vector<LicenceLine>& lines) const {
  if (lines.empty()) return "<p>" + page.say("console.licences.none") + "</p>";
  const bool opens = reach(visit.session->role) == Reach::all;
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : lines) {
    const auto holder = opens ? link("/case/" + one.case_id, escaped(one.holder)) : escaped(one.holder);
    rows.push_back({"<code>" + escaped(one.number) + "</code>", holder + "<small>" + page.say("console.bin") + " " + escaped(core::format_bin(one.holder_bin)) + "</small>",
                    escaped(page.day(one.issued_on)), page.say("console.licences.no_end"), tag(look_of(one.state), page.say("console.state." + one.state)),
                    page.say("console.rec." + one.change) + "<small>" + escaped(page.day(one.changed_on)) + "</small>",
                    opens ? link("/extract?case=" + one.case_id, page.say("console.extract")) : std::string()});
  }
  return table({page.say("console.licences.number"), page.say("console.licences.holder"), page.say("console.licences.issued"), page.say("console.licences.term"),
                page.say("console.state"), page.say("console.licences.change"), page.say("console.extract")}, rows);
}

// For a licence from before Qabyl, with a scan of its form; what was typed stays when the office refuses, the file must be
// chosen again.
Response Console::old_licence(const Visit& visit, std::string_view problem) {
  if (!may(visit.session->role, Power::enter_licence)) return forbidden(visit);
  auto made = page(visit, Section::licences);
  made.crumb("/licences", made.say("console.licences.h"));
  made.title(made.say("console.licence_enter"), made.say("console.licence_enter.hint"));
  if (!problem.empty()) made.problem(why(made, problem));
  const auto line = [&](const char* name, const char* label, const char* type = "text") { return input(name, made.say(label), type, visit.fields.text(name)); };
  const std::string licence = line("number", "console.licences.number") + line("form_number", "console.form.number") + line("issued_on", "console.licences.issued", "date") + line("decision", "console.field.old_decision");
  const std::string holder = line("bin", "console.bin") + line("name", "console.licences.holder") + line("address", "console.licences.address") + line("head", "console.field.holder_head");
  made.act("/licence_enter", made.say("console.licence_enter"), {},
           "<div class=\"halves\"><div>" + licence + "</div><div>" + holder + "</div></div>" + file_input("scan", made.say("console.licence_scan"), made.say("console.licence_scan.hint")) +
               input("password", made.say("console.password.again"), "password"), true);
  return made.response();
}

Response Console::enter_licence(const Visit& visit) {
  if (!may(visit.session->role, Power::enter_licence)) return forbidden(visit);
  const auto& fields = visit.fields;
  const OldLicence old{fields.text("number"), fields.text("form_number"), fields.text("issued_on"), fields.paragraph("decision"),
                       fields.text("bin"), fields.paragraph("name"), fields.paragraph("address"), fields.paragraph("head")};
  if (visit.form != nullptr && !visit.form->problem.empty()) return old_licence(visit, visit.form->problem);
  core::Id entered;
  const auto done = with_password(visit, [&](const OpenOfficer& officer) -> core::Status {
    std::optional<core::DocumentRef> scan;
    if (visit.form != nullptr && visit.form->file) {
      QABYL_TRY(kept, keep_form_file(registry_, *visit.form->file, "licence-scan", visit.now));
      scan = kept;
    }
    QABYL_TRY(id, enter_old_licence(registry_, officer, old, scan, visit.now));
    entered = id;
    return core::Done{};
  });
  return done ? redirect("/case/" + entered) : old_licence(visit, done.error().detail);
}

Response Console::licences(const Visit& visit) {
  if (reach(visit.session->role) == Reach::none) return forbidden(visit);
  auto made = page(visit, Section::licences);
  made.title(made.say("console.licences.h"), made.say("console.licences.sub"));
  auto lines = licence_lines(registry_, licence_query(visit, page_rows + 1));  // one more: is there an older page?
  if (!lines) return made.problem(made.say("console.failed")).response(500);
  const std::string asked = percent_decoded(visit.request.query("q"));
  if (!asked.empty() && !noted(visit, "list.read", "licences " + asked)) return made.problem(made.say("console.failed")).response(500);
  made.add("<form class=\"bar\" method=\"get\" action=\"/licences\" role=\"search\">" + input("q", made.say("console.licences.find"), "search", asked) + button(made.say("console.search")) + "</form>");
  const bool more = lines->size() > page_rows;
  if (more) lines->pop_back();
  made.card(made.say("console.licences"), licence_table(made, visit, *lines));
  const std::string kept = asked.empty() ? std::string() : "&q=" + percent_encoded(asked);
  const std::string older = more ? link("/licences?before=" + std::to_string(lines->back().n) + kept, made.say("console.older")) : std::string();
  const std::string enter = may(visit.session->role, Power::enter_licence) ? link("/licence_enter", made.say("console.licence_enter")) : std::string();
  made.add("<p class=\"bar\">" + older + link("/licences.csv?" + (kept.empty() ? kept : kept.substr(1)), made.say("console.export.csv")) + enter + "</p>");
  return made.response();
}

// One line of the register for the hand: made to be printed. Its code names the state and the record behind it, so that
// whoever holds the sheet can ask about it. A read of the register, and audited as one (O3).
Response Console::licence_extract(const Visit& visit) {
  const core::Id id(visit.request.query("case"));
  if (!core::valid_id(id) || reach(visit.session->role) != Reach::all) return missing(visit);
  const auto now = case_now(registry_, id);
  if (!now || now->licence.state == core::LicenceState::none || now->licence.state == core::LicenceState::entered || now->licence.state == core::LicenceState::rejected) return missing(visit);
  const auto newest = registry_.store.record(now->history.back().id);
  if (!newest || !*newest) return missing(visit);
  const auto& licence = now->licence;
  const std::string state(core::to_text(licence.state));  // what it is, not what somebody proposes
  const auto qr = core::paper::qr_matrix(extract_code(licence, state, (*newest)->digest));
  if (!qr || !registry_.store.audit(visit.session->officer, "licence.extract", id, "done", visit.now)) return missing(visit);
  auto made = page(visit, Section::licences);
  made.crumb("/licences", made.say("console.licences.h"));
  made.title(made.say("console.extract.h"), made.say("console.extract.sub"));
  std::vector<std::pair<std::string, std::string>> rows{{made.say("console.licences.number"), "<b>" + escaped(licence.number) + "</b>"},
                                                        {made.say("console.licences.holder"), escaped(licence.holder.text("name"))},
                                                        {made.say("console.bin"), escaped(core::format_bin(licence.holder_bin))},
                                                        {made.say("console.licences.address"), escaped(licence.holder.text("address"))},
                                                        {made.say("console.licences.term"), made.say("console.licences.no_end")},
                                                        {made.say("console.state"), tag(look_of(state), made.say("console.state." + state))}};
  made.add("<section class=\"card extract\"><div>" + facts(rows) + "</div>" + qr_svg(*qr) + "</section>");
  made.card(made.say("console.forms"), forms_of_extract(made, licence));
  return made.add("<p class=\"law\">" + escaped(authority_name(registry_).in(visit.language)) + ". " + escaped(visit.session->name) + ", " + when(visit, visit.now) + "</p>").response();
}

LicenceQuery Console::licence_query(const Visit& visit, std::size_t rows_max) const {
  LicenceQuery query;
  query.words = percent_decoded(visit.request.query("q").substr(0, licence_words_bytes_max));
  if (const auto before = parse_decimal(visit.request.query("before"))) query.before = static_cast<std::int64_t>(*before);
  query.rows_max = rows_max;
  return query;
}

std::string Console::licence_forms_table(const Page& page, const CaseNow& now) const {
  std::vector<std::vector<std::string>> rows;
  const auto& forms = now.licence.forms;
  for (auto one = forms.rbegin(); one != forms.rend(); ++one) {
    const auto delivered = one->delivered_on ? (one->delivered_to.empty() ? page.say("console.form.before") : escaped(one->delivered_to)) + "<small>" + escaped(page.day(core::iso_date(*one->delivered_on))) + "</small>" : page.say("console.form.waits");
    rows.push_back({"№\u00A0" + escaped(one->paper.number) + "<small>" + paper_link(page, now, one->paper) + "</small>",
                    page.say("console.form." + std::string(core::to_text(one->sort))) + "<small>" + escaped(one->reason) + "</small>", escaped(page.day(core::iso_date(one->paper.date))), delivered,
                    one->valid ? tag(Look::ok, page.say("console.form.valid")) : tag(Look::bad, page.say("console.form.void"))});
  }
  return table({page.say("console.form.number"), page.say("console.form.sort"), page.say("console.licences.issued"), page.say("console.form.delivered"), page.say("console.state")}, rows);
}

// Who holds it; suspensions, newest first; the warning of Article 13.
std::string Console::licence_notes(const Page& page, const Visit& visit, const CaseNow& now) const {
  const auto& licence = now.licence;
  std::vector<std::pair<std::string, std::string>> rows{{page.say("console.licences.number"), "<code>" + escaped(licence.number) + "</code>"},
                                                        {page.say("console.licences.holder"), escaped(licence.holder.text("name"))},
                                                        {page.say("console.bin"), escaped(core::format_bin(licence.holder_bin))},
                                                        {page.say("console.licences.address"), escaped(licence.holder.text("address"))},
                                                        {page.say("console.licences.term"), page.say("console.licences.no_end")}};
  if (licence.entry) rows.emplace_back(page.say("console.field.old_decision"), escaped(licence.entry->decision) + "<small>" + page.say("console.licence_entry.by", {{"name", licence.entry->by.name}}) + "</small>");
  if (licence.entry) rows.emplace_back(page.say("console.licence_scan"), now.history.front().docs.empty() ? page.say("console.licence_scan.none") : link("/document?record=" + now.history.front().id + "&index=0", page.say("console.licence_scan.look")));
  if (licence.state == core::LicenceState::rejected) rows.emplace_back(page.say("console.field.reason"), escaped(licence.end_reason));
  if (licence.state == core::LicenceState::ended) rows.emplace_back(page.say("console.licences.why_ended"), page.say("console.ended." + licence.end_reason));
  if (licence.state == core::LicenceState::deprived) rows.emplace_back(page.say("console.licences.why_ended"), escaped(licence.end_reason));
  if (licence.proposal) {
    rows.emplace_back(page.say("console.suspension.proposed"), page.say("console.suspension_ground." + licence.proposal->ground) + "; " +
                                                                   page.say("console.suspension.months", {{"n", std::to_string(licence.proposal->months)}}) + "<small>" + escaped(licence.proposal->by.name) + "</small>");
  }
  if (licence.end_proposal) rows.emplace_back(page.say("console.end.proposed"), page.say("console.ended." + licence.end_proposal->why) + "<small>" + escaped(licence.end_proposal->by.name) + "</small>");
  std::string html = facts(rows);
  if (licence.repeatedly_suspended(registry_.assets.zone.local(visit.now).date)) html += "<p class=\"note\">" + page.say("console.suspension.repeated") + "</p>";
  if (licence.suspensions.empty()) return html;
  html += "<h2>" + page.say("console.suspensions") + "</h2><ul class=\"docs\">";
  for (auto one = licence.suspensions.rbegin(); one != licence.suspensions.rend(); ++one) html += suspension_line(page, now, *one);
  return html + "</ul>";
}

}  // namespace qabyl::sync::registry
