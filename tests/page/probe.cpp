// See probe.h.
#include "tests/page/probe.h"

#include <sstream>

#include "tests/support/places.h"
#include "tests/support/rig.h"

namespace qabyl::test {

std::string probe(PageHost& host, const std::string& expression) {
  static const std::string script = rig::read_text(qabyl::test::in_source("/tests/page/probe.js"));
  if (host.ask("typeof globalThis.probe") != "object") host.ask(script);
  return host.ask(expression);
}

std::string js(std::string_view text) { return core::canonical(core::Json(text)); }

std::string js(const std::vector<std::string>& texts) {
  core::Json::Array list(texts.begin(), texts.end());
  return core::canonical(core::Json(std::move(list)));
}

std::vector<std::string> in_hex(const std::vector<std::string>& texts) {
  std::vector<std::string> made;
  for (const auto& text : texts) made.push_back(core::to_hex(core::as_bytes(text)));
  return made;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace qabyl::test
