// A COMMIT that fails is not a no (RELIABILITY I7): the screen says "being checked" until the store, opened anew, knows; and an
// office whose COMMIT failed answers nothing at all until it was opened anew. How: the WAL's flush fails in this program.
#include <signal.h>

#include "tests/kiosk/applicant_rig.h"
#include "tests/power/counter.h"
#include "tests/power/faults.h"
#include "tests/sync/registry_rig.h"

using namespace qabyl;
using namespace qabyl::power;

namespace {

FaultPlan failing_commits(const std::string& folder) {
  return {.under = folder, .name_ends = "-wal", .call = Call::fdatasync, .nth = 1, .error = EIO, .and_on = true};
}

sync::Response put(test::TestOffice& office, const sync::Request& request) { return office.api->handle(request, office.now); }

}  // namespace

TEST_CASE("while a disk does not say whether a filing was kept, the screen says that it is being checked", "[power][unknown][I7]") {
  FastFolder folder("unknown");
  Counter counter(folder.path() + "/store");
  REQUIRE(counter.open());
  kiosk::test::Visit visitor;  // the screens; what the desk says is carried over to them
  visitor.to_sign();
  visitor.sign();
  visitor.next();
  const auto shown = [&](const Told& told) {
    if (told.checking) visitor.reply(kiosk::reply::FilingUnknown{});
    else if (told.receipt) visitor.reply(kiosk::reply::Filed{*told.receipt});
    else visitor.reply(kiosk::reply::FilingFailed{*told.refused});
  };
  auto told = counter.visit_with([&] { arm(failing_commits(folder.path())); });
  shown(told);
  REQUIRE(visitor.is_at<kiosk::SignScreen>());
  CHECK(visitor.at<kiosk::SignScreen>().stage == kiosk::SignScreen::Stage::checking);
  CHECK_FALSE(told.receipt);
  CHECK_FALSE(told.refused);
  CHECK(counter.intake_stopped());  // a store that does not answer takes nobody in
  shown(counter.wait_for_word(told));
  CHECK(visitor.at<kiosk::SignScreen>().stage == kiosk::SignScreen::Stage::checking);
  CHECK(visitor.next().empty());
  disarm();
  shown(counter.wait_for_word(told));
  CHECK_FALSE(told.checking);
  REQUIRE(told.receipt);  // the bytes had been written, only their flush failed
  CHECK(visitor.is_at<kiosk::ReceiptScreen>());
  CHECK_FALSE(counter.intake_stopped());
  CHECK(counter.compare({told}) == "");
}

TEST_CASE("an office whose COMMIT failed answers nothing before it was opened anew", "[power][unknown][I7]") {
  test::TestOffice office;
  test::TestKiosk kiosk(office, office.add_kiosk("AL-03"));
  const auto filing = kiosk.next(test::filing_of({"%PDF-1.4 a form"}));
  arm(failing_commits(office.folder()));
  CHECK(test::code_of(put(office, kiosk.put_request(filing))) == "unknown-outcome");
  disarm();
  // What waited for the next group finds a disk that works again, and a connection that may be believed nothing.
  bool ran = false;
  const auto next = test::reg::run_group(*office.registry, {[&](core::Instant) { return ran = true, test::reg::Answer(sync::Response{}); }}, office.now);
  CHECK(test::code_of(next.front()) == "unknown-outcome");
  CHECK_FALSE(ran);
  CHECK(test::code_of(put(office, kiosk.put_request(filing))) == "unknown-outcome");
  office.reopen();
  const auto taken = kiosk.put(filing);
  CHECK(kiosk.verdict(taken, filing).outcome == core::Outcome::received);
  CHECK(office.count("SELECT count(*) FROM records WHERE id = '" + filing.record.id + "'") == 1);
  CHECK(office.count("SELECT count(*) FROM log_leaves WHERE record = '" + filing.record.id + "'") == 1);
}

TEST_CASE("what a killed office wrote and never flushed is flushed before it is answered", "[power][unknown][I1]") {
  test::TestOffice office;
  test::TestKiosk kiosk(office, office.add_kiosk("AL-03"));
  const auto filing = kiosk.next(test::filing_of({"%PDF-1.4 a form"}));
  office.registry.reset();
  const auto ended = in_child([&](const Line&) {
    office.reopen();
    arm({.under = office.folder(), .name_ends = "-wal", .lying_flush = true});
    (void)put(office, kiosk.put_request(filing));
    ::raise(SIGKILL);
    return 0;
  });
  REQUIRE(ended.signal == SIGKILL);
  arm({.under = office.folder(), .name_ends = "registry.sqlite"});
  office.reopen();
  const auto flushed = counted(Call::fdatasync) + counted(Call::fsync);
  disarm();
  CHECK(office.count("SELECT count(*) FROM records WHERE id = '" + filing.record.id + "'") == 1);
  CHECK(flushed > 0);
  CHECK(std::filesystem::file_size(office.folder() + "/registry.sqlite-wal") == 0);
}
