// The storage thread's work: carries out the effects of the screens on the kiosk's store and answers
// with replies. Used by one thread; owns the signed-in member of staff, whose key it wipes on sign-out.
// Knows no screen, no ImGui, no network.
//
// The order of I2 stands here: documents are durable, then one commit, then read back, then the reply
// that lets a screen show a number. An unknown outcome is looked up before anything is said (I7).
#pragma once

#include <functional>
#include <map>

#include "core/store/kiosk_store.h"
#include "kiosk/screens/effects.h"
#include "kiosk/shell/office_rules.h"
#include "kiosk/shell/shown_pages.h"
#include "kiosk/shell/station.h"

namespace qabyl::sync { struct AskedReceipt; }

namespace qabyl::kiosk {

struct StorageDeskParts {          // all outlive the desk
  core::KioskStore& store;
  const OfficeRules& rules;
  const Station& station;
  const core::SigningKey& record_key;
  core::Clock& clock;
  core::Random& random;
  std::function<void(Reply)> tell;             // to the screens
  std::function<void()> filed;                 // wakes the link: there is something to send
  std::function<void(const core::StoredRecord&)> accepted;  // after the commit: --events
  // Asks the registry for the receipt of a record that another kiosk took; the answer comes by looked_elsewhere().
  std::function<void(const std::string& number, const std::string& check_code)> ask_elsewhere{};
};

class StorageDesk {
 public:
  explicit StorageDesk(StorageDeskParts parts);

  // Effects that concern the store; others are ignored and return false.
  bool carry_out(const Effect& effect);

  // At start: tells about an interrupted draft, and whether intake must stop (I15).
  void announce(core::Instant off_at, core::Instant on_at);
  // Whether there is room, and a store that answers: told when it has changed.
  void check_reserve();

  void stored_checked() { tell(reply::StoredChecked{}); }

  // For the device thread, through the storage thread: a document into the blob store.
  core::KioskStore& store() { return parts_.store; }

  // For the device thread, through the storage thread too: what was shown may be signed next.
  ShownPages& shown_pages() { return shown_; }

  // For the device thread, through the storage thread: what proves the forks of the log that are shown, newest first.
  core::Result<std::vector<std::string>> fork_files();
  bool operator_is_in() const { return staff_ && staff_->is_operator; }
  const Station& station() const { return parts_.station; }
  const core::TimeZone& zone() const { return parts_.rules.zone; }

  // The bytes of a paper or document for the preview: a draft's file or the open paper.
  core::Result<core::Bytes> document(const core::Digest& digest);
  core::Result<core::Bytes> receipt_pdf(const core::Id& record, core::Language language);  // of stage 2 once the registry has answered
  void looked_elsewhere(const sync::AskedReceipt& answer);
  // keys.json as enrolled, or the newer one that came by feed: both signed by the same root.
  core::Result<core::Keyring> keys();

 private:
  void handle(const effect::CheckBin& effect);
  void handle(const effect::CreateDraft& effect);
  void handle(const effect::OpenDraft& effect);
  void handle(const effect::SaveDraft& effect);
  void handle(const effect::MakeForm& effect);
  void handle(const effect::FileApplication& effect);
  void handle(const effect::ReadBadge& effect);
  void handle(const effect::SignIn& effect);
  void handle(const effect::ListPapers& effect);
  void handle(const effect::OpenPaper& effect);
  void handle(const effect::ShowMade& effect);
  void handle(const effect::ListColleagues& effect);
  void handle(const effect::BeginFiling& effect);
  void handle(const effect::BeginReply& effect);
  void handle(const effect::KeepReply& effect);
  void handle(const effect::DropReply& effect);
  void handle(const effect::MakeLetter& effect);
  void handle(const effect::CheckStored& effect);
  void handle(const effect::FileAct& effect);
  void handle(const effect::LookUp& effect);
  void handle(const effect::OpenFollowPaper& effect);
  void handle(const effect::FileFollowUp& effect);
  void handle(const effect::UnlockStaff& effect);
  void sign_out();
  void leave_filing();
  void tell_operator(bool checked = false);
  void check_chain();
  PaperView paper_view(const core::Paper& paper);
  void add_term(PaperView& view, const core::Paper& paper);
  // Of the case of this paper: the profile under which it was opened, which is not always the newest.
  core::Rules case_rules(const core::Paper& paper);
  const core::Profile* profile_of(std::string_view id, std::string_view version);  // version "": the oldest held
  const core::Calendar& calendar() const { return newer_calendar_ ? *newer_calendar_ : parts_.rules.calendar; }
  void take_newer_calendar();
  std::vector<core::ActOffer> offers(const core::Paper& paper);  // precondition: staff_
  const core::Paper* listed(const core::Id& paper) const;              // of staff_, else nullptr
  void file_act(const core::Paper& paper, const core::ActOffer& offer, const effect::FileAct& effect);
  void tell(Reply reply) { parts_.tell(std::move(reply)); }

