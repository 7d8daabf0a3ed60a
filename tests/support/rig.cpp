// Processes, folders and the sample office of the end-to-end tests. See rig.h.
#include "tests/support/rig.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

extern char** environ;

namespace qabyl::rig {
namespace {

using namespace std::chrono_literals;

[[noreturn]] void give_up(const std::string& what, const std::string& log) {
  std::fprintf(stderr, "rig: %s\n%s\n", what.c_str(), read_text(log).c_str());
  std::abort();
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> made;
  for (auto& text : texts) made.push_back(text.data());
  made.push_back(nullptr);
  return made;
}

}  // namespace

Program::Program(const std::vector<std::string>& arguments, const std::string& log,
                 const std::map<std::string, std::string>& environment) {
  auto words = arguments;
  std::vector<std::string> variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string variable = *entry;
    if (!environment.contains(variable.substr(0, variable.find('=')))) variables.push_back(variable);
  }
  for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  const int failed = posix_spawn(&pid_, words.front().c_str(), &actions, nullptr, pointers(words).data(), pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) give_up("cannot start " + words.front(), log);
}

Program::~Program() {
  if (!running()) return;
  signal(SIGKILL);
  wait(10s);
}

Program::Program(Program&& other) noexcept { *this = std::move(other); }

Program& Program::operator=(Program&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(status_, other.status_);
  return *this;
}

bool Program::running() { return pid_ > 0 && !wait(0ms); }

void Program::signal(int number) {
  if (pid_ > 0 && !status_) ::kill(pid_, number);
}

std::optional<int> Program::wait(std::chrono::milliseconds at_most) {
  const auto until = std::chrono::steady_clock::now() + at_most;
  while (pid_ > 0 && !status_) {
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) == pid_) {
      status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
      break;
    }
    if (std::chrono::steady_clock::now() >= until) return std::nullopt;
    std::this_thread::sleep_for(5ms);  // the poll of a child, not a hope
  }
  return status_;
}

int run(const std::vector<std::string>& arguments, const std::string& log, std::chrono::milliseconds at_most) {
  Program program(arguments, log);
  const auto status = program.wait(at_most);
  return status ? *status : -1;
}

std::string program(std::string_view name) {
  return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / name).string();
}

std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return file ? text.str() : std::string();
}

void write_text(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

bool wait_for_line(const std::string& path, std::string_view needle, Program& alive, std::chrono::milliseconds at_most) {
  const auto until = std::chrono::steady_clock::now() + at_most;
  for (;;) {
    const bool ended = !alive.running();
    if (read_text(path).find(needle) != std::string::npos) return true;
    if (ended || std::chrono::steady_clock::now() >= until) return false;
    std::this_thread::sleep_for(10ms);
  }
}

std::string faketime_library() {
  std::error_code none;
  for (const auto& folder : std::filesystem::directory_iterator("/usr/lib", none)) {
    const auto library = folder.path() / "faketime/libfaketime.so.1";
    if (std::filesystem::exists(library, none)) return library.string();
  }
  return {};
}

std::map<std::string, std::string> faked_clock(const std::string& file, bool steady_too) {
  std::map<std::string, std::string> environment{{"LD_PRELOAD", faketime_library()}, {"FAKETIME_TIMESTAMP_FILE", file}, {"FAKETIME_NO_CACHE", "1"}, {"NO_FAKE_STAT", "1"}};
  if (!steady_too) environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
  return environment;
}

TemporaryFolder::TemporaryFolder(std::string_view name) {
  std::string pattern = (std::filesystem::temp_directory_path() / ("qabyl-" + std::string(name) + "-XXXXXX")).string();
  if (mkdtemp(pattern.data()) == nullptr) give_up("no temporary folder", "");
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Office::Office(std::string folder) : folder_(std::move(folder)) {
  std::filesystem::create_directories(usb());
  const auto log = folder_ + "/setup.log";
  if (run({program("qabyl-registry"), "init", "--data", registry_data()}, log) != 0) give_up("init", log);
  start_registry();  // once, to learn free ports
  stop_registry();
  const auto url = "https://localhost:" + std::to_string(device_port_);
  if (run({program("qabyl-registry"), "sample", "--data", registry_data(), "--secrets", folder_ + "/secrets.txt",
           "--enrolment", folder_ + "/enrolment.json", "--device-url", url}, log) != 0) give_up("sample", log);
  start_registry();
  if (run({program("qabyl-kiosk"), "enrol", "--data", kiosk_data(), "--enrolment", folder_ + "/enrolment.json"}, log) != 0) {
    give_up("enrol", log);
  }
  const auto text = read_text(folder_ + "/secrets.txt.json");
  auto json = core::parse_json(text, 1024 * 1024);
  if (!json) give_up("secrets are not readable", log);
  secrets_ = *std::move(json);
}

void Office::add_kiosk(const std::string& device) {
  const auto file = folder_ + "/enrolment-" + device + ".json";
  const auto url = "https://localhost:" + std::to_string(device_port_);
  if (run({program("qabyl-registry"), "add-kiosk", "--data", registry_data(), "--device", device, "--place-kk", "Алматы, қор терминалы",
           "--place-ru", "Алматы, запасной терминал", "--place-en", "Almaty, spare kiosk", "--profile", "kz-2004-249", "--device-url", url},
          file) != 0) give_up("add-kiosk", file);
}

void Office::enrol_kiosk(const std::string& device) {
  const auto log = folder_ + "/setup.log";
  if (run({program("qabyl-kiosk"), "enrol", "--data", kiosk_data(device), "--enrolment", folder_ + "/enrolment-" + device + ".json"}, log) != 0) {
    give_up("enrol " + device, log);
  }
}

void Office::start_registry(const std::map<std::string, std::string>& environment) {
  const auto ready = folder_ + "/registry.log";
  write_text(ready, "");
  registry_ = Program({program("qabyl-registry"), "serve", "--data", registry_data(), "--device-port", std::to_string(device_port_),
                       "--console-port", std::to_string(console_port_)}, ready, environment);
  if (!wait_for_line(ready, "\"ready\":true", registry_, 30s)) give_up("the registry did not start", ready);
  const auto text = read_text(ready);
  const auto number = [&](std::string_view name) {
    const auto at = text.find("\"" + std::string(name) + "\":");
    return std::atoi(text.c_str() + at + name.size() + 3);
  };
  device_port_ = number("device_port");
  console_port_ = number("console_port");
}

void Office::stop_registry() {
  registry_.signal(SIGTERM);
  if (!registry_.wait(20s)) give_up("the registry did not stop", folder_ + "/registry.log");
}

void Office::kill_registry() {
  registry_.signal(SIGKILL);
  registry_.wait(10s);
}

std::vector<core::Json> Office::registry_records() {
  const auto file = folder_ + "/show.jsonl";
  std::filesystem::remove(file);
  if (run({program("qabyl-registry"), "show", "--data", registry_data()}, file) != 0) give_up("show", file);
  std::vector<core::Json> records;
  std::istringstream lines(read_text(file));
  for (std::string line; std::getline(lines, line);) {
    if (auto json = core::parse_json(line, 1024 * 1024)) records.push_back(*std::move(json));
  }
  return records;
}

std::vector<std::string> Office::kiosk_command(const std::vector<std::string>& more, const std::string& device) const {
  std::vector<std::string> command{program("qabyl-kiosk"), "--data", device.empty() ? kiosk_data() : kiosk_data(device), "--usb", usb()};
  command.insert(command.end(), more.begin(), more.end());
  return command;
}

}  // namespace qabyl::rig
