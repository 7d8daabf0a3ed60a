// See virtual_screen.h.
#include "tests/bench/parts/virtual_screen.h"

namespace qabyl::bench {

using namespace std::chrono_literals;

VirtualScreen::VirtualScreen(const std::string& folder) {
  const auto said = folder + "/display";
  server_ = rig::Program({"/bin/sh", "-c", "exec Xvfb -displayfd 1 -screen 0 1920x1080x24 -nolisten tcp 2>/dev/null"}, said);
  if (!rig::wait_for_line(said, "\n", server_, 20s)) return;
  const auto text = rig::read_text(said);
  display_ = ":" + text.substr(0, text.find('\n'));
}

}  // namespace qabyl::bench
