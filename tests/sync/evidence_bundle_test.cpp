// The evidence of a case as the console gives it out (issue 4, line 8): one ZIP of everything, checked by the verifier's own
// functions, readable, written down, and only for who may open the case (O3).
#include <sstream>

#include "core/zip.h"
#include "sync/log/evidence_bundle.h"
#include "sync/registry/journal_out.h"
#include "sync/verify/bundle_check.h"
#include "sync/verify/journal_check.h"
#include "sync/verify/proof_check.h"
#include "tests/sync/console_desk.h"

using namespace qabyl;
using namespace qabyl::test;
using sync::verify::Standing;

namespace {

sync::verify::Trust trust_in(const reg::Registry& registry) {
  return *sync::verify::make_trust(core::fingerprint(registry.keys.root), false, registry.keys.keys_jws);
}

std::size_t times_read(reg::Registry& registry, std::string_view officer) {
  return static_cast<std::size_t>(*registry.database.integer("SELECT count(*) FROM audit WHERE action = 'case.evidence' AND actor <> '" + std::string(officer) + "'"));
}

}  // namespace

TEST_CASE("evidence: the console gives a case out as one file that is proved up to the root", "[sync][console][evidence]") {
  Desk desk;
  const auto filed = desk.file_hostile();
  desk.sign_in("clerk");
  CHECK(desk.get("/case/" + filed).body.find("href=\"/evidence/" + filed + "\"") != std::string::npos);
  const auto response = desk.get("/evidence/" + filed);
  REQUIRE(response.status == 200);
  CHECK(response.header("Content-Type") == "application/zip");
  CHECK(response.header("Content-Disposition") == "attachment; filename=\"qabyl-case-" + filed + ".zip\"");
  const auto check = sync::verify::check_bundle(core::as_bytes(response.body), trust_in(*desk.office.registry));
  INFO(check.why << " " << check.where);
  REQUIRE(check.standing == Standing::proved);
  CHECK(check.case_id == filed);
  CHECK(check.records == 1);
  CHECK(check.documents == 1);
  CHECK(check.outcomes.at("accepted") == 1);
  CHECK(times_read(*desk.office.registry, "") == 1);
}

TEST_CASE("evidence: records of the kiosk and of the office stand in it, with every document of an inspection", "[sync][console][evidence]") {
  Desk desk;
  desk.sign_in("head");
  const auto notice = core::Id(desk.secrets.text("notice"));
  const auto row = desk.office.registry->store.record(notice);
  REQUIRE((row && *row));
  const auto response = desk.get("/evidence/" + (*row)->case_id);
  REQUIRE(response.status == 200);
  const auto check = sync::verify::check_bundle(core::as_bytes(response.body), trust_in(*desk.office.registry));
  INFO(check.why << " " << check.where);
  CHECK(check.standing == Standing::proved);
  CHECK(check.records >= 3);  // assignment signed and registered, notice
  CHECK(check.documents >= 1);
  CHECK(check.missing.empty());
}

TEST_CASE("evidence: its page shows hostile names as text, needs no script, and leads to files that are there", "[sync][console][evidence]") {
  Desk desk;
  const auto filed = desk.file_hostile();
  desk.sign_in("clerk");
  const std::string body = desk.get("/evidence/" + filed).body;
  const auto files = core::read_zip(core::as_bytes(body));
  REQUIRE(files);
  const auto page = std::find_if(files->begin(), files->end(), [](const auto& file) { return file.path == sync::log::evidence_path::page; });
  REQUIRE(page != files->end());
  const std::string html(core::as_text(page->bytes));
  CHECK(html.find("<script") == std::string::npos);
  CHECK(html.find("<img") == std::string::npos);
  CHECK(html.find("&lt;img src=x onerror=alert(1)&gt;") != std::string::npos);
  for (const char* lang : {"lang=\"kk\"", "lang=\"ru\"", "lang=\"en\""}) CHECK(html.find(lang) != std::string::npos);
  CHECK(html.find("console.") == std::string::npos);  // no text without its words
  std::size_t links = 0;
  for (auto at = html.find("href=\""); at != std::string::npos; at = html.find("href=\"", at + 6)) {
    const auto target = html.substr(at + 6, html.find('"', at + 6) - at - 6);
    if (target.starts_with('#')) continue;
    INFO(target);
    CHECK(std::any_of(files->begin(), files->end(), [&](const auto& file) { return file.path == target; }));
    ++links;
  }
  CHECK(links == 3 * 4);  // in each language: record, proof, answer, document
}

