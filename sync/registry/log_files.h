// The evidence log as plain files under <data>/log, laid out as C2SP tlog-tiles says, and served from there to anybody.
// They are made of the database, and outlive an older copy of it: a registry that was set back finds here what it once
// signed (I9). Knows no HTTP library. Thread rule: publish() and held() storage thread; answer() any thread.
#pragma once

#include "sync/registry/evidence_log.h"
#include "sync/wire/http.h"

namespace qabyl::sync::registry {

inline constexpr std::string_view log_prefix = "/v1/log/";  // of every path that answer() serves

class LogFiles {
 public:
  explicit LogFiles(const std::string& data_folder) : folder_(data_folder + "/log") {}
  // The note in the file `checkpoint`; empty: none, or none that could be read.
  core::Result<std::string> held() const;
  // Writes what the log has and the files have not: tiles first, the checkpoint last, each durable before the next.
  // Cheap when nothing is new.
  core::Status publish(EvidenceLog& log);
  bool behind(const EvidenceLog& log) const { return published_ != log.size() || !beside_published_; }
  void beside_changed() { beside_published_ = false; }

  // 404 for everything but the checkpoint, what lies beside it, and the tiles. Precondition: the path begins with log_prefix.
  static bool serves(std::string_view path);
  Response answer(const Request& request) const;

 private:
  core::Status write(const log::TilePlace& place, core::ByteView bytes) const;
  core::Status write_beside(EvidenceLog& log) const;

  std::string folder_;
  std::uint64_t published_ = 0;     // size of the newest checkpoint that this process wrote
  bool beside_published_ = false;
};

}  // namespace qabyl::sync::registry
