// What stands between a hostile document and the machine: deeds behind the closed door, the limits of a
// live worker, and a hostile worker's frames (RELIABILITY K4, F9).
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/sys/clock.h"
#include "tests/kiosk/preview_files.h"
#include "tests/support/catch.h"
#include "tests/support/clocks.h"
#include "tests/support/places.h"

using namespace qabyl;
using namespace qabyl::tests;
using preview::PreviewProblem;

namespace {

struct Fate { int signal = 0, code = 0; std::string said; };

// Runs the test program that tries `deed` behind the product's door.
Fate escape_by(const std::string& deed) {
  const std::string program = qabyl::test::in_build("/bin/qabyl-preview-escape");
  int answers[2];
  REQUIRE(::pipe(answers) == 0);
  const pid_t pid = ::fork();
  if (pid == 0) {
    const int nothing = ::fcntl(::open("/dev/null", O_RDONLY), F_DUPFD, 20), out = ::fcntl(answers[1], F_DUPFD, 20);
    ::dup2(nothing, 3);
    ::dup2(out, 4);
    ::execl(program.c_str(), "escape", deed.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(answers[1]);
  Fate fate;
  char said[64];
  for (ssize_t got; (got = ::read(answers[0], said, sizeof said)) > 0;) fate.said.append(said, static_cast<std::size_t>(got));
  ::close(answers[0]);
  int status = 0;
  ::waitpid(pid, &status, 0);
  if (WIFSIGNALED(status)) fate.signal = WTERMSIG(status);
  else fate.code = WEXITSTATUS(status);
  return fate;
}

std::string proc_text(pid_t pid, const char* file) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/" + file);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Each reading is later than the deadline that the one before set: nobody waits.
class HastyClock final : public core::Clock {
 public:
  core::ClockReading read() override {
    clock_.pass(std::chrono::seconds{11});
    return clock_.read();
  }

 private:
  FakeClock clock_;
};

// A program that stands in for a hostile worker.
std::string script(const std::string& name, const std::string& body) {
  const std::string path = qabyl::test::in_build("/preview-") + name + ".sh";
  std::ofstream(path) << "#!/bin/sh\n" << body << "\n";
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  return path;
}

std::string octal(const preview::Answer& answer) {
  std::string text;
  for (const std::uint8_t byte : preview::encode(answer)) {
    char digits[8];
    std::snprintf(digits, sizeof digits, "\\%03o", static_cast<unsigned>(byte));
    text += digits;
  }
  return "printf '" + text + "' >&4\n";
}

}  // namespace

TEST_CASE("whoever tries to leave the sandbox dies before he can say so", "[kiosk][preview][sandbox]") {
  const auto quiet = escape_by("nothing");
  REQUIRE(quiet.code == 0);
  REQUIRE(quiet.said == "escaped");  // the measure itself works
  for (const char* deed : {"open", "old-open", "open-for-writing", "openat2", "io-uring", "look", "socket", "unix-socket", "exec", "fork",
                           "clone", "ptrace", "kill", "write-elsewhere", "unlink", "run-memory", "unshare", "raise-limit", "other-door"}) {
    INFO(deed);
    const auto fate = escape_by(deed);
    CHECK(fate.signal == SIGSYS);
    CHECK(fate.said.empty());
  }
  CHECK_FALSE(std::filesystem::exists("/tmp/qabyl-escape"));
}

TEST_CASE("more than half a GiB of memory is refused", "[kiosk][preview][sandbox]") {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  WARN("the address space is not limited under a sanitizer");
#else
  CHECK(escape_by("much-memory").said == "refusedescaped");
#endif
}

TEST_CASE("a live worker has its limits, one thread, no powers and its own namespaces", "[kiosk][preview][sandbox]") {
  core::sys::SystemClock clock;
  preview::PreviewWorker worker(preview_program(), clock);
  const auto bytes = make_pdf({});
  REQUIRE(worker.open(preview::source_of(bytes), 200).problem == PreviewProblem::none);
  const std::string limits = proc_text(worker.pid(), "limits"), status = proc_text(worker.pid(), "status");
  CHECK(limits.find("Max cpu time              10                   11") != limits.npos);
  CHECK(limits.find("Max file size             0                    0") != limits.npos);
  CHECK(limits.find("Max core file size        0                    0") != limits.npos);
  CHECK(status.find("Seccomp:\t2") != status.npos);
  CHECK(status.find("NoNewPrivs:\t1") != status.npos);
  CHECK(status.find("CapEff:\t0000000000000000") != status.npos);
  CHECK(status.find("CapBnd:\t0000000000000000") != status.npos);
  CHECK(status.find("Threads:\t1") != status.npos);
  constexpr auto must = preview::layer::seccomp | preview::layer::rlimits | preview::layer::no_new_privs;
  CHECK((worker.layers() & must) == must);
  constexpr auto may = preview::layer::user_namespace | preview::layer::net_namespace | preview::layer::ipc_namespace |
                       preview::layer::empty_root | preview::layer::landlock;
  if ((worker.layers() & may) != may) WARN("this kernel refuses some layers of the sandbox: " << worker.layers() << " of " << (must | may));
}

TEST_CASE("frames of any bytes are decoded within the limits or not at all", "[kiosk][preview][fuzz]") {
  FakeRandom random;
  int sound = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::array<std::uint8_t, preview::answer_bytes> frame{};
    random.fill(frame);
    std::memcpy(frame.data(), "QPV1", 4);
    const auto narrow = [&](std::size_t at, std::uint32_t below) { preview::detail::put(&frame[at], preview::detail::get(&frame[at]) % below); };
    const bool wild = frame[31] % 8 == 0;
    narrow(4, wild ? 100 : 5);  // kind
    narrow(8, wild ? 100 : 6);  // failure
    for (std::size_t at = 12; at < 28; at += 4) narrow(at, wild ? 0xffffffff : 1U << (1 + frame[at] % 16));
    if (frame[30] % 4 != 0) {   // and mostly a length that agrees
      const auto a = preview::detail::get(&frame[12]), b = preview::detail::get(&frame[16]), c = preview::detail::get(&frame[20]);
      preview::detail::put(&frame[28], frame[4] == 2 ? a * 8 : frame[4] == 3 ? b * c * 4 : 0);
    }
    const auto answer = preview::decode_answer(frame);
    if (!answer) continue;
    ++sound;
    REQUIRE(preview::encode(*answer) == frame);
    REQUIRE(answer->bytes <= std::uint64_t{preview::page_pixels_max} * 4);
    if (answer->kind == preview::Kind::page) REQUIRE(std::uint64_t{answer->b} * answer->c * 4 == answer->bytes);
  }
  CHECK(sound > 1000);
}

TEST_CASE("a hostile worker's figures are refused, whatever it claims", "[kiosk][preview][fuzz]") {
  core::sys::SystemClock clock;
  const auto bytes = make_pdf({});
  const std::string hello = octal({.kind = preview::Kind::hello, .a = preview::protocol_version});
  const std::string info = octal({.kind = preview::Kind::info, .a = 1, .bytes = 8}) + "printf '12345678' >&4\n";
  const std::string stay = "cat <&3 >/dev/null\n";
  const auto reason = [&](const char* name, const std::string& body) {
    preview::PreviewWorker worker(script(name, body), clock);
    return worker.open(preview::source_of(bytes), 200).problem;
  };
  CHECK(reason("strange", octal({.kind = preview::Kind::hello, .a = preview::protocol_version, .c = 1'000'000})) == PreviewProblem::unavailable);
  CHECK(reason("garbage", "head -c 100 /dev/zero >&4") == PreviewProblem::unavailable);
  CHECK(reason("wide", hello + info + octal({.kind = preview::Kind::page, .a = 1, .b = 400, .c = 10, .bytes = 16'000}) + stay) == PreviewProblem::unreadable);
  CHECK(reason("lies", hello + info + octal({.kind = preview::Kind::page, .a = 1, .b = 100, .c = 10, .bytes = 4'001}) + stay) == PreviewProblem::unreadable);
  CHECK(reason("many", hello + octal({.kind = preview::Kind::info, .a = 301, .bytes = 2408}) + stay) == PreviewProblem::unreadable);
  CHECK(reason("other", hello + info + octal({.kind = preview::Kind::page, .a = 2, .b = 1, .c = 1, .bytes = 4}) + stay) == PreviewProblem::unreadable);
  CHECK(reason("short", hello + info + octal({.kind = preview::Kind::page, .a = 1, .b = 100, .c = 10, .bytes = 4'000}) + "printf x >&4") == PreviewProblem::unreadable);
}

TEST_CASE("codes that a hostile worker claims are refused unless every length agrees", "[kiosk][preview][fuzz]") {
  core::sys::SystemClock clock;
  const auto bytes = make_pdf({});
  const std::string begun = octal({.kind = preview::Kind::hello, .a = preview::protocol_version}) + octal({.kind = preview::Kind::info, .a = 1, .bytes = 8}) +
                            "printf '12345678' >&4\n" + octal({.kind = preview::Kind::page, .a = 1, .b = 1, .c = 1, .bytes = 4}) + "printf 'rgba' >&4\n";
  const auto codes = [&](const char* name, std::uint32_t page, std::uint32_t count, std::uint32_t size, const char* body) {
    preview::PreviewWorker worker(script(name, begun + octal({.kind = preview::Kind::codes, .a = page, .b = count, .bytes = size}) + "printf '" + body + "' >&4\ncat <&3 >/dev/null\n"), clock);
    REQUIRE(worker.open(preview::source_of(bytes), 200).problem == PreviewProblem::none);
    return worker.codes(1, 200);
  };
  const auto good = codes("codes", 1, 2, 11, "\\003\\000\\000\\000abc\\000\\000\\000\\000");
  CHECK(good.problem == PreviewProblem::none);
  CHECK(good.texts == std::vector<std::string>{"abc", ""});
  CHECK(codes("longer", 1, 1, 7, "\\004\\000\\000\\000abc").problem == PreviewProblem::unreadable);
  CHECK(codes("left-over", 1, 1, 8, "\\003\\000\\000\\000abcd").problem == PreviewProblem::unreadable);
  CHECK(codes("fewer", 1, 2, 7, "\\003\\000\\000\\000abc").problem == PreviewProblem::unreadable);
  CHECK(codes("huge", 1, 1, 7, "\\377\\377\\377\\377abc").problem == PreviewProblem::unreadable);
  CHECK(codes("many-codes", 1, 33, 0, "").problem == PreviewProblem::unreadable);
  CHECK(codes("other-page", 2, 0, 0, "").problem == PreviewProblem::unreadable);
}

TEST_CASE("a worker that says nothing is given up at the deadline", "[kiosk][preview]") {
  HastyClock clock;
  preview::PreviewWorker worker(script("silent", "exec sleep 60"), clock);
  CHECK(worker.open(preview::source_of(make_pdf({})), 200).problem == PreviewProblem::timeout);
}
