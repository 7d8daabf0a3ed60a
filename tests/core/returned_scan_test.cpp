// Scans of copies that came back on paper (paragraphs 10, 19): of which papers, what may stand in such a record, and who may
// keep sheets that are not the copy.
#include "core/cases/returned_scan.h"

#include "core/cases/judgement.h"
#include "tests/core/cases.h"
#include "tests/core/exploration.h"

using namespace qabyl::core;
using namespace qabyl::test;

namespace {

Json finding(const char* fault, int sheet, int page) { return Json::Object{{"fault", fault}, {"sheet", sheet}, {"page", page}}; }

Record scan(Json::Array findings = {}, const char* position = "clerk", int n = 20) {
  Json body = Json::Object{{"paper", id(13)}, {"body", to_hex(notice_paper)}, {"copy", 2}, {"sheets", 3}, {"date", "2026-11-23"},
                           {"signer", Json::Object{{"name", "Қ. Қызметкер"}, {"position", position}}}};
  if (!findings.empty()) body["reason"] = "екінші бет жоғалған, бюро хатымен растады";
  body["findings"] = std::move(findings);
  auto made = record(kind::copy_scan, n, id(11), std::move(body));
  made.docs = {{"returned-copy.pdf", 1000, digest("scan " + std::to_string(n)), "application/pdf"}};
  made.actor = {"officer", "O-1", "Қ. Қызметкер"};
  return made;
}
Record with(Record from, std::string_view member, Json value) {
  from.body[member] = std::move(value);
  return from;
}
std::string why(const std::vector<Record>& history, const Record& next) {
  const auto result = fold_inspection(history).apply(next);
  return result ? "" : result.error().detail;
}
const std::vector<Record> sent{assigned(), registered(), notice()};

// From the registration on: with remarks, whole, again, and wrong in each way.
Exploration<Inspection> every_scan() {
  const Json::Array missing{finding("missing", 0, 2)};
  auto none = scan();
  none.docs.clear();
  auto again = scan({finding("missing", 0, 2)}, "unit_head", 22);
  again.docs = scan({}, "clerk", 21).docs;
  const std::vector<Move> moves{{notice()}, {scan()}, {scan(missing, "unit_head", 21)}, {again}, {none, true, "scan.file"}, {with(scan(), "sheets", 2), true, "scan.findings"},
                                {with(scan(), "copy", 1), true, "scan.other_paper"}, {scan(missing, "clerk", 23), true, "signer.position"},
                                {with(scan(missing, "unit_head", 23), "reason", "қысқа"), true, "scan.reason"}};
  const auto key = [](const Inspection& one) {
    std::string text(to_text(one.notice.state));
    for (const auto& kept : one.scans) text += " " + kept.record;
    return text;
  };
  const auto name = [](const Inspection& one) { return std::string(to_text(one.notice.state)) + (one.scans.empty() ? "" : one.scans.back().whole() ? ", whole" : ", remarks"); };
  return explore(fold_inspection({assigned(), registered()}), moves, [](const Inspection& one, const Record& record) { return one.apply(record); }, key, name);
}

}  // namespace

namespace qabyl::test {
Refusals scan_refusals() { return every_scan().refusals; }
}  // namespace qabyl::test

TEST_CASE("scans of a returned copy: every state, every way between them, every guard", "[core][exploration][scan][par10][par19]") {
  const auto found = every_scan();
  CHECK(ways(found) == R"(
none -notice.send-> sent
sent -inspection.copy_scan-> sent, remarks sent, whole
sent, remarks -inspection.copy_scan-> sent, whole
)");
  CHECK(found.refusals.at(std::string(kind::copy_scan)) ==
        std::set<std::string>{"scan.already", "scan.file", "scan.findings", "scan.no_copy", "scan.other_paper", "scan.reason", "signer.position"});
  CHECK(found.accepted_wrongly.empty());
}

TEST_CASE("a scan of a whole copy is kept beside a notice that is out, and moves nothing", "[core][inspection][scan][par10][par19]") {
  const auto after = fold_inspection(sent).apply(scan());
  REQUIRE(after);
  REQUIRE(after->scans.size() == 1);
  CHECK(after->scans[0].whole());
  CHECK(after->scans[0].paper == id(13));
  CHECK(after->scans[0].file == digest("scan 20"));
  CHECK(after->notice.state == NoticeState::sent);
  CHECK(after->state == fold_inspection(sent).state);
  CHECK(papers_with_copies(*after) == std::vector<Id>{id(13)});
  CHECK(judge({sent, {}}, scan()).outcome == Outcome::accepted);
}

