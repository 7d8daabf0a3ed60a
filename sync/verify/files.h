// Files that the command line names, read whole and with a limit.
#pragma once

#include <istream>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"

namespace qabyl::sync::verify {

// not_found: cannot be read. too_large: more than `bytes_max`; no more than that is read.
core::Result<std::string> read_named(const std::string& path, std::size_t bytes_max);
// One of very many small files into the beginning of `room`: how many bytes it has. not_found; too_large: more than there is room for.
core::Result<std::size_t> read_small(int folder, const std::string& path, std::span<std::uint8_t> room);  // below an open folder
// `path` itself, or the paths of all files in it if it is a folder, in order of their names. not_found: there is no such
// thing. too_large: more than `files_max`.
core::Result<std::vector<std::string>> files_in(const std::string& path, std::size_t files_max);
// The next line without its end; not_found: there is none. too_large: it is longer.
core::Result<std::string> next_line(std::istream& file, std::size_t bytes_max);

}  // namespace qabyl::sync::verify
