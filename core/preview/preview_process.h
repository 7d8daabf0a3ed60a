// A running qabyl-preview and the two channels to it. Bytes in and out under a deadline, and its end;
// what the bytes mean is preview_worker.cpp's business. One thread at a time.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "core/bytes.h"
#include "core/ports.h"
#include "core/sys/files.h"

namespace qabyl::preview {

class PreviewProcess {
 public:
  enum class Io { done, closed, late };
  enum class End { by_itself, cpu_time, killed };  // killed: seccomp, a crash, or us

  // The program with nothing but its two channels: no other descriptor, no environment of ours, no
  // terminal. Returns at once; nullopt if it cannot be started.
  static std::optional<PreviewProcess> start(const std::string& program);
  ~PreviewProcess();  // killed and reaped
  PreviewProcess(PreviewProcess&& other) noexcept;
  PreviewProcess& operator=(PreviewProcess&& other) noexcept;

  // Steady time of `clock` past `deadline`: late. closed: the worker has ended.
  Io send(core::ByteView bytes, core::Clock& clock, core::Millis deadline);
  Io receive(std::span<std::uint8_t> into, core::Clock& clock, core::Millis deadline);

  End finish();  // kills it if it still runs
  pid_t pid() const { return pid_; }

 private:
  PreviewProcess(pid_t pid, core::sys::File requests, core::sys::File answers);

  pid_t pid_ = -1;
  core::sys::File requests_, answers_;
};

}  // namespace qabyl::preview
