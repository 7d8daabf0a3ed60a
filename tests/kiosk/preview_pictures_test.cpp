// Photographs and scans through the real qabyl-preview: colours, size, how the camera was held, and
// pictures that claim to be larger than the machine.
#include "core/sys/clock.h"
#include "tests/kiosk/preview_files.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace qabyl::tests;
using preview::PreviewProblem;

namespace {

core::sys::SystemClock real_clock;

preview::DocumentLook look_at(core::ByteView bytes, int width) {
  preview::PreviewWorker worker(preview_program(), real_clock);
  return worker.open(preview::source_of(bytes), width);
}

bool is_red(Rgb colour) { return colour.red > 200 && colour.blue < 60; }
bool is_blue(Rgb colour) { return colour.blue > 200 && colour.red < 60; }

}  // namespace

TEST_CASE("a JPEG and a PNG are shown in their colours, no wider than asked", "[kiosk][preview]") {
  for (const auto& bytes : {make_jpeg(1200, 800), make_png(1200, 800), make_png(1200, 800, true)}) {
    const auto look = look_at(bytes, 300);
    REQUIRE(look.problem == PreviewProblem::none);
    CHECK(look.pages.size() == 1);
    CHECK(look.first.width == 300);
    CHECK(look.first.height == 200);
    CHECK(is_red(pixel(look.first, 20, 100)));
    CHECK(is_blue(pixel(look.first, 280, 100)));
  }
}

TEST_CASE("a small picture is not blown up", "[kiosk][preview]") {
  for (const auto& bytes : {make_jpeg(30, 20), make_png(30, 20)}) {
    const auto look = look_at(bytes, 1000);
    REQUIRE(look.problem == PreviewProblem::none);
    CHECK(look.first.width == 30);
    CHECK(look.first.height == 20);
    CHECK(look.first.dpi == 150);
  }
}

TEST_CASE("a photograph is turned as the camera was held", "[kiosk][preview]") {
  const auto right = look_at(make_jpeg(1200, 800, 6), 400);  // a quarter turn clockwise: left becomes top
  REQUIRE(right.problem == PreviewProblem::none);
  CHECK(right.first.width == 400);
  CHECK(right.first.height == 600);
  CHECK(is_red(pixel(right.first, 200, 20)));
  CHECK(is_blue(pixel(right.first, 200, 580)));
  const auto left = look_at(make_jpeg(1200, 800, 8), 400);
  REQUIRE(left.problem == PreviewProblem::none);
  CHECK(is_blue(pixel(left.first, 200, 20)));
  const auto over = look_at(make_jpeg(1200, 800, 3), 400);
  CHECK(is_blue(pixel(over.first, 20, 100)));
}

TEST_CASE("a picture bomb is refused by its header", "[kiosk][preview]") {
  CHECK(look_at(png_header(60'000, 60'000), 200).problem == PreviewProblem::too_large);
  CHECK(look_at(png_header(4'000'000'000U, 2), 200).problem == PreviewProblem::too_large);
  CHECK(look_at(png_header(0, 0), 200).problem == PreviewProblem::unreadable);
}

TEST_CASE("damaged pictures are shown as far as they go or refused", "[kiosk][preview]") {
  const auto jpeg = make_jpeg(600, 400), png = make_png(600, 400);
  CHECK(look_at(core::ByteView(jpeg).first(jpeg.size() / 2), 200).problem == PreviewProblem::none);
  CHECK(look_at(core::ByteView(png).first(png.size() / 2), 200).problem == PreviewProblem::unreadable);
  for (std::size_t i = 0; i < 60; ++i) {
    auto jpeg_bad = jpeg, png_bad = png;
    jpeg_bad[4 + i * (jpeg.size() - 5) / 60] ^= 0x55;
    png_bad[9 + i * (png.size() - 10) / 60] ^= 0x55;
    for (const auto& bytes : {jpeg_bad, png_bad}) {
      const auto look = look_at(bytes, 100);
      CHECK((look.problem == PreviewProblem::none || look.problem == PreviewProblem::unreadable || look.problem == PreviewProblem::too_large));
    }
  }
}
