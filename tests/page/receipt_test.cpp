// Receipts of the counter before both verifiers: what the product makes, verify.html confirms; what is altered in any way
// neither accepts, and both say the same of it.
#include "tests/support/catch.h"

#include "tests/page/alterations.h"
#include "tests/page/two_verifiers.h"
#include "tests/support/receipt_scene.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

Asker asker_of(const ReceiptScene& scene) { return {core::fingerprint(scene.root.verify_key), scene.keys_json()}; }
std::string qr_of(const ReceiptScene& scene, std::string_view device, std::int64_t counter) { return core::counter_receipt_qr(scene.receipt(device, counter), scene.kiosk); }

}  // namespace

TEST_CASE("page: a receipt of the counter is proved up to the root, and every fact of it is read", "[page][receipt]") {
  const ReceiptScene scene;
  const auto made = scene.receipt();
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    for (const auto& root : {core::to_hex(scene.root.verify_key), core::fingerprint(scene.root.verify_key)}) {  // the page takes the key as well
      const auto said = page_says(*host, {scene.qr()}, {root, scene.keys_json()}).at(0);
      CHECK(said == program_says(scene.qr(), asker_of(scene)));
      const auto json = core::parse_json(said, 1 << 20);
      REQUIRE(json);
      CHECK(json->text("verdict") == "proved");
      CHECK(json->text("root") == core::fingerprint(scene.root.verify_key));
      CHECK(json->text("number") == made.number);
      CHECK(json->text("record") == core::to_hex(made.record));
      CHECK(json->text("documents") == core::to_hex(made.documents));
      CHECK(json->number("filed_at_ms") == made.filed_at.time_since_epoch().count());
      CHECK(json->number("u_ms") == 19'753);
      CHECK(json->member("kiosk").text("kid") == core::key_id(scene.kiosk.verify_key));
      CHECK(json->member("kiosk").text("registry_kid") == core::key_id(scene.acceptance.verify_key));
    }
  }
}

TEST_CASE("page: the number of a receipt is made again with its check character", "[page][receipt]") {
  const ReceiptScene scene;
  std::vector<std::string> qrs, numbers;
  for (std::int64_t counter = 1; counter < 1'000'000'000; counter = counter * 7 + 3) {
    for (const char* device : {"AL-03", "KZ-ALA-00003", "0Z"}) {
      qrs.push_back(qr_of(scene, device, counter));
      numbers.push_back(core::receipt_number(device, 2026, counter));
    }
  }
  for (PageHost* host : page_hosts()) {
    const auto said = page_says(*host, qrs, {});
    for (std::size_t i = 0; i < said.size(); ++i) CHECK(core::parse_json(said[i], 1 << 20)->text("number") == numbers[i]);
  }
}

TEST_CASE("page: whose key stands behind a receipt is said as it is", "[page][receipt]") {
  const ReceiptScene scene;
  const ReceiptScene other{.random = SeededRandom(2)};
  auto foreign = scene.receipt();  // a kiosk that the registry never certified
  foreign.kiosk_key = other.kiosk.verify_key;
  auto longer = scene.receipt();   // one that lengthened its own validity
  longer.key_to += std::chrono::hours(1);
  auto late = scene.receipt();     // filed at a trusted time at which its key was no longer valid
  late.filed_at = late.key_to;
  auto doubtful = late;            // the same by a clock that nobody trusts
  doubtful.trust = core::Trust::untrusted;
  auto unlisted = scene.receipt();
  unlisted.registry_kid = std::string(16, '0');
  auto before = scene.receipt();   // certified for a time before the acceptance key was valid
  before.key_from = core::Instant(std::chrono::seconds(1000));
  before.key_to = core::Instant(std::chrono::seconds(2000));
  before.trust = core::Trust::unconfirmed;
  before.registry_signature = core::sign(scene.acceptance, core::as_bytes(core::kiosk_key_statement(before.device, before.kiosk_key, before.key_from, before.key_to)));

  const Asker knowing = asker_of(scene), stranger = asker_of(other);
  struct Case { std::string qr; Asker asker; std::string verdict; };
  const std::vector<Case> cases{
      {core::counter_receipt_qr(foreign, other.kiosk), knowing, "refused not_certified"}, {core::counter_receipt_qr(longer, scene.kiosk), knowing, "refused not_certified"},
      {core::counter_receipt_qr(late, scene.kiosk), knowing, "refused not_certified"}, {core::counter_receipt_qr(doubtful, scene.kiosk), knowing, "proved"},
      {core::counter_receipt_qr(unlisted, scene.kiosk), knowing, "unknown_key key_not_listed"}, {core::counter_receipt_qr(before, scene.kiosk), knowing, "unknown_key key_not_listed"},
      {scene.qr(), knowing, "proved"}, {scene.qr(), {}, "unknown_key no_root"}, {scene.qr(), {"", knowing.keys}, "unknown_key no_root"}, {scene.qr(), {knowing.root, ""}, "unknown_key no_keys"},
      {scene.qr(), {stranger.root, knowing.keys}, "unknown_key keys_of_other_root"}, {scene.qr(), {knowing.root, stranger.keys}, "unknown_key keys_of_other_root"},
      {scene.qr(), stranger, "unknown_key key_not_listed"}};
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    for (const auto& each : cases) {
      INFO(each.verdict << " " << each.qr);
      const auto said = page_says(*host, {each.qr}, each.asker).at(0);
      CHECK(verdict_of(said) == each.verdict);
      CHECK(said == program_says(each.qr, each.asker));
    }
  }
}

