// A record: one immutable fact of a device's journal. Its canonical JSON (RFC 8785) is signed as a
// JWS; the JWS is stored and sent verbatim and never re-serialised. Digest d = SHA-256(payload).
#pragma once

#include <optional>

#include "core/ids.h"
#include "core/json.h"
#include "core/jws.h"

namespace qabyl::core {

inline constexpr std::size_t record_bytes_max = 512 * 1024;
inline constexpr std::size_t record_docs_max = 200;
inline constexpr std::uint64_t document_bytes_max = 50ULL * 1024 * 1024;

enum class Trust { trusted, unconfirmed, untrusted };  // I11: synced / no sync since boot / clock jumped
std::string_view to_text(Trust trust);

struct RecordTime {
  Instant utc{};
  int offset_min = 0;      // of Asia/Almaty at that instant
  Trust trust = Trust::unconfirmed;
  std::int64_t u_ms = 0;   // uncertainty; 0 when nothing is known (trust != trusted)
  std::string boot;        // 32 hex
  std::int64_t mono_ms = 0;
};

struct DocumentRef {
  std::string name;    // as the person's file was called or the paper's own name; UTF-8, <= 255 bytes
  std::uint64_t bytes = 0;
  Digest sha256{};
  std::string type;    // media type as sniffed: application/pdf, image/jpeg, image/png, application/octet-stream
  bool operator==(const DocumentRef&) const = default;
};

struct Actor {
  std::string role;  // applicant, bureau, operator, officer, system
  std::string id;    // staff or officer id; empty for an applicant
  std::string name;  // full name; empty where the body holds it
};

struct Record {
  int v = 1;
  Id id;
  std::string kind;    // dotted: licence_application.submit, notice.mark_receipt ...
  std::string device;  // AL-03; "registry" for acts of the office
  std::int64_t q = 0;  // 1, 2, 3 ... without gaps, per device
  Digest prev{};       // digest of record q-1; zeros for q = 1
  Id case_id;          // for the first record of a case: its own id
  Id base;             // last record of the case that the author knew; empty for the first
  RecordTime at;
  Actor actor;
  std::string lang;    // kk, ru, en: the language the person used
  std::string sw;      // software name and version
  std::string nonce;   // 32 hex, random: keeps digests from being guessed
  std::vector<DocumentRef> docs;
  Json body;
  Json extra;          // members this version does not know: kept
};

// The canonical payload bytes. Precondition: the record is well formed (made by this program).
std::string encode_record(const Record& record);

// invalid_input: not the schema (types, lengths, id form, hex form, q >= 1, offset within +-18 h,
// docs <= record_docs_max, ...), or not canonical (decode then encode must give the same bytes).
// This is the wire schema only: whether the fact makes sense is judged later (RELIABILITY, I6).
Result<Record> decode_record(std::string_view payload);

struct SignedRecord {
  Record record;
  Digest digest{};
  std::string jws;
};
SignedRecord sign_record(Record record, const SigningKey& device_key);
// Parses, checks signature and schema. corrupt / invalid_input / too_large as above.
Result<SignedRecord> open_record(std::string_view jws, const VerifyKey& device_key);

}  // namespace qabyl::core
