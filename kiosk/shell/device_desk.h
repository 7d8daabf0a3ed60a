// The device thread's work: the stick, and page pictures through the sandboxed worker. Reaches the store
// only through the storage thread. Knows no screen. One thread uses it, but for cancel().
#pragma once

#include <atomic>
#include <functional>
#include <optional>

#include "kiosk/devices/preview_worker.h"
#include "kiosk/devices/usb_source.h"
#include "kiosk/screens/effects.h"
#include "kiosk/shell/page_cache.h"
#include "kiosk/shell/storage_desk.h"
#include "kiosk/shell/worker.h"

namespace qabyl::kiosk {

struct DeviceDeskParts {          // all outlive the desk
  std::string usb, preview;       // folder of the stick; path of qabyl-preview
  Worker& storage;
  StorageDesk& desk;
  core::Clock& clock;
  std::function<void(Reply)> tell;
  std::function<void(PageMade)> made;
};

class DeviceDesk {
 public:
  explicit DeviceDesk(DeviceDeskParts parts);
  void carry_out(const Effect& effect);  // ListSource, AddFile, SaveReceipt, WipeScreen
  void make_page(const PageWant& want);
  void cancel() { cancelled_ = true; }   // from any thread

 private:
  void list();
  void add(const effect::AddFile& effect);
  void save_receipt(const effect::SaveReceipt& effect);
  // A whole copy of the file in the store and in memory for the preview, or the reason why not.
  struct Copied { core::DraftFile file; core::Bytes bytes; DocumentType type; };
  core::Result<Copied> copy(const effect::AddFile& effect);
  std::string inspect(Copied& copied, const std::string& item);  // pages and problem; "" or a refusal
  core::Result<PreviewWorker::Info> open_preview(const core::Digest& digest);

  DeviceDeskParts parts_;
  FolderDrive stick_;
  PreviewWorker preview_;
  std::optional<core::Digest> shown_;    // the document that the worker holds
  std::atomic<bool> cancelled_ = false;
};

}  // namespace qabyl::kiosk
