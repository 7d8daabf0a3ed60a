// See sim_kiosk.h.
#include "tests/sim/parts/sim_kiosk.h"

#include <algorithm>

#include "core/sys/files.h"
#include "sync/wire/messages.h"
#include "tests/sim/parts/sim_line.h"
#include "tests/sim/parts/sim_office.h"
#include "tests/sim/parts/sim_vfs.h"

namespace qabyl::sim {
namespace {

constexpr int passes_max = 20'000;            // of one input: a loop that does not end is a failure
constexpr core::Millis tick_interval{1'000};  // as the shell at the most

}  // namespace

void SimClock::boot_at(core::Instant at, Dice& dice) {
  booted = at;
  for (auto& digit : boot) digit = "0123456789abcdef"[dice.below(16)];
}

SimKiosk::SimKiosk(const Ground& ground, const KioskGround& mine, Disk& disk, const core::Instant& world, sync::Transport& line, Dice dice, Journal& journal)
    : clock(world), ground_(ground), mine_(mine), disk_(disk), line_(line), random_(dice.fork("product")), boots_(dice.fork("boots")),
      journal_(journal), rules_(ground.rules) {}

core::Status SimKiosk::start() {
  end();
  clock.boot_at(clock.read().wall - clock.skew, boots_);
  ticked_ = core::Millis{0};
  core::KioskStoreOptions options;
  options.folder = mine_.root + "/store";
  options.device = mine_.station.device;
  options.storage_key = mine_.storage_key;
  options.pin_cost = core::argon2_minimum;
  options.vfs = vfs_name;
  options.clock = &clock;
  options.random = &random_;
  QABYL_TRY(opened, core::KioskStore::open(std::move(options)));
  store_ = std::move(opened);
  for (const char* name : kiosk::travelling_assets) {
    const auto kept = store_->kept_asset(name);
    const auto asset = kept ? core::read_asset(*kept) : core::Result<core::Asset>(kept.error());
    if (asset) (void)kiosk::adopt(rules_, *asset);
  }
  set_up_ = {mine_.station.device, mine_.station.place, rules_.zone, rules_.profiles, mine_.station.profile};
  const auto tell = [this](kiosk::Reply reply) { waiting_.push_back(std::move(reply)); };
  desk_ = std::make_unique<kiosk::StorageDesk>(kiosk::StorageDeskParts{
      *store_, rules_, mine_.station, mine_.record_key, clock, random_, tell, [this] { if (uplink_) uplink_->work_arrived(); }, [](const core::StoredRecord&) {}});
  QABYL_TRY(keys, desk_->keys());
  proxy_ = std::make_unique<kiosk::StoreProxy>(stage(), *store_, tell);
  const auto head = [this] {
    const auto newest = store_->head();
    return sync::to_text(sync::JournalMark{newest.q, newest.digest});
  };
  uplink_ = std::make_unique<sync::Uplink>(
      sync::UplinkParts{*proxy_, *proxy_, *proxy_, line_, clock, random_, mine_.station.root_key, mine_.station.device, mine_.record_key, head}, std::move(keys));
  upkeep_ = std::make_unique<kiosk::Upkeep>(*desk_, clock);
  app_ = std::make_unique<kiosk::App>(set_up_, now());
  const auto memory = store_->clock_memory();
  const auto wall = clock.read().wall;
  desk_->announce(memory.last ? memory.last->wall : wall, wall);
  return core::Done{};
}

void SimKiosk::end() {
  app_.reset();
  upkeep_.reset();
  uplink_.reset();
  proxy_.reset();
  desk_.reset();
  store_.reset();
  waiting_.clear();
}

void SimKiosk::feed(kiosk::Input input) {
  waiting_.push_back(std::move(input));
  for (int pass = 0; !waiting_.empty() && !disk_.dead(); ++pass) {
    if (pass > passes_max) return journal_.fail("the App's inputs do not end");
    const auto next = std::move(waiting_.front());
    waiting_.pop_front();
    for (const auto& effect : app_->update(next, now())) carry_out(effect);
    if (shown && !disk_.dead()) shown();
  }
}

void SimKiosk::tick() {
  const auto steady = clock.read().steady;
  ticked_ = steady;
  if (upkeep_->next_due() <= steady) upkeep_->tick();
  feed(kiosk::Tick{});
}

void SimKiosk::link() {
  const auto before = uplink_->link();
  uplink_->tick();
  const auto& after = uplink_->link();
  if (after.alarm != before.alarm) journal_.count("alarm " + after.alarm.substr(0, after.alarm.find(' ')));
  if (!waiting_.empty()) {
    auto first = std::move(waiting_.front());
    waiting_.pop_front();
    feed(std::move(first));
  }
}

core::Instant SimKiosk::next_due() const {
  auto due = std::max(std::min(upkeep_->next_due(), app_->next_due()), ticked_ + tick_interval);
  if (!uplink_->in_flight()) due = std::min(due, uplink_->next_due());
  return clock.world_time(due);
}

void SimKiosk::carry_out(const kiosk::Effect& effect) {
  namespace e = kiosk::effect;
  const auto tell = [this](kiosk::Reply reply) { waiting_.push_back(std::move(reply)); };
  if (std::holds_alternative<e::TryLinkNow>(effect)) return uplink_->try_now();
  if (std::holds_alternative<e::CancelAdd>(effect)) return;  // a file is read in at once here: none is under way
  if (const auto* adding = std::get_if<e::AddFile>(&effect)) return add(*adding);
  if (std::holds_alternative<e::ListSource>(effect)) {
    kiosk::reply::SourceListed listed;
    listed.present = !stick.empty();
    for (const auto& file : stick) listed.files.push_back({file.name, file.bytes.size(), "pdf"});
    return tell(std::move(listed));
  }
  if (const auto* saving = std::get_if<e::SaveReceipt>(&effect)) {
    auto pdf = desk_->receipt_pdf(saving->record, saving->language);
    if (pdf && !disk_.dead()) saved.push_back(*pdf);
    return tell(pdf ? kiosk::reply::ReceiptSaved{true, {}} : kiosk::reply::ReceiptSaved{false, "storage"});
  }
  if (std::holds_alternative<e::WipeScreen>(effect)) {
    (void)desk_->shown_pages().wipe();
    return;
  }
  desk_->carry_out(effect);
}

// As device_desk.cpp: off the stick into the store, a piece at a time; every made-up file is a PDF of one page.
void SimKiosk::add(const kiosk::effect::AddFile& effect) {
  const auto refuse = [&](const std::string& why) { waiting_.push_back(kiosk::Reply(kiosk::reply::FileRefused{effect.item, effect.name, why})); };
  const auto found = std::find_if(stick.begin(), stick.end(), [&](const auto& file) { return file.name == effect.name; });
  if (found == stick.end()) return refuse("gone");
  const auto why = [](const core::Error& error) { return error.code == core::ErrorCode::full ? "full" : "storage"; };
  auto writer = store_->begin_document();
  if (!writer) return refuse(why(writer.error()));
  if (const auto written = (*writer)->write(found->bytes); !written) return refuse(why(written.error()));
  const auto kept = store_->keep_document(*std::move(writer), effect.draft, effect.name, "application/pdf");
  if (!kept) return refuse(why(kept.error()));
  core::DraftFile file;
  file.ref = *kept;
  file.pages = 1;
  file.source = "usb";
  waiting_.push_back(kiosk::Reply(kiosk::reply::FileAdded{effect.item, file}));
}

namespace {

// Answers at once.
class PlainLine final : public sync::Transport {
 public:
  PlainLine(SimOffice& office, const KioskGround& kiosk, const core::Instant& now) : office_(office), kiosk_(kiosk), now_(now) {}
  void start(sync::ClientRequest request) override {
    Post post{kiosk_.station.device, kiosk_.serial, request.method, request.path, request.headers, std::string(core::as_text(request.body)), {}};
    const auto response = office_.handle(post, now_);
    QABYL_CHECK(response);
    result_ = client_answer(*response);
  }
  std::optional<sync::ClientResult> poll() override { return std::exchange(result_, std::nullopt); }

 private:
  SimOffice& office_;
  const KioskGround& kiosk_;
  const core::Instant& now_;
  std::optional<sync::ClientResult> result_;
};

}  // namespace

void first_feed(Ground& ground, KioskGround& mine) {
  auto now = ground.at;
  Journal journal;
  SimOffice office(ground, Dice(3), journal);
  Disk disk(mine.root);
  QABYL_CHECK(disk.make_folder(mine.root) == 0);
  set_disks({&office.disk(), &disk});
  QABYL_CHECK(office.start());
  PlainLine line(office, mine, now);
  SimKiosk kiosk(ground, mine, disk, now, line, Dice(5).fork(mine.station.device), journal);
  kiosk.clock.boot_at(now, office.disk().dice);
  QABYL_CHECK(kiosk.start());
  for (int step = 0; kiosk.uplink().in_flight() || kiosk.uplink().next_due() <= kiosk.clock.read().steady; ++step) {
    QABYL_CHECK(step < 1000);
    kiosk.link();
  }
  QABYL_CHECK(kiosk.uplink().link().online);
  kiosk.end();
  mine.disk = disk.clone();
  office.end();
  ground.office = office.disk().clone();
}

}  // namespace qabyl::sim
