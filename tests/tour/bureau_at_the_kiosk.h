// What the bureau does in an inspection, at the real kiosk, each act by its own visit: signed in with badge and PIN,
// papers found by their titles, answered with documents of the stick, read page by page before they are signed. Each
// visit ends when the screen says that the registry has confirmed; then the registry must hold the records, accepted.
#pragma once

#include "tests/support/journeys.h"
#include "tests/tour/at_the_office.h"

namespace qabyl::rig {

class BureauAtTheKiosk {
 public:
  // Runs a script at the kiosk under the office's clock; false: it failed.
  using Play = std::function<bool(const std::string& name, const std::string& script)>;
  // `document`: a file on the stick that is handed in with every answer.
  BureauAtTheKiosk(Office& office, std::string case_id, std::string document, Play play, Check check);

  void letter_and_answer();                    // 13, 14
  void interim_objected();                     // 16, 17
  void summary_returned();                     // 19: receipt, a visa on every sheet, the mark, the return
  void summary_objected();                     // 20; and consent for a third party is asked (26)
  void protocol_objected();                    // 23
  void plan_submitted(const std::string& due); // 27; ISO
  void plan_reported();                        // 27
  void prescription_carried_out();             // 29

 private:
  void visit(const std::string& name, const ScriptText& script, const std::vector<std::string>& kinds, const std::string& what);
  ScriptText at_paper(const std::string& title) const;
  ScriptText received(const std::string& title) const;
  long accepted(const std::string& kind) const;

  Office& office_;
  std::string case_id_, document_;
  Play play_;
  Check check_;
  Officer officer_;
};

}  // namespace qabyl::rig
