// Bad files and a bad stick with the whole kiosk (RELIABILITY K3, 4.6): each is met in one visit, one after the other,
// says its sentence, leaves nothing half stored, and the visitor files all the same.
#include <signal.h>

#include <filesystem>

#include "core/record.h"
#include "tests/e2e/trouble_ground.h"
#include "tests/support/catch.h"
#include "tests/support/documents.h"

using namespace qabyl;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

struct BadFile { const char* name; const char* words; bool tapped_away = true; };
constexpr BadFile bad_files[] = {{"vanishes.jpg", "vanishes.jpg: Қабылданбады. Себебі: файл көшірілген кезде өзгерді не жойылды"},
                                 {"grows.jpg", "grows.jpg: Қабылданбады. Себебі: файл көшірілген кезде өзгерді не жойылды"},
                                 {"large.jpg", "large.jpg: файл тым үлкен. Ең үлкен көлемі: 50 МБ"},
                                 {"pulled.jpg", "USB-жинақтауыш ажырап қалды"}};
// Said in the list already; they cannot be chosen.
constexpr BadFile listed_only[] = {{"empty.pdf", "Қабылданбады. Себебі: файл бос", false}, {"zip.pdf", "PDF, JPEG немесе PNG емес", false}};
constexpr const char* confirmed = "Орталық тізілім алғанын растады";

// Local file header, central directory and end of a ZIP with one empty entry.
const std::string zip = std::string("PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0a", 31) +
                        std::string("PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0a", 49) +
                        std::string("PK\x05\x06\0\0\0\0\x01\0\x01\0\x2F\0\0\0\x1F\0\0\0\0\0", 22);

void make_bad(const std::string& path, const std::string& name) {
  if (name == "empty.pdf") return rig::write_text(path, "");
  if (name == "zip.pdf") return rig::write_text(path, zip);
  rig::make_jpeg(path, 800, 1100);
  if (name == "large.jpg") return fs::resize_file(path, core::document_bytes_max + 1);
  rig::write_text(path, rig::read_text(path) + std::string(200'000, ' '));  // several pieces, so that trouble comes between two
}

}  // namespace

TEST_CASE("files that vanish, grow, are empty, too large or no documents and a stick that is pulled say so; the rest is filed", "[e2e][trouble]") {
  auto& ground = rig::TroubleGround::fresh();
  auto& office = ground.office();
  const auto stick = office.usb();
  office.start_registry();
  fs::remove_all(stick);
  fs::create_directory(stick);

  // One file at a time is on the stick: its turn has come when the list shows it.
  auto script = ground.back_to_documents();
  script.tap("docs.add.LD2").wait("docs.src.close");
  for (const auto& bad : bad_files) script.wait_text(bad.name, 30).tap_text(bad.name).wait_text(bad.words);
  for (const auto& bad : listed_only) script.wait_text(bad.name, 30).wait_text(bad.words).tap_text(bad.name);
  script.wait_text("1-founding.pdf", 30).tap_text("1-founding.pdf").wait("docs.remove").pause(500);
  script.line(ground.fee_later_to_receipt().text()).wait_text(confirmed, 60);
  auto kiosk = ground.kiosk(script, {{"LD_PRELOAD", rig::program("libqabyl-bad-stick.so")}, {"QABYL_STICK", stick}});
  const auto told = [&] { return "\n" + ground.shown() + rig::read_text(ground.log()); };

  const auto meet = [&](const BadFile& bad) {
    make_bad(ground.path("made"), bad.name);
    fs::rename(ground.path("made"), stick + "/" + bad.name);
    if (!ground.comes(bad.words, kiosk, 60s)) FAIL(bad.name << told());
    CHECK(ground.shows("docs.src.close"));                     // other files can be chosen
    CHECK(fs::is_empty(office.kiosk_data() + "/store/documents/tmp"));
    if (bad.tapped_away) fs::remove(stick + "/" + bad.name);   // the script goes by the next one's name
    if (!fs::exists(stick)) fs::create_directory(stick);       // another stick is put in
  };
  for (const auto& bad : bad_files) meet(bad);
  for (const auto& bad : listed_only) meet(bad);
  fs::copy_file(ground.path("usb/1-founding.pdf"), stick + "/1-founding.pdf");
  const auto ended = kiosk.wait(90s);
  INFO(told());
  REQUIRE(ended == 0);
  office.stop_registry();
  CHECK(ground.compare({"1-founding.pdf"}) == "");
}