  // proof_desk.cpp
  struct Stage2 { std::string qr; core::Instant logged_at{}; };
  std::optional<Stage2> stage2(const core::StoredRecord& stored);
  ReceiptView shown(const core::StoredRecord& stored);  // receipt_view() and, verified, its proof
  core::Result<core::StoredRecord> receipt_of_sheet(const std::string& sheet, const std::string& number);
  core::Result<core::StoredRecord> to_print(const core::Id& record);
  void forget_elsewhere();

  // follow_desk.cpp
  OfficeWord office_word(const core::Record& filing);
  bool done_here(const core::Id& about, std::string_view kind);
  core::Result<core::StoredRecord> filing_of(const FollowUp& follow);
  core::Result<core::DraftFile> form_to_sign(const FollowUp& follow, const core::StoredRecord& filing);
  core::Result<core::DraftFile> statement(const FollowUp& follow, const core::StoredRecord& filing, core::Language language);
  core::Record delivery_record(const effect::FileFollowUp& effect, const LicenceFormView& form);
  core::Result<core::Record> statement_record(const effect::FileFollowUp& effect, const core::StoredRecord& filing);
  static bool offered(FollowAct act, const OfficeWord& word);
  std::optional<ReceiptView> filed_before(const FollowUp& follow, const OfficeWord& word);
  void close_follow_paper();

  // Keeps the pictures of what was shown under the record to be and names them in the signature; nullopt: there are none.
  core::Result<std::optional<core::DocumentRef>> keep_shown(core::ScreenSignature& signature, const core::Id& record, int only = 0);
  void file(core::Record record, std::string number, std::string check_code, const core::Id& draft);
  void settle(const core::Id& id);
  core::Record blank_record(std::string_view kind, core::Language language);
  core::RecordTime time_now();

  StorageDeskParts parts_;
  ShownPages shown_;
  std::optional<bool> intake_stopped_;                    // as last told
  bool store_broken_ = false;                             // could not be reopened; tried again by check_reserve()
  core::Id unsettled_;                                    // filed meanwhile with unknown outcome; empty: none
  std::optional<core::StaffMember> staff_;
  std::vector<core::Paper> papers_;                       // of staff_, as last listed
  core::Id filing_;                                       // begun by staff_; empty: none
  std::optional<std::pair<core::Digest, core::Bytes>> open_paper_;
  std::optional<std::pair<std::string, std::string>> asked_elsewhere_;  // number and check code that the registry is asked for
  std::optional<core::StoredRecord> elsewhere_;           // what it told of a record that another kiosk took, while a screen shows it
  std::optional<core::Calendar> newer_calendar_;          // that the office has taken into force since the start
  std::map<std::string, core::Profile, std::less<>> other_profiles_;  // "<id>@<version>", read when first asked for
  std::optional<core::Instant> chain_checked_at_;         // the whole journal, in this run
  bool chain_whole_ = true;
};

// The store says in `detail` how many tries are left, as digits.
int tries_left(const core::Error& error);
// What a receipt screen shows of a record that is in the journal. Pure.
ReceiptView receipt_view(const core::StoredRecord& stored);

}  // namespace qabyl::kiosk
