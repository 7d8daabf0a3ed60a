// A document of 2 MiB taken in: sealed, hashed (SHA-256), flushed, renamed, its folder flushed and its row
// committed; against raw append and fdatasync of the same bytes.
#include "tests/bench/driver/benches.h"
#include "tests/bench/driver/raw_file.h"
#include "tests/bench/parts/counter.h"
#include "tests/support/rig.h"

namespace qabyl::bench {
namespace {

constexpr std::size_t document_bytes = 2 * 1024 * 1024;
constexpr std::size_t documents_of_turn_max = 60;

}  // namespace

core::Json bench_documents(const Settings& settings) {
  rig::TemporaryFolder folder("bench");
  const auto counter = Counter::fresh(folder.path() + "/store");
  auto bytes = some_bytes(document_bytes, counter->random());
  const auto store = [&] {
    return rate_of(settings.seconds, documents_of_turn_max, [&] {
      counter->random().fill(std::span(bytes).first(16));  // another document each time
      (void)counter->keep(bytes, core::new_id(counter->clock().read().wall, counter->random()), "a.pdf");
      const auto committed = counter->store().keep_setting("bench", "1");
      QABYL_CHECK(committed.has_value());
    });
  };
  const auto raw = [&] {
    RawFile file(folder.path() + "/raw");
    return rate_of(settings.seconds, documents_of_turn_max, [&] {
      file.append(bytes);
      file.flush();
    });
  };
  core::Json json;
  json["document"] = play({"document of 2 MiB, sealed and hashed", "1/s", ">= 0.75", {"documents", store}, {"raw append+fdatasync", raw}}, settings);
  return json;
}

}  // namespace qabyl::bench
