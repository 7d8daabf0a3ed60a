// An office that lost its newest hours gets them back from its kiosks (protocol.md 11, README "Backups"): leaves from their mirrors, records with
// the very verdicts that were given, documents. The log goes on where it was; nobody's proof is voided, nothing is judged or
// counted twice, and of what nobody holds the place stays (RELIABILITY I3, I4, I8, I9, I10). How: two uplinks over a real office, a backup, more
// work, the backup restored in the office's place.
#include "sync/log/place.h"
#include "sync/registry/backup.h"
#include "sync/registry/refill.h"
#include "sync/registry/returned_records.h"
#include "tests/sync/linked_kiosk.h"

using namespace qabyl;
using namespace qabyl::test;
namespace fs = std::filesystem;
namespace elog = qabyl::sync::log;

namespace {

const std::string paper = "%PDF-1.4 a paper of the restore tests ";

struct Disaster {
  TestOffice office;
  core::Json secrets = office.fill();
  LinkedKiosk first{office, office.enrolment}, second{office, office.add_kiosk("AS-01"), 9};
  std::string safe = office.folder() + "-safe", key = safe + "/backup.key";
  std::string root = core::fingerprint(office.registry->keys.root);

  Disaster() {
    fs::remove_all(safe);
    fs::create_directories(safe);
    REQUIRE(reg::make_backup_key(office.folder(), key, office.random));
    first.shelf.file(first.hand, 1, {paper + "1"});
    first.connect();
    second.shelf.file(second.hand, 101, {paper + "101"});
    second.connect();
    first.talk();
    second.talk();
    REQUIRE(reg::make_backup(office.folder(), safe + "/backup", office.now, office.random));
    office.now += std::chrono::minutes{30};
  }
  ~Disaster() { fs::remove_all(safe); }

