// See run_report.h.
#include "tests/bench/parts/run_report.h"

#include "tests/support/places.h"
#include "tests/support/rig.h"

namespace qabyl::bench {
namespace {

std::string commit() {
  rig::TemporaryFolder folder("commit");
  const auto said = folder.path() + "/commit";
  if (rig::run({"/usr/bin/git", "-C", qabyl::test::in_source(), "describe", "--always", "--dirty"}, said) != 0) return "unknown";
  auto text = rig::read_text(said);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

}  // namespace

core::Json run_report(const std::string& bench, core::Json figures, const Machine& before) {
  const auto after = machine();
  core::Json on;
  on["cores"] = std::int64_t{after.cores};
  on["cpu"] = after.cpu;
  on["load_before_milli"] = static_cast<std::int64_t>(before.load * 1000);
  on["load_after_milli"] = static_cast<std::int64_t>(after.load * 1000);
  core::Json json;
  json["bench"] = bench;
  json["figures"] = std::move(figures);
  json["machine"] = std::move(on);
  json["commit"] = commit();
  return json;
}

}  // namespace qabyl::bench
