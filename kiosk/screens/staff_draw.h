// The drawings of the bureau's journey, one a screen, and the frame that they share. Const model in, at
// most one input out; no decision is made here.
#pragma once

#include "kiosk/screens/draw.h"
#include "kiosk/ui/keyboard.h"

namespace qabyl::kiosk {

// Rail with the five steps of the bureau's journey.
ui::FrameSpec staff_frame(const Pen& pen, std::string screen, int step);
Caused draw_sign_in(const Pen& pen, const SignInScreen& form);
Caused draw_inbox(const Pen& pen, const StaffJourney& journey);
Caused draw_counted(const Pen& pen, const PaperView& paper, int list_page);  // how its last day was counted
Caused draw_reading(const Pen& pen, const ReadScreen& open);
Caused draw_paper(const Pen& pen, const PaperScreen& screen);                // what can be done with one
Caused draw_reply(const Pen& pen, const StaffJourney& journey);
Caused draw_visa(const Pen& pen, const StaffJourney& journey);
Caused draw_acknowledge(const Pen& pen, const StaffJourney& journey);
Caused draw_mark_receipt(const Pen& pen, const StaffJourney& journey);
Caused draw_operator(const Pen& pen, const StaffJourney& journey);

// In time or late today, with the last day, for an act that has a term; it is taken in any case (A13).
std::string time_text(const Pen& pen, const PaperView& paper, core::BureauAct act);
// "2026 жылғы 23 қараша, 14:32".
std::string moment(const Pen& pen, core::Instant at);
// "23 қараша", with the year where it is another than today's.
std::string near_day(const Pen& pen, std::string_view iso);
// First item of each page of a list whose items are that high; no item is cut by the lower edge.
std::vector<std::size_t> page_starts(const std::vector<float>& heights, float room);
// Up and down of a paged list, keys <key>.up and <key>.down; nothing for one page.
Caused draw_list_pager(const Pen& pen, ui::Rect box, const std::string& key, std::size_t page, std::size_t pages);
ui::Rect cut_pager(const Pen& pen, ui::Rect& room);  // at the right, in portrait at the foot
// Number before the name or after it, as the language has it: "№ 118 тексеру тапсырмасы".
std::string paper_name(const Pen& pen, const PaperView& paper);

}  // namespace qabyl::kiosk
