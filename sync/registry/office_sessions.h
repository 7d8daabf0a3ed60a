// Signed-in officers of the console: a random token in a cookie, its digest in the database, a CSRF token
// beside it. Signing needs the password again (O1). Knows no HTML and no cookie.
#pragma once

#include "sync/registry/office.h"

namespace qabyl::sync::registry {

inline constexpr core::Millis session_idle{15 * 60 * 1000};
inline constexpr core::Millis session_life{std::int64_t{10} * 3600 * 1000};

struct Session {
  std::string officer, login, name, position, role;  // officer: O-0001
  std::string csrf;                                  // 32 hex
};

// The token (64 hex) for the cookie. forbidden, locked: see open_officer; the failure must be committed.
core::Result<std::string> sign_in(Registry& registry, std::string_view login, std::string_view password,
                                  core::Instant now);
// nullopt: no such session, or it has ended. Touches it.
core::Result<std::optional<Session>> find_session(Registry& registry, std::string_view token, core::Instant now);
core::Status sign_out(Registry& registry, std::string_view token);

}  // namespace qabyl::sync::registry
