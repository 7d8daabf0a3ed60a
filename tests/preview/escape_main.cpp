// Steps behind the same door as qabyl-preview and tries to get out: one deed a run, named on the command
// line. Whoever is still alive after it says "escaped" on descriptor 4. Linked with the product's
// sandbox.cpp; nothing of this file is in the product (tests/kiosk/preview_sandbox_test.cpp).
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <map>
#include <string>

#include "core/preview/protocol.h"
#include "kiosk/preview/sandbox.h"

namespace {

int page_fd = -1;  // a file opened before the door closed

void say(const char* word) { (void)!write(qabyl::preview::answers_fd, word, std::strlen(word)); }

// Raw calls: no library may soften the attempt.
const std::map<std::string, long (*)()> deeds = {
    {"nothing", [] { return 0L; }},
    {"open", [] { return syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY); }},
    {"old-open", [] { return syscall(SYS_open, "/etc/passwd", O_RDONLY); }},
    {"open-for-writing", [] { return syscall(SYS_openat, AT_FDCWD, "/tmp/qabyl-escape", O_WRONLY | O_CREAT, 0600); }},
    {"openat2", [] { return syscall(437, AT_FDCWD, "/etc/passwd", nullptr, 0); }},
    {"io-uring", [] { return syscall(425, 1, nullptr); }},
    {"look", [] { char about[256]; return syscall(SYS_newfstatat, AT_FDCWD, "/etc/passwd", about, 0); }},
    {"socket", [] { return syscall(SYS_socket, AF_INET, SOCK_STREAM, 0); }},
    {"unix-socket", [] { return syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0); }},
    {"exec", [] { char* none[] = {nullptr}; return syscall(SYS_execve, "/bin/true", none, none); }},
    {"fork", [] { return syscall(SYS_fork); }},
    {"clone", [] { return syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr); }},
    {"ptrace", [] { return syscall(SYS_ptrace, PTRACE_ATTACH, getppid(), nullptr, nullptr); }},
    {"kill", [] { return syscall(SYS_kill, getppid(), 0); }},
    {"write-elsewhere", [] { return syscall(SYS_write, page_fd, "x", 1); }},
    {"unlink", [] { return syscall(SYS_unlink, "/tmp/qabyl-escape"); }},
    {"run-memory", [] { return syscall(SYS_mmap, nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }},
    {"unshare", [] { return syscall(SYS_unshare, 0x10000000); }},
    {"raise-limit", [] { return syscall(SYS_prlimit64, 0, 9, nullptr, nullptr); }},
    {"other-door", [] { return syscall(SYS_rt_sigaction, SIGSYS, nullptr, nullptr, 8); }},
    // Allowed calls, but over the limit: refused, not deadly.
    {"much-memory", [] {
       void* got = mmap(nullptr, std::size_t{600} << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
       say(got == MAP_FAILED ? "refused" : "granted");
       return 0L;
     }},
};

}  // namespace

int main(int argc, char** argv) {
  const auto deed = argc == 2 ? deeds.find(argv[1]) : deeds.end();
  if (deed == deeds.end()) return 64;
  page_fd = open("/dev/null", O_RDWR | O_CLOEXEC);
  const auto layers = qabyl::preview::close_door(qabyl::preview::requests_fd, qabyl::preview::answers_fd);
  if (!layers) _exit(3);
  (void)deed->second();
  say("escaped");
  _exit(0);
}
