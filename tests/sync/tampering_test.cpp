// Somebody who sits at the office's database with the sqlite3 shell, and holds the office's keys, changes what was taken
// (issue 4; RELIABILITY I9): another name, another date, a record less, two swapped, the end cut off, yesterday's copy,
// other keys. He makes the log, its files and its checkpoint again each time, so that they fit. What anybody finds with
// the real qabyl-verify, the journals, and the checkpoint that a kiosk kept; and what the registry says to that kiosk.
#include <fstream>

#include "core/encoding.h"
#include "tests/support/rig.h"
#include "tests/sync/registry_rig.h"
#include "tests/verify/program.h"

using namespace qabyl;
using namespace qabyl::test;
namespace fs = std::filesystem;

namespace {

constexpr const char* log_again = "DELETE FROM log_tiles; DELETE FROM facts WHERE name = 'log_checkpoint';";

std::string sql_text(std::string_view text) { return "'" + std::string(text) + "'"; }
std::string blob(const core::Digest& digest) { return "x'" + core::to_hex(digest) + "'"; }

struct Tampered {
  TestOffice office;
  core::Json secrets = office.fill();
  TestKiosk kiosk{office, office.enrolment};  // AL-03
  std::string root = core::fingerprint(office.registry->keys.root);
  std::vector<core::SignedRecord> filed;
  std::string kept;  // the newest checkpoint that the kiosk was given
  VerifyFolder folder;

  Tampered() {
    if (const int status = std::system("sqlite3 -version >/dev/null 2>&1"); status != 0) FAIL("the sqlite3 shell is missing (assets/packages.txt)");
    for (int n = 1; n <= 6; ++n) file(n);
    restart();
    keep();
  }

  void file(int n) {
    office.now += std::chrono::minutes(7);
    filed.push_back(kiosk.next(odd(n)));
    const auto verdict = kiosk.verdict(kiosk.put(filed.back()), filed.back());
    REQUIRE(verdict.log);
    kept = verdict.log->checkpoint;
  }
  core::Record odd(int n) const {
    auto made = record("nothing.known", n, id(n), core::Json::Object{{"name", n == 3 ? "Aigul" : "Marat"}}, kiosk.device);
    made.actor.role = "applicant";
    return made;
  }
  // A checkpoint file as the asker keeps it.
  void keep() { folder.file("kept/" + core::to_hex(digest(kept)), kept); }

  void stop() { office.registry.reset(); }
  // The registry runs again: it signs what it finds, as after any request, and publishes its log.
  void restart() {
    office.reopen();
    const auto answers = reg::run_group(*office.registry, {[](core::Instant) { return sync::Response{200, {}, {}, {}, false}; }}, office.now);
    REQUIRE(answers.front().status == 200);
    REQUIRE(office.registry->log_files.publish(office.registry->log));
  }
  std::string sqlite(const std::string& sql) {
    folder.file("act.sql", sql);
    REQUIRE(std::system(("sqlite3 -bail " + office.folder() + "/registry.sqlite <" + folder.path() + "/act.sql >" + folder.path() + "/said 2>&1").c_str()) == 0);
    return file_text(folder.path() + "/said");
  }
  // The hand of somebody with the keys: changes rows while the registry is stopped, lets everything be signed anew.
  void by_hand(const std::string& sql) {
    stop();
    sqlite("BEGIN; " + sql + log_again + " COMMIT;");
    fs::remove_all(office.folder() + "/log");
    restart();
  }