TEST_CASE("evidence: each record of a case gives its own proof file, one touch away and explained", "[sync][console][evidence]") {
  Desk desk;
  desk.sign_in("head");
  const auto notice = *desk.office.registry->store.record(core::Id(desk.secrets.text("notice")));
  REQUIRE(notice);
  const auto records = *desk.office.registry->store.case_records(notice->case_id, false);
  for (const char* lang : {"kk", "ru", "en"}) {
    desk.language = lang;
    const auto html = desk.get("/case/" + notice->case_id).body;
    CHECK(html.find(desk.office.registry->assets.texts.say(*core::parse_language(lang), "console.proof.means")) != std::string::npos);
    for (const auto& one : records) CHECK(html.find("href=\"/proof/" + one.id + "\"") != std::string::npos);
  }
  for (const auto& one : records) {
    const auto response = desk.get("/proof/" + one.id);
    REQUIRE(response.status == 200);
    const auto check = sync::verify::check_proof(response.body, one.jws, trust_in(*desk.office.registry));
    INFO(check.why);
    CHECK(check.standing == Standing::proved);
    const auto file = sync::log::parse_proof_file(response.body);
    REQUIRE(file);
    CHECK(response.header("Content-Disposition") == "attachment; filename=\"qabyl-proof-" + std::to_string(file->index + 1) + ".json\"");
  }
}

TEST_CASE("evidence: who may not open a case gets no evidence of it (O3)", "[sync][console][evidence][abuse]") {
  Desk desk;
  const auto filed = desk.file_hostile();
  CHECK(desk.get("/evidence/" + filed).status == 303);  // nobody is signed in
  desk.sign_in("admin");
  CHECK(desk.get("/evidence/" + filed).status == 404);
  CHECK(desk.get("/proof/" + filed).status == 404);
  desk.sign_in("inspector");
  CHECK(desk.get("/evidence/" + filed).status == 404);
  CHECK(desk.get("/proof/" + filed).status == 404);
  desk.sign_in("clerk");
  CHECK(desk.get("/evidence/019ac2f4b1007abc8def0123456789ab").status == 404);
  CHECK(desk.get("/evidence/x").status == 404);
  CHECK(*desk.office.registry->database.integer("SELECT count(*) FROM audit WHERE action = 'case.evidence'") == 0);
}

TEST_CASE("evidence: the journal of a kiosk and the office's own are given out whole", "[sync][evidence]") {
  Desk desk;
  desk.file_hostile();
  auto& registry = *desk.office.registry;
  for (const std::string& device : {desk.kiosk.device, std::string("registry")}) {
    INFO(device);
    std::stringstream journal;
    const auto written = reg::write_journal(registry, device, journal, desk.office.now);
    REQUIRE(written);
    const auto check = sync::verify::check_journal([&]() -> core::Result<std::string> {
      std::string line;
      if (!std::getline(journal, line)) return core::Error{core::ErrorCode::not_found, ""};
      return line;
    }, trust_in(registry));
    INFO(check.why << " " << check.line);
    CHECK(check.standing == Standing::proved);
    CHECK(check.head.records == *written);
    CHECK(*written >= 1);
  }
  std::stringstream nothing;
  CHECK(reg::write_journal(registry, "ZZ-99", nothing, desk.office.now).error().code == core::ErrorCode::not_found);
}
