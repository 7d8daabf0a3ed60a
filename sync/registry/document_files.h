// Documents as files named by the SHA-256 of their bytes, one flat folder a month, flushed before any row
// says that they are there (RELIABILITY, 1.2). Knows no record and no SQL.
#pragma once

#include <set>
#include <string>

#include "core/bytes.h"
#include "core/ports.h"
#include "core/result.h"

namespace qabyl::sync::registry {

class DocumentFiles {
 public:
  explicit DocumentFiles(std::string folder) : folder_(std::move(folder)) {}  // the data folder

  static std::string month_folder(core::Instant at);                          // "2026-11"
  std::string path(std::string_view month, const core::Digest& sha256) const;
  std::string upload_path(std::string_view upload) const;                     // where a running upload grows
  core::Status prepare() const;                                               // folders of a new office

  // Takes over a flushed file: renamed. Durable after the next flush_folders(), which comes before the COMMIT of its row.
  core::Status adopt(const std::string& from, std::string_view month, const core::Digest& sha256);
  // The same, and `from` stays too: a second name for its bytes, so that a transaction that is taken back loses nothing.
  core::Status share(const std::string& from, std::string_view month, const core::Digest& sha256);
  core::Status keep(core::ByteView bytes, std::string_view month, const core::Digest& sha256);
  // Once a group, however many documents it took: one flush for each folder that got some.
  core::Status flush_folders();
  // Whole document, digest checked: corrupt when it is not what its name says.
  core::Result<core::Bytes> read(std::string_view month, const core::Digest& sha256) const;

 private:
  core::Status prepare_month(std::string_view month);
  std::string folder_;
  std::set<std::string> unflushed_{};  // folders
};

// SHA-256 of a file, read in pieces: memory does not grow with it.
core::Result<core::Digest> digest_of_file(const std::string& path);

}  // namespace qabyl::sync::registry
