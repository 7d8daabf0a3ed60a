// The storage desk with a real store and papers sealed as the registry seals them: bureau staff receive a summary report,
// put their visas, are cut off in between, return copy 2; answer a request with a document and a letter that the kiosk
// makes. Each record is taken by core's machine (paragraphs 14, 19; A10, A13, A18; RELIABILITY I2).
#include "kiosk/shell/storage_desk.h"

#include "core/receipt_proof.h"
#include "tests/core/bureau_papers.h"
#include "tests/store/office_feed.h"
#include "tests/support/places.h"

using namespace qabyl;
using namespace qabyl::kiosk;
using core::BureauAct;
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
  tests::Person deputy, clerk;

  Counter() {
    station.device = "AL-03";
    station.profile = "kz-2004-249";
    station.registry_kid = "0011223344556677";
    start();
    deputy = office.person("S-0001", "204518", rig.clock.now.wall);
    deputy.body["capacity"] = "deputy";
    clerk = office.person("S-0002", "111111", rig.clock.now.wall);
    feed({office.item("staff", deputy.body, rig.clock.now.wall), office.item("staff", clerk.body, rig.clock.now.wall)}, "1.1");
  }
  void start() {
    desk.reset();
    REQUIRE(rig.open());
    desk = std::make_unique<StorageDesk>(StorageDeskParts{rig.store(), office_rules(), station, rig.device_key, rig.clock, rig.random,
                                                          [this](Reply reply) { replies.push_back(std::move(reply)); }, [] {}, [](const core::StoredRecord&) {}});
  }
  void feed(const std::vector<Json>& items, const std::string& cursor) { REQUIRE(rig.store().keep_feed(items, cursor)); }
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
  void sign_in(const tests::Person& person, const char* pin) {
    REQUIRE(desk->carry_out(effect::SignIn{person.badge, pin}));
    REQUIRE(desk->carry_out(effect::ListPapers{}));  // as the inbox does
  }
  // A paper of the body on its way to both people.
  tests::SentPaper send(std::string_view kind, Json more) {
    const auto paper = tests::send_paper(office, rig.new_id(), {deputy, clerk}, 5000, kind, more);
    feed({office.item("paper", paper.body, rig.clock.now.wall)}, "1." + std::to_string(office.index));
    REQUIRE(tests::arrive(rig.store(), paper));
    return paper;
  }
  PaperView listed(const core::Id& id) {
    for (const auto& paper : ask<reply::PapersListed>(effect::ListPapers{}).papers) {
      if (paper.id == id) return paper;
    }
    FAIL("not listed");
    return {};
  }
  core::ScreenSignature ink(const core::Digest& paper) { return test::signature(paper, 2, ++inks); }
  core::Record newest() { return (*rig.store().find_record(filed_id))->record.record; }
  bool file(PaperAct act, const core::ScreenSignature& signature, core::DraftFile letter = {}) {
    replies.clear();
    REQUIRE(desk->carry_out(effect::FileAct{std::move(act), std::move(letter), signature, core::Language::kk}));
    for (const auto& reply : replies) {
      if (const auto* filed = std::get_if<reply::Filed>(&reply)) return filed_id = filed->receipt.record, receipt = filed->receipt, true;
    }
    return false;
  }

  int inks = 0;
  core::Id filed_id;
  ReceiptView receipt;
};

std::vector<BureauAct> acts(const PaperView& paper) {
  std::vector<BureauAct> found;
  for (const auto& offer : paper.acts) found.push_back(offer.act);
  return found;
}
using Acts = std::vector<BureauAct>;

PaperAct act(const core::Id& paper, BureauAct what, Json said = Json::Object{}) { return {paper, what, {}, std::move(said), {}}; }

}  // namespace

