// The kiosk's disk is full before a visitor comes, while a document is copied, and after it (RELIABILITY I2, I7, I15,
// 4.4): the whole kiosk on a disk whose room the test gives and takes (small_disk.cpp). Always a sentence, nothing lost,
// no half file, and with room again the work goes on without a restart.
#include <signal.h>

#include <filesystem>

#include "tests/e2e/trouble_ground.h"
#include "tests/support/catch.h"
#include "tests/support/documents.h"

using namespace qabyl;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t plenty = 12ULL << 30, under_reserve = 1ULL << 30;
constexpr std::size_t large_bytes = 24 << 20;  // more than a WAL that the start empties gives back
constexpr const char* stopped = "Құжаттарды сақтайтын орын аз қалды", *no_room = "терминалда орын жоқ";
constexpr const char* not_saved = "Сақталмады.", *not_filed = "Өтініш тапсырылмады.";

// The disk of the kiosk's data folder.
class SmallDisk {
 public:
  explicit SmallDisk(rig::TroubleGround& ground) : ground_(ground) { leave(plenty); }
  void leave(std::uint64_t bytes) {
    std::uint64_t used = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(ground_.office().kiosk_data())) {
      std::error_code gone;  // files come and go under us
      if (entry.is_regular_file(gone)) used += entry.file_size(gone);
    }
    rig::write_text(file_ + ".new", std::to_string(used + bytes));
    std::filesystem::rename(file_ + ".new", file_);
  }
  std::map<std::string, std::string> environment() const {
    return {{"LD_PRELOAD", rig::program("libqabyl-small-disk.so")}, {"QABYL_DISK_UNDER", ground_.office().kiosk_data()}, {"QABYL_DISK_BYTES", file_}};
  }
  // Documents that are being written, or were left half written.
  std::size_t half_files() const {
    const auto folder = ground_.office().kiosk_data() + "/store/documents/tmp";
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
  }

 private:
  rig::TroubleGround& ground_;
  std::string file_ = ground_.path("disk-bytes");
};

}  // namespace

TEST_CASE("below the reserve nobody can begin, staff can, and with room again the next visitor begins", "[e2e][trouble]") {
  auto& ground = rig::TroubleGround::fresh();
  SmallDisk disk(ground);
  disk.leave(under_reserve);
  rig::ScriptText script;
  script.wait("power.notme", 60).tap("power.notme").wait("stop.staff").wait("start.apply", 30).tap("start.apply").wait("kind.issue").pause(60'000);
  auto kiosk = ground.kiosk(script, disk.environment());
  const bool refused = ground.comes(stopped, kiosk, 60s);
  INFO(ground.shown() << rig::read_text(ground.log()));
  REQUIRE(refused);
  CHECK(ground.shows("stop.staff"));
  CHECK_FALSE(ground.shows("start.apply"));
  disk.leave(plenty);
  CHECK(ground.comes("kind.issue", kiosk, 30s));
  kiosk.signal(SIGTERM);
  CHECK(kiosk.wait(20s));
}

TEST_CASE("a disk that is full during and after copying loses nothing, and the same visitor files once there is room", "[e2e][trouble]") {
  auto& ground = rig::TroubleGround::fresh();
  ground.office().start_registry();
  SmallDisk disk(ground);
  const auto put_on_stick = [&](const std::string& name) {  // appears in the list that the visitor looks at
    rig::make_jpeg(ground.path("made.jpg"), 800, 1100);
    rig::write_text(ground.path("made.jpg"), rig::read_text(ground.path("made.jpg")) + std::string(large_bytes, ' '));
    std::filesystem::rename(ground.path("made.jpg"), ground.office().usb() + "/" + name);
  };
  // A started application may use the reserve: there is room for the first file, not for the second. A file on the
  // stick tells the script when the room has been changed.
  disk.leave(700'000);
  put_on_stick("3-large.jpg");
  auto script = ground.back_to_documents();
  script.line(ground.add("LD2", "1-founding.pdf").text()).wait("docs.remove");
  script.line(ground.add("LD3", "3-large.jpg").text()).wait_text(no_room).wait_text("0-none-left.jpg").tap("docs.src.close");
  script.tap("docs.go").wait("fee.later").tap("fee.later").tap("fee.go").wait("check.retry").tap_until({"check.retry"}, "check.go").to_signature();
  script.sign_shortly("sign.pad").wait_enabled("sign.go").pause(4000).tap("sign.go").wait_text(not_filed);
  script.tap_until({"sign.go"}, "rcpt.go").wait_text("Орталық тізілім алғанын растады", 60);
  auto kiosk = ground.kiosk(script, disk.environment());
  const auto comes = [&](const char* text) {
    if (!ground.comes(text, kiosk, 60s)) FAIL("never came: " << text << "\n" << ground.shown() << rig::read_text(ground.log()));
  };

  comes(no_room);
  CHECK(disk.half_files() == 0);
  disk.leave(0);
  put_on_stick("0-none-left.jpg");
  comes("check.retry");
  CHECK(disk.half_files() == 0);
  disk.leave(plenty);
  comes("sign.go");
  disk.leave(0);
  comes(not_filed);
  CHECK(ground.accepted().empty());
  CHECK(ground.shows("sign.undo"));  // the ink is still there: nobody signs twice
  disk.leave(plenty);
  comes("rcpt.go");
  REQUIRE(kiosk.wait(60s) == 0);
  ground.office().stop_registry();
  CHECK(ground.accepted().size() == 1);
  CHECK(ground.compare({"1-founding.pdf"}) == "");
}
