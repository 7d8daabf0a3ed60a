// Signed notes and checkpoints: notes that others made are read, no bit of ours can change, and what is not a note is
// refused in bounded time.
#include "tests/support/catch.h"

#include "core/encoding.h"
#include "sync/log/checkpoint.h"
#include "tests/core/seeded_random.h"

using namespace qabyl;
using namespace qabyl::sync::log;
using qabyl::test::SeededRandom;

namespace {

// The example of Go's note package, with its verifier key.
constexpr std::string_view go_note =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
constexpr std::string_view go_vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

// Made by another program (Python, cryptography 48): log key 00..1f, witness key 20..3f.
constexpr std::string_view their_checkpoint =
    "office.example/qabyl\n20852163\nULMS9cvHFnWfViDXOnzBFBVwc0n0Gwzgt897eAfsMdo=\n\n"
    "\u2014 office.example/qabyl vfsi6Jk/XSdY9bp9fBJupw/alQQ5Gp1bWf7QHkY/7ZP9PqxL5P0+/0cG7A3SUVmQmtEyorPp0G/V4iuAJ64vt959LgQ=\n"
    "\u2014 witness.example/w1 IDJKvgAAAABq/YbALCEuoL+miic3ypOlaY44oYjhjFHO1EJ/BieakvIPSr+fI2FgmE43BrsZQTLzDjNNTyoKDzaJY++aY4CE5T/eBA==\n";
constexpr std::string_view their_log = "office.example/qabyl+bdfb22e8+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
constexpr std::string_view their_witness = "witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X";

struct Log {
  SeededRandom random;
  core::SigningKey key = core::new_signing_key(random), other = core::new_signing_key(random);
  Checkpoint checkpoint{"office.example/qabyl", 1234, core::sha256(core::as_bytes("root"))};
  std::string note = sign_checkpoint(checkpoint, key);

  bool opens(std::string_view text) const { return bool(open_checkpoint(text, checkpoint.origin, {key.verify_key})); }
};

std::string line_of(const NoteSignature& signature) {
  const std::string whole = write_note({"x\n", {signature}});
  return whole.substr(3);
}

}  // namespace

TEST_CASE("a note that Go's note package signed verifies, and its key reads back", "[log][note]") {
  const auto key = parse_vkey(go_vkey);
  REQUIRE(key);
  CHECK(key->name == "PeterNeumann");
  CHECK(note_key_id(*key) == 0xc74f20a3);
  CHECK(to_vkey(*key) == go_vkey);
  const auto note = parse_note(go_note);
  REQUIRE(note);
  CHECK(verify_note(*note, *key));
  CHECK(write_note(*note) == go_note);
}

TEST_CASE("a checkpoint and a cosignature made by another program verify", "[log][note]") {
  const auto log = parse_vkey(their_log), witness = parse_vkey(their_witness);
  REQUIRE((log && witness));
  const auto checkpoint = open_checkpoint(their_checkpoint, log->name, {log->key});
  REQUIRE(checkpoint);
  CHECK(checkpoint->size == 20852163);
  CHECK(checkpoint->root == core::sha256(core::as_bytes("a root")));
  const auto note = parse_note(their_checkpoint);
  REQUIRE(note);
  const auto seen = verify_cosignature(*note, *witness);
  REQUIRE(seen);
  CHECK(seen->witness == "witness.example/w1");
  CHECK(seen->unix_s == 1795000000);
}

TEST_CASE("our cosignature is the one that the other program makes", "[log][note]") {
  core::Secret<32> seed;
  for (std::size_t i = 0; i < 32; ++i) seed.raw()[i] = static_cast<std::uint8_t>(32 + i);
  const auto note = parse_note(their_checkpoint);
  REQUIRE(note);
  const NoteSignature ours = cosign(note->text, "witness.example/w1", core::signing_key_from_seed(seed), 1795000000);
  CHECK(their_checkpoint.ends_with(line_of(ours)));
}

TEST_CASE("a checkpoint comes back whole", "[log][note]") {
  const Log log;
  const auto back = open_checkpoint(log.note, log.checkpoint.origin, {log.key.verify_key});
  REQUIRE(back);
  CHECK(*back == log.checkpoint);
}

