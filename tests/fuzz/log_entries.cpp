// Entries of a log and proofs over it: the quick reader of qabyl-verify takes exactly what the log's own reader takes, and a proof
// counts exactly if it is the one that a whole tree gives (RELIABILITY 4.5, F5, F6).
#include <map>

#include "sync/log/leaf.h"
#include "tests/fuzz/target.h"
#include "tests/support/receipt_scene.h"
#include "tests/support/whole_files.h"

namespace qabyl::fuzz {
namespace {

namespace tlog = sync::log;

// A log of one entry, whatever it is.
class OneEntry final : public test::WholeFiles {
 public:
  explicit OneEntry(core::ByteView entry) : hash_(tlog::hash_leaf(entry)) { tlog::append_entry(bundle_, entry); }
  core::Result<core::Bytes> whole(const std::string& path) override { return path.starts_with("tile/entries") ? bundle_ : tlog::hash_tile_bytes({hash_}); }

 private:
  core::Bytes bundle_;
  core::Digest hash_;
};

void leaf(core::ByteView bytes) {
  const auto read = tlog::parse_leaf(core::as_text(bytes));
  if (read) must(tlog::leaf_entry(*read) == core::as_text(bytes), "a leaf has one spelling");
  OneEntry log(bytes);
  sync::verify::BundleRoom room;
  const auto quick = sync::verify::check_bundle(log, 1, 0, true, room);
  must(quick.fault.why.empty() == bool(read), "qabyl-verify takes the entries that the log's own reader takes");
  if (read) must(quick.records.front() == read->record && quick.first_ms == read->at.time_since_epoch().count(), "and reads the same in them");
}
const bool leaf_added = add({"leaf", 200, leaf, [] {
  const test::ReceiptScene scene;
  return std::vector<core::Bytes>{core::to_bytes(tlog::leaf_entry({core::sha256({}), scene.filed})), core::to_bytes(tlog::leaf_entry({core::sha256({}), {}}))};
}});

void entry_bundle(core::ByteView bytes) {
  if (bytes.empty()) return;
  const std::size_t width = bytes[0] + std::size_t{1};
  const auto views = tlog::parse_bundle(bytes.subspan(1), width);
  if (!views) return;
  core::Bytes again;
  for (const auto& view : *views) tlog::append_entry(again, view);
  must(views->size() == width && std::equal(again.begin(), again.end(), bytes.begin() + 1, bytes.end()), "a bundle is its entries and nothing else");
}
const bool entry_bundle_added = add({"entry_bundle", 4096, entry_bundle, [] {
  core::Bytes bundle{2};
  for (const char* entry : {"one", "", "three"}) tlog::append_entry(bundle, core::as_bytes(entry));
  return std::vector<core::Bytes>{bundle};
}});

constexpr std::uint64_t tree_max = 600;

tlog::Tree& tree_of(std::uint64_t size) {
  static std::map<std::uint64_t, tlog::Tree> trees;
  auto& tree = trees[size];
  while (tree.size() < size) tree.append(tlog::hash_leaf(core::as_bytes(std::to_string(tree.size()))));
  return tree;
}

std::uint64_t number(core::ByteView bytes, std::size_t at, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = value << 8 | bytes[at + i];
  return value;
}

// Bytes: size and index of the true proof (2 each), what is claimed instead, added to them (8 each, mostly 0), then changes of
// the proof: which byte (2), xor (1). The proof counts exactly if nothing was changed.
void merkle(core::ByteView bytes) {
  if (bytes.size() < 20) return;
  const auto size = number(bytes, 0, 2) % tree_max + 1, index = number(bytes, 2, 2) % size;
  const auto claimed_size = size + number(bytes, 4, 8), claimed_index = index + number(bytes, 12, 8);
  auto& tree = tree_of(size);
  const auto root = *tlog::root_of(tree, size);
  const auto good = *tlog::inclusion_proof(tree, index, size);
  auto proof = good;
  for (std::size_t at = 20; at + 3 <= bytes.size(); at += 3) {
    const auto byte = number(bytes, at, 2);
    if (byte % 64 == 63) proof.push_back({});
    else if (byte % 64 == 62 && !proof.empty()) proof.pop_back();
    else if (!proof.empty()) proof[byte / 64 % proof.size()][byte % 32] ^= bytes[at + 2];
  }
  const auto hash = tlog::hash_leaf(core::as_bytes(std::to_string(index)));
  const bool counts = bool(tlog::verify_inclusion(hash, claimed_index, claimed_size, proof, root));
  // What a leaf's way up does not see of index and size, the checkpoint binds: the same way may be one in a tree of another size.
  if (proof == good && claimed_index == index && claimed_size == size) must(counts, "a true proof counts");
  if (proof != good || (claimed_index != index && claimed_size == size)) must(!counts, "a changed proof does not count");
  if (size > 1 && claimed_size == size) {
    const auto before = index == 0 ? 1 : index;
    const auto way = *tlog::consistency_proof(tree, before, size);
    must(bool(tlog::verify_consistency(before, *tlog::root_of(tree_of(before), before), size, root, way)), "a true consistency proof counts");
    if (proof != good) must(!tlog::verify_consistency(before, *tlog::root_of(tree_of(before), before), size, proof.empty() ? core::Digest{} : proof.front(), way), "to another root it does not");
  }
}
const bool merkle_added = add({"merkle", 200, merkle, [] {
  std::vector<core::Bytes> seeds;
  for (const std::uint8_t size : core::Bytes{0, 1, 2, 6, 7, 8, 254}) {
    core::Bytes seed(20);
    seed[1] = size;
    seed[3] = static_cast<std::uint8_t>(size / 2);
    seeds.push_back(seed);
    seed.insert(seed.end(), {0, 3, 1});
    seeds.push_back(seed);
  }
  return seeds;
}});

}  // namespace
}  // namespace qabyl::fuzz
