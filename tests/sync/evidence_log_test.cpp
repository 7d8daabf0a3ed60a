// The evidence log of the registry (issue 4, line 1; I4, I9-I11): one leaf a record in the record's own transaction, a
// signed proof in every verdict, files that anybody may read and that hold no name, and a registry that was set back.
#include <fstream>

#include "sync/log/audit_file.h"
#include "sync/log/leaf.h"
#include "sync/log/registry_receipt.h"
#include "sync/registry/feed_out.h"
#include "sync/registry/people.h"
#include "sync/verify/receipt_check.h"
#include "tests/sync/bureau_hand.h"

using namespace qabyl;
using namespace qabyl::test;
namespace fs = std::filesystem;
namespace elog = qabyl::sync::log;

namespace {

core::SignedRecord odd_record(const TestKiosk& kiosk, int n) {
  auto made = record("nothing.known", n, id(n), core::Json::Object{{"x", n}}, kiosk.device);
  made.actor.role = "applicant";
  return kiosk.next(std::move(made));
}

struct Counter {
  TestOffice office;
  TestKiosk kiosk{office, office.add_kiosk("AL-03")};
  std::uint64_t begun = office.registry->log.size();  // acts: the kiosk was entered and enrolled
  int n = 0;

  core::Verdict file() {
    const auto odd = odd_record(kiosk, ++n);
    return kiosk.verdict(kiosk.put(odd), odd);
  }
  // The registry's word once the one document of this filing, which it has taken, is there.
  core::Verdict accept(const core::SignedRecord& filing) {
    REQUIRE(office.registry->store.mark_here(filing.record.id, 0));
    auto registry_now = office.now + core::Millis(1000);
    const auto settled = reg::run_group(*office.registry, {[&](core::Instant now) { return reg::settle(*office.registry, filing.record.id, now) ? sync::Response{} : sync::Response{503, {}, {}, {}, false}; }}, registry_now);
    REQUIRE(settled.front().status == 200);
    return kiosk.verdict(office.ask(kiosk.request("GET", "/v1/records/" + filing.record.id)), filing);
  }
  // A request that says which checkpoint the kiosk holds.
  sync::Response ask_holding(const std::string& note, sync::Request request) {
    request.set(sync::log_header, core::to_base64url(core::as_bytes(note)));
    return office.ask(request);
  }
  sync::Response time_holding(const std::string& note) { return ask_holding(note, kiosk.request("GET", "/v1/time?nonce=8f14e45fceea167a5a36dedd4bea2543")); }
  void publish() { REQUIRE(office.registry->log_files.publish(office.registry->log)); }
  std::string read(const std::string& path) const { return file_text(office.folder() + "/log/" + path); }
};

// The office's database (and perhaps its log files) as they were, for somebody who sets them back.
class Copy {
 public:
  Copy(TestOffice& office, bool files) : office_(office), files_(files), folder_(office.folder() + "-copy") {
    fs::remove_all(folder_);
    fs::create_directory(folder_);
    office.registry.reset();
    fs::copy_file(office.folder() + "/registry.sqlite", folder_ + "/registry.sqlite");
    if (files_) fs::copy(office.folder() + "/log", folder_ + "/log", fs::copy_options::recursive);
    office.reopen();
  }
  ~Copy() { fs::remove_all(folder_); }
  void set_back() {
    office_.registry.reset();
    for (const char* more : {"-wal", "-shm"}) fs::remove(office_.folder() + "/registry.sqlite" + more);
    fs::copy_file(folder_ + "/registry.sqlite", office_.folder() + "/registry.sqlite", fs::copy_options::overwrite_existing);
    if (files_) {
      fs::remove_all(office_.folder() + "/log");
      fs::copy(folder_ + "/log", office_.folder() + "/log", fs::copy_options::recursive);
    }
    office_.reopen();
  }

 private:
  TestOffice& office_;
  bool files_;
  std::string folder_;
};

}  // namespace

