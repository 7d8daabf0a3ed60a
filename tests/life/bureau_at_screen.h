// A person of a bureau at the screens of a whole kiosk: what is pressed, read and drawn, as events of the models, with
// pages that the preview worker has made. Every filing is sent at once and must be confirmed on the screen.
#pragma once

#include "tests/life/whole_kiosk.h"

namespace qabyl::life {

class BureauAtScreen {
 public:
  // `secrets` of the sample office: badges and PINs.
  BureauAtScreen(WholeKiosk& kiosk, const core::Json& secrets) : kiosk_(kiosk), secrets_(secrets) {}

  void comes(std::size_t who);   // from the start screen to the inbox, with what has come by feed
  void leaves();                 // the screen is wiped
  const std::vector<kiosk::PaperView>& inbox() const { return journey().inbox.papers; }
  // The newest paper of that kind in the inbox.
  const kiosk::PaperView& paper(std::string_view kind) const;

  // Each begins and ends in the inbox. The record as the kiosk's journal holds it.
  core::Record receives(std::string_view kind);
  core::Record refuses_receipt(std::string_view kind, const std::vector<std::pair<std::string, std::string>>& witnesses);  // name, position
  void visas(std::string_view kind);  // every sheet, the mark on the last, the return of copy 2

  // An act that hands a letter in: chosen, its questions answered one by one, read, signed.
  void begins(std::string_view kind, core::BureauAct act);
  void ticks(std::vector<int> options);                   // and goes on
  void names(std::size_t who);                            // a colleague, of a question that asks for people, and goes on
  void types(const std::string& text) { press(kiosk::person::TextTyped{text}); }
  void writes(const std::vector<std::string>& fields);    // one question's fields, and goes on
  void brings(const std::string& file);                   // from the stick, and goes on
  void goes_on() { press(kiosk::person::PrimaryPressed{}); }
  core::Record signs();                                   // the letter page by page, then the signature
  const kiosk::ReplyScreen& answering() const { return journey().answering; }

 private:
  void press(kiosk::Input input) { kiosk_.feed(std::move(input)); }
  void opens(std::string_view kind);
  void reads_all();
  void sees(int page);
  void draws();
  core::Record signs_what_was_read();  // every page, then the pad
  core::Record filed();          // at its receipt: sent, confirmed, back to the inbox
  const kiosk::StaffJourney& journey() const { return kiosk_.at<kiosk::StaffJourney>(); }

  WholeKiosk& kiosk_;
  const core::Json& secrets_;
  int inks_ = 0;
};

}  // namespace qabyl::life
