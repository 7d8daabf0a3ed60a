// Real programs for end-to-end tests and the tour: a registry on loopback, an enrolled kiosk, scripts.
// Every process is ended by its pid; every folder is temporary unless asked for. Knows no test library.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/json.h"

namespace qabyl::rig {

// A started program; killed with SIGKILL and reaped when the value goes, if it still runs.
class Program {
 public:
  Program() = default;
  // stdout and stderr go to `log` (appended). `environment` adds to ours.
  Program(const std::vector<std::string>& arguments, const std::string& log,
          const std::map<std::string, std::string>& environment = {});
  ~Program();
  Program(Program&& other) noexcept;
  Program& operator=(Program&& other) noexcept;

  pid_t pid() const { return pid_; }
  bool running();
  void signal(int number);
  // Exit code, 128 + signal; nullopt: still running after `at_most`.
  std::optional<int> wait(std::chrono::milliseconds at_most);

 private:
  pid_t pid_ = -1;
  std::optional<int> status_;
};

int run(const std::vector<std::string>& arguments, const std::string& log,
        std::chrono::milliseconds at_most = std::chrono::minutes{2});

std::string program(std::string_view name);          // beside the running test program, in bin/
std::string read_text(const std::string& path);      // empty when absent
void write_text(const std::string& path, std::string_view text);
// Waits until `path` holds a line with `needle`; false after `at_most` or when `alive` has ended.
bool wait_for_line(const std::string& path, std::string_view needle, Program& alive, std::chrono::milliseconds at_most);

// libfaketime, of Debian's package of that name; "" where it is not installed.
std::string faketime_library();
// Under this environment a program's clock is wrong by what `file` says ("+0", "-86400": seconds), which may change while it
// runs; the clocks that count from the boot with it, if `steady_too`. Times of files stay what they are.
std::map<std::string, std::string> faked_clock(const std::string& file, bool steady_too);

class TemporaryFolder {
 public:
  explicit TemporaryFolder(std::string_view name);
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// The sample office: registry data, secrets, one enrolled kiosk.
class Office {
 public:
  explicit Office(std::string folder);  // made anew; aborts the process with the log if it cannot be
  void start_registry(const std::map<std::string, std::string>& environment = {});
  void stop_registry();                 // SIGTERM, waits
  void kill_registry();                 // SIGKILL
  // Another kiosk of this office, not enrolled yet: the registry must be stopped. Then enrol_kiosk().
  void add_kiosk(const std::string& device);
  void enrol_kiosk(const std::string& device);  // its data: kiosk_data(device)
  bool registry_running() { return registry_.running(); }
  Program& registry() { return registry_; }

  std::string folder() const { return folder_; }
  std::string registry_data() const { return folder_ + "/registry"; }
  std::string kiosk_data() const { return folder_ + "/kiosk"; }
  std::string kiosk_data(const std::string& device) const { return folder_ + "/kiosk-" + device; }
  std::string usb() const { return folder_ + "/usb"; }
  int device_port() const { return device_port_; }
  int console_port() const { return console_port_; }
  const core::Json& secrets() const { return secrets_; }
  // One JSON object a record that the registry holds, in order of taking.
  std::vector<core::Json> registry_records();

  // Arguments that start the kiosk on this office's data; `more` is appended.
  std::vector<std::string> kiosk_command(const std::vector<std::string>& more, const std::string& device = {}) const;  // device: one that was added

 private:
  std::string folder_;
  Program registry_;
  int device_port_ = 0, console_port_ = 0;
  core::Json secrets_;
};

}  // namespace qabyl::rig
