// Two checkpoints that contradict each other, as evidence (format.md, 7): read back, and believed only if they do.
#include "sync/log/fork_file.h"
#include "tests/core/seeded_random.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace qabyl::sync::log;

namespace {

struct Forked {
  test::SeededRandom random;
  core::SigningKey key = core::new_signing_key(random), stranger = core::new_signing_key(random);
  Tree tree, other;
  Forked() {
    for (std::uint8_t i = 0; i < 12; ++i) {
      tree.append(hash_leaf(core::Bytes{i}));
      other.append(hash_leaf(core::Bytes{i, 1}));
    }
  }
  std::string note(Tree& of, std::uint64_t size) const { return sign_checkpoint({"office.example", size, *root_of(of, size)}, key); }
  ForkFile file(ForkKind kind, std::string held, std::string shown, Hashes proof = {}) const {
    return {kind, "AL-03", core::Instant(core::Millis(1'795'000'000'000)), std::move(held), std::move(shown), std::move(proof)};
  }
  bool forks(const ForkFile& file) const { return bool(check_fork(file, "office.example", {key.verify_key})); }
};

}  // namespace

TEST_CASE("a fork's file is read back as it was written, and no other form of it", "[log][fork]") {
  Forked at;
  const auto file = at.file(ForkKind::proof, at.note(at.tree, 5), at.note(at.other, 9), *consistency_proof(at.other, 5, 9));
  const auto text = encode(file);
  CHECK(*parse_fork_file(text) == file);
  for (const std::string& bent : {text + " ", "{" + text.substr(1, text.size() - 2) + ",\"x\":1}", text.substr(1), std::string(), std::string(fork_file_bytes_max + 1, ' ')}) {
    CHECK_FALSE(parse_fork_file(bent));
  }
}

TEST_CASE("two notes are a fork only if one log cannot have signed both", "[log][fork]") {
  Forked at;
  CHECK(at.forks(at.file(ForkKind::root, at.note(at.tree, 5), at.note(at.other, 5))));
  CHECK_FALSE(at.forks(at.file(ForkKind::root, at.note(at.tree, 5), at.note(at.tree, 5))));
  CHECK_FALSE(at.forks(at.file(ForkKind::root, at.note(at.tree, 5), at.note(at.other, 6))));
  CHECK(at.forks(at.file(ForkKind::proof, at.note(at.tree, 5), at.note(at.other, 9), *consistency_proof(at.other, 5, 9))));
  CHECK_FALSE(at.forks(at.file(ForkKind::proof, at.note(at.tree, 9), at.note(at.tree, 5), *consistency_proof(at.tree, 5, 9))));
  CHECK(at.forks(at.file(ForkKind::gone, at.note(at.tree, 9), at.note(at.tree, 5))));
  CHECK_FALSE(at.forks(at.file(ForkKind::gone, at.note(at.tree, 9), at.note(at.tree, 9))));
}

TEST_CASE("notes of a stranger or of another log are no fork of this one", "[log][fork]") {
  Forked at;
  const auto theirs = sign_checkpoint({"office.example", 5, *root_of(at.other, 5)}, at.stranger);
  CHECK_FALSE(at.forks(at.file(ForkKind::root, at.note(at.tree, 5), theirs)));
  const auto elsewhere = sign_checkpoint({"other.example", 5, *root_of(at.other, 5)}, at.key);
  CHECK_FALSE(at.forks(at.file(ForkKind::root, elsewhere, at.note(at.tree, 5))));
}
