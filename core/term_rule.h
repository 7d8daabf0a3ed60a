// One line of the deadline catalogue (RULES.md, section a: D02 ... D29) as a profile states it: how long,
// counted in what, owed by whom, and by which readings of section e. Knows no dates: see deadline.h.
#pragma once

#include <string>
#include <vector>

namespace qabyl::core {

enum class TermUnit {
  working_days,
  calendar_days,
  months,
  stated,  // the date stands in the paper itself: a request, a demand for a plan, a prescription
};
enum class Side { body, bureau, applicant };  // whose duty it is

// What the office has chosen where the Rules leave a question open (RULES.md, section e).
struct Reading {
  std::string question;  // A05
  std::string setting;   // cap.roll
  std::string value;     // as text: "false"
  friend bool operator==(const Reading&, const Reading&) = default;
};

struct TermRule {
  std::string id;         // D17
  std::string duty;       // R17.1
  std::string paragraph;  // 17
  Side owed_by = Side::body;
  TermUnit unit = TermUnit::working_days;
  int length = 0;         // 0: by the base event itself (D11)
  bool rolls = false;     // a last day off moves to the next working day (Civil Code 175)
  bool cap = false;       // a limit of the body's own power, not a term somebody is given (A05)
  std::vector<Reading> readings;
};

}  // namespace qabyl::core
