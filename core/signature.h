// A signature drawn on the screen, bound to what was shown. The strokes are the evidence; a picture
// is made from them. Integers only: x, y in 1/10 000 of the pad's width, t in ms from first touch.
#pragma once

#include <map>

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
  int width = 0, height = 0;  // of that picture; 0: a record from before it was said
};

struct ScreenSignature {
  Strokes strokes;
  int pad_width_tenth_mm = 0, pad_height_tenth_mm = 0;
  Digest paper{};      // digest D of the paper that was signed
  std::string renderer;  // name and version
  int dpi = 0;
  std::vector<PageSeen> pages;  // none: no page of it was on the screen
  std::optional<Digest> pictures{};  // SHA-256 of the pages' pictures (pictures_file), kept with the record; older records have none
};

// {strokes:[[[x,y,t] or [x,y,t,pressure], ...], ...], pad_width_tenth_mm, pad_height_tenth_mm, paper, renderer,
// dpi, pages:[{page,ms,pixels,width?,height?}], pictures?}. invalid_input: detail is the reason code, e.g. signature.too_long.
Json to_json(const ScreenSignature& signature);
Result<ScreenSignature> signature_from_json(const Json& json);

// The pages as they were shown: a ZIP (zip.h) of page-N.png, N from 1, kept as the last document of the signature's record.
inline constexpr std::string_view pictures_name = "pages-shown.zip", pictures_type = "application/zip";
Result<Bytes> pictures_file(const std::map<int, Bytes>& png_by_page);
Result<std::map<int, Bytes>> read_pictures(ByteView file);  // invalid_input, corrupt: not such a file
// 1 if the last document is what the signature in `body` names as its pictures, else 0: nobody brought that one.
std::size_t pictures_in(const Json& body, const std::vector<DocumentRef>& docs);

std::size_t point_count(const Strokes& strokes);
double ink_length_mm(const Strokes& strokes, int pad_width_tenth_mm);
// At least ink_points_min samples and ink_length_min_mm of ink; at most ink_points_max; sane values
// (coordinates within the pad, times not falling within a stroke).
enum class InkProblem { none, empty, too_short, too_long, absurd };
InkProblem check_ink(const Strokes& strokes, int pad_width_tenth_mm);
std::string_view reason_of(InkProblem problem);  // "signature.empty" ...; "" for none

}  // namespace qabyl::core
