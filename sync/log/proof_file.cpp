// See proof_file.h. What is read is compared with what would be written.
#include "sync/log/proof_file.h"

#include "core/encoding.h"
#include "core/schema.h"

namespace qabyl::sync::log {
namespace {

core::Error wrong(std::string why) { return {core::ErrorCode::invalid_input, std::move(why)}; }

core::Result<Hashes> hashes_of(const core::Json::Array& items) {
  Hashes hashes;
  for (const core::Json& item : items) {
    const auto bytes = core::from_base64(item.is_string() ? item.string() : std::string());
    Digest hash{};
    if (!bytes || bytes->size() != hash.size()) return wrong("hashes expected");
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    hashes.push_back(hash);
  }
  return hashes;
}

}  // namespace

ProofFile proof_file(const Digest& record, const core::LogPlace& place) {
  return {{record, place.at}, place.index, place.size, place.proof, place.checkpoint};
}

std::string encode(const ProofFile& file) {
  core::Json::Array proof;
  for (const Digest& hash : file.proof) proof.push_back(core::to_base64(hash));
  return core::canonical(core::Json::Object{{"v", 1}, {"entry", core::to_base64(core::as_bytes(leaf_entry(file.leaf)))}, {"index", file.index}, {"size", file.size},
                                            {"proof", std::move(proof)}, {"checkpoint", file.checkpoint}});
}

core::Result<ProofFile> parse_proof_file(std::string_view text) {
  QABYL_TRY(json, core::parse_json(text, proof_file_bytes_max));
  core::Reader reader(json);
  reader.integer("v", 1, 1);
  ProofFile file;
  const std::string entry = reader.text("entry", 2 * leaf_bytes_max, 1);
  file.index = static_cast<std::uint64_t>(reader.integer("index", 0, core::json_integer_max));
  file.size = static_cast<std::uint64_t>(reader.integer("size", 1, core::json_integer_max));
  file.checkpoint = reader.text("checkpoint", core::log_checkpoint_bytes_max, 1);
  QABYL_TRY(proof, hashes_of(reader.array("proof", proof_hashes_max)));
  QABYL_TRY_DO(reader.status());
  file.proof = std::move(proof);
  QABYL_TRY(entry_bytes, core::from_base64(entry));
  QABYL_TRY(leaf, parse_leaf(core::as_text(entry_bytes)));
  file.leaf = leaf;
  if (file.index >= file.size || encode(file) != text) return wrong("another form of a proof");
  return file;
}

}  // namespace qabyl::sync::log
