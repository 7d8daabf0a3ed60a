// The steps of a script. See script.h and kiosk/README.md.
#include "kiosk/shell/script.h"

#include <algorithm>
#include <cstdio>
#include <sstream>

#include "core/text.h"

namespace qabyl::kiosk {
namespace {

constexpr std::size_t line_bytes_max = 256 * 1024;
constexpr core::Millis poll{50};
constexpr float pad_unit = 10'000.0F;

constexpr std::size_t keys_tried_max = 4;  // shift and layer presses for one character

// The small letter of a Latin, Russian or Kazakh capital; anything else as it is.
char32_t small(char32_t point) {
  if (point >= U'A' && point <= U'Z') return point + 0x20;
  if (point >= 0x410 && point <= 0x42F) return point + 0x20;  // А-Я
  if (point == 0x401) return 0x451;                           // Ё
  if (point == 0x406) return 0x456;                           // І
  for (const char32_t capital : {0x4D8, 0x492, 0x49A, 0x4A2, 0x4E8, 0x4B0, 0x4AE, 0x4BA}) {  // ӘҒҚҢӨҰҮҺ
    if (point == capital) return point + 1;
  }
  return point;
}

float centre_x(const SeenWidget& widget) { return widget.x + widget.w / 2; }
float centre_y(const SeenWidget& widget) { return widget.y + widget.h / 2; }

// A list of at least one [x, y].
bool is_stroke(const core::Json& stroke) {
  return stroke.is_array() && !stroke.array().empty() && std::ranges::all_of(stroke.array(), [](const core::Json& point) {
    return point.is_array() && point.array().size() == 2 && point.array()[0].is_integer() && point.array()[1].is_integer();
  });
}

}  // namespace

core::Result<Script> Script::parse(const std::string& text) {
  Script script;
  std::istringstream lines(text);
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    auto json = core::parse_json(line, line_bytes_max);
    if (!json || !json->is_object() || json->text("do").empty() || script.steps_.size() >= script_lines_max) {
      return core::Error{core::ErrorCode::invalid_input, "script line " + std::to_string(number) + " is not a step"};
    }
    script.steps_.push_back({number, *std::move(json)});
  }
  return script;
}

void Script::step(const ScriptHands& hands, core::Millis now) {
  if (finished() || !hands.idle()) return;
  const auto& step = steps_[next_];
  if (!since_) since_ = now;
  reason_.clear();
  const auto done = act(step.what, hands, now);
  if (done == true) {
    ++next_;
    part_ = point_ = 0;
    since_.reset();
    return;
  }
  const core::Millis patience{step.what.number("seconds", script_patience.count() / 1000) * 1000};
  if (resting_) return;
  if (done == false || now - *since_ > patience) fail(reason_);
}

// {"do":"rest"}: stays on this screen until a signal ends the program, and wakes nobody meanwhile.
void Script::rest() {
  if (!resting_) std::fprintf(stderr, "script: at rest\n");
  resting_ = true;
}

std::optional<core::Millis> Script::next_due() const {
  if (finished() || resting_) return std::nullopt;
  return poll;
}

void Script::fail(std::string why) {
  const auto& step = steps_[next_];
  failure_ = "line " + std::to_string(step.line) + ": " + core::canonical(step.what) + ": " + (why.empty() ? "took too long" : std::move(why));
}

Script::Progress Script::act(const core::Json& what, const ScriptHands& hands, core::Millis now) {
  const auto verb = what.text("do");
  if (verb == "tap" && what.find("until") != nullptr) return tap_until(what, hands, now);
  if (verb == "tap") {
    const auto done = tap(what, hands);
    // {"maybe_ms":N}: taken when it shows within that time, else left out.
    if (!done && what.find("maybe_ms") != nullptr && now - *since_ > core::Millis{what.number("maybe_ms")}) return true;
    return done;
  }
  if (verb == "type") return write_text(what, hands);
  if (verb == "strokes") return draw_strokes(what, hands, now);
  if (verb == "wait" || verb == "expect") return expect(what, hands);
  if (verb == "pause") return now - *since_ >= core::Millis{what.number("ms")} ? Progress{true} : std::nullopt;
  if (verb == "scan") return hands.type(what.text("text")), Progress{true};
  if (verb == "key") return hands.key(what.text("name")), Progress{true};
  if (verb == "rest") return rest(), std::nullopt;
  if (verb == "quit") return quit_ = true, Progress{true};
  if (verb == "shot") {
    const auto taken = hands.shot(what.text("name"));
    if (!taken) reason_ = taken.error().detail;
    return taken.has_value();
  }
  reason_ = "no such step";
  return false;
}

// {"do":"tap","key":K}, {"do":"tap","text":T} or {"do":"tap","row":T,"prefix":P}; "times":2 taps twice within one frame; "slide_off":true
// presses inside and lifts outside.
Script::Progress Script::tap(const core::Json& what, const ScriptHands& hands) {
  auto key = what.text("key");
  if (what.find("row") != nullptr) {
    const auto found = hands.key_in_row(what.text("row"), what.text("prefix"));
    if (!found) return reason_ = "no such row, or nothing to tap in it", std::nullopt;
    key = *found;
  } else if (key.empty()) {
    const auto found = hands.key_of_text(what.text("text"));
    if (!found) return reason_ = "nothing shows that text", std::nullopt;
    key = *found;
  }
  const auto widget = hands.find(key);
  if (!widget) return reason_ = "not on the screen", std::nullopt;
  if (!widget->enabled && !what.flag("disabled")) return reason_ = "disabled", std::nullopt;
  const auto x = centre_x(*widget), y = centre_y(*widget);
  for (std::int64_t i = 0; i < what.number("times", 1); ++i) {
    hands.press(x, y);
    if (what.flag("slide_off")) hands.move(x, widget->y + widget->h + 40);
    hands.lift(x, what.flag("slide_off") ? widget->y + widget->h + 40 : y);
  }
  return true;
}

