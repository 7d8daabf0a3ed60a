// The ports of a running registry: devices, office console, originals of strangers (console/originals.h), over one group commit. Turns an
// upload's body into an append whose bytes never pass the storage thread. Knows no socket itself.
#pragma once

#include <mutex>

#include "sync/registry/api.h"
#include "sync/registry/console/console.h"
#include "sync/registry/group_commit.h"

namespace qabyl::sync::registry {

class DeviceApp final : public WebApp {
 public:
  DeviceApp(Registry& registry, GroupCommit& commits) : api_(registry), log_files_(registry.log_files), commits_(commits) {}
  std::optional<Response> gate(const Request& head) override { return Api::gate(head); }
  bool streams(const Request& head) const override { return Api::streams(head); }
  StreamStart stream(const Request& head) override;
  Response handle(const Request& request) override;

 private:
  Api api_;
  const LogFiles& log_files_;
  GroupCommit& commits_;
};

// Bundles that a person brings to the console, carried out as the line's own requests are (courier.h). Any thread but the storage thread.
class CourierBundles {
 public:
  CourierBundles(Registry& registry, GroupCommit& commits) : registry_(registry), line_(registry, commits), commits_(commits) {}
  // Its answers are kept (courier_answers.h). conflict: another one is being taken; else as take_courier() says.
  core::Result<CourierResult> take(const std::string& path);

 private:
  Registry& registry_;
  DeviceApp line_;
  GroupCommit& commits_;
  std::mutex mutex_;
};

class ConsoleApp final : public WebApp {
 public:
  ConsoleApp(Registry& registry, GroupCommit& commits) : console_(registry), bundles_(registry, commits), commits_(commits) {}
  std::optional<Response> gate(const Request&) override { return std::nullopt; }
  bool streams(const Request& head) const override { return Console::takes_form(head); }
  StreamStart stream(const Request& head) override;
  Response handle(const Request& request) override;

 private:
  Console console_;
  CourierBundles bundles_;
  GroupCommit& commits_;
};

class OriginalsApp final : public WebApp {
 public:
  OriginalsApp(Registry& registry, GroupCommit& commits) : registry_(registry), commits_(commits) {}
  std::optional<Response> gate(const Request&) override { return std::nullopt; }
  bool streams(const Request&) const override { return false; }
  StreamStart stream(const Request&) override { return {}; }
  Response handle(const Request& request) override;

 private:
  Registry& registry_;
  GroupCommit& commits_;
};

}  // namespace qabyl::sync::registry
