// See bundle_check.h. First that it holds together by its own keys, file by file; then whether those keys are the office's.
#include "sync/verify/bundle_check.h"

#include <algorithm>
#include <set>

#include "core/encoding.h"
#include "core/verdict.h"
#include "core/zip.h"
#include "sync/log/place.h"
#include "sync/log/proof_file.h"

namespace qabyl::sync::verify {
namespace {

namespace path = log::evidence_path;

constexpr std::string_view documents_folder = "documents/";

struct Fault {  // empty `why`: none
  std::string why, where;
};

// The files of a ZIP by name.
class Folder {
 public:
  explicit Folder(const std::vector<core::ZipFile>& files) {
    for (const auto& file : files) files_.emplace(file.path, file.bytes);
  }
  std::optional<core::ByteView> find(std::string_view name) const {
    const auto found = files_.find(name);
    return found == files_.end() ? std::nullopt : std::optional(found->second);
  }
  std::string_view text(std::string_view name) const {
    const auto found = find(name);
    return found ? without_line_end(core::as_text(*found)) : std::string_view();
  }
  const std::map<std::string, core::ByteView, std::less<>>& all() const { return files_; }

 private:
  std::map<std::string, core::ByteView, std::less<>> files_;
};

class Bundle {
 public:
  Bundle(const Folder& folder, core::Jws jws, log::EvidenceManifest manifest, core::Keyring keys)
      : folder_(folder), jws_(std::move(jws)), manifest_(std::move(manifest)), keys_(std::move(keys)) {}

  // By the keys inside. The first fault ends it.
  Fault run(BundleCheck& check) {
    check.case_id = manifest_.case_id;
    check.made = manifest_.made;
    if (auto fault = files(); !fault.why.empty()) return fault;
    if (!keys_.verify(jws_, log::evidence_typ, core::KeyUse::acceptance, manifest_.made)) return {"bundle_signature", std::string(path::manifest)};
    const auto note = folder_.find(path::checkpoint);
    const auto opened = note ? log::open_checkpoint(core::as_text(*note), keys_.origin(), log::log_keys(keys_)) : core::Result<log::Checkpoint>(core::Error{core::ErrorCode::not_found, ""});
    if (!opened) return {"checkpoint", std::string(path::checkpoint)};
    check.checkpoint = *opened;
    for (std::size_t n = 1; folder_.find(path::record(n)); ++n) {
      if (auto fault = record(n, check); !fault.why.empty()) return fault;
      check.records = n;
    }
    return check.records == 0 ? Fault{"bundle_empty", path::record(1)} : leftovers();
  }

  // By the keys that the asker believes.
  core::Status believed(const core::Keyring& keys) const {
    QABYL_TRY_DO(keys.verify(jws_, log::evidence_typ, core::KeyUse::acceptance, manifest_.made));
    const auto opened = log::open_checkpoint(core::as_text(*folder_.find(path::checkpoint)), keys.origin(), log::log_keys(keys));
    return opened ? core::Status(core::Done{}) : core::Status(opened.error());
  }

 private:
  // The manifest names every other file, and each is what it says.
  Fault files() {
    std::set<std::string_view> named{path::manifest};
    for (const auto& stated : manifest_.files) {
      const auto file = folder_.find(stated.path);
      if (!named.insert(stated.path).second || !file || core::sha256(*file) != stated.sha256) return {"bundle_file", stated.path};
      if (stated.path.starts_with(documents_folder) && !documents_.emplace(stated.sha256, stated.path).second) return {"bundle_file", stated.path};
    }
    for (const auto& [name, bytes] : folder_.all()) {
      if (!named.contains(name)) return {"bundle_file", name};
    }
    return {};
  }

  const log::EvidenceDevice* device_of(const core::Record& record) const {
    for (const auto& one : manifest_.devices) {
      if (one.device == record.device) return &one;
    }
    return nullptr;
  }

  Fault record(std::size_t n, BundleCheck& check) {
    const auto jws = core::parse_jws(folder_.text(path::record(n)));
    const auto record = jws ? core::decode_record(core::as_text(jws->payload)) : core::Result<core::Record>(jws.error());
    if (!record) return {"bundle_record", path::record(n)};
    const auto* device = device_of(*record);
    if (device == nullptr || !core::verify_jws(*jws, core::typ::record, device->key)) return {"record_signature", path::record(n)};
    if (record->case_id != manifest_.case_id) return {"record_differs", path::record(n)};
    const auto digest = core::sha256(jws->payload);
    if (!seen_.insert(digest).second) return {"bundle_record", path::record(n)};
    used_.insert({path::record(n), path::proof(n), path::verdict(n)});
    if (!placed(n, digest, check)) return {"not_in_log", path::proof(n)};
    if (!judged(n, *record, digest, check)) return {"verdict", path::verdict(n)};
    for (const auto& document : record->docs) take(document, check);
    return {};
  }

