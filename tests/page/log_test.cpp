// The log's proofs and notes before both code bases: what sync/log makes, verify.html confirms; what is altered, both judge
// alike. Trees of every small size and some odd ones.
#include "tests/support/catch.h"

#include <random>

#include "sync/log/checkpoint.h"
#include "core/texts.h"
#include "sync/log/leaf.h"
#include "sync/verify/log_witness.h"
#include "tests/core/seeded_random.h"
#include "tests/page/probe.h"
#include "tests/support/places.h"
#include "tests/support/rig.h"
#include "tests/support/whole_files.h"

using namespace qabyl;
using namespace qabyl::test;
using sync::log::Hashes;

namespace {

core::Digest leaf_of(std::uint64_t index) { return sync::log::hash_leaf(core::as_bytes("leaf " + std::to_string(index))); }

sync::log::Tree tree_of(std::uint64_t size) {
  sync::log::Tree tree;
  for (std::uint64_t i = 0; i < size; ++i) tree.append(leaf_of(i));
  return tree;
}

std::string hexes(const Hashes& hashes) {
  std::vector<std::string> made;
  for (const auto& hash : hashes) made.push_back(core::to_hex(hash));
  return js(made) + ".map(fromHex)";
}

std::string hex(const core::Digest& digest) { return "fromHex('" + core::to_hex(digest) + "')"; }
std::string big(std::uint64_t number) { return std::to_string(number) + "n"; }

// Questions for the page and what sync/log answers to each.
struct Questions {
  std::string asked = "[";
  std::string expected;
  std::size_t accepted = 0;

  void inclusion(const core::Digest& leaf, std::uint64_t index, std::uint64_t size, const Hashes& proof, const core::Digest& root) {
    add("provesInclusion(" + hex(leaf) + "," + big(index) + "," + big(size) + "," + hexes(proof) + "," + hex(root) + ")", bool(sync::log::verify_inclusion(leaf, index, size, proof, root)));
  }
  void consistency(std::uint64_t size1, const core::Digest& root1, std::uint64_t size2, const core::Digest& root2, const Hashes& proof) {
    add("provesConsistency(" + big(size1) + "," + hex(root1) + "," + big(size2) + "," + hex(root2) + "," + hexes(proof) + ")", bool(sync::log::verify_consistency(size1, root1, size2, root2, proof)));
  }
  void add(const std::string& question, bool holds) {
    asked += question + ",";
    expected += holds ? '1' : '0';
    accepted += holds ? 1 : 0;
  }
  std::string said(PageHost& host) const { return host.ask(asked + "].map(holds => holds ? 1 : 0).join('')"); }
};

Hashes altered(Hashes proof, std::mt19937_64& random) {
  const auto at = proof.empty() ? 0 : random() % proof.size();
  switch (proof.empty() ? 2 : random() % 4) {
    case 0: proof[at][random() % 32] ^= static_cast<std::uint8_t>(1U << (random() % 8)); break;
    case 1: proof.erase(proof.begin() + static_cast<std::ptrdiff_t>(at)); break;
    case 2: proof.insert(proof.begin() + static_cast<std::ptrdiff_t>(at), leaf_of(random())); break;
    default: std::swap(proof[at], proof[random() % proof.size()]); break;
  }
  return proof;
}

// What core's codes are called in the page.
std::string code_of(const core::Status& status) {
  if (status) return "accepted";
  if (status.error().code == core::ErrorCode::forbidden) return "unknown";
  return status.error().code == core::ErrorCode::corrupt ? "forged" : "form";
}

// Made by another program; see sync/log/format.md, 3.
constexpr std::string_view their_checkpoint =
    "office.example/qabyl\n20852163\nULMS9cvHFnWfViDXOnzBFBVwc0n0Gwzgt897eAfsMdo=\n\n"
    "\u2014 office.example/qabyl vfsi6Jk/XSdY9bp9fBJupw/alQQ5Gp1bWf7QHkY/7ZP9PqxL5P0+/0cG7A3SUVmQmtEyorPp0G/V4iuAJ64vt959LgQ=\n"
    "\u2014 witness.example/w1 IDJKvgAAAABq/YbALCEuoL+miic3ypOlaY44oYjhjFHO1EJ/BieakvIPSr+fI2FgmE43BrsZQTLzDjNNTyoKDzaJY++aY4CE5T/eBA==\n";
constexpr std::string_view their_log_key = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=", their_witness_key = "Kay64UG8yvCyLhqU000LxzYeUm0L/hLIl5S8kyKWbdc=";

core::VerifyKey key_of(std::string_view base64) {
  core::VerifyKey key{};
  const auto bytes = *core::from_base64(base64);
  REQUIRE(bytes.size() == key.size());
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return key;
}

}  // namespace

