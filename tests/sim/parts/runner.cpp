// See runner.h. Workers are forked before anything has a thread; each makes its own ground and tells its parent by lines.
#include "tests/sim/parts/runner.h"

#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <sstream>
#include <utility>

namespace qabyl::sim {
namespace {

constexpr std::uint64_t twice_each = 100;

// What a run of 500 seeds must have met; the rest of the answers is counted and printed.
constexpr std::string_view expected[] = {
    "receipt", "outcome accepted", "visitor with receipt", "visitor without receipt", "office registered", "kiosk did not start", "office ended by itself",
    "answer 200", "answer 201", "answer 204", "answer 409 complete", "answer 409 behind", "answer 460 checksum-mismatch", "answer 503 unknown-outcome"};

std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

void tell(int fd, const std::string& line) {
  const auto text = line + "\n";
  for (std::size_t at = 0; at < text.size();) {
    const auto wrote = write(fd, text.data() + at, text.size() - at);
    if (wrote <= 0) _exit(3);
    at += static_cast<std::size_t>(wrote);
  }
}

struct Share { std::uint64_t first; std::int64_t count; int worker, workers; std::int64_t events_max; Less less; };

void tell_played(int fd, const Played& played) {
  std::ostringstream line;
  line << "played " << played.seed << ' ' << played.hash << ' ' << played.events << ' ' << played.promises << ' ' << played.blows << ' ' << one_line(played.failure);
  tell(fd, line.str());
}

void work(int fd, const Share& share) {
  stage().call([&] {
    const auto ground = make_ground();
    std::map<std::string, std::int64_t> counts;
    for (std::int64_t i = share.worker; i < share.count; i += share.workers) {
      const auto seed = share.first + static_cast<std::uint64_t>(i);
      tell(fd, "begin " + std::to_string(seed));
      auto played = play(ground, seed, share.less, share.events_max, Tell::nothing, &counts);
      if (seed % twice_each == 0) {
        const auto again = play(ground, seed, share.less, share.events_max);
        if (again.hash != played.hash && played.failure.empty()) played.failure = "I20: the same seed went another way";
        tell(fd, "twice");
      }
      tell_played(fd, played);
    }
    for (const auto& [what, count] : counts) tell(fd, "count " + std::to_string(count) + " " + what);
    return 0;
  });
}

// A seed takes some megabytes and gives them back; handed to the kernel in between, every page is paid for again.
void keep_memory() {
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, 1 << 28);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
}

struct Worker { pid_t pid = 0; int fd = -1; std::string rest; std::uint64_t at = 0; bool busy = false; };

Worker hire(const Share& share) {
  int ends[2];
  QABYL_CHECK(pipe(ends) == 0);
  std::fflush(nullptr);
  const auto pid = fork();
  QABYL_CHECK(pid >= 0);
  if (pid == 0) {
    close(ends[0]);
    keep_memory();
    work(ends[1], share);
    _exit(0);
  }
  close(ends[1]);
  return {pid, ends[0], {}, 0, false};
}

void take(Worker& worker, const std::string& line, Sum& sum) {
  std::istringstream words(line);
  std::string kind;
  words >> kind;
  if (kind == "begin") words >> worker.at, worker.busy = true;
  if (kind == "twice") ++sum.twice;
  if (kind == "count") {
    std::int64_t count = 0;
    std::string what;
    words >> count;
    std::getline(words >> std::ws, what);
    sum.counts[what] += count;
  }
  if (kind != "played") return;
  worker.busy = false;
  Played played;
  words >> played.seed >> played.hash >> played.events >> played.promises >> played.blows;
  std::getline(words >> std::ws, played.failure);
  ++sum.seeds;
  sum.events += played.events;
  sum.promises += static_cast<std::int64_t>(played.promises);
  sum.hashes[played.seed] = played.hash;
  if (!played.failure.empty()) sum.failed.push_back(played);
}

// What has come; false: the worker has said its last.
bool listen(Worker& worker, Sum& sum) {
  char bytes[4096];
  const auto got = read(worker.fd, bytes, sizeof bytes);
  if (got <= 0) return false;
  worker.rest.append(bytes, static_cast<std::size_t>(got));
  for (auto end = worker.rest.find('\n'); end != std::string::npos; end = worker.rest.find('\n')) {
    take(worker, worker.rest.substr(0, end), sum);
    worker.rest.erase(0, end + 1);
  }
  return true;
}

void dismiss(Worker& worker, Sum& sum) {
  close(std::exchange(worker.fd, -1));
  int status = 0;
  waitpid(worker.pid, &status, 0);
  if (status == 0) return;
  Played broken;
  broken.seed = worker.at;
  broken.failure = worker.busy ? "the product stopped: signal " + std::to_string(WTERMSIG(status)) : "a worker ended before its first seed";
  sum.failed.push_back(broken);
}

Sum play_shares(const Share& all) {
  Sum sum;
  std::vector<Worker> workers;
  for (int i = 0; i < all.workers; ++i) {
    auto share = all;
    share.worker = i;
    workers.push_back(hire(share));
  }
  for (int busy = all.workers; busy > 0;) {  // all at once: a full pipe would hold its worker up
    std::vector<pollfd> ends;
    for (const auto& worker : workers) ends.push_back({worker.fd, POLLIN, 0});
    if (poll(ends.data(), ends.size(), -1) < 0) {
      QABYL_CHECK(errno == EINTR);
      continue;
    }
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (ends[i].revents == 0 || listen(workers[i], sum)) continue;
      dismiss(workers[i], sum);
      --busy;
    }
  }
  return sum;
}

