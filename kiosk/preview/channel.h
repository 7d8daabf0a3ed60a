// The worker's two descriptors: whole frames in, whole frames out, and the last word before the end.
// Knows the protocol's frames, nothing of documents.
#pragma once

#include <span>
#include <vector>

#include "core/preview/protocol.h"

namespace qabyl::preview {

using Bytes = std::vector<std::uint8_t>;

// False at the end of the stream or on an error: the kiosk has gone, and so should we.
bool read_whole(std::span<std::uint8_t> into);
bool write_whole(std::span<const std::uint8_t> bytes);
bool send(const Answer& answer);

// Tells the kiosk why there is no picture and ends the process: a decoder's error exit, where nothing
// after it may run on half-built state.
[[noreturn]] void give_up(Failure why);

}  // namespace qabyl::preview
