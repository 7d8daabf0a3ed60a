// Wires store, link and devices to their threads. See kiosk.h.
#include "kiosk/shell/kiosk.h"

#include <algorithm>

#include "core/encoding.h"
#include "core/sys/files.h"
#include "kiosk/devices/key_store.h"
#include "kiosk/shell/device_desk.h"
#include "kiosk/shell/event_file.h"
#include "kiosk/shell/link_desk.h"
#include "kiosk/shell/storage_desk.h"
#include "kiosk/shell/store_proxy.h"
#include "kiosk/shell/upkeep.h"
#include "kiosk/shell/worker.h"
#include "sync/wire/messages.h"

namespace qabyl::kiosk {
namespace {

constexpr std::size_t station_bytes_max = 64 * 1024;

}  // namespace

// Members end in the reverse order: link and devices first, they use the storage thread.
struct Kiosk::State {
  State(core::Clock& used_clock, core::Random& used_random, std::function<void()> wake)
      : clock(used_clock), random(used_random), replies(wake), pages(wake) {}

  core::Clock& clock;
  core::Random& random;
  Channel<Reply> replies;
  Channel<PageMade> pages;
  DataFolder folder;
  std::optional<OfficeRules> rules;
  Station station;
  core::SigningKey record_key;
  EventFile events;
  std::unique_ptr<core::KioskStore> store;
  std::unique_ptr<StorageDesk> storage_desk;
  std::unique_ptr<Upkeep> upkeep;
  std::unique_ptr<Worker> storage;
  std::unique_ptr<StoreProxy> proxy;
  std::unique_ptr<sync::CurlTransport> transport;
  std::unique_ptr<LinkDesk> link;
  std::unique_ptr<DeviceDesk> device_desk;
  std::unique_ptr<Worker> devices;

  ~State() {
    devices.reset();
    device_desk.reset();
    link.reset();
    storage.reset();
  }

