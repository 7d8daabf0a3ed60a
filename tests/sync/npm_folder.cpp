// See npm_folder.h.
#include "tests/sync/npm_folder.h"

#include <filesystem>

#include "tests/support/catch.h"
#include "tests/support/places.h"
#include "tests/support/rig.h"

namespace qabyl::test {
namespace {

namespace fs = std::filesystem;

bool is_installed(const std::string& path, const std::string& source) {
  const auto made = path + "/node_modules/.package-lock.json";
  return fs::exists(made) && fs::last_write_time(made) >= fs::last_write_time(source + "/package-lock.json");
}

}  // namespace

NpmFolder npm_folder(const std::string& folder, const std::vector<std::string>& scripts) {
  const std::string source = in_source("/" + folder), path = in_build("/" + fs::path(folder).filename().string()), log = path + "/npm.log";
  fs::create_directories(path);
  std::vector<std::string> names{"package.json", "package-lock.json", ".npmrc"};
  names.insert(names.end(), scripts.begin(), scripts.end());
  for (const auto& name : names) fs::copy_file(source + "/" + name, path + "/" + name, fs::copy_options::overwrite_existing);
  fs::remove(log);
  if (rig::run({"/bin/sh", "-c", "command -v node && command -v npm"}, log) != 0) return {path, "node or npm is not installed"};
  if (is_installed(path, source)) return {path, {}};
  // Nothing of a package runs while it is installed.
  if (rig::run({"/bin/sh", "-c", "cd '" + path + "' && npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=1"}, log, std::chrono::minutes{3}) == 0) return {path, {}};
  const auto said = rig::read_text(log);
  for (const char* sign : {"ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "network"}) {
    if (said.find(sign) != said.npos) return {path, std::string("npm cannot reach its registry (") + sign + ")"};
  }
  FAIL("npm ci failed: " << said);
  return {};
}

}  // namespace qabyl::test
