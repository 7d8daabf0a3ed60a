// One seed: an office, its kiosks and visitors, and what befalls them, on one clock. Four phases (RELIABILITY, 4.2): warm-up,
// faults, quiet, audit. Events in the order of their time; nothing of it depends on the machine it runs on.
#pragma once

#include "tests/sim/parts/oracle.h"
#include "tests/sim/parts/sim_line.h"
#include "tests/sim/parts/visitor.h"

namespace qabyl::sim {

class World {
 public:
  World(const Ground& ground, std::uint64_t seed, const Less& less, Journal& journal);
  ~World();
  void run(std::int64_t events_max);
  std::size_t promises() const { return oracle_.promises(); }

 private:
  struct Machine {
    Machine(const Ground& ground, const KioskGround& mine, World& world, Dice given);
    Disk disk;
    SimLine line;
    SimKiosk kiosk;
    Dice dice;
    std::deque<Errand> queue;
    std::optional<Visitor> visitor;
    std::optional<std::int64_t> revoked;  // with so many records at the registry
    bool fresh = false;                 // the visitor has not touched anything yet
    core::Instant visitor_due{}, boot_due{};
    bool armed = false, power = false;  // a stop of the machine waits for its moment; by the power
    int failed_starts = 0;
  };

  void plan();
  void plan_faults();
  void plan_office_faults();
  void revoke(Machine& machine);
  void run_until(core::Instant end, const std::function<bool()>& done);
  core::Instant due_of(Machine& machine) const;
  core::Instant office_due() const;
  void turn(std::size_t number);
  void visit(Machine& machine);
  void arm(Machine& machine);
  void shown(std::size_t number);
  void stopped(Machine& machine);
  void start_machine(std::size_t number);
  void office_turn();
  void office_stopped();
  void set_faults(bool on);
  bool settled();
  void quiet();
  void audit();

  const Ground& ground_;
  Journal& journal_;
  Dice dice_;
  Swarm swarm_;
  core::Instant now_;
  Agenda agenda_;
  SimOffice office_;
  WireTap tap_;
  Oracle oracle_;
  std::vector<std::unique_ptr<Machine>> machines_;
  bool faulty_ = false, office_power_ = false, office_armed_ = false;
  core::Instant office_boot_{}, publish_due_{};
  int office_failed_starts_ = 0;
  std::int64_t events_left_ = 0;
};

}  // namespace qabyl::sim
