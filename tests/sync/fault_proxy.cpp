// See fault_proxy.h.
#include "tests/sync/fault_proxy.h"

namespace qabyl::test {
namespace {

constexpr std::size_t drip_pieces = 16;

std::string bytes_of(const RawAnswer& answer) {
  std::string headers;
  for (const auto& [name, value] : answer.headers) {
    if (name != "content-length" && name != "connection") headers += name + ": " + value + "\r\n";
  }
  return rig::canned_answer(std::to_string(answer.status) + " So", answer.body, headers);
}

std::size_t body_at(const std::string& request) { return request.find("\r\n\r\n") + 4; }

}  // namespace

FaultProxy::FaultProxy(LiveOffice& live, Choose choose) : live_(live), choose_(std::move(choose)) {
  const auto& keys = live.office.registry->keys;
  server_ = std::make_unique<rig::CannedServer>(
      rig::CannedOptions{keys.server_certificate_pem, keys.server_key_pem, "127.0.0.1", 13, [this](const std::string& request) { return pass(request); }});
}

std::vector<Passed> FaultProxy::passed() const {
  const std::lock_guard<std::mutex> guard(mutex_);
  return passed_;
}

// Nothing: the registry was not sent the whole.
std::optional<RawAnswer> FaultProxy::ask(const std::string& request, const Passed& what, Fault fault) {
  auto peer = live_.peer();
  if (!peer.shaken()) return std::nullopt;
  if (fault.kind == Fault::Kind::cut_request) {
    peer.send(std::string_view(request).substr(0, fault.byte % request.size()));
    return std::nullopt;
  }
  const std::size_t piece = fault.kind == Fault::Kind::drip ? request.size() / drip_pieces + 1 : request.size();
  for (std::size_t at = 0; at < request.size(); at += piece) peer.send(std::string_view(request).substr(at, piece));
  return peer.answer(what.method == "HEAD");
}

std::optional<std::string> FaultProxy::pass(const std::string& given) {
  Passed what;
  what.method = given.substr(0, given.find(' '));
  const auto target = what.method.size() + 1;
  what.path = given.substr(target, given.find(' ', target) - target);
  const auto fault = choose_(what.method, what.path);
  std::string request = given;
  const auto host = request.find("Host: "), end = request.find("\r\n", host);
  request.replace(host, end - host, "Host: localhost:" + std::to_string(live_.port()));  // the registry answers to its own port
  const auto body_bytes = request.size() - body_at(request);
  std::optional<RawAnswer> answer;
  const bool again = fault.kind == Fault::Kind::twice || fault.kind == Fault::Kind::late;
  for (int time = 0; fault.kind != Fault::Kind::refuse && time < (again ? 2 : 1); ++time) {
    answer = ask(request, what, fault);
    const auto sent = answer ? request.size() : fault.byte % request.size();
    what.body_bytes += sent > request.size() - body_bytes ? sent - (request.size() - body_bytes) : 0;
    if (answer) what.answers.push_back(answer->body);
    if (answer) what.status = answer->status;
  }
  {
    const std::lock_guard<std::mutex> guard(mutex_);
    passed_.push_back(what);
  }
  if (!answer || fault.kind == Fault::Kind::drop_answer || fault.kind == Fault::Kind::late) return std::string();
  auto bytes = bytes_of(*answer);
  return fault.kind == Fault::Kind::cut_answer ? bytes.substr(0, fault.byte % bytes.size()) : bytes;
}

}  // namespace qabyl::test
