// Copy 2 of a notice as it comes back on paper: its sheets are scanned well and badly, mixed up and left out, and the office's
// registry matches them through the sandbox (paragraph 10).
#include "sync/registry/scanned_copy.h"

#include <fstream>
#include <sstream>

#include "core/sys/clock.h"
#include "kiosk/shell/picture_file.h"
#include "tests/paper/bad_scan.h"
#include "tests/sync/story.h"

using namespace qabyl;

namespace {

core::Bytes png_sheet(const test::GrayImage& image) {
  core::Bytes rgba;
  for (const auto grey : image.pixels) rgba.insert(rgba.end(), {grey, grey, grey, 255});
  return *kiosk::png_of(image.width, image.height, rgba);
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
    test::reg::ScanSpec spec{story.desk.office.folder(), paper.empty() ? notice : paper, number, {}, test::in_build("/bin/qabyl-preview")};
    for (const auto& bytes : files) {
      spec.files.push_back(story.desk.office.folder() + "/scan-" + std::to_string(++scans));
      std::ofstream(spec.files.back(), std::ios::binary) << core::as_text(bytes);
    }
    std::ostringstream out;
    const auto matched = test::reg::match_scan(spec, clock, out);
    if (!matched && matched.error().code != core::ErrorCode::conflict) return "";
    CHECK(matched.has_value() == out.str().starts_with("whole"));
    return out.str();
  }
};

}  // namespace

TEST_CASE("a returned copy 2 is matched sheet by sheet, from the PDF of a scanner and from bad pictures", "[life][par10]") {
  Returned returned;
  const int pages = returned.copy.pages();
  REQUIRE(pages >= 2);
  const auto whole = "whole: copy 2, pages 1 to " + std::to_string(pages) + ", in order\n";
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
  CHECK(returned.said(some) == "page " + std::to_string(pages) + " is MISSING\n");
  some = sheets;
  std::swap(some[0], some[1]);
  CHECK(returned.said(some) == "sheet 1: page 2 stands before a page that belongs before it\n");
  some = sheets;
  some.insert(some.begin() + 1, sheets[0]);
  CHECK(returned.said(some) == "sheet 2: page 1 once more\n");
  CHECK(returned.said({sheets[0]}, 1).find("sheet 1: of the other copy, page 1\n") == 0);
  some = sheets;
  some[0] = png_sheet({800, 1100, std::vector<std::uint8_t>(800 * 1100, 255)});
  CHECK(returned.said(some) == "sheet 1: no code can be read on it\npage 1 is MISSING\n");
  CHECK(returned.said(sheets, 2, core::Id(returned.story.desk.secrets.text("case"))) == "");  // an assignment is no paper with copies
  CHECK(returned.said({core::to_bytes("no picture")}) == "");
  CHECK(returned.said(sheets, 2, test::id(999)) == "");
}
