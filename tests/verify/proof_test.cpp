// qabyl-verify proof: one record's place in the log, by itself (sync/log/format.md, 6).
#include "core/encoding.h"
#include "sync/verify/proof_check.h"
#include "tests/support/evidence_scene.h"
#include "tests/verify/program.h"

using namespace qabyl;
using sync::verify::check_proof;
using sync::verify::Standing;
using test::EvidenceScene;

namespace {

sync::verify::Trust trust_in(const EvidenceScene& scene) { return *sync::verify::make_trust(scene.root(), false, scene.office.keys_json()); }

std::string verdict_of(const sync::verify::ProofCheck& check) { return std::string(to_text(check.standing)) + (check.why.empty() ? "" : " " + check.why); }

}  // namespace

TEST_CASE("proof: a record's place is proved, with the record at hand and without", "[verify][proof]") {
  EvidenceScene scene;
  const auto proof = scene.proof(2);
  const auto trust = trust_in(scene);
  CHECK(sync::log::encode(*sync::log::parse_proof_file(proof)) == proof);
  CHECK(verdict_of(check_proof(proof, "", trust)) == "proved");
  CHECK(verdict_of(check_proof(proof + "\n", scene.records[1].jws, trust)) == "proved");
  CHECK(verdict_of(check_proof(proof, core::to_hex(scene.records[1].digest), trust)) == "proved");
  CHECK(verdict_of(check_proof(proof, scene.records[0].jws, trust)) == "refused record_differs");
  CHECK(verdict_of(check_proof(proof, scene.verdict(2), trust)) == "refused record_differs");
  CHECK(verdict_of(check_proof(proof, "", *sync::verify::make_trust("", false, ""))) == "unknown_key no_root");
  const test::ReceiptScene other{.random = test::SeededRandom(2)};
  CHECK(verdict_of(check_proof(proof, "", *sync::verify::make_trust(core::fingerprint(other.root.verify_key), false, other.keys_json()))) == "unknown_key key_not_listed");
}

TEST_CASE("proof: no single change of a bit is proved", "[verify][proof]") {
  EvidenceScene scene;
  const auto proof = scene.proof(2);
  const auto trust = trust_in(scene);
  std::size_t proved = 0, unknown = 0;
  for (std::size_t at = 0; at < proof.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      auto altered = proof;
      altered[at] = static_cast<char>(altered[at] ^ (1 << bit));
      const auto check = check_proof(altered, "", trust);
      proved += check.standing == Standing::proved ? 1U : 0U;
      unknown += check.standing == Standing::unknown_key ? 1U : 0U;
    }
  }
  CHECK(proved == 0);
  CHECK(unknown > 0);  // another name or key id under the checkpoint: signed by nobody that we know
  CHECK(unknown < 200);
  for (const char* hostile : {"", "{}", "[]", "{\"v\":1}", "{\"checkpoint\":\"\",\"entry\":\"\",\"index\":0,\"proof\":[],\"size\":18446744073709551616,\"v\":1}"}) {
    CHECK(verdict_of(check_proof(hostile, "", trust)) == "refused not_a_proof");
  }
}

TEST_CASE("proof: the program answers", "[verify][proof]") {
  EvidenceScene scene;
  const test::VerifyFolder folder;
  const auto proof = folder.file("proof.json", scene.proof(1)), record = folder.file("record.jws", scene.records[0].jws), keys = folder.file("keys.json", scene.office.keys_json());
  const auto proved = test::ask_verify({"proof", proof, "--record", record, "--root", scene.root(), "--keys", keys});
  CHECK(proved.status == 0);
  CHECK(proved.first_line() == "Proved: this record stands in the office's log.");
  CHECK(test::ask_verify({"proof", proof, "--lang", "kk"}).first_line() == "Бүтін, бірақ кілті белгісіз.");
  const auto json = test::ask_verify({"proof", proof, "--root", scene.root(), "--keys", keys, "--json"});
  CHECK(json.out.find(R"("not_proved":["content","witness","record"])") != std::string::npos);
  CHECK(json.out.find(R"("index":2)") != std::string::npos);
  CHECK(test::ask_verify({"proof", record, "--root", scene.root(), "--keys", keys}).status == 4);
}
