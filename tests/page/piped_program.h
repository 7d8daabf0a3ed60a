// A program that is talked to over two pipes, a zero byte behind each message (the way of --remote-debugging-pipe).
// Ended by its pid when the value goes. Knows no test library.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qabyl::test {

class PipedProgram {
 public:
  // The program reads messages from descriptor `reads` and writes them to `writes`; all else it says goes to `log`.
  PipedProgram(const std::vector<std::string>& arguments, int reads, int writes, const std::string& log);
  ~PipedProgram();
  PipedProgram(const PipedProgram&) = delete;
  PipedProgram& operator=(const PipedProgram&) = delete;

  bool send(std::string_view message);
  // The next message; nullopt when the program has ended or says nothing for `at_most`.
  std::optional<std::string> receive(std::chrono::milliseconds at_most);

 private:
  pid_t pid_ = -1;
  int to_ = -1, from_ = -1;
  std::string held_;  // read, not yet given out
};

}  // namespace qabyl::test
