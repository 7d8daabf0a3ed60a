// A child process that runs one function of a test and may die in it; its parent hears what it said. For tests only.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace qabyl::power {

class Line {                       // to the parent
 public:
  explicit Line(int fd) : fd_(fd) {}
  void say(std::string_view text) const;  // one line; what was said stays said, whatever happens next

 private:
  int fd_;
};

struct Ended {
  std::string said;                // whole lines
  std::string complaint;           // the end of what it wrote to stderr
  int signal = 0;                  // by which it died; 0: it did not
  int code = 0;                    // its exit code otherwise
  bool in_time = true;
  std::string text() const;        // all of it, for a failure
};

// Runs `act` in a child of its own; a child that lasts longer than `at_most` is killed (in_time false).
Ended in_child(const std::function<int(const Line&)>& act, std::chrono::seconds at_most = std::chrono::seconds(60));

// A folder in memory if the machine has one, else among the temporary ones: no disk waits for what a test flushes.
class FastFolder {
 public:
  explicit FastFolder(std::string_view name);
  ~FastFolder();
  FastFolder(const FastFolder&) = delete;
  FastFolder& operator=(const FastFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void copy_folder(const std::string& from, const std::string& to);  // `to` is made anew

}  // namespace qabyl::power
