// See remains.h.
#include "tests/e2e/remains.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "core/encoding.h"
#include "core/sys/files.h"
#include "core/text.h"
#include "tests/support/rig.h"

namespace qabyl::rig {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t part_bytes = 4U << 20U, overlap_bytes = 512;
constexpr std::size_t colour_run = 12, stroke_run = 6;

std::uint32_t head_of(const std::uint8_t* bytes) {
  std::uint32_t head = 0;
  std::memcpy(&head, bytes, sizeof head);
  return head;
}
std::uint32_t slot_of(std::uint32_t head) { return (head * 2654435761U) >> 16U; }

std::string wide(const std::vector<char32_t>& points, int bytes, bool big_end) {
  std::string out;
  for (const char32_t point : points) {
    for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(point >> (8 * (big_end ? bytes - 1 - i : i)) & 0xFFU));
  }
  return out;
}

// What of the word's base64 does not depend on its neighbours, when it begins `before` bytes into a group of three.
std::string base64_inside(const std::string& word, std::size_t before) {
  const std::string padded = std::string(before, '\0') + word;
  const auto whole = core::to_base64(core::as_bytes(padded));
  const std::size_t from = (before * 8 + 5) / 6, bits = padded.size() * 8;
  return whole.substr(from, bits / 6 - from);
}

struct Region { std::uint64_t from, to; std::string what; };

// What the program can have written to: libraries' code and tables are as they are on the disk.
// What stands around a find, so that its owner can be guessed.
std::string around(std::span<const std::uint8_t> bytes, std::size_t at, std::size_t size) {
  std::string text;
  for (std::size_t i = at - std::min<std::size_t>(at, 48); i < std::min(bytes.size(), at + size + 48); ++i) {
    text.push_back(bytes[i] >= 0x20 && bytes[i] != 0x7F && (bytes[i] < 0x80 || (i >= at && i < at + size)) ? static_cast<char>(bytes[i]) : '.');
  }
  return text;
}

std::vector<Region> regions_of(pid_t pid) {
  std::ifstream maps("/proc/" + std::to_string(pid) + "/maps");
  std::vector<Region> found;
  for (std::string line; std::getline(maps, line);) {
    unsigned long long from = 0, to = 0, inode = 0;
    char rights[8] = {}, name[512] = {};
    if (std::sscanf(line.c_str(), "%llx-%llx %7s %*s %*s %llu %511[^\n]", &from, &to, rights, &inode, name) < 4) continue;
    const std::string what = name;
    if (rights[0] != 'r' || what.find("[vvar]") != std::string::npos || what.find("[vsyscall]") != std::string::npos) continue;
    if (rights[1] != 'w' && inode != 0) continue;
    found.push_back({from, to, what.empty() ? "memory of its own" : what});
  }
  return found;
}

}  // namespace

std::vector<pid_t> family_of(pid_t pid) {
  std::multimap<pid_t, pid_t> children;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const auto name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const auto stat = read_text("/proc/" + name + "/stat");
    const auto after = stat.rfind(')');  // a name may hold anything
    int parent = 0;
    char state = 0;
    if (after != std::string::npos && std::sscanf(stat.c_str() + after + 1, " %c %d", &state, &parent) == 2) children.emplace(parent, std::stoi(name));
  }
  std::vector<pid_t> family{pid};
  for (std::size_t i = 0; i < family.size(); ++i) {
    for (auto [at, end] = children.equal_range(family[i]); at != end; ++at) family.push_back(at->second);
  }
  return family;
}

void Remains::add(std::string name, std::string bytes) {
  const auto head = head_of(reinterpret_cast<const std::uint8_t*>(bytes.data()));
  heads_[slot_of(head)] = true;
  by_head_[head].push_back(needles_.size());
  needles_.push_back({std::move(name), std::move(bytes)});
}

void Remains::add_word(const std::string& word) {
  auto text = core::code_points(word);
  add(word + " (UTF-8)", word);
  add(word + " (UTF-16LE)", wide(text, 2, false));
  add(word + " (UTF-16BE)", wide(text, 2, true));
  add(word + " (UTF-32LE)", wide(text, 4, false));
  for (std::size_t before = 0; before < 3; ++before) add(word + " (base64)", base64_inside(word, before));
  add(word + " (backwards)", std::string(word.rbegin(), word.rend()));
  std::reverse(text.begin(), text.end());
  const auto backwards = core::to_utf8(text);
  if (backwards != std::string(word.rbegin(), word.rend())) add(word + " (backwards)", backwards);
}

void Remains::add_colour(std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
  const auto row = [](std::initializer_list<std::uint8_t> pixel) {
    std::string bytes;
    for (std::size_t i = 0; i < colour_run; ++i) bytes.append(pixel.begin(), pixel.end());
    return bytes;
  };
  add("the picture (RGBA)", row({red, green, blue, 255}));
  add("the picture (BGRA)", row({blue, green, red, 255}));
  add("the picture (BGR0)", row({blue, green, red, 0}));
  add("the picture (RGB)", row({red, green, blue}));
  add("the picture (BGR)", row({blue, green, red}));
}

void Remains::add_stroke(int step) { stroke_step_ = step; }

