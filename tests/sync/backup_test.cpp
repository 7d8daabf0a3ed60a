// Backups of a served office and what is made of them again (RELIABILITY G16, I9, threat R9; 6, litestream): only a whole one
// is ever taken for good, nobody reads it without the offline key, and a restored registry signs nothing that somebody else
// holds otherwise. How: a real office on the disk, its writer open meanwhile; every file of a backup cut, altered, removed.
#include "sync/registry/backup.h"

#include <fstream>

#include "core/encoding.h"
#include "sync/registry/restored.h"
#include "tests/support/tier.h"
#include "tests/sync/story.h"

using namespace qabyl;
using namespace qabyl::test;
namespace fs = std::filesystem;

namespace {

constexpr const char* form_text = "%PDF-1.4 the form of a backup test";

struct Safe {
  Desk desk;
  TestOffice& office = desk.office;
  TestKiosk& kiosk = desk.kiosk;
  std::string outside = office.folder() + "-safe", key = outside + "/backup.key", backup = outside + "/one", folder = outside + "/again";
  std::string root = core::fingerprint(office.registry->keys.root);
  int n = 0;

  Safe() {
    fs::remove_all(outside);
    fs::create_directories(outside);
    REQUIRE(reg::make_backup_key(office.folder(), key, office.random));
  }
  ~Safe() { fs::remove_all(outside); }

  // A whole filing, confirmed.
  core::SignedRecord file() {
    const std::string form = form_text + std::to_string(++n);
    auto made = filing_of({form});
    made.id = made.case_id = id(700 + n);
    const auto sent = kiosk.next(made);
    REQUIRE(kiosk.verdict(kiosk.put(sent), sent).outcome == core::Outcome::received);
    REQUIRE(office.registry->keep_document(core::as_bytes(form), office.now));
    REQUIRE(office.registry->store.mark_here(sent.record.id, 0));
    const auto settled = reg::run_group(*office.registry, {[&](core::Instant at) { return reg::settle(*office.registry, sent.record.id, at) ? sync::Response{} : sync::Response{503, {}, {}, {}, false}; }}, office.now);
    REQUIRE(settled.front().status == 200);
    return sent;
  }
  core::Result<reg::BackupManifest> make() { return reg::make_backup(office.folder(), backup, office.now, office.random); }
  reg::BackupManifest made() {
    auto manifest = make();
    if (!manifest) FAIL(manifest.error().detail);
    return *std::move(manifest);
  }
  core::Result<reg::BackupManifest> restore(const std::string& from) { return reg::restore_backup({from, folder, key, root}, office.now); }
  // The office goes on as what was restored.
  void move_in() {
    const auto restored = restore(backup);
    if (!restored) FAIL(restored.error().detail);
    office.registry.reset();
    fs::remove_all(office.folder());
    fs::rename(folder, office.folder());
    desk.restart();
  }
  sync::Response time_holding(const std::string& note) {
    auto request = kiosk.request("GET", "/v1/time?nonce=8f14e45fceea167a5a36dedd4bea2543");
    if (!note.empty()) request.set(sync::log_header, core::to_base64url(core::as_bytes(note)));
    return office.ask(request);
  }
  core::Status resume(const std::vector<std::string>& without = {}) {
    auto transaction = core::Transaction::begin(office.registry->database);
    REQUIRE(transaction);
    const auto ended = reg::end_restore(*office.registry, {without, 0}, office.now);
    if (ended) REQUIRE(transaction->commit());
    return ended;
  }
  std::vector<std::string> files(const std::string& of) const {
    std::vector<std::string> all;
    for (const auto& file : fs::recursive_directory_iterator(of)) {
      if (file.is_regular_file()) all.push_back(file.path().string());
    }
    return all;
  }
};

std::string code(const core::Error& error) { return std::to_string(static_cast<int>(error.code)) + " " + error.detail; }

}  // namespace

