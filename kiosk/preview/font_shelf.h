// The fonts that a PDF without embedded ones is shown in. They are opened while that is still allowed
// and stand on the shelf as read-only descriptors; once the shelf is sealed, the libraries' open() gets
// a duplicate from the shelf or "no such file", without asking the kernel. Knows no document.
#pragma once

#include <cstddef>

namespace qabyl::preview {

inline constexpr std::size_t shelf_fonts_max = 300;

// A private fontconfig (a few folders of Debian packages, the 14 standard names mapped) becomes the
// process's own. False if it holds no font at all.
bool set_up_fonts();

// Opens every font of the configuration; from now on nothing else is found by name. One call.
// Returns how many stand on the shelf.
std::size_t seal_shelf();

}  // namespace qabyl::preview
