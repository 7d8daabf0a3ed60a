// See upload_locks.h.
#include "sync/registry/upload_locks.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::size_t hashes_max = 1024;

std::uint64_t counted_of(const AppendLock& lock) { return lock.checked ? 0 : lock.written; }  // under its mutex

}  // namespace

std::shared_ptr<AppendLock> UploadLocks::hold(const std::string& upload) {
  auto lock = std::make_shared<AppendLock>();
  holders_[upload] = lock;
  return lock;
}

std::uint64_t UploadLocks::counted(const std::string& upload) const {
  const auto found = holders_.find(upload);
  if (found == holders_.end()) return 0;
  const std::lock_guard<std::mutex> guard(found->second->mutex);
  return counted_of(*found->second);
}

bool UploadLocks::revoke_at(const std::string& upload, std::uint64_t bytes) {
  const auto found = holders_.find(upload);
  if (found == holders_.end()) return bytes == 0;
  const std::lock_guard<std::mutex> guard(found->second->mutex);
  if (counted_of(*found->second) != bytes) return false;
  found->second->revoked = true;
  return true;
}

std::shared_ptr<AppendLock> UploadLocks::take_over(const std::string& upload) {
  const auto found = holders_.find(upload);
  if (found == holders_.end()) return nullptr;
  auto lock = found->second;
  const std::lock_guard<std::mutex> guard(lock->mutex);
  lock->revoked = true;
  holders_.erase(found);
  return lock;
}

bool UploadLocks::holds(const std::string& upload, const AppendLock* lock) const {
  const auto found = holders_.find(upload);
  return found != holders_.end() && found->second.get() == lock;
}

void UploadLocks::keep_hash(const std::string& upload, std::uint64_t bytes, core::Sha256 hash) {
  hashes_.erase(upload);
  if (hashes_.size() < hashes_max) hashes_.emplace(upload, Running{bytes, std::move(hash)});
}

std::optional<core::Sha256> UploadLocks::take_hash(const std::string& upload, std::uint64_t bytes) {
  auto found = hashes_.extract(upload);
  if (found.empty() || found.mapped().bytes != bytes) return std::nullopt;
  return std::move(found.mapped().hash);
}

}  // namespace qabyl::sync::registry
