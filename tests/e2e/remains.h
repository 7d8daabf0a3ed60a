// What remains of a visitor: their words, a picture and a signature, looked for in the memory of a program and of those that
// it started, in its open files (deleted ones too) and in folders (RELIABILITY I13, 4.11). Words are looked for as UTF-8, 16LE,
// 16BE, 32LE, base64 at each offset, and backwards. Knows no screen, and no test library.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace qabyl::rig {

class Remains {
 public:
  void add_word(const std::string& word);  // six characters or more
  // A row of that colour: what survives of a flat picture when it is scaled and its bytes are reordered.
  void add_colour(std::uint8_t red, std::uint8_t green, std::uint8_t blue);
  // Points of a pad in the kiosk's memory, from left to right with `step` (1/10 000 of the pad) between them.
  void add_stroke(int step);

  // What was found, as "word (how) in place", each once; empty: nothing. Root's right is needed for a program's memory:
  // memory_can_be_read() says whether it is there.
  std::vector<std::string> in_bytes(std::span<const std::uint8_t> bytes, const std::string& place) const;
  std::vector<std::string> in_process(pid_t pid) const;           // stopped meanwhile, with all its descendants
  std::vector<std::string> in_folder(const std::string& folder) const;
  static bool memory_can_be_read(pid_t pid);
  std::uint64_t bytes_read() const { return bytes_read_; }

 private:
  struct Needle { std::string name, bytes; };
  void add(std::string name, std::string bytes);
  void in_memory(pid_t pid, std::vector<std::string>& found) const;
  void in_open_files(pid_t pid, std::vector<std::string>& found) const;
  void in_file(const std::string& path, const std::string& place, std::vector<std::string>& found) const;
  bool stroke_at(std::span<const std::uint8_t> bytes, std::size_t at) const;

  std::vector<Needle> needles_;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> by_head_;  // of the first four bytes
  std::vector<bool> heads_ = std::vector<bool>(1U << 16U);
  int stroke_step_ = 0;
  mutable std::uint64_t bytes_read_ = 0;
};

std::vector<pid_t> family_of(pid_t pid);  // it and all who descend from it

}  // namespace qabyl::rig