TEST_CASE("every single-bit change of a checkpoint is refused", "[log][note]") {
  const Log log;
  for (std::size_t bit = 0; bit < log.note.size() * 8; ++bit) {
    std::string changed = log.note;
    changed[bit / 8] = static_cast<char>(static_cast<unsigned char>(changed[bit / 8]) ^ 1U << bit % 8);
    INFO("bit " << bit);
    REQUIRE_FALSE(log.opens(changed));
  }
  for (std::size_t bytes = 0; bytes < log.note.size(); ++bytes) REQUIRE_FALSE(log.opens(log.note.substr(0, bytes)));
}

TEST_CASE("a checkpoint counts for its own log and by its own keys", "[log][note]") {
  const Log log;
  CHECK(open_checkpoint(log.note, "office.example/other", {log.key.verify_key}).error().code == core::ErrorCode::forbidden);
  CHECK(open_checkpoint(log.note, log.checkpoint.origin, {log.other.verify_key}).error().code == core::ErrorCode::forbidden);
  CHECK(open_checkpoint(log.note, log.checkpoint.origin, {}).error().code == core::ErrorCode::forbidden);
  CHECK(open_checkpoint(log.note, log.checkpoint.origin, {log.other.verify_key, log.key.verify_key}));  // after a rotation
  const std::string text = checkpoint_text({"office.example/other", 1, empty_root()});
  const std::string borrowed = write_note({text, {sign_note_text(text, log.checkpoint.origin, log.key)}});
  CHECK(open_checkpoint(borrowed, log.checkpoint.origin, {log.key.verify_key}).error().code == core::ErrorCode::forbidden);
}

TEST_CASE("lines of others are passed over, before and behind ours", "[log][note]") {
  const Log log;
  auto note = parse_note(log.note);
  REQUIRE(note);
  const NoteSignature theirs{"somebody.example", 7, core::Bytes(2420, 1)};  // a kind that we do not know
  note->signatures.insert(note->signatures.begin(), theirs);
  note->signatures.push_back({log.checkpoint.origin, 7, core::Bytes(64, 1)});  // our name, another key
  CHECK(log.opens(write_note(*note)));
  note->signatures = {theirs};
  CHECK_FALSE(log.opens(write_note(*note)));
}

TEST_CASE("a bad signature by a known key spoils the note, whatever else stands there", "[log][note]") {
  const Log log;
  auto note = parse_note(log.note);
  REQUIRE(note);
  NoteSignature bad = note->signatures[0];
  bad.bytes[5] ^= 1;
  note->signatures.insert(note->signatures.begin(), bad);
  CHECK(open_checkpoint(write_note(*note), log.checkpoint.origin, {log.key.verify_key}).error().code == core::ErrorCode::corrupt);
  note->signatures[0].bytes.resize(63);
  CHECK(open_checkpoint(write_note(*note), log.checkpoint.origin, {log.key.verify_key}).error().code == core::ErrorCode::corrupt);
}