// {"do":"tap","keys":[K,...],"until":U,"every_ms":N}: every N ms the first of the keys that can be tapped, until U can.
Script::Progress Script::tap_until(const core::Json& what, const ScriptHands& hands, core::Millis now) {
  const auto end = hands.find(what.text("until"));
  if (end && end->enabled) return last_tap_.reset(), Progress{true};
  reason_ = "the end is not there or disabled";
  if (last_tap_ && now - *last_tap_ < core::Millis{what.number("every_ms")}) return std::nullopt;
  for (const auto& key : what.items("keys")) {
    const auto widget = hands.find(key.is_string() ? key.string() : "");
    if (!widget || !widget->enabled) continue;
    hands.press(centre_x(*widget), centre_y(*widget));
    hands.lift(centre_x(*widget), centre_y(*widget));
    last_tap_ = now;
    break;
  }
  return std::nullopt;
}

// Types on the keyboard that is on the screen, one key a frame. Keys are named by their small letter and
// show the case they would type: the wrong case is mended by shift, what is on no key by the other layer.
Script::Progress Script::write_text(const core::Json& what, const ScriptHands& hands) {
  const auto points = core::code_points(what.text("text"));
  if (part_ >= points.size()) return true;
  const auto character = core::to_utf8({points[part_]});
  const bool on_pad = !what.text("pad").empty();
  const auto key = on_pad ? what.text("pad") + "." + character : "kb." + (character == " " ? "space" : core::to_utf8({small(points[part_])}));
  const auto widget = hands.find(key);
  const auto tap_it = [&](const SeenWidget& seen) {
    hands.press(centre_x(seen), centre_y(seen));
    hands.lift(centre_x(seen), centre_y(seen));
  };
  if (widget && (on_pad || character == " " || widget->text == character)) {
    tap_it(*widget);
    point_ = 0;
    return ++part_ >= points.size() ? Progress{true} : std::nullopt;
  }
  if (on_pad) return reason_ = "no such pad on the screen", std::nullopt;
  const auto other = hands.find(widget ? "kb.shift" : "kb.layer");
  if (!other) return reason_ = "no keyboard on the screen", std::nullopt;
  if (++point_ > keys_tried_max) return reason_ = "no key for " + character, false;
  tap_it(*other);
  return std::nullopt;
}

// {"do":"strokes","key":PAD,"strokes":[[[x,y],...],...]}: x and y in 1/10 000 of the pad's width; one
// point a frame, as a finger gives them.
Script::Progress Script::draw_strokes(const core::Json& what, const ScriptHands& hands, core::Millis) {
  const auto pad = hands.find(what.text("key"));
  if (!pad) return reason_ = "not on the screen", std::nullopt;
  const auto& strokes = what.items("strokes");
  if (part_ >= strokes.size()) return true;
  if (!is_stroke(strokes[part_])) return reason_ = "not a stroke", false;
  if (point_ == 0 && !hands.calm()) return std::nullopt;  // a stroke's times are evidence: they are as they were
  const auto& points = strokes[part_].array();
  const auto& point = points.at(point_).array();
  const float x = pad->x + static_cast<float>(point.at(0).integer()) / pad_unit * pad->w;
  const float y = pad->y + static_cast<float>(point.at(1).integer()) / pad_unit * pad->w;
  if (point_ == 0) hands.press(x, y);
  else hands.move(x, y);
  if (++point_ < points.size()) return std::nullopt;
  hands.lift(x, y);
  point_ = 0;
  return ++part_ >= strokes.size() ? Progress{true} : std::nullopt;
}

// {"do":"wait","key":K,"text":T,"value":V,"enabled":B,"absent":true}: `expect` is the same without patience.
Script::Progress Script::expect(const core::Json& what, const ScriptHands& hands) {
  const bool now_or_never = what.text("do") == "expect";
  const auto no = [&](std::string why) -> Progress {
    reason_ = std::move(why);
    return now_or_never ? Progress{false} : std::nullopt;
  };
  const auto key = what.text("key"), text = what.text("text");
  if (what.flag("absent")) return hands.find(key) ? no("still on the screen") : Progress{true};
  if (key.empty()) return hands.key_of_text(text) ? Progress{true} : no("nothing shows that text");
  const auto widget = hands.find(key);
  if (!widget) return no("not on the screen");
  if (!text.empty() && widget->text.find(text) == std::string::npos) return no("shows «" + widget->text + "»");
  if (what.find("value") != nullptr && widget->value != what.text("value")) return no("holds «" + widget->value + "»");
  if (what.find("enabled") != nullptr && widget->enabled != what.flag("enabled")) return no(widget->enabled ? "enabled" : "disabled");
  return true;
}

}  // namespace qabyl::kiosk
