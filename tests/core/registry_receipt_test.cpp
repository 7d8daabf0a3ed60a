// The receipt of stage 2 in its QR: signed by the registry, within its size, no bit of it can be changed (ARCHITECTURE 5).
#include "tests/support/catch.h"

#include "core/encoding.h"
#include "core/registry_receipt.h"
#include "tests/support/receipt_scene.h"

using namespace qabyl::core;
using Scene = qabyl::test::ReceiptScene;

namespace {

RegistryReceipt taken(const Scene& scene, std::string_view device = "AL-03", std::int64_t counter = 417, std::size_t hashes = 24) {
  RegistryReceipt receipt;
  static_cast<ReceiptFacts&>(receipt) = scene.receipt(device, counter);
  receipt.acceptance = scene.acceptance.verify_key;
  receipt.registry_at = scene.filed + Millis(4'321);
  receipt.index = 9'999'998;
  receipt.size = 10'000'000;
  for (std::size_t i = 0; i < hashes; ++i) receipt.proof.push_back(sha256(as_bytes(std::to_string(i))));
  receipt.checkpoint = sign(scene.log, as_bytes("log.example.kz\n"));
  return receipt;
}

std::string qr_of(const Scene& scene, const RegistryReceipt& receipt) { return *registry_receipt_qr(receipt, sign_registry_receipt(receipt, scene.acceptance)); }
std::size_t cose_bytes(std::string_view qr) { return from_base45(qr.substr(5))->size(); }

}  // namespace

TEST_CASE("a receipt of stage 2 comes back whole and its key is known", "[core][registry_receipt]") {
  const Scene scene;
  const auto made = taken(scene);
  const auto read = parse_registry_receipt(qr_of(scene, made));
  REQUIRE(read);
  CHECK(static_cast<const ReceiptFacts&>(*read) == made);
  CHECK(read->registry_at == made.registry_at);
  CHECK(read->index == made.index);
  CHECK(read->size == made.size);
  CHECK(read->proof == made.proof);
  CHECK(read->checkpoint == made.checkpoint);
  CHECK(verify_registry_receipt(*read, scene.keys));
}

TEST_CASE("a receipt of stage 2 is at most 1,150 bytes of COSE at ten million leaves", "[core][registry_receipt]") {
  const Scene scene;
  CHECK(cose_bytes(qr_of(scene, taken(scene))) <= 1'150);
  CHECK(cose_bytes(qr_of(scene, taken(scene, "KZ-ALA-000000003", 999'999'999'999))) <= 1'150);
  CHECK(cose_bytes(qr_of(scene, taken(scene, "KZ-ALA-000000003", 999'999'999'999, registry_receipt_hashes_max))) <= registry_receipt_bytes_max);
}

TEST_CASE("a receipt of stage 2 with any bit changed, cut or lengthened is refused by the QR alone", "[core][registry_receipt]") {
  const Scene scene;
  const auto cose = *from_base45(qr_of(scene, taken(scene)).substr(5));
  std::size_t read = 0;
  const auto try_it = [&](ByteView bytes) { read += parse_registry_receipt("QBL1:" + to_base45(bytes)) ? 1 : 0; };
  try_it(cose);
  REQUIRE(read == 1);
  for (std::size_t bit = 0; bit < cose.size() * 8; ++bit) {
    Bytes changed = cose;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    try_it(changed);
  }
  for (std::size_t size = 0; size < cose.size(); ++size) try_it(ByteView(cose).first(size));
  Bytes longer = cose;
  longer.push_back(0);
  try_it(longer);
  CHECK(read == 1);
}

TEST_CASE("the registry's signature makes no QR of anything that it did not sign", "[core][registry_receipt]") {
  const Scene scene;
  auto receipt = taken(scene);
  const auto signature = sign_registry_receipt(receipt, scene.acceptance);
  receipt.filed_at -= Millis(1);
  CHECK_FALSE(registry_receipt_qr(receipt, signature));
}

TEST_CASE("a key that is no acceptance key of that time signs no receipt of stage 2", "[core][registry_receipt]") {
  const Scene scene;
  auto receipt = taken(scene);
  receipt.acceptance = scene.log.verify_key;
  CHECK(verify_registry_receipt(receipt, scene.keys).error().code == ErrorCode::forbidden);
  receipt = taken(scene);
  receipt.registry_at = scene.enrolled + std::chrono::hours(24 * 4000);
  CHECK_FALSE(verify_registry_receipt(receipt, scene.keys));
}

TEST_CASE("the two stages are never taken for each other", "[core][registry_receipt]") {
  const Scene scene;
  CHECK_FALSE(parse_counter_receipt(qr_of(scene, taken(scene))));
  CHECK_FALSE(parse_registry_receipt(scene.qr()));
}

TEST_CASE("a proof of an impossible size is refused before it is looked at", "[core][registry_receipt]") {
  const Scene scene;
  for (const auto& [index, size] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{{0, 0}, {5, 5}, {~std::uint64_t{0}, ~std::uint64_t{0}}, {0, std::uint64_t{1} << 63}}) {
    const auto good = taken(scene);
    CborWriter out;
    out.array(15).number(2);
    write_facts(out, good);
    out.bytes(good.acceptance).number(1).number(index).number(size).bytes({}).bytes(good.checkpoint);
    CHECK_FALSE(parse_registry_receipt(receipt_qr(out.out(), sign(scene.acceptance, receipt_signed_bytes(out.out())))));
  }
}

TEST_CASE("the facts of a receipt are those of the record; a record without this device's number has none", "[core][registry_receipt]") {
  const Scene scene;
  Record record;
  record.device = "AL-03";
  record.at.utc = scene.filed;
  record.docs = {{"a", 1, sha256(as_bytes("a")), "application/pdf"}};
  record.body["number"] = receipt_number("AL-03", 2026, 417);
  const auto facts = receipt_facts(record, sha256(as_bytes("record")));
  REQUIRE(facts);
  CHECK(facts->number == record.body.text("number"));
  CHECK(facts->documents == documents_digest(record.docs));
  for (const std::string& number : std::vector<std::string>{"", "118", "-", "--", "AL03-26-000417-A", receipt_number("AL-04", 2026, 417), std::string(100'000, '-'), "AL03-26-99999999999999999999-A", receipt_number("AL-03", 2026, 417) + "\n"}) {
    record.body["number"] = number;
    CHECK_FALSE(receipt_facts(record, {}));
  }
  record.body["number"] = receipt_number("AL-03", 2026, 417);
  record.at.utc = Instant(Millis(-1));
  CHECK_FALSE(receipt_facts(record, {}));
  record.device = "registry";
  CHECK_FALSE(receipt_facts(record, {}));
}
