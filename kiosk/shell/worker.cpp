// The worker's thread: takes jobs in order, one at a time. See worker.h for the contract.
#include "kiosk/shell/worker.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/sys/stack.h"

namespace qabyl::kiosk {

void step_back(int nice) {
  if (nice != 0) (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), nice);
}

Worker::Worker(std::string name, int nice) {
  thread_ = std::thread([this, nice, name = std::move(name)] {
    pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
    step_back(nice);
    run();
  });
}

Worker::~Worker() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  filled_.notify_all();
  thread_.join();
}

bool Worker::post(std::function<void()> job) {
  {
    const std::lock_guard lock(mutex_);
    if (ending_ || jobs_.size() >= jobs_max) return false;
    jobs_.push_back(std::move(job));
  }
  filled_.notify_one();
  return true;
}

void Worker::when_idle(Idle idle) {
  QABYL_CHECK(post([this, idle = std::move(idle)] { idle_ = idle; }));
}

void Worker::wait_for_job(std::unique_lock<std::mutex>& lock) {
  const auto wanted = [this] { return ending_ || !jobs_.empty(); };
  while (!wanted()) {
    if (!idle_) return filled_.wait(lock, wanted);
    lock.unlock();
    const auto left = idle_->left();
    lock.lock();
    if (filled_.wait_for(lock, left, wanted)) return;
    lock.unlock();
    idle_->work();
    lock.lock();
  }
}

void Worker::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wait_for_job(lock);
    if (jobs_.empty()) return;
    auto job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job();
    job = nullptr;  // what it captured goes before the next one runs, and so does what it left on the stack (I13)
    core::sys::wipe_stack_below();
    lock.lock();
  }
}

// A full queue is no reason to fail a call: the caller waits for a place as it waits for the value.
void Worker::run_and_wait(const std::function<void()>& job) {
  std::mutex done_mutex;
  std::condition_variable done_signal;
  bool done = false;
  {
    const std::lock_guard lock(mutex_);
    QABYL_CHECK(!ending_);
    jobs_.push_back([&] {
      job();
      const std::lock_guard done_lock(done_mutex);
      done = true;
      done_signal.notify_one();  // under the lock: the waiter's stack holds both
    });
  }
  filled_.notify_one();
  std::unique_lock lock(done_mutex);
  done_signal.wait(lock, [&] { return done; });
}

}  // namespace qabyl::kiosk
