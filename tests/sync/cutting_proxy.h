// A TCP proxy on loopback that drops a connection after so many bytes have gone up: what a bad line does, at an
// exact byte. Later connections than it has cuts for pass whole. Knows nothing of what passes.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace qabyl::test {

class CuttingProxy {
 public:
  // Connection n is cut after cuts[n] bytes upwards.
  CuttingProxy(int target_port, std::vector<std::uint64_t> cuts);
  ~CuttingProxy();
  int port() const;
  int cuts_made() const;
  std::uint64_t bytes_up() const;  // of all connections

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace qabyl::test
