// What a person brings to be verified: nothing is proved but what was signed, byte for byte (RELIABILITY I8, 4.5 F7).
#include <map>
#include <set>

#include "core/encoding.h"
#include "sync/verify/bundle_check.h"
#include "sync/verify/journal_check.h"
#include "sync/verify/proof_check.h"
#include "sync/verify/receipt_check.h"
#include "sync/verify/stamp_check.h"
#include "tests/fuzz/target.h"
#include "tests/page/taken_receipt.h"
#include "tests/support/evidence_scene.h"
#include "tests/support/stamp_vector.h"

namespace qabyl::fuzz {
namespace {

using sync::verify::Standing;

const sync::verify::Trust& trust() {
  static const auto made = [] {
    const test::ReceiptScene scene;
    return *sync::verify::make_trust(core::fingerprint(scene.root.verify_key), false, scene.keys_json());
  }();
  return made;
}

using Seeds = std::vector<core::Bytes> (*)();

// Only what is a seed of a target may be proved.
bool is_seed(core::ByteView bytes, Seeds seeds) {
  static std::map<Seeds, std::set<core::Bytes>> known;
  auto& all = known[seeds];
  if (all.empty()) {
    for (auto& seed : seeds()) all.insert(std::move(seed));
  }
  return all.contains(core::Bytes(bytes.begin(), bytes.end()));
}

std::vector<core::Bytes> qr_seeds() {
  test::Taken taken, first(0, 1);
  return {core::to_bytes(test::ReceiptScene().qr()), core::to_bytes(taken.qr()), core::to_bytes(first.qr())};
}
void qr(core::ByteView bytes) {
  const auto check = sync::verify::check_receipt_qr(core::as_text(bytes), trust());
  must(check.standing != Standing::proved || is_seed(bytes, qr_seeds), "no code is proved but one that was signed");
}
const bool qr_added = add({"qr", 4096, qr, qr_seeds});

// The same bytes below base45, where a change is a change of CBOR.
void cose(core::ByteView bytes) {
  const auto text = "QBL1:" + core::to_base45(bytes);
  const auto check = sync::verify::check_receipt_qr(text, trust());
  must(check.standing != Standing::proved || is_seed(core::as_bytes(text), qr_seeds), "no COSE_Sign1 is proved but one that was signed");
}
const bool cose_added = add({"cose", 2048, cose, [] {
  std::vector<core::Bytes> seeds;
  for (const auto& text : qr_seeds()) seeds.push_back(*core::from_base45(core::as_text(text).substr(5)));
  return seeds;
}});

std::vector<core::Bytes> pdf_seeds() {
  test::Taken taken;
  const test::ReceiptScene scene;
  return {scene.pdf(test::small_pdf()), taken.pdf(taken.proof())};
}
void pdf(core::ByteView bytes) {
  const auto check = sync::verify::check_receipt_pdf(bytes, trust());
  must(check.standing != Standing::proved || is_seed(bytes, pdf_seeds), "no PDF is proved but one that was made");
  const auto parts = core::split_pdf_proof(bytes);
  if (!parts) return;
  const auto update = core::pdf_proof_update(parts->base, parts->proof);
  must(update && parts->base.size() + update->size() == bytes.size() && std::equal(update->begin(), update->end(), bytes.begin() + static_cast<std::ptrdiff_t>(parts->base.size())),
       "the update is a function of base and proof");
}
const bool pdf_added = add({"pdf", 16'384, pdf, pdf_seeds});

std::vector<core::Bytes> proof_seeds() {
  test::EvidenceScene scene;
  return {core::to_bytes(scene.proof(1)), core::to_bytes(scene.proof(2)), core::to_bytes(scene.proof(3))};
}
// Those behind a text are forgiven, in files that people carry about.
core::ByteView without_line_breaks(core::ByteView bytes) {
  while (!bytes.empty() && (bytes.back() == '\n' || bytes.back() == '\r')) bytes = bytes.first(bytes.size() - 1);
  return bytes;
}
void proof(core::ByteView bytes) {
  const auto check = sync::verify::check_proof(core::as_text(bytes), "", trust());
  bytes = without_line_breaks(bytes);
  must(check.standing != Standing::proved || is_seed(bytes, proof_seeds), "no proof counts but one that the log gave");
}
const bool proof_added = add({"proof", 8192, proof, proof_seeds});

void keys(core::ByteView bytes) {
  static const auto known = [] { return core::to_bytes(test::ReceiptScene().keys_json()); }();
  static const auto root = core::fingerprint(test::ReceiptScene().root.verify_key);
  const auto made = sync::verify::make_trust(root, false, core::as_text(bytes));
  bytes = without_line_breaks(bytes);
  must(!made || !made->keys || std::equal(bytes.begin(), bytes.end(), known.begin(), known.end()), "no list of keys counts but the root's own");
  (void)core::open_keys_untrusted(core::as_text(bytes));
}
const bool keys_added = add({"keys", 8192, keys, [] { return std::vector<core::Bytes>{core::to_bytes(test::ReceiptScene().keys_json())}; }});

std::vector<core::Bytes> bundle_seeds() { return {test::EvidenceScene().zip()}; }
void bundle(core::ByteView bytes) {
  const auto check = sync::verify::check_bundle(bytes, trust());
  must(check.standing != Standing::proved || is_seed(bytes, bundle_seeds), "no bundle is proved but one that was packed");
  (void)sync::verify::keys_in_bundle(bytes);
}
const bool bundle_added = add({"bundle", 65'536, bundle, bundle_seeds});

std::vector<core::Bytes> journal_seeds() {
  const test::EvidenceScene scene;
  const auto& first = scene.records[0];
  const auto head = sync::log::sign_journal_head({"AL-03", scene.office.kiosk.verify_key, scene.office.enrolled, scene.office.enrolled + std::chrono::hours(24 * 730), 1, first.digest, scene.office.filed}, scene.office.acceptance);
  return {core::to_bytes(head + "\n" + first.jws + "\n")};
}
void journal(core::ByteView bytes) {
  std::string text(core::as_text(bytes));
  std::size_t at = 0;
  const auto check = sync::verify::check_journal([&]() -> core::Result<std::string> {
    if (at >= text.size()) return core::Error{core::ErrorCode::not_found, ""};
    const auto end = std::min(text.find('\n', at), text.size());
    auto line = text.substr(at, end - at);
    at = end + 1;
    return line;
  }, trust());
  if (!text.ends_with('\n')) text += '\n';
  must(check.standing != Standing::proved || is_seed(core::as_bytes(text), journal_seeds), "no journal is proved but one that was written");
}
const bool journal_added = add({"journal", 16'384, journal, journal_seeds});

// What a time stamp says is what its authority signed: when, by whom, over what.
std::vector<core::Bytes> stamp_seeds() { return {test::stamp_vector()}; }
void stamp(core::ByteView bytes) {
  const auto check = sync::verify::check_stamp(bytes, core::sha256(core::as_bytes(test::stamp_vector_text)), {test::stamp_vector_root()});
  if (check.outcome != sync::verify::StampCheck::Outcome::confirmed) return;
  must(check.at == core::Instant(std::chrono::seconds(test::stamp_vector_unix_s)) && check.authority == "tsa.example", "no other time and no other name is confirmed than those that were signed");
}
const bool stamp_added = add({"stamp", 4096, stamp, stamp_seeds});

}  // namespace
}  // namespace qabyl::fuzz
