// Fingers on the drawn screens: what a tap, a slide, a double tap and a held key do; keyboard, number pad,
// error summary, time-out (design/DESIGN.md, sections 5, 6, 8 and 16, items 9 to 12, 20, 22).
#include <set>

#include "tests/kiosk/applicant_sights.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace qabyl::kiosk;
using namespace qabyl::kiosk::test;
using namespace std::chrono_literals;

namespace {

const Shape landscape{};

template <typename Wanted>
int count(const Effects& effects) {
  int found = 0;
  for (const auto& effect : effects) found += std::holds_alternative<Wanted>(effect) ? 1 : 0;
  return found;
}

struct Letter { const char *small, *capital; };
// The 42 letters of the Kazakh alphabet.
constexpr Letter alphabet[] = {{"а", "А"}, {"ә", "Ә"}, {"б", "Б"}, {"в", "В"}, {"г", "Г"}, {"ғ", "Ғ"}, {"д", "Д"}, {"е", "Е"}, {"ё", "Ё"}, {"ж", "Ж"}, {"з", "З"},
                               {"и", "И"}, {"й", "Й"}, {"к", "К"}, {"қ", "Қ"}, {"л", "Л"}, {"м", "М"}, {"н", "Н"}, {"ң", "Ң"}, {"о", "О"}, {"ө", "Ө"}, {"п", "П"},
                               {"р", "Р"}, {"с", "С"}, {"т", "Т"}, {"у", "У"}, {"ұ", "Ұ"}, {"ү", "Ү"}, {"ф", "Ф"}, {"х", "Х"}, {"һ", "Һ"}, {"ц", "Ц"}, {"ч", "Ч"},
                               {"ш", "Ш"}, {"щ", "Щ"}, {"ъ", "Ъ"}, {"ы", "Ы"}, {"і", "І"}, {"ь", "Ь"}, {"э", "Э"}, {"ю", "Ю"}, {"я", "Я"}};

bool gold_at(const UiRig& rig, const std::string& key) {
  const auto* widget = rig.registry.find(key);
  REQUIRE(widget != nullptr);
  bool gold = false;
  for (const auto& ground : rig.registry.grounds()) {
    if (ground.rect.contains(widget->rect.mid_x(), widget->rect.mid_y())) gold = ground.tone == ui::Tone::gold;
  }
  return gold;
}

const std::string& typed(SightSeeing& sight, Field field) { return sight.visit().app.journey().field(field).text; }

}  // namespace

TEST_CASE("the Kazakh keyboard types all 42 letters in both cases on its first layer, both ways up", "[kiosk][touch]") {
  static_assert(std::size(alphabet) == 42);
  UiRig rig;
  for (const bool portrait : {false, true}) {
    SightSeeing sight(rig, stage("details.2"), Answers::usual, {.portrait = portrait});
    sight.visit().feed(person::KeyPressed{Key::clear});
    sight.draw();
    std::string wanted;
    for (const auto& letter : alphabet) {
      sight.tap(std::string("kb.") + letter.small);
      wanted += wanted.empty() ? letter.capital : letter.small;  // the first letter of a name is a capital by itself
    }
    CHECK(typed(sight, Field::representative) == wanted);
    sight.visit().feed(person::KeyPressed{Key::clear});
    sight.tap("kb.shift");
    sight.tap("kb.shift");  // twice: locked
    wanted.clear();
    for (const auto& letter : alphabet) {
      sight.tap(std::string("kb.") + letter.small);
      wanted += letter.capital;
    }
    CHECK(typed(sight, Field::representative) == wanted);
  }
}

