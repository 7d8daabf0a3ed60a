// Feed items and pages. See feed.h.
#include "sync/wire/feed.h"

#include "sync/wire/members.h"
#include "sync/wire/messages.h"

namespace qabyl::sync {
namespace {

constexpr std::size_t item_bytes_max = 512 * 1024;

core::Result<FeedItem> item_from(const core::Json& json) {
  QABYL_TRY(epoch, members::natural(json, "epoch"));
  QABYL_TRY(index, members::natural(json, "index"));
  QABYL_TRY(device, members::text(json, "device", 64));
  QABYL_TRY(kind, members::text(json, "kind", 64));
  QABYL_TRY(at, members::instant(json, "at_ms"));
  const core::Json* body = json.find("body");
  if (!body || !body->is_object()) return members::bad("body");
  return FeedItem{{epoch, index}, device, kind, at, *body};
}

}  // namespace

std::string to_text(const FeedCursor& cursor) {
  return std::to_string(cursor.epoch) + "." + std::to_string(cursor.index);
}

core::Result<FeedCursor> parse_feed_cursor(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return members::bad("cursor");
  QABYL_TRY(epoch, parse_decimal(text.substr(0, dot)));
  QABYL_TRY(index, parse_decimal(text.substr(dot + 1)));
  return FeedCursor{epoch, index};
}

core::Json to_json(const FeedItem& item) {
  core::Json json;
  json["v"] = 1;
  json["epoch"] = item.at_position.epoch;
  json["index"] = item.at_position.index;
  json["device"] = item.device;
  json["kind"] = item.kind;
  json["at_ms"] = members::ms(item.at);
  json["body"] = item.body;
  return json;
}

std::string sign_feed_item(const FeedItem& item, const core::SigningKey& acceptance) {
  return core::sign_jws(acceptance, core::typ::feed, core::as_bytes(core::canonical(to_json(item))));
}

core::Result<FeedItem> open_feed_item(std::string_view jws, const core::Keyring& keys, std::string_view device) {
  QABYL_TRY(parsed, core::parse_jws(jws));
  QABYL_TRY(json, core::parse_json(core::as_text(parsed.payload), item_bytes_max));
  QABYL_TRY(item, item_from(json));
  QABYL_TRY_DO(keys.verify(parsed, core::typ::feed, core::KeyUse::acceptance, item.at));
  if (item.device != device) return core::Error{core::ErrorCode::forbidden, "feed item of another device"};
  return item;
}

std::string encode(const FeedPage& page) {
  core::Json json;
  json["epoch"] = page.epoch;
  json["items"] = core::Json::Array(page.items.begin(), page.items.end());
  json["next"] = to_text(page.next);
  json["registry_ms"] = members::ms(page.registry_time);
  return core::canonical(json);
}

core::Result<FeedPage> decode_feed_page(std::string_view body) {
  QABYL_TRY(json, core::parse_json(body, 2 * body_bytes_max));
  FeedPage page;
  QABYL_TRY(epoch, members::natural(json, "epoch"));
  QABYL_TRY(next, parse_feed_cursor(json.text("next")));
  QABYL_TRY(now, members::instant(json, "registry_ms"));
  const core::Json::Array& items = json.items("items");
  if (items.size() > feed_items_max) return members::bad("items");
  for (const core::Json& item : items) {
    if (!item.is_string()) return members::bad("items");
    page.items.push_back(item.string());
  }
  page.epoch = epoch;
  page.next = next;
  page.registry_time = now;
  return page;
}

}  // namespace qabyl::sync
