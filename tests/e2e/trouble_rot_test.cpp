// A stored document rots on the disk while its record waits for the registry (RELIABILITY 1.5, I1): the background check
// of the real kiosk finds it by itself, and the operator reads which receipt it belongs to.
#include <signal.h>

#include <filesystem>
#include <fstream>

#include "core/crypto.h"
#include "core/encoding.h"
#include "tests/e2e/trouble_ground.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

void flip_a_bit(const std::string& path) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(1000);
  const int byte = file.get();
  file.seekp(1000);
  file.put(static_cast<char>(byte ^ 1));
}

}  // namespace

TEST_CASE("a bit that flips in a stored document is found in the background and named to the operator by its receipt", "[e2e][trouble]") {
  auto& ground = rig::TroubleGround::fresh();
  auto script = ground.back_to_documents();
  script.line(ground.add("LD2", "1-founding.pdf").text()).wait("docs.remove").pause(500).line(ground.fee_later_to_receipt().text());
  auto kiosk = ground.kiosk(script);
  REQUIRE(kiosk.wait(2min) == 0);
  REQUIRE(ground.accepted().size() == 1);
  const auto number = ground.accepted().front().text("number");

  const auto name = core::to_hex(core::sha256(core::as_bytes(rig::read_text(ground.path("usb/1-founding.pdf")))));
  std::string stored;
  for (const auto& entry : fs::recursive_directory_iterator(ground.office().kiosk_data() + "/store/documents")) {
    if (entry.path().filename() == name) stored = entry.path();
  }
  REQUIRE(stored != "");
  flip_a_bit(stored);

  rig::ScriptText look;
  look.line(ground.operator_panel().text()).wait_text("Зақымдалғандары: 1", 60).wait_text(number);
  kiosk = ground.kiosk(look);
  const auto ended = kiosk.wait(2min);
  INFO(ground.shown() << rig::read_text(ground.log()));
  CHECK(ended == 0);
}
