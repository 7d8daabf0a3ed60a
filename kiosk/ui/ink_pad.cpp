// Samples to strokes, strokes to strips. See ink_pad.h and design/DESIGN.md, section 7.
#include "kiosk/ui/ink_pad.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace qabyl::kiosk::ui {
namespace {

constexpr float units = 10'000;           // of the pad's width
constexpr float step_px = 3;              // of the curve between samples
constexpr int steps_max = 24;             // between two samples
constexpr float fast_px_per_ms = 2.4F;    // from here on the line is thinnest
constexpr float soft_px = 1;              // edge of the strip
constexpr float width_memory = 0.7F;      // how much of the last width stays: no sudden steps

struct At { float x, y; };

At along(At a, At b, At c, At d, float t) {  // Catmull-Rom between b and c
  const float t2 = t * t, t3 = t2 * t;
  const auto mix = [&](float p, float q, float r, float s) {
    return 0.5F * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t2 + (3 * q - p - 3 * r + s) * t3);
  };
  return {mix(a.x, b.x, c.x, d.x), mix(a.y, b.y, c.y, d.y)};
}

float half_width_at(float speed_px_per_ms) {
  const float part = std::clamp(speed_px_per_ms / fast_px_per_ms, 0.0F, 1.0F);
  return (size::ink_thick + (size::ink_thin - size::ink_thick) * part) / 2;
}

core::InkPoint point_of(const PointerSample& sample, Rect place, std::int64_t since_ms) {
  const float x = (sample.x - place.x) / place.w * units, y = (sample.y - place.y) / place.w * units;
  const float lowest = place.h / place.w * units;
  core::InkPoint point;
  point.x = static_cast<std::int32_t>(std::lround(std::clamp(x, 0.0F, units)));
  point.y = static_cast<std::int32_t>(std::lround(std::clamp(y, 0.0F, lowest)));
  point.t_ms = static_cast<std::int32_t>(std::max<std::int64_t>(0, since_ms));
  return point;
}

void take(const PointerSample& sample, Rect place, const core::Strokes& strokes, InkPadState& state, InkPadResult& result) {
  if (sample.first) {
    state.stroke.clear();
    state.down = place.contains(sample.x, sample.y);
    if (strokes.empty() || !state.first_ms) state.first_ms = sample.t_ms;
  }
  if (!state.down) return;
  if (state.stroke.size() < core::ink_points_max) {
    auto point = point_of(sample, place, sample.t_ms - *state.first_ms);
    if (!state.stroke.empty()) point.t_ms = std::max(point.t_ms, state.stroke.back().t_ms);
    if (state.stroke.empty() || point.x != state.stroke.back().x || point.y != state.stroke.back().y) state.stroke.push_back(point);
  }
  if (!sample.last) return;
  state.down = false;
  result.lifted = std::move(state.stroke);
  state.stroke.clear();
}

void draw_pad(Canvas& canvas, Rect box, const InkPadSpec& spec) {
  canvas.box(box, Tone::pad, canvas.view().contrast ? Tone::gold : Tone::edge, size::border + 1, size::radius_card);
  const float line_y = box.y + box.h * size::pad_base_line;
  const Rect line{box.x + space::s56, line_y, box.w - 2 * space::s56, size::border + 1};
  canvas.fill(line, Tone::sign_line);
  const float cross = size::icon_small;
  canvas.icon({line.x - cross * 0.1F, line_y - cross - space::s20, cross, cross}, Icon::cross, Tone::sign_line);
  const Rect below{line.x, line.y + space::s12, line.w, box.bottom() - line.bottom() - space::s12};
  const float date_w = spec.date.empty() ? 0 : canvas.text_width(Type::small, spec.date) + space::s4;
  Rect left = below;
  const Rect date = left.cut_right(date_w, space::s24);
  if (!spec.date.empty()) canvas.text(date, Type::small, Tone::pad_ink, spec.date, Align::right);
  const Type type = canvas.fitting(left, spec.name, {Type::small, Type::least}, 5);
  if (canvas.text_height(type, spec.name, left.w) <= left.h) canvas.text(left, type, Tone::pad_ink, spec.name);  // else it stands beside the pad only
}

struct Strip {                 // four vertices a cross-section: soft, ink, ink, soft
  ImDrawList* list;
  ImU32 ink, soft;
  float edge;

