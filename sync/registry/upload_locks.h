// Who is appending to an upload right now. A newcomer takes over from a connection that hangs (RELIABILITY
// 4.7, row 35): the old one's next write fails, so two appends never mix their bytes (row 34). Knows no file.
// A newcomer that does not know where the upload stands takes over nothing: an honest append is not cut by it.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/crypto.h"

namespace qabyl::sync::registry {

struct AppendLock {
  std::mutex mutex;        // held while a piece is written
  bool revoked = false;    // guarded by mutex
  bool checked = false;    // the request announced a checksum: a part of it does not count
  std::uint64_t written = 0;  // guarded by mutex: bytes of this append that are in the file
};

class UploadLocks {        // storage thread; the locks themselves are shared with connections
 public:
  // A fresh lock for that upload. Precondition: the old holder was revoked (see take_over).
  std::shared_ptr<AppendLock> hold(const std::string& upload);
  // Bytes of the present holder that would count if it ended now: none without one, none before its checksum.
  std::uint64_t counted(const std::string& upload) const;
  // Revokes the present holder if exactly so many of its bytes count; false: it has come elsewhere and goes on.
  bool revoke_at(const std::string& upload, std::uint64_t bytes);
  // Revokes the present holder, if there is one, and gives back its lock: nothing more is written by it.
  std::shared_ptr<AppendLock> take_over(const std::string& upload);
  bool holds(const std::string& upload, const AppendLock* lock) const;
  void release(const std::string& upload) { holders_.erase(upload); }

  // The running SHA-256 of an upload's first `bytes` bytes, so that a document in many pieces is hashed
  // once. A matter of speed only: without it the whole file is read again at its end.
  void keep_hash(const std::string& upload, std::uint64_t bytes, core::Sha256 hash);
  std::optional<core::Sha256> take_hash(const std::string& upload, std::uint64_t bytes);

 private:
  struct Running {
    std::uint64_t bytes;
    core::Sha256 hash;
  };
  std::map<std::string, std::shared_ptr<AppendLock>> holders_;
  std::map<std::string, Running> hashes_;
};

}  // namespace qabyl::sync::registry
