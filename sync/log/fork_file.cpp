// See fork_file.h. What is read is compared with what would be written.
#include "sync/log/fork_file.h"

#include <algorithm>

#include "core/encoding.h"
#include "core/schema.h"

namespace qabyl::sync::log {
namespace {

constexpr std::size_t note_in_file_bytes_max = 16 * 1024;

core::Error wrong(std::string why) { return {core::ErrorCode::invalid_input, std::move(why)}; }

ForkKind kind_from(std::string_view word) {
  return word == "root" ? ForkKind::root : word == "proof" ? ForkKind::proof : ForkKind::gone;
}

bool contradict(const ForkFile& file, const Checkpoint& held, const Checkpoint& shown) {
  if (held.size == shown.size) return file.kind == ForkKind::root && held.root != shown.root;
  if (file.kind == ForkKind::root) return false;
  if (file.kind == ForkKind::gone) return true;
  const auto& [small, large] = held.size < shown.size ? std::pair(held, shown) : std::pair(shown, held);
  const auto verified = verify_consistency(small.size, small.root, large.size, large.root, file.proof);
  return !verified && verified.error().code == core::ErrorCode::corrupt;
}

}  // namespace

std::string_view to_text(ForkKind kind) {
  switch (kind) {
    case ForkKind::root: return "root";
    case ForkKind::proof: return "proof";
    case ForkKind::gone: return "gone";
  }
  QABYL_CHECK(false);
  return {};
}

std::string encode(const ForkFile& file) {
  core::Json::Array proof;
  for (const Digest& hash : file.proof) proof.push_back(core::to_base64(hash));
  return core::canonical(core::Json::Object{{"v", 1}, {"kind", to_text(file.kind)}, {"witness", file.witness}, {"seen_ms", file.seen.time_since_epoch().count()},
                                            {"held", file.held}, {"shown", file.shown}, {"proof", std::move(proof)}});
}

core::Result<ForkFile> parse_fork_file(std::string_view text) {
  QABYL_TRY(json, core::parse_json(text, fork_file_bytes_max));
  core::Reader reader(json);
  reader.integer("v", 1, 1);
  ForkFile file;
  file.kind = kind_from(reader.word("kind", {"root", "proof", "gone"}));
  file.witness = reader.text("witness", note_name_bytes_max, 1);
  file.seen = core::Instant(core::Millis(reader.integer("seen_ms", 0, core::json_integer_max)));
  file.held = reader.text("held", note_in_file_bytes_max, 1);
  file.shown = reader.text("shown", note_in_file_bytes_max, 1);
  for (const core::Json& item : reader.array("proof", proof_hashes_max)) {
    const auto bytes = core::from_base64(item.is_string() ? item.string() : std::string());
    Digest hash{};
    if (!bytes || bytes->size() != hash.size()) return wrong("hashes expected");
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    file.proof.push_back(hash);
  }
  QABYL_TRY_DO(reader.status());
  if (encode(file) != text) return wrong("another form of a fork");
  return file;
}

core::Result<ForkSides> check_fork(const ForkFile& file, std::string_view origin, const std::vector<core::VerifyKey>& log_keys) {
  QABYL_TRY(held, open_checkpoint(file.held, origin, log_keys));
  QABYL_TRY(shown, open_checkpoint(file.shown, origin, log_keys));
  if (!contradict(file, held, shown)) return wrong("two stages of one log");
  return ForkSides{held, shown};
}

}  // namespace qabyl::sync::log
