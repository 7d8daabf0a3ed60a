// What both ends of an upload share: header names and metadata of tus 1.0.0 (creation, checksum,
// termination, expiration). One upload = one document of a stored record, named by record and index.
#pragma once

#include "core/ids.h"
#include "sync/wire/http.h"

namespace qabyl::sync::tus {

inline constexpr std::string_view version = "1.0.0";
inline constexpr std::string_view extensions = "creation,checksum,termination,expiration";
inline constexpr std::string_view checksum_algorithms = "sha1,sha256";
inline constexpr std::string_view media_type = "application/offset+octet-stream";
inline constexpr std::string_view uploads_path = "/v1/uploads";
inline constexpr std::string_view resumable = "Tus-Resumable";
inline constexpr std::string_view upload_offset = "Upload-Offset";
inline constexpr std::string_view upload_length = "Upload-Length";
inline constexpr std::string_view upload_metadata = "Upload-Metadata";
inline constexpr std::string_view upload_checksum = "Upload-Checksum";
inline constexpr std::string_view upload_expires = "Upload-Expires";
inline constexpr int status_checksum_mismatch = 460;

struct UploadTarget {
  core::Id record;
  int index = 0;  // in the record's docs
};
std::string to_metadata(const UploadTarget& target);  // "record <b64>,index <b64>"
// invalid_input: record or index absent, doubled or malformed; other keys are allowed.
core::Result<UploadTarget> parse_metadata(std::string_view metadata);

}  // namespace qabyl::sync::tus
