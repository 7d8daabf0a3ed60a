// A run of the evidence log's leaves on its way between registry and kiosk, as JSON (format.md, 8): every kiosk mirrors the
// leaves, so that a registry that lost its newest ones gets them back from any of them. A leaf is 40 bytes: digest and time. Whoever
// has the edge of the tree before the run checks all of it by one checkpoint. Knows no record, no storage, no HTTP.
#pragma once

#include "core/json.h"
#include "sync/log/checkpoint.h"
#include "sync/log/leaf.h"

namespace qabyl::sync::log {

inline constexpr std::size_t piece_leaves_max = 8192;  // 440 KB of JSON

struct LogPiece {
  std::uint64_t from = 0;            // index of the first leaf
  Hashes edge;                       // Frontier::edge() of the tree of `from` leaves; empty where the reader has it
  std::vector<Leaf> leaves;
  Hashes proof;                      // consistency, from the tree that they end to that of `note`; empty: it is that tree
  std::string note;                  // a whole signed checkpoint
  bool operator==(const LogPiece&) const = default;
};

core::Json to_json(const LogPiece& piece);
core::Result<LogPiece> log_piece_from(const core::Json& json);  // invalid_input, too_large

// The tree of `before` with the leaves of the piece. corrupt: they do not lead to `checkpoint`, or their times go back;
// invalid_input: they do not begin where `before` ends, or reach beyond the checkpoint.
core::Result<Frontier> follow(const Frontier& before, const LogPiece& piece, const Checkpoint& checkpoint);

}  // namespace qabyl::sync::log
