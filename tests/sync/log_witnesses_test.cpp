// What devices say of the evidence log (issue 4, line 7): the checkpoint that each last saw under its own cosignature, its
// evidence when the log contradicts itself, and what the console shows of both.
#include "sync/log/fork_file.h"
#include "sync/registry/log_witnesses.h"
#include "tests/sync/console_desk.h"

using namespace qabyl;
using namespace qabyl::test;
namespace elog = qabyl::sync::log;

namespace {

struct Watched {
  Desk desk;
  TestOffice& office = desk.office;
  TestKiosk kiosk{office, office.add_kiosk("AL-07"), 9};
  int n = 0;

  std::string file() {  // the checkpoint that its verdict brings
    ++n;
    auto odd = record("nothing.known", n, id(800 + n), core::Json::Object{{"x", n}}, kiosk.device);
    odd.actor.role = "applicant";
    const auto sent = kiosk.next(std::move(odd));
    return kiosk.verdict(kiosk.put(sent), sent).log->checkpoint;
  }
  std::string cosigned(const std::string& text, const core::SigningKey& key, std::string_view device = "AL-07") const {
    auto note = *elog::parse_note(text);
    note.signatures.push_back(elog::cosign(note.text, elog::device_witness("localhost", device), key, 1'795'000'000));
    return elog::write_note(note);
  }
  sync::Response holds(const std::string& note) {
    auto request = kiosk.request("GET", "/v1/time?nonce=8f14e45fceea167a5a36dedd4bea2543");
    request.set(sync::log_header, core::to_base64url(core::as_bytes(note)));
    return office.ask(request);
  }
  sync::Response reports(const std::string& evidence) {
    auto request = kiosk.request("POST", "/v1/log/forks", evidence);
    request.set("Content-Type", std::string(sync::json_media_type));
    return office.ask(request);
  }
  // The registry's own key under another tree of that size: what somebody signs who altered the log.
  std::string other_tree(std::uint64_t size) { return elog::sign_checkpoint({"localhost", size, core::sha256(core::as_bytes("another"))}, office.registry->keys.log); }
  std::string evidence(const std::string& held, const std::string& shown) const {
    return elog::encode({elog::ForkKind::root, "AL-07", office.now, held, shown, {}});
  }
  std::uint64_t size() { return office.registry->log.size(); }
  std::string page(const std::string& target) {
    desk.sign_in("head");
    const auto response = desk.get(target);
    CHECK(response.status == 200);
    CHECK(unbalanced(response.body) == "");
    return response.body;
  }
  std::string words(const char* text_id, const core::TextArgs& args = {}) { return reg::escaped(office.registry->assets.texts.say(core::Language::kk, text_id, args)); }
};

}  // namespace

TEST_CASE("what a kiosk last saw is kept with its cosignature, and the console shows it", "[sync][log][witness]") {
  Watched at;
  CHECK(at.page("/kiosks").find(at.words("console.log.never")) != std::string::npos);
  const auto note = at.file();
  CHECK(at.holds(at.cosigned(note, at.kiosk.key)).status == 200);
  const auto seen = *at.office.registry->store.log_seen("AL-07");
  REQUIRE(seen);
  CHECK((seen->agrees && seen->cosigned && seen->size == at.size() && seen->at == at.office.now));
  for (const auto* target : {"/kiosks", "/kiosk?device=AL-07"}) {
    const auto page = at.page(target);
    CHECK(page.find(at.words("console.log.agrees")) != std::string::npos);
    CHECK(page.find(at.words("console.log.records", {{"n", std::to_string(seen->size)}})) != std::string::npos);
    CHECK(page.find(at.words("console.log.fork")) == std::string::npos);
  }
  CHECK(at.holds(note).status == 200);  // without its signature
  CHECK(at.page("/kiosks").find(at.words("console.log.unsigned")) != std::string::npos);
}

TEST_CASE("a line in a kiosk's name that is not by its key is refused; another witness's is passed over", "[sync][log][witness]") {
  Watched at;
  const auto note = at.file();
  auto bent = *elog::parse_note(at.cosigned(note, at.kiosk.key));
  bent.signatures.back().bytes.back() ^= 1;
  CHECK(code_of(at.holds(elog::write_note(bent))) == "log");
  CHECK_FALSE(*at.office.registry->store.log_seen("AL-07"));
  CHECK(at.holds(at.cosigned(note, at.office.registry->keys.record, "AL-08")).status == 200);
  CHECK_FALSE((*at.office.registry->store.log_seen("AL-07"))->cosigned);
}

TEST_CASE("evidence of a fork is kept once, shown, given out as it came, and stops the registry", "[sync][log][witness]") {
  Watched at;
  const auto held = at.file();
  const auto evidence = at.evidence(held, at.other_tree(at.size()));
  CHECK(at.reports(evidence).status == 204);
  CHECK(at.reports(evidence).status == 204);
  CHECK(at.office.count("SELECT count(*) FROM log_forks") == 1);
  CHECK(at.office.count("SELECT count(*) FROM audit WHERE action = 'log.fork' AND actor = 'AL-07' AND outcome = 'root'") >= 1);
  CHECK_FALSE(at.office.registry->log.refusal().empty());  // its key has signed a tree that is not this one
  for (const auto* target : {"/", "/kiosks", "/kiosk?device=AL-07"}) CHECK(at.page(target).find(at.words("console.log.fork")) != std::string::npos);
  for (const auto* target : {"/", "/kiosks"}) CHECK(at.page(target).find(at.words("console.log.refusal")) != std::string::npos);
  const auto page = at.page("/kiosk?device=AL-07");
  CHECK(page.find(at.words("console.log.why.root")) != std::string::npos);
  REQUIRE(page.find("/fork?n=1\"") != std::string::npos);
  CHECK(at.page("/fork?n=1") == evidence);
  CHECK(at.desk.get("/fork?n=2").status == 404);
  CHECK(at.desk.get("/fork?n=x").status == 404);
}

TEST_CASE("what is no fork of this log is refused and stops nothing", "[sync][log][witness]") {
  Watched at;
  const auto first = at.file(), second = at.file();
  const auto stranger = elog::sign_checkpoint({"localhost", at.size(), core::sha256({})}, at.kiosk.key);
  for (const auto& body : {std::string(), std::string("{}"), at.evidence(first, first), at.evidence(first, second), at.evidence(second, stranger), at.evidence(first, at.other_tree(9)) + " "}) {
    INFO(body);
    CHECK(code_of(at.reports(body)) == "log");
  }
  auto plain = at.kiosk.request("POST", "/v1/log/forks", "{}");
  plain.set("Content-Type", "text/plain");
  CHECK(at.office.ask(plain).status == 415);
  CHECK(at.office.ask(plain_request("POST", "/v1/log/forks", "{}")).status == 401);
  CHECK(at.office.ask(at.kiosk.request("GET", "/v1/log/forks")).status == 405);
  CHECK(at.office.count("SELECT count(*) FROM log_forks") == 0);
  CHECK(at.office.registry->log.refusal().empty());
}

TEST_CASE("the forks of one device have a limit", "[sync][log][witness]") {
  Watched at;
  const auto held = at.file();
  const auto shown = at.other_tree(at.size());
  for (std::size_t i = 0; i < reg::device_forks_max; ++i) {
    REQUIRE(at.reports(elog::encode({elog::ForkKind::root, "AL-07", at.office.now + core::Millis(static_cast<std::int64_t>(i)), held, shown, {}})).status == 204);
  }
  CHECK(code_of(at.reports(elog::encode({elog::ForkKind::root, "AL-07", at.office.now - core::Millis(1), held, shown, {}}))) == "forks");
}

namespace {

struct Outsider {
  SeededRandom random{77};
  core::SigningKey key = core::new_signing_key(random);
  elog::NoteKey name{"witness.example/w1", key.verify_key, elog::NoteAlgorithm::cosignature_v1};

