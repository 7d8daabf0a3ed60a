// Small bridges between columns and values, shared by the stores of this folder. Knows no table.
#pragma once

#include <algorithm>
#include <optional>

#include "core/crypto.h"
#include "core/store/database.h"

namespace qabyl::sync::registry::rows {

inline std::int64_t ms(core::Instant at) { return at.time_since_epoch().count(); }
inline core::Instant instant(std::int64_t value) { return core::Instant{core::Millis{value}}; }

template <std::size_t N>
std::array<std::uint8_t, N> fixed(const core::Bytes& blob) {  // wrong length: zeros, which match nothing
  std::array<std::uint8_t, N> out{};
  if (blob.size() == N) std::copy(blob.begin(), blob.end(), out.begin());
  return out;
}
inline core::Digest digest(const core::Statement& row, int column) { return fixed<32>(row.blob(column)); }

// Every row of a bound statement through `read`.
template <typename Row, typename Read>
core::Result<std::vector<Row>> all(core::Statement& statement, Read read) {
  std::vector<Row> out;
  for (;;) {
    QABYL_TRY(more, statement.step());
    if (!more) return out;
    out.push_back(read(statement));
  }
}

// The one row of a bound statement, if there is one.
template <typename Row, typename Read>
core::Result<std::optional<Row>> one(core::Statement& statement, Read read) {
  QABYL_TRY(found, statement.step());
  if (!found) return std::optional<Row>();
  return std::optional<Row>(read(statement));
}

}  // namespace qabyl::sync::registry::rows
