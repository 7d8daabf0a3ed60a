// A kiosk's program on its machine: the models of its screens, the storage desk and store, upkeep and uplink, on the simulated
// disk, clock and line. As tests/life/whole_kiosk carries effects and replies, but for the stick, whose files are made up here:
// the preview worker is another program. Nothing here decides anything.
#pragma once

#include <deque>

#include "kiosk/screens/app.h"
#include "kiosk/shell/storage_desk.h"
#include "kiosk/shell/store_proxy.h"
#include "kiosk/shell/upkeep.h"
#include "sync/client/uplink.h"
#include "tests/sim/parts/ground.h"
#include "tests/sim/parts/journal.h"

namespace qabyl::sim {

class SimClock final : public core::Clock {
 public:
  explicit SimClock(const core::Instant& world) : world_(world) {}
  core::ClockReading read() override { return {world_ + skew, steady(world_), boot}; }
  core::Millis steady(core::Instant at) const { return core::Millis{1'000} + std::chrono::duration_cast<core::Millis>(at - booted); }
  core::Instant world_time(core::Millis steady_at) const { return booted + (steady_at - core::Millis{1'000}); }
  void boot_at(core::Instant at, Dice& dice);

  core::Instant booted{};
  core::Millis skew{0};              // of the wall clock
  std::string boot = std::string(32, 'b');

 private:
  const core::Instant& world_;
};

struct StickFile { std::string name; core::Bytes bytes; };

class SimKiosk {
 public:
  // The line outlives it. `shown`: called after every pass of the App, while the machine lives.
  SimKiosk(const Ground& ground, const KioskGround& mine, Disk& disk, const core::Instant& world, sync::Transport& line, Dice dice, Journal& journal);
  ~SimKiosk() { end(); }

  core::Status start();
  void end();
  bool up() const { return app_ != nullptr; }
  void feed(kiosk::Input input);
  void tick();                        // App and upkeep
  void link();                        // the uplink does what is due
  core::Instant next_due() const;     // of all of them; precondition: up()
  kiosk::App& app() { return *app_; }
  core::KioskStore& store() { return *store_; }
  kiosk::StorageDesk& desk() { return *desk_; }
  sync::Uplink& uplink() { return *uplink_; }
  Disk& disk() { return disk_; }
  const KioskGround& ground() const { return mine_; }

  SimClock clock;
  std::vector<StickFile> stick;
  std::function<void()> shown;
  std::vector<core::Bytes> saved;     // receipts that a visitor took home

 private:
  void carry_out(const kiosk::Effect& effect);
  void add(const kiosk::effect::AddFile& effect);
  kiosk::Now now() { const auto read = clock.read(); return {read.wall, read.steady}; }

  const Ground& ground_;
  const KioskGround& mine_;
  Disk& disk_;
  sync::Transport& line_;
  DiceRandom random_;
  Dice boots_;
  Journal& journal_;
  kiosk::OfficeRules rules_;
  kiosk::SetUp set_up_;
  std::unique_ptr<core::KioskStore> store_;
  std::unique_ptr<kiosk::StorageDesk> desk_;
  std::unique_ptr<kiosk::StoreProxy> proxy_;
  std::unique_ptr<kiosk::Upkeep> upkeep_;
  std::unique_ptr<sync::Uplink> uplink_;
  std::unique_ptr<kiosk::App> app_;
  std::deque<kiosk::Input> waiting_;
  core::Millis ticked_{0};
};

// The ground's part: an enrolled kiosk's first start and feed, by a line without faults.
void first_feed(Ground& ground, KioskGround& kiosk);

}  // namespace qabyl::sim
