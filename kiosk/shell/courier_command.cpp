// See courier_command.h.
#include "kiosk/shell/courier_command.h"

#include <cstdio>

#include "core/store/kiosk_store.h"
#include "core/sys/files.h"
#include "kiosk/devices/key_store.h"
#include "kiosk/shell/station.h"
#include "sync/client/uplink.h"
#include "sync/wire/messages.h"

namespace qabyl::kiosk {
namespace {

constexpr std::size_t station_bytes_max = 64 * 1024;

class NoLine final : public sync::Transport {  // nothing is sent: bundles need none
 public:
  void start(sync::ClientRequest) override {}
  std::optional<sync::ClientResult> poll() override { return sync::ClientResult(sync::NoAnswer{"courier"}); }
};

// The newest list that the feed brought, or that of the enrolment.
core::Result<core::Keyring> known_keys(core::KioskStore& store, const Station& station) {
  const auto kept = store.setting("keys.jws");
  auto newer = kept && *kept ? core::Keyring::open(**kept, station.root_key) : core::Result<core::Keyring>(core::Error{core::ErrorCode::not_found, "keys"});
  return newer ? newer : core::Keyring::open(station.keys_jws, station.root_key);
}

void print(const core::Json& line) { std::printf("%s\n", core::canonical(line).c_str()); }

core::Status write_bundle(sync::Uplink& uplink, const std::string& path) {
  QABYL_TRY(bundle, uplink.write_courier());
  QABYL_TRY_DO(core::sys::write_file_durably(path, bundle.file));
  print(core::Json::Object{{"bundle", path}, {"bytes", bundle.file.size()}, {"documents", bundle.documents}, {"left", bundle.left}, {"records", bundle.records}});
  return core::Done{};
}

core::Status read_answers(sync::Uplink& uplink, const std::string& path) {
  QABYL_TRY(file, core::sys::read_file(path, 2 * sync::courier_bytes_max));
  QABYL_TRY(taken, uplink.take_courier(file));
  print(core::Json::Object{{"answers", path}, {"decided", taken.settled}, {"papers", taken.papers}, {"alarm", uplink.link().alarm}});
  return core::Done{};
}

}  // namespace

core::Status carry_courier(const Options& options, core::Clock& clock, core::Random& random) {
  const DataFolder folder{options.data};
  QABYL_TRY(text, core::sys::read_file(folder.station(), station_bytes_max));
  QABYL_TRY(station, decode_station(core::as_text(text)));
  FileKeyStore keys(folder.keys(), folder.tls_key());
  core::KioskStoreOptions store_options;
  QABYL_TRY(storage_key, keys.storage_key());
  QABYL_TRY(record_key, keys.record_key());
  store_options.folder = folder.store();
  store_options.device = station.device;
  store_options.storage_key = storage_key;
  store_options.clock = &clock;
  store_options.random = &random;
  QABYL_TRY(store, core::KioskStore::open(std::move(store_options)));
  QABYL_TRY(keyring, known_keys(*store, station));
  NoLine line;
  const auto head = [&store] { return sync::to_text(sync::JournalMark{store->head().q, store->head().digest}); };
  sync::Uplink uplink(sync::UplinkParts{*store, *store, *store, line, clock, random, station.root_key, station.device, record_key, head}, std::move(keyring));
  return options.courier_out.empty() ? read_answers(uplink, options.courier_in) : write_bundle(uplink, options.courier_out);
}

}  // namespace qabyl::kiosk
