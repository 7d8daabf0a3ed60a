// The notice of inspection: both languages, particulars, copies, margin code, mark of receipt.
#include "core/paper/notice_paper.h"

#include <algorithm>

#include "core/crypto.h"
#include "core/encoding.h"
#include "core/paper/layout.h"
#include "tests/paper/pdf_probe.h"
#include "tests/paper/samples.h"
#include "tests/support/catch.h"

namespace qabyl::test {
namespace {

using namespace core;
using namespace core::paper;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Digest digest_of(const NoticeContent& content) { return sha256(notice_pdf(content, texts())->pdf); }

TEST_CASE("the notice holds the particulars of the assignment in Kazakh and in Russian", "[paper]") {
  const std::string text = PdfProbe(notice_pdf(plain_notice(), texts())->pdf).text();
  for (const char* part : {"Тексеру туралы хабарлама", "Тексеру тапсырмасы: № 41, 2026 жылғы 20 тамыз", "26-7-000341",
                           "Тексеру түрі: жоспарлы", "Соңғы күні: 2026 жылғы 20 қараша", "Ахметова Г. С., инспекциялық топтың басшысы",
                           "Уведомление о проверке", "Задание на проверку: № 41, 20 августа 2026 года", "Вид проверки: плановая",
                           "Последний день: 20 ноября 2026 года", "руководитель инспекционной группы",
                           "2) ақпараттық жүйеге қол жеткізу журналдары;", "Последний день: 2 сентября 2026 года",
                           "Отметка означает получение уведомления, а не согласие"}) {
    INFO(part);
    CHECK(contains(text, part));
  }
  CHECK(text.find("Тексеру туралы хабарлама") < text.find("Уведомление о проверке"));
}

TEST_CASE("a notice says how its days were counted, below each day, in both languages and on both copies", "[paper]") {
  NoticeContent content = plain_notice();
  content.letter_counted = {{"1-күн: 2 қыркүйек", "день 1: 2 сентября", "day 1"}};
  content.return_last_day = std::chrono::year{2026} / 8 / 31;
  content.return_counted = {{"24 тамыз: демалыс", "24 августа: выходной", "a day off"}, {"1-күн: 31 тамыз", "день 1: 31 августа", "day 1"}};
  const auto body = notice_pdf(content, texts());
  const std::string text = PdfProbe(body->pdf).text();
  std::size_t at = 0;
  for (const char* part : {"Соңғы күні: 2026 жылғы 2 қыркүйек", "1) 1-күн: 2 қыркүйек", "қайтарудың соңғы күні: 2026 жылғы 31 тамыз", "1) 24 тамыз: демалыс", "2) 1-күн: 31 тамыз",
                           "Последний день: 2 сентября 2026 года", "1) день 1: 2 сентября", "экземпляра: 31 августа 2026 года", "2) день 1: 31 августа"}) {
    INFO(part);
    const auto found = text.find(part, at);
    CHECK(found != std::string::npos);
    at = found == std::string::npos ? at : found;
  }
  const auto copy = copy_rendering(content, {2, sha256(body->pdf), {}}, texts());
  REQUIRE(copy.has_value());
  CHECK(contains(PdfProbe(copy->pdf).text(), "2) день 1: 31 августа"));
  content.return_counted.assign(notice_count_lines_max, {"x", "x", "x"});
  CHECK(notice_pdf(content, texts()).error().code == ErrorCode::too_large);
}

TEST_CASE("a period that was waived and a bureau without past inspections are said in words", "[paper]") {
  NoticeContent content = plain_notice();
  content.assignment.object().erase("period");
  content.assignment["period_waived"] = Json(true);
  content.assignment["protocol_powers"] = Json(Json::Array{});
  const std::string text = PdfProbe(notice_pdf(content, texts())->pdf).text();
  CHECK(contains(text, "Проверяемый период: не устанавливается"));
  CHECK(contains(text, "Проверки за прошедший год: не проводились"));
  CHECK(contains(text, "не предоставлены"));
}

TEST_CASE("copies hold the body's text page for page and a margin code of their own", "[paper]") {
  const NoticeContent content = plain_notice();
  const auto body = notice_pdf(content, texts());
  const Digest d = sha256(body->pdf);
  for (const int number : {1, 2}) {
    const auto copy = copy_rendering(content, {number, d, {}}, texts());
    REQUIRE(copy.has_value());
    CHECK(copy->pages == body->pages);
    std::vector<std::string> in_margin(static_cast<std::size_t>(copy->pages));
    for (const Word& word : PdfProbe(copy->pdf).words()) {
      if (word.right < left_pt - mm(5)) in_margin[static_cast<std::size_t>(word.page - 1)] += word.text + " ";
    }
    for (int page = 1; page <= copy->pages; ++page) {
      const std::string& code = in_margin[static_cast<std::size_t>(page - 1)];
      INFO(code);
      CHECK(contains(code, content.paper_id));
      CHECK(contains(code, to_hex(d).substr(0, 16)));
      CHECK(contains(code, "экз. " + std::to_string(number)));
      CHECK(contains(code, std::to_string(page) + "/" + std::to_string(copy->pages)));
    }
  }
}

TEST_CASE("the marked copy 2 bears date, position and name on its last page only", "[paper]") {
  for (const bool extreme : {false, true}) {
    const NoticeContent content = extreme ? long_notice() : plain_notice();
    const Digest d = digest_of(content);
    const MarkOfReceipt mark = plain_mark(d);
    const auto unmarked = copy_rendering(content, {2, d, {}}, texts());
    const auto marked = copy_rendering(content, {2, d, mark}, texts());
    REQUIRE(marked.has_value());
    CHECK(marked->pages == unmarked->pages);
    for (const Word& word : PdfProbe(marked->pdf).words()) {
      if (word.text == "Сүлейменов" || word.text == "Басқарма") CHECK(word.page == marked->pages);
    }
    const std::string text = PdfProbe(marked->pdf).text();
    CHECK(contains(text, mark.full_name));
    CHECK(contains(text, mark.position));
    CHECK(contains(text, "2026 жылғы 25 тамыз / 25 августа 2026 года"));
    CHECK_FALSE(contains(PdfProbe(unmarked->pdf).text(), mark.full_name));
  }
}

TEST_CASE("the drawn signature is on the marked copy as blue ink and nowhere else", "[paper]") {
  const NoticeContent content = plain_notice();
  const Digest d = digest_of(content);
  const auto ink_on_last_page = [](const Result<Paper>& paper) {
    const std::string rgb = PdfProbe(paper->pdf).page_colours(paper->pages, 100);
    int ink = 0;
    for (std::size_t i = 0; i + 2 < rgb.size(); i += 3) ink += rgb.compare(i, 3, "\x10\x20\x6B") == 0;  // DESIGN.md 3.1, pen
    return ink;
  };
  CHECK(ink_on_last_page(copy_rendering(content, {2, d, {}}, texts())) == 0);
  CHECK(ink_on_last_page(copy_rendering(content, {2, d, plain_mark(d)}, texts())) > 100);
}

TEST_CASE("a mark on copy 1, of another paper, or content that does not give D is refused", "[paper]") {
  NoticeContent content = plain_notice();
  const Digest d = digest_of(content);
  Digest other = d;
  other[31] ^= 1;
  CHECK(copy_rendering(content, {3, d, {}}, texts()).error().code == ErrorCode::invalid_input);
  CHECK(copy_rendering(content, {1, d, plain_mark(d)}, texts()).error().code == ErrorCode::invalid_input);
  CHECK(copy_rendering(content, {2, d, plain_mark(other)}, texts()).error().code == ErrorCode::invalid_input);
  CHECK(copy_rendering(content, {2, other, {}}, texts()).error().code == ErrorCode::conflict);
  content.documents.pop_back();
  CHECK(copy_rendering(content, {1, d, {}}, texts()).error().code == ErrorCode::conflict);
}

TEST_CASE("the place for the mark is never alone on a sheet", "[paper]") {
  for (std::size_t documents = 1; documents < 30; documents += 2) {
    NoticeContent content = plain_notice();
    content.documents.assign(documents, content.documents[0]);
    const auto paper = notice_pdf(content, texts());
    const auto words = PdfProbe(paper->pdf).words();
    CHECK(std::any_of(words.begin(), words.end(), [&](const Word& word) {
      return word.page == paper->pages && contains(word.text, "согласие");
    }));
  }
}

TEST_CASE("more documents than a notice may name are refused", "[paper]") {
  NoticeContent content = plain_notice();
  content.documents.assign(notice_documents_max + 1, content.documents[0]);
  CHECK(notice_pdf(content, texts()).error().code == ErrorCode::too_large);
}

}  // namespace
}  // namespace qabyl::test
