// A receipt whose record the registry has taken: its place in a log that is really built, its QR and its PDF of stage 2.
#pragma once

#include "core/registry_receipt.h"
#include "core/verdict.h"
#include "sync/log/checkpoint.h"
#include "sync/log/leaf.h"
#include "tests/support/receipt_scene.h"

namespace qabyl::test {

// The scene's receipt as the registry took it: leaf `index` of a log of `size` records.
struct Taken {
  ReceiptScene scene;
  core::CounterReceipt counter = scene.receipt();
  sync::log::Tree tree;
  core::RegistryReceipt receipt;

  explicit Taken(std::uint64_t index = 5, std::uint64_t size = 11) {
    static_cast<core::ReceiptFacts&>(receipt) = counter;
    receipt.acceptance = scene.acceptance.verify_key;
    receipt.registry_at = scene.filed + core::Millis(4'321);
    receipt.index = index;
    receipt.size = size;
    for (std::uint64_t i = 0; i < size; ++i) tree.append(i == index ? sync::log::leaf_hash({receipt.record, receipt.registry_at}) : sync::log::hash_leaf(core::as_bytes(std::to_string(i))));
    receipt.proof = *sync::log::inclusion_proof(tree, index, size);
    receipt.checkpoint = core::sign(scene.log, core::as_bytes(sync::log::checkpoint_text(checkpoint())));
  }
  sync::log::Checkpoint checkpoint() { return {scene.keys.origin(), receipt.size, *sync::log::root_of(tree, receipt.size)}; }
  std::string qr() const { return *core::registry_receipt_qr(receipt, core::sign_registry_receipt(receipt, scene.acceptance)); }

  core::Verdict verdict() {
    core::Verdict made;
    made.id = core::Id(std::string(32, 'a'));
    made.digest = receipt.record;
    made.outcome = core::Outcome::accepted;
    made.at = receipt.registry_at;
    made.log = core::LogPlace{receipt.index, receipt.size, receipt.registry_at, receipt.proof, checkpoint_note()};
    return made;
  }
  std::string answer() { return core::sign_verdict(verdict(), scene.acceptance); }
  std::string checkpoint_note() { return sync::log::sign_checkpoint(checkpoint(), scene.log); }
  core::ReceiptProof proof() {
    core::ReceiptProof made;
    made.record = receipt.record;
    made.qr = qr();
    made.kiosk = scene.certified("BB-07", scene.other_kiosk);  // printed later, at another kiosk
    made.counter = core::counter_receipt_qr(counter, scene.kiosk);
    made.verdict = answer();
    return made;
  }
  core::Bytes pdf(const core::ReceiptProof& with) const { return *core::attach_receipt_proof(small_pdf(), with, scene.other_kiosk); }
};

}  // namespace qabyl::test
