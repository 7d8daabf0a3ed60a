// See service.h.
#include "sync/registry/service.h"

namespace qabyl::sync::registry {
namespace {

class UploadBody final : public BodySink {
 public:
  UploadBody(std::unique_ptr<Append> append, Api& api, GroupCommit& commits)
      : append_(std::move(append)), api_(api), commits_(commits) {}
  core::Status write(core::ByteView bytes) override { return append_->write(bytes); }
  Response finish(bool whole) override {
    const Sealed sealed = append_->seal(whole);  // flush and digest on this connection's thread
    return commits_.run([&](core::Instant now) { return api_.finish_append(*append_, sealed, now); });
  }

 private:
  std::unique_ptr<Append> append_;
  Api& api_;
  GroupCommit& commits_;
};

}  // namespace

StreamStart DeviceApp::stream(const Request& head) {
  std::unique_ptr<Append> append;
  const Response answer = commits_.run([&](core::Instant now) {
    AppendStart start = api_.begin_append(head, now);
    append = std::move(start.append);
    return start.refusal;
  });
  if (!append || answer.status >= 500) return {nullptr, answer};
  return {std::make_unique<UploadBody>(std::move(append), api_, commits_), {}};
}

Response DeviceApp::handle(const Request& request) {
  if (LogFiles::serves(request.path())) return log_files_.answer(request);  // plain files: the storage thread has no part in it
  return commits_.run([&](core::Instant now) { return api_.apply(request, now); });
}

Response ConsoleApp::handle(const Request& request) {
  return commits_.run([&](core::Instant now) { return console_.handle(request, now); });
}

}  // namespace qabyl::sync::registry
