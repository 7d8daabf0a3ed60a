// Routes of the console. See console.h.
#include "sync/registry/console/console.h"

#include "sync/wire/problem.h"

namespace qabyl::sync::registry {

Response Console::handle(const Request& request, core::Instant) {
  if (request.path() != "/") return problem_response(404, "not-found", "no such page");
  Response page;
  page.set("Content-Type", "text/html; charset=utf-8");
  page.set("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'");
  page.body = "<!doctype html><title>Qabyl</title>";
  return page;
}

}  // namespace qabyl::sync::registry
