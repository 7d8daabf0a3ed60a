// The feed: what the office has for one kiosk, as registry-signed items in order. A position is
// <epoch>.<index>; a new epoch begins after a restore of the registry and is read from 0.0 again.
// Kinds and bodies: protocol.md, section "Feed". Knows no store and no socket.
#pragma once

#include "core/keyring.h"
#include "core/record.h"
#include "sync/wire/http.h"

namespace qabyl::sync {

namespace feed_kind {
inline constexpr std::string_view bureau = "bureau";
inline constexpr std::string_view staff = "staff";
inline constexpr std::string_view paper = "paper";
inline constexpr std::string_view paper_state = "paper_state";
inline constexpr std::string_view bureau_gone = "bureau_gone";
inline constexpr std::string_view case_state = "case_state";
inline constexpr std::string_view keys = "keys";
inline constexpr std::string_view profile = "profile";
inline constexpr std::string_view calendar = "calendar";
inline constexpr std::string_view settings = "settings";
}  // namespace feed_kind

struct FeedCursor {
  std::int64_t epoch = 0, index = 0;  // 0.0: from the beginning
  bool operator==(const FeedCursor&) const = default;
};
std::string to_text(const FeedCursor& cursor);  // "1.17"
core::Result<FeedCursor> parse_feed_cursor(std::string_view text);

struct FeedItem {
  FeedCursor at_position;   // its own place; indexes of a device rise, with gaps allowed
  std::string device;       // for whom
  std::string kind;
  core::Instant at{};       // registry time
  core::Json body;
};
std::string sign_feed_item(const FeedItem& item, const core::SigningKey& acceptance);
// invalid_input: schema; corrupt / forbidden: not signed by the registry, or not for `device`.
core::Result<FeedItem> open_feed_item(std::string_view jws, const core::Keyring& keys, std::string_view device);
core::Json to_json(const FeedItem& item);  // the payload: what Inbox::keep_feed takes

struct FeedPage {
  std::int64_t epoch = 0;
  std::vector<std::string> items;  // JWS each
  FeedCursor next;                 // ask with this `after`; equal to the one asked with: nothing new
  core::Instant registry_time{};   // a hint only; trusted time comes from signed answers
};
std::string encode(const FeedPage& page);
core::Result<FeedPage> decode_feed_page(std::string_view body);

}  // namespace qabyl::sync
