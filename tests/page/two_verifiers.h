// The same question to both code bases: qabyl-verify's own functions (C++) and verify.html (JavaScript). Each answers with
// the JSON that `qabyl-verify --json` prints, so that answers can be compared as texts.
#pragma once

#include "sync/verify/receipt_check.h"
#include "tests/page/probe.h"

namespace qabyl::test {

// What the asker trusts; both may be empty.
struct Asker {
  std::string root, keys;
  sync::verify::Trust trust() const;
};

std::string program_says(std::string_view qr, const Asker& asker);
std::string program_says(core::ByteView pdf, const Asker& asker);
std::vector<std::string> page_says(PageHost& host, const std::vector<std::string>& texts, const Asker& asker);

std::string verdict_of(const std::string& report);  // "proved", "unknown_key no_root", "refused signature"

// Counts what two lists of answers to altered receipts say, and tells of each disagreement.
struct Tally {
  std::size_t made = 0, disagreed = 0, accepted_by_program = 0, accepted_by_page = 0, signatures = 0;
  std::string told;  // the first disagreements
  void add(const std::string& program, const std::string& page, const std::string& about);
  void check() const;  // nobody accepted any, and both always said the same
};

// How many altered things a run makes: `usual`, or the number in QABYL_PAGE_ALTERED.
std::size_t altered_count(std::size_t usual);
// What they are drawn from: `usual`, or with QABYL_PAGE_SEED=N others for each N, so that a long run can be played in parts.
std::uint64_t altered_seed(std::uint64_t usual);

}  // namespace qabyl::test
