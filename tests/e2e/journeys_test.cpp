// How: the real programs, real files, real TLS on loopback. A script plays the person at the kiosk; what
// the kiosk has accepted (--events) is compared with what the registry holds (show) and the originals.
#include <algorithm>
#include <filesystem>
#include <sstream>

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
  script.wait_text("Орталық тізілім алғанын растады", 120);
  auto kiosk = stage.kiosk(script.text());
  const bool marked = rig::wait_for_line(stage.events, "notice.mark_receipt", kiosk, 4min);
  INFO(rig::read_text(stage.log()));
  REQUIRE(marked);
  stage.office.start_registry();
  CHECK(kiosk.wait(3min) == 0);

  const auto records = stage.office.registry_records();
  const auto shown = stage.accepted();
  REQUIRE(shown.size() == 2);
  for (const auto& event : shown) {
    const auto same = std::count_if(records.begin(), records.end(), [&](const core::Json& record) {
      return record.text("id") == event.text("id") && record.text("digest") == event.text("digest") && record.text("outcome") == "accepted";
    });
    CHECK(same == 1);
  }
  const auto filed = std::find_if(records.begin(), records.end(), [](const core::Json& record) { return record.text("kind") == "licence_application.submit"; });
  REQUIRE(filed != records.end());
  const auto at_registry = digests(*filed);
  REQUIRE(at_registry.size() == 4);  // the form, and three papers from the stick
  for (const char* name : {"1-founding.pdf", "2-registration.jpg", "3-payment.png"}) {
    CHECK(std::count(at_registry.begin(), at_registry.end(), stage.digest_of(name)) == 1);
  }
}
