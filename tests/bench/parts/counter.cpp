// See counter.h. Wired as kiosk/shell/kiosk.cpp wires it, without the threads in between.
#include "tests/bench/parts/counter.h"

#include <cstdio>
#include <cstdlib>

#include "core/encoding.h"
#include "core/cases/licence_application.h"
#include "core/receipt_number.h"
#include "core/sys/files.h"
#include "kiosk/devices/key_store.h"
#include "sync/wire/messages.h"
#include "tests/support/rig.h"

namespace qabyl::bench {
namespace {

constexpr std::size_t station_bytes_max = 64 * 1024;
constexpr const char* profile_id = "kz-2004-249";

std::string assets() { return rig::program("../assets"); }

}  // namespace

void Counter::give_up(const std::string& why) {
  std::fprintf(stderr, "bench: %s\n", why.c_str());
  std::abort();
}

Counter::~Counter() = default;

std::unique_ptr<Counter> Counter::fresh(const std::string& folder) {
  std::unique_ptr<Counter> made(new Counter);
  made->station_.device = "AL-03";
  made->station_.profile = profile_id;
  made->station_.registry_kid = "0011223344556677";  // no registry stands behind it
  made->record_key_ = core::new_signing_key(made->random_);
  made->open(folder, core::random_seal_key(made->random_));
  return made;
}

std::unique_ptr<Counter> Counter::enrolled(const std::string& kiosk_folder) {
  std::unique_ptr<Counter> made(new Counter);
  const kiosk::DataFolder folder{kiosk_folder};
  const auto text = core::sys::read_file(folder.station(), station_bytes_max);
  if (!text) give_up(kiosk_folder + " is not enrolled");
  auto station = kiosk::decode_station(core::as_text(*text));
  kiosk::FileKeyStore keys(folder.keys(), folder.tls_key());
  const auto storage_key = keys.storage_key();
  auto record_key = keys.record_key();
  if (!station || !storage_key || !record_key) give_up("keys or station cannot be read");
  made->station_ = *std::move(station);
  made->record_key_ = *std::move(record_key);
  made->open(folder.store(), *storage_key);
  made->connect(folder);
  return made;
}

void Counter::open(const std::string& store_folder, const core::SealKey& storage_key) {
  auto rules = kiosk::load_office_rules(assets());
  if (!rules) give_up(rules.error().detail);
  rules_.emplace(*std::move(rules));
  core::KioskStoreOptions options;
  options.folder = store_folder;
  options.device = station_.device;
  options.storage_key = storage_key;
  options.clock = &clock_;
  options.random = &random_;
  auto opened = core::KioskStore::open(std::move(options));
  if (!opened) give_up(opened.error().detail);
  store_ = *std::move(opened);
  desk_ = std::make_unique<kiosk::StorageDesk>(kiosk::StorageDeskParts{
      *store_, *rules_, station_, record_key_, clock_, random_,
      [this](kiosk::Reply reply) { replies_.push_back(std::move(reply)); }, [] {},
      [this](const core::StoredRecord&) { if (committed) committed(); }});
}

void Counter::connect(const kiosk::DataFolder& folder) {
  auto keys = core::Keyring::open(station_.keys_jws, station_.root_key);
  if (!keys) give_up(keys.error().detail);
  transport_ = std::make_unique<sync::CurlTransport>(
      sync::CurlOptions{station_.registry_url, folder.ca(), folder.tls_certificate(), folder.tls_key()});
  const auto head = [this] { return sync::to_text(sync::JournalMark{store_->head().q, store_->head().digest}); };
  uplink_ = std::make_unique<sync::Uplink>(
      sync::UplinkParts{*store_, *store_, *store_, *transport_, clock_, random_, station_.root_key, station_.device, record_key_, head}, *std::move(keys));
}

core::ApplicationDraft Counter::draft() const {
  core::ApplicationDraft made;
  made.profile = station_.profile;
  made.bin = "040740001238";
  made.organisation = "«Үлгі» кредиттік бюросы ЖШС";
  made.address = "Алматы қаласы, Үлгі көшесі, 1-үй";
  made.first_head = "Айгүл Үлгібаева";
  made.representative = "Ерлан Мысалов";
  made.position = "заңгер";
  made.phone = "+7 700 000 00 00";
  made.authority_until = "2027-12-31";
  made.fee = core::FeeChoice::later;
  return made;
}

core::ScreenSignature Counter::signature(const core::Digest& form) const {
  core::Stroke stroke;
  for (int i = 0; i < 40; ++i) stroke.push_back({1000 + i * 80, 3000 + i % 7 * 20, 8 * i, -1});
  core::ScreenSignature made{{stroke}, 2390, 1250, form, "qabyl-preview " QABYL_VERSION, 110, {}};
  made.pages.push_back({1, 1600, core::sha256(core::as_bytes("pixels"))});
  return made;
}

core::DraftFile Counter::keep(core::ByteView bytes, const core::Id& owner, std::string_view name) {
  const auto kept = store_->keep_document(bytes, owner, name, "application/pdf");
  if (!kept) give_up(kept.error().detail);
  core::DraftFile file;
  file.ref = *kept;
  file.pages = 1;
  file.source = "usb";
  return file;
}

core::SignedRecord Counter::application(const core::JournalHead& after, const core::DraftFile& form,
                                        const std::vector<core::DraftFile>& files) {
  const auto now = clock_.read();
  core::Record record;
  record.id = record.case_id = core::new_id(now.wall, random_);
  record.kind = core::kind::application_submit;
  record.device = station_.device;
  record.q = after.q + 1;
  record.prev = after.digest;
  record.at = core::judge_time(store_->clock_memory(), now, rules_->zone.offset_min(now.wall));
  record.actor.role = "applicant";
  record.lang = "kk";
  record.sw = "qabyl-bench " QABYL_VERSION;
  std::array<std::uint8_t, 16> nonce{};
  random_.fill(nonce);
  record.nonce = core::to_hex(nonce);
  auto answers = draft();
  answers.id = record.id;
  if (!files.empty()) answers.items.push_back({"LD2", files});
  const int year = static_cast<int>(rules_->today(now.wall).year());
  auto parts = core::submission_parts(*rules_->profile(station_.profile),
      {answers, signature(form.ref.sha256), form, core::receipt_number(station_.device, year, after.counter + 1), core::new_check_code(random_)});
  if (!parts) give_up(parts.error().detail);
  record.docs = std::move(parts->docs);
  record.body = std::move(parts->body);
  return core::sign_record(std::move(record), record_key_);
}

core::ReceiptEntry Counter::receipt(const core::SignedRecord& record) const {
  const auto& body = record.record.body;
  return {body.text("number"), body.text("check_code"), "QBL1:" + std::string(430, 'A'), {}};
}

void Counter::file(const core::SignedRecord& record) {
  if (const auto filed = store_->append(record, receipt(record), {}); !filed) give_up(filed.error().detail);
}

bool Counter::sync(const std::function<bool()>& done, core::Millis at_most) {
  const auto until = clock_.read().steady + at_most;
  while (!done()) {
    uplink_->tick();
    const auto now = clock_.read().steady;
    if (now >= until) return false;
    if (uplink_->in_flight()) transport_->wait(core::Millis{100});
    else if (uplink_->next_due() > now) transport_->wait(std::min(uplink_->next_due() - now, core::Millis{20}));
  }
  return true;
}

std::int64_t Counter::unheard() {
  const auto counts = store_->counts();
  if (!counts) give_up(counts.error().detail);
  return counts->queued;
}

std::int64_t Counter::waiting() {
  const auto counts = store_->counts();
  if (!counts) give_up(counts.error().detail);
  return counts->queued + counts->sent;
}

core::Bytes some_bytes(std::size_t count, core::Random& random) {
  core::Bytes bytes(count);
  random.fill(bytes);
  return bytes;
}

}  // namespace qabyl::bench
