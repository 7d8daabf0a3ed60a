// Rail, folded band, portrait band, and the header's controls. See frame.h.
#include <algorithm>

#include "kiosk/ui/frame_parts.h"

namespace qabyl::kiosk::ui {
namespace {

void brand(Canvas& canvas, float x, float y, float tile, Type type) {
  canvas.horn_tile({x, y, tile, tile});
  const auto name = canvas.say("kit.brand");
  canvas.text_mid({x + tile + space::s20, y, canvas.text_width(type, name) + 2, tile}, type, Tone::rail_ink, name);
}

std::string step_line(const Canvas& canvas, const FrameSpec& spec) {
  if (spec.steps.empty() || spec.current < 1) return {};
  return canvas.say("kit.step", {{"k", std::to_string(spec.current)}, {"n", std::to_string(spec.steps.size())},
                                 {"name", spec.steps[static_cast<std::size_t>(spec.current) - 1]}});
}

void step_mark(Canvas& canvas, float x, float y, int number, int current) {
  const float radius = size::step_circle / 2;
  const Rect inside{x - radius, y - radius, size::step_circle, size::step_circle};
  if (number < current) {
    canvas.circle(x, y, radius, Tone::done_bg, Tone::done_bg, 0);
    canvas.icon(inside.inset(space::s8 + 1), Icon::check, Tone::done_ink);
    return;
  }
  const bool here = number == current;
  canvas.circle(x, y, radius, here ? Tone::gold : Tone::rail, here ? Tone::gold : Tone::rail_edge, size::border);
  canvas.text_mid(inside, Type::stamp, here ? Tone::gold_ink : Tone::rail_ink2, std::to_string(number), Align::centre);
}

// One step at `y`; returns what it took. Names are centred on the circle's height by their first line.
float step_row(Canvas& canvas, Rect box, const FrameSpec& spec, int number, Frame& frame) {
  const auto& name = spec.steps[static_cast<std::size_t>(number) - 1];
  const bool here = number == spec.current, done = number < spec.current;
  const auto type = here ? Type::list : Type::step;
  const Rect words{box.x + size::step_circle + space::s20, box.y, box.w - size::step_circle - space::s20, box.h};
  const float first = canvas.line_height(type), top = box.y + (size::step_circle - first) / 2;
  const float name_h = canvas.text_height(type, name, words.w);
  const float sub_h = here && !spec.current_sub.empty() ? canvas.text_height(Type::least, spec.current_sub, words.w) : 0;
  const float took = std::max(size::step_pitch, (size::step_circle - first) / 2 + name_h + sub_h + space::s24);
  if (done && spec.steps_can_be_tapped) {
    const Rect place{box.x - space::s12, box.y - space::s12, box.w + space::s24, took - size::gap_min};
    if (canvas.target(place, "step." + std::to_string(number), Role::button, name)) frame.step = number;
  }
  if (number < static_cast<int>(spec.steps.size())) {
    const float x = box.x + size::step_circle / 2 - size::border / 2;
    canvas.fill({x, box.y + size::step_circle, size::border, took - size::step_circle}, Tone::rail_edge);
  }
  step_mark(canvas, box.x + size::step_circle / 2, box.y + size::step_circle / 2, number, spec.current);
  canvas.text({words.x, top, words.w, name_h}, type, here || done ? Tone::rail_ink : Tone::rail_ink2, name);
  if (sub_h > 0) canvas.text({words.x, top + name_h, words.w, sub_h}, Type::least, Tone::rail_ink2, spec.current_sub);
  return took;
}

void menu_lines(Canvas& canvas, Rect box, const FrameSpec& spec, Frame& frame) {
  for (const auto& line : spec.menu) {
    const Rect row = box.cut_top(size::target_normal, space::s12);
    if (canvas.target(row, line.key, Role::button, line.label, true, line.selected)) frame.menu = line.key;
    if (line.selected) canvas.fill(row, Tone::gold, size::radius_field);
    const Tone ink = line.selected ? Tone::gold_ink : Tone::rail_ink;
    canvas.icon({row.x + space::s20, row.mid_y() - size::icon / 2, size::icon, size::icon}, line.icon, ink);
    const float x = row.x + space::s20 + size::icon + space::s20;
    canvas.text_mid({x, row.y, row.right() - x - space::s8, row.h}, line.selected ? Type::list : Type::step, ink, line.label);
  }
}

void rail_foot(Canvas& canvas, Rect& room, const FrameSpec& spec, Frame& frame) {
  Rect line = room.cut_bottom(canvas.line_height(Type::least), 0);
  canvas.text(line, Type::least, Tone::rail_ink2, spec.time, Align::right);
  const float time_w = canvas.text_width(Type::least, spec.time) + space::s12;
  if (!spec.kiosk.empty()) canvas.text({line.x, line.y, line.w - time_w, line.h}, Type::least, Tone::rail_ink2, canvas.say("kit.kiosk", {{"device", spec.kiosk}}));
  room.cut_bottom(space::s16);
  if (spec.finish.empty()) return;
  frame.finish = canvas.button(room.cut_bottom(size::target_normal + space::s4), {"finish", spec.finish, Icon::leave, false, Look::rail, true, Type::stamp});
}

void welcome_rail(Canvas& canvas, Rect box, const FrameSpec& spec) {
  Rect room = box.inset(size::rail_edge_welcome);
  brand(canvas, room.x, room.y, size::brand_tile_welcome, Type::title);
  room.cut_top(size::brand_tile_welcome, space::s56 + space::s28);
  room.cut_top(canvas.text(room, canvas.fitting(room, spec.welcome, {Type::display, Type::title, Type::title_long}, 1), Tone::rail_ink, spec.welcome), space::s20);
  room.cut_top(canvas.text(room, Type::lead, Tone::rail_ink2, spec.welcome_text), space::s36);
  canvas.ornament(room.cut_top(size::ornament_h), size::ornament_pitch);
  for (auto promise = spec.promises.rbegin(); promise != spec.promises.rend(); ++promise) {
    const float words_x = size::icon + space::s20;
    const float height = canvas.text_height(Type::step, promise->second, room.w - words_x);
    const Rect row = room.cut_bottom(height, space::s24);
    canvas.icon({row.x, row.y, size::icon, size::icon}, promise->first, Tone::gold);
    canvas.text({row.x + words_x, row.y, row.w - words_x, row.h}, Type::step, Tone::rail_ink2, promise->second);
  }
}

void segments(Canvas& canvas, Rect row, const FrameSpec& spec) {
  const auto count = static_cast<int>(spec.steps.size());
  for (int i = 0; i < count; ++i) {
    const Tone tone = i + 1 < spec.current ? Tone::done_bg : i + 1 == spec.current ? Tone::gold : Tone::rail_todo;
    const Rect part = row.column(i, count, space::s8);
    if (canvas.view().contrast && i + 1 > spec.current) canvas.box(part, Tone::rail, Tone::rail_edge, size::border, part.h / 2);
    else canvas.fill(part, tone, part.h / 2);
  }
}

bool header_button(Canvas& canvas, Rect box, const std::string& key, std::string_view id, Icon icon, std::string value) {
  const auto label = canvas.say(id);
  const bool tapped = canvas.target(box, key, Role::button, label, true, false, std::move(value));
  const bool down = canvas.held(key);
  canvas.box(box, down ? Tone::gold : Tone::surface, Tone::edge, size::border, size::radius_control);
  const Tone ink = down ? Tone::gold_ink : Tone::ink;
  const float label_h = canvas.line_height(Type::least), icon_side = std::min(size::icon, box.h - label_h - space::s12);
  const float top = box.mid_y() - (icon_side + label_h) / 2;
  canvas.icon({box.mid_x() - icon_side / 2, top, icon_side, icon_side}, icon, ink);
  canvas.text({box.x + space::s4, top + icon_side, box.w - 2 * space::s4, label_h}, Type::least, ink, label, Align::centre);
  return tapped;
}

std::string band_line(const Canvas& canvas, const FrameSpec& spec) {
  auto line = step_line(canvas, spec);
  return !line.empty() ? line : spec.under_brand.empty() ? canvas.say("kit.what") : spec.under_brand;
}

// Where the words of the portrait band go: what stands beside the line goes below it before either is cut.
struct BandPlan { Type type = Type::list; float line_w = 0, line_h = 0, sub_w = 0, sub_h = 0; bool beside = true; };

BandPlan plan_band(const Canvas& canvas, const FrameSpec& spec, float width) {
  constexpr float sub_part = 0.42F, tall = 1000;
  BandPlan plan;
  const auto line = band_line(canvas, spec);
  const auto fit = [&](float room) {
    plan.type = canvas.fitting({0, 0, room, tall}, line, {Type::list, Type::stamp, Type::least}, 1);
    plan.line_w = room;
    plan.line_h = canvas.text_height(plan.type, line, room);
  };
  const float sub_w = canvas.text_width(Type::least, spec.current_sub) + 2;
  plan.sub_h = spec.current_sub.empty() ? 0 : canvas.line_height(Type::least);
  plan.sub_w = spec.current_sub.empty() ? 0 : std::min(width * sub_part, sub_w);
  fit(plan.sub_w > 0 ? width - plan.sub_w - space::s20 : width);
  plan.beside = plan.sub_h == 0 || (sub_w <= plan.sub_w && plan.line_h < 2 * canvas.line_height(plan.type));
  if (plan.beside) return plan;
  fit(width);
  plan.sub_w = width;
  plan.sub_h = canvas.text_height(Type::least, spec.current_sub, width);
  return plan;
}

float band_words_height(const Canvas& canvas, const FrameSpec& spec, float width) {
  const auto plan = plan_band(canvas, spec, width);
  return plan.beside ? std::max(plan.line_h, plan.sub_h) : plan.line_h + plan.sub_h;
}

void band_words(Canvas& canvas, Rect room, const FrameSpec& spec) {
  const auto plan = plan_band(canvas, spec, room.w);
  if (plan.sub_h > 0) {
    const Rect sub = plan.beside ? room.cut_right(plan.sub_w, space::s20) : room.cut_bottom(plan.sub_h);
    canvas.text_mid(sub, Type::least, Tone::rail_ink2, spec.current_sub, plan.beside ? Align::right : Align::left);
  }
  canvas.text_mid(room, plan.type, Tone::rail_ink, band_line(canvas, spec));
}

}  // namespace

bool folded(const Canvas& canvas, const FrameSpec&) { return canvas.large() && !canvas.portrait(); }

void rail(Canvas& canvas, Rect box, const FrameSpec& spec, Frame& frame) {
  canvas.fill(box, Tone::rail);
  if (canvas.view().contrast) canvas.fill({box.right() - size::border - 1, box.y, size::border + 1, box.h}, Tone::edge);
  if (!spec.welcome.empty()) return welcome_rail(canvas, box, spec);
  Rect room = box.inset(size::rail_edge, space::s36);
  brand(canvas, room.x, room.y, size::brand_tile, Type::title_long);
  room.cut_top(size::brand_tile, space::s28);
  const auto under = spec.under_brand.empty() ? canvas.say("kit.what") : spec.under_brand;
  room.cut_top(canvas.text(room, Type::small, Tone::rail_ink2, under), space::s24);
  canvas.ornament(room.cut_top(size::ornament_h, space::s28), size::ornament_pitch);
  Rect foot = room;
  if (!spec.menu.empty()) {
    menu_lines(canvas, room.inset(-space::s20, 0), spec, frame);
  } else {
    for (int number = 1; number <= static_cast<int>(spec.steps.size()); ++number) room.cut_top(step_row(canvas, room, spec, number, frame));
  }
  rail_foot(canvas, foot, spec, frame);
}

void folded_band(Canvas& canvas, Rect box, const FrameSpec& spec, Frame& frame) {
  canvas.fill(box, Tone::rail);
  if (canvas.view().contrast) canvas.hairline(box.x, box.bottom() - size::border, box.w, Tone::edge);
  Rect room = box.inset(size::screen_edge, space::s16);
  if (!spec.steps.empty()) segments(canvas, room.cut_bottom(size::segment_h, space::s12), spec);
  Rect row = room.cut_top(std::max(size::target_normal, room.h));
  if (!spec.finish.empty()) {
    const ButtonSpec button{"finish", canvas.say("finish.short"), Icon::leave, false, Look::rail, true, Type::list};
    frame.finish = canvas.button(row.cut_right(canvas.button_width(button), space::s12), button);
  }
  const Rect contrast = row.cut_right(control_width(canvas, "hdr.contrast"), space::s12);
  const Rect text = row.cut_right(control_width(canvas, "hdr.text"), space::s12);
  if (spec.welcome.empty()) language_switch(canvas, row.cut_right(size::segment_switch_w, space::s16), frame);
  text_button(canvas, text, frame);
  contrast_button(canvas, contrast, frame);
  const Rect tile = row.cut_left(size::brand_tile_small, space::s20);
  canvas.horn_tile({tile.x, tile.mid_y() - tile.w / 2, tile.w, tile.w});
  auto line = step_line(canvas, spec);
  if (line.empty()) line = spec.welcome.empty() ? canvas.say("kit.brand") : spec.welcome;
  canvas.text_mid(row, canvas.fitting(row, line, {Type::h2, Type::h3, Type::list, Type::least}, 2), Tone::rail_ink, line);
}

float portrait_band_height(const Canvas& canvas, const FrameSpec& spec) {
  if (spec.welcome.empty()) {
    const float steps = spec.steps.empty() ? 0 : size::segment_h + space::s12;
    const float words = band_words_height(canvas, spec, canvas.screen().w - 2 * size::screen_edge_portrait);
    return std::max(size::band_portrait, 2 * space::s36 + size::brand_tile_small + space::s24 + steps + words);
  }
  const float width = canvas.screen().w - 2 * size::rail_edge_welcome;
  return std::max(size::band_portrait_welcome, size::rail_edge_welcome + size::brand_tile_welcome + space::s36 +
      canvas.text_height(Type::display, spec.welcome, width) + canvas.text_height(Type::lead, spec.welcome_text, width) + size::ornament_h + 3 * space::s36);
}

void portrait_band(Canvas& canvas, Rect box, const FrameSpec& spec, Frame& frame) {
  canvas.fill(box, Tone::rail);
  if (canvas.view().contrast) canvas.hairline(box.x, box.bottom() - size::border, box.w, Tone::edge);
  if (!spec.welcome.empty()) {
    Rect room = box.inset(size::rail_edge_welcome, space::s56);
    brand(canvas, room.x, room.y, size::brand_tile_welcome, Type::title);
    room.cut_top(size::brand_tile_welcome, space::s36);
    room.cut_top(canvas.text(room, Type::display, Tone::rail_ink, spec.welcome), space::s12);
    canvas.text(room, Type::lead, Tone::rail_ink2, spec.welcome_text);
    return canvas.ornament({box.x, box.bottom() - space::s36 - size::ornament_h, box.w, size::ornament_h}, size::ornament_pitch);
  }
  (void)frame;  // no target in the band: it is above the reach of a seated person
  Rect room = box.inset(size::screen_edge_portrait, space::s36);
  Rect top = room.cut_top(size::brand_tile_small, space::s24);
  brand(canvas, top.x, top.y, size::brand_tile_small, Type::title_long);
  const auto place = canvas.say("kit.kiosk", {{"device", spec.kiosk}}) + " · " + spec.time;
  if (!spec.kiosk.empty()) canvas.text_mid({top.x + top.w / 2, top.y, top.w / 2, top.h}, Type::small, Tone::rail_ink2, place, Align::right);
  if (!spec.steps.empty()) segments(canvas, room.cut_top(size::segment_h, space::s12), spec);
  band_words(canvas, room, spec);
}

float control_width(const Canvas& canvas, std::string_view id) {
  return std::max(size::header_button_w, canvas.text_width(Type::least, canvas.say(id)) + space::s20);
}

void language_switch(Canvas& canvas, Rect box, Frame& frame) {
  canvas.box(box, Tone::surface, Tone::edge, size::border, size::radius_control);
  const auto count = static_cast<int>(core::languages.size());
  for (int i = 0; i < count; ++i) {
    const auto language = core::languages[static_cast<std::size_t>(i)];
    const std::string code(core::to_text(language)), key = "lang." + code;
    const bool chosen = language == canvas.language();
    Rect part = box.column(i, count, 0);
    const auto label = canvas.say("hdr.short." + code);
    // The segments touch to the eye; to the finger they are a gap apart.
    const float left = i == 0 ? 0 : size::gap_min / 2, right = i + 1 == count ? 0 : size::gap_min / 2;
    if (canvas.target({part.x + left, part.y, part.w - left - right, part.h}, key, Role::choice, label, true, chosen)) frame.language = language;
    const bool down = canvas.held(key);
    const Rect inside = part.inset(i == 0 || i + 1 == count ? size::border : 0, size::border);
    const Sides sides = i == 0 ? Sides::left : i + 1 == count ? Sides::right : Sides::none;
    if (chosen || down) canvas.fill_sides(inside, down ? Tone::gold : Tone::pri, size::radius_control - size::border, sides);
    else if (i > 0) canvas.fill({part.x, inside.y, size::border, inside.h}, Tone::line);
    canvas.text_mid(part, Type::list, down ? Tone::gold_ink : chosen ? Tone::pri_ink : Tone::ink, label, Align::centre);
  }
}

void text_button(Canvas& canvas, Rect box, Frame& frame) {
  frame.text_size = header_button(canvas, box, "acc.text", "hdr.text", Icon::text_size, std::to_string(canvas.view().percent));
}

void contrast_button(Canvas& canvas, Rect box, Frame& frame) {
  frame.contrast = header_button(canvas, box, "acc.contrast", "hdr.contrast", Icon::contrast, canvas.view().contrast ? "high" : "light");
}

}  // namespace qabyl::kiosk::ui