TEST_CASE("page: inclusion proofs of sync/log hold in trees of many sizes, and altered ones as little as there", "[page][log]") {
  std::mt19937_64 random(7);
  Questions questions;
  std::size_t good = 0;
  for (const std::uint64_t size : {1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100, 257}) {
    auto tree = tree_of(size);
    const auto root = *sync::log::root_of(tree, size);
    for (std::uint64_t index = 0; index < size; index += 1 + size / 16) {
      const auto proof = *sync::log::inclusion_proof(tree, index, size);
      questions.inclusion(leaf_of(index), index, size, proof, root);
      ++good;
      questions.inclusion(leaf_of(index + 1), index, size, proof, root);
      questions.inclusion(leaf_of(index), index + 1, size, proof, root);
      questions.inclusion(leaf_of(index), index, size + 1, proof, root);
      questions.inclusion(leaf_of(index), index, size, altered(proof, random), root);
      questions.inclusion(leaf_of(index), index, size, proof, leaf_of(random()));
    }
  }
  const auto leaf = leaf_of(0);
  for (const std::uint64_t far : {std::uint64_t{1} << 53, std::uint64_t{1} << 63, (std::uint64_t{1} << 63) + 1, ~std::uint64_t{0}}) {
    questions.inclusion(leaf, far - 1, far, {}, leaf);
    questions.inclusion(leaf, far, far, {}, leaf);
    questions.inclusion(leaf, 0, far, Hashes(64, leaf), leaf);
    questions.inclusion(leaf, 0, far, Hashes(65, leaf), leaf);
  }
  CHECK(questions.accepted >= good);
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    CHECK(questions.said(*host) == questions.expected);
  }
}

TEST_CASE("page: consistency proofs of sync/log hold between trees of many sizes, and altered ones as little as there", "[page][log]") {
  std::mt19937_64 random(8);
  Questions questions;
  std::size_t good = 0;
  auto tree = tree_of(140);
  for (const std::uint64_t size2 : {1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 31, 32, 33, 64, 65, 140}) {
    const auto root2 = *sync::log::root_of(tree, size2);
    for (std::uint64_t size1 = 1; size1 <= size2; size1 += 1 + size2 / 12) {
      const auto root1 = *sync::log::root_of(tree, size1);
      const auto proof = *sync::log::consistency_proof(tree, size1, size2);
      questions.consistency(size1, root1, size2, root2, proof);
      ++good;
      questions.consistency(size1 + 1, root1, size2, root2, proof);
      questions.consistency(size1, root1, size2 + 1, root2, proof);
      questions.consistency(size1, root2, size2, root1, proof);
      questions.consistency(size1, root1, size2, root2, altered(proof, random));
      questions.consistency(0, root1, size2, root2, proof);
    }
  }
  CHECK(questions.accepted >= good);
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    CHECK(questions.said(*host) == questions.expected);
  }
}

TEST_CASE("page: a leaf is the same bytes as in sync/log", "[page][log]") {
  const sync::log::Leaf leaf{leaf_of(3), core::Instant(core::Millis(1'795'000'000'123))};
  for (PageHost* host : page_hosts()) {
    CHECK(host->ask("textOf(leafEntry(" + hex(leaf.record) + ", 1795000000123))") == sync::log::leaf_entry(leaf));
    CHECK(host->ask("toHex(hashOfLeaf(leafEntry(" + hex(leaf.record) + ", 1795000000123)))") == core::to_hex(sync::log::leaf_hash(leaf)));
  }
}

