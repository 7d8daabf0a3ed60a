// See piped_program.h.
#include "tests/page/piped_program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "core/result.h"

extern char** environ;

namespace qabyl::test {
namespace {

constexpr int high_descriptor = 20;  // out of the way of the numbers that the child will use

struct Ends { int reads, writes; };
Ends new_pipe() {
  std::array<int, 2> low{};
  QABYL_CHECK(pipe2(low.data(), O_CLOEXEC) == 0);
  const Ends ends{fcntl(low[0], F_DUPFD_CLOEXEC, high_descriptor), fcntl(low[1], F_DUPFD_CLOEXEC, high_descriptor)};
  close(low[0]);
  close(low[1]);
  QABYL_CHECK(ends.reads >= 0 && ends.writes >= 0);
  return ends;
}

}  // namespace

PipedProgram::PipedProgram(const std::vector<std::string>& arguments, int reads, int writes, const std::string& log) {
  signal(SIGPIPE, SIG_IGN);  // an ended program is told by send(), not by our own end
  const Ends there = new_pipe(), back = new_pipe();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  posix_spawn_file_actions_adddup2(&actions, there.reads, reads);
  posix_spawn_file_actions_adddup2(&actions, back.writes, writes);
  auto words = arguments;
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const int failed = posix_spawnp(&pid_, pointers.front(), &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(there.reads);
  close(back.writes);
  QABYL_CHECK(failed == 0);
  to_ = there.writes;
  from_ = back.reads;
}

PipedProgram::~PipedProgram() {
  close(to_);
  close(from_);
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

bool PipedProgram::send(std::string_view message) {
  std::string text(message);
  text += '\0';
  for (std::size_t sent = 0; sent < text.size();) {
    const auto count = write(to_, text.data() + sent, text.size() - sent);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    sent += static_cast<std::size_t>(count);
  }
  return true;
}

std::optional<std::string> PipedProgram::receive(std::chrono::milliseconds at_most) {
  std::size_t looked_at = 0;
  for (;;) {
    if (const auto end = held_.find('\0', looked_at); end != held_.npos) {
      std::string message = held_.substr(0, end);
      held_.erase(0, end + 1);
      return message;
    }
    looked_at = held_.size();
    pollfd ready{from_, POLLIN, 0};
    if (poll(&ready, 1, static_cast<int>(at_most.count())) <= 0) return std::nullopt;
    std::array<char, 65536> part{};
    const auto count = read(from_, part.data(), part.size());
    if (count <= 0) return std::nullopt;
    held_.append(part.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace qabyl::test
