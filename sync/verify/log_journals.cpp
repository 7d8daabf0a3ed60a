// See log_journals.h.
#include "sync/verify/log_journals.h"

#include <algorithm>

#include "sync/verify/audit_check.h"

namespace qabyl::sync::verify {
namespace {

struct Place {
  core::Digest digest{};
  std::size_t journal = 0;
  std::int64_t line = 0;

  bool operator<(const Place& other) const { return digest < other.digest; }
};

LogCheck refused(std::string why, std::string where, std::int64_t line, std::uint64_t index) {
  LogCheck check;
  check.why = std::move(why);
  check.where = std::move(where);
  check.line = line;
  check.index = index;
  return check;
}

// By what the first line says that it is.
JournalCheck check_either(const Lines& lines, const Trust& trust, const std::function<void(const core::Digest&)>& each) {
  bool begun = false;
  auto first = lines();
  const bool is_audit = first && is_audit_head(*first);
  const Lines whole = [&]() -> core::Result<std::string> { return std::exchange(begun, true) ? lines() : std::move(first); };
  return is_audit ? check_audit(whole, trust, each) : check_journal(whole, trust, each);
}

}  // namespace

LogCheck check_log_with_journals(LogFiles& files, std::vector<JournalSource>& journals, const Trust& trust, const LogQuestions& questions,
                                const Hands& hands) {
  std::vector<Place> records;
  for (std::size_t j = 0; j < journals.size(); ++j) {
    std::int64_t line = 1;  // the head
    const auto check = check_either(journals[j].lines, trust, [&](const core::Digest& digest) { records.push_back({digest, j, ++line}); });
    if (check.standing == Standing::refused) return refused(check.why, journals[j].where, check.line, 0);
  }
  std::sort(records.begin(), records.end());
  std::vector<bool> found(records.size());
  std::uint64_t entries = 0, strange = 0;  // entries so far; the first that no journal has, counted from 1
  LogQuestions asked = questions;
  asked.each = [&](const core::Digest& digest) {
    ++entries;
    const auto at = std::lower_bound(records.begin(), records.end(), Place{digest, 0, 0});
    if (at != records.end() && at->digest == digest) found[static_cast<std::size_t>(at - records.begin())] = true;
    else if (strange == 0) strange = entries;
  };
  LogCheck check = check_log(files, trust, asked, hands);
  if (check.standing == Standing::refused) return check;
  const auto missing = std::find(found.begin(), found.end(), false);
  if (missing != found.end()) {
    const auto& record = records[static_cast<std::size_t>(missing - found.begin())];
    return refused("not_in_this_log", journals[record.journal].where, record.line, 0);
  }
  if (strange != 0) return refused("log_without_record", "tile/entries", 0, strange - 1);
  return check;
}

}  // namespace qabyl::sync::verify
