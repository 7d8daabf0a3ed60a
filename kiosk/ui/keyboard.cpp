// Draws keyboard_state.h's keys. See keyboard.h and design/DESIGN.md, section 6.
#include "kiosk/ui/keyboard.h"

#include <algorithm>

namespace qabyl::kiosk::ui {
namespace {

core::Millis now_of(const Canvas& canvas) { return core::Millis{canvas.view().now_ms}; }

std::string spoken(const Canvas& canvas, const PlacedKey& key, const KeyboardState& state, const KeyboardSpec& spec) {
  switch (key.cap.act) {
    case Act::character: return state.capital() ? key.cap.upper : key.cap.lower;
    case Act::space: return canvas.say("kb.space");
    case Act::backspace: return canvas.say("kb.backspace");
    case Act::shift: return canvas.say("kb.shift");
    case Act::layer: return canvas.say(state.layer == Layer::letters ? "kb.digits" : "kb.letters");
    case Act::layout: return canvas.say("kb." + std::string(core::to_text(state.layout)));
    case Act::left: return canvas.say("kb.left");
    case Act::right: return canvas.say("kb.right");
    case Act::next: return spec.next.empty() ? canvas.say("kb.next") : spec.next;
  }
  return {};
}

Icon icon_of(Act act) {
  switch (act) {
    case Act::backspace: return Icon::backspace;
    case Act::shift: return Icon::shift;
    case Act::left: return Icon::left;
    case Act::right: return Icon::right;
    case Act::layout: return Icon::globe;
    case Act::next: return Icon::right;
    default: return Icon::none;
  }
}

struct Paint { Tone ground, ink; };

Paint paint_of(const PlacedKey& key, bool lit, bool shifted) {
  if (lit) return {Tone::gold, Tone::gold_ink};
  if (key.cap.act == Act::next) return {Tone::pri, Tone::pri_ink};
  if (key.cap.act == Act::shift && shifted) return {Tone::tint, Tone::ink};
  if (key.cap.kazakh) return {Tone::key_kk, Tone::key_kk_ink};
  const bool plain = key.cap.act == Act::character || key.cap.act == Act::space;
  return {plain ? Tone::key : Tone::key_fn, Tone::ink};
}

void face(Canvas& canvas, Rect box, const Paint& paint, bool lit) {
  if (lit) return canvas.box(box.moved(0, size::key_edge), paint.ground, Tone::edge, size::border, size::radius_tag);
  canvas.fill(box, paint.ground == Tone::pri ? Tone::pri_edge : Tone::edge, size::radius_tag);
  const Rect top{box.x, box.y, box.w, box.h - size::key_edge};
  canvas.fill(top.inset(size::border), paint.ground, size::radius_tag - size::border);
}

void words(Canvas& canvas, Rect box, const PlacedKey& key, const std::string& label, const KeyboardState& state, Tone ink) {
  const auto act = key.cap.act;
  if (act == Act::character || act == Act::space || act == Act::layer) {
    const auto type = act == Act::layer ? Type::list : act == Act::space ? Type::key_word : key.cap.kazakh ? Type::key_bold : Type::key;
    return canvas.text_mid(box, canvas.fitting(box, label, {type, Type::list, Type::least}, 1), ink, label, Align::centre);
  }
  const float side = std::min(size::icon + space::s4, box.h / 2);
  if (act == Act::backspace || act == Act::shift || act == Act::left || act == Act::right) {
    canvas.icon({box.mid_x() - side / 2, box.mid_y() - side / 2, side, side}, icon_of(act), ink);
    if (act == Act::shift && state.shift == Shift::locked) canvas.fill({box.mid_x() - side / 2, box.mid_y() + side / 2 + space::s4, side, size::rule}, ink);
    return;
  }
  const bool next = act == Act::next;
  const float room = box.w - side - space::s12 - 2 * space::s8;
  const Rect bare = box.inset(space::s8, 0);
  const auto fits = [&](float width) { return canvas.whole_words(Type::least, label, width) && canvas.text_height(Type::least, label, width) <= box.h; };
  if (!fits(room) && fits(bare.w)) {  // a long word is worth more than the arrow
    return canvas.text_mid(bare, canvas.fitting(bare, label, {Type::stamp, Type::least}, 2), ink, label, Align::centre);
  }
  if (!fits(room)) {  // the arrow alone; of a language its short name
    if (next) return canvas.icon({box.mid_x() - side / 2, box.mid_y() - side / 2, side, side}, Icon::right, ink);
    const auto name = canvas.say("hdr.short." + std::string(core::to_text(state.layout)));
    return canvas.text_mid(bare, Type::least, ink, name, Align::centre);
  }
  const auto type = canvas.fitting({0, 0, room, box.h}, label, {next ? Type::action : Type::list, Type::stamp, Type::least}, 2);
  const float width = std::min(room, canvas.text_width(type, label) + 2), left = box.mid_x() - (width + space::s12 + side) / 2;
  canvas.icon({next ? left + width + space::s12 : left, box.mid_y() - side / 2, side, side}, icon_of(act), ink);
  canvas.text_mid({next ? left : left + side + space::s12, box.y, width, box.h}, type, ink, label, next ? Align::centre : Align::left);
}

}  // namespace

Rect keyboard_bed(const Canvas& canvas) {
  Rect whole = canvas.screen();
  if (!canvas.portrait() && !canvas.large()) whole.cut_left(size::rail);
  return whole.cut_bottom(keyboard_height(canvas.portrait()));
}

std::optional<KeyPress> keyboard(Canvas& canvas, Rect bed, KeyboardState& state, const KeyboardSpec& spec) {
  const auto now = now_of(canvas);
  canvas.fill(bed, Tone::kb_bed);
  canvas.hairline(bed.x, bed.y, bed.w, Tone::line);
  std::optional<KeyPress> pressed;
  const auto keys = place_keys(state.layout, state.layer, bed, canvas.portrait());
  for (const auto& key : keys) {
    const auto name = name_of(key.cap);
    const auto label = spoken(canvas, key, state, spec);
    if (canvas.key_down(key.rect, name, label, key.cap.act == Act::next)) pressed = state.press(key.cap, now);
    if (key.cap.act == Act::backspace) {
      if (!canvas.held(name)) state.lift();
      else if (state.repeats(now)) pressed = KeyPress{Act::backspace, {}};
    }
    const bool lit = state.lit == name && now < state.lit_until;
    const auto paint = paint_of(key, lit, state.shift != Shift::off);
    face(canvas, key.rect, paint, lit);
    words(canvas, lit ? key.rect.moved(0, size::key_edge) : key.rect, key, label, state, paint.ink);
  }
  return pressed;
}

}  // namespace qabyl::kiosk::ui
