// The courier with the real programs (sync/courier.md): a person files at a kiosk that has no line, a bundle is carried to the
// registry and its answers back, and the kiosk and the registry agree. No packet passes between the two.
#include <signal.h>

#include <filesystem>

#include "tests/e2e/trouble_ground.h"
#include "tests/support/catch.h"
#include "tests/support/office_hand.h"

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

TEST_CASE("an operator puts the queue on a stick, the office takes it at its console, and the answers come back by the panel", "[e2e][courier]") {
  namespace fs = std::filesystem;
  auto& ground = rig::TroubleGround::fresh();
  auto& office = ground.office();
  const auto named = [&](const std::string& prefix) {
    for (const auto& file : fs::directory_iterator(office.usb())) {
      if (file.path().filename().string().starts_with(prefix)) return file.path().string();
    }
    return std::string();
  };
  const auto play = [&](const rig::ScriptText& script) {
    auto kiosk = ground.kiosk(script);
    return kiosk.wait(180s);
  };
  auto script = ground.back_to_documents();
  script.line(ground.add("LD2", "1-founding.pdf").text()).wait("docs.remove").pause(500);
  script.line(ground.fee_later_to_receipt().text()).tap("rcpt.go").wait("start.staff", 60);
  script.line(ground.operator_panel().text()).tap("op.tab.4").wait("op.courier.write").tap("op.courier.write").wait_text("Жазылды.", 60).wait_text("Құжаттар: 3", 10);
  script.tap("op.courier.read").wait_text("осы терминалға арналған жауап жоқ", 60);  // none has come yet; the kiosk's own file is none
  INFO(ground.log());
  REQUIRE(play(script) == 0);
  const auto up = named("qabyl-courier-AL-03-");
  REQUIRE_FALSE(up.empty());
  CHECK(ground.filings().empty());

  office.start_registry();
  rig::OfficeHand hand(office, ground.path("office-hand"));
  REQUIRE(hand.sign_in("clerk"));
  (void)hand.send("/courier", "/courier", {{"@bundle", up}});
  CHECK(hand.said().empty());
  CHECK(rig::read_text(hand.folder() + "/answer.html").find("Кезек қабылданды") != std::string::npos);
  const auto answers = hand.page("/courier_answers?device=AL-03");
  REQUIRE(answers.starts_with("qabyl-courier 1\n"));
  office.stop_registry();
  rig::write_text(office.usb() + "/qabyl-answers-AL-03.qcb", answers);

  rig::ScriptText back;
  back.line(ground.operator_panel().text()).wait_text("Жазбалар: 1").tap("op.tab.4").wait("op.courier.read").tap("op.courier.read").wait_text("Қабылданды: 1.", 60);
  back.tap("op.courier.read").wait_text("Ештеңе өзгерген жоқ", 60).tap("op.tab.1").wait_text("Расталды", 30);
  REQUIRE(play(back) == 0);
  CHECK(ground.compare({"1-founding.pdf"}) == "");
}
