// The loop. See shell.h.
//
// One pass = one transition of the input queue fed to ImGui, one drawing of the whole screen into its
// lists, at most one event out. Only the last pass of a burst is rendered and shown, and only if its
// picture is another than the one that is on the screen.
#include "kiosk/shell/shell.h"

#include <imgui.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "core/preview/picture_file.h"
#include "core/sys/clock.h"
#include "core/sys/files.h"
#include "core/sys/stack.h"
#include "kiosk/screens/app.h"
#include "kiosk/screens/draw.h"
#include "kiosk/shell/frame_log.h"
#include "kiosk/shell/script.h"
#include "kiosk/shell/waiting_room.h"
#include "kiosk/shell/window.h"
#include "kiosk/ui/canvas.h"
#include "kiosk/ui/gl_view.h"
#include "kiosk/ui/picture_memory.h"

namespace qabyl::kiosk {
namespace {

constexpr int offscreen_width = 1920, offscreen_height = 1080;
constexpr core::Millis longest_wait{60'000};
constexpr int passes_max = 4096;  // of one burst

// A signal interrupts the wait of this thread, with and without a window. One that comes just before the
// wait begins would be slept over: the alarm interrupts it once more.
volatile std::sig_atomic_t asked_to_end = 0;
extern "C" void on_signal(int) {
  asked_to_end = 1;
  alarm(1);
}

class Shell {
 public:
  Shell(const Options& options, Kiosk& kiosk, core::Clock& clock) : options_(options), kiosk_(kiosk), clock_(clock) {}
  core::Status open();
  int run();

 private:
  Now now() {
    const auto reading = clock_.read();
    return {reading.wall, reading.steady};
  }
  core::Status open_surface();
  void open_script_hands();
  void measure_window();
  void wait();
  bool take_news();
  void tick();
  void give(const Input& input);
  void type(const std::string& text);
  bool pass(bool show);
  void turn();
  void draw_burst();
  void leave_nothing();
  void render(std::int64_t pass_began_us);
  core::Status take_shot(const std::string& name);
  void write_widgets();
  bool ending() const;

  const Options& options_;
  Kiosk& kiosk_;
  core::Clock& clock_;
  ui::InputQueue input_;
  ui::WidgetRegistry registry_;
  std::optional<SetUp> set_up_;
  std::unique_ptr<App> app_;
  std::optional<ui::Fonts> fonts_;
  std::optional<ui::Canvas> canvas_;
  std::unique_ptr<Window> window_;
  std::unique_ptr<ui::OffscreenContext> offscreen_;
  std::unique_ptr<ui::GlView> gl_;
  std::optional<PageCache> pages_;
  DrawState draw_state_;
  std::optional<Script> script_;
  ScriptHands hands_;
  int width_ = offscreen_width, height_ = offscreen_height;
  ui::PictureMemory on_screen_;
  FrameLog frames_;
  bool dirty_ = true, session_ended_ = false;
};

core::Status Shell::open() {
  set_up_.emplace(kiosk_.set_up());
  app_ = std::make_unique<App>(*set_up_, now());
  ImGui::CreateContext();
  auto& io = ImGui::GetIO();
  io.IniFilename = nullptr;   // nothing of a person is ever written by ImGui
  io.LogFilename = nullptr;
  io.ConfigFlags = 0;
  io.MouseDoubleClickTime = 0;
  QABYL_TRY_DO(open_surface());
  QABYL_TRY(fonts, ui::Fonts::find());
  fonts_.emplace(std::move(fonts));
  canvas_.emplace(*fonts_, kiosk_.rules().texts, registry_, input_);
  pages_.emplace(PageCache::Doors{[this](PageWant want) { kiosk_.want_page(want); },
                                  [this](int w, int h, core::ByteView rgba) { return gl_->upload(w, h, rgba); },
                                  [this](std::uintptr_t texture) { gl_->remove(texture); }});
  if (!options_.frames.empty()) QABYL_TRY_DO(frames_.open(options_.frames));
  if (!options_.script.empty()) {
    constexpr std::size_t script_bytes_max = 16 * 1024 * 1024;
    QABYL_TRY(text, core::sys::read_file(options_.script, script_bytes_max));
    QABYL_TRY(script, Script::parse(std::string(core::as_text(text))));
    script_.emplace(std::move(script));
    open_script_hands();
  }
  return core::Done{};
}

core::Status Shell::open_surface() {
  if (options_.width > 0) {
    width_ = options_.width;
    height_ = options_.height;
  }
  if (!options_.offscreen) {
    const auto steady_ms = [this] { return clock_.read().steady.count(); };
    QABYL_TRY(window, Window::open({options_.windowed, options_.width, options_.height}, input_, steady_ms));
    window_ = std::move(window);
    measure_window();
  }
  if (options_.offscreen) {
    QABYL_TRY(context, ui::OffscreenContext::make());
    offscreen_ = std::move(context);
  }
  QABYL_TRY(gl, ui::GlView::make(options_.offscreen));
  gl_ = std::move(gl);
  return core::Done{};
}

void Shell::measure_window() {
  int width = 0, height = 0;
  window_->size(width, height);
  if (width > 0 && height > 0 && (width != width_ || height != height_)) {
    width_ = width;
    height_ = height;
    dirty_ = true;
  }
}

void Shell::open_script_hands() {
  const auto steady = [this] { return clock_.read().steady.count(); };
  hands_.find = [this](const std::string& key) -> std::optional<SeenWidget> {
    const auto* widget = registry_.find(key);
    if (widget == nullptr) return std::nullopt;
    const auto& r = widget->rect;
    return SeenWidget{r.x, r.y, r.w, r.h, widget->text, widget->value, widget->enabled};
  };
  hands_.key_of_text = [this](const std::string& text) -> std::optional<std::string> {
    if (const auto* widget = registry_.find_text(text)) return widget->key;
    return registry_.shows(text) ? std::optional<std::string>("") : std::nullopt;
  };
  hands_.key_in_row = [this](const std::string& text, const std::string& prefix) -> std::optional<std::string> {
    const auto* widget = registry_.find_in_row(text, prefix);
    return widget != nullptr ? std::optional(widget->key) : std::nullopt;
  };
  // A script looks before it taps, as a person does: its touch counts as begun when the calm is over.
  hands_.press = [this, steady](float x, float y) { input_.put({ui::PointerDown{x, y}, std::max(steady(), draw_state_.calm_until.count())}); };
  hands_.move = [this, steady](float x, float y) { input_.put({ui::PointerMove{x, y}, steady()}); };
  hands_.lift = [this, steady](float x, float y) { input_.put({ui::PointerUp{x, y}, steady()}); };
  hands_.type = [this, steady](const std::string& text) { input_.put({ui::TextIn{text}, steady()}); };
  hands_.key = [this, steady](const std::string& name) {
    const std::pair<const char*, ui::PadKey> keys[] = {{"tab", ui::PadKey::tab}, {"shift_tab", ui::PadKey::shift_tab},
        {"enter", ui::PadKey::enter}, {"escape", ui::PadKey::escape}, {"backspace", ui::PadKey::backspace}};
    for (const auto& [known, key] : keys) {
      if (name == known) input_.put({ui::KeyTap{key}, std::max(steady(), draw_state_.calm_until.count())});
    }
  };
  hands_.shot = [this](const std::string& name) { return take_shot(name); };
  hands_.idle = [this] { return input_.empty() && !dirty_; };
  hands_.calm = [this, steady] { return steady() >= draw_state_.calm_until.count(); };
}

int Shell::run() {
  std::signal(SIGTERM, on_signal);
  std::signal(SIGINT, on_signal);
  std::signal(SIGALRM, on_signal);
  while (!ending()) {
    turn();
    if (std::exchange(session_ended_, false)) leave_nothing();
    if (script_) script_->step(hands_, clock_.read().steady);
    if (!ending()) wait();  // a script that has just ended wakes nobody any more
  }
  if (script_ && script_->failed()) {
    std::fprintf(stderr, "script: %s\n", script_->failure().c_str());
    (void)take_shot("failed");
    return 1;
  }
  return 0;
}

// Not part of run(): what it leaves on the stack lies below what leave_nothing() is called from.
__attribute__((noinline)) void Shell::turn() {
  if (take_news()) dirty_ = true;
  tick();
  const bool pixels_lost = window_ && window_->exposed();
  if (pixels_lost) measure_window();
  if (pages_->upload_one() || pixels_lost) {
    on_screen_.forget();
    dirty_ = true;
  }
  if (dirty_ || !input_.empty()) draw_burst();
}

bool Shell::ending() const { return asked_to_end != 0 || (window_ && window_->closing()) || (script_ && script_->finished()); }

void Shell::wait() {
  core::Millis at_most = longest_wait;
  const auto steady = clock_.read().steady;
  if (dirty_ || !input_.empty() || pages_->waiting()) at_most = core::Millis{0};
  at_most = std::min(at_most, app_->next_due() - steady);
  if (const auto due = draw_state_.next_due(steady)) at_most = std::min(at_most, *due - steady);
  if (script_ && script_->next_due()) at_most = std::min(at_most, *script_->next_due());
  at_most = std::max(at_most, core::Millis{0});
  if (window_) {
    window_->wait(at_most);
  } else {
    waiting_room().wait(at_most);
  }
}

bool Shell::take_news() {
  bool any = false;
  for (auto& reply : kiosk_.take_replies()) {
    give(Input{std::move(reply)});
    any = true;
  }
  for (auto& made : kiosk_.take_pages()) pages_->take(std::move(made));
  return any;
}

// Time by itself changes the screen only where the App or the drawing says so.
void Shell::tick() {
  const auto steady = clock_.read().steady;
  if (steady >= app_->next_due()) {
    give(Input{Tick{}});
    dirty_ = true;
  }
  if (const auto due = draw_state_.next_due(steady); due && steady >= *due) dirty_ = true;
}

void Shell::give(const Input& input) {
  for (auto& effect : app_->update(input, now())) {
    if (std::holds_alternative<effect::WipeScreen>(effect)) {
      pages_->wipe();
      input_.forget();
      session_ended_ = true;
    }
    kiosk_.carry_out(std::move(effect));
  }
}

// The models have overwritten what they knew of. What they and ImGui have used and do not use any more is in no list:
// the App moves house, the drawing's memory is given back (kiosk/wiping_heap.cpp), and the stack is cleared (I13).
void Shell::leave_nothing() {
  app_ = std::make_unique<App>(std::move(*app_));
  canvas_->forget();
  on_screen_.forget();
  core::sys::wipe_stack_below();
  dirty_ = true;
}

void Shell::draw_burst() {
  dirty_ = false;
  bool last = false;
  for (int i = 0; i < passes_max && !last; ++i) {
    const bool fed = input_.feed();
    last = !fed || input_.empty();
    if (pass(last)) {
      dirty_ = true;  // the event changed the App: one more drawing shows it
      last = last && input_.empty();
    }
  }
}

// True when the drawing caused an event.
bool Shell::pass(bool show) {
  auto& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(width_), static_cast<float>(height_)};
  io.DeltaTime = 1.0F / 60;  // no animation of ImGui's own depends on it
  const auto& session = app_->session();
  const float along = static_cast<float>(std::max(width_, height_)), across = static_cast<float>(std::min(width_, height_));
  const float scale = std::min(along / ui::size::panel_long, across / ui::size::panel_short);
  if (fonts_->build(percent(session.text), scale)) {
    gl_->fonts_changed();
    on_screen_.forget();
  }
  const auto began_us = core::sys::steady_us();
  gl_->begin();
  ImGui::NewFrame();
  auto caused = draw_app(*app_, *canvas_, *pages_, draw_state_, io.DisplaySize.x, io.DisplaySize.y);
  if (show && !caused) render(began_us);
  else ImGui::EndFrame();
  if (caused) give(*caused);
  return caused.has_value();
}

void Shell::render(std::int64_t pass_began_us) {
  ImGui::Render();
  const auto& picture = *ImGui::GetDrawData();
  const auto built_us = core::sys::steady_us();
  if (!on_screen_.same_as_last(picture)) {
    if (window_) window_->make_current();
    gl_->draw(width_, height_);
    if (window_) window_->show();
    const auto shown_us = core::sys::steady_us();
    frames_.shown({built_us - pass_began_us, shown_us - built_us, picture.TotalVtxCount}, shown_us, registry_.screen());
  }
  if (!options_.widgets.empty()) write_widgets();
}

core::Status Shell::take_shot(const std::string& name) {
  if (options_.shots.empty()) return core::Done{};
  QABYL_TRY_DO(core::sys::make_directories(options_.shots));
  const auto rgba = gl_->read_pixels();
  return preview::write_png(options_.shots + "/" + name + ".png", width_, height_, rgba);
}

void Shell::write_widgets() {
  const auto text = registry_.to_json();
  (void)core::sys::remove_file(options_.widgets + ".tmp");
  if (auto file = core::sys::create_private(options_.widgets + ".tmp")) {
    if (core::sys::write_all(*file, core::as_bytes(text))) (void)core::sys::rename_file(options_.widgets + ".tmp", options_.widgets);
  }
}

}  // namespace

int run_shell(const Options& options, Kiosk& kiosk, core::Clock& clock) {
  Shell shell(options, kiosk, clock);
  if (const auto opened = shell.open(); !opened) {
    std::fprintf(stderr, "qabyl-kiosk: %s\n", opened.error().detail.c_str());
    return 1;
  }
  return shell.run();
}

std::function<void()> shell_waker(const Options& options) {
  if (options.offscreen) return [] { waiting_room().wake(); };
  return [] { Window::wake(); };
}

}  // namespace qabyl::kiosk
