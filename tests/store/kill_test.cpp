// SIGKILL at any moment: what a child process has been told is filed is found again, whole and once.
// How: the child files in a loop and writes each id to a pipe after append() has returned (that is
// when a receipt would be shown); the parent kills it, reopens the folder and compares.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>

#include "core/encoding.h"
#include "tests/store/shim_vfs.h"
#include "tests/store/store_rig.h"
#include "tests/support/catch.h"

using namespace qabyl;

namespace {

constexpr int rounds = 60;
constexpr int filings_max = 10'000;
constexpr int points_max = 2'000;
constexpr std::size_t line_bytes = 32 + 1 + 64 + 1;  // id, digest of its document

// One visitor: a draft with a document, saved, filed; every fourth one walks away and drops it.
bool serve(tests::StoreRig& rig, std::uint64_t visitor, std::string& line) {
  const auto draft = rig.draft("04" + std::to_string(1'000'000'000 + visitor));
  auto& store = rig.store();
  if (!store.create_draft(draft, "123456")) return false;
  core::Bytes bytes((1 + visitor % 7) * 20'000);
  rig.random.fill(bytes);
  const auto document = store.keep_document(bytes, draft.id, "a.pdf", "application/pdf");
  if (!document || !store.save_draft(draft)) return false;
  line.clear();
  if (visitor % 4 == 3) return store.drop_draft(draft.id).has_value();
  const auto record = rig.next_record(draft.id, {*document});
  if (!store.append(record, rig.next_receipt(), draft.id)) return false;
  line = draft.id + " " + core::to_hex(document->sha256) + "\n";
  return store.pending(10, 1'000'000).has_value();
}

[[noreturn]] void child(const std::string& folder, std::uint64_t seed, int pipe_end) {
  tests::StoreRig rig(seed, folder);
  rig.clock.now.wall += core::Millis{static_cast<std::int64_t>(seed) * 1000};
  if (!rig.open()) _exit(3);
  std::string line;
  for (int n = 0; n < filings_max; ++n) {
    if (!serve(rig, seed * 1'000'000 + static_cast<std::uint64_t>(n), line)) _exit(4);
    if (!line.empty() && write(pipe_end, line.data(), line.size()) != static_cast<ssize_t>(line.size())) _exit(5);
  }
  _exit(0);
}

// Lets the child run until `lines` filings are acknowledged and `micros` more have passed, then kills
// it; returns everything it said.
std::string run_and_kill(const std::string& folder, std::uint64_t seed, int lines, useconds_t micros) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t pid = fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    close(ends[0]);
    child(folder, seed, ends[1]);
  }
  close(ends[1]);
  std::string said;
  char buffer[4096];
  while (said.size() < static_cast<std::size_t>(lines) * line_bytes) {
    const auto got = read(ends[0], buffer, sizeof buffer);
    REQUIRE(got > 0);  // else the child has ended by itself: its exit code says where
    said.append(buffer, static_cast<std::size_t>(got));
  }
  usleep(micros);
  kill(pid, SIGKILL);
  for (ssize_t got = read(ends[0], buffer, sizeof buffer); got > 0; got = read(ends[0], buffer, sizeof buffer)) {
    said.append(buffer, static_cast<std::size_t>(got));
  }
  int status = 0;
  waitpid(pid, &status, 0);
  close(ends[0]);
  REQUIRE(WIFSIGNALED(status));
  return said;
}

// One visitor in a child that dies instead of the `point`-th write of SQLite; nullopt: it lived.
std::optional<std::string> serve_and_die(const std::string& folder, int point) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t pid = fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    tests::StoreRig rig(static_cast<std::uint64_t>(point), folder);
    rig.vfs = tests::shim_vfs_name;
    tests::shim_vfs().kill_at = point;
    std::string line;
    const bool done = rig.open() && serve(rig, static_cast<std::uint64_t>(point) * 4, line);
    (void)!write(ends[1], line.data(), line.size());
    rig.close();
    _exit(done ? 0 : 4);
  }
  close(ends[1]);
  std::string said(line_bytes, ' ');
  const auto got = read(ends[0], said.data(), said.size());
  close(ends[0]);
  int status = 0;
  waitpid(pid, &status, 0);
  REQUIRE((WIFSIGNALED(status) || WEXITSTATUS(status) == 0));
  said.resize(static_cast<std::size_t>(std::max<ssize_t>(0, got)));
  return WIFSIGNALED(status) ? std::optional(said) : std::nullopt;
}

}  // namespace

