// Signatures drawn on the screen: their JSON, their length, and whether they can be a signature at all.
// Knows no picture and no person. Strokes are the evidence (ARCHITECTURE, section 5).
#include "core/signature.h"

#include <cmath>

#include "core/encoding.h"
#include "core/zip.h"

namespace qabyl::core {
namespace {

constexpr std::int64_t pad_units = 10'000;   // the pad's width
constexpr std::int64_t pad_slack = 100;      // a finger may slide over the edge by 1 %
constexpr std::int64_t pad_tall_units = 2 * pad_units;  // no pad is taller than twice its width
constexpr std::int64_t ink_ms_max = 60 * 60 * 1000;
constexpr std::int64_t pressure_max = 1000;
constexpr int pad_tenth_mm_min = 200, pad_tenth_mm_max = 10'000;
constexpr std::size_t pages_seen_max = 1000;
constexpr std::int64_t page_ms_max = 24LL * 60 * 60 * 1000;
constexpr std::int64_t dpi_max = 2400;
constexpr std::size_t renderer_bytes_max = 100;
constexpr std::int64_t picture_side_max = 16'384;  // pixels

Error invalid(const char* code) { return {ErrorCode::invalid_input, code}; }

Json point_json(const InkPoint& point) {
  Json::Array numbers{point.x, point.y, point.t_ms};
  if (point.pressure >= 0) numbers.push_back(point.pressure);
  return numbers;
}

bool in(std::int64_t value, std::int64_t least, std::int64_t most) { return value >= least && value <= most; }

std::optional<InkPoint> point_from(const Json& json) {
  if (!json.is_array() || !in(static_cast<std::int64_t>(json.array().size()), 3, 4)) return std::nullopt;
  const auto& numbers = json.array();
  for (const auto& number : numbers) {
    if (!number.is_integer() || !in(number.integer(), INT32_MIN, INT32_MAX)) return std::nullopt;
  }
  const auto at = [&](std::size_t i) { return static_cast<std::int32_t>(numbers[i].integer()); };
  return InkPoint{at(0), at(1), at(2), numbers.size() == 4 ? at(3) : -1};
}

Result<Strokes> strokes_from(const Json& json) {
  if (!json.is_array() || json.array().size() > ink_points_max) return invalid("signature.absurd");
  Strokes strokes;
  std::size_t points = 0;
  for (const auto& drawn : json.array()) {
    if (!drawn.is_array()) return invalid("signature.absurd");
    points += drawn.array().size();
    if (points > ink_points_max) return invalid("signature.too_long");
    Stroke stroke;
    for (const auto& item : drawn.array()) {
      const auto point = point_from(item);
      if (!point) return invalid("signature.absurd");
      stroke.push_back(*point);
    }
    strokes.push_back(std::move(stroke));
  }
  return strokes;
}

Result<PageSeen> page_from(const Json& json) {
  const auto page = json.number("page"), ms = json.number("ms", -1);
  const auto pixels = digest_from_hex(json.text("pixels"));
  if (!in(page, 1, static_cast<std::int64_t>(pages_seen_max)) || !in(ms, 0, page_ms_max) || !pixels) {
    return invalid("signature.absurd");
  }
  const auto width = json.number("width"), height = json.number("height");
  if (!in(width, 0, picture_side_max) || !in(height, 0, picture_side_max) || (width == 0) != (height == 0)) return invalid("signature.absurd");
  return PageSeen{static_cast<int>(page), ms, *pixels, static_cast<int>(width), static_cast<int>(height)};
}

bool sane(const InkPoint& point) {
  return in(point.x, -pad_slack, pad_units + pad_slack) && in(point.y, -pad_slack, pad_tall_units) &&
         in(point.t_ms, 0, ink_ms_max) && in(point.pressure, -1, pressure_max);
}

bool sane(const Stroke& stroke) {
  std::int32_t t_ms = 0;
  for (const auto& point : stroke) {
    if (!sane(point) || point.t_ms < t_ms) return false;
    t_ms = point.t_ms;
  }
  return true;
}

std::string picture_path(int page) { return "page-" + std::to_string(page) + ".png"; }

// 12 of "page-12.png"; 0: another name, or another spelling.
int page_of_picture(std::string_view path) {
  for (int page = 1; page <= static_cast<int>(pages_seen_max); ++page) {
    if (path == picture_path(page)) return page;
  }
  return 0;
}

}  // namespace

Json to_json(const ScreenSignature& signature) {
  Json::Array strokes, pages;
  for (const auto& stroke : signature.strokes) {
    Json::Array points;
    for (const auto& point : stroke) points.push_back(point_json(point));
    strokes.push_back(std::move(points));
  }
  for (const auto& seen : signature.pages) {
    Json page = Json::Object{{"page", seen.page}, {"ms", seen.ms}, {"pixels", to_hex(seen.pixels)}};
    if (seen.width > 0) page["width"] = seen.width;
    if (seen.height > 0) page["height"] = seen.height;
    pages.push_back(std::move(page));
  }
  Json json = Json::Object{{"strokes", std::move(strokes)},
                      {"pad_width_tenth_mm", signature.pad_width_tenth_mm},
                      {"pad_height_tenth_mm", signature.pad_height_tenth_mm},
                      {"paper", to_hex(signature.paper)},
                      {"renderer", signature.renderer},
                      {"dpi", signature.dpi},
                      {"pages", std::move(pages)}};
  if (signature.pictures) json["pictures"] = to_hex(*signature.pictures);
  return json;
}

Result<ScreenSignature> signature_from_json(const Json& json) {
  const Json* drawn = json.find("strokes");
  if (!drawn) return invalid("signature.empty");
  ScreenSignature signature;
  QABYL_TRY(strokes, strokes_from(*drawn));
  signature.strokes = std::move(strokes);
  const auto width = json.number("pad_width_tenth_mm"), height = json.number("pad_height_tenth_mm");
  const auto dpi = json.number("dpi");
  const auto paper = digest_from_hex(json.text("paper"));
  signature.renderer = json.text("renderer");
  if (!in(width, pad_tenth_mm_min, pad_tenth_mm_max) || !in(height, 1, pad_tenth_mm_max) || !in(dpi, 0, dpi_max) ||
      !paper || signature.renderer.size() > renderer_bytes_max || json.items("pages").size() > pages_seen_max) {
    return invalid("signature.absurd");
  }
  signature.pad_width_tenth_mm = static_cast<int>(width);
  signature.pad_height_tenth_mm = static_cast<int>(height);
  signature.dpi = static_cast<int>(dpi);
  signature.paper = *paper;
  if (json.find("pictures") != nullptr) {
    const auto pictures = digest_from_hex(json.text("pictures"));
    if (!pictures) return invalid("signature.absurd");
    signature.pictures = *pictures;
  }
  for (const auto& item : json.items("pages")) {
    QABYL_TRY(seen, page_from(item));
    signature.pages.push_back(seen);
  }
  return signature;
}

Result<Bytes> pictures_file(const std::map<int, Bytes>& png_by_page) {
  Bytes file;
  ZipWriter zip([&file](ByteView bytes) -> Status {
    file.insert(file.end(), bytes.begin(), bytes.end());
    return Done{};
  });
  for (const auto& [page, png] : png_by_page) {
    QABYL_TRY_DO(zip.add(picture_path(page), png));
  }
  QABYL_TRY_DO(zip.finish());
  return file;
}

Result<std::map<int, Bytes>> read_pictures(ByteView file) {
  QABYL_TRY(files, read_zip(file));
  std::map<int, Bytes> pictures;
  for (const auto& one : files) {
    const int page = page_of_picture(one.path);
    if (page < 1 || !pictures.emplace(page, Bytes(one.bytes.begin(), one.bytes.end())).second) return Error{ErrorCode::invalid_input, "a file that is no page"};
  }
  return pictures;
}

std::size_t pictures_in(const Json& body, const std::vector<DocumentRef>& docs) {
  const auto pictures = body.member("signature").text("pictures");
  return !docs.empty() && !pictures.empty() && pictures == to_hex(docs.back().sha256) ? 1 : 0;
}

std::size_t point_count(const Strokes& strokes) {
  std::size_t count = 0;
  for (const auto& stroke : strokes) count += stroke.size();
  return count;
}

double ink_length_mm(const Strokes& strokes, int pad_width_tenth_mm) {
  double units = 0;
  for (const auto& stroke : strokes) {
    for (std::size_t i = 1; i < stroke.size(); ++i) {
      units += std::hypot(static_cast<double>(stroke[i].x) - stroke[i - 1].x, static_cast<double>(stroke[i].y) - stroke[i - 1].y);
    }
  }
  return units / static_cast<double>(pad_units) * pad_width_tenth_mm / 10.0;
}

InkProblem check_ink(const Strokes& strokes, int pad_width_tenth_mm) {
  const auto points = point_count(strokes);
  if (points == 0) return InkProblem::empty;
  if (points > ink_points_max) return InkProblem::too_long;
  if (!in(pad_width_tenth_mm, pad_tenth_mm_min, pad_tenth_mm_max)) return InkProblem::absurd;
  for (const auto& stroke : strokes) {
    if (!sane(stroke)) return InkProblem::absurd;
  }
  const bool enough = points >= ink_points_min && ink_length_mm(strokes, pad_width_tenth_mm) >= ink_length_min_mm;
  return enough ? InkProblem::none : InkProblem::too_short;
}

std::string_view reason_of(InkProblem problem) {
  switch (problem) {
    case InkProblem::none: return "";
    case InkProblem::empty: return "signature.empty";
    case InkProblem::too_short: return "signature.too_short";
    case InkProblem::too_long: return "signature.too_long";
    case InkProblem::absurd: return "signature.absurd";
  }
  QABYL_CHECK(false);
  return "";
}

}  // namespace qabyl::core
