// Where the real kiosk meets trouble: an office and an application at its documents, made once a test program and
// copied back before each case. Scripts play the people; what is on the screen is read from --widgets. Knows no test
// library.
#pragma once

#include "tests/support/journeys.h"
#include "tests/support/rig.h"

namespace qabyl::rig {

class TroubleGround {
 public:
  static TroubleGround& fresh();  // the one ground, its folders as they were made; no program runs

  Office& office() { return office_; }
  std::string path(const std::string& name) const { return folder_.path() + "/" + name; }
  std::string log() const { return path("kiosk.log"); }

  // Starts the kiosk offscreen with that script. `environment` adds to ours.
  // `before` stands before the program's own words, e.g. unshare and its options.
  Program kiosk(const ScriptText& script, const std::map<std::string, std::string>& environment = {}, std::vector<std::string> before = {});
  // A drawn text or a label holds `text`, now or within that time while the kiosk runs.
  bool shows(const std::string& text) const;
  bool comes(const std::string& text, Program& kiosk, std::chrono::milliseconds at_most = std::chrono::seconds{30}) const;
  std::string shown() const;      // everything written on the screen, a line each

  std::vector<core::Json> accepted() const;  // --events
  std::vector<core::Json> filings();         // of the registry's records, the applications
  // What both ends must agree on: every acceptance is at the registry once, accepted whole, with equal digests, and
  // its documents are these files of the stick and the form. Empty, or what is wrong.
  std::string compare(const std::vector<std::string>& files);

  // --- pieces of scripts ---
  static ScriptText back_to_documents();     // past the screen after the power cut
  static ScriptText add(const std::string& code, const std::string& file);
  static ScriptText fee_later_to_receipt();  // from the documents
  ScriptText operator_panel();               // from the start screen

 private:
  TroubleGround();
  void restore();
  bool wait_shown(const std::string& text, Program& kiosk, std::chrono::milliseconds at_most) const;

  TemporaryFolder folder_{"trouble"};
  Office office_{folder_.path() + "/office"};
};

}  // namespace qabyl::rig