TEST_CASE("page: a list of keys with any byte changed is no longer the root's", "[page][receipt]") {
  const ReceiptScene scene;
  const std::string good = scene.keys_json();
  const auto hosts = page_hosts();
  if (hosts.empty()) return;
  std::string lists = "[";
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string changed = good;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    lists += js(changed) + ",";
  }
  CHECK(probe(*hosts[0], lists + "].filter(list => probe.accepts(() => demand(makeTrust(" + js(asker_of(scene).root) + ", list).keys !== null, 'forged', ''))).length") == "0");
}

TEST_CASE("page: every single bit of a receipt counts, in its QR text and below it", "[page][receipt][bits]") {
  const ReceiptScene scene;
  const std::string good = scene.qr();
  const auto cose = *core::from_base45(good.substr(5));
  std::vector<std::string> changed;
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    const auto character = bit / 8;  // one of each group of three, each place in its turn: two bytes lie under a group
    if (character % 3 != character / 3 % 3) continue;
    changed.push_back(good);
    changed.back()[character] = static_cast<char>(changed.back()[character] ^ (1 << (bit % 8)));
  }
  for (std::size_t bit = 0; bit < cose.size() * 8; ++bit) {
    core::Bytes bytes = cose;
    bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    changed.push_back("QBL1:" + core::to_base45(bytes));
  }
  const auto hosts = page_hosts();
  if (hosts.empty()) return;
  const Asker asker = asker_of(scene);
  const auto said = page_says(*hosts[0], changed, asker);
  Tally tally;
  for (std::size_t i = 0; i < said.size(); ++i) tally.add(program_says(changed[i], asker), said[i], changed[i]);
  tally.check();
}

TEST_CASE("page: thousands of altered receipts are refused by both verifiers, in the same words", "[page][receipt][fuzz]") {
  const ReceiptScene scene;
  const Asker asker = asker_of(scene);
  const std::string good = scene.qr(), other = qr_of(scene, "KZ-ALA-00003", 99'999'999);
  const auto hosts = page_hosts();
  std::mt19937_64 random(altered_seed(20261128));
  Tally tally;
  constexpr std::size_t batch = 250;
  for (std::size_t round = 0; tally.made < altered_count(3000) && !hosts.empty(); ++round) {
    std::vector<std::string> qrs;
    while (qrs.size() < batch) qrs.push_back(altered_qr(qrs.size() % 2 == 0 ? good : other, qrs.size() % 2 == 0 ? other : good, random));
    const auto said = page_says(*hosts[round % 8 == 7 ? hosts.size() - 1 : 0], qrs, asker);  // one batch of eight in the browser
    for (std::size_t i = 0; i < qrs.size(); ++i) tally.add(program_says(qrs[i], asker), said[i], core::to_hex(core::as_bytes(qrs[i])));
  }
  tally.check();
  if (!hosts.empty()) CHECK(tally.signatures > tally.made / 10);  // not all of them fail at the first byte
}

TEST_CASE("page: hostile texts are no receipts, quickly", "[page][receipt]") {
  const std::vector<std::string> texts{"", "QBL1:", "QBL1:A", "qbl1:BB8", "QBB1:S-0007:X", "QBL1:" + std::string(100'000, '0'), "QBL1:" + core::to_base45(core::Bytes{0xD2, 0x84, 0x5B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}),
                                       "QBL1:" + core::to_base45(core::Bytes(200, 0x9F)), "https://example.org", "%PDF-", "%PDF-1.5\n%%EOF\n% Qabyl receipt proof 1\n", std::string("\0", 1), "\xff\xfe"};
  const std::string nothing = R"({"exit":4,"verdict":"refused","why":"not_a_receipt"})";
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    for (const auto& said : page_says(*host, texts, {})) CHECK(said == nothing);
    for (const char* large : {"new Uint8Array(20e6).fill(37)", "bytesOf('%PDF-' + '%%EOF\\n% Qabyl receipt proof 1\\n'.repeat(1e6))", "bytesOf('QBL1:' + 'Q'.repeat(3e6))"}) {
      INFO(large);
      CHECK(host->ask("reportOf(check(" + std::string(large) + ", makeTrust('', '')))") == nothing);
    }
  }
}
