// The worker thread: jobs in order, and what it does while none waits.
#include <future>

#include "kiosk/shell/worker.h"
#include "tests/support/catch.h"

using namespace qabyl::kiosk;
using namespace std::chrono_literals;

TEST_CASE("while no job waits a worker does its idle work when that is due, and ends at once when it is not", "[kiosk][worker]") {
  std::promise<void> thrice;
  int pieces = 0;
  {
    Worker worker("idle");
    worker.when_idle({[&] { return pieces < 3 ? 1ms : std::chrono::milliseconds(1h); }, [&] {
                        CHECK(worker.on_this_thread());
                        if (++pieces == 3) thrice.set_value();
                      }});
    REQUIRE(thrice.get_future().wait_for(20s) == std::future_status::ready);
  }
  CHECK(pieces == 3);
}

TEST_CASE("idle work that is always due holds up no job", "[kiosk][worker]") {
  Worker worker("busy");
  worker.when_idle({[] { return 0ms; }, [] {}});
  int done = 0;
  for (int i = 0; i < 1000; ++i) done = worker.call([&] { return done + 1; });
  CHECK(done == 1000);
}
