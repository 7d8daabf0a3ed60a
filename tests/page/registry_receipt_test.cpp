// Receipts of stage 2 before both verifiers: signed by the registry, in its log, alone in the QR and with all evidence in
// the PDF; and every lie about them.
#include "tests/support/catch.h"

#include "tests/page/alterations.h"
#include "tests/page/taken_receipt.h"
#include "tests/page/two_verifiers.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

Asker asker_of(const ReceiptScene& scene) { return {core::fingerprint(scene.root.verify_key), scene.keys_json()}; }

void check_both(PageHost& host, const std::string& given, const Asker& asker, const std::string& verdict) {
  INFO(host.name() << ": " << verdict);
  const auto said = page_says(host, {given}, asker).at(0);
  CHECK(verdict_of(said) == verdict);
  CHECK(said == (given.starts_with("%PDF-") ? program_says(core::as_bytes(given), asker) : program_says(given, asker)));
}

std::string text_of(const core::Bytes& bytes) { return std::string(core::as_text(bytes)); }

}  // namespace

TEST_CASE("page: a receipt of stage 2 is proved up to the root and into the log, in trees of many shapes", "[page][stage2]") {
  for (const auto& [index, size] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{{0, 1}, {0, 2}, {1, 2}, {5, 11}, {10, 11}, {63, 64}, {64, 65}, {99, 300}}) {
    Taken taken(index, size);
    for (PageHost* host : page_hosts()) {
      INFO(index << " of " << size);
      check_both(*host, taken.qr(), asker_of(taken.scene), "proved");
      check_both(*host, text_of(taken.pdf(taken.proof())), asker_of(taken.scene), "proved");
    }
  }
}

TEST_CASE("page: whose keys stand behind a receipt of stage 2 is said as it is", "[page][stage2]") {
  Taken taken;
  const ReceiptScene other{.random = SeededRandom(2)};
  const auto from = taken.scene.enrolled - std::chrono::hours(1), to = from + std::chrono::hours(24 * 3650);
  const auto list = [&](const std::vector<core::KeyEntry>& keys) { return core::Keyring::sign(taken.scene.root, "log.example.kz", keys); };
  const core::KeyEntry acceptance{core::KeyUse::acceptance, taken.scene.acceptance.verify_key, from, to}, log{core::KeyUse::log, taken.scene.log.verify_key, from, to};
  core::KeyEntry early = acceptance, foreign_log = log;
  early.to = taken.receipt.registry_at;  // no longer valid at that moment
  core::KeyEntry retired = acceptance, newer = acceptance;  // both keys were rotated since
  retired.to = taken.receipt.registry_at + core::Millis(1);
  newer.key = other.acceptance.verify_key;
  foreign_log.key = other.log.verify_key;
  const auto root = core::fingerprint(taken.scene.root.verify_key);
  const std::vector<std::pair<Asker, std::string>> cases{
      {{}, "unknown_key no_root"}, {{root, ""}, "unknown_key no_keys"}, {asker_of(other), "unknown_key key_not_listed"}, {{root, list({acceptance, log})}, "proved"},
      {{root, list({acceptance})}, "unknown_key key_not_listed"}, {{root, list({log})}, "unknown_key key_not_listed"}, {{root, list({early, log})}, "unknown_key key_not_listed"},
      {{root, list({retired, log, newer, foreign_log})}, "proved"}, {{root, list({newer, log})}, "unknown_key key_not_listed"},
      {{root, list({acceptance, foreign_log})}, "refused checkpoint"}, {{root, list({acceptance, foreign_log, log})}, "proved"},
      {{root, core::Keyring::sign(taken.scene.root, "other.example", {acceptance, log})}, "refused checkpoint"}};
  for (PageHost* host : page_hosts()) {
    for (const auto& [asker, verdict] : cases) {
      check_both(*host, taken.qr(), asker, verdict);
      if (verdict != "refused checkpoint") check_both(*host, text_of(taken.pdf(taken.proof())), asker, verdict);
    }
  }
}

TEST_CASE("page: a place in the log that the proof does not reach is refused, whoever signed it", "[page][stage2]") {
  const Taken good;
  std::vector<std::pair<Taken, std::string>> lies;
  const auto lie = [&](const std::string& verdict, auto change) {
    Taken taken;
    change(taken.receipt);
    lies.emplace_back(std::move(taken), verdict);
  };
  lie("refused checkpoint", [](auto& r) { r.registry_at += core::Millis(1); });
  lie("refused checkpoint", [](auto& r) { r.record[0] ^= 1; });
  lie("refused checkpoint", [](auto& r) { r.proof[0][0] ^= 1; });
  lie("refused not_in_log", [](auto& r) { r.proof.pop_back(); });
  lie("refused not_in_log", [](auto& r) { r.proof.push_back(r.proof[0]); });
  lie("refused not_in_log", [](auto& r) { r.proof.clear(); });
  lie("refused checkpoint", [](auto& r) { r.index = 4; });
  lie("refused checkpoint", [](auto& r) { r.checkpoint[0] ^= 1; });
  lie("refused not_in_log", [](auto& r) { r.size = std::uint64_t{1} << 52; });
  for (PageHost* host : page_hosts()) {
    for (const auto& [taken, verdict] : lies) check_both(*host, taken.qr(), asker_of(taken.scene), verdict);
  }
}

