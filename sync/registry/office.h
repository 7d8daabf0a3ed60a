// What the office does: people, bureaus, kiosks, and the acts of the Rules up to the notice. Used by the
// commands of qabyl-registry and by the console alike; each call runs inside the caller's transaction and
// puts its feed items out in the same one. Errors: invalid_input / wrong_state with a stable code in detail,
// forbidden (password, role), locked, not_found, conflict. Knows no HTML and no command line.
#pragma once

#include "sync/registry/office_journal.h"
#include "sync/registry/powers.h"
#include "sync/wire/messages.h"

namespace qabyl::sync::registry {

inline constexpr int password_tries_max = 5;
inline constexpr core::Millis password_lock{15 * 60 * 1000};
inline constexpr std::size_t password_chars_min = 10;

struct OfficerSpec { std::string login, name, position, role, password; };
core::Result<std::string> add_officer(Registry& registry, const OfficerSpec& spec, core::Instant now);  // id O-0001
// Opens the officer's key; counts failures and locks. forbidden, locked. The failure must be committed.
core::Result<OpenOfficer> open_officer(Registry& registry, std::string_view login, std::string_view password,
                                       core::Instant now);

struct BureauSpec { std::string bin, name, address, head; bool licensed = true, small_business = false; };  // the latter: A22
core::Status add_bureau(Registry& registry, const BureauSpec& spec, core::Instant now);

struct StaffSpec {
  std::string name, position, bureau_bin;   // bureau_bin empty for an operator
  std::string pin;                          // 6 digits; never kept
  core::Instant from{}, to{};               // powers
  bool is_operator = false;
  std::string capacity{};                   // first_head, deputy: receives and signs anything for the bureau (A18); else empty
};
struct Badge { std::string id, text; };     // text: QBB1:<id>:<secret>, shown once, printed as a QR
core::Result<Badge> add_staff(Registry& registry, const StaffSpec& spec, core::Instant now);

struct KioskSpec { std::string device; core::LocalText place; std::vector<std::string> bureaus; std::string profile, url; };
core::Result<EnrolmentFile> add_kiosk(Registry& registry, const KioskSpec& spec, core::Instant now);
core::Status assign_bureau(Registry& registry, std::string_view device, std::string_view bin, core::Instant now);
core::Status revoke_kiosk(Registry& registry, std::string_view device, core::Instant now);

// --- acts; each returns the id of its record ---
// `body`: the 11 particulars but signer and authority, which are filled in here. Opens the case.
core::Result<core::Id> sign_assignment(Registry& registry, const OpenOfficer& officer, const core::Json& body,
                                       core::Instant now);
struct CommitteeEntry { std::string number, date, office; };  // date ISO
core::Result<core::Id> register_assignment(Registry& registry, const OpenOfficer& officer, const core::Id& case_id,
                                           const CommitteeEntry& entry, core::Instant now);
struct NoticeSpec {
  std::vector<core::LocalText> documents;    // to be prepared (paragraph 11)
};
// Makes the PDF (D), seals it to the bureau's staff, records the act, puts it into the feed.
core::Result<core::Id> send_notice(Registry& registry, const OpenOfficer& officer, const core::Id& case_id,
                                   const NoticeSpec& spec, core::Instant now);
core::Result<core::Id> file_notice(Registry& registry, const OpenOfficer& officer, const core::Id& case_id,
                                   std::string_view unit, std::string_view place, core::Instant now);
struct Registration { core::Id record; std::string number, date; bool clock_doubtful = false; };
// Case number and legal date (A14) for a submitted application; its kiosk is told (the talon).
core::Result<Registration> register_application(Registry& registry, const OpenOfficer& officer, const core::Id& case_id,
                                                core::Instant now);

// Names of the authority, from the profile's settings or the office's own fact.
core::LocalText authority_name(Registry& registry);

}  // namespace qabyl::sync::registry
