// Scans of copies that came back on paper (paragraphs 10, 19): brought to the case, seen sheet by sheet beside what the copy
// should be, then kept or put aside. The pictures are ours, drawn from pixels of the sandbox; the file itself is
// offered like every stranger's document (O8). See console.h.
#include <algorithm>

#include "core/encoding.h"
#include "core/paper/paper.h"
#include "sync/registry/console/console.h"
#include "sync/registry/console/scan_pages.h"
#include "sync/registry/inspection_acts.h"
#include "sync/registry/returned_scans.h"

namespace qabyl::sync::registry {
namespace {

using core::SheetFault;

constexpr std::size_t picture_bytes_max = 16 * 1024 * 1024;
constexpr std::uint64_t sheet_number_max = core::scanned_sheets_max;
constexpr int looks_every_seconds = 2;

std::string count_of(const Page& page, std::string_view id, std::size_t n) { return page.say(id, {{"n", std::to_string(n)}}); }
// It names the paper too: when the scan is gone, kept or put aside by a colleague, the way leads there.
std::string scan_link(const core::Id& scan, const core::Id& paper) { return "/scan/" + scan + "?paper=" + paper; }
std::string small(std::string_view html) { return "<small>" + std::string(html) + "</small>"; }

// "Notice of inspection № 12, 21 November 2026".
std::string paper_words(const Page& page, const core::Inspection& inspection, const core::Id& record, const core::PaperOut& paper) {
  const char* what = inspection.summaries.count(record) != 0 ? "console.scan.paper.summary" : record == inspection.notice.sent_record ? "console.scan.paper.notice" : "console.scan.paper.extension";
  return page.say(what) + " №\u00A0" + escaped(paper.number) + ", " + escaped(page.day(core::iso_date(paper.date)));
}

bool sits(Seat seat, const Session& session, const CaseNow& now) { return position_in(seat, session.officer, session.role, now.inspection).has_value(); }

std::string tag_of(const Page& page, const PendingScan& scan) {
  if (!scan.look) return tag(Look::plain, page.say("console.scan.state.waiting"));
  if (!scan.look->problem.empty()) return tag(Look::bad, page.say("console.scan.state.unread"));
  return tag(Look::warn, page.say("console.scan.state.looked"));
}

std::string tag_of(const Page& page, const core::ReturnedScan& scan) {
  return scan.whole() ? tag(Look::ok, page.say("console.scan.state.whole")) : tag(Look::warn, page.say("console.scan.state.remarks"));
}

// What this paper waits for: the newest of what was kept and of what waits.
std::string newest_tag(const Page& page, const std::vector<PendingScan>& waiting, const core::Inspection& inspection, const core::Id& paper) {
  if (!waiting.empty()) return tag_of(page, waiting.back());
  for (auto one = inspection.scans.rbegin(); one != inspection.scans.rend(); ++one) {
    if (one->paper == paper) return tag_of(page, *one);
  }
  return tag(Look::plain, page.say("console.scan.state.none"));
}

std::string finding_line(const Page& page, const core::SheetFinding& finding) { return escaped(finding_words(page.texts(), page.language(), finding)); }

std::string finding_lines(const Page& page, const std::vector<core::SheetFinding>& findings) {
  std::string html;
  for (const auto& one : findings) html += small(finding_line(page, one));
  return html;
}

std::string tile(std::string_view css_class, std::string_view picture, std::string_view heading, std::string_view words_html) {
  return "<li class=\"" + std::string(css_class) + "\">" + std::string(picture) + "<b>" + std::string(heading) + "</b>" + std::string(words_html) + "</li>";
}

std::string sheet_tile(const Page& page, const PendingScan& scan, const std::string& folder, int number, const core::paper::SheetMatched& sheet) {
  const auto name = page.say("scan.sheet", {{"n", std::to_string(number)}});
  const auto words = escaped(sheet_words(page.texts(), page.language(), sheet));
  const std::string href = "/scan/" + scan.id + "/" + std::to_string(number);
  const bool drawn = core::sys::exists(sheet_path(folder, scan.id, number));
  const auto picture = drawn ? "<a href=\"" + href + "\"><img src=\"" + href + "\" alt=\"" + name + ": " + words + "\" loading=\"lazy\"></a>" : "<div class=\"gap\"></div>";
  return tile(sheet.fault ? "bad" : "ok", picture, name, tag(sheet.fault ? Look::bad : Look::ok, words));
}

// The sheets as they lie in the scan, then a gap for each page that none of them is.
std::string sheets(const Page& page, const PendingScan& scan, const std::string& folder) {
  const auto& matched = scan.look->matched;
  std::string html = "<ol class=\"sheets\">";
  for (std::size_t i = 0; i < matched.sheets.size(); ++i) html += sheet_tile(page, scan, folder, static_cast<int>(i) + 1, matched.sheets[i]);
  for (const int missing : matched.missing) {
    const core::SheetFinding gap{SheetFault::missing, 0, missing};
    html += tile("missing", "<div class=\"gap\">" + std::to_string(missing) + "</div>", page.say("scan.page", {{"n", std::to_string(missing)}}), tag(Look::bad, finding_line(page, gap)));
  }
  return html + "</ol>";
}

// In one line: everything fits, or how much does.
std::string verdict(const Page& page, const core::paper::CopyMatched& matched, const core::paper::CopyAwaited& awaited) {
  if (core::paper::findings_of(matched).empty()) return tag(Look::ok, escaped(whole_words(page.texts(), page.language(), awaited.copy, awaited.pages)));
  const auto fit = std::count_if(matched.sheets.begin(), matched.sheets.end(), [](const auto& one) { return !one.fault; });
  return tag(Look::bad, page.say("console.scan.differs", {{"k", std::to_string(fit)}, {"n", std::to_string(awaited.pages)}}));
}

std::string kept_list(const Page& page, const core::Inspection& inspection, const core::Id& paper) {
  std::string html;
  for (const auto& one : inspection.scans) {
    if (one.paper != paper) continue;
    html += "<li>" + link("/document?record=" + one.record + "&index=0", page.say("console.scan.kept_on", {{"date", page.day(core::iso_date(one.on))}})) + " " + tag_of(page, one) + small(escaped(one.by.name)) +
            finding_lines(page, one.findings) + (one.reason.empty() ? std::string() : "<div class=\"kept\">" + escaped(one.reason) + "</div>") + "</li>";
  }
  return html.empty() ? html : "<ul class=\"docs\">" + html + "</ul>";
}

}  // namespace

// Of every paper of which two copies went out; empty: there is none.
std::string Console::scan_card(const Page& page, const CaseNow& now) {
  std::string html;
  for (const auto& record : core::papers_with_copies(now.inspection)) {
    const auto paper = core::paper_with_copies(now.inspection, record);
    const auto waiting = scans_of(registry_, record);
    if (!paper || !waiting) continue;
    html += "<li>" + link("/scans/" + record, paper_words(page, now.inspection, record, *paper)) + small(count_of(page, "console.scan.sheets_are", static_cast<std::size_t>(paper->pages))) +
            newest_tag(page, *waiting, now.inspection, record) + "</li>";
  }
  return html.empty() ? html : "<p>" + page.say("console.scan.means") + "</p><ul class=\"docs\">" + html + "</ul>";
}

std::string scan_kept(const Page& page, const core::Record& record, const core::Inspection& inspection) {
  if (record.kind != core::kind::copy_scan) return {};
  const core::Id of(record.body.text("paper"));
  const auto paper = core::paper_with_copies(inspection, of);
  const auto findings = core::findings_from_json(record.body, static_cast<int>(record.body.number("sheets")), core::paper::pages_max);
  const auto what = (paper ? small(paper_words(page, inspection, of, *paper)) : std::string()) + small(count_of(page, "console.scan.sheets_are", static_cast<std::size_t>(record.body.number("sheets"))));
  if (!findings || findings->empty()) return what + tag(Look::ok, page.say("console.scan.state.whole"));
  return what + finding_lines(page, *findings) + small(page.say("console.scan.reason") + ": " + escaped(record.body.text("reason")));
}

Response Console::scans(const Visit& visit, const core::Id& paper, std::string_view problem) {
  const auto row = registry_.store.record(paper);
  if (!row || !*row || !may_open(visit, (*row)->case_id)) return missing(visit);
  const auto now = case_now(registry_, (*row)->case_id);
  const auto out = now ? core::paper_with_copies(now->inspection, paper) : std::nullopt;
  const auto waiting = scans_of(registry_, paper);
  if (!out || !waiting) return missing(visit);
  auto made = page(visit, Section::cases);
  made.crumb("/case/" + now->id, made.say("console.back.case"));
  made.title(made.say("console.scan.h"), paper_words(made, now->inspection, paper, *out));
  if (!problem.empty()) made.problem(why(made, problem));
  made.open("two").open("");
  const auto& all = now->inspection.scans;
  const bool whole = std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.paper == paper && one.whole(); });
  if (!whole && sits(Seat::keeper, *visit.session, *now)) {
    made.act("/scans/" + paper + "/bring", made.say("console.scan.bring"), made.say("console.law.inspection.copy_scan"),
             file_input("scan", made.say("console.scan.file"), made.say("console.scan.file.hint"), ".pdf,.jpg,.jpeg,.png"), true);
  }
  std::string list;
  for (const auto& one : *waiting) list += "<li>" + link(scan_link(one.id, paper), made.say("console.scan.brought_at") + " " + when(visit, one.at)) + " " + tag_of(made, one) + "</li>";
  if (!list.empty()) made.card(made.say("console.scan.waiting"), "<ul class=\"docs\">" + list + "</ul>");
  if (const auto kept = kept_list(made, now->inspection, paper); !kept.empty()) made.card(made.say("console.scan.kept"), kept);
  made.close().open("");
  made.card(made.say("console.scan.awaited"), facts({{made.say("console.scan.paper"), paper_words(made, now->inspection, paper, *out)},
                                                     {made.say("console.scan.copy"), "2"},
                                                     {made.say("console.scan.sheets"), std::to_string(out->pages)},
                                                     {"SHA-256", "<code>" + core::to_hex(out->paper) + "</code>"}}) +
                                                  "<p>" + made.say("console.scan.how") + "</p>");
  return made.close().close().response(problem.empty() ? 200 : 409);
}