TEST_CASE("a cosignature holds for its time and its checkpoint only", "[log][note]") {
  Log log;
  const core::SigningKey witness = core::new_signing_key(log.random);
  const NoteKey key{"w.example", witness.verify_key, NoteAlgorithm::cosignature_v1};
  const std::string text = checkpoint_text(log.checkpoint);
  const NoteSignature line = cosign(text, key.name, witness, 1'795'000'000);
  CHECK(verify_cosignature({text, {line}}, key));
  Checkpoint larger = log.checkpoint;
  ++larger.size;
  CHECK_FALSE(verify_cosignature({checkpoint_text(larger), {line}}, key));
  for (std::size_t bit = 0; bit < line.bytes.size() * 8; ++bit) {
    NoteSignature changed = line;
    changed.bytes[bit / 8] = static_cast<std::uint8_t>(changed.bytes[bit / 8] ^ 1U << bit % 8);
    REQUIRE_FALSE(verify_cosignature({text, {changed}}, key));
  }
  NoteSignature plain = sign_note_text(text, key.name, witness);  // a witness's plain signature is no cosignature
  CHECK(verify_cosignature({text, {plain}}, key).error().code == core::ErrorCode::forbidden);
  plain.key_id = line.key_id;
  CHECK(verify_cosignature({text, {plain}}, key).error().code == core::ErrorCode::corrupt);
}

TEST_CASE("what is not a note is refused", "[log][note]") {
  const std::string good = Log().note, text = good.substr(0, good.find("\n\n") + 1), line = good.substr(text.size() + 1);
  REQUIRE(parse_note(good));
  const std::string dash = "\u2014 ", b64 = "AAAAAAAA\n";
  const std::vector<std::string> hostile{
      "", "\n", "\n\n", text, text + "\n", text + line, text + "\n" + line.substr(0, line.size() - 1), text + "\n" + line + "\n",
      text + "\n" + line + "rubbish\n", text + "\n" + "- n " + b64, text + "\n" + dash + " " + b64, text + "\n" + dash + "n" + b64,
      text + "\n" + dash + "a+b " + b64, text + "\n" + dash + "a\u00a0b " + b64, text + "\n" + dash + "n AAAAAA==\n",
      text + "\n" + dash + "n AAAAAAAB==\n", text + "\n" + dash + "n AAAAAAB=\n" /* trailing bits */, text + "\n" + dash + "n AAAA AAAA\n",
      text + "\n" + dash + "n AAAAAAA\n", text + "\r\n\n" + line, "a\tb\n\n" + line, "a\xff\n\n" + line, std::string("a\0b\n\n", 5) + line,
      text + "\n" + dash + std::string(note_name_bytes_max + 1, 'n') + " " + b64};
  for (const std::string& note : hostile) {
    INFO(note);
    CHECK_FALSE(parse_note(note));
  }
  CHECK(parse_note(std::string(note_bytes_max, 'x') + "\n\n" + line).error().code == core::ErrorCode::too_large);
  std::string many = text + "\n";
  for (std::size_t i = 0; i < note_signatures_max; ++i) many += line;
  CHECK(parse_note(many));
  CHECK(parse_note(many + line).error().code == core::ErrorCode::too_large);
  CHECK(parse_note("verse\n\nverse\n\n" + line)->text == "verse\n\nverse\n");  // the last empty line is the one that counts
}

TEST_CASE("a checkpoint's text has one spelling", "[log][note]") {
  const std::string root = core::to_base64(core::sha256(core::as_bytes("r")));
  CHECK(parse_checkpoint("o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"));
  CHECK(parse_checkpoint("o\n9223372036854775808\n" + root + "\n")->size == tree_size_max);
  CHECK(parse_checkpoint("o\n1\n" + root + "\nextension\n"));
  for (const std::string size : {"", "-1", "+1", "01", "1 ", " 1", "1e3", "9223372036854775809", "18446744073709551616", "99999999999999999999999999", "0"}) {
    INFO(size);
    CHECK_FALSE(parse_checkpoint("o\n" + size + "\n" + root + "\n"));  // size 0 has one root only
  }
  CHECK_FALSE(parse_checkpoint("\n1\n" + root + "\n"));
  CHECK_FALSE(parse_checkpoint("o\n1\n" + root));
  CHECK_FALSE(parse_checkpoint("o\n1\n" + root.substr(4) + "\n"));
  CHECK_FALSE(parse_checkpoint("o\n1\n" + root.substr(0, 43) + "\n"));
  CHECK_FALSE(parse_checkpoint("o\n1\n" + root + "\n\n"));
  CHECK_FALSE(parse_checkpoint("o\n1\n"));
  std::string endless = "o\n1\n" + root + "\n";
  for (std::size_t i = 0; i <= checkpoint_extensions_max; ++i) endless += "e\n";
  CHECK_FALSE(parse_checkpoint(endless));
}

TEST_CASE("a verifier key that lies about its id or kind is refused", "[log][note]") {
  for (const std::string_view bad : {"", "+", "++", "n+00000000+", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                                     "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                                     "PeterNeumanN+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                                     "PeterNeumann+c74f20a3+AxpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "PeterNeumann+c74f20a3+ARpc2Qc="}) {
    INFO(bad);
    CHECK_FALSE(parse_vkey(bad));
  }
}
