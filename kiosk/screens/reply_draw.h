// The drawings of a reply, one for each kind of question (picture 14), and what they share. See staff_draw.h.
#pragma once

#include "kiosk/screens/staff_draw.h"

namespace qabyl::kiosk {

Caused draw_reply_choice(const Pen& pen, const ReplyScreen& reply);     // one or many of a list
Caused draw_reply_words(const Pen& pen, const ReplyScreen& reply);      // with the keyboard
Caused draw_reply_date(const Pen& pen, const ReplyScreen& reply);       // with the number pad
Caused draw_reply_documents(const Pen& pen, const ReplyScreen& reply);  // from the stick

// Rail, header with the paper, the question's count, back, primary, in time or late.
ui::FrameSpec reply_frame(const Pen& pen, const ReplyScreen& reply);
std::string question_title(const Pen& pen, const ReplyScreen& reply);
std::string question_hint(const Pen& pen, const ReplyScreen& reply);
// What is wrong, in words; empty: nothing. `field` -1: of any.
std::string fault_text(const Pen& pen, const ReplyScreen& reply, int field = -1);

}  // namespace qabyl::kiosk
