// Filing an application (paragraph 1, R01.1, A20): parts of the record, what keeps one from being filed,
// and the guards of its first two states.
#include "tests/core/cases.h"

using namespace qabyl::core;
using namespace qabyl::test;

namespace {

std::string refused_field(const Submission& one) {
  const auto parts = submission_parts(profile(), one);
  return parts ? "" : parts.error().detail;
}
std::string refused_with(void (*change)(ApplicationDraft&)) {
  auto one = submission();
  change(one.draft);
  return refused_field(one);
}
std::string why(const Result<LicenceApplication>& result) { return result ? "" : result.error().detail; }

Record register_record() {
  return record(kind::application_register, 2, id(1), Json::Object{{"number", "L-26-7"}, {"date", "2026-11-23"}, {"officer", "А. Қызметкер"}});
}

}  // namespace

TEST_CASE("documents stand in the order of the list, the form first", "[core][application][par1]") {
  auto one = submission();
  one.draft.items = {{"LD4", {file("fee.pdf")}}, {"LD3", {file("certificate.pdf")}}, {"LD2", {file("charter.pdf", 14), file("minutes.pdf", 2)}}};
  const auto parts = submission_parts(profile(), one);
  REQUIRE(parts);
  std::vector<std::string> names;
  for (const auto& ref : parts->docs) names.push_back(ref.name);
  CHECK(names == std::vector<std::string>{"application.pdf", "charter.pdf", "minutes.pdf", "certificate.pdf", "fee.pdf"});
  CHECK(canonical(Json(parts->body.items("items"))) ==
        R"([{"code":"LD1","docs":[0],"pages":2},{"code":"LD2","docs":[1,2],"pages":16},{"code":"LD3","docs":[3],"pages":1},)"
        R"({"code":"LD5","docs":[],"pages":0},{"code":"LD4","docs":[4],"pages":1}])");
}

TEST_CASE("an incomplete application is a filing that lists what is missing", "[core][application][A20]") {
  auto one = submission();
  one.draft.items.clear();
  const auto parts = submission_parts(profile(), one);
  REQUIRE(parts);
  CHECK(canonical(Json(parts->body.items("missing"))) == R"(["LD2","LD3","LD5","LD4"])");
  CHECK(parts->docs.size() == 1);
  CHECK(parts->body.member("fee").text("choice") == "later");
  CHECK(fold_application({submit_record(one)}).state == ApplicationState::submitted);
}

TEST_CASE("the body carries every answer and encodes as a record", "[core][application][par1]") {
  const auto made = submit_record();
  CHECK(made.body.text("bin") == "040740001238");
  CHECK(made.body.member("representative").text("authority_until") == "2027-12-31");
  CHECK_FALSE(made.body.find("licence_number"));
  CHECK(valid_receipt_number(made.body.text("number")));
  const auto back = decode_record(encode_record(made));
  REQUIRE(back);
  CHECK_FALSE(examine_submission(back->body, back->docs));
}

TEST_CASE("a wrong answer is refused by its field", "[core][application]") {
  CHECK(refused_with([](ApplicationDraft& d) { d.bin = "040740001239"; }) == "bin");
  CHECK(refused_with([](ApplicationDraft& d) { d.bin = ""; }) == "bin");
  CHECK(refused_with([](ApplicationDraft& d) { d.organisation = "  "; }) == "organisation");
  CHECK(refused_with([](ApplicationDraft& d) { d.first_head = "Айгүл\u202EҮлгібаева"; }) == "first_head");
  CHECK(refused_with([](ApplicationDraft& d) { d.representative = "Ерлан \xFF"; }) == "representative.name");
  CHECK(refused_with([](ApplicationDraft& d) { d.address = "Алматы\u200B"; }) == "address");
  CHECK(refused_with([](ApplicationDraft& d) { d.authority_until = "2027-02-30"; }) == "representative.authority_until");
  CHECK(refused_with([](ApplicationDraft& d) { d.authority_until.clear(); }).empty());
}

TEST_CASE("a name of 300 characters is refused, one of 200 is taken", "[core][application]") {
  const auto named = [](int chars) {
    auto one = submission();
    one.draft.first_head.clear();
    for (int i = 0; i < chars; ++i) one.draft.first_head += "ә";
    return refused_field(one);
  };
  CHECK(named(300) == "first_head");
  CHECK(named(200).empty());
}

