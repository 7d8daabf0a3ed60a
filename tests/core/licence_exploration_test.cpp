// Every life of a licence (RULES f2; paragraphs 2, 4-6, 29; Articles 12, 13), and the judge's word on it.
#include "core/cases/licence.h"
#include "tests/core/lives.h"

using namespace qabyl::core;
using namespace qabyl::test;

namespace {

Json holder(const char* name = "«Үлгі» бюросы", const char* bin = "040740001238") {
  return Json::Object{{"bin", bin}, {"name", name}, {"address", "Алматы, Үлгі көшесі, 1"}};
}
Record form(std::string_view kind, int n, const char* number, const char* day) {
  auto body = paper_body(number, 1, signer("Б. Басшы", "first_head"));
  body["number"] = number;
  body["application"] = id(1);
  return on(day, kind, n, body);
}
Record issued() { return with(with(form(kind::licence_issue, 301, "F-1", "2027-01-11"), "licence_number", "КБ-1"), "holder", holder()); }
Record entered() {  // one from before Qabyl
  auto body = with(Json(Json::Object{{"licence_number", "КБ-9"}, {"number", "F-1"}, {"issued_on", "2005-03-14"}, {"decision", "№ 77, 14.03.2005"}}), "signer", signer("Ж. Хатшы", "clerk"));
  return on("2027-01-11", kind::licence_enter, 331, with(std::move(body), "holder", holder()));
}
Record confirmed() { return on("2027-01-12", kind::licence_confirm_entry, 332, with(Json(), "signer", deputy())); }
Record rejected() { return on("2027-01-12", kind::licence_reject_entry, 333, with(Json(Json::Object{{"reason", "Мұрағатта жоқ"}}), "signer", deputy())); }
Record delivered(const char* of, int n, const char* day) {
  auto made = on(day, kind::licence_deliver, n, Json::Object{{"name", "Ерлан Мысалов"}, {"position", "заңгер"}}, "AL-03");
  made.body["signature"] = to_json(signature(paper_d(of), 1, n));
  return made;
}
Record reissued() { return with(with(form(kind::licence_reissue, 303, "F-2", "2027-03-10"), "holder", holder("«Жаңа» бюросы")), "change", "Жаңа атау"); }
Record duplicated() { return with(form(kind::licence_duplicate, 305, "F-3", "2027-04-10"), "loss", "Жоғалғаны туралы өтініш"); }
Record proposed(std::int64_t months = 6, const char* ground = "prescription_not_executed") {
  auto body = with(Json(Json::Object{{"ground", ground}, {"text", "№ 26-12 нұсқама орындалмады"}}), "signer", signer("Ж. Бастық", "unit_head"));
  body["months"] = months;
  return on("2027-05-10", kind::licence_propose_suspension, 317, body);
}
Record suspension(std::int64_t months = 6) {
  auto body = paper_body("suspension", 1, deputy());
  body["ground"] = "prescription_not_executed";
  body["months"] = months;
  return on("2027-05-10", kind::licence_suspend, 307, body);
}
Record suspension_received(const char* capacity = "first_head") {
  return by_bureau("2027-05-11", kind::licence_suspension_receive, 308, {}, capacity, paper_d("suspension"));
}
Record suspension_refusal() { return on("2027-05-11", kind::licence_suspension_receipt_refused, 309, with(Json(), "witnesses", witnesses())); }
Record lifted(const char* why, const char* day, int n) {
  return on(day, kind::licence_lift, n, with(Json(Json::Object{{"why", why}, {"reason", "Бұзушылық жойылды"}}), "signer", deputy()));
}
Record end_proposed(const char* why, int n) {
  return on("2027-12-10", kind::licence_propose_end, n, with(Json(Json::Object{{"why", why}, {"text", "Негізі баяндалған"}}), "signer", signer("Ж. Бастық", "unit_head")));
}
Record deprived() { return on("2027-12-20", kind::licence_deprive, 312, with(Json(Json::Object{{"court", "Алматы қаласының соты"}, {"decision", "2-77"}}), "signer", deputy())); }
Record ended(const char* why = "own_wish") { return on("2027-12-20", kind::licence_end, 313, with(Json(Json::Object{{"why", why}}), "signer", deputy())); }

std::vector<Move> spoilt_moves() {
  return with_spoilt(
      {{issued()},
       {with(issued(), "valid_until", "2030-01-01"), true, "licence.end_date"},
       {with(issued(), "holder", Json()), true, "licence.holder"},
       {with(issued(), "licence_number", ""), true, "licence.number"},
       {with(issued(), "signer", deputy()), true, "signer.position"},
       {confirmed()},
       {with(confirmed(), "signer", signer("Ж. Хатшы", "deputy")), true, "licence.own_entry"},
       {rejected()},
       {with(rejected(), "signer", signer("Ж. Хатшы", "deputy")), true, "licence.own_entry"},
       {delivered("F-1", 302, "2027-01-12"), false},
       {delivered("F-2", 304, "2027-03-11"), false},
       {delivered("F-3", 306, "2027-04-11"), false},
       {with(delivered("F-1", 302, "2027-01-12"), "name", ""), false, "name.empty"},
       {delivered("F-9", 314, "2027-01-12"), false, "receipt.other_paper"},
       {reissued()},
       {with(reissued(), "change", ""), true, "licence.why_missing"},
       {with(reissued(), "number", "F-1"), true, "licence.form_number"},
       {with(reissued(), "holder", holder("«Басқа» бюросы", "050240002170")), true, "licence.other_holder"},
       {with(reissued(), "end", "2030-01-01"), true, "licence.end_date"},
       {duplicated()},
       {with(duplicated(), "loss", ""), true, "licence.why_missing"},
       {suspension()},
       {suspension(5), true, "licence.not_proposed"},
       {with(suspension(), "ground", "untrue_documents"), true, "licence.not_proposed"},
       {with(suspension(), "signer", signer("Ж. Бастық", "first_head")), true, "licence.own_proposal"},
       {proposed()},
       {proposed(7), true, "licence.suspension_months"},
       {proposed(0), true, "licence.suspension_months"},
       {proposed(6, "bad_weather"), true, "licence.suspension_ground"},
       {suspension_received(), false},
       {suspension_received("deputy"), false},
       {suspension_received("representative"), false, "licence.executive_organ"},
       {suspension_refusal()},
       {lifted("cause_removed", "2027-07-01", 310)},
       {lifted("term_over", "2027-11-11", 311), true, "licence.suspension_running"},
       {lifted("term_over", "2027-11-12", 315)},
       {lifted("mercy", "2027-11-12", 316), true, "licence.lift_why"},
       {end_proposed("court", 321)},
       {end_proposed("own_wish", 322)},
       {with(end_proposed("own_wish", 323), "why", "transfer"), true, "licence.end_why"},
       {deprived()},
       {with(deprived(), "court", ""), true, "licence.court_missing"},
       {with(deprived(), "signer", signer("Ж. Бастық", "first_head")), true, "licence.own_proposal"},
       {with(ended(), "signer", signer("Ж. Бастық", "first_head")), true, "licence.own_proposal"},
       {ended()},
       {ended("liquidation")},
       {ended("transfer"), true, "licence.end_why"},
       {on("2027-12-20", "licence.transfer", 320, with(Json(), "holder", holder("«Басқа» бюросы", "050240002170"))), true, "kind.unknown"}},
      {std::string("licence.transfer")});
}
// A clerk may enter one, whom with_spoilt() takes for somebody who may sign nothing.
std::vector<Move> moves() {
  auto all = spoilt_moves();
  const std::vector<Move> entries{
      {entered()},
      {with(entered(), "valid_until", "2030-01-01"), true, "licence.end_date"},
      {with(entered(), "holder", Json()), true, "licence.holder"},
      {with(entered(), "holder", holder("«Үлгі» бюросы", "040740001239")), true, "licence.holder"},  // no BIN
      {with(entered(), "licence_number", ""), true, "licence.number"},
      {with(entered(), "number", ""), true, "licence.number"},
      {with(entered(), "decision", ""), true, "licence.decision_missing"},
      {with(entered(), "issued_on", "2027-01-12"), true, "licence.issued_on"},
      {with(entered(), "issued_on", "2005-02-30"), true, "licence.issued_on"},
      {with(entered(), "date", "2026-02-30"), true, "date.absurd"},
      {with(entered(), "date", "2027-12-31"), true, "date.future"},
      {with(entered(), "signer", Json()), true, "signer.missing"},
      {with(entered(), "signer", signer("Ж. Хатшы", "executor")), true, "signer.position"}};
  all.insert(all.end(), entries.begin(), entries.end());
  return all;
}

std::string key_of(const Licence& one) {
  std::string key(to_text(one.state));
  if (one.entry) key += " from before";
  for (const auto& each : one.forms) key += " " + each.paper.number + (each.valid ? "" : " void") + (each.delivered_on ? " delivered" : "");
  if (one.proposal) key += " proposed";
  if (one.end_proposal) key += " " + one.end_proposal->why;
  if (one.suspensions.empty()) return key;
  const auto& last = one.suspensions.back();
  return key + (one.suspensions.size() > 1 ? " again" : " once") + (last.receipt ? last.receipt->refused ? " refused" : " received" : " decided") + (last.lifted ? " lifted" : "");
}

const Exploration<Licence>& every() {
  static const auto rules = book();
  static const auto found = explore(Licence{}, moves(), [](const Licence& one, const Record& next) { return one.apply(next, rules); }, key_of,
                                    [](const Licence& one) { return to_text(one.state); });
  return found;
}

std::vector<Record> granted_application() {
  const auto act = [](const char* day, std::string_view kind, int n, Json body) { return on(day, kind, n, std::move(body)); };
  auto history = std::vector<Record>{submit_record()};
  history[0].body["items"].array().push_back(Json(Json::Object{{"code", "LD5"}, {"pages", 1}}));
  history[0].body["items"].array().back()["docs"] = Json::Array{history[0].docs.size()};
  history[0].docs.push_back(file("act.pdf").ref);
  std::erase_if(history[0].body["items"].array(), [n = 0](const Json& one) mutable { return one.text("code") == "LD5" && n++ == 0; });
  history.push_back(record(kind::application_register, 2, id(1), Json::Object{{"number", "L-26-7"}, {"date", "2026-11-23"}, {"officer", "А. Қызметкер"}}));
  history.push_back(act("2026-12-02", kind::application_check_complete, 205, {}));
  history.push_back(act("2026-12-03", kind::application_fee_paid, 206, Json::Object{{"amount_tenge", 43'250}, {"document", "Түбіртек 77"}}));
  history.push_back(act("2026-12-03", kind::application_assign_examiner, 207, Json::Object{{"examiner", "А. Қызметкер"}}));
  history.push_back(act("2026-12-21", kind::application_grant, 211, with(Json(), "signer", signer("Б. Басшы", "first_head"))));
  return history;
}

std::string said(const CaseView& view, const Record& one) {
  const auto judgement = judge(view, one);
  return std::string(to_text(judgement.outcome)) + " " + judgement.reason;
}

}  // namespace

namespace qabyl::test {
Refusals licence_refusals() {
  auto all = every().refusals;
  auto& codes = all[std::string(kind::licence_issue)];
  const auto granted = fold_application(granted_application(), book());
  const auto licence = fold_licence({issued()}, book());
  codes.insert(may_issue(LicenceApplication{}, licence, issued(), {}).error().detail);
  codes.insert(may_issue(granted, licence, reissued(), {}).error().detail);
  codes.insert(may_issue(granted, licence, issued(), {true, false}).error().detail);
  codes.insert(may_issue(granted, licence, issued(), {false, true}).error().detail);
  codes.insert(may_issue(granted, licence, with(issued(), "signer", signer("А. Қызметкер", "first_head")), {}).error().detail);
  for (const auto& known : {InRegister{false, true, false}, InRegister{false, false, true}}) all[std::string(kind::licence_enter)].insert(may_enter(known).error().detail);
  return all;
}
}  // namespace qabyl::test

TEST_CASE("a licence: every state, every way between them", "[core][exploration][par2][par4][par6]") {
  report("licence (f2)", every());
  CHECK(ways(every()) == R"(
active -licence.deliver-> active
active -licence.deprive-> deprived
active -licence.duplicate-> active
active -licence.end-> ended
active -licence.propose_end-> active
active -licence.propose_suspension-> active
active -licence.reissue-> active
active -licence.suspend-> active
active -licence.suspension.receipt_refused-> suspended
active -licence.suspension_receive-> suspended
entered -licence.confirm_entry-> active
entered -licence.reject_entry-> rejected
none -licence.enter-> entered
none -licence.issue-> active
suspended -licence.deliver-> suspended
suspended -licence.deprive-> deprived
suspended -licence.duplicate-> suspended
suspended -licence.end-> ended
suspended -licence.lift-> active
suspended -licence.propose_end-> suspended
)");
  CHECK(guards(every()) == R"(
licence.confirm_entry: date.absurd date.future licence.not_entered licence.own_entry signer.missing signer.position
licence.deliver: date.absurd date.future licence.delivered licence.not_in_life name.empty receipt.other_paper
licence.deprive: date.absurd date.future licence.court_missing licence.end_not_proposed licence.not_in_life licence.own_proposal signer.missing signer.position
licence.duplicate: date.absurd date.future licence.form_number licence.not_in_life licence.why_missing paper.absurd paper.number_missing signer.missing signer.position
licence.end: date.absurd date.future licence.end_not_proposed licence.end_why licence.not_in_life licence.own_proposal signer.missing signer.position
licence.enter: date.absurd date.future licence.already_issued licence.decision_missing licence.end_date licence.holder licence.issued_on licence.number signer.missing signer.position
licence.issue: date.absurd date.future licence.already_issued licence.end_date licence.holder licence.number paper.absurd paper.number_missing signer.missing signer.position
licence.lift: date.absurd date.future licence.lift_why licence.not_suspended licence.suspension_running signer.missing signer.position text.missing
licence.propose_end: date.absurd date.future licence.end_why licence.not_in_life signer.missing signer.position text.missing
licence.propose_suspension: date.absurd date.future licence.not_active licence.suspension_ground licence.suspension_months signer.missing signer.position text.missing
licence.reissue: date.absurd date.future licence.end_date licence.form_number licence.not_active licence.other_holder licence.why_missing paper.absurd paper.number_missing signer.missing signer.position
licence.reject_entry: date.absurd date.future licence.not_entered licence.own_entry signer.missing signer.position text.missing
licence.suspend: date.absurd date.future licence.not_active licence.not_proposed licence.own_proposal paper.absurd paper.number_missing signer.missing signer.position
licence.suspension.receipt_refused: date.absurd date.future licence.no_decision receipt.unwitnessed
licence.suspension_receive: act.unverified date.absurd licence.executive_organ licence.no_decision person.capacity_absurd receipt.other_paper receipt.pages_unseen
licence.transfer: kind.unknown
)");
  CHECK(stuck(every(), [](const Licence& one) { return one.state == LicenceState::deprived || one.state == LicenceState::ended || one.state == LicenceState::rejected; }) == std::vector<std::string>{});
}

TEST_CASE("one holder for life, and one valid form at most, in every state of a licence", "[core][par4][par6]") {
  for (const auto& [key, one] : every().states) {
    INFO(key);
    const auto valid = std::count_if(one.forms.begin(), one.forms.end(), [](const auto& each) { return each.valid; });
    const bool in_life = one.state == LicenceState::active || one.state == LicenceState::suspended;
    CHECK(valid == (in_life ? 1 : 0));
    if (one.state != LicenceState::none) CHECK(one.holder.text("bin") == "040740001238");
    std::set<std::string> numbers;
    for (const auto& each : one.forms) CHECK(numbers.insert(each.paper.number).second);
    if (one.state == LicenceState::suspended) CHECK(one.suspensions.back().receipt);  // never before the executive organ knew
  }
}

TEST_CASE("nobody ends a right alone: what one proposed another decides, and nothing else than that (O4)", "[core][par29][par30]") {
  for (const auto& [key, one] : every().states) {
    INFO(key);
    for (const auto& decision : {deprived(), ended(), ended("liquidation")}) {
      const auto why = decision.kind == kind::licence_deprive ? std::string("court") : decision.body.text("why");
      const bool proposed = one.end_proposal && one.end_proposal->why == why;
      CHECK(one.apply(decision, book()).has_value() == proposed);
    }
  }
}

TEST_CASE("a suspension runs from its receipt, and a second one within twelve months is warned of", "[core][par29]") {
  const auto suspended = fold_licence({issued(), proposed(), suspension(), suspension_received()}, book());
  CHECK(iso_date(suspended.suspensions.back().term->due) == "2027-11-11");
  CHECK_FALSE(suspended.repeatedly_suspended(date("2027-12-01")));
  const auto again = fold_licence({issued(), proposed(), suspension(), suspension_received(), lifted("cause_removed", "2027-07-01", 310), proposed(), suspension(), suspension_received()}, book());
  CHECK(again.suspensions.size() == 2);
  CHECK(again.repeatedly_suspended(date("2027-12-01")));
  CHECK_FALSE(again.repeatedly_suspended(date("2029-01-01")));
}

TEST_CASE("a licence is issued on its granted application only", "[core][judgement][par2]") {
  CaseView view{{}, {}, true, book(), {}};
  auto first = issued();
  first.case_id = first.id;
  CHECK(said(view, first) == "quarantined licence.not_granted");
  view.application_history = granted_application();
  REQUIRE(fold_application(view.application_history, book()).state == ApplicationState::granted);
  CHECK(said(view, first) == "accepted ");
  CHECK(said(view, with(first, "holder", holder("«Басқа» бюросы", "050240002170"))) == "quarantined licence.other_application");
  view.in_register.application_used = true;
  CHECK(said(view, first) == "quarantined licence.application_used");  // nobody issues twice on one application
  view.in_register = {false, true};
  CHECK(said(view, first) == "quarantined licence.holder_has_one");
  view.in_register = {};
  CHECK(said(view, with(first, "signer", signer("А. Қызметкер", "first_head"))) == "quarantined licence.own_examination");  // O4
  view.history = {first};
  CHECK(said(view, delivered("F-1", 302, "2027-01-12")) == "accepted ");
  CHECK(said(view, reissued()) == "quarantined licence.other_application");  // needs an application for re-issue
  CHECK(said(view, on("2027-12-20", "licence.transfer", 320, {})) == "quarantined kind.unknown");
}

TEST_CASE("a licence from before Qabyl is none until another person has confirmed it, and stands in the register once", "[core][judgement][par2]") {
  CaseView view{{}, {}, true, book(), {}};
  auto first = entered();
  first.case_id = first.id;
  view.in_register = {false, true, false};
  CHECK(said(view, first) == "quarantined licence.holder_has_one");
  view.in_register = {false, false, true};
  CHECK(said(view, first) == "quarantined licence.number_taken");
  view.in_register = {};
  CHECK(said(view, first) == "accepted ");
  view.history = {first};
  CHECK(said(view, proposed()) == "quarantined licence.not_active");
  CHECK(said(view, reissued()) == "quarantined licence.not_active");
  view.in_register = {false, true, false};  // another was issued meanwhile
  CHECK(said(view, confirmed()) == "quarantined licence.holder_has_one");
  CHECK(said(view, rejected()) == "accepted ");
  view.in_register = {};
  CHECK(said(view, confirmed()) == "accepted ");
  const auto licence = fold_licence({first, confirmed()}, book());
  CHECK(licence.state == LicenceState::active);
  CHECK(licence.entry->decision == "№ 77, 14.03.2005");
  CHECK(iso_date(licence.forms.front().paper.date) == "2005-03-14");
  CHECK(fold_licence({first, confirmed(), proposed(), suspension(), suspension_received(), lifted("cause_removed", "2027-07-01", 310), reissued(), end_proposed("own_wish", 322), ended()}, book()).state == LicenceState::ended);
}

TEST_CASE("what an applicant does at a kiosk is judged by itself first", "[core][judgement][par1]") {
  const CaseView view{granted_application(), {}, true, book(), {}};
  auto late = on("2026-12-22", kind::application_withdraw, 214, Json::Object{}, "AL-03");
  CHECK(said(view, late) == "quarantined name.empty");
  late.body["representative"] = Json::Object{{"name", "Ерлан Мысалов"}, {"position", "заңгер"}};
  late.docs = {file("statement.pdf").ref};
  late.body["signature"] = to_json(signature(late.docs[0].sha256, 1, 5));
  CHECK(said(view, late) == "quarantined application.not_open");  // granted already
  CHECK(said({}, late) == "quarantined case.unknown");
}
