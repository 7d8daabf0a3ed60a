// See documents_draw.h; pictures 04 and 04b.
#include <algorithm>

#include "kiosk/screens/documents_draw.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::State;
using ui::Tone;
using ui::Type;
namespace space = ui::space;

bool doubtful(const core::DraftFile& file) { return !file.problem.empty() && !file.kept_as_is; }

// Thumbnails of the pages round the shown one, two columns.
Caused draw_thumbs(const Pen& pen, Rect room, const core::DraftFile& file, const DocumentsScreen& screen) {
  auto& canvas = pen.canvas;
  const auto of = pen.say("page.of", {{"p", number_text(screen.page)}, {"n", number_text(file.pages)}});
  room.cut_top(canvas.text(room, Type::list, Tone::ink, of), space::s12);
  constexpr int columns = 2;
  const float gap = space::s16;
  const float width = std::max(ui::size::target_normal, std::min(room.column(0, columns, gap).w, ui::size::target_normal * 1.4F));
  const float label = canvas.line_height(Type::least);
  const float height = width * 1.3F + label;
  const int rows = static_cast<int>((room.h + gap) / (height + gap));
  if (rows < 1) return {};  // the full size page turns them
  const int shown = rows * columns;
  const int first = (screen.page - 1) / shown * shown + 1;
  Caused caused;
  for (int page = first; page < std::min(file.pages + 1, first + shown); ++page) {
    const int at = page - first;
    const Rect place{room.x + static_cast<float>(at % columns) * (width + gap), room.y + static_cast<float>(at / columns) * (height + gap), width, height};
    ui::ThumbSpec thumb{.key = "docs.page." + number_text(page), .label = number_text(page), .picture = pen.pages.page(file.ref.sha256, page, false)};
    thumb.selected = page == screen.page;
    if (ui::page_thumb(canvas, place, thumb)) caused = person::PageChosen{page};
  }
  return caused;
}

Caused draw_pages(const Pen& pen, Rect room, const core::DraftFile& file, const DocumentsScreen& screen) {
  auto& canvas = pen.canvas;
  if (file.pages == 0 || pen.pages.failed(file.ref.sha256, screen.page)) {
    canvas.box(room, Tone::sunk, Tone::line, ui::size::border, ui::size::radius_thumb);
    canvas.text_mid(room.inset(space::s24), Type::small, Tone::ink2, pen.say("docs.nopreview"), ui::Align::centre);
    return {};
  }
  const Rect page = room.cut_left(room.w * 0.52F, space::s20);
  Rect small = room.cut_bottom(ui::size::target_normal, space::s12);
  Caused caused;
  const ui::ButtonSpec zoom{.key = "docs.zoom", .label = {}, .icon = Icon::search, .spoken = pen.say("page.zoom.in")};
  if (canvas.button(small.cut_left(ui::size::target_normal, space::s12), zoom)) caused = person::ZoomPressed{};
  const ui::ButtonSpec remove{.key = "docs.remove", .label = {}, .icon = Icon::trash, .spoken = pen.say("docs.remove")};
  if (canvas.button(small.cut_left(ui::size::target_normal), remove)) caused = person::FileRemoved{screen.file};
  ui::page_picture(canvas, page, "docs.preview", pen.pages.page(file.ref.sha256, screen.page, true), doubtful(file) ? State::bad : State::neutral);
  auto chosen = draw_thumbs(pen, room, file, screen);
  return chosen ? chosen : caused;
}

Caused draw_file_choice(const Pen& pen, Rect& room, const DocumentsScreen& screen, const std::vector<core::DraftFile>& files) {
  const auto count = files.size();
  if (count < 2) {
    const auto& name = files.front().ref.name;
    room.cut_top(pen.canvas.text(room, Type::small, Tone::ink2, name), space::s12);
    return {};
  }
  const auto middle = std::to_string(screen.file + 1) + " / " + std::to_string(count);
  const Rect box = room.cut_top(ui::size::target_normal, space::s12);
  const int by = ui::pager(pen.canvas, box, {"docs.files", screen.file > 0, screen.file + 1 < count, {}, middle, {}});
  room.cut_top(pen.canvas.text(room, Type::small, Tone::ink2, files[screen.file].ref.name), space::s12);
  if (by == 0) return {};
  return person::FileTapped{by > 0 ? screen.file + 1 : screen.file - 1};
}

Caused draw_doubt(const Pen& pen, Rect& room, const core::DraftFile& file, std::size_t at) {
  auto& canvas = pen.canvas;
  Rect buttons = room.cut_bottom(ui::size::target_normal, space::s12);
  const ui::NoteSpec note{Icon::none, pen.say("docs.problem." + file.problem), pen.say("docs.problem.sub"), State::bad, true};
  ui::note_box(canvas, room.cut_bottom(ui::note_height(canvas, note, room.w), space::s12), note);
  Caused caused;
  const ui::ButtonSpec again{.key = "docs.retake", .label = pen.say("docs.replace"), .icon = Icon::refresh, .look = ui::Look::choice_filled};
  if (canvas.button(buttons.cut_left(buttons.w * 0.55F, space::s12), again)) caused = person::RetakePressed{at};
  const ui::ButtonSpec keep{.key = "docs.keep", .label = pen.say("docs.keep")};
  if (canvas.button(buttons, keep)) caused = person::KeepPressed{at};
  return caused;
}