Response Console::bring_scan(const Visit& visit, const core::Id& paper) {
  const auto row = registry_.store.record(paper);
  if (!row || !*row || !may_open(visit, (*row)->case_id)) return missing(visit);
  if (visit.form != nullptr && !visit.form->problem.empty()) return scans(visit, paper, visit.form->problem);
  if (visit.form == nullptr || !visit.form->file) return scans(visit, paper, "scan.none");
  const auto now = case_now(registry_, (*row)->case_id);
  if (!now) return missing(visit);
  const auto taken = take_scan(registry_, *now, paper, *visit.session, *visit.form->file, visit.now);
  return taken ? redirect(scan_link(*taken, paper)) : scans(visit, paper, taken.error().detail);
}

// One scan: what was seen on its sheets, and what can be done with it.
Response Console::scan(const Visit& visit, const core::Id& id, std::string_view problem) {
  const auto found = pending_scan(registry_, id);
  const core::Id named(visit.request.query("paper"));
  if (found && !*found && core::valid_id(named)) return redirect("/scans/" + named);
  if (!found || !*found || !may_open(visit, (*found)->case_id)) return missing(visit);
  const PendingScan& one = **found;
  const auto now = case_now(registry_, one.case_id);
  const auto paper = now ? core::paper_with_copies(now->inspection, one.paper) : std::nullopt;
  if (!paper) return missing(visit);
  auto made = page(visit, Section::cases);
  made.crumb("/scans/" + one.paper, made.say("console.scan.h")).title(made.say("console.scan.seen"), paper_words(made, now->inspection, one.paper, *paper));
  if (!problem.empty()) made.problem(why(made, problem));
  const auto refused = problem.empty() ? 200 : 409;
  if (!one.look) {
    made.card(made.say("console.scan.state.waiting"), "<p role=\"status\">" + made.say("console.scan.wait") + "</p><p>" + link(scan_link(id, one.paper), made.say("console.scan.look")) + "</p>");
    return made.again(looks_every_seconds).response(refused);
  }
  if (problem.empty() && !noted(visit, "scan.read", one.paper)) return made.problem(made.say("console.failed")).response(500);
  made.pictures().open("two").open("");
  if (!one.look->problem.empty()) {
    made.card(made.say("console.scan.state.unread"), "<p>" + escaped(scan_problem_words(made.texts(), made.language(), one.look->problem)) + "</p><form method=\"post\" action=\"/scan/" + id + "/again\">" + made.csrf() +
                                                       hidden("paper", one.paper) + button(made.say("console.scan.again"), {}, "plain") + "</form>");
  } else made.card(made.say("console.scan.found"), "<p>" + verdict(made, one.look->matched, copy_awaited(one.paper, *paper)) + "</p>" + sheets(made, one, registry_.folder));
  made.close().open("");
  scan_decisions(made, visit, one, *now);
  made.card(made.say("console.scan.file"), facts({{made.say("console.type"), escaped(one.type)}, {made.say("console.bytes"), std::to_string(one.bytes)}, {made.say("console.scan.brought_at"), when(visit, one.at)},
                                                  {"SHA-256", "<code>" + core::to_hex(one.sha256) + "</code>"}}));
  return made.close().close().response(refused);
}

