// Where a filed application is, line by line, for the drawings of receipt and look-up. See draw.h.
#pragma once

#include "kiosk/screens/draw.h"
#include "kiosk/ui/lists.h"

namespace qabyl::kiosk {

std::vector<ui::CustodyLine> custody_lines(const Pen& pen, const ReceiptView& receipt);

}  // namespace qabyl::kiosk
