// A member of staff who is locked out after five wrong PINs (ARCHITECTURE 5.1: per kiosk, persistent, I11):
// the whole kiosk, killed and started again under other clocks; only the operator opens the lock.
#include <signal.h>

#include "tests/e2e/trouble_ground.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace std::chrono_literals;

namespace {

constexpr const char* locked = "Кіру бұғатталды. Терезедегі қызметкерге айтыңыз";

std::string wrong_of(const std::string& pin) {
  auto wrong = pin;
  wrong.back() = wrong.back() == '0' ? '1' : '0';
  return wrong;
}

}  // namespace

TEST_CASE("five wrong PINs lock a member of staff out, kill and clock or not, until the operator unlocks", "[e2e][trouble]") {
  auto& ground = rig::TroubleGround::fresh();
  const auto& staff = ground.office().secrets().items("staff").front();
  const auto badge = staff.text("badge"), pin = staff.text("pin");
  const auto id = badge.substr(5, badge.find(':', 5) - 5);
  const auto start = [&](const rig::ScriptText& script, int clock_seconds) {
    rig::write_text(ground.path("shift"), std::to_string(clock_seconds));
    return ground.kiosk(script, {{"LD_PRELOAD", rig::program("libqabyl-other-time.so")}, {"QABYL_CLOCK_SHIFT", ground.path("shift")}});
  };
  const auto to_badge = [&](rig::ScriptText& script) -> rig::ScriptText& { return script.wait("start.staff").tap("start.staff").wait("staff.pin.1").scan(badge); };
  const auto told = [&] { return "\n" + ground.shown() + rig::read_text(ground.log()); };

  rig::ScriptText five;
  to_badge(five.wait("power.notme", 60).tap("power.notme")).pause(300);
  for (int left = 4; left >= 1; --left) {
    five.pad("staff.pin", wrong_of(pin)).wait_enabled("staff.go").tap("staff.go").wait_text("Қалған әрекет саны: " + std::to_string(left), 60);
  }
  five.pad("staff.pin", wrong_of(pin)).wait_enabled("staff.go").tap("staff.go").wait_text(locked, 60).pause(60'000);
  auto kiosk = start(five, 0);
  if (!ground.comes(locked, kiosk, 2min)) FAIL(told());
  kiosk.signal(SIGKILL);
  kiosk.wait(10s);

  for (const int day : {-1, 1}) {  // a clock that is set does not open it
    rig::ScriptText again;
    to_badge(again.tap_if("power.notme", 1500)).wait_text(locked);
    kiosk = start(again, day * 24 * 3600);
    const auto ended = kiosk.wait(60s);
    INFO(told());
    CHECK(ended == 0);
  }

  rig::ScriptText unlock;
  unlock.line(ground.operator_panel().text()).tap("op.tab.3").tap("op.unlock." + id).wait_absent("op.unlock." + id).tap("op.back").wait("start.staff", 30);
  to_badge(unlock).pause(300).pad("staff.pin", pin).wait_enabled("staff.go").tap("staff.go").wait("inbox.open.0", 60);
  kiosk = start(unlock, 0);
  const auto ended = kiosk.wait(2min);
  INFO(told());
  CHECK(ended == 0);
}
