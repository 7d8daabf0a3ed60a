// --events: one JSON line a durable acceptance (id, number, digests), written after the commit was read
// back and before any screen shows it. For tests and the tour; holds no name. Storage thread.
#pragma once

#include "core/store/kiosk_store.h"
#include "core/sys/files.h"

namespace qabyl::kiosk {

class EventFile {
 public:
  core::Status open(const std::string& path);
  void accepted(const core::StoredRecord& stored);  // nothing when not open

 private:
  core::sys::File file_;
};

}  // namespace qabyl::kiosk
