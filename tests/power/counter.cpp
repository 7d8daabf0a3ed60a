// See counter.h. The people are invented.
#include "tests/power/counter.h"

#include <map>
#include <set>
#include <sstream>

#include "core/encoding.h"
#include "tests/support/places.h"

namespace qabyl::power {
namespace {

constexpr const char* pin = "314159";
constexpr std::size_t form_bytes = 30'000, document_bytes = 70'000;
constexpr std::size_t queue_max = 100'000;
constexpr std::string_view verdict_word = "accepted";

const kiosk::OfficeRules& office_rules() {
  static const auto rules = kiosk::load_office_rules(qabyl::test::in_build("/assets"));
  QABYL_CHECK(rules.has_value());
  return *rules;
}

core::ApplicationDraft filled_in() {
  core::ApplicationDraft made;
  made.profile = "kz-2004-249";
  made.bin = "040740001238";
  made.organisation = "Бюро";
  made.address = "Алматы";
  made.first_head = "Үлгі";
  made.representative = "Үлгі";
  made.position = "заңгер";
  made.phone = "+7 700 000 00 00";
  made.authority_until = "2027-12-31";
  made.fee = core::FeeChoice::later;
  return made;
}

core::ScreenSignature signature(const core::Digest& form) {
  core::Stroke stroke;
  for (int i = 0; i < 40; ++i) stroke.push_back({1000 + i * 80, 3000 + i % 7 * 20, 8 * i, -1});
  core::ScreenSignature made{{stroke}, 2390, 1250, form, "qabyl-preview " QABYL_VERSION, 110, {}};
  made.pages.push_back({1, 1600, core::sha256(core::as_bytes("pixels"))});
  return made;
}

// "" or what is wrong with the documents of a stored record.
std::string documents_wrong(core::KioskStore& store, const core::StoredRecord& stored) {
  for (const auto& document : stored.record.record.docs) {
    const auto bytes = store.read_document(document.sha256, 0, core::document_bytes_max);
    if (!bytes) return "a document of q " + std::to_string(stored.record.record.q) + ": " + bytes.error().detail;
    if (bytes->size() != document.bytes || core::sha256(*bytes) != document.sha256) return "a document has other bytes";
  }
  return "";
}

}  // namespace

Counter::Counter(const std::string& folder, std::uint64_t seed) : rig(seed, folder) {
  station_.device = "AL-03";
  station_.profile = "kz-2004-249";
  station_.registry_kid = "0011223344556677";
  (void)office_rules();
}

core::Status Counter::open() {
  desk_.reset();
  rig.close();
  auto options = rig.options();
  options.reserve_bytes = reserve_bytes;
  QABYL_TRY_DO(rig.open(std::move(options)));
  desk_ = std::make_unique<kiosk::StorageDesk>(kiosk::StorageDeskParts{
      rig.store(), office_rules(), station_, rig.device_key, rig.clock, rig.random,
      [this](kiosk::Reply reply) { replies_.push_back(std::move(reply)); }, [] {}, [](const core::StoredRecord&) {}});
  stopped_ = false;
  desk_->announce(rig.clock.now.wall, rig.clock.now.wall);
  Told nobody;
  hear(nobody);
  return core::Done{};
}

void Counter::hear(Told& told) {
  for (auto& reply : std::exchange(replies_, {})) {
    if (const auto* stop = std::get_if<kiosk::reply::StopIntake>(&reply)) stopped_ = stop->stop;
    if (std::holds_alternative<kiosk::reply::FilingUnknown>(reply)) told.checking = true;
    if (const auto* failed = std::get_if<kiosk::reply::FilingFailed>(&reply)) told.refused = failed->why, told.checking = false;
    if (auto* filed = std::get_if<kiosk::reply::Filed>(&reply)) told.receipt = std::move(filed->receipt), told.checking = false;
    if (const auto* refused = std::get_if<kiosk::reply::DraftRefused>(&reply)) told.refused = refused->why;
  }
}

// The draft that somebody before could not file, or a new one.
bool Counter::take_draft(core::ApplicationDraft& draft, Told& told) {
  const auto kept = rig.store().find_draft(draft.bin);
  if (!kept) return told.refused = kept.error().code, false;
  if (*kept) desk_->carry_out(kiosk::effect::OpenDraft{(*kept)->id, pin});
  else desk_->carry_out(kiosk::effect::CreateDraft{draft, pin});
  for (const auto& reply : replies_) {
    if (const auto* saved = std::get_if<kiosk::reply::DraftSaved>(&reply)) draft.id = saved->id;
    if (const auto* opened = std::get_if<kiosk::reply::DraftOpened>(&reply)) draft.id = opened->draft.id;
  }
  hear(told);
  return !told.refused;
}

std::optional<core::DraftFile> Counter::keep(const core::Id& draft, int number, std::size_t bytes, Told& told) {
  const auto kept = rig.store().keep_document(tests::some_bytes(bytes, static_cast<std::uint8_t>(number)), draft, "a.pdf", "application/pdf");
  if (!kept) return told.refused = kept.error().code, std::nullopt;
  core::DraftFile file;
  file.ref = *kept;
  file.pages = 1;
  file.source = "usb";
  return file;
}

Told Counter::visit_with(const std::function<void()>& right_before_filing, int number) {
  Told told;
  auto draft = filled_in();
  if (!take_draft(draft, told)) return told;
  const auto form = keep(draft.id, 2 * number, form_bytes, told);
  const auto document = form ? keep(draft.id, 2 * number + 1, document_bytes, told) : std::nullopt;
  if (!document) return told;
  draft.items.push_back({"LD2", {*document}});
  desk_->carry_out(kiosk::effect::SaveDraft{draft});
  hear(told);
  if (told.refused) return told;
  told.record = draft.id;
  right_before_filing();
  desk_->carry_out(kiosk::effect::FileApplication{draft, *form, signature(form->ref.sha256), core::Language::kk});
  hear(told);
  return told;
}

Told& Counter::wait_for_word(Told& told) {
  desk_->check_reserve();
  hear(told);
  return told;
}

std::string Counter::compare(const std::vector<Told>& visitors) {
  desk_.reset();
  if (const auto opened = open(); !opened) return "the store does not open: " + opened.error().detail;
  auto& store = rig.store();
  if (const auto chain = store.verify_chain(); !chain) return chain.error().detail;
  std::map<core::Id, Told> last;  // a draft that could not be filed is taken up again: the last word on it counts
  for (const auto& told : visitors) {
    if (told.checking) return "nobody ever said whether it was filed";
    if (!told.record.empty()) last[told.record] = told;
  }
  std::int64_t filed = 0;
  for (const auto& [id, told] : last) {
    const auto found = store.find_record(told.record);
    if (!found) return "a record cannot be read: " + found.error().detail;
    if (told.receipt && !*found) return "a receipt was shown and there is no record";
    if (!told.receipt && *found) return "it was said that nothing was filed, and there is a record";
    if (!*found) continue;
    ++filed;
    if ((*found)->receipt.number != told.receipt->number) return "another number than was shown";
    if (const auto wrong = documents_wrong(store, **found); !wrong.empty()) return wrong;
  }
  if (store.head().q != filed) return std::to_string(store.head().q) + " records, told of " + std::to_string(filed);
  return "";
}

std::string word_of(const Told& told, core::KioskStore& store) {
  const auto found = store.find_record(told.record);
  return told.record + " " + (found && *found ? core::to_hex((*found)->record.digest) : "");
}

std::string compare_said(const std::string& folder, const std::string& said, int unsaid_max) {
  tests::StoreRig rig(4711, folder);
  if (const auto opened = rig.open(); !opened) return "the store does not open: " + opened.error().detail;
  auto& store = rig.store();
  if (const auto chain = store.verify_chain(); !chain) return chain.error().detail;
  std::istringstream words(said);
  std::string id, digest;
  std::set<std::string> numbers;
  while (words >> id >> digest) {
    const auto found = store.find_record(id);
    if (digest == verdict_word) {
      if (!found || !*found || (*found)->state != core::SendState::accepted) return "the verdict on " + id + " was kept and is not there";
      continue;
    }
    if (!found || !*found) return "record " + id + " was acknowledged and is not there";
    if (core::to_hex((*found)->record.digest) != digest) return "record " + id + " has another digest";
    if (!numbers.insert((*found)->receipt.number).second) return "a receipt number was given twice";
    if (const auto wrong = documents_wrong(store, **found); !wrong.empty()) return wrong;
  }
  const auto lines = store.queue(queue_max);
  if (!lines) return lines.error().detail;
  for (const auto& line : *lines) {  // what nobody was told of is whole too, since it will be sent
    const auto found = store.find_record(line.id);
    if (!found || !*found) return "a record of the queue cannot be read";
    if (const auto wrong = documents_wrong(store, **found); !wrong.empty()) return wrong;
  }
  const auto unsaid = static_cast<std::int64_t>(lines->size()) - static_cast<std::int64_t>(numbers.size());
  return unsaid < 0 || unsaid > unsaid_max ? std::to_string(unsaid) + " records that nobody was told of" : "";
}

}  // namespace qabyl::power
