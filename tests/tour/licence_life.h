// The tour's station of a licence's whole life: applications filed at the kiosk, the office's acts in the console, and what
// the applicant sees and does when he comes back with his receipt (paragraphs 1-6, 29; RULES.md f1, f2). The clocks of
// registry and kiosk move together.
#pragma once

#include "tests/tour/at_the_office.h"

namespace qabyl::rig {

// Plays a script at the kiosk under the clock of the days; whether it ended well.
using Play = std::function<bool(const std::string& name, const std::string& script)>;

// As they stand on a receipt that was saved; empty: they cannot be read. Text and log go below `folder`.
struct OnReceipt { std::string number, check_code; };
OnReceipt read_receipt(const std::string& pdf, const std::string& folder);

// Needs the stick with 1-founding-documents.pdf, 2-registration.jpg and 3-payment.png, and the registry under `days`.
void licence_life(OfficeHand& hand, Office& office, const std::string& folder, LaterDays& days, const Play& play, const Check& check);

}  // namespace qabyl::rig