  // The journals of all devices and the audit by the real program, while the registry is stopped.
  void journals() {
    stop();
    const std::string said = folder.path() + "/said.journals";
    const int status = rig::run({rig::program("qabyl-registry"), "journals", "--data", office.folder(), "--assets", in_build("/assets"), "--out", folder.path() + "/journals"}, said);
    INFO(file_text(said));
    REQUIRE(status == 0);
    restart();
  }
  Answer audit(bool with_kept) {
    journals();
    std::vector<std::string> words{"log", office.folder() + "/log", "--journals", folder.path() + "/journals", "--root", root, "--keys", office.folder() + "/keys/keys.json", "--lang", "en"};
    if (with_kept) words.insert(words.end(), {"--kept", folder.path() + "/kept"});
    return ask_verify(words);
  }
  bool says(const Answer& answer, std::string_view words) const { return answer.out.find(words) != std::string::npos; }
  // What the registry does when the kiosk shows what it holds: it stops signing and keeps the proof against itself.
  void refuses_itself() {
    auto request = kiosk.request("GET", "/v1/time?nonce=8f14e45fceea167a5a36dedd4bea2543");
    request.set(sync::log_header, core::to_base64url(core::as_bytes(kept)));
    CHECK(office.ask(request).status == 200);
    CHECK(office.registry->log.refusal() == kept);
    CHECK(code_of(office.ask(kiosk.put_request(kiosk.next(odd(90))))) == "log-behind");
  }
  // Done well: log and journals fit, and nobody can tell but who kept a checkpoint.
  void only_what_was_kept_shows(std::string_view words) {
    const auto alone = audit(false);
    INFO(alone.out);
    CHECK(alone.status == 0);
    const auto against = audit(true);
    INFO(against.out);
    CHECK(against.status == 4);
    CHECK(says(against, words));
    refuses_itself();
  }
};

// Where a kiosk's record stands in the log.
std::string place(Tampered& t, std::size_t n) { return t.sqlite("SELECT idx FROM log_leaves WHERE record = " + sql_text(t.filed[n].record.id) + ";"); }

}  // namespace

TEST_CASE("an untouched office is proved by its log, its journals and what was kept of it", "[sync][log][tampering]") {
  Tampered t;
  const auto answer = t.audit(true);
  INFO(answer.out);
  CHECK(answer.status == 0);
  CHECK(t.says(answer, "Every record of the journals is in the log"));
  CHECK(t.says(answer, "The log goes on from every checkpoint that was kept"));
  // And it goes on: more records, the old checkpoint still agrees.
  for (int n = 7; n < 12; ++n) t.file(n);
  t.restart();
  CHECK(t.audit(true).status == 0);
}

TEST_CASE("another name in a record of a kiosk: its signature does not bear it, whoever holds the office's keys", "[sync][log][tampering]") {
  Tampered t;
  auto forged = t.filed[2].record;
  forged.body["name"] = "Botagoz";
  // Whoever changes it has no key of the kiosk's: the best that he can put under it is another's signature.
  const bool resigned = GENERATE(false, true);
  std::string jws = core::sign_record(forged, t.office.registry->keys.record).jws;
  if (!resigned) jws = jws.substr(0, jws.rfind('.')) + t.filed[2].jws.substr(t.filed[2].jws.rfind('.'));
  const auto digest = core::sign_record(forged, t.office.registry->keys.record).digest;
  t.by_hand("UPDATE records SET jws = " + sql_text(jws) + ", digest = " + blob(digest) + " WHERE id = " + sql_text(forged.id) +
            "; UPDATE log_leaves SET digest = " + blob(digest) + " WHERE record = " + sql_text(forged.id) + ";");
  const auto alone = t.audit(false);
  INFO(alone.out);
  CHECK(alone.status == 4);
  CHECK(t.says(alone, "journals/AL-03"));
  CHECK(t.says(alone, "Line: 4"));  // the head, then record 3
  t.refuses_itself();
}

TEST_CASE("another name in a record of the office, all later ones signed again: only what was kept shows it", "[sync][log][tampering]") {
  Tampered t;
  // Every record of the registry from the third on, each signed anew by the office's own key over the new one before it.
  const auto key = t.office.registry->keys.record;
  t.stop();
  std::istringstream rows(t.sqlite("SELECT jws FROM records WHERE device = 'registry' ORDER BY q;"));
  std::string sql;
  core::Digest before{};
  std::size_t changed = 0;
  for (std::string jws; std::getline(rows, jws);) {
    auto opened = core::open_record(jws, key.verify_key);
    REQUIRE(opened);
    if (opened->record.q >= 3) {
      if (opened->record.q == 3) opened->record.body["forged"] = "another name";
      opened->record.prev = before;
      *opened = core::sign_record(opened->record, key);
      sql += "UPDATE records SET jws = " + sql_text(opened->jws) + ", digest = " + blob(opened->digest) + " WHERE id = " + sql_text(opened->record.id) +
             "; UPDATE log_leaves SET digest = " + blob(opened->digest) + " WHERE record = " + sql_text(opened->record.id) + ";";
      ++changed;
    }
    before = opened->digest;
  }
  REQUIRE(changed > 0);
  t.by_hand(sql + "UPDATE devices SET head = " + blob(before) + " WHERE device = 'registry';");
  t.only_what_was_kept_shows("does not begin as a checkpoint that was kept");
}

