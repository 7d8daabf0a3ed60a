// Where the UI thread waits when there is no window: for a wake-up, a signal or time. Any thread may wake.
#pragma once

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>

#include "core/ports.h"
#include "core/result.h"

namespace qabyl::kiosk {

class WaitingRoom {
 public:
  WaitingRoom() : bell_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) { QABYL_CHECK(bell_ >= 0); }
  ~WaitingRoom() { close(bell_); }
  WaitingRoom(const WaitingRoom&) = delete;
  WaitingRoom& operator=(const WaitingRoom&) = delete;

  // Returns early when it was woken since the last wait, or when a signal came to this thread.
  void wait(core::Millis at_most) {
    pollfd bell{bell_, POLLIN, 0};
    if (poll(&bell, 1, static_cast<int>(at_most.count())) <= 0) return;
    eventfd_t rung = 0;
    (void)eventfd_read(bell_, &rung);  // however often it rang
  }
  void wake() { (void)eventfd_write(bell_, 1); }

 private:
  int bell_;
};

inline WaitingRoom& waiting_room() {  // one a process: threads find it without an owner
  static WaitingRoom room;
  return room;
}

}  // namespace qabyl::kiosk
