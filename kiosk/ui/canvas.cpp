// Window, texts and targets. Shapes and buttons are in canvas_shapes.cpp. See canvas.h.
#include "kiosk/ui/canvas.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

namespace qabyl::kiosk::ui {

Canvas::Canvas(Fonts& fonts, const core::Texts& texts, WidgetRegistry& registry, const InputQueue& input)
    : fonts_(fonts), texts_(texts), registry_(registry), input_(input) {}

void Canvas::begin(const View& view, Tone ground) {
  view_ = view;
  const float along = std::max(view.width, view.height), across = std::min(view.width, view.height);
  scale_ = std::min(along / size::panel_long, across / size::panel_short);
  registry_.clear();
  last_order_ = std::exchange(order_, {});
  if (input_.went_down()) focus_.clear();
  handle_focus_key();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({view.width, view.height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::Begin("###qabyl", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBringToFrontOnFocus |
                   ImGuiWindowFlags_NoScrollWithMouse);
  list_ = ImGui::GetWindowDrawList();
  fill(screen(), ground);
}

void Canvas::forget() {
  for (ImGuiWindow* window : ImGui::GetCurrentContext()->Windows) window->DrawList->_ClearFreeMemory();
  list_ = nullptr;
  registry_ = {};
  held_ = {};
  focus_ = {};
  order_ = {};
  last_order_ = {};
}

void Canvas::end() {
  if (!ImGui::IsMouseDown(0)) held_.clear();
  if (ring_) focus_ring(ring_->box, ring_->radius);
  ring_.reset();
  ImGui::End();
  ImGui::PopStyleVar(3);
  enter_ = false;
}

Rect Canvas::screen() const { return {0, 0, view_.width / scale_, view_.height / scale_}; }
bool Canvas::portrait() const { return view_.height > view_.width; }
std::string Canvas::say(std::string_view id, const core::TextArgs& args) const { return texts_.say(view_.language, id, args); }

Rect Canvas::pixels(Rect box) const { return {box.x * scale_, box.y * scale_, box.w * scale_, box.h * scale_}; }

std::uint32_t Canvas::packed(Tone tone, float alpha) const {
  const auto value = rgb(tone, view_.contrast);
  return IM_COL32((value >> 16) & 255, (value >> 8) & 255, value & 255, static_cast<int>(alpha * 255));
}

// --- text ---

float Canvas::line_height(Type type) const { return fonts_.px(type) * spec(type).line; }

float Canvas::text_width(Type type, std::string_view text) const {
  const ImFont* font = fonts_.font(type);
  return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text.data(), text.data() + text.size()).x / scale_;
}

Canvas::Lines Canvas::wrap(Type type, std::string_view text, float width) const {
  const ImFont* font = fonts_.font(type);
  Lines made;
  const char *at = text.data(), *end = text.data() + text.size();
  while (at < end) {
    const char* newline = std::find(at, end, '\n');
    const char* stop = font->CalcWordWrapPositionA(1, at, newline, width * scale_ + 0.5F);
    if (stop <= at) stop = std::min(at + 1, newline);
    made.broken = made.broken || (stop < newline && *stop != ' ' && std::string_view(" .,;!?\"").find(stop[-1]) == std::string_view::npos);
    const char* last = stop;
    while (last > at && last[-1] == ' ') --last;
    const std::string_view line(at, static_cast<std::size_t>(last - at));
    made.width = std::max(made.width, text_width(type, line));
    made.lines.push_back(line);
    at = stop;
    if (at == newline && at < end) ++at;
    while (at < end && *at == ' ') ++at;
  }
  return made;
}

float Canvas::text_height(Type type, std::string_view text, float width) const {
  return static_cast<float>(wrap(type, text, width).lines.size()) * line_height(type);
}

void Canvas::draw_line(Type type, Tone tone, std::string_view line, float x, float y, float height) {
  ImFont* font = fonts_.font(type);
  const float top = (y + height / 2) * scale_ - font->FontSize / 2;
  list_->AddText(font, font->FontSize, {std::round(x * scale_), std::round(top)}, packed(tone), line.data(), line.data() + line.size());
}

float Canvas::text(Rect box, Type type, Tone tone, std::string_view text, Align align) {
  const auto made = wrap(type, text, box.w);
  const float height = line_height(type);
  float y = box.y;
  for (const auto line : made.lines) {
    const float free = box.w - text_width(type, line);
    const float x = box.x + (align == Align::left ? 0 : align == Align::centre ? free / 2 : free);
    draw_line(type, tone, line, x, y, height);
    y += height;
  }
  const float used = y - box.y;
  const float left = box.x + (align == Align::left ? 0 : align == Align::centre ? (box.w - made.width) / 2 : box.w - made.width);
  constexpr float slack = 2;
  registry_.add(DrawnText{std::string(text), pixels({left, box.y, made.width, used}), pixels(box), fonts_.px(type),
                          made.width <= box.w + slack && used <= box.h + slack, made.broken, tone});
  return used;
}

void Canvas::text_mid(Rect box, Type type, Tone tone, std::string_view text, Align align) {
  const float height = text_height(type, text, box.w);
  const float top = std::max(0.0F, (box.h - height) / 2);
  this->text({box.x, box.y + top, box.w, box.h - top}, type, tone, text, align);
}

void Canvas::text_line(Rect box, Type type, Tone tone, std::string_view text) {
  const float height = line_height(type);
  draw_line(type, tone, text, box.x, box.mid_y() - height / 2, height);
  registry_.add(DrawnText{std::string(text), pixels({box.x, box.mid_y() - height / 2, text_width(type, text), height}), pixels(box), fonts_.px(type), true, false, tone});
}

Type Canvas::fitting(Rect box, std::string_view text, std::initializer_list<Type> types, int lines) const {
  for (const auto type : types) {
    const auto made = wrap(type, text, box.w);
    const auto count = static_cast<int>(made.lines.size());
    if (!made.broken && count <= lines && static_cast<float>(count) * line_height(type) <= box.h && made.width <= box.w) return type;
  }
  return *(types.end() - 1);
}

// --- targets ---

bool Canvas::focused(const std::string& key) const { return !focus_.empty() && focus_ == key; }

void Canvas::handle_focus_key() {
  enter_ = input_.key() == PadKey::enter && !focus_.empty();
  const bool forward = input_.key() == PadKey::tab, back = input_.key() == PadKey::shift_tab;
  if ((!forward && !back) || last_order_.empty()) return;
  const auto at = std::find(last_order_.begin(), last_order_.end(), focus_);
  const auto count = static_cast<std::ptrdiff_t>(last_order_.size());
  std::ptrdiff_t next = at == last_order_.end() ? (forward ? 0 : count - 1) : at - last_order_.begin() + (forward ? 1 : -1);
  focus_ = last_order_[static_cast<std::size_t>((next + count) % count)];
}

bool Canvas::act(Rect box, const std::string& key, bool too_early) {
  const Rect place = pixels(box);
  ImGui::SetCursorPos({place.x, place.y});
  const bool pressed = ImGui::InvisibleButton(key.c_str(), {std::max(1.0F, place.w), std::max(1.0F, place.h)});
  if (too_early) return false;
  if (ImGui::IsItemActive() && ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem)) held_ = key;
  else if (held_ == key && ImGui::IsItemActive()) held_.clear();  // slid off
  return pressed || (enter_ && focused(key));
}

bool Canvas::target(Rect box, const std::string& key, Role role, std::string text, bool enabled, bool selected, std::string value) {
  order_.push_back(key);
  const float side = std::min(box.w, box.h);
  registry_.add(Widget{key, role, pixels(box), std::move(text), std::move(value), enabled, selected, focused(key), side});
  ring_if_focused(box, key);
  return act(box, key, too_early());
}

// Drawn in end(), so that no neighbour paints over it.
void Canvas::ring_if_focused(Rect box, const std::string& key, float radius) {
  if (focused(key)) ring_ = Ring{box, radius};
}

bool Canvas::key_down(Rect box, const std::string& key, std::string text, bool leads_on) {
  const Rect place = pixels(box);
  registry_.add(Widget{key, Role::key, place, std::move(text), {}, true, false, focused(key), std::min(box.w, box.h)});
  order_.push_back(key);
  const bool waits = leads_on && too_early();
  act(box, key, waits);
  ring_if_focused(box, key);
  if (waits) return false;
  if (enter_ && focused(key)) return true;
  if (!input_.went_down()) return false;
  const auto pointer = ImGui::GetIO().MousePos;
  return place.contains(pointer.x, pointer.y);
}

void Canvas::note(Rect box, const std::string& key, Role role, std::string text, std::string value, bool selected) {
  registry_.add(Widget{key, role, pixels(box), std::move(text), std::move(value), true, selected, false, 0});
}

}  // namespace qabyl::kiosk::ui
