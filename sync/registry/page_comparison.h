// What a person signed on a screen, shown again: each page of the paper is drawn by this machine's qabyl-preview at the size
// of then, and compared, pixel by pixel, with what the signature says and with the picture that was kept (ARCHITECTURE, section 5).
// Another version of the libraries may draw a letter's edge otherwise: it is named, so that a difference is not taken for more.
#pragma once

#include <iosfwd>

#include "core/preview/preview_worker.h"
#include "core/signature.h"

namespace qabyl::sync::registry {

struct PageCompared {
  enum class Drawn { same, differs, not_drawn, unknown };  // not_drawn: no such page now; unknown: the record does not say the size
  enum class Kept { same, differs, none };                 // the kept picture against the signature
  int page = 0;
  Drawn drawn = Drawn::unknown;
  Kept kept = Kept::none;
  bool operator==(const PageCompared&) const = default;
};
struct PagesCompared {
  std::vector<PageCompared> pages;
  std::string then, now;  // what drew them; `now` is empty where nothing can be drawn here
};
// `pictures`: the file that the signature names, as it is here; empty: it is not here, or none was kept.
PagesCompared compare_pages(const core::ScreenSignature& signature, core::ByteView paper, core::ByteView pictures, preview::PreviewWorker& worker);
// In plain words, a line a page; the last line says all.
void print(const PagesCompared& compared, std::ostream& out);
bool all_same(const PagesCompared& compared);  // drawn and, where pictures were kept, these too

// Of a record of that office: reads its database as show.h does. conflict: a page differs. not_found: no such record, no signature
// in it, or its paper is not here. Otherwise the errors of database and files.
core::Status compare_pages(const std::string& folder, const core::Id& record, const std::string& preview, core::Clock& clock, std::ostream& out);

}  // namespace qabyl::sync::registry
