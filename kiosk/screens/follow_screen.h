// What the holder of a receipt still does with his application, from the look-up: hand in what is missing, withdraw it by a
// written statement, or sign for the form of the licence that was issued on it (RULES.md f1, f2; R01.1, R02.1). Steps: the
// documents of a supplement, who acts, the paper page by page, the signature, the receipt. No ImGui, no I/O.
#pragma once

#include "kiosk/screens/desk.h"
#include "kiosk/screens/documents_screen.h"
#include "kiosk/screens/filing_screens.h"

namespace qabyl::kiosk {

struct FollowScreen {
  enum class Stage { documents, naming, reading, signing };

  FollowAct act = FollowAct::withdraw;
  ReceiptView receipt;               // of the filing: number and check code open the form
  OfficeWord word;
  Stage stage = Stage::naming;
  Field focus = Field::representative;
  bool name_missing = false, position_missing = false;  // said after the primary was pressed
  int page = 1;
  core::Millis page_since{0};
  bool pages_missing = false;        // "sign" was pressed before every page was shown
  // supplement: the missing documents, each with what was added for it
  std::vector<core::DraftItem> items;
  core::Id filing;                   // of the record to be; empty until the shell has named it
  FileIntake intake;
  std::string item;                  // the document that a file is added for
  int list_page = 0;
  bool nothing_added = false;        // the primary was pressed before any file was there
  core::Language made_in = core::Language::kk;  // the statement, as last asked for
  SignScreen ink;                    // strokes, and whether the outcome is known yet

  // With what the visitor may have typed; the paper at hand is the journey's form.
  Effects begin(const Desk& desk);
  Outcome update(const Input& input, const Desk& desk);
  bool primary_enabled(const Journey& journey) const;
  bool may_add() const;              // a record holds so many documents
  void wipe();

 private:
  Outcome documents_input(const Input& input, Now now);
  void remove(std::size_t file);
  void take(const Reply& reply);
  Outcome to_reading(const Desk& desk);
  bool statement_unsigned() const;
  Outcome back(const Desk& desk);
  Outcome primary(const Desk& desk);
  void turn(int to, Form& form, Now now);
};

}  // namespace qabyl::kiosk