TEST_CASE("page: a checkpoint by another program opens, and every altered one is judged as by sync/log", "[page][log]") {
  const auto key = key_of(their_log_key);
  const std::string origin = "office.example/qabyl", good(their_checkpoint);
  std::vector<std::string> notes{good};
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const char other : {'A', '0', '\n', ' '}) {
      notes.push_back(good);
      notes.back()[i] = other;
    }
    notes.push_back(good.substr(0, i));
    notes.push_back(good.substr(0, i) + good.substr(i + 1));
  }
  SeededRandom random(4);
  const auto own = core::new_signing_key(random), stranger = core::new_signing_key(random);
  const auto signed_text = [&](const std::string& text) { return sync::log::write_note({text, {sync::log::sign_note_text(text, origin, own)}}); };
  const std::string root = core::to_base64(leaf_of(1)), nothing = core::to_base64(sync::log::empty_root());
  std::vector<std::string> own_notes;
  for (const std::string& text : std::vector<std::string>{origin + "\n7\n" + root + "\n", origin + "\n07\n" + root + "\n", origin + "\n-7\n" + root + "\n", origin + "\n7\n" + root + "\nmore\n", origin + "\n7\n" + root + "\n\nmore\n",
           origin + "\n7\n" + root.substr(1) + "\n", origin + "\n7\n" + root, origin + "\n7\n", origin + "\n", "\n", "other.example\n7\n" + root + "\n", origin + "\n0\n" + root + "\n", origin + "\n0\n" + nothing + "\n",
           origin + "\n9223372036854775808\n" + root + "\n", origin + "\n9223372036854775809\n" + root + "\n", origin + "\n18446744073709551616\n" + root + "\n", origin + "\n7\n" + root + "\n1\n2\n3\n4\n5\n6\n7\n8\n",
           origin + "\n7\n" + root + "\n1\n2\n3\n4\n5\n6\n7\n8\n9\n"}) {
    if (text.ends_with('\n')) own_notes.push_back(signed_text(text));
  }
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    const auto page_says = [&](const std::vector<std::string>& all, const core::VerifyKey& by) {
      return lines_of(probe(*host, js(in_hex(all)) + ".map(note => probe.code(() => openCheckpoint(textOf(fromHex(note)), " + js(origin) + ", [fromHex('" + core::to_hex(by) + "')]))).join('\\n')"));
    };
    const auto log_says = [&](const std::vector<std::string>& all, const core::VerifyKey& by) {
      std::vector<std::string> made;
      for (const auto& note : all) {
        const auto opened = sync::log::open_checkpoint(note, origin, {by});
        made.push_back(code_of(opened ? core::Status(core::Done{}) : core::Status(opened.error())));
      }
      return made;
    };
    const auto of_theirs = page_says(notes, key);
    CHECK(of_theirs.at(0) == "accepted");
    CHECK(std::count(of_theirs.begin(), of_theirs.end(), "accepted") < static_cast<std::ptrdiff_t>(notes.size()) / 2);  // the witness's line may change
    CHECK(of_theirs == log_says(notes, key));
    CHECK(page_says(own_notes, own.verify_key) == log_says(own_notes, own.verify_key));
    CHECK(page_says(own_notes, stranger.verify_key) == log_says(own_notes, stranger.verify_key));
    CHECK(page_says({std::string(100'000, '\n'), std::string(100'000, 'a') + "\n"}, key) == std::vector<std::string>{"form", "form"});
  }
}

TEST_CASE("page: a witness's cosignature counts with its time, and not with a bit changed", "[page][log]") {
  const std::string witness = "fromBase64('" + std::string(their_witness_key) + "')", good(their_checkpoint);
  const auto note = sync::log::parse_note(good);
  REQUIRE(note);
  const auto cosigned = sync::log::verify_cosignature(*note, {"witness.example/w1", key_of(their_witness_key), sync::log::NoteAlgorithm::cosignature_v1});
  REQUIRE(cosigned);
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    CHECK(host->ask("cosignedAt(parseNote(" + js(good) + "), 'witness.example/w1', " + witness + ")") == std::to_string(cosigned->unix_s * 1000));
    CHECK(host->ask("cosignedAt(parseNote(" + js(good) + "), 'witness.example/w2', " + witness + ")") == "null");
    std::string counted = "[";
    for (std::size_t bit = 0; bit < 72 * 8; ++bit) {  // time and signature
      auto changed = *note;
      changed.signatures[1].bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
      counted += js(sync::log::write_note(changed)) + ",";
    }
    CHECK(probe(*host, counted + "].filter(note => probe.accepts(() => cosignedAt(parseNote(note), 'witness.example/w1', " + witness + "))).length") == "0");
  }
}

