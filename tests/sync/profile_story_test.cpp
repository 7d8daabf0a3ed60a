// A newer version of the rule profile comes with a newer program: nothing changes until a person takes it, and then only for
// cases that are opened from there on. A case is judged, counted and shown by its own version for ever (RULES.md).
#include "sync/registry/office_profiles.h"
#include "sync/verify/date_answers.h"
#include "tests/sync/newer_assets.h"
#include "tests/sync/story.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

constexpr const char* id_2004 = "kz-2004-249";

// The letter of paragraph 13 is due one working day after 30 November; by the newer version three.
struct TwoVersions : Story {
  TwoVersions() { begin(); }
  void newer(const std::string& version, int letter_days) {
    desk.office.assets = newer_profile(desk.office, version, letter_days);
    desk.restart();
  }
  sync::Response take(const char* login) {
    desk.sign_in(login);
    return desk.act(login, "/terms/profile", std::string("profile=") + id_2004);
  }
  std::string version_of(const core::Id& case_id) {
    const auto found = reg::case_now(*desk.office.registry, case_id);
    REQUIRE(found);
    return found->book.profile->version;
  }
  std::string in_force() { return (*reg::profile_in_force(*desk.office.registry, id_2004))->version; }
  std::string letter_due(const core::Id& case_id) {
    const auto found = reg::case_now(*desk.office.registry, case_id);
    REQUIRE(found);
    const auto rules = reg::rules_of(*found);
    REQUIRE(rules);
    return core::iso_date(rules->run("D13", *core::parse_iso_date("2026-11-30"))->due);
  }
  std::string running(std::string_view term) {
    const auto found = reg::case_now(*desk.office.registry, id);
    REQUIRE(found);
    for (const auto& one : reg::open_terms(*found)) {
      if (one.term.id == term) return core::iso_date(one.term.due);
    }
    return {};
  }
  // An assignment as that of the sample's inspection, signed now.
  core::Id another_inspection() {
    const auto head = reg::open_officer(*desk.office.registry, "head", desk.password("head"), desk.office.now);
    REQUIRE(head);
    core::Json body;
    const auto history = reg::case_history(*desk.office.registry, core::Id(desk.secrets.text("case")));
    REQUIRE(history);
    for (const auto& [name, value] : history->front().body.object()) {
      if (name != "act" && name != "profile_version" && name != "calendar") body[name] = value;
    }
    const auto made = reg::sign_assignment(*desk.office.registry, *head, body, desk.office.now);
    if (!made) FAIL(made.error().detail);
    return *made;
  }
  core::Id application(std::string_view version) {
    auto filing = filing_of({"form " + std::to_string(++n)});
    filing.id = filing.case_id = test::id(n);
    filing.body["signature"] = core::to_json(signature(filing.docs.front().sha256, 2, n));
    filing.body.object().erase("profile_version");  // as a kiosk of before versions
    if (!version.empty()) filing.body["profile_version"] = version;
    const auto sent = desk.kiosk.next(std::move(filing));
    REQUIRE(desk.kiosk.put(sent).status == 200);
    REQUIRE(desk.office.registry->keep_document(core::as_bytes("form " + std::to_string(n)), desk.office.now));
    REQUIRE(desk.office.registry->store.mark_here(sent.record.id, 0));
    REQUIRE(reg::settle(*desk.office.registry, sent.record.id, desk.office.now));
    desk.sign_in("clerk");
    REQUIRE(desk.act("clerk", "/case/" + sent.record.case_id + "/register").status == 303);
    return sent.record.case_id;
  }
  std::vector<std::string> versions_in_feed() {
    std::vector<std::string> versions;
    for (const auto& item : bureau.feed(desk.kiosk)) {
      const auto asset = item.kind == sync::feed_kind::profile ? core::open_asset(item.body.text("jws"), desk.kiosk.keys, item.at) : core::Result<core::Asset>(core::Error{core::ErrorCode::not_found, ""});
      if (asset && asset->name == id_2004) versions.push_back(asset->version);
    }
    return versions;
  }
};

}  // namespace

