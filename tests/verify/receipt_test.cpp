// qabyl-verify receipt: what a stranger with a QR code or a PDF is told, offline (RELIABILITY I8; issue "evidence that
// anybody can check"). The real program for its words and exit codes, its own functions for every single bit.
#include "core/encoding.h"
#include "core/json.h"
#include "sync/verify/receipt_check.h"
#include "tests/support/receipt_scene.h"
#include "tests/verify/program.h"

using namespace qabyl;
using test::ask_verify;
using sync::verify::check_receipt_pdf;
using sync::verify::check_receipt_qr;
using sync::verify::Standing;

namespace {

struct Stranger {
  test::ReceiptScene scene;
  test::VerifyFolder folder;
  std::string print = core::fingerprint(scene.root.verify_key);
  std::string keys = folder.file("keys.json", scene.keys_json() + "\n");
  std::string root = folder.file("root.pub", core::to_hex(scene.root.verify_key) + "\n");

  sync::verify::Trust trust() const { return *sync::verify::make_trust(print, false, scene.keys_json()); }
};

bool says(const test::Answer& answer, std::string_view part) { return answer.out.find(part) != std::string::npos; }
core::Json json_of(const test::Answer& answer) {
  const auto json = core::parse_json(answer.first_line(), 100'000);
  REQUIRE(json);
  return *json;
}

}  // namespace

TEST_CASE("verify receipt: a QR text is proved up to the root, given by its file or its fingerprint", "[verify]") {
  const Stranger stranger;
  for (const auto& root : {stranger.root, stranger.print}) {
    const auto answer = ask_verify({"receipt", "--qr", stranger.scene.qr(), "--root", root, "--keys", stranger.keys});
    INFO(answer.out);
    CHECK(answer.status == 0);
    CHECK(answer.first_line() == "Genuine: this receipt is proved up to the office's root key.");
    CHECK(says(answer, "Receipt number: " + stranger.scene.receipt().number));
    CHECK(says(answer, "Taken in by kiosk AL-03: 12 March 2027, 23:35:43 (Almaty time)"));
    CHECK(says(answer, "at most ±20 s wrong"));
    CHECK(says(answer, "Key of kiosk AL-03: " + core::key_id(stranger.scene.kiosk.verify_key)));
    CHECK(says(answer, "Root key (SHA-256): " + stranger.print));
    CHECK(says(answer, "Not proved:\n- That the filing has reached the central registry"));
  }
}

TEST_CASE("verify receipt: without a root the answer is intact, but by an unknown key, and ends with 3", "[verify]") {
  const Stranger stranger;
  const auto other = core::fingerprint(stranger.scene.acceptance.verify_key);
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
      {{}, "No root key was given"}, {{"--keys", stranger.keys}, "Compare it with the office by another way"},
      {{"--root", stranger.print}, "No list of keys was given"}, {{"--root", other, "--keys", stranger.keys}, "not signed by this root key"}};
  for (const auto& [options, why] : cases) {
    std::vector<std::string> words{"receipt", "--qr", stranger.scene.qr()};
    words.insert(words.end(), options.begin(), options.end());
    const auto answer = ask_verify(words);
    INFO(answer.out);
    CHECK(answer.status == 3);
    CHECK(answer.first_line() == "Intact, but by an unknown key.");
    CHECK(says(answer, why));
    CHECK(says(answer, "- Whose keys these are."));
    CHECK_FALSE(says(answer, "\nProved:"));
  }
}

TEST_CASE("verify receipt: a receipt under a registry's key that the list does not hold is by an unknown key", "[verify]") {
  const Stranger stranger;
  const auto& scene = stranger.scene;
  const auto list = core::Keyring::sign(scene.root, "o", {{core::KeyUse::acceptance, scene.other_kiosk.verify_key, scene.enrolled, scene.enrolled + std::chrono::hours(1)}});
  const auto trust = sync::verify::make_trust(stranger.print, false, list);
  REQUIRE(trust);
  CHECK(check_receipt_qr(scene.qr(), *trust).standing == Standing::unknown_key);
  CHECK(check_receipt_qr(scene.qr(), *trust).why == "key_not_listed");
}

