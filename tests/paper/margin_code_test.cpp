// The code in the margin of a copy: its text, what a reader gets back from a bad scan of the printed sheet, and the
// sheets of a returned copy that it names.
#include "core/paper/margin_code.h"

#define ZX_USE_UTF8 1  // text() is UTF-8
#include <ZXing/ReadBarcode.h>

#include <algorithm>

#include "core/crypto.h"
#include "core/encoding.h"
#include "core/paper/layout.h"
#include "core/paper/notice_paper.h"
#include "core/paper/qr.h"
#include "tests/paper/bad_scan.h"
#include "tests/paper/samples.h"
#include "tests/support/catch.h"

namespace qabyl::test {
namespace {

using namespace core;
using namespace core::paper;

const Id paper_a = "0192f3a4b5c67d8e9fa0b1c2d3e4f506", paper_b = "0192f3a4b5c67d8e9fa0b1c2d3e4f507";
const Digest body_a = sha256(as_bytes("a")), body_b = sha256(as_bytes("b"));

std::vector<std::string> texts_on(const GrayImage& image) {
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode);
  std::vector<std::string> texts;
  for (const auto& one : ZXing::ReadBarcodes(ZXing::ImageView(image.pixels.data(), image.width, image.height, ZXing::ImageFormat::Lum), hints)) {
    texts.push_back(one.text());
  }
  return texts;
}

std::optional<MarginCode> code_on(const GrayImage& image) {
  for (const auto& text : texts_on(image)) {
    if (const auto code = parse_margin_code(text)) return code;
  }
  return std::nullopt;
}

TEST_CASE("the text of a margin code comes back as it was, and nothing else is one", "[paper]") {
  const auto code = margin_code(paper_a, body_a, 2, 3, 14);
  const auto text = to_text(code);
  CHECK(text.size() == 46);
  REQUIRE(parse_margin_code(text).has_value());
  CHECK(*parse_margin_code(text) == code);
  CHECK(qr_matrix(text)->size == 29);  // the smallest that 46 characters fit at level M
  for (const std::string& other : {std::string(), std::string("QBC1:"), text.substr(0, 45), text + "0", "QBL1:" + text.substr(5), "qbc1:" + text.substr(5), text + "\n"}) {
    CHECK_FALSE(parse_margin_code(other).has_value());
  }
}

TEST_CASE("a margin code with an absurd figure or an id that is none is no margin code", "[paper]") {
  const auto with = [](std::size_t at, std::uint8_t value) {
    Bytes bytes(27, 0);
    const std::uint8_t good[] = {0x01, 0x92, 0xf3, 0xa4, 0xb5, 0xc6, 0x7d, 0x8e, 0x9f, 0xa0, 0xb1, 0xc2, 0xd3, 0xe4, 0xf5, 0x06};
    std::copy(std::begin(good), std::end(good), bytes.begin());
    bytes[24] = 2, bytes[25] = 3, bytes[26] = 14;
    bytes[at] = value;
    return parse_margin_code("QBC1:" + to_base45(bytes)).has_value();
  };
  CHECK(with(25, 14));
  CHECK_FALSE(with(6, 0x4d));   // no UUIDv7
  CHECK_FALSE(with(24, 0));
  CHECK_FALSE(with(24, 3));
  CHECK_FALSE(with(25, 0));
  CHECK_FALSE(with(25, 15));
  CHECK_FALSE(with(26, 0));
  CHECK_FALSE(with(26, 61));
}

TEST_CASE("every sheet of a copy bears its own code, which a reader finds on a turned, blurred, grey, specked scan", "[paper]") {
  const NoticeContent notice = plain_notice();
  const Digest d = sha256(notice_pdf(notice, texts())->pdf);
  for (const bool marked : {false, true}) {
    const auto copy = copy_rendering(notice, {2, d, marked ? std::optional(plain_mark(d)) : std::nullopt}, texts());
    REQUIRE(copy.has_value());
    const PdfProbe probe(copy->pdf);
    for (int page = 1; page <= copy->pages; ++page) {
      for (const int dpi : {200, 300}) {
        const auto sheet = probe.page_image(page, dpi);
        for (const double degrees : {0.0, 5.0, -5.0}) {
          INFO(page << " at " << dpi << " dpi, turned by " << degrees);
          const auto code = code_on(blurred_grey_and_specked(turned(sheet, degrees)));
          REQUIRE(code.has_value());
          CHECK(*code == margin_code(notice.paper_id, d, 2, page, copy->pages));
        }
      }
    }
  }
}

TEST_CASE("the code stands in the margin alone: no word of the paper and no ink is near it", "[paper]") {
  const NoticeContent notice = plain_notice();
  const Digest d = sha256(notice_pdf(notice, texts())->pdf);
  const auto copy = copy_rendering(notice, {2, d, plain_mark(d)}, texts());
  REQUIRE(copy.has_value());
  for (const Word& word : PdfProbe(copy->pdf).words()) {  // within the box of the code with its quiet border
    const bool apart = word.left >= mm(22.85) || word.right <= mm(7.15) || word.bottom <= mm(220.65) || word.top >= mm(236.35);
    INFO(word.text);
    CHECK(apart);
  }
}

TEST_CASE("the body itself has no code: D is of the words alone", "[paper]") {
  const auto body = notice_pdf(plain_notice(), texts());
  CHECK(texts_on(PdfProbe(body->pdf).page_image(1, 200)).empty());
}

// --- a returned copy ---

std::vector<std::vector<std::string>> scan(std::initializer_list<int> pages, int copy = 2) {
  std::vector<std::vector<std::string>> sheets;
  for (const int page : pages) {
    sheets.push_back({});
    if (page > 0) sheets.back().push_back(to_text(margin_code(paper_a, body_a, copy, page, 4)));
  }
  return sheets;
}

const CopyAwaited awaited{paper_a, body_a, 2, 4};
using core::SheetFault;
using Findings = std::vector<core::SheetFinding>;
Findings found(const std::vector<std::vector<std::string>>& sheets) { return findings_of(match_sheets(awaited, sheets)); }

TEST_CASE("a copy that has come back whole and in order has nothing wrong", "[paper]") {
  CHECK(found(scan({1, 2, 3, 4})).empty());
  auto sheets = scan({1, 2, 3, 4});
  sheets[1].insert(sheets[1].begin(), "QBL1:A RECEIPT THAT LAY ON IT");
  CHECK(found(sheets).empty());
}

TEST_CASE("missing, doubled and swapped sheets of a returned copy are named", "[paper]") {
  CHECK(found(scan({1, 3, 4})) == Findings{{SheetFault::missing, 0, 2}});
  CHECK(found(scan({1, 2, 2, 3, 4})) == Findings{{SheetFault::doubled, 3, 2}});
  const CopyMatched exchanged{{{1, {}}, {3, SheetFault::swapped}, {2, {}}, {4, {}}}, {}};
  CHECK(match_sheets(awaited, scan({1, 3, 2, 4})) == exchanged);
  CHECK(found(scan({1, 3, 2, 4})) == Findings{{SheetFault::swapped, 2, 3}});
  CHECK(found({}) == Findings{{SheetFault::missing, 0, 1}, {SheetFault::missing, 0, 2}, {SheetFault::missing, 0, 3}, {SheetFault::missing, 0, 4}});
}

TEST_CASE("a sheet of another paper, of another version of it, of the other copy or without a code is named", "[paper]") {
  auto sheets = scan({1, 2, 3, 4});
  sheets[2] = {to_text(margin_code(paper_b, body_a, 2, 3, 4))};
  CHECK(found(sheets) == Findings{{SheetFault::foreign, 3, 0}, {SheetFault::missing, 0, 3}});
  sheets[2] = {to_text(margin_code(paper_a, body_b, 2, 3, 4))};
  CHECK(found(sheets) == Findings{{SheetFault::foreign, 3, 0}, {SheetFault::missing, 0, 3}});
  sheets[2] = {to_text(margin_code(paper_a, body_a, 2, 3, 5))};
  CHECK(found(sheets) == Findings{{SheetFault::foreign, 3, 0}, {SheetFault::missing, 0, 3}});
  sheets[2] = {to_text(margin_code(paper_a, body_a, 1, 3, 4))};
  CHECK(found(sheets) == Findings{{SheetFault::other_copy, 3, 3}, {SheetFault::missing, 0, 3}});
  CHECK(found(scan({1, 2, 0, 4})) == Findings{{SheetFault::unread, 3, 0}, {SheetFault::missing, 0, 3}});
}

}  // namespace
}  // namespace qabyl::test
