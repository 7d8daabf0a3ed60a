// A backup of the whole office while it is served (RELIABILITY G16, threat R9), and its restore. The database as one snapshot,
// every document that it names, the keys (never keys/root): each sealed under a key of the backup, which is sealed to the
// backup key whose private half lies offline. A backup is called good only after it was restored into a scratch folder and
// its log root, counts and digests were compared; the manifest comes last, so a cut one is none.
// Knows no request and no clock. Reads the database beside its one writer, and never writes to it (RELIABILITY, 1.3).
#pragma once

#include <string>

#include "core/json.h"
#include "sync/registry/backup_manifest.h"

namespace qabyl::sync::registry {

struct Registry;

inline constexpr core::Millis backup_late_after{24 * 3600 * 1000};

// A new backup key: its public half into the office's keys, its private one into `out`, to be carried away.
// conflict: `out` is there already.
core::Status make_backup_key(const std::string& folder, const std::string& out, core::Random& random);

// Writes the new folder `to`; `<to>.partial` until it is good. wrong_state: the office has no backup key; conflict: there
// is something at `to`; corrupt: what is stored is damaged, or the backup is not what was stored: then there is none.
core::Result<BackupManifest> make_backup(const std::string& folder, const std::string& to, core::Instant now, core::Random& random);

struct RestoreOptions {
  std::string backup, folder;  // `folder` is new
  std::string key_file;        // what make_backup_key() wrote
  std::string root;            // fingerprint of the office's root: whose backup it must be
};
// The office as it was, in a new epoch of its feed. It signs nothing until end_restore(): a kiosk or witness may hold more of
// the log than this copy knows (I9). corrupt, forbidden, invalid_input: not a good backup of this office; nothing is left.
core::Result<BackupManifest> restore_backup(const RestoreOptions& options, core::Instant now);

struct ResumeWord {
  std::vector<std::string> without;   // kiosks that are not waited for
  std::int64_t lost = 0;              // leaves that stay known by digest and time alone (refill.h), as whoever resumes has read
};
// Nobody holds more of the log than this office: from now on it takes and signs. Numbers that a lost act may have given are never
// given again. wrong_state: it was not restored, or somebody showed more of the log than came back; conflict: a kiosk has not spoken
// since and is not in `without`, or another number of leaves is lost.
core::Status end_restore(Registry& registry, const ResumeWord& word, core::Instant now);

// When and how large the last one was that was called good; not_found: none.
struct LastBackup { core::Instant at{}; std::int64_t records = 0; std::uint64_t log_size = 0; };
core::Result<LastBackup> last_backup(const std::string& folder);

}  // namespace qabyl::sync::registry