TEST_CASE("a key acts on touch-down and is gold in the next frame, for eighty milliseconds", "[kiosk][touch]") {
  UiRig rig;
  SightSeeing sight(rig, stage("details.2"), Answers::usual, landscape);
  sight.draw();
  const auto before = typed(sight, Field::representative);
  float x = 0, y = 0;
  rig.middle_of("kb.ә", x, y);
  rig.down(x, y);
  sight.draw();
  CHECK(typed(sight, Field::representative) == before + "ә");
  CHECK(gold_at(rig, "kb.ә"));
  rig.up(x, y);
  sight.settle();
  CHECK(typed(sight, Field::representative) == before + "ә");  // once
  CHECK(gold_at(rig, "kb.ә"));
  sight.visit().wait(100ms);
  sight.draw();
  CHECK_FALSE(gold_at(rig, "kb.ә"));
}

TEST_CASE("backspace held deletes once, then again after half a second and eight times a second", "[kiosk][touch]") {
  UiRig rig;
  SightSeeing sight(rig, stage("details.2"), Answers::usual, landscape);
  sight.visit().feed(person::KeyPressed{Key::clear});
  sight.visit().type("абвгдежзик");
  sight.draw();
  float x = 0, y = 0;
  rig.middle_of("kb.backspace", x, y);
  rig.down(x, y);
  sight.draw();
  CHECK(typed(sight, Field::representative) == "абвгдежзи");
  sight.visit().wait(400ms);
  sight.draw();
  CHECK(typed(sight, Field::representative) == "абвгдежзи");
  sight.visit().wait(101ms);
  sight.draw();
  CHECK(typed(sight, Field::representative) == "абвгдежз");
  for (int i = 0; i < 8; ++i) {
    sight.visit().wait(125ms);
    sight.draw();
  }
  CHECK(typed(sight, Field::representative).empty());
  rig.up(x, y);
  sight.settle();
}

TEST_CASE("a button acts when the finger lifts inside it; sliding off does nothing", "[kiosk][touch]") {
  UiRig rig;
  SightSeeing sight(rig, stage("kind.issue"), Answers::usual, landscape);
  sight.draw();
  float x = 0, y = 0;
  rig.middle_of("kind.go", x, y);
  rig.down(x, y);
  sight.draw();
  CHECK(sight.visit().is_at<KindScreen>());  // not on touch-down
  rig.move(x, y - 300);
  rig.up(x, y - 300);
  sight.settle();
  CHECK(sight.visit().is_at<KindScreen>());
  rig.down(x, y);
  rig.move(x, y - 300);
  rig.move(x + 3, y + 2);  // back on it again
  rig.up(x + 3, y + 2);
  sight.settle();
  CHECK(sight.visit().is_at<IdentifyScreen>());
}

TEST_CASE("sliding from one button to another presses neither", "[kiosk][touch]") {
  UiRig rig;
  SightSeeing sight(rig, stage("start"), Answers::usual, landscape);
  sight.draw();
  float x = 0, y = 0, to_x = 0, to_y = 0;
  rig.middle_of("start.apply", x, y);
  rig.middle_of("start.staff", to_x, to_y);
  rig.down(x, y);
  rig.move(to_x, to_y);
  rig.up(to_x, to_y);
  sight.settle();
  CHECK(sight.visit().is_at<StartScreen>());
}

TEST_CASE("a double tap on the primary files once", "[kiosk][touch]") {
  UiRig rig;
  SightSeeing sight(rig, stage("sign.inked"), Answers::usual, landscape);
  sight.draw();
  float x = 0, y = 0;
  rig.middle_of("sign.go", x, y);
  for (int i = 0; i < 4; ++i) {
    rig.down(x, y);
    rig.up(x + 2, y + 1);
  }
  sight.settle();
  CHECK(count<effect::FileApplication>(sight.effects()) == 1);
  CHECK(sight.visit().at<SignScreen>().stage == SignScreen::Stage::filing);
}

namespace {

// Two taps at one place, the second before the eye has seen what the first one did.
void tap_twice(UiRig& rig, SightSeeing& sight, const std::string& key) {
  float x = 0, y = 0;
  rig.middle_of(key, x, y);
  for (int i = 0; i < 2; ++i) {
    rig.down(x, y);
    rig.up(x + 2, y + 1);
  }
  sight.settle();
}

}  // namespace