  std::string cosigned(const std::string& text, std::int64_t unix_s = 1'795'000'000) const {
    auto note = *elog::parse_note(text);
    note.signatures.push_back(elog::cosign(note.text, name.name, key, unix_s));
    return elog::write_note(note);
  }
};

sync::Response posts(Watched& at, const std::string& note, const std::string& type = "text/plain") {
  auto request = plain_request("POST", "/v1/log/cosignatures", note);
  request.set("Content-Type", type);
  return at.office.ask(request);
}

}  // namespace

TEST_CASE("the cosignature of a witness that the office knows is kept and served, to anybody", "[sync][log][witness]") {
  Watched at;
  const Outsider witness;
  CHECK(code_of(posts(at, witness.cosigned(at.file()))) == "witness");  // nobody knows it yet
  REQUIRE(reg::add_witness(*at.office.registry, elog::to_vkey(witness.name), at.office.now));
  const auto first = at.file();
  CHECK(posts(at, witness.cosigned(first)).status == 204);
  auto& files = at.office.registry->log_files;
  CHECK(files.behind(at.office.registry->log));
  REQUIRE(files.publish(at.office.registry->log));
  CHECK_FALSE(files.behind(at.office.registry->log));
  const auto read = [&](const std::string& path) { return file_text(at.office.folder() + "/log/" + path); };
  CHECK(read("checkpoint") == witness.cosigned(first));
  CHECK(read(elog::witness_path(witness.name)) == witness.cosigned(first));
  CHECK(at.office.ask(plain_request("GET", "/v1/log/" + elog::witness_path(witness.name))).status == 200);
  CHECK(at.office.ask(plain_request("GET", "/v1/log/witness/00000000")).status == 404);
  CHECK(at.office.ask(plain_request("GET", "/v1/log/witness/../checkpoint")).status == 404);

  const auto second = at.file();  // the log grows on: the newest has no line yet, what was cosigned stays
  REQUIRE(files.publish(at.office.registry->log));
  CHECK(read("checkpoint") == second);
  CHECK(read(elog::witness_path(witness.name)) == witness.cosigned(first));
  CHECK(posts(at, witness.cosigned(second)).status == 204);
  CHECK(posts(at, witness.cosigned(first, 1'795'000'100)).status == 204);  // an older log, later: the newest stays
  at.desk.restart();
  REQUIRE(at.office.registry->log_files.publish(at.office.registry->log));
  CHECK(read("checkpoint") == witness.cosigned(second));
  CHECK(read(elog::witness_path(witness.name)) == witness.cosigned(second));
}

TEST_CASE("a cosignature that does not hold, is from the future, or is of no log of ours is refused", "[sync][log][witness]") {
  Watched at;
  const Outsider witness;
  const auto note = at.file();
  REQUIRE(reg::add_witness(*at.office.registry, elog::to_vkey(witness.name), at.office.now));
  auto bent = *elog::parse_note(witness.cosigned(note));
  bent.signatures.back().bytes.back() ^= 1;
  const auto now_s = at.office.now.time_since_epoch().count() / 1000;
  CHECK(code_of(posts(at, elog::write_note(bent))) == "witness");
  CHECK(code_of(posts(at, witness.cosigned(note, now_s + 3'700))) == "witness");
  CHECK(code_of(posts(at, note)) == "witness");  // nobody's line
  CHECK(code_of(posts(at, "hello")) == "log");
  CHECK(code_of(posts(at, witness.cosigned(elog::sign_checkpoint({"localhost", 1, core::sha256({})}, witness.key)))) == "log");
  CHECK(posts(at, witness.cosigned(note), "application/json").status == 415);
  CHECK(posts(at, std::string(20'000, 'x')).status == 413);
  CHECK(at.office.count("SELECT count(*) FROM log_witnesses WHERE note <> ''") == 0);
  CHECK(at.office.registry->log.refusal().empty());
  CHECK(posts(at, witness.cosigned(note, now_s + 3'500)).status == 204);
}

TEST_CASE("a witness that holds a checkpoint which this registry signed and does not know stops it", "[sync][log][witness][restore]") {
  Watched at;
  const Outsider witness;
  at.file();
  REQUIRE(reg::add_witness(*at.office.registry, elog::to_vkey(witness.name), at.office.now));
  const auto lost = witness.cosigned(at.other_tree(at.size() + 3));
  const auto answer = posts(at, lost);
  CHECK(answer.status == 409);
  CHECK(code_of(answer) == "log-behind");
  CHECK(at.office.registry->log.refusal() == lost);
}

TEST_CASE("witnesses are added by their verifier keys, each name once, up to a limit", "[sync][log][witness]") {
  Watched at;
  auto& registry = *at.office.registry;
  const Outsider witness;
  const auto vkey = elog::to_vkey(witness.name);
  const auto code = [&](const std::string& key) { return reg::add_witness(registry, key, at.office.now).error().code; };
  CHECK(code("nonsense") == core::ErrorCode::invalid_input);
  CHECK(code(elog::to_vkey({"log.example", witness.key.verify_key})) == core::ErrorCode::invalid_input);  // a log's, not a witness's
  REQUIRE(reg::add_witness(registry, vkey, at.office.now));
  CHECK(code(vkey) == core::ErrorCode::conflict);
  for (std::size_t i = 1; i < reg::witnesses_max; ++i) {
    REQUIRE(reg::add_witness(registry, elog::to_vkey({"witness.example/n" + std::to_string(i), witness.key.verify_key, elog::NoteAlgorithm::cosignature_v1}), at.office.now));
  }
  CHECK(code(elog::to_vkey({"witness.example/more", witness.key.verify_key, elog::NoteAlgorithm::cosignature_v1})) == core::ErrorCode::too_large);
}