// core::InkPoint: x, y, t, pressure, 32 bits each; a pad without pressure says -1.
bool Remains::stroke_at(std::span<const std::uint8_t> bytes, std::size_t at) const {
  std::int32_t points[stroke_run][4];
  if (stroke_step_ == 0 || at + sizeof points > bytes.size()) return false;
  std::int32_t pressure = 0;
  std::memcpy(&pressure, bytes.data() + at + 12, sizeof pressure);
  if (pressure != -1) return false;
  std::memcpy(points, bytes.data() + at, sizeof points);
  for (std::size_t i = 1; i < stroke_run; ++i) {
    const auto& before = points[i - 1];
    const auto& now = points[i];
    const bool goes_on = now[3] == -1 && now[0] > before[0] && now[0] - before[0] <= 4 * stroke_step_ && now[0] <= 10'000 && now[2] >= before[2] && now[2] - before[2] < 1000;
    if (!goes_on || now[1] <= 0 || before[0] < 1000) return false;
  }
  return true;
}

std::vector<std::string> Remains::in_bytes(std::span<const std::uint8_t> bytes, const std::string& place) const {
  std::set<std::string> found;
  bytes_read_ += bytes.size();
  const std::size_t count = bytes.size() < 4 ? 0 : bytes.size() - 3;
  for (std::size_t at = 0; at < count; ++at) {
    const auto head = head_of(bytes.data() + at);
    if (head == 0) continue;
    if (stroke_step_ != 0 && at % 4 == 0 && stroke_at(bytes, at)) found.insert("the signature in " + place);
    if (!heads_[slot_of(head)]) continue;
    const auto known = by_head_.find(head);
    if (known == by_head_.end()) continue;
    for (const std::size_t i : known->second) {
      const auto& needle = needles_[i];
      if (at + needle.bytes.size() <= bytes.size() && std::memcmp(bytes.data() + at, needle.bytes.data(), needle.bytes.size()) == 0) found.insert(needle.name + " in " + place + ": " + around(bytes, at, needle.bytes.size()));
    }
  }
  return {found.begin(), found.end()};
}

bool Remains::memory_can_be_read(pid_t pid) {
  const core::sys::File memory(::open(("/proc/" + std::to_string(pid) + "/mem").c_str(), O_RDONLY | O_CLOEXEC));
  const auto regions = regions_of(pid);
  char byte = 0;
  return memory.open() && !regions.empty() && ::pread(memory.fd(), &byte, 1, static_cast<off_t>(regions.front().from)) == 1;
}

void Remains::in_memory(pid_t pid, std::vector<std::string>& found) const {
  const core::sys::File memory(::open(("/proc/" + std::to_string(pid) + "/mem").c_str(), O_RDONLY | O_CLOEXEC));
  std::vector<std::uint8_t> part(part_bytes + overlap_bytes);
  for (const auto& region : regions_of(pid)) {
    for (auto from = region.from; from < region.to; from += part_bytes) {
      const auto want = std::min<std::uint64_t>(part.size(), region.to - from);
      const auto got = ::pread(memory.fd(), part.data(), want, static_cast<off_t>(from));
      if (got <= 0) break;
      const auto here = in_bytes({part.data(), static_cast<std::size_t>(got)}, "process " + std::to_string(pid) + ", " + region.what + " of " + std::to_string((region.to - region.from) / 1024) + " KiB");
      found.insert(found.end(), here.begin(), here.end());
    }
  }
}

void Remains::in_file(const std::string& path, const std::string& place, std::vector<std::string>& found) const {
  const core::sys::File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  std::vector<std::uint8_t> part(part_bytes + overlap_bytes);
  for (off_t from = 0; file.open(); from += static_cast<off_t>(part_bytes)) {
    const auto got = ::pread(file.fd(), part.data(), part.size(), from);
    if (got <= 0) return;
    const auto here = in_bytes({part.data(), static_cast<std::size_t>(got)}, place);
    found.insert(found.end(), here.begin(), here.end());
  }
}

void Remains::in_open_files(pid_t pid, std::vector<std::string>& found) const {
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator("/proc/" + std::to_string(pid) + "/fd", failed)) {
    struct stat status {};
    if (::stat(entry.path().c_str(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
    in_file(entry.path(), "open file " + fs::read_symlink(entry.path(), failed).string(), found);
  }
}

std::vector<std::string> Remains::in_process(pid_t pid) const {
  std::vector<std::string> found;
  const auto family = family_of(pid);
  for (const pid_t one : family) ::kill(one, SIGSTOP);
  for (const pid_t one : family) {
    in_memory(one, found);
    in_open_files(one, found);
  }
  for (const pid_t one : family) ::kill(one, SIGCONT);
  const std::set<std::string> once(found.begin(), found.end());
  return {once.begin(), once.end()};
}

std::vector<std::string> Remains::in_folder(const std::string& folder) const {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto name = entry.path().string();
    for (const auto& hit : in_bytes({reinterpret_cast<const std::uint8_t*>(name.data()), name.size()}, "a file's name, " + name)) found.push_back(hit);
    if (entry.is_regular_file()) in_file(name, name, found);
  }
  return found;
}

}  // namespace qabyl::rig
