// See office_word.h.
#include "kiosk/screens/office_word.h"

#include <algorithm>

namespace qabyl::kiosk {

bool OfficeWord::is_open() const {
  const auto over = {"granted", "refused", "returned", "withdrawn", "form_issued"};
  return std::none_of(over.begin(), over.end(), [this](const char* one) { return state == one; });
}

}  // namespace qabyl::kiosk
