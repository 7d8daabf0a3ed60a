// Documents through the real qabyl-preview: each is shown or refused with a reason in time, and the
// next one is shown as if nothing had happened (RELIABILITY, 4.6).
#include <algorithm>
#include <csignal>
#include <set>

#include "core/crypto.h"
#include "core/sys/clock.h"
#include "tests/kiosk/preview_files.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace qabyl::tests;
using preview::PreviewProblem;

namespace {

core::sys::SystemClock system_clock_now;

preview::PreviewWorker make_worker() { return {preview_program(), system_clock_now}; }

core::Millis steady() { return system_clock_now.read().steady; }

// The reason, or "" with every figure of the picture checked.
std::string look_at(preview::PreviewWorker& worker, core::ByteView bytes, int width = 400) {
  const auto look = worker.open(preview::source_of(bytes), width);
  if (look.problem != PreviewProblem::none) {
    CHECK(look.pages.empty());
    CHECK(look.first.rgba.empty());
    return std::string(preview::to_text(look.problem));
  }
  CHECK(look.pages.size() >= 1);
  CHECK(look.first.width >= 1);
  CHECK(look.first.width <= width);
  CHECK(look.first.rgba.size() == static_cast<std::size_t>(look.first.width) * static_cast<std::size_t>(look.first.height) * 4);
  CHECK(look.first.pixels == core::sha256(look.first.rgba));
  return "";
}

const std::set<std::string> reasons = {"", "encrypted", "unreadable", "too_many_pages", "too_large", "timeout"};

}  // namespace

TEST_CASE("every ordinary PDF is shown, the one with a password is refused as encrypted", "[kiosk][preview]") {
  auto worker = make_worker();
  core::Millis slowest{0};
  for (const auto& path : sample_pdfs("plain")) {
    INFO(path);
    const auto begun = steady();
    const std::string reason = look_at(worker, file_bytes(path), 1000);
    CHECK(reason == (path.find("password") != path.npos ? "encrypted" : ""));
    slowest = std::max(slowest, steady() - begun);
  }
  CHECK(slowest < preview::preview_millis_max);
  WARN("slowest first page at 1,000 px of an ordinary PDF: " << slowest.count() << " ms (limit " << preview::preview_millis_max.count() << ")");
}

TEST_CASE("every strange PDF is shown or refused with a reason within ten seconds", "[kiosk][preview]") {
  auto worker = make_worker();
  int shown = 0, refused = 0;
  for (const auto& path : sample_pdfs("odd")) {
    INFO(path);
    const auto begun = steady();
    const std::string reason = look_at(worker, file_bytes(path));
    CHECK(steady() - begun <= preview::preview_millis_max + core::Millis{500});
    CHECK(reasons.contains(reason));
    ++(reason.empty() ? shown : refused);
  }
  WARN("strange PDFs: " << shown << " shown, " << refused << " refused");
  CHECK(look_at(worker, make_pdf({})).empty());
}

TEST_CASE("the pages of an ordinary PDF can be asked for in any order and size", "[kiosk][preview]") {
  auto worker = make_worker();
  const auto bytes = make_pdf({.pages = 5});
  const auto look = worker.open(preview::source_of(bytes), 200);
  REQUIRE(look.problem == PreviewProblem::none);
  REQUIRE(look.pages.size() == 5);
  CHECK(look.pages[4].width == 59500);
  for (const int number : {5, 1, 3}) {
    const auto page = worker.page(number, 1190);
    REQUIRE(page.problem == PreviewProblem::none);
    CHECK(page.image.width == 1190);
    CHECK(page.image.height == 1684);
    CHECK(page.image.dpi == 144);
    CHECK(dark_pixels(page.image) > 500);
  }
}

TEST_CASE("the same page gives the same pixels in two workers", "[kiosk][preview]") {
  auto worker = make_worker();
  const auto bytes = make_pdf({});
  const auto first = worker.open(preview::source_of(bytes), 800).first.pixels;
  CHECK(worker.open(preview::source_of(bytes), 800).first.pixels == first);
}

TEST_CASE("the worker says what draws: poppler and cairo with their versions", "[kiosk][preview]") {
  auto worker = make_worker();
  CHECK(worker.renderer().empty());
  REQUIRE(look_at(worker, make_pdf({})).empty());
  INFO(worker.renderer());
  const std::string prefix = "qabyl-preview " QABYL_VERSION " (poppler ";
  CHECK(worker.renderer().starts_with(prefix));
  const auto numbers = worker.renderer().substr(prefix.size());
  CHECK(numbers.find(", cairo 1.") != numbers.npos);
  CHECK(std::count(numbers.begin(), numbers.end(), '.') == 4);
  CHECK(numbers.back() == ')');
  CHECK(worker.renderer().size() < 100);  // what a signature can hold
}

TEST_CASE("text in fonts that a PDF does not carry is shown behind the closed door", "[kiosk][preview]") {
  auto worker = make_worker();
  for (const char* font : {"Helvetica", "Helvetica-BoldOblique", "Times-Roman", "Times-BoldItalic", "Courier", "Courier-Bold", "Symbol",
                           "ZapfDingbats", "ArialMT", "TimesNewRomanPSMT", "NoSuchFontAnywhere"}) {
    INFO(font);
    const auto bytes = make_pdf({.resources = std::string("/Font<</F1 <</Type/Font/Subtype/Type1/BaseFont/") + font + ">>>>"});
    const auto look = worker.open(preview::source_of(bytes), 800);
    REQUIRE(look.problem == PreviewProblem::none);
    CHECK(dark_pixels(look.first) > 100);
  }
}

