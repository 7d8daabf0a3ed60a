// Pages, QR, badge, stamp, receipt slip. See papers.h.
#include "kiosk/ui/papers.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace qabyl::kiosk::ui {
namespace {

constexpr float ruled_pitch = space::s16, ruled_margin = 0.13F;  // of the page's width
constexpr int ruled_lines_max = 60;

Rect fit_page(Rect box, const std::optional<PagePicture>& picture) {
  const float ratio = picture && picture->width > 0 ? static_cast<float>(picture->height) / static_cast<float>(picture->width) : size::page_ratio;
  const float width = std::min(box.w, box.h / ratio), height = width * ratio;
  return {box.mid_x() - width / 2, box.y, width, height};
}

void ruled(Canvas& canvas, Rect page) {
  const float margin = page.w * ruled_margin;
  const float pitch = std::max(ruled_pitch * 0.6F, std::min(ruled_pitch * 1.5F, page.h / 9));
  float y = page.y + margin;
  for (int i = 0; i < ruled_lines_max && y < page.bottom() - margin; ++i, y += pitch) {
    const float shorter = i % 3 == 2 ? 0.3F : i % 3 == 1 ? 0.08F : 0.0F;
    canvas.fill({page.x + margin, y, (page.w - 2 * margin) * (1 - shorter), size::border}, Tone::page_line);
  }
}

Tone frame_of(State state) { return state == State::bad ? Tone::bad : state == State::ok ? Tone::ok : Tone::edge; }

void draw_page(Canvas& canvas, Rect page, const std::optional<PagePicture>& picture, Tone edge, float border) {
  canvas.box(page.inset(-border), Tone::pad, edge, border, size::radius_thumb / 2);
  if (picture && picture->texture != 0) canvas.picture(page, picture->texture);
  else ruled(canvas, page);
}

// What was drawn since `first` turned about the middle of `box`.
void turn(Canvas& canvas, int first, Rect box, float degrees) {
  const Rect place = canvas.pixels(box);
  const float angle = degrees * 3.14159265F / 180, c = std::cos(angle), s = std::sin(angle);
  auto& vertices = canvas.list()->VtxBuffer;
  for (int i = first; i < vertices.Size; ++i) {
    const float dx = vertices[i].pos.x - place.mid_x(), dy = vertices[i].pos.y - place.mid_y();
    vertices[i].pos = {place.mid_x() + dx * c - dy * s, place.mid_y() + dx * s + dy * c};
  }
}

}  // namespace

Rect page_picture(Canvas& canvas, Rect box, const std::string& key, const std::optional<PagePicture>& picture, State state) {
  const float border = state == State::bad ? size::border_error : size::border;
  const Rect page = fit_page(box.inset(border), picture);
  canvas.note(page, key, Role::image, {}, picture ? "shown" : "wanted");
  draw_page(canvas, page, picture, frame_of(state), border);
  return page;
}

bool page_thumb(Canvas& canvas, Rect box, const ThumbSpec& spec) {
  const bool tapped = canvas.target(box, spec.key, Role::choice, spec.label, true, spec.selected);
  Rect room = box;
  const float label_h = spec.label.empty() ? 0 : canvas.line_height(Type::small);
  const Rect label = room.cut_bottom(label_h, space::s4);
  const float border = spec.selected ? size::border_selected : size::border;
  const bool down = canvas.held(spec.key);
  const Tone edge = down ? Tone::gold : spec.selected && spec.state != State::bad ? Tone::selected : frame_of(spec.state);
  draw_page(canvas, fit_page(room.inset(size::border_selected), spec.picture), spec.picture, edge, border);
  if (label_h > 0) canvas.text(label, Type::small, spec.state == State::bad ? Tone::bad : Tone::ink, spec.label, Align::centre);
  return tapped;
}

bool add_tile(Canvas& canvas, Rect box, const std::string& key, std::string_view spoken) {
  const bool tapped = canvas.target(box, key, Role::button, std::string(spoken));
  canvas.dashed_box(box, canvas.held(key) ? Tone::gold : Tone::surface, Tone::edge, size::radius_thumb);
  const float side = size::icon_large;
  canvas.icon({box.mid_x() - side / 2, box.mid_y() - side / 2, side, side}, Icon::plus, canvas.held(key) ? Tone::gold_ink : Tone::selected);
  return tapped;
}

