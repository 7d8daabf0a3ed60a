// See group_commit.h.
#include "sync/registry/group_commit.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "sync/registry/seal.h"
#include "sync/wire/problem.h"

namespace qabyl::sync::registry {
namespace {

Response unknown_outcome() { return problem_response(503, "unknown-outcome", "ask again: the outcome is not known"); }

Response busy() {
  core::Json extra;
  extra["retry_after"] = 5;
  return problem_response(Problem{503, "busy", "too much is waiting", {}, extra});
}

Response wrong_clock() { return problem_response(503, "clock", "the registry's clock is outside the time of its keys: nothing is stored until it is set right"); }

Response not_stored() { return problem_response(503, "storage", "the registry could not store this"); }

Answer run_one(Registry& registry, const Job& job, core::Instant now) {
  auto savepoint = core::Savepoint::begin(registry.database);
  if (!savepoint) return not_stored();
  Answer answer = job(now);
  if (answer.response.status < 500 && !savepoint->release()) return not_stored();
  return answer;  // not released: taken back
}

// Answers whose job was taken back have no body to come.
core::Status complete(std::vector<Answer>& answers) {
  for (Answer& answer : answers) {
    if (!answer.body || answer.response.status >= 500) continue;
    QABYL_TRY(body, answer.body());
    answer.response.body = std::move(body);
  }
  return core::Done{};
}

}  // namespace

std::vector<Response> run_group(Registry& registry, const std::vector<Job>& jobs, core::Instant now) {
  auto transaction = core::Transaction::begin(registry.database);
  if (!transaction) return std::vector<Response>(jobs.size(), unknown_outcome());
  registry.log.begin();
  std::vector<Answer> answers;
  for (const Job& job : jobs) answers.push_back(run_one(registry, job, now));
  const auto sealed = seal(registry, now);
  if (!sealed && sealed.error().code == core::ErrorCode::wrong_state) return std::vector<Response>(jobs.size(), wrong_clock());
  if (!sealed || !complete(answers)) return std::vector<Response>(jobs.size(), not_stored());
  if (!transaction->commit()) return std::vector<Response>(jobs.size(), unknown_outcome());
  registry.log.committed();
  std::vector<Response> responses;
  for (Answer& answer : answers) responses.push_back(std::move(answer.response));
  return responses;
}

struct GroupCommit::State {
  struct Waiting {
    Job job;
    Response response;
    bool done = false;
    std::condition_variable answered{};  // of its own: with one for all, each group would wake every connection that waits
  };
  Registry& registry;
  core::Clock& clock;
  std::mutex mutex;
  std::condition_variable work;
  std::deque<std::shared_ptr<Waiting>> waiting;
  bool stopping = false, publishing = false;
  std::atomic<bool> failed{false}, log_behind{true};
  std::thread thread;

  void loop();
  void run(const std::vector<std::shared_ptr<Waiting>>& group);
  void publish();
};

void GroupCommit::State::run(const std::vector<std::shared_ptr<Waiting>>& group) {
  std::vector<Job> jobs;
  for (const auto& one : group) jobs.push_back(one->job);
  std::vector<Response> responses = run_group(registry, jobs, clock.read().wall);
  if (registry.database.doubtful()) failed = true;
  log_behind = registry.log_files.behind(registry.log);
  const std::lock_guard<std::mutex> guard(mutex);
  for (std::size_t i = 0; i < group.size(); ++i) {
    group[i]->response = std::move(responses[i]);
    group[i]->done = true;
    group[i]->answered.notify_one();
  }
}

// A disk that refuses costs nobody an answer: the files stay behind, and the next second tries again.
void GroupCommit::State::publish() {
  if (!failed) (void)registry.log_files.publish(registry.log);
  log_behind = registry.log_files.behind(registry.log);
}

void GroupCommit::State::loop() {
  for (;;) {
    std::vector<std::shared_ptr<Waiting>> group;
    bool publish_now = false;
    {
      std::unique_lock<std::mutex> guard(mutex);
      work.wait(guard, [this] { return stopping || publishing || !waiting.empty(); });
      if (waiting.empty() && !publishing) break;
      publish_now = std::exchange(publishing, false);
      while (!waiting.empty() && group.size() < group_jobs_max) {
        group.push_back(std::move(waiting.front()));
        waiting.pop_front();
      }
    }
    if (!group.empty()) run(group);
    if (publish_now) publish();
  }
  publish();
}

GroupCommit::GroupCommit(Registry& registry, core::Clock& clock)
    : state_(new State{registry, clock, {}, {}, {}, false, false, {false}, {true}, {}}) {
  state_->thread = std::thread([state = state_.get()] { state->loop(); });
}

GroupCommit::~GroupCommit() { stop(); }

Response GroupCommit::run(Job job) {
  auto mine = std::make_shared<State::Waiting>();
  mine->job = std::move(job);
  std::unique_lock<std::mutex> guard(state_->mutex);
  if (state_->stopping || state_->failed || state_->waiting.size() >= waiting_jobs_max) return busy();
  state_->waiting.push_back(mine);
  state_->work.notify_one();
  mine->answered.wait(guard, [&] { return mine->done; });
  return mine->response;
}

void GroupCommit::publish_log() {
  if (!state_->log_behind) return;
  const std::lock_guard<std::mutex> guard(state_->mutex);
  state_->publishing = true;
  state_->work.notify_one();
}

void GroupCommit::stop() {
  {
    const std::lock_guard<std::mutex> guard(state_->mutex);
    state_->stopping = true;
    state_->work.notify_one();
  }
  if (state_->thread.joinable()) state_->thread.join();
}

bool GroupCommit::failed() const { return state_->failed; }

}  // namespace qabyl::sync::registry
