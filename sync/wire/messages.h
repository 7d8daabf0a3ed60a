// The JSON bodies that kiosk and registry exchange, each with its encoder and its strict decoder.
// Knows no socket and no store. Described for others in sync/protocol.md and sync/openapi.yaml.
// Decoders: invalid_input names the member; too_large; unknown members are ignored.
#pragma once

#include "core/keyring.h"
#include "core/profile.h"
#include "core/record.h"
#include "sync/wire/problem.h"

namespace qabyl::sync {

inline constexpr std::size_t batch_records_max = 200;
inline constexpr std::size_t feed_items_max = 200;          // of one answer
inline constexpr std::size_t pem_bytes_max = 16 * 1024;
inline constexpr std::string_view json_media_type = "application/json";
inline constexpr std::string_view record_media_type = "application/jose";
inline constexpr std::string_view head_header = "Qabyl-Head";
// The version of this protocol that a device speaks; absent: 1. Others than these get 426.
inline constexpr std::string_view protocol_header = "Qabyl-Protocol";
inline constexpr std::int64_t protocol_oldest = 1, protocol_newest = 1;
// The newest checkpoint of the evidence log that the device holds, base64url of the whole note; absent: none.
inline constexpr std::string_view log_header = "Qabyl-Log";
// How many leaves of the evidence log the device has mirrored, or mirror_begin; answers bring what comes next (sync/log/log_piece.h).
inline constexpr std::string_view mirror_header = "Qabyl-Mirror", mirror_begin = "begin";
// In answers of a registry that lacks what this device may still hold: how it stands (RestoreMark).
inline constexpr std::string_view restore_header = "Qabyl-Restore";
// Checkpoints with the lines of witnesses, as they are posted: POST /v1/log/cosignatures.
inline constexpr std::string_view note_media_type = "text/plain";
inline constexpr std::size_t cosigned_note_bytes_max = 16 * 1024;
Problem upgrade_problem();  // 426 with the range that the registry speaks

// --- enrolment ---
struct EnrolmentFile {        // what `qabyl-registry add-kiosk` prints and a person carries to the kiosk
  std::string url;            // https://host:port, no path
  std::string token;          // 32 hex, one use
  std::string ca_sha256;      // 64 hex: SHA-256 of the CA certificate's DER
  std::string root_sha256;    // 64 hex: fingerprint of the root key
  std::string device;         // AL-03
};
std::string encode(const EnrolmentFile& file);
core::Result<EnrolmentFile> decode_enrolment_file(std::string_view text);

struct EnrolRequest {
  std::string token;
  std::string csr;            // PEM
  core::VerifyKey record_key{};
  std::string possession;     // JWS of typ::possession by the record key over possession_payload()
};
std::string possession_payload(std::string_view token, const core::VerifyKey& record_key);
std::string encode(const EnrolRequest& request);
core::Result<EnrolRequest> decode_enrol_request(std::string_view body);

struct EnrolAnswer {
  std::string device;
  core::LocalText place;
  std::string certificate, ca;      // PEM
  core::VerifyKey root_key{};
  std::string keys;                 // JWS of keys.json
  core::Instant key_from{}, key_to{};  // whole seconds; of the record key
  std::string registry_kid;         // acceptance key that certified the record key
  core::Signature registry_signature{};  // over core::kiosk_key_statement()
  std::string profile;              // id of the rule profile, kz-2004-249
  core::Instant registry_time{};
};
std::string encode(const EnrolAnswer& answer);
core::Result<EnrolAnswer> decode_enrol_answer(std::string_view body);

// --- records ---
// `log`: a piece of the evidence log (sync/log/log_piece.h) beside it, for a device that mirrors it.
using LogMember = std::optional<core::Json>;
core::Result<core::Json> decode_log_member(std::string_view body);       // not_found: the answer has none
std::string encode_verdict_answer(std::string_view verdict_jws, const LogMember& log = {});  // {"verdict":...}
core::Result<std::string> decode_verdict_answer(std::string_view body);  // the verdict's JWS

// `verdicts`: one for each record, the final one that the registry gave before it was restored, or "": for a registry that lacks them.
std::string encode_batch(const std::vector<std::string>& records, const std::vector<std::string>& verdicts = {});
core::Result<std::vector<std::string>> decode_batch_verdicts(std::string_view body);  // empty: none came with it
core::Result<std::vector<std::string>> decode_batch(std::string_view body);
struct BatchAnswer {                // one a record, same order
  core::Id id;                      // empty when the record could not be read
  std::string verdict;              // JWS; empty when there is a problem
  std::optional<Problem> problem;
};
std::string encode(const std::vector<BatchAnswer>& answers, const LogMember& log = {});
core::Result<std::vector<BatchAnswer>> decode_batch_answers(std::string_view body);

// --- the head of the device's journal, sent with every request as Qabyl-Head: <q>.<digest hex> ---
struct JournalMark {
  std::int64_t q = 0;
  core::Digest digest{};
};
std::string to_text(const JournalMark& mark);
core::Result<JournalMark> parse_journal_mark(std::string_view text);

// --- how a restored registry stands, for this device: Qabyl-Restore: <leaves>.<q> ---
struct RestoreMark {
  std::uint64_t leaves = 0;         // of its log
  std::int64_t q = 0;               // up to here it has this device's records whole
  bool operator==(const RestoreMark&) const = default;
};
std::string encode_next_leaf(std::uint64_t index);                       // answer to POST /v1/log/leaves
core::Result<std::uint64_t> decode_next_leaf(std::string_view body);
std::string to_text(const RestoreMark& mark);
core::Result<RestoreMark> parse_restore_mark(std::string_view text);

// --- the evidence log: GET /v1/log/consistency?from=&to= -> {"proof":[<base64>...]} ---
inline constexpr std::size_t consistency_hashes_max = 64;
std::string encode_consistency(const std::vector<core::Digest>& proof, const LogMember& log = {});
core::Result<std::vector<core::Digest>> decode_consistency(std::string_view body);

// --- trusted time: GET /v1/time?nonce=<32 hex> -> {"time":"<jws>"} ---
inline constexpr std::string_view time_typ = "qabyl-time+jws";
std::string encode_time_answer(core::Instant now, std::string_view nonce, const core::SigningKey& acceptance);
// corrupt / forbidden unless signed by the registry over this very nonce.
core::Result<core::Instant> open_time_answer(std::string_view body, std::string_view nonce, const core::Keyring& keys);

}  // namespace qabyl::sync
