// The operator's work with the stick: a bundle goes onto it and answers come off it, whatever is wrong with the stick or on it. The
// stick is a folder, the store a real one, the uplink a few answers (the real one: tests/sync/courier_test.cpp, tests/e2e).
#include "kiosk/shell/courier_desk.h"

#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "sync/log/fork_file.h"
#include "tests/core/assets.h"
#include "tests/store/office_feed.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"

using namespace qabyl;
using namespace qabyl::kiosk;
namespace fs = std::filesystem;

namespace {

const OfficeRules& office_rules() {
  static const auto rules = load_office_rules(qabyl::test::in_build("/assets"));
  REQUIRE(rules);
  return *rules;
}

struct PanelOfAL03 {
  PanelOfAL03() : stick_folder((fs::temp_directory_path() / ("qabyl-courier-stick-" + std::to_string(getpid()))).string()), stick(stick_folder) {
    fs::remove_all(stick_folder);
    fs::create_directory(stick_folder);
    station.device = "AL-03";
    station.profile = "kz-2004-249";
    REQUIRE(rig.open());
    desk = std::make_unique<StorageDesk>(StorageDeskParts{rig.store(), office_rules(), station, rig.device_key, rig.clock, rig.random,
                                                          [](Reply) {}, [] {}, [](const core::StoredRecord&) {}});
    const auto person = office.person("S-0009", "314159", rig.clock.now.wall, "040140000018", "operator");
    const auto clerk = office.person("S-0001", "204518", rig.clock.now.wall);
    REQUIRE(rig.store().keep_feed({office.item("staff", person.body, rig.clock.now.wall), office.item("staff", clerk.body, rig.clock.now.wall)}, "1.2"));
    operator_badge = person.badge;
    clerk_badge = clerk.badge;
    sign_in(operator_badge, "314159");
    line.write = [this] { return bundle; };
    line.take = [this](core::ByteView file) {
      taken.emplace_back(core::as_text(file));
      return answer;
    };
  }
  ~PanelOfAL03() { fs::remove_all(stick_folder); }
  void sign_in(const std::string& badge, const char* pin) {
    storage.call([&] { return desk->carry_out(effect::SignIn{badge, pin}); });
  }
  template <typename Wanted>
  Wanted ask(Effect effect) {
    std::vector<Reply> told;
    CourierDesk courier({stick, storage, *desk, rig.clock, line, [&](Reply reply) { told.push_back(std::move(reply)); }});
    REQUIRE(CourierDesk::concerns(effect));
    courier.carry_out(effect);
    REQUIRE(told.size() == 1);
    return std::get<Wanted>(told.front());
  }
  std::string put(const std::string& name, const core::Bytes& bytes) {
    std::ofstream(stick_folder + "/" + name, std::ios::binary) << core::as_text(bytes);
    return name;
  }
  core::Bytes courier(sync::CourierWay way, const std::string& device, core::Instant at) {
    auto written = sync::write_courier({way, device, std::string(32, 'a'), {}, at, {}}, {{"GET", "/v1/keys.json", 200, {}, {}}}, rig.device_key, rig.device_key.verify_key, rig.random);
    REQUIRE(written);
    return *written;
  }

