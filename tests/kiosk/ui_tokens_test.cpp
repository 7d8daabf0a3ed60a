// The token table and the faces: contrast of every pair that screens use, computed from the tokens of both
// palettes; every letter of the catalogues in the atlas; no colour, length or size of type written outside
// the table (design/DESIGN.md, sections 3.1, 3.2 and 16, items 4, 6, 7).
#include <imgui_internal.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>

#include "tests/core/assets.h"
#include "tests/kiosk/ui_rig.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"

using namespace qabyl;
using namespace qabyl::kiosk;
using kiosk::test::UiRig;
using ui::Tone;

namespace {

struct Pair { Tone front, back; const char* name; };

// Text on its ground.
constexpr Pair text_pairs[] = {
    {Tone::ink, Tone::paper, "ink on paper"}, {Tone::ink, Tone::surface, "ink on surface"}, {Tone::ink, Tone::sunk, "ink on sunk"},
    {Tone::ink, Tone::tint, "ink on tint"}, {Tone::ink2, Tone::paper, "ink2 on paper"}, {Tone::ink2, Tone::surface, "ink2 on surface"},
    {Tone::ink2, Tone::sunk, "ink2 on sunk"}, {Tone::ink2, Tone::tint, "ink2 on tint"}, {Tone::pri_ink, Tone::pri, "pri.ink on pri"},
    {Tone::rail_ink, Tone::rail, "white on rail"}, {Tone::rail_ink2, Tone::rail, "rail.ink2 on rail"}, {Tone::gold, Tone::rail, "gold on rail"},
    {Tone::gold_ink, Tone::gold, "gold.ink on gold"}, {Tone::warn_ink, Tone::warn_bg, "warn.ink on warn.bg"}, {Tone::ok, Tone::ok_bg, "ok on ok.bg"},
    {Tone::ok, Tone::surface, "ok on surface"}, {Tone::bad, Tone::bad_bg, "bad on bad.bg"}, {Tone::bad, Tone::surface, "bad on surface"},
    {Tone::bad, Tone::paper, "bad on paper"}, {Tone::done_ink, Tone::done_bg, "done.ink on done.bg"}, {Tone::ink, Tone::key, "ink on key"},
    {Tone::key_kk_ink, Tone::key_kk, "key.kk letter on key.kk"}, {Tone::ink, Tone::key_fn, "ink on key.fn"}, {Tone::selected, Tone::surface, "selected on surface"},
    {Tone::selected, Tone::tint, "selected on tint"}, {Tone::selected, Tone::paper, "selected on paper"}, {Tone::pen, Tone::pad, "pen on the pad"},
    {Tone::pad_ink, Tone::pad, "second ink on white paper"}, {Tone::pad_dark, Tone::pad, "ink on white paper"}, {Tone::stamp, Tone::pad, "stamp on white paper"},
    {Tone::qr_dark, Tone::pad, "QR on white paper"}};

// Edges and marks that carry meaning.
constexpr Pair shape_pairs[] = {
    {Tone::edge, Tone::paper, "edge on paper"}, {Tone::edge, Tone::surface, "edge on surface"}, {Tone::rail_edge, Tone::rail, "rail.edge on rail"},
    {Tone::sign_line, Tone::pad, "signature line"}, {Tone::gold, Tone::ink, "focus gold beside its ink ring"}, {Tone::bad, Tone::surface, "error frame"},
    {Tone::selected, Tone::surface, "selected edge"}, {Tone::edge, Tone::kb_bed, "key edge on the bed"}};

double ratio(const Pair& pair, bool contrast) { return ui::contrast_ratio(ui::rgb(pair.front, contrast), ui::rgb(pair.back, contrast)); }

std::vector<unsigned> points_of(std::string_view text) {
  std::vector<unsigned> points;
  const char *at = text.data(), *end = at + text.size();
  while (at < end) {
    unsigned point = 0;
    at += std::max(1, ImTextCharFromUtf8(&point, at, end));
    points.push_back(point);
  }
  return points;
}

std::vector<std::filesystem::path> drawing_sources() {
  std::vector<std::filesystem::path> paths;
  for (const char* folder : {"/kiosk/ui", "/kiosk/screens"}) {
    for (const auto& entry : std::filesystem::directory_iterator(qabyl::test::in_source() + folder)) {
      const auto name = entry.path().filename().string();
      const bool draws = std::string(folder) == "/kiosk/ui" ? name.ends_with(".cpp") : name.ends_with("_draw.cpp");
      // Icons are figures on a grid of 24 units.
      if (draws && !name.starts_with("tokens") && name != "icons.cpp") paths.push_back(entry.path());
    }
  }
  return paths;
}

}  // namespace

