// The receipt of stage 2 that a kiosk makes from its record and the registry's verdict: verified up to the keys, or none.
#include "tests/support/catch.h"

#include "core/encoding.h"
#include "sync/log/registry_receipt.h"
#include "tests/page/taken_receipt.h"

using namespace qabyl;
using core::ErrorCode;
using sync::log::registry_receipt_qr;
using Taken = qabyl::test::Taken;

namespace {

core::Verdict acceptance(Taken& taken) {
  auto verdict = taken.verdict();
  verdict.receipt = core::sign_registry_receipt(taken.receipt, taken.scene.acceptance);
  return verdict;
}

}  // namespace

TEST_CASE("a verdict with the registry's signature gives the receipt that the registry signed", "[log][stage2]") {
  Taken taken;
  const auto verdict = acceptance(taken);
  const auto made = sync::log::registry_receipt(taken.counter, *verdict.log, taken.scene.acceptance.verify_key, taken.scene.keys);
  REQUIRE(made);
  CHECK(made->checkpoint == taken.receipt.checkpoint);
  const auto qr = registry_receipt_qr(taken.counter, verdict, taken.scene.keys);
  REQUIRE(qr);
  CHECK(*qr == taken.qr());
}

TEST_CASE("a receipt of stage 2 at ten million leaves fits its size, made from a verdict", "[log][stage2]") {
  Taken taken;
  auto place = *acceptance(taken).log;
  place.index = 9'999'998;
  place.size = 10'000'000;
  place.proof.assign(24, taken.counter.record);
  const auto made = sync::log::registry_receipt(taken.counter, place, taken.scene.acceptance.verify_key, taken.scene.keys);
  REQUIRE(made);
  const auto qr = core::registry_receipt_qr(*made, core::sign_registry_receipt(*made, taken.scene.acceptance));
  REQUIRE(qr);
  CHECK(core::from_base45(qr->substr(5))->size() <= 1'150);
  place.proof.assign(core::registry_receipt_hashes_max + 1, taken.counter.record);
  CHECK(sync::log::registry_receipt(taken.counter, place, taken.scene.acceptance.verify_key, taken.scene.keys).error().code == ErrorCode::too_large);
}

TEST_CASE("a receipt of stage 2 that anything contradicts is none", "[log][stage2]") {
  Taken taken;
  const auto good = acceptance(taken);
  const auto code = [&](const core::ReceiptFacts& facts, const core::Verdict& verdict) { return registry_receipt_qr(facts, verdict, taken.scene.keys).error().code; };
  CHECK(code(taken.counter, taken.verdict()) == ErrorCode::not_found);  // of a registry that signs none
  auto facts = taken.counter;
  facts.filed_at -= core::Millis(1);
  CHECK(code(facts, good) == ErrorCode::corrupt);
  facts = taken.counter;
  facts.record[0] ^= 1;
  CHECK(code(facts, good) == ErrorCode::corrupt);
  auto verdict = good;
  (*verdict.receipt)[5] ^= 1;
  CHECK(code(taken.counter, verdict) == ErrorCode::corrupt);
  verdict = good;
  verdict.log->proof.front()[0] ^= 1;
  CHECK(code(taken.counter, verdict) == ErrorCode::corrupt);
  verdict = good;
  verdict.log->at += core::Millis(1);
  CHECK(code(taken.counter, verdict) == ErrorCode::corrupt);

  verdict = good;  // by a key that is not the log's
  verdict.log->checkpoint = sync::log::sign_checkpoint(taken.checkpoint(), taken.scene.acceptance);
  CHECK(code(taken.counter, verdict) == ErrorCode::forbidden);
  const auto longer = sync::log::checkpoint_text(taken.checkpoint()) + "more\n";  // a QR has no room for it
  verdict.log->checkpoint = sync::log::write_note({longer, {sync::log::sign_note_text(longer, taken.scene.keys.origin(), taken.scene.log)}});
  CHECK(code(taken.counter, verdict) == ErrorCode::invalid_input);
}

TEST_CASE("an acceptance key counts for a receipt at the time in the leaf", "[log][stage2]") {
  Taken taken;
  const auto late = taken.scene.keyring(taken.receipt.registry_at + core::Millis(1));
  CHECK(registry_receipt_qr(taken.counter, acceptance(taken), late).error().code == ErrorCode::forbidden);
}
