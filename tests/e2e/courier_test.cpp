// The courier with the real programs (sync/courier.md): a person files at a kiosk that has no line, a bundle is carried to the
// registry and its answers back, and the kiosk and the registry agree. No packet passes between the two.
#include <signal.h>

#include "tests/e2e/trouble_ground.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace std::chrono_literals;

TEST_CASE("what a kiosk without a line has taken is accepted by way of a stick", "[e2e][courier]") {
  auto& ground = rig::TroubleGround::fresh();
  auto& office = ground.office();
  auto script = ground.back_to_documents();
  script.line(ground.add("LD2", "1-founding.pdf").text()).wait("docs.remove").pause(500);
  script.line(ground.fee_later_to_receipt().text()).pause(3'600'000);
  {
    auto kiosk = ground.kiosk(script);
    REQUIRE(ground.comes("rcpt.go", kiosk, 60s));
    kiosk.signal(SIGTERM);
    REQUIRE(kiosk.wait(20s));
  }
  REQUIRE(ground.accepted().size() == 1);
  const auto up = ground.path("qabyl-courier.qcb"), down = ground.path("qabyl-answers.qcb");
  const auto at_kiosk = [&](const std::string& way, const std::string& file) {
    return rig::run({rig::program("qabyl-kiosk"), "courier", "--data", office.kiosk_data(), way, file}, ground.path("courier.log"));
  };
  const auto at_registry = [&](const std::string& bundle, const std::string& answers) {
    return rig::run({rig::program("qabyl-registry"), "courier", "take", "--data", office.registry_data(), bundle, "--answers", answers}, ground.path("courier.log"));
  };
  const auto said = [&] { return rig::read_text(ground.path("courier.log")); };
  REQUIRE(at_kiosk("--write", up) == 0);
  rig::write_text(ground.path("half.qcb"), rig::read_text(up).substr(0, rig::read_text(up).size() / 2));
  CHECK(at_registry(ground.path("half.qcb"), down) == 1);
  CHECK(ground.filings().empty());
  REQUIRE(at_registry(up, down) == 0);
  INFO(said());
  CHECK(said().find("\"documents\":3,\"records\":1,\"refused\":[]") != std::string::npos);
  CHECK(ground.compare({"1-founding.pdf"}) == "");
  CHECK(at_kiosk("--read", up) == 1);  // that one goes the other way
  REQUIRE(at_kiosk("--read", down) == 0);
  CHECK(said().find("\"alarm\":\"\"") != std::string::npos);
  CHECK(said().find("\"decided\":1") != std::string::npos);
  REQUIRE(at_kiosk("--read", down) == 0);  // again
  CHECK(said().find("\"decided\":0") != std::string::npos);
  REQUIRE(at_registry(up, down) == 0);     // and again
  CHECK(ground.compare({"1-founding.pdf"}) == "");
}
