// Officers, bureaus, staff and kiosks. See office.h.
#include "core/asset.h"
#include "core/bin_number.h"
#include "core/encoding.h"
#include "core/text.h"
#include "sync/registry/enrolment.h"
#include "sync/registry/feed_out.h"
#include "sync/registry/office.h"
#include "sync/registry/office_calendars.h"
#include "sync/registry/office_profiles.h"
#include "sync/registry/people.h"
#include "sync/registry/rows.h"
#include "sync/registry/search.h"

namespace qabyl::sync::registry {
namespace {

using core::Status;

constexpr std::size_t device_chars_max = 20, login_chars_max = 40, pin_digits = 6, badge_digits = 26;

core::Error invalid(const char* what) { return {core::ErrorCode::invalid_input, what}; }
bool bad_line(std::string_view text, std::size_t chars_max) {
  return core::check_text(text, chars_max) != core::TextProblem::none;
}
bool digits_only(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool valid_device(std::string_view device) {
  const auto fits = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; };
  return !device.empty() && device.size() <= device_chars_max && std::all_of(device.begin(), device.end(), fits);
}

Status check_officer(const OfficerSpec& spec) {
  if (bad_line(spec.login, login_chars_max)) return invalid("officer.login");
  if (bad_line(spec.name, core::name_chars_max)) return invalid("officer.name");
  if (bad_line(spec.position, core::line_chars_max)) return invalid("officer.position");
  if (!known_role(spec.role)) return invalid("officer.role");
  if (core::char_count(spec.password) < password_chars_min) return invalid("officer.password");
  return core::Done{};
}

Status check_staff(const StaffSpec& spec) {
  if (bad_line(spec.name, core::name_chars_max)) return invalid("staff.name");
  if (bad_line(spec.position, core::line_chars_max)) return invalid("staff.position");
  if (spec.pin.size() != pin_digits || !digits_only(spec.pin)) return invalid("staff.pin");
  if (spec.is_operator != spec.bureau_bin.empty()) return invalid("staff.bureau");
  if (spec.to <= spec.from) return invalid("staff.powers");
  if (!spec.capacity.empty() && spec.capacity != "first_head" && spec.capacity != "deputy") return invalid("staff.capacity");
  return core::Done{};
}

core::Result<std::vector<std::string>> texts(Registry& registry, std::string_view sql, std::string_view value) {
  QABYL_TRY(query, registry.database.prepare(sql));
  query.bind(1, value);
  return rows::all<std::string>(query, [](const core::Statement& row) { return row.text(0); });
}

std::string new_badge_secret(core::Random& random) {
  core::Bytes bits(17, 0);  // 128 random bits, then zeros to fill the last character
  random.fill(std::span<std::uint8_t>(bits.data(), 16));
  return core::to_crockford(bits, badge_digits);
}

struct OfficerRow {
  OpenOfficer officer;
  RestingKey key;
  std::int64_t failures = 0;
  core::Instant locked_until{};
};

core::Result<std::optional<OfficerRow>> find_officer(Registry& registry, std::string_view login) {
  QABYL_TRY(query, registry.database.prepare("SELECT id, name, position, role, verify_key, salt, sealed_key, argon_passes, "
                                             "argon_memory_kib, failures, locked_until FROM officers WHERE login = ?"));
  query.bind(1, login);
  return rows::one<OfficerRow>(query, [](const core::Statement& row) {
    OfficerRow out;
    out.officer.id = row.text(0);
    out.officer.name = row.text(1);
    out.officer.position = row.text(2);
    out.officer.role = row.text(3);
    out.key.verify_key = rows::fixed<32>(row.blob(4));
    out.key.salt = rows::fixed<16>(row.blob(5));
    out.key.sealed = row.blob(6);
    out.key.cost = {static_cast<std::uint32_t>(row.integer(7)), static_cast<std::uint32_t>(row.integer(8))};
    out.failures = row.integer(9);
    out.locked_until = rows::instant(row.integer(10));
    return out;
  });
}

core::Error count_failure(Registry& registry, const OfficerRow& row, core::Instant now) {
  const bool lock = row.failures + 1 >= password_tries_max;
  const auto counted = registry.database.run("UPDATE officers SET failures = ?, locked_until = ? WHERE id = ?",
                                             lock ? std::int64_t{0} : row.failures + 1,
                                             lock ? rows::ms(now + password_lock) : std::int64_t{0}, row.officer.id);
  if (!counted) return counted.error();
  const auto noted = registry.store.audit(row.officer.id, "officer.password", row.officer.id, lock ? "locked" : "wrong", now);
  if (!noted) return noted.error();
  return {core::ErrorCode::forbidden, "officer.password"};
}

Status feed_asset(Registry& registry, std::string_view device, std::string_view kind, const core::Asset& asset,
                  core::Instant now) {
  core::Json body;
  body["jws"] = core::sign_asset(asset, registry.keys.assets);
  return feed_device(registry, device, kind, body, now);
}

Status feed_keys(Registry& registry, std::string_view device, core::Instant now) {
  core::Json keys;
  keys["jws"] = registry.keys.keys_jws;
  return feed_device(registry, device, feed_kind::keys, keys, now);
}

// What every kiosk needs, whatever bureaus it serves.
Status feed_basics(Registry& registry, std::string_view device, core::Instant now) {
  QABYL_TRY_DO(feed_keys(registry, device, now));
  QABYL_TRY(profiles, profile_lines(registry));
  for (const auto& one : profiles) {  // oldest first: the last of an id is the one under which the kiosk files
    if (!one.since) continue;
    QABYL_TRY(jws, profile_jws(registry, one.id, one.version));
    QABYL_TRY(asset, core::read_asset(jws));  // signed again by the key of today: that of then may be over (rotate-keys)
    QABYL_TRY_DO(feed_asset(registry, device, feed_kind::profile, asset, now));
  }
  QABYL_TRY(calendar, calendar_asset(registry));
  QABYL_TRY_DO(feed_asset(registry, device, feed_kind::calendar, calendar, now));
  return feed_operators(registry, device, now);
}

}  // namespace

Status tell_keys(Registry& registry, core::Instant now) {
  constexpr std::string_view told_fact = "keys_told";
  const std::string issued = std::to_string(rows::ms(registry.keys.keyring.issued()));
  QABYL_TRY(told, registry.store.fact(told_fact));
  if (told == issued) return core::Done{};
  QABYL_TRY(devices, registry.store.devices());
  for (const DeviceRow& device : devices) QABYL_TRY_DO(feed_keys(registry, device.device, now));
  return registry.store.keep_fact(told_fact, issued);
}

core::Result<std::string> add_officer(Registry& registry, const OfficerSpec& spec, core::Instant now) {
  QABYL_TRY_DO(check_officer(spec));
  QABYL_TRY(known, find_officer(registry, spec.login));
  if (known) return core::Error{core::ErrorCode::conflict, "officer.login"};
  QABYL_TRY(number, registry.store.next_number("officer"));
  const std::string id = numbered("O", number);
  const RestingKey key = new_resting_key(spec.password, "officer:" + id, registry.cost, registry.random);
  QABYL_TRY_DO(registry.database.run(
      "INSERT INTO officers(id, login, name, position, role, verify_key, salt, sealed_key, argon_passes, argon_memory_kib) "
      "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      id, spec.login, spec.name, spec.position, spec.role, core::ByteView(key.verify_key), core::ByteView(key.salt),
      core::ByteView(key.sealed), std::int64_t{key.cost.passes}, std::int64_t{key.cost.memory_kib}));
  QABYL_TRY_DO(index_one(registry, {"officer", id, spec.name, spec.position}, spec.name + " " + spec.position));
  QABYL_TRY_DO(registry.store.audit("", "officer.add", id, "done", now));
  return id;
}

core::Result<OpenOfficer> open_officer(Registry& registry, std::string_view login, std::string_view password,
                                       core::Instant now) {
  QABYL_TRY(row, find_officer(registry, login));
  if (!row) return core::Error{core::ErrorCode::forbidden, "officer.password"};
  if (now < row->locked_until) return core::Error{core::ErrorCode::locked, "officer.locked"};
  auto key = wake_key(row->key, password, "officer:" + row->officer.id);
  if (!key) return count_failure(registry, *row, now);
  if (row->failures > 0) QABYL_TRY_DO(registry.database.run("UPDATE officers SET failures = 0 WHERE id = ?", row->officer.id));
  row->officer.key = *key;
  return row->officer;
}

Status add_bureau(Registry& registry, const BureauSpec& spec, core::Instant now) {
  if (core::check_bin(spec.bin) != core::BinProblem::none) return invalid("bureau.bin");
  if (bad_line(spec.name, core::name_chars_max)) return invalid("bureau.name");
  if (bad_line(spec.address, core::line_chars_max)) return invalid("bureau.address");
  if (bad_line(spec.head, core::name_chars_max)) return invalid("bureau.head");
  QABYL_TRY_DO(registry.database.run("INSERT INTO bureaus(bin, name, address, head, licensed, small_business, as_of) VALUES(?, ?, ?, ?, ?, ?, ?)",
                                     spec.bin, spec.name, spec.address, spec.head, std::int64_t{spec.licensed}, std::int64_t{spec.small_business}, rows::ms(now)));
  QABYL_TRY_DO(index_one(registry, {"bureau", spec.bin, spec.name, spec.address}, spec.bin + " " + spec.name + " " + spec.address + " " + spec.head));
  return registry.store.audit("", "bureau.add", spec.bin, "done", now);
}

core::Result<Badge> add_staff(Registry& registry, const StaffSpec& spec, core::Instant now) {
  QABYL_TRY_DO(check_staff(spec));
  QABYL_TRY(number, registry.store.next_number("staff"));
  const std::string id = numbered("S", number);
  const std::string secret = new_badge_secret(registry.random);
  const RestingKey key = new_resting_key(secret + ":" + spec.pin, "staff:" + id, registry.cost, registry.random);
  QABYL_TRY_DO(registry.database.run(
      "INSERT INTO staff(id, name, position, bureau_bin, role, powers_from, powers_to, verify_key, salt, sealed_key, "
      "argon_passes, argon_memory_kib, capacity) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      id, spec.name, spec.position, spec.bureau_bin, spec.is_operator ? "operator" : "bureau", rows::ms(spec.from),
      rows::ms(spec.to), core::ByteView(key.verify_key), core::ByteView(key.salt), core::ByteView(key.sealed),
      std::int64_t{key.cost.passes}, std::int64_t{key.cost.memory_kib}, spec.capacity));
  if (!spec.is_operator) QABYL_TRY_DO(index_one(registry, {"staff", spec.bureau_bin, spec.name, spec.position}, spec.name + " " + spec.position));
  QABYL_TRY_DO(registry.store.audit("", "staff.add", id, "done", now));
  if (spec.is_operator) {
    QABYL_TRY(devices, registry.store.devices());
    for (const DeviceRow& device : devices) QABYL_TRY_DO(feed_operators(registry, device.device, now));
  } else {
    QABYL_TRY(devices, texts(registry, "SELECT device FROM device_bureaus WHERE bin = ? AND gone_at IS NULL", spec.bureau_bin));
    for (const std::string& device : devices) QABYL_TRY_DO(feed_whole_bureau(registry, device, spec.bureau_bin, now));
  }
  return Badge{id, "QBB1:" + id + ":" + secret};
}

core::Result<EnrolmentFile> add_kiosk(Registry& registry, const KioskSpec& spec, core::Instant now) {
  if (!valid_device(spec.device)) return invalid("kiosk.device");
  if (!registry.assets.profile(spec.profile)) return invalid("kiosk.profile");
  if (bad_line(spec.place.kk, core::line_chars_max)) return invalid("kiosk.place");
  QABYL_TRY(known, registry.store.device(spec.device));
  if (known) return core::Error{core::ErrorCode::conflict, "kiosk.device"};
  DeviceRow row;
  row.device = spec.device;
  row.place = spec.place;
  row.profile = spec.profile;
  QABYL_TRY_DO(registry.store.add_device(row));
  QABYL_TRY_DO(feed_basics(registry, spec.device, now));
  for (const std::string& bin : spec.bureaus) QABYL_TRY_DO(assign_bureau(registry, spec.device, bin, now));
  QABYL_TRY(token, new_enrolment_token(registry, spec.device, now));
  QABYL_TRY_DO(registry.store.audit("", "kiosk.add", spec.device, "done", now));
  return EnrolmentFile{spec.url, token, registry.keys.authority.ca_sha256(), core::fingerprint(registry.keys.root), spec.device};
}

Status revoke_kiosk(Registry& registry, std::string_view device, core::Instant now) {
  QABYL_TRY_DO(registry.store.revoke_device(device, now));
  return registry.store.audit("", "kiosk.revoke", device, "done", now);
}

}  // namespace qabyl::sync::registry
