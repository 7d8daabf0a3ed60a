// See whole_kiosk.h.
#include "tests/life/whole_kiosk.h"

#include <fstream>

#include "kiosk/shell/enrol_command.h"
#include "tests/support/places.h"

namespace qabyl::life {
namespace {

constexpr int steps_max = 20'000;       // of one input, one sync: a loop that does not end is a failure
constexpr int reading_width_px = 1100;  // as the kiosk's pages

core::Bytes bytes_of(const sync::Response& response) {
  if (!response.file) return core::to_bytes(response.body);
  std::ifstream file(response.file->path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(response.file->offset));
  core::Bytes bytes(response.file->length);
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  REQUIRE(file.gcount() == static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

std::string lower_case(std::string text) {
  for (auto& letter : text) letter = static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter);
  return text;
}

}  // namespace

void OfficeLine::start(sync::ClientRequest request) {
  REQUIRE_FALSE(result_);
  if (cut) {
    result_ = sync::NoAnswer{"refused"};
    return;
  }
  auto asked = identity_.request(request.method, request.path, std::string(core::as_text(request.body)));
  for (auto& [name, value] : request.headers) asked.set(name, std::move(value));
  if (!request.body.empty()) asked.set("Content-Length", std::to_string(request.body.size()));
  const auto response = office_.ask(asked);
  if (answering) answering();
  sync::ClientAnswer answer{response.status, {}, bytes_of(response)};
  for (const auto& header : response.headers) answer.headers.emplace_back(lower_case(header.name), header.value);
  result_ = std::move(answer);
}

WholeKiosk::WholeKiosk(test::TestOffice& office, const test::TestKiosk& identity)
    : line(office, identity), office_(office), identity_(identity),
      folder_((std::filesystem::temp_directory_path() / ("qabyl-whole-kiosk-" + identity.device + "-" + std::to_string(getpid()))).string()), storage_key_(core::random_seal_key(random_)), station_(kiosk::station_of(identity.answer, {})) {
  REQUIRE(identity.q == 0);
  std::filesystem::remove_all(folder_);
  std::filesystem::create_directories(stick());
  clock_.now.wall = office.now;
  start();
}

WholeKiosk::~WholeKiosk() {
  stop();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void WholeKiosk::start() {
  auto loaded = kiosk::load_office_rules(office_.assets);
  REQUIRE(loaded);
  rules_ = *std::move(loaded);
  storage_ = std::make_unique<kiosk::Worker>("storage");
  auto opened = storage_->call([this] {
    core::KioskStoreOptions options;
    options.folder = folder_ + "/store";
    options.device = station_.device;
    options.storage_key = storage_key_;
    options.pin_cost = core::argon2_minimum;
    options.clock = &clock_;
    options.random = &random_;
    return core::KioskStore::open(std::move(options));
  });
  if (!opened) FAIL(opened.error().detail);
  store_ = *std::move(opened);
  kiosk::adopt_kept(*rules_, [this](std::string_view name) { return storage_->call([&] { return store_->kept_asset(name); }); });
  set_up_ = {station_.device, station_.place, rules_->zone, rules_->profiles, station_.profile};
  const auto tell = [this](kiosk::Reply reply) { waiting_.push_back(std::move(reply)); };
  desk_ = std::make_unique<kiosk::StorageDesk>(kiosk::StorageDeskParts{
      *store_, *rules_, station_, identity_.key, clock_, random_, tell, [this] { if (uplink_) uplink_->work_arrived(); }, [](const core::StoredRecord&) {},
      [this](const std::string& number, const std::string& check_code) { uplink_->ask_receipt(number, check_code), asked_ = true; }});
  proxy_ = std::make_unique<kiosk::StoreProxy>(*storage_, *store_, tell);
  const auto head = [this] {
    const auto newest = store_->head();
    return sync::to_text(sync::JournalMark{newest.q, newest.digest});
  };
  uplink_ = std::make_unique<sync::Uplink>(sync::UplinkParts{*proxy_, *proxy_, *proxy_, line, clock_, random_, station_.root_key, station_.device, identity_.key, head}, identity_.keys);
  devices_ = std::make_unique<kiosk::DeviceDesk>(kiosk::DeviceDeskParts{
      stick(), qabyl::test::in_build("/bin/qabyl-preview"), *storage_, *desk_, real_clock_, tell, [this](kiosk::PageMade made) { made_ = std::move(made); }});
  app_ = std::make_unique<kiosk::App>(set_up_, now());
}

void WholeKiosk::stop() {
  app_.reset();
  devices_.reset();
  uplink_.reset();
  proxy_.reset();
  storage_.reset();
  desk_.reset();
  store_.reset();
  waiting_.clear();
}

void WholeKiosk::set_clock(core::Millis wall, core::Millis steady) {
  clock_.now.wall += wall;
  clock_.now.steady = std::max(core::Millis{0}, clock_.now.steady + steady);  // no kernel counts from before the boot
  wrong_by_ += wall;
}

void WholeKiosk::restart(const std::function<void()>& before_open) {
  stop();
  if (before_open) before_open();
  start();
  const auto wall = clock_.now.wall;
  storage_->call([this, wall] { return desk_->announce(wall, wall), 0; });
}

void WholeKiosk::power_cut() {
  stop();
  clock_.now.boot = std::string(32, clock_.now.boot.front() == 'b' ? 'c' : 'b');
  clock_.now.steady = core::Millis{1'000};
  start();
  const auto wall = clock_.now.wall;
  storage_->call([this, wall] { return desk_->announce(wall, wall), 0; });
}

void WholeKiosk::carry_out(const kiosk::Effect& effect) {
  if (kiosk::DeviceDesk::concerns(effect)) {
    devices_->carry_out(effect);
    if (carried_out) carried_out(effect);
    return;
  }
  if (std::holds_alternative<kiosk::effect::TryLinkNow>(effect)) return uplink_->try_now();
  if (std::holds_alternative<kiosk::effect::CancelAdd>(effect)) return devices_->cancel();
  storage_->call([&] { return desk_->carry_out(effect); });
  if (carried_out) carried_out(effect);
}

void WholeKiosk::feed(kiosk::Input input) {
  waiting_.push_back(std::move(input));
  for (int step = 0; !waiting_.empty(); ++step) {
    REQUIRE(step < steps_max);
    const auto next = std::move(waiting_.front());
    waiting_.pop_front();
    for (const auto& effect : app_->update(next, now())) carry_out(effect);
    if (waiting_.empty() && std::exchange(asked_, false)) await_receipt();
  }
}

// As the link thread does, which hands the answer to the storage thread.
void WholeKiosk::await_receipt() {
  auto answer = uplink_->take_receipt();
  for (int step = 0; !answer; ++step, answer = uplink_->take_receipt()) {
    REQUIRE(step < steps_max);
    uplink_->tick();
  }
  storage_->call([&] { return desk_->looked_elsewhere(*answer), 0; });
}

core::Result<core::Bytes> WholeKiosk::receipt_pdf(const core::Id& record) {
  return storage_->call([&] { return desk_->receipt_pdf(record, core::Language::kk); });
}

void WholeKiosk::pass(core::Millis time) {
  const auto until = clock_.now.steady + time;
  while (clock_.now.steady < until) {
    const auto step = std::min(core::Millis{1'000}, until - clock_.now.steady);
    clock_.pass(step);
    office_.now += step;
    feed(kiosk::Tick{});
  }
}

// The minutes of an empty hall are not played second by second.
void WholeKiosk::catch_up() {
  const auto behind = std::chrono::duration_cast<core::Millis>(office_.now + wrong_by_ - clock_.now.wall);
  REQUIRE(behind >= core::Millis{0});
  clock_.pass(behind);
  feed(kiosk::Tick{});
}

void WholeKiosk::sync(const std::string& alarm) {
  catch_up();
  clock_.pass(sync::feed_interval);  // the next look into the feed is due
  office_.now = clock_.now.wall - wrong_by_;
  for (int step = 0; uplink_->in_flight() || uplink_->next_due() <= clock_.now.steady; ++step) {
    REQUIRE(step < steps_max);
    uplink_->tick();
  }
  feed(kiosk::Tick{});
  INFO(uplink_->link().cause << " " << uplink_->link().alarm);
  CHECK(uplink_->link().online == !line.cut);
  CHECK(uplink_->link().alarm == alarm);
}

kiosk::PageMade WholeKiosk::page(const core::Digest& document, int number) {
  made_.reset();
  devices_->make_page({document, number, reading_width_px, true, static_cast<std::uint64_t>(app_->session().number)});
  REQUIRE(made_);
  REQUIRE(made_->made);
  return *std::move(made_);
}

}  // namespace qabyl::life
