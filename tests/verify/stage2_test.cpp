// qabyl-verify receipt at stage 2: the registry's word and the place in the evidence log, from the QR alone and from the
// PDF with the whole evidence inside (sync/log/format-receipts.md, 2.2 and 3).
#include "core/encoding.h"
#include "core/json.h"
#include "core/verdict.h"
#include "sync/log/checkpoint.h"
#include "sync/log/leaf.h"
#include "sync/verify/receipt_check.h"
#include "tests/support/receipt_scene.h"
#include "tests/verify/program.h"

using namespace qabyl;
using sync::verify::check_receipt_pdf;
using sync::verify::check_receipt_qr;
using sync::verify::Standing;
namespace tlog = sync::log;

namespace {

// A registry whose log holds the receipt's record among others.
struct Registry {
  test::ReceiptScene scene;
  core::RegistryReceipt receipt;
  std::string checkpoint;

  explicit Registry(std::uint64_t index = 700, std::uint64_t size = 1'000) {
    static_cast<core::ReceiptFacts&>(receipt) = scene.receipt();
    receipt.acceptance = scene.acceptance.verify_key;
    receipt.registry_at = scene.filed + core::Millis(5'000);
    receipt.index = index;
    receipt.size = size;
    tlog::Tree tree;
    for (std::uint64_t i = 0; i < size; ++i) {
      const auto other = core::sha256(core::as_bytes(std::to_string(i)));
      tree.append(tlog::leaf_hash({i == index ? receipt.record : other, receipt.registry_at}));
    }
    receipt.proof = *tlog::inclusion_proof(tree, index, size);
    sign_state({"log.example.kz", size, *tlog::root_of(tree, size)}, scene.log);
  }
  void sign_state(const tlog::Checkpoint& state, const core::SigningKey& key) {
    checkpoint = tlog::sign_checkpoint(state, key);
    const auto line = tlog::parse_note(checkpoint)->signatures.front();
    std::copy(line.bytes.begin(), line.bytes.end(), receipt.checkpoint.begin());
  }
  std::string qr() const { return *core::registry_receipt_qr(receipt, core::sign_registry_receipt(receipt, scene.acceptance)); }
  std::string acceptance() const {
    core::Verdict verdict;
    verdict.id = "0199f3c2a4b87d1e8f60112233445566";
    verdict.digest = receipt.record;
    verdict.outcome = core::Outcome::accepted;
    verdict.at = receipt.registry_at;
    verdict.log = core::LogPlace{receipt.index, receipt.size, receipt.registry_at, receipt.proof, checkpoint};
    return core::sign_verdict(verdict, scene.acceptance);
  }
  core::ReceiptProof proof() const {
    auto proof = scene.proof(qr());
    proof.kiosk = scene.certified("AL-07", scene.other_kiosk);  // printed elsewhere
    proof.counter = scene.qr();
    proof.verdict = acceptance();
    return proof;
  }
  core::Bytes pdf(const core::ReceiptProof& proof) const { return *core::attach_receipt_proof(test::small_pdf(), proof, scene.other_kiosk); }
  sync::verify::Trust trust() const { return *sync::verify::make_trust(core::fingerprint(scene.root.verify_key), false, scene.keys_json()); }
};

}  // namespace

TEST_CASE("verify stage 2: the QR alone proves the registry's acceptance and the place in the log, at any place", "[verify][stage2]") {
  for (const auto& [index, size] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{{0, 1}, {0, 2}, {1, 2}, {6, 7}, {700, 1'000}, {999, 1'000}}) {
    const Registry registry(index, size);
    const auto check = check_receipt_qr(registry.qr(), registry.trust());
    INFO(index << " of " << size << ": " << check.why);
    CHECK(check.standing == Standing::proved);
    CHECK(check.stage == 2);
    CHECK(check.facts == registry.receipt);
  }
}

TEST_CASE("verify stage 2: the program says when the registry took it, where it stands and what is still not proved", "[verify][stage2]") {
  const Registry registry;
  const test::VerifyFolder folder;
  const auto keys = folder.file("keys.json", registry.scene.keys_json());
  const std::vector<std::string> trust{"--root", core::fingerprint(registry.scene.root.verify_key), "--keys", keys};
  std::vector<std::string> words{"receipt", "--qr", registry.qr()};
  words.insert(words.end(), trust.begin(), trust.end());
  const auto answer = test::ask_verify(words);
  INFO(answer.out);
  CHECK(answer.status == 0);
  CHECK(answer.out.find("Place in the evidence log: 701 of 1000") != std::string::npos);
  CHECK(answer.out.find("- The record stands in the evidence log") != std::string::npos);
  CHECK(answer.out.find("witnesses and a copy of the log prove it") != std::string::npos);
  words.push_back("--json");
  const auto json = core::parse_json(test::ask_verify(words).first_line(), 100'000);
  REQUIRE(json);
  CHECK(json->number("stage") == 2);
  CHECK(json->member("registry").number("index") == 700);
}

TEST_CASE("verify stage 2: every single-bit change of the QR is refused, with keys and without", "[verify][stage2]") {
  const Registry registry;
  const auto cose = *core::from_base45(registry.qr().substr(5));
  const auto nobody = *sync::verify::make_trust({}, false, {});
  CHECK(check_receipt_qr(registry.qr(), nobody).standing == Standing::unknown_key);
  std::size_t refused = 0;
  for (std::size_t bit = 0; bit < cose.size() * 8; ++bit) {
    auto changed = cose;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    refused += check_receipt_qr("QBL1:" + core::to_base45(changed), nobody).standing == Standing::refused ? 1 : 0;
  }
  CHECK(refused == cose.size() * 8);
}

TEST_CASE("verify stage 2: an acceptance key that states a place which the log's key never signed is refused", "[verify][stage2]") {
  Registry registry;
  const auto signed_by_nobody = [&] { return check_receipt_qr(registry.qr(), registry.trust()); };
  registry.receipt.proof[0][0] ^= 1;
  CHECK(signed_by_nobody().why == "checkpoint");
  registry = Registry();
  registry.receipt.registry_at -= core::Millis(1);  // back-dated
  CHECK(signed_by_nobody().why == "checkpoint");
  registry = Registry();
  registry.receipt.index -= 1;
  CHECK(signed_by_nobody().standing == Standing::refused);
  registry = Registry();
  registry.receipt.proof.pop_back();
  CHECK(signed_by_nobody().why == "not_in_log");
  registry = Registry();
  registry.sign_state({"log.example.kz", 1'000, {}}, registry.scene.acceptance);  // another key than the log's
  CHECK(signed_by_nobody().why == "checkpoint");
}

TEST_CASE("verify stage 2: a PDF printed at another kiosk holds the whole evidence and proves both kiosks", "[verify][stage2]") {
  const Registry registry;
  const auto check = check_receipt_pdf(registry.pdf(registry.proof()), registry.trust());
  INFO(check.why);
  CHECK(check.standing == Standing::proved);
  CHECK(check.printer.device == "AL-07");
  CHECK(check.kiosk.device == "AL-03");
}

TEST_CASE("verify stage 2: a PDF of a kiosk that did not take the filing has no receipt of stage 1, and is proved without", "[verify][stage2]") {
  const Registry registry;
  auto proof = registry.proof();
  proof.counter.clear();
  const auto check = check_receipt_pdf(registry.pdf(proof), registry.trust());
  INFO(check.why);
  CHECK(check.standing == Standing::proved);
  CHECK(check.printer.device == "AL-07");
  CHECK(check.kiosk.device.empty());
}

TEST_CASE("verify stage 2: evidence in the PDF that is missing, or about something else than its QR, is refused", "[verify][stage2]") {
  const Registry registry, elsewhere(3, 1'000);
  const auto trust = registry.trust();
  const auto why = [&](const core::ReceiptProof& proof) { return check_receipt_pdf(registry.pdf(proof), trust).why; };
  auto proof = registry.proof();
  proof.verdict.clear();
  CHECK(why(proof) == "record_differs");
  proof.verdict = elsewhere.acceptance();  // of the same record, at another place
  CHECK(why(proof) == "record_differs");
  proof = registry.proof();
  proof.counter = core::counter_receipt_qr(registry.scene.receipt("AL-03", 418), registry.scene.kiosk);
  CHECK(why(proof) == "record_differs");
  proof = registry.proof();
  proof.qr = registry.scene.qr();  // stage 1 has no such evidence
  CHECK(why(proof) == "record_differs");
}
