// System calls of this very program that fail, on demand: faults.cpp defines open(), pwrite64(), fdatasync() ... for the whole
// program, SQLite's calls included, and lets them through to the C library unless a plan says otherwise. Only files below one
// folder are concerned. One thread. For tests only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qabyl::power {

enum class Call { open, read, pread, write, pwrite, fsync, fdatasync, rename, unlink, ftruncate, mmap, fallocate };
inline constexpr int calls_count = 12;
std::string_view to_text(Call call);

struct FaultPlan {
  std::string under;                  // folder whose files count; must not be empty
  std::string name_ends = {};         // only of files whose name ends so; empty: all
  std::optional<Call> call = {};      // the one that fails; none: all are only counted
  long nth = 0;                       // from 1
  int error = 0;                      // errno; 0: the transfer is cut short (half the bytes)
  bool and_on = false;                // the n-th and every one after it; after EINTR: three in a row, as no signal lasts
  long kill_at = 0;                   // n-th durable step (writes, flushes, renames, removals): SIGKILL instead of it; 0: never
  bool lying_flush = false;           // fsync and fdatasync say yes and do nothing
};

// A durable step that was taken, as "fdatasync documents/2026-11/ab12": the path below the plan's folder.
using Steps = std::vector<std::string>;

void arm(FaultPlan plan);             // counts from 0 again
Steps steps_taken();                  // since arm(); of those that were refused too
void disarm();
long counted(Call call);              // since arm()
long durable_steps();                 // since arm()

// The n-th allocation with operator new throws; 0: none does.
void fail_allocation(long nth);
long allocations();                   // since fail_allocation()

}  // namespace qabyl::power
