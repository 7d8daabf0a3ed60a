// See known_records.h.
#include "sync/registry/known_records.h"

#include <utility>

#include "core/jws.h"

namespace qabyl::sync::registry {

const core::Record* KnownRecords::find(const core::Id& id, std::string_view jws, const core::Digest& digest) {
  const auto same = [&](const Known& known) { return known.jws == jws && known.digest == digest; };
  if (const auto young = young_.find(id); young != young_.end()) return same(young->second) ? &young->second.record : nullptr;
  const auto old = old_.find(id);
  if (old == old_.end() || !same(old->second)) return nullptr;
  keep(id, std::move(old->second));
  return &young_.find(id)->second.record;
}

void KnownRecords::keep(const core::Id& id, Known known) {
  if (young_bytes_ + known.jws.size() > half_bytes_max_) {
    old_ = std::exchange(young_, {});
    old_bytes_ = std::exchange(young_bytes_, 0);
  }
  young_bytes_ += known.jws.size();
  young_.insert_or_assign(id, std::move(known));
}

core::Result<core::Record> KnownRecords::read(const core::Id& id, std::string_view jws, const core::Digest& digest) {
  if (const core::Record* known = find(id, jws, digest)) return *known;
  QABYL_TRY(parsed, core::parse_jws(jws));
  if (core::sha256(parsed.payload) != digest) return core::Error{core::ErrorCode::corrupt, "record " + id};
  QABYL_TRY(record, core::decode_record(core::as_text(parsed.payload)));
  keep(id, {std::string(jws), digest, record});
  return record;
}

}  // namespace qabyl::sync::registry