TEST_CASE("verify receipt: it speaks Kazakh, Russian and English, and says what an unsure clock means", "[verify]") {
  const Stranger stranger;
  auto receipt = stranger.scene.receipt();
  receipt.trust = core::Trust::untrusted;
  receipt.u_ms = 0;
  const auto qr = core::counter_receipt_qr(receipt, stranger.scene.kiosk);
  const auto asked = [&](const char* language) { return ask_verify({"receipt", "--qr", qr, "--root", stranger.root, "--keys", stranger.keys, "--lang", language}); };
  CHECK(says(asked("kk"), "Терминал сағатының көрсетуі өзгеріп кеткен"));
  CHECK(asked("kk").first_line() == "Түпнұсқа: бұл қолхат мекеменің түбірлік кілтіне дейін дәлелденді.");
  CHECK(says(asked("ru"), "Не доказано:"));
  CHECK(says(asked("en"), "- The exact time of filing."));
  for (const char* language : {"kk", "ru", "en"}) CHECK_FALSE(says(asked(language), "«verify."));  // no text is missing
}

TEST_CASE("verify receipt: a changed QR text is refused and ends with 4, whatever keys are given", "[verify]") {
  const Stranger stranger;
  auto cose = *core::from_base45(stranger.scene.qr().substr(5));
  cose[40] ^= 1;  // in the record's digest
  const auto changed = "QBL1:" + core::to_base45(cose);
  for (const auto& options : {std::vector<std::string>{}, {"--root", stranger.root, "--keys", stranger.keys}}) {
    std::vector<std::string> words{"receipt", "--qr", changed};
    words.insert(words.end(), options.begin(), options.end());
    const auto answer = ask_verify(words);
    CHECK(answer.status == 4);
    CHECK(says(answer, "The signature does not fit the content"));
    CHECK_FALSE(says(answer, "AL03-26"));  // nothing of what it claims is repeated
  }
  for (const std::string& hostile : std::vector<std::string>{"", "QBL1:", "x", std::string(100'000, 'A'), "QBL1:" + std::string(100'000, ':')}) CHECK(ask_verify({"receipt", "--qr", hostile}).status == 4);
}

TEST_CASE("verify receipt: every single-bit change of a receipt's QR is refused", "[verify]") {
  const Stranger stranger;
  const auto trust = stranger.trust();
  const auto cose = *core::from_base45(stranger.scene.qr().substr(5));
  REQUIRE(check_receipt_qr(stranger.scene.qr(), trust).standing == Standing::proved);
  std::size_t refused = 0;
  for (std::size_t bit = 0; bit < cose.size() * 8; ++bit) {
    auto changed = cose;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    refused += check_receipt_qr("QBL1:" + core::to_base45(changed), trust).standing == Standing::refused ? 1 : 0;
  }
  CHECK(refused == cose.size() * 8);
}

TEST_CASE("verify receipt: a PDF is proved whole, and says that no byte of it was changed", "[verify]") {
  const Stranger stranger;
  const auto pdf = stranger.folder.file("receipt.pdf", stranger.scene.pdf(test::small_pdf()));
  const auto answer = ask_verify({"receipt", pdf, "--root", stranger.root, "--keys", stranger.keys});
  INFO(answer.out);
  CHECK(answer.status == 0);
  CHECK(says(answer, "- No byte of this PDF has been changed since kiosk AL-03 made it"));
  CHECK(ask_verify({"receipt", pdf}).status == 3);
}

TEST_CASE("verify receipt: every single-bit change of a PDF is refused under the right keys", "[verify]") {
  const Stranger stranger;
  const auto trust = stranger.trust();
  auto file = stranger.scene.pdf(test::small_pdf());
  REQUIRE(check_receipt_pdf(file, trust).standing == Standing::proved);
  std::size_t refused = 0;
  for (std::size_t bit = 0; bit < file.size() * 8; ++bit) {
    const auto flip = static_cast<std::uint8_t>(1U << (bit % 8));
    file[bit / 8] ^= flip;
    refused += check_receipt_pdf(file, trust).standing == Standing::refused ? 1 : 0;
    file[bit / 8] ^= flip;
  }
  CHECK(refused == file.size() * 8);
}

TEST_CASE("verify receipt: a PDF whose proof is of another record than its QR is refused", "[verify]") {
  const Stranger stranger;
  const auto& scene = stranger.scene;
  auto proof = scene.proof(scene.qr());
  proof.record = core::sha256(core::as_bytes("another"));
  const auto file = core::attach_receipt_proof(test::small_pdf(), proof, scene.kiosk);
  CHECK(check_receipt_pdf(*file, stranger.trust()).why == "record_differs");
}

