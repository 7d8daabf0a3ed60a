// The registry's program on its machine: production Registry and Api over the simulated disk. It dies with its disk, ends after
// a COMMIT of unknown outcome (serve.cpp does), and starts again. Its officer registers applications.
#pragma once

#include "sync/registry/api.h"
#include "sync/registry/office_journal.h"
#include "tests/sim/parts/ground.h"
#include "tests/sim/parts/journal.h"

namespace qabyl::sim {

struct Post {                       // a request on its way, as the server would see it
  std::string device, serial;
  std::string method, target;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::optional<std::size_t> cut;   // the connection ended within the body, after so many bytes
};

class SimOffice {
 public:
  SimOffice(const Ground& ground, Dice dice, Journal& journal);
  ~SimOffice() { end(); }
  Disk& disk() { return disk_; }

  core::Status start();
  void end();                       // the program, and what it held in memory
  bool up() const { return registry_ != nullptr; }
  // nullopt: no answer left the machine.
  std::optional<sync::Response> handle(const Post& post, core::Instant now);
  void publish();                   // the log's files; as the server does once a second
  void register_one(core::Instant now, Dice& dice);
  // The administrator's command on a stopped registry; it may be cut short by what befalls the machine, and ends at the next start.
  void renew_keys(core::Instant now, Dice& dice);
  // The administrator's act. The number of records of that kiosk that stand before it; nullopt: it was not done, or nobody knows.
  std::optional<std::int64_t> revoke(const std::string& device, core::Instant now);
  sync::registry::Registry& registry() { return *registry_; }

 private:
  sync::Response answer(const Post& post, core::Instant now);
  int act(const std::string& login, core::Instant now, const std::function<core::Status(const sync::registry::OpenOfficer&, core::Instant)>& what);  // its status
  bool broken() const { return disk_.dead() || registry_->database.doubtful(); }

  const Ground& ground_;
  Disk disk_;
  DiceRandom random_;
  Journal& journal_;
  std::unique_ptr<sync::registry::Registry> registry_;
  std::optional<sync::registry::Api> api_;
};

}  // namespace qabyl::sim
