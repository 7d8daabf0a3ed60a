// See fault_proxy.h. A thread a connection; each ends by itself when an end of its connection does.
#include "tests/bench/load/fault_proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>

namespace qabyl::load {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;
constexpr int look_ms = 200, loss_ms = 300;

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

bool write_whole(int fd, const char* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t wrote = ::send(fd, bytes, count, MSG_NOSIGNAL);
    if (wrote <= 0) return false;
    bytes += wrote;
    count -= static_cast<std::size_t>(wrote);
  }
  return true;
}

// A reset, not an end: as a line that is gone.
void cut(int fd) {
  const linger at_once{1, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(fd);
}

}  // namespace

struct FaultProxy::State {
  int listener = -1, own_port = 0, target = 0;
  Faults faults;
  std::atomic<bool> ending{false}, calm{false};
  std::atomic<int> running{0};
  std::atomic<std::int64_t> exchanges{0}, lost{0}, resets{0}, clogs{0};
  std::atomic<std::uint32_t> seed{1};
  std::thread acceptor;

  enum class Fate { passes, loses_answer, resets };
  Fate fate(std::mt19937& random) {
    ++exchanges;
    if (calm) return Fate::passes;
    const int draw = std::uniform_int_distribution<int>(0, 999)(random);
    if (draw < faults.lost_answers_permille) return ++lost, Fate::loses_answer;
    if (draw < faults.lost_answers_permille + faults.resets_permille) return ++resets, Fate::resets;
    if (draw < faults.lost_answers_permille + faults.resets_permille + faults.clogs_permille) {
      ++clogs;
      for (int ms = 0; ms < faults.clog_ms && !ending; ms += look_ms) std::this_thread::sleep_for(std::chrono::milliseconds{look_ms});
    }
    return Fate::passes;
  }
  // The rest of the request goes up, whatever comes down is thrown away.
  void lose(int client, int server, char* buffer) const {
    pollfd ends[2]{{client, POLLIN, 0}, {server, POLLIN, 0}};
    for (int ms = 0; ms < loss_ms && !ending;) {
      if (::poll(ends, 2, look_ms / 4) == 0) {
        ms += look_ms / 4;
        continue;
      }
      if (ends[0].revents != 0) {
        const ssize_t got = ::recv(client, buffer, piece_bytes, 0);
        if (got <= 0 || !write_whole(server, buffer, static_cast<std::size_t>(got))) return;
      }
      if (ends[1].revents != 0 && ::recv(server, buffer, piece_bytes, 0) <= 0) return;
    }
  }
  void pass(int client, int server) {
    std::mt19937 random(seed++);
    std::unique_ptr<char[]> buffer(new char[piece_bytes]);
    bool answered = true;  // the last bytes came down
    pollfd ends[2]{{client, POLLIN, 0}, {server, POLLIN, 0}};
    while (!ending) {
      if (::poll(ends, 2, look_ms) <= 0) continue;
      if (ends[1].revents != 0) {
        const ssize_t got = ::recv(server, buffer.get(), piece_bytes, 0);
        if (got <= 0 || !write_whole(client, buffer.get(), static_cast<std::size_t>(got))) return;
        answered = true;
      }
      if (ends[0].revents == 0) continue;
      const ssize_t got = ::recv(client, buffer.get(), piece_bytes, 0);
      if (got <= 0) return;
      const Fate what = answered ? fate(random) : Fate::passes;
      answered = false;
      if (what == Fate::resets) return;
      if (!write_whole(server, buffer.get(), static_cast<std::size_t>(got))) return;
      if (what == Fate::loses_answer) return lose(client, server, buffer.get());
    }
  }
  void serve(int client) {
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(target);
    if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) pass(client, server);
    cut(client);
    cut(server);
    --running;
  }
  void accept_all() {
    while (!ending) {
      pollfd waiting{listener, POLLIN, 0};
      if (::poll(&waiting, 1, look_ms) <= 0) continue;
      const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) continue;
      ++running;
      std::thread([this, client] { serve(client); }).detach();
    }
  }
};

FaultProxy::FaultProxy(int target_port, Faults faults) : state_(new State) {
  state_->target = target_port;
  state_->faults = faults;
  state_->listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (::bind(state_->listener, reinterpret_cast<const sockaddr*>(&address), size) != 0 || ::listen(state_->listener, SOMAXCONN) != 0 ||
      ::getsockname(state_->listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    std::fprintf(stderr, "load: no port for the proxy\n");
    std::abort();
  }
  state_->own_port = ntohs(address.sin_port);
  state_->acceptor = std::thread([state = state_.get()] { state->accept_all(); });
}

FaultProxy::~FaultProxy() {
  state_->ending = true;
  state_->acceptor.join();
  ::close(state_->listener);
  while (state_->running > 0) std::this_thread::sleep_for(std::chrono::milliseconds{look_ms});  // each looks that often whether it is over
}

int FaultProxy::port() const { return state_->own_port; }
void FaultProxy::calm() { state_->calm = true; }
FaultCounts FaultProxy::counts() const { return {state_->exchanges, state_->lost, state_->resets, state_->clogs}; }

}  // namespace qabyl::load
