// The power of a kiosk fails at any moment of a mixed day: filings with documents, records without any, verdicts, wiped drafts,
// checkpoints, restarts, and the migration of a store of the first version. Nothing that was acknowledged is lost (RELIABILITY
// 4.3.2, I1, I2). With flushes that do nothing the same rig must find losses, or it finds nothing at all.
#include <sqlite3.h>

#include <filesystem>
#include <iostream>
#include <sstream>

#include "core/encoding.h"
#include "tests/power/counter.h"
#include "tests/power/faults.h"
#include "tests/power/power_cut.h"
#include "tests/support/catch.h"
#include "tests/support/tier.h"

using namespace qabyl;
using namespace qabyl::power;

namespace {

constexpr int rounds = 30;
constexpr std::size_t outbox_records = 8, outbox_bytes = 1'000'000;

// As a kiosk of the first version left it: what later versions added goes.
constexpr const char* back_to_first_version = R"sql(
DROP TABLE damaged_blobs; DROP TABLE paper_acts; DROP TABLE replies; DROP TABLE log_mirror; DROP TABLE log_checkpoints; DROP TABLE log_forks;
ALTER TABLE drafts DROP COLUMN locked_boot; ALTER TABLE drafts DROP COLUMN locked_until_steady_ms;
ALTER TABLE papers DROP COLUMN awaits; ALTER TABLE paper_states DROP COLUMN over_ms;
PRAGMA user_version = 1; PRAGMA wal_checkpoint(TRUNCATE);
)sql";

// An older kiosk's store with two filings; what it has said.
std::string make_older_store(const std::string& folder) {
  std::string said;
  {
    Counter counter(folder, 1);
    QABYL_CHECK(counter.open().has_value());
    for (int n = 0; n < 2; ++n) said += word_of(counter.visit(n), counter.rig.store()) + "\n";
  }
  sqlite3* database = nullptr;
  QABYL_CHECK(sqlite3_open((folder + "/kiosk.db").c_str(), &database) == SQLITE_OK);
  const int rc = sqlite3_exec(database, back_to_first_version, nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) std::fprintf(stderr, "%s\n", sqlite3_errmsg(database));
  QABYL_CHECK(rc == SQLITE_OK && sqlite3_close(database) == SQLITE_OK);
  return said;
}

// One part of the day; false: something that must not fail did.
bool round(Counter& counter, int n, const Acknowledger& world) {
  auto& store = counter.rig.store();
  const auto told = counter.visit(n);
  if (!told.receipt) return false;
  world.say(word_of(told, store));
  if (n % 2 == 0) {  // a mark, a visa: a record without a document
    const auto record = counter.rig.file("signed");
    world.say(record.record.id + " " + core::to_hex(record.digest));
  }
  if (n % 3 == 0) {
    const auto filed = *store.find_record(told.record);
    if (!store.keep_verdicts({{counter.rig.verdict(filed->record, core::Outcome::accepted), "jws"}})) return false;
    world.say(told.record + " accepted");
  }
  if (n % 4 == 1 && !store.pending(outbox_records, outbox_bytes)) return false;  // and a checkpoint, if one is due
  if (n % 4 == 2) {
    const auto draft = counter.rig.draft("040140000018");
    if (!store.create_draft(draft, "123456") || !store.drop_draft(draft.id)) return false;
  }
  return n % 7 != 5 || counter.open().has_value();
}

int day(const std::string& folder, const Acknowledger& world) {
  Counter counter(folder, 3);
  if (!counter.open()) return 6;
  for (int n = 2; n < rounds; ++n) {
    if (!round(counter, n, world)) return 7;
  }
  return 0;
}

struct KioskDay {
  FastFolder older{"older"};
  std::string said = make_older_store(older.path() + "/store");
  PowerScript script{[this](const std::string& disk) { copy_folder(older.path() + "/store", disk + "/store"); },
                     [](const std::string& disk, const Acknowledger& world) { return day(disk + "/store", world); },
                     [this](const std::string& disk, const std::string& words) { return compare_said(disk + "/store", said + words, 1); }};
};

}  // namespace

TEST_CASE("a power cut at any moment of a kiosk's day loses nothing that was acknowledged", "[power][cut]") {
  if (const auto why = disk_rig_missing(); !why.empty()) {
    std::cout << "SKIP: " << why << "\n";
    SUCCEED();
    return;
  }
  const KioskDay kiosk;
  const int cuts = test::at_tier(8, 200, 7000);
  const auto report = cut_power(kiosk.script, cuts, 11);
  std::cout << report.cuts << " cuts of a kiosk's power, " << report.acknowledged << " acknowledgements, " << report.bad << " bad\n";
  CHECK(report.wrong == "");
  CHECK(report.losses == "");
  CHECK(report.cuts == cuts);
}

TEST_CASE("the power-cut rig finds what flushes that do nothing lose", "[power][cut]") {
  if (const auto why = disk_rig_missing(); !why.empty()) {
    std::cout << "SKIP: " << why << "\n";
    SUCCEED();
    return;
  }
  KioskDay kiosk;
  const auto run = kiosk.script.run;
  kiosk.script.run = [&](const std::string& disk, const Acknowledger& world) {
    arm({.under = disk, .lying_flush = true});
    return run(disk, world);
  };
  const auto report = cut_power(kiosk.script, test::at_tier(6, 20, 100), 12);
  std::cout << report.bad << " of " << report.cuts << " cuts are bad without flushes\n";
  CHECK(report.wrong == "");
  CHECK(report.bad > 0);
}
