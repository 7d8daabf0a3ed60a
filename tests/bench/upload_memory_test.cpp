// Hard gate: the registry's memory grows by at most 4 MiB while it takes 200 MiB of documents over TLS
// (PERFORMANCE.md, goal 11). How: the real registry as a process, the real store and uplink of a kiosk in
// this one; one filing with four documents of 50 MiB, the largest that a document may be.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "core/encoding.h"
#include "tests/bench/parts/counter.h"
#include "tests/bench/parts/process_watch.h"
#include "tests/support/catch.h"
#include "tests/support/rig.h"

using namespace qabyl;
using namespace std::chrono_literals;

namespace {

constexpr int documents = 4;
constexpr std::int64_t growth_kib_max = 4 * 1024;

struct Filing {
  core::SignedRecord record;
  std::vector<core::DraftFile> files;
};

Filing filing_of(bench::Counter& counter, std::size_t bytes_each, int count) {
  const auto owner = core::new_id(counter.clock().read().wall, counter.random());
  const auto form = counter.keep(core::as_bytes("%PDF-1.4 form"), owner, "application.pdf");
  Filing filing;
  for (int i = 0; i < count; ++i) {
    filing.files.push_back(counter.keep(bench::some_bytes(bytes_each, counter.random()), owner, std::to_string(i) + ".pdf"));
  }
  filing.record = counter.application(counter.store().head(), form, filing.files);
  counter.file(filing.record);
  return filing;
}

bool settled(bench::Counter& counter) {
  return counter.sync([&] { return counter.waiting() == 0; }, 120s);
}

}  // namespace

TEST_CASE("the registry's memory does not grow with a 200 MiB upload", "[bench][upload]") {
  rig::TemporaryFolder folder("upload");
  rig::Office office(folder.path() + "/office");
  const auto counter = bench::Counter::enrolled(office.kiosk_data());
  (void)filing_of(*counter, 1024 * 1024, 1);  // connection, buffers and caches reach their size
  REQUIRE(settled(*counter));
  const auto filing = filing_of(*counter, core::document_bytes_max, documents);

  const auto before = bench::memory(office.registry().pid());
  REQUIRE(before);
  bench::Memory peak = *before;
  std::atomic<bool> uploading = true;
  std::thread watcher([&] {
    while (uploading) {
      if (const auto now = bench::memory(office.registry().pid())) {
        peak.rss_kib = std::max(peak.rss_kib, now->rss_kib);
        peak.pss_kib = std::max(peak.pss_kib, now->pss_kib);
      }
      std::this_thread::sleep_for(20ms);
    }
  });
  const auto began = core::sys::steady_us();
  const bool whole = settled(*counter);
  const double seconds = static_cast<double>(core::sys::steady_us() - began) / 1e6;
  uploading = false;
  watcher.join();
  REQUIRE(whole);

  const auto stored = counter->store().find_record(filing.record.record.id);
  REQUIRE((stored && *stored));
  CHECK((*stored)->state == core::SendState::accepted);
  const auto kept = office.registry_records();
  const auto same = std::ranges::find_if(kept, [&](const auto& one) { return one.text("id") == filing.record.record.id; });
  REQUIRE(same != kept.end());
  CHECK(same->items("documents").size() == documents + 1);
  std::printf("registry, 200 MiB in %d documents: RSS %lld KiB before, grew by %lld KiB (must: <= 4096), PSS by %lld KiB; %.0f MiB/s\n",
              documents, static_cast<long long>(before->rss_kib), static_cast<long long>(peak.rss_kib - before->rss_kib),
              static_cast<long long>(peak.pss_kib - before->pss_kib), documents * 50 / seconds);
  // RSS decides: PSS grows when other programs that share our libraries end.
  CHECK(peak.rss_kib - before->rss_kib <= growth_kib_max);
}
