// The proof inside a receipt's PDF: whole files come back, anything else is refused (ARCHITECTURE 5; RELIABILITY I8, 4.6).
#include "tests/support/catch.h"

#include "core/encoding.h"
#include "tests/support/receipt_scene.h"

using namespace qabyl::core;
using qabyl::test::small_pdf;
using Scene = qabyl::test::ReceiptScene;

namespace {

Bytes joined(const Bytes& first, std::string_view second) {
  Bytes both = first;
  both.insert(both.end(), second.begin(), second.end());
  return both;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const auto at = text.find(what);
  REQUIRE(at != text.npos);
  return text.replace(at, what.size(), with);
}

}  // namespace

TEST_CASE("a proof comes back out of the PDF that it was attached to", "[core][receipt_proof]") {
  const Scene scene;
  const Bytes file = scene.pdf(small_pdf());
  const auto proof = open_receipt_pdf(file);
  REQUIRE(proof);
  CHECK(proof->base == sha256(small_pdf()));
  CHECK(proof->record == scene.receipt().record);
  CHECK(proof->qr == scene.qr());
  CHECK(proof->kiosk == scene.certified("AL-03", scene.kiosk));
  CHECK(proof->counter.empty());
}

TEST_CASE("the update of a receipt's PDF is a function of base and proof: the same bytes each time", "[core][receipt_proof]") {
  const Scene scene;
  CHECK(scene.pdf(small_pdf()) == scene.pdf(small_pdf()));
  const auto update = pdf_proof_update(small_pdf(), "a.b.c");
  REQUIRE(update);
  // Fixed for ever: receipts that were given out are checked by making these bytes again.
  CHECK(to_hex(sha256(*update)) == "f70f833ded35ca95ee54c8ccff50762bf7dcb14215b23b15a3464cb5d8111e11");
}

TEST_CASE("a receipt's PDF with any bit changed is refused", "[core][receipt_proof]") {
  const Scene scene;
  const Bytes good = scene.pdf(small_pdf());
  REQUIRE(open_receipt_pdf(good));
  std::size_t accepted = 0;
  Bytes changed = good;
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    const auto flip = static_cast<std::uint8_t>(1U << (bit % 8));
    changed[bit / 8] ^= flip;
    accepted += open_receipt_pdf(changed) ? 1 : 0;
    changed[bit / 8] ^= flip;
  }
  CHECK(accepted == 0);
}

TEST_CASE("a receipt's PDF that was cut, lengthened or updated once more is refused", "[core][receipt_proof]") {
  const Scene scene;
  const Bytes good = scene.pdf(small_pdf());
  for (std::size_t size = 0; size < good.size(); ++size) CHECK_FALSE(open_receipt_pdf(ByteView(good).first(size)));
  for (const char* more : {"\n", " ", "%%EOF\n", "%", "% Qabyl receipt proof 1\n"}) CHECK_FALSE(open_receipt_pdf(joined(good, more)));
  const auto update = as_text(ByteView(good).subspan(small_pdf().size()));
  CHECK_FALSE(open_receipt_pdf(joined(good, update)));
  // Nothing of ours gives a file with a proof a second one, and such a file is no base.
  CHECK_FALSE(attach_receipt_proof(good, scene.proof(scene.qr()), scene.kiosk));
}

TEST_CASE("a proof moved to another page is refused", "[core][receipt_proof]") {
  const Scene scene;
  const Bytes good = scene.pdf(small_pdf());
  const auto proof = split_pdf_proof(good)->proof;
  const Bytes other = to_bytes(replaced(std::string(as_text(small_pdf())), "595 842", "595 843"));
  const auto update = pdf_proof_update(other, proof);
  REQUIRE(update);
  CHECK_FALSE(open_receipt_pdf(joined(other, as_text(*update))));
}

