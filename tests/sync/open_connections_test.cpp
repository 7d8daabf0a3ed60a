// Who has to leave when a port is full (RELIABILITY 4.7, row 41): by sockets that nobody serves, at chosen times.
#include <sys/socket.h>
#include <unistd.h>

#include "sync/registry/open_connections.h"
#include "tests/support/catch.h"

using namespace qabyl;
namespace reg = sync::registry;

namespace {

constexpr core::Millis grace = reg::newcomer_grace, idle = reg::idle_in_crowd_max;

struct Door {
  explicit Door(reg::ConnectionLimits limits) : open(limits) {}
  ~Door() {
    for (const auto& [name, ends] : lines) {
      ::close(ends[0]);
      ::close(ends[1]);
    }
  }
  void comes(const std::string& name, const std::string& address, core::Millis at) {
    auto& ends = lines[name];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
    open.opened(&ends, ends[0], address, at);
  }
  void asks(const std::string& name, const std::string& device, core::Millis at) {
    open.in_request(&lines.at(name), true, at);
    open.called(&lines.at(name), {device, "01"}, at);
  }
  void answered(const std::string& name, core::Millis at) { open.in_request(&lines.at(name), false, at); }
  bool told_to_leave(const std::string& name) {
    char byte = 0;
    return ::recv(lines.at(name)[1], &byte, 1, MSG_DONTWAIT) == 0;
  }

  reg::OpenConnections open;
  std::map<std::string, std::array<int, 2>> lines;
};

}  // namespace

TEST_CASE("open connections: the stranger who has waited longest leaves first, and only when it is full", "[registry]") {
  Door door({3, 3});
  CHECK(door.open.admit("a", core::Millis{0}));
  door.comes("kiosk", "a", core::Millis{0});
  door.asks("kiosk", "AL-03", core::Millis{1});
  door.answered("kiosk", core::Millis{2});
  door.comes("first", "a", core::Millis{10});
  CHECK(door.open.admit("a", core::Millis{9000}));
  CHECK_FALSE(door.told_to_leave("first"));
  door.comes("second", "a", core::Millis{9000});
  CHECK(door.open.admit("a", core::Millis{9001}));
  CHECK(door.told_to_leave("first"));
  CHECK_FALSE(door.told_to_leave("kiosk"));
  door.comes("third", "a", core::Millis{9001});
  CHECK(door.open.admit("a", core::Millis{9002}));  // the strangers have just come: the kiosk has been idle for long
  CHECK(door.told_to_leave("kiosk"));
}

TEST_CASE("open connections: nobody leaves who has just come or is at work", "[registry]") {
  Door door({3, 3});
  door.comes("kiosk", "a", core::Millis{0});
  door.asks("kiosk", "AL-03", core::Millis{0});
  door.answered("kiosk", core::Millis{1});
  door.comes("working", "a", core::Millis{0});
  door.asks("working", "AL-04", core::Millis{0});
  door.comes("stranger", "a", core::Millis{1});
  CHECK_FALSE(door.open.admit("b", grace));
  CHECK(door.open.admit("b", core::Millis{1} + grace));
  CHECK(door.told_to_leave("stranger"));
  door.open.closed(&door.lines.at("stranger"));
  door.comes("newer", "a", idle + core::Millis{1});
  CHECK(door.open.admit("b", idle + core::Millis{1}));
  CHECK(door.told_to_leave("kiosk"));
  door.comes("newest", "a", idle + core::Millis{1});
  CHECK_FALSE(door.open.admit("b", idle + core::Millis{2}));
  CHECK_FALSE(door.told_to_leave("working"));
}

TEST_CASE("open connections: an address that is full makes room among its own", "[registry]") {
  Door door({10, 2});
  door.comes("elsewhere", "b", core::Millis{0});
  door.comes("first", "a", core::Millis{1});
  door.comes("second", "a", core::Millis{2});
  CHECK(door.open.admit("b", core::Millis{5000}));
  CHECK(door.open.admit("a", core::Millis{5000}));
  CHECK(door.told_to_leave("first"));
  CHECK_FALSE(door.told_to_leave("elsewhere"));
  CHECK_FALSE(door.told_to_leave("second"));
}

TEST_CASE("open connections: a device keeps so many, and the longest idle one goes", "[registry]") {
  Door door({100, 100});
  const auto name = [](std::size_t n) { return "line " + std::to_string(n); };
  for (std::size_t n = 0; n < reg::connections_per_device_max; ++n) {
    const core::Millis at{static_cast<std::int64_t>(n)};
    door.comes(name(n), "a", at);
    door.asks(name(n), "AL-03", at);
    if (n != 0) door.answered(name(n), at);  // the first one brings a long document
  }
  door.comes("another", "a", core::Millis{100});
  door.asks("another", "AL-04", core::Millis{100});
  CHECK_FALSE(door.told_to_leave(name(1)));
  door.comes("one more", "a", core::Millis{100});
  door.asks("one more", "AL-03", core::Millis{100});
  CHECK(door.told_to_leave(name(1)));
  CHECK_FALSE(door.told_to_leave(name(0)));
  CHECK_FALSE(door.told_to_leave(name(2)));
}

TEST_CASE("open connections: who called is known for a minute, and a stranger never", "[registry]") {
  Door door({10, 10});
  door.comes("kiosk", "a", core::Millis{0});
  door.comes("stranger", "a", core::Millis{0});
  door.asks("kiosk", "AL-03", core::Millis{0});
  door.asks("stranger", "", core::Millis{0});
  CHECK(door.open.caller(&door.lines.at("kiosk"), core::Millis{59'999})->device == "AL-03");
  CHECK_FALSE(door.open.caller(&door.lines.at("kiosk"), core::Millis{60'000}));
  CHECK_FALSE(door.open.caller(&door.lines.at("stranger"), core::Millis{1}));
}
