// See service.h.
#include "sync/registry/service.h"

#include "core/sys/files.h"
#include "sync/registry/console/originals.h"
#include "sync/registry/courier_answers.h"
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

// As a request of the line, upload bodies included: each a job of its own.
Response ask_line(WebApp& line, const Request& request) {
  if (!line.streams(request)) return line.handle(request);
  auto start = line.stream(request);
  if (!start.sink) return start.refusal;
  return start.sink->finish(start.sink->write(core::as_bytes(request.body)).has_value());
}

// Returns once the log's files hold what was committed before, or the disk refused: a group is answered before they are written, so
// that the second one comes after them.
void settle_log(GroupCommit& commits) {
  commits.publish_log();
  for (int i = 0; i < 2; ++i) (void)commits.run([](core::Instant) { return Response{}; });
}

class FormOfConsole final : public BodySink {
 public:
  FormOfConsole(std::unique_ptr<FormBody> body, Request head, Console& console, CourierBundles& bundles, GroupCommit& commits)
      : body_(std::move(body)), head_(std::move(head)), console_(console), bundles_(bundles), commits_(commits) {}
  core::Status write(core::ByteView bytes) override {
    body_->write(bytes);
    return core::Done{};
  }
  Response finish(bool whole) override {
    if (!whole) return problem_response(400, "form.cut", "the form did not come whole");  // nobody reads it
    const SentForm& form = body_->finish();  // flush and digest on this connection's thread
    const Response answer = commits_.run([&](core::Instant now) { return console_.finish_form(head_, form, now); });
    if (answer.status != courier_goes_on || !Console::takes_courier(head_)) return answer;
    const auto result = bundles_.take(form.file->path);
    return commits_.run([&](core::Instant now) { return console_.courier_taken(head_, form, result, now); });
  }

 private:
  std::unique_ptr<FormBody> body_;
  Request head_;
  Console& console_;
  CourierBundles& bundles_;
  GroupCommit& commits_;
};

}  // namespace

// Opened and sealed on the thread of the connection that brought it. Whole bundles are large: one at a time.
core::Result<CourierResult> CourierBundles::take(const std::string& path) {
  const std::unique_lock<std::mutex> alone(mutex_, std::try_to_lock);
  if (!alone.owns_lock()) return core::Error{core::ErrorCode::conflict, "courier.busy"};
  QABYL_TRY(file, core::sys::read_file(path, form_file_bytes_max));
  core::Instant now{};
  const CourierHands hands{[this](const Request& request) { return ask_line(line_, request); },
                           [this](const std::function<core::Status(core::Instant)>& work) -> core::Status {
                             core::Status done = core::Done{};
                             const auto answer = commits_.run([&](core::Instant at) {
                               done = work(at);
                               return done ? Response{} : problem_response(503, "storage", "taken back");
                             });
                             if (!done) return done;
                             return answer.status == 200 ? core::Status(core::Done{}) : core::Status(core::Error{core::ErrorCode::storage, "commit"});
                           },
                           [this] { settle_log(commits_); }};
  QABYL_TRY_DO(hands.on_storage([&](core::Instant at) { return now = at, core::Status(core::Done{}); }));
  auto result = take_courier(registry_, file, now, hands);
  if (result) QABYL_TRY_DO(keep_answers(registry_.folder, result->device, result->file, now));
  return result;
}

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
  return {std::make_unique<FormOfConsole>(std::move(body), head, console_, bundles_, commits_), {}};
}

Response ConsoleApp::handle(const Request& request) {
  return commits_.run([&](core::Instant now) { return console_.handle(request, now); });
}

Response OriginalsApp::handle(const Request& request) {
  return commits_.run([&](core::Instant now) { return serve_original(registry_, request, now); });
}

}  // namespace qabyl::sync::registry
