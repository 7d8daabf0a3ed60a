// A whole kiosk as a witness of a whole registry (issue 4, line 7; RELIABILITY I9): a registry that is set back, files and
// all, and goes on another way is caught with both signed notes in hand; nothing that was filed is lost, and when the right
// database is back everything goes on.
#include "sync/log/fork_file.h"
#include "sync/log/place.h"
#include "tests/life/applicant_at_screen.h"
#include "tests/support/documents.h"
#include "tests/sync/licence_desk.h"

using namespace qabyl;
using namespace qabyl::life;

namespace fs = std::filesystem;
namespace elog = qabyl::sync::log;

namespace {

struct Witnessed {
  test::LicenceDesk licence;
  test::TestKiosk other{office(), office().add_kiosk("AL-04"), 9};  // whose records make the log grow
  WholeKiosk kiosk{office(), licence.desk.kiosk};
  ApplicantAtScreen applicant{kiosk};
  int n = 0;

  Witnessed() {
    for (const char* name : {"charter", "certificate"}) rig::make_pdf(kiosk.stick() + "/" + name + ".pdf", name, 1);
    rig::make_png(kiosk.stick() + "/fee.png", 600, 800);
  }
  ~Witnessed() { fs::remove_all(copy()); }
  test::TestOffice& office() { return licence.desk.office; }
  std::string copy() { return office().folder() + "-copy"; }
  void files(const char* bin) { applicant.files(core::Procedure::issue, bin, {{"LD2", "charter.pdf"}, {"LD3", "certificate.pdf"}, {"LD4", "fee.png"}}); }
  void grow() {
    ++n;
    auto odd = test::record("nothing.known", n, test::id(600 + n), core::Json::Object{{"x", n}}, other.device);
    odd.actor.role = "applicant";
    REQUIRE(other.put(other.next(std::move(odd))).status == 200);
    REQUIRE(office().registry->log_files.publish(office().registry->log));
  }
  void swap_with(const std::string& from, const std::string& to) {
    office().registry.reset();
    fs::remove_all(to);
    fs::create_directories(to);
    for (const char* more : {"", "-wal", "-shm"}) {
      if (fs::exists(from + "/registry.sqlite" + more)) fs::copy_file(from + "/registry.sqlite" + more, to + "/registry.sqlite" + more);
    }
    fs::copy(from + "/log", to + "/log", fs::copy_options::recursive);
  }
  void keep_as(const std::string& name) {
    swap_with(office().folder(), copy() + "/" + name);
    licence.desk.restart();
  }
  void put_back(const std::string& name) {
    office().registry.reset();
    const auto from = copy() + "/" + name, to = office().folder();
    for (const char* more : {"", "-wal", "-shm"}) fs::remove(to + "/registry.sqlite" + more);
    fs::remove_all(to + "/log");
    fs::copy(from, to, fs::copy_options::recursive);
    licence.desk.restart();
  }
  // What the log says of two checkpoints is unsigned: it has to say so again and again (sync/protocol.md, 11).
  void insist(const std::string& alarm) {
    ten_minutes_later();
    for (const auto wait : sync::log_doubt_waits) {
      CHECK(kiosk.store().forks(10)->empty());
      CHECK(kiosk.store().unchecked_checkpoints(10)->size() == 1);
      office().now += wait;
      kiosk.sync(wait == sync::log_doubt_waits.back() ? alarm : "");
    }
  }
  void ten_minutes_later(const std::string& alarm = {}) {
    office().now += sync::log_interval + core::Millis(1);
    kiosk.sync(alarm);
  }
};

}  // namespace

TEST_CASE("a registry that was set back and went on another way is caught by a kiosk, and nothing is lost", "[life][witness]") {
  Witnessed at;
  at.grow();
  at.keep_as("yesterday");
  at.files(test::holder_bin);
  const auto held = *at.kiosk.store().newest_checkpoint();
  CHECK(at.kiosk.store().unchecked_checkpoints(10)->empty());
  const auto seen = *at.office().registry->store.log_seen("AL-03");
  REQUIRE(seen);
  CHECK((seen->agrees && seen->cosigned));
  at.keep_as("today");

  at.put_back("yesterday");
  for (int i = 0; i < 9; ++i) at.grow();  // none of them asks the kiosk what it saw
  CHECK(at.office().registry->log.refusal().empty());
  at.insist("log.fork proof");
  const auto forks = *at.kiosk.store().forks(10);
  REQUIRE(forks.size() == 1);
  const auto evidence = elog::parse_fork_file(forks[0].evidence);
  REQUIRE(evidence);
  CHECK(evidence->held == held);
  CHECK(evidence->shown == at.office().registry->log.checkpoint());
  CHECK(elog::check_fork(*evidence, "localhost", elog::log_keys(at.other.keys)));
  CHECK(at.office().registry->log.refusal().starts_with(held));  // and it signs nothing more
  const auto told = *at.office().registry->store.log_forks("AL-03", 10);
  REQUIRE(told.size() == 1);
  CHECK(told[0].evidence == forks[0].evidence);

  at.put_back("today");
  at.kiosk.power_cut();
  at.files(test::holder_bin);
  at.ten_minutes_later();
  CHECK(at.kiosk.store().forks(10)->size() == 1);
  CHECK(*at.kiosk.store().newest_checkpoint() == at.office().registry->log.checkpoint());
}

TEST_CASE("a registry that was cut back shows a smaller log: a fork too", "[life][witness]") {
  Witnessed at;
  at.grow();
  at.keep_as("yesterday");
  for (int i = 0; i < 3; ++i) at.grow();
  at.kiosk.sync();
  CHECK(*at.kiosk.store().newest_checkpoint() == at.office().registry->log.checkpoint());
  at.put_back("yesterday");
  at.insist("log.fork gone");
  const auto forks = *at.kiosk.store().forks(10);
  REQUIRE(forks.size() == 1);
  CHECK(forks[0].held_size == forks[0].shown_size + 6);  // three records, and of each the act of the audit that quarantined it
}

TEST_CASE("a log that only grows, over restarts of both, is never called a fork", "[life][witness]") {
  Witnessed at;
  for (int i = 0; i < 30; ++i) {
    at.grow();
    if (i % 3 == 0) at.ten_minutes_later();
    if (i % 7 == 0) at.licence.desk.restart();
    if (i % 11 == 0) at.kiosk.power_cut();
  }
  at.ten_minutes_later();
  CHECK(*at.kiosk.store().newest_checkpoint() == at.office().registry->log.checkpoint());
  CHECK(at.kiosk.store().forks(10)->empty());
  CHECK(at.kiosk.store().unchecked_checkpoints(10)->empty());
}

TEST_CASE("a kiosk learns by itself that the office has new keys, and goes on by them", "[life][keys]") {
  Witnessed at;
  at.files(test::holder_bin);
  auto& office = at.office();
  office.registry.reset();
  office.now += core::Millis(60'000);
  REQUIRE(test::reg::rotate_keys(office.folder(), {.acceptance = true, .log = true, .assets = true}, office.now, office.random));
  at.licence.desk.restart();
  at.ten_minutes_later();  // the time is by a key that it does not know
  at.files(test::holder_bin);
  CHECK(at.kiosk.store().unchecked_checkpoints(10)->empty());
  CHECK(*at.kiosk.store().newest_checkpoint() == office.registry->log.checkpoint());
  CHECK(at.kiosk.store().forks(10)->empty());
  CHECK(*at.kiosk.store().setting("keys.jws") == office.registry->keys.keys_jws);
}
