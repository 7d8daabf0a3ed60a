// A whole evidence log, out of its plain files (C2SP tlog-tiles): every entry hashed, every hash tile made again and
// compared, the root compared with the checkpoint's, and with checkpoints that the asker kept: who holds the office's keys
// can sign another log, but not make it begin with the one that was seen. Names the first file that is wrong. Pure; files
// come through a port; memory does not grow with the log.
#pragma once

#include "sync/log/checkpoint.h"
#include "sync/verify/log_bundle.h"
#include "sync/verify/standing.h"
#include "sync/verify/trust.h"

namespace qabyl::sync::verify {

// A checkpoint that was seen before, and where it lies.
struct KeptCheckpoint {
  std::string where;
  log::Checkpoint checkpoint;
};

struct LogQuestions {
  std::vector<KeptCheckpoint> kept;  // in any order
  std::function<void(const core::Digest& record)> each;  // if there is one: the record's digest of every entry, in order
};

struct LogCheck {
  Standing standing = Standing::refused;
  std::string why;                  // stable code; empty when proved
  std::string where;                // refused: the first file that is wrong
  std::uint64_t index = 0;          // refused for an entry: which leaf
  std::int64_t line = 0;            // refused for a line of a journal (log_journals.h): which, from 1
  std::uint64_t agreed = 0;         // entries up to the largest kept checkpoint that is the beginning of this log
  log::Checkpoint checkpoint;
  core::Instant first{}, last{};    // registry times of the first and last entry
};
LogCheck check_log(LogFiles& files, const Trust& trust, const LogQuestions& questions = {}, const Hands& hands = one_hand);

}  // namespace qabyl::sync::verify
