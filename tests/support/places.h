// Where the checkout and its build stand. Functions and not macros: the paths then lie in one object file, and a second
// checkout finds the others where the first compiled them (ccache).
#pragma once

#include <string>
#include <string_view>

namespace qabyl::test {

std::string in_source(std::string_view rest = "");  // the checkout's path, then rest as it stands ("/core/README.md")
std::string in_build(std::string_view rest = "");   // likewise for the folder it is built in

}  // namespace qabyl::test