TEST_CASE("copy 2 of a summary report is visaed across a power cut and comes back, by whom may and in the order of paragraph 19", "[kiosk][desk][par19]") {
  Counter counter;
  const auto sent = counter.send("summary.send", Json::Object{{"about", test::id(81)}, {"pages", 2}});
  const auto digest = core::sha256(sent.pdf);
  counter.sign_in(counter.clerk, "111111");
  CHECK(acts(counter.listed(sent.id)) == Acts{BureauAct::receive, BureauAct::refuse_receipt});
  CHECK(counter.listed(sent.id).acts.front().why == "person.may_not");
  CHECK_FALSE(counter.file(act(sent.id, BureauAct::receive), counter.ink(digest)));  // not a representative's

  counter.sign_in(counter.deputy, "204518");
  CHECK_FALSE(counter.file(act(sent.id, BureauAct::receive), test::signature(digest, 1, 90)));  // a page unseen
  CHECK_FALSE(counter.file(act(sent.id, BureauAct::visa_page, Json::Object{{"page", 1}}), counter.ink(digest)));  // before receipt
  REQUIRE(counter.file(act(sent.id, BureauAct::receive), counter.ink(digest)));
  CHECK(counter.receipt.number.size() > 10);
  CHECK(counter.newest().body.flag("copy1_kept"));
  CHECK(counter.newest().body.text("report") == test::id(81));
  const auto first = counter.newest();
  REQUIRE(counter.file(act(sent.id, BureauAct::receive), counter.ink(digest)));
  CHECK(counter.newest().id == first.id);  // a second tap finds the first receipt

  REQUIRE(counter.file(act(sent.id, BureauAct::visa_page, Json::Object{{"page", 1}}), counter.ink(digest)));
  CHECK(counter.receipt.number.empty());
  counter.start();  // the power was cut
  counter.sign_in(counter.deputy, "204518");
  const auto paper = counter.listed(sent.id);
  CHECK(paper.visas == 1);
  CHECK(paper.acts.front().open == std::vector<int>{2});
  CHECK(paper.deadline_term == "D19");
  CHECK(paper.counted.size() > 3);
  CHECK_FALSE(counter.file(act(sent.id, BureauAct::visa_page, Json::Object{{"page", 1}}), counter.ink(digest)));  // it has one
  CHECK_FALSE(counter.file(act(sent.id, BureauAct::mark_last_page), counter.ink(digest)));
  REQUIRE(counter.file(act(sent.id, BureauAct::visa_page, Json::Object{{"page", 2}}), counter.ink(digest)));
  CHECK(counter.newest().body.number("page") == 2);
  REQUIRE(counter.file(act(sent.id, BureauAct::mark_last_page), counter.ink(digest)));
  REQUIRE(counter.file(act(sent.id, BureauAct::return_copy2), counter.ink(digest)));
  CHECK(counter.newest().body.text("paper") == core::to_hex(digest));
  CHECK(counter.receipt.timeliness == "in_time");
  CHECK(acts(counter.listed(sent.id)) == Acts{BureauAct::object, BureauAct::ask_consent, BureauAct::pass_on});
}

TEST_CASE("an answer goes out with a letter made here and the document of the stick; what was begun and left is dropped", "[kiosk][desk][par14]") {
  Counter counter;
  const auto sent = counter.send("request.sign", Json::Object{{"date", "2026-11-20"}, {"details", Json::Object{{"items", Json::Array{"register", "logs"}}, {"due", "2026-11-27"}}}});
  counter.sign_in(counter.deputy, "204518");
  REQUIRE(counter.file(act(sent.id, BureauAct::receive), counter.ink(core::sha256(sent.pdf))));

  const auto left = counter.ask<reply::FilingBegun>(effect::BeginFiling{}).filing;
  const auto dropped = counter.rig.store().keep_document(tests::some_bytes(300, 9), left, "left.pdf", "application/pdf");
  const auto filing = counter.ask<reply::FilingBegun>(effect::BeginFiling{}).filing;
  CHECK_FALSE(counter.rig.store().read_document(dropped->sha256, 0, 1000));
  const auto document = counter.rig.store().keep_document(tests::some_bytes(400, 10), filing, "register.pdf", "application/pdf");
  REQUIRE(document);
  core::DraftFile file;
  file.ref = *document;
  file.pages = 3;
  PaperAct answer{sent.id, BureauAct::answer, filing, Json::Object{{"items", Json::Array{0}}, {"text", "Тізілім"}}, {file}};
  const auto first = counter.ask<reply::FormReady>(effect::MakeLetter{answer, core::Language::kk}).form;
  answer.said["text"] = "Тізілім толық";
  const auto letter = counter.ask<reply::FormReady>(effect::MakeLetter{answer, core::Language::kk}).form;
  CHECK(letter.pages >= 1);
  CHECK(first.ref.sha256 != letter.ref.sha256);
  REQUIRE(counter.file(answer, counter.ink(letter.ref.sha256), letter));
  const auto made = counter.newest();
  CHECK(made.id == filing);
  REQUIRE(made.docs.size() == 2);
  CHECK(made.docs[0].sha256 == letter.ref.sha256);
  CHECK(made.docs[1].name == "register.pdf");
  CHECK(made.body.member("told").text("term") == "D14");
  CHECK(counter.receipt.files == 2);
  CHECK_FALSE(counter.rig.store().read_document(first.ref.sha256, 0, 1000));  // the letter before the change
  CHECK(counter.listed(sent.id).acts.front().open == std::vector<int>{1});
  const auto pdf = counter.desk->receipt_pdf(filing, core::Language::kk);
  REQUIRE(pdf);
  const auto proof = core::open_receipt_pdf(*pdf);  // the kiosk gives no receipt on a PDF without its proof
  REQUIRE(proof);
  CHECK(proof->qr == counter.receipt.qr);
  CHECK(proof->record == (*counter.rig.store().find_record(filing))->record.digest);
  CHECK(proof->kiosk.key == counter.rig.device_key.verify_key);
}

