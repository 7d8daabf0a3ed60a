// GLFW. See window.h.
#include "kiosk/shell/window.h"

#define GLFW_INCLUDE_NONE
#define GLFW_EXPOSE_NATIVE_X11
#include <GLFW/glfw3.h>
#include <GLFW/glfw3native.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace qabyl::kiosk {
namespace {

// Of the one window of the process, as GLFW's own wake-up is; see wait().
const int wakes = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);

}  // namespace

struct Window::State {
  GLFWwindow* window = nullptr;
  ui::InputQueue* input = nullptr;
  std::function<std::int64_t()> steady_ms;
  bool windowed = false, exposed = true, down = false;
  double at_x = 0, at_y = 0;  // of the pointer as events told it, in their order: asking says where it is by now

  static State& of(GLFWwindow* window) { return *static_cast<State*>(glfwGetWindowUserPointer(window)); }
  void put(decltype(ui::Transition::what) what) { input->put({std::move(what), steady_ms()}); }

  // Cursor places are screen coordinates; the picture is framebuffer pixels.
  void scaled(double& x, double& y) const {
    int ww = 1, wh = 1, fw = 1, fh = 1;
    glfwGetWindowSize(window, &ww, &wh);
    glfwGetFramebufferSize(window, &fw, &fh);
    x *= static_cast<double>(fw) / ww;
    y *= static_cast<double>(fh) / wh;
  }

  static void on_button(GLFWwindow* window, int button, int action, int) {
    if (button != GLFW_MOUSE_BUTTON_LEFT) return;
    auto& state = of(window);
    double x = state.at_x, y = state.at_y;
    state.scaled(x, y);
    state.down = action == GLFW_PRESS;
    if (state.down) state.put(ui::PointerDown{static_cast<float>(x), static_cast<float>(y)});
    else state.put(ui::PointerUp{static_cast<float>(x), static_cast<float>(y)});
  }
  static void on_move(GLFWwindow* window, double x, double y) {
    auto& state = of(window);
    state.at_x = x;
    state.at_y = y;
    if (!state.down) return;  // a finger does not hover: moves without a touch wake nobody
    state.scaled(x, y);
    state.put(ui::PointerMove{static_cast<float>(x), static_cast<float>(y)});
  }
  static void on_key(GLFWwindow* window, int key, int, int action, int mods) {
    if (action == GLFW_RELEASE) return;
    auto& state = of(window);
    switch (key) {
      case GLFW_KEY_TAB: return state.put(ui::KeyTap{mods & GLFW_MOD_SHIFT ? ui::PadKey::shift_tab : ui::PadKey::tab});
      case GLFW_KEY_ENTER:
      case GLFW_KEY_KP_ENTER: return state.put(ui::KeyTap{ui::PadKey::enter});
      case GLFW_KEY_ESCAPE: return state.put(ui::KeyTap{ui::PadKey::escape});
      case GLFW_KEY_BACKSPACE: return state.put(ui::KeyTap{ui::PadKey::backspace});
      case GLFW_KEY_LEFT: return state.put(ui::KeyTap{ui::PadKey::left});
      case GLFW_KEY_RIGHT: return state.put(ui::KeyTap{ui::PadKey::right});
      default: return;
    }
  }
  static void on_char(GLFWwindow* window, unsigned int point) {
    std::string text;
    if (point < 0x80) {
      text = {static_cast<char>(point)};
    } else if (point < 0x800) {
      text = {static_cast<char>(0xC0 | (point >> 6)), static_cast<char>(0x80 | (point & 63))};
    } else if (point < 0x10000) {
      text = {static_cast<char>(0xE0 | (point >> 12)), static_cast<char>(0x80 | ((point >> 6) & 63)), static_cast<char>(0x80 | (point & 63))};
    }
    if (!text.empty()) of(window).put(ui::TextIn{std::move(text)});
  }
  static void on_refresh(GLFWwindow* window) { of(window).exposed = true; }
  static void on_size(GLFWwindow* window, int, int) { of(window).exposed = true; }
  static void on_close(GLFWwindow* window) {
    if (!of(window).windowed) glfwSetWindowShouldClose(window, GLFW_FALSE);
  }
  void listen() {
    glfwSetMouseButtonCallback(window, &State::on_button);
    glfwSetCursorPosCallback(window, &State::on_move);
    glfwSetKeyCallback(window, &State::on_key);
    glfwSetCharCallback(window, &State::on_char);
    glfwSetWindowRefreshCallback(window, &State::on_refresh);
    glfwSetFramebufferSizeCallback(window, &State::on_size);
    glfwSetWindowCloseCallback(window, &State::on_close);
  }
};

core::Result<std::unique_ptr<Window>> Window::open(const WindowOptions& options, ui::InputQueue& input,
                                                   std::function<std::int64_t()> steady_ms) {
  if (glfwInit() != GLFW_TRUE) return core::Error{core::ErrorCode::not_found, "no display"};
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  const GLFWvidmode* mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
  const int width = options.width > 0 ? options.width : mode != nullptr ? mode->width : 1920;
  const int height = options.height > 0 ? options.height : mode != nullptr ? mode->height : 1080;
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 2);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_DECORATED, options.windowed ? GLFW_TRUE : GLFW_FALSE);
  glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);
  auto window = std::unique_ptr<Window>(new Window);
  window->state_ = std::make_unique<State>();
  auto& state = *window->state_;
  state.input = &input;
  state.steady_ms = std::move(steady_ms);
  state.windowed = options.windowed;
  state.window = glfwCreateWindow(width, height, "Qabyl", options.windowed || options.width > 0 ? nullptr : monitor, nullptr);
  if (state.window == nullptr) {
    glfwTerminate();
    return core::Error{core::ErrorCode::unsupported, "no OpenGL 3 window"};
  }
  glfwSetWindowUserPointer(state.window, &state);
  glfwGetCursorPos(state.window, &state.at_x, &state.at_y);
  glfwMakeContextCurrent(state.window);
  glfwSwapInterval(0);  // frames are drawn when something changed, not by the beat
  if (!options.windowed) glfwSetInputMode(state.window, GLFW_CURSOR, GLFW_CURSOR_HIDDEN);
  state.listen();
  return window;
}

Window::~Window() {
  if (state_ && state_->window != nullptr) {
    glfwDestroyWindow(state_->window);
    glfwTerminate();
  }
}

// Our own poll: GLFW's wait goes on after a signal, and a kiosk that is asked to end would sleep on. What other threads
// post comes by a descriptor of our own: an empty event of GLFW's may lie in Xlib's queue already, where no poll sees it.
void Window::wait(std::chrono::milliseconds at_most) {
  Display* display = glfwGetX11Display();
  pollfd sources[] = {{ConnectionNumber(display), POLLIN, 0}, {wakes, POLLIN, 0}};
  if (at_most.count() > 0 && XPending(display) == 0) (void)::poll(sources, 2, static_cast<int>(at_most.count()));
  std::uint64_t posted = 0;
  (void)!::read(wakes, &posted, sizeof posted);
  glfwPollEvents();
}

void Window::wake() {
  const std::uint64_t one = 1;
  (void)!::write(wakes, &one, sizeof one);
}

void Window::size(int& width, int& height) const { glfwGetFramebufferSize(state_->window, &width, &height); }
void Window::show() { glfwSwapBuffers(state_->window); }
bool Window::exposed() { return std::exchange(state_->exposed, false); }
bool Window::closing() const { return glfwWindowShouldClose(state_->window) == GLFW_TRUE; }
void Window::make_current() { glfwMakeContextCurrent(state_->window); }

}  // namespace qabyl::kiosk
