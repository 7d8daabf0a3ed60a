// A stolen kiosk (RELIABILITY I14, G15): stopped at the console while the registry serves it over a connection that it keeps. Real
// programs, real TLS. It may go on taking papers, for it cannot know; nothing of them is a filing, all of it is kept aside.
#include <filesystem>
#include <iostream>
#include <thread>

#include "tests/e2e/trouble_ground.h"
#include "tests/support/catch.h"
#include "tests/support/office_hand.h"

using namespace qabyl;
using namespace std::chrono_literals;

namespace {

constexpr auto effective_max = 60s;
constexpr const char* confirmed = "Орталық тізілім алғанын растады";

// The kiosk's page at the console, once it shows something that was kept aside; empty after a minute.
std::string kept_aside(rig::OfficeHand& hand) {
  const auto until = std::chrono::steady_clock::now() + effective_max;
  while (std::chrono::steady_clock::now() < until) {
    auto page = hand.page("/kiosk?device=AL-03");
    if (page.find("<code>") != page.npos) return page;
    std::this_thread::sleep_for(250ms);  // the poll of a page, not a hope
  }
  return {};
}

// What the registry answers to a stranger who holds the kiosk's key, with the session of an earlier call where it gave one out.
std::string answer_to_the_thief(const rig::Office& office, const std::string& folder) {
  const auto keys = office.kiosk_data() + "/", session = folder + "/session", said = folder + "/thief";
  const auto resumed = std::filesystem::exists(session) ? " -sess_in " + session : " -sess_out " + session;
  std::filesystem::remove(said);
  rig::run({"/bin/sh", "-c", "printf 'GET /v1/time?nonce=0123456789abcdef0123456789abcdef HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' | "
            "timeout 20 openssl s_client -quiet -ign_eof -tls1_3 -connect localhost:" + std::to_string(office.device_port()) + " -CAfile " + office.kiosk_data() + "/ca.pem -cert " +
            keys + "tls.crt -key " + keys + "tls.key" + resumed + " 2>/dev/null"}, said);
  return rig::read_text(said).substr(0, 12);
}

}  // namespace

TEST_CASE("a kiosk stopped at the console is refused within a minute on its open connection, and another goes on", "[e2e][trouble][revoked]") {
  auto& ground = rig::TroubleGround::fresh();
  auto& office = ground.office();
  office.add_kiosk("AL-04");
  office.start_registry();
  office.enrol_kiosk("AL-04");
  // One filing is confirmed; the next waits for a file that comes onto the stick when the kiosk has been stopped.
  auto script = ground.back_to_documents();
  script.line(ground.add("LD2", "1-founding.pdf").text()).wait("docs.remove").pause(500);
  script.line(ground.fee_later_to_receipt().text()).wait_text(confirmed, 60).tap("rcpt.go").wait("wiped.start");
  script.line(rig::application_to_documents({}).text()).line(ground.add("LD2", "0-now.pdf").text()).wait("docs.remove").pause(500);
  script.line(ground.fee_later_to_receipt().text()).pause(600'000);
  auto kiosk = ground.kiosk(script);
  const auto told = [&] { return "\n" + ground.shown() + rig::read_text(ground.log()); };
  const auto first_by = std::chrono::steady_clock::now() + 2min;
  while (ground.accepted().empty() && kiosk.running() && std::chrono::steady_clock::now() < first_by) std::this_thread::sleep_for(100ms);  // the poll of a file
  if (ground.accepted().size() != 1 || !ground.comes("docs.src.close", kiosk, 90s)) FAIL(told());  // and the script saw it confirmed
  const auto before = office.registry_records();
  rig::OfficeHand hand(office, ground.path("hand"));
  CHECK(answer_to_the_thief(office, ground.path("hand")) == "HTTP/1.1 200");

  REQUIRE(hand.sign_in("admin"));
  const auto led = hand.send("/kiosk?device=AL-03", "/kiosk_revoke", {{"device", "AL-03"}});
  INFO(hand.said());
  REQUIRE(led);
  CHECK(answer_to_the_thief(office, ground.path("hand")) == "HTTP/1.1 403");  // resumed or not
  std::filesystem::copy_file(office.usb() + "/1-founding.pdf", office.usb() + "/0-now.pdf");
  if (!ground.comes("rcpt.go", kiosk, 90s)) FAIL(told());
  const auto signed_at = std::chrono::steady_clock::now();
  const auto page = kept_aside(hand);
  std::cout << "refused and kept aside " << std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - signed_at).count() << " ms after the receipt\n";
  CHECK(page != "");
  CHECK_FALSE(ground.shows(confirmed));
  const auto after = office.registry_records();
  CHECK(after.size() == before.size());
  const auto filed = ground.filings();
  REQUIRE(filed.size() == 1);
  CHECK(filed.front().text("outcome") == "accepted");
  CHECK(ground.accepted().size() == 2);  // the second stays in the kiosk, with what its receipt says

  rig::ScriptText other;
  other.line(rig::application({}).text()).wait_text(confirmed, 60);
  rig::write_text(ground.path("other.jsonl"), other.text());
  rig::Program spare({rig::program("qabyl-kiosk"), "--data", office.kiosk_data("AL-04"), "--usb", office.usb(), "--offscreen", "--size", "1280x720", "--script",
                      ground.path("other.jsonl")}, ground.path("other.log"));
  const auto ended = spare.wait(3min);
  INFO(rig::read_text(ground.path("other.log")));
  CHECK(ended == 0);
  CHECK(ground.filings().size() == 2);
}
