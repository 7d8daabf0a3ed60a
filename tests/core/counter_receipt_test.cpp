// The QR of a receipt: small, without a name, and no bit of it can be changed.
#include "tests/support/catch.h"

#include "core/cbor.h"
#include "core/encoding.h"
#include "tests/support/receipt_scene.h"

using namespace qabyl::core;
using qabyl::test::SeededRandom;
using Scene = qabyl::test::ReceiptScene;

namespace {

std::size_t cose_bytes(std::string_view qr) { return from_base45(qr.substr(5))->size(); }

}  // namespace

TEST_CASE("a counter receipt comes back whole and its chain verifies", "[core][counter_receipt]") {
  const Scene scene;
  const auto made = scene.receipt();
  const auto read = parse_counter_receipt(counter_receipt_qr(made, scene.kiosk));
  REQUIRE(read);
  CHECK(read->number == made.number);
  CHECK(read->device == "AL-03");
  CHECK(read->record == made.record);
  CHECK(read->documents == made.documents);
  CHECK(read->filed_at == made.filed_at);
  CHECK(read->trust == Trust::trusted);
  CHECK(read->u_ms == made.u_ms);
  CHECK(read->key_from == made.key_from);
  CHECK(read->key_to == made.key_to);
  CHECK(read->registry_kid == made.registry_kid);
  CHECK(verify_counter_receipt(*read, scene.keys));
}

TEST_CASE("a counter receipt is at most 300 bytes of COSE", "[core][counter_receipt]") {
  const Scene scene;
  CHECK(cose_bytes(counter_receipt_qr(scene.receipt(), scene.kiosk)) == 288);
  CHECK(cose_bytes(counter_receipt_qr(scene.receipt("KZ-ALA-00003", 99'999'999), scene.kiosk)) <= counter_receipt_bytes_max);
}

TEST_CASE("a counter receipt is a COSE_Sign1 with EdDSA and nothing else", "[core][counter_receipt]") {
  const Scene scene;
  const std::string qr = counter_receipt_qr(scene.receipt(), scene.kiosk);
  CHECK(qr.substr(0, 5) == "QBL1:");
  const auto cose = from_base45(qr.substr(5));
  REQUIRE(cose);
  // tag 18, array of 4, h'A10127' = {1: -8}, {}, byte string of the payload
  CHECK(to_hex(ByteView(*cose).first(8)) == "d28443a10127a058");
}

TEST_CASE("a counter receipt with any bit of its QR text changed is refused", "[core][counter_receipt]") {
  const Scene scene;
  const std::string good = counter_receipt_qr(scene.receipt(), scene.kiosk);
  std::size_t read = 0;
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string changed = good;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    if (parse_counter_receipt(changed)) ++read;
  }
  CHECK(read == 0);
}

TEST_CASE("a counter receipt with any bit of its COSE changed, cut or lengthened is refused", "[core][counter_receipt]") {
  const Scene scene;
  const auto cose = from_base45(counter_receipt_qr(scene.receipt(), scene.kiosk).substr(5));
  REQUIRE(cose);
  std::size_t read = 0;
  const auto try_it = [&](ByteView bytes) { read += parse_counter_receipt("QBL1:" + to_base45(bytes)) ? 1 : 0; };
  try_it(*cose);
  REQUIRE(read == 1);
  for (std::size_t bit = 0; bit < cose->size() * 8; ++bit) {
    Bytes changed = *cose;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    try_it(changed);
  }
  for (std::size_t size = 0; size < cose->size(); ++size) try_it(ByteView(*cose).first(size));
  Bytes longer = *cose;
  longer.push_back(0);
  try_it(longer);
  CHECK(read == 1);
}

TEST_CASE("a kiosk that the registry never certified makes no receipt", "[core][counter_receipt]") {
  const Scene scene;
  SeededRandom random(9);
  const auto forger = new_signing_key(random);
  auto forged = scene.receipt();
  forged.kiosk_key = forger.verify_key;
  const auto read = parse_counter_receipt(counter_receipt_qr(forged, forger));
  REQUIRE(read);  // well formed, signed by the key inside
  CHECK_FALSE(verify_counter_receipt(*read, scene.keys));

  auto other_device = scene.receipt();
  other_device.device = "AL-04";
  CHECK_FALSE(verify_counter_receipt(other_device, scene.keys));
  auto longer = scene.receipt();
  longer.key_to += std::chrono::hours(1);
  CHECK_FALSE(verify_counter_receipt(longer, scene.keys));
  auto unknown = scene.receipt();
  unknown.registry_kid = std::string(16, '0');
  CHECK_FALSE(verify_counter_receipt(unknown, scene.keys));
  CHECK_FALSE(verify_counter_receipt(scene.receipt(), scene.keyring(scene.enrolled + std::chrono::hours(24 * 731))));
}

TEST_CASE("a trusted time outside the key's validity is refused, a doubtful clock is not blamed", "[core][counter_receipt]") {
  const Scene scene;
  auto receipt = scene.receipt();
  receipt.filed_at = receipt.key_to;
  CHECK_FALSE(verify_counter_receipt(receipt, scene.keys));
  receipt.trust = Trust::untrusted;
  CHECK(verify_counter_receipt(receipt, scene.keys));
}

TEST_CASE("hostile texts are no receipts and do no harm", "[core][counter_receipt]") {
  for (const std::string& text : std::vector<std::string>{"", "QBL1:", "QBL1:A", "qbl1:BB8", "QBB1:S-0007:X", "QBL1:" + std::string(100'000, '0'), "QBL1:" + to_base45(Bytes{0xD2, 0x84, 0x5B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}), "QBL1:" + to_base45(Bytes(200, 0x9F)), "https://example.org"}) {
    CHECK_FALSE(parse_counter_receipt(text));
  }
}

TEST_CASE("CBOR numbers are written and read in their shortest form only", "[core][cbor]") {
  const std::vector<std::pair<std::uint64_t, std::string>> vectors{  // RFC 8949, appendix A
      {0, "00"}, {23, "17"}, {24, "1818"}, {100, "1864"}, {1000, "1903e8"}, {1000000, "1a000f4240"},
      {1000000000000, "1b000000e8d4a51000"}, {18446744073709551615ULL, "1bffffffffffffffff"}};
  for (const auto& [value, hex] : vectors) {
    CborWriter writer;
    CHECK(to_hex(writer.number(value).out()) == hex);
    CborReader reader(writer.out());
    CHECK(reader.number(~std::uint64_t{0}) == value);
    CHECK(reader.at_end());
  }
  for (const char* hex : {"1817", "190018", "1a0000ffff", "1b00000000ffffffff", "18", "1b00", "1c", "1f", "20", "fb3ff0000000000000", ""}) {
    INFO(hex);
    const auto bytes = from_hex(hex);
    CborReader reader(*bytes);
    reader.number(~std::uint64_t{0});
    CHECK_FALSE(reader.good());
  }
}
