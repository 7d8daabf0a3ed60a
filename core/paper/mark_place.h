// What stands at the end of a paper: the line that its signer signs on, and the place for a mark of receipt, in Kazakh and
// Russian: date, position, full name, signature (paragraph 10), empty or filled from a mark made on the screen. Knows no paper.
#pragma once

#include "core/cases/notice.h"
#include "core/paper/layout.h"

namespace qabyl::core::paper {

inline constexpr double mark_height_pt = mm(63);
void draw_mark_place(Canvas& canvas, const Box& box, const Texts& texts, const MarkOfReceipt* mark);

// Position, a line to sign on, name. `note` stands over the line: how it was signed without a pen.
void add_signature_row(Flow& flow, Canvas& canvas, std::string_view position, std::string_view name, std::string_view note = {});

}  // namespace qabyl::core::paper
