// Paths stand two blanks in, their methods four, the statuses of those eight. See documented.h.
#include "tests/support/places.h"
#include "tests/sync/documented.h"

#include <algorithm>
#include <regex>
#include <sstream>

#include "tests/core/assets.h"

namespace qabyl::test {
namespace {

std::map<std::string, std::set<std::string>> read_page() {
  std::map<std::string, std::set<std::string>> calls;
  std::istringstream lines(file_text(qabyl::test::in_source("/sync/openapi.yaml")));
  const std::regex path_line("  (/[^ ]*):"), method_line("    (get|head|post|put|patch|delete|options):"),
      status_line("        (?:\"([0-9]{3})\"|(default)):.*");
  std::string path, call;
  for (std::string line; std::getline(lines, line) && line != "components:";) {
    std::smatch found;
    if (std::regex_match(line, found, path_line)) path = found[1];
    if (std::regex_match(line, found, method_line)) {
      std::string method = found[1];
      std::transform(method.begin(), method.end(), method.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
      call = method + " " + path;
      calls[call];
    }
    if (std::regex_match(line, found, status_line)) calls[call].insert(found[1].matched ? found[1] : found[2]);
  }
  return calls;
}

// "/v1/records/0199..." -> "/v1/records/{id}": the one template with that beginning, for a path of one name more.
std::string template_of(std::string_view path) {
  for (const auto& [call, statuses] : documented_calls()) {
    const std::string known = call.substr(call.find(' ') + 1);
    if (known == path) return known;
    const auto brace = known.find('{');
    if (brace == known.npos || path.size() < brace || path.substr(0, brace) != known.substr(0, brace)) continue;
    return known;
  }
  return {};
}

}  // namespace

const std::map<std::string, std::set<std::string>>& documented_calls() {
  static const auto calls = read_page();
  return calls;
}

std::string undocumented(const sync::Request& request, const sync::Response& response) {
  const auto call = request.method + " " + template_of(request.path());
  const auto found = documented_calls().find(call);
  if (found == documented_calls().end()) return {};  // no call of ours: 404, 405
  const auto status = std::to_string(response.status);
  if (found->second.count("default") + found->second.count(status) > 0) return {};
  return "openapi.yaml has no " + status + " for " + call;
}

}  // namespace qabyl::test
