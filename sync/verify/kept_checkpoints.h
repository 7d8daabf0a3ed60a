// Checkpoints that the asker kept: a file each, as /v1/log/checkpoint gave it, as a kiosk shows it or as it lies in a receipt.
#pragma once

#include "sync/verify/log_check.h"

namespace qabyl::sync::verify {

inline constexpr std::size_t kept_files_max = 10'000;

// `path`: a file, or a folder of nothing else. With keys each must be signed by a log key of theirs, since only such a one
// says anything against the log; without keys each must have the form. not_found, too_large; invalid_input: another file
// lies there.
core::Result<std::vector<KeptCheckpoint>> kept_checkpoints(const std::string& path, const Trust& trust);

}  // namespace qabyl::sync::verify
