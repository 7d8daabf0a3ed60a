// A parser of what strangers give, under arbitrary bytes (RELIABILITY 4.5): its name, what it is fed first, and what must hold
// of every answer, not only that it answers. Each file of this folder with a target adds it to the list; libfuzzer.cpp
// makes a program of one, fuzz_test.cpp plays them all over their corpus.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/bytes.h"

namespace qabyl::fuzz {

struct Target {
  std::string name;
  std::size_t bytes_max = 4096;
  std::function<void(core::ByteView)> run;             // ends the program if something does not hold
  std::function<std::vector<core::Bytes>()> seeds;     // well-formed ones, made from the tests' own scenes
};

std::vector<Target>& targets();
inline bool add(Target target) {
  targets().push_back(std::move(target));
  return true;
}
// Says what does not hold, and ends the program.
void must(bool holds, const char* what);

}  // namespace qabyl::fuzz
