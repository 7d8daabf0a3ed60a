// qabyl-verify bundle: the evidence of a case (issue 4; sync/log/format-bundle.md). Whatever is altered is named by its file,
// whoever has signed the manifest anew included, as far as the other keys can tell.
#include <algorithm>
#include <cstdlib>

#include "core/encoding.h"
#include "sync/verify/bundle_check.h"
#include "tests/support/evidence_scene.h"
#include "tests/verify/program.h"

using namespace qabyl;
using sync::verify::BundleCheck;
using sync::verify::Standing;
using test::EvidenceScene;
namespace path = sync::log::evidence_path;

namespace {

sync::verify::Trust trust_in(const EvidenceScene& scene) { return *sync::verify::make_trust(scene.root(), false, scene.office.keys_json()); }

BundleCheck checked(const EvidenceScene& scene, const core::Bytes& zip) { return sync::verify::check_bundle(zip, trust_in(scene)); }

std::string verdict_of(const BundleCheck& check) { return std::string(to_text(check.standing)) + " " + check.why + (check.where.empty() ? "" : " " + check.where); }

// What the check says when the files are changed and the registry itself signs the manifest over them.
std::string after(EvidenceScene& scene, const std::function<void(EvidenceScene::Files&)>& change) {
  auto files = scene.files();
  change(files);
  return verdict_of(checked(scene, scene.zip(files)));
}

}  // namespace

TEST_CASE("bundle: the evidence of a case is proved up to the root", "[verify][bundle]") {
  EvidenceScene scene;
  const auto check = checked(scene, scene.zip());
  INFO(verdict_of(check));
  REQUIRE(check.standing == Standing::proved);
  CHECK(check.records == 3);
  CHECK(check.documents == 2);
  CHECK(check.missing.empty());
  CHECK(check.outcomes == std::map<std::string, std::size_t>{{"accepted", 2}, {"none", 1}});
  CHECK(check.case_id == scene.case_id);
  CHECK(check.first == scene.taken(1));
  CHECK(check.last == scene.taken(3));
  CHECK(check.checkpoint.size == EvidenceScene::leaves);
}

TEST_CASE("bundle: without a root, or under another, it is intact by an unknown key", "[verify][bundle]") {
  EvidenceScene scene;
  const auto zip = scene.zip();
  const auto keys = sync::verify::keys_in_bundle(zip);
  CHECK(keys == scene.office.keys_json());
  CHECK(verdict_of(sync::verify::check_bundle(zip, *sync::verify::make_trust("", false, keys))) == "unknown_key no_root");
  CHECK(sync::verify::check_bundle(zip, *sync::verify::make_trust("", false, keys)).claimed == scene.root());
  CHECK(verdict_of(sync::verify::check_bundle(zip, *sync::verify::make_trust(std::string(64, 'a'), false, keys))) == "unknown_key keys_of_other_root");
  const test::ReceiptScene other{.random = test::SeededRandom(2)};
  const auto others = *sync::verify::make_trust(core::fingerprint(other.root.verify_key), false, other.keys_json());
  CHECK(verdict_of(sync::verify::check_bundle(zip, others)) == "unknown_key key_not_listed");
}