TEST_CASE("a newer profile changes nothing until the unit's head takes it, and then only cases that are opened from there on", "[sync][console][story][profile]") {
  TwoVersions story;
  REQUIRE(story.running("D13") == "2026-12-01");
  story.newer("2026-2", 3);
  CHECK(story.running("D13") == "2026-12-01");
  CHECK(story.version_of(story.another_inspection()) == "2026-1");
  CHECK(story.terms().find("/terms/profile") == std::string::npos);  // a clerk is not asked
  CHECK(story.take("clerk").status == 403);
  story.desk.sign_in("unit");
  const auto offered = story.desk.get("/terms").body;
  CHECK(unbalanced(offered) == "");
  CHECK(offered.find("action=\"/terms/profile\"") != std::string::npos);
  CHECK(story.versions_in_feed() == std::vector<std::string>{"2026-1"});
  REQUIRE(story.take("unit").status == 303);
  CHECK(Desk::alert(story.take("unit")) == story.said("console.why.profile.none_waits"));
  CHECK(story.versions_in_feed() == std::vector<std::string>{"2026-1", "2026-2"});
  CHECK(story.desk.office.count("SELECT count(*) FROM audit WHERE action = 'profile.take' AND outcome = 'done'") == 1);

  const auto later = story.another_inspection();
  CHECK(story.version_of(later) == "2026-2");
  CHECK(story.letter_due(later) == "2026-12-03");
  for (int starts = 0; starts < 2; ++starts) {
    CHECK(story.version_of(story.id) == "2026-1");
    CHECK(story.running("D13") == "2026-12-01");
    CHECK(story.page("inspector").find(std::string(id_2004) + ", 2026-1</small>") != std::string::npos);
    story.desk.sign_in("clerk");
    CHECK(story.desk.get("/case/" + later).body.find(std::string(id_2004) + ", 2026-2</small>") != std::string::npos);
    const auto how = story.desk.get("/term?case=" + story.id + "&term=D13&base=2026-11-30").body;
    CHECK(how.find("2026-1") != std::string::npos);
    CHECK(how.find("2026-2") == std::string::npos);
    story.desk.restart();
  }
  REQUIRE(story.files(core::kind::letter_of_responsibles, letter_from(story.bureau), 0, "deputy") == "accepted");
  CHECK(story.running("D13") == "");
}

TEST_CASE("an application is under the version that its applicant had before him; under one that the office never took, under that in force", "[sync][console][story][profile]") {
  TwoVersions story;
  const auto before = story.application("");
  story.newer("2026-2", 3);
  REQUIRE(story.take("head").status == 303);
  const auto unnamed = story.application(""), older = story.application("2026-1"), newest = story.application("2026-2"), unknown = story.application("2031-7");
  for (int starts = 0; starts < 2; ++starts) {
    CHECK(story.version_of(before) == "2026-1");
    CHECK(story.version_of(unnamed) == "2026-2");
    CHECK(story.version_of(older) == "2026-1");
    CHECK(story.version_of(newest) == "2026-2");
    CHECK(story.version_of(unknown) == "2026-2");
    story.newer("2031-7", 5);  // the version that was named by a newer kiosk comes: the registration said which counts
  }
  REQUIRE(story.take("head").status == 303);
  CHECK(story.version_of(unknown) == "2026-2");
  CHECK(story.version_of(story.application("2031-7")) == "2031-7");
}

