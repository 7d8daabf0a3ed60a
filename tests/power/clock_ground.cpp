// See clock_ground.h.
#include "tests/power/clock_ground.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "core/sys/clock.h"
#include "kiosk/shell/station.h"
#include "sync/registry/office_calendars.h"
#include "tests/support/places.h"

namespace qabyl::power {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
namespace reg = sync::registry;

constexpr std::int64_t year = 365 * 24 * 3600 + 6 * 3600, day = 24 * 3600;
constexpr std::int64_t shifts[] = {-20 * year, -day, -3, 3, day, 20 * year};
constexpr auto one_run = 150s;

// What the newest migrations added goes.
constexpr const char* kiosk_back = R"(
DROP TABLE log_mirror;
DROP TABLE log_forks;
DROP TABLE log_checkpoints;
PRAGMA user_version = 7;
)";
constexpr const char* registry_back = R"(
DROP TABLE returned_verdicts;
DROP TABLE log_lost;
DROP TABLE returned_scans;
ALTER TABLE case_terms DROP COLUMN profile;
PRAGMA user_version = 13;
)";

std::string said_shift(std::int64_t seconds) { return (seconds < 0 ? "" : "+") + std::to_string(seconds); }

std::string sql_wrong(const std::string& path, const char* script) {
  sqlite3* database = nullptr;
  if (sqlite3_open(path.c_str(), &database) != SQLITE_OK) return "no database " + path;
  const bool done = sqlite3_exec(database, script, nullptr, nullptr, nullptr) == SQLITE_OK;
  const std::string why = done ? "" : "cannot take back a migration of " + path + ": " + sqlite3_errmsg(database);
  sqlite3_close(database);
  return why;
}

core::Instant true_now() {
  timespec now{};
  (void)::syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
  return core::Instant{core::Millis{std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000}};
}

std::string random_boot() {
  std::random_device dice;
  std::string digits;
  while (digits.size() < 32) digits += "0123456789abcdef"[dice() % 16];
  return digits;
}

}  // namespace

std::string ClockCell::name() const {
  const char* ways[] = {"both clocks", "the wall clock", "a reboot", "the registry's clock"};
  const char* moments[] = {"while the store migrates", "while the time is asked for", "idle", "in session", "between COMMIT and A1", "in sync"};
  return std::string(ways[static_cast<int>(way)]) + " by " + said_shift(seconds) + " s, " + moments[static_cast<int>(moment)];
}

std::vector<ClockCell> clock_cells() {
  std::vector<ClockCell> cells;
  for (const auto way : {Way::both, Way::wall, Way::reboot, Way::registry}) {
    for (const auto moment : clock_moments) {
      if (way == Way::registry && (moment == Moment::session || moment == Moment::committed)) continue;  // it knows of neither
      for (const auto seconds : shifts) cells.push_back({way, moment, seconds});
    }
  }
  return cells;
}

ClockGround::ClockGround() { office_.stop_registry(); }

std::string ClockGround::cannot(Way way) const {
  if (rig::faketime_library().empty()) return "libfaketime is not installed";
  if (way != Way::reboot) return {};
  const auto log = folder_.path() + "/unshare.log", boot = folder_.path() + "/boot";
  rig::write_text(boot, random_boot());
  const bool may = rig::run({"/usr/bin/unshare", "--time", "--mount", "--boottime", "10", "/bin/mount", "--bind", boot, "/proc/sys/kernel/random/boot_id"}, log) == 0;
  return may ? "" : "no right to a time namespace: " + rig::read_text(log);
}

void ClockGround::clocks_right() {
  for (const auto& file : {kiosk_clock_, registry_clock_}) rig::write_text(file, "+0\n");
}

std::string ClockGround::take_back_migrations() {
  return sql_wrong(kiosk::DataFolder{office_.kiosk_data()}.store() + "/kiosk.db", kiosk_back);
}

// One run of the kiosk: its filings are kept, what it said is judged.
std::string ClockGround::run(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment, const ClockCell& cell, bool booted) {
  const auto log = folder_.path() + "/said-" + std::to_string(++runs_);
  rig::Program kiosk(command, log, environment);
  const auto ended = kiosk.wait(one_run);
  const auto said = rig::read_text(log);
  const bool power = cell.way == Way::reboot && !booted;
  if (ended != (power ? 128 + SIGKILL : 0)) return "the kiosk ended with " + (ended ? std::to_string(*ended) : "nothing") + ":\n" + said;
  const auto wrong = judge(cell, said, booted);
  return wrong.empty() ? wrong : wrong + "\n" + said;
}

std::string ClockGround::judge(const ClockCell& cell, const std::string& said, bool booted) {
  const bool early = cell.moment == Moment::opening || cell.moment == Moment::time;
  std::istringstream lines(said);
  std::string wrong;
  int n = booted ? 2 : 0;  // of A, B, C, D
  bool jumped = booted || cell.way == Way::registry;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream parts(line);
    std::string word;
    parts >> word;
    if (word == "jump") jumped = true;
    if (word == "state") {
      std::string when, cause;
      std::int64_t waiting = 0;
      parts >> when >> waiting >> cause;
      if (when == "jumped" && waiting == 0) ++connected_;
      // Of what was filed while the certificates hold by either clock, nothing may wait for somebody to set it.
      if (when == "jumped" && waiting != 0 && cell.way != Way::registry && std::abs(cell.seconds) <= day) wrong += "blocked by a clock that is wrong by little: " + cause + "; ";
    }
    if (word != "filed") continue;
    ClockFiling filing;
    std::int64_t filed = 0;
    parts >> filing.id >> filing.digest >> filing.q >> filing.trust >> filing.u_ms >> filing.least_ms >> filing.most_ms >> filed;
    filing.filed = core::Instant{core::Millis{filed}};
    filing.registry_wrong = cell.way == Way::registry;
    filing.cell = cell.name() + ", filing " + "ABCD"[n];
    filing.may_not_know = cell.way == Way::both && cell.seconds > 0 && (n == 1 || n == 2 || (early && n == 0));  // like time that went by
    const bool within = filing.least_ms <= filing.u_ms && filing.most_ms >= -filing.u_ms;
    if (filing.trust == "trusted" && !within && !filing.may_not_know) wrong += filing.cell + " trusts a wrong time; ";
    if (n == 0 && !early && filing.trust != "trusted") wrong += filing.cell + " does not trust a right time; ";
    filings_.push_back(filing);
    ++n;
  }
  if (!jumped) wrong += "the clock never jumped; ";
  if (n != 4 && !(cell.way == Way::reboot && !booted)) wrong += "not every filing was made; ";
  return wrong;
}

