// LD1: what a registry takes in a steady stream; LD2: what it takes when the link comes back for everybody at once.
#include <cmath>

#include "tests/bench/load/load_office.h"
#include "tests/bench/load/runs.h"

namespace qabyl::load {
namespace {

using namespace std::chrono_literals;

constexpr double offered_per_second = 110;  // LD1 asks for 100 and more: each filing has its own moment, whatever the answers do
constexpr std::size_t steady_bytes = 100 * 1000, backlog_bytes = 200 * 1000;
constexpr int drain_seconds = 30;

double seconds_between(std::int64_t from_us, std::int64_t to_us) { return static_cast<double>(to_us - from_us) / 1e6; }

void drain(LightKiosk& kiosk, std::int64_t until_us) {
  while (kiosk.waiting() > 0 && core::sys::steady_us() < until_us) kiosk.step(core::Millis{50});
}

// Files at its own moments, spread over the interval so that kiosks do not file in step.
void file_steadily(LightKiosk& kiosk, std::int64_t first_us, std::int64_t every_us, std::int64_t end_us) {
  std::int64_t next_us = first_us;
  while (core::sys::steady_us() < end_us) {
    const auto now_us = core::sys::steady_us();
    if (now_us >= next_us) {
      kiosk.file(steady_bytes);
      next_us += every_us;
    }
    kiosk.step(core::Millis{std::clamp<std::int64_t>((next_us - now_us) / 1000, 0, 20)});
  }
  drain(kiosk, end_us + drain_seconds * 1'000'000);
}

template <typename Act>
void at_once(const std::vector<std::unique_ptr<LightKiosk>>& kiosks, Act act) {
  std::vector<std::thread> threads;
  for (std::size_t n = 0; n < kiosks.size(); ++n) threads.emplace_back([&, n] { act(*kiosks[n], n); });
  for (auto& thread : threads) thread.join();
}

std::vector<std::unique_ptr<LightKiosk>> kiosks_of(LoadOffice& at) {
  std::vector<std::unique_ptr<LightKiosk>> kiosks;
  for (int n = 0; n < at.kiosks(); ++n) kiosks.push_back(at.kiosk(n));
  return kiosks;
}

}  // namespace

bool filing_rate(const Order& order) {
  const int clients = order.kiosks != 0 ? order.kiosks : 50, seconds = order.seconds != 0 ? order.seconds : 60;
  std::printf("LD1: %d kiosks, mTLS kept alive, a record and 100 kB each, %d s\n", clients, seconds);
  LoadOffice at(clients);
  auto kiosks = kiosks_of(at);
  at_once(kiosks, [](LightKiosk& kiosk, std::size_t) {  // connected, its feed read: not a part of what is measured
    kiosk.file(1000);
    drain(kiosk, core::sys::steady_us() + drain_seconds * 1'000'000);
  });
  Watch watch(at.office().registry_data());
  watch.watch(at.office().registry().pid());
  const auto begin_us = core::sys::steady_us(), end_us = begin_us + std::int64_t{seconds} * 1'000'000;
  const auto every_us = static_cast<std::int64_t>(clients / offered_per_second * 1e6);
  at_once(kiosks, [&](LightKiosk& kiosk, std::size_t n) { file_steadily(kiosk, begin_us + every_us * static_cast<std::int64_t>(n) / clients, every_us, end_us); });
  watch.stop();
  std::vector<double> took_ms;
  std::int64_t in_time = 0;
  for (const auto& kiosk : kiosks) {
    for (std::size_t i = 1; i < kiosk->filed().size(); ++i) {
      const Filed& one = kiosk->filed()[i];
      if (one.settled_us == 0) continue;
      took_ms.push_back(seconds_between(one.filed_us, one.settled_us) * 1000);
      in_time += one.settled_us <= end_us ? 1 : 0;
    }
  }
  Figures figures(order);
  figures.at_least("filings confirmed a second", static_cast<double>(in_time) / seconds, 100, "1/s");
  figures.at_most("filed to confirmed, p50", Figures::quantile(took_ms, 0.5), 40, "ms");
  figures.at_most("filed to confirmed, p99", Figures::quantile(took_ms, 0.99), 250, "ms");
  figures.note("registry's memory at most", watch.rss_mib(), "MiB RSS");
  figures.note("WAL at most", watch.wal_mib(), "MiB");
  at.compare(kiosks, figures);
  return figures.well();
}

bool backlog_drain(const Order& order) {
  const int clients = order.kiosks != 0 ? order.kiosks : 500, filings = order.filings != 0 ? order.filings : 4;
  std::printf("LD2: %d kiosks with %d filings of 200 kB, all start within a second\n", clients, filings);
  LoadOffice at(clients);
  auto kiosks = kiosks_of(at);
  for (auto& kiosk : kiosks) {
    for (int i = 0; i < filings; ++i) kiosk->file(backlog_bytes);
  }
  Watch watch(at.office().registry_data());
  watch.watch(at.office().registry().pid());
  const auto begin_us = core::sys::steady_us();
  at_once(kiosks, [&](LightKiosk& kiosk, std::size_t n) {
    std::this_thread::sleep_for(std::chrono::microseconds{1'000'000 * static_cast<std::int64_t>(n) / clients});
    drain(kiosk, begin_us + 300 * 1'000'000LL);
  });
  watch.stop();
  double drained = 0, latest_first = 0, sum = 0, squares = 0;
  for (const auto& kiosk : kiosks) {
    std::int64_t first_us = 0, last_us = 0;
    for (const Filed& one : kiosk->filed()) {
      first_us = first_us == 0 ? one.settled_us : std::min(first_us, one.settled_us);
      last_us = std::max(last_us, one.settled_us);
    }
    drained = std::max(drained, seconds_between(begin_us, last_us));
    latest_first = std::max(latest_first, seconds_between(begin_us, first_us));
    const double rate = filings / std::max(0.001, seconds_between(begin_us, last_us));
    sum += rate;
    squares += rate * rate;
  }
  Figures figures(order);
  figures.at_most("drained after", drained, 90, "s");
  figures.at_most("each kiosk's first acceptance after", latest_first, 30, "s");
  figures.at_least("Jain's fairness", sum * sum / (clients * squares), 0.9, "");
  figures.at_most("registry's memory at most", watch.rss_mib(), 300, "MiB", true);
  figures.note("WAL at most", watch.wal_mib(), "MiB");
  at.compare(kiosks, figures);
  return figures.well();
}

}  // namespace qabyl::load
