// Copy 2 of a notice as it comes back on paper: its sheets are scanned well and badly, mixed up and left out, and the office's
// registry matches them through the sandbox (paragraph 10).
#include "sync/registry/scanned_copy.h"

#include <fstream>
#include <sstream>
#include <thread>

#include "core/preview/picture_file.h"
#include "core/sys/clock.h"
#include "sync/registry/scan_matcher.h"
#include "tests/paper/bad_scan.h"
#include "tests/sync/story.h"

using namespace qabyl;

namespace {

core::Bytes png_sheet(const test::GrayImage& image) {
  core::Bytes rgba;
  for (const auto grey : image.pixels) rgba.insert(rgba.end(), {grey, grey, grey, 255});
  return *preview::png_of(image.width, image.height, rgba);
}

struct Returned {
  test::Story story;
  core::Id notice{story.desk.secrets.text("notice")};
  core::Bytes pdf = *test::reg::read_copy(*story.desk.office.registry, notice, 2, false, "test", story.desk.office.now);
  test::PdfProbe copy{pdf};
  core::sys::SystemClock clock;
  int scans = 0;

  core::Bytes sheet(int page, int dpi = 200, double degrees = 0) const { return png_sheet(test::bad_scan(copy.page_image(page, dpi), degrees)); }
  // What match_scan says of these files; "" when it fails for another reason than sheets that do not match.
  std::string said(const std::vector<core::Bytes>& files, int number = 2, core::Id paper = {}) {
    test::reg::ScanSpec spec{story.desk.office.folder(), test::in_build("/assets"), paper.empty() ? notice : paper, number, "en", {}, test::in_build("/bin/qabyl-preview")};
    for (const auto& bytes : files) {
      spec.files.push_back(story.desk.office.folder() + "/scan-" + std::to_string(++scans));
      std::ofstream(spec.files.back(), std::ios::binary) << core::as_text(bytes);
    }
    std::ostringstream out;
    const auto matched = test::reg::match_scan(spec, clock, out);
    if (!matched && matched.error().code != core::ErrorCode::conflict) return "";
    CHECK(matched.has_value() == out.str().starts_with("Whole"));
    return out.str();
  }
};

}  // namespace

TEST_CASE("a returned copy 2 is matched sheet by sheet, from the PDF of a scanner and from bad pictures", "[life][par10]") {
  Returned returned;
  const int pages = returned.copy.pages();
  REQUIRE(pages >= 2);
  const auto whole = "Whole: copy 2, sheets " + std::to_string(pages) + ", all in order\n";
  CHECK(returned.said({returned.pdf}) == whole);
  for (const auto& [dpi, degrees] : {std::pair{200, 0.0}, {200, 5.0}, {300, -5.0}}) {
    INFO(dpi << " dpi, turned by " << degrees);
    std::vector<core::Bytes> sheets;
    for (int page = 1; page <= pages; ++page) sheets.push_back(returned.sheet(page, dpi, degrees));
    CHECK(returned.said(sheets) == whole);
  }
}

TEST_CASE("missing, swapped, doubled, foreign and unreadable sheets of a scan are named", "[life][par10]") {
  Returned returned;
  const int pages = returned.copy.pages();
  std::vector<core::Bytes> sheets;
  for (int page = 1; page <= pages; ++page) sheets.push_back(returned.sheet(page));
  auto some = sheets;
  some.pop_back();
  CHECK(returned.said(some) == "page " + std::to_string(pages) + " is missing\n");
  some = sheets;
  std::swap(some[0], some[1]);
  CHECK(returned.said(some) == "Sheet 1: page 2 stands before a page that belongs before it\n");
  some = sheets;
  some.insert(some.begin() + 1, sheets[0]);
  CHECK(returned.said(some) == "Sheet 2: page 1 once more\n");
  CHECK(returned.said({sheets[0]}, 1).find("Sheet 1: page 1, but of the other copy\n") == 0);
  some = sheets;
  some[0] = png_sheet({800, 1100, std::vector<std::uint8_t>(800 * 1100, 255)});
  CHECK(returned.said(some) == "Sheet 1: no code can be read on it\npage 1 is missing\n");
  CHECK(returned.said(sheets, 2, core::Id(returned.story.desk.secrets.text("case"))) == "");  // an assignment is no paper with copies
  CHECK(returned.said({core::to_bytes("no picture")}) == "");
  CHECK(returned.said(sheets, 2, test::id(999)) == "");
}

TEST_CASE("a scan that is brought to the console is looked at beside the office's work, and kept", "[life][par10][par19]") {
  Returned returned;
  auto& desk = returned.story.desk;
  auto& registry = *desk.office.registry;
  const auto bring = [&](const core::Bytes& bytes) {
    desk.sign_in("clerk");
    const auto response = desk.post_form("/scans/" + returned.notice + "/bring", {}, {"scan", "scan.pdf", std::string(core::as_text(bytes))});
    INFO(test::Desk::alert(response));
    REQUIRE(response.status == 303);
    return core::Id(response.header("Location").substr(6, 32));
  };
  const auto good = bring(returned.pdf), one_sheet = bring(returned.sheet(2, 200, 3.0)), hostile = bring(core::to_bytes("%PDF-1.7\nno more than a head"));
  {
    test::reg::GroupCommit commits(registry, returned.clock);
    test::reg::ScanMatcher matcher(registry, commits, test::in_build("/bin/qabyl-preview"), returned.clock);
    const auto all_looked_at = [&](core::Instant) {
      const auto next = test::reg::next_scan(registry);
      sync::Response response;
      response.status = next && !*next ? 200 : 404;
      return response;
    };
    for (int looks = 0; looks < 1'200 && commits.run(all_looked_at).status != 200; ++looks) std::this_thread::sleep_for(std::chrono::milliseconds{50});
    matcher.stop();
    commits.stop();
  }
  const auto pages = static_cast<std::size_t>(returned.copy.pages());
  const auto seen = *test::reg::pending_scan(registry, good);
  REQUIRE((seen && seen->look));
  CHECK(seen->look->problem == "");
  CHECK(seen->look->matched.sheets.size() == pages);
  CHECK(core::paper::findings_of(seen->look->matched).empty());
  CHECK((*test::reg::pending_scan(registry, one_sheet))->look->matched.sheets == std::vector<core::paper::SheetMatched>{{2, {}}});
  CHECK((*test::reg::pending_scan(registry, hostile))->look->problem == "unreadable");
  const auto picture = desk.get("/scan/" + good + "/" + std::to_string(pages));
  CHECK(picture.status == 200);
  CHECK(picture.body.starts_with("\x89PNG"));
  CHECK(desk.get("/scan/" + good + "/" + std::to_string(pages + 1)).status == 404);
  REQUIRE(desk.act("clerk", "/scan/" + good + "/keep", "paper=" + returned.notice).status == 303);
  CHECK(returned.story.now().scans.size() == 1);
}
