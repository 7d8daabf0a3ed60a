// Plain read and write until all is there. No buffering: frames are few, pixels are one large write.
#include "kiosk/preview/channel.h"

#include <unistd.h>

#include <cerrno>

namespace qabyl::preview {

bool read_whole(std::span<std::uint8_t> into) {
  while (!into.empty()) {
    const ssize_t got = ::read(requests_fd, into.data(), into.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    into = into.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

bool write_whole(std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(answers_fd, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(wrote));
  }
  return true;
}

bool send(const Answer& answer) { return write_whole(encode(answer)); }

void give_up(Failure why) {
  (void)send({.kind = Kind::failed, .failure = why});
  _exit(0);
}

}  // namespace qabyl::preview
