// LD4: thousands of connections that do nothing, of strangers and of one stolen certificate, while kiosks file and others come.
// The registry holds a bounded number; those it holds are closed after a minute, and honest ones do not feel them.
#include "core/sys/files.h"
#include "tests/bench/load/load_office.h"
#include "tests/bench/load/runs.h"
#include "tests/support/idle_crowd.h"

namespace qabyl::load {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t second_us = 1'000'000;
constexpr int idle_default = 5000, calm_seconds = 15, closing_seconds = 70, drain_seconds = 30;
constexpr std::size_t own_files = 512, joiners = 4, one_address = 2, stolen_one_in = 10, each_address = 100;
constexpr double joins_per_second = 250, files_limit = 3400;  // twice the connections of its three ports, and its own
constexpr std::size_t document_bytes = 20 * 1000;
constexpr auto newcomer_every = 200ms;

std::string text_of(const std::string& path) {
  const auto bytes = core::sys::read_file(path, 64 * 1024);
  return bytes ? std::string(core::as_text(*bytes)) : std::string();
}

std::string time_request() { return "GET /v1/time?nonce=" + std::string(32, 'a') + " HTTP/1.1\r\nHost: localhost\r\n\r\n"; }

// A kiosk that has just been switched on, again and again: a connection of its own each time. Milliseconds to an answer; < 0: none.
double newcomer_ms(const Identity& identity) {
  sync::CurlTransport transport({identity.url, identity.ca_file, identity.certificate_file, identity.key_file});
  const auto began_us = core::sys::steady_us();
  transport.start({"GET", "/v1/time?nonce=" + std::string(32, 'b'), {}, {}});
  while (core::sys::steady_us() - began_us < 10 * second_us) {
    if (const auto result = transport.poll()) {
      const auto* answer = std::get_if<sync::ClientAnswer>(&*result);
      return answer != nullptr && answer->status == 200 ? static_cast<double>(core::sys::steady_us() - began_us) / 1000 : -1;
    }
    transport.wait(core::Millis{100});
  }
  return -1;
}

struct Newcomers {
  std::vector<std::pair<std::int64_t, double>> took;  // when, ms
  std::atomic<bool> over{false};
  void come(const Identity& identity) {
    while (!over) {
      const auto at_us = core::sys::steady_us();
      took.emplace_back(at_us, newcomer_ms(identity));
      std::this_thread::sleep_for(newcomer_every);
    }
  }
};

struct Honest {
  std::vector<double> filings_ms, newcomers_ms;
  std::int64_t refused = 0;
};

// What began in [from, to).
Honest between(const std::vector<std::unique_ptr<LightKiosk>>& kiosks, const Newcomers& newcomers, std::int64_t from_us, std::int64_t to_us) {
  Honest seen;
  for (const auto& kiosk : kiosks) {
    for (const Filed& one : kiosk->filed()) {
      if (one.filed_us >= from_us && one.filed_us < to_us && one.settled_us != 0) seen.filings_ms.push_back(static_cast<double>(one.settled_us - one.filed_us) / 1000);
    }
  }
  for (const auto& [at_us, ms] : newcomers.took) {
    if (at_us < from_us || at_us >= to_us) continue;
    if (ms < 0) ++seen.refused;
    else seen.newcomers_ms.push_back(ms);
  }
  return seen;
}

void file_now_and_then(LightKiosk& kiosk, std::size_t n, std::size_t kiosks, const std::atomic<bool>& over) {
  auto next_us = core::sys::steady_us() + static_cast<std::int64_t>(n) * second_us / static_cast<std::int64_t>(kiosks);
  while (!over) {
    if (core::sys::steady_us() >= next_us) {
      kiosk.file(document_bytes);
      next_us += second_us;
    }
    kiosk.step(core::Millis{20});
  }
  const auto until_us = core::sys::steady_us() + drain_seconds * second_us;
  while (kiosk.waiting() > 0 && core::sys::steady_us() < until_us) kiosk.step(core::Millis{50});
}

struct Crowd {
  rig::IdleCrowd strangers, thieves;
  std::atomic<std::size_t> next{0};
  std::atomic<std::int64_t> stood{0};

  // Half of all come from one address, as behind one router.
  void come(std::size_t idle, std::int64_t began_us) {
    for (std::size_t n = next++; n < idle; n = next++) {
      const auto due_us = began_us + static_cast<std::int64_t>(static_cast<double>(n) / joins_per_second * 1e6);
      while (core::sys::steady_us() < due_us) std::this_thread::sleep_for(1ms);
      auto& who = n % stolen_one_in == 0 ? thieves : strangers;
      if (who.join(n % one_address == 0 ? "127.0.0.1" : rig::crowd_address(n, each_address))) ++stood;
    }
  }
  std::size_t held() { return strangers.held() + thieves.held(); }
};

}  // namespace

