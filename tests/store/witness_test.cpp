// What a kiosk's store remembers as a witness of the evidence log (issue 4, line 7).
#include <filesystem>

#include "core/encoding.h"
#include "tests/store/store_rig.h"
#include "tests/support/catch.h"

using namespace qabyl;
using core::NoteWord;
using core::Outcome;

namespace {

core::LogFork some_fork(int n) {
  return {"root", 4, static_cast<std::uint64_t>(n), core::Instant(core::Millis(1'795'000'000'000 + n)), "{\"n\":" + std::to_string(n) + "}"};
}

}  // namespace

TEST_CASE("a verdict brings its checkpoint, once, and it waits until something is said of it", "[store][witness]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  for (const auto* text : {"a", "b"}) {
    auto verdict = rig.verdict(rig.file(text), Outcome::accepted);
    verdict.log = core::LogPlace{0, 2, verdict.at, {}, "the note of both"};
    REQUIRE(rig.store().keep_verdict(verdict, "jws"));
  }
  REQUIRE(rig.store().keep_checkpoint("the note of the published log"));
  REQUIRE(rig.open());
  CHECK(*rig.store().unchecked_checkpoints(10) == std::vector<std::string>{"the note of both", "the note of the published log"});
  CHECK(rig.store().unchecked_checkpoints(1)->size() == 1);
  CHECK(rig.store().newest_checkpoint()->empty());
}

TEST_CASE("what is held survives restarts, and a note that is known is not asked about again", "[store][witness]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  for (const auto* note : {"first", "second", "nobody's"}) REQUIRE(rig.store().keep_checkpoint(note));
  REQUIRE(rig.store().judge_checkpoint("first", NoteWord::newest));
  REQUIRE(rig.store().judge_checkpoint("second", NoteWord::sound));
  REQUIRE(rig.store().judge_checkpoint("nobody's", NoteWord::foreign));
  REQUIRE(rig.open());
  CHECK(*rig.store().newest_checkpoint() == "first");
  for (const auto* note : {"first", "second", "nobody's"}) REQUIRE(rig.store().keep_checkpoint(note));
  CHECK(rig.store().unchecked_checkpoints(10)->empty());
}

TEST_CASE("a fork is kept over restarts with its evidence, also as a file; what was held stays held", "[store][witness]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  REQUIRE(rig.store().keep_checkpoint("held"));
  REQUIRE(rig.store().judge_checkpoint("held", NoteWord::newest));
  REQUIRE(rig.store().keep_checkpoint("shown"));
  const auto fork = some_fork(1);
  REQUIRE(rig.store().keep_fork("shown", fork));
  REQUIRE(rig.open());
  const auto forks = *rig.store().forks(10);
  REQUIRE(forks.size() == 1);
  CHECK(forks[0].why == "root");
  CHECK(forks[0].held_size == 4);
  CHECK(forks[0].shown_size == 1);
  CHECK(forks[0].at == fork.at);
  CHECK(forks[0].evidence == fork.evidence);
  CHECK(*rig.store().newest_checkpoint() == "held");
  CHECK(rig.store().unchecked_checkpoints(10)->empty());
  const auto name = core::to_hex(core::sha256(core::as_bytes(fork.evidence))).substr(0, 16);
  const auto file = tests::read_all(rig.folder + "/log-forks/" + name + ".json");
  CHECK(core::as_text(file) == fork.evidence);
}

TEST_CASE("a log that forks for ever fills no disk", "[store][witness]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  for (int n = 0; n < 103; ++n) {
    const auto note = "shown " + std::to_string(n);
    REQUIRE(rig.store().keep_checkpoint(note));
    REQUIRE(rig.store().keep_fork(note, some_fork(n)));
  }
  CHECK(rig.store().forks(1000)->size() == 100);
  CHECK(rig.store().forks(3)->size() == 3);
  CHECK(rig.store().unchecked_checkpoints(10)->empty());
  CHECK(std::distance(std::filesystem::directory_iterator(rig.folder + "/log-forks"), {}) == 100);
}

TEST_CASE("a fork is reported once, over restarts", "[store][witness]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  for (int n : {1, 2}) REQUIRE(rig.store().keep_fork("shown", some_fork(n)));
  CHECK(*rig.store().unreported_fork() == some_fork(1).evidence);
  REQUIRE(rig.store().fork_reported(some_fork(1).evidence));
  REQUIRE(rig.open());
  CHECK(*rig.store().unreported_fork() == some_fork(2).evidence);
  REQUIRE(rig.store().fork_reported(some_fork(2).evidence));
  CHECK(rig.store().unreported_fork()->empty());
  CHECK(rig.store().forks(10)->size() == 2);
}

TEST_CASE("the mirror of the log is kept in one commit with its edge, survives restarts, and lets its oldest leaves go", "[store][witness][mirror]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  CHECK(rig.store().mirror()->size == 0);
  const auto leaf = [](std::uint64_t n) { return core::LogLeaf{core::sha256(core::as_bytes(std::to_string(n))), core::Instant(core::Millis(1'795'000'000'000 + static_cast<std::int64_t>(n)))}; };
  const std::uint64_t start = 7;
  REQUIRE(rig.store().keep_leaves({start, start, {core::sha256({}), core::sha256({}), core::sha256({})}, "note of 7", start}, {}));
  REQUIRE(rig.store().keep_leaves({start, start + 3, {core::sha256({}), core::sha256({})}, "note of 10", start + 3}, {leaf(7), leaf(8), leaf(9)}));
  REQUIRE(rig.open());
  const auto mirror = *rig.store().mirror();
  CHECK(mirror.start == start);
  CHECK(mirror.size == start + 3);
  CHECK(mirror.edge.size() == 2);
  CHECK(mirror.note == "note of 10");
  CHECK(mirror.note_size == start + 3);
  CHECK(*rig.store().leaves_from(8, 10) == std::vector<core::LogLeaf>{leaf(8), leaf(9)});
  CHECK(*rig.store().leaves_from(0, 1) == std::vector<core::LogLeaf>{leaf(7)});
  CHECK(rig.store().leaves_from(start + 3, 10)->empty());
  auto far = mirror;  // as after so many more
  far.size = start + core::mirrored_leaves_max + 2;
  REQUIRE(rig.store().keep_leaves(far, {leaf(1), leaf(2)}));
  CHECK(rig.store().mirror()->start == start + 2);
  CHECK(rig.store().leaves_from(0, 10)->front() == leaf(9));
}
