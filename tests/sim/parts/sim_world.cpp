// See sim_world.h.
#include "tests/sim/parts/sim_world.h"

#include <algorithm>

#include "tests/sim/parts/sim_vfs.h"

namespace qabyl::sim {
namespace {

using namespace std::chrono_literals;
namespace person = kiosk::person;

constexpr core::Millis warm_up = 2min;
constexpr core::Millis settled_within = 3h;     // faults have stopped: back-off, what was set aside and Retry-After are over by then
constexpr int starts_max = 20;                  // of a machine without faults
constexpr core::Instant never = core::Instant::max();

// What became of the disk's blows, for coverage.
void count_faults(Journal& journal, const DiskCounts& counts) {
  if (counts.lost_sectors > 0) journal.count("sectors lost");
  if (counts.garbled_sectors > 0) journal.count("sectors garbled");
  if (counts.lost_names > 0) journal.count("names lost");
  if (counts.full > 0) journal.count("write found no room");
}

}  // namespace

World::Machine::Machine(const Ground& ground, const KioskGround& mine, World& world, Dice given)
    : disk(mine.disk.clone()), line(world.office_, mine, world.now_, world.agenda_, world.swarm_, given.fork("line"), world.journal_, world.tap_),
      kiosk(ground, mine, disk, world.now_, line, given.fork("kiosk"), world.journal_), dice(given.fork("machine")) {
  disk.dice = given.fork("disk");
}

World::World(const Ground& ground, std::uint64_t seed, const Less& less, Journal& journal)
    : ground_(ground), journal_(journal), dice_(seed), swarm_(draw_swarm(dice_.fork("swarm"), less)), now_(ground.at + 1h),
      office_(ground, dice_.fork("office"), journal), oracle_(journal) {
  begin_vfs(dice_.fork("sqlite"));
  journal_.only = less.only;
  tap_.answered = [this](const Post& post, const sync::Response& response) { oracle_.answered(post, response); };
  tap_.arriving = [this] {
    if (!faulty_ || !office_.up() || office_armed_) return;
    const bool cut = dice_.chance(swarm_.of(Fault::office_cut));
    if (!cut && !dice_.chance(swarm_.of(Fault::office_crash))) return;
    if (!journal_.falls(now_, cut ? Fault::office_cut : Fault::office_crash)) return;
    office_armed_ = true;
    office_power_ = cut;
    office_.disk().stop_after(dice_.between(1, 60));
  };
  std::vector<Disk*> disks{&office_.disk()};
  for (int i = 0; i < swarm_.kiosks; ++i) {
    const auto& mine = ground.kiosks[static_cast<std::size_t>(i)];
    machines_.push_back(std::make_unique<Machine>(ground, mine, *this, dice_.fork(mine.station.device)));
    disks.push_back(&machines_.back()->disk);
    const auto number = static_cast<std::size_t>(i);
    machines_.back()->kiosk.shown = [this, number] { shown(number); };
    machines_.back()->boot_due = now_;
  }
  for (auto* disk : disks) disk->falls = [this](Fault fault) { return journal_.falls(now_, fault); };
  office_boot_ = now_;
  set_disks(std::move(disks));
}

World::~World() {
  for (auto& machine : machines_) machine->kiosk.end();
  office_.end();
  set_disks({});
}

void World::plan() {
  auto dice = dice_.fork("plan");
  const auto lasts = std::min<core::Millis>(swarm_.lasts, core::Millis{swarm_.visitors * 3LL * 3600 * 1000});
  for (int n = 0; n < swarm_.visitors; ++n) {
    const auto when = now_ + core::Millis{n == 0 ? 0 : dice.between(0, lasts.count())};
    const auto where = dice.below(machines_.size());
    auto errand = draw_errand(n + 1, dice);
    agenda_.at(when, [this, where, errand = std::move(errand)]() mutable { machines_[where]->queue.push_back(std::move(errand)); });
    agenda_.at(now_ + core::Millis{dice.between(0, swarm_.lasts.count())}, [this] {
      office_.register_one(now_, dice_);
      office_stopped();
    });
  }
}

// Faults that last, or come by the calendar.
void World::plan_faults() {
  auto dice = dice_.fork("faults");
  const auto some_time = [&] { return now_ + core::Millis{dice.between(0, swarm_.lasts.count())}; };
  const auto times = [&](Fault fault) { return swarm_.of(fault) > 0 ? dice.between(1, 4) : 0; };
  for (auto& one : machines_) {
    auto& machine = *one;
    for (auto n = times(Fault::offline); n > 0; --n) {
      const auto until = core::Millis{dice.between(30'000, std::max<std::int64_t>(60'000, swarm_.lasts.count()))};
      agenda_.at(some_time(), [this, &machine, until] {
        if (journal_.falls(now_, Fault::offline)) machine.line.down_until = now_ + until;
      });
    }
    for (auto n = times(Fault::clock_jump); n > 0; --n) {
      const auto far = dice.chance(0.3) ? 20LL * 365 * 24 * 3600 : dice.chance(0.5) ? 24LL * 3600 : 120LL;
      const core::Millis jump{dice.between(-far, far) * 1000};
      agenda_.at(some_time(), [this, &machine, jump] {
        if (journal_.falls(now_, Fault::clock_jump)) machine.kiosk.clock.skew = jump;
      });
    }
    for (auto n = times(Fault::disk_full); n > 0; --n) {
      const auto left = static_cast<std::uint64_t>(dice.between(0, 400'000));
      const core::Millis lasts{dice.between(60'000, 3'600'000)};
      agenda_.at(some_time(), [this, &machine, left, lasts] {
        if (!faulty_ || !journal_.falls(now_, Fault::disk_full)) return;
        const auto taken = machine.disk.room - std::min(machine.disk.room, left);
        machine.disk.room -= taken;
        agenda_.at(now_ + lasts, [&machine, taken] { machine.disk.room += taken; });
      });
    }
    for (auto n = times(Fault::kiosk_cut); n > 0; --n) {
      agenda_.at(some_time(), [this, &machine] {
        if (!journal_.falls(now_, Fault::kiosk_cut)) return;
        machine.disk.stop();
        machine.armed = machine.power = true;
      });
    }
  }
}

void World::plan_office_faults() {
  auto dice = dice_.fork("office faults");
  const auto some_time = [&] { return now_ + core::Millis{dice.between(0, swarm_.lasts.count())}; };
  if (swarm_.of(Fault::new_keys) > 0) {
    for (auto n = dice.between(1, 2); n > 0; --n) {
      agenda_.at(some_time(), [this] {
        if (!office_.up() || office_.disk().dead() || !journal_.falls(now_, Fault::new_keys)) return;
        office_.renew_keys(now_, dice_);
        office_boot_ = now_ + 10s;
      });
    }
  }
  if (swarm_.of(Fault::revocation) > 0) {
    auto& machine = *machines_[dice.below(machines_.size())];
    agenda_.at(some_time(), [this, &machine] {
      if (journal_.falls(now_, Fault::revocation)) revoke(machine);
    });
  }
}

// Until it is done: the registry may be down, or the outcome of its COMMIT unknown.
void World::revoke(Machine& machine) {
  machine.revoked = office_.revoke(machine.kiosk.ground().station.device, now_);
  if (!machine.revoked) agenda_.at(now_ + 30s, [this, &machine] { revoke(machine); });
}

void World::set_faults(bool on) {
  faulty_ = on;
  DiskFaults faults;
  if (on) faults = {swarm_.of(Fault::write_error), swarm_.of(Fault::sync_error), swarm_.of(Fault::read_error), swarm_.of(Fault::short_write), swarm_.garbled};
  faults.garbled = swarm_.garbled;
  office_.disk().faults = faults;
  for (auto& machine : machines_) {
    machine->disk.faults = faults;
    machine->line.faulty = on;
  }
}

core::Instant World::due_of(Machine& machine) const {
  if (machine.disk.dead()) return now_;
  if (!machine.kiosk.up()) return machine.boot_due;
  auto due = machine.line.ready() ? now_ : machine.kiosk.next_due();
  if (machine.visitor) due = std::min(due, machine.visitor_due);
  else if (!machine.queue.empty()) due = now_;
  return due;
}

core::Instant World::office_due() const {
  if (!office_.up()) return office_boot_;
  return publish_due_;
}

void World::run_until(core::Instant end, const std::function<bool()>& done) {
  while (journal_.failure().empty() && !done()) {
    auto due = std::min(agenda_.next().value_or(never), office_due());
    std::size_t first = machines_.size();
    for (std::size_t i = 0; i < machines_.size(); ++i) {
      const auto its = due_of(*machines_[i]);
      if (its >= due) continue;
      due = its;
      first = i;
    }
    if (due > end) {
      now_ = std::max(now_, end);
      return;
    }
    if (--events_left_ < 0) return journal_.fail("too many events");
    now_ = std::max(now_, due);
    if (first < machines_.size()) turn(first);
    else if (office_due() <= due) office_turn();
    else agenda_.run_first();
    office_stopped();
  }
}

void World::office_turn() {
  if (office_.up()) {
    office_.publish();
    publish_due_ = never;
    return;
  }
  if (const auto started = office_.start(); !started) {
    journal_.note(now_, "office does not start: " + started.error().detail);
    office_.end();
    office_boot_ = now_ + 30s;
    if (!faulty_ && ++office_failed_starts_ > starts_max) journal_.fail("the registry does not start: " + started.error().detail);
    return;
  }
  journal_.note(now_, "office starts");
  publish_due_ = now_ + 1s;
}

// The machine or the program has ended: it starts again after a while. A log that grew is published within a second.
void World::office_stopped() {
  if (office_.up() && !office_.disk().dead()) {
    if (publish_due_ == never && office_.registry().log_files.behind(office_.registry().log)) publish_due_ = now_ + 1s;
    return;
  }
  if (!office_.up() && !office_.disk().dead() && office_boot_ >= now_) return;
  office_.end();
  if (office_.disk().dead()) {
    const bool cut = std::exchange(office_armed_, false) && office_power_;
    journal_.note(now_, cut ? "office loses power" : "office is killed");
    if (cut) office_.disk().power_cut(dice_);
    else office_.disk().restart();
  } else {
    journal_.count("office ended by itself");
  }
  office_boot_ = now_ + core::Millis{dice_.between(1'000, 60'000)};
}

void World::turn(std::size_t number) {
  auto& machine = *machines_[number];
  if (machine.disk.dead()) return stopped(machine);
  if (!machine.kiosk.up()) return start_machine(number);
  arm(machine);
  if (!machine.visitor && !machine.queue.empty()) {
    machine.visitor.emplace(std::move(machine.queue.front()), machine.dice.fork(std::to_string(machine.queue.size()) + std::to_string(now_.time_since_epoch().count())));
    machine.queue.pop_front();
    machine.fresh = true;
    machine.visitor_due = now_;
  }
  if (machine.line.ready() || (!machine.kiosk.uplink().in_flight() && machine.kiosk.uplink().next_due() <= machine.kiosk.clock.read().steady)) machine.kiosk.link();
  if (!machine.disk.dead() && machine.visitor && machine.visitor_due <= now_) visit(machine);
  if (!machine.disk.dead() && machine.kiosk.next_due() <= now_) machine.kiosk.tick();
  if (machine.disk.dead()) stopped(machine);
}

void World::arm(Machine& machine) {
  if (!faulty_ || machine.armed) return;
  const bool cut = machine.dice.chance(swarm_.of(Fault::kiosk_cut));
  if (!cut && !machine.dice.chance(swarm_.of(Fault::kiosk_crash))) return;
  if (!journal_.falls(now_, cut ? Fault::kiosk_cut : Fault::kiosk_crash)) return;
  machine.armed = true;
  machine.power = cut;
  machine.disk.stop_after(machine.dice.between(1, 150));
}

void World::visit(Machine& machine) {
  auto& visitor = *machine.visitor;
  auto& app = machine.kiosk.app();
  if (std::exchange(machine.fresh, false)) {
    machine.kiosk.stick.clear();
    for (const auto& [code, file] : visitor.errand().documents) machine.kiosk.stick.push_back(file);
    const bool theirs = std::holds_alternative<kiosk::StartScreen>(app.screen()) || std::holds_alternative<kiosk::StopScreen>(app.screen());
    if (!theirs) machine.kiosk.feed(std::holds_alternative<kiosk::PowerScreen>(app.screen()) ? kiosk::Input(person::NotMePressed{}) : kiosk::Input(person::FinishPressed{}));
    machine.visitor_due = now_ + 1s;
    return;
  }
  if (faulty_ && machine.dice.chance(swarm_.of(Fault::walk_away)) && journal_.falls(now_, Fault::walk_away)) visitor.leave();
  auto input = visitor.next(app);
  if (input) {
    journal_.note(now_, machine.kiosk.ground().station.device + " visitor " + std::to_string(visitor.errand().number) + " input " + std::to_string(input->index()));
    int times = 1;
    if (faulty_ && machine.dice.chance(swarm_.of(Fault::many_taps)) && journal_.falls(now_, Fault::many_taps)) times = static_cast<int>(machine.dice.between(2, 10));
    for (; times > 0 && !machine.disk.dead(); --times) machine.kiosk.feed(*input);
  }
  machine.visitor_due = now_ + core::Millis{input ? machine.dice.between(200, 6'000) : 1'000};
  if (visitor.gone()) {
    if (visitor.carried()) journal_.count("visitor with receipt");
    else journal_.count("visitor without receipt");
    machine.visitor.reset();
  }
}

// I2: the receipt is seen; from here on nothing may lose the filing.
void World::shown(std::size_t number) {
  auto& machine = *machines_[number];
  const auto* screen = std::get_if<kiosk::ReceiptScreen>(&machine.kiosk.app().screen());
  if (screen == nullptr || screen->receipt.number.empty()) return;
  if (!oracle_.receipt_shown(number, screen->receipt)) return;
  journal_.count("receipt");
  journal_.note(now_, machine.kiosk.ground().station.device + " shows receipt " + screen->receipt.number + " of " + screen->receipt.record);
  if (!faulty_ || !machine.dice.chance(swarm_.of(Fault::cut_after_receipt)) || !journal_.falls(now_, Fault::cut_after_receipt)) return;
  machine.disk.stop();
  machine.armed = machine.power = true;
}

void World::stopped(Machine& machine) {
  machine.kiosk.end();
  machine.line.hang_up();
  const bool cut = std::exchange(machine.armed, false) && machine.power;
  journal_.note(now_, machine.kiosk.ground().station.device + (cut ? " loses power" : " is killed"));
  if (cut) machine.disk.power_cut(machine.dice);
  else machine.disk.restart();
  machine.boot_due = now_ + core::Millis{machine.dice.between(1'000, 60'000)};
  if (machine.visitor && machine.dice.chance(0.4)) {
    journal_.count("visitor left at a stop");
    machine.visitor.reset();
  }
}

void World::start_machine(std::size_t number) {
  auto& machine = *machines_[number];
  const auto started = machine.kiosk.start();
  if (machine.disk.dead()) return stopped(machine);
  if (!started) {
    machine.kiosk.end();
    journal_.note(now_, machine.kiosk.ground().station.device + " does not start: " + started.error().detail);
    journal_.count("kiosk did not start");
    machine.boot_due = now_ + 30s;
    if (!faulty_ && ++machine.failed_starts > starts_max) journal_.fail("a kiosk does not start: " + started.error().detail);
    return;
  }
  journal_.note(now_, machine.kiosk.ground().station.device + " starts");
  machine.visitor_due = now_ + 2s;
  const auto faults = std::exchange(machine.disk.faults, DiskFaults{});
  oracle_.check_promises(number, machine.kiosk);
  machine.disk.faults = faults;
  machine.kiosk.feed(kiosk::Tick{});
}

bool World::settled() {
  for (auto& machine : machines_) {
    if (!machine->kiosk.up() || machine->visitor || !machine->queue.empty() || machine->kiosk.uplink().in_flight()) return false;
    if (machine->revoked) continue;  // nothing that it still has will be taken
    const auto counts = machine->kiosk.store().counts();
    if (!counts || counts->queued + counts->sent > 0) return false;
  }
  return office_.up();
}

void World::quiet() {
  set_faults(false);
  office_.disk().stop_after(0);
  office_armed_ = false;
  for (auto& machine : machines_) {
    machine->armed = false;
    machine->disk.stop_after(0);
    machine->disk.room = machine->disk.total_bytes;
    machine->line.down_until = now_;
    machine->kiosk.clock.skew = core::Millis{0};
  }
  const auto end = now_ + settled_within;
  const auto requests = [this] {
    std::int64_t sum = 0;
    for (auto& machine : machines_) sum += machine->line.requests;
    return sum;
  };
  const auto before = requests();
  int wait = 0;
  run_until(end, [&] { return ++wait % 8 == 0 && settled(); });
  if (!journal_.failure().empty()) return;
  if (!settled()) {
    std::string why;
    for (auto& machine : machines_) why += " " + machine->kiosk.ground().station.device + ":" + (machine->kiosk.up() ? machine->kiosk.uplink().link().cause + "/" + machine->kiosk.uplink().link().alarm : "down");
    journal_.fail("I19: not every filing has its verdict after faults have stopped:" + why);
  }
  journal_.note(now_, "settled after " + std::to_string(requests() - before) + " requests");
}

void World::audit() {
  std::vector<Oracle::JournalAt> journals;
  for (std::size_t i = 0; i < machines_.size(); ++i) {
    auto& kiosk = machines_[i]->kiosk;
    kiosk.end();
    if (const auto started = kiosk.start(); !started) return journal_.fail("a kiosk does not start for the audit: " + started.error().detail);
    oracle_.check_promises(i, kiosk);
    const auto& revoked = machines_[i]->revoked;
    oracle_.check_settled(i, kiosk, revoked.has_value());
    journals.push_back({kiosk.ground().station.device, revoked.value_or(kiosk.store().head().q), revoked.has_value()});
  }
  office_.end();
  if (const auto started = office_.start(); !started) return journal_.fail("the registry does not start for the audit: " + started.error().detail);
  oracle_.check_office(office_, journals);
}

void World::run(std::int64_t events_max) {
  events_left_ = events_max;
  plan();
  const auto go_on = [] { return false; };
  run_until(now_ + warm_up, go_on);
  set_faults(true);
  plan_faults();
  plan_office_faults();
  run_until(now_ + swarm_.lasts, go_on);
  if (journal_.failure().empty()) quiet();
  if (journal_.failure().empty()) audit();
  count_faults(journal_, office_.disk().counts);
  for (const auto& machine : machines_) count_faults(journal_, machine->disk.counts);
  journal_.note(now_, "promises " + std::to_string(oracle_.promises()));
}

}  // namespace qabyl::sim
