// See evidence_bundle.h. All proofs are made against one tree, so that one checkpoint, and whoever witnesses it, stands for all.
#include "sync/registry/evidence_bundle.h"

#include <set>

#include "core/encoding.h"
#include "sync/log/proof_file.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

namespace path = log::evidence_path;

// The ZIP, and the list of what went into it.
class Packer {
 public:
  explicit Packer(const core::ZipWriter::Sink& sink) : zip_(sink) {}
  core::Status add(std::string_view name, core::ByteView bytes) {
    QABYL_TRY_DO(zip_.add(name, bytes));
    files_.push_back({std::string(name), core::sha256(bytes)});
    return core::Done{};
  }
  core::Status add(std::string_view name, std::string_view text) { return add(name, core::as_bytes(text)); }
  core::Status close(log::EvidenceManifest manifest, const core::SigningKey& acceptance) {
    manifest.files = files_;
    QABYL_TRY(jws, log::sign_manifest(manifest, acceptance));
    QABYL_TRY_DO(zip_.add(path::manifest, core::as_bytes(jws)));
    return zip_.finish();
  }

 private:
  core::ZipWriter zip_;
  std::vector<log::EvidenceFile> files_{};
};

core::Status add_record(Packer& packer, const CaseRecord& one, const core::LogPlace& place, std::size_t n) {
  QABYL_TRY_DO(packer.add(path::record(n), one.row.jws));
  QABYL_TRY_DO(packer.add(path::proof(n), log::encode(log::proof_file(one.row.digest, place))));
  return one.row.verdict.empty() ? core::Status(core::Done{}) : packer.add(path::verdict(n), one.row.verdict);
}

core::Status add_documents(Registry& registry, Packer& packer, const std::vector<CaseRecord>& records) {
  std::set<core::Digest> taken;
  for (const CaseRecord& one : records) {
    for (const ManifestRow& document : one.documents) {
      if (!document.here || !taken.insert(document.ref.sha256).second) continue;
      QABYL_TRY(bytes, registry.read_document(document.ref.sha256));
      QABYL_TRY_DO(packer.add(path::document(document.ref.sha256, document.ref.type), bytes));
    }
  }
  return core::Done{};
}

}  // namespace

core::Result<log::EvidenceDevice> evidence_device(Registry& registry, const std::string& name) {
  if (name == "registry") return log::EvidenceDevice{name, registry.keys.record.verify_key, core::Instant{}, core::Instant(core::Millis(core::json_integer_max))};
  QABYL_TRY(query, registry.database.prepare("SELECT record_key, key_from, key_to FROM devices WHERE device = ? AND record_key IS NOT NULL"));
  query.bind(1, name);
  QABYL_TRY(found, query.step());
  if (!found) return core::Error{core::ErrorCode::not_found, "no enrolled device of that name"};
  return log::EvidenceDevice{name, rows::digest(query, 0), rows::instant(query.integer(1)), rows::instant(query.integer(2))};
}

core::Result<BundleContent> bundle_content(Registry& registry, const core::Id& case_id, core::Instant now) {
  QABYL_TRY(line, case_line(registry, case_id));
  if (!line) return core::Error{core::ErrorCode::not_found, "case"};
  QABYL_TRY(records, case_page(registry, case_id));
  std::vector<core::LogPlace> places;
  for (const CaseRecord& one : records) {
    auto place = registry.log.place_of(one.record.id);
    if (!place) return core::Error{core::ErrorCode::wrong_state, "bundle.later"};
    places.push_back(*std::move(place));
  }
  return BundleContent{*line, std::move(records), std::move(places), now};
}

core::Status write_bundle(Registry& registry, const BundleContent& content, const std::string& page_html, const core::ZipWriter::Sink& sink) {
  Packer packer(sink);
  log::EvidenceManifest manifest{content.line.id, content.made, {}, {}};
  QABYL_TRY_DO(packer.add(path::page, page_html));
  QABYL_TRY_DO(packer.add(path::keys, registry.keys.keys_jws));
  QABYL_TRY_DO(packer.add(path::checkpoint, registry.log.checkpoint()));
  std::set<std::string> devices;
  for (std::size_t i = 0; i < content.records.size(); ++i) {
    const CaseRecord& one = content.records[i];
    QABYL_TRY_DO(add_record(packer, one, content.places[i], i + 1));
    if (!devices.insert(one.row.device).second) continue;
    QABYL_TRY(device, evidence_device(registry, one.row.device));
    manifest.devices.push_back(device);
  }
  QABYL_TRY_DO(add_documents(registry, packer, content.records));
  return packer.close(std::move(manifest), registry.keys.acceptance);
}

}  // namespace qabyl::sync::registry
