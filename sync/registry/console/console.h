// The office console: server-rendered HTML over office.h and office_views.h; works without scripts. Knows
// no socket. Runs on the storage thread, inside a transaction of the group commit.
//
// First version: sign in with roles, what came in, one case with records and documents, registering an
// application (the talon), sending the notice of a registered assignment, kiosks with last contact.
#pragma once

#include "sync/registry/office_sessions.h"
#include "sync/registry/registry.h"
#include "sync/wire/http.h"

namespace qabyl::sync::registry {

class Console {
 public:
  explicit Console(Registry& registry) : registry_(registry) {}
  Response handle(const Request& request, core::Instant now);

 private:
  struct Visit {             // one request of one officer
    const Request& request;
    core::Instant now;
    core::Language language;
    std::string token;
    const Session* session;
  };
  Response route(const Visit& visit);
  Response post(const Visit& visit);
  Response login_page(const Visit& visit, std::string_view problem);
  Response login(const Visit& visit);
  Response cases(const Visit& visit);
  Response one_case(const Visit& visit, const core::Id& id, std::string_view problem);
  Response kiosks(const Visit& visit);
  Response document(const Visit& visit);
  Response act(const Visit& visit, const core::Id& id, std::string_view what);
  std::string when(const Visit& visit, core::Instant at) const;

  Registry& registry_;
};

}  // namespace qabyl::sync::registry
