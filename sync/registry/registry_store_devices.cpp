// Rows of devices, certificates, tokens, feed and audit. See registry_store.h.
#include "sync/registry/registry_store.h"

#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

using core::Status;

constexpr std::string_view device_columns =
    "device, profile, state, place_kk, place_ru, place_en, record_key, q, told_q, head, last_contact";

DeviceRow read_device(const core::Statement& row) {
  DeviceRow out;
  out.device = row.text(0);
  out.profile = row.text(1);
  out.state = row.text(2);
  out.place = {row.text(3), row.text(4), row.text(5)};
  out.record_key = rows::fixed<32>(row.blob(6));
  out.q = row.integer(7);
  out.told_q = row.integer(8);
  out.head = rows::digest(row, 9);
  if (!row.is_null(10)) out.last_contact = rows::instant(row.integer(10));
  return out;
}

}  // namespace

core::Result<std::optional<DeviceRow>> RegistryStore::device(std::string_view name) {
  QABYL_TRY(query, database_.prepare("SELECT " + std::string(device_columns) + " FROM devices WHERE device = ?"));
  query.bind(1, name);
  return rows::one<DeviceRow>(query, read_device);
}

core::Result<std::vector<DeviceRow>> RegistryStore::devices() {
  QABYL_TRY(query, database_.prepare("SELECT " + std::string(device_columns) +
                                     " FROM devices WHERE device <> 'registry' ORDER BY device"));
  return rows::all<DeviceRow>(query, read_device);
}

Status RegistryStore::add_device(const DeviceRow& row) {
  return database_.run(
      "INSERT INTO devices(device, profile, state, place_kk, place_ru, place_en, head) VALUES(?, ?, 'waiting', ?, ?, ?, ?)",
      row.device, row.profile, row.place.kk, row.place.ru, row.place.en, core::Digest{});
}

Status RegistryStore::enrol_device(std::string_view name, const core::VerifyKey& key, core::Instant from, core::Instant to) {
  return database_.run("UPDATE devices SET state = 'enrolled', record_key = ?, key_from = ?, key_to = ? WHERE device = ?",
                       core::ByteView(key), rows::ms(from), rows::ms(to), name);
}

Status RegistryStore::revoke_device(std::string_view name, core::Instant at) {
  QABYL_TRY_DO(database_.run("UPDATE certificates SET revoked_at = ? WHERE device = ? AND revoked_at IS NULL",
                             rows::ms(at), name));
  return database_.run("UPDATE devices SET state = 'revoked', revoked_at = ? WHERE device = ?", rows::ms(at), name);
}

Status RegistryStore::keep_contact(std::string_view name, std::int64_t told_q, core::Instant at) {
  return database_.run("UPDATE devices SET last_contact = ?, told_q = max(told_q, ?) WHERE device = ?", rows::ms(at),
                       told_q, name);
}

core::Result<bool> RegistryStore::had_head(std::string_view device, std::int64_t q, const core::Digest& digest) {
  if (q == 0) return digest == core::Digest{};
  QABYL_TRY(query, database_.prepare("SELECT digest FROM records WHERE device = ? AND q = ?"));
  query.bind(1, device).bind(2, q);
  QABYL_TRY(found, query.step());
  return found && rows::digest(query, 0) == digest;
}

Status RegistryStore::add_certificate(std::string_view serial, std::string_view device, core::Instant from,
                                      core::Instant to) {
  return database_.run("INSERT INTO certificates(serial, device, valid_from, valid_to) VALUES(?, ?, ?, ?)", serial,
                       device, rows::ms(from), rows::ms(to));
}

core::Result<bool> RegistryStore::certificate_valid(std::string_view serial, std::string_view device) {
  QABYL_TRY(query, database_.prepare(
                       "SELECT count(*) FROM certificates WHERE serial = ? AND device = ? AND revoked_at IS NULL"));
  query.bind(1, serial).bind(2, device);
  QABYL_TRY(found, query.step());
  return found && query.integer(0) == 1;
}

Status RegistryStore::add_token(const core::Digest& token, std::string_view device, core::Instant expires) {
  return database_.run("INSERT INTO tokens(token, device, expires) VALUES(?, ?, ?)", token, device, rows::ms(expires));
}

core::Result<std::optional<TokenRow>> RegistryStore::token(const core::Digest& token) {
  QABYL_TRY(query, database_.prepare("SELECT device, expires, used_at FROM tokens WHERE token = ?"));
  query.bind(1, token);
  return rows::one<TokenRow>(query, [](const core::Statement& row) {
    return TokenRow{row.text(0), rows::instant(row.integer(1)), !row.is_null(2)};
  });
}

Status RegistryStore::burn_token(const core::Digest& token, core::Instant at) {
  return database_.run("UPDATE tokens SET used_at = ? WHERE token = ?", rows::ms(at), token);
}

core::Result<std::optional<LogSeen>> RegistryStore::log_seen(std::string_view device) {
  QABYL_TRY(query, database_.prepare("SELECT note, at, size, agrees, cosigned FROM log_seen WHERE device = ?"));
  query.bind(1, device);
  return rows::one<LogSeen>(query, [](const core::Statement& row) {
    return LogSeen{row.text(0), rows::instant(row.integer(1)), static_cast<std::uint64_t>(row.integer(2)), row.integer(3) != 0, row.integer(4) != 0};
  });
}

Status RegistryStore::keep_log_seen(std::string_view device, const LogSeen& seen) {
  return database_.run("INSERT OR REPLACE INTO log_seen(device, note, at, size, agrees, cosigned) VALUES(?, ?, ?, ?, ?, ?)", device, seen.note, rows::ms(seen.at),
                       static_cast<std::int64_t>(seen.size), std::int64_t{seen.agrees}, std::int64_t{seen.cosigned});
}

