// A courier bundle at the office (sync/courier.md): its requests are carried out by the Api as if they had come over the line, so
// ids, verdicts, leaves and checkpoints are the same; the answers go back in a bundle for that device. Knows no file.
#pragma once

#include <functional>

#include "sync/registry/registry.h"
#include "sync/wire/courier.h"
#include "sync/wire/http.h"

namespace qabyl::sync::registry {

struct CourierResult {
  core::Bytes file;                // the answers, sealed to the device
  std::string device, bundle;
  int records = 0, documents = 0;  // that came; again counts too
  std::vector<std::string> refused;  // problem codes of what was not taken
};

// How the requests of a bundle are carried out and the store is reached. Each returns when what it did is durable, so that a
// registry that is served takes a bundle from any thread, request by request between those of the line (service.cpp).
struct CourierHands {
  std::function<Response(const Request&)> ask;
  std::function<core::Status(const std::function<core::Status(core::Instant)>&)> on_storage;  // in a transaction; an error takes it back
  std::function<void()> publish_log;
};

// Repetition is harmless. forbidden: by no device of this office, or sealed to another; corrupt: altered, or not whole; invalid_input:
// no bundle; wrong_state: it is on its way to a kiosk. Then nothing is taken.
core::Result<CourierResult> take_courier(Registry& registry, core::ByteView file, core::Instant now, const CourierHands& hands);
// The same while nobody serves, on the storage thread outside of a transaction.
core::Result<CourierResult> take_courier(Registry& registry, core::ByteView file, core::Instant now);

}  // namespace qabyl::sync::registry
