// The device thread's work: the stick (the operator's part of it: courier_desk.h), and page pictures through the sandboxed worker. Reaches the store
// only through the storage thread. Knows no screen and no case. One thread uses it, but for cancel().
#pragma once

#include <atomic>
#include <functional>
#include <optional>

#include "core/preview/preview_worker.h"
#include "kiosk/devices/usb_source.h"
#include "kiosk/screens/effects.h"
#include "kiosk/shell/courier_desk.h"
#include "kiosk/shell/page_cache.h"
#include "kiosk/shell/storage_desk.h"
#include "kiosk/shell/worker.h"

namespace qabyl::kiosk {

using preview::DocumentSource, preview::PageImage, preview::PreviewProblem, preview::PreviewWorker, preview::source_of;

struct DeviceDeskParts {          // all outlive the desk
  std::string usb, preview;       // folder of the stick; path of qabyl-preview
  Worker& storage;
  StorageDesk& desk;
  core::Clock& clock;
  std::function<void(Reply)> tell;
  std::function<void(PageMade)> made;
  CourierLine courier{};          // of the link thread
};

class DeviceDesk {
 public:
  explicit DeviceDesk(DeviceDeskParts parts);
  ~DeviceDesk() { close_document(); }
  static bool concerns(const Effect& effect);  // ListSource, AddFile, SaveReceipt, the operator's with the stick, WipeScreen
  void carry_out(const Effect& effect);        // these; ignores others
  void make_page(const PageWant& want);
  void cancel() { cancelled_ = true; }   // from any thread; the running AddFile ends as cancelled

 private:
  void list();
  void add(const effect::AddFile& effect);
  void save_receipt(const effect::SaveReceipt& effect);
  core::Status copy(StickReader& reader, core::KioskStore::BlobWriter& writer);
  bool open_document(const core::Digest& digest, int width);
  void close_document();
  void keep_picture(const PageImage& image);
  DocumentSource stored_source(const core::Digest& digest, DocumentType type, std::uint64_t bytes);

  DeviceDeskParts parts_;
  FolderDrive stick_;
  CourierDesk courier_;
  PreviewWorker preview_;
  std::optional<core::Digest> shown_;    // the document that the worker holds
  std::optional<PageImage> first_;       // its first page, as opening it gave it
  PreviewProblem shown_problem_ = PreviewProblem::none;
  DocumentType shown_type_ = DocumentType::other;
  core::Bytes held_;                     // bytes of a paper, which is no document of the store
  std::atomic<bool> cancelled_ = false;
};

}  // namespace qabyl::kiosk
