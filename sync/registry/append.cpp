// The connection's part of an append: bytes to the file, hashes beside it. See uploads.h. No database here.
#include "core/sys/files.h"
#include "sync/registry/uploads.h"

namespace qabyl::sync::registry {

core::Status Append::write(core::ByteView bytes) {
  if (offset_ + written_ + bytes.size() > length_) return core::Error{core::ErrorCode::too_large, "beyond Upload-Length"};
  const std::lock_guard<std::mutex> guard(lock_->mutex);
  if (lock_->revoked) return core::Error{core::ErrorCode::gone, "another append took over"};
  if (auto done = core::sys::write_at(file_, offset_ + written_, bytes); !done) {
    failed_ = true;
    return done;
  }
  if (checksum_) checksum_->update(bytes);
  if (hash_) hash_->update(bytes);
  written_ += bytes.size();
  lock_->written = written_;
  return core::Done{};
}

Sealed Append::seal(bool whole) {
  Sealed sealed;
  {
    const std::lock_guard<std::mutex> guard(lock_->mutex);
    sealed.cut = lock_->revoked || failed_;
  }
  if (checksum_) sealed.checksum_ok = whole && checksum_->matches();
  if (sealed.cut || !sealed.checksum_ok || !core::sys::flush(file_)) {
    sealed.cut = sealed.cut || sealed.checksum_ok;
    hash_.reset();  // it has eaten bytes that do not count
    return sealed;
  }
  sealed.written = written_;
  if (offset_ + written_ < length_) return sealed;
  const auto digest = hash_ ? core::Result<core::Digest>(hash_->finish()) : digest_of_file(path_);
  hash_.reset();
  if (digest) sealed.whole = *digest;
  else sealed.cut = true;
  return sealed;
}

}  // namespace qabyl::sync::registry