  bool placed(std::size_t n, const core::Digest& digest, BundleCheck& check) {
    const auto proof = log::parse_proof_file(folder_.text(path::proof(n)));
    if (!proof || proof->leaf.record != digest || proof->size != check.checkpoint.size) return false;
    if (proof->checkpoint != core::as_text(*folder_.find(path::checkpoint))) return false;
    check.first = check.records == 0 ? proof->leaf.at : std::min(check.first, proof->leaf.at);
    check.last = std::max(check.last, proof->leaf.at);
    return bool(log::verify_inclusion(log::leaf_hash(proof->leaf), proof->index, proof->size, proof->proof, check.checkpoint.root));
  }

  bool judged(std::size_t n, const core::Record& record, const core::Digest& digest, BundleCheck& check) {
    if (!folder_.find(path::verdict(n))) {
      ++check.outcomes["none"];
      return true;
    }
    const auto verdict = core::open_verdict(folder_.text(path::verdict(n)), keys_, record.id, digest);
    if (verdict) ++check.outcomes[std::string(core::to_text(verdict->outcome))];
    return bool(verdict);
  }

  void take(const core::DocumentRef& document, BundleCheck& check) {
    const auto found = documents_.find(document.sha256);
    if (found != documents_.end()) {
      check.documents += used_.insert(found->second).second ? 1 : 0;
    } else if (std::find(check.missing.begin(), check.missing.end(), document.sha256) == check.missing.end()) {
      check.missing.push_back(document.sha256);
    }
  }

  // What nothing leads to only looks as if it belonged: a document that no record names, a proof of no record.
  Fault leftovers() const {
    for (const auto& [name, bytes] : folder_.all()) {
      if (!used_.contains(name)) return {"bundle_file", name};
    }
    return {};
  }

  const Folder& folder_;
  core::Jws jws_;
  log::EvidenceManifest manifest_;
  core::Keyring keys_;
  std::map<core::Digest, std::string> documents_{};  // path by digest
  std::set<core::Digest> seen_{};                     // records
  std::set<std::string, std::less<>> used_{std::string(path::manifest), std::string(path::keys), std::string(path::checkpoint), std::string(path::page)};
};

BundleCheck refused(std::string why, std::string where) {
  BundleCheck check;
  check.why = std::move(why);
  check.where = std::move(where);
  return check;
}

}  // namespace

std::string keys_in_bundle(core::ByteView file) {
  const auto files = core::read_zip(file);
  return files ? std::string(Folder(*files).text(path::keys)) : std::string();
}

BundleCheck check_bundle(core::ByteView file, const Trust& trust) {
  const auto files = core::read_zip(file);
  if (!files) return refused(files.error().code == core::ErrorCode::corrupt ? "bundle_file" : "not_a_bundle", files.error().code == core::ErrorCode::corrupt ? files.error().detail : "");
  const Folder folder(*files);
  const auto jws = core::parse_jws(folder.text(path::manifest));
  const auto manifest = jws && jws->typ == log::evidence_typ ? log::parse_manifest(core::as_text(jws->payload)) : core::Result<log::EvidenceManifest>(core::Error{core::ErrorCode::invalid_input, ""});
  const auto keys = core::open_keys_untrusted(folder.text(path::keys));
  if (!manifest) return refused("not_a_bundle", std::string(path::manifest));
  if (!keys) return refused("not_a_bundle", std::string(path::keys));
  BundleCheck check;
  Bundle bundle(folder, *jws, *manifest, *keys);
  if (const auto fault = bundle.run(check); !fault.why.empty()) return refused(fault.why, fault.where);
  check.standing = trust.keys ? Standing::proved : Standing::unknown_key;
  check.why = trust.why;
  check.root = trust.root;
  check.claimed = trust.claimed;
  if (!trust.keys || bundle.believed(*trust.keys)) return check;
  check.standing = Standing::unknown_key;  // the bundle's own keys hold together and are not the asker's
  check.why = "key_not_listed";
  return check;
}

}  // namespace qabyl::sync::verify
