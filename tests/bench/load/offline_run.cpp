// LD3: a kiosk that was without a network for long, and then has one: what a filing costs behind 2,000 others, how soon the
// screen is there, and that it goes on while everything drains. The real kiosk on a real data folder, someone typing on it.
// Its documents are small: they are sealed on the disk, so that a sparse file of 20 GB would not be sparse there.
#include <sstream>
#include <thread>

#include "core/store/database.h"
#include "sync/registry/registry.h"
#include "tests/bench/load/figures.h"
#include "tests/bench/load/runs.h"
#include "tests/bench/parts/counter.h"
#include "tests/support/journeys.h"
#include "tests/support/rig.h"

namespace qabyl::load {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t form_bytes = 10 * 1000;
constexpr int typings = 200, drain_seconds = 300;

double file_one(bench::Counter& counter) {
  const auto owner = core::new_id(counter.clock().read().wall, counter.random());
  const auto form = counter.keep(bench::some_bytes(form_bytes, counter.random()), owner, "application.pdf");
  const auto record = counter.application(counter.store().head(), form);
  const auto began_us = core::sys::steady_us();
  counter.file(record);
  return static_cast<double>(core::sys::steady_us() - began_us) / 1000;
}

std::string somebody_types() {
  rig::ScriptText script;
  const rig::Applicant applicant;
  script.wait("start.apply").tap("start.apply").wait("kind.issue").tap("kind.issue").tap("kind.go").wait("id.pad.1");
  script.pad("id.pad", applicant.bin).wait_enabled("id.go").tap("id.go").wait("id.pad.1").pause(300);
  script.pad("id.pad", applicant.pin).pad("id.pad", applicant.pin).wait("details.address").tap("details.address");
  for (int i = 0; i < typings; ++i) script.type("Алматы ").pause(100);
  return script.pause(600'000).text();
}

std::int64_t accepted(const std::string& data) {
  auto database = core::Database::open(sync::registry::database_path(data), sync::registry::registry_database(true));
  const auto count = database ? database->integer("SELECT count(*) FROM records WHERE device = 'AL-03' AND outcome = 'accepted'") : core::Result<std::int64_t>(database.error());
  return count ? *count : -1;
}

struct Frames { double first_ms = 0; std::vector<double> cost_ms; };

Frames frames_of(const std::string& path, std::int64_t began_us) {
  Frames frames;
  std::istringstream lines(rig::read_text(path));
  for (std::string line; std::getline(lines, line);) {
    const auto json = core::parse_json(line, 4096);
    if (!json) continue;
    if (frames.cost_ms.empty()) frames.first_ms = static_cast<double>(json->number("steady_us") - began_us) / 1000;
    frames.cost_ms.push_back(static_cast<double>(json->number("build_us") + json->number("draw_us")) / 1000);
  }
  return frames;
}

}  // namespace

bool long_offline(const Order& order) {
  const int filings = order.filings != 0 ? order.filings : 2000;
  std::printf("LD3: one kiosk, %d filings made without a network\n", filings);
  rig::TemporaryFolder folder("load");
  rig::Office office(folder.path() + "/office");
  office.stop_registry();
  std::vector<double> took_ms;
  {
    const auto counter = bench::Counter::enrolled(office.kiosk_data());
    for (int i = 0; i < filings; ++i) took_ms.push_back(file_one(*counter));
  }
  took_ms.erase(took_ms.begin(), took_ms.begin() + filings / 2);  // those with many before them
  office.start_registry();
  const std::string frames = folder.path() + "/frames.jsonl";
  rig::write_text(folder.path() + "/script.jsonl", somebody_types());
  const auto began_us = core::sys::steady_us();
  rig::Program kiosk(office.kiosk_command({"--offscreen", "--size", "1280x720", "--script", folder.path() + "/script.jsonl", "--frames", frames}), folder.path() + "/kiosk.log");
  double drained = 0;
  for (int looks = 0; looks < drain_seconds * 2 && kiosk.running(); ++looks) {
    std::this_thread::sleep_for(500ms);
    drained = static_cast<double>(core::sys::steady_us() - began_us) / 1e6;
    if (accepted(office.registry_data()) == filings) break;
  }
  const bool alive = kiosk.running();
  const auto seen = frames_of(frames, began_us);
  const auto there = accepted(office.registry_data());
  Figures figures(order);
  figures.at_most("a filing behind the others, p99", Figures::quantile(took_ms, 0.99), 300, "ms");
  figures.at_most("from exec to the first frame", seen.first_ms, 2000, "ms");
  figures.at_most("a frame while it drains, p99", Figures::quantile(seen.cost_ms, 0.99), 33, "ms");
  figures.at_least("frames that were drawn meanwhile", static_cast<double>(seen.cost_ms.size()), 20, "", true);
  figures.note("drained after", drained, "s");
  figures.count("accepted by the registry, once each", there, filings);
  figures.count("the kiosk still runs", alive ? 1 : 0, 1);
  return figures.well();
}

}  // namespace qabyl::load
