// See forked.h.
#include "tests/power/forked.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <new>

#include "core/result.h"

namespace qabyl::power {
namespace {

constexpr int poll_ms = 1000;
constexpr off_t complaint_bytes_max = 300;

[[noreturn]] void live(const std::function<int(const Line&)>& act, int out, int complaints) {
  ::dup2(complaints, STDERR_FILENO);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (const int deadly : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) ::signal(deadly, SIG_DFL);  // the test library would report them
  int code = 99;
  try {
    code = act(Line(out));
  } catch (const std::bad_alloc&) {
    ::raise(SIGABRT);  // as it ends the product, which catches none
  } catch (...) {
    code = 98;  // a check of the test library's
  }
  _exit(code);
}

std::string end_of(int file) {
  const auto bytes = ::lseek(file, 0, SEEK_END);
  std::string text(static_cast<std::size_t>(std::min(bytes, complaint_bytes_max)), ' ');
  const auto got = ::pread(file, text.data(), text.size(), bytes - static_cast<off_t>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<ssize_t>(0, got)));
  return text;
}

}  // namespace

std::string Ended::text() const {
  return said + complaint + (in_time ? "" : " too slow") + (signal != 0 ? " signal " + std::to_string(signal) : " code " + std::to_string(code)) + "\n";
}

void Line::say(std::string_view text) const {
  char line[512];
  const auto bytes = std::min(text.size(), sizeof line - 1);
  std::copy_n(text.begin(), bytes, line);
  line[bytes] = '\n';
  (void)!::write(fd_, line, bytes + 1);
}

Ended in_child(const std::function<int(const Line&)>& act, std::chrono::seconds at_most) {
  int ends[2];
  QABYL_CHECK(::pipe2(ends, O_CLOEXEC) == 0);
  const int complaints = ::memfd_create("complaints", MFD_CLOEXEC);
  const pid_t pid = ::fork();
  QABYL_CHECK(pid >= 0 && complaints >= 0);
  if (pid == 0) {
    ::close(ends[0]);
    live(act, ends[1], complaints);
  }
  ::close(ends[1]);
  Ended ended;
  const auto until = std::chrono::steady_clock::now() + at_most;
  char buffer[4096];
  for (;;) {  // ends with the child, or with its time
    pollfd wait{ends[0], POLLIN, 0};
    if (::poll(&wait, 1, poll_ms) > 0) {
      const auto got = ::read(ends[0], buffer, sizeof buffer);
      if (got <= 0) break;
      ended.said.append(buffer, static_cast<std::size_t>(got));
    } else if (std::chrono::steady_clock::now() > until) {
      ended.in_time = false;
      ::kill(pid, SIGKILL);
      break;
    }
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(pid, &status, 0);
  ended.complaint = end_of(complaints);
  ::close(complaints);
  if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
  else ended.code = WEXITSTATUS(status);
  return ended;
}

FastFolder::FastFolder(std::string_view name) {
  const std::string memory = "/dev/shm";
  path_ = (std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path().string()) + "/qabyl-" + std::string(name) + "-XXXXXX";
  QABYL_CHECK(::mkdtemp(path_.data()) != nullptr);
}

FastFolder::~FastFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void copy_folder(const std::string& from, const std::string& to) {
  std::filesystem::remove_all(to);
  std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
}

}  // namespace qabyl::power
