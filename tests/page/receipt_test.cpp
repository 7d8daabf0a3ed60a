// Receipts of the counter before both verifiers: what core makes, verify.html confirms; what is altered in any way neither
// accepts, and both say the same of it.
#include "tests/support/catch.h"

#include <algorithm>
#include <cstdlib>

#include "tests/page/probe.h"
#include "tests/page/receipt_scene.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

// What the first code base says, in the page's words.
std::string word_of_core(const std::string& qr, const core::Keyring* keys) {
  const auto receipt = core::parse_counter_receipt(qr);
  if (!receipt) return receipt.error().code == core::ErrorCode::corrupt ? "refused signature" : "refused not_a_receipt";
  if (keys == nullptr) return "unknown_key no_root";
  const auto chain = core::verify_counter_receipt(*receipt, *keys);
  if (chain) return "proved ";
  return chain.error().code == core::ErrorCode::forbidden ? "unknown_key key_not_listed" : "refused not_certified";
}

std::string word_of(const std::string& report) {
  const auto json = core::parse_json(report, 1 << 20);
  REQUIRE(json);
  return json->text("verdict") + " " + json->text("why");
}

std::vector<std::string> reports(PageHost& host, const std::vector<std::string>& qrs, const std::string& root, const std::string& keys) {
  return lines_of(probe(host, "probe.reports(" + js(in_hex(qrs)) + ", " + js(root) + ", " + js(keys) + ")"));
}

// How many altered receipts a run makes; the default is for every run, QABYL_PAGE_ALTERED for a long one.
std::size_t altered_count() {
  const char* wanted = std::getenv("QABYL_PAGE_ALTERED");
  return wanted == nullptr ? 3000 : static_cast<std::size_t>(std::strtoull(wanted, nullptr, 10));
}

}  // namespace

TEST_CASE("page: a receipt of the counter is proved up to the root, and every fact of it is read", "[page][receipt]") {
  const ReceiptScene scene;
  const auto made = scene.receipt();
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    for (const auto& root : {scene.root_text(), core::fingerprint(scene.root.verify_key)}) {
      const auto json = core::parse_json(reports(*host, {scene.qr()}, root, scene.keys_json()).at(0), 1 << 20);
      REQUIRE(json);
      if (json->text("why") == "keys_without_root") continue;  // a list of before it named its root: the key itself is needed
      CHECK(json->text("verdict") == "proved");
      CHECK(json->number("exit", -1) == 0);
      CHECK(json->text("root") == core::fingerprint(scene.root.verify_key));
      CHECK(json->text("number") == made.number);
      CHECK(json->text("device") == "AL-03");
      CHECK(json->text("record") == core::to_hex(made.record));
      CHECK(json->text("documents") == core::to_hex(made.documents));
      CHECK(json->number("filed_at_ms") == made.filed_at.time_since_epoch().count());
      CHECK(json->text("trust") == "trusted");
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
      qrs.push_back(scene.qr(device, counter));
      numbers.push_back(core::receipt_number(device, 2026, counter));
    }
  }
  for (PageHost* host : page_hosts()) {
    const auto said = reports(*host, qrs, "", "");
    REQUIRE(said.size() == numbers.size());
    for (std::size_t i = 0; i < said.size(); ++i) CHECK(core::parse_json(said[i], 1 << 20)->text("number") == numbers[i]);
  }
}

TEST_CASE("page: whose key stands behind a receipt is said as it is", "[page][receipt]") {
  const ReceiptScene scene(1), other(2);
  const auto keys = *core::Keyring::open(scene.keys_json(), scene.root.verify_key);
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
  scene.certify(before);
  const std::vector<std::pair<std::string, std::string>> cases{
      {core::counter_receipt_qr(foreign, other.kiosk), "refused not_certified"}, {core::counter_receipt_qr(longer, scene.kiosk), "refused not_certified"},
      {core::counter_receipt_qr(doubtful, scene.kiosk), "proved "}, {core::counter_receipt_qr(unlisted, scene.kiosk), "unknown_key key_not_listed"},
      {core::counter_receipt_qr(before, scene.kiosk), "unknown_key key_not_listed"}, {scene.qr(), "proved "}};
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    for (const auto& [qr, expected] : cases) {
      INFO(qr);
      CHECK(word_of(reports(*host, {qr}, scene.root_text(), scene.keys_json()).at(0)) == expected);
      CHECK(word_of_core(qr, &keys) == expected);
    }
    const std::string late_qr = core::counter_receipt_qr(late, scene.kiosk);
    CHECK(word_of(reports(*host, {late_qr}, scene.root_text(), scene.keys_json()).at(0)) == "refused not_certified");
    CHECK_FALSE(core::verify_counter_receipt(*core::parse_counter_receipt(late_qr), keys));
    CHECK(word_of(reports(*host, {scene.qr()}, "", "").at(0)) == "unknown_key no_root");
    CHECK(word_of(reports(*host, {scene.qr()}, scene.root_text(), "").at(0)) == "unknown_key no_keys");
    CHECK(word_of(reports(*host, {scene.qr()}, other.root_text(), scene.keys_json()).at(0)).starts_with("unknown_key keys_"));
    CHECK(word_of(reports(*host, {scene.qr()}, scene.root_text(), other.keys_json()).at(0)).starts_with("unknown_key keys_"));
    CHECK(word_of(reports(*host, {scene.qr()}, other.root_text(), other.keys_json()).at(0)) == "unknown_key key_not_listed");
  }
}

