// Writes a screen picture as PNG, for --shots. Reads nothing: decoders stand only in qabyl-preview.
#pragma once

#include <string>

#include "core/bytes.h"
#include "core/result.h"

namespace qabyl::kiosk {

// `rgba`: width * height * 4 bytes, top row first. storage if the file cannot be written.
core::Status write_png(const std::string& path, int width, int height, core::ByteView rgba);

}  // namespace qabyl::kiosk
