// Records from a kiosk's journal to the registry's signed verdicts, durable at both ends, over TLS in batches
// of 100: real registry process, real store and uplink. Record first: their forms follow one by one, outside the
// measured time. Beside it the limit: as many bytes appended and flushed a batch at a time, once for each end. And
// what one filing takes to be confirmed whole.
#include <sys/resource.h>

#include <cstdio>

#include "tests/bench/driver/benches.h"
#include "tests/bench/driver/raw_file.h"
#include "tests/bench/parts/counter.h"
#include "tests/bench/parts/process_watch.h"
#include "tests/support/rig.h"

namespace qabyl::bench {
namespace {

using namespace std::chrono_literals;

constexpr int records_of_turn = 300, batch = 100, single_filings = 20;

double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

struct Bench {
  rig::TemporaryFolder folder{"bench"};
  rig::Office office{folder.path() + "/office"};
  std::unique_ptr<Counter> counter = Counter::enrolled(office.kiosk_data());
  core::DraftFile form;
  std::size_t record_bytes = 2048;
  std::vector<double> client_cpu_ms, registry_cpu_ms, confirmed_ms;

  Bench() {
    const auto owner = core::new_id(counter->clock().read().wall, counter->random());
    form = counter->keep(core::as_bytes("%PDF-1.4 form"), owner, "application.pdf");
    file();
    drain();
  }
  void file() {
    const auto record = counter->application(counter->store().head(), form);
    record_bytes = record.jws.size();
    counter->file(record);
    counter->uplink().work_arrived();
  }
  void drain() {
    const bool drained = counter->sync([&] { return counter->waiting() == 0; }, 120s);
    QABYL_CHECK(drained);
  }
  double sync_turn() {
    for (int i = 0; i < records_of_turn; ++i) file();
    const auto cpu_before = cpu_seconds();
    const auto registry_before = cpu_ms(office.registry().pid());
    const auto began = core::sys::steady_us();
    const bool heard = counter->sync([&] { return counter->unheard() == 0; }, 120s);
    const auto us = core::sys::steady_us() - began;
    QABYL_CHECK(heard);
    client_cpu_ms.push_back((cpu_seconds() - cpu_before) * 1000);
    registry_cpu_ms.push_back(static_cast<double>(cpu_ms(office.registry().pid()) - registry_before));
    drain();  // the forms
    return records_of_turn * 1e6 / static_cast<double>(us);
  }
  double raw_turn() {
    RawFile kiosk(folder.path() + "/raw-kiosk"), registry(folder.path() + "/raw-registry");
    const core::Bytes block(record_bytes * batch, 'x');
    const auto began = core::sys::steady_us();
    for (int i = 0; i < records_of_turn; i += batch) {
      registry.append(block);
      registry.flush();
      kiosk.append(block);
      kiosk.flush();
    }
    return records_of_turn * 1e6 / static_cast<double>(core::sys::steady_us() - began);
  }
  void one_by_one() {
    for (int i = 0; i < single_filings; ++i) {
      const auto began = core::sys::steady_us();
      file();
      drain();
      confirmed_ms.push_back(static_cast<double>(core::sys::steady_us() - began) / 1000);
    }
  }
};

}  // namespace

core::Json bench_sync(const Settings& settings) {
  Bench bench;
  core::Json json;
  json["batches"] = play({"records synced to a signed verdict, TLS, batches of 100", "1/s", "see goal 7 (peer)",
                          {"records", [&] { return bench.sync_turn(); }}, {"raw grouped at both ends", [&] { return bench.raw_turn(); }}}, settings);
  bench.one_by_one();
  json["client_cpu"] = tell("client CPU for 300 records", "ms", "<= 1/12 of PouchDB (peer)", bench.client_cpu_ms);
  json["registry_cpu"] = tell("registry CPU for 300 records", "ms", "", bench.registry_cpu_ms);
  json["confirmed"] = tell("one filing made, synced and confirmed", "ms", "<= 1/8 of PouchDB (peer)", bench.confirmed_ms);
  if (const auto used = memory(bench.office.registry().pid())) {
    json["registry_pss"] = tell("registry PSS", "MiB", "", {static_cast<double>(used->pss_kib) / 1024});
  }
  json["record_bytes"] = static_cast<std::int64_t>(bench.record_bytes);
  tell_peer("PouchDB");
  return json;
}

}  // namespace qabyl::bench