void qr_code(Canvas& canvas, Rect box, const core::paper::QrMatrix& matrix) {
  if (matrix.size <= 0) return;
  const Rect place = canvas.pixels(box);
  const int modules = matrix.size + 2 * core::paper::qr_quiet_modules;
  const float module = std::max(1.0F, std::floor(std::min(place.w, place.h) / static_cast<float>(modules)));
  const float side = module * static_cast<float>(modules);
  const float left = std::floor(place.mid_x() - side / 2), top = std::floor(place.y + std::max(0.0F, (place.h - side) / 2));
  auto* list = canvas.list();
  const auto dark = canvas.packed(Tone::qr_dark), light = canvas.packed(Tone::pad);
  list->AddRectFilled({left, top}, {left + side, top + side}, light);
  const float first = module * static_cast<float>(core::paper::qr_quiet_modules);
  for (int y = 0; y < matrix.size; ++y) {
    for (int x = 0; x < matrix.size; ++x) {
      if (!matrix.dark(x, y)) continue;
      int end = x;
      while (end < matrix.size && matrix.dark(end, y)) ++end;  // a run is one rectangle
      const float row = top + first + module * static_cast<float>(y), from = left + first + module * static_cast<float>(x);
      list->AddRectFilled({from, row}, {left + first + module * static_cast<float>(end), row + module}, dark);
      x = end;
    }
  }
  const float s = canvas.scale();
  canvas.note({left / s, top / s, side / s, side / s}, "qr", Role::image, {}, std::to_string(static_cast<int>(module)));
}

State deadline_state(int days_left, std::string_view kind) {
  constexpr int near_days = 3;
  if (kind.empty()) return State::neutral;
  return days_left < 0 ? State::bad : days_left <= near_days ? State::warn : State::neutral;
}

bool deadline_badge(Canvas& canvas, Rect box, const BadgeSpec& spec) {
  const bool tapped = !spec.key.empty() && canvas.target(box, spec.key, Role::button, spec.title, true, false, spec.sub);
  canvas.panel(box, ground_of(spec.state), ink_of(spec.state), size::radius_tag);
  const Tone ink = ink_of(spec.state);
  const Icon icon = spec.state == State::bad ? Icon::warning : spec.state == State::ok ? Icon::check : Icon::clock;
  Rect room = box.inset(space::s20, space::s4);
  const Rect mark = room.cut_left(size::icon, space::s16);
  canvas.icon({mark.x, mark.mid_y() - mark.w / 2, mark.w, mark.w}, icon, ink);
  const Type type = canvas.fitting(room, spec.title, {Type::list, Type::stamp, Type::least}, 2);
  const float top = canvas.text_height(type, spec.title, room.w), below = spec.sub.empty() ? 0 : canvas.text_height(Type::least, spec.sub, room.w);
  room.cut_top(std::max(0.0F, (room.h - top - below) / 2));
  room.cut_top(canvas.text(room, type, ink, spec.title));
  if (!spec.sub.empty()) canvas.text(room, Type::least, ink, spec.sub);
  return tapped;
}

float stamp_width(const Canvas& canvas, std::string_view word, std::string_view line) {
  const float words = std::max(canvas.text_width(Type::stamp, word), canvas.text_width(Type::least, line));
  return std::max(size::stamp_w, words + 2 * space::s16);
}

float stamp_height(const Canvas& canvas) {
  return std::max(size::stamp_h, canvas.line_height(Type::list) + canvas.line_height(Type::least) + 2 * space::s12);
}

void stamp_mark(Canvas& canvas, Rect box, std::string_view word, std::string_view line) {
  const int first = canvas.list()->VtxBuffer.Size;
  canvas.box(box, Tone::pad, Tone::stamp, size::border_selected, size::radius_tag);
  Rect room = box.inset(space::s12, space::s4);
  const Type type = canvas.fitting(room, word, {Type::list, Type::stamp, Type::least}, 1);
  const float word_h = canvas.line_height(type), line_h = canvas.line_height(Type::least);
  room.cut_top(std::max(0.0F, (room.h - word_h - line_h) / 2));
  canvas.text(room.cut_top(word_h), type, Tone::stamp, word, Align::centre);
  canvas.text(room, Type::least, Tone::stamp, line, Align::centre);
  turn(canvas, first, box, -size::stamp_turn_degrees);
}

