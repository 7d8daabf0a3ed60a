// An office with a root, its keys, a kiosk that it has certified and a receipt of that kiosk, from one seed; and a PDF as
// small as cairo's form allows. Knows no paper and no store.
#pragma once

#include "core/receipt_number.h"
#include "core/receipt_proof.h"
#include "tests/core/seeded_random.h"

namespace qabyl::test {

struct ReceiptScene {
  core::Instant enrolled{std::chrono::seconds(1'795'000'000)};
  core::Instant filed = enrolled + core::Millis(9'876'543'210);
  SeededRandom random;
  core::SigningKey root = core::new_signing_key(random), acceptance = core::new_signing_key(random), kiosk = core::new_signing_key(random),
                   other_kiosk = core::new_signing_key(random), log = core::new_signing_key(random);
  core::Keyring keys = keyring(enrolled - std::chrono::hours(1));

  std::string keys_json(core::Instant from) const {
    const auto to = from + std::chrono::hours(24 * 3650);
    return core::Keyring::sign(root, "log.example.kz", {{core::KeyUse::acceptance, acceptance.verify_key, from, to}, {core::KeyUse::log, log.verify_key, from, to}});
  }
  std::string keys_json() const { return keys_json(enrolled - std::chrono::hours(1)); }
  core::Keyring keyring(core::Instant from) const { return *core::Keyring::open(keys_json(from), root.verify_key); }

  core::KioskKey certified(std::string_view device, const core::SigningKey& key) const {
    const auto to = enrolled + std::chrono::hours(24 * 730);
    return {std::string(device), key.verify_key, enrolled, to, core::key_id(acceptance.verify_key),
            core::sign(acceptance, core::as_bytes(core::kiosk_key_statement(device, key.verify_key, enrolled, to)))};
  }
  core::CounterReceipt receipt(std::string_view device = "AL-03", std::int64_t counter = 417) const {
    core::CounterReceipt r;
    r.device = device;
    r.number = core::receipt_number(device, 2026, counter);
    r.record = core::sha256(core::as_bytes("record"));
    r.documents = core::documents_digest({{"a", 1, core::sha256(core::as_bytes("a")), "application/pdf"}, {"b", 1, core::sha256(core::as_bytes("b")), "image/png"}});
    r.filed_at = filed;
    r.trust = core::Trust::trusted;
    r.u_ms = 19'753;
    const auto by = certified(device, kiosk);
    r.kiosk_key = by.key;
    r.key_from = by.from;
    r.key_to = by.to;
    r.registry_kid = by.registry_kid;
    r.registry_signature = by.registry_signature;
    return r;
  }
  std::string qr() const { return core::counter_receipt_qr(receipt(), kiosk); }

  core::ReceiptProof proof(std::string qr_text) const {
    core::ReceiptProof proof;
    proof.record = receipt().record;
    proof.qr = std::move(qr_text);
    proof.kiosk = certified("AL-03", kiosk);
    return proof;
  }
  core::Bytes pdf(core::Bytes base) const { return *core::attach_receipt_proof(std::move(base), proof(qr()), kiosk); }
};

// One empty page in the form that cairo 1.16 gives a PDF.
inline core::Bytes small_pdf() {
  const std::vector<std::string> objects{"<< /Type /Pages\n   /Kids [ 2 0 R ]\n   /Count 1\n>>", "<< /Type /Page\n   /Parent 1 0 R\n   /MediaBox [ 0 0 595 842 ]\n>>",
                                         "<< /Producer (test)\n>>", "<< /Type /Catalog\n   /Pages 1 0 R\n>>"};
  std::string text = "%PDF-1.5\n", table = "xref\n0 5\n0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    char line[24];
    std::snprintf(line, sizeof line, "%010zu 00000 n \n", text.size());
    table += line;
    text += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const auto at = std::to_string(text.size());
  text += table + "trailer\n<< /Size 5\n   /Root 4 0 R\n   /Info 3 0 R\n>>\nstartxref\n" + at + "\n%%EOF\n";
  return core::to_bytes(text);
}

}  // namespace qabyl::test
