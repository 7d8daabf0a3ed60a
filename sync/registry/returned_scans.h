// Scans of copies that came back on paper, from their upload to the officer's word (paragraphs 10, 19): each waits as a file of
// its own beside the documents until somebody has looked at its sheets (scan_matcher.h) and an officer keeps it, which makes a
// record of the case, or puts it aside. Neither the end of a session nor of the program loses one, and the same file is
// never there twice. Inside the caller's transaction, on the storage thread, except where a call says otherwise.
#pragma once

#include "sync/registry/case_now.h"
#include "sync/registry/form_body.h"
#include "sync/registry/office_journal.h"
#include "sync/registry/office_sessions.h"
#include "sync/registry/scanned_copy.h"

namespace qabyl::sync::registry {

inline constexpr std::size_t scans_waiting_max = 60;      // of the whole office: each may be a file of 50 MiB
inline constexpr core::Millis scan_life{std::int64_t{14} * 24 * 3600 * 1000};

struct ScanLook {                // what was seen on the sheets
  std::string problem;           // scan.problem.<code>; "": they could be read
  core::paper::CopyMatched matched;
};

struct PendingScan {
  core::Id id, paper, case_id;   // paper: the record that made it
  std::string officer;           // who brought it
  core::Digest sha256{};
  std::uint64_t bytes = 0;
  std::string type;
  core::Instant at{};
  std::optional<ScanLook> look;  // nullopt: nobody has looked yet
};

// The copy that must come back; precondition: core::paper_with_copies() names it.
core::paper::CopyAwaited copy_awaited(const core::Id& record, const core::PaperOut& paper);

// The file becomes a scan that waits; the id of that one when the same file waits already. forbidden officer.role;
// invalid_input scan.type; wrong_state scan.no_copy, scan.already, scan.busy (too many wait).
core::Result<core::Id> take_scan(Registry& registry, const CaseNow& now, const core::Id& paper, const Session& session, const FormFile& file, core::Instant at);
core::Result<std::vector<PendingScan>> scans_of(Registry& registry, const core::Id& paper);  // oldest first
core::Result<std::optional<PendingScan>> pending_scan(Registry& registry, const core::Id& id);
// The oldest that nobody has looked at, and the copy that it should be.
struct ScanToLook { PendingScan scan; core::paper::CopyAwaited awaited; };
core::Result<std::optional<ScanToLook>> next_scan(Registry& registry);
// What was seen; of a scan that is gone meanwhile nothing is kept.
core::Status enter_look(Registry& registry, const core::Id& scan, const ScanLook& look);
core::Status look_again(Registry& registry, const CaseNow& now, const PendingScan& scan, const Session& session);  // forbidden officer.role

// The scan becomes a document of the case and the record that names it. forbidden officer.role: with findings only who leads
// the unit may; wrong_state scan.unread, and the reasons of core::returned_scan().
core::Result<core::Id> keep_scan(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const PendingScan& scan, const std::string& reason, core::Instant at);
// It goes, and the audit says who put it aside. forbidden officer.role.
core::Status put_scan_aside(Registry& registry, const CaseNow& now, const PendingScan& scan, const Session& session, core::Instant at);

// Any thread. The file of a scan, and the picture of one of its sheets.
std::string scan_path(const std::string& folder, const core::Id& scan);
std::string sheet_path(const std::string& folder, const core::Id& scan, int sheet);
core::Result<preview::DocumentSource> scan_source(const std::string& path);

// Scans that wait too long go. What remains: of other files of the folder nothing is needed, once this is committed.
core::Result<std::vector<core::Id>> expire_scans(Registry& registry, core::Instant now);
// Any thread: the files that lie in the folder; and those of them whose scan is not among `remaining` go.
core::Result<std::vector<std::string>> scan_files(const std::string& folder);
core::Status remove_scan_files(const std::string& folder, const std::vector<std::string>& files, const std::vector<core::Id>& remaining);
// At start: files without a scan go, and scans without a file, as a restored backup has them.
core::Status mend_returned_scans(Registry& registry);

}  // namespace qabyl::sync::registry