TEST_CASE("a proof by another key than it names, or of another purpose, is refused", "[core][receipt_proof]") {
  const Scene scene;
  const auto jws = sign_receipt_proof(scene.proof(scene.qr()), scene.kiosk);
  REQUIRE(open_receipt_proof(jws));
  const auto payload = parse_jws(jws)->payload;
  CHECK_FALSE(open_receipt_proof(sign_jws(scene.other_kiosk, receipt_proof_typ, payload)));
  CHECK_FALSE(open_receipt_proof(sign_jws(scene.kiosk, typ::record, payload)));
}

TEST_CASE("a proof with members missing, unknown, of another form or in another order is refused", "[core][receipt_proof]") {
  const Scene scene;
  const std::string good(as_text(parse_jws(sign_receipt_proof(scene.proof("QBL1:X"), scene.kiosk))->payload));
  const auto opened = [&](const std::string& payload) { return open_receipt_proof(sign_jws(scene.kiosk, receipt_proof_typ, as_bytes(payload))); };
  REQUIRE(opened(good));
  CHECK_FALSE(opened(replaced(good, "\"v\":1", "\"v\":2")));
  CHECK_FALSE(opened(replaced(good, "\"v\":1", "\"v\":1,\"x\":1")));
  CHECK_FALSE(opened(replaced(good, "\"device\":\"AL-03\"", "\"device\":\"AL 03\"")));
  CHECK_FALSE(opened(replaced(good, "{\"base\"", "{ \"base\"")));
  CHECK_FALSE(opened(replaced(good, "\"qr\":\"QBL1:X\",", "")));
  CHECK_FALSE(opened(replaced(good, "\"qr\":\"QBL1:X\"", "\"qr\":\"" + std::string(3000, 'X') + "\"")));
  CHECK_FALSE(opened("[]"));
  CHECK_FALSE(opened(std::string(40, '[')));
}

TEST_CASE("hostile bytes are no receipt PDF and do no harm", "[core][receipt_proof]") {
  const std::string pdf(as_text(small_pdf()));
  const std::string mark = "% Qabyl receipt proof 1\n";
  std::vector<std::string> files{"", "%PDF-", "%%EOF\n" + mark, pdf, pdf + mark, pdf + mark + "stream\nendstream\n", pdf + mark + "stream\n\nendstream\n",
                                 pdf + mark + "stream\na.b.c\nendstream\n", std::string(1'000'000, '%'), mark + mark + mark};
  std::string seams;
  for (int i = 0; i < 20'000; ++i) seams += "%%EOF\n" + mark;
  files.push_back("%PDF-" + seams);
  for (const auto& file : files) CHECK_FALSE(open_receipt_pdf(as_bytes(file)));
  CHECK(split_pdf_proof(Bytes(receipt_pdf_bytes_max + 3 * pdf_proof_bytes_max)).error().code == ErrorCode::too_large);
}

TEST_CASE("a proof is attached only to a PDF of the form that cairo writes", "[core][receipt_proof]") {
  const std::string pdf(as_text(small_pdf()));
  REQUIRE(pdf_proof_update(as_bytes(pdf), "a.b.c"));
  for (const auto& [what, with] : std::vector<std::pair<std::string, std::string>>{
           {"/Root 4 0 R", "/Root 5 0 R"}, {"/Root 4 0 R", "/Root 99999999999999999999 0 R"}, {"/Root 4 0 R", "/Root -1 0 R"}, {"/Size 5", "/Size 4000000000"},
           {"/Info 3 0 R", "/Id 3 0 R"}, {"xref\n0 5", "xref\n1 4"}, {"/Type /Catalog", "/Names 2 0 R"}, {"startxref\n", "startxref\n9"}, {"%PDF-", "%PDX-"},
           {"trailer", "tailer"}, {"%%EOF\n", "%%EOF"}}) {
    INFO(what << " -> " << with);
    CHECK_FALSE(pdf_proof_update(as_bytes(replaced(pdf, what, with)), "a.b.c"));
  }
  for (const char* proof : {"", "a b", "a\nendstream", "(", "a=", "\xD0\x90"}) CHECK_FALSE(pdf_proof_update(as_bytes(pdf), proof));
  CHECK_FALSE(pdf_proof_update(as_bytes(pdf), std::string(pdf_proof_bytes_max + 1, 'a')));
}
