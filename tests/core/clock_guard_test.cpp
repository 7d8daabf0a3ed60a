// What a record may say about its time (RELIABILITY I11).
// How: made-up readings of both clocks; nothing here reads a clock.
#include "tests/support/catch.h"

#include "core/clock_guard.h"

using namespace qabyl::core;
using namespace std::chrono_literals;

namespace {

const Instant nine{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 4h};
const std::string boot_a(32, 'a'), boot_b(32, 'b');

// A kiosk whose clock is right and which heard the registry at nine, an hour after its start.
ClockMemory synced() {
  const ClockReading at{nine, 1h, boot_a};
  return {TimeSync{nine, 40, at}, at};
}
ClockReading later(Millis wall, Millis steady, const std::string& boot = boot_a) { return {nine + wall, 1h + steady, boot}; }

}  // namespace

TEST_CASE("time is trusted after a verified answer, and its uncertainty grows", "[core][clock]") {
  const auto soon = judge_time(synced(), later(10s, 10s), 300);
  CHECK(soon.trust == Trust::trusted);
  CHECK(soon.u_ms == 2000 + 40 + 2);
  CHECK(soon.utc == nine + 10s);
  CHECK(soon.offset_min == 300);
  CHECK(soon.mono_ms == 3'610'000);
  CHECK(judge_time(synced(), later(24h, 24h), 300).u_ms == 2000 + 40 + 17'280);
}

TEST_CASE("a clock set back a day is untrusted, and the time is still given", "[core][clock]") {
  const auto time = judge_time(synced(), later(-24h, 1min), 300);
  CHECK(time.trust == Trust::untrusted);
  CHECK(time.u_ms == 0);
  CHECK(time.utc == nine - 24h);
}

TEST_CASE("a clock set forward or running away is untrusted", "[core][clock]") {
  CHECK(judge_time(synced(), later(1h, 1min), 300).trust == Trust::untrusted);
  CHECK(judge_time(synced(), later(1min + 1900ms, 1min), 300).trust == Trust::trusted);
  CHECK(judge_time(synced(), later(1min + 2100ms, 1min), 300).trust == Trust::untrusted);
}

TEST_CASE("a clock that never agreed with the registry is not trusted because it is steady", "[core][clock]") {
  auto memory = synced();
  memory.sync->registry = nine + 10min;
  CHECK(judge_time(memory, later(1s, 1s), 300).trust == Trust::untrusted);
}

TEST_CASE("three seconds back are noticed even when the drift allowed is wider", "[core][clock]") {
  auto memory = synced();
  memory.last = later(24h, 24h);
  CHECK(judge_time(memory, later(24h - 1s, 24h + 1s), 300).trust == Trust::trusted);
  CHECK(judge_time(memory, later(24h - 3s, 24h + 1s), 300).trust == Trust::untrusted);
}

TEST_CASE("after a restart without an answer the time is unconfirmed, or untrusted if it went back", "[core][clock]") {
  CHECK(judge_time({}, {nine, 1s, boot_b}, 300).trust == Trust::unconfirmed);
  const ClockReading sane{nine + 1h, 30s, boot_b}, back{nine - 1h, 30s, boot_b};
  CHECK(judge_time(synced(), sane, 300).trust == Trust::unconfirmed);
  CHECK(judge_time(synced(), sane, 300).u_ms == 0);
  CHECK(judge_time(synced(), back, 300).trust == Trust::untrusted);
}

TEST_CASE("without any answer a jump within one boot is noticed", "[core][clock]") {
  const ClockMemory memory{std::nullopt, later(0s, 0s)};
  CHECK(judge_time(memory, later(10s, 10s), 300).trust == Trust::unconfirmed);
  CHECK(judge_time(memory, later(24h, 10s), 300).trust == Trust::untrusted);
  CHECK(judge_time(memory, later(-24h, 10s), 300).trust == Trust::untrusted);
}

TEST_CASE("a clock that was once a year ahead is trusted again after the registry has answered", "[core][clock]") {
  ClockMemory memory = synced();
  memory.last = ClockReading{nine + 365 * 24h, 30min, boot_a};
  CHECK(judge_time(memory, later(10s, 10s), 300).trust == Trust::trusted);
}

TEST_CASE("a clock that counts from before the boot is untrusted, and can be written into a record", "[core][clock]") {
  const auto time = judge_time(synced(), later(-24h, -24h), 300);
  CHECK(time.trust == Trust::untrusted);
  CHECK(time.mono_ms == 0);
}
