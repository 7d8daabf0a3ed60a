// See office_sessions.h.
#include "sync/registry/office_sessions.h"

#include "core/encoding.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

core::Digest token_digest(std::string_view token) { return core::sha256(core::as_bytes(token)); }

std::string random_hex(core::Random& random, std::size_t bytes) {
  core::Bytes out(bytes);
  random.fill(out);
  return core::to_hex(out);
}

}  // namespace

core::Result<std::string> sign_in(Registry& registry, std::string_view login, std::string_view password,
                                  core::Instant now) {
  QABYL_TRY(officer, open_officer(registry, login, password, now));
  const std::string token = random_hex(registry.random, 32);
  QABYL_TRY_DO(registry.database.run("DELETE FROM sessions WHERE touched_at < ? OR opened_at < ?",
                                     rows::ms(now - session_idle), rows::ms(now - session_life)));
  QABYL_TRY_DO(registry.database.run(
      "INSERT INTO sessions(token, officer, csrf, opened_at, touched_at) VALUES(?, ?, ?, ?, ?)",
      token_digest(token), officer.id, random_hex(registry.random, 16), rows::ms(now), rows::ms(now)));
  QABYL_TRY_DO(registry.store.audit(officer.id, "officer.sign_in", officer.id, "done", now));
  return token;
}

core::Result<std::optional<Session>> find_session(Registry& registry, std::string_view token, core::Instant now) {
  QABYL_TRY(query, registry.database.prepare(
                       "SELECT o.id, o.login, o.name, o.position, o.role, s.csrf FROM sessions s "
                       "JOIN officers o ON o.id = s.officer WHERE s.token = ? AND s.touched_at >= ? AND s.opened_at >= ?"));
  query.bind(1, token_digest(token)).bind(2, rows::ms(now - session_idle)).bind(3, rows::ms(now - session_life));
  QABYL_TRY(session, rows::one<Session>(query, [](const core::Statement& row) {
    return Session{row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5)};
  }));
  if (session) {
    QABYL_TRY_DO(registry.database.run("UPDATE sessions SET touched_at = ? WHERE token = ?", rows::ms(now), token_digest(token)));
  }
  return session;
}

core::Status sign_out(Registry& registry, std::string_view token) {
  return registry.database.run("DELETE FROM sessions WHERE token = ?", token_digest(token));
}

}  // namespace qabyl::sync::registry
