// The command line of qabyl-verify as a value. Own few lines instead of a library: the program is small and
// static. Knows no asset.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/result.h"

namespace qabyl::sync::verify {

struct Arguments {
  std::string command;                                     // deadline, calendar, terms, receipt
  std::map<std::string, std::string, std::less<>> values;  // "--from" -> "2004-12-14"; a switch: "--json" -> ""
  std::vector<std::string> witnesses;                      // each --witness, in order
  std::string file;                                        // the one word that is no option; empty: none

  std::string value(std::string_view name, std::string_view fallback = {}) const;
  bool has(std::string_view name) const { return values.contains(name); }
};

// `words` without the program's name. invalid_input says in English what is wrong: an unknown command or
// option, an option without its value or, but for --witness, given twice, a needed one that is missing, a file too many.
core::Result<Arguments> parse_arguments(const std::vector<std::string>& words);
std::string usage();

}  // namespace qabyl::sync::verify