TEST_CASE("an answer that is being written is there for its author after a power cut, under the same id, until it is filed or thrown away", "[kiosk][desk][reply]") {
  Counter counter;
  const auto sent = counter.send("request.sign", Json::Object{{"date", "2026-11-20"}, {"details", Json::Object{{"items", Json::Array{"register", "logs"}}, {"due", "2026-11-27"}}}});
  counter.sign_in(counter.deputy, "204518");
  REQUIRE(counter.file(act(sent.id, BureauAct::receive), counter.ink(core::sha256(sent.pdf))));
  const effect::BeginReply begin{sent.id, BureauAct::answer};
  const auto begun = counter.ask<reply::FilingBegun>(begin);
  CHECK_FALSE(begun.kept);
  const auto document = counter.rig.store().keep_document(tests::some_bytes(400, 10), begun.filing, "register.pdf", "application/pdf");
  REQUIRE(document);
  core::HalfReply half{sent.id, BureauAct::answer, begun.filing, Json::Object{{"at", 1}}, {{*document, 3, "usb", "", false}}, {}};
  REQUIRE(counter.desk->carry_out(effect::KeepReply{half}));
  auto stray = half;
  stray.filing = counter.rig.new_id();  // of a filing that is not the one at hand: nothing is kept
  stray.files.clear();
  REQUIRE(counter.desk->carry_out(effect::KeepReply{stray}));

  counter.start();  // the power was cut
  counter.desk->announce(counter.rig.clock.now.wall, counter.rig.clock.now.wall);
  counter.sign_in(counter.clerk, "111111");
  CHECK_FALSE(counter.ask<reply::FilingBegun>(begin).kept);
  counter.sign_in(counter.deputy, "204518");
  const auto again = counter.ask<reply::FilingBegun>(begin);
  REQUIRE(again.kept);
  CHECK(again.filing == begun.filing);
  CHECK(again.kept->files == half.files);
  CHECK(counter.rig.store().read_document(document->sha256, 0, 1000));
  PaperAct answer{sent.id, BureauAct::answer, again.filing, Json::Object{{"items", Json::Array{0}}}, again.kept->files};
  const auto letter = counter.ask<reply::FormReady>(effect::MakeLetter{answer, core::Language::kk}).form;
  REQUIRE(counter.file(answer, counter.ink(letter.ref.sha256), letter));
  CHECK(counter.newest().id == begun.filing);

  const auto next = counter.ask<reply::FilingBegun>(begin);
  CHECK_FALSE(next.kept);
  half.filing = next.filing;
  half.files.clear();
  REQUIRE(counter.desk->carry_out(effect::KeepReply{half}));
  REQUIRE(counter.desk->carry_out(effect::DropReply{sent.id, BureauAct::answer}));
  CHECK_FALSE(counter.ask<reply::FilingBegun>(begin).kept);
  half.filing = counter.ask<reply::FilingBegun>(begin).filing;
  REQUIRE(counter.desk->carry_out(effect::KeepReply{half}));
  half.answers = Json::Object{};
  REQUIRE(counter.desk->carry_out(effect::KeepReply{half}));  // everything was taken out again
  CHECK_FALSE(counter.ask<reply::FilingBegun>(begin).kept);
}

