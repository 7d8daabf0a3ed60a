// What else proves something: the registry's answer to a record, a checkpoint of the log, and the proof of a receipt without
// its PDF. verify.html against core and sync/log.
#include "tests/support/catch.h"

#include <algorithm>

#include "tests/page/taken_receipt.h"
#include "tests/page/two_verifiers.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

Asker asker_of(const ReceiptScene& scene) { return {core::fingerprint(scene.root.verify_key), scene.keys_json()}; }
std::string verdict_on(PageHost& host, const std::string& given, const Asker& asker) { return verdict_of(page_says(host, {given}, asker).at(0)); }

std::vector<std::string> open_in(const std::string& report) {
  std::vector<std::string> open;
  const auto json = core::parse_json(report, 1 << 20);
  REQUIRE(json);
  for (const auto& item : json->items("not_proved")) open.push_back(item.string());
  return open;
}

}  // namespace

TEST_CASE("page: the registry's answer is proved with its place in the log", "[page][answer]") {
  Taken taken(7, 100);
  const ReceiptScene other{.random = SeededRandom(2)};
  const Asker asker = asker_of(taken.scene);
  auto without = taken.verdict();
  without.log.reset();
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    const auto said = page_says(*host, {taken.answer()}, asker).at(0);
    const auto json = core::parse_json(said, 1 << 20);
    REQUIRE(json);
    CHECK(verdict_of(said) == "proved");
    CHECK(json->text("record") == core::to_hex(taken.receipt.record));
    CHECK(json->text("outcome") == "accepted");
    CHECK(json->member("log").number("index") == 7);
    CHECK(open_in(said) == std::vector<std::string>{"content", "witness"});
    CHECK(open_in(page_says(*host, {core::sign_verdict(without, taken.scene.acceptance)}, asker).at(0)) == std::vector<std::string>{"content", "log"});
    CHECK(verdict_on(*host, taken.answer(), {}) == "unknown_key no_root");
    CHECK(verdict_on(*host, taken.answer(), asker_of(other)) == "unknown_key key_not_listed");
    CHECK(verdict_on(*host, core::sign_verdict(taken.verdict(), taken.scene.log), asker) == "unknown_key key_not_listed");  // the log's key answers for no record
    CHECK(verdict_on(*host, taken.scene.keys_json(), asker) == "refused not_a_receipt");
  }
}

TEST_CASE("page: an answer that does not stand where it says is refused", "[page][answer]") {
  Taken taken(7, 100);
  const Asker asker = asker_of(taken.scene);
  const auto answer = [&](auto change) {
    auto verdict = taken.verdict();
    change(verdict, *verdict.log);
    return core::sign_verdict(verdict, taken.scene.acceptance);
  };
  const std::vector<std::pair<std::string, std::string>> cases{
      {answer([](auto& v, auto&) { v.digest[0] ^= 1; }), "refused not_in_log"}, {answer([](auto&, auto& l) { l.index = 8; }), "refused not_in_log"},
      {answer([](auto&, auto& l) { l.at += core::Millis(1); }), "refused not_in_log"}, {answer([](auto&, auto& l) { l.proof.pop_back(); }), "refused not_in_log"},
      {answer([](auto&, auto& l) { l.size = 101; }), "refused checkpoint"}, {answer([](auto&, auto& l) { l.checkpoint[3] = 'x'; }), "refused checkpoint"},
      {answer([](auto&, auto& l) { l.checkpoint = "x\n"; }), "refused checkpoint"},
      {answer([&](auto&, auto& l) { l.checkpoint = sync::log::sign_checkpoint(taken.checkpoint(), taken.scene.kiosk); }), "unknown_key key_not_listed"}};
  for (PageHost* host : page_hosts()) {
    for (const auto& [given, verdict] : cases) {
      INFO(host->name() << " " << verdict);
      CHECK(verdict_on(*host, given, asker) == verdict);
    }
  }
}

TEST_CASE("page: no byte of an answer, of a checkpoint or of a proof can be changed", "[page][answer]") {
  Taken taken(7, 100);
  const Asker asker = asker_of(taken.scene);
  const auto proof = core::sign_receipt_proof([&] { auto made = taken.proof(); made.base = core::sha256({}); return made; }(), taken.scene.other_kiosk);
  const auto hosts = page_hosts();
  if (hosts.empty()) return;
  for (const std::string& good : {taken.answer(), taken.checkpoint_note(), proof}) {
    std::vector<std::string> changed{good};
    const auto step = good.size() < 400 ? 1 : 5;
    for (std::size_t i = 0; i < good.size(); i += step) {
      changed.push_back(good);
      changed.back()[i] = changed.back()[i] == 'A' ? 'B' : 'A';
      changed.push_back(good.substr(0, i));
    }
    const auto said = page_says(*hosts[0], changed, asker);
    CHECK(verdict_of(said[0]) == "proved");
    CHECK(std::count_if(said.begin() + 1, said.end(), [](const auto& report) { return verdict_of(report) == "proved"; }) == 0);
  }
  std::size_t taken_by_core = 0;  // the first code base on the same answers
  const std::string good = taken.answer();
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string changed = good;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    taken_by_core += core::open_verdict(changed, taken.scene.keys, core::Id(std::string(32, 'a')), taken.receipt.record) ? 1 : 0;
  }
  CHECK(taken_by_core == 0);
}

TEST_CASE("page: a checkpoint alone says what the log's key signed", "[page][answer]") {
  Taken taken(7, 100);
  const Asker asker = asker_of(taken.scene);
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    const auto said = page_says(*host, {taken.checkpoint_note()}, asker).at(0);
    const auto json = core::parse_json(said, 1 << 20);
    REQUIRE(json);
    CHECK(verdict_of(said) == "proved");
    CHECK(json->text("size") == "100");
    CHECK(json->text("root_hash") == core::to_hex(taken.checkpoint().root));
    CHECK(verdict_on(*host, taken.checkpoint_note(), {}) == "unknown_key no_root");
    CHECK(verdict_on(*host, sync::log::sign_checkpoint(taken.checkpoint(), taken.scene.kiosk), asker) == "unknown_key key_not_listed");
    CHECK(verdict_on(*host, sync::log::sign_checkpoint({"other.example", 3, core::sha256({})}, taken.scene.log), asker) == "unknown_key key_not_listed");
  }
}

TEST_CASE("page: the proof of a receipt without its PDF proves the same but the page", "[page][answer]") {
  Taken taken(7, 100);
  const Asker asker = asker_of(taken.scene);
  const auto file = taken.pdf(taken.proof());
  const auto parts = core::split_pdf_proof(file);
  REQUIRE(parts);
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    const auto of_pdf = page_says(*host, {std::string(core::as_text(file))}, asker).at(0), alone = page_says(*host, {std::string(parts->proof)}, asker).at(0);
    CHECK(verdict_of(of_pdf) == "proved");
    CHECK(verdict_of(alone) == "proved");
    CHECK(core::parse_json(alone, 1 << 20)->flag("pdf", true) == false);
    auto open = open_in(alone);
    CHECK(std::erase(open, "page") == 1);
    CHECK(open == open_in(of_pdf));
  }
}
