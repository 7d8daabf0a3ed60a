// The values of the token table. See tokens.h and design/DESIGN.md, 3.1 and 3.2.
#include "kiosk/ui/tokens.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace qabyl::kiosk::ui {
namespace {

struct Pair { std::uint32_t light, contrast; };
constexpr std::size_t tones = static_cast<std::size_t>(Tone::tones_count);
// In the order of Tone.
constexpr std::array<Pair, tones> palette{{
    {0xF5F1E7, 0x000000}, {0xFFFFFF, 0x0A0A0A}, {0xEBE5D6, 0x1A1A1A}, {0xD8D0BD, 0x8A8A8A}, {0x66777B, 0xFFFFFF},
    {0x0F272C, 0xFFFFFF}, {0x374A4F, 0xF2F2F2}, {0x06313A, 0x000000}, {0xFFFFFF, 0xFFFFFF}, {0xC4DCDD, 0xF2F2F2},
    {0x6E979D, 0x6E979D}, {0x235660, 0x1A1A1A}, {0x0A5460, 0xFFD84D}, {0x06404A, 0xFFD84D}, {0xFFFFFF, 0x000000}, {0xDFECEC, 0x14282B},
    {0xF0B93A, 0xFFD84D}, {0x1E1500, 0x000000}, {0xFFF1CC, 0x2A2200}, {0x573800, 0xFFE27A}, {0xDFEFE4, 0x06210F},
    {0x0F5236, 0x97EDB6}, {0xFBE6E1, 0x2B0804}, {0x8A1717, 0xFFB9AC}, {0xCFE7DA, 0xCFE7DA}, {0x0B3F2B, 0x0B3F2B},
    {0xDAD3C2, 0x1A1A1A}, {0xFFFFFF, 0x000000}, {0xE3F0F0, 0x14282B}, {0x06404A, 0xFFFFFF}, {0xEFEADD, 0x0A0A0A}, {0x0A5460, 0x7DE7F2},
    {0x7C898B, 0x7C898B}, {0xFFFFFF, 0xFFFFFF}, {0x374A4F, 0x374A4F}, {0x0F272C, 0x0F272C},
    {0xB9B0A0, 0xB9B0A0}, {0x0F272C, 0x000000}, {0x0A5460, 0x0A5460}, {0x10206B, 0x10206B},
}};

constexpr std::array<TypeSpec, static_cast<std::size_t>(Type::types_count)> types{{
    {Face::serif_bold, 68, 1.15F},  // display
    {Face::serif_bold, 52, 1.2F},   // title
    {Face::serif_bold, 46, 1.2F},   // title_long
    {Face::serif_bold, 64, 1.15F},  // money
    {Face::sans_bold, 35, 1.2F},    // hero
    {Face::sans_bold, 32, 1.25F},   // h2
    {Face::sans_bold, 27, 1.25F},   // h3
    {Face::sans, 26, 1.35F},        // body
    {Face::sans_bold, 27, 1.2F},    // action
    {Face::sans_bold, 24, 1.2F},    // list
    {Face::sans, 24, 1.25F},        // value
    {Face::sans, 22, 1.3F},         // small
    {Face::sans, 24, 1.25F},        // step
    {Face::sans, 30, 1.35F},        // lead
    {Face::sans, 30, 1.25F},        // field
    {Face::sans, 20, 1.25F},        // least
    {Face::mono, 26, 1.3F},         // code
    {Face::sans_bold, 44, 1.2F},    // digits
    {Face::sans_bold, 22, 1.2F},    // stamp
    {Face::serif_bold, 30, 1.2F},   // slip_brand
    {Face::sans, 34, 1.2F},         // key
    {Face::sans_bold, 34, 1.2F},    // key_bold
    {Face::sans, 30, 1.2F},         // key_word
}};

double linear(std::uint32_t channel) {
  const double c = channel / 255.0;
  return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(std::uint32_t rgb) {
  return 0.2126 * linear((rgb >> 16) & 255) + 0.7152 * linear((rgb >> 8) & 255) + 0.0722 * linear(rgb & 255);
}

}  // namespace

std::uint32_t rgb(Tone tone, bool contrast) {
  const auto& pair = palette[static_cast<std::size_t>(tone)];
  return contrast ? pair.contrast : pair.light;
}

double contrast_ratio(std::uint32_t a, std::uint32_t b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

const TypeSpec& spec(Type type) { return types[static_cast<std::size_t>(type)]; }

}  // namespace qabyl::kiosk::ui
