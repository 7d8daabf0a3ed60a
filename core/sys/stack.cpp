// See stack.h.
#include "core/sys/stack.h"

#include <string.h>

namespace qabyl::core::sys {

__attribute__((noinline)) void wipe_stack_below() {
  char room[512 * 1024];
  explicit_bzero(room, sizeof room);
}

}  // namespace qabyl::core::sys
