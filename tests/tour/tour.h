// The tour's stations, in order. See main.cpp.
#pragma once

#include <string>

namespace qabyl::rig {

// Works below `out` (made anew); prints its progress on stderr and the summary on stdout. 0: all went well.
int run_tour(const std::string& out);

}  // namespace qabyl::rig