TEST_CASE("a final verdict proves that its record is a leaf of the signed log", "[sync][log]") {
  Counter c;
  for (int i = 0; i < 5; ++i) {
    const auto odd = odd_record(c.kiosk, 100 + i);
    const auto verdict = c.kiosk.verdict(c.kiosk.put(odd), odd);
    REQUIRE(verdict.log);
    CHECK(verdict.log->index == c.begun + 2 * static_cast<std::uint64_t>(i));  // each is quarantined, an act of the audit
    const auto checkpoint = elog::check_place(*verdict.log, odd.digest, c.kiosk.keys);
    REQUIRE(checkpoint);
    CHECK(checkpoint->size == verdict.log->index + 2);
    CHECK_FALSE(elog::check_place(*verdict.log, core::sha256({}), c.kiosk.keys));
    auto moved = *verdict.log;
    moved.at += core::Millis(1);
    CHECK(elog::check_place(moved, odd.digest, c.kiosk.keys).error().code == core::ErrorCode::corrupt);
  }
}

TEST_CASE("a filing is a leaf when it is taken, and proved when it is accepted", "[sync][log]") {
  Counter c;
  c.n = 50;  // the filing has the first id
  const auto filing = c.kiosk.next(filing_of({"the form"}));
  CHECK_FALSE(c.kiosk.verdict(c.kiosk.put(filing), filing).log);
  CHECK(c.office.registry->log.size() == c.begun + 1);
  c.file();
  const auto verdict = c.accept(filing);
  CHECK(verdict.outcome == core::Outcome::accepted);
  REQUIRE(verdict.log);
  CHECK(verdict.log->index == c.begun);
  CHECK(verdict.log->size == c.begun + 3);
  CHECK(elog::check_place(*verdict.log, filing.digest, c.kiosk.keys));
}

TEST_CASE("the acceptance of a filing bears the registry's signature under its receipt of stage 2", "[sync][log][stage2]") {
  Counter c;
  c.n = 50;  // the filing has the first id
  const auto filing = c.kiosk.next(filing_of({"the form"}));
  CHECK_FALSE(c.kiosk.verdict(c.kiosk.put(filing), filing).receipt);  // received is no acceptance
  const auto verdict = c.accept(filing);
  REQUIRE(verdict.receipt);
  const auto facts = *core::receipt_facts(filing.record, filing.digest);
  const auto qr = elog::registry_receipt_qr(facts, verdict, c.kiosk.keys);
  REQUIRE(qr);
  const auto trust = sync::verify::make_trust(core::fingerprint(c.office.registry->keys.root), false, c.office.registry->keys.keys_jws);
  REQUIRE(trust);
  const auto check = sync::verify::check_receipt_qr(*qr, *trust);
  INFO(check.why);
  CHECK(check.standing == sync::verify::Standing::proved);
  CHECK(check.stage == 2);
  CHECK(check.facts == facts);
  CHECK(check.registry->registry_at == verdict.log->at);

  auto other = facts;
  other.u_ms += 1;
  CHECK(elog::registry_receipt_qr(other, verdict, c.kiosk.keys).error().code == core::ErrorCode::corrupt);
  const auto odd = c.file();
  CHECK(odd.outcome == core::Outcome::quarantined);
  CHECK_FALSE(odd.receipt);  // what does not count has none
}

TEST_CASE("one group of records has one checkpoint, and each record its own proof under it", "[sync][log]") {
  Counter c;
  std::vector<std::string> batch;
  std::vector<core::SignedRecord> sent;
  for (int i = 1; i <= 3; ++i) {
    sent.push_back(odd_record(c.kiosk, i));
    c.kiosk.kept(sent.back());
    batch.push_back(sent.back().jws);
  }
  auto request = c.kiosk.request("POST", "/v1/records", sync::encode_batch(batch));
  request.set("Content-Type", std::string(sync::json_media_type));
  const auto answers = sync::decode_batch_answers(c.office.ask(request).body);
  REQUIRE(answers);
  std::set<std::string> checkpoints;
  for (std::size_t i = 0; i < sent.size(); ++i) {
    const auto verdict = core::open_verdict((*answers)[i].verdict, c.kiosk.keys, sent[i].record.id, sent[i].digest);
    REQUIRE((verdict && verdict->log));
    CHECK(elog::check_place(*verdict->log, sent[i].digest, c.kiosk.keys));
    checkpoints.insert(verdict->log->checkpoint);
  }
  CHECK(checkpoints.size() == 1);
}

TEST_CASE("a record that was taken back leaves no leaf, and its place goes to the next", "[sync][log]") {
  Counter c;
  const auto lost = odd_record(c.kiosk, 1);
  const auto request = c.kiosk.put_request(lost);
  const auto before = c.office.registry->log.checkpoint();
  const auto answers = reg::run_group(*c.office.registry, {[&](core::Instant now) {
    auto answer = c.office.api->apply(request, now);
    answer.response.status = 503;  // as when the disk refused behind it
    return answer;
  }}, c.office.now);
  CHECK(answers.front().status == 503);
  CHECK(c.office.registry->log.size() == c.begun);
  CHECK(c.office.registry->log.checkpoint() == before);
  CHECK(c.file().log->index == c.begun);
}

