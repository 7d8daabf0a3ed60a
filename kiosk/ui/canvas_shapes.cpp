// Boxes, tags, buttons: how things look. See canvas.h.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "kiosk/ui/canvas.h"

namespace qabyl::kiosk::ui {
namespace {

ImVec2 top_left(Rect box) { return {std::round(box.x), std::round(box.y)}; }
ImVec2 bottom_right(Rect box) { return {std::round(box.right()), std::round(box.bottom())}; }

struct Paint { Tone ground, edge, ink; };

Paint paint_of(const ButtonSpec& spec) {
  if (!spec.enabled) return {Tone::sunk, Tone::edge, Tone::ink2};
  switch (spec.look) {
    case Look::primary: return {Tone::pri, Tone::pri_edge, Tone::pri_ink};
    case Look::danger: return {Tone::surface, Tone::bad, Tone::bad};
    case Look::rail: return {Tone::rail, Tone::rail_edge, Tone::rail_ink};
    case Look::choice: return {Tone::tint, Tone::pri, Tone::ink};
    case Look::choice_filled: return {Tone::pri, Tone::pri, Tone::pri_ink};
    case Look::gold: return {Tone::gold, Tone::gold, Tone::gold_ink};
    case Look::plain: break;
  }
  return {Tone::surface, Tone::edge, Tone::ink};
}

}  // namespace

void Canvas::fill(Rect box, Tone tone, float radius) {
  const Rect place = pixels(box);
  registry_.add_ground(place, tone);
  list_->AddRectFilled(top_left(place), bottom_right(place), packed(tone), radius * scale_);
}

void Canvas::box(Rect box, Tone ground, Tone edge, float border, float radius) {
  fill(box, edge, radius);
  fill(box.inset(border), ground, std::max(0.0F, radius - border));
}

void Canvas::panel(Rect box, Tone ground, Tone ink, float radius) {
  if (view_.contrast) this->box(box, ground, ink, size::border, radius);
  else fill(box, ground, radius);
}

void Canvas::fill_sides(Rect box, Tone tone, float radius, Sides sides) {
  constexpr ImDrawFlags flags[] = {ImDrawFlags_RoundCornersNone, ImDrawFlags_RoundCornersLeft, ImDrawFlags_RoundCornersRight, ImDrawFlags_RoundCornersAll};
  const Rect place = pixels(box);
  registry_.add_ground(place, tone);
  list_->AddRectFilled(top_left(place), bottom_right(place), packed(tone), radius * scale_, flags[static_cast<std::size_t>(sides)]);
}

void Canvas::dashed_box(Rect box, Tone ground, Tone edge, float radius) {
  fill(box, ground, radius);
  const Rect place = pixels(box.inset(1));
  const float r = radius * scale_, dash = 9 * scale_, gap = 6 * scale_, thick = size::border * scale_;
  const auto colour = packed(edge);
  const auto run = [&](float from, float to, auto&& line) {
    for (float at = from; at < to; at += dash + gap) line(at, std::min(at + dash, to));
  };
  run(place.x + r, place.right() - r, [&](float a, float b) {
    list_->AddLine({a, place.y}, {b, place.y}, colour, thick);
    list_->AddLine({a, place.bottom()}, {b, place.bottom()}, colour, thick);
  });
  run(place.y + r, place.bottom() - r, [&](float a, float b) {
    list_->AddLine({place.x, a}, {place.x, b}, colour, thick);
    list_->AddLine({place.right(), a}, {place.right(), b}, colour, thick);
  });
  constexpr float quarter = 1.5707963F;
  const ImVec2 corners[] = {{place.x + r, place.y + r}, {place.right() - r, place.y + r}, {place.right() - r, place.bottom() - r}, {place.x + r, place.bottom() - r}};
  for (int i = 0; i < 4; ++i) {
    const float from = quarter * static_cast<float>(i + 2);
    list_->PathArcTo(corners[i], r, from + 0.25F, from + quarter - 0.25F, 8);
    list_->PathStroke(colour, 0, thick);
  }
}

void Canvas::hairline(float x, float y, float width, Tone tone, float thickness) { fill({x, y, width, thickness}, tone); }

void Canvas::icon(Rect box, Icon icon, Tone tone) {
  const float side = std::min(box.w, box.h);
  draw_icon(list_, icon, pixels({box.mid_x() - side / 2, box.mid_y() - side / 2, side, side}), packed(tone));
}

void Canvas::icon_square(Rect box, Icon shape, Tone ground, Tone tone) {
  fill(box, ground, box.w * 0.22F);
  icon(box.inset(box.w * 0.23F), shape, tone);
}

void Canvas::lamp(float x, float y, bool well) {
  const Rect place = pixels({x - 8, y - 8, 16, 16});
  if (well) list_->AddCircleFilled({place.mid_x(), place.mid_y()}, place.w / 2, packed(Tone::ok), 24);
  else fill({x - 9, y - 9, 18, 18}, Tone::gold, 3);
}

void Canvas::horn_tile(Rect box, bool dark) {
  fill(box, dark ? Tone::pad_dark : Tone::gold, box.w * 0.22F);
  draw_horn(list_, pixels(box.inset(box.w * 0.14F)), packed(dark ? Tone::gold : Tone::gold_ink), box.w * 0.075F * scale_);
}

void Canvas::ornament(Rect box, float pitch) { draw_ornament(list_, pixels(box), packed(Tone::gold, 0.7F), pitch * scale_); }

void Canvas::circle(float x, float y, float radius, Tone ground, Tone edge, float border) {
  const ImVec2 centre{x * scale_, y * scale_};
  registry_.add_ground(pixels({x - radius, y - radius, 2 * radius, 2 * radius}), ground);
  list_->AddCircleFilled(centre, radius * scale_, packed(edge), 48);
  list_->AddCircleFilled(centre, (radius - border) * scale_, packed(ground), 48);
}

void Canvas::ring(float x, float y, float radius, float thickness, float part, Tone tone, Tone rest) {
  constexpr float turn = 6.2831853F;
  const ImVec2 centre{x * scale_, y * scale_};
  list_->AddCircle(centre, radius * scale_, packed(rest), 96, thickness * scale_);
  if (part <= 0) return;
  list_->PathArcTo(centre, radius * scale_, -turn / 4, -turn / 4 + turn * std::min(part, 1.0F), 96);
  list_->PathStroke(packed(tone), 0, thickness * scale_);
}

void Canvas::focus_ring(Rect box, float radius) {
  const auto stroke = [&](float out, float thickness, Tone tone) {
    const Rect place = pixels(box.inset(-out));
    list_->AddRect({place.x, place.y}, {place.right(), place.bottom()}, packed(tone), (radius + out) * scale_, 0, thickness * scale_);
  };
  stroke(size::focus_ink / 2, size::focus_ink, Tone::ink);
  stroke(size::focus_ink + size::focus_gold / 2, size::focus_gold, Tone::gold);
}

namespace {

constexpr float button_side = space::s36, button_side_least = space::s12;

float icon_side_of(const ButtonSpec& spec, float em) {
  if (spec.icon == Icon::none) return 0;
  return size::icon * std::min(em, 1.25F) * (spec.label.empty() ? 1.15F : 1);
}

}  // namespace

float Canvas::button_width(const ButtonSpec& spec) const {
  const float icon_side = icon_side_of(spec, em());
  const float words = spec.label.empty() ? 0 : text_width(spec.type, spec.label) + 2;
  return std::max(size::target_normal, words + icon_side + (words > 0 && icon_side > 0 ? space::s16 : 0) + 2 * button_side);
}

void Canvas::button_face(Rect face, const ButtonSpec& spec, Tone ink) {
  const float icon_side = icon_side_of(spec, em()), gap = icon_side > 0 && !spec.label.empty() ? space::s16 : 0;
  const float room = face.w - 2 * button_side_least - icon_side - gap;
  Type type = spec.type;
  float words = 0;
  if (!spec.label.empty()) {
    type = fitting({0, 0, room, face.h}, spec.label, {spec.type, Type::list, Type::stamp, Type::least}, 2);
    words = std::min(room, wrap(type, spec.label, room).width + 2);
  }
  const float left = face.mid_x() - (words + gap + icon_side) / 2;
  const float icon_x = spec.icon_right ? left + words + gap : left, words_x = spec.icon_right ? left : left + icon_side + gap;
  if (icon_side > 0) icon({icon_x, face.mid_y() - icon_side / 2, icon_side, icon_side}, spec.icon, ink);
  if (words > 0) text_mid({words_x, face.y, words, face.h}, type, ink, spec.label, icon_side > 0 ? Align::left : Align::centre);
}

bool Canvas::button(Rect box, const ButtonSpec& spec) {
  const bool acted = target(box, spec.key, Role::button, spec.label.empty() ? spec.spoken : spec.label, spec.enabled);
  const auto paint = paint_of(spec);
  const bool down = held_ == spec.key && spec.enabled;
  const bool edged = spec.look == Look::primary && spec.enabled;
  Rect face = box;
  if (!spec.enabled) {
    dashed_box(box, paint.ground, paint.edge, size::radius_control);
  } else if (edged) {
    face.h -= size::primary_edge;
    if (down) face = face.moved(0, size::primary_edge);
    else fill(box, paint.edge, size::radius_control);
    fill(face, paint.ground, size::radius_control);
  } else {
    this->box(box, down ? Tone::gold : paint.ground, paint.edge, spec.look == Look::choice ? size::border_selected : size::border, size::radius_control);
  }
  button_face(face, spec, down && !edged ? Tone::gold_ink : paint.ink);
  return acted;
}

float Canvas::tag_width(Icon icon, std::string_view text) const {
  return text_width(Type::stamp, text) + 2 * space::s16 + (icon == Icon::none ? 0 : size::icon_small * em() + space::s8);
}

void Canvas::tag(Rect box, Icon shape, std::string_view text, Tone ground, Tone ink, Align align) {
  const float width = std::min(box.w, tag_width(shape, text));
  const float icon_side = shape == Icon::none ? 0 : size::icon_small * em();
  const float room = width - 2 * space::s16 - (icon_side > 0 ? icon_side + space::s8 : 0);
  const float height = std::max(size::tag * em(), text_height(Type::stamp, text, room + 2) + space::s16);
  const float x = align == Align::right ? box.right() - width : align == Align::centre ? box.mid_x() - width / 2 : box.x;
  const Rect place{x, box.mid_y() - height / 2, width, height};
  if (view_.contrast) this->box(place, ground, ink, size::border, size::radius_tag);
  else fill(place, ground, size::radius_tag);
  float at = place.x + space::s16;
  if (icon_side > 0) {
    icon({at, place.mid_y() - icon_side / 2, icon_side, icon_side}, shape, ink);
    at += icon_side + space::s8;
  }
  text_mid({at, place.y, place.right() - at - space::s12, place.h}, Type::stamp, ink, text);
}

void Canvas::picture(Rect box, std::uintptr_t texture) {
  const Rect place = pixels(box);
  list_->AddImage(reinterpret_cast<ImTextureID>(texture), top_left(place), bottom_right(place));
}

}  // namespace qabyl::kiosk::ui