  void tell(Reply reply) { replies.put(std::move(reply)); }
  core::Status open(const Options& options);
  core::Status open_store();
  core::Status open_link();
  void open_devices(const Options& options);
};

core::Result<std::unique_ptr<Kiosk>> Kiosk::start(const Options& options, core::Clock& clock, core::Random& random,
                                                  std::function<void()> wake) {
  auto kiosk = std::unique_ptr<Kiosk>(new Kiosk);
  kiosk->state_ = std::make_unique<State>(clock, random, std::move(wake));
  QABYL_TRY_DO(kiosk->state_->open(options));
  return kiosk;
}

Kiosk::~Kiosk() = default;

core::Status Kiosk::State::open(const Options& options) {
  folder.path = options.data;
  const auto text = core::sys::read_file(folder.station(), station_bytes_max);
  if (!text) return core::Error{core::ErrorCode::not_found, options.data + " is not an enrolled kiosk: qabyl-kiosk enrol"};
  QABYL_TRY(read_station, decode_station(core::as_text(*text)));
  station = std::move(read_station);
  QABYL_TRY(loaded, load_office_rules(options.assets));
  rules.emplace(std::move(loaded));
  if (rules->profile(station.profile) == nullptr) return core::Error{core::ErrorCode::unsupported, "profile " + station.profile};
  if (!options.events.empty()) QABYL_TRY_DO(events.open(options.events));
  QABYL_TRY_DO(open_store());
  // Before anything reads the rules.
  adopt_kept(*rules, [this](std::string_view name) { return storage->call([&] { return store->kept_asset(name); }); });
  open_devices(options);
  QABYL_TRY_DO(open_link());
  // Now that everything stands: what the last start left, and whether intake may begin.
  const auto now = clock.read().wall;
  (void)storage->post([this, now] {
    const auto memory = store->clock_memory();
    storage_desk->announce(memory.last ? memory.last->wall : now, now);
  });
  upkeep = std::make_unique<Upkeep>(*storage_desk, clock);
  storage->when_idle({[this] { return std::max(core::Millis{0}, upkeep->next_due() - clock.read().steady); }, [this] { upkeep->tick(); }});
  return core::Done{};
}

core::Status Kiosk::State::open_store() {
  FileKeyStore keys(folder.keys(), folder.tls_key());
  QABYL_TRY(storage_key, keys.storage_key());
  QABYL_TRY(own_record_key, keys.record_key());
  record_key = own_record_key;
  storage = std::make_unique<Worker>("storage", nice_storage);
  auto opened = storage->call([&] {
    core::KioskStoreOptions options;
    options.folder = folder.store();
    options.device = station.device;
    options.storage_key = storage_key;
    options.clock = &clock;
    options.random = &random;
    return core::KioskStore::open(std::move(options));
  });
  if (!opened) return opened.error();
  store = *std::move(opened);
  storage_desk = std::make_unique<StorageDesk>(StorageDeskParts{
      *store, *rules, station, record_key, clock, random, [this](Reply reply) { tell(std::move(reply)); },
      [this] { if (link) link->work_arrived(); }, [this](const core::StoredRecord& stored) { events.accepted(stored); },
      [this](const std::string& number, const std::string& check_code) { link->ask_receipt(number, check_code); }});
  return core::Done{};
}

core::Status Kiosk::State::open_link() {
  QABYL_TRY(keys, storage->call([this] { return storage_desk->keys(); }));
  proxy = std::make_unique<StoreProxy>(*storage, *store, [this](Reply reply) { tell(std::move(reply)); });
  transport = std::make_unique<sync::CurlTransport>(
      sync::CurlOptions{station.registry_url, folder.ca(), folder.tls_certificate(), folder.tls_key()});
  const auto head = [this] {
    const auto newest = storage->call([this] { return store->head(); });
    return sync::to_text(sync::JournalMark{newest.q, newest.digest});
  };
  link = std::make_unique<LinkDesk>(
      sync::UplinkParts{*proxy, *proxy, *proxy, *transport, clock, random, station.root_key, station.device, record_key, head},
      std::move(keys), *transport, [this](Reply reply) { tell(std::move(reply)); },
      [this](sync::AskedReceipt answer) { (void)storage->post([this, answer = std::move(answer)] { storage_desk->looked_elsewhere(answer); }); });
  return core::Done{};
}

void Kiosk::State::open_devices(const Options& options) {
  devices = std::make_unique<Worker>("devices");
  device_desk = std::make_unique<DeviceDesk>(DeviceDeskParts{
      options.usb, options.preview, *storage, *storage_desk, clock, [this](Reply reply) { tell(std::move(reply)); },
      [this](PageMade made) { pages.put(std::move(made)); },
      CourierLine{[this] { return link->write_courier(); }, [this](core::ByteView file) { return link->take_courier(file); }}});
}

void Kiosk::carry_out(Effect effect) {
  auto& state = *state_;
  if (std::holds_alternative<effect::TryLinkNow>(effect)) return state.link->try_now();
  if (std::holds_alternative<effect::CancelAdd>(effect)) return state.device_desk->cancel();
  // A queue of a thousand jobs behind one person's finger cannot be: one session waits for its answers.
  if (DeviceDesk::concerns(effect)) {
    QABYL_CHECK(state.devices->post([&state, effect = std::move(effect)] { state.device_desk->carry_out(effect); }));
  } else {
    QABYL_CHECK(state.storage->post([&state, effect = std::move(effect)] { state.storage_desk->carry_out(effect); }));
  }
}

void Kiosk::want_page(PageWant want) {
  (void)state_->devices->post([state = state_.get(), want] { state->device_desk->make_page(want); });
}

std::deque<Reply> Kiosk::take_replies() { return state_->replies.take_all(); }
std::deque<PageMade> Kiosk::take_pages() { return state_->pages.take_all(); }

SetUp Kiosk::set_up() const {
  return {state_->station.device, state_->station.place, state_->rules->zone, state_->rules->profiles, state_->station.profile};
}

const OfficeRules& Kiosk::rules() const { return *state_->rules; }

}  // namespace qabyl::kiosk
