// The kernel's doors, closed one after the other. What the kernel of an installation may refuse
// (namespaces, Landlock) is tried and reported; limits and seccomp must succeed. Deliberately has no
// list of allowed paths: what the decoders need was opened before (font_shelf.h).
#include "kiosk/preview/sandbox.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "core/preview/protocol.h"

namespace qabyl::preview {
namespace {

bool write_text(const char* path, const char* text) {
  const int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool wrote = write(fd, text, std::strlen(text)) == static_cast<ssize_t>(std::strlen(text));
  close(fd);
  return wrote;
}

// We stay who we are outside; inside there is one user, nobody. Needed before a tmpfs can be mounted.
void map_one_user(uid_t uid, gid_t gid) {
  char line[64];
  write_text("/proc/self/setgroups", "deny");
  std::snprintf(line, sizeof line, "65534 %u 1\n", uid);
  write_text("/proc/self/uid_map", line);
  std::snprintf(line, sizeof line, "65534 %u 1\n", gid);
  write_text("/proc/self/gid_map", line);
}

// The whole file system is exchanged for an empty, read-only one.
bool empty_root() {
  if (unshare(CLONE_NEWNS) != 0) return false;
  if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
  if (mount("none", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=4k,nr_inodes=2") != 0) return false;
  if (chdir("/tmp") != 0 || syscall(SYS_pivot_root, ".", ".") != 0) return false;
  if (umount2(".", MNT_DETACH) != 0 || chdir("/") != 0) return false;
  mount(nullptr, "/", nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr);
  return true;
}

std::uint32_t enter_namespaces() {
  const uid_t uid = getuid();
  const gid_t gid = getgid();
  if (unshare(CLONE_NEWUSER) != 0) return 0;
  std::uint32_t held = layer::user_namespace;
  map_one_user(uid, gid);
  if (unshare(CLONE_NEWNET) == 0) held |= layer::net_namespace;
  if (unshare(CLONE_NEWIPC) == 0) held |= layer::ipc_namespace;
  (void)unshare(CLONE_NEWUTS);
  (void)unshare(CLONE_NEWCGROUP);
  if (empty_root()) held |= layer::empty_root;
  return held;
}

void drop_capabilities() {
  for (int capability = 0; capability <= CAP_LAST_CAP; ++capability) prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct none[2]{};
  syscall(SYS_capset, &header, none);
}

// Every right that the kernel's ABI knows is handled and none is granted. Raw calls: Debian 12 has no
// wrapper, and its header ends at ABI 2.
bool close_landlock() {
  struct { std::uint64_t files, net, scoped; } handled{};
  const long abi = syscall(SYS_landlock_create_ruleset, nullptr, 0, 1U /* LANDLOCK_CREATE_RULESET_VERSION */);
  if (abi < 1) return false;
  const int file_rights = abi >= 5 ? 16 : abi >= 3 ? 15 : abi >= 2 ? 14 : 13;
  handled.files = (std::uint64_t{1} << file_rights) - 1;
  if (abi >= 4) handled.net = 3;     // bind, connect TCP
  if (abi >= 6) handled.scoped = 3;  // abstract sockets, signals
  const std::size_t size = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
  const long rules = syscall(SYS_landlock_create_ruleset, &handled, size, 0U);
  if (rules < 0) return false;
  const bool closed = syscall(SYS_landlock_restrict_self, static_cast<int>(rules), 0U) == 0;
  close(static_cast<int>(rules));
  return closed;
}

bool limit(__rlimit_resource what, rlim_t soft, rlim_t hard) {
  const rlimit value{soft, hard};
  return setrlimit(what, &value) == 0;
}

bool set_limits() {
  bool held = limit(RLIMIT_CPU, cpu_seconds_max, cpu_seconds_max + 1) && limit(RLIMIT_CORE, 0, 0) &&
              limit(RLIMIT_FSIZE, 0, 0) && limit(RLIMIT_NPROC, 0, 0) && limit(RLIMIT_NOFILE, 512, 512) &&
              limit(RLIMIT_MEMLOCK, 0, 0) && limit(RLIMIT_MSGQUEUE, 0, 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // their shadow memory is larger
  held = held && limit(RLIMIT_AS, address_space_bytes_max, address_space_bytes_max);
#endif
  return held;
}

// What a decoder that has all it needs still calls.
constexpr int allowed[] = {
    SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(close),
    SCMP_SYS(lseek), SCMP_SYS(pread64), SCMP_SYS(fstat), SCMP_SYS(exit), SCMP_SYS(exit_group),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
    SCMP_SYS(time), SCMP_SYS(getrandom), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(restart_syscall),
    SCMP_SYS(sched_yield)};

bool allow_calls(scmp_filter_ctx filter, int requests, int answers) {
  const auto allow = [&](int call, auto... conditions) {
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, sizeof...(conditions), conditions...) == 0;
  };
  bool held = true;
  for (const int call : allowed) held = held && allow(call);
  // Memory that is writable and runs at the same time, or runs at all, is nobody's need here.
  held = held && allow(SCMP_SYS(mmap), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  held = held && allow(SCMP_SYS(mprotect), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  // glibc's fstat; with any other flag it would name a file.
  held = held && allow(SCMP_SYS(newfstatat), SCMP_A3(SCMP_CMP_EQ, 0x1000 /* AT_EMPTY_PATH */));
  held = held && allow(SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, F_DUPFD_CLOEXEC));
  held = held && allow(SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, F_SETFD));
  held = held && allow(SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, F_GETFL));
  held = held && allow(SCMP_SYS(read), SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(requests)));
  held = held && allow(SCMP_SYS(read), SCMP_A0(SCMP_CMP_GT, static_cast<scmp_datum_t>(answers)));  // fonts
  held = held && allow(SCMP_SYS(write), SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(answers)));
  return held;
}

bool close_seccomp(int requests, int answers) {
  const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
  if (filter == nullptr) return false;
  // A library's last words go nowhere; they are no reason to die.
  const bool held = allow_calls(filter, requests, answers) &&
                    seccomp_rule_add(filter, SCMP_ACT_ERRNO(5), SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, 2)) == 0 &&
                    seccomp_load(filter) == 0;
  seccomp_release(filter);
  return held;
}

}  // namespace

std::optional<std::uint32_t> close_door(int requests, int answers) {
  std::uint32_t held = enter_namespaces();
  drop_capabilities();
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return std::nullopt;
  held |= layer::no_new_privs;
  if (close_landlock()) held |= layer::landlock;
  if (!set_limits()) return std::nullopt;
  held |= layer::rlimits;
  if (!close_seccomp(requests, answers)) return std::nullopt;
  return held | layer::seccomp;
}

}  // namespace qabyl::preview
