// A kiosk's store in a temporary folder, with a clock and randomness of the test's own, and records
// that follow its head. Knows no test library beyond the checks of a correct set-up.
#pragma once

#include <map>

#include "core/store/kiosk_store.h"
#include "tests/support/clocks.h"

namespace qabyl::tests {

class StoreRig {
 public:
  explicit StoreRig(std::uint64_t seed = 1, const std::string& folder = {});  // a given folder is left standing
  ~StoreRig();
  StoreRig(const StoreRig&) = delete;
  StoreRig& operator=(const StoreRig&) = delete;

  core::KioskStoreOptions options();
  core::Status open();              // closes first
  core::Status open(core::KioskStoreOptions options);
  void close() { store_.reset(); }
  core::KioskStore& store() { return *store_; }

  core::Id new_id() { return core::new_id(clock.now.wall, random); }
  // The record after the head, signed; `number` goes on with the store's counter.
  core::SignedRecord next_record(const core::Id& id, std::vector<core::DocumentRef> docs = {}, std::string_view text = "");
  core::ReceiptEntry next_receipt();
  core::ApplicationDraft draft(std::string_view bin = "040140000018");
  // A record filed out of nothing, without documents.
  core::SignedRecord file(std::string_view text = "");
  core::Verdict verdict(const core::SignedRecord& record, core::Outcome outcome, std::vector<int> missing = {});

  std::string folder;
  std::string vfs;
  FakeClock clock;
  FakeRandom random;
  core::SealKey storage_key;
  core::SigningKey device_key;

 private:
  bool temporary_;
  std::unique_ptr<core::KioskStore> store_;
};

core::Bytes some_bytes(std::size_t count, std::uint8_t seed = 1);
core::Bytes read_all(const std::string& path);
// Every regular file below `folder`: path relative to it -> bytes.
std::map<std::string, core::Bytes> snapshot(const std::string& folder);
// The files that hold `needle`.
std::vector<std::string> files_with(const std::string& folder, std::string_view needle);
void flip_bit(const std::string& path, std::uint64_t offset);
std::string temporary_folder(std::string_view name);
void remove_folder(const std::string& folder);

template <typename T>
core::ErrorCode code_of(const core::Result<T>& result) {
  QABYL_CHECK(!result.has_value());
  return result.error().code;
}

}  // namespace qabyl::tests
