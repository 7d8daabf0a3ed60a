// See group_commit.h.
#include "sync/registry/group_commit.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "sync/wire/problem.h"

namespace qabyl::sync::registry {
namespace {

Response unknown_outcome() { return problem_response(503, "unknown-outcome", "ask again: the outcome is not known"); }

Response busy() {
  core::Json extra;
  extra["retry_after"] = 5;
  return problem_response(Problem{503, "busy", "too much is waiting", {}, extra});
}

Response run_one(Registry& registry, const Job& job, core::Instant now) {
  auto savepoint = core::Savepoint::begin(registry.database);
  if (!savepoint) return problem_response(503, "storage", "the registry could not store this");
  Response response = job(now);
  if (response.status < 500 && !savepoint->release()) return problem_response(503, "storage", "the registry could not store this");
  return response;  // not released: taken back
}

}  // namespace

std::vector<Response> run_group(Registry& registry, const std::vector<Job>& jobs, core::Instant now) {
  auto transaction = core::Transaction::begin(registry.database);
  if (!transaction) return std::vector<Response>(jobs.size(), unknown_outcome());
  std::vector<Response> responses;
  for (const Job& job : jobs) responses.push_back(run_one(registry, job, now));
  if (!transaction->commit()) return std::vector<Response>(jobs.size(), unknown_outcome());
  return responses;
}

struct GroupCommit::State {
  struct Waiting {
    Job job;
    Response response;
    bool done = false;
  };
  Registry& registry;
  core::Clock& clock;
  std::mutex mutex;
  std::condition_variable work, answered;
  std::deque<std::shared_ptr<Waiting>> waiting;
  bool stopping = false;
  std::atomic<bool> failed{false};
  std::thread thread;

  void loop();
  void run(const std::vector<std::shared_ptr<Waiting>>& group);
};

void GroupCommit::State::run(const std::vector<std::shared_ptr<Waiting>>& group) {
  std::vector<Job> jobs;
  for (const auto& one : group) jobs.push_back(one->job);
  std::vector<Response> responses = run_group(registry, jobs, clock.read().wall);
  if (registry.database.doubtful()) failed = true;
  const std::lock_guard<std::mutex> guard(mutex);
  for (std::size_t i = 0; i < group.size(); ++i) {
    group[i]->response = std::move(responses[i]);
    group[i]->done = true;
  }
  answered.notify_all();
}

void GroupCommit::State::loop() {
  for (;;) {
    std::vector<std::shared_ptr<Waiting>> group;
    {
      std::unique_lock<std::mutex> guard(mutex);
      work.wait(guard, [this] { return stopping || !waiting.empty(); });
      if (waiting.empty()) return;
      while (!waiting.empty() && group.size() < group_jobs_max) {
        group.push_back(std::move(waiting.front()));
        waiting.pop_front();
      }
    }
    run(group);
  }
}

GroupCommit::GroupCommit(Registry& registry, core::Clock& clock)
    : state_(new State{registry, clock, {}, {}, {}, {}, false, {}, {}}) {
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
  state_->answered.wait(guard, [&] { return mine->done; });
  return mine->response;
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
