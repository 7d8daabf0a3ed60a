// The place for a mark of receipt at the end of a paper, in Kazakh and Russian: date, position, full name, signature
// (paragraph 10). Empty, or filled from a mark that was made on the screen. Knows no paper.
#pragma once

#include "core/cases/notice.h"
#include "core/paper/canvas.h"

namespace qabyl::core::paper {

inline constexpr double mark_height_pt = mm(63);
void draw_mark_place(Canvas& canvas, const Box& box, const Texts& texts, const MarkOfReceipt* mark);

}  // namespace qabyl::core::paper
