// Writes a picture as PNG: of the screen for --shots, of a page that is signed, of a sheet of a scan. Reads nothing: decoders stand only in qabyl-preview.
#pragma once

#include <string>

#include "core/bytes.h"
#include "core/result.h"

namespace qabyl::preview {

// `rgba`: width * height * 4 bytes, top row first. storage if the file cannot be written.
core::Result<core::Bytes> png_of(int width, int height, core::ByteView rgba);  // too_large: libpng has no room
core::Status write_png(const std::string& path, int width, int height, core::ByteView rgba);

}  // namespace qabyl::preview
