// The runs of RELIABILITY 4.8 that the program qabyl-load and the suite load know. True: every figure that is judged was kept.
#pragma once

#include <vector>

#include "core/json.h"

namespace qabyl::load {

struct Order {
  int seconds = 0, kiosks = 0, filings = 0;  // 0: as 4.8 says
  bool judge_times = true;                   // counts are always judged
  int idle = 0;
  std::vector<core::Json>* figures = nullptr;  // gets a line a figure; numbers in thousandths
};

bool filing_rate(const Order& order);        // LD1
bool backlog_drain(const Order& order);      // LD2
bool long_offline(const Order& order);       // LD3
bool idle_crowd(const Order& order);         // LD4
bool soak(const Order& order);               // SO1

}  // namespace qabyl::load
