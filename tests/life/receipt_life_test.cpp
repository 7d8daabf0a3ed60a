// The receipt of a filing through both ends: the registry's acceptance gives the kiosk its stage 2, the holder finds it by number
// and check code, at this kiosk or any other, and takes it home as PDF, and qabyl-verify, the program itself, proves it (issue 4,
// lines 2 and 9).
#include <fstream>

#include "core/registry_receipt.h"
#include "sync/log/checkpoint.h"
#include "sync/log/place.h"
#include "tests/life/applicant_at_screen.h"
#include "tests/support/documents.h"
#include "tests/sync/licence_desk.h"
#include "tests/verify/program.h"

using namespace qabyl;
using namespace qabyl::life;

namespace {

struct Receipts {
  test::LicenceDesk office;
  WholeKiosk kiosk{office.desk.office, office.desk.kiosk};
  ApplicantAtScreen applicant{kiosk};
  test::VerifyFolder folder;
  std::vector<std::string> trust{"--root", core::fingerprint(office.registry().keys.root), "--keys", folder.file("keys.json", office.registry().keys.keys_jws)};

  Receipts() { rig::make_pdf(kiosk.stick() + "/charter.pdf", "charter", 2); }
  test::Answer verify(std::vector<std::string> words) const {
    words.insert(words.begin(), "receipt");
    words.insert(words.end(), trust.begin(), trust.end());
    return test::ask_verify(words);
  }
  core::Bytes saved(const std::string& name) const { return *core::sys::read_file(kiosk.stick() + "/" + name, 16 * 1024 * 1024); }
};

}  // namespace

