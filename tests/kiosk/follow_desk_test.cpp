// What the holder of a receipt does from the look-up, through the storage desk with a real store and the feed as the registry
// makes it: withdraws, hands in what is missing, signs for the form of the licence. Each record is taken by core's machine
// (RULES.md f1, f2; RELIABILITY I2, I7).
#include "core/cases/licence.h"
#include "core/receipt_proof.h"
#include "kiosk/shell/storage_desk.h"
#include "sync/log/leaf.h"
#include "sync/log/registry_receipt.h"
#include "tests/core/cases.h"
#include "tests/store/office_feed.h"
#include "tests/support/places.h"
#include "tests/support/receipt_scene.h"

using namespace qabyl;
using namespace qabyl::kiosk;
using core::Json;

namespace {

const OfficeRules& office_rules() {
  static const auto rules = load_office_rules(qabyl::test::in_build("/assets"));
  REQUIRE(rules);
  return *rules;
}

struct Counter {
  tests::StoreRig rig;
  tests::Office office;
  Station station;
  std::vector<Reply> replies;
  std::unique_ptr<StorageDesk> desk;
  ReceiptView filed;
  int inks = 40;

  Counter() {
    station.device = "AL-03";
    station.profile = "kz-2004-249";
    station.registry_kid = "0011223344556677";
    REQUIRE(rig.open());
    desk = std::make_unique<StorageDesk>(StorageDeskParts{rig.store(), office_rules(), station, rig.device_key, rig.clock, rig.random,
                                                          [this](Reply reply) { replies.push_back(std::move(reply)); }, [] {}, [](const core::StoredRecord&) {}});
    auto draft = test::draft();
    draft.id = rig.new_id();
    draft.items.clear();
    REQUIRE(rig.store().create_draft(draft, "482915"));
    const auto form = ask<reply::FormReady>(effect::MakeForm{draft, core::Language::kk}).form;
    filed = ask<reply::Filed>(effect::FileApplication{draft, form, test::signature(form.ref.sha256, form.pages, 1), core::Language::kk}).receipt;
  }
  template <typename Wanted>
  Wanted ask(Effect effect) {
    replies.clear();
    REQUIRE(desk->carry_out(effect));
    for (const auto& reply : replies) {
      if (const auto* found = std::get_if<Wanted>(&reply)) return *found;
    }
    FAIL("no such reply, replies: " << replies.size());
    return {};
  }
  void news(Json body) {
    body["record"] = filed.record;
    REQUIRE(rig.store().keep_feed({office.item("case_state", std::move(body), rig.clock.now.wall)}, "1." + std::to_string(office.index)));
  }
  OfficeWord word() { return ask<reply::LookedUp>(effect::LookUp{filed.number, filed.check_code}).word; }
  FollowUp follow(FollowAct act) const { return {act, filed.record, filed.number, filed.check_code, "Ерлан Мысалов", "заңгер", {}, {}}; }
  core::DraftFile open(const FollowUp& follow) { return ask<reply::FormReady>(effect::OpenFollowPaper{follow, core::Language::kk}).form; }
  core::Record file(const FollowUp& follow, const core::DraftFile& paper) {
    const auto receipt = ask<reply::Filed>(effect::FileFollowUp{follow, paper, test::signature(paper.ref.sha256, paper.pages, ++inks), core::Language::kk}).receipt;
    CHECK(receipt.number != filed.number);
    CHECK(receipt.organisation == filed.organisation);
    for (const auto language : core::languages) CHECK_FALSE(receipt.title.in(language).empty());
    return (*rig.store().find_record(receipt.record))->record.record;
  }
  // The registry's acceptance of the filing, by the keys of that office; its leaf is the only one of the log.
  core::Verdict accepted_by(const test::ReceiptScene& scene) {
    const auto from = rig.clock.now.wall - std::chrono::hours(1);
    station.root_key = scene.root.verify_key;
    station.keys_jws = scene.keys_json(from);
    const auto keys = scene.keyring(from);
    const auto stored = *rig.store().find_record(filed.record);
    core::Verdict verdict;
    verdict.id = filed.record;
    verdict.digest = stored->record.digest;
    verdict.outcome = core::Outcome::accepted;
    verdict.at = rig.clock.now.wall;
    verdict.log = core::LogPlace{0, 1, verdict.at, {}, sync::log::sign_checkpoint({keys.origin(), 1, sync::log::leaf_hash({verdict.digest, verdict.at})}, scene.log)};
    const auto receipt = sync::log::registry_receipt(*core::receipt_facts(stored->record.record, verdict.digest), *verdict.log, scene.acceptance.verify_key, keys);
    REQUIRE(receipt);
    verdict.receipt = core::sign_registry_receipt(*receipt, scene.acceptance);
    return verdict;
  }
  ReceiptView after(const core::Verdict& verdict, const test::ReceiptScene& scene) {
    REQUIRE(rig.store().keep_verdict(verdict, core::sign_verdict(verdict, scene.acceptance)));
    return *ask<reply::LookedUp>(effect::LookUp{filed.number, filed.check_code}).receipt;
  }
  core::ReceiptProof proof_in_pdf() {
    const auto pdf = desk->receipt_pdf(filed.record, core::Language::kk);
    REQUIRE(pdf);
    const auto proof = core::open_receipt_pdf(*pdf);
    REQUIRE(proof);
    return *proof;
  }
  core::Record filing() { return (*rig.store().find_record(filed.record))->record.record; }
};

core::RuleBook book() {
  static const auto profile = test::profile();
  static const auto calendar = test::calendar();
  return {&profile, {&calendar}};
}

}  // namespace

