// Staff of the bureaus and operators: sign-in with badge and PIN without a network, lock-out that
// survives a restart, and the register's copy of bureaus (ARCHITECTURE, 5.1). Knows no powers beyond
// their dates: what a person may do is decided above.
#include <algorithm>

#include "core/encoding.h"
#include "core/store/kiosk_store_state.h"

namespace qabyl::core {
namespace {

constexpr std::size_t badge_bytes_max = 128;

struct Badge {
  std::string id, secret;
};

std::optional<Badge> parse_badge(std::string_view text) {  // QBB1:<id>:<secret>
  if (text.size() > badge_bytes_max || !text.starts_with("QBB1:")) return std::nullopt;
  text.remove_prefix(5);
  const auto colon = text.find(':');
  if (colon == text.npos || colon == 0 || colon + 1 == text.size()) return std::nullopt;
  return Badge{std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

std::string staff_context(std::string_view id) { return "staff row:" + std::string(id); }

StaffMember member_from(const Json& entry) {
  StaffMember member;
  member.id = entry.text("id");
  member.name = entry.text("name");
  member.position = entry.text("position");
  member.bureau_bin = entry.text("bureau_bin");
  member.bureau_name = entry.text("bureau_name");
  member.capacity = entry.text("capacity");
  member.is_operator = entry.text("role") == "operator";
  return member;
}

// The person's own key, sealed by the registry under Argon2id(badge secret + PIN). nullopt: wrong PIN.
Result<std::optional<SigningKey>> try_badge(const Json& entry, const Badge& badge, std::string_view pin) {
  const Error corrupt{ErrorCode::corrupt, "staff entry"};
  const auto salt_bytes = from_hex(entry.text("salt"));
  const auto sealed = from_base64url(entry.text("sealed_key"));
  Salt salt{};
  if (!salt_bytes || !sealed || salt_bytes->size() != salt.size()) return corrupt;
  std::copy(salt_bytes->begin(), salt_bytes->end(), salt.begin());
  const Argon2Cost cost{static_cast<std::uint32_t>(entry.number("argon_passes")), static_cast<std::uint32_t>(entry.number("argon_memory_kib"))};
  if (cost.passes < 1 || cost.passes > 16 || cost.memory_kib < 8 || cost.memory_kib > 1024 * 1024) return corrupt;
  auto password = badge.secret + ":" + std::string(pin);
  const auto key = key_from_password(password, salt, {}, cost);
  wipe(password);
  auto seed = unseal(key, *sealed, "staff:" + badge.id);
  if (!seed) return std::optional<SigningKey>();
  if (seed->size() != 32) return corrupt;
  auto signing_key = signing_key_from_seed(Secret<32>(std::span<const std::uint8_t, 32>(seed->data(), 32)));
  wipe(*seed);
  if (to_hex(signing_key.verify_key) != entry.text("verify_key")) return corrupt;
  return std::optional<SigningKey>(signing_key);
}

}  // namespace

Result<std::optional<Json>> KioskStore::State::staff_entry(std::string_view id) {
  QABYL_TRY(row, db().prepare("SELECT sealed FROM staff WHERE id = ?"));
  QABYL_TRY(there, row.bind(1, id).step());
  if (!there) return std::optional<Json>();
  QABYL_TRY(entry, disclose_json(row.blob(0), staff_context(id)));
  return std::optional<Json>(std::move(entry));
}

Status KioskStore::State::put_staff(const Json& entry) {
  const auto id = entry.text("id");
  return db().run("INSERT INTO staff(id, sealed) VALUES(?, ?) ON CONFLICT(id) DO UPDATE SET sealed = excluded.sealed", id,
                  ByteView(close_json(entry, staff_context(id))));
}

// As with drafts: counted and committed before the PIN is tried.
Result<int> KioskStore::State::count_staff_try(std::string_view id) {
  std::int64_t failures = 0;
  {
    QABYL_TRY(row, db().prepare("SELECT failures, locked_ms FROM staff_tries WHERE id = ?"));
    QABYL_TRY(there, row.bind(1, id).step());
    if (there && row.integer(1) != 0) return Error{ErrorCode::locked, "since " + std::to_string(row.integer(1))};
    if (there) failures = row.integer(0);
  }
  ++failures;
  const auto locked = failures >= pin_tries_max ? std::max<std::int64_t>(1, ms_of(now())) : 0;
  QABYL_TRY_DO(write([&] {
    return db().run("INSERT INTO staff_tries(id, failures, locked_ms) VALUES(?1, ?2, ?3)"
                    " ON CONFLICT(id) DO UPDATE SET failures = ?2, locked_ms = ?3", id, failures, locked);
  }));
  return static_cast<int>(pin_tries_max - failures);
}

// Powers have dates. A clock that was set back cannot make a person's powers not yet begun: the
// registry's last word on the time counts as well (I11).
bool KioskStore::State::powers_now(const Json& entry) const {
  auto at = now();
  if (clock_memory.sync && clock_memory.sync->registry > at) at = clock_memory.sync->registry;
  const auto to = entry.number("to_ms");
  return ms_of(at) >= entry.number("from_ms") && (to == 0 || ms_of(at) < to);
}

Result<StaffMember> KioskStore::sign_in(std::string_view badge_text, std::string_view pin) {
  auto& state = *state_;
  QABYL_TRY_DO(state.ready());
  const auto badge = parse_badge(badge_text);
  if (!badge) return Error{ErrorCode::not_found, "badge"};
  QABYL_TRY(entry, state.staff_entry(badge->id));
  if (!entry || !state.powers_now(*entry)) return Error{ErrorCode::not_found, "badge"};
  QABYL_TRY(tries_left, state.count_staff_try(badge->id));
  QABYL_TRY(key, try_badge(*entry, *badge, pin));
  if (!key && tries_left > 0) return Error{ErrorCode::forbidden, std::to_string(tries_left)};
  if (!key) return Error{ErrorCode::locked, "since now"};
  QABYL_TRY_DO(state.write([&] { return state.db().run("DELETE FROM staff_tries WHERE id = ?", badge->id); }));
  auto member = member_from(*entry);
  member.key = *key;
  return member;
}

Result<std::optional<BadgeHolder>> KioskStore::badge_holder(std::string_view badge_text) {
  QABYL_TRY_DO(state_->ready());
  const auto badge = parse_badge(badge_text);
  if (!badge) return std::optional<BadgeHolder>();
  QABYL_TRY(entry, state_->staff_entry(badge->id));
  if (!entry || !state_->powers_now(*entry)) return std::optional<BadgeHolder>();
  QABYL_TRY(tries, state_->db().prepare("SELECT 1 FROM staff_tries WHERE id = ? AND locked_ms <> 0"));
  QABYL_TRY(locked, tries.bind(1, badge->id).step());
  return std::optional(BadgeHolder{entry->text("name"), entry->text("position"), entry->text("bureau_name"), locked});
}

Result<std::vector<LockedStaff>> KioskStore::locked_staff() {
  QABYL_TRY_DO(state_->ready());
  std::vector<LockedStaff> locked;
  QABYL_TRY(rows, state_->db().prepare("SELECT id, locked_ms FROM staff_tries WHERE locked_ms <> 0 ORDER BY locked_ms"));
  for (;;) {  // ends with the rows
    QABYL_TRY(row, rows.step());
    if (!row) return locked;
    QABYL_TRY(entry, state_->staff_entry(rows.text(0)));
    const auto& known = entry ? *entry : Json();
    locked.push_back({rows.text(0), known.text("name"), known.text("position"), known.text("bureau_name"), instant_of(rows.integer(1))});
  }
}

Status KioskStore::unlock_staff(std::string_view staff_id) {
  return state_->write([&]() -> Status {
    QABYL_TRY_DO(state_->db().run("DELETE FROM staff_tries WHERE id = ?", staff_id));
    if (state_->db().changes() == 0) return Error{ErrorCode::not_found, "locked member of staff"};
    return Done{};
  });
}

Result<std::vector<Json>> KioskStore::staff_entries(std::string_view bureau_bin) {
  QABYL_TRY_DO(state_->ready());
  std::vector<Json> entries;
  QABYL_TRY(rows, state_->db().prepare("SELECT id, sealed FROM staff ORDER BY id"));
  for (;;) {  // ends with the rows
    QABYL_TRY(row, rows.step());
    if (!row) return entries;
    QABYL_TRY(entry, state_->disclose_json(rows.blob(1), staff_context(rows.text(0))));
    if (entry.text("bureau_bin") == bureau_bin) entries.push_back(std::move(entry));
  }
}

// The kiosk serves it no longer: its people, its papers and what the register says of it go; our own journal stays. The
// sealed files have no name any more and go as strays do.
Status KioskStore::State::forget_bureau(std::string_view bin) {
  const auto tag = bin_tag(bin);
  std::vector<Id> papers;
  {
    QABYL_TRY(rows, db().prepare("SELECT DISTINCT r.paper FROM replies r JOIN papers p ON p.id = r.paper WHERE p.bin_tag = ?"));
    rows.bind(1, tag);
    for (;;) {  // ends with the rows
      QABYL_TRY(there, rows.step());
      if (!there) break;
      papers.push_back(rows.text(0));
    }
  }
  for (const auto& paper : papers) QABYL_TRY_DO(end_replies("paper = ?", paper));
  for (const char* table : {"paper_states", "paper_acts"}) {
    QABYL_TRY_DO(db().run(std::string("DELETE FROM ") + table + " WHERE paper IN (SELECT id FROM papers WHERE bin_tag = ?)", ByteView(tag)));
  }
  QABYL_TRY_DO(db().run("DELETE FROM papers WHERE bin_tag = ?", ByteView(tag)));
  QABYL_TRY_DO(db().run("DELETE FROM bureaus WHERE bin_tag = ?", ByteView(tag)));
  std::vector<std::string> gone;
  {
    QABYL_TRY(rows, db().prepare("SELECT id, sealed FROM staff"));
    for (;;) {  // ends with the rows
      QABYL_TRY(there, rows.step());
      if (!there) break;
      QABYL_TRY(entry, disclose_json(rows.blob(1), staff_context(rows.text(0))));
      if (entry.text("bureau_bin") == bin && entry.text("role") != "operator") gone.push_back(rows.text(0));
    }
  }
  for (const auto& id : gone) {
    QABYL_TRY_DO(db().run("DELETE FROM staff WHERE id = ?", id));
    QABYL_TRY_DO(db().run("DELETE FROM staff_tries WHERE id = ?", id));
  }
  wipe_due = true;
  return Done{};
}

Status KioskStore::State::put_bureau(const Json& body) {
  return db().run("INSERT INTO bureaus(bin_tag, sealed) VALUES(?, ?) ON CONFLICT(bin_tag) DO UPDATE SET sealed = excluded.sealed",
                  ByteView(bin_tag(body.text("bin"))), ByteView(close_json(body, "bureau")));
}

Result<std::optional<BureauEntry>> KioskStore::find_bureau(std::string_view bin) {
  QABYL_TRY_DO(state_->ready());
  QABYL_TRY(row, state_->db().prepare("SELECT sealed FROM bureaus WHERE bin_tag = ?"));
  QABYL_TRY(there, row.bind(1, state_->bin_tag(bin)).step());
  if (!there) return std::optional<BureauEntry>();
  QABYL_TRY(body, state_->disclose_json(row.blob(0), "bureau"));
  if (body.text("bin") != bin) return Error{ErrorCode::corrupt, "bureau entry"};
  return std::optional<BureauEntry>(BureauEntry{body.text("bin"), body.text("name"), body.text("address"), body.text("head"),
                                                body.flag("licensed"), instant_of(body.number("as_of_ms"))});
}

}  // namespace qabyl::core
