// See process_watch.h. /proc is read as proc(5) describes it.
#include "tests/bench/parts/process_watch.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/rig.h"

namespace qabyl::bench {
namespace {

namespace fs = std::filesystem;

std::string proc(pid_t pid) { return "/proc/" + std::to_string(pid); }

// The number after `name:`, in the unit of the file; -1 when it is not there.
std::int64_t number_after(const std::string& text, const std::string& name) {
  const auto at = text.find("\n" + name + ":");
  return at == std::string::npos ? -1 : std::stoll(text.substr(at + name.size() + 2));
}

// Fields of /proc/<pid>/stat from the third on: the second, the name, may hold anything.
std::vector<std::string> stat_fields(pid_t pid) {
  const auto text = rig::read_text(proc(pid) + "/stat");
  const auto end = text.rfind(')');
  std::vector<std::string> fields;
  if (end == std::string::npos) return fields;
  std::istringstream rest(text.substr(end + 1));
  for (std::string field; rest >> field;) fields.push_back(field);
  return fields;
}

pid_t parent_of(pid_t pid) {
  const auto fields = stat_fields(pid);
  return fields.size() < 2 ? 0 : static_cast<pid_t>(std::stol(fields[1]));
}

std::vector<pid_t> numbers_in(const std::string& folder) {
  std::vector<pid_t> found;
  std::error_code gone;
  for (fs::directory_iterator entry(folder, gone), end; !gone && entry != end; entry.increment(gone)) {
    const auto name = entry->path().filename().string();
    if (std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; })) found.push_back(std::stoi(name));
  }
  return found;
}

}  // namespace

std::vector<pid_t> process_tree(pid_t root) {
  std::vector<std::pair<pid_t, pid_t>> all;
  for (const pid_t pid : numbers_in("/proc")) all.emplace_back(pid, parent_of(pid));
  std::vector<pid_t> tree{root};
  for (std::size_t i = 0; i < tree.size(); ++i) {
    for (const auto& [pid, parent] : all) {
      if (parent == tree[i]) tree.push_back(pid);
    }
  }
  return tree;
}

std::vector<ThreadWakes> wakes_by_thread(pid_t root) {
  std::vector<ThreadWakes> found;
  for (const pid_t pid : process_tree(root)) {
    for (const pid_t thread : numbers_in(proc(pid) + "/task")) {
      const auto folder = proc(pid) + "/task/" + std::to_string(thread);
      const auto slept = number_after(rig::read_text(folder + "/status"), "voluntary_ctxt_switches");
      auto name = rig::read_text(folder + "/comm");
      if (!name.empty()) name.pop_back();
      if (slept >= 0) found.push_back({std::to_string(thread) + " " + name, static_cast<std::uint64_t>(slept)});
    }
  }
  return found;
}

std::uint64_t wakes(pid_t root) {
  std::uint64_t sum = 0;
  for (const auto& thread : wakes_by_thread(root)) sum += thread.wakes;
  return sum;
}

std::int64_t cpu_ms(pid_t root) {
  std::int64_t ticks = 0;
  for (const pid_t pid : process_tree(root)) {
    const auto fields = stat_fields(pid);
    if (fields.size() > 12) ticks += std::stoll(fields[11]) + std::stoll(fields[12]);
  }
  return ticks * 1000 / sysconf(_SC_CLK_TCK);
}

std::optional<Memory> memory(pid_t root) {
  Memory sum;
  for (const pid_t pid : process_tree(root)) {
    const auto text = rig::read_text(proc(pid) + "/smaps_rollup");
    const auto rss = number_after(text, "Rss"), pss = number_after(text, "Pss");
    if (rss < 0 || pss < 0) return std::nullopt;
    sum.rss_kib += rss;
    sum.pss_kib += pss;
  }
  return sum;
}

Machine machine() {
  Machine found;
  found.cores = static_cast<int>(sysconf(_SC_NPROCESSORS_ONLN));
  std::istringstream(rig::read_text("/proc/loadavg")) >> found.load;
  const auto cpus = rig::read_text("/proc/cpuinfo");
  const auto at = cpus.find("model name");
  const auto from = at == std::string::npos ? at : cpus.find(": ", at);
  if (from != std::string::npos) found.cpu = cpus.substr(from + 2, cpus.find('\n', from) - from - 2);
  return found;
}

}  // namespace qabyl::bench
