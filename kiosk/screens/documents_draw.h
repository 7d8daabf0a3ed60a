// The panel of one document: its pages, what is doubtful about them, or where it comes from. Only for
// documents_draw.cpp and document_panel_draw.cpp.
#pragma once

#include "kiosk/screens/draw.h"
#include "kiosk/ui/lists.h"
#include "kiosk/ui/papers.h"

namespace qabyl::kiosk {

Caused draw_document_panel(const DocumentsScreen& screen, const Pen& pen, ui::Rect box);
Caused draw_zoomed_page(const DocumentsScreen& screen, const Pen& pen, ui::Rect room);

}  // namespace qabyl::kiosk
