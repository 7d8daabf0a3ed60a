// qabyl-verify as anybody runs it: the real program, what it says and how it ends; files for it in a folder of their own.
#pragma once

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"

namespace qabyl::test {

struct Answer {
  int status = -1;
  std::string out;
  std::string first_line() const { return out.substr(0, out.find('\n')); }
};

// QABYL_VERIFY: another build of it, to measure.
inline const std::string verify_program = std::getenv("QABYL_VERIFY") != nullptr ? std::getenv("QABYL_VERIFY") : qabyl::test::in_build("/bin/qabyl-verify");

// Words of these tests hold no single quote.
inline Answer ask_verify(const std::vector<std::string>& words) {
  std::string command = verify_program;
  for (const auto& word : words) command += " '" + word + "'";
  Answer answer;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::array<char, 4096> part{};
  for (std::size_t n = 0; (n = std::fread(part.data(), 1, part.size(), pipe)) > 0;) answer.out.append(part.data(), n);
  answer.status = WEXITSTATUS(pclose(pipe));
  return answer;
}

class VerifyFolder {  // removed with all that is in it
 public:
  VerifyFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "qabyl-verify-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~VerifyFolder() { std::filesystem::remove_all(path_); }
  VerifyFolder(const VerifyFolder&) = delete;
  VerifyFolder& operator=(const VerifyFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string file(const std::string& name, std::string_view text) const {
    const auto path = path_ + "/" + name;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  std::string file(const std::string& name, const core::Bytes& bytes) const { return file(name, core::as_text(bytes)); }

 private:
  std::string path_;
};

}  // namespace qabyl::test