TEST_CASE("verify receipt: a PDF by a kiosk that the registry never certified is refused; by another that it has, proved", "[verify]") {
  const Stranger stranger;
  const auto& scene = stranger.scene;
  auto proof = scene.proof(scene.qr());
  proof.kiosk = scene.certified("AL-07", scene.other_kiosk);
  const auto other = core::attach_receipt_proof(test::small_pdf(), proof, scene.other_kiosk);
  const auto check = check_receipt_pdf(*other, stranger.trust());
  CHECK(check.standing == Standing::proved);
  CHECK(check.printer.device == "AL-07");
  CHECK(check.kiosk.device == "AL-03");
  proof.kiosk.device = "AL-08";
  CHECK(check_receipt_pdf(*core::attach_receipt_proof(test::small_pdf(), proof, scene.other_kiosk), stranger.trust()).why == "not_certified");
}

TEST_CASE("verify receipt: as JSON it gives the verdict, the facts, the keys and what is not proved", "[verify]") {
  const Stranger stranger;
  const auto json = json_of(ask_verify({"receipt", "--qr", stranger.scene.qr(), "--root", stranger.root, "--keys", stranger.keys, "--json"}));
  CHECK(json.text("verdict") == "proved");
  CHECK(json.number("exit") == 0);
  CHECK(json.number("stage") == 1);
  CHECK(json.text("number") == stranger.scene.receipt().number);
  CHECK(json.number("filed_at_ms") == stranger.scene.filed.time_since_epoch().count());
  CHECK(json.text("record") == core::to_hex(stranger.scene.receipt().record));
  CHECK(json.member("kiosk").text("device") == "AL-03");
  CHECK(json.items("not_proved").size() == 3);
  const auto refused = ask_verify({"receipt", "--qr", "QBL1:", "--json"});
  CHECK(refused.status == 4);
  CHECK(json_of(refused).text("why") == "not_a_receipt");
  CHECK(json_of(ask_verify({"receipt", "--qr", stranger.scene.qr(), "--json"})).text("verdict") == "unknown_key");
}

TEST_CASE("verify receipt: what cannot be read has no answer; a wrong command line is said", "[verify]") {
  const Stranger stranger;
  const auto empty = stranger.folder.file("empty", "");
  CHECK(ask_verify({"receipt", stranger.folder.path() + "/none.pdf"}).status == 1);
  CHECK(ask_verify({"receipt", stranger.folder.path()}).status == 1);
  CHECK(ask_verify({"receipt", "--qr", "x", "--root", empty}).status == 1);
  CHECK(ask_verify({"receipt", "--qr", "x", "--keys", empty}).status == 1);
  CHECK(ask_verify({"receipt", "--qr", "x", "--keys", stranger.root}).status == 1);
  CHECK(ask_verify({"receipt", empty}).status == 4);
  for (const auto& words : std::vector<std::vector<std::string>>{{"receipt"}, {"receipt", "a", "b"}, {"receipt", "a", "--qr", "b"}, {"receipt", "--qr"}, {"receipt", "--json"}, {"receipt", "a", "--term", "D17"}, {"terms", "a"}}) {
    CHECK(ask_verify(words).status == 2);
  }
}

TEST_CASE("verify receipt: a file larger than any receipt is refused and not read whole", "[verify]") {
  const Stranger stranger;
  const auto path = stranger.folder.file("huge.pdf", "%PDF-1.5\n");
  std::filesystem::resize_file(path, std::uintmax_t{1} << 40);  // sparse
  CHECK(ask_verify({"receipt", path}).status == 4);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // those builds are neither small nor static
TEST_CASE("verify: one static file of at most 5 MB that needs no library of others", "[verify]") {
  CHECK(std::filesystem::file_size(test::verify_program) <= 5'000'000);
  std::ifstream file(test::verify_program, std::ios::binary);
  std::array<char, 64 * 1024> head{};
  file.read(head.data(), head.size());
  // A program header of type PT_INTERP (3) would name a dynamic linker.
  std::uint16_t headers = 0, size = 0;
  std::uint64_t at = 0;
  std::memcpy(&at, head.data() + 32, 8);
  std::memcpy(&size, head.data() + 54, 2);
  std::memcpy(&headers, head.data() + 56, 2);
  REQUIRE(at + std::uint64_t{headers} * size <= head.size());
  REQUIRE(headers > 0);
  for (std::uint16_t i = 0; i < headers; ++i) {
    std::uint32_t type = 0;
    std::memcpy(&type, head.data() + at + std::size_t{i} * size, 4);
    CHECK(type != 3);
  }
}
#endif
