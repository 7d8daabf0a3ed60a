// See frame_log.h.
#include "kiosk/shell/frame_log.h"

#include "core/json.h"

namespace qabyl::kiosk {

core::Status FrameLog::open(const std::string& path) {
  (void)core::sys::remove_file(path);  // of an earlier run; absent is as good
  QABYL_TRY(file, core::sys::create_private(path));
  file_ = std::move(file);
  return core::Done{};
}

void FrameLog::shown(const FrameCost& cost, std::int64_t steady_us, const std::string& screen) {
  if (!file_.open()) return;
  core::Json line;
  line["frame"] = ++frames_;
  line["steady_us"] = steady_us;
  line["build_us"] = cost.build_us;
  line["draw_us"] = cost.draw_us;
  if (!screen.empty()) line["screen"] = screen;
  line["vertices"] = std::int64_t{cost.vertices};
  (void)core::sys::write_all(file_, core::as_bytes(core::canonical(line) + "\n"));  // a full disk costs a line, no visit
}

}  // namespace qabyl::kiosk
