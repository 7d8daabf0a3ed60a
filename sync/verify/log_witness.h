// What witnesses say of a log (C2SP tlog-cosignature): the checkpoints that they cosigned, out of the log's own files. Each is then
// held against the log as a checkpoint that was kept. Pure; files come through the port of log_check.h.
#pragma once

#include "sync/verify/log_check.h"

namespace qabyl::sync::verify {

struct WitnessSaid {
  std::string name;
  std::uint64_t size = 0;           // entries of the log that it cosigned
  std::int64_t unix_s = 0;          // when; 0: it has said nothing here
};

struct WitnessNotes {
  std::vector<WitnessSaid> said;    // in the order in which they were asked for
  std::vector<KeptCheckpoint> cosigned;
  std::string why, where;           // a line in a witness's name that is not by its key, or a note that is not the log's; empty: none
};

// The line of each in the newest checkpoint, else in the note that it cosigned last. Precondition: keys of cosignature/v1.
WitnessNotes read_witnesses(LogFiles& files, const Trust& trust, const std::vector<log::NoteKey>& witnesses);

// A checkpoint that a time stamp lies beside (RFC 3161), and the stamp, for stamp_check.h.
struct Stamped {
  std::uint64_t size = 0;           // entries; 0: there is none
  core::Digest note{};              // SHA-256 of the checkpoint's bytes
  core::Bytes response;
};
// It joins notes.cosigned, to be held against the log.
Stamped read_stamped(LogFiles& files, const Trust& trust, WitnessNotes& notes);

}  // namespace qabyl::sync::verify
