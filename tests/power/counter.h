// A counter without its screen on a store that a test breaks: the kiosk's storage desk and store, and visitors who file
// through the desk's effects. Says what a visitor was told, and checks that against the store. For tests only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kiosk/shell/storage_desk.h"
#include "tests/power/forked.h"
#include "tests/store/store_rig.h"

namespace qabyl::power {

struct Told {
  std::optional<kiosk::ReceiptView> receipt;     // A1: a number was shown
  std::optional<core::ErrorCode> refused;        // "nothing was filed", or turned away before that
  bool checking = false;                         // the last word on the filing was "being checked"
  core::Id record;                               // of the filing, once it was asked for; empty: turned away before
};

class Counter {
 public:
  explicit Counter(const std::string& folder, std::uint64_t seed = 1);
  core::Status open();
  // A whole visit: a draft, two documents (the form is one of them), the filing.
  Told visit(int number) { return visit_with([] {}, number); }
  Told visit_with(const std::function<void()>& right_before_filing, int number = 1);
  Told& wait_for_word(Told& told);               // what the kiosk's upkeep does each few seconds, once
  bool intake_stopped() const { return stopped_; }

  // "" or what is wrong: the store, opened anew, against what was told to `visitors`, and nothing else was filed.
  std::string compare(const std::vector<Told>& visitors);

  tests::StoreRig rig;
  kiosk::StorageDesk& desk() { return *desk_; }
  std::uint64_t reserve_bytes = 1;

 private:
  bool take_draft(core::ApplicationDraft& draft, Told& told);
  std::optional<core::DraftFile> keep(const core::Id& draft, int number, std::size_t bytes, Told& told);
  void hear(Told& told);

  kiosk::Station station_;
  std::vector<kiosk::Reply> replies_;
  std::unique_ptr<kiosk::StorageDesk> desk_;
  bool stopped_ = false;
};

// "<id> <digest of its second document>": what Line::say() tells of a receipt, and what a parent checks of it.
std::string word_of(const Told& told, core::KioskStore& store);
// "" or what is wrong with a folder in which a child process filed and died: all that it said, whole, once, and at most
// `unsaid_max` more records. A line is word_of(), or "<id> accepted" for a verdict that was kept.
std::string compare_said(const std::string& folder, const std::string& said, int unsaid_max);

}  // namespace qabyl::power
