// An applicant at the screens of a whole kiosk: the seven steps of a filing, and what its receipt opens later. Events of the
// models; documents come off the stick, pages are made by the preview worker, every filing is sent and must be confirmed.
#pragma once

#include "tests/life/whole_kiosk.h"

namespace qabyl::life {

struct Receipt { core::Id application; std::string number, check_code; };  // what the applicant carries home

class ApplicantAtScreen {
 public:
  explicit ApplicantAtScreen(WholeKiosk& kiosk) : kiosk_(kiosk) {}

  // From start to the wiped screen. `documents`: code of the profile's list -> file of the stick.
  Receipt files(core::Procedure procedure, const std::string& bin, const std::map<std::string, std::string>& documents, const std::string& licence_number = {});
  // What the look-up says of it now.
  kiosk::OfficeWord looks_up(const Receipt& receipt);
  core::Record supplements(const Receipt& receipt, const std::map<std::string, std::string>& documents);
  core::Record withdraws(const Receipt& receipt);
  Receipt withdraws_unsent(const Receipt& receipt);          // while the line is cut: filed, and waiting
  kiosk::ReceiptView saves(const Receipt& receipt);          // from the look-up, its proof open, to the stick
  core::Record signs_for_licence(const Receipt& receipt);

 private:
  void press(kiosk::Input input) { kiosk_.feed(std::move(input)); }
  void next() { press(kiosk::person::PrimaryPressed{}); }
  void answers_questions(core::Procedure procedure, const std::string& licence_number);
  void adds(const std::string& item, const std::string& file);
  void draws();
  void reads();
  void opens(const Receipt& receipt);
  void begins(const Receipt& receipt, kiosk::FollowAct act);
  void signs();
  core::Record reads_and_signs();
  kiosk::ReceiptView confirmed();
  void leaves();

  WholeKiosk& kiosk_;
  int inks_ = 50;
};

}  // namespace qabyl::life
