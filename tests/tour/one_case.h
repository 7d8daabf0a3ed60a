// One case in the hands of several officers, act by act, with what each of them must see said. For the tour's stations at
// the console. Knows no kiosk screen.
#pragma once

#include "tests/tour/at_the_office.h"

namespace qabyl::rig {

inline constexpr const char* two_witnesses = "К. Куә, маман\nЛ. Куә, заңгер";

class OneCase {
 public:
  OneCase(OfficeHand& hand, std::string id, LaterDays& days, const Check& check) : hand_(hand), id_(std::move(id)), days_(days), check_(check) {}
  OneCase& by(const std::string& login) {
    if (!hand_.sign_in(login)) check_(false, login + " signs in");
    return *this;
  }
  // `choices`: fields whose first option is taken, or the first one with those words.
  OneCase& act(const std::string& form, const std::string& what, OfficeHand::Fields fields = {}, OfficeHand::Fields choices = {}) {
    for (const auto& [field, words] : choices) fields.emplace_back(field, hand_.choice(id_, form, field, words));
    const auto wrong = hand_.act(id_, form, std::move(fields));
    check_(wrong.empty(), what + (wrong.empty() ? "" : " (" + wrong + ")"));
    return *this;
  }
  // The case's page says it: the state that the acts have led to.
  OneCase& shows(const std::string& words) {
    check_(hand_.page("/case/" + id_).find(words) != std::string::npos, "the case's page says: " + words);
    return *this;
  }
  std::pair<std::string, std::string> today() const { return {"date", days_.today()}; }

 private:
  OfficeHand& hand_;
  std::string id_;
  LaterDays& days_;
  const Check& check_;
};

}  // namespace qabyl::rig