TEST_CASE("every act of the office is a leaf too, whether a record holds it or the audit alone", "[sync][log]") {
  TestOffice office;
  office.fill();
  TestKiosk kiosk(office, office.enrolment);
  const auto odd = odd_record(kiosk, 1);
  kiosk.put(odd);
  CHECK(office.count("SELECT count(*) FROM records WHERE device = 'registry'") > 2);
  CHECK(office.count("SELECT count(*) FROM audit WHERE action IN ('officer.add', 'kiosk.add', 'kiosk.enrol', 'record.quarantined')") > 3);
  CHECK(office.count("SELECT count(*) FROM log_leaves") == office.count("SELECT count(*) FROM records") + office.count("SELECT count(*) FROM audit"));
  auto acts = office.registry->database.prepare("SELECT a.n, a.at, a.actor, a.action, a.object, a.outcome, a.nonce, l.digest FROM audit a JOIN log_leaves l ON l.record = 'audit ' || lower(hex(a.nonce))");
  REQUIRE(acts);
  std::int64_t seen = 0;
  std::set<core::Bytes> nonces;
  for (; *acts->step(); ++seen) {
    elog::AuditEntry entry{acts->integer(0), core::Instant(core::Millis(acts->integer(1))), acts->text(2), acts->text(3), acts->text(4), acts->text(5), {}};
    const auto nonce = acts->blob(6);
    REQUIRE(nonce.size() == entry.nonce.size());
    std::copy(nonce.begin(), nonce.end(), entry.nonce.begin());
    nonces.insert(nonce);
    const auto line = elog::audit_line(entry);
    CHECK(*elog::parse_audit_line(line) == entry);
    CHECK(core::to_hex(core::sha256(core::as_bytes(line))) == core::to_hex(acts->blob(7)));
  }
  CHECK(seen == office.count("SELECT count(*) FROM audit"));
  CHECK(std::cmp_equal(nonces.size(), seen));
  CHECK(office.count("SELECT count(*) FROM log_leaves l JOIN records r ON r.id = l.record AND r.digest = l.digest") == office.count("SELECT count(*) FROM records"));
  CHECK(office.count("SELECT count(*) FROM records WHERE outcome <> 'received' AND verdict = ''") == 0);
}

TEST_CASE("the times of the log never go back, whatever the registry's clock does", "[sync][log]") {
  Counter c;
  const auto first = c.file();
  c.office.now -= std::chrono::hours(5);
  const auto second = c.file();
  c.office.now += std::chrono::hours(30);
  const auto third = c.file();
  REQUIRE((first.log && second.log && third.log));
  CHECK(second.log->at == first.log->at);
  CHECK(third.log->at > second.log->at);
}

TEST_CASE("anybody reads the published log and comes to its root, without a certificate", "[sync][log]") {
  Counter c;
  while (c.office.registry->log.size() < 300) c.file();
  c.publish();
  const auto note = c.office.ask(plain_request("GET", "/v1/log/checkpoint"));
  REQUIRE(note.file);
  CHECK(note.header("Content-Type") == "text/plain; charset=utf-8");
  const auto checkpoint = elog::open_checkpoint(file_text(note.file->path), c.kiosk.keys.origin(), elog::log_keys(c.kiosk.keys));
  REQUIRE(checkpoint);
  CHECK(checkpoint->size == 300);
  elog::Frontier frontier;
  core::Instant last{};
  for (const auto& [path, width] : {std::pair{"entries/000", 256}, std::pair{"entries/001.p/44", 44}}) {
    const auto tile = c.office.ask(plain_request("GET", std::string("/v1/log/tile/") + path));
    REQUIRE(tile.file);
    const std::string bytes = file_text(tile.file->path);
    CHECK(tile.file->length == bytes.size());
    const auto entries = elog::parse_bundle(core::as_bytes(bytes), static_cast<std::size_t>(width));
    REQUIRE(entries);
    for (const auto& entry : *entries) {
      const auto leaf = elog::parse_leaf(core::as_text(entry));
      REQUIRE(leaf);
      CHECK(leaf->at >= last);
      last = leaf->at;
      frontier.append(elog::hash_leaf(entry));
    }
  }
  CHECK(frontier.root() == checkpoint->root);
  for (const char* path : {"/v1/log/tile/0/000", "/v1/log/tile/0/001.p/44", "/v1/log/tile/1/000.p/1"}) CHECK(c.office.ask(plain_request("GET", path)).status == 200);
  CHECK(c.office.ask(plain_request("GET", "/v1/log/tile/0/002")).status == 404);
  CHECK(c.office.ask(plain_request("GET", "/v1/log/tile/0/../../../registry.sqlite")).status == 404);  // no path of ours
}