TEST_CASE("the look-up tells what the office has said, with the last day and how it was counted", "[kiosk][desk][lookup]") {
  Counter counter;
  CHECK(counter.word().state == "");
  CHECK(counter.word().representative == "Ерлан Мысалов");
  counter.news(Json::Object{{"state", "under_examination"}, {"number", "2026-0417"}, {"registered_on", "2026-11-23"},
                            {"term", Json::Object{{"id", "D02"}, {"base", "2026-11-23"}, {"due", "2026-12-23"}}}});
  const auto word = counter.word();
  CHECK(word.state == "under_examination");
  CHECK(word.due == "2026-12-23");
  REQUIRE(word.counted.size() > 2);
  CHECK_FALSE(word.counted.front().ru.empty());
  CHECK(word.may_withdraw());
  CHECK(counter.ask<reply::LookedUp>(effect::LookUp{counter.filed.number, "00000-00000-00000"}).receipt.has_value() == false);
}

TEST_CASE("a withdrawal is a signed statement that core takes, once", "[kiosk][desk][lookup]") {
  Counter counter;
  const auto follow = counter.follow(FollowAct::withdraw);
  const auto statement = counter.open(follow);
  const auto made = counter.file(follow, statement);
  CHECK(made.kind == core::kind::application_withdraw);
  REQUIRE(made.docs.size() == 1);
  CHECK(made.docs[0].sha256 == statement.ref.sha256);
  CHECK(counter.rig.store().read_document(statement.ref.sha256, 0, 4)->size() == 4);
  CHECK(core::fold_application({counter.filing(), made}, book()).state == core::ApplicationState::withdrawn);
  CHECK(counter.word().withdrawal_here);
  CHECK_FALSE(counter.word().may_withdraw());
  const auto again = counter.ask<reply::Filed>(effect::FileFollowUp{follow, statement, test::signature(statement.ref.sha256, 1, 60), core::Language::kk});
  CHECK(again.receipt.record == made.id);  // a second tap finds the first
}

TEST_CASE("what is missing is handed in under a letter that lists it; core takes it as the missing documents", "[kiosk][desk][lookup][par1]") {
  Counter counter;
  counter.news(Json::Object{{"state", "incomplete"}, {"missing", Json::Array{"LD2", "LD3"}}, {"term", Json::Object{{"id", "D01"}, {"base", "2026-11-23"}, {"stated", "2026-12-10"}, {"due", "2026-12-10"}}}});
  REQUIRE(counter.word().may_supplement());
  auto follow = counter.follow(FollowAct::supplement);
  follow.filing = counter.ask<reply::FilingBegun>(effect::BeginFiling{}).filing;
  core::DraftFile charter;
  charter.ref = *counter.rig.store().keep_document(tests::some_bytes(300, 9), follow.filing, "charter.pdf", "application/pdf");
  charter.pages = 14;
  follow.items = {{"LD2", {charter}}, {"LD3", {}}};
  const auto letter = counter.open(follow);
  const auto made = counter.file(follow, letter);
  CHECK(made.id == follow.filing);
  REQUIRE(made.docs.size() == 2);
  CHECK(made.docs[1].sha256 == charter.ref.sha256);
  auto submitted = counter.filing();
  core::LicenceApplication before = core::fold_application({submitted}, book());
  before.state = core::ApplicationState::incomplete;
  before.missing = {"LD2", "LD3"};
  const auto after = before.apply(made, book());
  REQUIRE(after);
  CHECK(after->missing == std::set<std::string>{"LD3"});
  CHECK(counter.word().supplement_here);
  CHECK_FALSE(counter.word().may_supplement());
}

TEST_CASE("documents of a supplement that was left are dropped", "[kiosk][desk][lookup]") {
  Counter counter;
  const auto filing = counter.ask<reply::FilingBegun>(effect::BeginFiling{}).filing;
  const auto kept = counter.rig.store().keep_document(tests::some_bytes(300, 9), filing, "left.pdf", "application/pdf");
  REQUIRE(counter.desk->carry_out(effect::CloseFollowPaper{}));
  CHECK_FALSE(counter.rig.store().read_document(kept->sha256, 0, 1000));
}

