// A thread with a bounded queue of jobs, and a bounded channel of values between threads. With
// worker.cpp the only place of the kiosk that makes threads. Knows nothing of what the jobs do.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "core/result.h"

namespace qabyl::kiosk {

inline constexpr std::size_t jobs_max = 1024;
inline constexpr std::size_t channel_max = 4096;

// Nice values: a frame goes before what the disk and the line have to do, on a kiosk of two cores too. Drawing keeps 0.
inline constexpr int nice_storage = 5, nice_link = 10;
// Of the calling thread alone. One that the system does not let step back works on as it is.
void step_back(int nice);

class Worker {
 public:
  explicit Worker(std::string name, int nice = 0);
  ~Worker();  // runs what is queued, then ends
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // False: the queue is full; the job was not taken.
  [[nodiscard]] bool post(std::function<void()> job);
  // Runs `job` on the worker's thread and waits for its value; at once when called on that thread.
  template <typename Job>
  auto call(Job job) -> decltype(job()) {
    if (on_this_thread()) return job();
    std::optional<decltype(job())> value;
    run_and_wait([&] { value.emplace(job()); });
    return *std::move(value);
  }
  // What the thread does while no job waits, until it ends: `work` a little of it, once `left` has passed. Both run on
  // this worker's thread; a job that comes meanwhile waits for one `work` at most.
  struct Idle {
    std::function<std::chrono::milliseconds()> left;
    std::function<void()> work;
  };
  void when_idle(Idle idle);
  bool on_this_thread() const { return std::this_thread::get_id() == thread_.get_id(); }

 private:
  void run();
  void wait_for_job(std::unique_lock<std::mutex>& lock);
  void run_and_wait(const std::function<void()>& job);

  std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<std::function<void()>> jobs_;
  bool ending_ = false;
  std::optional<Idle> idle_;  // of this thread alone
  std::thread thread_;
};

// Values from any thread to one reader, who is woken by `wake` (may be called from any thread).
template <typename Value>
class Channel {
 public:
  explicit Channel(std::function<void()> wake) : wake_(std::move(wake)) {}
  void put(Value value) {
    {
      const std::lock_guard lock(mutex_);
      QABYL_CHECK(values_.size() < channel_max);  // the reader drains it in every pass
      values_.push_back(std::move(value));
    }
    wake_();
  }
  std::deque<Value> take_all() {
    const std::lock_guard lock(mutex_);
    return std::exchange(values_, {});
  }

 private:
  std::function<void()> wake_;
  std::mutex mutex_;
  std::deque<Value> values_;
};

}  // namespace qabyl::kiosk
