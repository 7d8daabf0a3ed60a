// One thread a connection, poll() over its two ends. See cutting_proxy.h.
#include "tests/sync/cutting_proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <mutex>
#include <thread>

#include "tests/support/catch.h"

namespace qabyl::test {
namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool write_all(int fd, const char* data, std::size_t bytes) {
  while (bytes > 0) {
    const auto sent = ::send(fd, data, bytes, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    data += sent;
    bytes -= static_cast<std::size_t>(sent);
  }
  return true;
}

void reset(int fd) {  // RST, not FIN: the line is gone
  const linger hard{1, 0};
  setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  ::close(fd);
}

}  // namespace

struct CuttingProxy::State {
  int target_port = 0, listener = -1, port = 0;
  std::vector<std::uint64_t> cuts;
  std::atomic<std::size_t> next{0};
  std::atomic<int> cuts_made{0};
  std::atomic<std::uint64_t> up{0};
  std::atomic<bool> ending{false};
  std::vector<std::jthread> carriers;
  std::thread acceptor;

  // False: this end has nothing more, or the cut is due.
  bool carry_up(int client, int server, std::uint64_t& left) {
    std::array<char, 16 * 1024> piece{};
    const auto room = static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), left));
    const auto bytes = ::recv(client, piece.data(), room, 0);
    if (bytes <= 0 || !write_all(server, piece.data(), static_cast<std::size_t>(bytes))) return false;
    up += static_cast<std::uint64_t>(bytes);
    left -= static_cast<std::uint64_t>(bytes);
    if (left > 0) return true;
    ++cuts_made;
    return false;
  }
  void carry(int client, int server, std::uint64_t left) {
    std::array<char, 16 * 1024> piece{};
    std::array<pollfd, 2> ends{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    while (!ending) {
      if (::poll(ends.data(), ends.size(), 200) <= 0) continue;
      if (ends[0].revents != 0 && !carry_up(client, server, left)) break;
      if (ends[1].revents == 0) continue;
      const auto bytes = ::recv(server, piece.data(), piece.size(), 0);
      if (bytes <= 0 || !write_all(client, piece.data(), static_cast<std::size_t>(bytes))) break;
    }
    reset(client);
    reset(server);
  }
  void accept_all() {
    for (;;) {
      const int client = ::accept(listener, nullptr, nullptr);
      if (ending) {
        if (client >= 0) ::close(client);
        return;
      }
      const int server = ::socket(AF_INET, SOCK_STREAM, 0);
      const auto address = loopback(target_port);
      if (client < 0 || ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) continue;
      const auto number = next++;
      const auto left = number < cuts.size() ? cuts[number] : ~std::uint64_t{0};
      carriers.emplace_back([this, client, server, left] { carry(client, server, left); });
    }
  }
};

CuttingProxy::CuttingProxy(int target_port, std::vector<std::uint64_t> cuts) : state_(std::make_unique<State>()) {
  auto& state = *state_;
  state.target_port = target_port;
  state.cuts = std::move(cuts);
  state.listener = ::socket(AF_INET, SOCK_STREAM, 0);
  auto address = loopback(0);
  REQUIRE(::bind(state.listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  REQUIRE(::listen(state.listener, 8) == 0);
  socklen_t bytes = sizeof address;
  getsockname(state.listener, reinterpret_cast<sockaddr*>(&address), &bytes);
  state.port = ntohs(address.sin_port);
  state.acceptor = std::thread([&state] { state.accept_all(); });
}

CuttingProxy::~CuttingProxy() {
  state_->ending = true;
  ::shutdown(state_->listener, SHUT_RDWR);
  state_->acceptor.join();
  state_->carriers.clear();
  ::close(state_->listener);
}

int CuttingProxy::port() const { return state_->port; }
int CuttingProxy::cuts_made() const { return state_->cuts_made; }
std::uint64_t CuttingProxy::bytes_up() const { return state_->up; }

}  // namespace qabyl::test