TEST_CASE("the form of a licence is opened by its receipt alone, signed for, and then signed for no more", "[kiosk][desk][lookup][par2]") {
  Counter counter;
  const auto person = counter.office.person("S-0007", "204518", counter.rig.clock.now.wall);
  auto paper = tests::send_paper(counter.office, counter.rig.new_id(), {person}, 5000, "licence.form", Json::Object{{"pages", 2}});
  const auto content_key = *core::unseal_with(person.key, *core::from_base64url(paper.body.member("envelopes").text("S-0007")));
  paper.body["envelopes"] = Json::Object{};
  const auto licence = counter.rig.new_id();
  Json form = Json::Object{{"paper", paper.id}, {"case", licence}, {"licence", "КБ-0007"}, {"number", "0000012"}, {"pages", 2}, {"d", core::to_hex(core::sha256(paper.pdf))}, {"valid", true}};
  form["key"] = core::to_base64url(core::seal(core::receipt_key(counter.filed.number, counter.filed.check_code), content_key, "licence-form:" + paper.id, counter.office.random));
  REQUIRE(counter.rig.store().keep_feed({counter.office.item("paper", paper.body, counter.rig.clock.now.wall)}, "1.1"));
  counter.news(Json::Object{{"state", "form_issued"}, {"form", form}});
  CHECK_FALSE(counter.word().may_sign_for_form());  // announced, not arrived
  REQUIRE(tests::arrive(counter.rig.store(), paper));
  REQUIRE(counter.word().may_sign_for_form());

  auto stranger = counter.follow(FollowAct::deliver);
  stranger.check_code = "00000-00000-00000";
  CHECK(counter.ask<reply::FormFailed>(effect::OpenFollowPaper{stranger, core::Language::kk}).why == core::ErrorCode::not_found);

  const auto follow = counter.follow(FollowAct::deliver);
  const auto opened = counter.open(follow);
  CHECK(*counter.desk->document(opened.ref.sha256) == paper.pdf);
  const auto made = counter.file(follow, opened);
  CHECK(made.kind == core::kind::licence_deliver);
  CHECK(made.case_id == licence);
  CHECK(made.base == paper.id);
  CHECK_FALSE(core::examine_recipient(made));
  CHECK_FALSE(counter.desk->document(opened.ref.sha256));  // it is open no longer
  CHECK(counter.word().form->signed_here);
  CHECK_FALSE(counter.word().may_sign_for_form());
}

TEST_CASE("a receipt is of stage 1 until the registry has answered, then of stage 2 with all its evidence", "[kiosk][desk][lookup][stage2]") {
  Counter counter;
  const test::ReceiptScene scene;
  CHECK(counter.ask<reply::LookedUp>(effect::LookUp{counter.filed.number, counter.filed.check_code}).receipt->proof_qr.empty());
  CHECK(counter.proof_in_pdf().qr == counter.filed.qr);
  CHECK(counter.proof_in_pdf().counter.empty());
  const auto verdict = counter.accepted_by(scene);
  const auto view = counter.after(verdict, scene);
  CHECK(view.custody == SendView::accepted);
  CHECK(view.qr == counter.filed.qr);  // the slip keeps the code of the counter
  CHECK(view.logged_at == verdict.log->at);
  const auto receipt = core::parse_registry_receipt(view.proof_qr);
  REQUIRE(receipt);
  CHECK(receipt->number == counter.filed.number);
  const auto proof = counter.proof_in_pdf();
  CHECK(proof.qr == view.proof_qr);
  CHECK(proof.counter == counter.filed.qr);
  CHECK(proof.verdict == core::sign_verdict(verdict, scene.acceptance));
}

TEST_CASE("a receipt of stage 2 that does not verify is none, and the verdict counts all the same", "[kiosk][desk][lookup][stage2]") {
  const test::ReceiptScene scene;
  const auto alter = GENERATE(0, 1, 2, 3);
  Counter counter;
  auto verdict = counter.accepted_by(scene);
  if (alter == 0) (*verdict.receipt)[9] ^= 1;                                 // another signature
  if (alter == 1) verdict.log->at += core::Millis(1);                         // another time than in the leaf
  if (alter == 2) verdict.log->checkpoint = sync::log::sign_checkpoint({"log.example.kz", 1, {}}, scene.log);  // another tree
  if (alter == 3) verdict.receipt.reset();                                    // of a registry that signs none
  const auto view = counter.after(verdict, scene);
  CHECK(view.custody == SendView::accepted);
  CHECK(view.proof_qr.empty());
  CHECK_FALSE(view.logged_at);
  CHECK(counter.proof_in_pdf().qr == counter.filed.qr);
  CHECK(counter.proof_in_pdf().verdict.empty());
}
