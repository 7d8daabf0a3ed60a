// Every state of the applicant's screens that a visitor can stand before, with answers as most people
// give them or as long as the terminal takes them. Each is reached by events, as a visitor would, never
// by writing into a model. For tests only.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/kiosk/applicant_rig.h"

namespace qabyl::kiosk::test {

// What stands in the answers: the sample's, or the longest that is taken.
enum class Answers { usual, longest };

struct Stage {
  std::string name;                          // "docs.intake"
  std::function<void(Visit&, Answers)> arrive;
};
const std::vector<Stage>& applicant_stages();
std::vector<Stage> look_up_stages();  // look_up_stages.cpp; part of applicant_stages()
ReceiptView filed_receipt(Answers answers);  // that the look-up finds
ReceiptView act_receipt(FollowAct act, Answers answers = Answers::usual);  // of an act from the look-up
OfficeWord office_word(std::string state, Answers answers = Answers::usual);
void look_up(Visit& visit, const OfficeWord& word, Answers answers = Answers::usual);  // typed, asked, found
void look_up(Visit& visit, const OfficeWord& word, const ReceiptView& receipt);
const Stage& stage(const std::string& name);

// The terminal of a busy hall: a long place, eight documents with long names.
const SetUp& crowded_set_up();
const SetUp& set_up_for(Answers answers);

// How the visitor wants to see it, chosen at the start, before the stage is reached; the line up or down.
struct Sight {
  core::Language language = core::Language::kk;
  TextSize text = TextSize::normal;
  bool contrast = false, online = true;
};
void choose(Visit& visit, const Sight& sight);

}  // namespace qabyl::kiosk::test