TEST_CASE("every version stays in the store as it was signed: an older one is not taken, another text under a known version is not read, an altered one stops the start", "[sync][story][profile][abuse]") {
  TwoVersions story;
  auto& office = story.desk.office;
  story.newer("2025-9", 3);
  CHECK(story.desk.act("head", "/terms/profile", std::string("profile=") + id_2004).status == 303);  // to the sign-in: the restart ended the session
  CHECK(Desk::alert(story.take("head")) == story.said("console.why.profile.none_waits"));
  CHECK(reg::profile_of(*office.registry, id_2004, "2025-9") == nullptr);
  story.newer("2026-1", 3);
  CHECK(story.letter_due(story.id) == "2026-12-01");
  story.newer("2026-2", 3);
  REQUIRE(story.take("deputy").status == 303);
  office.assets = in_build("/assets");  // back to the older program
  story.desk.restart();
  CHECK(story.in_force() == "2026-2");
  CHECK(story.version_of(story.another_inspection()) == "2026-2");
  story.newer("2026-2", 9);
  CHECK(story.letter_due(story.another_inspection()) == "2026-12-03");

  const std::string fact = std::string("profile.kept.") + id_2004 + ".2026-2";
  const auto kept = *office.registry->store.fact(fact);
  const auto reopened = [&](const std::string& value) {
    REQUIRE(office.registry->store.keep_fact(fact, value));
    office.api.reset();
    office.registry.reset();
    const auto opened = reg::Registry::open({office.folder(), office.assets, &office.random, core::argon2_minimum});
    auto problem = opened ? std::string() : opened.error().detail;
    if (!opened) {  // by hand, as it was damaged by hand
      auto database = core::Database::open(reg::database_path(office.folder()), reg::registry_database(false));
      REQUIRE(database);
      REQUIRE(database->run("UPDATE facts SET value = ?1 WHERE name = ?2", kept, fact));
    }
    if (opened) CHECK((*opened)->profiles.size() == 3);
    return problem;
  };
  const auto entry = *core::parse_json(kept, kept.size());
  const auto with = [&](const std::string& jws) { return core::canonical(core::Json(core::Json::Object{{"jws", jws}, {"at", entry.number("at")}})); };
  const auto asset = *core::read_asset(entry.text("jws"));
  SeededRandom random(77);
  auto altered = asset;
  altered.text.replace(altered.text.find("length = 3"), 10, "length = 8");
  auto bent = entry.text("jws");
  bent[bent.size() / 2] = bent[bent.size() / 2] == 'A' ? 'B' : 'A';
  office.reopen();
  CHECK(reopened(with(core::sign_asset(altered, core::new_signing_key(random)))) == fact);  // signed by somebody
  office.reopen();
  CHECK(reopened(with(bent)) == fact);
  office.reopen();
  CHECK(reopened(with(core::sign_asset({id_2004, "2026-3", asset.text}, office.registry->keys.assets))) == fact);  // another name on it
  office.reopen();
  CHECK(reopened(kept) == "");
}

TEST_CASE("the file of a version counts in qabyl-verify as the registry counts; a newer calendar recounts each case by its own version", "[sync][console][story][profile][A30]") {
  TwoVersions story;
  story.newer("2026-2", 3);
  REQUIRE(story.take("unit").status == 303);
  const auto file = [&](const char* version) {
    story.desk.sign_in("auditor");
    const auto got = story.desk.get(std::string("/profile?id=") + id_2004 + "&version=" + version);
    CHECK(got.header("Content-Disposition") == std::string("attachment; filename=\"") + id_2004 + "_" + version + ".toml\"");
    return got.body;
  };
  const auto counted = [&](const std::string& toml) {
    const auto profile = core::Profile::parse(toml);
    REQUIRE(profile);
    return *sync::verify::deadline_answer(*profile, story.desk.office.registry->assets.calendar, story.desk.office.registry->assets.texts, core::Language::en, {"D13", "2026-11-30", ""});
  };
  const auto first = counted(file("2026-1")), second = counted(file("2026-2"));
  CHECK(first.substr(0, 10) == "2026-12-01");
  CHECK(first.find("2026-1") != std::string::npos);
  CHECK(second.substr(0, 10) == "2026-12-03");
  CHECK(second.find("2026-2") != std::string::npos);
  CHECK(story.desk.get(std::string("/profile?id=") + id_2004 + "&version=2026-9").status == 404);
  story.desk.sign_in("admin");
  CHECK(story.desk.get(std::string("/profile?id=") + id_2004 + "&version=2026-1").status == 403);

  story.desk.office.assets = newer_assets(story.desk.office, "moved;2026-12-01;2026-12-05");
  story.desk.restart();
  story.desk.sign_in("unit");
  REQUIRE(story.desk.act("unit", "/terms/recount").status == 303);
  CHECK(story.running("D13") == "2026-12-02");  // one working day after the start, as before
  CHECK(story.version_of(story.id) == "2026-1");
}
