// The power of the central office fails at any moment: what it had answered (a record taken, a document stored, a signed verdict
// with its leaf under a signed checkpoint) is there, byte for byte, and nothing twice (RELIABILITY 4.3.4, I4, I8, I9, I10).
// In between a process is killed after its WAL was written and before it was flushed.
#include <signal.h>
#include <stdlib.h>

#include <iostream>
#include <sstream>

#include "tests/power/faults.h"
#include "tests/power/power_cut.h"
#include "tests/support/tier.h"
#include "tests/sync/registry_rig.h"

using namespace qabyl;
using namespace qabyl::power;
using namespace qabyl::test;

namespace {

constexpr int rounds = 14;
constexpr int first_id = 100;
constexpr const char* folder_starts = "qabyl-registry-test-";

// An office and a kiosk that keeps to the protocol; tells the world each answer when it has it.
struct OfficeDay {
  explicit OfficeDay(const Acknowledger& to) : world(to) {}
  const Acknowledger& world;
  TestOffice office{noon};
  TestKiosk kiosk{office, office.add_kiosk("AL-03")};

  sync::Request tus(std::string method, const std::string& target, std::string body = {}) const {
    auto request = kiosk.request(std::move(method), target, std::move(body));
    request.set("Tus-Resumable", "1.0.0");
    return request;
  }
  bool upload(const core::SignedRecord& filing, int index, const std::string& bytes) {
    auto creation = tus("POST", "/v1/uploads");
    creation.set("Upload-Length", std::to_string(bytes.size()));
    creation.set("Upload-Metadata", sync::tus::to_metadata({filing.record.id, index}));
    const auto made = office.ask(creation);
    if (made.status != 201) return false;
    auto append = tus("PATCH", std::string(made.header("Location")), bytes);
    append.set("Content-Type", "application/offset+octet-stream");
    append.set("Content-Length", std::to_string(bytes.size()));
    append.set("Upload-Offset", "0");
    if (office.ask(append).status != 204) return false;
    world.say("document " + core::to_hex(digest(bytes)) + " - -");
    return true;
  }
  core::SignedRecord filing(int n, const std::vector<std::string>& documents) const {
    auto record = filing_of(documents);
    record.id = record.case_id = id(first_id + n);
    return kiosk.next(std::move(record));
  }
  bool file(int n) {
    const std::vector<std::string> documents{"%PDF-1.4 form " + std::to_string(n) + std::string(20'000, 'f'), "%PDF-1.4 second " + std::to_string(n) + std::string(60'000, 's')};
    const auto signed_record = filing(n, documents);
    if (n % 4 == 3) take_and_die(signed_record);
    const auto taken = kiosk.put(signed_record);
    if (taken.status != 200) return false;
    world.say("record " + signed_record.record.id + " " + core::to_hex(signed_record.digest) + " -");
    for (int i = 0; i < 2; ++i) {
      if (!upload(signed_record, i, documents[static_cast<std::size_t>(i)])) return false;
    }
    const auto answer = office.ask(kiosk.request("GET", "/v1/records/" + signed_record.record.id));
    if (kiosk.verdict(answer, signed_record).outcome != core::Outcome::accepted) return false;
    world.say("accepted " + signed_record.record.id + " " + core::to_hex(signed_record.digest) + " " + core::to_hex(digest(*sync::decode_verdict_answer(answer.body))));
    if (n % 3 == 0 && !office.registry->log_files.publish(office.registry->log)) return false;
    if (n % 5 == 4) office.reopen();
    return true;
  }
  // A process of the office's takes the record and is killed before its COMMIT is flushed: the next one finds the row.
  void take_and_die(const core::SignedRecord& record) {
    office.registry.reset();
    (void)in_child([&](const Line&) {
      office.reopen();
      arm({.under = office.folder(), .name_ends = "-wal", .lying_flush = true});
      (void)office.api->handle(kiosk.put_request(record), office.now);
      return ::raise(SIGKILL);
    });
    office.reopen();
  }
};

int day(const std::string& disk, const Acknowledger& world) {
  ::setenv("TMPDIR", disk.c_str(), 1);
  OfficeDay office(world);
  world.say("kiosk " + office.kiosk.serial + " - -");
  for (int n = 0; n < rounds; ++n) {
    if (!office.file(n)) return 7;
  }
  office.office.registry.reset();
  _exit(0);  // the office's folder stays
}

struct Word { std::string kind, id, digest, verdict; };

std::string verdict_wrong(reg::Registry& registry, const Word& word, const std::string& jws) {
  if (core::to_hex(digest(jws)) != word.verdict) return "another verdict than was answered";
  const auto verdict = core::open_verdict(jws, registry.keys.keyring, word.id, *core::digest_from_hex(word.digest));
  if (!verdict || !verdict->log) return "a verdict that does not verify";
  const auto met = registry.log.meet(verdict->log->checkpoint);
  return met && *met ? "" : "a verdict's checkpoint is not of this log";
}

std::string word_wrong(reg::Registry& registry, const Word& word) {
  if (word.kind == "kiosk") return *registry.database.text("SELECT device FROM certificates WHERE serial = '" + word.id + "'") == "AL-03" ? "" : "a certificate is lost";
  if (word.kind == "document") return registry.read_document(*core::digest_from_hex(word.id)) ? "" : "a document is lost";
  const auto row = registry.store.record(word.id);
  if (!row || !*row || core::to_hex((*row)->digest) != word.digest) return "a record is lost";
  if (word.kind != "accepted") return "";
  const auto known = reg::verdict_on(registry, "AL-03", word.id);
  return known ? verdict_wrong(registry, word, known->verdict) : "no verdict";
}

std::string check(const std::string& disk, const std::string& said) {
  std::string folder;
  for (const auto& entry : std::filesystem::directory_iterator(disk)) {
    if (entry.path().filename().string().starts_with(folder_starts)) folder = entry.path().string();
  }
  SeededRandom random(9);
  const auto opened = reg::Registry::open({folder, in_build("/assets"), &random, core::argon2_minimum});
  if (!opened) return said.empty() ? "" : "the office does not open: " + opened.error().detail;
  auto& registry = **opened;
  if (!registry.log.refusal().empty()) return "the published log knows more than the office";
  if (*registry.database.integer("SELECT count(*) FROM (SELECT 1 FROM log_leaves GROUP BY record HAVING count(*) > 1)") != 0) return "two leaves of one record";
  std::istringstream words(said);
  for (Word word; words >> word.kind >> word.id >> word.digest >> word.verdict;) {
    if (const auto wrong = word_wrong(registry, word); !wrong.empty()) return wrong + ": " + word.id;
  }
  return "";
}

}  // namespace

TEST_CASE("a power cut at any moment of the office's day loses nothing that it had answered", "[power][cut]") {
  if (const auto why = disk_rig_missing(); !why.empty()) {
    std::cout << "SKIP: " << why << "\n";
    SUCCEED();
    return;
  }
  const int cuts = test::at_tier(6, 100, 3000);
  const auto report = cut_power({[](const std::string&) {}, day, check}, cuts, 21);
  std::cout << report.cuts << " cuts of the office's power, " << report.acknowledged << " answers, " << report.bad << " bad\n";
  CHECK(report.wrong == "");
  CHECK(report.losses == "");
  CHECK(report.cuts == cuts);
  CHECK(report.acknowledged > 3 * rounds);
}