TEST_CASE("a receipt looked up after the registry's answer is saved as PDF of stage 2, which qabyl-verify proves", "[life][stage2]") {
  Receipts r;
  const auto receipt = r.applicant.files(core::Procedure::issue, test::holder_bin, {{"LD2", "charter.pdf"}});
  const auto view = r.applicant.saves(receipt);
  REQUIRE(view.logged_at);
  const auto file = r.saved("qabyl-receipt.pdf");
  const auto path = r.folder.file("receipt.pdf", file);
  const auto answer = r.verify({path});
  INFO(answer.out);
  CHECK(answer.status == 0);
  CHECK(answer.out.find(receipt.number) != std::string::npos);
  CHECK(answer.out.find("- The record stands in the evidence log") != std::string::npos);
  const auto json = core::parse_json(r.verify({path, "--json"}).first_line(), 100'000);
  REQUIRE(json);
  CHECK(json->text("verdict") == "proved");
  CHECK(json->number("stage") == 2);
  CHECK(r.verify({"--qr", view.proof_qr}).status == 0);  // the code on the screen alone
  CHECK(core::parse_registry_receipt(view.proof_qr)->number == receipt.number);

  std::size_t refused = 0, tried = 0;
  for (std::size_t at = 100; at < file.size(); at += file.size() / 23, ++tried) {
    auto changed = file;
    changed[at] ^= 1;
    refused += r.verify({r.folder.file("changed.pdf", changed)}).status == 4 ? 1 : 0;
  }
  CHECK(refused == tried);
}

TEST_CASE("a receipt saved while the line is cut is of stage 1; the same one after the line is back, and a restart, is of stage 2", "[life][stage2]") {
  Receipts r;
  const auto filed = r.applicant.files(core::Procedure::issue, test::holder_bin, {{"LD2", "charter.pdf"}});
  r.kiosk.line.cut = true;
  const auto withdrawn = r.applicant.withdraws_unsent(filed);
  CHECK_FALSE(r.applicant.saves(withdrawn).logged_at);
  const auto stage = [&](const std::string& name) {
    const auto json = core::parse_json(r.verify({r.folder.file("receipt.pdf", r.saved(name)), "--json"}).first_line(), 100'000);
    REQUIRE(json);
    CHECK(json->text("verdict") == "proved");
    return json->number("stage");
  };
  CHECK(stage("qabyl-receipt.pdf") == 1);
  r.kiosk.line.cut = false;
  r.kiosk.sync();
  r.kiosk.power_cut();
  CHECK(r.applicant.saves(withdrawn).logged_at);
  CHECK(stage("qabyl-receipt (2).pdf") == 2);
}

TEST_CASE("a receipt is held against a copy of the log, and a witness says of both", "[life][stage2][witness]") {
  namespace elog = sync::log;
  Receipts r;
  const auto receipt = r.applicant.files(core::Procedure::issue, test::holder_bin, {{"LD2", "charter.pdf"}});
  const auto view = r.applicant.saves(receipt);
  const auto path = r.folder.file("receipt.pdf", r.saved("qabyl-receipt.pdf"));
  auto& registry = r.office.registry();
  REQUIRE(registry.log_files.publish(registry.log));
  const std::string log = r.office.desk.office.folder() + "/log";
  const auto ask = [&](const std::string& given, std::vector<std::string> more = {}) {
    std::vector<std::string> words{"log", log, "--receipt", given};
    words.insert(words.end(), r.trust.begin(), r.trust.end());
    words.insert(words.end(), more.begin(), more.end());
    return test::ask_verify(words);
  };
  for (const auto& given : {path, view.proof_qr}) {
    const auto answer = ask(given);
    INFO(answer.out);
    CHECK(answer.status == 0);
    CHECK(answer.out.find("The record of receipt " + receipt.number + " is entry " + std::to_string(core::parse_registry_receipt(view.proof_qr)->index + 1) + " of this log.") != std::string::npos);
  }
  test::SeededRandom random(77);
  const auto key = core::new_signing_key(random);
  const elog::NoteKey witness{"witness.example/w1", key.verify_key, elog::NoteAlgorithm::cosignature_v1};
  CHECK(ask(path, {"--witness", elog::to_vkey(witness)}).status == 5);  // it has said nothing yet
  auto note = *elog::parse_note(registry.log.checkpoint());
  note.signatures.push_back(elog::cosign(note.text, witness.name, key, 1'795'000'000));
  std::filesystem::create_directories(log + "/witness");
  std::ofstream(log + "/" + elog::witness_path(witness), std::ios::binary) << elog::write_note(note);
  CHECK(ask(path, {"--witness", elog::to_vkey(witness)}).status == 0);

  CHECK(ask(view.qr).status == 4);  // of stage 1: it stands in no log
  auto bent = r.saved("qabyl-receipt.pdf");
  bent[300] ^= 1;
  CHECK(ask(r.folder.file("bent.pdf", bent)).status == 4);
}

namespace {

// Another kiosk of the office, which took nothing.
struct Elsewhere {
  Receipts first;
  test::TestKiosk identity{first.office.desk.office, first.office.desk.office.add_kiosk("AL-05"), 9};
  WholeKiosk kiosk{first.office.desk.office, identity};
  ApplicantAtScreen applicant{kiosk};
  Receipt receipt = first.applicant.files(core::Procedure::issue, test::holder_bin, {{"LD2", "charter.pdf"}});

  void types(const std::string& number, const std::string& code) {
    kiosk.feed(kiosk::person::LookUpPressed{});
    kiosk.feed(kiosk::person::TextTyped{number});
    kiosk.feed(kiosk::person::FieldTapped{kiosk::Field::look_code});
    kiosk.feed(kiosk::person::TextTyped{code});
    kiosk.feed(kiosk::person::PrimaryPressed{});
  }
  const kiosk::LookUpScreen& asks(const std::string& number, const std::string& code) {
    types(number, code);
    return kiosk.at<kiosk::LookUpScreen>();
  }
  kiosk::reply::LookedUp::Why refused(const std::string& number, const std::string& code) {
    const auto& screen = asks(number, code);
    CHECK(screen.stage == kiosk::LookUpScreen::Stage::none);
    const auto why = screen.why_none;
    kiosk.feed(kiosk::person::BackPressed{});
    return why;
  }
};

}  // namespace

TEST_CASE("any kiosk shows and saves the receipt that another one gave, proved up to the root, and nothing else of the case", "[life][stage2][anywhere]") {
  Elsewhere at;
  at.kiosk.sync();
  const auto& screen = at.asks(at.receipt.number, at.receipt.check_code);
  REQUIRE(screen.stage == kiosk::LookUpScreen::Stage::found);
  CHECK(screen.receipt->elsewhere == "AL-03");
  CHECK(screen.receipt->logged_at);
  CHECK(screen.receipt->organisation != "");
  CHECK(screen.receipt->files > 0);
  CHECK(screen.word.state.empty());
  CHECK(screen.word.representative.empty());  // no person is named
  for (const auto act : {kiosk::FollowAct::withdraw, kiosk::FollowAct::supplement, kiosk::FollowAct::deliver}) CHECK_FALSE(screen.offers(act));
  at.kiosk.feed(kiosk::person::ProofPressed{});
  at.kiosk.feed(kiosk::person::SaveReceiptPressed{});
  CHECK(at.kiosk.at<kiosk::LookUpScreen>().copy == kiosk::ReceiptScreen::Copy::saved);
  CHECK(at.first.verify({"--qr", at.kiosk.at<kiosk::LookUpScreen>().receipt->proof_qr}).status == 0);
  const auto file = *core::sys::read_file(at.kiosk.stick() + "/qabyl-receipt.pdf", 16 * 1024 * 1024);
  const auto answer = at.first.verify({at.first.folder.file("elsewhere.pdf", file), "--json"});
  INFO(answer.out);
  const auto json = core::parse_json(answer.first_line(), 100'000);
  REQUIRE(json);
  CHECK(json->text("verdict") == "proved");
  CHECK(json->number("stage") == 2);
  CHECK(json->text("device") == "AL-03");
  CHECK(json->find("kiosk") == nullptr);  // the registry has no receipt of stage 1
  CHECK(json->member("printer").text("device") == "AL-05");

  at.kiosk.feed(kiosk::person::ProofPressed{});
  at.kiosk.feed(kiosk::person::BackPressed{});  // another number: what was shown is gone
  at.kiosk.feed(kiosk::person::BackPressed{});
  CHECK(at.first.office.desk.office.count("SELECT count(*) FROM audit WHERE action = 'receipt.read' AND actor = 'AL-05'") == 1);
  // The kiosk that took it says more, and asks nobody.
  CHECK(at.first.applicant.saves(at.receipt).elsewhere.empty());
  CHECK(at.first.office.desk.office.count("SELECT count(*) FROM audit WHERE action = 'receipt.read'") == 1);
}

TEST_CASE("what is told of another kiosk's receipt goes with its visitor, also when it comes after he has left", "[life][stage2][anywhere][privacy]") {
  Elsewhere at;
  at.kiosk.sync();
  const auto record = at.asks(at.receipt.number, at.receipt.check_code).receipt->record;
  CHECK(at.kiosk.receipt_pdf(record));
  at.kiosk.feed(kiosk::person::BackPressed{});
  CHECK_FALSE(at.kiosk.receipt_pdf(record));
  at.kiosk.feed(kiosk::person::BackPressed{});

  for (const kiosk::Input& leaving : {kiosk::Input{kiosk::person::BackPressed{}}, kiosk::Input{kiosk::person::FinishPressed{}}}) {
    bool left = false;
    at.kiosk.line.answering = [&] {  // the office has answered, the kiosk does not know it yet
      if (!std::exchange(left, true)) at.kiosk.feed(leaving);
    };
    at.types(at.receipt.number, at.receipt.check_code);
    at.kiosk.line.answering = {};
    CHECK(left);
    CHECK_FALSE(std::holds_alternative<kiosk::LookUpScreen>(at.kiosk.app().screen()));
    CHECK_FALSE(at.kiosk.receipt_pdf(record));
  }
  at.kiosk.feed(kiosk::person::BeginPressed{});  // the next visitor
  CHECK(at.asks(at.receipt.number, at.receipt.check_code).stage == kiosk::LookUpScreen::Stage::found);
}

TEST_CASE("another kiosk without a line says so; a wrong code finds nothing, and after ten of them nothing is asked for a while", "[life][stage2][anywhere][abuse]") {
  using Why = kiosk::reply::LookedUp::Why;
  Elsewhere at;
  at.kiosk.sync();
  at.kiosk.line.cut = true;
  CHECK(at.refused(at.receipt.number, at.receipt.check_code) == Why::unreachable);
  at.kiosk.line.cut = false;
  for (int n = 0; n < 10; ++n) CHECK(at.refused(at.receipt.number, "00000-00000-00000") == Why::none);
  CHECK(at.refused(at.receipt.number, at.receipt.check_code) == Why::busy);
  at.kiosk.pass(core::Millis{11 * 60'000});
  CHECK(at.asks(at.receipt.number, at.receipt.check_code).stage == kiosk::LookUpScreen::Stage::found);
}
