// See serve.h.
#include "sync/registry/serve.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "sync/registry/http_server.h"
#include "sync/registry/people.h"
#include "sync/registry/scan_matcher.h"
#include "sync/registry/service.h"

namespace qabyl::sync::registry {
namespace {

constexpr timespec look_every{1, 0};
constexpr int looks_per_tidying = 60;
constexpr std::size_t own_files = 256;  // database, log, documents that the office reads

// Before any thread starts: signals wait for us, a broken pipe is an error code, no core dump holds keys.
sigset_t prepare_process() {
  sigset_t awaited;
  sigemptyset(&awaited);
  sigaddset(&awaited, SIGTERM);
  sigaddset(&awaited, SIGINT);
  pthread_sigmask(SIG_BLOCK, &awaited, nullptr);
  signal(SIGPIPE, SIG_IGN);
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  return awaited;
}

// As many files as the connections may need, as far as the system lets us; else there are fewer connections.
ConnectionLimits connections_that_fit() {
  const std::size_t wanted = own_files + 2 * (device_connections.all + 2 * console_connections.all);
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  const rlimit raised{std::max<rlim_t>(files.rlim_cur, std::min<rlim_t>(files.rlim_max, wanted)), files.rlim_max};
  if (setrlimit(RLIMIT_NOFILE, &raised) == 0) files = raised;
  if (files.rlim_cur >= wanted) return device_connections;
  const std::size_t fit = files.rlim_cur / 4;
  std::fprintf(stderr, "qabyl-registry: %zu files may be open, %zu are wanted: %zu devices at once\n", static_cast<std::size_t>(files.rlim_cur), wanted, fit);
  return {fit, fit * device_connections.per_address / device_connections.all};
}

ServerOptions server_options(const Registry& registry, const ServeOptions& options, std::string name, int port) {
  ServerOptions out;
  out.client_certificates = name == "device";
  if (out.client_certificates) out.limits = connections_that_fit();
  out.name = std::move(name);
  out.port = port;
  out.loopback_only = options.loopback_only;
  out.certificate_pem = registry.keys.server_certificate_pem;
  out.key_pem = registry.keys.server_key_pem;
  out.ca_pem = registry.keys.authority.ca_pem();
  out.hosts = {"localhost", "127.0.0.1", "[::1]", registry.origin};
  return out;
}

void say_ready(int device_port, int console_port, int originals_port) {
  core::Json line;
  line["ready"] = true;
  line["device_port"] = device_port;
  line["console_port"] = console_port;
  line["originals_port"] = originals_port;
  line["pid"] = static_cast<std::int64_t>(getpid());
  std::printf("%s\n", core::canonical(line).c_str());
  std::fflush(stdout);
}

Response not_stored() {
  Response response;
  response.status = 503;
  return response;
}

// Ends uploads that were left for a day, whether or not anybody begins a new one.
Response tidy_uploads(Registry& registry, core::Instant now) {
  return expire_uploads(registry, now) ? Response{} : not_stored();  // taken back; the next minute tries again
}

// Files of scans that are kept, put aside or too old. A file that comes meanwhile has its row before the storage thread is asked.
void tidy_scans(Registry& registry, GroupCommit& commits) {
  const auto files = scan_files(registry.folder);
  std::optional<std::vector<core::Id>> remaining;
  const Response asked = commits.run([&](core::Instant now) {
    if (auto ids = expire_scans(registry, now)) remaining = *std::move(ids);
    return remaining ? Response{} : not_stored();
  });
  if (files && remaining && asked.status == 200) (void)remove_scan_files(registry.folder, *files, *remaining);
}

struct Running {
  Registry& registry;
  GroupCommit& commits;
  HttpServer &devices, &console, &originals;
};

core::Status wait_for_end(const sigset_t& awaited, const Running& running) {
  for (int looks = 1;; ++looks) {
    if (sigtimedwait(&awaited, nullptr, &look_every) > 0) return core::Done{};
    running.devices.cut_stragglers();
    running.console.cut_stragglers();
    running.originals.cut_stragglers();
    running.commits.publish_log();
    if (looks % looks_per_tidying == 0) {
      (void)running.commits.run([&](core::Instant now) { return tidy_uploads(running.registry, now); });
      tidy_scans(running.registry, running.commits);
    }
    if (running.commits.failed()) return core::Error{core::ErrorCode::unknown_outcome, "a COMMIT failed: start anew"};
  }
}

}  // namespace

core::Status serve(const ServeOptions& options, core::Clock& clock, core::Random& random) {
  const sigset_t awaited = prepare_process();
  QABYL_TRY(registry, Registry::open({options.folder, options.assets_folder, &random, core::argon2_interactive}));
  GroupCommit commits(*registry, clock);
  // What a command or an older version left: its leaves are signed and its keys told before anybody asks.
  const Response begun = commits.run([&](core::Instant now) { return tell_keys(*registry, now) ? Response{} : not_stored(); });
  if (begun.status != 200 && registry->log.refusal().empty()) return core::Error{core::ErrorCode::storage, "the office could not be brought up to date"};
  DeviceApp devices(*registry, commits);
  ConsoleApp console(*registry, commits);
  OriginalsApp originals(*registry, commits);
  QABYL_TRY(originals_server, HttpServer::start(server_options(*registry, options, "originals", options.originals_port), originals, clock));
  registry->originals_port = originals_server->port();
  QABYL_TRY(device_server, HttpServer::start(server_options(*registry, options, "device", options.device_port), devices, clock));
  QABYL_TRY(console_server, HttpServer::start(server_options(*registry, options, "console", options.console_port), console, clock));
  ScanMatcher matcher(*registry, commits, options.preview, clock);
  say_ready(device_server->port(), console_server->port(), originals_server->port());
  const core::Status ended = wait_for_end(awaited, {*registry, commits, *device_server, *console_server, *originals_server});
  device_server->stop();   // waits for the requests under way; the storage thread still answers them
  console_server->stop();
  originals_server->stop();
  matcher.stop();
  commits.stop();
  return ended;
}

}  // namespace qabyl::sync::registry
