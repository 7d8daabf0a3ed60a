// Records decoded lately: a case is read again with each of its records and with each look at it, and JSON is most of
// what that costs. What lies on the disk is compared with the bytes that were decoded, so a damaged row is found as
// before. Thread rule: the storage thread.
#pragma once

#include <string>
#include <unordered_map>

#include "core/record.h"

namespace qabyl::sync::registry {

class KnownRecords {
 public:
  // At most this many bytes of JWS in the younger half, and as many in the older one, which goes when the younger is full.
  explicit KnownRecords(std::size_t half_bytes_max = 8 * 1024 * 1024) : half_bytes_max_(half_bytes_max) {}
  // `digest`: of the payload, as the row says. corrupt: it is another; what decode_record() says.
  core::Result<core::Record> read(const core::Id& id, std::string_view jws, const core::Digest& digest);
  std::size_t bytes() const { return young_bytes_ + old_bytes_; }  // of JWS

 private:
  struct Known { std::string jws; core::Digest digest; core::Record record; };
  using Half = std::unordered_map<core::Id, Known>;

  const core::Record* find(const core::Id& id, std::string_view jws, const core::Digest& digest);
  void keep(const core::Id& id, Known known);

  std::size_t half_bytes_max_, young_bytes_ = 0, old_bytes_ = 0;
  Half young_, old_;
};

}  // namespace qabyl::sync::registry
