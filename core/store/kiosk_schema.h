// The kiosk database's tables as numbered scripts. A script that was released never changes: the next
// one alters what it made (RELIABILITY, 4.10).
#pragma once

#include "core/store/database.h"

namespace qabyl::core {

inline constexpr std::int32_t kiosk_application_id = 0x51424b31;  // QBK1
std::vector<Migration> kiosk_migrations();

}  // namespace qabyl::core
