// Every answer that a test gets through Api::handle is held against sync/openapi.yaml: a status that the page does
// not name for that call is a failure, in whatever test it comes up. Reads the page as text, once.
#pragma once

#include <map>
#include <set>
#include <string>

#include "sync/wire/http.h"

namespace qabyl::test {

// "GET /v1/feed" -> {"200", "400", ...}; "default" stands for all.
const std::map<std::string, std::set<std::string>>& documented_calls();
// Empty when the answer's status is documented for the call, or the call is none of the page's; else what is missing.
std::string undocumented(const sync::Request& request, const sync::Response& response);

}  // namespace qabyl::test