// Everything fits: one button. Something does not: only who leads the unit may keep it, with a tick and a reason.
void Console::scan_decisions(Page& made, const Visit& visit, const PendingScan& scan, const CaseNow& now) const {
  const bool readable = scan.look && scan.look->problem.empty();
  const bool whole = readable && core::paper::findings_of(scan.look->matched).empty();
  const std::string here = "/scan/" + scan.id, named = hidden("paper", scan.paper), law = made.say("console.law.inspection.copy_scan");
  const std::string password = input("password", made.say("console.password.again"), "password");
  if (whole && sits(Seat::keeper, *visit.session, now)) made.act(here + "/keep", made.say("console.scan.keep"), law, named + password);
  if (readable && !whole && sits(Seat::unit_leader, *visit.session, now)) {
    made.act(here + "/keep", made.say("console.scan.keep_all_the_same"), law,
             tick("all_the_same", "1", made.say("console.scan.tick"), visit.fields.ticked("all_the_same")) +
                 text_area("reason", made.say("console.scan.reason"), made.say("console.scan.reason.hint", {{"n", std::to_string(core::scan_reason_chars_min)}}), visit.fields.text("reason")) + named + password);
  } else if (readable && !whole) made.card(made.say("console.scan.keep_all_the_same"), "<p>" + made.say("console.scan.leader_only") + "</p>");
  if (!sits(Seat::keeper, *visit.session, now)) return;
  made.card(made.say("console.scan.put_aside"), "<p>" + made.say("console.scan.put_aside.hint") + "</p><form method=\"post\" action=\"" + here + "/put_aside\">" + made.csrf() + named +
                                                  button(made.say("console.scan.put_aside"), {}, "plain") + "</form>");
}

