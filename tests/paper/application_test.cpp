// The application form: who asks for what, the two lists, the statement; its signed copy.
#include "core/paper/application_paper.h"

#include "core/crypto.h"
#include "core/encoding.h"
#include "tests/paper/pdf_probe.h"
#include "tests/paper/samples.h"
#include "tests/support/catch.h"

namespace qabyl::test {
namespace {

using namespace core;
using namespace core::paper;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_CASE("the application names addressee, applicant, request, enclosed and missing documents", "[paper]") {
  const std::string text = PdfProbe(application_pdf(plain_application(), texts(), Language::kk)->pdf).text();
  for (const char* part : {"Уәкілетті орган", "лицензия беру туралы өтініш", "«Дала кредиттік бюросы» ЖШС", "0407 4000 1238",
                           "Өмірбекова Ғалия Һүсейінқызы", "Қоса берілген құжаттардың тізімдемесі", "Қоса берілмеген құжаттар: 1",
                           "1) Үй-жай мен жабдықтың талаптарға сәйкестігі туралы акт", "2026 жылғы 23 қараша", "Қолтаңба"}) {
    INFO(part);
    CHECK(contains(text, part));
  }
}

TEST_CASE("each procedure asks in its own words", "[paper]") {
  ApplicationContent content = plain_application();
  CHECK(contains(PdfProbe(application_pdf(content, texts(), Language::ru)->pdf).text(), "Просим выдать лицензию"));
  content.draft.procedure = Procedure::reissue;
  content.draft.licence_number = "KZ-17";
  const std::string reissue = PdfProbe(application_pdf(content, texts(), Language::ru)->pdf).text();
  CHECK(contains(reissue, "Просим переоформить лицензию"));
  CHECK(contains(reissue, "KZ-17"));
  content.draft.procedure = Procedure::duplicate;
  CHECK(contains(PdfProbe(application_pdf(content, texts(), Language::ru)->pdf).text(), "выдать её дубликат"));
}

TEST_CASE("a representative by office has no end of authority, one by power of attorney has its last day", "[paper]") {
  ApplicationContent content = plain_application();
  CHECK(contains(PdfProbe(application_pdf(content, texts(), Language::ru)->pdf).text(), "Последний день: 31 марта 2027 года"));
  content.draft.authority_until.clear();
  const std::string text = PdfProbe(application_pdf(content, texts(), Language::ru)->pdf).text();
  CHECK(contains(text, "Действует по должности"));
  CHECK_FALSE(contains(text, "Последний день"));
}

TEST_CASE("the form counts its own pages in the list", "[paper]") {
  const auto paper = application_pdf(plain_application(), texts(), Language::kk);
  const std::string text = PdfProbe(paper->pdf).text();
  CHECK(contains(text, "1 Лицензия беру туралы өтініш 1 " + std::to_string(paper->pages)));
}

TEST_CASE("the signed copy is a rendering of the form that was signed, and of no other", "[paper]") {
  const auto form = application_pdf(plain_application(), texts(), Language::kk);
  ScreenSignature signature;
  signature.strokes = drawn_strokes();
  signature.pad_width_tenth_mm = 2390;
  signature.paper = sha256(form->pdf);
  const auto copy = application_copy(plain_application(), signature, texts(), Language::kk);
  REQUIRE(copy.has_value());
  CHECK(copy->pages == form->pages);
  CHECK(copy->pdf != form->pdf);

  signature.paper[0] ^= 1;
  CHECK(application_copy(plain_application(), signature, texts(), Language::kk).error().code == ErrorCode::conflict);
}

TEST_CASE("the form is never signed on a page of its own", "[paper]") {
  for (int missing = 0; missing < 12; ++missing) {  // pushes the statement over the end of the page
    ApplicationContent content = plain_application();
    for (int i = 0; i < missing; ++i) {
      RequiredDocument more;
      more.code = "X" + std::to_string(i);
      more.name = {"Құжат", "Документ", "Document"};
      more.procedures = {Procedure::issue};
      content.profile.documents.push_back(more);
    }
    const auto paper = application_pdf(content, texts(), Language::kk);
    int statement_page = 0, signature_page = 0;
    for (const Word& word : PdfProbe(paper->pdf).words()) {
      if (contains(word.text, "растаймын")) statement_page = word.page;
      if (contains(word.text, "Қолтаңба.")) signature_page = word.page;
    }
    CHECK(statement_page > 0);
    CHECK(statement_page == signature_page);
  }
}

}  // namespace
}  // namespace qabyl::test
