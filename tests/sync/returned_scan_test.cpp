// Scans of copies that came back on paper, at the console (paragraphs 10, 19; issue 4, line 6): brought, seen sheet by sheet, kept
// by who may, or put aside. What the sheets say is told to the office here as its matcher would; the sandbox itself and real
// sheets stand in life/scanned_copy_test.cpp.
#include "sync/registry/returned_scans.h"

#include "core/cases/returned_scan.h"
#include "core/sys/clock.h"
#include "sync/registry/scan_matcher.h"
#include "sync/verify/bundle_check.h"
#include "tests/sync/story.h"

using namespace qabyl;
using namespace qabyl::test;
using core::SheetFault;

namespace {

const std::string scan_bytes = "%PDF-1.4 a scan \x01\r\n--\r\n" + std::string(70'000, 'x');
constexpr const char* good_reason = "2-бетті бюро жоғалтқан, хатымен растады";

struct ScanDesk {
  Story story;
  core::Id notice{story.desk.secrets.text("notice")};
  ScanDesk() { REQUIRE(story.bureau.send(story.bureau.mark(++story.n, 0, story.id, notice, story.bureau.meta(), 1)) == "accepted"); }

  reg::Registry& registry() { return *story.desk.office.registry; }
  int pages() { return story.now().notice.pages; }
  std::string here() const { return "/scans/" + notice; }
  sync::Response bring(const char* login, const std::string& bytes = scan_bytes, const char* name = "../../скан.exe") {
    story.desk.sign_in(login);
    return story.desk.post_form(here() + "/bring", {}, {"scan", name, bytes});
  }
  core::Id brought(const char* login = "clerk", const std::string& bytes = scan_bytes) {
    const auto response = bring(login, bytes);
    INFO(Desk::alert(response));
    REQUIRE(response.status == 303);
    return core::Id(response.header("Location").substr(6, 32));
  }
  core::paper::CopyMatched sheets(std::vector<std::optional<SheetFault>> faults, std::vector<int> missing = {}) {
    core::paper::CopyMatched matched;
    for (std::size_t i = 0; i < faults.size(); ++i) {
      const bool known = faults[i] != SheetFault::foreign && faults[i] != SheetFault::unread;
      matched.sheets.push_back({known ? static_cast<int>(i) + 1 : 0, faults[i]});
    }
    matched.missing = std::move(missing);
    return matched;
  }
  core::paper::CopyMatched whole() { return sheets(std::vector<std::optional<SheetFault>>(static_cast<std::size_t>(pages()))); }
  core::paper::CopyMatched without_page_two() {
    auto matched = whole();
    matched.sheets[1] = {0, SheetFault::unread};
    matched.missing = {2};
    return matched;
  }
  void looked(const core::Id& scan, const core::paper::CopyMatched& matched, const std::string& problem = {}) { REQUIRE(reg::enter_look(registry(), scan, {problem, matched})); }
  std::string scan_page(const char* login, const core::Id& scan) { return get(login, "/scan/" + scan); }
  std::string get(const char* login, const std::string& target) {
    story.desk.sign_in(login);
    const auto response = story.desk.get(target);
    INFO(target);
    CHECK(response.status == 200);
    CHECK(unbalanced(response.body) == "");
    Story::keep_to_look_at(std::string("scan-") + login + std::to_string(++story.pages_read) + ".html", response.body);
    return response.body;
  }
  // "": done; else what the page says.
  std::string decide(const char* login, const core::Id& scan, const std::string& what, const std::string& fields = {}) {
    story.desk.sign_in(login);
    const auto response = story.desk.act(login, "/scan/" + scan + "/" + what, "paper=" + notice + (fields.empty() ? "" : "&" + fields));
    return response.status == 303 ? "" : response.status == 404 ? "404" : Desk::alert(response);
  }
  std::int64_t waiting() { return story.desk.office.count("SELECT count(*) FROM returned_scans"); }
  std::int64_t kept() { return story.desk.office.count("SELECT count(*) FROM records WHERE kind = 'inspection.copy_scan' AND outcome = 'accepted'"); }
  std::size_t files() { return reg::scan_files(story.desk.office.folder())->size(); }
  void tidy() {
    const auto all = reg::scan_files(story.desk.office.folder());
    const auto remaining = reg::expire_scans(registry(), story.desk.office.now);
    REQUIRE((all && remaining && reg::remove_scan_files(story.desk.office.folder(), *all, *remaining)));
  }
  std::string said(const std::string& text_id) const { return story.said(text_id); }
};

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
std::string encoded(std::string_view text) { return reg::percent_encoded(text); }

}  // namespace

TEST_CASE("a scan of a returned copy is seen, kept as a document of the case, and its record says that the copy is whole", "[sync][console][scan][par10][par19]") {
  ScanDesk desk;
  CHECK(holds(desk.story.page("clerk"), "href=\"" + desk.here() + "\""));
  CHECK(holds(desk.get("clerk", desk.here()), "action=\"" + desk.here() + "/bring\" enctype=\"multipart/form-data\""));
  const auto scan = desk.brought();
  const auto waits = desk.scan_page("clerk", scan);
  CHECK(holds(waits, "http-equiv=\"refresh\""));
  CHECK(holds(waits, desk.said("console.scan.wait")));
  CHECK_FALSE(holds(waits, "/keep\""));
  const auto task = reg::next_scan(desk.registry());
  REQUIRE((task && *task));
  CHECK((*task)->scan.id == scan);
  CHECK((*task)->awaited.pages == desk.pages());
  desk.looked(scan, desk.whole());
  REQUIRE(reg::next_scan(desk.registry()));
  CHECK_FALSE(*reg::next_scan(desk.registry()));
  const auto seen = desk.scan_page("clerk", scan);
  CHECK(holds(seen, reg::escaped(reg::whole_words(desk.registry().assets.texts, core::Language::kk, 2, desk.pages()))));
  CHECK(holds(seen, "/scan/" + scan + "/keep\""));
  CHECK_FALSE(holds(seen, "name=\"reason\""));
  CHECK(desk.story.desk.office.count("SELECT count(*) FROM audit WHERE action = 'scan.read' AND object = '" + desk.notice + "'") == 1);

  CHECK(desk.decide("clerk", scan, "keep") == "");
  CHECK(desk.kept() == 1);
  CHECK(desk.waiting() == 0);
  const auto inspection = desk.story.now();
  REQUIRE(inspection.scans.size() == 1);
  CHECK(inspection.scans[0].whole());
  CHECK(inspection.scans[0].sheets == desk.pages());
  CHECK(inspection.notice.state == core::NoticeState::copy_returned);  // a scan moves nothing
  const auto document = desk.registry().read_document(inspection.scans[0].file);
  REQUIRE(document);
  CHECK(core::as_text(*document) == scan_bytes);
  const auto page = desk.story.page("clerk");
  CHECK(holds(page, desk.said("console.rec.inspection.copy_scan")));
  CHECK(holds(page, desk.said("console.scan.state.whole")));
  CHECK(holds(page, ">returned-copy.pdf</a>"));
  CHECK_FALSE(holds(page, "скан.exe"));
  CHECK_FALSE(holds(desk.get("clerk", desk.here()), "type=\"file\""));  // a whole copy is kept: nothing more is awaited
  CHECK(holds(desk.get("clerk", "/document?record=" + inspection.scans[0].record + "&index=0"), desk.said("console.original.warning")));
  desk.tidy();
  CHECK(desk.files() == 0);
}

TEST_CASE("a kept scan and its record lie in the evidence of the case, and both verifiers' checks hold", "[sync][console][scan][evidence]") {
  ScanDesk desk;
  const auto scan = desk.brought();
  desk.looked(scan, desk.whole());
  REQUIRE(desk.decide("clerk", scan, "keep") == "");
  desk.story.desk.sign_in("clerk");
  const auto response = desk.story.desk.get("/evidence/" + desk.story.id);
  REQUIRE(response.status == 200);
  CHECK(holds(response.body, scan_bytes));  // a ZIP of stored files
  const auto trust = sync::verify::make_trust(core::fingerprint(desk.registry().keys.root), false, desk.registry().keys.keys_jws);
  const auto check = sync::verify::check_bundle(core::as_bytes(response.body), *trust);
  INFO(check.why << " " << check.where);
  CHECK(check.standing == sync::verify::Standing::proved);
  auto altered = response.body;
  altered[altered.find("a scan \x01")] = 'b';
  CHECK(sync::verify::check_bundle(core::as_bytes(altered), *trust).standing != sync::verify::Standing::proved);
}

TEST_CASE("sheets that are not the copy are named, and kept by who leads the unit alone, with a tick and a reason", "[sync][console][scan][par10][par19]") {
  ScanDesk desk;
  const auto scan = desk.brought();
  auto matched = desk.sheets({std::nullopt, SheetFault::foreign, SheetFault::unread, SheetFault::other_copy}, {2, 3});
  matched.sheets.push_back({1, SheetFault::doubled});
  matched.sheets[3].page = 2;
  desk.looked(scan, matched);
  const auto seen = desk.scan_page("clerk", scan);
  for (const auto& finding : core::paper::findings_of(matched)) {
    INFO(core::to_text(finding.fault));
    CHECK(holds(seen, reg::escaped(reg::sheet_words(desk.registry().assets.texts, core::Language::kk, {finding.page, finding.fault}))));
  }
  CHECK(holds(seen, desk.said("console.scan.leader_only")));
  CHECK_FALSE(holds(seen, "/scan/" + scan + "/keep\""));
  CHECK(desk.decide("clerk", scan, "keep", std::string("all_the_same=1&reason=") + encoded(good_reason)) == desk.said("console.why.officer.role"));
  CHECK(desk.decide("inspector", scan, "keep", std::string("all_the_same=1&reason=") + encoded(good_reason)) == desk.said("console.why.officer.role"));
  CHECK(holds(desk.scan_page("unit", scan), "name=\"reason\""));
  CHECK(desk.decide("unit", scan, "keep", "reason=" + encoded(good_reason)) == desk.said("console.why.scan.tick"));
  CHECK(desk.decide("unit", scan, "keep", "all_the_same=1&reason=" + encoded("тым қысқа")) == desk.said("reason.scan.reason"));
  CHECK(desk.kept() == 0);
  CHECK(desk.waiting() == 1);
  REQUIRE(desk.decide("unit", scan, "keep", std::string("all_the_same=1&reason=") + encoded(good_reason)) == "");
  const auto inspection = desk.story.now();
  REQUIRE(inspection.scans.size() == 1);
  CHECK(inspection.scans[0].findings == core::paper::findings_of(matched));
  CHECK(inspection.scans[0].reason == good_reason);
  const auto page = desk.story.page("auditor");
  CHECK(holds(page, reg::escaped(good_reason)));
  CHECK(holds(page, desk.said("console.scan.state.remarks")));
  // The right sheets may still come.
  const auto second = desk.brought("clerk", scan_bytes + "2");
  desk.looked(second, desk.whole());
  CHECK(desk.decide("clerk", second, "keep") == "");
  CHECK(desk.kept() == 2);
}

TEST_CASE("the same scan twice, two officers at once, a session and a program that end: nothing is lost and nothing doubled", "[sync][console][scan]") {
  ScanDesk desk;
  const auto scan = desk.brought();
  CHECK(desk.brought("unit") == scan);
  CHECK(desk.brought("inspector") == scan);
  CHECK(desk.waiting() == 1);
  CHECK(desk.files() == 1);
  desk.story.desk.restart();  // sessions end too; nobody has looked yet
  CHECK(desk.registry().scans_wait);
  REQUIRE((reg::next_scan(desk.registry()) && *reg::next_scan(desk.registry())));
  desk.looked(scan, desk.whole());
  CHECK(holds(desk.get("unit", desk.here()), "/scan/" + scan));
  desk.story.desk.sign_in("clerk");
  const auto wrong = desk.story.desk.post("/scan/" + scan + "/keep", "paper=" + desk.notice + "&password=wrong");
  CHECK(wrong.status == 409);
  CHECK(desk.kept() == 0);
  REQUIRE(desk.decide("clerk", scan, "keep") == "");
  CHECK(desk.decide("unit", scan, "keep") == desk.said("console.why.scan.gone"));
  CHECK(desk.decide("unit", scan, "put_aside") == desk.said("console.why.scan.gone"));
  CHECK(desk.story.desk.get("/scan/" + scan + "?paper=" + desk.notice).header("Location") == desk.here());  // a page left open leads to what became of it
  CHECK(desk.kept() == 1);
  const auto again = desk.bring("clerk");
  CHECK(Desk::alert(again) == desk.said("reason.scan.already"));
  CHECK(unbalanced(again.body) == "");
  desk.story.desk.restart();
  CHECK(desk.files() == 0);
  CHECK(desk.registry().read_document(desk.story.now().scans[0].file));
}

TEST_CASE("a scan whose keeping was taken back is still there, and is kept the next time", "[sync][console][scan][crash]") {
  ScanDesk desk;
  const auto scan = desk.brought();
  desk.looked(scan, desk.whole());
  {
    auto transaction = core::Transaction::begin(desk.registry().database);
    REQUIRE(transaction);
    const auto pending = reg::pending_scan(desk.registry(), scan);
    const auto now = reg::case_now(desk.registry(), desk.story.id);
    const auto officer = reg::open_officer(desk.registry(), "clerk", desk.story.desk.password("clerk"), desk.story.desk.office.now);
    REQUIRE((pending && *pending && now && officer));
    REQUIRE(reg::keep_scan(desk.registry(), *officer, *now, **pending, {}, desk.story.desk.office.now));
  }  // as a COMMIT that failed
  desk.story.desk.restart();
  CHECK(desk.kept() == 0);
  REQUIRE(desk.waiting() == 1);
  REQUIRE(desk.decide("clerk", scan, "keep") == "");
  const auto document = desk.registry().read_document(desk.story.now().scans[0].file);
  REQUIRE(document);
  CHECK(core::as_text(*document) == scan_bytes);
}

TEST_CASE("a scan that is put aside goes with its file, and the audit names who did it; one that nobody decides on goes in time", "[sync][console][scan]") {
  ScanDesk desk;
  auto scan = desk.brought();
  desk.looked(scan, {}, "encrypted");
  const auto page = desk.scan_page("clerk", scan);
  CHECK(holds(page, desk.said("scan.problem.encrypted")));
  CHECK_FALSE(holds(page, "/keep\""));
  CHECK(desk.decide("clerk", scan, "keep") == desk.said("console.why.scan.unread"));
  CHECK(desk.decide("auditor", scan, "put_aside") == desk.said("console.why.officer.role"));
  REQUIRE(desk.decide("clerk", scan, "again") == "");
  CHECK(*reg::next_scan(desk.registry()));
  REQUIRE(desk.decide("clerk", scan, "put_aside") == "");
  CHECK(desk.waiting() == 0);
  CHECK(desk.story.desk.office.count("SELECT count(*) FROM audit WHERE action = 'scan.put_aside' AND actor = '" + desk.story.officer("clerk") + "'") == 1);
  desk.tidy();
  CHECK(desk.files() == 0);
  CHECK(desk.story.desk.office.count("SELECT count(*) FROM documents WHERE bytes = " + std::to_string(scan_bytes.size())) == 0);

  scan = desk.brought();
  desk.story.desk.office.now += reg::scan_life + core::Millis{1};
  desk.tidy();
  CHECK(desk.waiting() == 0);
  CHECK(desk.files() == 0);
}

TEST_CASE("what is no scan, no paper with copies or not this officer's case is refused in words", "[sync][console][scan][abuse]") {
  ScanDesk desk;
  CHECK(Desk::alert(desk.bring("clerk", "<html>")) == desk.said("console.why.file.type"));
  CHECK(Desk::alert(desk.bring("clerk", "")) == desk.said("console.why.file.empty"));
  CHECK(Desk::alert(desk.bring("clerk", std::string("II*\0", 4))) == desk.said("console.why.scan.type"));
  CHECK(Desk::alert(desk.bring("clerk", "", "")) == desk.said("console.why.scan.none"));
  CHECK(Desk::alert(desk.bring("auditor")) == desk.said("console.why.officer.role"));
  CHECK_FALSE(holds(desk.get("auditor", desk.here()), "type=\"file\""));
  CHECK(desk.bring("admin").status == 404);
  CHECK(desk.waiting() == 0);
  CHECK(desk.files() == 0);
  const auto scan = desk.brought();
  desk.looked(scan, desk.whole());
  REQUIRE(reg::add_officer(desk.registry(), {"other", "Б. Басқа", "инспектор", "inspector", "long enough a word"}, desk.story.desk.office.now));
  desk.story.desk.cookie.clear();
  const auto in = desk.story.desk.try_sign_in("other", "long+enough+a+word");
  desk.story.desk.cookie = Desk::between(in.header("Set-Cookie"), "__Host-qabyl=", ";");
  for (const auto& target : std::vector<std::string>{desk.here(), "/scan/" + scan, "/scan/" + scan + "/1"}) CHECK(desk.story.desk.get(target).status == 404);
  CHECK(desk.story.desk.post("/scan/" + scan + "/put_aside", "paper=" + desk.notice).status == 404);
  desk.story.desk.sign_in("clerk");
  for (const auto& target : std::vector<std::string>{"/scans/" + desk.story.id, std::string("/scans/") + test::id(999), "/scan/" + std::string(test::id(999)), "/scan/" + scan + "/0", "/scan/" + scan + "/../x", "/scan/" + scan + "/1"}) {
    INFO(target);
    CHECK(desk.story.desk.get(target).status == 404);
  }
  CHECK(desk.story.desk.ask("POST", "/scan/" + scan + "/keep", "csrf=wrong").status == 403);
}

TEST_CASE("a picture of a sheet is a PNG of ours, alone in its page's policy; a scan that cannot be looked at here says so", "[sync][console][scan]") {
  ScanDesk desk;
  const auto scan = desk.brought();
  core::sys::SystemClock clock;
  preview::PreviewWorker nowhere("/nonexistent/worker", clock);
  const auto task = reg::next_scan(desk.registry());
  REQUIRE((task && *task));
  const auto look = reg::look_at_scan(desk.story.desk.office.folder(), **task, nowhere, clock, {});
  REQUIRE(look);
  CHECK(look->problem == "unavailable");
  CHECK_FALSE(reg::look_at_scan(desk.story.desk.office.folder(), **task, nowhere, clock, [] { return true; }));  // told to stop: nothing is known
  desk.looked(scan, {}, look->problem);
  CHECK(holds(desk.scan_page("clerk", scan), desk.said("scan.problem.unavailable")));

  desk.looked(scan, desk.whole());
  REQUIRE(core::sys::write_file_durably(reg::sheet_path(desk.story.desk.office.folder(), scan, 1), core::to_bytes("\x89PNG picture")));
  desk.story.desk.sign_in("clerk");
  const auto page = desk.story.desk.get("/scan/" + scan);
  CHECK(holds(page.body, "<img src=\"/scan/" + scan + "/1\""));
  CHECK(holds(std::string(page.header("Content-Security-Policy")), "img-src 'self'"));
  CHECK_FALSE(holds(std::string(desk.story.desk.get(desk.here()).header("Content-Security-Policy")), "img-src"));
  const auto picture = desk.story.desk.get("/scan/" + scan + "/1");
  CHECK(picture.status == 200);
  CHECK(picture.header("Content-Type") == "image/png");
  CHECK(picture.header("X-Content-Type-Options") == "nosniff");
  CHECK(picture.body == "\x89PNG picture");
}

TEST_CASE("an office that comes back without the files of scans forgets them, and files without a scan go", "[sync][console][scan][backup]") {
  ScanDesk desk;
  const auto lost = desk.brought(), there = desk.brought("clerk", scan_bytes + "2");
  REQUIRE(core::sys::remove_file(reg::scan_path(desk.story.desk.office.folder(), lost)));
  REQUIRE(core::sys::write_file_durably(reg::sheet_path(desk.story.desk.office.folder(), test::id(77), 3), core::to_bytes("left")));
  desk.story.desk.restart();
  CHECK(desk.waiting() == 1);
  CHECK(desk.files() == 1);
  CHECK(*reg::pending_scan(desk.registry(), there));
}
