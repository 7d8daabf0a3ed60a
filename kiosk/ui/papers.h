// What shows a paper or stands on one: page pictures and thumbnails, QR, receipt slip, stamp, deadline
// badge. design/DESIGN.md, section 5. Textures and QR modules come in; nothing is rendered here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/paper/qr.h"
#include "kiosk/screens/page_source.h"
#include "kiosk/ui/canvas.h"
#include "kiosk/ui/lists.h"

namespace qabyl::kiosk::ui {

// White page as large as fits `box` in the picture's proportions; ruled lines while it is being made.
// Returns the rectangle that the page takes, in design pixels.
Rect page_picture(Canvas& canvas, Rect box, const std::string& key, const std::optional<PagePicture>& picture,
                  State state = State::neutral);
struct ThumbSpec {
  std::string key, label;        // label under it, usually the page number
  std::optional<PagePicture> picture;
  bool selected = false;
  State state = State::neutral;
};
bool page_thumb(Canvas& canvas, Rect box, const ThumbSpec& spec);
bool add_tile(Canvas& canvas, Rect box, const std::string& key, std::string_view spoken);  // dashed, with a plus

// Whole pixels a module (at least 4 of the window where there is room), quiet border included, centred.
void qr_code(Canvas& canvas, Rect box, const core::paper::QrMatrix& matrix);

struct BadgeSpec { std::string key, title, sub; State state = State::neutral; };  // 330 x 80
bool deadline_badge(Canvas& canvas, Rect box, const BadgeSpec& spec);
// By section 5: overdue bad, three working days or less warn, else neutral. Empty kind: neutral.
State deadline_state(int days_left, std::string_view kind);

void stamp_mark(Canvas& canvas, Rect box, std::string_view word, std::string_view line);  // turned 4 degrees

struct SlipLine { std::string label, value; };
struct SlipSpec {
  std::string key = "rcpt.slip";
  std::string word;              // ҚОЛХАТ
  std::string number_label, number;
  std::vector<SlipLine> lines;
  const core::paper::QrMatrix* qr = nullptr;
  std::string qr_note;           // caption under the QR
  std::string code_label, code;  // ABCDE-FGHJK-MNPQR; shown in its three groups
  std::string stamp, stamp_line; // ҚАБЫЛДАНДЫ, 23.11.2026 · AL-03
};
void receipt_slip(Canvas& canvas, Rect box, const SlipSpec& spec);

}  // namespace qabyl::kiosk::ui
