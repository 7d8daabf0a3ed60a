// Durable filing (journal row, outbox, receipt, indexes, one commit, read back) against raw append and
// fdatasync of as many bytes, on the same disk in the same run; also with a slow disk (FLUSH_US).
#include <cstdio>

#include "tests/bench/driver/benches.h"
#include "tests/bench/driver/raw_file.h"
#include "tests/bench/parts/counter.h"
#include "tests/bench/parts/flush_count.h"
#include "tests/support/rig.h"

namespace qabyl::bench {
namespace {

constexpr std::size_t filings_of_turn_max = 4000;
constexpr int slow_flush_us = 3000;

// Records that follow each other, signed before the clock runs: what is measured is the store.
std::vector<core::SignedRecord> signed_ahead(Counter& counter, const core::DraftFile& form, std::size_t count) {
  auto head = counter.store().head();
  std::vector<core::SignedRecord> records;
  for (std::size_t i = 0; i < count; ++i) {
    records.push_back(counter.application(head, form));
    head = {head.q + 1, records.back().digest, head.counter + 1};
  }
  return records;
}

core::Json play_filing(const std::string& title, const std::string& must, const Settings& settings, Counter& counter,
                       const core::DraftFile& form, std::size_t most) {
  std::vector<double> each_us;
  std::uint64_t filed = 0, flushed = 0;
  std::size_t bytes = 0;
  const auto filing = [&] {
    const auto records = signed_ahead(counter, form, most);
    bytes = records.front().jws.size();
    std::size_t next = 0;
    const auto before = flushes();
    const auto rate = rate_of(settings.seconds, records.size(), [&] { counter.file(records[next++]); }, &each_us);
    flushed += flushes() - before;
    filed += next;
    return rate;
  };
  const auto raw = [&] {
    RawFile file(settings.folder + "/raw");
    const core::Bytes block(bytes > 0 ? bytes : 2048, 'x');
    return rate_of(settings.seconds, most, [&] {
      file.append(block);
      file.flush();
    });
  };
  auto json = play({title, "1/s", must, {"filings", filing}, {"raw append+fdatasync", raw}}, settings);
  std::ranges::sort(each_us);
  const double p50 = each_us[each_us.size() / 2], p99 = each_us[each_us.size() * 99 / 100];
  const double mean_flushes = static_cast<double>(flushed) / static_cast<double>(filed);
  std::printf("  a record of %zu bytes; commit p50 %.0f us, p99 %.0f us, p99/p50 %.1f (must: <= 5); flushes a filing %.3f (must: <= 1.05)\n",
              bytes, p50, p99, p99 / p50, mean_flushes);
  json["record_bytes"] = static_cast<std::int64_t>(bytes);
  json["p50_us"] = static_cast<std::int64_t>(p50);
  json["p99_us"] = static_cast<std::int64_t>(p99);
  json["flushes_milli"] = static_cast<std::int64_t>(mean_flushes * 1000);
  return json;
}

}  // namespace

core::Json bench_queue(const Settings& settings) {
  rig::TemporaryFolder folder("bench");
  Settings here = settings;
  here.folder = folder.path();
  const auto counter = Counter::fresh(folder.path() + "/store");
  const auto owner = core::new_id(counter->clock().read().wall, counter->random());
  const auto form = counter->keep(core::as_bytes("%PDF-1.4 form"), owner, "application.pdf");
  counter->file(counter->application(counter->store().head(), form));
  core::Json json;
  json["filing"] = play_filing("durable filing", ">= 0.8", here, *counter, form, filings_of_turn_max);
  make_flushes_slow(std::chrono::microseconds{slow_flush_us});
  json["filing_flush_3000"] = play_filing("durable filing at FLUSH_US=3000", ">= 0.9", here, *counter, form, 400);
  make_flushes_slow(std::chrono::microseconds{0});
  tell_peer("SQLite untuned, PouchDB");
  return json;
}

}  // namespace qabyl::bench
