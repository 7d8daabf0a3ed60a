// Every target over its corpus and over many changes of it, without libFuzzer: what a fuzzer once found stays found on every
// machine. The corpora lie in corpus/<target>; QABYL_FUZZ_RUNS=N makes a long run,
// QABYL_FUZZ_TARGET=name of one target.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include "core/crypto.h"
#include "core/encoding.h"
#include "tests/fuzz/target.h"
#include "tests/page/alterations.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"

using namespace qabyl;

namespace {

namespace fs = std::filesystem;

std::string folder_of(const fuzz::Target& target) { return test::in_source("/tests/fuzz/corpus/" + target.name); }

core::Bytes bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return core::to_bytes(std::string{std::istreambuf_iterator<char>(in), {}});
}

std::vector<core::Bytes> corpus_of(const fuzz::Target& target) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder_of(target))) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<core::Bytes> corpus;
  for (const auto& path : paths) corpus.push_back(bytes_of(path));
  return corpus;
}

int runs_wanted() {
  const char* more = std::getenv("QABYL_FUZZ_RUNS");
  return more == nullptr ? 5'000 : std::atoi(more);
}

// QABYL_FUZZ_LAST=FILE: what is about to run lies there when the program has ended by it.
void run_one(const fuzz::Target& target, const core::Bytes& input) {
  static const char* const last = std::getenv("QABYL_FUZZ_LAST");
  if (last != nullptr) std::ofstream(last, std::ios::binary) << core::as_text(input);
  target.run(input);
}

}  // namespace

TEST_CASE("every parser of what strangers give keeps its promise over its corpus and over changes of it", "[fuzz]") {
  CHECK(fuzz::targets().size() >= 20);
  std::mt19937_64 random(20261128);
  const char* only = std::getenv("QABYL_FUZZ_TARGET");
  for (const auto& target : fuzz::targets()) {
    if (only != nullptr && target.name != only) continue;
    const auto corpus = corpus_of(target);
    INFO(target.name);
    REQUIRE_FALSE(corpus.empty());
    for (const auto& input : corpus) run_one(target, input);
    run_one(target, {});
    for (int run = 0; run < runs_wanted(); ++run) {
      auto input = corpus[random() % corpus.size()];
      for (auto edits = 1 + random() % 3; edits > 0 && !input.empty(); --edits) input = test::edited(input, test::random_edit(input, 0, random));
      if (input.size() <= target.bytes_max) run_one(target, input);
    }
  }
}

TEST_CASE("the seeds of every target lie in its corpus, and are within its size", "[fuzz]") {
  for (const auto& target : fuzz::targets()) {
    INFO(target.name);
    const auto corpus = corpus_of(target);
    for (const auto& seed : target.seeds()) {
      CHECK(seed.size() <= target.bytes_max);
      CHECK(std::count(corpus.begin(), corpus.end(), seed) == 1);
    }
  }
}

// Writes them: when a form of Qabyl's own has changed, or a target is new.
TEST_CASE("write the seeds into the corpora", "[.seeds]") {
  for (const auto& target : fuzz::targets()) {
    fs::create_directories(folder_of(target));
    for (const auto& seed : target.seeds()) {
      std::ofstream(folder_of(target) + "/" + core::to_hex(core::sha256(seed)).substr(0, 16), std::ios::binary) << core::as_text(seed);
    }
  }
}
