// Header controls, action bar and headings; the rail and the bands are in frame_rail.cpp. See frame.h.
#include "kiosk/ui/frame.h"

#include <algorithm>

#include "kiosk/ui/frame_parts.h"

namespace qabyl::kiosk::ui {
namespace {

bool has_bar(const FrameSpec& spec) {
  return !spec.keyboard && (!spec.back.empty() || !spec.saved.empty() || !spec.warning.empty() || spec.primary);
}

float edge_of(const Canvas& canvas) { return canvas.portrait() ? size::screen_edge_portrait : size::screen_edge; }

void link_line(Canvas& canvas, Rect box, const FrameSpec& spec) {
  if (!spec.online) {
    const auto text = canvas.say("offline");
    const float icon = size::icon * std::min(canvas.em(), 1.25F), pad = space::s20, gap = space::s16;
    const float room = box.w - 2 * pad - icon - gap;
    const float width = std::min(room, canvas.text_width(Type::small, text) + 2);
    const float height = std::max(size::tag + space::s12, canvas.text_height(Type::small, text, width) + space::s16);
    const Rect banner{box.x, box.mid_y() - height / 2, canvas.portrait() ? box.w : width + icon + gap + 2 * pad, height};
    canvas.panel(banner, Tone::warn_bg, Tone::warn_ink, size::radius_tag);
    canvas.icon({banner.x + pad, banner.mid_y() - icon / 2, icon, icon}, Icon::cloud_off, Tone::warn_ink);
    canvas.text_mid({banner.x + pad + icon + gap, banner.y, width, banner.h}, Type::small, Tone::warn_ink, text);
    canvas.note(banner, "link", Role::tag, text, "offline");
    return;
  }
  if (!spec.title.empty()) {
    // Long names take smaller letters before they take a third line.
    const bool one_line = canvas.text_width(Type::h3, spec.title) <= box.w;
    const auto type = one_line ? Type::h3 : canvas.fitting(box, spec.title, {Type::list, Type::stamp, Type::least}, 2);
    const float top = canvas.text_height(type, spec.title, box.w), below = canvas.text_height(Type::small, spec.sub, box.w);
    const auto sub = top + below <= box.h ? Type::small : Type::least;
    const float sub_h = canvas.text_height(sub, spec.sub, box.w);
    const float y = std::max(box.y, box.mid_y() - (top + sub_h) / 2);
    canvas.text({box.x, y, box.w, top}, type, Tone::ink, spec.title);
    canvas.text({box.x, y + top, box.w, std::max(sub_h, box.bottom() - y - top)}, sub, Tone::ink2, spec.sub);
    return;
  }
  canvas.lamp(box.x + space::s8, box.mid_y(), true);
  const auto text = canvas.say("hdr.online");
  canvas.text_mid({box.x + space::s28, box.y, box.w - space::s28, box.h}, Type::small, Tone::ink2, text);
  canvas.note(box, "link", Role::tag, text, "online");
}

void header(Canvas& canvas, Rect band, const FrameSpec& spec, Frame& frame) {
  const float y = band.y + (size::header - size::target_normal) / 2;
  const Rect row{band.x + size::screen_edge, y, band.w - 2 * size::screen_edge, size::target_normal};
  Rect controls = row;
  const Rect contrast = controls.cut_right(size::header_button_w, space::s12), text = controls.cut_right(size::header_button_w, space::s16);
  const bool switch_here = spec.welcome.empty();
  const Rect languages = switch_here ? controls.cut_right(size::segment_switch_w, space::s24) : Rect{};
  link_line(canvas, controls, spec);
  if (switch_here) language_switch(canvas, languages, frame);
  text_button(canvas, text, frame);
  contrast_button(canvas, contrast, frame);
}

void saved_line(Canvas& canvas, Rect room, const FrameSpec& spec) {
  const float icon = size::icon_small * std::min(canvas.em(), 1.25F), width = room.w - icon - space::s12;
  if (spec.saved.empty() || width < size::target_normal || canvas.text_height(Type::small, spec.saved, width) > room.h) return;
  canvas.icon({room.x, room.mid_y() - icon / 2, icon, icon}, spec.saved_icon, Tone::ok);
  canvas.text_mid({room.x + icon + space::s12, room.y, width, room.h}, Type::small, Tone::ink2, spec.saved);
}

ButtonSpec primary_spec(const FrameSpec& spec) {
  return {spec.screen + ".go", spec.primary->label, spec.primary->icon, spec.primary->icon != Icon::check, Look::primary, spec.primary->enabled};
}

float tag_room(const Canvas& canvas, const FrameSpec& spec) {
  return spec.warning.empty() ? 0 : canvas.tag_width(Icon::warning, spec.warning) + 2;
}

void warning_tag(Canvas& canvas, Rect box, const FrameSpec& spec) {
  canvas.note(box, spec.screen + ".why", Role::tag, spec.warning);
  canvas.tag(box, Icon::warning, spec.warning, Tone::warn_bg, Tone::warn_ink);
}

void landscape_bar(Canvas& canvas, Rect bar, const FrameSpec& spec, Frame& frame) {
  Rect row = Rect{bar.x, bar.mid_y() - size::target_primary / 2, bar.w, size::target_primary}.inset(size::screen_edge, 0);
  if (!spec.back.empty()) {
    const Rect back = row.cut_left(canvas.button_width({{}, spec.back, Icon::left}), space::s28);
    frame.back = back_button(canvas, back, spec);
  }
  Rect go;
  if (spec.primary) go = row.cut_right(std::min(canvas.button_width(primary_spec(spec)), row.w * 0.62F), space::s24);
  if (!spec.warning.empty()) {
    const Rect tag = row.cut_right(std::min(tag_room(canvas, spec), row.w * 0.6F), space::s24);
    warning_tag(canvas, tag, spec);
  }
  saved_line(canvas, row, spec);
  if (spec.primary) frame.primary = canvas.button({go.x, go.y, go.w, go.h + size::primary_edge}, primary_spec(spec));
}

float portrait_notes_height(const Canvas& canvas, const FrameSpec& spec) {
  return spec.saved.empty() && spec.warning.empty() ? 0 : std::max(size::tag * canvas.em(), 2 * canvas.line_height(Type::small));
}

float portrait_bar_height(const Canvas& canvas, const FrameSpec& spec) {
  const float notes = portrait_notes_height(canvas, spec), row = has_bar(spec) ? size::target_primary + size::primary_edge + space::s20 : 0;
  return space::s24 + (notes > 0 ? notes + space::s12 : 0) + row + size::target_normal + space::s28;
}

void portrait_controls(Canvas& canvas, Rect row, const FrameSpec& spec, Frame& frame) {
  const Rect contrast = row.cut_right(size::control_portrait_w * std::min(canvas.em(), 1.5F), size::gap_min);
  const Rect text = row.cut_right(size::control_portrait_w * std::min(canvas.em(), 1.5F), size::gap_min);
  if (spec.welcome.empty()) language_switch(canvas, row.cut_left(size::segment_switch_w, space::s16), frame);
  if (!spec.finish.empty()) frame.finish = canvas.button(row, {"finish", canvas.say("finish.short"), Icon::leave, false, Look::plain, true, Type::small});
  text_button(canvas, text, frame);
  contrast_button(canvas, contrast, frame);
}

// A third of the row, or what the primary leaves.
float portrait_back_width(const Canvas& canvas, float row, const FrameSpec& spec) {
  const float go = spec.primary ? canvas.button_width(primary_spec(spec)) + space::s20 : 0;
  return std::min(canvas.button_width({{}, spec.back, Icon::left}), std::max(row / 3, row - go));
}

void portrait_bar(Canvas& canvas, Rect bar, const FrameSpec& spec, Frame& frame) {
  Rect room = bar.inset(size::screen_edge_portrait, 0);
  room.cut_top(space::s24);
  if (const float notes = portrait_notes_height(canvas, spec); notes > 0) {
    Rect line = room.cut_top(notes, space::s12);
    if (!spec.warning.empty()) warning_tag(canvas, line.cut_right(std::min(tag_room(canvas, spec), line.w * 0.6F), space::s16), spec);
    saved_line(canvas, line, spec);
  }
  if (has_bar(spec)) {
    Rect row = room.cut_top(size::target_primary + size::primary_edge, space::s20);
    if (!spec.back.empty()) frame.back = back_button(canvas, row.cut_left(portrait_back_width(canvas, row.w, spec), space::s20), spec);
    if (spec.primary) frame.primary = canvas.button(row, primary_spec(spec));
  }
  portrait_controls(canvas, room.cut_top(size::target_normal), spec, frame);
}

}  // namespace

Frame open_frame(Canvas& canvas, const FrameSpec& spec) {
  Frame frame;
  canvas.registry().name_screen(spec.screen);
  Rect whole = canvas.screen();
  if (canvas.portrait()) {
    portrait_band(canvas, whole.cut_top(portrait_band_height(canvas, spec)), spec, frame);
    if (!spec.keyboard) whole.cut_bottom(portrait_bar_height(canvas, spec), has_bar(spec) ? space::s8 : 0);
    whole = whole.inset(size::screen_edge_portrait, 0);
    whole.cut_top(space::s20);
    if (!spec.online || !spec.title.empty()) {
      const float height = std::max(size::tag + space::s12, 2 * canvas.line_height(Type::small));
      link_line(canvas, whole.cut_top(height, space::s16), spec);
    }
    if (spec.keyboard) portrait_controls(canvas, whole.cut_top(size::target_normal, space::s16), spec, frame);
    frame.content = whole;
    return frame;
  }
  if (folded(canvas, spec)) {
    folded_band(canvas, whole.cut_top(size::top_band), spec, frame);
    whole.cut_top(space::s12);
    if (!spec.online || !spec.title.empty()) {
      Rect line = whole.cut_top(std::max(size::tag + space::s24, 2 * canvas.line_height(Type::small)), space::s4);
      link_line(canvas, line.inset(size::screen_edge, 0), spec);
    }
  } else {
    rail(canvas, whole.cut_left(spec.welcome.empty() ? size::rail : size::rail_welcome), spec, frame);
    header(canvas, whole.cut_top(size::header), spec, frame);
  }
  if (has_bar(spec)) whole.cut_bottom(size::bar, space::s12);
  frame.content = whole.inset(edge_of(canvas), 0);
  return frame;
}

void close_frame(Canvas& canvas, const FrameSpec& spec, Frame& frame) {
  if (spec.keyboard) return;
  Rect whole = canvas.screen();
  if (!canvas.portrait() && !folded(canvas, spec)) whole.cut_left(spec.welcome.empty() ? size::rail : size::rail_welcome);
  if (canvas.portrait()) {
    const Rect bar = whole.cut_bottom(portrait_bar_height(canvas, spec));
    if (has_bar(spec)) {
      canvas.fill(bar, Tone::surface);
      canvas.hairline(bar.x, bar.y, bar.w);
    }
    return portrait_bar(canvas, bar, spec, frame);
  }
  if (!has_bar(spec)) return;
  const Rect bar = whole.cut_bottom(size::bar);
  canvas.fill(bar, Tone::surface);
  canvas.hairline(bar.x, bar.y, bar.w);
  landscape_bar(canvas, bar, spec, frame);
}

Frame bare_controls(Canvas& canvas, Rect& room) {
  Frame frame;
  if (canvas.portrait()) {
    portrait_controls(canvas, room.cut_bottom(size::target_normal + space::s28).inset(size::screen_edge_portrait, 0).cut_top(size::target_normal), {}, frame);
    return frame;
  }
  Rect row = room.cut_top(size::header).inset(size::screen_edge, (size::header - size::target_normal) / 2);
  const Rect contrast = row.cut_right(control_width(canvas, "hdr.contrast"), space::s12), text = row.cut_right(control_width(canvas, "hdr.text"), space::s16);
  language_switch(canvas, row.cut_right(size::segment_switch_w), frame);
  text_button(canvas, text, frame);
  contrast_button(canvas, contrast, frame);
  return frame;
}

float heading(Canvas& canvas, Rect box, std::string_view title, std::string_view help) {
  const auto type = canvas.fitting({0, 0, box.w, canvas.line_height(Type::title) + 1}, title, {Type::title, Type::title_long}, 1);
  float used = canvas.text({box.x, box.y, box.w, box.h}, type, Tone::ink, title);
  if (help.empty()) return used;
  used += space::s8;
  return used + canvas.text({box.x, box.y + used, box.w, box.h - used}, Type::body, Tone::ink2, help);
}

bool back_button(Canvas& canvas, Rect box, const FrameSpec& spec) {
  return canvas.button(box, {spec.screen + ".back", spec.back, Icon::left});
}

}  // namespace qabyl::kiosk::ui
