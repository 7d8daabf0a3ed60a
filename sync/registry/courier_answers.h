// The answers to the bundles that the console has taken, until they are carried away: one file a device, the newest. Sealed to that
// device, so that nobody else reads them; lost ones are made again from the same bundle. Any thread; knows no database.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/ports.h"
#include "core/result.h"

namespace qabyl::sync::registry {

struct CourierAnswers {
  std::string device, path;
  core::Instant made{};
  std::uint64_t bytes = 0;
};
// Written and flushed; older ones of that device go. `device`: of a row of this office.
core::Status keep_answers(const std::string& folder, std::string_view device, core::ByteView file, core::Instant now);
// By device, the newest of each.
core::Result<std::vector<CourierAnswers>> kept_answers(const std::string& folder);

}  // namespace qabyl::sync::registry
