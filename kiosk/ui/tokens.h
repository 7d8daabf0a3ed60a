// The token table of design/DESIGN.md, section 3: colours in two palettes, type, space, sizes. The only
// place that names a colour, a length or a font size. Lengths are pixels of the design panel
// (1920 x 1080, 4.034 px per mm); Canvas scales them to the window.
#pragma once

#include <cstdint>

namespace qabyl::kiosk::ui {

enum class Tone {
  paper, surface, sunk, line, edge, ink, ink2, rail, rail_ink, rail_ink2, rail_edge, pri, pri_edge, pri_ink, tint,
  gold, gold_ink, warn_bg, warn_ink, ok_bg, ok, bad_bg, bad, done_bg, done_ink, kb_bed, key, key_kk, key_fn,
  selected, sign_line, pad, pen, tones_count
};
// 0xRRGGBB of a tone.
std::uint32_t rgb(Tone tone, bool contrast);
// WCAG 2 contrast of two colours.
double contrast_ratio(std::uint32_t a, std::uint32_t b);

enum class Face { serif_bold, sans, sans_bold, mono, faces_count };
enum class Type { display, title, money, h2, h3, body, action, list, small, least, code, digits, stamp, types_count };
struct TypeSpec {
  Face face;
  float px;    // at 100 %
  float line;  // line height as a factor of px
};
const TypeSpec& spec(Type type);
inline constexpr float least_px_at_largest = 33.0F;  // EN 301 549, 5.1.4

namespace size {
inline constexpr float panel_long = 1920, panel_short = 1080;
inline constexpr float px_per_mm = 4.034F;
inline constexpr float target_hero = 112, target_primary = 92, target_normal = 84, target_row = 72, target_least = 68;
inline constexpr float gap_min = 10, gap_key_portrait = 6;
inline constexpr float screen_edge = 56, rail = 384, header = 112, bar = 140;
inline constexpr float top_band = 144;                           // the folded rail at 125 % and 150 %
inline constexpr float brand_band_portrait = 240, foot_portrait = 104;
inline constexpr float field = 88, tag = 44, badge_w = 330, badge_h = 80;
inline constexpr float radius_thumb = 6, radius_tag = 10, radius_field = 12, radius_control = 14, radius_card = 18, radius_dialog = 28;
inline constexpr float border = 2, border_selected = 4, border_error = 4, border_summary = 5;
inline constexpr float focus_ink = 4, focus_gold = 6;
inline constexpr float primary_edge = 4;
inline constexpr float icon = 34, icon_small = 24;
inline constexpr float pad_w = 964, pad_h = 506, pad_h_portrait = 560;
inline constexpr float key_w = 116, key_h = 84, key_h_portrait = 96;
}  // namespace size

namespace space {
inline constexpr float s4 = 4, s8 = 8, s12 = 12, s16 = 16, s20 = 20, s24 = 24, s28 = 28, s36 = 36, s56 = 56;
}  // namespace space

}  // namespace qabyl::kiosk::ui
