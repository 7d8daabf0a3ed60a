// The network between a kiosk and the registry: what is sent is lost, delayed, doubled, cut, flipped or forged, one way or the
// other, or the line is down for days. TLS is off: digests and signatures must notice what it would have.
#pragma once

#include <functional>

#include "sync/client/transport.h"
#include "tests/sim/parts/sim_office.h"

namespace qabyl::sim {

sync::ClientAnswer client_answer(const sync::Response& response);

// Things that happen later, in the order of their time.
class Agenda {
 public:
  void at(core::Instant when, std::function<void()> what) { items_.emplace(std::pair{when, next_++}, std::move(what)); }
  std::optional<core::Instant> next() const { return items_.empty() ? std::nullopt : std::optional(items_.begin()->first.first); }
  void run_first() {
    auto what = std::move(items_.begin()->second);
    items_.erase(items_.begin());
    what();
  }
  void clear() { items_.clear(); }

 private:
  std::map<std::pair<core::Instant, std::uint64_t>, std::function<void()>> items_;
  std::uint64_t next_ = 0;
};

// What the oracle hears of the wire.
struct WireTap {
  std::function<void()> arriving;
  std::function<void(const Post&, const sync::Response&)> answered;  // as it left the registry
};

class SimLine final : public sync::Transport {
 public:
  SimLine(SimOffice& office, const KioskGround& kiosk, const core::Instant& now, Agenda& agenda, const Swarm& swarm, Dice dice, Journal& journal, const WireTap& tap)
      : office_(office), kiosk_(kiosk), now_(now), agenda_(agenda), swarm_(swarm), dice_(dice), journal_(journal), tap_(tap) {}
  void start(sync::ClientRequest request) override;
  std::optional<sync::ClientResult> poll() override { return std::exchange(result_, std::nullopt); }
  void hang_up() { ++current_; result_.reset(); }   // the kiosk's program ended; what it sent goes on
  bool ready() const { return result_.has_value(); }

  bool faulty = false;
  core::Instant down_until{};
  std::int64_t requests = 0;

 private:
  bool happens(Fault fault);
  core::Millis delay();
  void arrive(Post post, std::uint64_t number);
  void send_back(const sync::Response& response, std::uint64_t number);
  void give(sync::ClientResult result, std::uint64_t number, core::Millis after);
  void flip(std::string& body) { if (!body.empty()) body[dice_.below(body.size())] ^= static_cast<char>(1 << dice_.below(8)); }
  sync::ClientAnswer forged(const Post& post);

  SimOffice& office_;
  const KioskGround& kiosk_;
  const core::Instant& now_;
  Agenda& agenda_;
  const Swarm& swarm_;
  Dice dice_;
  Journal& journal_;
  const WireTap& tap_;
  std::uint64_t current_ = 0;                 // the request that is waited for
  std::optional<sync::ClientResult> result_;
};

}  // namespace qabyl::sim
