// New acceptance and log keys of an office (issue 4, line 1; ARCHITECTURE 5.1): what the old ones signed stays proved, the log
// goes on, a power cut leaves the old keys or the new ones, and the root is needed for that one call.
#include <fstream>

#include "sync/log/place.h"
#include "sync/registry/feed_out.h"
#include "sync/registry/people.h"
#include "tests/sync/registry_rig.h"

using namespace qabyl;
using namespace qabyl::test;
namespace fs = std::filesystem;
namespace elog = qabyl::sync::log;

namespace {

struct Rotating {
  TestOffice office;
  TestKiosk kiosk{office, office.add_kiosk("AL-03")};
  int n = 0;

  struct Filed {
    core::SignedRecord record;
    std::string verdict;
  };
  Filed file() {
    ++n;
    auto odd = record("nothing.known", n, id(900 + n), core::Json::Object{{"x", n}}, kiosk.device);
    odd.actor.role = "applicant";
    const auto sent = kiosk.next(std::move(odd));
    const auto response = kiosk.put(sent);
    REQUIRE(response.status == 200);
    return {sent, *sync::decode_verdict_answer(response.body)};
  }
  core::Status rotate(reg::NewKeys which) {
    office.registry.reset();
    office.now += core::Millis(60'000);
    const auto done = reg::rotate_keys(office.folder(), which, office.now, office.random);
    office.reopen();
    return done;
  }
  core::Keyring list() { return office.registry->keys.keyring; }
  std::string path(const std::string& name) const { return office.folder() + "/keys/" + name; }
};

// "proved", or why not: the verdict, and the place in the log that it states.
std::string proves(const Rotating::Filed& filed, const core::Keyring& keys) {
  const auto verdict = core::open_verdict(filed.verdict, keys, filed.record.record.id, filed.record.digest);
  if (!verdict) return verdict.error().code == core::ErrorCode::forbidden ? "unknown key" : verdict.error().detail;
  const auto placed = elog::check_place(*verdict->log, filed.record.digest, keys);
  return placed ? "proved" : placed.error().detail;
}

}  // namespace

TEST_CASE("old receipts stay proved after a rotation, and new ones are by an unknown key to who has the old list", "[sync][keys]") {
  Rotating at;
  const auto before = at.list();
  const auto old = at.file();
  REQUIRE(at.rotate({.acceptance = true, .log = true}));
  const auto fresh = at.file();
  const auto after = at.list();
  CHECK(after.issued() > before.issued());
  CHECK(after.entries().size() == before.entries().size() + 2);
  CHECK(proves(old, before) == "proved");
  CHECK(proves(old, after) == "proved");
  CHECK(proves(fresh, after) == "proved");
  CHECK(proves(fresh, before) == "unknown key");
}

TEST_CASE("a new log key brings a new acceptance key, an acceptance key alone does not bring a log key", "[sync][keys]") {
  Rotating at;
  const auto first = at.file();
  const auto log_key = at.office.registry->keys.log.verify_key, acceptance = at.office.registry->keys.acceptance.verify_key;
  REQUIRE(at.rotate({.acceptance = true}));
  CHECK(at.office.registry->keys.log.verify_key == log_key);
  const auto second_acceptance = at.office.registry->keys.acceptance.verify_key;
  CHECK(second_acceptance != acceptance);
  REQUIRE(at.rotate({.log = true}));
  CHECK(at.office.registry->keys.log.verify_key != log_key);
  CHECK(at.office.registry->keys.acceptance.verify_key != second_acceptance);
  for (const auto& filed : {first, at.file()}) CHECK(proves(filed, at.list()) == "proved");
}

TEST_CASE("the log goes on under its new key: what was held is its beginning, and files and restarts do not mind", "[sync][keys][log]") {
  Rotating at;
  at.file();
  const auto held = at.office.registry->log.checkpoint();
  REQUIRE(at.office.registry->log_files.publish(at.office.registry->log));
  REQUIRE(at.rotate({.log = true}));
  CHECK(at.office.registry->log.checkpoint() == held);
  at.file();
  at.office.reopen();
  CHECK(*at.office.registry->log.meet(held));
  CHECK(at.office.registry->log.refusal().empty());
  const auto keys = elog::log_keys(at.list());
  const auto small = elog::open_checkpoint(held, "localhost", keys), large = elog::open_checkpoint(at.office.registry->log.checkpoint(), "localhost", keys);
  REQUIRE((small && large));
  const auto proof = at.office.registry->log.consistency(small->size, large->size);
  REQUIRE(proof);
  CHECK(elog::verify_consistency(small->size, small->root, large->size, large->root, *proof));
}

TEST_CASE("anybody gets the list, and every kiosk is told of the new one", "[sync][keys]") {
  Rotating at;
  REQUIRE(at.rotate({.acceptance = true, .assets = true}));
  const auto response = at.office.ask(plain_request("GET", "/v1/keys.json"));
  CHECK(response.status == 200);
  CHECK(response.header("Content-Type") == sync::record_media_type);
  const auto got = core::Keyring::open(response.body, at.kiosk.answer.root_key);
  REQUIRE(got);
  CHECK(got->issued() == at.list().issued());
  CHECK(at.office.ask(plain_request("POST", "/v1/keys.json")).status == 405);
  REQUIRE(reg::tell_keys(*at.office.registry, at.office.now));
  const auto page = reg::feed_page(*at.office.registry, "AL-03", {}, 200, at.office.now);
  REQUIRE((page && *page));
  const auto item = sync::open_feed_item((*page)->items.back(), at.list(), "AL-03");
  REQUIRE(item);
  CHECK(item->body.text("jws") == response.body);
}

TEST_CASE("without the root, or with nothing to make, no key changes", "[sync][keys]") {
  Rotating at;
  const auto list = file_text(at.path("keys.json"));
  CHECK(at.rotate({}).error().code == core::ErrorCode::invalid_input);
  fs::rename(at.path("root"), at.path("away"));
  CHECK(at.rotate({.acceptance = true, .log = true}).error().code == core::ErrorCode::wrong_state);
  CHECK(file_text(at.path("keys.json")) == list);
  CHECK(proves(at.file(), at.list()) == "proved");
}

TEST_CASE("a rotation that is cut short leaves the old keys or the new ones", "[sync][keys]") {
  Rotating at;
  const auto old_seed = file_text(at.path("acceptance.key")), old_list = file_text(at.path("keys.json"));
  REQUIRE(at.rotate({.acceptance = true}));
  const auto new_seed = file_text(at.path("acceptance.key")), new_list = file_text(at.path("keys.json"));
  const auto stand = [&](const std::string& list, const std::string& seed, const std::string& waiting) {
    at.office.registry.reset();
    std::ofstream(at.path("keys.json"), std::ios::trunc) << list;
    std::ofstream(at.path("acceptance.key"), std::ios::trunc) << seed;
    std::ofstream(at.path("acceptance.key.next"), std::ios::trunc) << waiting;
    fs::permissions(at.path("acceptance.key.next"), fs::perms::owner_read | fs::perms::owner_write);
    at.office.reopen();
    CHECK_FALSE(fs::exists(at.path("acceptance.key.next")));
    CHECK(proves(at.file(), at.list()) == "proved");
  };
  SECTION("before the list was written") {
    stand(old_list, old_seed, new_seed);
    CHECK(file_text(at.path("acceptance.key")) == old_seed);
  }
  SECTION("after the list was written") {
    stand(new_list, old_seed, new_seed);
    CHECK(file_text(at.path("acceptance.key")) == new_seed);
  }
}

TEST_CASE("a list of keys that is full takes no more", "[sync][keys]") {
  Rotating at;
  core::Status last = core::Done{};
  for (int i = 0; i < 40 && last; ++i) last = at.rotate({.log = true});
  REQUIRE_FALSE(last);
  CHECK(last.error().code == core::ErrorCode::too_large);
  CHECK(proves(at.file(), at.list()) == "proved");
}
