// A signature drawn on the screen, bound to what was shown. The strokes are the evidence; a picture
// is made from them. Integers only: x, y in 1/10 000 of the pad's width, t in ms from first touch.
#pragma once

#include "core/json.h"
#include "core/record.h"

namespace qabyl::core {

struct InkPoint {
  std::int32_t x = 0, y = 0, t_ms = 0;
  std::int32_t pressure = -1;  // 0..1000, -1: the device has none
  bool operator==(const InkPoint&) const = default;
};
using Stroke = std::vector<InkPoint>;
using Strokes = std::vector<Stroke>;

inline constexpr std::size_t ink_points_max = 10'000;
inline constexpr std::size_t ink_points_min = 20;  // DESIGN.md, section 7
inline constexpr int ink_length_min_mm = 25;

struct PageSeen {      // one page of a paper as a person saw it
  int page = 0;        // from 1
  std::int64_t ms = 0;  // how long it was on the screen in all
  Digest pixels{};     // of the RGBA pixels shown
};

struct ScreenSignature {
  Strokes strokes;
  int pad_width_tenth_mm = 0, pad_height_tenth_mm = 0;
  Digest paper{};      // digest D of the paper that was signed
  std::string renderer;  // name and version
  int dpi = 0;
  std::vector<PageSeen> pages;
};

// {strokes:[[[x,y,t] or [x,y,t,pressure], ...], ...], pad_width_tenth_mm, pad_height_tenth_mm, paper, renderer,
// dpi, pages:[{page,ms,pixels}]}. invalid_input: detail is the reason code, e.g. signature.too_long.
Json to_json(const ScreenSignature& signature);
Result<ScreenSignature> signature_from_json(const Json& json);

std::size_t point_count(const Strokes& strokes);
double ink_length_mm(const Strokes& strokes, int pad_width_tenth_mm);
// At least ink_points_min samples and ink_length_min_mm of ink; at most ink_points_max; sane values
// (coordinates within the pad, times not falling within a stroke).
enum class InkProblem { none, empty, too_short, too_long, absurd };
InkProblem check_ink(const Strokes& strokes, int pad_width_tenth_mm);
std::string_view reason_of(InkProblem problem);  // "signature.empty" ...; "" for none

}  // namespace qabyl::core
