// A kiosk without screen whose clock jumps while it works: qabyl-power-clock DATA MOMENT FILE TEXT [TEXT]. On the data folder of
// an enrolled kiosk it hears the registry, files A and sends it, files B, files C, and sends all through the production desk,
// store and uplink over TLS. At MOMENT (opening: inside a migration; time: while its first question for the time is under way;
// idle, session, committed: between COMMIT and receipt; sync) TEXT is put into FILE, from which libfaketime reads the clock of
// this or another program; TEXT "power" ends this one by SIGKILL instead. Then the second TEXT is put there, it files D, and
// ends when nothing waits. MOMENT "booted": C and D only. Nobody helps its uplink, as nobody would. Output: print_filed() and
// print_state() say it. For tests only.
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "core/encoding.h"
#include "tests/bench/parts/counter.h"

using namespace qabyl;

namespace {

constexpr std::size_t form_bytes = 6'000, document_bytes = 5'000;
constexpr std::int64_t greet_ms = 10'000, jumped_ms = 2'500, right_ms = 90'000;  // by then it waits half a minute between two tries
constexpr core::Millis one_step{1'000};
constexpr const char* newest_table = "log_forks";  // of the migrations that tests/power/clock_ground.cpp takes back

// Past whoever has put himself before the C library.
std::int64_t true_ms(clockid_t id) {
  timespec now{};
  (void)::syscall(SYS_clock_gettime, id, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

std::string shift_to(std::int64_t ms) {
  char text[32];
  std::snprintf(text, sizeof text, "%+.3f", static_cast<double>(ms - true_ms(CLOCK_REALTIME)) / 1000);
  return text;
}

class Jump {
 public:
  Jump(std::string moment, std::string file, std::string text) : moment_(std::move(moment)), file_(std::move(file)), text_(std::move(text)) {}
  void comes(std::string_view moment) {
    if (moment.empty() || moment != moment_) return;
    moment_.clear();  // once
    std::printf("jump\n");
    std::fflush(stdout);
    if (text_ == "power") ::kill(::getpid(), SIGKILL);
    if (text_.starts_with("at:")) text_ = shift_to(std::atoll(text_.c_str() + 3));
    put(text_);
  }
  // One write, so that nobody reads half of it.
  void put(const std::string& text) const {
    const int file = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    const std::string line = text + std::string(24 - std::min<std::size_t>(24, text.size()), '\n');
    if (file < 0 || ::write(file, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::abort();
    ::close(file);
  }

 private:
  std::string moment_, file_, text_;
};

Jump* jump = nullptr;  // SQLite calls back without a name of ours

int while_migrating(void*, int what, const char* name, const char*, const char*, const char*) {
  if (what == SQLITE_CREATE_TABLE && std::string_view(name) == newest_table) jump->comes("opening");
  return SQLITE_OK;
}

int watch(sqlite3* database, const char**, const struct sqlite3_api_routines*) { return sqlite3_set_authorizer(database, while_migrating, nullptr); }

// "filed <id> <digest> <q> <trust> <u> <from> <to> <true ms>": by how many milliseconds the stated time was wrong, at the least and the most.
void print_filed(bench::Counter& counter, const core::Id& id, std::int64_t before, std::int64_t after) {
  const auto stored = *counter.store().find_record(id);
  const auto& record = stored->record.record;
  const auto said = record.at.utc.time_since_epoch().count();
  std::printf("filed %s %s %lld %s %lld %lld %lld %lld\n", id.c_str(), core::to_hex(stored->record.digest).c_str(), static_cast<long long>(record.q), std::string(core::to_text(record.at.trust)).c_str(),
              static_cast<long long>(record.at.u_ms), static_cast<long long>(said - after), static_cast<long long>(said - before), static_cast<long long>(before));
  std::fflush(stdout);
}

// "state <word> <records that wait> <why it is not connected, or ->"
void print_state(bench::Counter& counter, const char* word) {
  const auto& cause = counter.uplink().link().cause;
  std::printf("state %s %lld %s\n", word, static_cast<long long>(counter.waiting()), cause.empty() ? "-" : cause.c_str());
  std::fflush(stdout);
}

void file(bench::Counter& counter, bool second = false) {
  auto draft = counter.draft();
  draft.id = core::new_id(counter.clock().read().wall, counter.random());
  const auto form = counter.keep(bench::some_bytes(form_bytes, counter.random()), draft.id, "application.pdf");
  for (const char* code : {"LD2", "LD3", "LD4", "LD5"}) {  // all that an issue needs: it can be found complete
    draft.items.push_back({code, {counter.keep(bench::some_bytes(document_bytes, counter.random()), draft.id, std::string(code) + ".pdf")}});
  }
  if (second) jump->comes("session");
  counter.committed = [second] { if (second) jump->comes("committed"); };
  const auto before = true_ms(CLOCK_REALTIME);
  (void)counter.answer<kiosk::reply::Filed>(kiosk::effect::FileApplication{draft, form, counter.signature(form.ref.sha256), core::Language::kk});
  print_filed(counter, draft.id, before, true_ms(CLOCK_REALTIME));
  counter.uplink().work_arrived();
}

// Steps of the uplink until `done` or until that much true time has passed. `moment` comes while a request is under way.
void talk(bench::Counter& counter, std::int64_t ms, const char* moment, const std::function<bool()>& done) {
  const auto until = true_ms(CLOCK_MONOTONIC) + ms;
  while (!done() && true_ms(CLOCK_MONOTONIC) < until) {
    int steps = 0;
    (void)counter.sync([&] { return steps++ > 0; }, one_step);
    if (counter.uplink().in_flight()) jump->comes(moment);
  }
}

bool vouched(bench::Counter& counter) {
  const auto sync = counter.store().clock_memory().sync;
  return sync && sync->at.boot == counter.clock().read().boot && counter.uplink().link().online;
}

}  // namespace

int main(int count, char** words) {
  if (count != 6) return std::fprintf(stderr, "qabyl-power-clock DATA MOMENT FILE TEXT TEXT\n"), 2;
  const std::string moment = words[2];
  Jump jumping(moment, words[3], words[4]);
  jump = &jumping;
  sqlite3_auto_extension(reinterpret_cast<void (*)()>(watch));
  const auto counter = bench::Counter::enrolled(words[1]);
  const auto nothing_waits = [&] { return counter->waiting() == 0; };
  if (moment != "booted") {
    talk(*counter, greet_ms, "time", [&] { return vouched(*counter); });
    file(*counter);
    talk(*counter, jumped_ms, "", nothing_waits);
    print_state(*counter, "greeted");
    jump->comes("idle");
    file(*counter, true);
    talk(*counter, jumped_ms, "sync", nothing_waits);
  }
  file(*counter);
  talk(*counter, jumped_ms, "", nothing_waits);
  print_state(*counter, "jumped");
  jump->put(words[5]);
  file(*counter);
  talk(*counter, right_ms, "", nothing_waits);
  print_state(*counter, "right");
  return counter->waiting() == 0 ? 0 : 3;
}
