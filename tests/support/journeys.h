// Scripts that play a person at the kiosk, as JSON lines: an applicant's and a bureau officer's journey.
// Used by the end-to-end tests and the tour. Words: kiosk/README.md; keys: kiosk/screens/README.md.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace qabyl::rig {

class ScriptText {
 public:
  ScriptText& tap(const std::string& key);
  ScriptText& tap_if(const std::string& key, int ms);                 // when it shows within that time
  ScriptText& tap_text(const std::string& text);
  ScriptText& tap_in_row(const std::string& text, const std::string& prefix);  // waits a minute for the row
  ScriptText& type(const std::string& text);                          // on the keyboard on the screen
  ScriptText& pad(const std::string& pad, const std::string& digits); // on a number pad
  ScriptText& scan(const std::string& text);
  ScriptText& wait(const std::string& key, int seconds = 20);
  ScriptText& wait_enabled(const std::string& key, int seconds = 20);
  ScriptText& wait_text(const std::string& text, int seconds = 20);
  ScriptText& wait_absent(const std::string& key);
  ScriptText& tap_until(const std::vector<std::string>& keys, const std::string& until, int every_ms = 2000);
  ScriptText& to_signature();  // from the check screen, through every page of the application
  ScriptText& pause(int ms);
  ScriptText& sign(const std::string& pad_key, int variant = 0);      // nobody draws the same strokes twice
  ScriptText& sign_shortly(const std::string& pad_key);               // the least that counts as a signature
  ScriptText& shot(const std::string& name);
  ScriptText& shots_in_languages(const std::string& name);            // <language>-<name>; ends in Kazakh
  ScriptText& line(const std::string& json);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

struct Applicant {
  std::string language = "kk";       // kk, ru, en
  std::string procedure = "issue";   // issue, reissue, duplicate
  std::string bin = "180640012347", pin = "314159";
  std::string organisation = "Дала кредиттік бюросы", address = "Алматы, Абай 52", first_head = "Қасымов Ерлан";
  std::string licence_number;        // of the licence to be re-issued or duplicated
  std::string representative = "Нұрланова Айгүл", position = "Заңгер", phone = "7012345678";
  std::vector<std::pair<std::string, std::string>> documents;  // code, name on the stick
  bool stacked = false;              // portrait or large text: a document's panel hides the list until "back"
  bool one_field = false;            // large text: the keyboard leaves room for one field, its key goes to the next
  bool fee_later = true;             // where the procedure asks for a fee
  std::string fee_file;
  std::string shots;                 // prefix of pictures; empty: none
};
// The same person with answers that the keyboard of that language can type.
Applicant applicant_in(const std::string& language);
// Up to "check your answers", with everything saved.
ScriptText application_to_check(const Applicant& applicant);
// From the start screen, or past the screen after a power cut, to the receipt (which stays on the screen).
ScriptText application(const Applicant& applicant);
// The first steps only: to the documents, with the draft saved.
ScriptText application_to_documents(const Applicant& applicant);

struct Officer {
  std::string language = "kk";
  std::string badge, pin;
  std::string shots;
};
// From the start screen to the inbox.
ScriptText signed_in(const Officer& officer);
// From the start screen to the receipt for the mark.
ScriptText mark_of_receipt(const Officer& officer);
// The same up to the signature, with pictures of each screen in three languages; then signs out.
ScriptText look_at_notice(const Officer& officer);

}  // namespace qabyl::rig
