// A screen without a window, for tests: one ImGui context, fonts, texts, queue, registry, and passes as
// the shell makes them. With pictures when EGL is there. For tests only.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "kiosk/ui/canvas.h"
#include "kiosk/ui/gl_view.h"

struct ImGuiContext;

namespace qabyl::kiosk::test {

class UiRig {
 public:
  using Draw = std::function<void(ui::Canvas&)>;

  explicit UiRig(bool pictures = false);
  ~UiRig();
  UiRig(const UiRig&) = delete;
  UiRig& operator=(const UiRig&) = delete;

  bool has_pictures() const { return gl_ != nullptr; }
  // One pass: a transition of the queue, if one waits, then a frame.
  void pass(const Draw& draw);
  // The same for a drawer that opens and ends the canvas itself (draw_app).
  void frame(const std::function<void()>& draw);
  // Passes until the queue is empty, and one more.
  void settle(const Draw& draw);
  // Finger at the middle of a widget that the last pass drew; fails the test if it is not there.
  void tap(const std::string& key, const Draw& draw);
  void down(float x, float y) { put(ui::PointerDown{x, y}); }
  void move(float x, float y) { put(ui::PointerMove{x, y}); }
  void up(float x, float y) { put(ui::PointerUp{x, y}); }
  void key(ui::PadKey which) { put(ui::KeyTap{which}); }
  void middle_of(const std::string& key, float& x, float& y) const;
  // Writes the last frame as <folder>/<name>.png.
  void save(const std::string& folder, const std::string& name);

  ui::View view;
  ui::InputQueue queue;
  ui::WidgetRegistry registry;
  core::Texts texts;
  ui::Canvas& canvas() { return *canvas_; }
  ui::Fonts& fonts() { return *fonts_; }
  std::uintptr_t upload(int width, int height, const core::Bytes& rgba) { return gl_->upload(width, height, rgba); }
  int vertices() const { return vertices_; }
  double build_ms() const { return build_ms_; }  // CPU of the last frame's building

 private:
  void put(decltype(ui::Transition::what) what) { queue.put({std::move(what), view.now_ms}); }

  std::unique_ptr<ui::OffscreenContext> context_;
  ImGuiContext* imgui_;
  std::unique_ptr<ui::GlView> gl_;
  std::unique_ptr<ui::Fonts> fonts_;
  std::unique_ptr<ui::Canvas> canvas_;
  int vertices_ = 0;
  double build_ms_ = 0;
};

// Where pictures go: QABYL_PICTURES names a folder; empty: none are drawn.
std::string pictures_folder();

}  // namespace qabyl::kiosk::test
