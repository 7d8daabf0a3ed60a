// Where a filed application is, line by line, and its proof, for the drawings of receipt and look-up. See draw.h.
#pragma once

#include "kiosk/screens/draw.h"
#include "kiosk/ui/lists.h"

namespace qabyl::kiosk {

std::vector<ui::CustodyLine> custody_lines(const Pen& pen, const ReceiptView& receipt);
std::vector<ui::CustodyLine> logged_lines(const Pen& pen, const ReceiptView& receipt);  // in the evidence log since when, or not yet
// The code of the newest receipt as large as the room allows, since when it stands in the evidence log, how anybody checks
// it, and a copy on a stick. ProofPressed closes it.
Caused draw_proof(const Pen& pen, ui::Rect room, const ReceiptView& receipt, ReceiptScreen::Copy copy, const std::string& problem);
// How far the copy on the stick is; empty: none was asked for.
std::string copy_words(const Pen& pen, ReceiptScreen::Copy copy, const std::string& problem);
ui::State copy_state(ReceiptScreen::Copy copy);
// The five steps of an act from the look-up, the receipt last.
std::vector<std::string> follow_steps(const Pen& pen, FollowAct act);

}  // namespace qabyl::kiosk
