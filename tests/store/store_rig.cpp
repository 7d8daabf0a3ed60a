// See store_rig.h. The Argon2id cost is the smallest there is; everything else is the product's.
#include "tests/store/store_rig.h"

#include <filesystem>
#include <fstream>

#include "core/receipt_number.h"

namespace qabyl::tests {

StoreRig::StoreRig(std::uint64_t seed, const std::string& given)
    : folder(given.empty() ? temporary_folder("store") : given), random(seed * 7919 + 1), temporary_(given.empty()) {
  FakeRandom keys(77);  // the same for every rig: a second one opens the first one's folder
  storage_key = core::random_seal_key(keys);
  device_key = core::new_signing_key(keys);
}

StoreRig::~StoreRig() {
  close();
  if (temporary_) remove_folder(folder);
}

core::KioskStoreOptions StoreRig::options() {
  core::KioskStoreOptions options;
  options.folder = folder;
  options.device = "AL-03";
  options.storage_key = storage_key;
  options.pin_cost = core::argon2_minimum;
  options.vfs = vfs;
  options.clock = &clock;
  options.random = &random;
  return options;
}

core::Status StoreRig::open() { return open(options()); }

core::Status StoreRig::open(core::KioskStoreOptions options) {
  close();
  auto opened = core::KioskStore::open(std::move(options));
  if (!opened) return opened.error();
  store_ = *std::move(opened);
  return core::Done{};
}

core::SignedRecord StoreRig::next_record(const core::Id& id, std::vector<core::DocumentRef> docs, std::string_view text) {
  const auto head = store_->head();
  core::Record record;
  record.id = id;
  record.kind = "licence_application.submit";
  record.device = "AL-03";
  record.q = head.q + 1;
  record.prev = head.digest;
  record.case_id = id;
  record.at.utc = clock.now.wall;
  record.at.offset_min = 300;
  record.at.boot = clock.now.boot;
  record.at.mono_ms = clock.now.steady.count();
  record.actor.role = "applicant";
  record.lang = "kk";
  record.sw = "test 1";
  record.nonce = "00112233445566778899aabbccddeeff";
  record.docs = std::move(docs);
  record.body = core::Json::Object{{"organisation", text}};
  return core::sign_record(std::move(record), device_key);
}

core::ReceiptEntry StoreRig::next_receipt() {
  return {core::receipt_number("AL-03", 2026, store_->head().counter + 1), core::new_check_code(random), "QBL1:TEST", {}};
}

core::ApplicationDraft StoreRig::draft(std::string_view bin) {
  core::ApplicationDraft draft;
  draft.id = new_id();
  draft.profile = "kz-2004-249";
  draft.bin = bin;
  draft.organisation = "Бірінші кредиттік бюро";
  draft.phone = "+7 701 555 01 42";
  draft.step = 2;
  return draft;
}

core::SignedRecord StoreRig::file(std::string_view text) {
  const auto record = next_record(new_id(), {}, text);
  const auto appended = store_->append(record, next_receipt(), {});
  QABYL_CHECK(appended.has_value());
  return record;
}

core::Verdict StoreRig::verdict(const core::SignedRecord& record, core::Outcome outcome, std::vector<int> missing) {
  core::Verdict verdict;
  verdict.id = record.record.id;
  verdict.digest = record.digest;
  verdict.outcome = outcome;
  verdict.missing = std::move(missing);
  verdict.at = clock.now.wall;
  return verdict;
}

core::Bytes some_bytes(std::size_t count, std::uint8_t seed) {
  FakeRandom random(seed + 1000u);
  core::Bytes bytes(count);
  random.fill(bytes);
  return bytes;
}

core::Bytes read_all(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return core::Bytes(std::istreambuf_iterator<char>(in), {});
}

std::map<std::string, core::Bytes> snapshot(const std::string& folder) {
  std::map<std::string, core::Bytes> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.emplace(entry.path().lexically_relative(folder).string(), read_all(entry.path().string()));
  }
  return files;
}

std::vector<std::string> files_with(const std::string& folder, std::string_view needle) {
  std::vector<std::string> found;
  for (const auto& [path, bytes] : snapshot(folder)) {
    if (core::as_text(bytes).find(needle) != std::string_view::npos) found.push_back(path);
  }
  return found;
}

void flip_bit(const std::string& path, std::uint64_t offset) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  char byte = 0;
  file.seekg(static_cast<std::streamoff>(offset)).get(byte);
  file.seekp(static_cast<std::streamoff>(offset)).put(static_cast<char>(byte ^ 1));
  QABYL_CHECK(file.good());
}

std::string temporary_folder(std::string_view name) {
  std::string path = std::filesystem::temp_directory_path().string() + "/qabyl-" + std::string(name) + "-XXXXXX";
  QABYL_CHECK(mkdtemp(path.data()) != nullptr);
  return path;
}

void remove_folder(const std::string& folder) {
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

}  // namespace qabyl::tests
