// The office console: server-rendered HTML over office.h and office_views.h; works without scripts. Knows
// no socket. Runs on the storage thread, inside a transaction of the group commit.
//
// Sign in with roles; what waits for whom; one case as a time line with records, documents and digests; registering an
// application (the talon), sending the notice of a registered assignment in two copies, filing copy 2; kiosks.
#pragma once

#include "sync/registry/console/page.h"
#include "sync/registry/office_sessions.h"
#include "sync/registry/office_views.h"
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
  // lists.cpp
  Response home(const Visit& visit);
  Response cases(const Visit& visit);
  Response kiosks(const Visit& visit);
  // one_case.cpp
  Response one_case(const Visit& visit, const core::Id& id, std::string_view problem);
  void add_acts(Page& page, const Visit& visit, const CaseLine& line);
  std::string time_line(const Page& page, const Visit& visit, const std::vector<CaseRecord>& records);
  std::string case_facts(const Page& page, const Visit& visit, const std::vector<CaseRecord>& records);
  std::string copies(const Page& page, const std::vector<CaseRecord>& records);
  // documents.cpp
  Response document(const Visit& visit);
  Response copy(const Visit& visit);
  Response act(const Visit& visit, const core::Id& id, std::string_view what);

  Page page(const Visit& visit, Section section) const { return {registry_.assets.texts, visit.language, visit.session, section}; }
  Response missing(const Visit& visit) const;
  std::string when(const Visit& visit, core::Instant at) const;
  std::string case_table(const Page& page, const Visit& visit, const std::vector<CaseLine>& lines);
  std::string kiosk_table(const Page& page, const Visit& visit, const std::vector<KioskLine>& lines);

  Registry& registry_;
};

}  // namespace qabyl::sync::registry