// One that is gone was kept or put aside meanwhile: the page of its paper says by whom.
Response Console::decide_scan(const Visit& visit, const core::Id& id, std::string_view what) {
  const auto found = pending_scan(registry_, id);
  if (!found) return missing(visit);
  if (!*found) {
    const core::Id paper = visit.fields.text("paper");
    return core::valid_id(paper) ? scans(visit, paper, "scan.gone") : missing(visit);
  }
  const PendingScan one = **found;
  const auto now = may_open(visit, one.case_id) ? case_now(registry_, one.case_id) : core::Result<CaseNow>(core::Error{core::ErrorCode::forbidden, ""});
  if (!now) return missing(visit);
  if (what == "again" || what == "put_aside") {
    const auto done = what == "again" ? look_again(registry_, *now, one, *visit.session) : put_scan_aside(registry_, *now, one, *visit.session, visit.now);
    if (!done) return scan(visit, id, done.error().detail);
    return redirect(what == "again" ? scan_link(id, one.paper) : "/scans/" + one.paper);
  }
  if (what != "keep") return missing(visit);
  const bool remarks = one.look && !core::paper::findings_of(one.look->matched).empty();
  if (remarks && !visit.fields.ticked("all_the_same")) return scan(visit, id, "scan.tick");
  const auto kept = with_password(visit, [&](const OpenOfficer& officer) -> core::Status {
    QABYL_TRY(record, keep_scan(registry_, officer, *now, one, visit.fields.paragraph("reason"), visit.now));
    return core::Done{};
  });
  return kept ? redirect("/case/" + one.case_id) : scan(visit, id, kept.error().detail);
}

// Drawn from pixels that the sandbox gave: PNG of our own making, and nothing else of the file.
Response Console::sheet_picture(const Visit& visit, const core::Id& id, std::string_view sheet) {
  const auto found = pending_scan(registry_, id);
  const auto number = parse_decimal(sheet);
  if (!found || !*found || !may_open(visit, (*found)->case_id) || !number || *number < 1 || static_cast<std::uint64_t>(*number) > sheet_number_max) return missing(visit);
  const auto png = core::sys::read_file(sheet_path(registry_.folder, id, static_cast<int>(*number)), picture_bytes_max);
  if (!png) return missing(visit);
  Response response;
  response.set("Content-Type", "image/png");
  response.set("Content-Security-Policy", "sandbox; default-src 'none'");
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Cross-Origin-Resource-Policy", "same-origin");
  response.set("Cache-Control", "no-store");
  response.body.assign(png->begin(), png->end());
  return response;
}

}  // namespace qabyl::sync::registry
