// A counter without its screen, for measuring: the kiosk's real store, storage desk and uplink, over a
// data folder that a registry enrolled or one made on the spot. Filings are whole and true to the rules,
// only the people in them are invented. One thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/sys/clock.h"
#include "kiosk/shell/storage_desk.h"
#include "sync/client/curl_transport.h"
#include "sync/client/uplink.h"

namespace qabyl::bench {

class Counter {
 public:
  // Every error ends the program with its sentence: a measurement of a broken set-up is none.
  static std::unique_ptr<Counter> fresh(const std::string& folder);            // no registry
  static std::unique_ptr<Counter> enrolled(const std::string& kiosk_folder);   // by `qabyl-kiosk enrol`
  ~Counter();

  core::KioskStore& store() { return *store_; }
  kiosk::StorageDesk& desk() { return *desk_; }
  core::Random& random() { return random_; }
  core::Clock& clock() { return clock_; }
  std::function<void()> committed;                         // called after each COMMIT of a filing, before its receipt is shown; may be empty

  // The reply of the last carry_out() that is a `Wanted`; ends the program when there was none.
  template <typename Wanted>
  Wanted answer(const kiosk::Effect& effect) {
    replies_.clear();
    desk_->carry_out(effect);
    for (auto& reply : replies_) {
      if (auto* wanted = std::get_if<Wanted>(&reply)) return std::move(*wanted);
    }
    give_up("the desk did not answer as expected");
  }

  core::ApplicationDraft draft() const;                    // filled in, without files
  core::ScreenSignature signature(const core::Digest& form) const;
  core::DraftFile keep(core::ByteView bytes, const core::Id& owner, std::string_view name);

  // A record that follows `after`, signed: an application whose form and other files are stored already.
  core::SignedRecord application(const core::JournalHead& after, const core::DraftFile& form,
                                 const std::vector<core::DraftFile>& files = {});
  core::ReceiptEntry receipt(const core::SignedRecord& record) const;
  void file(const core::SignedRecord& record);             // one durable commit

  // Drives the real uplink over TLS until `done`; false after `at_most`.
  bool sync(const std::function<bool()>& done, core::Millis at_most);
  sync::Uplink& uplink() { return *uplink_; }
  std::int64_t unheard();                                  // records without any word of the registry
  std::int64_t waiting();                                  // records that the registry has not settled

 private:
  Counter() = default;
  void open(const std::string& store_folder, const core::SealKey& storage_key);
  void connect(const kiosk::DataFolder& folder);
  [[noreturn]] static void give_up(const std::string& why);

  core::sys::SystemClock clock_;
  core::sys::SystemRandom random_;
  std::optional<kiosk::OfficeRules> rules_;
  kiosk::Station station_;
  core::SigningKey record_key_;
  std::vector<kiosk::Reply> replies_;
  std::unique_ptr<core::KioskStore> store_;
  std::unique_ptr<kiosk::StorageDesk> desk_;
  std::unique_ptr<sync::CurlTransport> transport_;
  std::unique_ptr<sync::Uplink> uplink_;
};

core::Bytes some_bytes(std::size_t count, core::Random& random);

}  // namespace qabyl::bench
