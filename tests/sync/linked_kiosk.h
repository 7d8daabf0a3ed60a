// A kiosk's uplink over a shelf of records, whose line leads straight into an office's Api. For tests only.
#pragma once

#include "sync/client/uplink.h"
#include "tests/support/clocks.h"
#include "tests/sync/hand_log.h"
#include "tests/sync/shelf.h"

namespace qabyl::test {

// The line, when there is one: straight into the office's Api.
class OfficeTransport final : public sync::Transport {
 public:
  OfficeTransport(TestOffice& office, TestKiosk& kiosk) : office_(office), kiosk_(kiosk) {}
  void start(sync::ClientRequest asked) override { asked_ = std::move(asked); }
  std::optional<sync::ClientResult> poll() override {
    if (!asked_) return std::nullopt;
    const auto asked = *std::exchange(asked_, std::nullopt);
    if (!up) return sync::ClientResult(sync::NoAnswer{"refused"});
    auto request = kiosk_.request(asked.method, asked.path, std::string(core::as_text(asked.body)));
    for (const auto& [name, value] : asked.headers) request.set(name, value);
    request.set("Content-Length", std::to_string(asked.body.size()));
    if (touch) touch(request);
    const auto response = office_.ask(request);
    sync::ClientAnswer answer{response.status, {}, core::to_bytes(response.file ? file_text(response.file->path).substr(response.file->offset, response.file->length) : response.body)};
    for (const auto& header : response.headers) {
      std::string name = header.name;
      for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      answer.headers.emplace_back(name, header.value);
    }
    return sync::ClientResult(std::move(answer));
  }
  bool up = false;
  std::function<void(sync::Request&)> touch;  // what somebody makes of a request on its way

 private:
  TestOffice& office_;
  TestKiosk& kiosk_;
  std::optional<sync::ClientRequest> asked_;
};

struct LinkedKiosk {
  LinkedKiosk(TestOffice& at, const sync::EnrolmentFile& file, std::uint8_t seed = 3) : office(at), hand(at, file, seed), random(seed) { clock.now.wall = at.now; }
  core::Bytes write() {
    rest();
    auto bundle = uplink.write_courier();
    if (!bundle) FAIL(bundle.error().detail);
    return std::move(bundle->file);
  }
  core::Result<sync::CourierTaken> read(const core::Bytes& bundle) {
    rest();
    return uplink.take_courier(bundle);
  }
  void rest() {
    while (uplink.in_flight()) uplink.finish();
  }
  // With the line up, until nothing is left to send.
  void connect() {
    line.up = true;
    uplink.try_now();
    for (int i = 0; i < 200 && !shelf.settled(); ++i) {
      uplink.tick();
      if (!uplink.in_flight() && uplink.next_due() > clock.now.steady) clock.pass(uplink.next_due() - clock.now.steady);
    }
    rest();
    line.up = false;
  }
  // With the line up, until nothing happens any more for so many turns.
  void talk(int turns = 60) {
    line.up = true;
    uplink.try_now();
    for (int i = 0; i < turns; ++i) {
      uplink.tick();
      if (!uplink.in_flight() && uplink.next_due() > clock.now.steady) clock.pass(uplink.next_due() - clock.now.steady);
    }
    rest();
    line.up = false;
  }
  std::string state(const core::Id& id) { return std::string(core::to_text(shelf.find(id).state)); }

  TestOffice& office;
  TestKiosk hand;
  Shelf shelf;
  HandLog log;
  tests::FakeClock clock;
  tests::FakeRandom random;
  OfficeTransport line{office, hand};
  sync::Uplink uplink{{shelf, shelf, log, line, clock, random, hand.answer.root_key, hand.device, hand.key,
                       [this] { return sync::to_text(sync::JournalMark{hand.q, hand.head}); }},
                      hand.keys};
};

}  // namespace qabyl::test
