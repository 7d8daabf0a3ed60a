// Texts of one spelling: whatever is read is written again byte for byte, so nothing can be said in two ways.
#include "core/json.h"
#include "core/jws.h"
#include "core/record.h"
#include "core/encoding.h"
#include "sync/log/journal_file.h"
#include "sync/log/audit_file.h"
#include "sync/log/fork_file.h"
#include "sync/log/leaf.h"
#include "sync/log/note.h"
#include "sync/log/proof_file.h"
#include "sync/log/tiles.h"
#include "tests/fuzz/target.h"
#include "tests/page/taken_receipt.h"
#include "tests/support/evidence_scene.h"

namespace qabyl::fuzz {
namespace {

namespace tlog = sync::log;

std::vector<core::Bytes> texts(const std::vector<std::string>& all) {
  std::vector<core::Bytes> seeds;
  for (const auto& text : all) seeds.push_back(core::to_bytes(text));
  return seeds;
}

void json(core::ByteView bytes) {
  const auto read = core::parse_json(core::as_text(bytes), bytes.size());
  if (!read) return;
  const auto written = core::canonical(*read);
  const auto again = core::parse_json(written, written.size());
  must(again && core::canonical(*again) == written, "a JSON value has one canonical form (RFC 8785)");
}
const bool json_added = add({"json", 4096, json, [] {
  return texts({R"({"a":[1,-2,true,"\u0436\n"],"b":{}})", test::EvidenceScene().records[0].jws, R"([[[[{"x":9007199254740991}]]]])"});
}});

void record(core::ByteView bytes) {
  const auto read = core::decode_record(core::as_text(bytes));
  if (read) must(core::encode_record(*read) == core::as_text(bytes), "a record is written as it was read");
}
const bool record_added = add({"record", 8192, record, [] {
  std::vector<core::Bytes> seeds;
  for (const auto& one : test::EvidenceScene().records) seeds.push_back(core::parse_jws(one.jws)->payload);
  return seeds;
}});

void jws(core::ByteView bytes) {
  const auto read = core::parse_jws(core::as_text(bytes));
  if (read) must(read->signing_input + "." + core::to_base64url(read->signature) == core::as_text(bytes), "a JWS has one spelling");
}
const bool jws_added = add({"jws", 8192, jws, [] { return texts({test::EvidenceScene().records[0].jws, test::EvidenceScene().office.keys_json()}); }});

void note(core::ByteView bytes) {
  const auto read = tlog::parse_note(core::as_text(bytes));
  if (!read) return;
  must(tlog::write_note(*read) == core::as_text(bytes), "a signed note is written as it was read");
  const auto checkpoint = tlog::parse_checkpoint(read->text);
  if (checkpoint) must(read->text.starts_with(tlog::checkpoint_text(*checkpoint)), "a checkpoint's lines have one spelling");
}
const bool note_added = add({"note", 4096, note, [] {
  test::Taken taken;
  auto cosigned = *tlog::parse_note(taken.checkpoint_note());
  cosigned.signatures.push_back(tlog::cosign(cosigned.text, "witness.example/w1", taken.scene.kiosk, 1'795'000'000));
  return texts({taken.checkpoint_note(), tlog::write_note(cosigned), "log.example.kz\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nextension\n\n"});
}});

void verifier_key(core::ByteView bytes) {
  const auto read = tlog::parse_vkey(core::as_text(bytes));
  if (read) must(tlog::to_vkey(*read) == core::as_text(bytes), "a verifier key has one spelling");
}
const bool verifier_key_added = add({"verifier_key", 512, verifier_key, [] {
  const test::ReceiptScene scene;
  return texts({tlog::to_vkey({"log.example.kz", scene.log.verify_key, tlog::NoteAlgorithm::ed25519}), tlog::to_vkey({"witness.example/w1", scene.kiosk.verify_key, tlog::NoteAlgorithm::cosignature_v1})});
}});

void tile_path(core::ByteView bytes) {
  const auto read = tlog::parse_tile_path(core::as_text(bytes));
  if (read) must(tlog::tile_path(*read) == core::as_text(bytes), "a tile has one path");
}
const bool tile_path_added = add({"tile_path", 128, tile_path, [] { return texts({"tile/0/x001/x234/067", "tile/entries/000.p/9", "tile/7/000.p/255"}); }});

void proof_file(core::ByteView bytes) {
  const auto read = tlog::parse_proof_file(core::as_text(bytes));
  const auto text = core::as_text(bytes);
  if (read) must(tlog::encode(*read) == text || tlog::encode(*read) + "\n" == text, "a proof file has one spelling, perhaps a line break behind");
}
const bool proof_file_added = add({"proof_file", 8192, proof_file, [] { return texts({test::EvidenceScene().proof(1), test::EvidenceScene().proof(3) + "\n"}); }});

void journal_head(core::ByteView bytes) {
  const auto read = tlog::parse_journal_head(core::as_text(bytes));
  if (!read) return;
  static const test::ReceiptScene scene;
  must(core::as_text(core::parse_jws(tlog::sign_journal_head(*read, scene.acceptance))->payload) == core::as_text(bytes), "the head of a journal has one spelling");
}
const bool journal_head_added = add({"journal_head", 2048, journal_head, [] {
  const test::ReceiptScene scene;
  const auto signed_head = tlog::sign_journal_head({"AL-03", scene.kiosk.verify_key, scene.enrolled, scene.enrolled + std::chrono::hours(9), 5, core::sha256({}), scene.filed}, scene.acceptance);
  return std::vector<core::Bytes>{core::parse_jws(signed_head)->payload};
}});

void audit_line(core::ByteView bytes) {
  const auto text = core::as_text(bytes);
  const auto read = tlog::parse_audit_line(text);
  if (read) must(tlog::audit_line(*read) == text, "an act of the audit has one spelling");
  const auto head = tlog::parse_audit_head(text);
  static const test::ReceiptScene scene;
  if (head) must(core::as_text(core::parse_jws(tlog::sign_audit_head(*head, scene.acceptance))->payload) == text, "the head of an audit has one spelling");
}
const bool audit_line_added = add({"audit_line", 2048, audit_line, [] {
  const test::ReceiptScene scene;
  const auto head = core::parse_jws(tlog::sign_audit_head({7, core::sha256({}), scene.filed}, scene.acceptance))->payload;
  return texts({tlog::audit_line({7, scene.filed, "O-0001", "kiosk.revoke", "AL-03", "done", {1, 2, 3}}), std::string(core::as_text(head))});
}});

// Two true notes of one size, a smaller and a larger one: what a witness may hold and be shown.
std::vector<std::string> fork_notes() {
  static const test::ReceiptScene scene;
  std::vector<std::string> notes;
  for (const std::uint64_t size : {5UL, 5UL, 9UL}) notes.push_back(tlog::sign_checkpoint({"log.example.kz", size, core::sha256(core::as_bytes(std::to_string(notes.size())))}, scene.log));
  return notes;
}
void fork_file(core::ByteView bytes) {
  const auto text = core::as_text(bytes);
  const auto read = tlog::parse_fork_file(text);
  if (!read) return;
  must(tlog::encode(*read) == text || tlog::encode(*read) + "\n" == text, "a fork has one spelling, perhaps a line break behind");
  static const test::ReceiptScene scene;
  static const auto notes = fork_notes();
  if (!tlog::check_fork(*read, "log.example.kz", {scene.log.verify_key})) return;
  for (const auto& note : {read->held, read->shown}) must(std::count(notes.begin(), notes.end(), note) == 1, "no fork counts but of notes that the log signed");
}
const bool fork_file_added = add({"fork_file", 8192, fork_file, [] {
  const auto notes = fork_notes();
  const core::Instant seen{core::Millis{1'795'000'000'000}};
  return texts({tlog::encode({tlog::ForkKind::root, "AL-03", seen, notes[0], notes[1], {}}), tlog::encode({tlog::ForkKind::proof, "AL-03", seen, notes[0], notes[2], {core::sha256({})}}),
                tlog::encode({tlog::ForkKind::gone, "AL-03", seen, notes[2], notes[0], {}})});
}});

}  // namespace
}  // namespace qabyl::fuzz