namespace {

void slip_ground(Canvas& canvas, Rect box) {
  canvas.box(box, Tone::pad, Tone::line, size::border, 0);
  const float pitch = size::perforation * 3;
  const int count = static_cast<int>(box.w / pitch);
  const float step = box.w / static_cast<float>(count);
  for (int i = 0; i < count; ++i) canvas.circle(box.x + step * (static_cast<float>(i) + 0.5F), box.y, size::perforation, Tone::paper, Tone::paper, 0);
  canvas.fill({box.x - size::border, box.y - size::perforation - 1, box.w + 2 * size::border, size::perforation + 1}, Tone::paper);
}

void slip_head(Canvas& canvas, Rect& room, const SlipSpec& spec) {
  Rect head = room.cut_top(size::row_icon, space::s12);
  canvas.horn_tile(head.cut_left(head.h, space::s16), true);
  const float word_w = canvas.text_width(Type::stamp, spec.word) + space::s4;
  canvas.text_mid(head.cut_right(word_w, space::s12), Type::stamp, Tone::stamp, spec.word, Align::right);
  const auto brand = canvas.say("kit.brand");
  if (canvas.text_width(Type::slip_brand, brand) <= head.w) canvas.text_mid(head, Type::slip_brand, Tone::pad_dark, brand);
  canvas.fill(room.cut_top(size::rule, space::s16), Tone::gold);
}

constexpr int value_lines_max = 2;  // a longer value is set smaller, so that the QR keeps its size

Type value_type(const Canvas& canvas, const SlipLine& line, float width) {
  const float room = static_cast<float>(value_lines_max) * canvas.line_height(Type::list) + 1;
  return canvas.fitting({0, 0, width, room}, line.value, {Type::list, Type::least}, value_lines_max);
}

float slip_line_height(const Canvas& canvas, const SlipLine& line, float width) {
  return canvas.text_height(Type::least, line.label, width) + canvas.text_height(value_type(canvas, line, width), line.value, width) + space::s8;
}

void slip_line(Canvas& canvas, Rect box, const SlipLine& line) {
  box.cut_top(canvas.text(box, Type::least, Tone::pad_ink, line.label));
  canvas.text(box, value_type(canvas, line, box.w), Tone::pad_dark, line.value);
}

float number_height(const Canvas& canvas) { return canvas.line_height(Type::least) + canvas.line_height(Type::digits) + space::s8; }

float lines_height(const Canvas& canvas, const SlipSpec& spec, float width) {
  float height = 0;
  for (const auto& line : spec.lines) height += slip_line_height(canvas, line, width) + space::s4;
  return height;
}

// With very large text the head gives way, then what the screen beside the slip says too. In a narrow slip
// the head stays: the QR needs its room below the facts.
SlipSpec that_fits(const Canvas& canvas, SlipSpec spec, Rect room, bool wide, bool& head) {
  constexpr std::size_t lines_least = 2;  // when, who
  const float head_h = size::row_icon + space::s12 + size::rule + space::s16;
  const auto wanted = [&] { return (head ? head_h : 0) + number_height(canvas) + lines_height(canvas, spec, room.w); };
  head = !wide || wanted() <= room.h;
  while ((!wide || !head) && wanted() > room.h && spec.lines.size() > lines_least) spec.lines.pop_back();
  return spec;
}

// Two short facts stand side by side.
void slip_lines(Canvas& canvas, Rect& room, const SlipSpec& spec) {
  const float half = (room.w - space::s20) / 2;
  const auto fits = [&](const SlipLine& line) {
    return std::max(canvas.text_width(Type::list, line.value), canvas.text_width(Type::least, line.label)) <= half;
  };
  for (std::size_t i = 0; i < spec.lines.size(); ++i) {
    const auto& line = spec.lines[i];
    if (i + 1 < spec.lines.size() && fits(line) && fits(spec.lines[i + 1])) {
      const auto& other = spec.lines[++i];
      Rect row = room.cut_top(std::max(slip_line_height(canvas, line, half), slip_line_height(canvas, other, half)), space::s4);
      slip_line(canvas, row.cut_left(half, space::s20), line);
      slip_line(canvas, row, other);
      continue;
    }
    slip_line(canvas, room.cut_top(slip_line_height(canvas, line, room.w), space::s4), line);
  }
}

// On free paper, at the lower left of `room`; nothing where there is none. Returns what it took.
float slip_stamp(Canvas& canvas, Rect room, const SlipSpec& spec) {
  if (spec.stamp.empty()) return 0;
  const float width = stamp_width(canvas, spec.stamp, spec.stamp_line), height = stamp_height(canvas);
  const float lean = width * 0.07F;  // what the turn takes
  if (room.w < width || room.h < height + lean) return 0;
  stamp_mark(canvas, {room.x, room.bottom() - height - lean / 2, width, height}, spec.stamp, spec.stamp_line);
  return height + lean;
}

float slip_code(Canvas& canvas, Rect room, const SlipSpec& spec) {
  if (spec.code.empty()) return 0;
  const float top = room.y;
  canvas.note(room, spec.key + ".code", Role::text, spec.code_label, spec.code);
  room.cut_top(canvas.text(room, Type::least, Tone::pad_ink, spec.code_label), space::s4);
  for (std::size_t at = 0; at < spec.code.size();) {
    const auto end = std::min(spec.code.find('-', at), spec.code.size());
    room.cut_top(canvas.text(room, Type::code, Tone::pad_dark, std::string_view(spec.code).substr(at, end - at)));
    at = end + 1;
  }
  return room.y - top;
}

float qr_least(const SlipSpec& spec) {
  if (spec.qr == nullptr) return 0;
  return size::qr_module_least * static_cast<float>(spec.qr->size + 2 * core::paper::qr_quiet_modules);
}

// What stands beside the QR: a group of the code, the longest word over it.
float code_least(const Canvas& canvas, const SlipSpec& spec) {
  float width = canvas.text_width(Type::code, "00000-");
  for (std::size_t at = 0; at < spec.code_label.size();) {
    const auto end = std::min(spec.code_label.find(' ', at), spec.code_label.size());
    width = std::max(width, canvas.text_width(Type::least, std::string_view(spec.code_label).substr(at, end - at)) + 2);
    at = end + 1;
  }
  return width;
}

// QR with the check code beside it and a note below. The note gives way where the facts need its room;
// the QR never does. `margin`: how far the stamp may reach into the slip's own edge.
void slip_proof(Canvas& canvas, Rect room, const SlipSpec& spec, float margin) {
  const float note_h = spec.qr_note.empty() ? 0 : canvas.text_height(Type::least, spec.qr_note, room.w) + space::s8;
  if (note_h > 0 && room.h >= qr_least(spec) + note_h) {
    const Rect note = room.cut_bottom(note_h - space::s8, space::s8);
    canvas.text(note, Type::least, Tone::pad_ink, spec.qr_note);
  }
  if (spec.qr != nullptr) {
    const float side = std::min(room.w, std::max(qr_least(spec), std::min(room.w * 0.4F, room.h)));
    const Rect left = room.cut_left(side, space::s16);
    qr_code(canvas, {left.x, left.y, side, side}, *spec.qr);
  }
  room.cut_top(slip_code(canvas, room, spec), space::s8);
  if (margin > 0) slip_stamp(canvas, {room.x, room.y, room.w + margin, room.h}, spec);
}

}  // namespace

