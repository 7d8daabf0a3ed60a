// What a record of a kept scan says of the copy that came back, for the time line of its case. See console.h for the pages.
#pragma once

#include "core/cases/inspection.h"
#include "sync/registry/console/page.h"

namespace qabyl::sync::registry {

// HTML; empty for a record of another kind.
std::string scan_kept(const Page& page, const core::Record& record, const core::Inspection& inspection);

}  // namespace qabyl::sync::registry