TEST_CASE("a double tap on Continue leads one screen on, not two", "[kiosk][touch]") {
  UiRig rig;
  SightSeeing sight(rig, stage("docs"), Answers::usual, landscape);
  sight.draw();
  tap_twice(rig, sight, "docs.go");
  CHECK(sight.visit().is_at<FeeScreen>());
  sight.tap("fee.go");  // a tap of its own, after a look
  CHECK(sight.visit().is_at<CheckScreen>());
}

TEST_CASE("a double tap on the keyboard's last key asks one question on and shows no error of the next", "[kiosk][touch]") {
  UiRig rig;
  SightSeeing sight(rig, stage("details.1"), Answers::usual, landscape);
  sight.visit().feed(person::FieldTapped{Field::address});
  sight.draw();
  tap_twice(rig, sight, "kb.next");
  CHECK(sight.visit().at<DetailsScreen>().question == 2);
  CHECK(sight.visit().at<DetailsScreen>().focus == Field::representative);
}

TEST_CASE("a finger that came down before the screen changed presses nothing on the new one", "[kiosk][touch]") {
  UiRig rig;
  SightSeeing sight(rig, stage("docs"), Answers::usual, landscape);
  sight.draw();
  float x = 0, y = 0;
  rig.middle_of("docs.go", x, y);
  rig.down(x, y);
  sight.draw();
  sight.visit().feed(person::PrimaryPressed{});  // Enter on a real keyboard meanwhile
  sight.visit().wait(2s);                        // a slow finger lifts long after
  sight.draw();
  rig.up(x, y);
  sight.settle();
  CHECK(sight.visit().is_at<FeeScreen>());
}

TEST_CASE("for 400 ms after a screen came up a touch presses nothing, from then on it does", "[kiosk][touch]") {
  for (const auto& [after, pressed] : {std::pair{399ms, false}, std::pair{400ms, true}}) {
    UiRig rig;
    SightSeeing sight(rig, stage("docs"), Answers::usual, landscape);
    sight.draw();
    sight.tap("docs.go");
    REQUIRE(sight.visit().is_at<FeeScreen>());
    sight.visit().steady += after;
    sight.draw();
    tap_twice(rig, sight, "fee.go");
    CHECK(sight.visit().is_at<CheckScreen>() == pressed);
  }
}

TEST_CASE("letters and digits typed as a screen comes up are not lost", "[kiosk][touch]") {
  UiRig rig;
  SightSeeing sight(rig, stage("details.1"), Answers::usual, landscape);
  sight.visit().feed(person::FieldTapped{Field::address});
  sight.draw();
  tap_twice(rig, sight, "kb.next");
  REQUIRE(sight.visit().at<DetailsScreen>().question == 2);
  float x = 0, y = 0;
  rig.middle_of("kb.ә", x, y);
  rig.down(x, y);
  rig.up(x, y);
  sight.settle();
  CHECK(typed(sight, Field::representative) == "Ә");
}

TEST_CASE("after a power cut the language, the text size and the contrast can be chosen at once", "[kiosk][touch]") {
  for (const bool portrait : {false, true}) {
    UiRig rig;
    SightSeeing sight(rig, stage("power"), Answers::usual, {.portrait = portrait});
    sight.draw();
    sight.tap("lang.ru");
    CHECK(rig.registry.shows(rig.texts.say(core::Language::ru, "power")));
    sight.tap("acc.text");
    sight.tap("acc.contrast");
    CHECK(sight.visit().app.session().text == TextSize::large);
    CHECK(sight.visit().app.session().contrast);
    sight.tap("power.pin");
    CHECK(sight.visit().is_at<IdentifyScreen>());
    CHECK(sight.visit().app.session().language == core::Language::ru);
  }
}

