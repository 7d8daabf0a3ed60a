// The driver's referee: lets contestants run in rotated order, round after round in one process, and says
// ratios, their median and range. A ratio inside one run is what counts; absolute figures are this machine's.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/json.h"

namespace qabyl::bench {

struct Settings {
  int rounds = 7;                     // 1 ... rounds_max
  int seconds = 1;                    // of one contestant's turn, 1 ... seconds_max
  std::string folder;                 // for scratch files, on the disk that is measured
};
inline constexpr int rounds_max = 99, seconds_max = 60;

struct Contestant {
  std::string name;
  std::function<double()> turn;       // one turn; its rate
};

struct Contest {
  std::string title, unit;            // "filings", "1/s"
  std::string must;                   // what PERFORMANCE.md asks of the ratio, as printed
  Contestant product, limit;
};

// Plays and prints it. {title, unit, must, rounds:[{product, limit, ratio_milli}], median_ratio_milli, ...};
// numbers are integers (ratios in thousandths), as everywhere in our JSON.
core::Json play(const Contest& contest, const Settings& settings);

struct Spread { double least = 0, median = 0, most = 0; };
Spread spread_of(std::vector<double> values);  // precondition: not empty
core::Json to_json(const Spread& spread, double factor = 1);

// A figure that has no limit of its own to stand beside: printed with its must.
core::Json tell(const std::string& name, const std::string& unit, const std::string& must, const std::vector<double>& values);
void tell_peer(const std::string& which);      // "peer: not here yet"

// Calls `once` again and again for the seconds of a turn; how often a second. At most calls_max calls.
double rate_of(int seconds, std::size_t calls_max, const std::function<void()>& once, std::vector<double>* each_us = nullptr);

}  // namespace qabyl::bench
