// An office, its keys and kiosks, and receipts made by the product's own code (core), altered in many ways for both
// verifiers. Everything follows from the seed.
#pragma once

#include <random>

#include "core/counter_receipt.h"
#include "core/encoding.h"
#include "core/receipt_number.h"
#include "tests/core/seeded_random.h"

namespace qabyl::test {

inline constexpr core::Instant enrolled_at{std::chrono::seconds(1'795'000'000)};

struct ReceiptScene {
  explicit ReceiptScene(std::uint8_t seed = 1) : random(seed) {}

  SeededRandom random;
  core::SigningKey root = core::new_signing_key(random), acceptance = core::new_signing_key(random), kiosk = core::new_signing_key(random);

  std::string keys_json() const {
    const auto from = enrolled_at - std::chrono::hours(1);
    return core::Keyring::sign(root, "office.example", {{core::KeyUse::acceptance, acceptance.verify_key, from, from + std::chrono::hours(24 * 3650)}}, from);
  }
  std::string root_text() const { return core::to_hex(root.verify_key); }

  core::CounterReceipt receipt(std::string_view device = "AL-03", std::int64_t counter = 417) const {
    core::CounterReceipt made;
    made.device = device;
    made.number = core::receipt_number(device, 2026, counter);
    made.record = core::sha256(core::as_bytes("record " + std::to_string(counter)));
    made.documents = core::sha256(core::as_bytes("documents"));
    made.filed_at = enrolled_at + std::chrono::milliseconds(9'876'543'210);
    made.trust = core::Trust::trusted;
    made.u_ms = 19'753;
    made.kiosk_key = kiosk.verify_key;
    made.key_from = enrolled_at;
    made.key_to = enrolled_at + std::chrono::hours(24 * 730);
    made.registry_kid = core::key_id(acceptance.verify_key);
    certify(made);
    return made;
  }
  void certify(core::CounterReceipt& made) const {
    made.registry_signature = core::sign(acceptance, core::as_bytes(core::kiosk_key_statement(made.device, made.kiosk_key, made.key_from, made.key_to)));
  }
  std::string qr(std::string_view device = "AL-03", std::int64_t counter = 417) const { return core::counter_receipt_qr(receipt(device, counter), kiosk); }
};

// `good` altered in one of many ways, never in none; `other` is a second receipt to mix it with.
std::string altered_qr(const std::string& good, const std::string& other, std::mt19937_64& random);

}  // namespace qabyl::test
