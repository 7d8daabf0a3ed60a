// See widget_registry.h.
#include "kiosk/ui/widget_registry.h"

#include "core/json.h"

namespace qabyl::kiosk::ui {

std::string_view to_text(Role role) {
  constexpr std::string_view names[] = {"button", "choice", "field", "key", "text", "image", "tag", "pad", "dialog"};
  return names[static_cast<std::size_t>(role)];
}

void WidgetRegistry::clear() {
  screen_.clear();
  widgets_.clear();
  texts_.clear();
  grounds_.clear();
}

const Widget* WidgetRegistry::find(std::string_view key) const {
  for (const auto& widget : widgets_) {
    if (widget.key == key) return &widget;
  }
  return nullptr;
}

const Widget* WidgetRegistry::find_text(std::string_view text) const {
  for (const auto& widget : widgets_) {
    if (widget.text.find(text) != std::string::npos) return &widget;
  }
  return nullptr;
}

const Widget* WidgetRegistry::find_in_row(std::string_view text, std::string_view prefix) const {
  for (const auto& row : widgets_) {
    if (row.text.find(text) == std::string::npos) continue;
    for (const auto& widget : widgets_) {
      const bool inside = widget.rect.mid_x() > row.rect.x && widget.rect.mid_x() < row.rect.right() && widget.rect.mid_y() > row.rect.y && widget.rect.mid_y() < row.rect.bottom();
      if (inside && widget.key.starts_with(prefix)) return &widget;
    }
  }
  return nullptr;
}

bool WidgetRegistry::shows(std::string_view text) const {
  for (const auto& drawn : texts_) {
    if (drawn.text.find(text) != std::string::npos) return true;
  }
  return false;
}

std::string WidgetRegistry::to_json() const {
  core::Json::Array all;
  for (const auto& widget : widgets_) {
    all.emplace_back(core::Json::Object{
        {"key", widget.key},
        {"role", to_text(widget.role)},
        {"x", static_cast<int>(widget.rect.x)},
        {"y", static_cast<int>(widget.rect.y)},
        {"w", static_cast<int>(widget.rect.w)},
        {"h", static_cast<int>(widget.rect.h)},
        {"text", widget.text},
        {"value", widget.value},
        {"enabled", widget.enabled},
        {"selected", widget.selected}});
  }
  core::Json::Array texts;
  for (const auto& drawn : texts_) texts.emplace_back(drawn.text);
  return core::canonical(core::Json::Object{{"widgets", std::move(all)}, {"texts", std::move(texts)}});
}

}  // namespace qabyl::kiosk::ui
