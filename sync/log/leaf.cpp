// See leaf.h. Written by hand, since the form is fixed for ever; what is read is compared with what would be written.
#include "sync/log/leaf.h"

#include "core/encoding.h"
#include "core/schema.h"

namespace qabyl::sync::log {

std::string leaf_entry(const Leaf& leaf) {
  const std::int64_t at_ms = leaf.at.time_since_epoch().count();
  QABYL_CHECK(at_ms >= 0 && at_ms <= core::json_integer_max);
  return "{\"at_ms\":" + std::to_string(at_ms) + ",\"sha256\":\"" + core::to_hex(leaf.record) + "\",\"v\":1}";
}

core::Result<Leaf> parse_leaf(std::string_view entry) {
  QABYL_TRY(json, core::parse_json(entry, leaf_bytes_max));
  core::Reader reader(json);
  reader.integer("v", 1, 1);
  const Leaf leaf{reader.digest("sha256"), core::Instant(core::Millis(reader.integer("at_ms", 0, core::json_integer_max)))};
  QABYL_TRY_DO(reader.status());
  if (leaf_entry(leaf) != entry) return core::Error{core::ErrorCode::invalid_input, "leaf: another form of these members"};
  return leaf;
}

Digest leaf_hash(const Leaf& leaf) { return hash_leaf(core::as_bytes(leaf_entry(leaf))); }

}  // namespace qabyl::sync::log
