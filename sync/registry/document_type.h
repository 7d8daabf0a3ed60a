// Does a document look like what its record says (RELIABILITY 4.7, row 43)? A look at its first bytes and
// nothing more: the registry parses no document in its own process (R6).
#pragma once

#include <string_view>

#include "core/bytes.h"

namespace qabyl::sync::registry {

inline constexpr std::size_t type_head_bytes = 1024;

// `head`: the first type_head_bytes of the document, or all of it. False too for types that have no mark.
bool type_differs(core::ByteView head, std::string_view declared);

// What it looks like, of the types that the console takes as a scan: application/pdf, image/jpeg, image/png, image/tiff; "": none.
std::string_view scan_type(core::ByteView head);

// application/x-qabyl-courier for what begins as a courier's bundle; "": it is none.
std::string_view courier_type(core::ByteView head);

}  // namespace qabyl::sync::registry
