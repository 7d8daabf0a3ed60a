// qabyl-verify journal: a device's journal from its first record to the last (sync/log/format-journal.md); whatever is taken out,
// put in, moved or changed is named by its line.
#include <algorithm>

#include "core/encoding.h"
#include "core/record.h"
#include "sync/verify/journal_check.h"
#include "tests/support/receipt_scene.h"
#include "tests/verify/program.h"

using namespace qabyl;
using sync::verify::JournalCheck;
using sync::verify::Standing;

namespace {

struct JournalScene {
  test::ReceiptScene office;
  std::vector<core::SignedRecord> records = made(5, office.kiosk);

  std::vector<core::SignedRecord> made(int n, const core::SigningKey& key) const {
    std::vector<core::SignedRecord> list;
    for (int q = 1; q <= n; ++q) {
      core::Record record;
      record.id = record.case_id = "019ac2f4b1007abc8def01234567890" + std::to_string(q);
      record.kind = "licence_application.submit";
      record.device = "AL-03";
      record.q = q;
      if (q > 1) record.prev = list.back().digest;
      record.at = {office.filed + core::Millis(q * 1000), 300, q == 3 ? core::Trust::unconfirmed : core::Trust::trusted, q == 3 ? 0 : 2017, std::string(32, 'b'), 86'400'000};
      record.actor = {"applicant", "", "Айгүл Нұрланова"};
      record.lang = "kk";
      record.sw = "qabyl-kiosk 0.1.0";
      record.nonce = std::string(32, '7');
      record.body = core::Json::Object{{"bin", "040740001238"}};
      list.push_back(core::sign_record(record, key));
    }
    return list;
  }
  sync::log::JournalHead head() const {
    return {"AL-03", office.kiosk.verify_key, office.enrolled, office.enrolled + std::chrono::hours(24 * 730), static_cast<std::int64_t>(records.size()), records.back().digest,
            office.filed + std::chrono::hours(1)};
  }
  std::vector<std::string> lines(const core::SigningKey& signer) const {
    std::vector<std::string> list{sync::log::sign_journal_head(head(), signer)};
    for (const auto& record : records) list.push_back(record.jws);
    return list;
  }
  std::vector<std::string> lines() const { return lines(office.acceptance); }
  std::string root() const { return core::fingerprint(office.root.verify_key); }
  sync::verify::Trust trust() const { return *sync::verify::make_trust(root(), false, office.keys_json()); }
};

JournalCheck checked(std::vector<std::string> lines, const sync::verify::Trust& trust) {
  std::size_t next = 0;
  return sync::verify::check_journal([&]() -> core::Result<std::string> {
    if (next == lines.size()) return core::Error{core::ErrorCode::not_found, ""};
    return lines[next++];
  }, trust);
}

std::string verdict_of(const JournalCheck& check) {
  return std::string(to_text(check.standing)) + (check.why.empty() ? "" : " " + check.why) + (check.line > 0 ? " " + std::to_string(check.line) : "");
}

std::string after(const JournalScene& scene, const std::function<void(std::vector<std::string>&)>& change) {
  auto lines = scene.lines();
  change(lines);
  return verdict_of(checked(lines, scene.trust()));
}

}  // namespace

TEST_CASE("journal: a whole journal is proved up to the root", "[verify][journal]") {
  const JournalScene scene;
  const auto check = checked(scene.lines(), scene.trust());
  REQUIRE(verdict_of(check) == "proved");
  CHECK(check.head == scene.head());
  CHECK(check.doubtful == 1);
  CHECK(check.last - check.first == core::Millis(4000));
  CHECK(verdict_of(checked(scene.lines(), *sync::verify::make_trust("", false, ""))) == "unknown_key no_root");
  const test::ReceiptScene other{.random = test::SeededRandom(2)};
  CHECK(verdict_of(checked(scene.lines(), *sync::verify::make_trust(core::fingerprint(other.root.verify_key), false, other.keys_json()))) == "unknown_key key_not_listed");
}

TEST_CASE("journal: what is taken out, put in, moved or changed is named by its line", "[verify][journal]") {
  const JournalScene scene;
  const auto line = [](std::size_t n) { return static_cast<std::ptrdiff_t>(n - 1); };
  CHECK(after(scene, [&](auto& lines) { lines.erase(lines.begin() + line(3)); }) == "refused journal_gap 3");
  CHECK(after(scene, [&](auto& lines) { lines.erase(lines.begin() + line(2)); }) == "refused journal_gap 2");
  CHECK(after(scene, [&](auto& lines) { lines.pop_back(); }) == "refused journal_end 5");
  CHECK(after(scene, [&](auto& lines) { lines.resize(1); }) == "refused journal_end 1");
  CHECK(after(scene, [&](auto& lines) { std::swap(lines[2], lines[3]); }) == "refused journal_gap 3");
  CHECK(after(scene, [&](auto& lines) { lines.push_back(lines.back()); }) == "refused journal_gap 7");
  CHECK(after(scene, [&](auto& lines) { lines[2] = lines[2].substr(0, lines[2].size() - 2) + "AA"; }).starts_with("refused record_signature 3"));
  CHECK(after(scene, [&](auto& lines) { lines[3] = "x"; }) == "refused journal_record 4");
  CHECK(after(scene, [&](auto& lines) { lines[0] = "x"; }) == "refused not_a_journal 1");
  CHECK(after(scene, [&](auto& lines) { lines.clear(); }) == "refused not_a_journal 1");
  CHECK(after(scene, [&](auto& lines) { lines[2] = scene.made(2, scene.office.other_kiosk).back().jws; }) == "refused record_signature 3");
  CHECK(verdict_of(checked(scene.lines(scene.office.log), scene.trust())) == "unknown_key key_not_listed");  // a listed key, of another use
  auto forged = scene.lines();
  forged[0].replace(forged[0].size() - 4, 4, forged[0].ends_with("AAAA") ? "BBBA" : "AAAA");
  CHECK(checked(forged, scene.trust()).standing == Standing::refused);
}

TEST_CASE("journal: a record that names another one before it is found, though the device signed it", "[verify][journal]") {
  JournalScene scene;
  auto record = scene.records[3].record;
  record.prev = scene.records[1].digest;
  scene.records[3] = core::sign_record(record, scene.office.kiosk);
  CHECK(verdict_of(checked(scene.lines(), scene.trust())) == "refused journal_gap 5");
}

TEST_CASE("journal: the program answers", "[verify][journal]") {
  const JournalScene scene;
  const test::VerifyFolder folder;
  std::string text;
  for (const auto& line : scene.lines()) text += line + "\n";
  const auto journal = folder.file("journal", text), keys = folder.file("keys.json", scene.office.keys_json());
  const auto proved = test::ask_verify({"journal", journal, "--root", scene.root(), "--keys", keys});
  CHECK(proved.status == 0);
  CHECK(proved.first_line() == "Proved: the device's journal is whole and unaltered.");
  CHECK(test::ask_verify({"journal", journal, "--lang", "ru"}).first_line() == "Цело, но ключ неизвестен.");
  const auto cut = folder.file("cut", text.substr(0, text.size() - scene.records.back().jws.size() - 1));
  CHECK(test::ask_verify({"journal", cut, "--root", scene.root(), "--keys", keys, "--json"}).out == R"({"exit":4,"line":5,"verdict":"refused","why":"journal_end"})" "\n");
  CHECK(test::ask_verify({"journal", folder.path()}).status != 0);
}