TEST_CASE("the published files follow the log, and old partial tiles go when the full one is there", "[sync][log]") {
  Counter c;
  while (c.office.registry->log.size() < 250) c.file();
  c.publish();
  CHECK(fs::exists(c.office.folder() + "/log/tile/0/000.p/250"));
  while (c.office.registry->log.size() < 260) c.file();
  CHECK(c.office.registry->log_files.behind(c.office.registry->log));
  c.publish();
  CHECK_FALSE(c.office.registry->log_files.behind(c.office.registry->log));
  CHECK_FALSE(fs::exists(c.office.folder() + "/log/tile/0/000.p"));
  CHECK(fs::exists(c.office.folder() + "/log/tile/entries/000"));
  const std::string before = c.read("checkpoint"), tile = c.read("tile/0/001.p/4");
  c.office.reopen();
  c.publish();
  CHECK(c.read("checkpoint") == before);
  CHECK(c.read("tile/0/001.p/4") == tile);
}

TEST_CASE("no name, number or case of the sample stands in any file of the log", "[sync][log]") {
  TestOffice office;
  const auto secrets = office.fill();
  TestKiosk kiosk(office, office.enrolment);
  const auto filing = kiosk.next_filing(1);
  kiosk.put(filing);
  REQUIRE(office.registry->log_files.publish(office.registry->log));
  std::string all;
  for (const auto& file : fs::recursive_directory_iterator(office.folder() + "/log")) {
    if (file.is_regular_file()) all += file.path().filename().string() + file_text(file.path().string());
  }
  REQUIRE(all.size() > 500);
  std::vector<std::string> needles{filing.record.id, filing.record.body.text("organisation"), filing.record.body.text("bin"), kiosk.device, "application", "registry"};
  for (const char* table : {"SELECT group_concat(name || char(10) || login, char(10)) FROM officers", "SELECT group_concat(name || char(10) || id, char(10)) FROM staff",
                            "SELECT group_concat(name || char(10) || bin, char(10)) FROM bureaus", "SELECT group_concat(id || char(10) || number, char(10)) FROM cases",
                            "SELECT group_concat(actor || char(10) || action || char(10) || object || char(10) || outcome, char(10)) FROM audit"}) {
    std::istringstream lines(*office.registry->database.text(table));
    for (std::string line; std::getline(lines, line);) needles.push_back(line);
  }
  CHECK(needles.size() > 20);
  for (const auto& needle : needles) {
    INFO(needle);
    if (needle.size() > 3) CHECK(all.find(needle) == std::string::npos);
  }
}

TEST_CASE("a device asks for the proof between two checkpoints", "[sync][log]") {
  Counter c;
  const auto early = c.file();
  for (int i = 0; i < 6; ++i) c.file();
  const auto late = c.file();
  const auto sizes = [](std::uint64_t first, std::uint64_t second) { return "/v1/log/consistency?from=" + std::to_string(first) + "&to=" + std::to_string(second); };
  const auto answer = c.office.ask(c.kiosk.request("GET", sizes(early.log->size, late.log->size)));
  REQUIRE(answer.status == 200);
  const auto proof = sync::decode_consistency(answer.body);
  const auto keys = elog::log_keys(c.kiosk.keys);
  const auto from = elog::open_checkpoint(early.log->checkpoint, c.kiosk.keys.origin(), keys), to = elog::open_checkpoint(late.log->checkpoint, c.kiosk.keys.origin(), keys);
  REQUIRE((proof && from && to));
  CHECK(elog::verify_consistency(from->size, from->root, to->size, to->root, *proof));
  for (const auto& none : {sizes(0, 8), sizes(5, 4), sizes(1, late.log->size + 1)}) CHECK(c.office.ask(c.kiosk.request("GET", none)).status == 404);
  for (const char* none : {"from=1", "from=-1&to=2", "from=1&to=99999999999999999999"}) CHECK(code_of(c.office.ask(c.kiosk.request("GET", std::string("/v1/log/consistency?") + none))) == "size");
  CHECK(c.office.ask(plain_request("GET", "/v1/log/consistency?from=1&to=8")).status == 401);
}

