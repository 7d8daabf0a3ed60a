// The kiosk's one window (GLFW, X11): full screen, no decoration, close requests ignored. Turns what
// the window system says into transitions of the input queue. GLFW stands only here. UI thread, but for
// wake().
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "core/result.h"
#include "kiosk/ui/input_queue.h"

namespace qabyl::kiosk {

struct WindowOptions {
  bool windowed = false;     // for people who try it: can be closed
  int width = 0, height = 0; // 0: the screen's own
};

class Window {
 public:
  // not_found: there is no display; unsupported: no OpenGL 3 on it.
  static core::Result<std::unique_ptr<Window>> open(const WindowOptions& options, ui::InputQueue& input,
                                                    std::function<std::int64_t()> steady_ms);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // Waits for an event, wake() or `at_most`; fills the queue.
  void wait(std::chrono::milliseconds at_most);
  static void wake();        // from any thread
  void size(int& width, int& height) const;
  void show();               // swaps what was drawn onto the screen
  bool exposed();            // the window system lost our pixels since the last call
  bool closing() const;      // only in a window
  void make_current();

 private:
  Window() = default;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace qabyl::kiosk
