// A text asset that travels: a rule profile or a calendar, signed by the office's assets key (ARCHITECTURE,
// section 5.1). Knows no store and no feed; what the text says, profile.h and calendar.h read.
#pragma once

#include "core/keyring.h"

namespace qabyl::core {

struct Asset {
  std::string name;     // kz-2004-249, kz
  std::string version;  // 2026-2: runs of digits count as numbers
  std::string text;
};

std::string sign_asset(const Asset& asset, const SigningKey& assets_key);
// Syntax and typ only, for what was verified when it came. invalid_input otherwise.
Result<Asset> read_asset(std::string_view jws);
// Signed by an assets key that was valid at `at`; corrupt or forbidden otherwise.
Result<Asset> open_asset(std::string_view jws, const Keyring& keys, Instant at);

// "2026-2" before "2026-10": an older version is never taken back.
bool version_before(std::string_view a, std::string_view b);

}  // namespace qabyl::core
