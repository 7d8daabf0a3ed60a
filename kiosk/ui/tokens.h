// The token table of design/DESIGN.md, section 3: colours in two palettes, type, space, sizes. The only
// place that names a colour, a length or a font size. Lengths are pixels of the design panel
// (1920 x 1080, 4.034 px per mm); Canvas scales them to the window.
#pragma once

#include <cstdint>

namespace qabyl::kiosk::ui {

enum class Tone {
  paper, surface, sunk, line, edge, ink, ink2, rail, rail_ink, rail_ink2, rail_edge, rail_todo, pri, pri_edge, pri_ink, tint,
  gold, gold_ink, warn_bg, warn_ink, ok_bg, ok, bad_bg, bad, done_bg, done_ink, kb_bed, key, key_kk, key_kk_ink, key_fn,
  selected, sign_line, pad, pad_ink, pad_dark, page_line, qr_dark, stamp, pen, tones_count
};
// 0xRRGGBB of a tone.
std::uint32_t rgb(Tone tone, bool contrast);
// WCAG 2 contrast of two colours.
double contrast_ratio(std::uint32_t a, std::uint32_t b);

enum class Face { serif_bold, sans, sans_bold, mono, faces_count };
enum class Type { display, title, title_long, money, hero, h2, h3, body, action, list, value, small, step, lead, field, least, code, digits, stamp, slip_brand, key, key_bold, key_word, types_count };
struct TypeSpec {
  Face face;
  float px;    // at 100 %
  float line;  // line height as a factor of px
};
const TypeSpec& spec(Type type);
inline constexpr float least_px_at_largest = 33.0F;  // EN 301 549, 5.1.4
inline constexpr float large_type_px = 44.0F;        // from here on a type grows half as much

namespace size {
inline constexpr float panel_long = 1920, panel_short = 1080;
inline constexpr float px_per_mm = 4.034F;
inline constexpr float target_hero = 112, target_primary = 92, target_normal = 84, target_row = 72, target_least = 68;
inline constexpr float gap_min = 10, gap_key_portrait = 6;
inline constexpr float radius_thumb = 6, radius_tag = 10, radius_field = 12, radius_control = 14, radius_card = 18, radius_dialog = 28;
inline constexpr float border = 2, border_selected = 4, border_error = 4, border_summary = 5, rule = 4;
inline constexpr float focus_ink = 4, focus_gold = 6;
inline constexpr float primary_edge = 4;
inline constexpr float icon = 34, icon_small = 24, icon_large = 44;
// Frame.
inline constexpr float screen_edge = 56, screen_edge_portrait = 56, rail = 384, rail_welcome = 640, header = 112, bar = 140;
inline constexpr float rail_edge = 40, rail_edge_welcome = 64;
inline constexpr float brand_tile = 76, brand_tile_welcome = 96, brand_tile_small = 72, brand_px = 44;
inline constexpr float ornament_h = 32, ornament_pitch = 50;
inline constexpr float step_circle = 44, step_pitch = target_least + gap_min;  // finished steps are targets
inline constexpr float top_band = 148, segment_h = 16;           // the folded rail at 125 % and 150 %
inline constexpr float band_portrait = 240, band_portrait_welcome = 520;
inline constexpr float segment_switch_w = 300, header_button_w = 112;
inline constexpr float control_portrait_w = 110;
// Components.
inline constexpr float field = 88, tag = 44, badge_w = 330, badge_h = 80;
inline constexpr float row = 102, row_gap = 12, row_icon = 52, mark = 40, card_icon = 64, hero_icon = 100;
inline constexpr float digit_w = 54, digit_gap = 8, digit_group_gap = 22, digits_h = 108;
inline constexpr float pin_box = 88, pin_gap = 16, pin_dot = 12;
inline constexpr float number_key_w = 132, number_key_h = 100, number_gap = 12;
inline constexpr float number_pad_w = 3 * number_key_w + 2 * number_gap, number_pad_h = 4 * number_key_h + 3 * number_gap;
inline constexpr float custody_circle = 62;
inline constexpr float strip = 8, pager_w = 160;
inline constexpr float thumb_w = 98, thumb_h = 114, page_ratio = 1.4142F;
inline constexpr float qr_module_least = 4, qr_quiet = 4;
inline constexpr float stamp_w = 216, stamp_h = 78, stamp_turn_degrees = 4;
inline constexpr float other_badge_w = 460, type_badge_w = 560;
inline constexpr float perforation = 9;
inline constexpr float dialog_w = 1100, ring_radius = 108, ring_thick = 20;
inline constexpr float away_answer = 120, cleared_mark = 150, message_w = 1180, message_icon = 132;
inline constexpr float slip_w = 600, slip_wide = 900;
inline constexpr float pad_w = 964, pad_h = 506, pad_h_portrait = 560, pad_base_line = 0.76F;
inline constexpr float ink_thin = 3, ink_thick = 6.4F;
inline constexpr float key_w = 116, key_h = 84, key_h_portrait = 96, key_edge = 3;
}  // namespace size

namespace space {
inline constexpr float s4 = 4, s8 = 8, s12 = 12, s16 = 16, s20 = 20, s24 = 24, s28 = 28, s36 = 36, s56 = 56;
}  // namespace space

}  // namespace qabyl::kiosk::ui
