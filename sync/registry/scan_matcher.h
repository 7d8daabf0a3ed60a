// Looks at scans of returned copies as they come, one at a time and off the storage thread: the sandbox reads the sheets, this
// matches them and keeps a small picture of each. What it was at when the program ended, it begins anew at the next start.
#pragma once

#include <memory>

#include "sync/registry/group_commit.h"
#include "sync/registry/returned_scans.h"

namespace qabyl::sync::registry {

// Any thread. `stopped` is asked before each sheet; nullopt: it was, and nothing is known of the scan. `folder`: the office's data.
std::optional<ScanLook> look_at_scan(const std::string& folder, const ScanToLook& task, preview::PreviewWorker& worker, core::Clock& clock, const std::function<bool()>& stopped);

class ScanMatcher {
 public:
  // Asks as soon as a scan waits (Registry::scans_wait). `preview`: the program qabyl-preview.
  ScanMatcher(Registry& registry, GroupCommit& commits, std::string preview, core::Clock& clock);
  ~ScanMatcher();                 // as stop()
  void stop();                    // after the sheet that it is at; before GroupCommit::stop()

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace qabyl::sync::registry
