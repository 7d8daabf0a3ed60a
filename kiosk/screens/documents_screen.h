// Steps 3 and 4: the list of documents of the rule profile, each with files added from a USB stick;
// and the licence fee with its proof. A missing document or an unpaid fee never blocks (RULES, A20).
#pragma once

#include "kiosk/screens/desk.h"

namespace qabyl::kiosk {

// Choosing and reading in one file for one item; the fee and the documents screen each hold one.
struct FileIntake {
  struct Adding { std::string item, name; int pages_read = 0, pages = 0; };

  bool open = false;                           // the choice of sources is shown
  std::optional<reply::SourceListed> listed;
  bool listing = false;
  core::Millis listed_at{0};
  int list_page = 0;                           // of the stick's files
  std::optional<Adding> adding;                // one at a time
  std::optional<reply::FileRefused> refused;   // said until the next attempt
  std::optional<std::size_t> replaces;         // "retake": this file goes when the new one is in

  Effects show(Now now);                       // opens the choice
  Effects add(const std::string& name, const std::string& item, const Journey& journey);
  Effects relist(Now now);                     // a stick may have come or gone
  void take(const reply::FileAdded& added, Journey& journey);
  Effects close();                             // cancels what is being read in
};

enum class ItemState { made_here, ready, attention, none, later, reading, refused };

struct DocumentsScreen {
  std::string selected;                        // code of the item whose panel is shown
  std::size_t file = 0;
  int page = 1;
  bool zoomed = false;
  bool panel = false;                          // large text, portrait: the panel is a screen of its own
  int list_page = 0;
  FileIntake intake;

  Outcome update(const Input& input, const Desk& desk);
  ItemState state_of(const core::RequiredDocument& document, const Journey& journey) const;
  const core::DraftFile* shown_file(const Journey& journey) const;
};

struct FeeScreen {
  std::string item;                            // code of the proof of payment
  FileIntake intake;

  Outcome update(const Input& input, const Desk& desk);
};

std::string fee_item(const core::Profile& profile, core::Procedure procedure);  // empty: none asked
// What a bank's telephone program is given; plain text until the payment standard is chosen.
std::string fee_qr_text(const core::Profile& profile, const core::ApplicationDraft& draft);

}  // namespace qabyl::kiosk