TEST_CASE("a backup that is made while the office works is restored to the same log, rows and documents", "[sync][backup]") {
  Safe safe;
  for (int i = 0; i < 3; ++i) safe.file();
  const auto dump = *safe.office.registry->database.text("SELECT group_concat(id || hex(digest) || verdict, char(10)) FROM (SELECT * FROM records ORDER BY id)");
  const auto manifest = safe.made();
  CHECK(manifest.log_size == safe.office.registry->log.size());
  CHECK(fs::exists(safe.backup + "/manifest.jws"));
  CHECK_FALSE(fs::exists(safe.backup + ".partial"));
  CHECK_FALSE(fs::exists(safe.office.folder() + "/backup-scratch"));
  const auto checkpoint = safe.office.registry->log.checkpoint();
  safe.file();  // the writer was not disturbed
  safe.move_in();
  CHECK(safe.office.registry->log.checkpoint() == checkpoint);
  CHECK(*safe.office.registry->database.text("SELECT group_concat(id || hex(digest) || verdict, char(10)) FROM (SELECT * FROM records ORDER BY id)") == dump);
  for (int i = 1; i <= 3; ++i) CHECK(safe.office.registry->read_document(core::sha256(core::as_bytes(form_text + std::to_string(i)))));
  CHECK(safe.office.count("SELECT count(*) FROM audit WHERE action = 'backup.restore'") == 1);
  CHECK_FALSE(fs::exists(safe.office.folder() + "/keys/root"));  // it never travels
}

