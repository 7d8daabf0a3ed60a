// How: a written request, signed in the real console, received and answered at the real kiosk with a document of the stick
// while the registry is off; when it is back both acts are accepted, with the document whole (paragraphs 13, 14; A13).
// The inspection starts some days after the sample is made: both programs run under a wall clock that is set on.
#include <algorithm>
#include <csignal>
#include <sstream>

#include "core/cases/inspection.h"
#include "core/civil_time.h"
#include "core/crypto.h"
#include "core/encoding.h"
#include "tests/support/catch.h"
#include "tests/support/console_by_curl.h"
#include "tests/support/documents.h"
#include "tests/support/journeys.h"

using namespace qabyl;
using namespace std::chrono_literals;

namespace {

constexpr const char* confirmed = "Орталық тізілім алғанын растады";
constexpr int days_on = 12;  // past the start in five working days, whatever holidays lie between

struct Ground {
  rig::TemporaryFolder folder{"acts"};
  rig::Office office{folder.path() + "/office"};
  std::map<std::string, std::string> later{{"LD_PRELOAD", rig::program("libqabyl-other-time.so")}, {"QABYL_CLOCK_SHIFT", folder.path() + "/shift"}};
  const core::Json& deputy = office.secrets().items("staff").front();

  Ground() {
    rig::make_pdf(office.usb() + "/register.pdf", "Шарттардың тізілімі", 3);
    rig::write_text(folder.path() + "/shift", std::to_string(days_on * 24 * 3600));
  }
  rig::Program kiosk(const rig::ScriptText& script, const std::map<std::string, std::string>& environment) {
    const auto file = folder.path() + "/script.jsonl";
    rig::write_text(file, script.text());
    return rig::Program(office.kiosk_command({"--offscreen", "--size", "1280x720", "--script", file, "--events", events(), "--shots", folder.path() + "/shots"}), log(), environment);
  }
  std::string events() const { return folder.path() + "/events.jsonl"; }
  std::string log() const { return folder.path() + "/kiosk.log"; }
  rig::Officer officer() const { return {"kk", deputy.text("badge"), deputy.text("pin"), ""}; }
  std::string accepted_record(std::string_view kind) {
    for (const auto& record : office.registry_records()) {
      if (record.text("kind") == kind && record.text("outcome") == "accepted") return core::canonical(record);
    }
    return {};
  }
};

std::string iso_day(int days_from_now) {
  return core::iso_date(core::Date{std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) + std::chrono::days{days_from_now}});
}

// The head of the group begins the inspection and signs a request for two things.
void ask(Ground& ground, const std::string& case_id) {
  rig::ConsoleVisitor console(ground.office);
  REQUIRE(console.sign_in("clerk"));
  REQUIRE(console.act("/case/" + case_id + "/file", "unit=a&place=b") == 303);
  REQUIRE(console.sign_in("inspector"));
  REQUIRE(console.act("/case/" + case_id + "/start", "date=" + iso_day(days_on)) == 303);
  REQUIRE(console.act("/case/" + case_id + "/request", "items=register%20of%20contracts%0Aaccess%20logs&due=" + iso_day(days_on + 9)) == 303);
}

}  // namespace

TEST_CASE("a request is received and answered with a document while the registry is off, and both are accepted when it is back", "[e2e][acts]") {
  Ground ground;
  const auto& secrets = ground.office.secrets();
  auto marking = rig::mark_of_receipt(ground.officer());
  marking.wait_text(confirmed, 60);
  REQUIRE(ground.kiosk(marking, {}).wait(3min) == 0);
  ground.office.stop_registry();
  ground.office.start_registry(ground.later);
  ask(ground, secrets.text("case"));
  rig::ScriptText fetch;
  fetch.wait("start.apply").pause(4000);  // the paper comes by the feed
  REQUIRE(ground.kiosk(fetch, ground.later).wait(60s) == 0);
  ground.office.stop_registry();

  auto script = rig::mark_of_receipt(ground.officer());
  script.line(rig::answer_after_receipt(ground.officer(), {0}, "register.pdf").text());
  script.wait_text(confirmed, 120).shot("confirmed");
  auto kiosk = ground.kiosk(script, ground.later);
  const bool answered = rig::wait_for_line(ground.events(), "request.answer", kiosk, 4min);
  INFO(rig::read_text(ground.log()));
  REQUIRE(answered);
  ground.office.start_registry(ground.later);
  CHECK(kiosk.wait(3min) == 0);
  CHECK(ground.accepted_record("request.receive") != "");
  const auto answer = ground.accepted_record("request.answer");
  REQUIRE(answer != "");
  const auto digest = core::to_hex(core::sha256(core::as_bytes(rig::read_text(ground.office.usb() + "/register.pdf"))));
  CHECK(answer.find(digest) != std::string::npos);
}