TEST_CASE("what a kiosk last saw of the log is kept, and a note that is not of this log is refused", "[sync][log]") {
  Counter c;
  const auto first = c.file(), second = c.file();
  CHECK(c.time_holding(second.log->checkpoint).status == 200);
  CHECK((*c.office.registry->store.log_seen("AL-03"))->note == second.log->checkpoint);
  CHECK(c.time_holding(first.log->checkpoint).status == 200);
  auto foreign = elog::sign_checkpoint({"localhost", 9, core::sha256({})}, c.kiosk.key);
  CHECK(code_of(c.time_holding(foreign)) == "log");
  CHECK(code_of(c.time_holding("")) == "log");
  auto twice = c.kiosk.request("GET", "/v1/feed");
  for (int i = 0; i < 2; ++i) twice.set(sync::log_header, core::to_base64url(core::as_bytes(first.log->checkpoint)));
  CHECK(code_of(c.office.ask(twice)) == "log");
  CHECK(c.office.registry->log.refusal().empty());
}

TEST_CASE("a registry whose database was set back finds in its files what it signed, and takes nothing", "[sync][log][restore]") {
  Counter c;
  c.file();
  const auto first_size = c.office.registry->log.size();
  Copy yesterday(c.office, false);
  c.file();
  c.publish();
  yesterday.set_back();
  CHECK_FALSE(c.office.registry->log.refusal().empty());
  const auto again = c.office.ask(c.kiosk.put_request(odd_record(c.kiosk, 7)));
  CHECK(code_of(again) == "log-behind");
  CHECK(again.status == 503);
  CHECK(c.office.registry->log.size() == first_size);
  c.office.reopen();
  CHECK(code_of(c.office.ask(c.kiosk.put_request(odd_record(c.kiosk, 7)))) == "log-behind");
}

TEST_CASE("a registry that was set back whole, files and all, learns it from the first kiosk that comes", "[sync][log][restore]") {
  Counter c;
  const auto first = c.file();
  c.publish();
  Copy yesterday(c.office, true);
  const auto second = c.file();
  c.publish();
  yesterday.set_back();
  CHECK(c.office.registry->log.refusal().empty());
  CHECK(c.time_holding(first.log->checkpoint).status == 200);
  CHECK(c.time_holding(second.log->checkpoint).status == 200);  // reading goes on
  CHECK(c.office.registry->log.refusal() == second.log->checkpoint);
  CHECK(c.office.count("SELECT count(*) FROM audit WHERE action = 'log.fork' AND actor = 'AL-03'") == 1);
  TestKiosk other(c.office, c.office.add_kiosk("AS-01"), 9);
  CHECK(code_of(c.office.ask(other.put_request(odd_record(other, 40)))) == "log-behind");
  c.office.reopen();
  CHECK(c.office.registry->log.refusal() == second.log->checkpoint);
  CHECK(c.office.ask(other.request("GET", "/v1/feed")).status == 200);
}

TEST_CASE("a registry that was set back and went on another way is found out all the same", "[sync][log][restore]") {
  Counter c;
  c.file();
  c.publish();
  Copy yesterday(c.office, true);
  const auto theirs = c.file();
  yesterday.set_back();
  TestKiosk other(c.office, c.office.add_kiosk("AS-01"), 9);
  for (int i = 0; i < 3; ++i) other.put(odd_record(other, 50 + i));
  CHECK(c.office.registry->log.size() > theirs.log->size);
  CHECK(c.time_holding(theirs.log->checkpoint).status == 200);  // of another tree
  CHECK(c.office.registry->log.refusal() == theirs.log->checkpoint);
  CHECK(code_of(c.office.ask(other.put_request(odd_record(other, 60)))) == "log-behind");
}