Status RegistryStore::keep_log_fork(const LogForkRow& row) {
  return database_.run("INSERT INTO log_forks(device, digest, at, evidence) VALUES(?, ?, ?, ?) ON CONFLICT(digest) DO NOTHING", row.device,
                       core::sha256(core::as_bytes(row.evidence)), rows::ms(row.at), row.evidence);
}

core::Result<std::vector<LogForkRow>> RegistryStore::log_forks(std::string_view device, std::size_t rows_max) {
  QABYL_TRY(query, database_.prepare("SELECT n, device, evidence, at FROM log_forks WHERE device = ? ORDER BY n DESC LIMIT ?"));
  query.bind(1, device).bind(2, static_cast<std::int64_t>(rows_max));
  return rows::all<LogForkRow>(query, [](const core::Statement& row) { return LogForkRow{row.integer(0), row.text(1), row.text(2), rows::instant(row.integer(3))}; });
}

core::Result<std::optional<LogForkRow>> RegistryStore::log_fork(std::int64_t n) {
  QABYL_TRY(query, database_.prepare("SELECT n, device, evidence, at FROM log_forks WHERE n = ?"));
  query.bind(1, n);
  return rows::one<LogForkRow>(query, [](const core::Statement& row) { return LogForkRow{row.integer(0), row.text(1), row.text(2), rows::instant(row.integer(3))}; });
}

Status RegistryStore::add_witness(const WitnessRow& row, core::Instant at) {
  return database_.run("INSERT INTO log_witnesses(vkey, name, added_at) VALUES(?, ?, ?)", row.vkey, row.name, rows::ms(at));
}

Status RegistryStore::set_witness(const WitnessRow& row) {
  return database_.run("UPDATE log_witnesses SET note = ?, size = ?, cosigned_s = ? WHERE vkey = ?", row.note, static_cast<std::int64_t>(row.size), row.cosigned_s, row.vkey);
}

core::Result<std::vector<WitnessRow>> RegistryStore::witnesses() {
  QABYL_TRY(query, database_.prepare("SELECT vkey, name, note, size, cosigned_s FROM log_witnesses ORDER BY name"));
  return rows::all<WitnessRow>(query, [](const core::Statement& row) {
    return WitnessRow{row.text(0), row.text(1), row.text(2), static_cast<std::uint64_t>(row.integer(3)), row.integer(4)};
  });
}

core::Result<std::int64_t> RegistryStore::epoch() {
  return database_.integer("SELECT CAST(value AS INTEGER) FROM facts WHERE name = 'epoch'", 1);
}

core::Result<std::int64_t> RegistryStore::newest_index(std::string_view device) {
  QABYL_TRY(query, database_.prepare("SELECT coalesce(max(idx), 0) FROM feed WHERE device = ?"));
  query.bind(1, device);
  QABYL_TRY(found, query.step());
  return found ? query.integer(0) : 0;
}

Status RegistryStore::add_feed(std::string_view device, std::int64_t index, std::string_view kind, std::string_view jws) {
  return database_.run("INSERT INTO feed(device, idx, kind, jws) VALUES(?, ?, ?, ?)", device, index, kind, jws);
}

core::Result<std::vector<RegistryStore::FeedRow>> RegistryStore::feed(std::string_view device, std::int64_t after,
                                                                      std::size_t rows_max) {
  QABYL_TRY(query, database_.prepare("SELECT idx, jws FROM feed WHERE device = ? AND idx > ? ORDER BY idx LIMIT ?"));
  query.bind(1, device).bind(2, after).bind(3, static_cast<std::int64_t>(rows_max));
  return rows::all<FeedRow>(query, [](const core::Statement& row) { return FeedRow{row.integer(0), row.text(1)}; });
}

Status RegistryStore::allow_document(std::string_view device, const core::Digest& sha256) {
  return database_.run("INSERT OR IGNORE INTO feed_documents(device, sha256) VALUES(?, ?)", device, sha256);
}

core::Result<bool> RegistryStore::document_allowed(std::string_view device, const core::Digest& sha256) {
  QABYL_TRY(query, database_.prepare("SELECT count(*) FROM feed_documents WHERE device = ? AND sha256 = ?"));
  query.bind(1, device).bind(2, sha256);
  QABYL_TRY(found, query.step());
  return found && query.integer(0) == 1;
}

Status RegistryStore::audit(std::string_view actor, std::string_view action, std::string_view object,
                            std::string_view outcome, core::Instant at) {
  return database_.run("INSERT INTO audit(at, actor, action, object, outcome) VALUES(?, ?, ?, ?, ?)", rows::ms(at),
                       actor, action, object, outcome);
}

core::Result<std::string> RegistryStore::fact(std::string_view name) {
  QABYL_TRY(query, database_.prepare("SELECT value FROM facts WHERE name = ?"));
  query.bind(1, name);
  QABYL_TRY(found, query.step());
  return found ? query.text(0) : std::string();
}

Status RegistryStore::keep_fact(std::string_view name, std::string_view value) {
  return database_.run("INSERT INTO facts(name, value) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value = ?2", name, value);
}

core::Result<std::int64_t> RegistryStore::next_number(std::string_view counter) {
  const std::string name = "counter." + std::string(counter);
  QABYL_TRY_DO(database_.run("INSERT INTO facts(name, value) VALUES(?, '1') ON CONFLICT(name) DO UPDATE SET "
                             "value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)", name));
  QABYL_TRY(query, database_.prepare("SELECT CAST(value AS INTEGER) FROM facts WHERE name = ?"));
  query.bind(1, name);
  QABYL_TRY(found, query.step());
  QABYL_CHECK(found);
  return query.integer(0);
}

}  // namespace qabyl::sync::registry