void receipt_slip(Canvas& canvas, Rect box, const SlipSpec& all) {
  slip_ground(canvas, box);
  canvas.note(box, all.key, Role::image, all.number, all.code);
  Rect room = box.inset(space::s36, space::s28);
  // Wide: the proof stands beside the facts, unless the number would have to be broken for it.
  const float proof_w = std::max(room.w * 0.46F, qr_least(all) + space::s16 + code_least(canvas, all));
  const bool wide = box.w >= size::slip_wide && canvas.whole_words(Type::list, all.number, room.w - proof_w - space::s36);
  Rect proof = wide ? room.cut_right(proof_w, space::s36) : Rect{};
  bool head = true;
  const float facts_h = wide ? room.h : room.h - qr_least(all) - space::s4;
  const auto spec = that_fits(canvas, all, {room.x, room.y, room.w, facts_h}, wide, head);
  if (head) slip_head(canvas, room, spec);
  canvas.note(room, spec.key + ".number", Role::text, spec.number_label, spec.number);
  room.cut_top(canvas.text(room, Type::least, Tone::pad_ink, spec.number_label));
  const Type type = canvas.fitting(room, spec.number, {Type::digits, Type::hero, Type::list}, 1);
  room.cut_top(canvas.text(room, type, Tone::pad_dark, spec.number), space::s8);
  slip_lines(canvas, room, spec);
  room.cut_top(space::s4);
  if (wide) slip_stamp(canvas, room, spec);
  slip_proof(canvas, wide ? proof : room, spec, wide ? 0 : space::s36 - space::s8);
}

}  // namespace qabyl::kiosk::ui
