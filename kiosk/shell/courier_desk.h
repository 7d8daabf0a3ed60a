// The device thread's work for an operator: the courier (sync/courier.md) and the proof of a log fork, each between the stick and
// the kiosk. Only while an operator is signed in. What is on the stick is hostile: sizes are limited, and nothing of a file is believed
// before the registry's signature in it. Knows no screen.
#pragma once

#include <functional>

#include "kiosk/devices/usb_source.h"
#include "kiosk/screens/effects.h"
#include "kiosk/shell/storage_desk.h"
#include "kiosk/shell/worker.h"
#include "sync/client/uplink.h"

namespace qabyl::kiosk {

struct CourierLine {              // the uplink, wherever it lives; each waits for its answer
  std::function<core::Result<sync::CourierBundle>()> write;
  std::function<core::Result<sync::CourierTaken>(core::ByteView)> take;
};

struct CourierDeskParts {         // all outlive the desk
  UsbDrive& stick;
  Worker& storage;
  StorageDesk& desk;
  core::Clock& clock;
  CourierLine line;
  std::function<void(Reply)> tell;
};

class CourierDesk {
 public:
  explicit CourierDesk(CourierDeskParts parts) : parts_(std::move(parts)) {}
  static bool concerns(const Effect& effect);  // WriteCourier, ReadCourier, SaveForks
  void carry_out(const Effect& effect);        // these; each is answered once

 private:
  reply::CourierWritten write();
  reply::CourierRead read();
  reply::ForksSaved save_forks();
  core::Result<std::string> save_fork(const std::string& text, reply::ForksSaved& done);
  bool may_act();

  CourierDeskParts parts_;
};

}  // namespace qabyl::kiosk