  void section(const RibbonPoint& p, float nx, float ny, float half) const {
    const ImVec2 uv = ImGui::GetFontTexUvWhitePixel();
    const auto put = [&](float reach, ImU32 colour) { list->PrimWriteVtx({p.x + nx * reach, p.y + ny * reach}, uv, colour); };
    put(half + edge, soft);
    put(half, ink);
    put(-half, ink);
    put(-half - edge, soft);
  }
  void join(unsigned at) const {  // the section that begins at vertex `at` with the next one
    for (unsigned lane = 0; lane < 3; ++lane) {
      const unsigned a = at + lane, b = a + 1, c = a + 4, d = a + 5;
      for (const unsigned index : {a, b, c, b, d, c}) list->PrimWriteIdx(static_cast<ImDrawIdx>(index));
    }
  }
};

}  // namespace

std::vector<RibbonPoint> ribbon(const core::Stroke& stroke, float pad_w) {
  std::vector<At> at;
  for (const auto& point : stroke) at.push_back({static_cast<float>(point.x) / units * pad_w, static_cast<float>(point.y) / units * pad_w});
  if (at.empty()) return {};
  float half = half_width_at(fast_px_per_ms / 2);
  std::vector<RibbonPoint> made{{at[0].x, at[0].y, half}};
  for (std::size_t i = 0; i + 1 < at.size(); ++i) {
    const At before = at[i == 0 ? 0 : i - 1], from = at[i], to = at[i + 1], after = at[std::min(i + 2, at.size() - 1)];
    const float length = std::hypot(to.x - from.x, to.y - from.y);
    const auto ms = static_cast<float>(std::max(1, stroke[i + 1].t_ms - stroke[i].t_ms));
    const float wanted = width_memory * half + (1 - width_memory) * half_width_at(length / ms);
    const int steps = std::clamp(static_cast<int>(std::ceil(length / step_px)), 1, steps_max);
    for (int k = 1; k <= steps; ++k) {
      const float part = static_cast<float>(k) / static_cast<float>(steps);
      const At point = along(before, from, to, after, part);
      made.push_back({point.x, point.y, half + (wanted - half) * part});
    }
    half = wanted;
  }
  return made;
}

void draw_stroke(ImDrawList* list, const core::Stroke& stroke, float x, float y, float pad_w, float scale, std::uint32_t colour) {
  auto points = ribbon(stroke, pad_w);
  if (points.empty()) return;
  for (auto& point : points) point = {x + point.x * scale, y + point.y * scale, point.half_width * scale};
  const auto cap = [&](const RibbonPoint& end) { list->AddCircleFilled({end.x, end.y}, end.half_width + soft_px / 2, colour, 16); };
  cap(points.front());
  cap(points.back());
  if (points.size() < 2) return;
  const Strip strip{list, colour, colour & ~IM_COL32_A_MASK, soft_px};
  const auto count = static_cast<int>(points.size());
  list->PrimReserve((count - 1) * 18, count * 4);
  const unsigned first = list->_VtxCurrentIdx;
  for (int i = 0; i < count; ++i) {
    const auto n = static_cast<std::size_t>(i);
    const auto &before = points[n == 0 ? 0 : n - 1], &after = points[std::min(n + 1, points.size() - 1)];
    const float dx = after.x - before.x, dy = after.y - before.y, length = std::max(0.001F, std::hypot(dx, dy));
    strip.section(points[n], -dy / length, dx / length, points[n].half_width);
    if (i + 1 < count) strip.join(first + static_cast<unsigned>(i) * 4);
  }
}

InkPadResult ink_pad(Canvas& canvas, Rect box, const InkPadSpec& spec, const core::Strokes& strokes, InkPadState& state) {
  InkPadResult result;
  const Rect place = canvas.pixels(box);
  result.width_tenth_mm = static_cast<int>(std::lround(box.w / size::px_per_mm * 10));
  result.height_tenth_mm = static_cast<int>(std::lround(box.h / size::px_per_mm * 10));
  if (spec.enabled) {
    for (const auto& sample : canvas.input().samples()) take(sample, place, strokes, state, result);
  } else {
    state.down = false;
    state.stroke.clear();
  }
  canvas.note(box, spec.key, Role::pad, spec.name, std::to_string(strokes.size()), state.down);
  draw_pad(canvas, box, spec);
  canvas.list()->PushClipRect({place.x, place.y}, {place.right(), place.bottom()}, true);
  const auto draw = [&](const core::Stroke& stroke) {
    draw_stroke(canvas.list(), stroke, place.x, place.y, box.w, canvas.scale(), canvas.packed(Tone::pen));
  };
  for (const auto& stroke : strokes) draw(stroke);
  draw(state.stroke);
  if (result.lifted) draw(*result.lifted);
  canvas.list()->PopClipRect();
  return result;
}

}  // namespace qabyl::kiosk::ui
