// qabyl-load: the load and soak runs of RELIABILITY 4.8 as commands, on loopback only; each ends by itself. Exit code 0: every
// figure kept its limit. See tests/bench/README.md.
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "tests/bench/load/runs.h"
#include "tests/bench/parts/run_report.h"
#include "tests/support/rig.h"

namespace {

using namespace qabyl;

constexpr int seconds_max = 3600, kiosks_max = 2000, filings_max = 10'000, idle_max = 15'000;

const std::map<std::string, bool (*)(const load::Order&)> runs{
    {"ld1", load::filing_rate}, {"ld2", load::backlog_drain}, {"ld3", load::long_offline}, {"ld4", load::idle_crowd}, {"so1", load::soak}};

int usage() {
  std::fprintf(stderr, "qabyl-load ld1|ld2|ld3|ld4|so1 [--seconds N] [--kiosks N] [--filings N] [--idle N] [--times print|judge] [--out FILE.json]\n");
  return 2;
}

bool read_order(int count, char** words, load::Order& order, std::string& out) {
  if (count < 2 || count % 2 != 0 || !runs.contains(words[1])) return false;
  for (int i = 2; i < count; i += 2) {
    const std::string name = words[i], value = words[i + 1];
    if (name == "--seconds") order.seconds = std::atoi(value.c_str());
    else if (name == "--kiosks") order.kiosks = std::atoi(value.c_str());
    else if (name == "--filings") order.filings = std::atoi(value.c_str());
    else if (name == "--idle") order.idle = std::atoi(value.c_str());
    else if (name == "--out") out = value;
    else if (name == "--times" && (value == "print" || value == "judge")) order.judge_times = value == "judge";
    else return false;
  }
  return order.seconds >= 0 && order.seconds <= seconds_max && order.kiosks >= 0 && order.kiosks <= kiosks_max && order.filings >= 0 && order.filings <= filings_max && order.idle >= 0 && order.idle <= idle_max;
}

}  // namespace

int main(int count, char** words) {
  load::Order order;
  std::string out;
  std::vector<core::Json> lines;
  if (!read_order(count, words, order, out)) return usage();
  order.figures = &lines;
  const auto before = bench::machine();
  std::printf("%d cores, load %.1f\n", before.cores, before.load);
  const bool well = runs.at(words[1])(order);
  if (!out.empty()) rig::write_text(out, core::canonical(bench::run_report(words[1], core::Json(lines), before)) + "\n");
  std::printf("load %.1f after: %s\n", bench::machine().load, well ? "every limit was kept" : "a limit was broken");
  return well ? 0 : 1;
}
