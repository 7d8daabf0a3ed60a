// What the evidence log costs a record: groups of filings through the registry's own intake (take_record, settle, run_group), and then,
// on the same database and as many leaves, what of that was the log's: the leaves entered, the tree grown and its checkpoint signed, a
// place proved for each. The second is taken back. Processor time of the one thread, so that disks do not count; there is no switch in
// the product that turns the log off, so "without" is the difference.
#include <cstdio>
#include <ctime>

#include "core/ids.h"
#include "sync/registry/group_commit.h"
#include "sync/registry/intake.h"
#include "tests/bench/driver/benches.h"
#include "tests/bench/load/load_office.h"
#include "tests/support/places.h"

namespace qabyl::bench {
namespace {

namespace reg = sync::registry;

constexpr std::size_t group = reg::group_jobs_max, groups_of_turn = 8, document_bytes = 2048;

double thread_us() {
  timespec used{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) * 1e6 + static_cast<double>(used.tv_nsec) / 1e3;
}

struct Bench {
  load::LoadOffice office{1};
  core::sys::SystemRandom random;
  core::sys::SystemClock clock;
  std::unique_ptr<load::LightKiosk> kiosk = office.kiosk(0);
  std::unique_ptr<reg::Registry> registry;
  std::vector<double> with_us, log_us, without_us, share_percent, published_us;

  Bench() {
    office.office().stop_registry();  // from here on it is served in this thread
    auto opened = reg::Registry::open({office.office().registry_data(), qabyl::test::in_build("/assets"), &random, core::argon2_minimum});
    QABYL_CHECK(opened);
    registry = *std::move(opened);
  }

  reg::Answer take(const load::Filed& filed, core::Instant now) {
    const auto device = registry->store.device(kiosk->identity().device);
    QABYL_CHECK(device && *device);
    const auto taken = reg::take_record(*registry, **device, filed.record.record.id, filed.record.jws, now);
    QABYL_CHECK(taken && !taken->problem);
    for (std::size_t i = 0; i < filed.record.record.docs.size(); ++i) QABYL_CHECK(registry->store.mark_here(filed.record.record.id, static_cast<int>(i)));
    QABYL_CHECK(reg::settle(*registry, filed.record.record.id, now));
    return sync::Response{};
  }
  // As many leaves as `records` has, entered, grown over and proved once more; taken back at the end.
  double log_part(std::span<const load::Filed> records, core::Instant now) {
    std::vector<core::Id> ids;
    for (std::size_t i = 0; i < records.size(); ++i) ids.push_back(core::new_id(now, random));
    const auto transaction = core::Transaction::begin(registry->database);
    QABYL_CHECK(transaction);
    const double began = thread_us();
    for (std::size_t i = 0; i < records.size(); ++i) QABYL_CHECK(registry->store.add_leaf(ids[i], records[i].record.digest, now));
    QABYL_CHECK(registry->log.grow());
    for (const auto& id : ids) QABYL_CHECK(registry->log.place_of(id));
    return thread_us() - began;
  }
  void turn() {
    double whole = 0, log = 0;
    for (std::size_t n = 0; n < groups_of_turn; ++n) {
      const std::size_t before = kiosk->filed().size();
      for (std::size_t i = 0; i < group; ++i) kiosk->file(document_bytes);
      const auto records = std::span(kiosk->filed()).subspan(before);
      std::vector<reg::Job> jobs;
      for (const auto& filed : records) jobs.emplace_back([this, &filed](core::Instant now) { return take(filed, now); });
      const auto now = clock.read().wall;
      const double began = thread_us();
      const auto answers = reg::run_group(*registry, jobs, now);
      whole += thread_us() - began;
      for (const auto& answer : answers) QABYL_CHECK(answer.status == 200);
      log += log_part(records, now);
    }
    const auto records = static_cast<double>(group * groups_of_turn);
    with_us.push_back(whole / records);
    log_us.push_back(log / records);
    without_us.push_back((whole - log) / records);
    share_percent.push_back(100 * log / whole);
    const double began = thread_us();
    QABYL_CHECK(registry->log_files.publish(registry->log));
    published_us.push_back(thread_us() - began);
  }
};

}  // namespace

core::Json bench_log(const Settings& settings) {
  Bench bench;
  bench.turn();  // pages and statements of a first time
  for (auto* values : {&bench.with_us, &bench.log_us, &bench.without_us, &bench.share_percent, &bench.published_us}) values->clear();
  for (int round = 0; round < settings.rounds; ++round) {
    bench.turn();
    std::printf("  round %d: a record %.1f us with the log, %.1f us without; the log's part %.1f us, %.1f %%\n", round + 1, bench.with_us.back(), bench.without_us.back(),
                bench.log_us.back(), bench.share_percent.back());
    std::fflush(stdout);
  }
  core::Json json;
  json["with_log"] = tell("a record taken, judged, sealed and committed in a group of 64, with the log", "us of a core", "", bench.with_us);
  json["without_log"] = tell("the same without the log's part", "us of a core", "", bench.without_us);
  json["share"] = tell("the log's part of it", "%", "<= 10, ambitious <= 5 (goal 21)", bench.share_percent);
  json["published"] = tell("besides: the log's files of 512 records, at most once a second", "us of a core", "", bench.published_us);
  return json;
}

}  // namespace qabyl::bench
