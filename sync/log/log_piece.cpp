// See log_piece.h.
#include "sync/log/log_piece.h"

#include <algorithm>

#include "core/encoding.h"

namespace qabyl::sync::log {
namespace {

constexpr std::size_t leaf_packed_bytes = 40, time_bytes = 8;
constexpr std::size_t note_in_piece_bytes_max = 16 * 1024;
constexpr std::int64_t time_max = (std::int64_t{1} << 53) - 1;

core::Error wrong(std::string_view member) { return {core::ErrorCode::invalid_input, "log piece: " + std::string(member)}; }

core::Json hashes_json(const Hashes& hashes) {
  core::Json::Array items;
  for (const Digest& hash : hashes) items.push_back(core::to_base64(hash));
  return items;
}

core::Result<Hashes> hashes_from(const core::Json& json, std::string_view member) {
  const auto& items = json.items(member);
  if (items.size() > proof_hashes_max) return core::Error{core::ErrorCode::too_large, std::string(member)};
  Hashes hashes;
  for (const core::Json& item : items) {
    const auto bytes = core::from_base64(item.is_string() ? item.string() : std::string());
    Digest& hash = hashes.emplace_back();
    if (!bytes || bytes->size() != hash.size()) return wrong(member);
    std::copy(bytes->begin(), bytes->end(), hash.begin());
  }
  return hashes;
}

core::Bytes packed(const std::vector<Leaf>& leaves) {
  core::Bytes bytes;
  bytes.reserve(leaves.size() * leaf_packed_bytes);
  for (const Leaf& leaf : leaves) {
    bytes.insert(bytes.end(), leaf.record.begin(), leaf.record.end());
    const auto ms = static_cast<std::uint64_t>(leaf.at.time_since_epoch().count());
    for (std::size_t i = 0; i < time_bytes; ++i) bytes.push_back(static_cast<std::uint8_t>(ms >> (8 * (time_bytes - 1 - i))));
  }
  return bytes;
}

core::Result<std::vector<Leaf>> unpacked(core::ByteView bytes) {
  if (bytes.size() % leaf_packed_bytes != 0) return wrong("leaves");
  if (bytes.size() / leaf_packed_bytes > piece_leaves_max) return core::Error{core::ErrorCode::too_large, "leaves"};
  std::vector<Leaf> leaves;
  for (std::size_t at = 0; at < bytes.size(); at += leaf_packed_bytes) {
    Leaf& leaf = leaves.emplace_back();
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), leaf.record.size(), leaf.record.begin());
    std::uint64_t ms = 0;
    for (std::size_t i = 0; i < time_bytes; ++i) ms = ms << 8 | bytes[at + leaf.record.size() + i];
    if (ms > static_cast<std::uint64_t>(time_max)) return wrong("leaves");
    leaf.at = core::Instant{core::Millis{static_cast<std::int64_t>(ms)}};
  }
  return leaves;
}

}  // namespace

core::Json to_json(const LogPiece& piece) {
  core::Json json;
  json["from"] = static_cast<std::int64_t>(piece.from);
  if (!piece.edge.empty()) json["edge"] = hashes_json(piece.edge);
  json["leaves"] = core::to_base64(packed(piece.leaves));
  json["proof"] = hashes_json(piece.proof);
  json["note"] = piece.note;
  return json;
}

core::Result<LogPiece> log_piece_from(const core::Json& json) {
  LogPiece piece;
  const std::int64_t from = json.number("from", -1);
  if (from < 0) return wrong("from");
  piece.from = static_cast<std::uint64_t>(from);
  QABYL_TRY(edge, hashes_from(json, "edge"));
  QABYL_TRY(proof, hashes_from(json, "proof"));
  const core::Json* const text = json.find("leaves");
  const auto bytes = core::from_base64(text != nullptr && text->is_string() ? text->string() : std::string("-"));
  if (!bytes) return wrong("leaves");
  QABYL_TRY(leaves, unpacked(*bytes));
  piece.note = json.text("note");
  if (piece.note.empty() || piece.note.size() > note_in_piece_bytes_max) return wrong("note");
  piece.edge = std::move(edge);
  piece.proof = std::move(proof);
  piece.leaves = std::move(leaves);
  return piece;
}

core::Result<Frontier> follow(const Frontier& before, const LogPiece& piece, const Checkpoint& checkpoint) {
  if (piece.from != before.size() || before.size() > checkpoint.size || piece.leaves.size() > checkpoint.size - before.size()) return wrong("from");
  Frontier after = before;
  core::Instant last{};
  for (const Leaf& leaf : piece.leaves) {
    if (leaf.at < last) return core::Error{core::ErrorCode::corrupt, "the log's time went back"};
    last = leaf.at;
    after.append(leaf_hash(leaf));
  }
  QABYL_TRY_DO(verify_consistency(after.size(), after.root(), checkpoint.size, checkpoint.root, piece.proof));
  return after;
}

}  // namespace qabyl::sync::log
