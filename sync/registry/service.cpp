// See service.h.
#include "sync/registry/service.h"

#include "sync/registry/console/originals.h"
#include "sync/wire/problem.h"

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

class FormOfConsole final : public BodySink {
 public:
  FormOfConsole(std::unique_ptr<FormBody> body, Request head, Console& console, GroupCommit& commits)
      : body_(std::move(body)), head_(std::move(head)), console_(console), commits_(commits) {}
  core::Status write(core::ByteView bytes) override {
    body_->write(bytes);
    return core::Done{};
  }
  Response finish(bool whole) override {
    if (!whole) return problem_response(400, "form.cut", "the form did not come whole");  // nobody reads it
    const SentForm& form = body_->finish();  // flush and digest on this connection's thread
    return commits_.run([&](core::Instant now) { return console_.finish_form(head_, form, now); });
  }

 private:
  std::unique_ptr<FormBody> body_;
  Request head_;
  Console& console_;
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

StreamStart ConsoleApp::stream(const Request& head) {
  std::unique_ptr<FormBody> body;
  const Response answer = commits_.run([&](core::Instant now) { return console_.begin_form(head, now, body); });
  if (!body) return {nullptr, answer};
  return {std::make_unique<FormOfConsole>(std::move(body), head, console_, commits_), {}};
}

Response ConsoleApp::handle(const Request& request) {
  return commits_.run([&](core::Instant now) { return console_.handle(request, now); });
}

Response OriginalsApp::handle(const Request& request) {
  return commits_.run([&](core::Instant now) { return serve_original(registry_, request, now); });
}

}  // namespace qabyl::sync::registry
