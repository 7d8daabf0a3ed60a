// Group commit: connections hand their work to one storage thread, which runs up to group_jobs_max of them in
// one transaction, each in its own savepoint, seals the group (seal.h) and answers only after the COMMIT (RELIABILITY,
// 7.1). It owns the store while it runs; the registry has one other thread of its own, which never touches the store
// (scan_matcher.h).
#pragma once

#include <functional>
#include <memory>

#include "sync/registry/answer.h"
#include "sync/registry/registry.h"

namespace qabyl::sync::registry {

inline constexpr std::size_t group_jobs_max = 64;
inline constexpr std::size_t waiting_jobs_max = 1024;

using Job = std::function<Answer(core::Instant)>;

// The same without a thread: one transaction for all, in order. A job that answers 500 or more is taken
// back on its own; when the group cannot be sealed all are, and every answer becomes 503 storage; when the COMMIT fails
// every answer becomes 503 unknown-outcome; 503 clock if its signatures could not be believed at that time.
std::vector<Response> run_group(Registry& registry, const std::vector<Job>& jobs, core::Instant now);

class GroupCommit {
 public:
  GroupCommit(Registry& registry, core::Clock& clock);
  ~GroupCommit();                 // as stop()
  // Any thread. Blocks until the job's outcome is durable. 503 when stopping or when too many wait.
  Response run(Job job);
  // Any thread. Writes the evidence log's files, if they are behind the log: once a second, by whoever keeps time.
  void publish_log();
  void stop();                    // finishes what waits
  bool failed() const;            // a COMMIT failed: the program must end and be started anew (I7)

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace qabyl::sync::registry
