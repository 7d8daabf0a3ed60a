// How: the real programs, real files, real TLS on loopback. A script plays the person at the kiosk; what
// the kiosk has accepted (--events) is compared with what the registry holds (show) and the originals.
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <sstream>
#include <thread>

#include "core/crypto.h"
#include "core/encoding.h"
#include "tests/support/catch.h"
#include "tests/support/documents.h"
#include "tests/support/journeys.h"
#include "tests/support/rig.h"

using namespace qabyl;
using namespace std::chrono_literals;

namespace {

struct Stage {
  rig::TemporaryFolder folder{"e2e"};
  rig::Office office{folder.path() + "/office"};
  std::string events = folder.path() + "/events.jsonl";

  Stage() {
    rig::make_pdf(office.usb() + "/1-founding.pdf", "Құрылтай құжаттары", 3);
    rig::make_jpeg(office.usb() + "/2-registration.jpg", 800, 1100);
    rig::make_png(office.usb() + "/3-payment.png", 600, 800);
  }
  rig::Program kiosk(const std::string& script) {
    const auto file = folder.path() + "/script.jsonl";
    rig::write_text(file, script);
    return rig::Program(office.kiosk_command({"--offscreen", "--size", "1280x720", "--script", file, "--events", events,
                                              "--shots", folder.path() + "/shots"}), log());
  }
  std::string log() const { return folder.path() + "/kiosk.log"; }
  std::vector<core::Json> accepted() const {
    std::vector<core::Json> found;
    std::istringstream lines(rig::read_text(events));
    for (std::string line; std::getline(lines, line);) {
      if (auto json = core::parse_json(line, 1024 * 1024)) found.push_back(*std::move(json));
    }
    return found;
  }
  // How often the registry has accepted what the person was shown: once, with the digest of the receipt.
  static long accepted_with_id(const core::Json& event, const std::vector<core::Json>& records) {
    return std::count_if(records.begin(), records.end(), [&](const core::Json& record) {
      return record.text("id") == event.text("id") && record.text("digest") == event.text("digest") && record.text("outcome") == "accepted";
    });
  }
  // Waits until the registry has accepted all that was shown, and the screen has said so; false after `at_most`.
  bool drained(const std::vector<core::Json>& shown, rig::Program& kiosk, std::chrono::milliseconds at_most) {
    const auto until = std::chrono::steady_clock::now() + at_most;
    while (kiosk.running() && std::chrono::steady_clock::now() < until) {
      const auto records = office.registry_records();
      const auto there = [&](const core::Json& event) { return accepted_with_id(event, records) > 0; };
      if (std::all_of(shown.begin(), shown.end(), there) && std::filesystem::exists(folder.path() + "/shots/confirmed.png")) return true;
      std::this_thread::sleep_for(250ms);  // the poll of a database, not a hope
    }
    return false;
  }
  core::Json verify_receipt() const {
    const auto keys = office.registry_data() + "/keys/", said = folder.path() + "/verify.log";
    rig::run({rig::program("qabyl-verify"), "receipt", office.usb() + "/qabyl-receipt.pdf", "--root", keys + "root.pub", "--keys", keys + "keys.json", "--json"}, said);
    const auto text = rig::read_text(said);
    const auto json = core::parse_json(std::string_view(text).substr(0, text.find('\n')), 1024 * 1024);
    return json ? *json : core::Json(core::Json::Object{{"verdict", text}});
  }
  std::string digest_of(const std::string& name) const {
    return core::to_hex(core::sha256(core::as_bytes(rig::read_text(office.usb() + "/" + name))));
  }
};

std::vector<std::string> digests(const core::Json& record) {
  std::vector<std::string> found;
  for (const auto& document : record.items("documents")) found.push_back(document.text("sha256"));
  return found;
}

}  // namespace

TEST_CASE("both journeys with the line cut end in receipts, and the registry confirms each once", "[e2e]") {
  Stage stage;
  // The paper must have arrived before the line is cut: a visit that only waits for it.
  const auto& staff = stage.office.secrets().items("staff").front();
  rig::ScriptText fetch;
  fetch.wait("start.apply").pause(4000);
  REQUIRE(stage.kiosk(fetch.text()).wait(60s) == 0);
  stage.office.stop_registry();

  rig::Applicant applicant;
  applicant.documents = {{"LD2", "1-founding.pdf"}, {"LD3", "2-registration.jpg"}};
  applicant.fee_later = false;
  applicant.fee_file = "3-payment.png";
  auto script = rig::application(applicant);
  script.tap("rcpt.go").wait("wiped.start").tap("wiped.start");
  script.line(rig::mark_of_receipt({"kk", staff.text("badge"), staff.text("pin"), ""}).text());
  script.wait_text("Орталық тізілім алғанын растады", 120).tap("rcpt.proof").wait("proof.close").tap("rcpt.usb");
  script.wait_text("Қолхат USB-жинақтауышқа сақталды", 60).shot("confirmed").pause(600'000);
  auto kiosk = stage.kiosk(script.text());
  const bool marked = rig::wait_for_line(stage.events, "notice.mark_receipt", kiosk, 4min);
  INFO(rig::read_text(stage.log()));
  REQUIRE(marked);
  stage.office.start_registry();
  const auto shown = stage.accepted();
  REQUIRE(shown.size() == 2);
  // The mark of receipt is confirmed on the screen; the application's pages may still be on their way then.
  CHECK(stage.drained(shown, kiosk, 3min));
  CHECK(std::filesystem::exists(stage.folder.path() + "/shots/confirmed.png"));
  kiosk.signal(SIGTERM);
  CHECK(kiosk.wait(20s) == 0);
  const auto proved = stage.verify_receipt();  // what lies on the stick, before the program that anybody has
  CHECK(proved.text("verdict") == "proved");
  CHECK(proved.number("stage") == 2);
  const auto records = stage.office.registry_records();
  for (const auto& event : shown) CHECK(stage.accepted_with_id(event, records) == 1);
  const auto filed = std::find_if(records.begin(), records.end(), [](const core::Json& record) { return record.text("kind") == "licence_application.submit"; });
  REQUIRE(filed != records.end());
  const auto at_registry = digests(*filed);
  REQUIRE(at_registry.size() == 5);  // the form, three papers from the stick, and the form's pages as they were shown
  for (const char* name : {"1-founding.pdf", "2-registration.jpg", "3-payment.png"}) {
    CHECK(std::count(at_registry.begin(), at_registry.end(), stage.digest_of(name)) == 1);
  }
}