  // What is there now is gone, and the backup stands in its place.
  void strike() {
    lost = records();
    newest = office.registry->log.checkpoint();
    office.now += std::chrono::minutes{30};
    office.registry.reset();
    fs::remove_all(office.folder());
    const auto restored = reg::restore_backup({safe + "/backup", office.folder(), key, root}, office.now);
    if (!restored) FAIL(restored.error().detail);
    office.reopen();
  }
  // Of every record of a kiosk: what was proved of it, and where it stands.
  std::string records() {
    return *office.registry->database.text(
        "SELECT group_concat(line, char(10)) FROM (SELECT r.id || ' ' || r.device || r.q || hex(r.digest) || r.outcome || r.verdict || ' ' || coalesce(r.case_seq, '-') || ' ' || l.idx || '/' || l.at || ' ' || r.missing || ' ' || "
        "coalesce((SELECT state FROM cases WHERE id = r.case_id), '-') AS line FROM records r JOIN log_leaves l ON l.record = r.id WHERE r.device <> 'registry' ORDER BY r.id)");
  }
  // Something that only the office did: nobody else will ever know what.
  void act() {
    const auto done = reg::run_group(*office.registry, {[&](core::Instant at) { return office.registry->store.audit("officer", "list.read", "cases", "done", at) ? sync::Response{} : sync::Response{503, {}, {}, {}, false}; }}, office.now);
    REQUIRE(done.front().status == 200);
  }
  std::int64_t lost_leaves() { return *reg::lost_count(*office.registry); }
  core::Status resume(reg::ResumeWord word) {
    auto transaction = core::Transaction::begin(office.registry->database);
    REQUIRE(transaction);
    const auto ended = reg::end_restore(*office.registry, word, office.now);
    if (ended) REQUIRE(transaction->commit());
    return ended;
  }
  elog::Checkpoint signed_by_log(const std::string& note) {
    const auto checkpoint = elog::open_checkpoint(note, office.registry->origin, elog::log_keys(office.registry->keys.keyring));
    if (!checkpoint) FAIL(checkpoint.error().detail);
    return *checkpoint;
  }
  sync::Response give(LinkedKiosk& kiosk, const elog::LogPiece& piece) {
    auto request = kiosk.hand.request("POST", "/v1/log/leaves", core::canonical(elog::to_json(piece)));
    request.set("Content-Type", std::string(sync::json_media_type));
    return office.ask(request);
  }
  // All that this kiosk has mirrored beyond the office, as one piece.
  elog::LogPiece piece_of(LinkedKiosk& kiosk) {
    elog::LogPiece piece;
    piece.from = office.registry->log.size();
    piece.note = kiosk.log.mirrored.note;
    const auto leaves = kiosk.log.leaves_from(piece.from, 10'000);
    for (const auto& leaf : *leaves) piece.leaves.push_back({leaf.record, leaf.at});
    return piece;
  }
  sync::Response give_back(LinkedKiosk& kiosk, const std::vector<core::Id>& ids, const std::function<std::string(std::string)>& made = {}) {
    std::vector<std::string> jws, verdicts;
    for (const auto& one : ids) {
      jws.push_back(kiosk.shelf.find(one).jws);
      verdicts.push_back(made ? made(kiosk.shelf.verdicts[one]) : kiosk.shelf.verdicts[one]);
    }
    auto request = kiosk.hand.request("POST", "/v1/records", sync::encode_batch(jws, verdicts));
    request.set("Content-Type", std::string(sync::json_media_type));
    return office.ask(request);
  }
  std::string problem_of(const sync::Response& response) {
    const auto answers = sync::decode_batch_answers(response.body);
    return answers && answers->front().problem ? answers->front().problem->code : "";
  }
  void no_forks() {
    CHECK(first.log.forks.empty());
    CHECK(second.log.forks.empty());
    CHECK(office.count("SELECT count(*) FROM log_forks") == 0);
    CHECK(office.count("SELECT count(*) FROM audit WHERE action = 'log.fork'") == 0);
  }
  // A receipt that was given before still leads to a tree that this log continues.
  void proves(LinkedKiosk& kiosk, const core::Id& record) {
    const auto& item = kiosk.shelf.find(record);
    const auto verdict = core::open_verdict(kiosk.shelf.verdicts[record], kiosk.hand.keys, record, item.digest);
    REQUIRE((verdict && verdict->log));
    const auto place = elog::check_place(*verdict->log, item.digest, kiosk.hand.keys);
    REQUIRE(place);
    const auto now = signed_by_log(office.registry->log.checkpoint());
    const auto proof = office.registry->log.consistency(place->size, now.size);
    REQUIRE(proof);
    CHECK(elog::verify_consistency(place->size, place->root, now.size, now.root, *proof));
  }

  std::string lost, newest;
};

}  // namespace

TEST_CASE("a kiosk holds the whole tree under each verdict that it holds", "[sync][restore][mirror]") {
  Disaster d;
  for (int n = 2; n < 6; ++n) {
    const auto filed = d.first.shelf.file(d.first.hand, n, {paper + std::to_string(n)});
    d.first.connect();
    REQUIRE(d.first.state(filed) == "accepted");
    const auto& item = d.first.shelf.find(filed);
    const auto verdict = core::open_verdict(d.first.shelf.verdicts[filed], d.first.hand.keys, filed, item.digest);
    REQUIRE((verdict && verdict->log));
    CHECK(d.first.log.mirrored.size >= verdict->log->size);
    CHECK(d.first.log.mirrored.note_size == d.first.log.mirrored.size);
  }
  const auto& mirror = d.first.log.mirrored;
  REQUIRE(mirror.start < mirror.size);
  const auto frontier = elog::Frontier::of(mirror.size, mirror.edge);
  REQUIRE(frontier);
  CHECK(frontier->root() == d.signed_by_log(mirror.note).root);
  const auto leaf = *d.office.registry->database.text("SELECT group_concat(hex(digest) || at) FROM (SELECT * FROM log_leaves WHERE idx >= " + std::to_string(mirror.start) + " AND idx < " + std::to_string(mirror.size) + " ORDER BY idx)");
  std::string mirrored;
  for (const auto& one : d.first.log.leaves) mirrored += (mirrored.empty() ? "" : ",") + [&] {
    std::string hex = core::to_hex(one.record);
    for (char& c : hex) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return hex + std::to_string(one.at.time_since_epoch().count());
  }();
  CHECK(mirrored == leaf);
}

TEST_CASE("what was accepted after the backup comes back from the kiosks: same places, same verdicts, same log", "[sync][restore]") {
  Disaster d;
  const auto one = d.first.shelf.file(d.first.hand, 2, {paper + "2", paper + std::string(300'000, 'x')});
  d.first.connect();
  d.act();
  const auto two = d.second.shelf.file(d.second.hand, 102, {paper + "102"});
  d.second.connect();
  const auto three = d.first.shelf.file(d.first.hand, 3, {paper + "3"});
  d.first.connect();
  REQUIRE((d.first.state(one) == "accepted" && d.second.state(two) == "accepted" && d.first.state(three) == "accepted"));
  d.strike();
  REQUIRE(d.records() != d.lost);
  const auto held = d.signed_by_log(d.newest);
  SECTION("one after the other") {
    d.second.talk();
    d.first.talk();
    d.second.talk();
  }
  SECTION("by turns, each turn a few requests, the registry restarted between") {
    for (int i = 0; i < 40; ++i) {
      (i % 2 == 0 ? d.first : d.second).talk(4);
      if (i % 5 == 0) d.office.reopen();
    }
  }
  CHECK(d.records() == d.lost);
  CHECK(d.signed_by_log(d.office.registry->log.checkpoint()) == held);
  CHECK(d.office.registry->log.ahead().empty());
  for (const auto& document : {paper + "2", paper + std::string(300'000, 'x'), paper + "102", paper + "3"}) CHECK(d.office.registry->read_document(digest(document)));
  const auto left = d.lost_leaves();
  CHECK(left >= 1);
  CHECK(left == d.office.count("SELECT count(*) FROM log_leaves WHERE record LIKE 'lost %'"));
  CHECK(d.resume({{}, left + 1}).error().code == core::ErrorCode::conflict);  // somebody has read the list
  REQUIRE(d.resume({{}, left}));
  d.office.reopen();
  const auto next = d.first.shelf.file(d.first.hand, 4, {paper + "4"});
  d.first.connect();
  CHECK(d.first.state(next) == "accepted");
  d.second.talk();
  CHECK(d.office.registry->log.size() > held.size);
  for (const auto& record : {one, three, next}) d.proves(d.first, record);
  d.proves(d.second, two);
  d.no_forks();
  CHECK(d.office.count("SELECT count(*) FROM (SELECT 1 FROM log_leaves GROUP BY digest HAVING count(*) > 1)") == 0);
}

TEST_CASE("a number that a lost act may have given is never given again", "[sync][restore]") {
  Disaster d;
  REQUIRE(d.office.registry->store.next_number("journal"));
  d.act();
  const auto given = d.office.count("SELECT CAST(value AS INTEGER) FROM facts WHERE name = 'counter.journal'");
  d.first.shelf.file(d.first.hand, 2, {paper + "2"});
  d.first.connect();
  d.strike();
  d.first.talk();
  d.second.talk();
  const auto left = d.lost_leaves();
  REQUIRE(left > 0);
  REQUIRE(d.resume({{}, left}));
  CHECK(*d.office.registry->store.next_number("journal") > given);
}

TEST_CASE("a kiosk that is silent is named, and what it holds comes back later to the places that waited", "[sync][restore]") {
  Disaster d;
  const auto one = d.first.shelf.file(d.first.hand, 2, {paper + "2"});
  d.first.connect();
  const auto two = d.second.shelf.file(d.second.hand, 102, {paper + "102"});
  d.second.connect();
  const auto last = d.first.shelf.file(d.first.hand, 3, {paper + "3"});
  d.first.connect();  // with its verdict it mirrors what the other's record made of the log
  REQUIRE(d.first.state(last) == "accepted");
  CHECK(d.first.log.mirrored.size == d.office.registry->log.size());
  d.strike();
  d.first.talk();
  const auto waiting = d.lost_leaves();
  CHECK(d.resume({{}, waiting}).error().detail.find("AS-01") != std::string::npos);
  REQUIRE(d.resume({{"AS-01"}, waiting}));
  d.office.reopen();
  const auto next = d.first.shelf.file(d.first.hand, 4, {paper + "4"});
  d.first.connect();
  REQUIRE(d.first.state(next) == "accepted");
  const auto size = d.office.count("SELECT count(*) FROM log_leaves WHERE record NOT LIKE 'audit %'");
  d.second.talk();
  CHECK(*d.office.registry->database.text("SELECT verdict FROM records WHERE id = '" + two + "'") == d.second.shelf.verdicts[two]);
  CHECK(d.office.count("SELECT count(*) FROM log_leaves WHERE record NOT LIKE 'audit %'") == size);
  CHECK(d.lost_leaves() == waiting - 1);
  CHECK(d.office.registry->read_document(digest(paper + "102")));
  const auto after = d.second.shelf.file(d.second.hand, 103, {paper + "103"});
  d.second.connect();
  CHECK(d.second.state(after) == "accepted");
  d.proves(d.first, one);
  d.proves(d.second, two);
  d.no_forks();
}

TEST_CASE("false leaves are refused and told, and the right ones of another kiosk still come", "[sync][restore]") {
  Disaster d;
  for (int n = 2; n < 6; ++n) d.first.shelf.file(d.first.hand, n, {paper + std::to_string(n)});
  d.first.connect();
  d.strike();
  const auto size = d.office.registry->log.size();
  const auto right = d.piece_of(d.first);
  REQUIRE(right.leaves.size() > 2);
  auto piece = right;
  SECTION("another digest") {
    piece.leaves[1].record[0] ^= 1;
    CHECK(code_of(d.give(d.second, piece)) == "leaves");
  }
  SECTION("another time") {
    piece.leaves[0].at += core::Millis{1};
    CHECK(code_of(d.give(d.second, piece)) == "leaves");
  }
  SECTION("two changed places") {
    std::swap(piece.leaves[0], piece.leaves[1]);
    CHECK(code_of(d.give(d.second, piece)) == "leaves");
  }
  SECTION("one too many") {
    piece.leaves.push_back(piece.leaves.back());
    CHECK(code_of(d.give(d.second, piece)) == "leaves");
  }
  SECTION("a checkpoint by another key") {
    const auto checkpoint = d.signed_by_log(piece.note);
    piece.note = elog::sign_checkpoint(checkpoint, d.second.hand.key);
    CHECK(code_of(d.give(d.second, piece)) == "log");
  }
  SECTION("half of them, and the rest never") {
    piece.leaves.resize(1);
    const auto answer = d.give(d.second, piece);
    CHECK(*sync::decode_next_leaf(answer.body) == size + 1);
  }
  SECTION("from elsewhere") {
    piece.from += 1;
    CHECK(*sync::decode_next_leaf(d.give(d.second, piece).body) == size);
  }
  CHECK(d.office.registry->log.size() == size);
  CHECK(d.lost_leaves() == 0);
  CHECK(d.office.count("SELECT count(*) FROM log_leaves") == static_cast<std::int64_t>(size));
  CHECK(d.give(d.first, right).status == 200);
  CHECK(d.signed_by_log(d.office.registry->log.checkpoint()).size == size + right.leaves.size());
  CHECK(*sync::decode_next_leaf(d.give(d.second, right).body) == size + right.leaves.size());  // again: it is there
  CHECK(d.lost_leaves() == static_cast<std::int64_t>(right.leaves.size()));
}

TEST_CASE("leaves come in pieces, and an office that lost nothing takes none", "[sync][restore]") {
  Disaster d;
  for (int n = 2; n < 6; ++n) d.first.shelf.file(d.first.hand, n, {paper + std::to_string(n)});
  d.first.connect();
  {
    auto none = d.piece_of(d.first);
    none.from = 0;
    CHECK(code_of(d.give(d.first, none)) == "not-restoring");
  }
  d.strike();
  const auto right = d.piece_of(d.first);
  for (std::size_t i = 0; i < right.leaves.size(); ++i) {
    auto piece = right;
    piece.from += i;
    piece.leaves = {right.leaves[i]};
    CHECK(*sync::decode_next_leaf(d.give(d.first, piece).body) == right.from + i + 1);
  }
  CHECK(d.signed_by_log(d.office.registry->log.checkpoint()) == d.signed_by_log(right.note));
}

TEST_CASE("a verdict that is altered, of another record or of another office brings nothing back", "[sync][restore]") {
  Disaster d;
  const auto one = d.first.shelf.file(d.first.hand, 2, {paper + "2"});
  const auto two = d.first.shelf.file(d.first.hand, 3, {paper + "3"});
  d.first.connect();
  d.strike();
  CHECK(d.problem_of(d.give_back(d.first, {one})) == "log-behind");  // its leaf did not come back yet
  REQUIRE(d.give(d.first, d.piece_of(d.first)).status == 200);
  const auto before = d.office.count("SELECT count(*) FROM records");
  SECTION("a bit") {
    CHECK(d.problem_of(d.give_back(d.first, {one}, [](std::string jws) {
      jws[jws.size() / 2] = jws[jws.size() / 2] == 'A' ? 'B' : 'A';
      return jws;
    })) == "verdict");
  }
  SECTION("of the next record") { CHECK(d.problem_of(d.give_back(d.first, {one}, [&](const std::string&) { return d.first.shelf.verdicts[two]; })) == "verdict"); }
  SECTION("another outcome, by the kiosk's own key") {
    CHECK(d.problem_of(d.give_back(d.first, {one}, [&](const std::string& jws) {
      auto verdict = *core::open_verdict(jws, d.first.hand.keys, one, d.first.shelf.find(one).digest);
      verdict.outcome = core::Outcome::quarantined;
      verdict.reason = "x";
      return core::sign_verdict(verdict, d.first.hand.key);
    })) == "verdict");
  }
  SECTION("the later record first") { CHECK(d.problem_of(d.give_back(d.first, {two})) == "gap"); }
  SECTION("by another kiosk") {
    auto request = d.second.hand.request("POST", "/v1/records", sync::encode_batch({d.first.shelf.find(one).jws}, {d.first.shelf.verdicts[one]}));
    request.set("Content-Type", std::string(sync::json_media_type));
    CHECK(d.problem_of(d.office.ask(request)) == "device-mismatch");
  }
  CHECK(d.office.count("SELECT count(*) FROM records") == before);
  d.first.talk();  // and as it was it is taken
  CHECK(d.records() == d.lost);
}

TEST_CASE("given back twice is there once, and the answer is the verdict of then, byte for byte", "[sync][restore]") {
  Disaster d;
  const auto one = d.first.shelf.file(d.first.hand, 2, {paper + "2"});
  d.first.connect();
  d.strike();
  REQUIRE(d.give(d.first, d.piece_of(d.first)).status == 200);
  const auto waits = d.give_back(d.first, {one});
  CHECK(waits.body == d.give_back(d.first, {one}).body);  // received, its document awaited
  d.first.talk();
  for (int i = 0; i < 2; ++i) {
    const auto answers = sync::decode_batch_answers(d.give_back(d.first, {one}).body);
    REQUIRE((answers && answers->size() == 1));
    CHECK(answers->front().verdict == d.first.shelf.verdicts[one]);
  }
  CHECK(d.records() == d.lost);
}

TEST_CASE("a record whose answer was lost with the office goes to its old leaf, and is judged then", "[sync][restore]") {
  Disaster d;
  const auto one = d.first.shelf.file(d.first.hand, 2, {paper + "2"});
  const auto taken = d.office.ask([&] {
    auto request = d.first.hand.request("PUT", "/v1/records/" + one, d.first.shelf.find(one).jws);
    request.set("Content-Type", std::string(sync::record_media_type));
    return request;
  }());
  REQUIRE(taken.status == 200);  // and the answer was lost
  d.second.shelf.file(d.second.hand, 102, {paper + "102"});
  d.second.connect();  // who mirrors the leaf of it
  d.strike();
  d.second.talk();
  d.first.talk();
  CHECK(d.office.count("SELECT count(*) FROM log_leaves WHERE record = '" + one + "'") == 1);
  CHECK(d.office.count("SELECT count(*) FROM (SELECT 1 FROM log_leaves GROUP BY digest HAVING count(*) > 1)") == 0);
  CHECK(d.first.state(one) != "queued");
}

TEST_CASE("an office whose kiosk holds a checkpoint that no mirror reaches does not resume", "[sync][restore]") {
  Disaster d;
  d.first.shelf.file(d.first.hand, 2, {paper + "2"});
  d.first.connect();
  d.first.log.mirrored.note_size = 0;  // nothing to give
  d.first.log.mirrored.note.clear();
  d.strike();
  d.second.talk();
  auto request = d.first.hand.request("GET", "/v1/time?nonce=8f14e45fceea167a5a36dedd4bea2543");
  request.set(sync::log_header, core::to_base64url(core::as_bytes(d.newest)));
  CHECK(d.office.ask(request).status == 200);
  CHECK(d.office.registry->log.ahead() == d.newest);
  CHECK(d.resume({{}, 0}).error().code == core::ErrorCode::wrong_state);
  d.office.reopen();
  CHECK(d.resume({{"AL-03", "AS-01"}, 0}).error().detail.find("more of the evidence log") != std::string::npos);
  CHECK(d.office.count("SELECT count(*) FROM audit WHERE action = 'log.ahead'") == 1);
  d.no_forks();
}

TEST_CASE("records of two kiosks in one case stand in the order of their old verdicts, whichever comes back first", "[sync][restore]") {
  Disaster d;
  d.strike();
  auto& registry = *d.office.registry;
  const auto of_case = id(900);
  REQUIRE(registry.database.run("INSERT INTO cases(id, kind, device, bureau_bin, title, state, opened_at) VALUES(?, 'inspection', 'registry', '', '', '', 0)", of_case));
  const auto place = [&](int n, std::uint64_t index) {
    reg::ReturnedVerdict returned;
    returned.verdict.id = id(n);
    returned.verdict.at = d.office.now + core::Millis{static_cast<std::int64_t>(index / 10)};  // some of one group
    returned.verdict.log.emplace().index = index;
    returned.jws = "a verdict";
    REQUIRE(registry.database.run("INSERT INTO records(id, device, q, digest, kind, case_id, jws, taken_at, missing, outcome) VALUES(?, 'AL-03', ?, zeroblob(32), 'x', ?, '', 0, 0, 'accepted')", id(n), std::int64_t{n}, of_case));
    REQUIRE(reg::keep_returned(registry, returned));
    CHECK(*reg::place_in_case(registry, *(*registry.store.record(id(n))), core::Record{}, returned));
  };
  place(903, 30);
  place(901, 11);
  place(904, 31);
  place(902, 12);
  place(900, 5);
  CHECK(*registry.database.text("SELECT group_concat(substr(id, -3) || ':' || case_seq) FROM (SELECT * FROM records WHERE case_id = '" + of_case + "' ORDER BY case_seq)") ==
        *registry.database.text("SELECT group_concat(substr(id, -3) || ':' || n) FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM records WHERE case_id = '" + of_case + "')"));
  core::Record on_a_lost_act;
  on_a_lost_act.base = id(999);
  CHECK_FALSE(*reg::place_in_case(registry, *(*registry.store.record(id(900))), on_a_lost_act, {}));
  reg::RecordRow elsewhere = *(*registry.store.record(id(900)));
  elsewhere.case_id = id(998);
  CHECK_FALSE(*reg::place_in_case(registry, elsewhere, core::Record{}, {}));
}
