// The flow itself: splits, orphans, repeated heads, the limit of pages.
#include "core/paper/layout.h"

#include <map>

#include "tests/paper/pdf_probe.h"
#include "tests/support/catch.h"

namespace qabyl::test {
namespace {

using namespace core;
using namespace core::paper;

struct Drawn { int pages = 0; std::vector<Word> words; };

Drawn draw(const std::function<void(Flow&)>& fill) {
  auto canvas = Canvas::create({"Сынақ", Language::kk, Instant{}});
  REQUIRE(canvas.has_value());
  Flow flow(*canvas);
  fill(flow);
  const auto pages = flow.finish([](Canvas&, int, int) {});
  REQUIRE(pages.has_value());
  const auto paper = canvas->finish();
  CHECK(paper->pages == *pages);
  return {*pages, PdfProbe(paper->pdf).words()};
}

std::string lines(int count, const std::string& word) {
  std::string text;
  for (int i = 0; i < count; ++i) text += (i ? "\n" : "") + word;
  return text;
}

TEST_CASE("a split paragraph leaves at least two lines on either side", "[paper]") {
  for (int filler = 30; filler < 60; ++filler) {
    const Drawn drawn = draw([&](Flow& flow) {
      flow.paragraph(lines(filler, "толтыру"), {TextStyle{}});
      flow.paragraph(lines(5, "абзац"), {TextStyle{}});
    });
    std::map<int, int> on_page;
    for (const Word& word : drawn.words) on_page[word.page] += word.text == "абзац";
    for (const auto& [page, count] : on_page) CHECK(count != 1);
  }
}

TEST_CASE("a heading stays with the two lines that follow it", "[paper]") {
  for (int filler = 35; filler < 60; ++filler) {
    const Drawn drawn = draw([&](Flow& flow) {
      flow.paragraph(lines(filler, "толтыру"), {TextStyle{}});
      flow.paragraph("тақырып", {TextStyle{Face::serif_bold, 12}, 10, 0, text_width_pt, true, Tag::heading});
      flow.paragraph(lines(6, "абзац"), {TextStyle{}});
    });
    std::map<std::string, int> first_page;
    for (const Word& word : drawn.words) first_page.try_emplace(word.text, word.page);
    CHECK(first_page["тақырып"] == first_page["абзац"]);
  }
}

TEST_CASE("a table repeats its head on every page and loses no row", "[paper]") {
  const std::vector<Column> columns{{0, mm(40), TextStyle{}}, {mm(50), mm(60), TextStyle{}}};
  const Drawn drawn = draw([&](Flow& flow) {
    flow.head(columns, {"бас", "бас"});
    for (int i = 0; i < 120; ++i) flow.row(columns, {"жол" + std::to_string(i), "мән"});
    flow.end_table();
    flow.paragraph(lines(80, "соңы"), {TextStyle{}});
  });
  std::map<std::string, int> seen;
  for (const Word& word : drawn.words) ++seen[word.text];
  for (int i = 0; i < 120; ++i) CHECK(seen["жол" + std::to_string(i)] == 1);
  CHECK(seen["соңы"] == 80);
  CHECK(seen["бас"] == 2 * 4);
}

TEST_CASE("a cell that is taller than a page goes over pages", "[paper]") {
  const std::vector<Column> columns{{0, mm(40), TextStyle{}}, {mm(50), mm(60), TextStyle{}}};
  const Drawn drawn = draw([&](Flow& flow) { flow.row(columns, {"белгі", lines(150, "ұзын")}); });
  CHECK(drawn.pages == 4);
  int seen = 0;
  for (const Word& word : drawn.words) {
    seen += word.text == "ұзын";
    CHECK(word.bottom <= bottom_pt + 4);
  }
  CHECK(seen == 150);
}

TEST_CASE("a paper of more pages than allowed is refused", "[paper]") {
  auto canvas = Canvas::create({"Сынақ", Language::kk, Instant{}});
  Flow flow(*canvas);
  for (int i = 0; i <= pages_max; ++i) {
    flow.paragraph("бет", {TextStyle{}});
    flow.new_page();
  }
  flow.paragraph("соңы", {TextStyle{}});
  CHECK(flow.finish([](Canvas&, int, int) {}).error().code == ErrorCode::too_large);
}

}  // namespace
}  // namespace qabyl::test
