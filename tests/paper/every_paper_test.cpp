// What holds for every paper, ordinary and extreme: own fonts, embedded; the page count that it claims;
// nothing outside the margins; the letters of Kazakh; no picture of the making machine in the bytes.
#include <map>

#include "core/crypto.h"
#include "core/paper/layout.h"
#include "tests/paper/pdf_probe.h"
#include "tests/paper/samples.h"
#include "tests/support/catch.h"

namespace qabyl::test {
namespace {

using namespace core;
using namespace core::paper;

std::map<std::string, Result<Paper>> all_papers() {
  std::map<std::string, Result<Paper>> papers;
  for (const Language language : languages) {
    const std::string code(to_text(language));
    papers.emplace("receipt " + code, receipt_pdf(plain_receipt(language), texts(), language));
    papers.emplace("long receipt " + code, receipt_pdf(long_receipt(), texts(), language));
    papers.emplace("mark receipt " + code, receipt_pdf(mark_receipt(), texts(), language));
    papers.emplace("application " + code, application_pdf(plain_application(), texts(), language));
    papers.emplace("long application " + code, application_pdf(long_application(), texts(), language));
  }
  for (const Procedure given : {Procedure::issue, Procedure::reissue, Procedure::duplicate}) papers.emplace("licence " + std::string(to_text(given)), licence_pdf(plain_licence(given), texts()));
  papers.emplace("long licence", licence_pdf(long_licence(), texts()));
  for (const bool extreme : {false, true}) {
    const NoticeContent content = extreme ? long_notice() : plain_notice();
    const std::string kind = extreme ? "long notice" : "notice";
    auto body = notice_pdf(content, texts());
    REQUIRE(body.has_value());
    const Digest d = sha256(body->pdf);
    papers.emplace(kind + " body", std::move(body));
    papers.emplace(kind + " copy 1", copy_rendering(content, {1, d, {}}, texts()));
    papers.emplace(kind + " marked copy 2", copy_rendering(content, {2, d, extreme ? long_mark(d) : plain_mark(d)}, texts()));
  }
  for (const bool extreme : {false, true}) {
    const OfficePaper content = extreme ? long_report() : plain_report();
    const std::string kind = extreme ? "long report" : "report";
    auto body = office_pdf(content, texts());
    REQUIRE(body.has_value());
    const Digest d = sha256(body->pdf);
    papers.emplace(kind + " body", std::move(body));
    papers.emplace(kind + " copy 2", office_copy(content, {2, d, {}, {}, extreme ? long_mark(d) : plain_mark(d)}, texts()));
  }
  return papers;
}

bool own_font(const std::string& name) {
  for (const char* own : {"Inter-Regular", "Inter-SemiBold", "PTSerif-Regular", "PTSerif-Bold", "PTMono-Regular"}) {
    if (name == own) return true;
  }
  return false;
}

TEST_CASE("every paper embeds our fonts and no other, and has the pages it claims", "[paper]") {
  for (const auto& [name, paper] : all_papers()) {
    INFO(name);
    REQUIRE(paper.has_value());
    const PdfProbe probe(paper->pdf);
    CHECK(probe.pages() == paper->pages);
    CHECK(probe.all_fonts_embedded());
    for (const std::string& font : probe.fonts()) {
      INFO(font);
      CHECK(own_font(font));
    }
  }
}

TEST_CASE("no word of any paper runs off its page", "[paper]") {
  for (const auto& [name, paper] : all_papers()) {
    REQUIRE(paper.has_value());
    for (const Word& word : PdfProbe(paper->pdf).words()) {
      INFO(name << ", page " << word.page << ": " << word.text);
      const bool margin_code = word.right < left_pt - mm(5);  // upright in the left margin of a copy
      CHECK((margin_code || word.left >= left_pt - 1));
      CHECK(word.left >= mm(5));
      CHECK(word.right <= right_pt + mm(1.5));  // letter spacing and a turned stamp
      CHECK(word.top >= mm(8));
      CHECK(word.bottom <= page_height_pt - mm(8));
    }
  }
}

TEST_CASE("the nine letters of Kazakh, the tenge and the number sign come out of the PDF as they went in", "[paper]") {
  ApplicationContent content = plain_application();
  content.draft.organisation = "ӘҒҚҢӨҰҮҺІ әғқңөұүһі";
  content.draft.address = "№ 7 «Қала», 5 × 5";
  const std::string text = PdfProbe(application_pdf(content, texts(), Language::kk)->pdf).text();
  for (const char* part : {"ӘҒҚҢӨҰҮҺІ әғқңөұүһі", "№ 7 «Қала», 5 × 5", "₸"}) {
    INFO(part);
    CHECK(text.find(part) != std::string::npos);
  }
}

TEST_CASE("a chain of numbers and hyphens still breaks, and hidden characters are left out", "[paper]") {
  ApplicationContent content = plain_application();
  content.draft.organisation.clear();
  for (int i = 0; i < 66; ++i) content.draft.organisation += "1-б";
  content.draft.address = "Алматы\xE2\x80\xAE ытамлА \xFF\xFE\x07";
  content.draft.position = "日本 🙂 العربية";
  const auto paper = application_pdf(content, texts(), Language::ru);
  REQUIRE(paper.has_value());
  const PdfProbe probe(paper->pdf);
  for (const Word& word : probe.words()) CHECK(word.right <= right_pt + 1);
  for (const std::string& font : probe.fonts()) CHECK(own_font(font));
  CHECK(probe.text().find("\xE2\x80\xAE") == std::string::npos);
}

TEST_CASE("every paper says when its fact was made and nothing of the day it was drawn", "[paper]") {
  const auto paper = receipt_pdf(plain_receipt(), texts(), Language::kk);
  const PdfProbe probe(paper->pdf);
  const std::string dated = output_of("TZ=UTC pdfinfo -isodates " + probe.path());
  CHECK(dated.find("CreationDate:    2026-11-23T09:32:08") != std::string::npos);
  CHECK(as_text(paper->pdf).find("/ID [") == std::string::npos);
}

}  // namespace
}  // namespace qabyl::test
