// OpenGL 3.3 through ImGui's backend; framebuffer and textures by hand. See gl_view.h.
#include "kiosk/ui/gl_view.h"

#define GL_GLEXT_PROTOTYPES
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GL/gl.h>
#include <GL/glext.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>

namespace qabyl::kiosk::ui {
namespace {

constexpr const char* shader_version = "#version 330";
constexpr int picture_side_max = 8192;  // pixels

core::Error unsupported(const char* what) { return {core::ErrorCode::unsupported, what}; }

}  // namespace

core::Result<std::unique_ptr<OffscreenContext>> OffscreenContext::make() {
  std::unique_ptr<OffscreenContext> made(new OffscreenContext);
  made->display_ = eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
  if (made->display_ == EGL_NO_DISPLAY || !eglInitialize(made->display_, nullptr, nullptr)) {
    made->display_ = nullptr;
    return unsupported("no surfaceless EGL");
  }
  if (!eglBindAPI(EGL_OPENGL_API)) return unsupported("EGL without OpenGL");
  const EGLint config_wanted[] = {EGL_SURFACE_TYPE, 0, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_NONE};
  EGLConfig config = nullptr;
  EGLint count = 0;
  if (!eglChooseConfig(made->display_, config_wanted, &config, 1, &count) || count < 1) return unsupported("no EGL config");
  const EGLint context_wanted[] = {EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 3, EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                   EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
  made->context_ = eglCreateContext(made->display_, config, EGL_NO_CONTEXT, context_wanted);
  if (made->context_ == EGL_NO_CONTEXT) return unsupported("no OpenGL 3.3");
  if (!eglMakeCurrent(made->display_, EGL_NO_SURFACE, EGL_NO_SURFACE, made->context_)) return unsupported("surfaceless context");
  return made;
}

OffscreenContext::~OffscreenContext() {
  if (display_ == nullptr) return;
  eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
  if (context_ != nullptr) eglDestroyContext(display_, context_);
  eglTerminate(display_);
}

core::Result<std::unique_ptr<GlView>> GlView::make(bool own_frame) {
  std::unique_ptr<GlView> made(new GlView(own_frame));
  if (!ImGui_ImplOpenGL3_Init(shader_version)) return unsupported("OpenGL 3.3");
  return made;
}

GlView::~GlView() {
  for (const unsigned texture : textures_) glDeleteTextures(1, &texture);
  if (frame_ != 0) glDeleteFramebuffers(1, &frame_);
  if (colour_ != 0) glDeleteRenderbuffers(1, &colour_);
  ImGui_ImplOpenGL3_Shutdown();
}

void GlView::fonts_changed() {
  if (objects_) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  } else {
    ImGui_ImplOpenGL3_CreateDeviceObjects();  // the font texture with them
    objects_ = true;
  }
  ImGui::GetIO().Fonts->ClearTexData();  // the card has it; 16 MB less here
}

void GlView::begin() { ImGui_ImplOpenGL3_NewFrame(); }

bool GlView::ready_frame(int width, int height) {
  if (frame_ != 0 && width == width_ && height == height_) return true;
  if (frame_ == 0) {
    glGenFramebuffers(1, &frame_);
    glGenRenderbuffers(1, &colour_);
  }
  glBindRenderbuffer(GL_RENDERBUFFER, colour_);
  glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width, height);
  glBindFramebuffer(GL_FRAMEBUFFER, frame_);
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colour_);
  return glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
}

void GlView::draw(int width, int height) {
  if (own_frame_) {
    const bool ready = ready_frame(width, height);
    QABYL_CHECK(ready);  // a plain RGBA8 renderbuffer is always complete in OpenGL 3.3
    glBindFramebuffer(GL_FRAMEBUFFER, frame_);
  }
  width_ = width;
  height_ = height;
  glViewport(0, 0, width, height);
  glClearColor(0, 0, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

core::Bytes GlView::read_pixels() {
  const auto row = static_cast<std::size_t>(width_) * 4;
  core::Bytes pixels(row * static_cast<std::size_t>(height_));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
  for (std::size_t top = 0, bottom = static_cast<std::size_t>(height_); top + 1 < bottom; ++top) {
    --bottom;  // OpenGL's first row is the lowest
    std::swap_ranges(pixels.begin() + static_cast<std::ptrdiff_t>(top * row),
                     pixels.begin() + static_cast<std::ptrdiff_t>((top + 1) * row),
                     pixels.begin() + static_cast<std::ptrdiff_t>(bottom * row));
  }
  return pixels;
}

std::uintptr_t GlView::upload(int width, int height, core::ByteView rgba) {
  if (width <= 0 || height <= 0 || width > picture_side_max || height > picture_side_max) return 0;
  if (rgba.size() != static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4) return 0;
  unsigned texture = 0;
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, rgba.data());
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glGenerateMipmap(GL_TEXTURE_2D);
  glBindTexture(GL_TEXTURE_2D, 0);
  if (glGetError() != GL_NO_ERROR) {
    glDeleteTextures(1, &texture);
    return 0;
  }
  textures_.push_back(texture);
  return texture;
}

void GlView::remove(std::uintptr_t texture) {
  const auto name = static_cast<unsigned>(texture);
  const auto at = std::find(textures_.begin(), textures_.end(), name);
  if (at == textures_.end()) return;
  textures_.erase(at);
  glDeleteTextures(1, &name);
}

}  // namespace qabyl::kiosk::ui
