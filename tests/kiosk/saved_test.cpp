// What the screen calls saved is on the disk: the App before the real store, whose folder is copied at each step and
// opened as after a kill (RELIABILITY, I2: keep_document leaves the key's row to the draft's commit).
#include <stdlib.h>

#include <filesystem>

#include "core/crypto.h"
#include "core/store/kiosk_store.h"
#include "tests/kiosk/applicant_sights.h"
#include "tests/support/catch.h"
#include "tests/support/clocks.h"

using namespace qabyl;
using namespace qabyl::kiosk;
using namespace qabyl::kiosk::test;

namespace {

const std::string pin = "482915";

class Disk {
 public:
  Disk() : keys_(77), key_(core::random_seal_key(keys_)) { REQUIRE(mkdtemp(folder_.data()) != nullptr); }
  ~Disk() { std::filesystem::remove_all(folder_); }
  std::unique_ptr<core::KioskStore> open(const std::string& name) {
    core::KioskStoreOptions options;
    options.folder = path(name);
    options.device = "AL-03";
    options.storage_key = key_;
    options.pin_cost = core::argon2_minimum;
    options.clock = &clock_;
    options.random = &random_;
    auto opened = core::KioskStore::open(std::move(options));
    REQUIRE(opened);
    return *std::move(opened);
  }
  // What a program that is started after a kill at this moment finds.
  std::unique_ptr<core::KioskStore> after_a_kill(const std::string& name) {
    std::filesystem::copy(path("store"), path(name), std::filesystem::copy_options::recursive);
    return open(name);
  }

 private:
  std::string path(const std::string& name) const { return folder_ + "/" + name; }

  std::string folder_ = std::filesystem::temp_directory_path() / "qabyl-saved-XXXXXX";
  tests::FakeClock clock_;
  tests::FakeRandom keys_, random_{4711};
  core::SealKey key_;
};

}  // namespace

TEST_CASE("a page that was added is called saved only when the draft that names it is on the disk", "[kiosk][saved]") {
  Disk disk;
  auto store = disk.open("store");
  UiRig rig;
  SightSeeing sight(rig, stage("docs"), Answers::usual, {});
  auto& visit = sight.visit();
  REQUIRE(store->create_draft(*visit.app.journey().draft, pin));
  const auto id = visit.app.journey().draft->id;
  const auto says = [&](const char* text, const core::TextArgs& args = {}) {
    sight.draw();
    return rig.registry.shows(rig.texts.say(core::Language::kk, text, args));
  };

  visit.answer_saves = false;
  const core::Bytes page(5000, 0x25);
  const auto kept = store->keep_document(page, id, "жарғы.pdf", "application/pdf");
  REQUIRE(kept);
  core::DraftFile file;
  file.ref = *kept;
  file.pages = 3;
  file.source = "usb";
  visit.add("LD2", file);
  REQUIRE(visit.count<effect::SaveDraft>() == 1);  // at once, by itself
  const auto saving = visit.last<effect::SaveDraft>();
  CHECK(says("saving"));
  {
    auto found = disk.after_a_kill("before");
    const auto draft = found->open_draft(id, pin);
    REQUIRE(draft);
    CHECK(draft->files() == 0);  // so nothing may be called saved yet
  }

  REQUIRE(store->save_draft(saving.draft));
  {
    auto found = disk.after_a_kill("after");
    const auto draft = found->open_draft(id, pin);
    REQUIRE(draft);
    CHECK(draft->files() == 1);
    const auto bytes = found->read_document(kept->sha256, 0, page.size());
    REQUIRE(bytes);
    CHECK(*bytes == page);
  }
  CHECK(says("saving"));  // the store has it, but has not said so
  const auto at = visit.app.now().wall;
  visit.reply(reply::DraftSaved{id, at});
  CHECK_FALSE(says("saving"));
  CHECK(says("saved", {{"t", core::format_time(sample_set_up().zone.local(at))}}));
}

TEST_CASE("while the last answer is not on the disk, the time of an earlier save does not stand for it", "[kiosk][saved]") {
  UiRig rig;
  SightSeeing sight(rig, stage("docs"), Answers::usual, {});
  auto& visit = sight.visit();
  visit.answer_saves = false;
  REQUIRE(visit.app.journey().saving.saved_at);
  const auto before = rig.texts.say(core::Language::kk, "saved", {{"t", core::format_time(sample_set_up().zone.local(*visit.app.journey().saving.saved_at))}});
  sight.draw();
  CHECK(rig.registry.shows(before));
  visit.add("LD2", pdf_file("жарғы.pdf", 3, 2));
  sight.draw();
  CHECK_FALSE(rig.registry.shows(before));
  visit.reply(reply::DraftRefused{core::ErrorCode::full, 0, {}});
  sight.draw();
  CHECK_FALSE(rig.registry.shows(before));
  CHECK(rig.registry.shows(rig.texts.say(core::Language::kk, "save.failed")));
}
