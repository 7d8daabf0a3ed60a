// qabyl-bench: product beside the physical limit, in rotated order in one run. See tests/bench/README.md.
#include <cstdio>
#include <cstdlib>
#include <map>

#include "tests/bench/driver/benches.h"
#include "tests/bench/parts/run_report.h"
#include "tests/support/rig.h"

namespace {

using namespace qabyl;
using Bench = core::Json (*)(const bench::Settings&);

const std::map<std::string, Bench> benches{{"queue", bench::bench_queue},
                                           {"documents", bench::bench_documents},
                                           {"sync", bench::bench_sync},
                                           {"upload", bench::bench_upload},
                                           {"frontend", bench::bench_frontend},
                                           {"log", bench::bench_log}};

struct Order {
  std::string what, out;
  bench::Settings settings;
};

int usage() {
  std::fprintf(stderr, "qabyl-bench queue|documents|sync|upload|frontend|log [--rounds N] [--seconds S] [--out FILE.json]\n");
  return 2;
}

// True: understood. Numbers beyond their limits are not.
bool read_order(int count, char** words, Order& order) {
  if (count < 2 || !benches.contains(words[1])) return false;
  order.what = words[1];
  for (int i = 2; i < count; i += 2) {
    const std::string name = words[i];
    if (i + 1 == count) return false;
    if (name == "--rounds") order.settings.rounds = std::atoi(words[i + 1]);
    else if (name == "--seconds") order.settings.seconds = std::atoi(words[i + 1]);
    else if (name == "--out") order.out = words[i + 1];
    else return false;
  }
  const auto& settings = order.settings;
  return settings.rounds >= 1 && settings.rounds <= bench::rounds_max && settings.seconds >= 1 && settings.seconds <= bench::seconds_max;
}

}  // namespace

int main(int count, char** words) {
  Order order;
  if (!read_order(count, words, order)) return usage();
  const auto before = bench::machine();
  std::printf("%s: %d rounds on %d cores, load %.1f\n", order.what.c_str(), order.settings.rounds, before.cores, before.load);
  auto figures = benches.at(order.what)(order.settings);
  const auto report = bench::run_report(order.what, std::move(figures), before);
  std::printf("load %.1f before, %.1f after\n", before.load, bench::machine().load);
  if (!order.out.empty()) rig::write_text(order.out, core::canonical(report) + "\n");
  return 0;
}