constexpr std::int64_t blows_unknown = 256;  // of a seed whose process ended: more than most have

std::string kind_of(const std::string& failure) { return failure.substr(0, failure.find(':')); }

// Tries what is less of a failed seed, and keeps it while that fails as it did.
class Shrinker {
 public:
  Shrinker(const Played& failed, std::int64_t events_max) : failed_(failed), events_max_(events_max) {}
  const Less& less() const { return less_; }

  void visitors() {
    auto visitors = draw_swarm(Dice(failed_.seed).fork("swarm"), {}).visitors;
    for (int step = (visitors + 1) / 2; step > 0; step /= 2) {
      while (visitors - step >= 1) {
        auto candidate = less_;
        candidate.visitors_max = visitors - step;
        if (!tried(candidate)) break;
        visitors -= step;
      }
    }
  }
  void kinds() {
    for (std::size_t part = faults_count / 2; part > 0; part /= 2) {
      for (std::size_t from = 0; from < faults_count; from += part) {
        auto candidate = less_;
        for (std::size_t i = from; i < std::min(from + part, faults_count); ++i) candidate.without |= std::uint64_t{1} << i;
        if (candidate.without != less_.without) (void)tried(candidate);
      }
    }
  }
  // Parts are left out, ever smaller ones, until no blow can be spared.
  void blows() {
    const auto whole = play_shares({failed_.seed, 1, 0, 1, events_max_, less_});
    const auto drawn = whole.failed.empty() || whole.failed.front().blows == 0 ? blows_unknown : whole.failed.front().blows;
    std::vector<std::int64_t> kept(static_cast<std::size_t>(drawn));
    for (std::size_t i = 0; i < kept.size(); ++i) kept[i] = static_cast<std::int64_t>(i);
    for (auto part = std::max<std::size_t>(1, kept.size() / 2); part > 0; part /= 2) {
      for (std::size_t from = 0; from < kept.size();) {
        auto fewer = kept;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(from), fewer.begin() + static_cast<std::ptrdiff_t>(std::min(from + part, kept.size())));
        auto candidate = less_;
        candidate.only = std::set<std::int64_t>(fewer.begin(), fewer.end());
        if (tried(candidate)) kept = std::move(fewer);
        else from += part;
      }
    }
  }

 private:
  bool tried(const Less& candidate) {
    const auto sum = play_shares({failed_.seed, 1, 0, 1, events_max_, candidate});
    if (sum.failed.empty() || kind_of(sum.failed.front().failure) != kind_of(failed_.failure)) return false;
    less_ = candidate;
    return true;
  }

  Played failed_;
  std::int64_t events_max_;
  Less less_;
};

}  // namespace

Played play(const Ground& ground, std::uint64_t seed, const Less& less, std::int64_t events_max, Tell tell, std::map<std::string, std::int64_t>* counts) {
  Journal journal;
  journal.print = tell;
  World world(ground, seed, less, journal);
  world.run(events_max);
  if (counts) {
    for (const auto& [what, count] : journal.counts()) (*counts)[what] += count;
  }
  return {seed, journal.hash(), journal.events(), world.promises(), journal.blows(), journal.failure()};
}

Sum play_many(std::uint64_t first, std::int64_t count, int workers, std::int64_t events_max) {
  return play_shares({first, count, 0, workers, events_max, {}});
}

std::string replay_line(std::uint64_t seed, const Less& less) {
  std::string line = "qabyl-sim --seed " + std::to_string(seed);
  if (less.visitors_max < 1'000'000) line += " --visitors " + std::to_string(less.visitors_max);
  std::string without;
  for (std::size_t i = 0; i < faults_count; ++i) {
    if ((less.without >> i & 1) != 0) without += (without.empty() ? "" : ",") + std::string(name_of(static_cast<Fault>(i)));
  }
  if (!without.empty()) line += " --without " + without;
  if (!less.only) return line;
  std::string only;
  for (const auto number : *less.only) only += (only.empty() ? "" : ",") + std::to_string(number);
  return line + " --only " + (only.empty() ? "none" : only);
}

Less shrink(const Played& failed, std::int64_t events_max) {
  Shrinker shrinker(failed, events_max);
  shrinker.visitors();
  shrinker.kinds();
  shrinker.blows();
  return shrinker.less();
}

void tell_story(std::uint64_t seed, const Less& less, std::int64_t events_max) {
  std::fflush(nullptr);
  const auto pid = fork();
  QABYL_CHECK(pid >= 0);
  if (pid == 0) {
    stage().call([&] { return play(make_ground(), seed, less, events_max, Tell::story), 0; });
    std::fflush(nullptr);
    _exit(0);
  }
  waitpid(pid, nullptr, 0);
}

std::vector<std::string> never_fired(const Sum& sum) {
  std::vector<std::string> never;
  for (const auto what : expected) {
    if (sum.counts.count(std::string(what)) == 0) never.emplace_back(what);
  }
  for (std::size_t i = 0; i < faults_count; ++i) {
    const auto what = "fault " + std::string(name_of(static_cast<Fault>(i)));
    if (sum.counts.count(what) == 0) never.push_back(what);
  }
  return never;
}

}  // namespace qabyl::sim
