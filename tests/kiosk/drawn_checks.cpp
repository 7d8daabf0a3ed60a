// See drawn_checks.h.
#include "tests/kiosk/drawn_checks.h"

#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace qabyl::kiosk::test {
namespace {

using ui::DrawnText;
using ui::Rect;
using ui::Role;
using ui::Widget;

constexpr float pale_least = 7.0F;
constexpr float target_row_least = ui::size::target_least, target_normal = ui::size::target_normal, key_portrait_least = 80.0F;
constexpr float slack = 0.51F;  // of a design pixel: what rounding may take

std::string place_of(Rect rect) {
  const auto whole = [](float value) { return std::to_string(static_cast<int>(std::lround(value))); };
  return " [" + whole(rect.x) + "," + whole(rect.y) + " " + whole(rect.w) + "x" + whole(rect.h) + "]";
}

std::string quoted(const DrawnText& text) { return "\"" + text.text.substr(0, 90) + "\"" + place_of(text.rect); }

bool meet(Rect a, Rect b) { return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom(); }
bool holds(Rect outer, Rect inner) { return inner.x >= outer.x && inner.y >= outer.y && inner.right() <= outer.right() && inner.bottom() <= outer.bottom(); }

// What the letters take: a line is taller than its letters by a third.
Rect ink_of(const DrawnText& text) {
  const float lines = std::max(1.0F, std::round(text.rect.h / (text.px * 1.25F)));
  const float spare = std::max(0.0F, text.rect.h / lines - text.px) / 2;
  return {text.rect.x + 1, text.rect.y + spare, std::max(1.0F, text.rect.w - 2), std::max(1.0F, text.rect.h - 2 * spare)};
}

// A field scrolls inside its box: what it shows is the box, not the whole line.
bool scrolls(const UiRig& rig, const DrawnText& text) {
  return std::ranges::any_of(rig.registry.widgets(), [&](const Widget& widget) {
    return widget.role == Role::field && widget.value == text.text && !text.text.empty() && widget.rect.mid_y() > text.rect.y && widget.rect.mid_y() < text.rect.bottom();
  });
}

bool is_target(const Widget& widget) { return widget.target_px > 0; }

float gap_between(Rect a, Rect b) {
  const float x = std::max({0.0F, b.x - a.right(), a.x - b.right()}), y = std::max({0.0F, b.y - a.bottom(), a.y - b.bottom()});
  return std::hypot(x, y);
}

bool starts(const std::string& key, std::string_view with) { return key.starts_with(with); }

// "Change", "add", "unlock" in a row, a finished step of the rail: rows are apart, so these may be lower.
bool in_a_row(const Widget& widget) {
  constexpr std::string_view rows[] = {"check.change.", "docs.add.", "follow.add.", "follow.remove.", "inbox.due.", "op.unlock.", "reply.remove.", "step."};
  return std::ranges::any_of(rows, [&](std::string_view row) { return starts(widget.key, row); });
}

std::optional<ui::Tone> ground_under(const UiRig& rig, std::size_t index) {
  const auto ink = ink_of(rig.registry.texts()[index]);
  std::optional<ui::Tone> ground;
  for (const auto& one : rig.registry.grounds()) {
    if (one.texts_before <= index && holds(one.rect, {ink.mid_x() - ink.w / 4, ink.mid_y() - 1, ink.w / 2, 2})) ground = one.tone;
  }
  return ground;
}

}  // namespace

Findings texts_that_do_not_fit(const UiRig& rig) {
  Findings found;
  const auto& texts = rig.registry.texts();
  const Rect screen{0, 0, rig.view.width, rig.view.height};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto& text = texts[i];
    if (text.text.empty() || scrolls(rig, text)) continue;
    if (text.broken) found.push_back("broken within a word: " + quoted(text));
    if (!text.fitted) found.push_back("leaves its box" + place_of(text.box) + ": " + quoted(text));
    if (!holds(screen.inset(-slack), text.rect)) found.push_back("leaves the screen: " + quoted(text));
    for (std::size_t k = i + 1; k < texts.size(); ++k) {
      if (texts[k].text.empty() || scrolls(rig, texts[k]) || !meet(ink_of(text), ink_of(texts[k]))) continue;
      found.push_back("overlap: " + quoted(text) + " and " + quoted(texts[k]));
    }
    for (const auto& ground : rig.registry.grounds()) {
      constexpr float line = 7;  // carets, rules
      const bool later = ground.texts_before > i && std::min(ground.rect.w, ground.rect.h) > line;
      if (later && meet(ground.rect, ink_of(text))) found.push_back("covered by a later ground" + place_of(ground.rect) + ": " + quoted(text));
    }
  }
  return found;
}