TEST_CASE("page: evidence in a PDF of stage 2 that is about something else is refused", "[page][stage2]") {
  Taken taken;
  const auto asker = asker_of(taken.scene);
  const auto with = [&](auto change) {
    auto proof = taken.proof();
    change(proof);
    return text_of(taken.pdf(proof));
  };
  const auto answer = [&](auto change) {
    return with([&](auto& proof) {
      auto verdict = taken.verdict();
      change(verdict);
      proof.verdict = core::sign_verdict(verdict, taken.scene.acceptance);
    });
  };
  std::vector<std::string> files{
      with([](auto& p) { p.verdict.clear(); }), with([](auto& p) { p.counter = p.qr; }), with([](auto& p) { p.verdict = "a.b.c"; }),
      with([](auto& p) { p.record[0] ^= 1; }), with([&](auto& p) { p.counter = core::counter_receipt_qr(taken.scene.receipt("AL-03", 418), taken.scene.kiosk); }),
      with([&](auto& p) { p.verdict = core::sign_verdict(taken.verdict(), taken.scene.log); }), with([&](auto& p) { p.verdict = taken.scene.keys_json(); }),
      answer([](auto& v) { v.digest[0] ^= 1; }), answer([](auto& v) { v.outcome = core::Outcome::received; }), answer([](auto& v) { v.log.reset(); }), answer([](auto& v) { v.log->index = 4; }),
      answer([](auto& v) { v.log->size = 12; }), answer([](auto& v) { v.log->at += core::Millis(1); })};
  auto more = taken.scene.proof(taken.scene.qr());  // stage 1 with more than belongs to it
  more.counter = more.qr;
  for (PageHost* host : page_hosts()) {
    for (const auto& file : files) check_both(*host, file, asker, "refused record_differs");
    check_both(*host, text_of(*core::attach_receipt_proof(small_pdf(), more, taken.scene.kiosk)), asker, "refused record_differs");
  }
}

TEST_CASE("page: a PDF of a kiosk that did not take the filing has no receipt of stage 1, and is proved without", "[page][stage2]") {
  Taken taken;
  auto proof = taken.proof();
  proof.counter.clear();
  for (PageHost* host : page_hosts()) check_both(*host, text_of(taken.pdf(proof)), asker_of(taken.scene), "proved");
}

TEST_CASE("page: every byte of a receipt of stage 2 counts", "[page][stage2][bits]") {
  const Taken taken;
  const auto cose = *core::from_base45(taken.qr().substr(5));
  std::vector<std::string> changed;
  for (std::size_t bit = 0; bit < cose.size() * 8; ++bit) {
    const bool usual = bit % 8 == bit / 8 % 8 || bit % 8 == (bit / 8 + 3) % 8;  // two of each byte; a long run takes them all
    if (!usual && altered_count(0) == 0) continue;
    core::Bytes bytes = cose;
    bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    changed.push_back("QBL1:" + core::to_base45(bytes));
  }
  const auto hosts = page_hosts();
  if (hosts.empty()) return;
  const auto said = page_says(*hosts[0], changed, asker_of(taken.scene));
  Tally tally;
  for (std::size_t i = 0; i < said.size(); ++i) tally.add(program_says(changed[i], asker_of(taken.scene)), said[i], changed[i]);
  tally.check();
}

TEST_CASE("page: altered receipts of stage 2, QR and PDF, are refused by both verifiers, in the same words", "[page][stage2][fuzz]") {
  Taken taken(7, 1000);
  const Asker asker = asker_of(taken.scene);
  const std::string good = taken.qr(), other = Taken(1, 300).qr(), stage1 = taken.scene.qr();
  const auto hosts = page_hosts();
  std::mt19937_64 random(altered_seed(20261130));
  Tally tally;
  for (std::size_t round = 0; tally.made < altered_count(1500) && !hosts.empty(); ++round) {
    std::vector<std::string> given;
    while (given.size() < 125) given.push_back(altered_qr(good, given.size() % 2 == 0 ? other : stage1, random));
    const auto said = page_says(*hosts[round % 8 == 7 ? hosts.size() - 1 : 0], given, asker);
    for (std::size_t i = 0; i < given.size(); ++i) tally.add(program_says(given[i], asker), said[i], core::to_hex(core::as_bytes(given[i])));
  }
  const auto file = taken.pdf(taken.proof());
  std::vector<std::string> files;
  for (std::size_t i = 0; i < altered_count(500) / 5 && !hosts.empty(); ++i) files.push_back(text_of(edited(file, random_edit(file, i % 2 == 0 ? 0 : small_pdf().size(), random))));
  for (std::size_t at = 0; at < files.size(); at += 100) {
    const std::vector<std::string> batch(files.begin() + static_cast<std::ptrdiff_t>(at), files.begin() + static_cast<std::ptrdiff_t>(std::min(files.size(), at + 100)));
    const auto said = page_says(*hosts[0], batch, asker);
    for (std::size_t i = 0; i < batch.size(); ++i) tally.add(program_says(core::as_bytes(batch[i]), asker), said[i], core::to_hex(core::as_bytes(batch[i])));
  }
  tally.check();
}
