// An office under load: the real registry as a process, and as many enrolled kiosks as asked for. Watches the registry from
// outside, and compares at the end what it holds with what the kiosks filed.
#pragma once

#include <atomic>
#include <thread>

#include "tests/bench/load/figures.h"
#include "tests/bench/load/light_kiosk.h"
#include "tests/support/rig.h"

namespace qabyl::load {

class LoadOffice {
 public:
  explicit LoadOffice(int kiosks);
  rig::Office& office() { return *office_; }
  // A kiosk that speaks to this port, or to the registry itself.
  std::unique_ptr<LightKiosk> kiosk(int n, int port = 0) const;
  int kiosks() const { return static_cast<int>(identities_.size()); }
  // Stops the registry. Each filing must be there once, whole, accepted, with the digest that was filed, and with one leaf.
  void compare(const std::vector<std::unique_ptr<LightKiosk>>& kiosks, Figures& figures);

 private:
  rig::TemporaryFolder folder_{"load"};
  std::unique_ptr<rig::Office> office_;
  std::vector<Identity> identities_;
  core::Record like_;
};

// The registry's memory, files and WAL, looked at while it lives. Restarts are followed by watch().
class Watch {
 public:
  explicit Watch(std::string data_folder) : data_(std::move(data_folder)), thread_([this] { loop(); }) {}
  ~Watch() { stop(); }
  void watch(pid_t pid) { pid_ = pid; }
  void stop();
  double rss_mib() const { return static_cast<double>(rss_kib_) / 1024; }
  std::int64_t files() const { return files_; }
  double wal_mib() const { return static_cast<double>(wal_bytes_) / 1024 / 1024; }
  static double rss_mib_of(pid_t pid);
  static std::int64_t files_of(pid_t pid);

 private:
  void loop();
  std::string data_;
  std::atomic<pid_t> pid_{-1};
  std::atomic<bool> ending_{false};
  std::atomic<std::int64_t> rss_kib_{0}, wal_bytes_{0}, files_{0};
  std::thread thread_;
};

}  // namespace qabyl::load