std::string ClockGround::play(const ClockCell& cell) {
  clocks_right();
  const bool at_registry = cell.way == Way::registry;
  if (cell.moment == Moment::opening && !at_registry) {
    if (auto wrong = take_back_migrations(); !wrong.empty()) return wrong;
  }
  if (at_registry || !office_.registry_running()) {
    if (office_.registry_running()) office_.stop_registry();
    auto environment = at_registry ? rig::faked_clock(registry_clock_, false) : std::map<std::string, std::string>{};
    if (at_registry && cell.moment == Moment::opening) {
      if (auto wrong = sql_wrong(office_.registry_data() + "/registry.sqlite", registry_back); !wrong.empty()) return wrong;
      environment["LD_PRELOAD"] += ":" + rig::program("libqabyl-kill-at.so");
      environment["QABYL_KILL_UNDER"] = office_.registry_data();
      environment["QABYL_KILL_LOG"] = folder_.path() + "/registry-calls";
      environment["QABYL_KILL_BEFORE"] = "fdatasync " + office_.registry_data() + "/registry.sqlite-wal";
      environment["QABYL_KILL_CLOCK"] = registry_clock_;
      environment["QABYL_KILL_SHIFT"] = said_shift(cell.seconds);
    }
    office_.start_registry(environment);
    if (at_registry && cell.moment == Moment::opening && rig::read_text(registry_clock_).find(said_shift(cell.seconds)) == std::string::npos) return "the registry's clock never jumped";
  }
  const char* moments[] = {"opening", "time", "idle", "session", "committed", "sync"};
  const std::string moment = at_registry && cell.moment == Moment::opening ? "-" : moments[static_cast<int>(cell.moment)];
  const auto program = rig::program("qabyl-power-clock"), file = at_registry ? registry_clock_ : kiosk_clock_;
  const auto shift = said_shift(cell.seconds);
  if (cell.way != Way::reboot) {
    const auto environment = at_registry ? std::map<std::string, std::string>{} : rig::faked_clock(kiosk_clock_, cell.way == Way::both);
    auto wrong = run({program, office_.kiosk_data(), moment, file, shift, "+0"}, environment, cell, false);
    if (at_registry) office_.stop_registry();  // the next cell's runs as it is
    return wrong.empty() ? kiosk_wrong() : wrong;
  }
  if (auto wrong = run({program, office_.kiosk_data(), moment, file, "power", "+0"}, {}, cell, false); !wrong.empty()) return wrong;
  rig::write_text(kiosk_clock_, shift + "\n");
  rig::write_text(folder_.path() + "/boot", random_boot());
  std::ifstream uptime("/proc/uptime");
  double since_boot = 0;
  uptime >> since_boot;
  const auto back = std::to_string(3 - static_cast<std::int64_t>(since_boot));
  std::string inside = "mount --bind " + folder_.path() + "/boot /proc/sys/kernel/random/boot_id && exec env";
  for (const auto& [name, value] : rig::faked_clock(kiosk_clock_, false)) inside += " " + name + "=" + value;
  inside += " " + program + " " + office_.kiosk_data() + " booted " + kiosk_clock_ + " - +0";
  auto wrong = run({"/usr/bin/unshare", "--time", "--mount", "--boottime", back, "--monotonic", back, "/bin/sh", "-c", inside}, {}, cell, true);
  return wrong.empty() ? kiosk_wrong() : wrong;
}

core::Id ClockGround::file_at(int hour, int minute, std::int64_t before_ms) {
  clocks_right();
  if (office_.registry_running()) office_.stop_registry();
  core::sys::SystemRandom random;
  std::int64_t at = 0;
  {
    const auto registry = reg::Registry::open({office_.registry_data(), test::in_build("/assets"), &random});
    if (!registry) return wrong_ = registry.error().detail, core::Id();
    const auto& zone = (*registry)->assets.zone;
    const auto calendar = reg::calendar_in_force(**registry);
    const auto date = (*calendar)->add_working_days(zone.local(true_now()).date, 1);
    at = zone.instant(date, hour, minute, 0).time_since_epoch().count() - before_ms;
  }
  office_.start_registry(rig::faked_clock(kiosk_clock_, true));
  const auto before = filings_.size();
  const ClockCell cell{Way::both, Moment::session, day};
  wrong_ = run({rig::program("qabyl-power-clock"), office_.kiosk_data(), "session", kiosk_clock_, "at:" + std::to_string(at), "+0"}, rig::faked_clock(kiosk_clock_, true), cell, false);
  office_.stop_registry();
  for (auto i = before; i < filings_.size(); ++i) filings_[i].own_day = true;
  return wrong_.empty() ? filings_[before + 1].id : core::Id();
}

}  // namespace qabyl::power
