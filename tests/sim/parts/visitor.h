// A person at the screens: looks at the model of the screen that is shown and does what it asks for, until the receipt is in hand
// or the person has had enough. Knows no store and no effect.
#pragma once

#include "tests/sim/parts/sim_kiosk.h"

namespace qabyl::sim {

struct Errand {                       // what somebody comes for
  int number = 0;
  std::string bin, pin;
  core::Procedure procedure = core::Procedure::issue;
  std::vector<std::pair<std::string, StickFile>> documents;  // by the profile's code
  bool takes_receipt = false;         // home, as a PDF
};

Errand draw_errand(int number, Dice& dice);

struct Carried { core::Id record; std::string number, check_code; };  // what a receipt says

class Visitor {
 public:
  Visitor(Errand errand, Dice dice) : errand_(std::move(errand)), dice_(dice) {}
  // What the person does now; nullopt: waits, or has gone (gone()).
  std::optional<kiosk::Input> next(const kiosk::App& app);
  bool gone() const { return gone_; }
  void leave() { gone_ = true; }
  const std::optional<Carried>& carried() const { return carried_; }
  const Errand& errand() const { return errand_; }

 private:
  std::optional<kiosk::Input> look(const kiosk::App& app);
  std::optional<kiosk::Input> at_identify(const kiosk::IdentifyScreen& screen, const kiosk::App& app);
  std::optional<kiosk::Input> at_details(const kiosk::DetailsScreen& screen, const kiosk::App& app);
  std::optional<kiosk::Input> at_intake(const kiosk::FileIntake& intake, const kiosk::App& app, bool fee);
  static kiosk::Input read(const kiosk::CheckScreen& check, const kiosk::Form& form);  // the application, page by page
  std::optional<kiosk::Input> at_sign(const kiosk::SignScreen& screen, const kiosk::App& app);
  std::optional<kiosk::Input> at_receipt(const kiosk::ReceiptScreen& screen);
  const std::pair<std::string, StickFile>* wanting(const kiosk::App& app, bool fee) const;
  std::optional<kiosk::Input> give_up();

  Errand errand_;
  Dice dice_;
  bool gone_ = false;
  int steps_ = 0, refusals_ = 0;
  std::set<std::string> given_up_;    // documents that would not go in
  std::optional<Carried> carried_;
};

}  // namespace qabyl::sim
