// See input_queue.h.
#include "kiosk/ui/input_queue.h"

#include <imgui.h>

#include <cfloat>

namespace qabyl::kiosk::ui {

void InputQueue::put(Transition transition) {
  if (waiting_.size() >= transitions_max && std::holds_alternative<PointerMove>(transition.what)) return;
  waiting_.push_back(std::move(transition));
}

void InputQueue::forget() {
  for (auto& transition : waiting_) {
    if (auto* typed = std::get_if<TextIn>(&transition.what)) typed->text.assign(typed->text.size(), '\0');
  }
  std::deque<Transition>().swap(waiting_);  // short texts stand in the queue's own memory
  std::vector<PointerSample>().swap(samples_);
  text_.assign(text_.capacity(), '\0');    // what was cleared stands there still
  text_.clear();
  key_.reset();
}

bool InputQueue::feed() {
  samples_.clear();
  key_.reset();
  text_.clear();
  went_down_ = false;
  auto& io = ImGui::GetIO();
  if (waiting_.empty()) {
    if (park_ && !down_) io.MousePos = {-FLT_MAX, -FLT_MAX};
    return false;
  }
  if (!std::holds_alternative<PointerMove>(waiting_.front().what)) {
    take(waiting_.front());
    waiting_.pop_front();
    return true;
  }
  while (!waiting_.empty() && std::holds_alternative<PointerMove>(waiting_.front().what)) {
    take(waiting_.front());
    waiting_.pop_front();
  }
  return true;
}

void InputQueue::take(const Transition& transition) {
  auto& io = ImGui::GetIO();
  if (const auto* down = std::get_if<PointerDown>(&transition.what)) {
    io.MousePos = {down->x, down->y};
    io.MouseDown[0] = down_ = went_down_ = true;
    park_ = false;
    began_ms_ = transition.t_ms;
    samples_.push_back({down->x, down->y, transition.t_ms, true, false});
  } else if (const auto* move = std::get_if<PointerMove>(&transition.what)) {
    if (!down_) return;  // a finger that does not touch does not exist
    io.MousePos = {move->x, move->y};
    samples_.push_back({move->x, move->y, transition.t_ms, false, false});
  } else if (const auto* up = std::get_if<PointerUp>(&transition.what)) {
    io.MousePos = {up->x, up->y};
    io.MouseDown[0] = down_ = false;
    park_ = true;  // from the next pass on: this one decides what was pressed
    samples_.push_back({up->x, up->y, transition.t_ms, false, true});
  } else if (const auto* tap = std::get_if<KeyTap>(&transition.what)) {
    key_ = tap->key;
    if (!down_) began_ms_ = transition.t_ms;
  } else {
    text_ = std::get<TextIn>(transition.what).text;
  }
}

}  // namespace qabyl::kiosk::ui
