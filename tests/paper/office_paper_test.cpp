// Papers of the office that are points, tables and signatures: what the body holds, and what a copy adds to it without
// moving a line (paragraphs 14, 16, 18, 19, 26).
#include "core/crypto.h"
#include "core/paper/layout.h"
#include "tests/paper/pdf_probe.h"
#include "tests/paper/samples.h"
#include "tests/support/catch.h"

namespace qabyl::test {
namespace {

using namespace core;
using namespace core::paper;

bool holds(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

std::vector<PageVisa> visas(const Digest& d, int pages) {
  std::vector<PageVisa> list;
  for (int page = 1; page <= pages; ++page) list.push_back({page, plain_mark(d).signature});
  return list;
}

// Dark pixels of the visa's place on a page.
int ink_at_visa(const Paper& paper, int page) {
  const GrayImage image = PdfProbe(paper.pdf).page_image(page, 72);
  int dark = 0;
  for (int y = static_cast<int>(page_height_pt - mm(15)); y < static_cast<int>(page_height_pt - mm(9)); ++y) {
    for (int x = static_cast<int>(right_pt - mm(25)); x < static_cast<int>(right_pt); ++x) dark += image.pixels[static_cast<std::size_t>(y * image.width + x)] < 160 ? 1 : 0;
  }
  return dark;
}

}  // namespace

TEST_CASE("a report says its points, its table and both signatures in Kazakh and Russian, with the warning on every sheet", "[paper][par18][par26]") {
  const auto body = office_pdf(plain_report(), texts());
  REQUIRE(body);
  const PdfProbe probe(body->pdf);
  const auto text = probe.text();
  for (const char* part : {"Бірінші тұжырым", "Первый вывод", "Қарсылық", "отклонено", "Ермекова Сәуле", "Тұрсынов Асқар"}) {
    INFO(part);
    CHECK(holds(text, part));
  }
  int warned = 0, places = 0;
  for (const Word& word : probe.words()) {
    warned += word.text == "(26-тармақ)." ? 1 : 0;
    places += word.text == "Бұрыштама" ? 1 : 0;
  }
  CHECK(warned == body->pages);
  CHECK(places == body->pages);
}

TEST_CASE("copies of a report have the body's pages and lines; copy 2 carries a visa on every sheet and the mark at the end", "[paper][par19]") {
  const auto content = plain_report();
  const auto body = office_pdf(content, texts());
  REQUIRE(body);
  const Digest d = sha256(body->pdf);
  const std::vector<LocalText> notes{{"12 желтоқсанда қойылды", "подписано 12 декабря", ""}};
  const auto first = office_copy(content, {1, d, notes}, texts());
  const auto returned = office_copy(content, {2, d, notes, visas(d, body->pages), plain_mark(d)}, texts());
  REQUIRE(first);
  REQUIRE(returned);
  CHECK(first->pages == body->pages);
  CHECK(returned->pages == body->pages);
  CHECK(holds(PdfProbe(first->pdf).text(), "подписано 12 декабря"));
  CHECK(holds(PdfProbe(returned->pdf).text(), "Сүлейменов Бауыржан"));
  for (int page = 1; page <= body->pages; ++page) {
    INFO(page);
    CHECK(ink_at_visa(*first, page) == 0);
    CHECK(ink_at_visa(*returned, page) > 10);
  }
}

TEST_CASE("a copy is refused when it would not be true: third copy, visa on copy 1, ink of another paper, another body", "[paper][par19]") {
  const auto content = plain_report();
  const auto body = office_pdf(content, texts());
  REQUIRE(body);
  const Digest d = sha256(body->pdf), other = sha256(as_bytes(std::string("other")));
  CHECK(office_copy(content, {3, d}, texts()).error().code == ErrorCode::invalid_input);
  CHECK(office_copy(content, {1, d, {}, visas(d, 1)}, texts()).error().code == ErrorCode::invalid_input);
  CHECK(office_copy(content, {2, d, {}, visas(other, 1)}, texts()).error().code == ErrorCode::invalid_input);
  CHECK(office_copy(content, {2, d, {}, {}, plain_mark(other)}, texts()).error().code == ErrorCode::invalid_input);
  CHECK(office_copy(content, {2, other}, texts()).error().code == ErrorCode::conflict);
  auto ragged = content;
  ragged.groups[1].table.rows[0].pop_back();
  CHECK(office_pdf(ragged, texts()).error().code == ErrorCode::invalid_input);
}

}  // namespace qabyl::test