TEST_CASE("a double tap on finish does not begin the next visit", "[kiosk][touch]") {
  UiRig rig;
  SightSeeing sight(rig, stage("docs"), Answers::usual, landscape);
  sight.draw();
  sight.tap("finish");
  REQUIRE(sight.visit().is_at<WipedScreen>());
  const auto begin = rig.registry.widgets().front();
  rig.down(begin.rect.mid_x(), begin.rect.mid_y());
  rig.up(begin.rect.mid_x(), begin.rect.mid_y());
  sight.settle();
  CHECK(sight.visit().is_at<WipedScreen>());
  sight.visit().steady += calm_after_change;
  sight.draw();
  rig.down(begin.rect.mid_x(), begin.rect.mid_y());
  rig.up(begin.rect.mid_x(), begin.rect.mid_y());
  sight.settle();
  CHECK(sight.visit().is_at<StartScreen>());
}

TEST_CASE("a disabled primary names its reason beside it, and says it again when tapped", "[kiosk][touch]") {
  UiRig rig;
  int disabled = 0;
  for (const auto& one : applicant_stages()) {
    SightSeeing sight(rig, one, Answers::usual, landscape);
    sight.draw();
    for (const auto& widget : rig.registry.widgets()) {
      if (!widget.key.ends_with(".go") || widget.enabled) continue;
      ++disabled;
      INFO(one.name << ": " << widget.key);
      const auto* why = rig.registry.find(widget.key.substr(0, widget.key.size() - 3) + ".why");
      REQUIRE(why != nullptr);
      CHECK(why->text.size() > 5);
      CHECK(rig.registry.shows(why->text));
      break;
    }
  }
  CHECK(disabled >= 10);
  SightSeeing sight(rig, stage("kind"), Answers::usual, landscape);
  sight.draw();
  sight.tap("kind.go");
  CHECK(sight.visit().is_at<KindScreen>());
  CHECK(sight.visit().at<KindScreen>().reason_asked);
  CHECK(rig.registry.shows(rig.texts.say(core::Language::kk, "kind.choose")));
}

TEST_CASE("missing documents and an unpaid fee never disable Continue", "[kiosk][touch]") {
  UiRig rig;
  for (const char* name : {"docs", "docs.some", "docs.all", "docs.refused.row", "docs.unsaved", "fee", "fee.later", "fee.proof", "check.missing"}) {
    SightSeeing sight(rig, stage(name), Answers::usual, landscape);
    sight.draw();
    const auto screen = std::string(name).substr(0, std::string(name).find('.'));
    INFO(name);
    const auto* go = rig.registry.find(screen + ".go");
    REQUIRE(go != nullptr);
    CHECK(go->enabled);
  }
  SightSeeing sight(rig, stage("docs"), Answers::usual, landscape);
  sight.draw();
  CHECK(rig.registry.find("docs.go")->text == rig.texts.say(core::Language::kk, "docs.without", {{"n", "4"}}));
}

TEST_CASE("the seven steps stand on the rail from the first to the last", "[kiosk][touch]") {
  UiRig rig;
  std::set<int> steps_seen;
  for (const auto& one : applicant_stages()) {
    SightSeeing sight(rig, one, Answers::usual, landscape);
    sight.draw();
    const int step = sight.visit().app.step();
    if (step == 0 || sight.visit().app.asking_away()) continue;
    steps_seen.insert(step);
    INFO(one.name);
    for (int i = 1; i <= 7; ++i) CHECK(rig.registry.shows(rig.texts.say(core::Language::kk, "step." + std::to_string(i))));
    for (int i = 1; i <= 7; ++i) {
      const bool can_be_tapped = rig.registry.find("step." + std::to_string(i)) != nullptr;
      const bool filed = step == 7 || one.name == "sign.filing" || one.name == "sign.checking";
      CHECK(can_be_tapped == (i < step && !filed));
    }
  }
  CHECK(steps_seen == std::set<int>{1, 2, 3, 4, 5, 6, 7});
}