TEST_CASE("an earlier date for a record: the log that was kept has the true one", "[sync][log][tampering]") {
  Tampered t;
  const auto leaf = place(t, 4);
  t.by_hand("UPDATE log_leaves SET at = at - 60000 WHERE idx = " + leaf + "; UPDATE records SET taken_at = taken_at - 60000 WHERE id = " + sql_text(t.filed[4].record.id) + ";");
  t.only_what_was_kept_shows("does not begin as a checkpoint that was kept");
}

TEST_CASE("two checkpoints kept bound the place of a forgery", "[sync][log][tampering]") {
  Tampered t;
  const auto before = t.office.registry->log.size();
  for (int n = 7; n < 10; ++n) t.file(n);
  t.keep();
  t.by_hand("UPDATE log_leaves SET at = at - 60000 WHERE idx = " + std::to_string(before + 2) + ";");
  const auto against = t.audit(true);
  INFO(against.out);
  CHECK(against.status == 4);
  CHECK(t.says(against, "Up to entry " + std::to_string(before) + " the log is the one that was kept"));
}

TEST_CASE("a record taken out: the gap in the kiosk's journal names it", "[sync][log][tampering]") {
  Tampered t;
  const auto leaf = place(t, 2);
  t.by_hand("DELETE FROM records WHERE id = " + sql_text(t.filed[2].record.id) + "; DELETE FROM log_leaves WHERE idx = " + leaf +
            "; UPDATE log_leaves SET idx = idx - 1 WHERE idx > " + leaf + ";");
  const auto alone = t.audit(false);
  INFO(alone.out);
  CHECK(alone.status == 4);
  CHECK(t.says(alone, "journals/AL-03"));
  CHECK(t.says(alone, "Line: 4"));
  t.refuses_itself();
}

TEST_CASE("a record taken out of the books but not out of the log: its entry has no record", "[sync][log][tampering]") {
  Tampered t;
  // The newest one, and the device's head set back, so that the journal itself is whole.
  const auto leaf = place(t, 5);
  t.by_hand("DELETE FROM records WHERE id = " + sql_text(t.filed[5].record.id) + "; UPDATE devices SET q = 5, head = " + blob(t.filed[4].digest) + " WHERE device = 'AL-03';");
  const auto alone = t.audit(false);
  INFO(alone.out);
  CHECK(alone.status == 4);
  CHECK(t.says(alone, "belongs to no record of the journals"));
  CHECK(t.says(alone, "Entry: " + std::to_string(std::stoi(leaf) + 1)));
}

TEST_CASE("two records swapped in the log: only what was kept shows it", "[sync][log][tampering]") {
  Tampered t;
  const auto& one = t.filed[1];
  const auto& two = t.filed[2];
  t.by_hand("UPDATE log_leaves SET record = 'x' WHERE record = " + sql_text(one.record.id) + "; UPDATE log_leaves SET record = " + sql_text(one.record.id) + ", digest = " + blob(one.digest) +
            " WHERE record = " + sql_text(two.record.id) + "; UPDATE log_leaves SET record = " + sql_text(two.record.id) + ", digest = " + blob(two.digest) + " WHERE record = 'x';");
  t.only_what_was_kept_shows("does not begin as a checkpoint that was kept");
}

TEST_CASE("the end cut off: the log is shorter than one that was kept", "[sync][log][tampering]") {
  Tampered t;
  // What the audit says of them goes too.
  const auto leaf = place(t, 4);
  std::string sql = "DELETE FROM log_leaves WHERE idx >= " + leaf + "; DELETE FROM audit WHERE 'audit ' || lower(hex(nonce)) NOT IN (SELECT record FROM log_leaves);";
  for (std::size_t n = 4; n < 6; ++n) sql += "DELETE FROM records WHERE id = " + sql_text(t.filed[n].record.id) + ";";
  t.by_hand(sql + "UPDATE devices SET q = 4, head = " + blob(t.filed[3].digest) + ", told_q = 4 WHERE device = 'AL-03';");
  t.only_what_was_kept_shows("shorter than a checkpoint that was kept");
}

TEST_CASE("yesterday's copy in the place of today's, log files and all", "[sync][log][tampering]") {
  Tampered t;
  t.stop();
  const std::string copy = t.folder.path() + "/yesterday";
  fs::copy(t.office.folder(), copy, fs::copy_options::recursive);
  t.restart();
  for (int n = 7; n < 10; ++n) t.file(n);
  t.keep();
  t.stop();
  fs::remove_all(t.office.folder());
  fs::copy(copy, t.office.folder(), fs::copy_options::recursive);
  t.restart();
  t.only_what_was_kept_shows("shorter than a checkpoint that was kept");  // yesterday it was true
}

