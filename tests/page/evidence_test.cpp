// The evidence of a case and the proof of one record before both code bases: verify.html says of each what qabyl-verify says,
// altered byte by altered byte.
#include "tests/support/catch.h"

#include <random>

#include "sync/verify/bundle_command.h"
#include "sync/verify/proof_command.h"
#include "tests/page/alterations.h"
#include "tests/page/two_verifiers.h"
#include "tests/support/evidence_scene.h"

using namespace qabyl;
using namespace qabyl::test;
namespace path = sync::log::evidence_path;

namespace {

Asker asker_of(const EvidenceScene& scene) { return {scene.root(), scene.office.keys_json()}; }
std::string without_end(std::string line) {
  REQUIRE(line.ends_with('\n'));
  line.pop_back();
  return line;
}
// The page sees from the first bytes that a file is to be evidence; the program is told. What does not begin so is any file to both.
std::string program_on(const core::Bytes& zip, const Asker& asker) {
  const bool begins = core::as_text(zip).starts_with("PK\x03\x04");
  return begins ? without_end(sync::verify::bundle_json(sync::verify::check_bundle(zip, asker.trust()))) : program_says(core::as_text(zip), asker);
}
std::string program_on_proof(const std::string& proof, const Asker& asker) { return without_end(sync::verify::proof_json(sync::verify::check_proof(proof, "", asker.trust()), false)); }
std::vector<std::string> page_on_edits(PageHost& host, const core::Bytes& file, const std::vector<Edit>& edits, const Asker& asker) {
  std::string list = "[";
  for (const auto& edit : edits) list += "[" + std::to_string(edit.at) + "," + std::to_string(edit.removed) + ",'" + core::to_hex(edit.bytes) + "'],";
  return lines_of(probe(host, "probe.reportsOfEdits('" + core::to_hex(file) + "', " + list + "], " + js(asker.root) + ", " + js(asker.keys) + ")"));
}
std::string text_of(const core::Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

// Evidence over which the registry has signed, each wrong in its own way.
std::vector<core::Bytes> wrongly_made(EvidenceScene& scene) {
  const auto text = [](std::string_view words) { return core::to_bytes(words); };
  const std::vector<std::function<void(EvidenceScene::Files&)>> changes{
      [](auto& files) { std::swap(files[path::record(1)], files[path::record(3)]); }, [](auto& files) { std::swap(files[path::verdict(1)], files[path::verdict(2)]); },
      [](auto& files) { std::swap(files[path::proof(1)], files[path::proof(2)]); }, [](auto& files) { files.erase(path::proof(2)); },
      [](auto& files) { files[path::record(4)] = files[path::record(1)]; }, [&](auto& files) { files[path::record(2)] = text("no record"); },
      [&](auto& files) { files["documents/x.pdf"] = text("nobody names it"); }, [](auto& files) { files.erase(std::string(path::checkpoint)); },
      [&](auto& files) { files[std::string(path::keys)] = text("{}"); }, [&](auto& files) { files["records/0009.jws"] = text("x"); },
      [](auto& files) { files.erase(path::verdict(1)); }, [&](auto& files) { files.erase(path::document(scene.document(1).sha256, "image/png")); }};
  std::vector<core::Bytes> made{scene.zip(scene.files(), scene.office.kiosk), scene.zip(scene.files(), scene.office.log)};
  for (const auto& change : changes) {
    auto files = scene.files();
    change(files);
    made.push_back(scene.zip(files));
  }
  return made;
}

}  // namespace

TEST_CASE("page: the evidence of a case gets the same verdict from both", "[page][evidence]") {
  EvidenceScene scene;
  const EvidenceScene other{.office = ReceiptScene{.random = SeededRandom(2)}};
  const auto zip = scene.zip();
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    for (const Asker& asker : {asker_of(scene), Asker{}, Asker{scene.root(), ""}, asker_of(other), Asker{std::string(64, 'a'), scene.office.keys_json()}}) {
      CHECK(page_says(*host, {text_of(zip)}, asker).at(0) == program_on(zip, asker));
    }
    CHECK(verdict_of(page_says(*host, {text_of(zip)}, asker_of(scene)).at(0)) == "proved");
    for (const auto& wrong : wrongly_made(scene)) CHECK(page_says(*host, {text_of(wrong)}, asker_of(scene)).at(0) == program_on(wrong, asker_of(scene)));
  }
}

TEST_CASE("page: who was given a root needs no list of keys for the evidence", "[page][evidence]") {
  EvidenceScene scene;
  const auto zip = scene.zip();
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    CHECK(probe(*host, "keysInside(fromHex('" + core::to_hex(zip) + "'))") == scene.office.keys_json());
    CHECK(probe(*host, "keysInside(fromHex('" + core::to_hex(core::ByteView(zip).first(zip.size() - 1)) + "'))").empty());
  }
}

TEST_CASE("page: altered evidence is accepted by neither, and both name the same file", "[page][evidence][fuzz]") {
  EvidenceScene scene;
  const auto asker = asker_of(scene);
  const auto zip = scene.zip();
  const auto hosts = page_hosts();
  std::mt19937_64 random(altered_seed(7));
  Tally tally;
  for (std::size_t round = 0; tally.made < altered_count(800) && !hosts.empty(); ++round) {
    std::vector<Edit> edits;
    while (edits.size() < 100) edits.push_back(random_edit(zip, 0, random));
    const auto page = page_on_edits(*hosts[round % 4 == 3 ? hosts.size() - 1 : 0], zip, edits, asker);  // one batch of four in the browser
    REQUIRE(page.size() == edits.size());
    for (std::size_t i = 0; i < edits.size(); ++i) tally.add(program_on(edited(zip, edits[i]), asker), page[i], "round " + std::to_string(round) + ", edit " + std::to_string(i));
  }
  tally.check();
}

TEST_CASE("page: the proof of one record gets the same verdict from both", "[page][evidence]") {
  EvidenceScene scene;
  const auto asker = asker_of(scene);
  const auto proof = scene.proof(2);
  std::vector<std::string> altered{proof};
  std::mt19937_64 random(8);
  for (std::size_t i = 0; i < altered_count(400); ++i) {
    auto one = proof;
    one[1 + random() % (one.size() - 1)] ^= static_cast<char>(1 + random() % 127);
    altered.push_back(one);
  }
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    const auto said = page_says(*host, altered, asker);
    CHECK(verdict_of(said.at(0)) == "proved");
    CHECK(page_says(*host, {proof}, Asker{}).at(0) == program_on_proof(proof, Asker{}));
    for (std::size_t i = 1; i < altered.size(); ++i) {
      INFO(altered[i]);
      CHECK(said[i] == program_on_proof(altered[i], asker));
      CHECK(verdict_of(said[i]) != "proved");  // at best signed by nobody that we know
    }
  }
}
