// See enrol_command.h.
#include "kiosk/shell/enrol_command.h"

#include "core/sys/files.h"
#include "kiosk/devices/key_store.h"
#include "sync/client/curl_transport.h"
#include "sync/client/enrolment.h"

namespace qabyl::kiosk {
namespace {

constexpr std::size_t enrolment_bytes_max = 64 * 1024;
constexpr core::Millis answer_max{30'000};

// One request, waited for. The CA goes through a file because curl reads it from one.
sync::ClientResult ask(const sync::EnrolmentFile& file, const std::string& ca_file, sync::ClientRequest request, core::Clock& clock) {
  sync::CurlTransport transport({file.url, ca_file, {}, {}});
  transport.start(std::move(request));
  const auto until = clock.read().steady + answer_max;
  while (clock.read().steady < until) {
    if (auto result = transport.poll()) return *std::move(result);
    transport.wait(core::Millis{200});
  }
  return sync::NoAnswer{"timeout"};
}

}  // namespace

Station station_of(const sync::EnrolAnswer& answer, std::string registry_url) {
  Station station;
  station.device = answer.device;
  station.place = answer.place;
  station.registry_url = std::move(registry_url);
  station.profile = answer.profile;
  station.root_key = answer.root_key;
  station.keys_jws = answer.keys;
  station.key_from = answer.key_from;
  station.key_to = answer.key_to;
  station.registry_kid = answer.registry_kid;
  station.registry_signature = answer.registry_signature;
  return station;
}

core::Status enrol_kiosk(const Options& options, core::Clock& clock, core::Random& random) {
  const DataFolder folder{options.data};
  if (core::sys::exists(folder.station())) return core::Error{core::ErrorCode::conflict, options.data + " is enrolled already"};
  QABYL_TRY(text, core::sys::read_file(options.enrolment, enrolment_bytes_max));
  QABYL_TRY(file, sync::decode_enrolment_file(core::as_text(text)));
  QABYL_TRY_DO(core::sys::make_directories(folder.path));
  QABYL_TRY(lock, core::sys::lock_folder(folder.path));
  FileKeyStore keys(folder.keys(), folder.tls_key());
  QABYL_TRY_DO(keys.make_missing(random));
  QABYL_TRY(record_key, keys.record_key());
  const auto door = [&](const std::string& ca_pem, sync::ClientRequest request) -> sync::ClientResult {
    if (ca_pem.empty()) return ask(file, {}, std::move(request), clock);
    if (!core::sys::write_file_durably(folder.ca(), core::as_bytes(ca_pem))) return sync::NoAnswer{"local"};
    return ask(file, folder.ca(), std::move(request), clock);
  };
  QABYL_TRY(enrolled, sync::enrol(file, record_key, {door}));
  QABYL_TRY_DO(keys.keep_tls_key(enrolled.tls_key_pem));
  QABYL_TRY_DO(core::sys::write_file_durably(folder.tls_certificate(), core::as_bytes(enrolled.answer.certificate)));
  QABYL_TRY_DO(core::sys::write_file_durably(folder.ca(), core::as_bytes(enrolled.answer.ca)));
  const auto station = encode_station(station_of(enrolled.answer, file.url));
  return core::sys::write_file_durably(folder.station(), core::as_bytes(station));
}

}  // namespace qabyl::kiosk
