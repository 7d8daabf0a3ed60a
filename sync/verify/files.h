// Files that the command line names, read whole and with a limit.
#pragma once

#include <string>

#include "core/bytes.h"
#include "core/result.h"

namespace qabyl::sync::verify {

// not_found: cannot be read. too_large: more than `bytes_max`; no more than that is read.
core::Result<std::string> read_named(const std::string& path, std::size_t bytes_max);
// The same for one of very many small files: one call of the system to read it.
core::Result<core::Bytes> read_small(const std::string& path, std::size_t bytes_max);

}  // namespace qabyl::sync::verify
