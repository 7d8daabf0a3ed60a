// See load_office.h. Kiosks are enrolled in this process, before the registry serves: 500 programs would take minutes.
#include "tests/bench/load/load_office.h"

#include <filesystem>

#include "core/encoding.h"
#include "sync/client/tls_identity.h"
#include "sync/log/registry_receipt.h"
#include "sync/registry/api.h"
#include "sync/registry/office.h"
#include "sync/verify/receipt_check.h"
#include "sync/wire/messages.h"
#include "tests/bench/parts/counter.h"
#include "tests/bench/parts/process_watch.h"
#include "tests/support/places.h"

namespace qabyl::load {
namespace {

namespace fs = std::filesystem;
namespace reg = sync::registry;
using namespace std::chrono_literals;

void need(bool well, const std::string& what) {
  if (well) return;
  std::fprintf(stderr, "load: %s\n", what.c_str());
  std::abort();
}

std::string device_name(int n) {
  char text[8];
  std::snprintf(text, sizeof text, "%c%c-%02d", 'A' + n / 90 % 26, 'B' + n / 2340, 10 + n % 90);
  return text;
}

struct Place { std::string url, folder; };

Identity enrolled(reg::Registry& registry, reg::Api& api, const Place& place, int n, core::Instant now, core::Random& random) {
  const auto device = device_name(n);
  const auto file = reg::add_kiosk(registry, {device, {device, device, device}, {}, "kz-2004-249", place.url}, now);
  need(file.has_value(), "add_kiosk " + device);
  const auto tls = sync::new_tls_identity(device);
  need(tls.has_value(), "tls identity");
  Identity made;
  made.device = device;
  made.key = core::new_signing_key(random);
  sync::Request request;
  request.method = "POST";
  request.target = "/v1/enrol";
  request.body = sync::encode(sync::EnrolRequest{file->token, tls->request_pem, made.key.verify_key,
      core::sign_jws(made.key, core::typ::possession, core::as_bytes(sync::possession_payload(file->token, made.key.verify_key)))});
  request.set("Content-Type", std::string(sync::json_media_type));
  const auto response = api.handle(request, now);
  need(response.status == 200, "enrol " + device + ": " + response.body);
  const auto answer = sync::decode_enrol_answer(response.body);
  need(answer.has_value(), "enrol answer");
  made.root = answer->root_key;
  made.keys_jws = answer->keys;
  const std::string path = place.folder + "/" + device;
  made.ca_file = place.folder + "/ca.pem";
  made.certificate_file = path + ".pem";
  made.key_file = path + ".key";
  rig::write_text(made.ca_file, answer->ca);
  rig::write_text(made.certificate_file, answer->certificate);
  rig::write_text(made.key_file, tls->key_pem);
  return made;
}

// A whole application with its form as the one document.
core::Record template_record(const std::string& folder) {
  const auto counter = bench::Counter::fresh(folder);
  const auto form = counter->keep(core::as_bytes("%PDF-1.4 form"), core::new_id(counter->clock().read().wall, counter->random()), "application.pdf");
  return counter->application(counter->store().head(), form).record;
}

bool verifies(const Filed& one, const core::Keyring& keys, const sync::verify::Trust& trust) {
  const auto verdict = core::open_verdict(one.verdict, keys, one.record.record.id, one.record.digest);
  const auto facts = core::receipt_facts(one.record.record, one.record.digest);
  if (!verdict || !facts) return false;
  const auto qr = sync::log::registry_receipt_qr(*facts, *verdict, keys);
  return qr && sync::verify::check_receipt_qr(*qr, trust).standing == sync::verify::Standing::proved;
}

}  // namespace

LoadOffice::LoadOffice(int kiosks) : office_(std::make_unique<rig::Office>(folder_.path() + "/office")) {
  office_->stop_registry();
  const Place place{"https://localhost:" + std::to_string(office_->device_port()), folder_.path() + "/kiosks"};
  fs::create_directories(place.folder);
  core::sys::SystemRandom random;
  core::sys::SystemClock clock;
  {
    auto registry = reg::Registry::open({office_->registry_data(), qabyl::test::in_build("/assets"), &random, core::argon2_minimum});
    need(registry.has_value(), "the office does not open");
    reg::Api api(**registry);
    for (int n = 0; n < kiosks; ++n) identities_.push_back(enrolled(**registry, api, place, n, clock.read().wall, random));
  }
  like_ = template_record(folder_.path() + "/template");
  office_->start_registry();
}

std::unique_ptr<LightKiosk> LoadOffice::kiosk(int n, int port) const {
  Identity identity = identities_.at(static_cast<std::size_t>(n));
  identity.url = "https://localhost:" + std::to_string(port != 0 ? port : office_->device_port());
  return std::make_unique<LightKiosk>(std::move(identity), like_);
}

void LoadOffice::compare(const std::vector<std::unique_ptr<LightKiosk>>& kiosks, Figures& figures) {
  office_->stop_registry();
  struct Held { std::string digest, outcome; std::int64_t times = 0, missing = 0; };
  std::map<std::string, Held> held;
  for (const auto& record : office_->registry_records()) {
    Held& one = held[record.text("id")];
    one = {record.text("digest"), record.text("outcome"), one.times + 1, record.number("missing", -1)};
    for (const auto& document : record.items("documents")) one.missing += document.flag("here") ? 0 : 1;
  }
  std::int64_t filed = 0, lost = 0, doubled = 0, unproved = 0, unconfirmed = 0, forks = 0;
  for (const auto& kiosk : kiosks) {
    const auto keys = core::Keyring::open(kiosk->identity().keys_jws, kiosk->identity().root);
    const auto trust = sync::verify::make_trust(core::fingerprint(kiosk->identity().root), false, kiosk->identity().keys_jws);
    need(keys && trust, "keys");
    forks += kiosk->forks();
    for (const Filed& one : kiosk->filed()) {
      ++filed;
      const Held& at = held[one.record.record.id];
      if (at.digest != core::to_hex(one.record.digest) || at.outcome != "accepted" || at.missing != 0) ++lost;
      if (at.times > 1) ++doubled;
      if (one.state != core::SendState::accepted) ++unconfirmed;
      else if (!verifies(one, *keys, *trust)) ++unproved;
    }
  }
  auto database = core::Database::open(reg::database_path(office_->registry_data()), reg::registry_database(true));
  need(database.has_value(), "the database does not open");
  const auto surplus = *database->integer("SELECT (SELECT count(*) FROM log_leaves WHERE record IN (SELECT id FROM records)) - (SELECT count(*) FROM records)") +
                       *database->integer("SELECT count(*) FROM cases WHERE kind = 'application' AND device <> 'AL-03'") - filed;
  figures.note("filings", static_cast<double>(filed), "");
  figures.count("lost (not there whole and accepted)", lost, 0);
  figures.count("doubled", doubled + std::abs(surplus), 0);
  figures.count("not confirmed to their kiosk", unconfirmed, 0);
  figures.count("receipts that do not verify", unproved, 0);
  figures.count("forks of the log that a kiosk saw", forks, 0);
}

double Watch::rss_mib_of(pid_t pid) {
  const auto now = bench::memory(pid);
  return now ? static_cast<double>(now->rss_kib) / 1024 : 0;
}

std::int64_t Watch::files_of(pid_t pid) {
  std::int64_t files = 0;
  std::error_code gone;
  for (const auto& file : fs::directory_iterator("/proc/" + std::to_string(pid) + "/fd", gone)) files += file.path().empty() ? 0 : 1;
  return files;
}

void Watch::stop() {
  ending_ = true;
  if (thread_.joinable()) thread_.join();
}

void Watch::loop() {
  while (!ending_) {
    if (pid_ > 0) {
      if (const auto now = bench::memory(pid_)) rss_kib_ = std::max(rss_kib_.load(), now->rss_kib);
      files_ = std::max(files_.load(), files_of(pid_));
    }
    std::error_code absent;
    const auto bytes = fs::file_size(data_ + "/registry.sqlite-wal", absent);
    if (!absent) wal_bytes_ = std::max(wal_bytes_.load(), static_cast<std::int64_t>(bytes));
    std::this_thread::sleep_for(100ms);
  }
}

}  // namespace qabyl::load