TEST_CASE("the time-out hides everything of the visitor and any touch goes on", "[kiosk][touch]") {
  UiRig rig;
  SightSeeing sight(rig, stage("away.draft"), Answers::usual, landscape);
  sight.draw();
  for (const auto& widget : rig.registry.widgets()) CHECK(widget.key.starts_with("away"));
  for (const auto& text : rig.registry.texts()) {
    CHECK(text.text.find("Дала") == std::string::npos);
    CHECK(text.text.find("0407") == std::string::npos);
  }
  REQUIRE(sight.visit().app.asking_away());
  rig.down(100, 900);  // beside the dialog
  rig.up(100, 900);
  sight.settle();
  CHECK_FALSE(sight.visit().app.asking_away());
  CHECK(sight.visit().is_at<DetailsScreen>());
}

TEST_CASE("a finger that comes down as the time-out appears presses nothing below it", "[kiosk][touch]") {
  UiRig rig;
  SightSeeing sight(rig, stage("details.1"), Answers::usual, landscape);
  sight.draw();
  float x = 0, y = 0;
  rig.middle_of("details.back", x, y);
  rig.down(x, y);
  sight.draw();
  sight.visit().wait(3min);
  sight.draw();
  rig.up(x, y);
  sight.settle();
  CHECK(sight.visit().is_at<DetailsScreen>());
  CHECK_FALSE(sight.visit().app.asking_away());
}

TEST_CASE("the error summary counts rightly, its buttons lead to their fields and say the same words", "[kiosk][touch]") {
  UiRig rig;
  for (const auto language : core::languages) {
    SightSeeing sight(rig, stage("details.3.errors"), Answers::usual, {.language = language});
    sight.draw();
    CHECK(rig.registry.shows(rig.texts.say(language, "err.n", {{"n", "2"}})));
    REQUIRE(rig.registry.find("details.error.0") != nullptr);
    REQUIRE(rig.registry.find("details.error.1") != nullptr);
    CHECK(rig.registry.find("details.error.2") == nullptr);
    for (const char* key : {"details.error.0", "details.error.1"}) {
      const auto words = rig.registry.find(key)->text;
      int times = 0;
      for (const auto& text : rig.registry.texts()) times += text.text == words ? 1 : 0;
      CHECK(times == 2);  // in the summary and at the field
    }
    CHECK(sight.visit().at<DetailsScreen>().focus == Field::phone);  // the first
    sight.tap("details.error.1");
    CHECK(sight.visit().at<DetailsScreen>().focus == Field::authority_until);
    sight.tap("details.error.0");
    CHECK(sight.visit().at<DetailsScreen>().focus == Field::phone);
  }
}

TEST_CASE("a signature drawn with a finger reaches the model as strokes, and undo removes exactly one", "[kiosk][touch]") {
  UiRig rig;
  SightSeeing sight(rig, stage("sign"), Answers::usual, landscape);
  sight.draw();
  const auto pad = rig.registry.find("sign.pad")->rect;
  const auto stroke = [&](float y) {
    rig.down(pad.x + 200, y);
    for (int i = 1; i <= 60; ++i) rig.move(pad.x + 200 + static_cast<float>(i) * 6, y + static_cast<float>(i % 7) * 9);
    rig.up(pad.x + 560, y);
    sight.settle();
  };
  stroke(pad.y + 150);
  stroke(pad.y + 250);
  CHECK(sight.visit().at<SignScreen>().strokes.size() == 2);
  CHECK(rig.registry.find("sign.go")->enabled);
  sight.tap("sign.undo");
  CHECK(sight.visit().at<SignScreen>().strokes.size() == 1);
  sight.tap("sign.erase");
  CHECK(sight.visit().at<SignScreen>().strokes.empty());
  CHECK_FALSE(rig.registry.find("sign.go")->enabled);
}
