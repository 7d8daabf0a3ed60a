// SO1: kiosks that file all the time over a bad line, while the registry is killed again and again. In the end the line is good,
// everything is confirmed, and each filing is there once.
#include "tests/bench/load/fault_proxy.h"
#include "tests/bench/load/load_office.h"
#include "tests/bench/load/runs.h"

namespace qabyl::load {
namespace {

using namespace std::chrono_literals;

constexpr int life_seconds = 60, filing_every_seconds = 5, quiet_seconds = 120;
constexpr int files_of_one_more = 20;  // a connection that the line has cut and that was not noticed yet, a document that comes
constexpr std::size_t document_bytes = 20 * 1000;

struct Soaked {
  LoadOffice& at;
  std::vector<std::unique_ptr<LightKiosk>>& kiosks;
  std::int64_t filing_ends_us = 0;
  std::atomic<bool> over{false};
  std::vector<double> rss_mib{};      // at the end of each life of the registry
  std::vector<std::int64_t> files{};  // open then, beyond those of its start: it inherits the sockets of the kiosks in this process
  std::int64_t files_at_start = 0;
  int kills = 0;

  void file_all_the_time(LightKiosk& kiosk, std::size_t n) const {
    auto next_us = core::sys::steady_us() + static_cast<std::int64_t>(n) * filing_every_seconds * 1'000'000 / static_cast<std::int64_t>(kiosks.size());
    std::int64_t tried_us = 0;
    while (!over) {
      const auto now_us = core::sys::steady_us();
      const bool filing = now_us < filing_ends_us;
      if (filing && now_us >= next_us) {
        kiosk.file(document_bytes);
        next_us += filing_every_seconds * 1'000'000;
      }
      if (!filing && kiosk.waiting() == 0) return;
      if (now_us - tried_us > (filing ? 20 : 3) * 1'000'000) {  // an operator who presses "try now": a back-off of 15 minutes is not what is looked at
        kiosk.try_now();
        tried_us = now_us;
      }
      kiosk.step(core::Millis{50});
    }
  }
  void look() {
    rss_mib.push_back(Watch::rss_mib_of(at.office().registry().pid()));
    files.push_back(Watch::files_of(at.office().registry().pid()) - files_at_start);
  }
  void begin_life(Watch& watch) {
    watch.watch(at.office().registry().pid());
    files_at_start = Watch::files_of(at.office().registry().pid());
  }
  void kill_again_and_again(Watch& watch, int every_seconds) {
    auto next_us = core::sys::steady_us() + std::int64_t{every_seconds} * 1'000'000;
    while (core::sys::steady_us() < filing_ends_us) {
      std::this_thread::sleep_for(100ms);
      if (core::sys::steady_us() < next_us) continue;
      look();
      at.office().kill_registry();
      ++kills;
      at.office().start_registry();
      begin_life(watch);
      next_us += std::int64_t{every_seconds} * 1'000'000;
    }
  }
};

}  // namespace

bool soak(const Order& order) {
  const int clients = order.kiosks != 0 ? order.kiosks : 50, seconds = order.seconds != 0 ? order.seconds : 600;
  const int every = std::min(life_seconds, std::max(3, seconds / 4));
  std::printf("SO1: %d kiosks over a bad line, the registry killed each %d s, %d s\n", clients, every, seconds);
  LoadOffice at(clients);
  FaultProxy proxy(at.office().device_port(), {});
  std::vector<std::unique_ptr<LightKiosk>> kiosks;
  for (int n = 0; n < clients; ++n) kiosks.push_back(at.kiosk(n, proxy.port()));
  Watch watch(at.office().registry_data());
  Soaked soaked{at, kiosks};
  soaked.begin_life(watch);
  soaked.filing_ends_us = core::sys::steady_us() + std::int64_t{seconds} * 1'000'000;
  std::vector<std::thread> threads;
  for (std::size_t n = 0; n < kiosks.size(); ++n) threads.emplace_back([&, n] { soaked.file_all_the_time(*kiosks[n], n); });
  soaked.kill_again_and_again(watch, every);
  const auto counts = proxy.counts();
  proxy.calm();
  const auto quiet_us = core::sys::steady_us();
  std::thread end([&] {  // bounded, whatever the kiosks do
    for (int looks = 0; looks < quiet_seconds * 10 && !soaked.over; ++looks) std::this_thread::sleep_for(100ms);
    soaked.over = true;
  });
  for (auto& thread : threads) thread.join();
  const double quiet = static_cast<double>(core::sys::steady_us() - quiet_us) / 1e6;
  soaked.over = true;
  end.join();
  soaked.look();
  watch.stop();

  Figures figures(order);
  figures.note("exchanges", static_cast<double>(counts.exchanges), "");
  figures.at_least("answers lost after the request had arrived", static_cast<double>(counts.lost), 1, "", true);
  figures.at_least("connections reset", static_cast<double>(counts.resets), 1, "", seconds >= life_seconds);
  figures.at_least("lines clogged for 5 s", static_cast<double>(counts.clogs), 1, "", seconds >= life_seconds);
  figures.at_least("the registry killed", soaked.kills, 1, "", true);
  figures.note("all confirmed after the line was good again", quiet, "s");
  figures.at_most("WAL at most", watch.wal_mib(), 64, "MiB", true);
  figures.note("registry's memory at most", watch.rss_mib(), "MiB RSS");
  // Lives are as long as each other, so the memory at their ends tells what stays from life to life; the last one is shorter.
  figures.note("memory at the end of the first life", soaked.rss_mib.front(), "MiB RSS");
  figures.note("memory at the end of the last whole life", soaked.rss_mib[soaked.rss_mib.size() > 1 ? soaked.rss_mib.size() - 2 : 0], "MiB RSS");
  figures.at_most("files open at the end of a life, beyond its start", static_cast<double>(*std::max_element(soaked.files.begin(), soaked.files.end())), clients + files_of_one_more, "", true);
  at.compare(kiosks, figures);
  return figures.well();
}

}  // namespace qabyl::load
