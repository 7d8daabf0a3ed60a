// Signatures on the screen: what is one, and what hostile data cannot pass for one
// (DESIGN 7; RELIABILITY 4.7, row 46).
#include "tests/core/cases.h"

using namespace qabyl::core;
using qabyl::test::ink;

namespace {

constexpr int pad = 2390;

std::string reason(const Json& json) {
  const auto parsed = signature_from_json(json);
  return parsed ? "" : parsed.error().detail;
}

}  // namespace

TEST_CASE("a signature goes through JSON and comes back the same", "[core][signature]") {
  auto made = qabyl::test::signature(qabyl::test::digest("form"), 3);
  made.strokes[0][0].pressure = 512;
  const auto json = to_json(made);
  const auto back = signature_from_json(*parse_json(canonical(json), record_bytes_max));
  REQUIRE(back);
  CHECK(back->strokes == made.strokes);
  CHECK(back->pages.size() == 3);
  CHECK(canonical(to_json(*back)) == canonical(json));
}

TEST_CASE("no ink, three pixels, a dot and a short dash are no signature", "[core][signature]") {
  CHECK(check_ink({}, pad) == InkProblem::empty);
  CHECK(check_ink({{}, {}}, pad) == InkProblem::empty);
  CHECK(check_ink(ink(3, 1), pad) == InkProblem::too_short);
  CHECK(check_ink(ink(40, 0), pad) == InkProblem::too_short);
  CHECK(check_ink(ink(40, 24), pad) == InkProblem::too_short);
  CHECK(check_ink(ink(19, 60), pad) == InkProblem::too_short);
  CHECK(check_ink(ink(20, 26), pad) == InkProblem::none);
}

TEST_CASE("lifting the pen adds no ink, and millimetres follow the pad's width", "[core][signature]") {
  const Strokes apart{{{0, 0, 0, -1}}, {{10'000, 0, 10, -1}}};
  CHECK(ink_length_mm(apart, pad) == 0);
  const Strokes across{{{0, 0, 0, -1}, {10'000, 0, 10, -1}}};
  CHECK(ink_length_mm(across, pad) == Approx(239.0));
  CHECK(ink_length_mm(across, pad / 2) == Approx(119.5));
}

TEST_CASE("absurd strokes are told from short ones", "[core][signature]") {
  auto outside = ink();
  outside[0][5].x = 2'000'000;
  CHECK(check_ink(outside, pad) == InkProblem::absurd);
  auto backwards = ink();
  backwards[0][5].t_ms = 0;
  CHECK(check_ink(backwards, pad) == InkProblem::absurd);
  auto pressed = ink();
  pressed[0][5].pressure = 1001;
  CHECK(check_ink(pressed, pad) == InkProblem::absurd);
  CHECK(check_ink(ink(), 0) == InkProblem::absurd);
  CHECK(check_ink(ink(static_cast<int>(ink_points_max) + 1), pad) == InkProblem::too_long);
}

TEST_CASE("a record with the most ink allowed stays under the limit of a record", "[core][signature]") {
  auto made = qabyl::test::signature({}, 300);
  made.strokes = ink(static_cast<int>(ink_points_max), 200);
  for (auto& point : made.strokes[0]) point.pressure = 1000;
  CHECK(canonical(to_json(made)).size() < record_bytes_max);
  CHECK(signature_from_json(to_json(made)));
}

TEST_CASE("hostile JSON of a signature is refused with a stable reason", "[core][signature]") {
  const auto good = to_json(qabyl::test::signature({}, 1));
  const auto with = [&](std::string_view member, Json value) {
    auto json = good;
    json[member] = std::move(value);
    return reason(json);
  };
  CHECK(reason(Json()) == "signature.empty");
  CHECK(with("strokes", "ink") == "signature.absurd");
  CHECK(with("strokes", Json::Array{Json::Array{Json::Array{1, 2}}}) == "signature.absurd");
  CHECK(with("strokes", Json::Array{Json::Array{Json::Array{1, 2, std::int64_t{1} << 40}}}) == "signature.absurd");
  CHECK(with("strokes", Json::Array{Json::Array(ink_points_max + 1, Json(Json::Array{1, 2, 3}))}) == "signature.too_long");
  CHECK(with("strokes", Json::Array(ink_points_max + 1, Json(Json::Array{}))) == "signature.absurd");
  CHECK(with("pad_width_tenth_mm", 1) == "signature.absurd");
  CHECK(with("paper", "00") == "signature.absurd");
  CHECK(with("renderer", std::string(1000, 'r')) == "signature.absurd");
  CHECK(with("pages", Json::Array{Json::Object{{"page", 0}, {"ms", 1}}}) == "signature.absurd");
  CHECK(with("pages", Json::Array(1001, good.items("pages")[0])) == "signature.absurd");
}
