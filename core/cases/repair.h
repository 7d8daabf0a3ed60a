// What a person can do about a record that the registry does not count: one of a few ways for each stable code that it gives. The same
// words stand on the operator's panel and in the console (`repair.<way>` in assets/i18n/*/common.po). Decides nothing about a case.
#pragma once

#include <string>
#include <string_view>

namespace qabyl::core {

enum class Repair {
  nothing,     // an earlier record counts
  again,       // the same person files anew and puts this point right
  sign,        // signs anew: the signature is what is wrong
  read,        // opens the paper again, page by page
  person,      // somebody with powers does it; the office renews powers and badges
  assignment,  // the office looks which bureaus the kiosk serves
  clock,       // the kiosk's clock is set right first
  program,     // the programs do not fit: the central office
  journal,     // the journals of kiosk and registry do not continue each other: restored, or enrolled anew
  office,      // the officer in charge of the case decides
};
std::string_view to_text(Repair way);

// By the reason of a final verdict (judgement.h); a reason that this version does not know is for the officer.
Repair repair_of(std::string_view reason);
// Of the sentence for the problem code of an answer that took no record (protocol.md, 4): "refusal.too_large".
std::string refusal_text(std::string_view problem);
// By the problem code of an answer that took no record (protocol.md, 4); one that is not known is for the central office.
Repair repair_of_refusal(std::string_view problem);

}  // namespace qabyl::core
