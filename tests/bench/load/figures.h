// What a run of load has measured, each beside its limit (RELIABILITY 4.8). A count that is wrong fails on any machine; a time or
// a rate only where the machine was ours alone (`judge_times`), else it is printed with its limit and left to the reader.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "tests/bench/load/runs.h"

namespace qabyl::load {

class Figures {
 public:
  explicit Figures(const Order& order) : judge_times_(order.judge_times), lines_(order.figures) {}
  void count(const std::string& what, std::int64_t is, std::int64_t must_be) { say(what, static_cast<double>(is), "= " + std::to_string(must_be), "", is == must_be, true); }
  void at_most(const std::string& what, double is, double limit, const char* unit, bool always = false) { say(what, is, "<= " + short_of(limit), unit, is <= limit, always || judge_times_); }
  void at_least(const std::string& what, double is, double limit, const char* unit, bool always = false) { say(what, is, ">= " + short_of(limit), unit, is >= limit, always || judge_times_); }
  void note(const std::string& what, double is, const char* unit) const {
    std::printf("  %-46s %12s %s\n", what.c_str(), short_of(is).c_str(), unit);
    write_down(what, is, "", unit, "");
  }
  bool well() const { return well_; }

  static double quantile(std::vector<double> values, double part) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<std::size_t>(part * static_cast<double>(values.size())))];
  }

 private:
  static std::string short_of(double value) {
    char text[32];
    std::snprintf(text, sizeof text, value == static_cast<double>(static_cast<std::int64_t>(value)) ? "%.0f" : "%.2f", value);
    return text;
  }
  void say(const std::string& what, double is, const std::string& limit, const char* unit, bool kept, bool judged) {
    const char* word = kept ? "kept" : judged ? "BROKEN" : "not kept here";
    std::printf("  %-46s %12s %-6s %-12s %s\n", what.c_str(), short_of(is).c_str(), unit, limit.c_str(), word);
    std::fflush(stdout);
    write_down(what, is, limit, unit, word);
    well_ = well_ && (kept || !judged);
  }

  void write_down(const std::string& what, double is, const std::string& limit, const std::string& unit, const std::string& word) const {
    if (lines_ == nullptr) return;
    core::Json line;
    line["figure"] = what;
    line["is_milli"] = static_cast<std::int64_t>(is * 1000);
    if (!unit.empty()) line["unit"] = unit;
    if (!limit.empty()) line["limit"] = limit;
    if (!word.empty()) line["word"] = word;
    lines_->push_back(std::move(line));
  }

  bool judge_times_, well_ = true;
  std::vector<core::Json>* lines_;
};

}  // namespace qabyl::load
