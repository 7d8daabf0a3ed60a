// qabyl-sim: plays seeds of the simulation by hand. Made for tests, never installed. See tests/sim/README.md.
#include <cstdlib>
#include <cstring>

#include "tests/sim/parts/runner.h"

using namespace qabyl::sim;

namespace {

struct Arguments { std::uint64_t seed = 1; std::int64_t seeds = 1, steps = events_max_default; int jobs = 1; bool trace = false, shrink = true; Less less; };

bool parse_without(Less& less, std::string_view names) {
  while (!names.empty()) {
    const auto name = names.substr(0, names.find(','));
    names.remove_prefix(std::min(names.size(), name.size() + 1));
    std::size_t fault = 0;
    while (fault < faults_count && name_of(static_cast<Fault>(fault)) != name) ++fault;
    if (fault == faults_count) return false;
    less.without |= std::uint64_t{1} << fault;
  }
  return true;
}

std::set<std::int64_t> numbers_in(const char* text) {  // "3,17"; "none"
  std::set<std::int64_t> numbers;
  for (char* end = nullptr; *text != '\0'; text = *end == ',' ? end + 1 : end) {
    const auto number = std::strtoll(text, &end, 10);
    if (end == text) break;
    numbers.insert(number);
  }
  return numbers;
}

bool parse(Arguments& arguments, int count, char** words) {
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (word == "--trace") arguments.trace = true;
    else if (word == "--no-shrink") arguments.shrink = false;
    else if (i + 1 == count) return false;
    else if (word == "--seed") arguments.seed = std::strtoull(words[++i], nullptr, 10);
    else if (word == "--seeds") arguments.seeds = std::strtoll(words[++i], nullptr, 10);
    else if (word == "--steps") arguments.steps = std::strtoll(words[++i], nullptr, 10);
    else if (word == "--jobs") arguments.jobs = std::atoi(words[++i]);
    else if (word == "--visitors") arguments.less.visitors_max = std::atoi(words[++i]);
    else if (word == "--only") arguments.less.only = numbers_in(words[++i]);
    else if (word != "--without" || !parse_without(arguments.less, words[++i])) return false;
  }
  return arguments.seeds > 0 && arguments.jobs > 0 && arguments.steps > 0;
}

int play_one(const Arguments& arguments) {
  const auto played = stage().call([&] { return play(make_ground(), arguments.seed, arguments.less, arguments.steps, arguments.trace ? Tell::all : Tell::nothing); });
  std::printf("seed %llu: trace %016llx, %lld events, %zu receipts%s%s\n", static_cast<unsigned long long>(played.seed), static_cast<unsigned long long>(played.hash),
              static_cast<long long>(played.events), played.promises, played.failure.empty() ? "" : ": FAILED ", played.failure.c_str());
  return played.failure.empty() ? 0 : 1;
}

int play_all(const Arguments& arguments) {
  const auto sum = play_many(arguments.seed, arguments.seeds, arguments.jobs, arguments.steps);
  for (const auto& [what, count] : sum.counts) std::printf("%10lld  %s\n", static_cast<long long>(count), what.c_str());
  for (const auto& one : sum.failed) {
    std::printf("seed %llu FAILED: %s\n", static_cast<unsigned long long>(one.seed), one.failure.c_str());
    std::printf("  replay: %s\n", replay_line(one.seed, {}).c_str());
  }
  if (arguments.shrink && !sum.failed.empty()) {
    const auto less = shrink(sum.failed.front(), arguments.steps);
    std::printf("  shrunk: %s\n", replay_line(sum.failed.front().seed, less).c_str());
    tell_story(sum.failed.front().seed, less, arguments.steps);
  }
  std::printf("%lld seeds, %lld of them twice, %lld events, %lld receipts, %zu failed\n", static_cast<long long>(sum.seeds), static_cast<long long>(sum.twice),
              static_cast<long long>(sum.events), static_cast<long long>(sum.promises), sum.failed.size());
  bool whole = sum.failed.empty();
  if (arguments.seeds < 500) return whole ? 0 : 1;
  for (const auto& what : never_fired(sum)) {
    std::printf("NEVER FIRED: %s\n", what.c_str());
    whole = false;
  }
  return whole ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  Arguments arguments;
  if (!parse(arguments, count, words)) {
    std::fprintf(stderr, "qabyl-sim --seed N [--seeds N] [--jobs N] [--steps N] [--trace] [--visitors N] [--without fault,fault] [--only blow,blow] [--no-shrink]\n");
    return 2;
  }
  return arguments.seeds == 1 ? play_one(arguments) : play_all(arguments);
}
