// Asks the system's fontconfig for the five faces, exactly: a near match counts as missing.
#include "core/paper/fonts.h"

#include <fontconfig/fontconfig.h>

#include <memory>
#include <vector>

namespace qabyl::core::paper {
namespace {

using Pattern = std::unique_ptr<FcPattern, void (*)(FcPattern*)>;
using ObjectSet = std::unique_ptr<FcObjectSet, void (*)(FcObjectSet*)>;
using FontSet = std::unique_ptr<FcFontSet, void (*)(FcFontSet*)>;

int weight_of(Face face) {
  if (face == Face::sans_bold) return FC_WEIGHT_DEMIBOLD;
  return face == Face::serif_bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR;
}

// The first file by name, so that two copies of a font give one answer.
std::string find(FcConfig* system, Face face) {
  const Pattern pattern(FcPatternCreate(), FcPatternDestroy);
  FcPatternAddString(pattern.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(face_name(face).family));
  FcPatternAddInteger(pattern.get(), FC_WEIGHT, weight_of(face));
  FcPatternAddInteger(pattern.get(), FC_SLANT, FC_SLANT_ROMAN);
  FcPatternAddBool(pattern.get(), FC_VARIABLE, FcFalse);
  const ObjectSet wanted(FcObjectSetBuild(FC_FILE, nullptr), FcObjectSetDestroy);
  const FontSet found(FcFontList(system, pattern.get(), wanted.get()), FcFontSetDestroy);

  std::string first;
  for (int i = 0; found && i < found->nfont; ++i) {
    FcChar8* file = nullptr;
    if (FcPatternGetString(found->fonts[i], FC_FILE, 0, &file) != FcResultMatch) continue;
    const std::string path(reinterpret_cast<const char*>(file));
    if (first.empty() || path < first) first = path;
  }
  return first;
}

Result<FontFiles> find_all() {
  // A configuration of our own, given back at once: a kiosk keeps five files in memory, not all fonts.
  const std::unique_ptr<FcConfig, void (*)(FcConfig*)> system(FcInitLoadConfigAndFonts(), FcConfigDestroy);
  FontFiles files;
  for (const Face face : faces) {
    std::string path = find(system.get(), face);
    if (path.empty()) {
      return Error{ErrorCode::not_found, std::string("font ") + face_name(face).family +
                                             (face_name(face).bold ? ", bold" : ", regular")};
    }
    files.paths[static_cast<std::size_t>(face)] = std::move(path);
  }
  return files;
}

}  // namespace

FaceName face_name(Face face) {
  switch (face) {
    case Face::sans: return {"Inter", false};
    case Face::sans_bold: return {"Inter", true};
    case Face::serif: return {"PT Serif", false};
    case Face::serif_bold: return {"PT Serif", true};
    case Face::mono: return {"PT Mono", false};
  }
  QABYL_CHECK(false);
  return {};
}

const Result<FontFiles>& font_files() {
  static const Result<FontFiles> files = find_all();
  return files;
}

}  // namespace qabyl::core::paper
