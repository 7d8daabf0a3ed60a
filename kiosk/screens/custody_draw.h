// Where a filed application is, line by line, for the drawings of receipt and look-up. See draw.h.
#pragma once

#include "kiosk/screens/draw.h"
#include "kiosk/ui/lists.h"

namespace qabyl::kiosk {

std::vector<ui::CustodyLine> custody_lines(const Pen& pen, const ReceiptView& receipt);
// The five steps of an act from the look-up, the receipt last.
std::vector<std::string> follow_steps(const Pen& pen, FollowAct act);

}  // namespace qabyl::kiosk
