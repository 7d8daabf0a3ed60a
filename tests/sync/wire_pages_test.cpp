// sync/openapi.yaml and sync/protocol.md against the code: every path and method of the router, every problem code that
// a source can send, stand in both pages, and nothing else does.
#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>

#include "sync/registry/api.h"
#include "tests/core/assets.h"
#include "tests/support/places.h"
#include "tests/sync/documented.h"

using namespace qabyl;
using qabyl::test::file_text;

namespace {

namespace reg = sync::registry;

const std::string& yaml() {
  static const std::string text = file_text(qabyl::test::in_source("/sync/openapi.yaml"));
  return text;
}
const std::string& page() {
  static const std::string text = file_text(qabyl::test::in_source("/sync/protocol.md"));
  return text;
}

std::string filled(std::string path) {  // a concrete path for one with {names}
  for (const auto& [name, value] : {std::pair{"{id}", "019aaf00000070008000000000000001"}, std::pair{"{tile}", "0/x001/067.p/4"}, std::pair{"{key}", "20324abe"}, std::pair{"{upload}", "5f0c6c0f0d3a4c5b8f7e6d5c4b3a2918"},
                                    std::pair{"{sha256}", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"}}) {
    const auto at = path.find(name);
    if (at != path.npos) path.replace(at, std::string(name).size(), value);
  }
  return path;
}

// What the router lets through for a path, as it says itself in Allow.
std::set<std::string> methods_let_through(const std::string& path) {
  std::set<std::string> methods;
  for (const char* method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
    sync::Request request;
    request.method = method;
    request.target = filled(path);
    request.device = "AL-03";
    if (!reg::Api::gate(request)) methods.insert(method);
  }
  return methods;
}

// Every path that the sources of the router name.
std::set<std::string> paths_in_sources() {
  std::set<std::string> paths;
  const auto sources = file_text(qabyl::test::in_source("/sync/registry/api.cpp")) + file_text(qabyl::test::in_source("/sync/wire/tus.h"));
  const std::regex path(R"re("(/v1/[a-z./]*?)/?")re");
  for (std::sregex_iterator at(sources.begin(), sources.end(), path), end; at != end; ++at) paths.insert((*at)[1]);
  return paths;
}

// status and code of every problem that the sources of the device port make.
std::set<std::pair<std::string, std::string>> problems_in_sources() {
  std::set<std::pair<std::string, std::string>> problems;
  const std::regex problem(R"re(([0-9]{3}|status_checksum_mismatch), "([a-z-]+)")re");
  for (const char* name : {"registry/api", "registry/api_calls", "registry/intake", "registry/uploads", "registry/enrolment", "registry/http_server",
                           "registry/group_commit", "registry/log_files", "wire/messages"}) {
    const auto text = file_text(qabyl::test::in_source("/sync/") + name + ".cpp");
    for (std::sregex_iterator at(text.begin(), text.end(), problem), end; at != end; ++at) {
      problems.insert({(*at)[1] == "status_checksum_mismatch" ? "460" : std::string((*at)[1]), (*at)[2]});
    }
  }
  return problems;
}

// The table of section 12: | status | `code`, `code` | ...
std::set<std::pair<std::string, std::string>> problems_in_page() {
  std::set<std::pair<std::string, std::string>> problems;
  std::istringstream lines(page().substr(page().find("## 12. Problems")));
  const std::regex code("`([a-z-]+)`");
  for (std::string line; std::getline(lines, line) && !line.starts_with("## 13");) {
    if (!line.starts_with("| ") || line.size() < 8 || line[2] < '4' || line[2] > '5') continue;
    const auto cell = line.substr(0, line.find('|', 8));
    for (std::sregex_iterator at(cell.begin(), cell.end(), code), end; at != end; ++at) problems.insert({line.substr(2, 3), (*at)[1]});
  }
  return problems;
}

std::set<std::string> codes_in_yaml() {
  std::set<std::string> codes;
  const std::regex line("            - urn:qabyl:problem:([a-z-]+)\n");
  for (std::sregex_iterator at(yaml().begin(), yaml().end(), line), end; at != end; ++at) codes.insert((*at)[1]);
  return codes;
}

}  // namespace

TEST_CASE("openapi.yaml names every path and method of the router, and no other", "[sync][wire]") {
  std::set<std::string> calls, router, paths;
  for (const auto& [call, statuses] : qabyl::test::documented_calls()) {
    INFO(call);
    CHECK(statuses.size() > 1);
    calls.insert(call);
  }
  CHECK(calls.size() > 10);
  for (const auto& call : calls) paths.insert(call.substr(call.find(' ') + 1));
  for (const auto& path : paths) {
    for (const auto& method : methods_let_through(path)) router.insert(method + " " + path);
  }
  CHECK(calls == router);
  for (const auto& path : paths_in_sources()) {
    INFO(path);
    CHECK(std::any_of(paths.begin(), paths.end(), [&](const auto& known) { return known == path || known.starts_with(path + "/{"); }));
  }
}

TEST_CASE("protocol.md lists every problem that the sources can send, with its status, and no other", "[sync][wire]") {
  const auto sources = problems_in_sources();
  CHECK(sources.size() > 50);
  CHECK(problems_in_page() == sources);
}

TEST_CASE("openapi.yaml lists every problem code, and no other", "[sync][wire]") {
  std::set<std::string> codes;
  for (const auto& [status, code] : problems_in_sources()) codes.insert(code);
  CHECK(codes_in_yaml() == codes);
}

TEST_CASE("every call has its place in protocol.md", "[sync][wire]") {
  for (const char* call : {"GET /v1/ca.pem", "POST /v1/enrol", "PUT /v1/records/{id}", "POST /v1/records", "GET /v1/records/{id}", "OPTIONS /v1/uploads",
                           "POST /v1/uploads", "HEAD {upload}", "PATCH {upload}", "DELETE {upload}", "GET /v1/feed", "GET /v1/documents/{sha256}", "GET /v1/time", "GET /v1/log/checkpoint", "GET /v1/log/tile/{tile}", "GET /v1/log/consistency"}) {
    INFO(call);
    CHECK(page().find(call) != std::string::npos);
  }
}