TEST_CASE("an act that only the audit notes: altered or taken out there, its entry in the log shows it", "[sync][log][tampering]") {
  Tampered t;
  // Who enrolled the kiosk; the head stands before it.
  const auto n = t.sqlite("SELECT min(n) FROM audit WHERE action = 'kiosk.enrol';");
  const std::string line = "Line: " + std::to_string(std::stoi(n) + 1);
  SECTION("another actor, object, outcome or time") {
    const std::string change = GENERATE("actor = 'AL-04'", "object = 'x'", "outcome = 'refused'", "at = at - 60000");
    t.by_hand("UPDATE audit SET " + change + " WHERE n = " + n + ";");
    const auto alone = t.audit(false);
    INFO(alone.out);
    CHECK(alone.status == 4);
    CHECK(t.says(alone, "journals/office.audit"));
    CHECK(t.says(alone, line));
    CHECK(t.says(alone, "is not in the log"));
  }
  SECTION("taken out") {
    t.by_hand("DELETE FROM audit WHERE n = " + n + ";");
    const auto alone = t.audit(false);
    INFO(alone.out);
    CHECK(alone.status == 4);
    CHECK(t.says(alone, "journals/office.audit"));
    CHECK(t.says(alone, line));
    CHECK(t.says(alone, "something was taken out"));
  }
  SECTION("the newest, so that there is no gap") {
    t.by_hand("DELETE FROM audit WHERE n = (SELECT max(n) FROM audit);");
    const auto alone = t.audit(false);  // whose own act takes that number
    INFO(alone.out);
    CHECK(alone.status == 4);
    CHECK(t.says(alone, "belongs to no record of the journals"));
  }
}

TEST_CASE("an act taken out of the audit, and audit and log made again without it: only what was kept shows it", "[sync][log][tampering]") {
  Tampered t;
  const auto n = t.sqlite("SELECT min(n) FROM audit WHERE action = 'kiosk.enrol';");
  t.by_hand("DELETE FROM audit WHERE n = " + n + "; UPDATE audit SET n = n - 1 WHERE n > " + n + "; UPDATE audit SET nonce = NULL; DELETE FROM log_leaves WHERE record LIKE 'audit %';"
            "CREATE TEMP TABLE place AS SELECT row_number() OVER (ORDER BY idx) AS i, record AS r FROM log_leaves;"
            "UPDATE log_leaves SET idx = -(SELECT i FROM place WHERE r = record); UPDATE log_leaves SET idx = -1 - idx;");
  t.only_what_was_kept_shows("does not begin as a checkpoint that was kept");
}

TEST_CASE("other keys in the place of the office's: nothing that they sign counts for who has the root", "[sync][log][tampering]") {
  Tampered t;
  const auto old_keys = file_text(t.office.folder() + "/keys/keys.json");
  t.stop();
  const std::string other = t.folder.path() + "/other";
  REQUIRE(reg::Registry::create(other, "localhost", t.office.now, t.office.random));
  fs::remove_all(t.office.folder() + "/keys");
  fs::copy(other + "/keys", t.office.folder() + "/keys", fs::copy_options::recursive);
  t.by_hand("DELETE FROM facts WHERE name LIKE 'profile.%';");  // what the old key signed would stop the start: it is signed anew
  // By the list of keys that he made, under the root that the asker was given: not his office's.
  const auto by_new = ask_verify({"log", t.office.folder() + "/log", "--root", t.root, "--keys", t.office.folder() + "/keys/keys.json", "--lang", "en", "--json"});
  CHECK(by_new.status == 3);
  CHECK(t.says(by_new, "keys_of_other_root"));
  // By the list that the asker kept: signed by nobody in it.
  const auto by_old = ask_verify({"log", t.office.folder() + "/log", "--root", t.root, "--keys", t.folder.file("keys.json", old_keys), "--lang", "en", "--json"});
  CHECK(by_old.status == 3);
  CHECK(t.says(by_old, "key_not_listed"));
  // The kiosk goes by the root that it was enrolled under.
  auto next = t.kiosk.next(t.odd(91));
  const auto answer = sync::decode_verdict_answer(t.office.ask(t.kiosk.put_request(next)).body);
  REQUIRE(answer);
  CHECK_FALSE(core::open_verdict(*answer, t.kiosk.keys, next.record.id, next.digest));
}
