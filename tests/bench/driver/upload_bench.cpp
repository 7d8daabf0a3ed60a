// 200 MiB of documents of one filing to the registry over TLS: resumable pieces with checksums, hashed and
// durable there. Beside it the limit: the same bytes written and flushed once.
#include <sys/resource.h>

#include "core/record.h"
#include "tests/bench/driver/benches.h"
#include "tests/bench/driver/raw_file.h"
#include "tests/bench/parts/counter.h"
#include "tests/bench/parts/process_watch.h"
#include "tests/support/rig.h"

namespace qabyl::bench {
namespace {

using namespace std::chrono_literals;

constexpr int documents = 4;             // of core::document_bytes_max each: 200 MiB
constexpr double mib = 1024 * 1024;

double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
         static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

struct Bench {
  rig::TemporaryFolder folder{"bench"};
  rig::Office office{folder.path() + "/office"};
  std::unique_ptr<Counter> counter = Counter::enrolled(office.kiosk_data());
  core::Bytes bytes = some_bytes(core::document_bytes_max, counter->random());
  std::vector<double> client_cpu_s, registry_cpu_s;

  double upload_turn() {
    const auto owner = core::new_id(counter->clock().read().wall, counter->random());
    const auto form = counter->keep(core::as_bytes("%PDF-1.4 form"), owner, "application.pdf");
    std::vector<core::DraftFile> files;
    for (int i = 0; i < documents; ++i) {
      counter->random().fill(std::span(bytes).first(16));  // another document each time
      files.push_back(counter->keep(bytes, owner, std::to_string(i) + ".pdf"));
    }
    counter->file(counter->application(counter->store().head(), form, files));
    counter->uplink().work_arrived();
    const auto cpu_before = cpu_seconds();
    const auto registry_before = cpu_ms(office.registry().pid());
    const auto began = core::sys::steady_us();
    const bool drained = counter->sync([&] { return counter->waiting() == 0; }, 300s);
    QABYL_CHECK(drained);
    const auto us = core::sys::steady_us() - began;
    client_cpu_s.push_back(cpu_seconds() - cpu_before);
    registry_cpu_s.push_back(static_cast<double>(cpu_ms(office.registry().pid()) - registry_before) / 1000);
    return documents * (static_cast<double>(bytes.size()) / mib) * 1e6 / static_cast<double>(us);
  }
  double raw_turn() {
    RawFile file(folder.path() + "/raw");
    const auto began = core::sys::steady_us();
    for (int i = 0; i < documents; ++i) file.append(bytes);
    file.flush();
    return documents * (static_cast<double>(bytes.size()) / mib) * 1e6 / static_cast<double>(core::sys::steady_us() - began);
  }
};

}  // namespace

core::Json bench_upload(const Settings& settings) {
  Bench bench;
  core::Json json;
  json["upload"] = play({"upload of 200 MiB, TLS, resumable, hashed, durable", "MiB/s", ">= 1.0 of tus plain (peer)",
                         {"upload", [&] { return bench.upload_turn(); }}, {"raw write+fdatasync", [&] { return bench.raw_turn(); }}}, settings);
  json["client_cpu"] = tell("client CPU for 200 MiB", "s", "<= 1/2 of tus (peer)", bench.client_cpu_s);
  json["registry_cpu"] = tell("registry CPU for 200 MiB", "s", "", bench.registry_cpu_s);
  tell_peer("tus server and client, nginx dav");
  return json;
}

}  // namespace qabyl::bench
