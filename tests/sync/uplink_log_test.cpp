// The kiosk as a witness (issue 4, line 7): what it holds against what, when it cries fork and when it does not, and that
// nothing else waits for it. How: uplink_rig.h; the test plays the registry and its log.
#include "sync/log/fork_file.h"
#include "sync/log/leaf.h"
#include "sync/log/place.h"
#include "tests/sync/wire_line.h"

using namespace qabyl;
using namespace std::chrono_literals;
namespace elog = qabyl::sync::log;

namespace {

struct Witness : test::Line {
  Witness() : test::Line(true) {}
  elog::Tree tree;

  void grow(int leaves, std::uint8_t seed = 1) {
    for (int i = 0; i < leaves; ++i) tree.append(elog::hash_leaf(core::Bytes{seed, static_cast<std::uint8_t>(tree.size())}));
  }
  elog::Checkpoint checkpoint(std::uint64_t size) { return {"qabyl.example", size, *elog::root_of(tree, size)}; }
  std::string note(std::uint64_t size) { return elog::sign_checkpoint(checkpoint(size), log_key); }
  std::string forged_note(std::uint64_t size) { return elog::sign_checkpoint({"qabyl.example", size, core::sha256(core::as_bytes("other"))}, log_key); }
  std::string proof(std::uint64_t from, std::uint64_t to) { return sync::encode_consistency(*elog::consistency_proof(tree, from, to)); }
  const std::string& path() const {
    REQUIRE(transport.asked);
    return transport.asked->path;
  }
  elog::Note told() const {  // what the request says of the log, with the kiosk's own signature
    for (const auto& [name, value] : transport.asked->headers) {
      if (name == sync::log_header) return *elog::parse_note(core::as_text(*core::from_base64url(value)));
    }
    return {};
  }
  bool tells(std::uint64_t size) {
    const auto note = told();
    return note.text == elog::checkpoint_text(checkpoint(size)) && elog::verify_note(note, {"qabyl.example", log_key.verify_key}) &&
           elog::verify_cosignature(note, {"qabyl.example/AL-03", record_key.verify_key, elog::NoteAlgorithm::cosignature_v1});
  }
  // The next look at the published log shows this.
  void show(int status, const std::string& body) {
    settle_time();
    REQUIRE(path() == "/v1/log/checkpoint");
    answer(status, body);
  }
  // Ten minutes later, with nothing else to do meanwhile.
  void later(core::Millis time = sync::log_interval) {
    if (path().starts_with("/v1/feed")) settle_feed();
    clock.pass(time);
    uplink.tick();
  }
  void hold(std::uint64_t size) {
    show(200, note(size));
    REQUIRE(log.newest == note(size));
  }
  // A question whose answer is given until it counts; what is to do between is nothing.
  void insist(int status, const std::string& body) {
    REQUIRE(path().starts_with("/v1/log/consistency"));
    const auto question = path();
    for (const auto wait : sync::log_doubt_waits) {
      answer(status, body);
      CHECK(log.forks.empty());
      CHECK(uplink.link().alarm.empty());
      CHECK(log.unchecked.size() == 1);  // neither trusted nor condemned
      later(wait - sync::feed_interval);
      if (transport.asked) settle_feed();  // not the question yet
      clock.pass(sync::feed_interval);
      uplink.tick();
      REQUIRE(path() == question);
    }
    answer(status, body);
  }
  std::string not_there() { return core::canonical(sync::to_json(sync::Problem{404, "not-found", "no such sizes of the log", {}, {}})); }
};

elog::ForkFile evidence(const Witness& at) {
  REQUIRE(at.log.forks.size() == 1);
  const auto file = elog::parse_fork_file(at.log.forks[0].evidence);
  REQUIRE(file);
  CHECK(elog::check_fork(*file, "qabyl.example", {at.log_key.verify_key}));
  CHECK(file->witness == "AL-03");
  return *file;
}

}  // namespace

TEST_CASE("the first checkpoint is held, and every later request names it", "[sync][uplink][witness]") {
  Witness at;
  at.grow(5);
  at.hold(5);
  CHECK(at.path().starts_with("/v1/feed"));
  CHECK(at.tells(5));
}

TEST_CASE("a larger log is held once its consistency is proved; a smaller one that agrees is sound", "[sync][uplink][witness]") {
  Witness at;
  at.grow(21);
  at.hold(13);
  at.later();
  at.show(200, at.note(21));
  CHECK(at.path() == "/v1/log/consistency?from=13&to=21");
  at.answer(200, at.proof(13, 21));
  CHECK(at.log.newest == at.note(21));
  at.later();
  at.show(200, at.note(8));
  CHECK(at.path() == "/v1/log/consistency?from=8&to=21");
  at.answer(200, at.proof(8, 21));
  CHECK(at.log.newest == at.note(21));
  CHECK(at.log.words.at(at.note(8)) == core::NoteWord::sound);
  CHECK(at.log.forks.empty());
  CHECK(at.tells(21));
}