namespace {

// A log of which only a checkpoint is there.
struct OneNote final : WholeFiles {
  explicit OneNote(std::string text) : note(std::move(text)) {}
  core::Result<core::Bytes> whole(const std::string& path) override {
    if (path == "checkpoint") return core::to_bytes(note);
    return core::Error{core::ErrorCode::not_found, path};
  }
  std::string note;
};

std::string program_hears(const std::string& note, const std::vector<sync::log::NoteKey>& witnesses) {
  OneNote files(note);
  const auto heard = sync::verify::read_witnesses(files, {}, witnesses);
  if (!heard.why.empty()) return "refused " + heard.why;
  std::string said;
  for (const auto& one : heard.said) said += one.name + (one.unix_s == 0 ? std::string(" silent\n") : " " + std::to_string(one.size) + " " + std::to_string(one.unix_s) + "\n");
  return said;
}

}  // namespace

TEST_CASE("page: what witnesses say under a checkpoint is heard as by qabyl-verify, and said in the same words", "[page][log][witness]") {
  using sync::log::NoteAlgorithm;
  const auto note = *sync::log::parse_note(std::string(their_checkpoint));
  const std::vector<sync::log::NoteKey> keys{{"witness.example/w1", key_of(their_witness_key), NoteAlgorithm::cosignature_v1}, {"witness.example/w2", key_of(their_witness_key), NoteAlgorithm::cosignature_v1}};
  std::vector<std::string> notes{std::string(their_checkpoint)};
  for (std::size_t bit = 0; bit < 72 * 8; bit += 5) {  // time and signature
    auto changed = note;
    changed.signatures[1].bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    notes.push_back(sync::log::write_note(changed));
  }
  auto bare = note, renamed = note, shorter = note;
  bare.signatures.pop_back();
  renamed.signatures[1].name = "witness.example/w3";
  shorter.signatures[1].bytes.pop_back();
  for (const auto& one : {bare, renamed, shorter}) notes.push_back(sync::log::write_note(one));
  std::vector<std::string> heard;
  for (const auto& one : notes) heard.push_back(program_hears(one, keys));
  CHECK(heard[0] == "witness.example/w1 20852163 1795000000\nwitness.example/w2 silent\n");
  CHECK(std::count(heard.begin(), heard.end(), "refused log_witness") > 100);
  const auto file = [](const char* name) { return rig::read_text(in_build("/assets/i18n/" + std::string(name) + ".mo")); };
  const auto texts = core::Texts::parse(file("kk"), file("ru"), file("en"));
  REQUIRE(texts);
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    const std::string given = "readWitnesses(" + js(" " + sync::log::to_vkey(keys[0]) + "\n\n" + sync::log::to_vkey(keys[1]) + "\n") + ")";
    const auto said = host->ask(js(notes) + ".map(note => { const heard = check(note, {...makeTrust('', ''), witnesses: " + given + "}); return heard.verdict === 'refused' ? 'refused ' + heard.why : "
                                "heard.witnesses.map(one => one.name + (one.at === null ? ' silent' : ' ' + heard.witnessed + ' ' + one.at / 1000) + '\\n').join(''); }).join('|')");
    std::string expected;
    for (const auto& one : heard) expected += (expected.empty() ? "" : "|") + one;
    CHECK(said == expected);
    for (const auto& [word, id] : {std::pair{"witness.confirmed", "verify.witness.confirmed"}, std::pair{"witness.silent", "verify.witness.silent"}, std::pair{"why.log_witness", "verify.why.log_witness"}}) {
      for (const auto language : core::languages) {
        CHECK(host->ask("say('" + std::string(core::to_text(language)) + "', '" + word + "', {name: 'W', size: 5, moment: 'M'})") == texts->say(language, id, {{"name", "W"}, {"size", "5"}, {"moment", "M"}}));
      }
    }
    const auto vkey = sync::log::to_vkey(keys[0]);
    for (std::size_t at = 0; at < vkey.size(); ++at) {
      auto bent = vkey;
      bent[at] = bent[at] == 'A' ? 'B' : 'A';
      INFO(bent);
      CHECK(probe(*host, "probe.accepts(() => readWitnesses(" + js(bent) + "))") == (sync::log::parse_vkey(bent) ? "true" : "false"));
    }
    CHECK(probe(*host, "probe.accepts(() => readWitnesses(" + js(sync::log::to_vkey({"log.example", key_of(their_log_key), NoteAlgorithm::ed25519})) + "))") == "false");  // a log is no witness
  }
}