TEST_CASE("nobody reads a backup without the key that lies elsewhere", "[sync][backup]") {
  Safe safe;
  const auto filing = safe.file();
  safe.made();
  std::string all;
  for (const auto& file : safe.files(safe.backup)) all += fs::path(file).filename().string() + file_text(file);
  REQUIRE(all.size() > 100'000);
  const auto acceptance = file_text(safe.office.folder() + "/keys/acceptance.key").substr(0, 64);
  for (const std::string& needle : {filing.record.body.text("organisation"), filing.record.body.text("bin"), filing.record.id, std::string(form_text), std::string("SQLite format 3"),
                                    acceptance, std::string("PRIVATE KEY"), core::to_hex(core::sha256(core::as_bytes(form_text + std::string("1"))))}) {
    INFO(needle);
    REQUIRE(needle.size() > 4);
    CHECK(all.find(needle) == std::string::npos);
  }
  SECTION("with another key") {
    fs::remove(safe.key);
    REQUIRE(reg::make_backup_key(safe.office.folder(), safe.key, safe.office.random));
    CHECK(safe.restore(safe.backup).error().code == core::ErrorCode::forbidden);
  }
  SECTION("with the right key, for an office with another root") {
    safe.root = std::string(64, 'a');
    CHECK(safe.restore(safe.backup).error().code == core::ErrorCode::forbidden);
  }
  CHECK_FALSE(fs::exists(safe.folder));
  CHECK_FALSE(fs::exists(safe.folder + ".partial"));
}

TEST_CASE("a backup of which any file is cut, altered, gone or of another place is none, and leaves nothing", "[sync][backup]") {
  Safe safe;
  safe.file();
  safe.made();
  const auto files = safe.files(safe.backup);
  REQUIRE(files.size() > 12);  // manifest, list, keys, database, form
  std::size_t kind = 0;
  for (const auto& file : files) {
    const auto whole = file_text(file);
    const auto with_flip = [&](std::size_t at) {
      auto flipped = whole;
      flipped[at] = static_cast<char>(flipped[at] ^ 4);
      return flipped;
    };
    const std::vector<std::optional<std::string>> wrongs{std::nullopt, whole.substr(0, whole.size() - 1), with_flip(whole.size() / 2), whole.substr(0, whole.size() / 2), std::string(), whole + "x",
                                                         file_text(file == files[0] ? files[1] : files[0]), with_flip(0), with_flip(whole.size() - 1)};
    const auto tried = static_cast<std::size_t>(at_tier(1, 9, 9));
    for (std::size_t i = 0; i < tried; ++i) {
      const auto& wrong = wrongs[(i + kind++) % wrongs.size()];  // quick: each file another wrong
      fs::remove(file);
      if (wrong) std::ofstream(file, std::ios::binary) << *wrong;
      const auto restored = safe.restore(safe.backup);
      INFO(file << " " << (wrong ? wrong->size() : 0));
      CHECK_FALSE(restored);
      CHECK_FALSE(fs::exists(safe.folder));
      CHECK_FALSE(fs::exists(safe.folder + ".partial"));
      if (restored) fs::remove_all(safe.folder);
    }
    std::ofstream(file, std::ios::binary | std::ios::trunc) << whole;
  }
  CHECK(safe.restore(safe.backup));  // and the whole one is still good
  CHECK(code(safe.restore(safe.backup).error()).find("stands at") != std::string::npos);  // never over an office
}

TEST_CASE("a manifest of somebody else over the same files is refused", "[sync][backup]") {
  Safe safe;
  safe.file();
  auto manifest = safe.made();
  const auto path = safe.backup + "/manifest.jws";
  SECTION("by another key") { std::ofstream(path, std::ios::trunc) << reg::sign_manifest(manifest, safe.kiosk.key); }
  SECTION("by the office's own key, with another root of the log") {
    manifest.log_root[0] ^= 1;
    std::ofstream(path, std::ios::trunc) << reg::sign_manifest(manifest, safe.office.registry->keys.acceptance);
  }
  SECTION("by the office's own key, with another count") {
    manifest.counts.front().rows += 1;
    std::ofstream(path, std::ios::trunc) << reg::sign_manifest(manifest, safe.office.registry->keys.acceptance);
  }
  CHECK_FALSE(safe.restore(safe.backup));
  CHECK_FALSE(fs::exists(safe.folder));
}

TEST_CASE("what is damaged at the office makes no backup, and says so", "[sync][backup]") {
  Safe safe;
  safe.file();
  const auto document = core::sha256(core::as_bytes(form_text + std::string("1")));
  const auto path = safe.office.registry->documents.path(*(*safe.office.registry->store.document_folder(document)), document);
  SECTION("a document") { std::ofstream(path, std::ios::trunc) << "other bytes"; }
  SECTION("a document is gone") { fs::remove(path); }
  SECTION("a leaf of the log") { REQUIRE(safe.office.registry->database.run("UPDATE log_leaves SET at = at + 1 WHERE idx = 0")); }
  SECTION("no backup key yet") { fs::remove(safe.office.folder() + "/keys/backup.pub"); }
  CHECK_FALSE(safe.make());
  CHECK_FALSE(fs::exists(safe.backup));
  CHECK_FALSE(fs::exists(safe.backup + ".partial"));
  CHECK_FALSE(fs::exists(safe.office.folder() + "/backup-scratch"));
  CHECK_FALSE(reg::last_backup(safe.office.folder()));
}

TEST_CASE("the first page says when the last good backup was made, in red when that is a day ago", "[sync][backup][console]") {
  Safe safe;
  const auto red = [&](const char* text) {
    const auto tags = Desk::between(safe.desk.get("/").body, "<span class=\"tag bad\">", "</html>");  // icon, words; other marks may follow
    return tags.find(reg::escaped(safe.office.registry->assets.texts.say(core::Language::kk, text))) != std::string::npos;
  };
  safe.desk.sign_in("clerk");
  CHECK(red("console.backup.none"));
  safe.made();
  CHECK_FALSE(red("console.backup.late"));
  CHECK(safe.desk.get("/").body.find(reg::escaped(safe.office.registry->assets.texts.say(core::Language::kk, "console.backup.last"))) != std::string::npos);
  safe.office.now += std::chrono::hours{24} + std::chrono::minutes{1};
  safe.desk.sign_in("clerk");
  CHECK(red("console.backup.late"));
}

TEST_CASE("a restored office takes nothing until every kiosk has spoken and somebody says so", "[sync][backup][restore]") {
  Safe safe;
  safe.file();
  const auto other = safe.office.add_kiosk("AS-01");
  TestKiosk second(safe.office, other, 9);
  safe.made();
  const auto held = safe.office.registry->log.checkpoint();
  safe.office.now += std::chrono::minutes{5};
  safe.move_in();
  const auto next = safe.kiosk.next_filing(40);
  CHECK(code_of(safe.office.ask(safe.kiosk.put_request(next))) == "log-behind");
  CHECK(safe.resume().error().code == core::ErrorCode::conflict);  // AS-01 was not heard
  CHECK(safe.time_holding(held).status == 200);
  CHECK(safe.resume().error().detail.find("AS-01") != std::string::npos);
  SECTION("it speaks") { CHECK(safe.office.ask(second.request("GET", "/v1/time?nonce=8f14e45fceea167a5a36dedd4bea2543")).status == 200); }
  SECTION("nobody waits for it") { REQUIRE(safe.resume({"AS-01"})); }
  if (safe.office.count("SELECT count(*) FROM facts WHERE name = 'restored_at' AND value <> ''") == 1) REQUIRE(safe.resume());
  safe.office.reopen();
  CHECK(safe.kiosk.put(next).status == 200);
  CHECK(safe.resume().error().code == core::ErrorCode::wrong_state);
}

TEST_CASE("while a kiosk holds more than the backup and gives none of it back, resume does not help", "[sync][backup][restore]") {
  Safe safe;
  safe.file();
  safe.made();
  safe.file();  // after the backup: only the kiosk has it now
  const auto held = safe.office.registry->log.checkpoint();
  safe.move_in();
  const auto size = safe.office.registry->log.size();
  CHECK(safe.time_holding(held).status == 200);
  CHECK(safe.office.registry->log.ahead() == held);
  CHECK(safe.office.registry->log.refusal() == reg::restored_word);
  CHECK(safe.resume({"AL-03"}).error().code == core::ErrorCode::wrong_state);
  CHECK(code_of(safe.office.ask(safe.kiosk.put_request(safe.kiosk.next_filing(41)))) == "log-behind");
  CHECK(safe.office.registry->log.size() == size);
}

TEST_CASE("what did not come back is listed at the console, in three languages", "[sync][backup][restore][console]") {
  Safe safe;
  safe.file();
  safe.made();
  const auto from = safe.office.registry->log.size();
  safe.file();
  const auto piece = safe.office.registry->log.piece(from);
  REQUIRE(piece);
  safe.move_in();
  auto request = safe.kiosk.request("POST", "/v1/log/leaves", core::canonical(sync::log::to_json(*piece)));
  request.set("Content-Type", std::string(sync::json_media_type));
  REQUIRE(safe.office.ask(request).status == 200);
  for (const auto language : {core::Language::kk, core::Language::ru, core::Language::en}) {
    safe.desk.language = std::string(core::to_text(language));
    safe.desk.sign_in("clerk");
    const auto said = [&](const char* text, const core::TextArgs& values = {}) { return reg::escaped(safe.office.registry->assets.texts.say(language, text, values)); };
    CHECK(safe.desk.get("/").body.find("href=\"/lost\"") != std::string::npos);
    const auto page = safe.desk.get("/lost");
    CHECK(page.status == 200);
    CHECK(unbalanced(page.body) == "");
    CHECK(page.body.find(said("console.lost.acts.hint")) != std::string::npos);
    CHECK(page.body.find(said("console.lost.sub", {{"n", std::to_string(piece->leaves.size())}})) != std::string::npos);
    CHECK(page.body.find(">" + std::to_string(from) + "<") != std::string::npos);
    CHECK(page.body.find(">" + std::to_string(from + piece->leaves.size() - 1) + "<") != std::string::npos);
    Story::keep_to_look_at("lost-" + safe.desk.language + ".html", page.body);
  }
}

TEST_CASE("after a restore the feed begins a new epoch, and every item is the registry's word in it", "[sync][backup][restore]") {
  Safe safe;
  safe.file();
  const auto before = safe.office.ask(safe.kiosk.request("GET", "/v1/feed?after=0.0&limit=200"));
  const auto old_page = sync::decode_feed_page(before.body);
  REQUIRE((old_page && old_page->items.size() > 3));
  safe.made();
  safe.move_in();
  CHECK(safe.office.ask(safe.kiosk.request("GET", "/v1/feed?after=" + sync::to_text(old_page->next) + "&limit=200")).status == 410);
  const auto page = sync::decode_feed_page(safe.office.ask(safe.kiosk.request("GET", "/v1/feed?after=0.0&limit=200")).body);
  REQUIRE(page);
  CHECK(page->epoch > old_page->epoch);
  REQUIRE(page->items.size() == old_page->items.size());
  for (std::size_t i = 0; i < page->items.size(); ++i) {
    const auto item = sync::open_feed_item(page->items[i], safe.kiosk.keys, safe.kiosk.device);
    const auto old = sync::open_feed_item(old_page->items[i], safe.kiosk.keys, safe.kiosk.device);
    REQUIRE((item && old));
    CHECK(item->at_position.epoch == page->epoch);
    CHECK(item->body == old->body);
  }
}