TEST_CASE("a checkpoint in a verdict is held against the others too, whatever else is served", "[sync][uplink][witness]") {
  Witness at;
  at.grow(4);
  at.hold(4);
  const auto id = at.file();
  at.uplink.work_arrived();
  at.settle_feed();
  at.grow(1, 9);
  core::Verdict word;
  word.id = id;
  word.digest = at.outbox.find(id).digest;
  word.outcome = core::Outcome::accepted;
  word.at = at.clock.now.wall;
  word.log = core::LogPlace{4, 5, word.at, *elog::inclusion_proof(at.tree, 4, 5), at.note(5)};
  REQUIRE(at.path() == "/v1/records");
  at.log.unchecked.push_back(at.note(5));  // the store takes it out of the verdict
  at.answer(200, sync::encode(std::vector<sync::BatchAnswer>{{id, core::sign_verdict(word, at.acceptance), {}}}));
  CHECK(at.outbox.find(id).state == core::SendState::accepted);
  CHECK(at.uplink.link().alarm == "log.misplaced " + id);  // that leaf is not this record's
  CHECK(at.path() == "/v1/log/consistency?from=4&to=5");
}

TEST_CASE("row 52: two roots of one size are a fork that both notes prove, and everything else goes on", "[sync][uplink][witness][abuse]") {
  Witness at;
  test::KioskLine wire(at);
  at.grow(7);
  at.hold(7);
  at.later();
  const auto id = at.file();
  at.show(200, at.forged_note(7));
  CHECK(at.uplink.link().alarm == "log.fork root");
  const auto file = evidence(at);
  CHECK(file.held == at.note(7));
  CHECK(file.shown == at.forged_note(7));
  CHECK(at.log.newest == at.note(7));
  at.uplink.tick();
  REQUIRE(at.path() == "/v1/log/forks");  // the office is told, before anything else that it may forget
  CHECK(core::as_text(at.transport.asked->body) == at.log.forks[0].evidence);
  at.answer(204, "");
  CHECK(at.log.reported == 1);
  CHECK(at.path() == "/v1/records");
  CHECK(at.tells(7));
  at.answer(200, at.batch_answer(id, core::Outcome::accepted));
  CHECK(at.outbox.find(id).state == core::SendState::accepted);
}

TEST_CASE("row 52: a proof that does not lead from one tree to the other is a fork", "[sync][uplink][witness][abuse]") {
  Witness at;
  test::KioskLine wire(at);
  at.grow(7);
  at.hold(7);
  at.tree = {};
  at.grow(12, 200);  // another log under the same key
  at.later();
  at.show(200, at.note(12));
  at.insist(200, at.proof(7, 12));
  const auto file = evidence(at);
  CHECK(file.kind == elog::ForkKind::proof);
  CHECK(at.log.forks[0].held_size == 7);
  CHECK(at.log.forks[0].shown_size == 12);
}

TEST_CASE("row 52: a registry that no longer has the tree that it signed is a fork, and so is a smaller tree", "[sync][uplink][witness][abuse]") {
  Witness at;
  test::KioskLine wire(at);
  at.grow(9);
  at.hold(9);
  at.later();
  at.show(200, at.note(6));
  CHECK(at.path() == "/v1/log/consistency?from=6&to=9");
  at.insist(404, at.not_there());
  CHECK(evidence(at).kind == elog::ForkKind::gone);
  CHECK(at.log.newest == at.note(9));
}

TEST_CASE("what is unreachable, garbled or nobody's word is no fork, holds up nothing, and is asked again", "[sync][uplink][witness]") {
  Witness at;
  at.grow(9);
  at.hold(4);
  at.later();
  at.show(200, at.note(9));
  const auto id = at.file();
  REQUIRE(at.path() == "/v1/log/consistency?from=4&to=9");
  SECTION("a page") { at.answer(200, "<html>hotel</html>"); }
  SECTION("too many hashes") { at.answer(200, sync::encode_consistency(elog::Hashes(65))); }
  SECTION("trouble") { at.answer(503, "busy"); }
  SECTION("another 404") { at.answer(404, "not here"); }
  SECTION("nothing") {
    at.transport.answer(sync::NoAnswer{"timeout"});
    at.uplink.tick();
    at.clock.pass(sync::backoff_first);
    at.uplink.tick();
  }
  CHECK(at.log.forks.empty());
  CHECK(at.path() == "/v1/records");
  at.answer(200, at.batch_answer(id, core::Outcome::accepted));
  at.later(sync::aside_for);
  at.settle_time();
  CHECK(at.path() == "/v1/log/consistency?from=4&to=9");
  at.answer(200, at.proof(4, 9));
  CHECK(at.log.newest == at.note(9));
}