TEST_CASE("killed at every single write and flush of the database in one visit, it is whole each time", "[store][kill]") {
  int points = 0;
  for (int point = 1; point < points_max; ++point, ++points) {
    const auto folder = tests::temporary_folder("store-point");
    const auto said = serve_and_die(folder, point);
    tests::StoreRig rig(5000, folder);
    const auto opened = rig.open();
    INFO("point " << point << (opened ? "" : ": " + opened.error().detail));
    REQUIRE(opened);
    REQUIRE(rig.store().verify_chain());
    CHECK(rig.store().head().q <= 1);
    if (said && !said->empty()) CHECK(*rig.store().find_record(said->substr(0, 32)));
    const auto lines = rig.store().queue(10);
    for (const auto& line : *lines) {
      const auto found = rig.store().find_record(line.id);
      REQUIRE(*found);
      CHECK(rig.store().read_document((*found)->record.record.docs.front().sha256, 0, core::document_bytes_max));
      CHECK_FALSE(*rig.store().find_draft("04" + std::to_string(1'000'000'000 + point * 4)));  // filed or still a draft, never both
    }
    const auto next = rig.file("the next visitor");
    CHECK(*rig.store().find_record(next.record.id));
    rig.close();
    tests::remove_folder(folder);
    if (!said) break;
  }
  WARN("points " << points);
  CHECK(points > 20);
}

TEST_CASE("killed at sixty moments, the store has lost nothing that was acknowledged and doubled nothing", "[store][kill]") {
  const auto folder = tests::temporary_folder("store-kill");
  std::vector<std::pair<core::Id, core::Digest>> acknowledged;
  std::int64_t in_journal = 0;
  for (int round = 0; round < rounds; ++round) {
    const auto seed = static_cast<std::uint64_t>(round) + 100;
    const auto said = run_and_kill(folder, seed, round % 4, static_cast<useconds_t>(round * 977 % 9'000));
    for (std::size_t at = 0; at + line_bytes <= said.size(); at += line_bytes) {
      acknowledged.emplace_back(said.substr(at, 32), *core::digest_from_hex(said.substr(at + 33, 64)));
    }
    tests::StoreRig rig(seed + 1000, folder);
    const auto opened = rig.open();
    INFO("round " << round << (opened ? "" : ": " + opened.error().detail));
    REQUIRE(opened);
    REQUIRE(rig.store().verify_chain());
    in_journal = rig.store().head().q;
    const auto filed = static_cast<std::int64_t>(acknowledged.size());
    CHECK(rig.store().head().counter == in_journal);
    // At most the one filing of each round that was cut between commit and word is there unsaid.
    CHECK(in_journal >= filed);
    CHECK(in_journal <= filed + round + 1);
    CHECK(rig.store().queue(1'000'000)->size() == static_cast<std::size_t>(in_journal));
  }
  tests::StoreRig rig(9999, folder);
  REQUIRE(rig.open());
  std::set<std::string> numbers;
  for (const auto& [id, sha256] : acknowledged) {
    const auto found = rig.store().find_record(id);
    REQUIRE(found);
    REQUIRE(*found);
    REQUIRE((*found)->record.record.docs.front().sha256 == sha256);
    const auto bytes = rig.store().read_document(sha256, 0, core::document_bytes_max);
    REQUIRE(bytes);
    CHECK(core::sha256(*bytes) == sha256);
    CHECK(numbers.insert((*found)->receipt.number).second);
  }
  // Every record in the journal has its document, the unsaid ones too.
  const auto lines = rig.store().queue(1'000'000);
  REQUIRE(lines);
  for (const auto& line : *lines) {
    const auto found = rig.store().find_record(line.id);
    REQUIRE(*found);
    CHECK(rig.store().read_document((*found)->record.record.docs.front().sha256, 0, core::document_bytes_max));
  }
  WARN("acknowledged " << acknowledged.size() << ", in the journal " << in_journal);
  rig.close();
  tests::remove_folder(folder);
}
