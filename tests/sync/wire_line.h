// Real TLS under rigs that are driven without sockets: what a test asks of a TestOffice or a console's Desk goes over its
// port, with the device's client certificate, and what a test answers to an uplink comes through curl. The rows of
// RELIABILITY 4.7 are played so. Certificates are held against the machine's clock: an office behind a DeviceLine begins now.
#pragma once

#include "sync/client/curl_transport.h"
#include "tests/support/canned_server.h"
#include "tests/sync/console_desk.h"
#include "tests/sync/uplink_rig.h"
#include "tests/sync/wire_rig.h"

namespace qabyl::test {

core::Instant machine_now();

// The made-up clock of an office, for its server's threads: read anew from the office before each request.
class OfficeClock final : public core::Clock {
 public:
  explicit OfficeClock(const TestOffice& office) : office_(office) { follow(); }
  void follow() { wall_ms_ = office_.now.time_since_epoch().count(); }
  core::ClockReading read() override;

 private:
  const TestOffice& office_;
  core::sys::SystemClock system_;
  std::atomic<std::int64_t> wall_ms_{0};
};

class DeviceLine {
 public:
  explicit DeviceLine(TestOffice& office);
  ~DeviceLine();
  PeerOptions peer_options(const std::string& device) const;

 private:
  TestOffice& office_;
  OfficeClock clock_;
  reg::GroupCommit commits_;
  reg::DeviceApp app_;
  std::unique_ptr<reg::HttpServer> server_;
};

class ConsoleLine {
 public:
  explicit ConsoleLine(Desk& desk);
  ~ConsoleLine();

 private:
  Desk& desk_;
  OfficeClock clock_;
  reg::GroupCommit commits_;
  reg::ConsoleApp app_;
  std::unique_ptr<reg::HttpServer> server_;
};

// Under a Line: its requests go through CurlTransport to a server that a pinned CA vouches for, which gives the test's answer.
class KioskLine {
 public:
  explicit KioskLine(Line& line);
  ~KioskLine();
  const rig::CannedServer& server() const { return *server_; }

 private:
  sync::ClientResult carry(const sync::ClientRequest& request, const sync::ClientResult& answer);
  Line& line_;
  std::string folder_, reply_;
  std::unique_ptr<rig::CannedServer> server_;
  std::unique_ptr<sync::CurlTransport> curl_;
};

}  // namespace qabyl::test
