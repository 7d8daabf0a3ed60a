// See feed_out.h.
#include "sync/registry/feed_out.h"

#include "sync/registry/rows.h"

namespace qabyl::sync::registry {

core::Status feed_device(Registry& registry, std::string_view device, std::string_view kind, const core::Json& body,
                         core::Instant now) {
  QABYL_TRY(epoch, registry.store.epoch());
  QABYL_TRY(newest, registry.store.newest_index(device));
  QABYL_TRY(at, registry.store.log_time(now));
  const FeedItem item{{epoch, newest + 1}, std::string(device), std::string(kind), at, body};
  return registry.store.add_feed(device, newest + 1, kind, sign_feed_item(item, registry.keys.acceptance));
}

core::Status feed_bureau(Registry& registry, std::string_view bin, std::string_view kind, const core::Json& body,
                         const core::Digest* document, core::Instant now) {
  QABYL_TRY(query, registry.database.prepare("SELECT device FROM device_bureaus WHERE bin = ? AND gone_at IS NULL ORDER BY device"));
  query.bind(1, bin);
  QABYL_TRY(devices, rows::all<std::string>(query, [](const core::Statement& row) { return row.text(0); }));
  for (const std::string& device : devices) {
    QABYL_TRY_DO(feed_device(registry, device, kind, body, now));
    if (document) QABYL_TRY_DO(registry.store.allow_document(device, *document));
  }
  return core::Done{};
}

core::Result<std::optional<FeedPage>> feed_page(Registry& registry, std::string_view device, FeedCursor after,
                                                std::size_t items_max, core::Instant now) {
  QABYL_TRY(epoch, registry.store.epoch());
  if (after.epoch != epoch && after != FeedCursor{}) return std::optional<FeedPage>();
  QABYL_TRY(found, registry.store.feed(device, after.index, items_max));
  FeedPage page{epoch, {}, {epoch, after.index}, now};
  std::size_t bytes = 0;
  for (const auto& row : found) {
    bytes += row.jws.size();
    if (!page.items.empty() && bytes > feed_page_bytes_max) break;
    page.items.push_back(row.jws);
    page.next.index = row.index;
  }
  return std::optional<FeedPage>(page);
}

}  // namespace qabyl::sync::registry
