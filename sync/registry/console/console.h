// The office console: server-rendered HTML over office.h and office_views.h; works without scripts. Knows
// no socket. Runs on the storage thread, inside a transaction of the group commit.
#pragma once

#include "sync/registry/registry.h"
#include "sync/wire/http.h"

namespace qabyl::sync::registry {

class Console {
 public:
  explicit Console(Registry& registry) : registry_(registry) {}
  Response handle(const Request& request, core::Instant now);

 private:
  Registry& registry_;
};

}  // namespace qabyl::sync::registry
