// See log_bundle.h.
#include "sync/verify/log_bundle.h"

#include <algorithm>

#include "core/json.h"
#include "sync/log/leaf.h"

namespace qabyl::sync::verify {
namespace {

using log::Digest;
using log::Hashes;
using log::TilePlace;

constexpr std::size_t digest_digits = 64;

// All at once, without a branch: this is asked of every entry.
bool is_hex(std::string_view digits) {
  std::uint8_t wrong = 0;
  for (std::size_t i = 0; i < digest_digits; ++i) {
    const auto c = static_cast<std::uint8_t>(digits[i]);
    wrong = static_cast<std::uint8_t>(wrong | (static_cast<std::uint8_t>(c - '0') > 9 && static_cast<std::uint8_t>(c - 'a') > 5));
  }
  return wrong == 0;
}

// Numbers as digits: they are told apart and put in order without making a number of each.
bool is_time(std::string_view digits) {
  constexpr std::string_view largest = "9007199254740991";
  static_assert(core::json_integer_max == 9007199254740991);
  const bool of_digits = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  return of_digits && (digits.size() == 1 || digits[0] != '0') && (digits.size() < largest.size() || digits <= largest);
}
bool is_before(std::string_view one, std::string_view other) { return one.size() == other.size() ? one < other : one.size() < other.size(); }
std::int64_t number_of(std::string_view digits) {
  std::int64_t number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

struct EntryFacts {
  std::string_view at_ms;   // is_time()
  std::string_view digest;  // 64 lower-case hex digits
};

// Of an entry that has exactly the form of log::leaf_entry(), many times faster than parse_leaf().
std::optional<EntryFacts> facts_of(std::string_view entry) {
  constexpr std::string_view before = "{\"at_ms\":", between = ",\"sha256\":\"", after = "\",\"v\":1}";
  constexpr std::size_t fixed = before.size() + between.size() + digest_digits + after.size();
  if (entry.size() <= fixed || entry.size() > fixed + 16 || !entry.starts_with(before) || !entry.ends_with(after)) return std::nullopt;
  const auto digits = entry.substr(before.size(), entry.size() - fixed);
  const auto rest = entry.substr(before.size() + digits.size());
  const auto digest = rest.substr(between.size(), digest_digits);
  if (!rest.starts_with(between) || !is_time(digits) || !is_hex(digest)) return std::nullopt;
  return EntryFacts{digits, digest};
}

core::Digest digest_of(std::string_view hex) {
  const auto nibble = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  core::Digest digest{};
  for (std::size_t i = 0; i < digest.size(); ++i) digest[i] = static_cast<std::uint8_t>(nibble(hex[2 * i]) << 4 | nibble(hex[2 * i + 1]));
  return digest;
}

// Entries and their hash tile differ; the tile above says which of them was changed, where it can be asked.
Fault disagreement(LogFiles& files, std::uint64_t size, const TilePlace& place, const Hashes& made, core::ByteView tile) {
  const auto path = log::tile_path(place);
  const auto hashes = log::parse_hash_tile(tile, made.size());
  if (!hashes) return {"log_tile", path, 0};
  const auto differs = std::mismatch(hashes->begin(), hashes->end(), made.begin()).first - hashes->begin();
  const auto leaf = place.index * log::tile_width + static_cast<std::uint64_t>(differs);
  const auto above = log::width_in(size, 1, place.index / log::tile_width);
  const auto upper = above == 0 ? core::Result<core::Bytes>(core::Error{core::ErrorCode::not_found, ""})
                                : files.read(log::tile_path({false, 1, place.index / log::tile_width, above}), log::tile_width * sizeof(Digest));
  const auto at = place.index % log::tile_width * sizeof(Digest);
  const bool full = made.size() == log::tile_width && upper && upper->size() >= at + sizeof(Digest);
  const Digest by_tile = full ? log::complete_root(*hashes) : Digest{};
  if (full && !std::equal(by_tile.begin(), by_tile.end(), upper->begin() + static_cast<std::ptrdiff_t>(at))) return {"log_tile", path, leaf};
  return {"log_entry", log::tile_path({true, 0, place.index, made.size()}), leaf};
}

Fault read_entries(LogFiles& files, const TilePlace& place, bool with_records, std::span<std::uint8_t> room, Bundle& bundle) {
  const auto path = log::tile_path(place);
  const auto bytes = files.read_into(path, room.first(place.width * (2 + log::leaf_bytes_max)));
  if (!bytes) return {"log_unreadable", path, 0};
  const auto views = log::parse_bundle(room.first(*bytes), place.width);
  if (!views) return {"log_bundle", path, 0};
  std::string_view last;
  for (std::size_t i = 0; i < views->size(); ++i) {
    const auto facts = facts_of(core::as_text((*views)[i]));
    const auto index = place.index * log::tile_width + i;
    if (!facts) return {"log_entry", path, index};
    if (i == 0) bundle.first_ms = bundle.last_ms = number_of(facts->at_ms);
    if (is_before(facts->at_ms, last)) return {"log_time", path, index};
    last = facts->at_ms;
    if (with_records) bundle.records.push_back(digest_of(facts->digest));
  }
  if (!last.empty()) bundle.last_ms = number_of(last);
  bundle.hashes.resize(views->size());
  log::hash_bundle(room.first(*bytes), bundle.hashes);
  return {};
}

Fault compare_tile(LogFiles& files, std::uint64_t size, const TilePlace& place, const Hashes& made, std::span<std::uint8_t> room) {
  const auto path = log::tile_path(place);
  const auto bytes = files.read_into(path, room);
  if (!bytes) return {"log_unreadable", path, 0};
  const auto tile = room.first(*bytes);
  const bool same = tile.size() == made.size() * sizeof(Digest) && std::equal(tile.begin(), tile.end(), made.front().data());
  return same ? Fault{} : disagreement(files, size, place, made, tile);
}

}  // namespace

core::Result<core::Bytes> LogFiles::read(const std::string& path, std::size_t bytes_max) {
  core::Bytes bytes(bytes_max);
  QABYL_TRY(have, read_into(path, bytes));
  bytes.resize(have);
  return bytes;
}

Bundle check_bundle(LogFiles& files, std::uint64_t size, std::uint64_t number, bool with_records, BundleRoom& room) {
  Bundle bundle;
  const auto width = log::width_in(size, 0, number);
  bundle.fault = read_entries(files, {true, 0, number, width}, with_records, room.entries, bundle);
  if (bundle.fault.why.empty()) bundle.fault = compare_tile(files, size, {false, 0, number, width}, bundle.hashes, room.tile);
  if (bundle.fault.why.empty() && width == log::tile_width) bundle.root = log::complete_root(bundle.hashes);
  return bundle;
}

}  // namespace qabyl::sync::verify
