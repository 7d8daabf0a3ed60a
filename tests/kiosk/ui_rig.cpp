// See ui_rig.h.
#include "tests/kiosk/ui_rig.h"

#include <imgui.h>
#include <sys/stat.h>

#include <chrono>
#include <cstdlib>

#include "core/preview/picture_file.h"
#include "tests/core/assets.h"
#include "tests/support/catch.h"

namespace qabyl::kiosk::test {

UiRig::UiRig(bool pictures) : texts(qabyl::test::texts()), imgui_(ImGui::CreateContext()) {
  auto& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.DeltaTime = 1.0F / 60;
  if (pictures) {
    if (auto made = ui::OffscreenContext::make()) context_ = *std::move(made);
    else WARN("no pictures: " << made.error().detail);
  }
  if (context_) gl_ = *ui::GlView::make(true);
  auto found = ui::Fonts::find();
  REQUIRE(found);
  fonts_ = std::make_unique<ui::Fonts>(*std::move(found));
  canvas_ = std::make_unique<ui::Canvas>(*fonts_, texts, registry, queue);
}

UiRig::~UiRig() {
  gl_.reset();
  ImGui::DestroyContext(imgui_);
}

void UiRig::pass(const Draw& draw) {
  frame([&] {
    canvas_->begin(view);
    draw(*canvas_);
    canvas_->end();
  });
}

void UiRig::frame(const std::function<void()>& draw) {
  auto& io = ImGui::GetIO();
  io.DisplaySize = {view.width, view.height};
  const float scale = std::min(std::max(view.width, view.height) / ui::size::panel_long, std::min(view.width, view.height) / ui::size::panel_short);
  if (fonts_->build(view.percent, scale) && gl_) gl_->fonts_changed();
  queue.feed();
  if (gl_) gl_->begin();
  const auto before = std::chrono::steady_clock::now();
  ImGui::NewFrame();
  draw();
  ImGui::Render();
  build_ms_ = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before).count();
  vertices_ = ImGui::GetDrawData()->TotalVtxCount;
}

void UiRig::settle(const Draw& draw) {
  constexpr int passes_max = 10'000;
  for (int i = 0; i < passes_max && !queue.empty(); ++i) pass(draw);
  pass(draw);
}

void UiRig::middle_of(const std::string& key, float& x, float& y) const {
  const auto* widget = registry.find(key);
  INFO(key);
  REQUIRE(widget != nullptr);
  x = widget->rect.mid_x();
  y = widget->rect.mid_y();
}

void UiRig::tap(const std::string& key, const Draw& draw) {
  float x = 0, y = 0;
  middle_of(key, x, y);
  down(x, y);
  up(x, y);
  settle(draw);
}

void UiRig::save(const std::string& folder, const std::string& name) {
  if (!gl_) return;
  ::mkdir(folder.c_str(), 0755);
  const int width = static_cast<int>(view.width), height = static_cast<int>(view.height);
  gl_->draw(width, height);
  REQUIRE(preview::write_png(folder + "/" + name + ".png", width, height, gl_->read_pixels()));
}

std::string pictures_folder() {
  const char* folder = std::getenv("QABYL_PICTURES");
  return folder == nullptr ? std::string{} : folder;
}

}  // namespace qabyl::kiosk::test
