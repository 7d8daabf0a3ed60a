// A whole kiosk but for its window and its sockets: the models of its screens, the storage desk on a real store, the device
// desk with the real preview worker and a folder for a stick, and the uplink, whose requests go to Api::handle. It lives on
// the office's clock, which the test moves. Nothing here decides anything: it carries effects and replies as kiosk/shell does.
#pragma once

#include "core/sys/clock.h"
#include "kiosk/screens/app.h"
#include "kiosk/shell/device_desk.h"
#include "kiosk/shell/storage_desk.h"
#include "kiosk/shell/store_proxy.h"
#include "sync/client/uplink.h"
#include "tests/support/clocks.h"
#include "tests/sync/registry_rig.h"

namespace qabyl::life {

// The network between the two: a request is answered at once, or, while it is cut, refused.
class OfficeLine final : public sync::Transport {
 public:
  OfficeLine(test::TestOffice& office, const test::TestKiosk& identity) : office_(office), identity_(identity) {}
  void start(sync::ClientRequest request) override;
  std::optional<sync::ClientResult> poll() override { return std::exchange(result_, std::nullopt); }
  bool cut = false;
  std::function<void()> answering;  // the office has dealt with a request; its answer is not here yet

 private:
  test::TestOffice& office_;
  const test::TestKiosk& identity_;  // whose certificate the requests bear
  std::optional<sync::ClientResult> result_;
};

class WholeKiosk {
 public:
  // Enrolled as `identity`, whose journal is empty; both outlive the kiosk.
  WholeKiosk(test::TestOffice& office, const test::TestKiosk& identity);
  ~WholeKiosk();
  WholeKiosk(const WholeKiosk&) = delete;
  WholeKiosk& operator=(const WholeKiosk&) = delete;

  // The clocks are wrong by that much more from now on, as the office's are not.
  void set_clock(core::Millis wall, core::Millis steady);
  void restart(const std::function<void()>& before_open = {});  // the same boot: the App and the desks forget, the store does not
  void power_cut();                          // and started again: the App and the desks forget, the store does not
  void feed(kiosk::Input input);             // until nothing more follows from it
  void pass(core::Millis time);              // for the office too; the App ticks once a second
  void catch_up();                           // the test has moved the office's clock
  void sync(const std::string& alarm = {});  // until the uplink has nothing more to do; nothing else may be alarming
  // The page as the screen would show it, made by the preview worker. Fails the test where it cannot be shown.
  kiosk::PageMade page(const core::Digest& document, int number);

  const kiosk::App& app() const { return *app_; }
  template <typename Model> const Model& at() const {
    INFO("at screen " << app_->screen().index());
    REQUIRE(std::holds_alternative<Model>(app_->screen()));
    return std::get<Model>(app_->screen());
  }
  core::KioskStore& store() { return *store_; }
  core::Result<core::Bytes> receipt_pdf(const core::Id& record);  // as the stick's thread asks for it, whatever the screen shows
  std::string stick() const { return folder_ + "/stick"; }

  OfficeLine line;
  std::function<void(const kiosk::Effect&)> carried_out;  // after each: its answer has not reached the screen

 private:
  void start();
  void stop();
  void carry_out(const kiosk::Effect& effect);
  void await_receipt();
  kiosk::Now now() { return {clock_.now.wall, clock_.now.steady}; }

  test::TestOffice& office_;
  const test::TestKiosk& identity_;
  std::string folder_;
  tests::FakeClock clock_;
  core::Millis wrong_by_{0};                 // the wall clock, against the office's
  core::sys::SystemClock real_clock_;        // for the preview worker's patience alone
  test::SeededRandom random_{41};
  core::SealKey storage_key_;
  kiosk::Station station_;
  std::optional<kiosk::OfficeRules> rules_;
  kiosk::SetUp set_up_;
  std::unique_ptr<core::KioskStore> store_;
  std::unique_ptr<kiosk::StorageDesk> desk_;
  std::unique_ptr<kiosk::Worker> storage_;
  std::unique_ptr<kiosk::StoreProxy> proxy_;
  std::unique_ptr<sync::Uplink> uplink_;
  std::unique_ptr<kiosk::DeviceDesk> devices_;
  std::unique_ptr<kiosk::App> app_;
  std::deque<kiosk::Input> waiting_;
  std::optional<kiosk::PageMade> made_;
  bool asked_ = false;                       // the registry, for a receipt of another kiosk
};

}  // namespace qabyl::life
