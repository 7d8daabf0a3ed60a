// Every life of a licence application (RULES f1; paragraphs 1-6; A20, A21; Article 10).
#include "core/cases/licence_application.h"
#include "tests/core/lives.h"

using namespace qabyl::core;
using namespace qabyl::test;

namespace {

Record registration() {
  return record(kind::application_register, 2, id(1), Json::Object{{"number", "L-26-7"}, {"date", "2026-11-23"}, {"officer", "А. Қызметкер"}});
}
Record incomplete(Json::Array codes, int n = 201) {
  auto body = Json(Json::Object{{"due", "2026-12-04"}});
  body["missing"] = std::move(codes);
  return on("2026-11-24", kind::application_check_incomplete, n, body);
}
Record by_applicant(const char* day, std::string_view kind, int n, Json body) {
  const auto paper = file("paper-" + std::to_string(n) + ".pdf");
  auto made = on(day, kind, n, std::move(body), "AL-03");
  made.body["representative"] = Json::Object{{"name", "Ерлан Мысалов"}, {"position", "заңгер"}};
  made.body["signature"] = to_json(signature(paper.ref.sha256, 1, n));
  made.docs = {paper.ref};
  return made;
}
Record supplement(const char* code, int n) {
  auto item = Json(Json::Object{{"code", code}});
  item["docs"] = Json::Array{0};
  auto body = Json();
  body["items"] = Json::Array{item};
  return by_applicant("2026-12-01", kind::application_supplement, n, body);
}
Record returned(const char* day) { return on(day, kind::application_return, 204, Json::Object{{"reason", "Құжат толықтырылмады"}}); }
Record complete() { return on("2026-12-02", kind::application_check_complete, 205, {}); }
Record fee(std::int64_t tenge = 43'250) { return on("2026-12-03", kind::application_fee_paid, 206, Json::Object{{"amount_tenge", tenge}, {"document", "Түбіртек 77"}}); }
Record examiner() { return on("2026-12-03", kind::application_assign_examiner, 207, Json::Object{{"examiner", "А. Қызметкер"}}); }
Record ground(std::string_view kind, int n) { return on("2026-12-08", kind, n, Json::Object{{"ground", "article_8_not_met"}, {"text", "Үй-жай актісі"}}); }
Record hearing() { return on("2026-12-08", kind::application_offer_hearing, 210, {}); }
Record granted() { return on("2026-12-21", kind::application_grant, 211, with(Json(), "signer", signer("Б. Басшы", "first_head"))); }
Record refusal(Json::Array grounds, int n = 212) {
  auto body = Json(Json::Object{{"reason", "8-баптың талаптары орындалмаған"}});
  body["grounds"] = std::move(grounds);
  body["signer"] = deputy();
  return on("2026-12-21", kind::application_refuse, n, body);
}
Record withdrawal() { return by_applicant("2026-12-04", kind::application_withdraw, 214, {}); }

std::vector<Move> moves() {
  auto strange_index = supplement("LD5", 202);
  strange_index.body["items"].array()[0]["docs"] = Json::Array{1};
  auto no_paper = withdrawal();
  no_paper.docs.clear();
  auto nameless = withdrawal();
  nameless.body["representative"]["name"] = "";
  return with_spoilt(
      {{submit_record(), false},
       {with(submit_record(), "bin", "040740001239"), false, "bin.wrong"},
       {registration()},
       {with(registration(), "officer", ""), true, "name.empty"},
       {incomplete({"LD5"})},
       {incomplete({"LD2"}, 215)},  // handed in, but defective
       {incomplete({}), true, "application.missing_absurd"},
       {incomplete({"LD9"}), true, "application.missing_absurd"},
       {with(incomplete({"LD5"}), "due", "2026-11-20"), true, "application.mend_due"},
       {without(incomplete({"LD5"}), "due"), true, "application.mend_due"},
       {supplement("LD5", 202), false},
       {supplement("LD2", 203), false},
       {supplement("LD3", 216), false, "application.not_asked_for"},
       {strange_index, false, "application.documents_absurd"},
       {returned("2026-12-04"), true, "application.still_mending"},
       {returned("2026-12-07")},
       {complete()},
       {fee()},
       {fee(43'249), true, "application.fee_short"},
       {fee(0), true, "application.fee_short"},
       {with(fee(), "document", ""), true, "application.fee_document"},
       {examiner()},
       {with(examiner(), "examiner", ""), true, "application.examiner"},
       {ground(kind::application_find_ground, 208)},
       {with(ground(kind::application_find_ground, 208), "ground", "bad_weather"), true, "application.ground_unknown"},
       {ground(kind::application_clear_ground, 209)},
       {hearing()},
       {granted()},
       {with(granted(), "signer", deputy()), true, "signer.position"},
       {with(granted(), "signer", signer("А. Қызметкер", "first_head")), true, "application.own_examination"},
       {refusal({"article_8_not_met"})},
       {refusal({}), true, "application.ground_unknown"},
       {refusal({"bad_weather"}), true, "application.ground_unknown"},
       {refusal({7}), true, "application.ground_unknown"},
       {withdrawal(), false},
       {no_paper, false, "application.paper_missing"},
       {nameless, false, "name.empty"},
       {with(withdrawal(), "signature", to_json(signature(digest("another")))), false, "signature.other_paper"}},
      {std::string(kind::application_submit), std::string(kind::application_register), std::string(kind::application_supplement), std::string(kind::application_withdraw)});
}

std::string key_of(const LicenceApplication& one) {
  std::string key(to_text(one.state));
  for (const auto& code : one.handed_in) key += " " + code;
  for (const auto& code : one.missing) key += " -" + code;
  for (const auto& code : one.open_grounds) key += " !" + code;
  if (one.state != ApplicationState::none) key += " " + iso_date(one.last_document_on);
  return key + (one.fee_paid_tenge > 0 ? " paid" : "") + (one.hearing_offered_on ? " hearing" : "");
}

const Exploration<LicenceApplication>& every() {
  static const auto rules = book();
  static const auto found = explore(LicenceApplication{}, moves(), [](const LicenceApplication& one, const Record& next) { return one.apply(next, rules); }, key_of,
                                    [](const LicenceApplication& one) { return to_text(one.state); });
  return found;
}

std::string why(const LicenceApplication& before, const Record& next, const RuleBook& by) {
  const auto result = before.apply(next, by);
  return result ? "" : result.error().detail;
}

std::vector<Record> under_examination() {
  return {submit_record(), registration(), incomplete({"LD5"}), supplement("LD5", 202), complete(), examiner()};
}

}  // namespace

namespace qabyl::test {
Refusals application_refusals() {
  auto all = every().refusals;
  const auto current = profile("kz-current");
  const auto examined = fold_application({submit_record(), registration(), complete(), examiner()}, book(current));
  all[std::string(kind::application_refuse)].insert(why(examined, refusal({"article_8_not_met"}), book(current)));
  return all;
}
}  // namespace qabyl::test

TEST_CASE("a licence application: every state, every way between them", "[core][exploration][par1][par2][par3]") {
  report("licence application (f1)", every());
  CHECK(ways(every()) == R"(
complete -licence_application.assign_examiner-> under_examination
complete -licence_application.fee_paid-> complete
complete -licence_application.withdraw-> withdrawn
incomplete -licence_application.fee_paid-> incomplete
incomplete -licence_application.return-> returned
incomplete -licence_application.supplement-> registered
incomplete -licence_application.withdraw-> withdrawn
none -licence_application.submit-> submitted
registered -licence_application.check_complete-> complete
registered -licence_application.check_incomplete-> incomplete
registered -licence_application.fee_paid-> registered
registered -licence_application.withdraw-> withdrawn
submitted -licence_application.register-> registered
submitted -licence_application.withdraw-> withdrawn
under_examination -licence_application.assign_examiner-> under_examination
under_examination -licence_application.clear_ground-> under_examination
under_examination -licence_application.fee_paid-> under_examination
under_examination -licence_application.find_ground-> under_examination
under_examination -licence_application.grant-> granted
under_examination -licence_application.offer_hearing-> under_examination
under_examination -licence_application.refuse-> refused
under_examination -licence_application.withdraw-> withdrawn
)");
  CHECK(guards(every()) == R"(
licence_application.assign_examiner: application.examiner application.not_complete date.absurd date.future
licence_application.check_complete: application.document_missing application.not_registered date.absurd date.future
licence_application.check_incomplete: application.mend_due application.missing_absurd application.not_registered date.absurd date.future
licence_application.clear_ground: application.ground_unknown application.not_examined date.absurd date.future text.missing
licence_application.fee_paid: application.fee_document application.fee_short application.not_open date.absurd date.future
licence_application.find_ground: application.ground_unknown application.not_examined date.absurd date.future text.missing
licence_application.grant: application.fee_unpaid application.ground_open application.not_examined application.own_examination date.absurd date.future signer.missing signer.position
licence_application.offer_hearing: application.not_examined date.absurd date.future
licence_application.refuse: application.ground_unknown application.not_examined date.absurd date.future signer.missing signer.position text.missing
licence_application.register: application.already_registered application.not_submitted name.empty
licence_application.return: application.nothing_missing application.still_mending date.absurd date.future text.missing
licence_application.submit: application.already_submitted bin.wrong
licence_application.supplement: application.documents_absurd application.not_asked_for application.nothing_missing
licence_application.withdraw: application.not_open application.paper_missing name.empty signature.other_paper
)");
  CHECK(stuck(every(), [](const LicenceApplication& one) { return one.state == ApplicationState::none || !one.is_open(); }) == std::vector<std::string>{});
}

TEST_CASE("a licence is granted on a paid fee and whole documents only, and refused on a ground only", "[core][par2][par3][par5]") {
  for (const auto& [key, one] : every().states) {
    INFO(key);
    if (one.state == ApplicationState::granted) CHECK((one.fee_paid_tenge >= 43'250 && one.open_grounds.empty()));
    if (one.state == ApplicationState::refused) CHECK((!one.refusal_grounds.empty() && !one.refusal_reason.empty()));
    const bool checked = one.state == ApplicationState::complete || one.state == ApplicationState::under_examination || one.state == ApplicationState::granted;
    if (checked) CHECK((one.missing.empty() && one.handed_in.count("LD5") == 1));
  }
}

TEST_CASE("the time to decide runs from the last document", "[core][par2]") {
  const auto examined = fold_application(under_examination(), book());
  REQUIRE(examined.state == ApplicationState::under_examination);
  CHECK(examined.decision_term.id == "D02");
  CHECK(iso_date(examined.decision_term.base) == "2026-12-01");
  CHECK(examined.decision_term.due == count_term(rules_2004(), "D02", date("2026-12-01"), days())->due);
}

TEST_CASE("where the law asks for a hearing, none is refused before it was offered three working days earlier", "[core][par3]") {
  const auto current = profile("kz-current");
  auto examined = fold_application({submit_record(), registration(), complete(), examiner()}, book(current));
  REQUIRE(examined.state == ApplicationState::under_examination);
  const auto on_day = [](const char* day) {
    auto one = refusal({"article_8_not_met"});
    one.body["date"] = day;
    return one;
  };
  CHECK(why(examined, on_day("2026-12-21"), book(current)) == "application.hearing_first");
  examined = *examined.apply(hearing(), book(current));
  CHECK(why(examined, on_day("2026-12-10"), book(current)) == "application.hearing_first");
  CHECK(why(examined, on_day("2026-12-11"), book(current)) == "");
}

TEST_CASE("an application without its rules goes as far as its registration", "[core][par1]") {
  const auto registered = fold_application({submit_record(), registration()});
  CHECK(registered.state == ApplicationState::registered);
  CHECK(why(registered, complete(), {}) == "rules.missing");
}