TEST_CASE("an unsigned form blocks: no ink, three pixels, or ink on another paper", "[core][application]") {
  auto one = submission();
  one.signature.strokes.clear();
  CHECK(refused_field(one) == "signature");
  one.signature.strokes = ink(3, 1);
  CHECK(refused_field(one) == "signature");
  one = submission();
  one.signature.paper = digest("another paper");
  CHECK(refused_field(one) == "signature.paper");
}

TEST_CASE("a file with a hostile name is filed under a name that people can read", "[core][application]") {
  auto one = submission();
  one.draft.items = {{"LD2", {file("ytpme\u202Efdp.exe"), file("a\xFF" "b.pdf"), file(std::string(400, 'n')), file("\n")}}};
  const auto parts = submission_parts(profile(), one);
  REQUIRE(parts);
  CHECK(parts->docs[1].name == "ytpme_fdp.exe");
  CHECK(parts->docs[2].name == "a\uFFFDb.pdf");
  CHECK(parts->docs[3].name.size() == 255);
  CHECK(parts->docs[4].name == "_");
}

TEST_CASE("two files of one name or with the same bytes are both filed", "[core][application]") {
  auto one = submission();
  one.draft.items = {{"LD2", {file("scan.pdf"), file("scan.pdf")}}};
  const auto made = submit_record(one);
  CHECK(made.docs.size() == 3);
  CHECK(judge({}, made).outcome == Outcome::accepted);
}

TEST_CASE("files added under an older list are filed too", "[core][application]") {
  auto one = submission();
  one.draft.items.push_back({"LD9", {file("older.pdf")}});
  const auto parts = submission_parts(profile(), one);
  REQUIRE(parts);
  CHECK(parts->docs.back().name == "older.pdf");
  CHECK(parts->body.items("items").back().text("code") == "LD9");
}

TEST_CASE("more documents than a record holds are refused before anything is filed", "[core][application]") {
  auto one = submission();
  one.draft.items = {{"LD2", std::vector<DraftFile>(record_docs_max, file("page.pdf"))}};
  CHECK(submission_parts(profile(), one).error().code == ErrorCode::too_large);
}

TEST_CASE("an application is submitted once, then registered once", "[core][application][par1]") {
  const LicenceApplication none;
  CHECK(why(none.apply(register_record())) == "application.not_submitted");
  const auto submitted = none.apply(submit_record());
  REQUIRE(submitted);
  CHECK(why(submitted->apply(submit_record())) == "application.already_submitted");
  const auto registered = submitted->apply(register_record());
  REQUIRE(registered);
  CHECK(registered->number == "L-26-7");
  CHECK(registered->registered_on == "2026-11-23");
  CHECK(registered->registered_by == "А. Қызметкер");
  CHECK(why(registered->apply(register_record())) == "application.already_registered");
  CHECK(why(none.apply(record("licence.transfer", 3, id(1), {}))) == "kind.unknown");
}

TEST_CASE("a registration without number, officer or a real date is refused", "[core][application]") {
  const auto submitted = fold_application({submit_record()});
  for (const char* member : {"number", "officer", "date"}) {
    auto bad = register_record();
    bad.body[member] = std::string(member) == "date" ? "2026-02-30" : "";
    INFO(member);
    CHECK_FALSE(submitted.apply(bad));
  }
}

TEST_CASE("items that do not match the documents are found", "[core][application]") {
  const auto good = submit_record();
  const auto examined = [&](Json::Array items) {
    auto body = good.body;
    body["items"] = std::move(items);
    const auto finding = examine_submission(body, good.docs);
    return finding ? finding->reason : "";
  };
  const auto item = [](const char* code, Json::Array docs) { return Json(Json::Object{{"code", code}, {"docs", Json(std::move(docs))}}); };
  CHECK(examined({}) == "items.absurd");
  CHECK(examined({item("LD1", {0}), item("LD2", {1, 2, 3})}).empty());
  CHECK(examined({item("LD1", {0}), item("LD2", {1, 2})}) == "items.absurd");
  CHECK(examined({item("LD1", {0}), item("LD2", {1, 1, 2, 3})}) == "items.absurd");
  CHECK(examined({item("LD1", {0}), item("LD2", {1, 2, 7})}) == "items.absurd");
  CHECK(examined({item("LD1", {0}), item("LD1", {1, 2, 3})}) == "items.absurd");
  CHECK(examined({item("LD2", {1, 2, 3}), item("LD1", {0})}) == "application.form_missing");
}