TEST_CASE("three hundred pages are shown, one more is refused", "[kiosk][preview]") {
  auto worker = make_worker();
  const auto most = make_pdf({.pages = 300});
  const auto look = worker.open(preview::source_of(most), 200);
  REQUIRE(look.problem == PreviewProblem::none);
  CHECK(look.pages.size() == 300);
  CHECK(worker.page(300, 200).problem == PreviewProblem::none);
  CHECK(look_at(worker, make_pdf({.pages = 301})) == "too_many_pages");
}

TEST_CASE("an empty, a cut and a renamed file are refused as unreadable", "[kiosk][preview]") {
  auto worker = make_worker();
  CHECK(look_at(worker, {}) == "unreadable");
  CHECK(look_at(worker, core::as_bytes("%PDF-")) == "unreadable");
  CHECK(look_at(worker, core::as_bytes(std::string_view("PK\3\4 an archive called papers.pdf %PDF-1.4", 42))) == "unreadable");
  CHECK(look_at(worker, core::as_bytes("MZ a program called papers.pdf")) == "unreadable");
  const auto whole = make_pdf({.pages = 20});
  for (std::size_t size = 1; size < whole.size(); size += 256) {
    INFO(size);
    CHECK(reasons.contains(look_at(worker, core::ByteView(whole).first(size))));
  }
}

TEST_CASE("a document over fifty MiB is refused before a worker sees it", "[kiosk][preview]") {
  preview::PreviewWorker worker("/nonexistent/worker", system_clock_now);
  bool read = false;
  const preview::DocumentSource large{preview::DocumentType::pdf, preview::document_bytes_max + 1, [&](std::uint64_t, std::size_t) {
                                      read = true;
                                      return core::Result<core::Bytes>(core::Bytes{});
                                    }};
  CHECK(worker.open(large, 200).problem == PreviewProblem::too_large);
  CHECK_FALSE(read);
}

TEST_CASE("page boxes of any size give a picture within the limit or a reason", "[kiosk][preview]") {
  auto worker = make_worker();
  CHECK(look_at(worker, make_pdf({.box = "0 0 200000 200000"}), 16'384).empty());
  CHECK(look_at(worker, make_pdf({.box = "0 0 10 14000"}), 16'384).empty());
  for (const char* box : {"0 0 0 0", "0 0 nan inf", "0 0 -5 -5", "0 0 1e30 1e30", "595 842 0 0"}) {
    INFO(box);
    CHECK(reasons.contains(look_at(worker, make_pdf({.box = box}))));
  }
}

TEST_CASE("a PDF that never ends is given up, and the next visitor's is shown", "[kiosk][preview]") {
  PdfPlan plan{.content = "/X0 Do", .resources = "/XObject<</X0 100 0 R>>"};
  for (int i = 0; i < 9; ++i) {
    std::string content;
    for (int n = 0; n < 12; ++n) content += "/X" + std::to_string(i + 1) + " Do ";
    if (i == 8) content = "0 0 500 500 re f 0 0 m 500 500 l S";
    plan.more.push_back("<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X" + std::to_string(i + 1) + " " +
                        std::to_string(101 + i) + " 0 R>>>>/Length " + std::to_string(content.size()) + ">>\nstream\n" + content + "\nendstream");
  }
  auto worker = make_worker();
  const auto begun = steady();
  CHECK(look_at(worker, make_pdf(plan)) == "timeout");
  CHECK(steady() - begun <= preview::preview_millis_max + core::Millis{500});
  CHECK(look_at(worker, make_pdf({})).empty());
}

TEST_CASE("a worker that is killed harms nobody: the page comes from the next one", "[kiosk][preview]") {
  auto worker = make_worker();
  const auto bytes = make_pdf({.pages = 3});
  REQUIRE(worker.open(preview::source_of(bytes), 200).problem == PreviewProblem::none);
  REQUIRE(::kill(worker.pid(), SIGKILL) == 0);
  CHECK(worker.page(2, 200).problem == PreviewProblem::none);
}

TEST_CASE("a document that vanishes while it is fed is a problem of its source", "[kiosk][preview]") {
  auto worker = make_worker();
  preview::DocumentSource source{preview::DocumentType::pdf, 1 << 20, [](std::uint64_t offset, std::size_t bytes_max) -> core::Result<core::Bytes> {
                                 if (offset > 0) return core::Error{core::ErrorCode::gone, "pulled out"};
                                 return core::Bytes(bytes_max, 'x');
                               }};
  CHECK(worker.open(source, 200).problem == PreviewProblem::source);
}

TEST_CASE("without a worker program a document is merely unavailable", "[kiosk][preview]") {
  preview::PreviewWorker worker("/nonexistent/worker", system_clock_now);
  CHECK(look_at(worker, make_pdf({})) == "unavailable");
  preview::PreviewWorker wrong("/bin/false", system_clock_now);
  CHECK(look_at(wrong, make_pdf({})) == "unavailable");
}
