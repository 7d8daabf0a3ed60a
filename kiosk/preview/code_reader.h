// The QR codes on a page, for the sheets of a paper that came back (paragraphs 10, 19). Knows no text's meaning.
#pragma once

#include <string>
#include <vector>

#include "kiosk/preview/picture.h"

namespace qabyl::preview {

// At most codes_max, each at most code_bytes_max; a code that is damaged beyond its own correction is none.
std::vector<std::string> codes_on(const Picture& picture);

}  // namespace qabyl::preview