// A second file for the same document; a page that cannot be shown leaves room to take the file away.
Caused draw_file_buttons(const Pen& pen, Rect& room, const std::string& code, std::size_t at, bool shown) {
  auto& canvas = pen.canvas;
  Rect buttons = room.cut_bottom(ui::size::target_normal, space::s16);
  Caused caused;
  const ui::ButtonSpec remove{.key = "docs.remove", .label = pen.say("docs.remove"), .icon = Icon::trash};
  if (!shown && canvas.button(buttons.cut_right(buttons.w / 2, space::s12), remove)) caused = person::FileRemoved{at};
  const ui::ButtonSpec more{.key = "docs.more", .label = pen.say("docs.more"), .icon = Icon::plus};
  if (canvas.button(buttons, more)) caused = person::AddPressed{code};
  return caused;
}

// What the applicant reads where nothing is chosen, or where the form itself is chosen.
void draw_words(const Pen& pen, Rect room, std::string_view title, std::string_view text) {
  room.cut_top(pen.canvas.text(room, Type::h3, Tone::ink, title), space::s12);
  pen.canvas.text(room, Type::body, Tone::ink2, text);
}

}  // namespace

Caused draw_document_panel(const DocumentsScreen& screen, const Pen& pen, Rect box) {
  auto& canvas = pen.canvas;
  const auto* document = find_document(pen.profile(), pen.journey().procedure, screen.selected);
  canvas.box(box, Tone::surface, document == nullptr ? Tone::line : Tone::selected, document == nullptr ? ui::size::border : ui::size::border_selected, ui::size::radius_card);
  Rect room = box.inset(space::s28, space::s24);
  if (document == nullptr) {
    draw_words(pen, room, pen.say("docs.pick"), pen.say("docs.pick.sub"));
    return {};
  }
  const auto& name = document->name.in(pen.language());
  if (screen.intake.open || screen.intake.adding) return draw_intake(pen, room, screen.intake, name, document->hint.in(pen.language()));
  if (document->made_here) {
    draw_words(pen, room, name, pen.say("docs.form.sub"));
    return {};
  }
  const auto* file = screen.shown_file(pen.journey());
  if (file == nullptr) {
    draw_words(pen, room, name, document->hint.in(pen.language()));
    const ui::ButtonSpec add{.key = "docs.more", .label = pen.say("docs.more"), .icon = Icon::plus};
    const bool pressed = canvas.button(room.cut_bottom(ui::size::target_normal), add);
    return pressed ? Caused{person::AddPressed{document->code}} : Caused{};
  }
  room.cut_top(canvas.text(room, Type::h3, Tone::ink, name), space::s12);
  Caused caused = draw_file_choice(pen, room, screen, *pen.journey().draft->files_of(document->code));
  const bool shown = file->pages > 0 && !pen.pages.failed(file->ref.sha256, screen.page);
  if (!doubtful(*file) || !shown) {
    if (auto pressed = draw_file_buttons(pen, room, document->code, screen.file, shown)) caused = pressed;
  }
  if (doubtful(*file)) {
    if (auto chosen = draw_doubt(pen, room, *file, screen.file)) caused = chosen;
  }
  auto paged = draw_pages(pen, room, *file, screen);
  return paged ? paged : caused;
}

Caused draw_zoomed_page(const DocumentsScreen& screen, const Pen& pen, Rect room) {
  auto& canvas = pen.canvas;
  const auto* file = screen.shown_file(pen.journey());
  if (file == nullptr) return person::ZoomPressed{};
  Caused caused;
  const float width = ui::size::target_normal * 3.2F * std::min(canvas.em(), 1.3F);
  Rect side = canvas.portrait() ? room.cut_bottom(3 * ui::size::target_normal + 2 * space::s16 + canvas.line_height(Type::h3) + space::s16, space::s16) : room.cut_right(width, space::s28);
  canvas.text(side.cut_top(canvas.line_height(Type::h3) * (canvas.portrait() ? 1.0F : 2.0F), space::s16), Type::h3, Tone::ink,
              pen.say("page.of", {{"p", number_text(screen.page)}, {"n", number_text(file->pages)}}));
  const ui::ButtonSpec before{.key = "docs.prev", .label = pen.say("page.prev"), .icon = Icon::up, .enabled = screen.page > 1};
  if (canvas.button(side.cut_top(ui::size::target_normal, space::s16), before)) caused = person::PageTurned{-1};
  const ui::ButtonSpec after{.key = "docs.next", .label = pen.say("page.next"), .icon = Icon::down, .enabled = screen.page < file->pages};
  if (canvas.button(side.cut_top(ui::size::target_normal, space::s16), after)) caused = person::PageTurned{1};
  const ui::ButtonSpec smaller{.key = "docs.zoom", .label = pen.say("page.zoom.out"), .icon = Icon::search};
  if (canvas.button(side.cut_top(ui::size::target_normal), smaller)) caused = person::ZoomPressed{};
  ui::page_picture(canvas, room, "docs.preview", pen.pages.page(file->ref.sha256, screen.page, true));
  return caused;
}

}  // namespace qabyl::kiosk
