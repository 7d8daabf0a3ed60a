// The page inside an evidence bundle, for people: what is in it, record by record with links to the files beside it, and how
// anybody checks it. In Kazakh, Russian and English, one below the other. No script, nothing from elsewhere; proves nothing.
#pragma once

#include "sync/registry/evidence_bundle.h"

namespace qabyl::sync::registry {

std::string bundle_page(const Registry& registry, const BundleContent& content);

}  // namespace qabyl::sync::registry