TEST_CASE("a database whose leaves are not those that were signed is not opened", "[sync][log][restore]") {
  Counter c;
  for (int i = 0; i < 3; ++i) c.file();
  SECTION("another time") { REQUIRE(c.office.registry->database.run("UPDATE log_leaves SET at = at + 1 WHERE idx = 1")); }
  SECTION("another record") { REQUIRE(c.office.registry->database.run("UPDATE log_leaves SET digest = zeroblob(32) WHERE idx = 2")); }
  SECTION("one is gone") { REQUIRE(c.office.registry->database.run("DELETE FROM log_leaves WHERE idx = 0")); }
  SECTION("two changed places") { REQUIRE(c.office.registry->database.run("UPDATE log_leaves SET idx = CASE idx WHEN 0 THEN -1 ELSE idx END")); }
  c.office.registry.reset();
  CHECK_FALSE(reg::Registry::open({c.office.folder(), c.office.assets, &c.office.random, core::argon2_minimum}));
}

TEST_CASE("an office from before the log gets a key, a leaf for every record, and tells its kiosks", "[sync][log][upgrade]") {
  Counter c;
  for (int i = 0; i < 4; ++i) c.file();
  const auto digests = *c.office.registry->database.text("SELECT group_concat(hex(digest)) FROM (SELECT digest FROM records ORDER BY taken_at, device, q)");
  const std::string keys = c.office.folder() + "/keys/";
  {  // back to what version 7 left
    auto& database = c.office.registry->database;
    for (const char* sql : {"DROP TABLE log_leaves", "DROP TABLE log_tiles", "DROP TABLE log_seen", "DROP TABLE log_forks", "DROP TABLE log_witnesses", "DROP TABLE returned_scans", "DROP TABLE log_lost", "DROP TABLE returned_verdicts", "DROP TABLE IF EXISTS receipts", "DROP INDEX records_unsealed", "DROP INDEX audit_unlogged", "ALTER TABLE audit DROP COLUMN nonce", "DELETE FROM facts WHERE name LIKE 'log_%'",
                            "ALTER TABLE device_bureaus DROP COLUMN gone_at", "DROP INDEX papers_by_case", "DROP INDEX papers_by_bureau", "ALTER TABLE case_terms DROP COLUMN profile", "PRAGMA user_version = 7"}) REQUIRE(database.run(sql));
  }
  std::vector<core::KeyEntry> entries = c.office.registry->keys.keyring.entries();
  std::erase_if(entries, [](const core::KeyEntry& entry) { return entry.use == core::KeyUse::log; });
  const auto issued = c.office.registry->keys.keyring.issued();
  c.office.registry.reset();
  const auto seed = core::digest_from_hex(file_text(keys + "root/root.key").substr(0, 64));
  const auto root = core::signing_key_from_seed(core::Secret<32>(std::span<const std::uint8_t, 32>(*seed)));
  std::ofstream(keys + "keys.json", std::ios::trunc) << core::Keyring::sign(root, "localhost", entries, issued);
  fs::remove(keys + "log.key");

  fs::rename(keys + "root", keys + "away");
  auto without = reg::Registry::open({c.office.folder(), c.office.assets, &c.office.random, core::argon2_minimum});
  REQUIRE_FALSE(without);
  CHECK(without.error().code == core::ErrorCode::wrong_state);  // the root was carried away: it must be asked
  fs::rename(keys + "away", keys + "root");

  c.office.reopen();
  CHECK(c.office.registry->keys.keyring.issued() > issued);
  CHECK(*c.office.registry->database.text("SELECT group_concat(hex(digest)) FROM (SELECT digest FROM log_leaves ORDER BY idx)") == digests);
  const auto told = reg::run_group(*c.office.registry, {[&](core::Instant now) { return reg::tell_keys(*c.office.registry, now) ? sync::Response{} : sync::Response{503, {}, {}, {}, false}; }}, c.office.now);
  REQUIRE(told.front().status == 200);
  CHECK(std::cmp_equal(c.office.registry->log.size(), 4 + c.office.count("SELECT count(*) FROM audit")));  // the acts too, behind the records
  const auto page = reg::feed_page(*c.office.registry, "AL-03", {}, 200, c.office.now);
  REQUIRE((page && *page));
  CHECK((*page)->items.back() == *c.office.registry->database.text("SELECT jws FROM feed WHERE device = 'AL-03' AND kind = 'keys' ORDER BY idx DESC LIMIT 1"));
  c.kiosk.keys = *core::Keyring::open(c.office.registry->keys.keys_jws, c.kiosk.answer.root_key);
  const auto size = c.office.registry->log.size();
  CHECK(c.file().log->index == size);
}
