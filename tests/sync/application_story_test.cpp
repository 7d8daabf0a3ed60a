// One application for a licence, through the console's forms and a kiosk's records alone: registered, found incomplete,
// supplemented, complete, examined and granted, with every refusal on the way (paragraphs 1-5, Article 10).
#include "tests/sync/console_desk.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

struct Filing {
  Desk desk;
  core::Id id = desk.file_hostile();

  std::string act(const char* login, const std::string& what, const std::string& fields = {}) {
    desk.sign_in(login);
    const auto response = desk.act(login, "/case/" + id + "/" + what, fields);
    return response.status == 303 ? std::string() : response.status == 404 ? "404" : Desk::alert(response);
  }
  std::string said(const std::string& text_id) const { return reg::escaped(desk.office.registry->assets.texts.say(core::Language::kk, text_id)); }
  std::string terms() {
    desk.sign_in("clerk");
    return desk.get("/terms").body;
  }
  // The applicant brings these documents to the kiosk; the first one is signed.
  std::string supplement(int n, const std::vector<std::string>& codes) {
    core::Json body;
    core::Json::Array items;
    std::vector<core::DocumentRef> docs;
    for (const auto& code : codes) {
      const std::string bytes = "document " + code;
      REQUIRE(desk.office.registry->keep_document(core::as_bytes(bytes), desk.office.now));
      items.push_back(core::Json::Object{{"code", code}, {"docs", core::Json::Array{static_cast<std::int64_t>(docs.size())}}});
      docs.push_back({code + ".pdf", bytes.size(), digest(bytes), "application/pdf"});
    }
    body["items"] = std::move(items);
    body["representative"] = core::Json::Object{{"name", "Асқар Мысалов"}, {"position", "директор"}};
    body["signature"] = core::to_json(signature(docs.front().sha256, 1, n));
    auto made = record(core::kind::application_supplement, n, id, body, "AL-03");
    made.at.utc = desk.office.now;
    made.docs = docs;
    made.actor.role = "applicant";
    const auto sent = desk.kiosk.next(made);
    const auto response = desk.kiosk.put(sent);
    INFO(response.body);
    REQUIRE(response.status == 200);
    for (std::size_t i = 0; i < docs.size(); ++i) REQUIRE(desk.office.registry->store.mark_here(sent.record.id, static_cast<int>(i)));
    REQUIRE(reg::settle(*desk.office.registry, sent.record.id, desk.office.now));
    const auto row = desk.office.registry->store.record(sent.record.id);
    REQUIRE((row && *row));
    return std::string(core::to_text((*row)->outcome)) + ((*row)->reason.empty() ? "" : ": " + (*row)->reason);
  }
};

}  // namespace

TEST_CASE("an application is registered, mended, completed, examined and granted, each act by whom it behoves", "[sync][console][story][par1][par2][par3][par5]") {
  Filing one;
  REQUIRE(one.act("clerk", "register") == "");
  CHECK(one.act("clerk", "complete", "date=2026-11-23") == one.said("reason.application.document_missing"));
  CHECK(one.act("clerk", "incomplete", "due=2026-12-10") == one.said("reason.application.missing_absurd"));
  CHECK(one.act("clerk", "incomplete", "missing=LD2&missing=LD3&missing=LD5&due=2026-11-22") == one.said("reason.application.mend_due"));
  REQUIRE(one.act("clerk", "incomplete", "missing=LD2&missing=LD3&missing=LD5&due=2026-12-10") == "");
  CHECK(one.desk.state(one.id) == "incomplete");
  const auto mending = one.terms();
  CHECK(mending.find("D01") != std::string::npos);
  CHECK(mending.find(one.said("console.side.applicant")) != std::string::npos);
  CHECK(one.act("clerk", "return", "reason=none%20came") == one.said("reason.application.still_mending"));
  CHECK(one.supplement(801, {"LD4"}) == "quarantined: application.not_asked_for");
  CHECK(one.supplement(802, {"LD2", "LD3", "LD5"}) == "accepted");
  REQUIRE(one.act("clerk", "complete", "date=2026-11-23") == "");
  CHECK(one.terms().find("D02") != std::string::npos);

  one.desk.sign_in("inspector");
  CHECK(one.desk.get("/case/" + one.id).status == 404);
  const auto examiner = *one.desk.office.registry->database.text("SELECT id FROM officers WHERE login = 'inspector'");
  CHECK(one.act("clerk", "examiner", "examiner_officer=" + examiner) == one.said("console.why.officer.role"));
  CHECK(one.act("unit", "examiner", "examiner_officer=O-9999") == one.said("reason.application.examiner"));
  REQUIRE(one.act("unit", "examiner", "examiner_officer=" + examiner) == "");
  CHECK(one.desk.state(one.id) == "under_examination");
  one.desk.sign_in("inspector");
  CHECK(one.desk.get("/case/" + one.id).status == 200);  // named: his to open (O3)

  CHECK(one.act("head", "refuse", "reason=none") == one.said("reason.application.ground_unknown"));
  CHECK(one.act("head", "refuse", "grounds=because&reason=none") == one.said("reason.application.ground_unknown"));
  CHECK(one.act("inspector", "grant") == one.said("console.why.officer.role"));
  CHECK(one.act("head", "grant") == one.said("reason.application.fee_unpaid"));
  CHECK(one.act("clerk", "fee", "amount_tenge=1&document=7") == one.said("reason.application.fee_short"));
  REQUIRE(one.act("clerk", "fee", "amount_tenge=100000000&document=7") == "");
  REQUIRE(one.act("inspector", "ground", "ground=court_ban&text=decision%2012") == "");
  const auto now = reg::case_now(*one.desk.office.registry, one.id);
  REQUIRE(now);
  CHECK(now->history.back().body.member("signer").text("position") == "executor");
  CHECK(one.act("head", "grant") == one.said("reason.application.ground_open"));
  REQUIRE(one.act("inspector", "ground_gone", "ground=court_ban&text=reversed") == "");
  REQUIRE(one.act("head", "grant") == "");
  CHECK(one.desk.state(one.id) == "granted");
  CHECK(one.terms().find("/case/" + one.id) == std::string::npos);
  one.desk.sign_in("clerk");
  CHECK(one.desk.get("/case/" + one.id).body.find("<details class=\"act\"") == std::string::npos);
}

TEST_CASE("a licence is refused only on a listed ground and with its reason; a filing that was not mended goes back", "[sync][console][story][par3]") {
  Filing one;
  REQUIRE(one.act("clerk", "register") == "");
  REQUIRE(one.act("clerk", "incomplete", "missing=LD2&due=2026-12-10") == "");
  one.desk.office.now = std::chrono::sys_days{*core::parse_iso_date("2026-12-11")} + std::chrono::hours{7};
  CHECK(one.act("clerk", "return", "reason=") == one.said("reason.text.missing"));
  REQUIRE(one.act("clerk", "return", "reason=not%20mended") == "");
  CHECK(one.desk.state(one.id) == "returned");
}