TEST_CASE("only of a paper of which copies went out, and over that very paper", "[core][inspection][scan][par10]") {
  CHECK(why({assigned(), registered()}, scan()) == "scan.no_copy");
  CHECK(papers_with_copies(fold_inspection({assigned(), registered()})).empty());
  CHECK(why(sent, with(scan(), "paper", id(11))) == "scan.no_copy");
  CHECK(why(sent, with(scan(), "paper", "")) == "scan.no_copy");
  CHECK(why(sent, with(scan(), "body", to_hex(digest("another")))) == "scan.other_paper");
  CHECK(why(sent, with(scan(), "copy", 1)) == "scan.other_paper");
  CHECK(why(sent, with(scan(), "date", "2026-11-24")) == "date.future");
  auto elsewhere = scan();
  elsewhere.device = "AL-03";
  CHECK(judge({sent, {}}, elsewhere).reason == "device.may_not");
}

TEST_CASE("what is said of the sheets must be possible: no scan is whole with other sheets than pages", "[core][inspection][scan][par10][par19]") {
  CHECK(why(sent, with(scan(), "sheets", 0)) == "scan.findings");
  CHECK(why(sent, with(scan(), "sheets", 301)) == "scan.findings");
  CHECK(why(sent, with(scan(), "sheets", 2)) == "scan.findings");
  CHECK(why(sent, with(scan(), "findings", "none")) == "scan.findings");
  const auto said = [](Json one) { return why(sent, scan({std::move(one)}, "unit_head")); };
  CHECK(said(finding("missing", 0, 2)) == "");
  CHECK(said(finding("doubled", 3, 1)) == "");
  CHECK(said(finding("unread", 1, 0)) == "");
  CHECK(said(finding("foreign", 1, 0)) == "");
  CHECK(said(finding("torn", 1, 0)) == "scan.findings");
  CHECK(said(finding("missing", 1, 2)) == "scan.findings");
  CHECK(said(finding("missing", 0, 4)) == "scan.findings");
  CHECK(said(finding("swapped", 4, 1)) == "scan.findings");
  CHECK(said(finding("swapped", 1, 0)) == "scan.findings");
  CHECK(said(finding("foreign", 1, 2)) == "scan.findings");
  CHECK(said(finding("unread", 0, 0)) == "scan.findings");
  CHECK(said("missing") == "scan.findings");
  CHECK(why(sent, scan({finding("missing", 0, 1), finding("missing", 0, 2), finding("missing", 0, 3), finding("unread", 1, 0), finding("unread", 2, 0), finding("unread", 3, 0), finding("unread", 3, 0)},
                       "unit_head")) == "scan.findings");
}

TEST_CASE("sheets that are not the copy are kept by who leads the unit alone, and with a reason", "[core][inspection][scan][par10][par19]") {
  const Json::Array missing{finding("missing", 0, 2)};
  for (const char* position : {"clerk", "executor", "group_head", "deputy", "first_head"}) CHECK(why(sent, scan(missing, position)) == "signer.position");
  for (const char* position : {"unit_head", "unit_deputy"}) CHECK(why(sent, scan(missing, position)) == "");
  CHECK(why(sent, scan({}, "first_head")) == "signer.position");
  CHECK(why(sent, with(scan(missing, "unit_head"), "reason", "")) == "scan.reason");
  CHECK(why(sent, with(scan(missing, "unit_head"), "reason", "он тоғыз таңба ғана")) == "scan.reason");
  CHECK(why(sent, with(scan(missing, "unit_head"), "reason", "бет жоғалған\u202E, бюро растады")) == "scan.reason");
}

TEST_CASE("one file, of a type that can be looked at; not the same twice, and none after a whole copy", "[core][inspection][scan][par10]") {
  auto none = scan(), two = scan(), tiff = scan();
  none.docs.clear();
  two.docs.push_back(two.docs[0]);
  tiff.docs[0].type = "image/tiff";
  for (const auto& one : {none, two, tiff}) CHECK(why(sent, one) == "scan.file");
  const auto remarks = scan({finding("missing", 0, 2)}, "unit_head", 21);
  auto history = sent;
  history.push_back(remarks);
  auto again = scan();
  again.docs = remarks.docs;
  CHECK(why(history, again) == "scan.already");
  CHECK(why(history, scan()) == "");
  history.push_back(scan());
  CHECK(why(history, scan({finding("missing", 0, 2)}, "unit_head", 23)) == "scan.already");
  CHECK(fold_inspection(history).scans.size() == 2);
}

TEST_CASE("findings are read as they were written", "[core][scan]") {
  const std::vector<SheetFinding> findings{{SheetFault::doubled, 3, 1}, {SheetFault::foreign, 4, 0}, {SheetFault::missing, 0, 2}};
  const auto read = findings_from_json(Json(Json::Object{{"findings", to_json(findings)}}), 4, 3);
  REQUIRE(read);
  CHECK(*read == findings);
  for (const auto fault : {SheetFault::missing, SheetFault::doubled, SheetFault::swapped, SheetFault::other_copy, SheetFault::foreign, SheetFault::unread}) CHECK(sheet_fault(to_text(fault)) == fault);
}
