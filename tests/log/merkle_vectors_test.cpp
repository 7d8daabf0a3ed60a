// The 196 public vectors of inclusion and consistency proofs, each with its own verdict. A vector may hold an index that
// no integer of our JSON can be, so they are read with the library itself.
#include "tests/support/catch.h"

#include <filesystem>
#include <fstream>
#include <iostream>

#include <nlohmann/json.hpp>

#include "core/encoding.h"
#include "sync/log/tree.h"
#include "tests/support/places.h"

using namespace qabyl;
using namespace qabyl::sync::log;

namespace {

constexpr std::size_t vectors_published = 196;

struct Vector {
  std::string name;
  nlohmann::json json;
};

std::vector<Vector> vectors_of(const char* kind) {
  const std::filesystem::path folder = std::filesystem::path(qabyl::test::in_source()) / "../shared/vectors/merkle" / kind;
  std::vector<Vector> found;
  if (!std::filesystem::exists(folder)) {
    std::cerr << "NOT TESTED: no vectors in " << folder << "\n";
    return found;
  }
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream file(entry.path());
    found.push_back({entry.path().string(), nlohmann::json::parse(file)});
  }
  return found;
}

// Some vectors put a short word where a root is meant, only so that it equals another or does not: its digest stands for
// it. Nothing at all is no hash, and no reader of ours would give it to the verifier.
std::optional<Digest> digest_in(const nlohmann::json& text) {
  const auto bytes = core::from_base64(text.get<std::string>());
  if (!bytes || bytes->empty()) return std::nullopt;
  if (bytes->size() != 32) return core::sha256(*bytes);
  Digest digest{};
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}

// nullopt: a hash of it is none.
std::optional<Hashes> proof_in(const nlohmann::json& json) {
  Hashes proof;
  if (json.is_null()) return proof;
  for (const auto& item : json) {
    const auto hash = digest_in(item);
    if (!hash) return std::nullopt;
    proof.push_back(*hash);
  }
  return proof;
}

bool included(const nlohmann::json& v) {
  const auto leaf = digest_in(v["leafHash"]), root = digest_in(v["root"]);
  const auto proof = proof_in(v["proof"]);
  if (!leaf || !root || !proof) return false;
  return bool(verify_inclusion(*leaf, v["leafIdx"].get<std::uint64_t>(), v["treeSize"].get<std::uint64_t>(), *proof, *root));
}

bool consistent(const nlohmann::json& v) {
  const auto root1 = digest_in(v["root1"]), root2 = digest_in(v["root2"]);
  const auto proof = proof_in(v["proof"]);
  if (!root1 || !root2 || !proof) return false;
  return bool(verify_consistency(v["size1"].get<std::uint64_t>(), *root1, v["size2"].get<std::uint64_t>(), *root2, *proof));
}

}  // namespace

TEST_CASE("all 196 public vectors of Merkle proofs get their verdict", "[log][vectors]") {
  const auto inclusion = vectors_of("inclusion"), consistency = vectors_of("consistency");
  for (const Vector& vector : inclusion) {
    INFO(vector.name << ": " << vector.json["desc"]);
    CHECK(included(vector.json) != vector.json["wantErr"].get<bool>());
  }
  for (const Vector& vector : consistency) {
    INFO(vector.name << ": " << vector.json["desc"]);
    CHECK(consistent(vector.json) != vector.json["wantErr"].get<bool>());
  }
  const std::size_t found = inclusion.size() + consistency.size();
  CHECK((found == vectors_published || found == 0));
}
