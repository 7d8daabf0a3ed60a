// A courier bundle at the office (sync/courier.md): its requests are carried out by the Api as if they had come over the line, so
// ids, verdicts, leaves and checkpoints are the same; the answers go back in a bundle for that device. Knows no file.
#pragma once

#include "sync/registry/registry.h"
#include "sync/wire/courier.h"

namespace qabyl::sync::registry {

struct CourierResult {
  core::Bytes file;                // the answers, sealed to the device
  std::string device, bundle;
  int records = 0, documents = 0;  // that came; again counts too
  std::vector<std::string> refused;  // problem codes of what was not taken
};

// Storage thread, outside of a transaction: each request is one of its own. Repetition is harmless. forbidden: by no device of this
// office, or sealed to another; corrupt: altered, or not whole; wrong_state: it is on its way to a kiosk. Then nothing is taken.
core::Result<CourierResult> take_courier(Registry& registry, core::ByteView file, core::Instant now);

}  // namespace qabyl::sync::registry