TEST_CASE("receipt refused before witnesses is recorded with its receipt, and the answer is awaited all the same", "[kiosk][desk][a10]") {
  Counter counter;
  const auto sent = counter.send("request.sign", Json::Object{{"date", "2026-11-20"}, {"details", Json::Object{{"items", Json::Array{"register"}}, {"due", "2026-11-27"}}}});
  counter.sign_in(counter.clerk, "111111");
  const auto filing = counter.ask<reply::FilingBegun>(effect::BeginFiling{}).filing;
  PaperAct refusal{sent.id, BureauAct::refuse_receipt, filing, Json::Object{{"witnesses", test::witnesses()}}, {}};
  REQUIRE(counter.file(refusal, {}));
  CHECK(counter.newest().kind == "request.receipt_refused");
  CHECK(counter.newest().body.items("witnesses").size() == 2);
  CHECK(counter.receipt.number.size() > 10);
  CHECK(acts(counter.listed(sent.id)) == Acts{BureauAct::receive, BureauAct::answer, BureauAct::refuse});
  REQUIRE(counter.file(refusal, {}));
  CHECK(counter.newest().id == filing);  // a second press finds the first
}

TEST_CASE("pictures of what was shown are kept with the act: of all pages under a receipt, of its own sheet under a visa", "[kiosk][desk][par19]") {
  Counter counter;
  const auto sent = counter.send("summary.send", Json::Object{{"about", test::id(81)}, {"pages", 2}});
  const auto digest = core::sha256(sent.pdf);
  counter.sign_in(counter.deputy, "204518");
  auto seen = counter.ink(digest);
  seen.pages[0].pixels = test::digest("one");
  seen.pages[1].pixels = test::digest("two");
  const auto kept = [&]() -> std::map<int, core::Bytes> {
    const auto made = counter.newest();
    if (core::pictures_in(made.body, made.docs) == 0) return {};
    CHECK(made.docs.back().name == core::pictures_name);
    const auto file = counter.rig.store().read_document(made.docs.back().sha256, 0, core::document_bytes_max);
    REQUIRE(file);
    return *core::read_pictures(*file);
  };
  REQUIRE(counter.desk->shown_pages().put(test::digest("one"), {1, 1}));
  REQUIRE(counter.desk->shown_pages().put(test::digest("two"), {2, 2}));
  REQUIRE(counter.file(act(sent.id, BureauAct::receive), seen));
  CHECK(kept() == std::map<int, core::Bytes>{{1, {1, 1}}, {2, {2, 2}}});
  CHECK(counter.receipt.files == 0);  // nobody handed anything in
  CHECK(counter.newest().body.member("signature").text("pictures") == core::to_hex(counter.newest().docs.back().sha256));
  auto again = counter.ink(digest);
  again.pages = seen.pages;
  REQUIRE(counter.file(act(sent.id, BureauAct::visa_page, Json::Object{{"page", 2}}), again));
  CHECK(kept() == std::map<int, core::Bytes>{{2, {2, 2}}});
  CHECK(counter.desk->shown_pages().wipe() == 2);
  auto late = counter.ink(digest);
  late.pages = seen.pages;
  REQUIRE(counter.file(act(sent.id, BureauAct::visa_page, Json::Object{{"page", 1}}), late));
  CHECK(kept().empty());  // the session's pictures are gone: none is claimed
  CHECK(counter.newest().body.member("signature").find("pictures") == nullptr);
}

TEST_CASE("pictures of a session have a limit, the oldest go first", "[kiosk][desk]") {
  ShownPages shown;
  core::ScreenSignature all;
  const std::size_t third = shown_bytes_max / 3;
  for (int page = 1; page <= 4; ++page) {
    const auto pixels = test::digest(std::to_string(page));
    all.pages.push_back({page, 1000, pixels});
    CHECK(shown.put(pixels, core::Bytes(third, static_cast<std::uint8_t>(page))));
    CHECK(shown.put(pixels, core::Bytes(third, 9)));  // known: once
  }
  CHECK_FALSE(shown.put(test::digest("huge"), core::Bytes(shown_bytes_max + 1)));
  const auto file = shown.file_for(all, 0);
  REQUIRE((file && *file));
  const auto pages = core::read_pictures(**file);
  REQUIRE(pages);
  CHECK(pages->size() == 3);
  CHECK(pages->count(1) == 0);
  CHECK(pages->at(4).front() == 4);
  CHECK_FALSE(shown.file_for(all, 1)->has_value());
  CHECK(shown.wipe() == 3);
  CHECK_FALSE(shown.file_for(all, 0)->has_value());
}
