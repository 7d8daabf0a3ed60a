// Documents come in by tus 1.0.0 (creation, checksum, termination, expiration). One upload = one line of a
// stored record's manifest, which alone says length and digest. Bytes go straight to a file while they are
// hashed; the row follows the flush (RELIABILITY 1.2, I5; 4.7 rows 29-40). An append runs in three steps:
// begin and finish on the storage thread, write and seal on the connection's own.
#pragma once

#include "sync/registry/checksum.h"
#include "sync/registry/registry.h"
#include "sync/registry/web_app.h"
#include "sync/wire/tus.h"

namespace qabyl::sync::registry {

inline constexpr std::int64_t open_uploads_max = 50;                       // of one device, row 39
inline constexpr core::Millis upload_life{std::int64_t{24} * 3600 * 1000};  // idle
inline constexpr std::size_t expired_per_pass_max = 100;

struct Sealed {                       // what came of one append's bytes
  bool cut = false;                   // somebody else took over, or the disk refused
  bool checksum_ok = true;
  std::uint64_t written = 0;          // counted and flushed; 0 when they do not count
  std::optional<core::Digest> whole;  // of the document, when every byte of it is in the file
};

class Append {
 public:
  core::Status write(core::ByteView bytes);  // too_large: beyond the upload's length; gone: taken over
  Sealed seal(bool whole);                   // checksum, flush, digest. Called once.
  const std::string& upload() const { return upload_; }

 private:
  friend struct AppendSteps;
  Append() = default;
  std::string upload_, path_;
  core::sys::File file_;
  std::uint64_t offset_ = 0, length_ = 0, written_ = 0;
  std::shared_ptr<AppendLock> lock_;
  std::optional<Checksum> checksum_;
  std::optional<core::Sha256> hash_;
  bool failed_ = false;
};

struct AppendStart {
  std::unique_ptr<Append> append;  // or:
  Response refusal;
};

Response tus_options();
// `request.device` has passed the gate. Storage trouble: 503, to be rolled back.
Response create_upload(Registry& registry, const Request& request, core::Instant now);
Response head_upload(Registry& registry, const Request& request, std::string_view upload, core::Instant now);
Response cancel_upload(Registry& registry, const Request& request, std::string_view upload, core::Instant now);
AppendStart begin_append(Registry& registry, const Request& request, std::string_view upload, core::Instant now);
Response finish_append(Registry& registry, Append& append, const Sealed& sealed, core::Instant now);
// Uploads idle for upload_life end; their room is given back.
core::Status expire_uploads(Registry& registry, core::Instant now);

}  // namespace qabyl::sync::registry