TEST_CASE("every text and ground of the token table is at least 7 to 1 in both palettes", "[kiosk][ui][tokens]") {
  for (const bool contrast : {false, true}) {
    for (const auto& pair : text_pairs) {
      INFO(pair.name << (contrast ? ", high contrast" : ", light"));
      CHECK(ratio(pair, contrast) >= 7.0);
    }
  }
}

TEST_CASE("edges, the focus ring and the signature line are at least 3 to 1", "[kiosk][ui][tokens]") {
  for (const bool contrast : {false, true}) {
    for (const auto& pair : shape_pairs) {
      INFO(pair.name << (contrast ? ", high contrast" : ", light"));
      // The high contrast ring is gold beside white: 1.4 to 1; there the white ring on black carries it.
      if (contrast && std::string_view(pair.name).starts_with("focus")) CHECK(ui::contrast_ratio(ui::rgb(Tone::ink, true), ui::rgb(Tone::paper, true)) >= 3.0);
      else CHECK(ratio(pair, contrast) >= 3.0);
    }
  }
}

TEST_CASE("the contrast that the table was computed with is the contrast of WCAG", "[kiosk][ui][tokens]") {
  CHECK(ui::contrast_ratio(0x000000, 0xFFFFFF) == Approx(21.0).epsilon(0.001));
  CHECK(ratio({Tone::ink, Tone::paper, ""}, false) == Approx(13.82).epsilon(0.002));
  CHECK(ratio({Tone::selected, Tone::tint, ""}, false) == Approx(7.08).epsilon(0.002));
  CHECK(ratio({Tone::edge, Tone::paper, ""}, false) == Approx(4.15).epsilon(0.002));
}

TEST_CASE("every letter of the catalogues and of the three alphabets has a glyph in every face", "[kiosk][ui][tokens]") {
  UiRig rig;
  rig.pass([](ui::Canvas&) {});
  std::set<unsigned> points;
  for (const auto language : core::languages) {
    const auto ids = rig.texts.ids(language);
    REQUIRE(ids.size() > 300);
    for (const auto& id : ids) {
      for (const unsigned point : points_of(rig.texts.say(language, id))) points.insert(point);
    }
  }
  for (const unsigned point : points_of("әғқңөұүһіӘҒҚҢӨҰҮҺІёЁъЪ№«»₸–—…·×'\"@&%")) points.insert(point);
  for (char c = ' '; c <= '~'; ++c) points.insert(static_cast<unsigned>(c));
  for (unsigned letter = 0x410; letter <= 0x44F; ++letter) points.insert(letter);
  points.erase('\n');
  for (int type = 0; type < static_cast<int>(ui::Type::types_count); ++type) {
    const auto* font = rig.fonts().font(static_cast<ui::Type>(type));
    std::string lacking;
    for (const unsigned point : points) {
      if (font->FindGlyphNoFallback(static_cast<ImWchar>(point)) == nullptr) lacking += " U+" + std::to_string(point);
    }
    INFO("type " << type);
    CHECK(lacking == "");
  }
}

TEST_CASE("no colour, length or size of type is written outside the token table", "[kiosk][ui][tokens]") {
  const std::regex colour(R"(0x[0-9A-Fa-f]{6,8}\b|IM_COL32\(\s*[0-9])");
  const std::regex length(R"([^\w.]([0-9]+(\.[0-9]+)?)F\b)");  // factors are small; lengths are not
  constexpr float factor_most = 6.5F;                          // a whole turn is 6.28
  const auto paths = drawing_sources();
  REQUIRE(paths.size() > 20);
  for (const auto& path : paths) {
    std::istringstream lines(qabyl::test::file_text(path.string()));
    const auto name = path.filename().string();
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      INFO(name << ":" << number << ": " << line);
      CHECK_FALSE(std::regex_search(line, colour));
      for (std::sregex_iterator at(line.begin(), line.end(), length), end; at != end; ++at) {
        const bool percent = name == "fonts.cpp" && (*at)[1] == "100.0";
        if (!percent) CHECK(std::stof((*at)[1]) <= factor_most);
      }
    }
  }
}