TEST_CASE("a flipped bit in a proof is no fork: it is asked for again, and nothing is trusted before it fits", "[sync][uplink][witness]") {
  Witness at;
  at.grow(9);
  at.hold(4);
  at.later();
  at.show(200, at.note(9));
  auto hashes = *elog::consistency_proof(at.tree, 4, 9);
  hashes[0][0] ^= 1;
  const int wrong = GENERATE(1, 2, 3);
  for (int i = 0; i < wrong; ++i) {
    REQUIRE(at.path() == "/v1/log/consistency?from=4&to=9");
    i == 1 ? at.answer(404, at.not_there()) : at.answer(200, sync::encode_consistency(hashes));  // nobody has signed that either
    CHECK(at.tells(4));
    at.later(sync::log_doubt_waits[static_cast<std::size_t>(i)]);
  }
  REQUIRE(at.path() == "/v1/log/consistency?from=4&to=9");
  at.answer(200, at.proof(4, 9));
  CHECK(at.log.newest == at.note(9));
  CHECK(at.log.forks.empty());
  CHECK(at.uplink.link().alarm.empty());
}

TEST_CASE("a published log that is missing, garbled or signed by a stranger is no fork", "[sync][uplink][witness]") {
  Witness at;
  at.grow(9);
  at.hold(4);
  at.later();
  SECTION("missing") { at.show(404, at.not_there()); }
  SECTION("trouble") { at.show(500, ""); }
  SECTION("a page") { at.show(200, "<html>hotel</html>"); }
  SECTION("a stranger's") { at.show(200, elog::sign_checkpoint(at.checkpoint(2), at.acceptance)); }
  SECTION("another log's") { at.show(200, elog::sign_checkpoint({"other.example", 2, at.checkpoint(2).root}, at.log_key)); }
  SECTION("a bit of the signature") {
    auto bent = at.note(9);
    bent[bent.size() - 20] = bent[bent.size() - 20] == 'A' ? 'B' : 'A';
    at.show(200, bent);
  }
  CHECK(at.log.forks.empty());
  CHECK(at.log.unchecked.empty());
  CHECK(at.path().starts_with("/v1/feed"));
}

TEST_CASE("cosignatures of witnesses come and go; the log's own words are held", "[sync][uplink][witness]") {
  Witness at;
  at.grow(3);
  auto cosigned = *elog::parse_note(at.note(3));
  cosigned.signatures.push_back(elog::cosign(cosigned.text, "witness.example/w1", at.acceptance, 1'795'000'000));
  at.show(200, elog::write_note(cosigned));
  CHECK(at.log.newest == at.note(3));
}

TEST_CASE("a registry that knows that it is behind is shown as that, and the kiosk looks at once at what it shows", "[sync][uplink][witness]") {
  Witness at;
  at.grow(9);
  at.hold(9);
  at.file();
  at.uplink.work_arrived();
  at.settle_feed();
  REQUIRE(at.path() == "/v1/records");
  at.answer(503, core::canonical(sync::to_json(sync::Problem{503, "log-behind", "an older copy", {}, {}})));
  CHECK(at.uplink.link().cause == "log");
  at.clock.pass(sync::backoff_first);
  at.uplink.tick();
  CHECK(at.path() == "/v1/log/checkpoint");
}

TEST_CASE("a report that is not taken holds up nothing and is made again; one that is refused is not", "[sync][uplink][witness]") {
  Witness at;
  at.grow(7);
  at.hold(7);
  at.later();
  at.show(200, at.forged_note(7));
  at.uplink.tick();
  REQUIRE(at.path() == "/v1/log/forks");
  SECTION("not taken") {
    at.answer(503, "");
    CHECK(at.path().starts_with("/v1/feed"));
    at.later(sync::aside_for);
    at.settle_time();
    REQUIRE(at.path() == "/v1/log/forks");
    at.answer(204, "");
    CHECK(at.log.reported == 1);
  }
  SECTION("refused") {
    at.answer(400, "");
    CHECK(at.path().starts_with("/v1/feed"));
    CHECK(at.log.reported == 1);
  }
  CHECK(at.log.forks.size() == 1);
}

TEST_CASE("what is held is signed anew when it is seen to stand", "[sync][uplink][witness]") {
  Witness at;
  at.grow(5);
  at.hold(5);
  const elog::NoteKey own{"qabyl.example/AL-03", at.record_key.verify_key, elog::NoteAlgorithm::cosignature_v1};
  const auto first = elog::verify_cosignature(at.told(), own)->unix_s;
  at.later();
  at.show(200, at.note(5));
  CHECK(elog::verify_cosignature(at.told(), own)->unix_s == first + sync::log_interval.count() / 1000);
}
