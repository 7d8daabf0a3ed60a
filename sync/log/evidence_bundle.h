// An evidence bundle (format-bundle.md): one ZIP with the records of a case, their documents, proofs and verdicts, and the
// keys, held together by a manifest that the registry signs. Here: the manifest and the names inside, for who writes and
// who checks. Knows no ZIP, no database and no page.
#pragma once

#include <vector>

#include "core/kiosk_key.h"
#include "core/record.h"

namespace qabyl::sync::log {

inline constexpr std::string_view evidence_typ = "qabyl-bundle+jws";
inline constexpr std::uint64_t evidence_bytes_max = std::uint64_t{1} << 30;

namespace evidence_path {
inline constexpr std::string_view manifest = "bundle.jws", keys = "keys.json", checkpoint = "checkpoint", page = "index.html";
std::string record(std::size_t n);   // "records/0001.jws", n from 1, in the order of the case
std::string verdict(std::size_t n);  // "verdicts/0001.jws"
std::string proof(std::size_t n);    // "proofs/0001.json", see proof_file.h
// "documents/<64 hex>.pdf": by its SHA-256 and what its record calls its type.
std::string document(const core::Digest& sha256, std::string_view media_type);
}  // namespace evidence_path

struct EvidenceDevice {                // whose records are in it, and by which key they are signed
  std::string device;                // "registry" or a kiosk
  core::VerifyKey key{};
  core::Instant from{}, to{};
  bool operator==(const EvidenceDevice&) const = default;
};

struct EvidenceFile {
  std::string path;
  core::Digest sha256{};
  bool operator==(const EvidenceFile&) const = default;
};

struct EvidenceManifest {
  core::Id case_id;
  core::Instant made{};              // by the registry's clock: these are all records of the case that it had then
  std::vector<EvidenceDevice> devices;
  std::vector<EvidenceFile> files;     // every file but the manifest itself, in the order of the ZIP
  bool operator==(const EvidenceManifest&) const = default;
};

// A compact JWS. too_large: more files than jws_bytes_max has room for.
core::Result<std::string> sign_manifest(const EvidenceManifest& manifest, const core::SigningKey& acceptance);
// From the payload of that JWS. invalid_input: not this form.
core::Result<EvidenceManifest> parse_manifest(std::string_view payload);

}  // namespace qabyl::sync::log
