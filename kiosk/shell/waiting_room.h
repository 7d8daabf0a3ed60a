// Where the UI thread waits when there is no window: for a wake-up or for time. Any thread may wake.
#pragma once

#include <condition_variable>
#include <mutex>

#include "core/ports.h"

namespace qabyl::kiosk {

class WaitingRoom {
 public:
  void wait(core::Millis at_most) {
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, at_most, [this] { return wake_; });
    wake_ = false;
  }
  void wake() {
    {
      const std::lock_guard lock(mutex_);
      wake_ = true;
    }
    woken_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable woken_;
  bool wake_ = false;
};

inline WaitingRoom& waiting_room() {  // one a process: signals and threads find it without an owner
  static WaitingRoom room;
  return room;
}

}  // namespace qabyl::kiosk
