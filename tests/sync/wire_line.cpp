// Requests and answers as values, over sockets and back. See wire_line.h.
#include "tests/sync/wire_line.h"

#include <fstream>

namespace qabyl::test {
namespace {

std::unique_ptr<reg::HttpServer> served(TestOffice& office, reg::WebApp& app, core::Clock& clock, bool devices) {
  const auto& keys = office.registry->keys;
  reg::ServerOptions options;
  options.name = devices ? "device" : "console";
  options.client_certificates = devices;
  options.certificate_pem = keys.server_certificate_pem;
  options.key_pem = keys.server_key_pem;
  options.ca_pem = keys.authority.ca_pem();
  options.hosts = {"localhost"};
  auto started = reg::HttpServer::start(options, app, clock);
  if (!started) FAIL(started.error().detail);
  return *std::move(started);
}

sync::Response carried(const PeerOptions& options, const sync::Request& request) {
  TlsPeer peer(options);
  REQUIRE(peer.shaken());
  std::string head = request.method + " " + request.target + " HTTP/1.1\r\nHost: localhost:" + std::to_string(options.port) + "\r\n";
  for (const auto& header : request.headers) head += header.name + ": " + header.value + "\r\n";
  const bool sized = request.method != "GET" && request.method != "HEAD" && request.header("Content-Length").empty();
  if (sized) head += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
  peer.send(head + "\r\n" + request.body);
  auto answer = peer.answer(request.method == "HEAD");
  sync::Response response;
  response.status = answer.status;
  for (auto& [name, value] : answer.headers) response.set(name, std::move(value));
  response.body = std::move(answer.body);
  response.close = answer.closes;
  return response;
}

}  // namespace

core::Instant machine_now() { return core::sys::SystemClock().read().wall; }

core::ClockReading OfficeClock::read() {
  auto reading = system_.read();
  reading.wall = core::Instant(core::Millis(wall_ms_));
  return reading;
}

DeviceLine::DeviceLine(TestOffice& office)
    : office_(office), clock_(office), commits_(*office.registry, clock_), app_(*office.registry, commits_), server_(served(office, app_, clock_, true)) {
  office.line = [this](const sync::Request& request) {
    clock_.follow();
    return carried(peer_options(request.device), request);
  };
}

DeviceLine::~DeviceLine() {
  office_.line = nullptr;
  server_->stop();
  commits_.stop();
}

PeerOptions DeviceLine::peer_options(const std::string& device) const {
  const auto shown = office_.shown.find(device);
  if (shown == office_.shown.end()) return {server_->port(), {}, {}, {}, 13, {}};
  return {server_->port(), shown->second.first, shown->second.second, {}, 13, {}};
}

ConsoleLine::ConsoleLine(Desk& desk)
    : desk_(desk), clock_(desk.office), commits_(*desk.office.registry, clock_), app_(*desk.office.registry, commits_), server_(served(desk.office, app_, clock_, false)) {
  desk.line = [this](const sync::Request& request) {
    clock_.follow();
    auto with_type = request;
    if (!request.body.empty()) with_type.set("Content-Type", "application/x-www-form-urlencoded");
    return carried({server_->port(), {}, {}, {}, 13, {}}, with_type);
  };
}

ConsoleLine::~ConsoleLine() {
  desk_.line = nullptr;
  server_->stop();
  commits_.stop();
}

KioskLine::KioskLine(Line& line) : line_(line), folder_((std::filesystem::temp_directory_path() / ("qabyl-kiosk-line-" + std::to_string(getpid()))).string()) {
  core::sys::SystemRandom random;
  const auto hour = std::chrono::hours(1);
  const reg::Validity validity{machine_now() - hour, machine_now() + hour};
  const auto made = *reg::TlsAuthority::make_ca("office", validity, random);
  const auto certified = *reg::TlsAuthority::open(made.certificate_pem, made.key_pem)->issue_server("localhost", validity, random);
  std::filesystem::create_directories(folder_);
  std::ofstream(folder_ + "/ca.pem") << made.certificate_pem;
  server_ = std::make_unique<rig::CannedServer>(rig::CannedOptions{certified.certificate_pem, certified.key_pem, "127.0.0.1", 13, [this](const std::string&) { return reply_; }});
  curl_ = std::make_unique<sync::CurlTransport>(sync::CurlOptions{server_->url(), folder_ + "/ca.pem", {}, {}});
  line.transport.carry = [this](const sync::ClientRequest& request, const sync::ClientResult& answer) { return carry(request, answer); };
}

KioskLine::~KioskLine() {
  line_.transport.carry = nullptr;
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

sync::ClientResult KioskLine::carry(const sync::ClientRequest& request, const sync::ClientResult& answer) {
  reply_.clear();  // no answer: the connection closes
  if (const auto* given = std::get_if<sync::ClientAnswer>(&answer)) {
    std::string headers;
    for (const auto& [name, value] : given->headers) headers += name + ": " + value + "\r\n";
    reply_ = rig::canned_answer(std::to_string(given->status) + " So", std::string(core::as_text(given->body)), headers);
  }
  curl_->start(request);
  core::sys::SystemClock clock;
  const auto until = clock.read().steady + std::chrono::seconds(20);
  while (clock.read().steady < until) {
    if (auto result = curl_->poll()) return *std::move(result);
    curl_->wait(std::chrono::milliseconds(100));
  }
  FAIL("no answer came over the line");
  return answer;
}

}  // namespace qabyl::test
