// Signatures on the screen: what is one, and what hostile data cannot pass for one
// (DESIGN 7; RELIABILITY 4.7, row 46).
#include "core/zip.h"
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

TEST_CASE("the pages' pictures and their sizes are bound; the form of older records stays as it was", "[core][signature]") {
  auto made = qabyl::test::signature(qabyl::test::digest("form"), 2);
  const auto older = canonical(to_json(made));
  CHECK(older.find("\"width\"") == older.npos);
  CHECK(older.find("pictures") == older.npos);
  const auto read = signature_from_json(*parse_json(older, record_bytes_max));
  REQUIRE(read);
  CHECK_FALSE(read->pictures);
  CHECK(canonical(to_json(*read)) == older);
  made.pages[1].width = 1100;
  made.pages[1].height = 1556;
  made.pictures = qabyl::test::digest("zip");
  const auto back = signature_from_json(*parse_json(canonical(to_json(made)), record_bytes_max));
  REQUIRE(back);
  CHECK(back->pages[0].width == 0);
  CHECK(back->pages[1].width == 1100);
  CHECK(back->pages[1].height == 1556);
  CHECK(back->pictures == qabyl::test::digest("zip"));
  const auto good = to_json(made);
  for (const auto& [member, value] : {std::pair<const char*, Json>{"width", 0}, {"width", -1}, {"width", 16385}, {"height", 0}, {"height", 1 << 20}}) {
    auto bad = good;
    bad["pages"].array()[1][member] = value;
    INFO(member);
    CHECK(reason(bad) == "signature.absurd");
  }
  for (const Json& value : {Json("00"), Json(7), Json(Json::Array{}), Json("")}) {
    auto bad = good;
    bad["pictures"] = value;
    CHECK(reason(bad) == "signature.absurd");
  }
}

TEST_CASE("pictures of pages go into one file and come out by page; any other file is refused", "[core][signature]") {
  const std::map<int, Bytes> pages{{1, Bytes{1, 2, 3}}, {2, Bytes{}}, {12, Bytes(1000, 7)}};
  const auto file = pictures_file(pages);
  REQUIRE(file);
  CHECK(*read_pictures(*file) == pages);
  CHECK(*pictures_file(pages) == *file);  // the same pictures, the same bytes
  auto cut = *file;
  cut.pop_back();
  CHECK_FALSE(read_pictures(cut));
  CHECK_FALSE(read_pictures(Bytes{}));
  auto altered = *file;
  altered[altered.size() / 2] ^= 1;
  CHECK_FALSE(read_pictures(altered));
  for (const char* name : {"page-0.png", "page-01.png", "page-.png", "page-1001.png", "other.txt", "page-1.png.png"}) {
    INFO(name);
    Bytes strange;
    ZipWriter zip([&](ByteView bytes) -> Status {
      strange.insert(strange.end(), bytes.begin(), bytes.end());
      return Done{};
    });
    REQUIRE(zip.add(name, Bytes{1}));
    REQUIRE(zip.finish());
    CHECK_FALSE(read_pictures(strange));
  }
}
