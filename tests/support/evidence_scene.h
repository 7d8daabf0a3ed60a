// The evidence of a small case, made from one seed: three records of a kiosk and of the office in a log that is really built,
// two documents, the registry's answers. A test may change any file, or the manifest before it is signed. Knows no database.
#pragma once

#include <functional>
#include <map>

#include "core/zip.h"
#include "sync/log/checkpoint.h"
#include "sync/log/evidence_bundle.h"
#include "sync/log/proof_file.h"
#include "tests/support/receipt_scene.h"

namespace qabyl::test {

struct EvidenceScene {
  using Files = std::map<std::string, core::Bytes>;  // all but the manifest

  ReceiptScene office;
  core::SigningKey registry_key = core::new_signing_key(office.random);
  core::Id case_id = "019ac2f4b1007abc8def0123456789ab";
  std::vector<std::string> documents{"%PDF-1.4 an application", "\x89PNG a scan"};
  std::vector<core::SignedRecord> records{signed_record(1, "AL-03", office.kiosk, 0), signed_record(2, "registry", registry_key, 2), signed_record(3, "AL-03", office.kiosk, 1)};
  sync::log::Tree tree = grown();

  core::DocumentRef document(std::size_t i) const {
    return {"document", documents[i].size(), core::sha256(core::as_bytes(documents[i])), i == 0 ? "application/pdf" : "image/png"};
  }
  core::SignedRecord signed_record(int n, const std::string& device, const core::SigningKey& key, std::size_t with_document) const {
    core::Record record;
    record.id = n == 1 ? case_id : "019ac2f4b1007abc8def01234567890" + std::to_string(n);
    record.kind = "licence_application.submit";
    record.device = device;
    record.q = n;
    record.case_id = case_id;
    record.at = {office.filed + core::Millis(n * 1000), 300, core::Trust::trusted, 2017, std::string(32, 'b'), 86'400'000};
    record.actor = {"applicant", "", "Айгүл Нұрланова"};
    record.lang = "kk";
    record.sw = "qabyl-kiosk 0.1.0";
    record.nonce = std::string(32, static_cast<char>('0' + n));
    if (with_document < documents.size()) record.docs = {document(with_document)};
    record.body = core::Json::Object{{"bin", "040740001238"}};
    return core::sign_record(record, key);
  }

  static constexpr std::uint64_t leaves = 9;
  static std::uint64_t index_of(std::size_t n) { return 2 * n; }  // of record n, from 1: other cases stand between
  core::Instant taken(std::size_t n) const { return office.filed + core::Millis(static_cast<std::int64_t>(5000 + n)); }
  sync::log::Tree grown() const {
    sync::log::Tree made;
    for (std::uint64_t i = 0; i < leaves; ++i) {
      const std::size_t n = i / 2;
      const bool ours = i > 0 && i % 2 == 0 && n <= records.size();
      made.append(ours ? sync::log::leaf_hash({records[n - 1].digest, taken(n)}) : sync::log::hash_leaf(core::as_bytes(std::to_string(i))));
    }
    return made;
  }
  std::string checkpoint() { return sync::log::sign_checkpoint({office.keys.origin(), leaves, *sync::log::root_of(tree, leaves)}, office.log); }
  core::LogPlace place(std::size_t n) { return {index_of(n), leaves, taken(n), *sync::log::inclusion_proof(tree, index_of(n), leaves), checkpoint()}; }
  std::string proof(std::size_t n) { return sync::log::encode(sync::log::proof_file(records[n - 1].digest, place(n))); }
  std::string verdict(std::size_t n, core::Outcome outcome = core::Outcome::accepted) {
    core::Verdict made;
    made.id = records[n - 1].record.id;
    made.digest = records[n - 1].digest;
    made.outcome = outcome;
    made.reason = outcome == core::Outcome::quarantined ? "case.state" : "";
    made.at = taken(n);
    return core::sign_verdict(made, office.acceptance);
  }

  Files files() {
    namespace path = sync::log::evidence_path;
    Files made{{std::string(path::keys), core::to_bytes(office.keys_json())}, {std::string(path::checkpoint), core::to_bytes(checkpoint())},
               {std::string(path::page), core::to_bytes("<p>a page</p>")}};
    for (std::size_t i = 0; i < documents.size(); ++i) made[path::document(document(i).sha256, document(i).type)] = core::to_bytes(documents[i]);
    for (std::size_t n = 1; n <= records.size(); ++n) {
      made[path::record(n)] = core::to_bytes(records[n - 1].jws);
      made[path::proof(n)] = core::to_bytes(proof(n));
      if (n < records.size()) made[path::verdict(n)] = core::to_bytes(verdict(n));  // the last is not yet judged
    }
    return made;
  }

  sync::log::EvidenceManifest manifest(const Files& of) const {
    const auto to = office.enrolled + std::chrono::hours(24 * 730);
    sync::log::EvidenceManifest made{case_id, office.filed + std::chrono::hours(1),
                                     {{"AL-03", office.kiosk.verify_key, office.enrolled, to}, {"registry", registry_key.verify_key, core::Instant{}, to}}, {}};
    for (const auto& [name, bytes] : of) made.files.push_back({name, core::sha256(bytes)});
    return made;
  }

  // The ZIP of these files under a manifest that names them; `signer`: the acceptance key, unless a forger's.
  core::Bytes zip(const Files& of, const core::SigningKey& signer) const { return packed(of, *sync::log::sign_manifest(manifest(of), signer)); }
  core::Bytes zip(const Files& of) const { return zip(of, office.acceptance); }
  core::Bytes zip() { return zip(files()); }
  // The same files under a manifest that was signed for others.
  static core::Bytes packed(const Files& of, const std::string& manifest_jws) {
    core::Bytes made;
    core::ZipWriter writer([&made](core::ByteView part) -> core::Status {
      made.insert(made.end(), part.begin(), part.end());
      return core::Done{};
    });
    for (const auto& [name, bytes] : of) QABYL_CHECK(writer.add(name, bytes));
    QABYL_CHECK(writer.add(sync::log::evidence_path::manifest, core::as_bytes(manifest_jws)));
    QABYL_CHECK(writer.finish());
    return made;
  }
  std::string root() const { return core::fingerprint(office.root.verify_key); }
};

}  // namespace qabyl::test
