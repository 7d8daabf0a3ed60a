// Where the checkout and its build stand.
#include "tests/support/places.h"

namespace qabyl::test {

std::string in_source(std::string_view rest) { return QABYL_SOURCE_DIR + std::string(rest); }

std::string in_build(std::string_view rest) { return QABYL_BUILD_DIR + std::string(rest); }

}  // namespace qabyl::test
