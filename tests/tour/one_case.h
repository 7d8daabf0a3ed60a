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
  // An act that treats each objection, all in one way (accepted, partly, rejected), with a reason.
  OneCase& treat(const std::string& form, const std::string& what, const std::string& how, OfficeHand::Fields fields = {}, OfficeHand::Fields choices = {}) {
    const auto objections = hand_.fields(id_, form, "treat.");
    check_(!objections.empty(), "the objections stand in the form " + form);
    for (const auto& one : objections) fields.emplace_back(one, how);
    for (const auto& one : hand_.fields(id_, form, "why.")) fields.emplace_back(one, "Дәлелдер тексерілді");
    return act(form, what, std::move(fields), std::move(choices));
  }
  // The officer could do it now, and does not.
  OneCase& may(const std::string& form, const std::string& what) {
    check_(hand_.page("/case/" + id_).find("/case/" + id_ + "/" + form + "\"") != std::string::npos, what);
    return *this;
  }
  // The first document that the case's page leads to, as the console shows it.
  OneCase& opens_document(const std::string& what) {
    const auto page = hand_.page("/case/" + id_);
    const auto at = page.find("/document?record=");
    const auto shown = at == std::string::npos ? std::string() : hand_.page(page.substr(at, page.find_first_of("&\"", at) - at) + "&index=0");
    check_(!shown.empty(), what);
    return *this;
  }
  // Copy 2 of the first paper with copies, as a scan of it would be: brought, looked at by the sandbox, and kept.
  OneCase& scan_comes_back(const std::string& what);
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
