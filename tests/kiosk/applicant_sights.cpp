// See applicant_sights.h.
#include "tests/kiosk/applicant_sights.h"

namespace qabyl::kiosk::test {

std::string Shape::name() const {
  return std::string(core::to_text(language)) + "-" + std::to_string(percent(text)) + (contrast ? "-contrast" : "") + (portrait ? "-portrait" : "");
}

std::vector<Shape> shapes_of(core::Language language) {
  std::vector<Shape> all;
  for (const auto text : {TextSize::normal, TextSize::large, TextSize::largest}) {
    for (const bool portrait : {false, true}) {
      for (const bool contrast : {false, true}) all.push_back({language, text, contrast, portrait, !contrast});
    }
  }
  return all;
}

SightSeeing::SightSeeing(UiRig& rig, const Stage& stage, Answers answers, const Shape& shape)
    : rig_(rig), visit_(set_up_for(answers)), shape_(shape) {
  choose(visit_, shape.sight());
  stage.arrive(visit_, answers);
  const auto& session = visit_.app.session();  // a cleared screen has gone back to the default
  rig_.queue.forget();
  rig_.view.width = shape_.portrait ? ui::size::panel_short : ui::size::panel_long;
  rig_.view.height = shape_.portrait ? ui::size::panel_long : ui::size::panel_short;
  rig_.view.percent = percent(session.text);
  rig_.view.contrast = session.contrast;
  rig_.view.language = session.language;
  rig_.view.now_ms = visit_.steady.count();
}

void SightSeeing::draw() {
  Caused caused;
  rig_.view.now_ms = visit_.steady.count();  // of touches that are put from here on
  rig_.view.percent = percent(visit_.app.session().text);
  rig_.view.contrast = visit_.app.session().contrast;
  rig_.view.language = visit_.app.session().language;
  rig_.frame([&] { caused = draw_app(visit_.app, rig_.canvas(), pages_, state_, rig_.view.width, rig_.view.height); });
  if (!caused) return;
  visit_.feed(*caused);
  effects_.insert(effects_.end(), visit_.effects.begin(), visit_.effects.end());
}

void SightSeeing::settle() {
  constexpr int passes_max = 10'000;
  for (int i = 0; i < passes_max && !rig_.queue.empty(); ++i) draw();
  draw();
}

void SightSeeing::tap(const std::string& key) {
  float x = 0, y = 0;
  rig_.middle_of(key, x, y);
  visit_.steady = std::max(visit_.steady, state_.calm_until);  // a person looks before the next tap
  rig_.view.now_ms = visit_.steady.count();
  rig_.down(x, y);
  rig_.up(x, y);
  settle();
}

}  // namespace qabyl::kiosk::test
