// The outgoing side of the feed: items are signed when they are put in, one row for each kiosk concerned,
// and read by position. Knows what an item says only as JSON (sync/wire/feed.h).
#pragma once

#include "sync/registry/registry.h"
#include "sync/wire/feed.h"

namespace qabyl::sync::registry {

inline constexpr std::size_t feed_page_bytes_max = 2 * 1024 * 1024;

core::Status feed_device(Registry& registry, std::string_view device, std::string_view kind, const core::Json& body,
                         core::Instant now);
// Every kiosk that the bureau is assigned to; also lets them fetch `document`, if one is named.
core::Status feed_bureau(Registry& registry, std::string_view bin, std::string_view kind, const core::Json& body,
                         const core::Digest* document, core::Instant now);
// nullopt: the cursor is of another epoch.
core::Result<std::optional<FeedPage>> feed_page(Registry& registry, std::string_view device, FeedCursor after,
                                                std::size_t items_max, core::Instant now);

}  // namespace qabyl::sync::registry
