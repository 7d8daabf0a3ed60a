// The PDF of a receipt before both verifiers: base and update, and every way to change a byte of them.
#include "tests/support/catch.h"

#include <filesystem>

#include "tests/page/alterations.h"
#include "tests/page/two_verifiers.h"
#include "tests/support/documents.h"
#include "tests/support/places.h"
#include "tests/support/receipt_scene.h"
#include "tests/support/rig.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

Asker asker_of(const ReceiptScene& scene) { return {core::fingerprint(scene.root.verify_key), scene.keys_json()}; }

// As cairo, the product's own library for papers, draws one.
core::Bytes drawn_pdf() {
  const rig::TemporaryFolder folder("page-pdf");
  rig::make_pdf(folder.path() + "/page.pdf", "Receipt", 2);
  return core::to_bytes(rig::read_text(folder.path() + "/page.pdf"));
}

std::string as_list(const std::vector<Edit>& edits) {
  std::string list = "[";
  for (const auto& edit : edits) list += "[" + std::to_string(edit.at) + "," + std::to_string(edit.removed) + ",'" + core::to_hex(edit.bytes) + "'],";
  return list + "]";
}

// Both verifiers on `file` with each of `edits`.
void judge_edits(PageHost& host, core::ByteView file, const std::vector<Edit>& edits, const Asker& asker, Tally& tally) {
  const auto said = lines_of(probe(host, "probe.reportsOfEdits('" + core::to_hex(file) + "', " + as_list(edits) + ", " + js(asker.root) + ", " + js(asker.keys) + ")"));
  REQUIRE(said.size() == edits.size());
  for (std::size_t i = 0; i < edits.size(); ++i) tally.add(program_says(edited(file, edits[i]), asker), said[i], as_list({edits[i]}));
}

std::string page_says_of(PageHost& host, const core::Bytes& file, const Asker& asker) { return page_says(host, {std::string(core::as_text(file))}, asker).at(0); }

}  // namespace

TEST_CASE("page: the PDF of a receipt is proved, whoever drew it, and as far as the keys are known", "[page][pdf]") {
  const ReceiptScene scene;
  const ReceiptScene other{.random = SeededRandom(2)};
  for (const auto& base : {small_pdf(), drawn_pdf()}) {
    const auto file = scene.pdf(base);
    for (PageHost* host : page_hosts()) {
      INFO(host->name());
      for (const auto& [asker, verdict] : std::vector<std::pair<Asker, std::string>>{
               {asker_of(scene), "proved"}, {{}, "unknown_key no_root"}, {asker_of(other), "unknown_key key_not_listed"}, {{asker_of(other).root, asker_of(scene).keys}, "unknown_key keys_of_other_root"}}) {
        const auto said = page_says_of(*host, file, asker);
        CHECK(verdict_of(said) == verdict);
        CHECK(said == program_says(core::ByteView(file), asker));
      }
      CHECK(verdict_of(page_says_of(*host, base, asker_of(scene))) == "refused not_a_receipt");
    }
  }
}

TEST_CASE("page: a PDF that a stranger signed, or of another record than its QR, is not the office's", "[page][pdf]") {
  const ReceiptScene scene;
  const ReceiptScene other{.random = SeededRandom(2)};
  auto by_stranger = scene.proof(scene.qr());  // a kiosk without the registry's word on its key
  by_stranger.kiosk.key = other.kiosk.verify_key;
  auto mixed = scene.proof(scene.qr());
  mixed.record = core::sha256(core::as_bytes("another record"));
  auto no_qr = scene.proof("QBL1:nothing");
  const std::vector<std::pair<core::Bytes, std::string>> cases{
      {*core::attach_receipt_proof(small_pdf(), by_stranger, other.kiosk), "refused not_certified"}, {*core::attach_receipt_proof(small_pdf(), mixed, scene.kiosk), "refused record_differs"},
      {*core::attach_receipt_proof(small_pdf(), no_qr, scene.kiosk), "refused not_a_receipt"}};
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    for (const auto& [file, verdict] : cases) {
      const auto said = page_says_of(*host, file, asker_of(scene));
      CHECK(verdict_of(said) == verdict);
      CHECK(said == program_says(core::ByteView(file), asker_of(scene)));
    }
  }
}

TEST_CASE("page: every byte of a receipt's PDF counts, and of what is attached", "[page][pdf][bits]") {
  const ReceiptScene scene;
  const auto file = scene.pdf(small_pdf());
  const auto base_bytes = small_pdf().size();
  std::vector<Edit> edits;
  for (std::size_t at = 0; at < file.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      const bool usual = bit == at % 8 || (at >= base_bytes && bit == (at + 5) % 8);  // the program's own tests take them all
      if (usual || altered_count(0) > 0) edits.push_back({at, 1, {static_cast<std::uint8_t>(file[at] ^ (1U << bit))}});
    }
    if (at % 5 == 0) edits.push_back({at, file.size() - at, {}});
  }
  const auto hosts = page_hosts();
  if (hosts.empty()) return;
  Tally tally;
  judge_edits(*hosts[0], file, edits, asker_of(scene), tally);
  tally.check();
}

TEST_CASE("page: thousands of altered PDFs are refused by both verifiers, in the same words", "[page][pdf][fuzz]") {
  const ReceiptScene scene;
  const auto small = scene.pdf(small_pdf()), drawn = scene.pdf(drawn_pdf());
  const auto hosts = page_hosts();
  std::mt19937_64 random(altered_seed(20261129));
  Tally tally;
  for (std::size_t round = 0; tally.made < altered_count(1500) && !hosts.empty(); ++round) {
    const auto& file = round % 4 == 3 ? drawn : small;
    std::vector<Edit> edits;  // half of them in the last part, where the proof and the tables lie
    while (edits.size() < 125) edits.push_back(random_edit(file, edits.size() % 2 == 0 ? 0 : file.size() - std::min<std::size_t>(file.size(), 2500), random));
    judge_edits(*hosts[round % 8 == 7 ? hosts.size() - 1 : 0], file, edits, asker_of(scene), tally);
  }
  tally.check();
}

TEST_CASE("page: PDFs of others, odd and hostile, are no receipts, quickly", "[page][pdf]") {
  const std::filesystem::path folder = std::filesystem::path(qabyl::test::in_source()) / "../shared/samples/pdf";
  if (!std::filesystem::exists(folder)) {
    WARN("SKIP: no ../shared/samples/pdf here, strange PDFs were not given to verify.html");
    return;
  }
  const auto hosts = page_hosts();
  if (hosts.empty()) return;
  std::size_t looked_at = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".pdf" || entry.file_size() > 300'000) continue;
    ++looked_at;
    INFO(entry.path().filename());
    // With a seam of ours behind it, so that the reader of the base has to look at it.
    const std::string text = rig::read_text(entry.path().string()) + (looked_at % 2 == 0 ? "\n%%EOF\n% Qabyl receipt proof 1\n1 0 obj\nstream\na.b.c\nendstream\n" : "");
    const auto said = page_says(*hosts[0], {text}, {}).at(0);
    CHECK(verdict_of(said).starts_with("refused"));
    if (text.starts_with("%PDF-")) CHECK(said == program_says(core::as_bytes(text), {}));
  }
  CHECK(looked_at > 50);
}
