// A bad line on loopback: a TCP proxy that loses answers, resets connections and holds everything back for a while. It knows
// nothing of what passes: an exchange begins when bytes go up after bytes came down.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

namespace qabyl::load {

struct Faults {
  int lost_answers_permille = 100;  // the request arrives, its answer does not
  int resets_permille = 20;         // before the request arrives
  int clogs_permille = 5;           // held back for clog_ms, then delivered
  int clog_ms = 5000;
};

struct FaultCounts { std::int64_t exchanges = 0, lost = 0, resets = 0, clogs = 0; };

class FaultProxy {
 public:
  FaultProxy(int target_port, Faults faults);
  ~FaultProxy();                    // ends every connection
  int port() const;
  void calm();                      // no faults from now on
  FaultCounts counts() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace qabyl::load
