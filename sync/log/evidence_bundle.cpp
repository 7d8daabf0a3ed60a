// See evidence_bundle.h. What is read is compared with what would be written.
#include "sync/log/evidence_bundle.h"

#include "core/encoding.h"
#include "core/schema.h"
#include "core/zip.h"

namespace qabyl::sync::log {
namespace {

constexpr std::size_t devices_max = 1'000;
constexpr std::size_t number_digits = 4;

std::int64_t ms(core::Instant at) { return at.time_since_epoch().count(); }
core::Instant instant(core::Reader& reader, std::string_view name) { return core::Instant(core::Millis(reader.integer(name, 0, core::json_integer_max))); }

std::string numbered(std::string_view folder, std::size_t n, std::string_view ending) {
  std::string digits = std::to_string(n);
  if (digits.size() < number_digits) digits.insert(0, number_digits - digits.size(), '0');
  return std::string(folder) + "/" + digits + std::string(ending);
}

std::string canonical_payload(const EvidenceManifest& manifest) {
  core::Json::Array devices, files;
  for (const auto& one : manifest.devices) {
    devices.push_back(core::Json::Object{{"device", one.device}, {"key", core::to_hex(one.key)}, {"from_ms", ms(one.from)}, {"to_ms", ms(one.to)}});
  }
  for (const auto& one : manifest.files) files.push_back(core::Json::Object{{"path", one.path}, {"sha256", core::to_hex(one.sha256)}});
  return core::canonical(core::Json::Object{{"v", 1}, {"case", manifest.case_id}, {"made_ms", ms(manifest.made)}, {"devices", std::move(devices)}, {"files", std::move(files)}});
}

EvidenceDevice device_from(const core::Json& json, core::Reader& list) {
  core::Reader reader(json, "devices");
  EvidenceDevice device;
  device.device = reader.text("device", core::device_name_bytes_max, 1);
  device.key = reader.digest("key");  // 32 bytes in 64 hex digits, as a digest
  device.from = instant(reader, "from_ms");
  device.to = instant(reader, "to_ms");
  if (auto status = reader.status(); !status) list.fault("devices", status.error().detail);
  return device;
}

EvidenceFile file_from(const core::Json& json, core::Reader& list) {
  core::Reader reader(json, "files");
  EvidenceFile file{reader.text("path", core::zip_path_bytes_max, 1), reader.digest("sha256")};
  if (!core::is_zip_path(file.path)) reader.fault("path", "no path of a bundle");
  if (auto status = reader.status(); !status) list.fault("files", status.error().detail);
  return file;
}

}  // namespace

namespace evidence_path {

std::string record(std::size_t n) { return numbered("records", n, ".jws"); }
std::string verdict(std::size_t n) { return numbered("verdicts", n, ".jws"); }
std::string proof(std::size_t n) { return numbered("proofs", n, ".json"); }

std::string document(const core::Digest& sha256, std::string_view media_type) {
  const std::string_view ending = media_type == "application/pdf" ? ".pdf" : media_type == "image/jpeg" ? ".jpg" : media_type == "image/png" ? ".png" : ".bin";
  return "documents/" + core::to_hex(sha256) + std::string(ending);
}

}  // namespace evidence_path

core::Result<std::string> sign_manifest(const EvidenceManifest& manifest, const core::SigningKey& acceptance) {
  const std::string payload = canonical_payload(manifest);
  if (payload.size() / 3 * 4 + 1024 > core::jws_bytes_max) return core::Error{core::ErrorCode::too_large, "bundle of too many files"};
  return core::sign_jws(acceptance, evidence_typ, core::as_bytes(payload));
}

core::Result<EvidenceManifest> parse_manifest(std::string_view payload) {
  QABYL_TRY(json, core::parse_json(payload, core::jws_bytes_max));
  core::Reader reader(json);
  reader.integer("v", 1, 1);
  EvidenceManifest manifest;
  manifest.case_id = reader.id("case");
  manifest.made = instant(reader, "made_ms");
  for (const auto& item : reader.array("devices", devices_max)) manifest.devices.push_back(device_from(item, reader));
  for (const auto& item : reader.array("files", core::zip_files_max)) manifest.files.push_back(file_from(item, reader));
  QABYL_TRY_DO(reader.status());
  if (canonical_payload(manifest) != payload) return core::Error{core::ErrorCode::invalid_input, "another form of a manifest"};
  return manifest;
}

}  // namespace qabyl::sync::log
