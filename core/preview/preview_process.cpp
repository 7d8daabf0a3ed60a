// posix_spawn and poll. Requests go over one half of a socket pair, because a write to a dead worker's
// pipe would send SIGPIPE to the kiosk; the worker only ever reads from its end.
#include "core/preview/preview_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <utility>

#include "core/preview/protocol.h"

namespace qabyl::preview {
namespace {

using core::sys::File;

constexpr int lifted_fd_min = 16;  // clear of the numbers that the worker's channels get

bool set_waitless(const File& file) {
  const int flags = ::fcntl(file.fd(), F_GETFL);
  return flags >= 0 && ::fcntl(file.fd(), F_SETFL, flags | O_NONBLOCK) == 0;
}

struct Channels { File requests, answers, worker_requests, worker_answers; };

std::optional<Channels> make_channels() {
  int pair[2], pipe[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return std::nullopt;
  File ours(pair[0]), theirs(pair[1]);
  if (::pipe2(pipe, O_CLOEXEC) != 0) return std::nullopt;
  File reader(pipe[0]), writer(pipe[1]);
  Channels channels{std::move(ours), std::move(reader), File(::fcntl(theirs.fd(), F_DUPFD_CLOEXEC, lifted_fd_min)),
                    File(::fcntl(writer.fd(), F_DUPFD_CLOEXEC, lifted_fd_min))};
  if (!channels.worker_requests.open() || !channels.worker_answers.open()) return std::nullopt;
  if (!set_waitless(channels.requests) || !set_waitless(channels.answers)) return std::nullopt;
  return channels;
}

bool describe_descriptors(posix_spawn_file_actions_t& actions, const Channels& channels) {
  return posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) == 0 &&
         posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0) == 0 &&
         posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) == 0 &&
         posix_spawn_file_actions_adddup2(&actions, channels.worker_requests.fd(), requests_fd) == 0 &&
         posix_spawn_file_actions_adddup2(&actions, channels.worker_answers.fd(), answers_fd) == 0 &&
         posix_spawn_file_actions_addclosefrom_np(&actions, answers_fd + 1) == 0;
}

bool describe_start(posix_spawnattr_t& attributes) {
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  return posix_spawnattr_setsigmask(&attributes, &none) == 0 && posix_spawnattr_setsigdefault(&attributes, &all) == 0 &&
         posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID) == 0;
}

pid_t spawn(const std::string& program, const Channels& channels) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  std::string name = "qabyl-preview", locale = "LC_ALL=C", zone = "TZ=UTC0";  // no locale, no zone file
  char* const arguments[] = {name.data(), nullptr};
  char* const environment[] = {locale.data(), zone.data(), nullptr};
  pid_t pid = -1;
  const bool started = describe_descriptors(actions, channels) && describe_start(attributes) &&
                       ::posix_spawn(&pid, program.c_str(), &actions, &attributes, arguments, environment) == 0;
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return started ? pid : -1;
}

// Waits until `fd` is ready for `events` or the deadline has passed.
bool ready(int fd, short events, core::Clock& clock, core::Millis deadline) {
  while (true) {
    const auto left = deadline - clock.read().steady;
    if (left <= core::Millis::zero()) return false;
    pollfd waiting{fd, events, 0};
    const int got = ::poll(&waiting, 1, static_cast<int>(std::min<core::Millis::rep>(left.count(), 60'000)));
    if (got > 0) return true;
    if (got < 0 && errno != EINTR) return false;
  }
}

}  // namespace

std::optional<PreviewProcess> PreviewProcess::start(const std::string& program) {
  auto channels = make_channels();
  if (!channels) return std::nullopt;
  const pid_t pid = spawn(program, *channels);
  if (pid < 0) return std::nullopt;
  return PreviewProcess(pid, std::move(channels->requests), std::move(channels->answers));
}

PreviewProcess::PreviewProcess(pid_t pid, File requests, File answers)
    : pid_(pid), requests_(std::move(requests)), answers_(std::move(answers)) {}
PreviewProcess::~PreviewProcess() { (void)finish(); }
PreviewProcess::PreviewProcess(PreviewProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), requests_(std::move(other.requests_)), answers_(std::move(other.answers_)) {}
PreviewProcess& PreviewProcess::operator=(PreviewProcess&& other) noexcept {
  (void)finish();
  pid_ = std::exchange(other.pid_, -1);
  requests_ = std::move(other.requests_);
  answers_ = std::move(other.answers_);
  return *this;
}

PreviewProcess::Io PreviewProcess::send(core::ByteView bytes, core::Clock& clock, core::Millis deadline) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(requests_.fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) bytes = bytes.subspan(static_cast<std::size_t>(sent));
    else if (errno == EAGAIN || errno == EINTR) {
      if (!ready(requests_.fd(), POLLOUT, clock, deadline)) return Io::late;
    } else return Io::closed;
  }
  return Io::done;
}

PreviewProcess::Io PreviewProcess::receive(std::span<std::uint8_t> into, core::Clock& clock, core::Millis deadline) {
  while (!into.empty()) {
    const ssize_t got = ::read(answers_.fd(), into.data(), into.size());
    if (got > 0) into = into.subspan(static_cast<std::size_t>(got));
    else if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
      if (!ready(answers_.fd(), POLLIN, clock, deadline)) return Io::late;
    } else return Io::closed;
  }
  return Io::done;
}

PreviewProcess::End PreviewProcess::finish() {
  if (pid_ < 0) return End::by_itself;
  // A worker that closed its channel is ending: the status of its own death tells more than our signal,
  // and a signal to a process that has already died changes nothing.
  const pid_t pid = std::exchange(pid_, -1);
  ::kill(pid, SIGKILL);
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFSIGNALED(status)) return End::by_itself;
  return WTERMSIG(status) == SIGXCPU ? End::cpu_time : End::killed;
}

}  // namespace qabyl::preview
