// The form of a licence: what it says in Kazakh and in Russian, and what it never says (paragraphs 2, 4, 6).
#include "core/paper/licence_paper.h"

#include "core/crypto.h"
#include "tests/paper/pdf_probe.h"
#include "tests/paper/samples.h"
#include "tests/support/catch.h"

namespace qabyl::test {
namespace {

using namespace core;
using namespace core::paper;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
std::string said(const LicenceContent& content) { return PdfProbe(licence_pdf(content, texts())->pdf).text(); }

TEST_CASE("a licence names its holder, number and form in Kazakh, then in Russian, and has no end", "[paper][par2][par4]") {
  const std::string text = said(plain_licence());
  for (const char* part : {"ЛИЦЕНЗИЯ", "№ КБ-0007", "Бланк № 0000012", "«Алатау кредиттік бюросы» АҚ", "0407 4000 1238", "Алматы, Абай даңғылы, 150", "2026 жылғы 28 желтоқсан",
                           "28 декабря 2026 года", "мерзімсіз", "бессрочно", "Лицензия үшінші тұлғаларға берілмейді.", "Лицензия не подлежит передаче третьим лицам.",
                           "Түпнұсқа", "Подлинник", "Төраға", "Председатель", "Жұмабаев Ә. Қ."}) {
    INFO(part);
    CHECK(contains(text, part));
  }
  CHECK(text.find("кредиттік бюро қызметін") < text.find("на осуществление деятельности"));
  for (const char* part : {"ТЕЛНҰСҚА", "ПЕРЕОФОРМЛЕНА", "күшін жойды"}) CHECK_FALSE(contains(text, part));
}

TEST_CASE("a duplicate and a re-issued form say so in both languages on either page, and which form is void", "[paper][par6]") {
  struct Sort { Procedure given; std::string words; };
  for (const auto& [given, words] : {Sort{Procedure::duplicate, "ТЕЛНҰСҚА / ДУБЛИКАТ"}, Sort{Procedure::reissue, "ҚАЙТА РЕСІМДЕЛГЕН / ПЕРЕОФОРМЛЕНА"}}) {
    const std::string text = said(plain_licence(given));
    const auto first = text.find(words);
    REQUIRE(first != std::string::npos);
    CHECK(text.find(words, first + 1) != std::string::npos);
    CHECK(contains(text, "№ 0000003, күшін жойды"));
    CHECK(contains(text, "№ 0000003, утратил силу"));
    CHECK_FALSE(contains(text, "Түпнұсқа"));
  }
}

TEST_CASE("a licence has two pages, with the longest names too, and the same bytes for the same content", "[paper]") {
  for (const auto& content : {plain_licence(), plain_licence(Procedure::duplicate), long_licence()}) {
    const auto once = licence_pdf(content, texts());
    REQUIRE(once.has_value());
    CHECK(once->pages == 2);
    CHECK(sha256(once->pdf) == sha256(licence_pdf(content, texts())->pdf));
  }
}

TEST_CASE("an address that leaves no room on its page is refused, not cut", "[paper]") {
  auto content = long_licence();
  for (int i = 0; i < 4; ++i) content.address += " " + content.address;
  CHECK(licence_pdf(content, texts()).error().code == ErrorCode::too_large);
}

}  // namespace
}  // namespace qabyl::test
