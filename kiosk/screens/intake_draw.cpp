// Where a document comes from: the stick with its files, scanner and camera as they are, and a file
// being read in with a real count of pages. See draw.h; picture 04b.
#include <algorithm>

#include "kiosk/screens/draw.h"
#include "kiosk/ui/lists.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::State;
using ui::Tone;
using ui::Type;
namespace space = ui::space;

constexpr std::uint64_t tenth_mb = 104'858;

std::string type_text(std::string_view type) {
  return type == "pdf" ? "PDF" : type == "jpeg" ? "JPEG" : "PNG";
}

std::string refusal(const Pen& pen, const reply::FileRefused& refused) {
  if (refused.why == "too_large") {
    constexpr auto mb = core::document_bytes_max / 1024 / 1024;
    return pen.say("usb.big", {{"name", refused.name}, {"max", number_text(static_cast<std::int64_t>(mb))}});
  }
  if (refused.why == "gone") return pen.say("usb.gone");
  if (refused.why == "unreadable") return pen.say("usb.bad", {{"name", refused.name}});
  return refused.name + ": " + pen.say("docs.refused", {{"why", pen.say("docs.why." + refused.why)}});
}

Caused draw_adding(const Pen& pen, Rect room, const FileIntake::Adding& adding) {
  auto& canvas = pen.canvas;
  room.cut_top(canvas.text(room, Type::h3, Tone::ink, adding.name), space::s16);
  const auto count = adding.pages == 0 ? pen.say("docs.opening")
                                       : pen.say("docs.reading", {{"k", number_text(adding.pages_read)}, {"n", number_text(adding.pages)}});
  room.cut_top(canvas.text(room, Type::body, Tone::ink, count), space::s16);
  constexpr int segments_max = 60;  // beyond, a segment a page would be too thin to see
  if (adding.pages > 0 && adding.pages <= segments_max) {
    std::vector<State> pages(static_cast<std::size_t>(adding.pages), State::neutral);
    std::fill_n(pages.begin(), std::min(adding.pages_read, adding.pages), State::ok);
    ui::progress(canvas, room.cut_top(space::s16, space::s28), pages);
  }
  const ui::ButtonSpec cancel{.key = "docs.cancel", .label = pen.say("cancel"), .icon = Icon::cross};
  const float width = std::min(room.w, canvas.text_width(Type::action, cancel.label) + 4 * space::s36);
  return canvas.button(room.cut_top(ui::size::target_normal).cut_left(width), cancel) ? Caused{person::CancelAddPressed{}} : Caused{};
}

ui::RowSpec file_row(const Pen& pen, const SourceFile& file, std::size_t index) {
  const bool fit = file.type != "other";
  ui::RowSpec row;
  row.key = "docs.usb." + std::to_string(index);
  row.title = file.name;
  row.sub = fit ? file_size(pen, file) : file.bytes == 0 ? pen.say("docs.refused", {{"why", pen.say("docs.why.empty")}}) : pen.say("docs.usb.other");
  row.quiet = !fit;
  row.can_be_tapped = fit;
  row.state = fit ? State::info : State::neutral;
  if (fit) row.tag_icon = Icon::right;
  return row;
}

Caused draw_files(const Pen& pen, Rect room, const FileIntake& intake) {
  auto& canvas = pen.canvas;
  const auto& files = intake.listed->files;
  const float gap = ui::size::gap_min;
  std::vector<ui::Block> rows;
  for (std::size_t i = 0; i < files.size(); ++i) rows.push_back({ui::row_height(canvas, file_row(pen, files[i], i), room.w), {}});
  const bool paged = ui::blocks_height(rows, gap) > room.h;
  const Rect turn = paged ? room.cut_bottom(ui::size::target_normal, space::s12) : Rect{};
  const auto starts = ui::page_starts(rows, gap, room.h);
  const int last_page = static_cast<int>(starts.size()) - 1, page = std::min(intake.list_page, last_page);
  const std::size_t from = starts[static_cast<std::size_t>(page)], to = page < last_page ? starts[static_cast<std::size_t>(page) + 1] : files.size();
  Caused caused;
  for (std::size_t i = from; i < to; ++i) {
    const auto row = file_row(pen, files[i], i);
    if (ui::list_row(canvas, room.cut_top(rows[i].height, gap), row) != ui::RowTap::none && row.can_be_tapped) caused = person::SourceFileTapped{files[i].name};
  }
  if (!paged) return caused;
  const auto range = pen.say("docs.files.range", {{"a", std::to_string(from + 1)}, {"b", std::to_string(to)}, {"n", std::to_string(files.size())}});
  const int by = ui::pager(canvas, turn, {"docs.files", page > 0, page < last_page, {}, range, {}});
  return by != 0 ? Caused{person::ListTurned{page + by - intake.list_page}} : caused;
}