TEST_CASE("page: a list of keys with any byte changed is no longer the root's", "[page][receipt]") {
  const ReceiptScene scene;
  const std::string good = scene.keys_json();
  PageHost* host = page_hosts().empty() ? nullptr : page_hosts().front();
  if (host == nullptr) return;
  std::string lists = "[";
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string changed = good;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    lists += js(changed) + ",";
  }
  const std::string asked = lists + "].filter(list => probe.accepts(() => { if (makeTrust(" + js(scene.root_text()) + ", list).keys === null) throw new Refused('forged', ''); })).length";
  CHECK(probe(*host, asked) == "0");
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
    changed.back()[bit / 8] = static_cast<char>(changed.back()[bit / 8] ^ (1 << (bit % 8)));
  }
  for (std::size_t bit = 0; bit < cose.size() * 8; ++bit) {
    core::Bytes bytes = cose;
    bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    changed.push_back("QBL1:" + core::to_base45(bytes));
  }
  PageHost* host = page_hosts().empty() ? nullptr : page_hosts().front();
  if (host == nullptr) return;
  const auto said = reports(*host, changed, scene.root_text(), scene.keys_json());
  REQUIRE(said.size() == changed.size());
  for (std::size_t i = 0; i < said.size(); ++i) {
    if (word_of_core(changed[i], nullptr) == word_of(said[i]) && word_of(said[i]).starts_with("refused")) continue;
    INFO(i << " " << said[i]);
    CHECK(word_of(said[i]) == word_of_core(changed[i], nullptr));
    CHECK(word_of(said[i]).starts_with("refused"));
  }
}

TEST_CASE("page: thousands of altered receipts are refused by both verifiers, in the same words", "[page][receipt][fuzz]") {
  const ReceiptScene scene;
  const auto keys = *core::Keyring::open(scene.keys_json(), scene.root.verify_key);
  const std::string good = scene.qr(), other = scene.qr("KZ-ALA-00003", 99'999'999);
  const auto hosts = page_hosts();
  std::mt19937_64 random(20261128);
  std::size_t accepted_by_core = 0, accepted_by_page = 0, disagreed = 0, made = 0, reached_signature = 0;
  constexpr std::size_t batch = 250;
  for (std::size_t round = 0; made < altered_count() && !hosts.empty(); ++round) {
    std::vector<std::string> qrs;
    while (qrs.size() < batch) qrs.push_back(altered_qr(qrs.size() % 2 == 0 ? good : other, qrs.size() % 2 == 0 ? other : good, random));
    PageHost& host = *hosts[round % 8 == 7 ? hosts.size() - 1 : 0];  // one batch of eight in the browser
    const auto said = reports(host, qrs, scene.root_text(), scene.keys_json());
    REQUIRE(said.size() == qrs.size());
    for (std::size_t i = 0; i < qrs.size(); ++i) {
      const std::string page = word_of(said[i]), core = word_of_core(qrs[i], &keys);
      accepted_by_core += core.starts_with("refused") ? 0 : 1;
      accepted_by_page += page.starts_with("refused") ? 0 : 1;
      reached_signature += core == "refused signature" ? 1 : 0;
      if (page == core) continue;
      ++disagreed;
      UNSCOPED_INFO(core::to_hex(core::as_bytes(qrs[i])) << "\n  core: " << core << "\n  page: " << page);
    }
    made += qrs.size();
  }
  INFO(made << " made");
  CHECK(disagreed == 0);
  CHECK(accepted_by_core == 0);
  CHECK(accepted_by_page == 0);
  if (!hosts.empty()) CHECK(reached_signature > made / 10);  // not all of them fail at the first byte
}

TEST_CASE("page: hostile texts are no receipts, quickly", "[page][receipt]") {
  const std::vector<std::string> texts{"", "QBL1:", "QBL1:A", "qbl1:BB8", "QBB1:S-0007:X", "QBL1:" + std::string(100'000, '0'), "QBL1:" + core::to_base45(core::Bytes{0xD2, 0x84, 0x5B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}),
                                       "QBL1:" + core::to_base45(core::Bytes(200, 0x9F)), "https://example.org", "%PDF-", "%PDF-1.5\n%%EOF\n% Qabyl receipt proof 1\n", std::string("\0", 1), "\xff\xfe"};
  const std::string nothing = R"({"exit":4,"verdict":"refused","why":"not_a_receipt"})";
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    for (const auto& said : reports(*host, texts, "", "")) CHECK(said == nothing);
    for (const char* large : {"new Uint8Array(20e6).fill(37)", "bytesOf('%PDF-' + '%%EOF\\n% Qabyl receipt proof 1\\n'.repeat(1e6))", "bytesOf('QBL1:' + 'Q'.repeat(3e6))"}) {
      INFO(large);
      CHECK(host->ask("reportOf(check(" + std::string(large) + ", makeTrust('', '')))") == nothing);
    }
  }
}