bool idle_crowd(const Order& order) {
  const int clients = order.kiosks != 0 ? order.kiosks : 50, idle = order.idle != 0 ? order.idle : idle_default;
  const int calm = order.seconds != 0 ? order.seconds : calm_seconds;
  std::printf("LD4: %d idle connections beside %d kiosks that file each second\n", idle, clients);
  Figures figures(order);
  if (!rig::room_for_files(static_cast<std::size_t>(idle) + own_files)) {
    std::printf("SKIP: this system does not let one program open %d files\n", idle);
    return true;
  }
  LoadOffice at(clients + 2);
  std::vector<std::unique_ptr<LightKiosk>> kiosks;
  for (int n = 0; n < clients; ++n) kiosks.push_back(at.kiosk(n));
  const Identity newcomer = at.kiosk(clients)->identity(), stolen = at.kiosk(clients + 1)->identity();
  Watch watch(at.office().registry_data());
  watch.watch(at.office().registry().pid());

  std::atomic<bool> over{false};
  std::vector<std::thread> threads;
  for (std::size_t n = 0; n < kiosks.size(); ++n) threads.emplace_back([&, n] { file_now_and_then(*kiosks[n], n, kiosks.size(), over); });
  Newcomers newcomers;
  std::thread coming([&] { newcomers.come(newcomer); });
  std::this_thread::sleep_for(2s);  // all are connected
  const auto begin_us = core::sys::steady_us();
  std::this_thread::sleep_for(std::chrono::seconds(calm));
  const auto crowd_us = core::sys::steady_us();
  Crowd crowd{rig::IdleCrowd(at.office().device_port()), rig::IdleCrowd(at.office().device_port(), {text_of(stolen.certificate_file), text_of(stolen.key_file), time_request()})};
  std::vector<std::thread> join;
  for (std::size_t n = 0; n < joiners; ++n) join.emplace_back([&] { crowd.come(static_cast<std::size_t>(idle), crowd_us); });
  for (auto& thread : join) thread.join();
  const auto idle_us = core::sys::steady_us();
  std::this_thread::sleep_for(std::chrono::seconds(std::max(1, std::min(calm, 10))));
  const auto held = crowd.held();
  const bool long_form = order.seconds == 0;
  while (long_form && crowd.held() > 0 && core::sys::steady_us() - idle_us < closing_seconds * second_us) std::this_thread::sleep_for(500ms);
  const auto end_us = core::sys::steady_us();
  const auto left = crowd.held();
  newcomers.over = over = true;
  coming.join();
  for (auto& thread : threads) thread.join();
  watch.stop();

  const auto before = between(kiosks, newcomers, begin_us, crowd_us), coming_in = between(kiosks, newcomers, crowd_us, idle_us), beside = between(kiosks, newcomers, idle_us, end_us);
  const double usual_ms = Figures::quantile(before.filings_ms, 0.99), idle_ms = Figures::quantile(beside.filings_ms, 0.99);
  figures.note("filed to confirmed, p99, before", usual_ms, "ms");
  figures.at_most("filed to confirmed, p99, while they come", Figures::quantile(coming_in.filings_ms, 0.99), 500, "ms");
  figures.at_most("filed to confirmed, p99, while they idle", idle_ms, 500, "ms");
  figures.at_most("... of what it was before", idle_ms / std::max(1.0, usual_ms), 2, "times");
  figures.note("a kiosk that comes anew, p99, before", Figures::quantile(before.newcomers_ms, 0.99), "ms");
  figures.at_most("a kiosk that comes anew, p99, while they come", Figures::quantile(coming_in.newcomers_ms, 0.99), 500, "ms");
  figures.at_most("a kiosk that comes anew, p99, while they idle", Figures::quantile(beside.newcomers_ms, 0.99), 500, "ms");
  figures.count("kiosks that came anew and were refused", before.refused + coming_in.refused + beside.refused, 0);
  figures.note("idle connections that stood", static_cast<double>(crowd.stood), "");
  figures.note("held by the registry after a while", static_cast<double>(held), "");
  figures.note("the last one came after", static_cast<double>(idle_us - crowd_us) / 1e6, "s");
  if (long_form) figures.count("held more than a minute later", static_cast<std::int64_t>(left), 0);
  if (long_form) figures.note("all were closed after", static_cast<double>(end_us - idle_us) / 1e6, "s");
  figures.at_most("files that the registry had open", static_cast<double>(watch.files()), files_limit, "", true);
  figures.at_most("registry's memory at most", watch.rss_mib(), 300, "MiB", true);
  at.compare(kiosks, figures);
  return figures.well();
}

}  // namespace qabyl::load
