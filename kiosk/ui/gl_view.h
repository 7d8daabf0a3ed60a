// Draws what ImGui collected with OpenGL 3, into the window of the current context or into a framebuffer
// of its own without any window (EGL surfaceless). Holds page textures. Knows no screen. UI thread only;
// the OpenGL context must be current.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"

namespace qabyl::kiosk::ui {

// An OpenGL context without a window or display, current on this thread while it lives.
class OffscreenContext {
 public:
  // unsupported: no EGL surfaceless platform or no OpenGL 3.3 here.
  static core::Result<std::unique_ptr<OffscreenContext>> make();
  ~OffscreenContext();
  OffscreenContext(const OffscreenContext&) = delete;
  OffscreenContext& operator=(const OffscreenContext&) = delete;

 private:
  OffscreenContext() = default;
  void* display_ = nullptr;
  void* context_ = nullptr;
};

class GlView {
 public:
  // Needs a current ImGui context. `own_frame`: draw into an own framebuffer (offscreen), else into the
  // window's. unsupported: the driver lacks OpenGL 3.3.
  static core::Result<std::unique_ptr<GlView>> make(bool own_frame);
  ~GlView();  // textures and programs go with it
  GlView(const GlView&) = delete;
  GlView& operator=(const GlView&) = delete;

  // After Fonts::build said that the atlas is another; before the first begin().
  void fonts_changed();
  // Before ImGui::NewFrame.
  void begin();
  // After ImGui::Render: draws into `width` x `height` pixels.
  void draw(int width, int height);
  // The frame as drawn last: RGBA, top row first.
  core::Bytes read_pixels();

  // A page as a texture with mipmaps, linear filter; 0 if the driver refuses. `rgba` has
  // width * height * 4 bytes. Deleting wipes nothing else: drop every handle first.
  std::uintptr_t upload(int width, int height, core::ByteView rgba);
  void remove(std::uintptr_t texture);
  std::size_t textures() const { return textures_.size(); }

 private:
  explicit GlView(bool own_frame) : own_frame_(own_frame) {}
  bool ready_frame(int width, int height);

  bool own_frame_, objects_ = false;
  unsigned frame_ = 0, colour_ = 0;
  int width_ = 0, height_ = 0;
  std::vector<unsigned> textures_;
};

}  // namespace qabyl::kiosk::ui