  std::string stick_folder, operator_badge, clerk_badge;
  FolderDrive stick;
  tests::StoreRig rig;
  tests::Office office;
  Station station;
  Worker storage{"storage"};
  std::unique_ptr<StorageDesk> desk;
  CourierLine line;
  core::Result<sync::CourierBundle> bundle = sync::CourierBundle{core::to_bytes(std::string(200'000, 'b')), 3, 5, 1};
  core::Result<sync::CourierTaken> answer = sync::CourierTaken{};
  std::vector<std::string> taken;
};

}  // namespace

TEST_CASE("the queue comes onto the stick under a name that says whose and when, beside what lies there", "[kiosk][desk][courier]") {
  PanelOfAL03 panel;
  const auto first = panel.ask<reply::CourierWritten>(effect::WriteCourier{});
  CHECK(first.why.empty());
  CHECK(first.name.starts_with("qabyl-courier-AL-03-"));
  CHECK(first.name.ends_with(".qcb"));
  CHECK(first.name.find(':') == std::string::npos);  // sticks are FAT
  CHECK(first.bytes == 200'000);
  CHECK(first.records == 3);
  CHECK(first.documents == 5);
  CHECK(first.left == 1);
  CHECK(qabyl::test::file_text(panel.stick_folder + "/" + first.name) == std::string(200'000, 'b'));
  const auto second = panel.ask<reply::CourierWritten>(effect::WriteCourier{});
  CHECK(second.why.empty());
  CHECK(second.name != first.name);
}

TEST_CASE("why nothing came onto the stick is told apart, and nothing is left on it", "[kiosk][desk][courier]") {
  PanelOfAL03 panel;
  panel.bundle = core::Error{core::ErrorCode::forbidden, "keys"};
  CHECK(panel.ask<reply::CourierWritten>(effect::WriteCourier{}).why == "key");
  panel.bundle = core::Error{core::ErrorCode::storage, "disk"};
  CHECK(panel.ask<reply::CourierWritten>(effect::WriteCourier{}).why == "storage");
  CHECK(fs::is_empty(panel.stick_folder));
  panel.bundle = sync::CourierBundle{};
  fs::remove(panel.stick_folder);
  CHECK(panel.ask<reply::CourierWritten>(effect::WriteCourier{}).why == "gone");
  panel.line.write = [&]() -> core::Result<sync::CourierBundle> {  // pulled out while the bundle was made
    fs::remove(panel.stick_folder);
    return sync::CourierBundle{core::to_bytes("x"), 1, 0, 0};
  };
  fs::create_directory(panel.stick_folder);
  CHECK(panel.ask<reply::CourierWritten>(effect::WriteCourier{}).why == "gone");
}

TEST_CASE("nobody but an operator who is signed in moves anything between kiosk and stick", "[kiosk][desk][courier]") {
  PanelOfAL03 panel;
  panel.put("qabyl-answers-AL-03.qcb", panel.courier(sync::CourierWay::down, "AL-03", panel.rig.clock.now.wall));
  panel.sign_in(panel.clerk_badge, "204518");
  CHECK(panel.ask<reply::CourierWritten>(effect::WriteCourier{}).why == "storage");
  CHECK(panel.ask<reply::CourierRead>(effect::ReadCourier{}).why == "none");
  CHECK(panel.ask<reply::ForksSaved>(effect::SaveForks{}).why == "storage");
  CHECK(panel.taken.empty());
  CHECK(std::distance(fs::directory_iterator(panel.stick_folder), {}) == 1);
}

TEST_CASE("all answers to this kiosk are read, oldest first; its own queues, other kiosks' and what is none are told or passed over", "[kiosk][desk][courier]") {
  PanelOfAL03 panel;
  const auto now = panel.rig.clock.now.wall;
  const auto newer = panel.courier(sync::CourierWay::down, "AL-03", now), older = panel.courier(sync::CourierWay::down, "AL-03", now - std::chrono::hours{5});
  CHECK(panel.ask<reply::CourierRead>(effect::ReadCourier{}).why == "none");
  panel.put("a.QCB", newer);  // a stick from elsewhere shouts
  panel.put("b.qcb", older);
  panel.put("own.qcb", panel.courier(sync::CourierWay::up, "AL-03", now));
  panel.put("their.qcb", panel.courier(sync::CourierWay::down, "AL-05", now));
  panel.put("text.qcb", core::to_bytes("hello"));
  panel.put("paper.pdf", core::to_bytes("%PDF-1.4"));
  fs::create_symlink("/etc/passwd", panel.stick_folder + "/link.qcb");
  fs::create_directory(panel.stick_folder + "/folder.qcb");
  for (int i = 0; i < 210; ++i) panel.put("scan" + std::to_string(i) + ".pdf", core::to_bytes("%PDF-1.4"));  // more than a list shows
  panel.answer = sync::CourierTaken{3, 1, 1, 2, 1, 0, 7, 4, 6, "log.fork root"};
  const auto read = panel.ask<reply::CourierRead>(effect::ReadCourier{});
  CHECK(read.why.empty());
  CHECK(panel.taken == std::vector<std::string>{std::string(core::as_text(older)), std::string(core::as_text(newer))});
  CHECK(read.bundles == 2);
  CHECK(read.accepted == 4);
  CHECK(read.held == 2);
  CHECK(read.news == 14);
  CHECK(read.papers == 2);
  CHECK(read.again == 8);
  CHECK(read.waiting == 6);  // what is left is not summed up
  CHECK(read.alarm == "log.fork root");
  REQUIRE(read.refused.size() == 2);
  CHECK(read.refused[0].name == "text.qcb");
  CHECK(read.refused[0].why == "damaged");
  CHECK(read.refused[1].name == "their.qcb");
  CHECK(read.refused[1].why == "other_kiosk");
}

TEST_CASE("answers that are not believed say why, and a stick that is pulled out in the middle says that", "[kiosk][desk][courier]") {
  PanelOfAL03 panel;
  const auto now = panel.rig.clock.now.wall;
  panel.put("answers.qcb", panel.courier(sync::CourierWay::down, "AL-03", now));
  const std::pair<core::ErrorCode, const char*> words[] = {{core::ErrorCode::forbidden, "not_registry"}, {core::ErrorCode::corrupt, "damaged"}, {core::ErrorCode::storage, "storage"}};
  for (const auto& [code, why] : words) {
    panel.answer = core::Error{code, "x"};
    const auto read = panel.ask<reply::CourierRead>(effect::ReadCourier{});
    CHECK(read.bundles == 0);
    REQUIRE(read.refused.size() == 1);
    CHECK(read.refused[0].why == why);
  }
  panel.put("answers-2.qcb", panel.courier(sync::CourierWay::down, "AL-03", now + std::chrono::hours{1}));
  panel.line.take = [&](core::ByteView) -> core::Result<sync::CourierTaken> {
    fs::remove_all(panel.stick_folder);
    return sync::CourierTaken{1, 0, 0, 1, 0, 0, 0, 0, 0, {}};
  };
  const auto read = panel.ask<reply::CourierRead>(effect::ReadCourier{});
  CHECK(read.why == "gone");
  CHECK(read.accepted == 1);  // what was taken before stays taken
  CHECK(panel.ask<reply::CourierRead>(effect::ReadCourier{}).why == "gone");
}

TEST_CASE("the proof of a log fork comes onto the stick whole, and its two signed notes beside it", "[kiosk][desk][courier]") {
  PanelOfAL03 panel;
  CHECK(panel.ask<reply::ForksSaved>(effect::SaveForks{}).why == "storage");  // there is none
  const sync::log::ForkFile fork{sync::log::ForkKind::root, "AL-03", panel.rig.clock.now.wall, "held note\n", "shown note\n", {}};
  const auto text = sync::log::encode(fork);
  REQUIRE(panel.rig.store().keep_fork("note", core::LogFork{"root", 5, 5, panel.rig.clock.now.wall, text}));
  const auto saved = panel.ask<reply::ForksSaved>(effect::SaveForks{});
  CHECK(saved.why.empty());
  CHECK(saved.count == 1);
  CHECK(qabyl::test::file_text(panel.stick_folder + "/" + saved.whole) == text);
  CHECK(qabyl::test::file_text(panel.stick_folder + "/" + saved.held) == "held note\n");
  CHECK(std::distance(fs::directory_iterator(panel.stick_folder), {}) == 3);
  fs::remove_all(panel.stick_folder);
  CHECK(panel.ask<reply::ForksSaved>(effect::SaveForks{}).why == "gone");
}
