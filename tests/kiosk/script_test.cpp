// A script (kiosk/shell/script.h) plays only what a person can do, and a broken one fails with its line instead
// of ending the program. The widgets and the hand are made here by hand; no ImGui, no screen model.
#include <catch2/catch.hpp>

#include <map>

#include "kiosk/shell/script.h"

namespace qabyl::kiosk {
namespace {

struct Scene {
  std::map<std::string, SeenWidget> widgets;
  std::vector<std::string> done;
  bool calm = true;
  std::map<std::string, std::string> in_row{};  // text/prefix: key

  ScriptHands hands() {
    ScriptHands hands;
    hands.find = [this](const std::string& key) -> std::optional<SeenWidget> {
      const auto found = widgets.find(key);
      return found == widgets.end() ? std::nullopt : std::optional{found->second};
    };
    hands.key_of_text = [](const std::string&) -> std::optional<std::string> { return std::nullopt; };
    hands.key_in_row = [this](const std::string& text, const std::string& prefix) -> std::optional<std::string> {
      const auto found = in_row.find(text + "/" + prefix);
      return found == in_row.end() ? std::nullopt : std::optional(found->second);
    };
    const auto note = [this](const char* what) {
      return [this, what](float x, float y) {
        done.push_back(std::string{what} + " " + std::to_string(static_cast<int>(x)) + "," + std::to_string(static_cast<int>(y)));
      };
    };
    hands.press = note("press");
    hands.move = note("move");
    hands.lift = note("lift");
    hands.idle = [] { return true; };
    hands.calm = [this] { return calm; };
    return hands;
  }
};

// Plays to the end, a frame every 50 ms.
Script played(const std::string& text, Scene& scene) {
  auto script = Script::parse(text);
  REQUIRE(script);
  const auto hands = scene.hands();
  constexpr int frames_max = 1000;
  for (int frame = 0; frame < frames_max && !script->finished(); ++frame) script->step(hands, core::Millis{frame * 50});
  REQUIRE(script->finished());
  return *std::move(script);
}

TEST_CASE("A script presses and lifts in the middle of the widget that it names") {
  Scene scene{{{"next", {100, 50, 40, 20, {}, {}, true}}}, {}};
  CHECK_FALSE(played(R"({"do":"tap","key":"next"})", scene).failed());
  CHECK(scene.done == std::vector<std::string>{"press 120,60", "lift 120,60"});
}

TEST_CASE("A script taps what stands in the row that it names, and fails where there is none") {
  Scene scene{{{"open.1", {100, 50, 40, 20, {}, {}, true}}}, {}};
  scene.in_row["No 5/open."] = "open.1";
  CHECK_FALSE(played(R"({"do":"tap","row":"No 5","prefix":"open."})", scene).failed());
  CHECK(scene.done == std::vector<std::string>{"press 120,60", "lift 120,60"});
  CHECK(played(R"({"do":"tap","row":"No 6","prefix":"open.","seconds":1})", scene).failure().find("no such row") != std::string::npos);
}

TEST_CASE("A script taps a disabled button only where it says so") {
  Scene scene{{{"next", {100, 50, 40, 20, {}, {}, false}}}, {}};
  CHECK(played(R"({"do":"tap","key":"next","seconds":1})", scene).failure().find("disabled") != std::string::npos);
  CHECK(scene.done.empty());
  CHECK_FALSE(played(R"({"do":"tap","key":"next","disabled":true})", scene).failed());
  CHECK(scene.done.size() == 2);
}

TEST_CASE("A stroke moves through its points in ten-thousandths of the pad's width") {
  Scene scene{{{"pad", {100, 50, 1000, 300, {}, {}, true}}}, {}};
  CHECK_FALSE(played(R"({"do":"strokes","key":"pad","strokes":[[[0,0],[5000,1000]]]})", scene).failed());
  CHECK(scene.done == std::vector<std::string>{"press 100,50", "move 600,150", "lift 600,150"});
}

TEST_CASE("A stroke that is no list of points fails the script and presses nothing") {
  for (const auto* strokes : {"[[]]", "[[[1]]]", "[5]", "[[5]]", R"([[["a",1]]])"}) {
    CAPTURE(strokes);
    Scene scene{{{"pad", {100, 50, 1000, 300, {}, {}, true}}}, {}};
    const auto script = played(std::string{R"({"do":"strokes","key":"pad","strokes":)"} + strokes + "}", scene);
    CHECK(script.failure().find("line 1") == 0);
    CHECK(script.failure().find("not a stroke") != std::string::npos);
    CHECK(scene.done.empty());
  }
}

}  // namespace
}  // namespace qabyl::kiosk
