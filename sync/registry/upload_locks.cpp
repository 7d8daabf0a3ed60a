// See upload_locks.h.
#include "sync/registry/upload_locks.h"

namespace qabyl::sync::registry {

std::shared_ptr<AppendLock> UploadLocks::hold(const std::string& upload) {
  auto lock = std::make_shared<AppendLock>();
  holders_[upload] = lock;
  return lock;
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

}  // namespace qabyl::sync::registry
