// The faces of DESIGN.md 3.2 as font files of this machine, found through fontconfig once and never
// copied. Papers are set from these files alone (canvas.cpp builds a private fontconfig of them), so
// that nothing is ever substituted and bytes do not depend on what else is installed.
#pragma once

#include <array>
#include <string>

#include "core/result.h"

namespace qabyl::core::paper {

enum class Face { sans, sans_bold, serif, serif_bold, mono };
inline constexpr std::array<Face, 5> faces{Face::sans, Face::sans_bold, Face::serif, Face::serif_bold,
                                           Face::mono};

struct FontFiles {
  std::array<std::string, faces.size()> paths;  // in the order of `faces`
  const std::string& of(Face face) const { return paths[static_cast<std::size_t>(face)]; }
};

// Inter Regular and SemiBold, PT Serif Regular and Bold, PT Mono Regular. The answer of the first
// call is kept for the process. not_found: detail names the missing face (packages fonts-inter,
// fonts-paratype). Any thread.
const Result<FontFiles>& font_files();

// Family and weight under which fontconfig knows a face ("Inter", semi-bold).
struct FaceName {
  const char* family;
  bool bold;  // Inter: semi-bold; PT Serif: bold
};
FaceName face_name(Face face);

}  // namespace qabyl::core::paper
