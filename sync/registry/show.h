// Records and document digests of an office as JSON lines, for tests and for people who check. Reads the
// database read-only, so that it works beside a running server. Shows no name and no body.
#pragma once

#include <iosfwd>
#include <string>

#include "core/result.h"

namespace qabyl::sync::registry {

core::Status show_records(const std::string& folder, std::ostream& out);

}  // namespace qabyl::sync::registry