// The stick, empty or absent, and the devices that are not here: visible, dashed, with the reason.
void draw_devices(const Pen& pen, Rect room, const FileIntake& intake) {
  const bool present = intake.listed && intake.listed->present;
  const auto usb = !intake.listed ? pen.say("docs.usb.looking") : pen.say(present ? "usb.none" : "usb.insert");
  const ui::ChoiceSpec tiles[] = {
      {.key = "docs.src.usb", .title = pen.say("docs.usb"), .sub = usb, .icon = Icon::usb, .enabled = false},
      {.key = "docs.src.scanner", .title = pen.say("docs.scanner"), .sub = pen.say("scan.off"), .icon = Icon::scanner, .enabled = false},
      {.key = "docs.src.camera", .title = pen.say("docs.camera"), .sub = pen.say("cam.off"), .icon = Icon::camera, .enabled = false}};
  const float height = ui::size::target_hero * std::min(pen.canvas.em(), 1.25F) + space::s20;
  std::vector<ui::Block> blocks;
  for (const auto& tile : tiles) blocks.push_back({height, [&pen, &tile](Rect place) { ui::choice_card(pen.canvas, place, tile); }});
  ui::paged(pen.canvas, room, blocks, space::s16, "docs.src", pen.state.pages["docs.src"]);
}

}  // namespace

std::string file_size(const Pen& pen, const SourceFile& file) {
  const auto tenths = std::max<std::uint64_t>(1, (file.bytes + tenth_mb / 2) / tenth_mb);
  const char* point = pen.language() == core::Language::en ? "." : ",";
  return pen.say("docs.size", {{"type", type_text(file.type)}, {"n", std::to_string(tenths / 10) + point + std::to_string(tenths % 10)}});
}

Caused draw_intake(const Pen& pen, Rect room, const FileIntake& intake, std::string_view title, std::string_view hint) {
  auto& canvas = pen.canvas;
  const ui::ButtonSpec close{.key = "docs.src.close", .label = {}, .icon = Icon::cross, .spoken = pen.say("close")};
  Rect head = room.cut_top(ui::size::target_normal, space::s12);
  Caused caused;
  if (!intake.adding && canvas.button(head.cut_right(ui::size::target_normal, space::s20), close)) caused = person::SourceClosed{};
  const Type title_type = canvas.fitting(head, title, {Type::h3, Type::list, Type::stamp}, 3);
  const float title_h = canvas.text_height(title_type, title, head.w);
  if (title_h > head.h) {  // a long name makes its head taller
    room.cut_top(title_h - head.h);
    head.h = title_h;
  }
  canvas.text_mid(head, title_type, Tone::ink, title);
  if (intake.adding) return draw_adding(pen, room, *intake.adding);
  if (!hint.empty()) room.cut_top(canvas.text(room, Type::small, Tone::ink2, hint), space::s12);
  if (intake.refused) {
    const auto why = refusal(pen, *intake.refused);
    room.cut_top(ui::note_box(canvas, room, {Icon::warning, {}, why, State::bad, true}), space::s16);
  }
  const bool files = intake.listed && intake.listed->present && !intake.listed->files.empty();
  room.cut_top(canvas.text(room, Type::list, Tone::ink, pen.say(files ? "docs.usb" : "docs.src")), space::s12);
  if (!files) {
    draw_devices(pen, room, intake);
    return caused;
  }
  if (intake.listed->more) {
    const auto more = pen.say("docs.usb.more");
    canvas.text(room.cut_bottom(canvas.text_height(Type::small, more, room.w), space::s12), Type::small, Tone::ink2, more);
  }
  auto tapped = draw_files(pen, room, intake);
  return tapped ? tapped : caused;
}

}  // namespace qabyl::kiosk
