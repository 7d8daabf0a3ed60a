// What is drawn on several papers: the horn (DESIGN.md 1), the stamp mark (5), a QR code in printer
// dots, ink of a signature, the footer. Knows no words: they are passed in.
#pragma once

#include "core/paper/canvas.h"
#include "core/paper/margin_code.h"
#include "core/profile.h"
#include "core/signature.h"

namespace qabyl::core::paper {

// The brand tile: gold horn on a rail-coloured square.
void draw_horn(Canvas& canvas, Point corner, double side_pt);

// A frame turned 4 degrees to the left with a word over a line ("23.11.2026 · AL-03"). `corner` is the
// upper right of the frame before it is turned.
void draw_stamp(Canvas& canvas, Point corner, std::string_view word, std::string_view line);

// The code in the largest whole number of 300 dpi dots a module that fits into `side_pt` with its
// quiet border; never under qr_dots_per_module_min: then it is wider than `side_pt`.
double qr_side_pt(const QrMatrix& matrix, double side_pt);  // quiet border included
void draw_qr(Canvas& canvas, const QrMatrix& matrix, Point corner, double side_pt);

// The strokes as pen lines, whole and undistorted inside `box`, never larger than they were drawn.
void draw_ink(Canvas& canvas, const ScreenSignature& signature, const Box& box);

// Hair line and two texts under the text area: what this is at the left, the page at the right.
void draw_footer(Canvas& canvas, std::string_view left, std::string_view right);

// The margin code of a copy (ARCHITECTURE, section 5), left of the text: for a reader of codes, and in words for people,
// upwards along the edge. Between the holes that a puncher makes (ISO 838), so that a filed copy can still be read.
void draw_margin_code(Canvas& canvas, const MarginCode& code, std::string_view words);
void draw_margin_words(Canvas& canvas, std::string_view words);  // the words alone: a paper without copies

// Text id of a procedure's name.
const char* procedure_id(Procedure procedure);

}  // namespace qabyl::core::paper
