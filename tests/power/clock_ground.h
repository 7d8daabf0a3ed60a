// Where real programs meet clocks that jump (RELIABILITY 4.11): an enrolled kiosk without screen (clock_main.cpp) and the real
// registry under libfaketime, or in a time namespace after the power went; both ends are compared with what was printed.
// Knows no test library.
#pragma once

#include <map>

#include "core/ports.h"
#include "core/record.h"
#include "tests/support/rig.h"

namespace qabyl::power {

enum class Moment { opening, time, idle, session, committed, sync };
inline constexpr Moment clock_moments[] = {Moment::opening, Moment::time, Moment::idle, Moment::session, Moment::committed, Moment::sync};

// both: the clocks that count from the boot jump too, as libfaketime has it by itself. wall: somebody sets the clock. reboot: the
// power goes at the moment; after it another boot, a steady clock from nothing, and a wall clock that has lost its battery.
// registry: the registry's wall clock, the kiosk's is right.
enum class Way { both, wall, reboot, registry };

struct ClockCell {
  Way way = Way::wall;
  Moment moment = Moment::idle;
  std::int64_t seconds = 0;
  std::string name() const;
};
std::vector<ClockCell> clock_cells();  // the whole matrix, the registry's included

struct ClockFiling {
  std::string id, digest, trust;
  std::int64_t q = 0, u_ms = 0, least_ms = 0, most_ms = 0;  // by how much its time was wrong
  core::Instant filed{};        // by a clock that nobody moved
  bool may_not_know = false;    // both clocks agreed, so that only the registry can see it
  bool registry_wrong = false;  // its clock was, or may have been, when it was taken
  bool own_day = false;         // both ends' clocks were moved
  std::string cell;
};

struct ClockRegistration { std::string date; bool doubtful = false; };

class ClockGround {
 public:
  ClockGround();

  // "" or why this machine cannot play that way: without libfaketime, or without the right to unshare.
  std::string cannot(Way way) const;
  // Plays it on the office as the cells before have left it. "" or what is wrong at the kiosk's end, or of what it said.
  std::string play(const ClockCell& cell);
  // Files that long before `hour:minute` of the next working day in Almaty, by the clocks of both ends alike. Its id; "": see wrong().
  core::Id file_at(int hour, int minute, std::int64_t before_ms);
  // Ends the registry. "" or what is wrong at the office: everything filed is there once, in the order of q, with the right
  // day, doubtful where it must be; the log's time never went back; receipts verify; terms are what their counting gives.
  std::string compare();

  const std::string& wrong() const { return wrong_; }
  const std::vector<ClockFiling>& filings() const { return filings_; }
  const ClockRegistration& registered(const core::Id& id) { return registered_[id]; }  // after compare()
  std::size_t connected() const { return connected_; }  // cells in which all was settled while the clock was wrong

 private:
  void clocks_right();
  std::string take_back_migrations();
  std::string run(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment, const ClockCell& cell, bool booted);
  std::string judge(const ClockCell& cell, const std::string& said, bool booted);
  std::string kiosk_wrong();

  rig::TemporaryFolder folder_{"clock"};
  std::string kiosk_clock_ = folder_.path() + "/kiosk-clock", registry_clock_ = folder_.path() + "/registry-clock";
  rig::Office office_{folder_.path() + "/office"};
  std::vector<ClockFiling> filings_;
  std::map<core::Id, ClockRegistration> registered_;
  std::string wrong_;
  std::size_t connected_ = 0;
  int runs_ = 0;
};

}  // namespace qabyl::power
