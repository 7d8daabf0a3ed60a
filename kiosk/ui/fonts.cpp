// ImGui's atlas with the FreeType builder. See fonts.h and design/DESIGN.md, 3.2 and 14.
#include "kiosk/ui/fonts.h"

#include <fontconfig/fontconfig.h>
#include <imgui.h>
#include <imgui_freetype.h>

#include <cmath>

namespace qabyl::kiosk::ui {
namespace {

// FreeType counts ascender to descender: these factors give the pixel sizes of the design.
constexpr float sans_factor = 1.21F, serif_factor = 1.325F, mono_factor = 1.13F;
constexpr int atlas_side = 4096;

// Latin, Cyrillic with the Kazakh letters, punctuation, tenge, №.
constexpr ImWchar ranges[] = {0x20, 0x7E, 0xA0, 0xFF, 0x2010, 0x2027, 0x2030, 0x203A, 0x20B8, 0x20B8,
                              0x2116, 0x2116, 0x400, 0x4FF, 0};
constexpr ImWchar tenge[] = {0x20B8, 0x20B8, 0};

std::string find_file(const char* family, int weight) {
  FcPattern* wanted = FcPatternCreate();
  FcPatternAddString(wanted, FC_FAMILY, reinterpret_cast<const FcChar8*>(family));
  FcPatternAddInteger(wanted, FC_WEIGHT, weight);
  FcPatternAddInteger(wanted, FC_SLANT, FC_SLANT_ROMAN);
  FcConfigSubstitute(nullptr, wanted, FcMatchPattern);
  FcDefaultSubstitute(wanted);
  FcResult result = FcResultNoMatch;
  FcPattern* found = FcFontMatch(nullptr, wanted, &result);
  std::string path;
  FcChar8 *file = nullptr, *name = nullptr;
  if (found != nullptr && FcPatternGetString(found, FC_FAMILY, 0, &name) == FcResultMatch &&
      std::string(reinterpret_cast<char*>(name)) == family && FcPatternGetString(found, FC_FILE, 0, &file) == FcResultMatch) {
    path = reinterpret_cast<char*>(file);
  }
  if (found != nullptr) FcPatternDestroy(found);
  FcPatternDestroy(wanted);
  return path;
}

float factor(Face face) { return face == Face::serif_bold ? serif_factor : face == Face::mono ? mono_factor : sans_factor; }

}  // namespace

core::Result<Fonts> Fonts::find() {
  Fonts fonts;
  const std::pair<const char*, int> wanted[] = {
      {"PT Serif", FC_WEIGHT_BOLD}, {"Inter", FC_WEIGHT_REGULAR}, {"Inter", FC_WEIGHT_DEMIBOLD}, {"PT Mono", FC_WEIGHT_BOLD}};
  for (std::size_t i = 0; i < fonts.files_.size(); ++i) {
    fonts.files_[i] = find_file(wanted[i].first, wanted[i].second);
    if (fonts.files_[i].empty()) return core::Error{core::ErrorCode::not_found, std::string("font ") + wanted[i].first};
  }
  return fonts;
}

float Fonts::px(Type type) const {
  const auto& as_designed = spec(type);
  const float more = static_cast<float>(percent_ - 100) / 100.0F;
  // What is large already grows half as much: titles stay on one line (picture 04c).
  const float px = as_designed.px * (1 + (as_designed.px >= large_type_px ? more / 2 : more));
  return percent_ >= 150 ? std::max(px, least_px_at_largest) : px;
}

bool Fonts::build(int percent, float scale) {
  if (percent == percent_ && std::abs(scale - scale_) < 0.001F) return false;
  percent_ = percent;
  scale_ = scale;
  auto& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
  atlas.TexDesiredWidth = atlas_side;
  for (std::size_t i = 0; i < fonts_.size(); ++i) {
    const auto type = static_cast<Type>(i);
    const auto face = spec(type).face;
    const float pixels = std::round(px(type) * scale * factor(face));
    const auto& file = files_[static_cast<std::size_t>(face)];
    fonts_[i] = atlas.AddFontFromFileTTF(file.c_str(), pixels, nullptr, ranges);
    if (face == Face::serif_bold || face == Face::mono) {  // PT has no tenge sign: Inter's
      ImFontConfig merge;
      merge.MergeMode = true;
      const float merged = std::round(px(type) * scale * sans_factor);
      atlas.AddFontFromFileTTF(files_[static_cast<std::size_t>(Face::sans_bold)].c_str(), merged, &merge, tenge);
    }
  }
  return atlas.Build();
}

}  // namespace qabyl::kiosk::ui