TEST_CASE("bundle: every byte of it is covered", "[verify][bundle]") {
  EvidenceScene scene;
  const auto zip = scene.zip();
  const auto trust = trust_in(scene);
  std::size_t proved = 0;
  for (std::size_t at = 0; at < zip.size(); ++at) {
    auto altered = zip;
    altered[at] ^= static_cast<std::uint8_t>(1U << (at % 8));
    const auto check = sync::verify::check_bundle(altered, trust);
    if (check.standing != Standing::refused) {
      UNSCOPED_INFO("byte " << at);
      ++proved;
    }
  }
  CHECK(zip.size() > 10'000);
  CHECK(proved == 0);
  for (std::size_t size = 0; size < zip.size(); size += 37) CHECK(sync::verify::check_bundle(core::ByteView(zip).first(size), trust).standing == Standing::refused);
}

TEST_CASE("bundle: what a dishonest registry signs over is still found, and named", "[verify][bundle]") {
  EvidenceScene scene;
  const auto text = [](std::string_view words) { return core::to_bytes(words); };
  const auto pdf = path::document(scene.document(0).sha256, "application/pdf");

  CHECK(after(scene, [&](auto& files) { files[pdf] = text("%PDF-1.4 another"); }) == "refused bundle_file " + pdf);  // its name is its digest
  CHECK(after(scene, [&](auto& files) { files["documents/x.pdf"] = text("nobody names it"); }) == "refused bundle_file documents/x.pdf");
  CHECK(after(scene, [&](auto& files) { files["records/0005.jws"] = files[path::record(1)]; }) == "refused bundle_file records/0005.jws");
  CHECK(after(scene, [&](auto& files) { files[path::record(4)] = files[path::record(1)]; }) == "refused bundle_record " + path::record(4));
  CHECK(after(scene, [&](auto& files) { files[path::record(2)] = text("no record"); }) == "refused bundle_record " + path::record(2));
  CHECK(after(scene, [&](auto& files) { std::swap(files[path::record(1)], files[path::record(3)]); }) == "refused not_in_log " + path::proof(1));
  CHECK(after(scene, [&](auto& files) { std::swap(files[path::proof(1)], files[path::proof(2)]); }) == "refused not_in_log " + path::proof(1));
  CHECK(after(scene, [&](auto& files) { files.erase(path::proof(2)); }) == "refused not_in_log " + path::proof(2));
  CHECK(after(scene, [&](auto& files) { std::swap(files[path::verdict(1)], files[path::verdict(2)]); }) == "refused verdict " + path::verdict(1));
  CHECK(after(scene, [&](auto& files) { files.erase(std::string(path::checkpoint)); }) == "refused checkpoint checkpoint");
  CHECK(after(scene, [&](auto& files) { files[std::string(path::keys)] = text("{}"); }) == "refused not_a_bundle keys.json");
  CHECK(after(scene, [&](auto& files) { for (int n = 1; n <= 3; ++n) files.erase(path::record(static_cast<std::size_t>(n))); }) == "refused bundle_empty " + path::record(1));

  // A record made up later: signed by the right device, but the log does not hold it.
  auto later = scene;
  later.records[1] = scene.signed_record(7, "registry", scene.registry_key, 2);
  CHECK(after(later, [&](auto& files) { files[path::proof(2)] = core::to_bytes(scene.proof(2)); }) == "refused not_in_log " + path::proof(2));
  // A record of another device than the manifest knows, and one of another case.
  auto forged = scene;
  forged.records[0] = scene.signed_record(1, "AL-03", scene.office.other_kiosk, 0);
  CHECK(verdict_of(checked(forged, forged.zip())) == "refused record_signature " + path::record(1));
  auto strange = scene;
  strange.case_id = "019ac2f4b1007abc8def0123456789ac";
  CHECK(verdict_of(checked(strange, strange.zip())) == "refused record_differs " + path::record(1));
}

TEST_CASE("bundle: a document that is not here is said to be missing, not refused", "[verify][bundle]") {
  EvidenceScene scene;
  auto files = scene.files();
  files.erase(path::document(scene.document(1).sha256, "image/png"));
  const auto check = checked(scene, scene.zip(files));
  CHECK(check.standing == Standing::proved);
  CHECK(check.documents == 1);
  CHECK(check.missing == std::vector<core::Digest>{scene.document(1).sha256});
}

TEST_CASE("bundle: nobody but the registry signs the list of files", "[verify][bundle]") {
  EvidenceScene scene;
  const auto files = scene.files();
  CHECK(verdict_of(checked(scene, scene.zip(files, scene.office.kiosk))) == "refused bundle_signature bundle.jws");
  CHECK(verdict_of(checked(scene, scene.zip(files, scene.office.log))) == "refused bundle_signature bundle.jws");  // a listed key, of another use
  auto fewer = files;
  fewer.erase(path::record(3));
  const auto signed_before = *sync::log::sign_manifest(scene.manifest(files), scene.office.acceptance);
  CHECK(verdict_of(checked(scene, EvidenceScene::packed(fewer, signed_before))) == "refused bundle_file " + path::record(3));
  fewer = files;
  fewer["extra"] = core::to_bytes("x");
  CHECK(verdict_of(checked(scene, EvidenceScene::packed(fewer, signed_before))) == "refused bundle_file extra");
}

TEST_CASE("bundle: the program answers in three languages and as JSON", "[verify][bundle]") {
  EvidenceScene scene;
  const test::VerifyFolder folder;
  const auto zip = folder.file("case.zip", scene.zip());
  const auto root = folder.file("root.pub", core::to_hex(scene.office.root.verify_key) + "\n");
  const auto proved = test::ask_verify({"bundle", zip, "--root", root});  // the list of keys lies in the bundle
  CHECK(proved.status == 0);
  CHECK(proved.first_line() == "Proved: the records and documents of this case are unaltered, and all stand in the office's log.");
  CHECK(test::ask_verify({"bundle", zip}).status == 3);
  CHECK(test::ask_verify({"bundle", zip, "--lang", "kk"}).first_line() == "Бүтін, бірақ кілті белгісіз.");
  CHECK(test::ask_verify({"bundle", zip, "--root", scene.root(), "--lang", "ru"}).status == 0);
  auto files = scene.files();
  files[path::record(2)].back() ^= 1U;
  const auto altered = folder.file("altered.zip", EvidenceScene::packed(files, *sync::log::sign_manifest(scene.manifest(scene.files()), scene.office.acceptance)));
  const auto refused = test::ask_verify({"bundle", altered, "--root", scene.root(), "--json"});
  CHECK(refused.status == 4);
  CHECK(refused.out == R"({"exit":4,"verdict":"refused","where":"records/0002.jws","why":"bundle_file"})" "\n");
  CHECK(test::ask_verify({"bundle", folder.path() + "/none.zip"}).status == 1);
  CHECK(test::ask_verify({"bundle"}).status == 2);
  CHECK(std::system(("unzip -q -t '" + zip + "' >/dev/null 2>&1 || python3 -m zipfile -t '" + zip + "' >/dev/null").c_str()) == 0);
}
