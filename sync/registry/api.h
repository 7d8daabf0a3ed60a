// The device port without sockets: every call of sync/protocol.md as Request -> Response. The gate asks for
// a client certificate before anything else; enrolment and the CA certificate alone are open to all.
// Knows no thread and no HTTP library. Thread rule: gate() and streams() any thread, the rest storage thread.
#pragma once

#include "sync/registry/answer.h"
#include "sync/registry/uploads.h"
#include "sync/wire/messages.h"

namespace qabyl::sync::registry {

inline constexpr core::Millis contact_grain{5'000};  // how exactly "last contact" is kept

class Api {
 public:
  explicit Api(Registry& registry) : registry_(registry) {}

  // 401 without a verified certificate, 404 for no path of ours; nothing: go on. Reads no body, no row.
  static std::optional<Response> gate(const Request& head);
  static bool streams(const Request& head);  // PATCH of an upload

  // A group of one, an upload's body included: for tests and simulation.
  Response handle(const Request& request, core::Instant now);
  // The same inside the caller's transaction (group commit). A status of 500 or more must be rolled back.
  Answer apply(const Request& request, core::Instant now);
  AppendStart begin_append(const Request& head, core::Instant now);
  Response finish_append(Append& append, const Sealed& sealed, core::Instant now);

 private:
  std::optional<Response> admit(const Request& request, core::Instant now, DeviceRow& device);
  Response refuse_head(const DeviceRow& device, const JournalMark& mark, core::Instant now);
  std::optional<Response> meet_log(const Request& request, const DeviceRow& device, core::Instant now);
  Answer route(const Request& request, const DeviceRow& device, core::Instant now);
  Response append_whole(const Request& request, core::Instant now);
  Registry& registry_;
};

}  // namespace qabyl::sync::registry
