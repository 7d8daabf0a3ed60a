// The receipt as a reader, a printer and a QR reader meet it: bytes, fonts, text, code, margins.
#include "core/paper/receipt_paper.h"

#define ZX_USE_UTF8 1  // text() is UTF-8
#include <ZXing/ReadBarcode.h>

#include <filesystem>

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

std::vector<std::string> codes_on(const GrayImage& image) {
  const ZXing::ImageView view(image.pixels.data(), image.width, image.height, ZXing::ImageFormat::Lum);
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode);
  std::vector<std::string> texts;
  for (const ZXing::Result& result : ZXing::ReadBarcodes(view, hints)) texts.push_back(result.text());
  return texts;
}

TEST_CASE("the same receipt is the same bytes, made twice or in another process with other settings", "[paper]") {
  const auto once = receipt_pdf(plain_receipt(), texts(), Language::kk);
  const auto twice = receipt_pdf(plain_receipt(), texts(), Language::kk);
  REQUIRE(once.has_value());
  CHECK(once->pdf == twice->pdf);

  const std::string self = std::filesystem::read_symlink("/proc/self/exe");
  const std::string output = output_of("LANG=ru_RU.UTF-8 LC_ALL=C FC_LANG=ja TZ=Pacific/Auckland SOURCE_DATE_EPOCH=1 '" +
                                       self + "' '[.digest]' 2>&1");
  CHECK(contains(output, "digest " + to_hex(sha256(once->pdf))));
}

TEST_CASE("prints the digest of the plain receipt for another process", "[.digest]") {
  const auto paper = receipt_pdf(plain_receipt(), texts(), Language::kk);
  REQUIRE(paper.has_value());
  std::printf("digest %s\n", to_hex(sha256(paper->pdf)).c_str());
}

TEST_CASE("one changed character changes the receipt", "[paper]") {
  ReceiptContent other = plain_receipt();
  other.number = "AL03-26-000418-7";
  CHECK(receipt_pdf(plain_receipt(), texts(), Language::kk)->pdf != receipt_pdf(other, texts(), Language::kk)->pdf);
}

TEST_CASE("the receipt's text can be taken out of the PDF, in Kazakh, Russian and English", "[paper]") {
  const std::string kk = PdfProbe(receipt_pdf(plain_receipt(), texts(), Language::kk)->pdf).text();
  for (const char* part : {"AL03-26-000417-7", "2026 жылғы 23 қараша, 14:32:08", "«Дала кредиттік бюросы» ЖШС",
                           "9F4C7 1DA20 B8XYZ", "Өтініш нөмірі", "Бақылау коды", "ҚАБЫЛДАНДЫ", "23.11.2026 · AL-03",
                           "Файлдар: 6, беттер: 27", "Бұл қолхат талон емес", "1-бет, барлығы 1"}) {
    INFO(part);
    CHECK(contains(kk, part));
  }
  CHECK(contains(PdfProbe(receipt_pdf(plain_receipt(), texts(), Language::ru)->pdf).text(), "Контрольный код"));
  CHECK(contains(PdfProbe(receipt_pdf(plain_receipt(), texts(), Language::en)->pdf).text(), "not the talon"));
}

TEST_CASE("an unverified clock, missing documents and an open fee are said", "[paper]") {
  ReceiptContent content = plain_receipt();
  const std::string before = PdfProbe(receipt_pdf(content, texts(), Language::kk)->pdf).text();
  CHECK_FALSE(contains(before, "Уақыт расталмаған"));
  CHECK_FALSE(contains(before, "Жетіспейтін құжаттар"));
  content.trust = Trust::unconfirmed;
  content.missing = {"Үй-жай туралы акт", "Жарғы"};
  content.fee_open = true;
  const std::string after = PdfProbe(receipt_pdf(content, texts(), Language::kk)->pdf).text();
  CHECK(contains(after, "Уақыт расталмаған"));
  CHECK(contains(after, "Жетіспейтін құжаттар: 2"));
  CHECK(contains(after, "Үй-жай туралы акт"));
  CHECK(contains(after, "Лицензиялық алым"));
}

TEST_CASE("a receipt of stage 2 says since when it stands in the log and who can check it, and promises no confirmation to come", "[paper][stage2]") {
  ReceiptContent content = plain_receipt();
  content.logged_local = content.filed_local;
  content.logged_local->minute += 2;
  struct Row { Language language; const char *since, *check, *to_come; };
  for (const auto& row : {Row{Language::kk, "Дәлелдемелер журналында", "qabyl-verify", "Олар орталық тізілімге өздігінен жіберіледі"},
                          Row{Language::ru, "В журнале доказательств с", "verify.html", "Они отправляются в центральный реестр сами"},
                          Row{Language::en, "In the evidence log since", "without us and without a network", "They go to the central registry by themselves"}}) {
    const PdfProbe probe(receipt_pdf(content, texts(), row.language)->pdf);
    const std::string text = probe.text();
    INFO(text);
    CHECK(probe.pages() == 1);
    CHECK(contains(text, row.since));
    CHECK(contains(text, "14:34:08"));
    CHECK(contains(text, row.check));
    CHECK_FALSE(contains(text, row.to_come));
    CHECK(contains(PdfProbe(receipt_pdf(plain_receipt(), texts(), row.language)->pdf).text(), row.to_come));
  }
}

TEST_CASE("the receipt for a mark names the notice, the person and the last day", "[paper]") {
  const std::string text = PdfProbe(receipt_pdf(mark_receipt(), texts(), Language::kk)->pdf).text();
  for (const char* part : {"Тексеру туралы хабарлама № 118", "Сүлейменов Бауыржан Талғатұлы", "АЛЫНДЫ",
                           "Соңғы күні: 2026 жылғы 24 қараша", "тек алғаныңызды білдіреді"}) {
    INFO(part);
    CHECK(contains(text, part));
  }
}

TEST_CASE("a QR reader finds the receipt's code on the page printed at 200 dpi", "[paper]") {
  for (const ReceiptContent& content : {plain_receipt(), long_receipt(), mark_receipt()}) {
    const PdfProbe probe(receipt_pdf(content, texts(), Language::kk)->pdf);
    CHECK(codes_on(probe.page_image(1, 200)) == std::vector<std::string>{content.qr});
  }
}

TEST_CASE("a short code is drawn as large as its place allows and is read too", "[paper]") {
  ReceiptContent content = plain_receipt();
  content.qr = "QBL1:SHORT";
  CHECK(codes_on(PdfProbe(receipt_pdf(content, texts(), Language::kk)->pdf).page_image(1, 200)) ==
        std::vector<std::string>{content.qr});
}

TEST_CASE("a receipt without a code, or with too many documents, is refused", "[paper]") {
  ReceiptContent content = plain_receipt();
  content.qr.clear();
  CHECK(receipt_pdf(content, texts(), Language::kk).error().code == ErrorCode::invalid_input);
  content = plain_receipt();
  content.missing.assign(receipt_lines_max, "x");
  CHECK(receipt_pdf(content, texts(), Language::kk).error().code == ErrorCode::too_large);
}

}  // namespace
}  // namespace qabyl::test
