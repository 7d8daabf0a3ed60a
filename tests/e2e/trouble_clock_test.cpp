// The clock is set while people are at the kiosk (RELIABILITY I11, 4.11): the whole kiosk under a wall clock that the
// test sets (other_time.cpp). Receipts say that the time is not confirmed, records say `untrusted`; the sequence goes
// on, nobody is turned away, and the registry takes all of it.
#include <signal.h>

#include <filesystem>
#include <iostream>
#include <thread>

#include "tests/e2e/trouble_ground.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace std::chrono_literals;

namespace {

constexpr int day_seconds = 24 * 3600, years_seconds = 20 * 365 * day_seconds;
constexpr const char* doubtful = "Уақыт расталмаған";  // on the slip, beside the time
constexpr const char* confirmed = "Орталық тізілім алғанын растады";

// The registry, while it is served, says that it has accepted an application whole.
bool comes_to_office(rig::Office& office, rig::Program& kiosk, std::chrono::milliseconds at_most) {
  const auto until = std::chrono::steady_clock::now() + at_most;
  const auto said = office.folder() + "/accepted.txt";
  while (kiosk.running() && std::chrono::steady_clock::now() < until) {
    std::filesystem::remove(said);
    rig::run({"/usr/bin/sqlite3", "-readonly", office.registry_data() + "/registry.sqlite",
              "SELECT count(*) FROM records WHERE kind = 'licence_application.submit' AND outcome = 'accepted'"}, said);
    if (rig::read_text(said) == "1\n") return true;
    std::this_thread::sleep_for(200ms);  // the poll of a program, not a hope
  }
  return false;
}

}  // namespace

TEST_CASE("a clock that is set back a day in mid-session, and then ahead, blocks nobody and dates nothing", "[e2e][trouble]") {
  auto& ground = rig::TroubleGround::fresh();
  auto& office = ground.office();
  office.start_registry();
  const auto set_clock = [&](int seconds) { rig::write_text(ground.path("shift"), std::to_string(seconds)); };
  set_clock(0);
  // The file comes onto the stick when the clock has been set.
  auto script = ground.back_to_documents();
  script.line(ground.add("LD2", "0-now.pdf").text()).wait("docs.remove").pause(500);
  script.line(ground.fee_later_to_receipt().text()).wait_text(doubtful).wait_text(confirmed, 60);
  script.tap("rcpt.go").wait("wiped.start").line(rig::application({}).text()).wait_text(doubtful).wait_text(confirmed, 60);
  auto kiosk = ground.kiosk(script, {{"LD_PRELOAD", rig::program("libqabyl-other-time.so")}, {"QABYL_CLOCK_SHIFT", ground.path("shift")}});
  const auto told = [&] { return "\n" + ground.shown() + rig::read_text(ground.log()); };

  if (!ground.comes("docs.src.close", kiosk, 60s)) FAIL(told());
  set_clock(-day_seconds);
  std::filesystem::copy_file(office.usb() + "/1-founding.pdf", office.usb() + "/0-now.pdf");
  if (!ground.comes("rcpt.go", kiosk, 60s)) FAIL(told());
  set_clock(day_seconds);
  const auto ended = kiosk.wait(2min);
  INFO(told());
  REQUIRE(ended == 0);
  office.stop_registry();

  CHECK(ground.accepted().size() == 2);
  const auto filed = ground.filings();
  REQUIRE(filed.size() == 2);
  CHECK(filed[1].number("q") == filed[0].number("q") + 1);
  for (const auto& record : filed) CHECK(record.text("trust") == "untrusted");
  CHECK(filed[1].number("at_ms") - filed[0].number("at_ms") > std::int64_t{2} * (day_seconds - 3600) * 1000);  // said as it was read
  CHECK(ground.compare({"1-founding.pdf"}) == "");
}

// libfaketime moves what other_time.cpp does not: every clock of every library of the program, and the steady one back.
TEST_CASE("a clock that jumps by twenty years in mid-session, and is right at the next start, blocks nobody and dates nothing", "[e2e][trouble]") {
  if (rig::faketime_library().empty()) {
    std::cout << "SKIP: libfaketime is not installed: the whole kiosk was not played under it\n";
    SUCCEED();
    return;
  }
  struct Case { int seconds; bool steady_too; };
  for (const Case& one : {Case{-years_seconds, true}, Case{years_seconds, false}}) {
    auto& ground = rig::TroubleGround::fresh();
    auto& office = ground.office();
    office.start_registry();
    const auto set_clock = [&](int seconds) { rig::write_text(ground.path("shift"), (seconds < 0 ? "" : "+") + std::to_string(seconds)); };
    set_clock(0);
    auto script = ground.back_to_documents();
    script.line(ground.add("LD2", "0-now.pdf").text()).wait("docs.remove").pause(500);
    script.line(ground.fee_later_to_receipt().text()).wait_text(doubtful).tap("rcpt.go").wait("wiped.start");
    const auto told = [&] { return "\n" + ground.shown() + rig::read_text(ground.log()); };
    INFO(one.seconds);
    {
      auto kiosk = ground.kiosk(script, rig::faked_clock(ground.path("shift"), one.steady_too));
      if (!ground.comes("docs.src.close", kiosk, 90s)) FAIL(told());
      set_clock(one.seconds);
      std::filesystem::copy_file(office.usb() + "/1-founding.pdf", office.usb() + "/0-now.pdf");
      const auto ended = kiosk.wait(3min);
      INFO(told());
      REQUIRE(ended == 0);
    }
    // Another start, by a right clock: a steady one that came back by twenty years would, rightly, end every session.
    {
      auto kiosk = ground.kiosk(rig::ScriptText().pause(600'000));
      const bool taken = comes_to_office(office, kiosk, 2min);
      INFO(told());
      REQUIRE(taken);
      kiosk.signal(SIGTERM);
      REQUIRE(kiosk.wait(30s));
    }
    office.stop_registry();
    CHECK(ground.accepted().size() == 1);
    const auto filed = ground.filings();
    REQUIRE(filed.size() == 1);
    CHECK(filed[0].text("trust") == "untrusted");
    CHECK(ground.compare({"1-founding.pdf"}) == "");
  }
}
