// Tests that a table of the pages names: their titles in the sources, and, in a run of all suites (tests/run), which passed.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace qabyl::tidy {

// Titles of TEST_CASEs in the test file of that name, without ending.
std::vector<std::string> titles_in(const std::string& name);
// Titles of the tests that have passed; nothing outside of a run of all suites.
std::optional<std::vector<std::string>> passed_tests();

}  // namespace qabyl::tidy