Findings texts_across_an_edge(const UiRig& rig) {
  Findings found;
  for (const auto& text : rig.registry.texts()) {
    if (text.text.empty() || scrolls(rig, text)) continue;
    const auto ink = ink_of(text);
    for (const auto& widget : rig.registry.widgets()) {
      if (!is_target(widget) || !meet(widget.rect, ink) || holds(widget.rect.inset(-1), ink)) continue;
      found.push_back("across the edge of " + widget.key + place_of(widget.rect) + ": " + quoted(text));
    }
  }
  return found;
}

Findings targets_too_small(const UiRig& rig) {
  Findings found;
  const bool portrait = rig.view.height > rig.view.width;
  for (const auto& widget : rig.registry.widgets()) {
    if (!is_target(widget)) continue;
    const float least = in_a_row(widget) ? target_row_least : portrait && widget.role == Role::key ? key_portrait_least : target_normal;
    if (widget.target_px + slack < least) found.push_back(widget.key + " is " + std::to_string(widget.target_px) + " px" + place_of(widget.rect));
  }
  return found;
}

Findings targets_too_near(const UiRig& rig) {
  Findings found;
  const bool portrait = rig.view.height > rig.view.width;
  const auto& widgets = rig.registry.widgets();
  const float scale = std::min(rig.view.width, rig.view.height) / ui::size::panel_short;
  for (std::size_t i = 0; i < widgets.size(); ++i) {
    for (std::size_t k = i + 1; k < widgets.size() && is_target(widgets[i]); ++k) {
      if (!is_target(widgets[k])) continue;
      const bool keys = portrait && widgets[i].role == Role::key && widgets[k].role == Role::key;
      const float least = keys ? ui::size::gap_key_portrait : ui::size::gap_min, gap = gap_between(widgets[i].rect, widgets[k].rect) / scale;
      if (gap + slack < least) found.push_back(widgets[i].key + place_of(widgets[i].rect) + " and " + widgets[k].key + place_of(widgets[k].rect) + " are " + std::to_string(gap) + " px apart");
    }
  }
  return found;
}

Findings texts_too_small(const UiRig& rig) {
  Findings found;
  if (rig.view.percent < 150) return found;
  for (const auto& text : rig.registry.texts()) {
    if (text.px + 0.01F < ui::least_px_at_largest) found.push_back(std::to_string(text.px) + " px: " + quoted(text));
  }
  return found;
}

Findings texts_too_pale(const UiRig& rig) {
  Findings found;
  const auto& texts = rig.registry.texts();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].text.empty() || scrolls(rig, texts[i])) continue;
    const auto ground = ground_under(rig, i);
    if (!ground) {
      found.push_back("on no ground: " + quoted(texts[i]));
      continue;
    }
    const double ratio = ui::contrast_ratio(ui::rgb(texts[i].ink, rig.view.contrast), ui::rgb(*ground, rig.view.contrast));
    if (ratio < pale_least) found.push_back(std::to_string(ratio) + ":1: " + quoted(texts[i]));
  }
  return found;
}

Findings letters_without_a_glyph(UiRig& rig) {
  Findings found;
  const auto* font = rig.fonts().font(ui::Type::body);
  for (const auto& text : rig.registry.texts()) {
    const char *at = text.text.data(), *end = at + text.text.size();
    while (at < end) {
      unsigned point = 0;
      at += std::max(1, ImTextCharFromUtf8(&point, at, end));
      if (point != '\n' && font->FindGlyphNoFallback(static_cast<ImWchar>(point)) == nullptr) found.push_back("U+" + std::to_string(point) + " in " + quoted(text));
    }
  }
  return found;
}

Findings everything_wrong(UiRig& rig) {
  Findings all;
  for (auto* check : {texts_that_do_not_fit, texts_across_an_edge, targets_too_small, targets_too_near, texts_too_small, texts_too_pale}) {
    auto found = check(rig);
    all.insert(all.end(), found.begin(), found.end());
  }
  auto letters = letters_without_a_glyph(rig);
  all.insert(all.end(), letters.begin(), letters.end());
  return all;
}

}  // namespace qabyl::kiosk::test
