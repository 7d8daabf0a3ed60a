// The tour's stations, in order. See main.cpp.
#pragma once

#include <string>

namespace qabyl::rig {

// Works below `out` (made anew); prints its progress on stderr and the summary on stdout. 0: all went well.
// `only`: the one station of that name that needs no other before it, for who works on it; empty: the tour.
int run_tour(const std::string& out, const std::string& only = {});

}  // namespace qabyl::rig
